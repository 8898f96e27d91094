/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Offsets and leaders of partitions (kafka/admin.h). The time that librdkafka
 * takes to read an answer grows with the square of its length, hence the
 * chunks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/admin_parts.h"
#include "kafka/codes.h"

enum { CHUNK = 300, CONFIG_CHUNK = 200, PASSING_MS = 5000, AGAIN_MS = 200 };

static int compare_asked(const void *a, const void *b)
{
	const struct admin_offset *x = *(struct admin_offset *const *)a, *y = *(struct admin_offset *const *)b;
	int order;

	if (x->leader != y->leader)
		return x->leader < y->leader ? -1 : 1;
	/* A call may hold one question only about each partition. */
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	order = strcmp(x->topic, y->topic);
	return order ? order : (x->partition > y->partition) - (x->partition < y->partition);
}

static size_t chunk_end(struct admin_offset *const *asked, size_t begin, size_t count)
{
	size_t end = begin + 1;

	while (end < count && end - begin < CHUNK && asked[end]->leader == asked[begin]->leader &&
		asked[end]->at == asked[begin]->at)
		end++;
	return end;
}

static void send_chunk(struct admin *a, struct admin_offset *const *asked, size_t count)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)count);

	/* All items of a chunk ask for the same kind of offset. */
	if (asked[0]->at == ADMIN_STABLE)
		rd_kafka_error_destroy(rd_kafka_AdminOptions_set_isolation_level(options,
			RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED));
	for (size_t i = 0; i < count; i++)
		rd_kafka_topic_partition_list_add(list, asked[i]->topic, asked[i]->partition)->offset =
			asked[i]->at == ADMIN_EARLIEST                               ? RD_KAFKA_OFFSET_SPEC_EARLIEST :
			asked[i]->at == ADMIN_LATEST || asked[i]->at == ADMIN_STABLE ? RD_KAFKA_OFFSET_SPEC_LATEST :
										       asked[i]->at;
	rd_kafka_ListOffsets(a->rk, list, options, a->queue);
	rd_kafka_topic_partition_list_destroy(list);
	rd_kafka_AdminOptions_destroy(options);
}

static int compare_partition(const void *key, const void *item)
{
	const rd_kafka_topic_partition_t *tp = key;
	const struct admin_offset *o = *(struct admin_offset *const *)item;
	int order = strcmp(tp->topic, o->topic);

	return order ? order : (tp->partition > o->partition) - (tp->partition < o->partition);
}

/* The leader is changing, or has not heard yet that it leads, for example because it was paused. */
static bool is_passing(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
	case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
	case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
	case RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE:
		return true;
	default:
		return false;
	}
}

/* Returns how many partitions should be asked for again. */
static size_t take_chunk(struct admin_offset **asked, size_t count, rd_kafka_event_t *ev, bool *passing)
{
	rd_kafka_resp_err_t code = rd_kafka_event_error(ev);
	const rd_kafka_ListOffsetsResultInfo_t **infos;
	size_t info_count, again = 0;

	for (size_t i = 0; i < count; i++)
		asked[i]->error = rd_kafka_err2str(code ? code : RD_KAFKA_RESP_ERR__BAD_MSG);
	if (code)
		return 0;
	infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(ev), &info_count);
	for (size_t i = 0; i < info_count; i++) {
		const rd_kafka_topic_partition_t *tp = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);
		struct admin_offset **found = bsearch(tp, asked, count, sizeof(*asked), compare_partition);

		if (!found)
			continue;
		(*found)->error = code_text(tp->err);
		(*found)->offset = tp->err || tp->offset < 0 ? -1 : tp->offset;
		passing[found - asked] = is_passing(tp->err);
		again += is_passing(tp->err);
	}
	return again;
}

/* Asks once. Returns how many should be asked again: they are the first in `asked` then. */
static size_t ask_offsets(struct admin *a, struct admin_offset **asked, size_t count, int64_t deadline_ms,
	struct error *why)
{
	size_t *begins = mem_alloc((count + 1) * sizeof(*begins));
	bool *passing = mem_alloc(count * sizeof(*passing));
	size_t chunks = 0, again = 0, kept = 0;
	uintptr_t first = a->last + 1;

