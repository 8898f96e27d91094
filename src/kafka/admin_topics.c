/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/admin_topics.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/admin_parts.h"
#include "kafka/codes.h"

enum { LIST_SLICE_MS = 1000 };

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* librdkafka offers only a blocking call: it is made in slices, so that a cancel is noticed. */
bool admin_list_topics(struct admin *a, struct admin_names *out, struct error *err)
{
	int64_t deadline_ms = admin_deadline(a), left_ms;
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TIMED_OUT;
	const rd_kafka_metadata_t *md;

	*out = (struct admin_names){ 0 };
	while ((left_ms = deadline_ms - clock_mono_ms()) > 0) {
		code = rd_kafka_metadata(a->rk, 1, NULL, &md, left_ms < LIST_SLICE_MS ? (int)left_ms : LIST_SLICE_MS);
		if (!code || !admin_pause(a, 0))
			break;
	}
	if (code && !admin_pause(a, 0))
		return admin_stopped(a, err);
	if (code && !a->connected)
		return error_set(err, ERR_CONNECT, "could not reach %s within %g s: %s", a->bootstrap,
			(double)a->timeout_ms / 1000, *a->trouble ? a->trouble : rd_kafka_err2str(code));
	if (code)
		return admin_error(err, code, "list of topics", NULL);
	a->connected = true;
	out->items = mem_alloc(((size_t)md->topic_cnt + 1) * sizeof(*out->items));
	for (int i = 0; i < md->topic_cnt; i++) {
		if (!md->topics[i].err && md->topics[i].topic)
			out->items[out->count++] = mem_strdup(md->topics[i].topic);
	}
	rd_kafka_metadata_destroy(md);
	qsort(out->items, out->count, sizeof(*out->items), compare_text);
	return true;
}

void admin_names_release(struct admin_names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->items[i]);
	free(n->items);
	*n = (struct admin_names){ 0 };
}

static int32_t *take_nodes(const rd_kafka_Node_t **nodes, size_t count)
{
	int32_t *ids = mem_alloc((count + 1) * sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = rd_kafka_Node_id(nodes[i]);
	return ids;
}

static void take_description(struct admin_description *out, const rd_kafka_TopicDescription_t *d)
{
	const rd_kafka_Uuid_t *id = rd_kafka_TopicDescription_topic_id(d);
	const rd_kafka_TopicPartitionInfo_t **parts = rd_kafka_TopicDescription_partitions(d, &out->partition_count);

	if (id && (rd_kafka_Uuid_most_significant_bits(id) || rd_kafka_Uuid_least_significant_bits(id)))
		snprintf(out->id, sizeof(out->id), "%s", rd_kafka_Uuid_base64str(id));
	out->internal = rd_kafka_TopicDescription_is_internal(d);
	out->partitions = mem_alloc((out->partition_count + 1) * sizeof(*out->partitions));
	for (size_t i = 0; i < out->partition_count; i++)
		out->partitions[i].leader = -1;
	for (size_t i = 0; i < out->partition_count; i++) {
		int number = rd_kafka_TopicPartitionInfo_partition(parts[i]);
		const rd_kafka_Node_t *leader = rd_kafka_TopicPartitionInfo_leader(parts[i]);
		struct admin_partition *p;
		const rd_kafka_Node_t **nodes;

		if (number < 0 || (size_t)number >= out->partition_count || out->partitions[number].replicas)
			continue;
		p = &out->partitions[number];
		p->leader = leader ? rd_kafka_Node_id(leader) : -1;
		nodes = rd_kafka_TopicPartitionInfo_replicas(parts[i], &p->replica_count);
		p->replicas = take_nodes(nodes, p->replica_count);
		nodes = rd_kafka_TopicPartitionInfo_isr(parts[i], &p->isr_count);
		p->isr = take_nodes(nodes, p->isr_count);
	}
}

bool admin_is_missing(rd_kafka_resp_err_t code)
{
	return code_is_unknown_topic(code) || code == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
}

bool admin_describe_topic(struct admin *a, const char *name, struct admin_description *out, struct error *err)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
	rd_kafka_TopicCollection_t *collection = rd_kafka_TopicCollection_of_topic_names(&name, 1);
	char *what = mem_printf("topic %s", name);
	const rd_kafka_TopicDescription_t **found;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;
	size_t count;

	*out = (struct admin_description){ 0 };
	rd_kafka_DescribeTopics(a->rk, collection, options, a->queue);
	rd_kafka_TopicCollection_destroy(collection);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a), what, &code, err);
	if (ev) {
		const rd_kafka_error_t *error;

		found = rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(ev), &count);
		error = count == 1 ? rd_kafka_TopicDescription_error(found[0]) : NULL;
		code = error       ? rd_kafka_error_code(error) :
			count == 1 ? RD_KAFKA_RESP_ERR_NO_ERROR :
				     RD_KAFKA_RESP_ERR__BAD_MSG;
		if (admin_is_missing(code))
			error_set(err, ERR_NOT_FOUND, "%s: does not exist, or you may not describe it", what);
		else if (code)
			admin_error(err, code, what,
				code_refusal(code) ? code_refusal(code) : rd_kafka_error_string(error));
		else
			take_description(out, found[0]);
		rd_kafka_event_destroy(ev);
	}
	free(what);
	return !code;
}

