/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A made-up log for tests that draw: the same records at each run, no threads,
 * no Kafka. Replaces src/feed/feed_host.c. The topic's name decides the records:
 *     orders, payments, ...   3,000 records each, JSON, three partitions; one more each 100 ms of the frozen clock
 *     odd                     what is hard to show: escapes, bytes, wide characters, tombstones, aborted ones
 *     none                    nothing      denied, unreachable   what fails      large   values of 10 MB
 * A record is computed from its place in the log; a feed holds a list of places.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/codec_query.h"
#include "feed/feed_host.h"
#include "fixture.h"
#include "query/query.h"

enum {
	LOG_RECORDS = 3000,
	PARTITIONS = 3,
	EVERY_MS = 100,
	PAGE = 200,
	LARGE_BYTES = 10 << 20,
	ODD_RECORDS = 14,
	TIMES = 6,
	SEARCH_MS = 4000
};

struct feed {
	char **topics;
	size_t topic_count;
	int64_t opened_ms;
	bool follow, changed, searching, paused, searched;
	int64_t lo, hi; /* places of the log that are loaded */
	int64_t *kept;  /* of those, the ones that match */
	size_t count, cap;
	int64_t base; /* number of the first */
	int64_t found;
	int64_t search_from_ms, search_done_ms;
	struct query *query;
	struct error error;
	int noted;
};

static bool is(const struct feed *f, const char *name)
{
	return strcmp(f->topics[0], name) == 0;
}

static int64_t log_size(const struct feed *f)
{
	if (is(f, "none") || f->error.code)
		return 0;
	if (is(f, "odd"))
		return ODD_RECORDS;
	if (is(f, "large"))
		return 3;
	if (is(f, "times"))
		return TIMES;
	return LOG_RECORDS + (clock_mono_ms() - f->opened_ms) / EVERY_MS;
}

static struct bytes text_of(const char *text)
{
	return (struct bytes){ text, strlen(text) };
}

static struct bytes copy_of(struct arena *arena, const struct str *s)
{
	return (struct bytes){ arena_dup(arena, str_text(s), s->len + 1), s->len };
}

/* clang-format off */
#define BYTES(text) { text, sizeof(text) - 1 }
/* clang-format on */

static const struct {
	struct bytes key, value;
	enum txn_outcome outcome;
} odd[ODD_RECORDS] = {
	{ BYTES("plain"), BYTES("just text"), TXN_COMMITTED },
	{ BYTES("escape"), BYTES("\033]0;owned\007\033[2J\033[31mred"), TXN_COMMITTED },
	{ BYTES("\x9b"
		"31m"),
		BYTES("C1 and \xe2\x80\xae override"), TXN_COMMITTED },
	{ BYTES("wide"), BYTES("{\"city\":\"\xe6\x9d\xb1\xe4\xba\xac\xe9\x83\xbd\",\"flag\":true}"), TXN_COMMITTED },
	{ { NULL, 0 }, BYTES("no key"), TXN_COMMITTED },
	{ BYTES(""), BYTES("an empty key"), TXN_COMMITTED },
	{ BYTES("tombstone"), { NULL, 0 }, TXN_COMMITTED },
	{ BYTES("empty"), BYTES(""), TXN_COMMITTED },
	{ BYTES("bytes"), BYTES("\0\1\2\3\xff\xfe\xfd\x80\x81 some text"), TXN_COMMITTED },
	{ BYTES("aborted"), BYTES("{\"state\":\"never happened\"}"), TXN_ABORTED },
	{ BYTES("open"), BYTES("{\"state\":\"not sure yet\"}"), TXN_OPEN },
	{ BYTES("lines"), BYTES("first\nsecond\r\n\tthird"), TXN_COMMITTED },
	{ BYTES("card"),
		BYTES("{\"card\":\"4111111111111111\",\"total\":12.50,\"big\":123456789012345678901234567890}"),
		TXN_COMMITTED },
	{ BYTES("number"), BYTES("\0\0\0\0\0\0\1\x2c"), TXN_COMMITTED },
};

/*
 * Timestamps of odd records: none, the epoch, one before it, microseconds, the largest
 * number, and a normal one.
 */
static const int64_t times[TIMES] = { RECORD_NO_TIME, 0, -2, INT64_C(1795883972470123), INT64_MAX, FIXTURE_WALL_MS };