	qsort(asked, count, sizeof(*asked), compare_asked);
	for (size_t i = 0; i < count; i = begins[chunks]) {
		begins[chunks + 1] = chunk_end(asked, i, count);
		send_chunk(a, asked + i, begins[++chunks] - i);
	}
	for (size_t open = chunks; open > 0; open--) {
		rd_kafka_event_t *ev = admin_wait(a, first, deadline_ms, why);
		size_t chunk;

		if (!ev)
			break;
		chunk = (uintptr_t)rd_kafka_event_opaque(ev) - first;
		again += take_chunk(asked + begins[chunk], begins[chunk + 1] - begins[chunk], ev,
			passing + begins[chunk]);
		rd_kafka_event_destroy(ev);
	}
	for (size_t i = 0; i < count && kept < again; i++) {
		if (passing[i])
			asked[kept++] = asked[i];
	}
	free(passing);
	free(begins);
	return kept;
}

static bool is_stopped(const struct error *why)
{
	return why->code == ERR_INTERRUPTED || why->code == ERR_OTHER_CLUSTER;
}

bool admin_list_offsets(struct admin *a, struct admin_offset *items, size_t count, struct error *err)
{
	struct admin_offset **asked = mem_alloc((count + 1) * sizeof(*asked));
	int64_t deadline_ms = admin_deadline(a), until_ms = clock_mono_ms() + PASSING_MS;
	struct error why = { 0 };
	size_t left = count;

	for (size_t i = 0; i < count; i++) {
		asked[i] = &items[i];
		items[i].offset = -1;
		items[i].error = "no answer in time";
	}
	while ((left = ask_offsets(a, asked, left, deadline_ms, &why)) > 0 && why.code == ERR_NONE &&
		clock_mono_ms() < until_ms && clock_mono_ms() < deadline_ms) {
		admin_renew(a);
		if (!admin_pause(a, AGAIN_MS))
			admin_stopped(a, &why);
	}
	free(asked);
	return !is_stopped(&why) || admin_stopped(a, err);
}

void admin_topic_release(struct admin_topic *t)
{
	free(t->leaders);
	t->leaders = NULL;
}

static void take_topic(struct admin_topic *t, const rd_kafka_TopicDescription_t *d)
{
	const rd_kafka_error_t *error = rd_kafka_TopicDescription_error(d);
	rd_kafka_resp_err_t code = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
	const rd_kafka_TopicPartitionInfo_t **partitions;
	size_t count;

	t->error = code_text(code);
	if (code) {
		t->missing = admin_is_missing(code);
		return;
	}
	partitions = rd_kafka_TopicDescription_partitions(d, &count);
	t->leaders = mem_alloc(count * sizeof(*t->leaders));
	t->partition_count = (int32_t)count;
	for (size_t i = 0; i < count; i++)
		t->leaders[i] = -1;
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_Node_t *leader = rd_kafka_TopicPartitionInfo_leader(partitions[i]);
		int id = rd_kafka_TopicPartitionInfo_partition(partitions[i]);

		if (leader && id >= 0 && (size_t)id < count)
			t->leaders[id] = rd_kafka_Node_id(leader);
	}
}

/* Answers came in the order of the questions wherever this was observed. */
static struct admin_topic *find_topic(struct admin_topic *topics, size_t count, size_t near, const char *name)
{
	if (near < count && strcmp(topics[near].name, name) == 0)
		return &topics[near];
	for (size_t i = 0; i < count; i++) {
		if (strcmp(topics[i].name, name) == 0)
			return &topics[i];
	}
	return NULL;
}

