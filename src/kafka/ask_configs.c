/* SPDX-License-Identifier: BSD-2-Clause */
/* DescribeConfigs: the settings of many topics in one call, whole configurations one resource a call. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/ask.h"
#include "kafka/codes.h"

static void describe(struct ask *a, struct call *c, rd_kafka_ConfigResource_t **resources, size_t count)
{
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, c);

	rd_kafka_DescribeConfigs(a->rk, resources, count, options, a->queue);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_ConfigResource_destroy_array(resources, count);
}

void ask_settings(struct ask *a, struct store_topic *const *topics, size_t count)
{
	struct call *c = ask_call(a, CALL_SETTINGS, count);
	rd_kafka_ConfigResource_t **resources = mem_alloc(count * sizeof(rd_kafka_ConfigResource_t *));

	for (size_t i = 0; i < count; i++) {
		topics[i]->settings_asking = true;
		topics[i]->settings_asked_ms = c->sent_us / 1000;
		ask_call_name(c, i, topics[i]->name);
		resources[i] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topics[i]->name->text);
	}
	describe(a, c, resources, count);
	free(resources);
}

void ask_topic_config(struct ask *a, struct store_topic *t)
{
	struct call *c = ask_call(a, CALL_TOPIC_CONFIG, 1);
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, t->name->text);

	t->config.asking = true;
	t->config.asked_ms = c->sent_us / 1000;
	ask_call_name(c, 0, t->name);
	describe(a, c, &resource, 1);
}

void ask_broker_config(struct ask *a, struct store_broker *b)
{
	struct call *c = ask_call(a, CALL_BROKER_CONFIG, 0);
	rd_kafka_ConfigResource_t *resource;
	char id[16];

	snprintf(id, sizeof(id), "%d", (int)b->id);
	resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_BROKER, id);
	b->config.asking = true;
	b->config.asked_ms = c->sent_us / 1000;
	c->broker = b->id;
	describe(a, c, &resource, 1);
}

static int compare_entries(const void *a, const void *b)
{
	const struct store_entry *ea = a, *eb = b;

	return strcmp(ea->name->text, eb->name->text);
}

static void read_config(struct store *st, struct store_config *to, const rd_kafka_ConfigEntry_t **entries, size_t count,
	int64_t sent_ms, int64_t now_ms)
{
	store_config_clear(to);
	to->entries = mem_alloc(count * sizeof(*to->entries));
	to->count = count;
	for (size_t i = 0; i < count; i++) {
		const char *value = rd_kafka_ConfigEntry_value(entries[i]);
		struct store_entry *e = &to->entries[i];

		e->is_default = rd_kafka_ConfigEntry_is_default(entries[i]) == 1;
		e->is_read_only = rd_kafka_ConfigEntry_is_read_only(entries[i]) == 1;
		e->is_sensitive = rd_kafka_ConfigEntry_is_sensitive(entries[i]) == 1;
		e->name = names_get(&st->names, rd_kafka_ConfigEntry_name(entries[i]));
		e->value = names_get(&st->names, e->is_sensitive ? NULL : value);
		e->source = names_get(&st->names, code_config_source(rd_kafka_ConfigEntry_source(entries[i])));
	}
	qsort(to->entries, count, sizeof(*to->entries), compare_entries);
	stamp_read(&to->stamp, sent_ms, to->changed_ms, now_ms);
}

/* A whole number, -1 for what is none. `forever`: Kafka's -1 (no limit) gives INT64_MAX. */
static int64_t number(const char *text, bool forever)
{
	char *end;
	long long value;

	if (!text)
		return -1;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno || end == text || *end)
		return -1;
	return value < 0 ? (forever ? INT64_MAX : -1) : value;
}

static void read_settings(struct store *st, struct store_topic *t, const rd_kafka_ConfigEntry_t **entries,
	size_t count, int64_t sent_ms, int64_t now_ms)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = rd_kafka_ConfigEntry_name(entries[i]);
		const char *value = rd_kafka_ConfigEntry_value(entries[i]);

		if (strcmp(name, "min.insync.replicas") == 0) {
			int64_t least = number(value, false);

			t->min_isr = least > INT32_MAX ? INT32_MAX : (int32_t)least;
		} else if (strcmp(name, "retention.ms") == 0) {
			t->retention_ms = number(value, true);
		} else if (strcmp(name, "retention.bytes") == 0) {
			t->retention_bytes = number(value, true);
		} else if (strcmp(name, "cleanup.policy") == 0) {
			t->cleanup_policy = names_get(&st->names, value);
		}
	}
	stamp_read(&t->settings_stamp, sent_ms, t->config.changed_ms, now_ms);
}

static void resource_answered(struct ask *a, struct call *c, const rd_kafka_ConfigResource_t *r, int64_t now_ms)
{
	struct store *st = a->store;
	rd_kafka_resp_err_t err = rd_kafka_ConfigResource_error(r);
	const char *why = rd_kafka_ConfigResource_error_string(r);
	struct store_topic *t = c->kind == CALL_BROKER_CONFIG ? NULL :
		store_topic(st, rd_kafka_ConfigResource_name(r));
	struct store_config *config = NULL;
	size_t count;
	const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(r, &count);

	if (c->kind == CALL_BROKER_CONFIG)
		config = &store_broker(st, c->broker)->config;
	else if (!t)
		return;
	else if (c->kind == CALL_TOPIC_CONFIG)
		config = &t->config;
	if (err) {
		if (code_configs_refusal(err))
			why = code_configs_refusal(err);
		if (config)
			stamp_fail(st, &config->stamp, now_ms, err, why);
		if (t)
			stamp_fail(st, &t->settings_stamp, now_ms, err, why);
		return;
	}
	if (config)
		read_config(st, config, entries, count, c->sent_us / 1000, now_ms);
	if (t)
		read_settings(st, t, entries, count, c->sent_us / 1000, now_ms);
}

static void call_failed(struct ask *a, struct call *c, rd_kafka_event_t *ev, int64_t now_ms)
{
	const char *why;
	rd_kafka_resp_err_t err = ask_error(ev, &why);

	if (code_configs_refusal(err))
		why = code_configs_refusal(err);
	if (c->kind == CALL_BROKER_CONFIG)
		stamp_fail(a->store, &store_broker(a->store, c->broker)->config.stamp, now_ms, err, why);
	for (size_t i = 0; i < c->name_count; i++) {
		struct store_topic *t = c->names[i]->topic;

		if (!t)
			continue;
		stamp_fail(a->store, c->kind == CALL_TOPIC_CONFIG ? &t->config.stamp : &t->settings_stamp, now_ms, err,
			why);
	}
}

void answer_configs(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ConfigResource_t **resources;
	const char *why;
	size_t count;
	int64_t now_ms = clock_mono_ms();

	if (c->kind == CALL_BROKER_CONFIG)
		store_broker(a->store, c->broker)->config.asking = false;
	for (size_t i = 0; i < c->name_count; i++) {
		struct store_topic *t = c->names[i]->topic;

		if (t && c->kind == CALL_TOPIC_CONFIG)
			t->config.asking = false;
		else if (t)
			t->settings_asking = false;
	}
	if (ask_error(ev, &why)) {
		call_failed(a, c, ev, now_ms);
		return;
	}
	resources = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(ev), &count);
	for (size_t i = 0; i < count; i++)
		resource_answered(a, c, resources[i], now_ms);
}
