/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loop that reads. All partitions share one librdkafka queue; a partition
 * is started at an absolute offset and stopped when its range is read. When a
 * leader is lost, librdkafka finds the next one; what it cannot handle (an
 * offset or a topic that no longer exists) is decided here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/reader_parts.h"

enum {
	IDLE_MS = 100, /* how long one poll waits */
	GATHER_MS = 1, /* how long a batch waits for more after its first record */
	RETRY_MS = 1000,
	LOOK_MS = 3000,   /* how often to check that the topics are still the same */
	SEARCH_MS = 10000 /* how often to look for new topics that match a pattern */
};

/*
 * Stopping a partition waits for an answer, and nothing is read meanwhile. So a partition is stopped only when
 * it sends records that are not wanted any more.
 */
static void stop_part(struct reader *r, size_t row)
{
	struct reader_part *p = &r->parts[row];

	if (p->started && !r->setup.little) {
		rd_kafka_consume_stop(p->topic->rkt, p->partition);
		p->started = false;
	}
}

static void finish_part(struct reader *r, size_t row)
{
	struct reader_part *p = &r->parts[row];

	p->finished = true;
	p->retry_ms = 0;
	r->unfinished--;
}

void reader_fail_part(struct reader *r, size_t row, const char *why)
{
	struct reader_part *p = &r->parts[row];

	if (scan_row_state(r->scan, row) != SCAN_READING)
		return;
	scan_fail(r->scan, row, why);
	if (p->resolved) {
		reader_note(r, true, "%s-%" PRId32 ": not read beyond offset %" PRId64 ": %s", p->topic->name,
			p->partition, scan_position(r->scan, row), why);
	} else {
		reader_note(r, true, "%s-%" PRId32 ": offsets not known: %s", p->topic->name, p->partition, why);
		r->unresolved--;
	}
	finish_part(r, row);
	stop_part(r, row);
}

void reader_start_part(struct reader *r, size_t row, int64_t offset)
{
	struct reader_part *p = &r->parts[row];

	if (p->started)
		rd_kafka_consume_stop(p->topic->rkt, p->partition);
	p->started = rd_kafka_consume_start_queue(p->topic->rkt, p->partition, offset, r->queue) == 0;
	if (!p->started)
		reader_fail_part(r, row, rd_kafka_err2str(rd_kafka_last_error()));
}

/* The topic was deleted, and perhaps created again: its old offsets mean nothing now. */
void reader_topic_gone(struct reader *r, struct reader_topic *t)
{
	if (t->gone)
		return;
	t->gone = true;
	if (r->setup.follow)
		reader_note(r, true, "topic %s: was deleted; waiting for it to be created again", t->name);
	for (int32_t i = 0; i < t->partition_count; i++) {
		size_t row = t->rows[i];

		if (row != SIZE_MAX && !r->setup.follow)
			reader_fail_part(r, row, "the topic was deleted");
	}
}

/* The requested offset does not exist: retention removed it, or the log is another one. */
static void find_position(struct reader *r, size_t row)
{
	struct reader_part *p = &r->parts[row];
	int64_t position = scan_position(r->scan, row), low, high;

	p->retry_ms = 0;
	if (rd_kafka_query_watermark_offsets(r->rk, p->topic->name, p->partition, &low, &high, RETRY_MS)) {
		p->retry_ms = clock_mono_ms() + RETRY_MS;
		return;
	}
	if (position < low) {
		reader_note(r, true,
			"%s-%" PRId32 ": retention removed offsets %" PRId64 " to %" PRId64 " before they were read",
			p->topic->name, p->partition, position, low - 1);
		position = scan_torn(r->scan, row, low);
		if (scan_row_state(r->scan, row) == SCAN_DONE)
			finish_part(r, row);
		else
			reader_start_part(r, row, position);
	} else if (position > high && !r->setup.follow) {
		reader_fail_part(r, row,
			"the log ends before this offset now: the topic was created again, or cut off");
	} else if (position > high) {
		/* The topic's id will tell whether it is still the same topic. */
		p->lost = true;
		r->looked_ms = 0;
	} else {
		reader_start_part(r, row, position);
	}
}

static void part_error(struct reader *r, size_t row, const rd_kafka_message_t *m)
{
	struct reader_part *p = &r->parts[row];

	switch (m->err) {
	case RD_KAFKA_RESP_ERR__PARTITION_EOF:
		scan_eof(r->scan, row, m->offset);
		if (scan_row_state(r->scan, row) == SCAN_DONE && p->started && !p->finished)
			finish_part(r, row);
		break;
	case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
	case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
		find_position(r, row);
		break;
	case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
	case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_ID:
		reader_doubt_topic(r, p->topic);
		break;
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		reader_fail_part(r, row, reader_code_text(r, m->err));
		break;
	default:
		reader_note(r, true, "%s-%" PRId32 ": %s", p->topic->name, p->partition,
			rd_kafka_message_errstr(m) ? rd_kafka_message_errstr(m) : rd_kafka_err2str(m->err));
		break;
	}
}

static int by_handle(const void *a, const void *b)
{
	const struct reader_topic *x = *(struct reader_topic *const *)a, *y = *(struct reader_topic *const *)b;

	return ((uintptr_t)x->rkt > (uintptr_t)y->rkt) - ((uintptr_t)x->rkt < (uintptr_t)y->rkt);
}

