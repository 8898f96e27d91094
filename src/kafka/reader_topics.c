/* SPDX-License-Identifier: BSD-2-Clause */
/* Which topics and partitions are read. */
#include <inttypes.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/codes.h"
#include "kafka/reader_parts.h"

enum { ANSWER_MS = 1000, FIRST_TRY_MS = 750, LAST_TRY_MS = 4000, NEW_STEP_MS = 100 };

/* NULL: it is not read, or not yet. */
static struct reader_topic *find_added(const struct reader *r, const char *name)
{
	for (size_t i = 0; i < r->topic_count; i++)
		if (strcmp(r->topics[i]->name, name) == 0)
			return r->topics[i];
	return NULL;
}

static struct reader_topic *add_topic(struct reader *r, const char *name)
{
	struct reader_topic *t = find_added(r, name);

	if (t)
		return t;
	t = mem_alloc(sizeof(*t));
	t->name = mem_strdup(name);
	t->rkt = rd_kafka_topic_new(r->rk, name, rd_kafka_default_topic_conf_dup(r->rk));
	if (!t->rkt) {
		reader_note(r, true, "topic %s: %s", name, rd_kafka_err2str(rd_kafka_last_error()));
		free(t->name);
		free(t);
		return NULL;
	}
	r->topics = mem_grow(r->topics, &r->topic_cap, r->topic_count + 1, sizeof(struct reader_topic *));
	r->topics[r->topic_count++] = t;
	return t;
}

static bool is_pattern(const char *topic)
{
	return topic[0] == '^';
}

static bool compile_pattern(regex_t *regex, const char *pattern, struct error *err)
{
	int failed = regcomp(regex, pattern, REG_EXTENDED | REG_NOSUB);
	char why[128];

	if (!failed)
		return true;
	regerror(failed, regex, why, sizeof(why));
	return error_set(err, ERR_USAGE, "topics %s: %s", pattern, why);
}

/* Kafka's own topics match only a pattern that names them. */
static bool pattern_matches(const regex_t *regex, const char *pattern, const char *name)
{
	/* The protocol allows topics without a name, when asked by an unknown id. */
	return name && regexec(regex, name, 0, NULL, 0) == 0 &&
		(strncmp(pattern, "^__", 3) == 0 || strncmp(name, "__", 2) != 0);
}

static bool add_matching(struct reader *r, const char *pattern, const rd_kafka_metadata_t *md, struct error *err)
{
	regex_t regex;
	size_t before = r->topic_count;

	if (!compile_pattern(&regex, pattern, err))
		return false;
	for (int i = 0; i < md->topic_cnt; i++)
		if (pattern_matches(&regex, pattern, md->topics[i].topic))
			add_topic(r, md->topics[i].topic);
	regfree(&regex);
	if (r->topic_count == before)
		reader_note(r, true, "topics %s: none match, or you may not describe them", pattern);
	return true;
}

bool reader_finds_more(struct reader *r)
{
	const rd_kafka_metadata_t *md = NULL;
	struct error err;
	bool more = false;
	regex_t regex;

	for (size_t i = 0; i < r->setup.topic_count && !more; i++) {
		const char *pattern = r->setup.topics[i];

		if (!is_pattern(pattern) || !compile_pattern(&regex, pattern, &err))
			continue;
		if (!md && rd_kafka_metadata(r->rk, true, NULL, &md, ANSWER_MS)) {
			regfree(&regex);
			return false;
		}
		for (int k = 0; k < md->topic_cnt && !more; k++)
			more = md->topics[k].partition_cnt > 0 &&
				pattern_matches(&regex, pattern, md->topics[k].topic) &&
				!find_added(r, md->topics[k].topic);
		regfree(&regex);
	}
	if (md)
		rd_kafka_metadata_destroy(md);
	return more;
}