static bool describe_topics(struct admin *a, struct admin_topic *topics, size_t count, struct error *err)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
	const char **names = mem_alloc(count * sizeof(*names));
	rd_kafka_TopicCollection_t *collection;
	const rd_kafka_TopicDescription_t **found;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;
	size_t found_count;

	for (size_t i = 0; i < count; i++)
		names[i] = topics[i].name;
	collection = rd_kafka_TopicCollection_of_topic_names(names, count);
	rd_kafka_DescribeTopics(a->rk, collection, options, a->queue);
	rd_kafka_TopicCollection_destroy(collection);
	rd_kafka_AdminOptions_destroy(options);
	free(names);
	ev = admin_answer(a, admin_deadline(a), "topics", &code, err);
	if (!ev)
		return false;
	found = rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(ev), &found_count);
	for (size_t i = 0; i < found_count; i++) {
		/* A topic that the broker left out has no description. */
		struct admin_topic *t =
			found[i] ? find_topic(topics, count, i, rd_kafka_TopicDescription_name(found[i])) : NULL;

		if (t)
			take_topic(t, found[i]);
	}
	rd_kafka_event_destroy(ev);
	return true;
}

static bool is_compacted(const rd_kafka_ConfigResource_t *resource)
{
	size_t count;
	const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(resource, &count);

	for (size_t i = 0; i < count; i++) {
		const char *value = rd_kafka_ConfigEntry_value(entries[i]);

		if (strcmp(rd_kafka_ConfigEntry_name(entries[i]), "cleanup.policy") == 0)
			return value && strstr(value, "compact");
	}
	return false;
}

static int compare_names(const void *key, const void *item)
{
	return strcmp(key, (*(struct admin_topic *const *)item)->name);
}

static void take_settings(struct admin_topic **sorted, size_t count, rd_kafka_event_t *ev)
{
	size_t found;
	const rd_kafka_ConfigResource_t **resources =
		rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(ev), &found);

	for (size_t i = 0; i < found; i++) {
		struct admin_topic **t = bsearch(rd_kafka_ConfigResource_name(resources[i]), sorted, count,
			sizeof(*sorted), compare_names);

		if (t && !rd_kafka_ConfigResource_error(resources[i]))
			(*t)->compacted = is_compacted(resources[i]);
	}
}

static int compare_topics(const void *a, const void *b)
{
	return strcmp((*(struct admin_topic *const *)a)->name, (*(struct admin_topic *const *)b)->name);
}

/* A user who may not read configurations sees none. */
static bool read_settings(struct admin *a, struct admin_topic *topics, size_t count, struct error *err)
{
	struct admin_topic **known = mem_alloc((count + 1) * sizeof(*known));
	size_t known_count = 0, open = 0;
	uintptr_t first = a->last + 1;
	int64_t deadline_ms = admin_deadline(a);
	struct error why = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (!topics[i].error)
			known[known_count++] = &topics[i];
	}
	qsort(known, known_count, sizeof(*known), compare_topics);
	for (size_t i = 0; i < known_count; i += CONFIG_CHUNK) {
		rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
		rd_kafka_ConfigResource_t *resources[CONFIG_CHUNK];
		size_t n = 0;

		for (; n < CONFIG_CHUNK && i + n < known_count; n++)
			resources[n] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, known[i + n]->name);
		rd_kafka_DescribeConfigs(a->rk, resources, n, options, a->queue);
		rd_kafka_ConfigResource_destroy_array(resources, n);
		rd_kafka_AdminOptions_destroy(options);
		open++;
	}
	for (; open > 0; open--) {
		rd_kafka_event_t *ev = admin_wait(a, first, deadline_ms, &why);

		if (!ev)
			break;
		if (!rd_kafka_event_error(ev))
			take_settings(known, known_count, ev);
		rd_kafka_event_destroy(ev);
	}
	free(known);
	return !is_stopped(&why) || admin_stopped(a, err);
}

bool admin_find_topics(struct admin *a, struct admin_topic *topics, size_t count, bool settings, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		topics[i] = (struct admin_topic){ .name = topics[i].name, .error = "not described" };
	if (!count)
		return true;
	if (!describe_topics(a, topics, count, err))
		return false;
	return !settings || read_settings(a, topics, count, err);
}
