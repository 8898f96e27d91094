/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ListConsumerGroups, DescribeConsumerGroups, ListConsumerGroupOffsets. The
 * last two go one group a call: an answer comes only when all of its groups
 * have one, so a stopped coordinator would hold up the groups of the others.
 */
#include "base/arena.h"
#include "kafka/source_parts.h"

enum { ARENA_BYTES = 2048 };

void send_group_list(struct session *s, struct question *q)
{
	rd_kafka_AdminOptions_t *options = call_options(s, call_new(s, q), RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS);

	rd_kafka_ListConsumerGroups(s->rk, options, s->queue);
	rd_kafka_AdminOptions_destroy(options);
}

void answer_group_list(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ListConsumerGroups_result_t *result = rd_kafka_event_ListConsumerGroups_result(ev);
	const rd_kafka_ConsumerGroupListing_t **from;
	const rd_kafka_error_t **errors;
	struct told_group_list list = { .count = 0 };
	struct told_listing *groups;
	struct arena *arena;
	size_t error_count;

	if (rd_kafka_event_error(ev))
		return;
	arena = arena_new(ARENA_BYTES);
	from = rd_kafka_ListConsumerGroups_result_valid(result, &list.count);
	groups = arena_array(arena, list.count, sizeof(*groups));
	for (size_t i = 0; i < list.count; i++)
		groups[i] = (struct told_listing){ .group = rd_kafka_ConsumerGroupListing_group_id(from[i]),
			.type = code_group_type(rd_kafka_ConsumerGroupListing_type(from[i])),
			.state = code_group_state(rd_kafka_ConsumerGroupListing_state(from[i])),
			.is_simple = rd_kafka_ConsumerGroupListing_is_simple_consumer_group(from[i]) != 0 };
	list.groups = groups;
	errors = rd_kafka_ListConsumerGroups_result_errors(result, &error_count);
	if (error_count)
		list.fault = code_error_fault(errors[0]);
	told_group_list(f, c->question, &list);
	arena_free(arena);
}

/* A call about one group of the question. */
static struct call *group_call(struct session *s, struct question *q, size_t i)
{
	struct call *c = call_new(s, q);

	c->group = q->names[i];
	return c;
}

void send_descriptions(struct session *s, struct question *q)
{
	for (size_t i = 0; i < q->name_count; i++) {
		struct call *c = group_call(s, q, i);
		rd_kafka_AdminOptions_t *options = call_options(s, c, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS);
		const char *id = c->group->text;

		rd_kafka_DescribeConsumerGroups(s->rk, &id, 1, options, s->queue);
		rd_kafka_AdminOptions_destroy(options);
	}
}

static struct told_member member_of(const rd_kafka_MemberDescription_t *from, struct arena *arena)
{
	const rd_kafka_MemberAssignment_t *assignment = rd_kafka_MemberDescription_assignment(from);
	const rd_kafka_topic_partition_list_t *list =
		assignment ? rd_kafka_MemberAssignment_partitions(assignment) : NULL;
	int32_t count = list ? list->cnt : 0;
	struct topic_partition *assigned = arena_array(arena, (size_t)count, sizeof(*assigned));

	for (int32_t i = 0; i < count; i++)
		assigned[i] = (struct topic_partition){ .topic = list->elems[i].topic,
			.partition = list->elems[i].partition };
	return (struct told_member){ .id = rd_kafka_MemberDescription_consumer_id(from),
		.client_id = rd_kafka_MemberDescription_client_id(from),
		.instance_id = rd_kafka_MemberDescription_group_instance_id(from),
		.host = rd_kafka_MemberDescription_host(from),
		.assignment = assigned,
		.assignment_count = count };
}

