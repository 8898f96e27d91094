/* SPDX-License-Identifier: BSD-2-Clause */
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct topic_plan topic_plans[] = {
	{ .name = "orders",
		.partitions = 6,
		.kind = RECORD_ORDER,
		.history = 3000,
		.per_s = 40,
		.config = { "retention.ms", "21600000" } },
	{ .name = "payments",
		.partitions = 3,
		.kind = RECORD_PAYMENT,
		.history = 600,
		.per_s = 10,
		.transactional = true,
		.config = { "retention.ms", "21600000", "compression.type", "lz4" } },
	{ .name = "clicks",
		.partitions = 12,
		.kind = RECORD_CLICK,
		.history = 6000,
		.per_s = 60,
		.burst_s = 5,
		.config = { "retention.ms", "10800000" } },
	{ .name = "audit.events", .partitions = 1, .kind = RECORD_AUDIT, .history = 400, .per_s = 2 },
	{ .name = "customers",
		.partitions = 3,
		.kind = RECORD_CUSTOMER,
		.history = 800,
		.per_s = 3,
		.config = { "cleanup.policy", "compact", "segment.ms", "60000", "min.cleanable.dirty.ratio", "0.1" } },
	/* Gone after a minute, read or not. */
	{ .name = "sensor-readings",
		.partitions = 3,
		.kind = RECORD_READING,
		.history = 900,
		.per_s = 80,
		.short_lived = true,
		.config = { "retention.ms", "60000", "segment.ms", "10000" } },
	/* Idle ones: with records, and without any. */
	{ .name = "returns", .partitions = 3, .kind = RECORD_ORDER, .history = 240 },
	{ .name = "orders.dead-letters", .partitions = 1, .kind = RECORD_ORDER, .history = 7 },
	{ .name = "inventory.snapshots", .partitions = 1, .kind = RECORD_AUDIT },
};
const size_t topic_plan_count = sizeof(topic_plans) / sizeof(topic_plans[0]);

enum { BURST_PERIOD_S = 20, HISTORY_MS = 3600 * 1000 };

const struct topic_plan *topic_plan_find(const char *name)
{
	for (size_t i = 0; i < topic_plan_count; i++)
		if (strcmp(topic_plans[i].name, name) == 0)
			return &topic_plans[i];
	return NULL;
}

static rd_kafka_NewTopic_t *new_topic(const struct topic_plan *plan, const struct options *options)
{
	char why[256];
	/* -1: as many replicas as the brokers think right. */
	rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(plan->name, plan->partitions, -1, why, sizeof(why));

	if (topic == NULL) {
		fprintf(stderr, "traffic: %s: %s\n", plan->name, why);
		exit(1);
	}
	for (int i = 0; plan->config[i] != NULL; i += 2)
		if (!plan->short_lived || (!options->quiet && !options->seed_only))
			rd_kafka_NewTopic_set_config(topic, plan->config[i], plan->config[i + 1]);
	return topic;
}

/* One attempt. `left` is how many topics could not be created yet, `existing` how many were there before. */
static void create_once(rd_kafka_t *rk, const struct options *options, size_t *left, size_t *existing)
{
	rd_kafka_NewTopic_t *topics[16];
	rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
	rd_kafka_AdminOptions_t *admin = rd_kafka_AdminOptions_new(rk, RD_KAFKA_ADMIN_OP_CREATETOPICS);
	char why[256];
	size_t count = 0;

	rd_kafka_AdminOptions_set_request_timeout(admin, 5000, why, sizeof(why));
	rd_kafka_AdminOptions_set_operation_timeout(admin, 5000, why, sizeof(why));
	for (size_t i = 0; i < topic_plan_count; i++)
		topics[i] = new_topic(&topic_plans[i], options);
	rd_kafka_CreateTopics(rk, topics, topic_plan_count, admin, queue);
	rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 6000);
	*left = topic_plan_count;
	*existing = 0;
	if (event != NULL && rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR) {
		const rd_kafka_topic_result_t **results =
			rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
		for (size_t i = 0; i < count; i++) {
			rd_kafka_resp_err_t err = rd_kafka_topic_result_error(results[i]);
			if (err == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
				++*existing;
			if (err == RD_KAFKA_RESP_ERR_NO_ERROR || err == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
				--*left;
		}
	}
	if (event != NULL)
		rd_kafka_event_destroy(event);
	rd_kafka_NewTopic_destroy_array(topics, topic_plan_count);
	rd_kafka_AdminOptions_destroy(admin);
	rd_kafka_queue_destroy(queue);
}

bool topics_create(rd_kafka_t *rk, const struct options *options)
{
	size_t left = 1, existing, first_existing = SIZE_MAX;

	/* Too few brokers yet for three replicas, no controller yet, nobody there yet: all of it passes. */
	while (!stopping) {
		create_once(rk, options, &left, &existing);
		if (first_existing == SIZE_MAX && left < topic_plan_count)
			first_existing = existing;
		if (left == 0)
			return first_existing == 0;
		pause_ms(100);
	}
	return false;
}

void topics_write_history(rd_kafka_t *rk)
{
	int64_t end_ms = now_ms();

	for (size_t i = 0; i < topic_plan_count; i++) {
		const struct topic_plan *plan = &topic_plans[i];
		/* What is deleted after a minute cannot be an hour old. */
		int64_t span_ms = plan->short_lived ? 30 * 1000 : HISTORY_MS;
		for (int n = 0; n < plan->history && !plan->transactional && !stopping; n++)
			record_send(rk, plan->name, plan->kind, end_ms - span_ms + span_ms * n / plan->history);
		rd_kafka_poll(rk, 0);
	}
	rd_kafka_flush(rk, 10000);
}

static double rate_at(const struct topic_plan *plan, int64_t at_ms)
{
	int phase_s = (int)(at_ms / 1000 % BURST_PERIOD_S);

	if (plan->burst_s == 0)
		return plan->per_s;
	return phase_s < plan->burst_s ? (double)plan->per_s * BURST_PERIOD_S / plan->burst_s : 0;
}

void topics_produce(rd_kafka_t *rk, int64_t at_ms)
{
	static double owed[sizeof(topic_plans) / sizeof(topic_plans[0])];
	static int64_t last_ms;
	/* After a pause (a laptop that slept) go on, rather than catch up. */
	double elapsed_s = last_ms == 0 || at_ms - last_ms > 1000 ? 0 : (double)(at_ms - last_ms) / 1000;

	last_ms = at_ms;
	for (size_t i = 0; i < topic_plan_count; i++) {
		if (topic_plans[i].transactional)
			continue;
		for (owed[i] += rate_at(&topic_plans[i], at_ms) * elapsed_s; owed[i] >= 1; owed[i]--)
			record_send(rk, topic_plans[i].name, topic_plans[i].kind, at_ms);
	}
	rd_kafka_poll(rk, 0);
}
