/* SPDX-License-Identifier: BSD-2-Clause */
/* Topics: their partitions and the largest batch they take. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/codes.h"
#include "kafka/producer_parts.h"

enum {
	ASK_MS = 1000, /* timeout of the first request for a topic; later ones wait longer */
	LIMIT_MS = 2000
};

static bool topic_answered(const rd_kafka_metadata_t *md, int64_t waited_ms)
{
	if (md->topic_cnt != 1)
		return false;
	switch (md->topics[0].err) {
	case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
		return false;
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
		return waited_ms >= CODE_NEW_TOPIC_MS;
	default:
		return true;
	}
}

static void look_at(struct producer *p, struct producer_topic *t, const rd_kafka_metadata_t *md)
{
	if (md->topic_cnt != 1)
		error_set(&t->err, ERR_KAFKA, "topic %s: no metadata", t->name);
	else if (md->topics[0].err)
		producer_error(p, &t->err, t->name, md->topics[0].err);
	else if (md->topics[0].partition_cnt == 0)
		error_set(&t->err, ERR_KAFKA, "topic %s: has no partitions", t->name);
	else
		t->partitions = md->topics[0].partition_cnt;
}

/* librdkafka offers only a blocking call: it is made in slices, so that a cancel is noticed. */
void producer_topic_ask(struct producer *p, struct producer_topic *t)
{
	int64_t begun_ms = clock_mono_ms(), deadline_ms = begun_ms + p->setup.timeout_ms, left;
	int wait_ms = ASK_MS;
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TIMED_OUT;

	t->partitions = 0;
	while ((left = deadline_ms - clock_mono_ms()) > 0 && !p->refused && !producer_is_cancelled(p) &&
		!producer_on_other_cluster(p, &t->err)) {
		const struct rd_kafka_metadata *md;

		code = rd_kafka_metadata(p->rk, 0, t->rkt, &md, left < wait_ms ? (int)left : wait_ms);
		rd_kafka_poll(p->rk, 0);
		if (!code && (topic_answered(md, clock_mono_ms() - begun_ms) || left <= PRODUCER_STEP_MS)) {
			if (producer_check_cluster(p, &t->err))
				look_at(p, t, md);
			rd_kafka_metadata_destroy(md);
			return;
		}
		if (!code)
			rd_kafka_metadata_destroy(md);
		if (!code || code == RD_KAFKA_RESP_ERR__TRANSPORT)
			rd_kafka_poll(p->rk, PRODUCER_STEP_MS);
		else if (wait_ms < left) /* nobody answered in that time */
			wait_ms *= 2;
	}
	if (producer_on_other_cluster(p, &t->err))
		return;
	if (producer_is_cancelled(p))
		error_set(&t->err, ERR_INTERRUPTED, "interrupted");
	else if (p->refused)
		error_set(&t->err, ERR_CONNECT, "could not connect to %s: %s", p->setup.bootstrap, p->last_error);
	else
		error_set(&t->err, ERR_CONNECT, "could not reach %s within %g s: %s", p->setup.bootstrap,
			(double)p->setup.timeout_ms / 1000, *p->last_error ? p->last_error : rd_kafka_err2str(code));
}

static void read_limit(rd_kafka_event_t *event, struct producer_topic *t)
{
	const rd_kafka_DescribeConfigs_result_t *result = rd_kafka_event_DescribeConfigs_result(event);
	size_t count = 0, entry_count = 0;
	const rd_kafka_ConfigResource_t **resources =
		result ? rd_kafka_DescribeConfigs_result_resources(result, &count) : NULL;
	const rd_kafka_ConfigEntry_t **entries =
		count ? rd_kafka_ConfigResource_configs(resources[0], &entry_count) : NULL;

	for (size_t i = 0; i < entry_count; i++) {
		const char *value = rd_kafka_ConfigEntry_value(entries[i]);

		if (value && strcmp(rd_kafka_ConfigEntry_name(entries[i]), "max.message.bytes") == 0)
			t->batch_bytes = strtoll(value, NULL, 10);
	}
	if (t->batch_bytes <= 0)
		t->batch_bytes = INT64_MAX;
}

/*
 * A batch larger than the topic takes fails as a whole, even when its records would fit one by one: librdkafka
 * does not split it. When the limit cannot be read, Kafka's default is assumed.
 */
static void ask_limit(struct producer *p, struct producer_topic *t)
{
	rd_kafka_queue_t *queue = rd_kafka_queue_new(p->rk);
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, t->name);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(p->rk, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
	int64_t deadline_ms = clock_mono_ms() + LIMIT_MS;
	rd_kafka_event_t *event = NULL;
	char why[128];

	rd_kafka_AdminOptions_set_request_timeout(options, LIMIT_MS, why, sizeof(why));
	rd_kafka_DescribeConfigs(p->rk, &resource, 1, options, queue);
	while (!event && clock_mono_ms() < deadline_ms && !producer_is_cancelled(p))
		event = rd_kafka_queue_poll(queue, PRODUCER_STEP_MS);
	if (event) {
		read_limit(event, t);
		rd_kafka_event_destroy(event);
	}
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_ConfigResource_destroy(resource);
	rd_kafka_queue_destroy(queue);
}

struct producer_topic *producer_topic_find(struct producer *p, const char *name)
{
	struct producer_topic *t;

	if (p->newest < p->topic_count && strcmp(p->topics[p->newest].name, name) == 0)
		return &p->topics[p->newest];
	for (p->newest = 0; p->newest < p->topic_count; p->newest++)
		if (strcmp(p->topics[p->newest].name, name) == 0)
			return &p->topics[p->newest];
	p->topics = mem_grow(p->topics, &p->topic_cap, p->topic_count + 1, sizeof(*p->topics));
	t = &p->topics[p->topic_count++];
	*t = (struct producer_topic){ .name = mem_strdup(name), .batch_bytes = INT64_MAX };
	t->rkt = *name ? rd_kafka_topic_new(p->rk, name, NULL) : NULL;
	if (t->rkt)
		producer_topic_ask(p, t);
	if (t->partitions)
		ask_limit(p, t);
	if (!t->rkt)
		error_set(&t->err, ERR_USAGE, "topic \"%s\": no topic can have this name", name);
	return t;
}

int32_t producer_topic(struct producer *p, const char *topic, struct error *err)
{
	struct producer_topic *t = producer_topic_find(p, topic);

	if (t->partitions == 0)
		*err = t->err;
	return t->partitions;
}

void producer_topics_free(struct producer *p)
{
	for (size_t i = 0; i < p->topic_count; i++)
		free(p->topics[i].name);
	free(p->topics);
}

void producer_topics_renew(struct producer *p)
{
	for (size_t i = 0; i < p->topic_count; i++)
		if (p->topics[i].rkt)
			p->topics[i].rkt = rd_kafka_topic_new(p->rk, p->topics[i].name, NULL);
}
