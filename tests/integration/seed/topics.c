/* SPDX-License-Identifier: BSD-2-Clause */
/* Topics and where their logs begin. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "seed.h"

static void check_topics(const char *what, const rd_kafka_topic_result_t **results, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rd_kafka_topic_result_error(results[i]))
			die("%s: %s", what, rd_kafka_topic_result_error_string(results[i]));
}

/* Partitions that have a leader, or -1 while the topic is unknown. */
static int leaders(struct seed *s, const char *name)
{
	const struct rd_kafka_metadata *md;
	int count = -1;

	if (rd_kafka_metadata(s->rk, 1, NULL, &md, WAIT_MS))
		return -1;
	for (int i = 0; i < md->topic_cnt; i++) {
		if (strcmp(md->topics[i].topic, name))
			continue;
		count = 0;
		for (int p = 0; p < md->topics[i].partition_cnt; p++)
			count += md->topics[i].partitions[p].leader >= 0;
	}
	rd_kafka_metadata_destroy(md);
	return count;
}

static void wait_leaders(struct seed *s, const char *name, int wanted)
{
	for (int tries = 0; leaders(s, name) != wanted; tries++) {
		if (tries == 600)
			die("topic %s: not %d leaders", name, wanted);
		usleep(50000);
	}
}

static rd_kafka_resp_err_t create_once(struct seed *s, rd_kafka_NewTopic_t *topic, const char *name)
{
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *event;

	rd_kafka_CreateTopics(s->rk, &topic, 1, NULL, s->queue);
	event = any_answer(s, name);
	code = rd_kafka_event_error(event);
	if (!code) {
		size_t count;
		const rd_kafka_topic_result_t **results =
			rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);

		code = rd_kafka_topic_result_error(results[0]);
		if (code)
			fprintf(stderr, "%s: %s\n", name, rd_kafka_topic_result_error_string(results[0]));
	}
	rd_kafka_event_destroy(event);
	return code;
}

/* A broker that the cluster has just called dead may have been asked: librdkafka gives the call up, done or not. */
static void create(struct seed *s, rd_kafka_NewTopic_t *topic, const char *name, int partitions)
{
	rd_kafka_resp_err_t code = create_once(s, topic, name);
	bool may_exist = false;

	for (int tries = 0; code == RD_KAFKA_RESP_ERR__DESTROY_BROKER && tries < 10; tries++) {
		may_exist = true;
		code = create_once(s, topic, name);
	}
	if (code && !(may_exist && code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS))
		die("%s: %s", name, rd_kafka_err2str(code));
	rd_kafka_NewTopic_destroy(topic);
	wait_leaders(s, name, partitions);
}

void do_leaders(struct seed *s, char **w, int n)
{
	(void)n;
	wait_leaders(s, w[0], atoi(w[1]));
}

void do_topic(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(w[0], atoi(w[1]), atoi(w[2]), why, sizeof(why));

	if (!topic)
		die("topic %s: %s", w[0], why);
	for (int i = 3; i < n; i++) {
		char *eq = strchr(w[i], '=');

		if (!eq)
			die("topic %s: %s is no KEY=VALUE", w[0], w[i]);
		*eq = '\0';
		rd_kafka_NewTopic_set_config(topic, w[i], eq + 1);
	}
	create(s, topic, w[0], atoi(w[1]));
}

void do_many(struct seed *s, char **w, int n)
{
	size_t total = (size_t)atoi(w[1]), count;
	rd_kafka_NewTopic_t **list = calloc(total, sizeof(*list));
	const rd_kafka_topic_result_t **results;
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(s->rk, RD_KAFKA_ADMIN_OP_CREATETOPICS);
	rd_kafka_event_t *event;
	char name[256], why[256];

	(void)n;
	for (size_t i = 0; i < total; i++) {
		snprintf(name, sizeof(name), "%s-%04zu", w[0], i);
		list[i] = rd_kafka_NewTopic_new(name, atoi(w[2]), atoi(w[3]), why, sizeof(why));
	}
	rd_kafka_AdminOptions_set_request_timeout(options, WAIT_MS, why, sizeof(why));
	rd_kafka_AdminOptions_set_operation_timeout(options, WAIT_MS, why, sizeof(why));
	rd_kafka_CreateTopics(s->rk, list, total, options, s->queue);
	event = answer(s, "many");
	results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
	check_topics("many", results, count);
	wait_leaders(s, name, atoi(w[2]));
	rd_kafka_event_destroy(event);
	rd_kafka_NewTopic_destroy_array(list, total);
	rd_kafka_AdminOptions_destroy(options);
	free(list);
}

void do_place(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(w[0], n - 1, -1, why, sizeof(why));

	if (!topic)
		die("place %s: %s", w[0], why);
	for (int i = 1; i < n; i++) {
		int32_t ids[16];
		size_t count = 0;
		char *save;

		for (char *id = strtok_r(w[i], ",", &save); id && count < 16; id = strtok_r(NULL, ",", &save))
			ids[count++] = atoi(id);
		if (rd_kafka_NewTopic_set_replica_assignment(topic, i - 1, ids, count, why, sizeof(why)))
			die("place %s: %s", w[0], why);
	}
	create(s, topic, w[0], n - 1);
}

void do_grow(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewPartitions_t *more = rd_kafka_NewPartitions_new(w[0], (size_t)atoi(w[1]), why, sizeof(why));
	rd_kafka_event_t *event;
	const rd_kafka_topic_result_t **results;
	size_t count;

	(void)n;
	if (!more)
		die("grow %s: %s", w[0], why);
	rd_kafka_CreatePartitions(s->rk, &more, 1, NULL, s->queue);
	event = answer(s, "grow");
	results = rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event), &count);
	check_topics("grow", results, count);
	rd_kafka_event_destroy(event);
	rd_kafka_NewPartitions_destroy(more);
	wait_leaders(s, w[0], atoi(w[1]));
}

void do_delete(struct seed *s, char **w, int n)
{
	rd_kafka_DeleteTopic_t *topic = rd_kafka_DeleteTopic_new(w[0]);
	rd_kafka_event_t *event;
	const rd_kafka_topic_result_t **results;
	size_t count;

	(void)n;
	rd_kafka_DeleteTopics(s->rk, &topic, 1, NULL, s->queue);
	event = answer(s, "delete");
	results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count);
	check_topics("delete", results, count);
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteTopic_destroy(topic);
	wait_leaders(s, w[0], -1);
}

void do_trim(struct seed *s, char **w, int n)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_DeleteRecords_t *call;
	const rd_kafka_topic_partition_list_t *done;
	rd_kafka_event_t *event;

	(void)n;
	rd_kafka_topic_partition_list_add(list, w[0], atoi(w[1]))->offset = atoll(w[2]);
	call = rd_kafka_DeleteRecords_new(list);
	rd_kafka_DeleteRecords(s->rk, &call, 1, NULL, s->queue);
	event = answer(s, "trim");
	done = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event));
	if (done->elems[0].err)
		die("trim %s %s: %s", w[0], w[1], rd_kafka_err2str(done->elems[0].err));
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteRecords_destroy(call);
	rd_kafka_topic_partition_list_destroy(list);
}