void admin_description_release(struct admin_description *d)
{
	for (size_t i = 0; i < d->partition_count; i++) {
		free(d->partitions[i].replicas);
		free(d->partitions[i].isr);
	}
	free(d->partitions);
	*d = (struct admin_description){ 0 };
}

/* Changes */

static rd_kafka_AdminOptions_t *change_options(struct admin *a, rd_kafka_admin_op_t op, bool validate)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, op);
	char why[256];

	rd_kafka_AdminOptions_set_operation_timeout(options, (int)a->timeout_ms, why, sizeof(why));
	if (validate)
		rd_kafka_AdminOptions_set_validate_only(options, 1, why, sizeof(why));
	return options;
}

/* The answer to a change of one topic: its own error in Kafka's words, and the permission that the change needs. */
static bool topic_result(struct admin *a, const char *topic, const char *right,
	const rd_kafka_topic_result_t **(*results)(const rd_kafka_event_t *ev, size_t *count), struct error *err)
{
	/* The broker may take as long as the timeout of the operation. */
	int64_t deadline_ms = admin_deadline(a) + a->timeout_ms;
	char *what = mem_printf("topic %s", topic);
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev = admin_answer(a, deadline_ms, what, &code, err);

	if (ev) {
		size_t count;
		const rd_kafka_topic_result_t **items = results(ev, &count);

		code = count == 1 ? rd_kafka_topic_result_error(items[0]) : RD_KAFKA_RESP_ERR__BAD_MSG;
		if (code)
			admin_error(err, code, what, count == 1 ? rd_kafka_topic_result_error_string(items[0]) : NULL);
		if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
			error_set(err, ERR_NOT_FOUND, "%s: no longer exists", what);
		else if (admin_is_missing(code) && err)
			err->code = ERR_NOT_FOUND;
		rd_kafka_event_destroy(ev);
	}
	admin_needs(err, code, right);
	free(what);
	return !code;
}

static const rd_kafka_topic_result_t **created(const rd_kafka_event_t *ev, size_t *count)
{
	return rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result((rd_kafka_event_t *)ev), count);
}

static const rd_kafka_topic_result_t **grown(const rd_kafka_event_t *ev, size_t *count)
{
	return rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result((rd_kafka_event_t *)ev),
		count);
}

static const rd_kafka_topic_result_t **deleted(const rd_kafka_event_t *ev, size_t *count)
{
	return rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result((rd_kafka_event_t *)ev), count);
}

