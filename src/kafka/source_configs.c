/* SPDX-License-Identifier: BSD-2-Clause */
/* DescribeConfigs: the settings of many topics in one call, whole configurations one resource a call. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "kafka/source_parts.h"

static void send_resources(struct session *s, struct question *q, rd_kafka_ConfigResource_t **resources, size_t count)
{
	rd_kafka_AdminOptions_t *options = call_options(s, call_new(s, q), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);

	rd_kafka_DescribeConfigs(s->rk, resources, count, options, s->queue);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_ConfigResource_destroy_array(resources, count);
}

void send_configs(struct session *s, struct question *q)
{
	rd_kafka_ConfigResource_t **resources = mem_alloc((q->name_count + 1) * sizeof(rd_kafka_ConfigResource_t *));
	size_t count = 0;
	char id[16];

	if (q->kind == ASK_BROKER_CONFIG) {
		snprintf(id, sizeof(id), "%d", (int)q->broker);
		resources[count++] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_BROKER, id);
	}
	for (size_t i = 0; i < q->name_count; i++)
		resources[count++] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, q->names[i]->text);
	send_resources(s, q, resources, count);
	free(resources);
}

static struct told_config config_of(const rd_kafka_ConfigResource_t *from, bool of_broker, struct arena *arena)
{
	struct told_config told = { .topic = of_broker ? NULL : rd_kafka_ConfigResource_name(from),
		.fault = code_configs_fault(rd_kafka_ConfigResource_error(from),
			rd_kafka_ConfigResource_error_string(from)) };
	const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(from, &told.count);
	struct told_entry *to = arena_array(arena, told.count, sizeof(*to));

	for (size_t i = 0; i < told.count; i++)
		to[i] = (struct told_entry){ .name = rd_kafka_ConfigEntry_name(entries[i]),
			.value = rd_kafka_ConfigEntry_value(entries[i]),
			.source = code_config_source(rd_kafka_ConfigEntry_source(entries[i])),
			.is_default = rd_kafka_ConfigEntry_is_default(entries[i]) == 1,
			.is_read_only = rd_kafka_ConfigEntry_is_read_only(entries[i]) == 1,
			.is_sensitive = rd_kafka_ConfigEntry_is_sensitive(entries[i]) == 1 };
	told.entries = to;
	return told;
}

void answer_configs(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ConfigResource_t **resources;
	struct arena *arena;
	size_t count;

	if (rd_kafka_event_error(ev))
		return;
	arena = arena_new(0);
	resources = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(ev), &count);
	for (size_t i = 0; i < count; i++) {
		struct told_config told = config_of(resources[i], c->question->kind == ASK_BROKER_CONFIG, arena);

		told_configs(f, c->question, &told, 1);
	}
	arena_free(arena);
}
