/* SPDX-License-Identifier: BSD-2-Clause */
/* DescribeCluster: cluster id, racks, rights. DescribeTopics: topic ids, in one request for many. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/ask.h"

void ask_cluster(struct ask *a)
{
	struct call *c = ask_call(a, CALL_CLUSTER, 0);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER, c);
	rd_kafka_error_t *error = rd_kafka_AdminOptions_set_include_authorized_operations(options, 1);

	if (error)
		rd_kafka_error_destroy(error);
	rd_kafka_DescribeCluster(a->rk, options, a->queue);
	rd_kafka_AdminOptions_destroy(options);
}

/*
 * ListGroups hides groups from whoever may not DESCRIBE the cluster; Metadata
 * hides topics by topic, so only someone with every right on the cluster (or
 * a cluster without an authorizer) is sure to see all. KIP-430.
 */
static void read_rights(struct store *st, const rd_kafka_AclOperation_t *operations, size_t count)
{
	static const rd_kafka_AclOperation_t all[] = {
		RD_KAFKA_ACL_OPERATION_CREATE, RD_KAFKA_ACL_OPERATION_ALTER, RD_KAFKA_ACL_OPERATION_DESCRIBE,
		RD_KAFKA_ACL_OPERATION_CLUSTER_ACTION, RD_KAFKA_ACL_OPERATION_DESCRIBE_CONFIGS,
		RD_KAFKA_ACL_OPERATION_ALTER_CONFIGS, RD_KAFKA_ACL_OPERATION_IDEMPOTENT_WRITE,
	};
	size_t held = 0;
	bool describe = false;

	if (!operations)
		return;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < sizeof(all) / sizeof(*all); j++)
			held += operations[i] == all[j];
		describe = describe || operations[i] == RD_KAFKA_ACL_OPERATION_DESCRIBE;
	}
	st->groups_visible = describe ? VISIBILITY_ALL : VISIBILITY_PARTIAL;
	st->topics_visible = held == sizeof(all) / sizeof(*all) ? VISIBILITY_ALL : VISIBILITY_PARTIAL;
}

void answer_cluster(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_DescribeCluster_result_t *result = rd_kafka_event_DescribeCluster_result(ev);
	const rd_kafka_AclOperation_t *operations;
	const rd_kafka_Node_t **nodes;
	const char *id, *why;
	size_t count;

	(void)c;
	a->store->cluster_answered = true;
	if (ask_error(ev, &why))
		return;
	nodes = rd_kafka_DescribeCluster_result_nodes(result, &count);
	for (size_t i = 0; i < count; i++)
		store_broker_rack(a->store, rd_kafka_Node_id(nodes[i]), rd_kafka_Node_rack(nodes[i]));
	id = rd_kafka_DescribeCluster_result_cluster_id(result);
	a->store->cluster_id = id && *id ? names_get(&a->store->names, id) : NULL;
	operations = rd_kafka_DescribeCluster_result_authorized_operations(result, &count);
	read_rights(a->store, operations, count);
}

void ask_topics(struct ask *a, struct store_topic *const *topics, size_t count)
{
	struct call *c = ask_call(a, CALL_TOPICS, count);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS, c);
	const char **names = mem_alloc(count * sizeof(*names));
	rd_kafka_TopicCollection_t *collection;

	for (size_t i = 0; i < count; i++) {
		topics[i]->describing = true;
		topics[i]->described_ms = c->sent_us / 1000;
		ask_call_name(c, i, topics[i]->name);
		names[i] = topics[i]->name->text;
	}
	collection = rd_kafka_TopicCollection_of_topic_names(names, count);
	rd_kafka_DescribeTopics(a->rk, collection, options, a->queue);
	rd_kafka_TopicCollection_destroy(collection);
	rd_kafka_AdminOptions_destroy(options);
	free(names);
}

void answer_topics(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_DescribeTopics_result_t *result = rd_kafka_event_DescribeTopics_result(ev);
	const rd_kafka_TopicDescription_t **topics;
	const char *why;
	size_t count;

	for (size_t i = 0; i < c->name_count; i++) {
		if (c->names[i]->topic)
			c->names[i]->topic->describing = false;
	}
	if (ask_error(ev, &why))
		return;
	topics = rd_kafka_DescribeTopics_result_topics(result, &count);
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_error_t *error;
		const rd_kafka_Uuid_t *id;

		/* A broker may leave a topic out. */
		if (!topics[i])
			continue;
		id = rd_kafka_TopicDescription_topic_id(topics[i]);
		error = rd_kafka_TopicDescription_error(topics[i]);
		if (rd_kafka_error_code(error)) {
			store_topic_failed(a->store, rd_kafka_TopicDescription_name(topics[i]),
				rd_kafka_error_code(error), rd_kafka_error_string(error), clock_mono_ms());
			continue;
		}
		if (!id)
			continue;
		store_topic_described(a->store, rd_kafka_TopicDescription_name(topics[i]),
			(uint64_t)rd_kafka_Uuid_most_significant_bits(id),
			(uint64_t)rd_kafka_Uuid_least_significant_bits(id),
			rd_kafka_TopicDescription_is_internal(topics[i]) != 0);
	}
}
