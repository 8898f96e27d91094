/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A feed without a screen: opens one as the arguments say, does what comes on
 * standard input, one command a line, and answers in lines of JSON. What the
 * integration test and the bench ask of a feed goes through here.
 *
 *     feed BOOTSTRAP TOPIC[,TOPIC...] [page=N] [buffer=BYTES] [committed] [from=WHERE] [follow]
 *         [patience=MS] [decoder=TOPIC:RULE] [CLIENT.PROPERTY=VALUE]
 *
 *     wait SECONDS                until all that was asked for has ended; prints the state
 *     seen SECONDS COUNT          until so many records arrived; prints the state
 *     delays SECONDS COUNT        how long after it was made a record is seen here; prints ms
 *     older, newer, seek WHERE, follow, rest, filter TEXT, search TEXT, cancel, resume, same next|previous NUMBER
 *     take MS, state, dump, notes, statement, rates, found, reopen, quit
 */
#include <inttypes.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/wake.h"
#include "codec/codec_rules.h"
#include "feed/feed_host.h"

enum { READ = 500 };

static const char *const phases[] = { "opening", "loading", "resting", "following", "searching", "failed" };

struct driver {
	struct feed_source source;
	struct feed_setup setup;
	struct wake wake;
	struct feed *feed;
	struct codec_rules *decoders;
	int64_t began_us; /* the last command */
	int64_t seen_us;  /* when take() last brought something */
};

static void wake(void *waker)
{
	wake_raise(waker, 1);
}

static bool take(struct driver *d, int timeout_ms)
{
	struct pollfd fd = { .fd = d->wake.read_fd, .events = POLLIN };

	poll(&fd, 1, timeout_ms);
	wake_drain(&d->wake);
	if (!d->source.ops->take(d->feed))
		return false;
	d->seen_us = clock_mono_us();
	return true;
}

static void print(struct str *text)
{
	printf("%s\n", str_text(text));
	str_release(text);
}

static void print_state(struct driver *d)
{
	struct feed_state s;
	struct str text = { 0 };
	struct json j = { .out = &text };

	d->source.ops->state(d->feed, &s);
	json_object(&j, NULL);
	json_string(&j, "phase", phases[s.phase]);
	json_bool(&j, "busy", s.busy);
	json_int(&j, "first", s.first);
	json_int(&j, "end", s.end);
	json_int(&j, "seen", s.seen);
	json_int(&j, "left", s.left);
	json_int(&j, "bytes", (int64_t)s.bytes);
	json_bool(&j, "at_start", s.at_start);
	json_bool(&j, "at_end", s.at_end);
	json_bool(&j, "searched", s.searched);
	json_bool(&j, "paused", s.paused);
	json_int(&j, "topics", (int64_t)s.topics);
	json_int(&j, "partitions", (int64_t)s.partitions);
	json_string(&j, "error", s.error.code ? s.error.message : NULL);
	json_bool(&j, "error_past", s.error_past);
	json_number(&j, "records_per_s", s.records_per_s);
	json_number(&j, "bytes_per_s", s.bytes_per_s);
	json_string(&j, "waiting", s.waiting);
	json_int(&j, "read", s.progress.records);
	json_int(&j, "matched", s.progress.matched);
	json_int(&j, "undecided", s.progress.undecided);
	json_number(&j, "done", s.progress.done);
	json_int(&j, "us", d->seen_us - d->began_us);
	json_object_end(&j);
	print(&text);
}

static void print_record(const struct record *r, int64_t number, enum txn_outcome outcome)
{
	static const char *const outcomes[] = { "committed", "unknown", "aborted", "open" };
	struct str text = { 0 };
	struct json j = { .out = &text };

	json_object(&j, NULL);
	json_int(&j, "number", number);
	json_string(&j, "topic", r->topic);
	json_int(&j, "partition", r->partition);
	json_int(&j, "offset", r->offset);
	json_int(&j, "timestamp", r->timestamp_ms);
	json_string(&j, "outcome", outcomes[outcome]);
	json_int(&j, "headers", (int64_t)r->header_count);
	if (r->key.p)
		json_bytes(&j, "key", r->key.p, r->key.len);
	if (r->value.p)
		json_bytes(&j, "value", r->value.p, r->value.len);
	json_object_end(&j);
	print(&text);
}

/* Every record that is kept, in order, then an empty object. */
static void print_records(struct driver *d)
{
	struct feed_state s;

	d->source.ops->state(d->feed, &s);
	for (int64_t n = s.first; n < s.end; n += READ) {
		struct arena *arena = arena_new(0);
		struct record records[READ];
		enum txn_outcome outcomes[READ];
		size_t count = d->source.ops->read(d->feed, n, READ, arena, records, outcomes);

		for (size_t i = 0; i < count; i++)
			print_record(&records[i], n + (int64_t)i, outcomes[i]);
		arena_free(arena);
	}
	printf("{}\n");
}

