/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/admin_logs.h"

#include <stdlib.h>

#include "base/mem.h"
#include "kafka/admin_parts.h"

static int compare_brokers(const void *a, const void *b)
{
	const struct admin_broker *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

bool admin_list_brokers(struct admin *a, struct admin_brokers *out, struct error *err)
{
	const rd_kafka_Node_t **nodes;
	rd_kafka_event_t *ev;

	*out = (struct admin_brokers){ 0 };
	ev = admin_describe_cluster(a, "brokers", err);
	if (!ev)
		return false;
	nodes = rd_kafka_DescribeCluster_result_nodes(rd_kafka_event_DescribeCluster_result(ev), &out->count);
	out->items = mem_alloc((out->count + 1) * sizeof(*out->items));
	for (size_t i = 0; i < out->count; i++) {
		const char *rack = rd_kafka_Node_rack(nodes[i]);

		out->items[i] =
			(struct admin_broker){ rd_kafka_Node_id(nodes[i]), rack && *rack ? mem_strdup(rack) : NULL };
	}
	qsort(out->items, out->count, sizeof(*out->items), compare_brokers);
	rd_kafka_event_destroy(ev);
	return true;
}

void admin_brokers_release(struct admin_brokers *b)
{
	for (size_t i = 0; i < b->count; i++)
		free(b->items[i].rack);
	free(b->items);
	*b = (struct admin_brokers){ 0 };
}

static rd_kafka_topic_partition_list_t *list_of(const char *topic, const struct admin_log_item *items, size_t count)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)count + 1);

	for (size_t i = 0; i < count; i++)
		rd_kafka_topic_partition_list_add(list, topic, items[i].partition)->offset = items[i].offset;
	return list;
}

static struct admin_log_item *item_of(struct admin_log_item *items, size_t count, int32_t partition)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].partition == partition)
			return &items[i];
	return NULL;
}

static rd_kafka_AdminOptions_t *change_options(struct admin *a, rd_kafka_admin_op_t op)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, op);
	char why[256];

	rd_kafka_AdminOptions_set_operation_timeout(options, (int)a->timeout_ms, why, sizeof(why));
	return options;
}

static void mark_unanswered(struct admin_log_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		items[i].error = mem_strdup("no answer");
}

/* Takes Kafka's words; `right`: the permission that a refusal is about. */
static void set_error(struct admin_log_item *item, rd_kafka_resp_err_t code, const char *why, const char *right)
{
	free(item->error);
	item->error = !code ? NULL : admin_denied(code) ? mem_printf("%s (needs %s)", why, right) : mem_strdup(why);
}

bool admin_delete_records(struct admin *a, const char *topic, struct admin_log_item *items, size_t count, bool *sent,
	struct error *err)
{
	const rd_kafka_topic_partition_list_t *found;
	rd_kafka_topic_partition_list_t *list;
	rd_kafka_AdminOptions_t *options;
	rd_kafka_DeleteRecords_t *call;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;

	*sent = false;
	if (!admin_may_change(a, err))
		return false;
	list = list_of(topic, items, count);
	call = rd_kafka_DeleteRecords_new(list);
	options = change_options(a, RD_KAFKA_ADMIN_OP_DELETERECORDS);
	*sent = true;
	mark_unanswered(items, count);
	rd_kafka_DeleteRecords(a->rk, &call, 1, options, a->queue);
	rd_kafka_DeleteRecords_destroy(call);
	rd_kafka_topic_partition_list_destroy(list);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a) + a->timeout_ms, topic, &code, err);
	if (!ev)
		return false;
	found = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(ev));
	for (int i = 0; i < found->cnt; i++) {
		struct admin_log_item *item = item_of(items, count, found->elems[i].partition);

		if (!item)
			continue;
		item->offset = found->elems[i].err ? -1 : found->elems[i].offset;
		set_error(item, found->elems[i].err, rd_kafka_err2str(found->elems[i].err), "DELETE on the topic");
	}
	rd_kafka_event_destroy(ev);
	return true;
}

bool admin_elect_leaders(struct admin *a, const char *topic, struct admin_log_item *items, size_t count, bool *sent,
	struct error *err)
{
	const rd_kafka_topic_partition_result_t **found;
	rd_kafka_topic_partition_list_t *list;
	rd_kafka_AdminOptions_t *options;
	rd_kafka_ElectLeaders_t *call;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;
	size_t found_count;

	*sent = false;
	if (!admin_may_change(a, err))
		return false;
	list = list_of(topic, items, count);
	call = rd_kafka_ElectLeaders_new(RD_KAFKA_ELECTION_TYPE_PREFERRED, list);
	options = change_options(a, RD_KAFKA_ADMIN_OP_ELECTLEADERS);
	*sent = true;
	mark_unanswered(items, count);
	rd_kafka_ElectLeaders(a->rk, call, options, a->queue);
	rd_kafka_ElectLeaders_destroy(call);
	rd_kafka_topic_partition_list_destroy(list);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a) + a->timeout_ms, topic, &code, err);
	if (!ev) {
		admin_needs(err, code, "ALTER on the cluster");
		return false;
	}
	found = rd_kafka_ElectLeaders_result_partitions(rd_kafka_event_ElectLeaders_result(ev), &found_count);
	for (size_t i = 0; i < found_count; i++) {
		const rd_kafka_topic_partition_t *tp = rd_kafka_topic_partition_result_partition(found[i]);
		const rd_kafka_error_t *error = rd_kafka_topic_partition_result_error(found[i]);
		rd_kafka_resp_err_t why = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
		struct admin_log_item *item = item_of(items, count, tp->partition);

		if (why == RD_KAFKA_RESP_ERR_ELECTION_NOT_NEEDED)
			why = RD_KAFKA_RESP_ERR_NO_ERROR;
		if (item)
			set_error(item, why, rd_kafka_error_string(error), "ALTER on the cluster");
	}
	rd_kafka_event_destroy(ev);
	return true;
}

bool admin_newest_ms(struct admin *a, const char *topic, size_t partitions, int64_t *ms, struct error *err)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)partitions + 1);
	const rd_kafka_ListOffsetsResultInfo_t **infos;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;
	size_t count;

	*ms = -1;
	for (size_t i = 0; i < partitions; i++)
		rd_kafka_topic_partition_list_add(list, topic, (int32_t)i)->offset = RD_KAFKA_OFFSET_SPEC_MAX_TIMESTAMP;
	rd_kafka_ListOffsets(a->rk, list, options, a->queue);
	rd_kafka_topic_partition_list_destroy(list);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a), topic, &code, err);
	if (!ev)
		return false;
	infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(ev), &count);
	for (size_t i = 0; i < count; i++) {
		int64_t at = rd_kafka_ListOffsetsResultInfo_timestamp(infos[i]);

		if (!rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i])->err && at > *ms)
			*ms = at;
	}
	rd_kafka_event_destroy(ev);
	return true;
}