/* Waits up to `wait_ms` for the first event. */
static void poll_events(struct reader *r, int wait_ms)
{
	rd_kafka_event_t *ev;

	for (; (ev = rd_kafka_queue_poll(r->events, wait_ms)); wait_ms = 0) {
		reader_event(r, ev);
		rd_kafka_event_destroy(ev);
	}
}

bool reader_not_connected(struct reader *r, rd_kafka_resp_err_t code, struct error *err)
{
	if (reader_on_other_cluster(r, err))
		return false;
	return error_set(err, ERR_CONNECT, "could not reach %s within %g s: %s", r->setup.bootstrap,
		(double)r->setup.timeout_ms / 1000, r->last_error[0] ? r->last_error : rd_kafka_err2str(code));
}

static void add_part(struct reader *r, struct reader_topic *t, const rd_kafka_metadata_partition_t *p)
{
	r->parts = mem_grow(r->parts, &r->part_cap, r->part_count + 1, sizeof(*r->parts));
	r->parts[r->part_count] = (struct reader_part){ .topic = t,
		.partition = p->id,
		.leader = p->leader,
		.offset = { -1, -1, -1, -1 },
		.place_ms = RECORD_NO_TIME };
	t->rows[p->id] = r->part_count++;
}

static bool is_partition_wanted(const struct reader *r, int32_t partition)
{
	for (size_t i = 0; i < r->setup.partition_count; i++)
		if (r->setup.partitions[i] == partition)
			return true;
	return r->setup.partition_count == 0;
}

static void add_parts(struct reader *r, struct reader_topic *t, const rd_kafka_metadata_topic_t *md)
{
	int32_t count = md->partition_cnt;
	bool *wanted = mem_alloc((size_t)count * sizeof(*wanted));

	t->partition_count = count;
	t->rows = mem_alloc((size_t)count * sizeof(*t->rows));
	memset(wanted, 1, (size_t)count * sizeof(*wanted));
	if (r->setup.choose && reader_outside_begin(r)) {
		r->setup.choose(r->setup.context, t->name, count, wanted);
		reader_outside_end(r);
	}
	for (int32_t i = 0; i < count; i++)
		t->rows[i] = SIZE_MAX;
	for (int32_t i = 0; i < count; i++) {
		int32_t id = md->partitions[i].id;

		if (id >= 0 && id < count && is_partition_wanted(r, id) && wanted[id])
			add_part(r, t, &md->partitions[i]);
	}
	free(wanted);
	for (size_t i = 0; i < r->setup.partition_count; i++)
		if (r->setup.partitions[i] >= count)
			reader_note(r, true, "topic %s: has no partition %" PRId32 ", only 0 to %" PRId32, t->name,
				r->setup.partitions[i], count - 1);
}

static bool is_unknown(const rd_kafka_metadata_topic_t *md)
{
	return !md || code_is_unknown_topic(md->err);
}

static void resolve_topic(struct reader *r, struct reader_topic *t, const rd_kafka_metadata_topic_t *md)
{
	if (is_unknown(md))
		reader_note(r, true, "topic %s: does not exist, or you may not describe it", t->name);
	else if (md->err && md->partition_cnt == 0)
		reader_note(r, true, "topic %s: %s", t->name, reader_code_text(r, md->err));
	else
		add_parts(r, t, md);
}

static const rd_kafka_metadata_topic_t *find_topic(const rd_kafka_metadata_t *md, const char *name)
{
	for (int i = 0; i < md->topic_cnt; i++)
		if (str_equal(md->topics[i].topic, name))
			return &md->topics[i];
	return NULL;
}

/*
 * librdkafka may ask any broker, even one that hangs: so the question is repeated, each time with a longer
 * timeout. A cluster that was reached before is retried for as long as a search retries.
 */
