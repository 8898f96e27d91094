/* SPDX-License-Identifier: BSD-2-Clause */
/* Metadata; DescribeCluster: cluster id, racks, rights; DescribeTopics: topic ids, in one request for many. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "kafka/source_parts.h"

static void read_topic(struct told_topic *to, const rd_kafka_metadata_topic_t *from, struct arena *arena)
{
	struct told_partition *partitions = arena_array(arena, (size_t)from->partition_cnt, sizeof(*partitions));

	for (int i = 0; i < from->partition_cnt; i++) {
		const rd_kafka_metadata_partition_t *p = &from->partitions[i];

		partitions[i] = (struct told_partition){ .id = p->id,
			.leader = p->leader,
			.replicas = p->replicas,
			.replica_count = p->replica_cnt,
			.isr = p->isrs,
			.isr_count = p->isr_cnt,
			.error = code_fault(p->err, NULL).text };
	}
	*to = (struct told_topic){ .name = from->topic,
		.fault = code_fault(from->err, NULL),
		.partitions = partitions,
		.partition_count = from->partition_cnt };
}

void answer_metadata(struct flight *f, struct question *q, const rd_kafka_metadata_t *md, rd_kafka_resp_err_t err)
{
	struct fault fault = code_fault(err, NULL);
	struct told_broker *brokers;
	struct told_topic *topics;
	struct arena *arena;

	if (!err) {
		arena = arena_new(0);
		brokers = arena_array(arena, (size_t)md->broker_cnt, sizeof(*brokers));
		for (int i = 0; i < md->broker_cnt; i++)
			brokers[i] = (struct told_broker){ .id = md->brokers[i].id,
				.host = md->brokers[i].host,
				.port = md->brokers[i].port };
		topics = arena_array(arena, (size_t)md->topic_cnt, sizeof(*topics));
		for (int i = 0; i < md->topic_cnt; i++)
			read_topic(&topics[i], &md->topics[i], arena);
		told_metadata(f, q,
			&(struct told_metadata){ .brokers = brokers,
				.broker_count = (size_t)md->broker_cnt,
				.topics = topics,
				.topic_count = (size_t)md->topic_cnt });
		arena_free(arena);
	}
	told_end(f, q, &fault);
}

void send_cluster(struct session *s, struct question *q)
{
	rd_kafka_AdminOptions_t *options = call_options(s, call_new(s, q), RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER);
	rd_kafka_error_t *error = rd_kafka_AdminOptions_set_include_authorized_operations(options, 1);

	if (error)
		rd_kafka_error_destroy(error);
	rd_kafka_DescribeCluster(s->rk, options, s->queue);
	rd_kafka_AdminOptions_destroy(options);
}

void answer_cluster(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_DescribeCluster_result_t *result = rd_kafka_event_DescribeCluster_result(ev);
	const rd_kafka_AclOperation_t *operations;
	const rd_kafka_Node_t **nodes;
	struct told_cluster cluster = { .id = NULL };
	struct told_rack *racks;
	size_t count;

	if (rd_kafka_event_error(ev))
		return;
	nodes = rd_kafka_DescribeCluster_result_nodes(result, &cluster.rack_count);
	racks = mem_alloc(cluster.rack_count * sizeof(*racks));
	for (size_t i = 0; i < cluster.rack_count; i++)
		racks[i] = (struct told_rack){ .broker = rd_kafka_Node_id(nodes[i]),
			.rack = rd_kafka_Node_rack(nodes[i]) };
	cluster.racks = racks;
	cluster.id = rd_kafka_DescribeCluster_result_cluster_id(result);
	/* librdkafka's numbers of the operations are Kafka's. */
	operations = rd_kafka_DescribeCluster_result_authorized_operations(result, &count);
	cluster.rights_known = operations != NULL;
	for (size_t i = 0; operations && i < count; i++)
		cluster.rights |= 1u << operations[i];
	told_cluster(f, c->question, &cluster);
	free(racks);
}

void send_topic_ids(struct session *s, struct question *q)
{
	rd_kafka_AdminOptions_t *options = call_options(s, call_new(s, q), RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
	const char **names = mem_alloc(q->name_count * sizeof(*names));
	rd_kafka_TopicCollection_t *collection;

	for (size_t i = 0; i < q->name_count; i++)
		names[i] = q->names[i]->text;
	collection = rd_kafka_TopicCollection_of_topic_names(names, q->name_count);
	rd_kafka_DescribeTopics(s->rk, collection, options, s->queue);
	rd_kafka_TopicCollection_destroy(collection);
	rd_kafka_AdminOptions_destroy(options);
	free(names);
}

static struct told_topic_id topic_id_of(const rd_kafka_TopicDescription_t *from)
{
	const rd_kafka_Uuid_t *id = rd_kafka_TopicDescription_topic_id(from);
	struct told_topic_id told = { .topic = rd_kafka_TopicDescription_name(from),
		.fault = code_error_fault(rd_kafka_TopicDescription_error(from)),
		.id_known = id != NULL };

	if (told.fault.code || !id)
		return told;
	told.id_high = (uint64_t)rd_kafka_Uuid_most_significant_bits(id);
	told.id_low = (uint64_t)rd_kafka_Uuid_least_significant_bits(id);
	told.internal = rd_kafka_TopicDescription_is_internal(from) != 0;
	return told;
}

void answer_topic_ids(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_TopicDescription_t **topics;
	struct told_topic_id *ids;
	size_t count, told = 0;

	if (rd_kafka_event_error(ev))
		return;
	topics = rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(ev), &count);
	ids = mem_alloc(count * sizeof(*ids));
	for (size_t i = 0; i < count; i++) {
		/* A broker may leave a topic out. */
		if (topics[i])
			ids[told++] = topic_id_of(topics[i]);
	}
	told_topic_ids(f, c->question, ids, told);
	free(ids);
}
