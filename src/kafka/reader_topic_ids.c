/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notices that a followed topic was deleted and created again, by the topic's
 * id. librdkafka itself reads on at the old offset as if nothing had happened.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/codes.h"
#include "kafka/reader_parts.h"

enum { ANSWER_MS = 5000 };

void reader_describe_topics(struct reader *r, int64_t now_ms)
{
	const char **names = mem_alloc(r->topic_count * sizeof(*names));
	rd_kafka_TopicCollection_t *topics;
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(r->rk, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
	char why[256];

	for (size_t i = 0; i < r->topic_count; i++)
		names[i] = r->topics[i]->name;
	topics = rd_kafka_TopicCollection_of_topic_names(names, r->topic_count);
	rd_kafka_AdminOptions_set_request_timeout(options, ANSWER_MS, why, sizeof(why));
	rd_kafka_DescribeTopics(r->rk, topics, options, r->events);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_TopicCollection_destroy(topics);
	free(names);
	r->looking = true;
	r->looked_ms = now_ms;
}

static void restart_from_beginning(struct reader *r, struct reader_topic *t, bool only_lost)
{
	for (int32_t i = 0; i < t->partition_count; i++) {
		size_t row = t->rows[i];

		if (row == SIZE_MAX || !r->parts[row].resolved || (only_lost && !r->parts[row].lost))
			continue;
		if (only_lost)
			reader_note(r, true,
				"%s-%" PRId32 ": the log was cut off before offset %" PRId64
				", reading from its beginning",
				t->name, i, scan_position(r->scan, row));
		r->parts[row].lost = false;
		r->parts[row].retry_ms = 0;
		scan_restart(r->scan, row, 0);
		reader_start_part(r, row, 0);
	}
}

/* No records come from a partition without a leader, and librdkafka does not report it. */
static void take_leaders(struct reader *r, struct reader_topic *t, const rd_kafka_TopicPartitionInfo_t **partitions,
	size_t count)
{
	size_t leaderless = 0;
	int first = -1;

	for (size_t i = 0; i < count; i++) {
		int id = rd_kafka_TopicPartitionInfo_partition(partitions[i]);
		const rd_kafka_Node_t *leader = rd_kafka_TopicPartitionInfo_leader(partitions[i]);

		if (id < 0 || id >= t->partition_count || t->rows[id] == SIZE_MAX ||
			(leader && rd_kafka_Node_id(leader) >= 0))
			continue;
		leaderless++;
		first = first < 0 ? id : first;
	}
	if (leaderless && !t->leaderless && leaderless == 1)
		reader_note(r, false, "%s-%d: has no leader: no records come from it until it has one", t->name, first);
	else if (leaderless && !t->leaderless)
		reader_note(r, false,
			"topic %s: %zu partitions have no leader, %d is the first: no records come from them "
			"until they have one",
			t->name, leaderless, first);
	else if (!leaderless && t->leaderless)
		reader_note(r, false, "topic %s: every partition has a leader again", t->name);
	t->leaderless = leaderless;
}

static void describe_topic(struct reader *r, struct reader_topic *t, const rd_kafka_TopicDescription_t *found)
{
	const rd_kafka_error_t *error = rd_kafka_TopicDescription_error(found);
	rd_kafka_resp_err_t code = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
	const rd_kafka_Uuid_t *uuid;
	int64_t id[2];

	if (code_is_unknown_topic(code))
		reader_topic_gone(r, t);
	if (code)
		t->leaderless = 0;
	if (!code) {
		size_t count;
		const rd_kafka_TopicPartitionInfo_t **partitions = rd_kafka_TopicDescription_partitions(found, &count);

		if (t->partition_count > 0 && count > (size_t)t->partition_count)
			atomic_store(&r->grown, true);
		take_leaders(r, t, partitions, count);
	}
	if (code || !(uuid = rd_kafka_TopicDescription_topic_id(found)))
		return;
	id[0] = rd_kafka_Uuid_most_significant_bits(uuid);
	id[1] = rd_kafka_Uuid_least_significant_bits(uuid);
	if ((t->id[0] || t->id[1]) && (t->id[0] != id[0] || t->id[1] != id[1])) {
		reader_note(r, true, "topic %s: was created again, reading from its beginning", t->name);
		restart_from_beginning(r, t, false);
	} else {
		restart_from_beginning(r, t, true);
	}
	t->gone = false;
	t->id[0] = id[0];
	t->id[1] = id[1];
}

static void count_leaderless(struct reader *r)
{
	size_t count = 0;

	for (size_t i = 0; i < r->topic_count; i++)
		count += r->topics[i]->leaderless;
	if (atomic_exchange(&r->leaderless, count) != count)
		reader_call_ready(r);
}

size_t reader_leaderless(const struct reader *r)
{
	return atomic_load(&r->leaderless);
}

void reader_take_description(struct reader *r, rd_kafka_event_t *ev)
{
	const rd_kafka_TopicDescription_t **found;
	size_t count;

	r->looking = false;
	if (rd_kafka_event_error(ev))
		return;
	r->answered_ms = clock_mono_ms();
	found = rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(ev), &count);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < r->topic_count; k++)
			if (found[i] && str_equal(r->topics[k]->name, rd_kafka_TopicDescription_name(found[i])))
				describe_topic(r, r->topics[k], found[i]);
	count_leaderless(r);
}
