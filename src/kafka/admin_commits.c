/* SPDX-License-Identifier: BSD-2-Clause */
/* Committed offsets of a group: reading, altering, deleting (kafka/admin.h). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "kafka/admin_parts.h"

void admin_commits_release(struct admin_commits *c)
{
	for (size_t i = 0; i < c->count; i++) {
		free(c->items[i].topic);
		free(c->items[i].metadata);
	}
	free(c->items);
	*c = (struct admin_commits){ 0 };
}

struct admin_commit *admin_commits_add(struct admin_commits *c, const char *topic, int32_t partition)
{
	struct admin_commit *item;

	c->items = mem_grow(c->items, &c->cap, c->count + 1, sizeof(*c->items));
	item = &c->items[c->count++];
	*item = (struct admin_commit){ .topic = mem_strdup(topic),
		.partition = partition,
		.offset = -1,
		.leader_epoch = -1 };
	return item;
}

static void take_list(struct admin_commits *out, const rd_kafka_topic_partition_list_t *list)
{
	for (int i = 0; list && i < list->cnt; i++) {
		const rd_kafka_topic_partition_t *tp = &list->elems[i];
		struct admin_commit *item = admin_commits_add(out, tp->topic, tp->partition);

		item->offset = tp->offset >= 0 ? tp->offset : -1;
		item->leader_epoch = rd_kafka_topic_partition_get_leader_epoch(tp);
		if (tp->metadata_size)
			item->metadata = mem_strndup(tp->metadata, tp->metadata_size);
		if (tp->err)
			item->error = rd_kafka_err2str(tp->err);
	}
}

/* The error of one partition, in librdkafka's words; NULL: none. */
static const char *commit_error_text(rd_kafka_resp_err_t code, bool removal)
{
	if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
		return "Broker: Topic authorization failed (needs READ on the topic)";
	if (code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
		return removal ? "Broker: Group authorization failed (needs DELETE on the group)" :
				 "Broker: Group authorization failed (needs READ on the group)";
	return code ? rd_kafka_err2str(code) : NULL;
}

/* The error of the group, else one of its partitions that only asks to try again. */
static rd_kafka_resp_err_t group_code(const rd_kafka_group_result_t *group, const char *what, struct error *err)
{
	const rd_kafka_error_t *error = rd_kafka_group_result_error(group);
	const rd_kafka_topic_partition_list_t *list = rd_kafka_group_result_partitions(group);

	if (error) {
		admin_error(err, rd_kafka_error_code(error), what, rd_kafka_error_string(error));
		return rd_kafka_error_code(error);
	}
	for (int i = 0; list && i < list->cnt; i++) {
		if (admin_passes(list->elems[i].err)) {
			admin_error(err, list->elems[i].err, what, NULL);
			return list->elems[i].err;
		}
	}
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool admin_read_commits(struct admin *a, const char *group, struct admin_commits *out, struct error *err)
{
	char *what = mem_printf("offsets of group %s", group_id_shown(group));
	struct admin_question question;

	admin_question_begin(a, &question);
	*out = (struct admin_commits){ 0 };
	for (;;) {
		rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS);
		rd_kafka_ListConsumerGroupOffsets_t *call = rd_kafka_ListConsumerGroupOffsets_new(group, NULL);
		const rd_kafka_group_result_t **groups;
		rd_kafka_resp_err_t code;
		rd_kafka_event_t *ev;
		size_t count;

		rd_kafka_ListConsumerGroupOffsets(a->rk, &call, 1, options, a->queue);
		rd_kafka_ListConsumerGroupOffsets_destroy(call);
		rd_kafka_AdminOptions_destroy(options);
		ev = admin_answer(a, question.attempt_ms, what, &code, err);
		if (ev) {
			groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
				rd_kafka_event_ListConsumerGroupOffsets_result(ev), &count);
			code = group_code(groups[0], what, err);
			if (!code)
				take_list(out, rd_kafka_group_result_partitions(groups[0]));
			rd_kafka_event_destroy(ev);
		}
		if (!admin_question_again(a, &question, code, err)) {
			admin_needs(err, code, "DESCRIBE on the group");
			free(what);
			return !code;
		}
	}
}

static rd_kafka_topic_partition_list_t *make_list(const struct admin_commits *items, bool offsets)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)items->count);

	for (size_t i = 0; i < items->count; i++) {
		const struct admin_commit *item = &items->items[i];
		rd_kafka_topic_partition_t *tp = rd_kafka_topic_partition_list_add(list, item->topic, item->partition);

		if (!offsets)
			continue;
		tp->offset = item->offset;
		rd_kafka_topic_partition_set_leader_epoch(tp, item->leader_epoch);
		if (item->metadata) {
			/* The list frees it with free(). */
			tp->metadata = mem_strdup(item->metadata);
			tp->metadata_size = strlen(item->metadata);
		}
	}
	return list;
}