static void make_json(struct record *r, int64_t place, struct arena *arena)
{
	static const char *const states[] = { "created", "paid", "packed", "shipped" };
	struct str value = { 0 }, key = { 0 };
	int64_t user = (place * 7919 + 13) % 97;
	str_addf(&key, "u-%05" PRId64, 10000 + user * 311);
	str_addf(&value,
		"{\"id\":\"o-%" PRId64 "\",\"total\":%" PRId64 ".%02" PRId64 ",\"state\":\"%s\",\"items\":["
		"{\"sku\":\"W-%" PRId64 "\",\"n\":%" PRId64 "}",
		90000 + place, place * 37 % 200, place * 41 % 100, states[place % 4], place % 9, place % 5 + 1);
	if (place % 3 == 0)
		str_addf(&value, ",{\"sku\":\"G-%" PRId64 "\",\"n\":1}", place % 17);
	str_add(&value, "]}");
	r->key = copy_of(arena, &key);
	r->value = copy_of(arena, &value);
	if (place % 11 == 5)
		r->value = (struct bytes){ NULL, 0 };
	if (place % 2 == 0) {
		struct record_header *h = arena_array(arena, 2, sizeof(*h));
		h[0] = (struct record_header){ "trace-id", text_of("4bf92f3577b34da6") };
		h[1] = (struct record_header){ "source", text_of("web") };
		r->headers = h;
		r->header_count = 2;
	}
	str_release(&value);
	str_release(&key);
}

static enum txn_outcome make(const struct feed *f, int64_t place, struct arena *arena, struct record *r)
{
	size_t topic = (size_t)place % f->topic_count;
	*r = (struct record){ .topic = f->topics[topic],
		.partition = (int32_t)(place / (int64_t)f->topic_count % PARTITIONS),
		.leader_epoch = 4,
		.offset = 1200000 + place / (int64_t)f->topic_count / PARTITIONS,
		.timestamp_ms = FIXTURE_WALL_MS + (place - LOG_RECORDS) * EVERY_MS + 87 * (place % 3),
		.timestamp_type = TIMESTAMP_CREATE };
	if (is(f, "odd")) {
		r->timestamp_ms = FIXTURE_WALL_MS - (ODD_RECORDS - place) * 86400000;
		r->key = odd[place].key;
		r->value = odd[place].value;
		return odd[place].outcome;
	}
	if (is(f, "times"))
		r->timestamp_ms = times[place];
	if (is(f, "large")) {
		char *big = arena_alloc(arena, LARGE_BYTES);
		memset(big, place == 1 ? 0xfe : 'x', LARGE_BYTES);
		r->key = text_of(place == 1 ? "bytes" : "text");
		r->value = (struct bytes){ big, LARGE_BYTES };
		r->timestamp_ms = FIXTURE_WALL_MS - 3000 + place * 1000;
		return TXN_COMMITTED;
	}
	make_json(r, place, arena);
	return TXN_COMMITTED;
}

static bool matches(struct feed *f, const struct query *query, int64_t place)
{
	struct codec_query codec = { 0 };
	struct query_run *run = query_run_new(query, &codec);
	struct arena *arena = arena_new(0);
	struct record r;
	make(f, place, arena, &r);
	codec_query_prepare(&codec, run);
	codec_query_next(&codec);
	bool yes = query_match(run, &r) != QUERY_NO;
	query_run_free(run);
	codec_query_release(&codec);
	arena_free(arena);
	return yes;
}

static void add(struct feed *f, int64_t place, bool front)
{
	if (f->query && !query_is_empty(f->query) && !matches(f, f->query, place))
		return;
	f->kept = mem_grow(f->kept, &f->cap, f->count + 1, sizeof(*f->kept));
	if (front) {
		memmove(f->kept + 1, f->kept, f->count * sizeof(*f->kept));
		f->base--;
	}
	f->kept[front ? 0 : f->count] = place;
	f->count++;
}

static void load(struct feed *f, int64_t lo, int64_t hi)
{
	f->lo = lo < 0 ? 0 : lo;
	f->hi = hi > log_size(f) ? log_size(f) : hi;
	f->count = 0;
	f->base = 0;
	for (int64_t i = f->lo; i < f->hi; i++)
		add(f, i, false);
	f->changed = true;
}

static void newest(struct feed *f)
{
	load(f, log_size(f) - PAGE, log_size(f));
}

static struct feed *made_open(void *context, const struct feed_setup *setup, void (*wake)(void *waker), void *waker,
	struct error *err)
{
	(void)context;
	(void)wake;
	(void)waker;
	(void)err;
	struct feed *f = mem_alloc(sizeof(*f));
	f->topics = mem_alloc(setup->topic_count * sizeof(*f->topics));
	f->topic_count = setup->topic_count;
	for (size_t i = 0; i < setup->topic_count; i++)
		f->topics[i] = mem_strdup(setup->topics[i]);
	f->opened_ms = clock_mono_ms();
	f->follow = setup->follow;
	f->found = -1;
	if (is(f, "denied"))
		error_set(&f->error, ERR_DENIED, "topic denied: you may not read it (needs READ on the topic)");
	if (is(f, "unreachable"))
		error_set(&f->error, ERR_CONNECT,
			"kafka-1.example:9092: connection refused; no broker has answered in 10 s");
	newest(f);
	return f;
}