static rd_kafka_resp_err_t ask_topics(struct reader *r, bool all, const rd_kafka_metadata_t **md)
{
	int64_t deadline_ms = r->deadline_ms, try_ms = FIRST_TRY_MS, left_ms;
	struct error elsewhere;
	rd_kafka_resp_err_t code;

	if (r->warm && r->setup.patience_ms > r->setup.timeout_ms)
		deadline_ms += r->setup.patience_ms - r->setup.timeout_ms;
	do {
		left_ms = deadline_ms - clock_mono_ms();
		if (left_ms > try_ms)
			left_ms = try_ms;
		code = rd_kafka_metadata(r->rk, all, NULL, md, left_ms > 1 ? (int)left_ms : 1);
		try_ms = try_ms < LAST_TRY_MS ? try_ms * 2 : LAST_TRY_MS;
		poll_events(r, 0);
	} while ((code == RD_KAFKA_RESP_ERR__TIMED_OUT || code == RD_KAFKA_RESP_ERR__TRANSPORT) && !reader_stopped(r) &&
		!reader_on_other_cluster(r, &elsewhere) && clock_mono_ms() < deadline_ms);
	/* The requests that follow need some time too. */
	if (r->deadline_ms < clock_mono_ms() + LAST_TRY_MS && r->warm)
		r->deadline_ms = clock_mono_ms() + LAST_TRY_MS;
	return code;
}

static bool all_are_known(const struct reader *r, const rd_kafka_metadata_t *md)
{
	for (size_t i = 0; i < r->topic_count; i++)
		if (is_unknown(find_topic(md, r->topics[i]->name)))
			return false;
	return true;
}

/*
 * A broker may learn of a new topic a moment after its creator: unknown topics are asked for again for a short
 * time. Not on a handle that was used before: each page and each search of a feed takes one, and each would
 * wait.
 */
static rd_kafka_resp_err_t ask_until_known(struct reader *r, bool all, const rd_kafka_metadata_t **md)
{
	rd_kafka_resp_err_t code = ask_topics(r, all, md);
	int64_t until_ms = clock_mono_ms() + CODE_NEW_TOPIC_MS;

	if (until_ms > r->deadline_ms)
		until_ms = r->deadline_ms;
	while (!r->warm && !code && !all_are_known(r, *md) && !reader_stopped(r) && clock_mono_ms() < until_ms) {
		rd_kafka_metadata_destroy(*md);
		poll_events(r, NEW_STEP_MS);
		code = ask_topics(r, all, md);
	}
	return code;
}

bool reader_resolve_topics(struct reader *r, struct error *err)
{
	const rd_kafka_metadata_t *md;
	bool all = false, ok = true;
	rd_kafka_resp_err_t code;

	for (size_t i = 0; i < r->setup.topic_count; i++) {
		if (is_pattern(r->setup.topics[i]))
			all = true;
		else
			add_topic(r, r->setup.topics[i]);
	}
	code = ask_until_known(r, all, &md);
	if (reader_stopped(r) && code)
		return error_set(err, ERR_INTERRUPTED, "interrupted");
	if (code)
		return reader_not_connected(r, code, err);
	for (size_t i = 0; i < r->setup.topic_count && ok; i++)
		if (is_pattern(r->setup.topics[i]))
			ok = add_matching(r, r->setup.topics[i], md, err);
	for (size_t i = 0; i < r->topic_count && ok; i++)
		resolve_topic(r, r->topics[i], find_topic(md, r->topics[i]->name));
	rd_kafka_metadata_destroy(md);
	return ok;
}

void reader_set_leaders(struct reader *r, const rd_kafka_metadata_t *md)
{
	for (size_t i = 0; i < r->topic_count; i++) {
		const rd_kafka_metadata_topic_t *topic = find_topic(md, r->topics[i]->name);

		for (int k = 0; topic && k < topic->partition_cnt; k++) {
			int32_t id = topic->partitions[k].id;
			size_t row = id < r->topics[i]->partition_count ? r->topics[i]->rows[id] : SIZE_MAX;

			if (row != SIZE_MAX)
				r->parts[row].leader = topic->partitions[k].leader;
		}
	}
}