static bool fill_new_topic(rd_kafka_NewTopic_t *new, const struct admin_new_topic *topic, struct error *err)
{
	char why[256];

	for (int32_t p = 0; topic->replicas && p < topic->partitions; p++) {
		if (rd_kafka_NewTopic_set_replica_assignment(new, p,
			    (int32_t *)topic->replicas + (size_t)p * (size_t)topic->replication,
			    (size_t)topic->replication, why, sizeof(why)))
			return error_set(err, ERR_USAGE, "topic %s: partition %d: %s", topic->name, (int)p, why);
	}
	for (size_t i = 0; i < topic->setting_count; i++) {
		if (rd_kafka_NewTopic_set_config(new, topic->settings[i].name, topic->settings[i].value))
			return error_set(err, ERR_USAGE, "topic %s: %s: the name or the value is not possible",
				topic->name, topic->settings[i].name);
	}
	return true;
}

bool admin_create_topic(struct admin *a, const struct admin_new_topic *topic, bool validate, bool *sent,
	struct error *err)
{
	rd_kafka_AdminOptions_t *options;
	rd_kafka_NewTopic_t *new;
	char why[256];

	*sent = false;
	if (!validate && !admin_may_change(a, err))
		return false;
	new = rd_kafka_NewTopic_new(topic->name, topic->partitions, topic->replicas ? -1 : topic->replication, why,
		sizeof(why));
	if (!new)
		return error_set(err, ERR_USAGE, "topic %s: %s", topic->name, why);
	if (!fill_new_topic(new, topic, err)) {
		rd_kafka_NewTopic_destroy(new);
		return false;
	}
	options = change_options(a, RD_KAFKA_ADMIN_OP_CREATETOPICS, validate);
	*sent = !validate;
	rd_kafka_CreateTopics(a->rk, &new, 1, options, a->queue);
	rd_kafka_NewTopic_destroy(new);
	rd_kafka_AdminOptions_destroy(options);
	return topic_result(a, topic->name, "CREATE on the topic or the cluster", created, err);
}

bool admin_add_partitions(struct admin *a, const char *topic, int32_t count, const int32_t *replicas, size_t new_count,
	size_t replication, bool validate, bool *sent, struct error *err)
{
	rd_kafka_AdminOptions_t *options;
	rd_kafka_NewPartitions_t *new;
	char why[256];

	*sent = false;
	if (!validate && !admin_may_change(a, err))
		return false;
	new = rd_kafka_NewPartitions_new(topic, (size_t)count, why, sizeof(why));
	if (!new)
		return error_set(err, ERR_USAGE, "topic %s: %s", topic, why);
	for (size_t i = 0; replicas && i < new_count; i++) {
		if (!rd_kafka_NewPartitions_set_replica_assignment(new, (int32_t)i,
			    (int32_t *)replicas + i * replication, replication, why, sizeof(why)))
			continue;
		rd_kafka_NewPartitions_destroy(new);
		return error_set(err, ERR_USAGE, "topic %s: %s", topic, why);
	}
	options = change_options(a, RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, validate);
	*sent = !validate;
	rd_kafka_CreatePartitions(a->rk, &new, 1, options, a->queue);
	rd_kafka_NewPartitions_destroy(new);
	rd_kafka_AdminOptions_destroy(options);
	return topic_result(a, topic, "ALTER on the topic", grown, err);
}

bool admin_delete_topic(struct admin *a, const char *topic, bool *sent, struct error *err)
{
	rd_kafka_AdminOptions_t *options;
	rd_kafka_DeleteTopic_t *call;

	*sent = false;
	if (!admin_may_change(a, err))
		return false;
	call = rd_kafka_DeleteTopic_new(topic);
	options = change_options(a, RD_KAFKA_ADMIN_OP_DELETETOPICS, false);
	*sent = true;
	rd_kafka_DeleteTopics(a->rk, &call, 1, options, a->queue);
	rd_kafka_DeleteTopic_destroy(call);
	rd_kafka_AdminOptions_destroy(options);
	return topic_result(a, topic, "DELETE on the topic", deleted, err);
}