static void made_close(struct feed *f)
{
	for (size_t i = 0; i < f->topic_count; i++)
		free(f->topics[i]);
	free(f->topics);
	free(f->kept);
	query_free(f->query);
	free(f);
}

static bool made_take(struct feed *f)
{
	bool changed = f->changed;
	if (f->searching && clock_mono_ms() - f->search_from_ms + f->search_done_ms >= SEARCH_MS) {
		f->searching = false;
		f->searched = true;
		load(f, 0, log_size(f));
		changed = true;
	} else if (f->searching) {
		changed = true;
	} else if (f->follow) {
		for (int64_t size = log_size(f); f->hi < size; f->hi++, changed = true)
			add(f, f->hi, false);
	}
	f->changed = false;
	return changed;
}

static void made_state(const struct feed *f, struct feed_state *out)
{
	double done =
		(double)(f->search_done_ms + (f->searching ? clock_mono_ms() - f->search_from_ms : 0)) / SEARCH_MS;
	*out = (struct feed_state){
		.phase = f->error.code ? FEED_FAILED :
			f->searching   ? FEED_SEARCHING :
			f->follow      ? FEED_FOLLOWING :
					 FEED_IDLE,
		.first = f->base,
		.end = f->base + (int64_t)f->count,
		.seen = f->hi,
		.left = f->hi > 3100 ? f->hi - 3100 : 0,
		.bytes = f->count * (is(f, "large") ? LARGE_BYTES : 180),
		.at_start = f->lo == 0,
		.at_end = f->hi == log_size(f),
		.searched = f->searched,
		.paused = f->paused,
		.records_per_s = f->follow && !is(f, "none") ? 10 : NAN,
		.bytes_per_s = 1804,
		.topics = f->topic_count,
		.partitions = PARTITIONS,
		.progress = { .done = done,
			.records = (int64_t)(done * LOG_RECORDS),
			.bytes = (int64_t)(done * 3.1e9),
			.matched = f->searching || f->paused ? 17 : (int64_t)f->count,
			.bytes_total = 3.1e9,
			.records_per_s = f->searching && done > 0 ? 412000 : NAN,
			.bytes_per_s = 3e8,
			.eta_ms = (int64_t)((1 - done) * 34000),
			.rows = PARTITIONS },
		.error = f->error,
	};
	if (is(f, "leaderless"))
		out->leaderless = 2;
	if (is(f, "stale"))
		snprintf(out->stale, sizeof(out->stale), "12s: kafka-2.example:9092: connection refused");
}

static size_t made_read(struct feed *f, int64_t number, size_t count, struct arena *arena, struct record *out,
	enum txn_outcome *outcomes)
{
	size_t got = 0;
	for (int64_t i = number - f->base; i >= 0 && (size_t)i < f->count && got < count; i++, got++)
		outcomes[got] = make(f, f->kept[i], arena, &out[got]);
	return got;
}

static int64_t made_find(const struct feed *f, const char *topic, int32_t partition, int64_t offset)
{
	for (size_t i = 0; i < f->count; i++) {
		int64_t place = f->kept[i];
		if (strcmp(f->topics[(size_t)place % f->topic_count], topic) == 0 &&
			place / (int64_t)f->topic_count % PARTITIONS == partition &&
			1200000 + place / (int64_t)f->topic_count / PARTITIONS == offset)
			return f->base + (int64_t)i;
	}
	return -1;
}

static void made_older(struct feed *f)
{
	int64_t lo = f->lo > PAGE ? f->lo - PAGE : 0;
	while (f->lo > lo)
		add(f, --f->lo, true);
	f->changed = true;
}

static void made_newer(struct feed *f)
{
	int64_t hi = f->hi + PAGE < log_size(f) ? f->hi + PAGE : log_size(f);
	for (; f->hi < hi; f->hi++)
		add(f, f->hi, false);
	f->changed = true;
}

static int64_t place_of(const struct feed *f, const struct start_at *where)
{
	switch (where->kind) {
	case START_OFFSET:
		return (where->offset - 1200000) * PARTITIONS * (int64_t)f->topic_count;
	case START_TIME:
		return LOG_RECORDS - (FIXTURE_WALL_MS - where->time.ms) / EVERY_MS;
	case START_LAST:
		return log_size(f) - where->count;
	default:
		return 0;
	}
}