static struct told_description description_of(const rd_kafka_ConsumerGroupDescription_t *from, const char *group,
	struct arena *arena)
{
	const rd_kafka_error_t *error = rd_kafka_ConsumerGroupDescription_error(from);
	const rd_kafka_Node_t *coordinator = rd_kafka_ConsumerGroupDescription_coordinator(from);
	size_t count = rd_kafka_ConsumerGroupDescription_member_count(from);
	struct told_description told = { .group = group, .coordinator = -1, .state = GROUP_EMPTY };
	struct told_member *members;

	if (error && code_is_nameless(group, rd_kafka_error_code(error)))
		return told;
	if (error) {
		told.fault = code_error_fault(error);
		return told;
	}
	members = arena_array(arena, count, sizeof(*members));
	for (size_t i = 0; i < count; i++)
		members[i] = member_of(rd_kafka_ConsumerGroupDescription_member(from, i), arena);
	told.state = code_group_state(rd_kafka_ConsumerGroupDescription_state(from));
	told.protocol = rd_kafka_ConsumerGroupDescription_partition_assignor(from);
	told.coordinator = coordinator ? rd_kafka_Node_id(coordinator) : -1;
	told.members = members;
	told.member_count = (int32_t)count;
	return told;
}

void answer_descriptions(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ConsumerGroupDescription_t **groups;
	struct told_description told = { .group = c->group->text, .fault = call_fault(c, ev) };
	struct arena *arena = arena_new(ARENA_BYTES);
	size_t count = 0;

	if (!told.fault.code) {
		groups = rd_kafka_DescribeConsumerGroups_result_groups(rd_kafka_event_DescribeConsumerGroups_result(ev),
			&count);
		if (count == 1)
			told = description_of(groups[0], c->group->text, arena);
	}
	if (told.fault.code || count == 1)
		told_descriptions(f, c->question, &told, 1);
	arena_free(arena);
}

void send_commits(struct session *s, struct question *q)
{
	for (size_t i = 0; i < q->name_count; i++) {
		struct call *c = group_call(s, q, i);
		rd_kafka_AdminOptions_t *options = call_options(s, c, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS);
		rd_kafka_ListConsumerGroupOffsets_t *request =
			rd_kafka_ListConsumerGroupOffsets_new(c->group->text, NULL);

		rd_kafka_ListConsumerGroupOffsets(s->rk, &request, 1, options, s->queue);
		rd_kafka_ListConsumerGroupOffsets_destroy(request);
		rd_kafka_AdminOptions_destroy(options);
	}
}

static struct told_commit commit_of(const rd_kafka_topic_partition_t *from, struct arena *arena)
{
	return (struct told_commit){ .topic = from->topic,
		.partition = from->partition,
		.offset = from->offset,
		.leader_epoch = rd_kafka_topic_partition_get_leader_epoch(from),
		.metadata = from->metadata_size ? arena_strndup(arena, from->metadata, from->metadata_size) : NULL,
		.error = code_fault(from->err, NULL).text };
}

void answer_commits(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_topic_partition_list_t *list = NULL;
	const rd_kafka_group_result_t **groups;
	struct told_commits told = { .group = c->group->text, .fault = call_fault(c, ev) };
	struct arena *arena = arena_new(ARENA_BYTES);
	struct told_commit *rows;
	size_t count;

	if (!told.fault.code) {
		groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
			rd_kafka_event_ListConsumerGroupOffsets_result(ev), &count);
		if (count != 1)
			told.fault = code_fault(RD_KAFKA_RESP_ERR__BAD_MSG, NULL);
		else if (rd_kafka_group_result_error(groups[0]))
			told.fault = code_error_fault(rd_kafka_group_result_error(groups[0]));
		else
			list = rd_kafka_group_result_partitions(groups[0]);
	}
	told.count = list ? list->cnt : 0;
	rows = arena_array(arena, (size_t)told.count, sizeof(*rows));
	for (int32_t i = 0; i < told.count; i++)
		rows[i] = commit_of(&list->elems[i], arena);
	told.rows = rows;
	told_commits(f, c->question, &told, 1);
	arena_free(arena);
}
