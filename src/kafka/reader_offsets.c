/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asks for the offsets that say where reading starts and ends. All questions
 * are sent at the same time, separately for each leader and in chunks: the time
 * that librdkafka takes to read an answer grows with the square of its length.
 * What failed for a passing reason is asked again until the deadline; a patient
 * reader (reader_wait.c) soon starts with the offsets it has.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/reader_parts.h"
#include "model/snapshot.h"

enum { CHUNK = 300, RETRY_MS = 100, SOON_MS = 1500, NOT_ASKED = -100 };

static bool is_passing(rd_kafka_resp_err_t err)
{
	switch (err) {
	case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
	case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
	case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
	case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
	case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
	case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
	case RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE:
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR__TRANSPORT:
	case RD_KAFKA_RESP_ERR__DESTROY_BROKER:
		return true;
	default:
		return false;
	}
}

/* The offset or time for ListOffsets, or NOT_ASKED. */
static int64_t spec_of(const struct reader *r, enum reader_ask ask)
{
	const struct reader_setup *s = &r->setup;
	bool since = s->min_timestamp_ms != INT64_MIN;

	switch (ask) {
	case READER_ASK_START:
		return RD_KAFKA_OFFSET_SPEC_EARLIEST;
	case READER_ASK_END:
		return RD_KAFKA_OFFSET_SPEC_LATEST;
	case READER_ASK_FROM:
		if (s->from.kind == START_TIME && !s->resume)
			return since && s->min_timestamp_ms > s->from.time.ms ? s->min_timestamp_ms : s->from.time.ms;
		return since && s->from.kind != START_GROUP ? s->min_timestamp_ms : NOT_ASKED;
	case READER_ASK_TO:
		return s->to.kind == START_TIME ? s->to.time.ms : NOT_ASKED;
	case READER_ASK_COUNT:
		break;
	}
	return NOT_ASKED;
}

static void send_chunk(struct reader *r, enum reader_ask ask, rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(r->rk, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
	int64_t left_ms = r->deadline_ms - clock_mono_ms();
	rd_kafka_error_t *error;
	char why[256];

	rd_kafka_AdminOptions_set_request_timeout(options, left_ms > 1 ? (int)left_ms : 1, why, sizeof(why));
	error = rd_kafka_AdminOptions_set_isolation_level(options,
		r->setup.read_committed && ask == READER_ASK_END ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED :
								   RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED);
	if (error)
		rd_kafka_error_destroy(error);
	rd_kafka_AdminOptions_set_opaque(options, (void *)(intptr_t)ask);
	rd_kafka_ListOffsets(r->rk, list, options, r->events);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_topic_partition_list_destroy(list);
	r->asks_open++;
}

static int by_leader(const void *a, const void *b)
{
	const struct reader_part *x = *(struct reader_part *const *)a, *y = *(struct reader_part *const *)b;

	if (x->leader != y->leader)
		return x->leader < y->leader ? -1 : 1;
	return (x > y) - (x < y);
}

static void send_missing(struct reader *r, struct reader_part **sorted, enum reader_ask ask)
{
	rd_kafka_topic_partition_list_t *list = NULL;
	int64_t spec = spec_of(r, ask);
	int32_t leader = 0;

	for (size_t i = 0; i < r->part_count; i++) {
		struct reader_part *p = sorted[i];

		if (p->answered[ask] || (p->leader < 0 && !p->err))
			continue;
		if (spec == NOT_ASKED) {
			p->answered[ask] = true;
			continue;
		}
		if (list && (list->cnt == CHUNK || p->leader != leader)) {
			send_chunk(r, ask, list);
			list = NULL;
		}
		if (!list)
			list = rd_kafka_topic_partition_list_new(CHUNK);
		leader = p->leader;
		rd_kafka_topic_partition_list_add(list, p->topic->name, p->partition)->offset = spec;
	}
	if (list)
		send_chunk(r, ask, list);
}

static struct reader_part *find_part(struct reader *r, const char *topic, int32_t partition)
{
	for (size_t i = 0; i < r->topic_count; i++) {
		struct reader_topic *t = r->topics[i];

		if (partition < t->partition_count && t->rows[partition] != SIZE_MAX && strcmp(t->name, topic) == 0)
			return &r->parts[t->rows[partition]];
	}
	return NULL;
}

void reader_take_offsets(struct reader *r, rd_kafka_event_t *ev)
{
	enum reader_ask ask = (enum reader_ask)(intptr_t)rd_kafka_event_opaque(ev);
	const rd_kafka_ListOffsetsResultInfo_t **infos;
	size_t count;

	r->asks_open--;
	if (rd_kafka_event_error(ev))
		return; /* its partitions stay unanswered */
	pthread_mutex_lock(&r->lock);
	infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(ev), &count);
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_topic_partition_t *tp = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);
		struct reader_part *p = find_part(r, tp->topic, tp->partition);

		/* librdkafka reports a failed request to one leader without an error code and with this offset. */
		if (!p || p->resolved || (!tp->err && tp->offset == RD_KAFKA_OFFSET_INVALID))
			continue;
		p->err = tp->err;
		p->why = tp->err ? reader_code_text(r, tp->err) : NULL;
		p->answered[ask] = !tp->err || !is_passing(tp->err);
		if (!tp->err)
			p->offset[ask] = tp->offset;
	}
	pthread_mutex_unlock(&r->lock);
}