static void made_seek(struct feed *f, const struct start_at *where)
{
	int64_t place = place_of(f, where);
	f->follow = f->searched = false;
	load(f, place, place + PAGE);
	f->found = f->base;
}

static void made_follow(struct feed *f, bool on)
{
	f->follow = on;
	if (on) {
		f->searched = f->paused = false;
		newest(f);
	}
	f->changed = true;
}

static struct query *parse(const char *text, size_t *at, struct error *err)
{
	struct query_context context = { { clock_wall_ms(), true }, &codec_query_functions };
	return query_parse(text ? text : "", &context, at, err);
}

static bool made_filter(struct feed *f, const char *text, size_t *at, struct error *err)
{
	struct query *query = parse(text, at, err);
	if (!query)
		return false;
	query_free(f->query);
	f->query = query;
	load(f, f->lo, f->hi);
	return true;
}

static bool made_search(struct feed *f, const char *text, const struct start_at *from, bool all, size_t *at,
	struct error *err)
{
	(void)from;
	(void)all;
	if (!made_filter(f, text, at, err))
		return false;
	f->searching = true;
	f->follow = f->paused = f->searched = false;
	f->search_from_ms = clock_mono_ms();
	f->search_done_ms = 0;
	f->count = 0;
	return true;
}

static void made_cancel(struct feed *f)
{
	if (f->searching)
		f->search_done_ms += clock_mono_ms() - f->search_from_ms;
	f->paused = f->searched = f->searching;
	f->searching = false;
	f->changed = true;
}

static void made_resume(struct feed *f)
{
	f->searching = f->paused;
	f->paused = false;
	f->search_from_ms = clock_mono_ms();
	f->changed = true;
}

static void made_same_key(struct feed *f, int64_t number, bool next)
{
	struct arena *arena = arena_new(0);
	struct record from, r;
	int64_t at = number - f->base;
	make(f, f->kept[at], arena, &from);
	for (int64_t i = next ? at + 1 : at - 1; i >= 0 && (size_t)i < f->count; i += next ? 1 : -1) {
		make(f, f->kept[i], arena, &r);
		if (r.key.p && from.key.p && r.key.len == from.key.len && memcmp(r.key.p, from.key.p, r.key.len) == 0) {
			f->found = f->base + i;
			break;
		}
	}
	arena_free(arena);
	f->changed = true;
}

static int64_t made_found(struct feed *f)
{
	int64_t found = f->found;
	f->found = -1;
	return found;
}

static void made_statement(struct feed *f, struct str *out)
{
	str_addf(out, "searched %d of %d partitions, all read: %" PRId64 " records, %zu match\n", PARTITIONS,
		PARTITIONS, f->hi, f->count);
	for (int p = 0; p < PARTITIONS; p++)
		str_addf(out, "%s %d: 1,200,000 to 1,201,000, all read\n", f->topics[0], p);
}

static void made_notes(struct feed *f, struct str *out)
{
	if (f->searching && !f->noted++ && f->query && strstr(query_text(f->query), "key =="))
		str_add(out,
			"key \"u-1\" hashes to partition 2 of 3 (murmur2): only that one is read; records older than a "
			"partition increase may lie elsewhere\n");
}

static size_t made_rates(const struct feed *f, struct feed_rate *out, size_t max)
{
	if (!is(f, "shares"))
		return 0;
	for (size_t i = 0; i < PARTITIONS && i < max; i++)
		out[i] = (struct feed_rate){ f->topics[0], (int32_t)i, 0, -1, -1, 2.5 * (double)(i + 1) };
	return PARTITIONS;
}

static const struct feed_ops ops = {
	.open = made_open,
	.close = made_close,
	.take = made_take,
	.state = made_state,
	.read = made_read,
	.find = made_find,
	.older = made_older,
	.newer = made_newer,
	.seek = made_seek,
	.follow = made_follow,
	.filter = made_filter,
	.search = made_search,
	.cancel = made_cancel,
	.resume = made_resume,
	.same_key = made_same_key,
	.found = made_found,
	.statement = made_statement,
	.notes = made_notes,
	.rates = made_rates,
};

struct feed_host *feed_host_new(const struct client_config *client, const char *bootstrap, int64_t timeout_ms)
{
	(void)client;
	(void)bootstrap;
	(void)timeout_ms;
	return NULL;
}

struct feed_source feed_host_source(struct feed_host *host)
{
	(void)host;
	return (struct feed_source){ .ops = &ops };
}

bool feed_host_free(struct feed_host *host, int64_t wait_ms)
{
	(void)host;
	(void)wait_ms;
	return true;
}