/* Records of the same topic come one after another. */
static const struct reader_topic *topic_of(struct reader *r, const rd_kafka_message_t *m)
{
	const struct reader_topic key = { .rkt = m->rkt }, *at = &key;
	struct reader_topic **found;

	if (!r->latest || r->latest->rkt != m->rkt) {
		found = bsearch(&at, r->by_handle, r->topic_count, sizeof(*r->by_handle), by_handle);
		r->latest = found ? *found : NULL;
	}
	return r->latest;
}

static size_t row_of(struct reader *r, const rd_kafka_message_t *m)
{
	const struct reader_topic *t = topic_of(r, m);

	return t && m->partition >= 0 && m->partition < t->partition_count ? t->rows[m->partition] : SIZE_MAX;
}

static int64_t place_of(struct reader_part *p, const rd_kafka_message_t *m)
{
	rd_kafka_timestamp_type_t type;
	int64_t ms = rd_kafka_message_timestamp(m, &type);

	if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && ms != RECORD_NO_TIME)
		p->place_ms = ms;
	return p->place_ms;
}

static void take_message(struct reader *r, struct reader_batch *b, rd_kafka_message_t *m)
{
	size_t row = row_of(r, m);

	if (row != SIZE_MAX && !m->err) {
		size_t bytes = m->len + m->key_len;

		if (scan_record(r->scan, row, m->offset, bytes)) {
			b->rows[b->count] = (uint32_t)row;
			b->places_ms[b->count] = place_of(&r->parts[row], m);
			b->messages[b->count++] = m;
			b->bytes += bytes;
			m = NULL;
		}
		if (r->parts[row].started && !r->parts[row].finished && scan_row_state(r->scan, row) == SCAN_DONE)
			finish_part(r, row);
		if (m && r->parts[row].finished)
			stop_part(r, row);
	} else if (row != SIZE_MAX && !r->parts[row].finished) {
		part_error(r, row, m);
	}
	if (m)
		rd_kafka_message_destroy(m);
}

/* Waits for a record, then takes the others that are ready. */
static size_t poll_messages(struct reader *r, rd_kafka_message_t **messages)
{
	ssize_t n = rd_kafka_consume_batch_queue(r->queue, 0, messages, READER_BATCH);

	if (n > 0)
		return (size_t)n;
	n = rd_kafka_consume_batch_queue(r->queue, IDLE_MS, messages, 1);
	if (n <= 0)
		return 0;
	n = rd_kafka_consume_batch_queue(r->queue, r->setup.gather_ms ? r->setup.gather_ms : GATHER_MS, messages + 1,
		READER_BATCH - 1);
	return n > 0 ? (size_t)n + 1 : 1;
}

static void reader_take_events(struct reader *r)
{
	rd_kafka_event_t *ev;

	while ((ev = rd_kafka_queue_poll(r->events, 0))) {
		if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_DESCRIBETOPICS_RESULT)
			reader_take_description(r, ev);
		else if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_LISTOFFSETS_RESULT)
			reader_take_offsets(r, ev);
		else
			reader_event(r, ev);
		rd_kafka_event_destroy(ev);
	}
}

/* The timed tasks: positions to be found again, new topics, deleted topics, partitions that do not answer. */
static void run_timed_tasks(struct reader *r)
{
	int64_t now_ms = clock_mono_ms();

	for (size_t i = 0; i < r->part_count; i++)
		if (r->parts[i].retry_ms && r->parts[i].retry_ms <= now_ms)
			find_position(r, i);
	if (r->setup.follow && now_ms - r->searched_ms >= SEARCH_MS) {
		r->searched_ms = now_ms;
		if (reader_finds_more(r))
			atomic_store(&r->grown, true);
	}
	if (r->setup.follow && !r->looking && now_ms - r->looked_ms >= LOOK_MS)
		reader_describe_topics(r, now_ms);
	reader_settle_doubts(r, now_ms);
	if (r->setup.follow)
		reader_watch_silence(r, now_ms);
	reader_wait_step(r, now_ms);
}

void reader_poll(struct reader *r)
{
	rd_kafka_message_t *messages[READER_BATCH];
	int64_t tasks_ms = 0;

	r->waited_ms = r->searched_ms = r->answered_ms = clock_mono_ms();
	r->by_handle = mem_alloc(r->topic_count * sizeof(*r->by_handle));
	memcpy(r->by_handle, r->topics, r->topic_count * sizeof(*r->by_handle));
	qsort(r->by_handle, r->topic_count, sizeof(*r->by_handle), by_handle);
	for (size_t i = 0; i < r->part_count; i++) {
		if (scan_row_state(r->scan, i) != SCAN_READING)
			continue;
		r->unfinished++;
		r->parts[i].heard_at = scan_position(r->scan, i);
		r->parts[i].heard_ms = r->waited_ms;
		if (r->parts[i].resolved)
			reader_start_part(r, i, scan_position(r->scan, i));
	}
	/* Requests sent while partitions were resolved may still be answered. */
	r->asked = r->unresolved > 0;
	while (r->unfinished > 0 && reader_wait_room(r, &r->waited_ms)) {
		size_t n = poll_messages(r, messages);
		int64_t now_ms = clock_mono_ms();

		if (n > 0) {
			struct reader_batch *b = reader_batch_new(r);

			for (size_t i = 0; i < n; i++)
				take_message(r, b, messages[i]);
			if (b->count > 0) {
				r->answered_ms = now_ms;
				reader_batch_give(r, b);
			} else {
				reader_batch_release(r, b);
			}
		}
		if (now_ms - tasks_ms >= IDLE_MS) {
			tasks_ms = now_ms;
			reader_take_events(r);
			run_timed_tasks(r);
		}
	}
}