/* False: stopped. */
static bool wait_answers(struct reader *r, int64_t until_ms)
{
	while (r->asks_open > 0) {
		rd_kafka_event_t *ev = rd_kafka_queue_poll(r->events, 100);

		if (reader_stopped(r)) {
			if (ev)
				rd_kafka_event_destroy(ev);
			return false;
		}
		if (!ev) {
			if (clock_mono_ms() > until_ms)
				return true;
			continue;
		}
		if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_LISTOFFSETS_RESULT)
			reader_take_offsets(r, ev);
		else
			reader_event(r, ev);
		rd_kafka_event_destroy(ev);
	}
	return true;
}

void reader_send_missing(struct reader *r)
{
	struct reader_part **sorted = mem_alloc(r->part_count * sizeof(struct reader_part *));

	for (size_t i = 0; i < r->part_count; i++)
		sorted[i] = &r->parts[i];
	qsort(sorted, r->part_count, sizeof(struct reader_part *), by_leader);
	for (int ask = 0; ask < READER_ASK_COUNT; ask++)
		send_missing(r, sorted, (enum reader_ask)ask);
	free(sorted);
}

static bool misses_some(const struct reader *r)
{
	for (size_t i = 0; i < r->part_count; i++)
		for (int ask = 0; ask < READER_ASK_COUNT; ask++)
			if (!r->parts[i].answered[ask] && r->parts[i].leader >= 0)
				return true;
	return false;
}

bool reader_ask_offsets(struct reader *r)
{
	int64_t soon_ms = clock_mono_ms() + SOON_MS;
	bool patient = reader_is_patient(r) && soon_ms < r->deadline_ms;
	int64_t until_ms = patient ? soon_ms : r->deadline_ms;

	for (;;) {
		rd_kafka_event_t *ev;

		reader_send_missing(r);
		if (!wait_answers(r, patient ? soon_ms : r->deadline_ms + 1000))
			return false;
		if (!misses_some(r) || clock_mono_ms() > until_ms)
			return true;
		/* Log lines and errors end the pause early, which does no harm. */
		ev = rd_kafka_queue_poll(r->events, RETRY_MS);
		if (ev) {
			reader_event(r, ev);
			rd_kafka_event_destroy(ev);
		}
	}
}

/* Groups */

static bool ask_group(struct reader *r, const char *group, enum reader_ask ask, struct error *err)
{
	rd_kafka_ListConsumerGroupOffsets_t *request = rd_kafka_ListConsumerGroupOffsets_new(group, NULL);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(r->rk, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS);
	rd_kafka_event_t *ev = NULL;
	const rd_kafka_topic_partition_list_t *list;
	const rd_kafka_group_result_t **groups;
	size_t count, found = 0;
	char why[256];
	bool ok = false;

	/* Longer than the wait below: see kafka/quirks.h. */
	rd_kafka_AdminOptions_set_request_timeout(options, 3600 * 1000, why, sizeof(why));
	rd_kafka_ListConsumerGroupOffsets(r->rk, &request, 1, options, r->events);
	rd_kafka_ListConsumerGroupOffsets_destroy(request);
	rd_kafka_AdminOptions_destroy(options);
	while (!reader_stopped(r) && clock_mono_ms() < r->deadline_ms) {
		ev = rd_kafka_queue_poll(r->events, 100);
		if (ev && rd_kafka_event_type(ev) == RD_KAFKA_EVENT_LISTCONSUMERGROUPOFFSETS_RESULT)
			break;
		if (ev) {
			reader_event(r, ev);
			rd_kafka_event_destroy(ev);
			ev = NULL;
		}
	}
	if (!ev)
		return reader_stopped(r) ? error_set(err, ERR_INTERRUPTED, "interrupted") :
					   error_set(err, ERR_KAFKA, "group %s: no answer within %g s",
						   group_id_shown(group), (double)r->setup.timeout_ms / 1000);
	groups = rd_kafka_event_error(ev) ?
		NULL :
		rd_kafka_ListConsumerGroupOffsets_result_groups(rd_kafka_event_ListConsumerGroupOffsets_result(ev),
			&count);
	if (!groups || count != 1) {
		error_set(err, ERR_KAFKA, "group %s: %s", group_id_shown(group), rd_kafka_event_error_string(ev));
	} else if (rd_kafka_group_result_error(groups[0])) {
		error_set(err, ERR_KAFKA, "group %s: %s", group_id_shown(group),
			rd_kafka_error_string(rd_kafka_group_result_error(groups[0])));
	} else {
		list = rd_kafka_group_result_partitions(groups[0]);
		for (int i = 0; i < list->cnt; i++) {
			struct reader_part *p = list->elems[i].offset < 0 ?
				NULL :
				find_part(r, list->elems[i].topic, list->elems[i].partition);

			if (!p)
				continue;
			p->offset[ask] = list->elems[i].offset;
			found++;
		}
		ok = found > 0 ||
			error_set(err, ERR_NOT_FOUND,
				"group %s does not exist, or has no committed offsets for these "
				"partitions, or you may not see it (needs DESCRIBE on the group)",
				group_id_shown(group));
	}
	rd_kafka_event_destroy(ev);
	if (ok && found < r->part_count)
		reader_note(r, false,
			"group %s: %zu of %zu partitions have no committed offset and are read from "
			"their beginning",
			group, r->part_count - found, r->part_count);
	for (size_t i = 0; i < r->part_count; i++)
		r->parts[i].answered[ask] = true;
	return ok;
}

bool reader_ask_groups(struct reader *r, struct error *err)
{
	const struct reader_setup *s = &r->setup;

	return (s->resume || s->from.kind != START_GROUP || ask_group(r, s->from.group, READER_ASK_FROM, err)) &&
		(s->to.kind != START_GROUP || ask_group(r, s->to.group, READER_ASK_TO, err));
}