static void print_text(const struct str *from)
{
	struct str text = { 0 };

	json_quote(&text, str_text(from), from->len, NULL);
	print(&text);
}

static void print_rates(struct driver *d)
{
	struct feed_rate rates[64];
	size_t n = d->source.ops->rates(d->feed, rates, 64);
	struct str text = { 0 };
	struct json j = { .out = &text };

	json_array(&j, NULL);
	for (size_t i = 0; i < n && i < 64; i++) {
		json_object(&j, NULL);
		json_string(&j, "topic", rates[i].topic);
		json_int(&j, "partition", rates[i].partition);
		json_int(&j, "position", rates[i].position);
		json_int(&j, "end", rates[i].end);
		json_number(&j, "rate", rates[i].records_per_s);
		json_object_end(&j);
	}
	json_array_end(&j);
	print(&text);
}

/* Until everything that was asked for has ended. */
static void wait_done(struct driver *d, double seconds)
{
	int64_t until_ms = clock_mono_ms() + (int64_t)(seconds * 1000);
	struct feed_state s;

	do {
		take(d, 20);
		d->source.ops->state(d->feed, &s);
	} while (clock_mono_ms() < until_ms && s.busy);
	print_state(d);
}

/* Until so many records were seen. */
static void wait_seen(struct driver *d, double seconds, int64_t seen)
{
	int64_t until_ms = clock_mono_ms() + (int64_t)(seconds * 1000);
	struct feed_state s;

	for (;;) {
		d->source.ops->state(d->feed, &s);
		if (s.seen >= seen || clock_mono_ms() > until_ms)
			break;
		take(d, 50);
	}
	print_state(d);
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* How long after a record was made it is seen here, for so many records: the median and the ninth decile, in ms. */
static void print_delays(struct driver *d, double seconds, size_t wanted)
{
	int64_t until_ms = clock_mono_ms() + (int64_t)(seconds * 1000), next;
	int64_t *delays = mem_alloc(wanted * sizeof(*delays));
	struct feed_state s;
	size_t count = 0;

	d->source.ops->state(d->feed, &s);
	next = s.end;
	while (count < wanted && clock_mono_ms() < until_ms) {
		take(d, 50);
		d->source.ops->state(d->feed, &s);
		for (; next < s.end && count < wanted; next++) {
			struct arena *arena = arena_new(4096);
			struct record r;

			if (d->source.ops->read(d->feed, next, 1, arena, &r, NULL) == 1)
				delays[count++] = clock_wall_ms() - r.timestamp_ms;
			arena_free(arena);
		}
	}
	qsort(delays, count, sizeof(*delays), by_size);
	printf("{\"count\": %zu, \"median\": %" PRId64 ", \"p90\": %" PRId64 "}\n", count,
		count ? delays[count / 2] : -1, count ? delays[count * 9 / 10] : -1);
	free(delays);
}

static struct start_at parse_where(const char *text)
{
	struct when_clock clock = { clock_wall_ms(), true };
	struct start_at at = { 0 };
	struct error err;
	size_t column;

	if (strcmp(text, "earliest") != 0 && !start_at_parse(text, &clock, &at, &column, &err)) {
		fprintf(stderr, "feed: %s: %s\n", text, err.message);
		exit(2);
	}
	return at;
}

static void say_error(size_t at, const struct error *err)
{
	struct str text = { 0 };
	struct json j = { .out = &text };

	json_object(&j, NULL);
	json_int(&j, "at", (int64_t)at);
	json_string(&j, "refused", err->message);
	json_object_end(&j);
	print(&text);
}

static void open_feed(struct driver *d)
{
	struct error err = { 0 };

	d->source.ops->close(d->feed);
	d->began_us = clock_mono_us();
	d->feed = d->source.ops->open(d->source.context, &d->setup, wake, &d->wake, &err);
	if (!d->feed) {
		fprintf(stderr, "feed: %s\n", err.message);
		exit(1);
	}
}

/* False: quit. */
static bool obey(struct driver *d, char *line)
{
	const struct feed_ops *ops = d->source.ops;
	char *word = strsep(&line, " ");
	char none[] = "", *rest = line ? line : none;
	struct error err = { 0 };
	struct str text = { 0 };
	size_t at = 0;

	if (strcmp(word, "wait") && strcmp(word, "seen") && strcmp(word, "state") && strcmp(word, "take"))
		d->began_us = clock_mono_us();
	if (strcmp(word, "wait") == 0) {
		wait_done(d, strtod(rest, NULL));
	} else if (strcmp(word, "seen") == 0) {
		double seconds = strtod(strsep(&rest, " "), NULL);

		wait_seen(d, seconds, atoll(rest));
	} else if (strcmp(word, "delays") == 0) {
		double seconds = strtod(strsep(&rest, " "), NULL);

		print_delays(d, seconds, strtoul(rest, NULL, 10));
	} else if (strcmp(word, "older") == 0) {
		ops->older(d->feed);
	} else if (strcmp(word, "newer") == 0) {
		ops->newer(d->feed);
	} else if (strcmp(word, "seek") == 0) {
		struct start_at where = parse_where(rest);

		ops->seek(d->feed, &where);
	} else if (strcmp(word, "follow") == 0) {
		ops->follow(d->feed, true);
	} else if (strcmp(word, "rest") == 0) {
		ops->follow(d->feed, false);
	} else if (strcmp(word, "filter") == 0) {
		if (!ops->filter(d->feed, rest, &at, &err))
			say_error(at, &err);
	} else if (strcmp(word, "search") == 0) {
		if (!ops->search(d->feed, rest, NULL, false, &at, &err))
			say_error(at, &err);
	} else if (strcmp(word, "cancel") == 0) {
		ops->cancel(d->feed);
	} else if (strcmp(word, "resume") == 0) {
		ops->resume(d->feed);
	} else if (strcmp(word, "same") == 0) {
		bool next = strcmp(strsep(&rest, " "), "next") == 0;

		ops->same_key(d->feed, atoll(rest), next);
	} else if (strcmp(word, "state") == 0) {
		take(d, 0);
		print_state(d);
	} else if (strcmp(word, "take") == 0) {
		take(d, atoi(rest));
		print_state(d);
	} else if (strcmp(word, "dump") == 0) {
		print_records(d);
	} else if (strcmp(word, "notes") == 0) {
		ops->notes(d->feed, &text);
		print_text(&text);
	} else if (strcmp(word, "statement") == 0) {
		ops->statement(d->feed, &text);
		print_text(&text);
	} else if (strcmp(word, "found") == 0) {
		printf("%" PRId64 "\n", ops->found(d->feed));
	} else if (strcmp(word, "rates") == 0) {
		print_rates(d);
	} else if (strcmp(word, "reopen") == 0) {
		open_feed(d);
	} else {
		return false;
	}
	str_release(&text);
	fflush(stdout);
	return true;
}

static void set(struct driver *d, struct client_config *client, const char *option)
{
	const char *value = strchr(option, '=');
	size_t len = value ? (size_t)(value++ - option) : strlen(option);

	if (memchr(option, '.', len)) {
		char *name = mem_strndup(option, len);
		struct error err;

		if (!client_config_set(client, name, value, &err)) {
			fprintf(stderr, "feed: %s\n", err.message);
			exit(2);
		}
		free(name);
	} else if (strncmp(option, "page", len) == 0) {
		d->setup.page = strtoul(value, NULL, 10);
	} else if (strncmp(option, "buffer", len) == 0) {
		d->setup.buffer_bytes = strtoul(value, NULL, 10);
	} else if (strncmp(option, "patience", len) == 0) {
		d->setup.patience_ms = strtoll(value, NULL, 10);
	} else if (strncmp(option, "decoder", len) == 0) {
		char *topic = mem_strndup(value, strcspn(value, ":"));
		struct error err;

		if (!codec_rules_add(d->decoders, topic, strchr(value, ':') + 1, &err)) {
			fprintf(stderr, "feed: %s\n", err.message);
			exit(2);
		}
		free(topic);
	} else if (strncmp(option, "from", len) == 0) {
		d->setup.from = parse_where(value);
	} else if (strncmp(option, "follow", len) == 0) {
		d->setup.follow = true;
	} else {
		d->setup.read_committed = true;
	}
}

int main(int argc, char **argv)
{
	struct driver d = { .setup.from.kind = START_LATEST, .decoders = codec_rules_new() };
	struct client_config *client = client_config_new();
	struct error err = { 0 };
	struct feed_host *host;
	const char *topics[16];
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	bool ended;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc < 3)
		return 2;
	for (char *names = argv[2], *name; (name = strsep(&names, ",")) && d.setup.topic_count < 16;)
		topics[d.setup.topic_count++] = name;
	d.setup.topics = topics;
	d.setup.decoders = d.decoders;
	for (int i = 3; i < argc; i++)
		set(&d, client, argv[i]);
	if (!client_config_set(client, "bootstrap.servers", argv[1], &err) || !wake_init(&d.wake, &err)) {
		fprintf(stderr, "feed: %s\n", err.message);
		return 2;
	}
	host = feed_host_new(client, argv[1], 5000);
	d.source = feed_host_source(host);
	open_feed(&d);
	while ((len = getline(&line, &cap, stdin)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (!obey(&d, line))
			break;
	}
	free(line);
	d.source.ops->close(d.feed);
	ended = feed_host_free(host, 10000);
	if (!ended) {
		fprintf(stderr, "feed: did not end\n");
		fflush(NULL);
		_exit(3);
	}
	wake_release(&d.wake);
	client_config_free(client);
	codec_rules_free(d.decoders);
	return 0;
}