/* The codes by which Kafka says that the group has members. */
static bool is_race(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID || code == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION ||
		code == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS || code == RD_KAFKA_RESP_ERR_STALE_MEMBER_EPOCH ||
		code == RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP;
}

static int compare_commits(const void *a, const void *b)
{
	const struct admin_commit *x = a, *y = b;
	int order = strcmp(x->topic, y->topic);

	return order ? order : (x->partition > y->partition) - (x->partition < y->partition);
}

/* `items` were sorted before they were sent. */
static void take_errors(struct admin_commits *items, const rd_kafka_topic_partition_list_t *list, bool removal)
{
	for (int i = 0; list && i < list->cnt; i++) {
		struct admin_commit key = { .topic = list->elems[i].topic, .partition = list->elems[i].partition };
		struct admin_commit *item = bsearch(&key, items->items, items->count, sizeof(key), compare_commits);

		if (!item)
			continue;
		item->error = commit_error_text(list->elems[i].err, removal);
		item->race = is_race(list->elems[i].err);
	}
}

static void send_alter(struct admin *a, const char *group, rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS);
	rd_kafka_AlterConsumerGroupOffsets_t *call = rd_kafka_AlterConsumerGroupOffsets_new(group, list);

	rd_kafka_AlterConsumerGroupOffsets(a->rk, &call, 1, options, a->queue);
	rd_kafka_AlterConsumerGroupOffsets_destroy(call);
	rd_kafka_AdminOptions_destroy(options);
}

static void send_delete(struct admin *a, const char *group, rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS);
	rd_kafka_DeleteConsumerGroupOffsets_t *call = rd_kafka_DeleteConsumerGroupOffsets_new(group, list);

	rd_kafka_DeleteConsumerGroupOffsets(a->rk, &call, 1, options, a->queue);
	rd_kafka_DeleteConsumerGroupOffsets_destroy(call);
	rd_kafka_AdminOptions_destroy(options);
}

static const rd_kafka_group_result_t *only_group(rd_kafka_event_t *ev, bool removal)
{
	size_t count;

	if (removal)
		return rd_kafka_DeleteConsumerGroupOffsets_result_groups(
			rd_kafka_event_DeleteConsumerGroupOffsets_result(ev), &count)[0];
	return rd_kafka_AlterConsumerGroupOffsets_result_groups(rd_kafka_event_AlterConsumerGroupOffsets_result(ev),
		&count)[0];
}

static bool change_commits(struct admin *a, const char *group, struct admin_commits *items, bool removal,
	struct admin_change *change, struct error *err)
{
	int64_t deadline_ms = admin_deadline(a);
	char *what = mem_printf("offsets of group %s", group_id_shown(group));
	rd_kafka_topic_partition_list_t *list;
	rd_kafka_resp_err_t code;

	qsort(items->items, items->count, sizeof(*items->items), compare_commits);
	list = make_list(items, !removal);
	for (;;) {
		rd_kafka_event_t *ev;

		change->sent = true;
		(removal ? send_delete : send_alter)(a, group, list);
		ev = admin_answer(a, deadline_ms, what, &code, err);
		if (ev) {
			code = group_code(only_group(ev, removal), what, err);
			if (!code)
				take_errors(items, rd_kafka_group_result_partitions(only_group(ev, removal)), removal);
			rd_kafka_event_destroy(ev);
		}
		if (!code || !admin_passes(code) || !admin_again(a, deadline_ms, err))
			break;
	}
	change->race = is_race(code);
	change->unsure = admin_unsure(code);
	rd_kafka_topic_partition_list_destroy(list);
	admin_needs(err, code, removal ? "DELETE on the group" : "READ on the group");
	free(what);
	return !code;
}

bool admin_alter_commits(struct admin *a, const char *group, struct admin_commits *items, struct admin_change *change,
	struct error *err)
{
	*change = (struct admin_change){ 0 };
	return !items->count || (admin_may_change(a, err) && change_commits(a, group, items, false, change, err));
}

bool admin_delete_commits(struct admin *a, const char *group, struct admin_commits *items, struct admin_change *change,
	struct error *err)
{
	*change = (struct admin_change){ 0 };
	return !items->count || (admin_may_change(a, err) && change_commits(a, group, items, true, change, err));
}
