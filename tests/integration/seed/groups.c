/* SPDX-License-Identifier: BSD-2-Clause */
/* Committed offsets and rights. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "seed.h"

/* The error of the first group, or of its first partition that has one; NULL when all went well. */
static const char *group_error(const rd_kafka_group_result_t **results, size_t count, rd_kafka_resp_err_t *code)
{
	*code = RD_KAFKA_RESP_ERR_NO_ERROR;
	for (size_t i = 0; i < count && !*code; i++) {
		const rd_kafka_topic_partition_list_t *list = rd_kafka_group_result_partitions(results[i]);

		if (rd_kafka_group_result_error(results[i]))
			*code = rd_kafka_error_code(rd_kafka_group_result_error(results[i]));
		for (int p = 0; list && p < list->cnt && !*code; p++)
			*code = list->elems[p].err;
	}
	return *code ? rd_kafka_err2str(*code) : NULL;
}

/* True while a group's coordinator is only just being found or loaded, or has not heard of a new topic yet. */
static bool passes(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || code == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
		code == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
		code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
}

/* GROUP NAME PARTITION OFFSET [METADATA [EPOCH]] */
static rd_kafka_topic_partition_list_t *list_of(char **w, int n)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_t *tp = rd_kafka_topic_partition_list_add(list, w[1], atoi(w[2]));

	tp->offset = atoll(w[3]);
	if (n > 4) {
		tp->metadata = strdup(w[4]);
		tp->metadata_size = strlen(w[4]);
	}
	if (n > 5)
		rd_kafka_topic_partition_set_leader_epoch(tp, atoi(w[5]));
	return list;
}

void do_commit(struct seed *s, char **w, int n)
{
	const char *why;
	rd_kafka_resp_err_t code;

	for (int tries = 0;; tries++) {
		rd_kafka_topic_partition_list_t *list = list_of(w, n);
		rd_kafka_AlterConsumerGroupOffsets_t *call;
		const rd_kafka_group_result_t **results;
		rd_kafka_event_t *event;
		size_t count;

		call = rd_kafka_AlterConsumerGroupOffsets_new(w[0], list);
		rd_kafka_AlterConsumerGroupOffsets(s->rk, &call, 1, NULL, s->queue);
		event = rd_kafka_queue_poll(s->queue, WAIT_MS);
		if (!event)
			die("commit: no answer");
		code = rd_kafka_event_error(event);
		why = code ? rd_kafka_err2str(code) : NULL;
		if (!code) {
			results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
				rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count);
			why = group_error(results, count, &code);
		}
		rd_kafka_event_destroy(event);
		rd_kafka_AlterConsumerGroupOffsets_destroy(call);
		rd_kafka_topic_partition_list_destroy(list);
		if (!why)
			return;
		if (!passes(code) || tries == 300)
			die("commit %s %s %s: %s", w[0], w[1], w[2], why);
		usleep(100000);
	}
}

void do_committed(struct seed *s, char **w, int n)
{
	rd_kafka_ListConsumerGroupOffsets_t *call = rd_kafka_ListConsumerGroupOffsets_new(w[0], NULL);
	const rd_kafka_topic_partition_list_t *list;
	const rd_kafka_group_result_t **results;
	rd_kafka_event_t *event;
	rd_kafka_resp_err_t code;
	size_t count;

	(void)n;
	rd_kafka_ListConsumerGroupOffsets(s->rk, &call, 1, NULL, s->queue);
	event = answer(s, "committed");
	results = rd_kafka_ListConsumerGroupOffsets_result_groups(rd_kafka_event_ListConsumerGroupOffsets_result(event),
		&count);
	if (group_error(results, count, &code))
		die("committed %s: %s", w[0], rd_kafka_err2str(code));
	list = rd_kafka_group_result_partitions(results[0]);
	for (int i = 0; i < list->cnt; i++) {
		const rd_kafka_topic_partition_t *tp = &list->elems[i];

		printf("%s %d %lld %d %.*s\n", tp->topic, (int)tp->partition, (long long)tp->offset,
			(int)rd_kafka_topic_partition_get_leader_epoch(tp), (int)tp->metadata_size,
			tp->metadata_size ? (const char *)tp->metadata : "");
	}
	rd_kafka_event_destroy(event);
	rd_kafka_ListConsumerGroupOffsets_destroy(call);
}

void do_drop(struct seed *s, char **w, int n)
{
	rd_kafka_DeleteGroup_t *group = rd_kafka_DeleteGroup_new(w[0]);
	rd_kafka_event_t *event;
	const rd_kafka_group_result_t **results;
	rd_kafka_resp_err_t code;
	size_t count;

	(void)n;
	rd_kafka_DeleteGroups(s->rk, &group, 1, NULL, s->queue);
	event = answer(s, "drop");
	results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event), &count);
	if (group_error(results, count, &code))
		die("drop %s: %s", w[0], rd_kafka_err2str(code));
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteGroup_destroy(group);
}

static rd_kafka_ResourceType_t resource_type(const char *name)
{
	return !strcmp(name, "topic")  ? RD_KAFKA_RESOURCE_TOPIC :
		!strcmp(name, "group") ? RD_KAFKA_RESOURCE_GROUP :
					 RD_KAFKA_RESOURCE_BROKER;
}

static rd_kafka_AclOperation_t operation(const char *name)
{
	for (int op = 0; op < RD_KAFKA_ACL_OPERATION__CNT; op++)
		if (!strcasecmp(name, rd_kafka_AclOperation_name((rd_kafka_AclOperation_t)op)))
			return (rd_kafka_AclOperation_t)op;
	die("unknown operation %s", name);
}

static void add_acl(struct seed *s, char **w, rd_kafka_AclPermissionType_t permission)
{
	char why[256];
	rd_kafka_AclBinding_t *acl = rd_kafka_AclBinding_new(resource_type(w[1]), w[2],
		RD_KAFKA_RESOURCE_PATTERN_LITERAL, w[0], "*", operation(w[3]), permission, why, sizeof(why));
	const rd_kafka_acl_result_t **results;
	rd_kafka_event_t *event;
	size_t count;

	if (!acl)
		die("acl: %s", why);
	rd_kafka_CreateAcls(s->rk, &acl, 1, NULL, s->queue);
	event = answer(s, "acl");
	results = rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(event), &count);
	for (size_t i = 0; i < count; i++)
		if (rd_kafka_acl_result_error(results[i]))
			die("acl: %s", rd_kafka_error_string(rd_kafka_acl_result_error(results[i])));
	rd_kafka_event_destroy(event);
	rd_kafka_AclBinding_destroy(acl);
}

void do_allow(struct seed *s, char **w, int n)
{
	(void)n;
	add_acl(s, w, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW);
}

void do_deny(struct seed *s, char **w, int n)
{
	(void)n;
	add_acl(s, w, RD_KAFKA_ACL_PERMISSION_TYPE_DENY);
}
