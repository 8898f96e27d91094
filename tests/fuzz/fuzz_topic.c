/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes are an assignment of replicas, a list of settings, partitions, and the name of a topic. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/topic_name.h"
#include "model/topic_work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void plan(const char *name, char *const *settings, size_t count)
{
	static const struct topic_broker brokers[] = { { 1, "a" }, { 2, "b" }, { 3, NULL } };
	static const char *const names[] = { "orders", "a.b" };
	const struct topic_facts facts = { .brokers = brokers,
		.broker_count = 3,
		.names = names,
		.name_count = 2,
		.partitions = 1 };
	const struct topic_create ask = { .name = name,
		.partitions = 3,
		.factor = 2,
		.settings = (const char *const *)settings,
		.setting_count = count };
	struct topic_plan *plan = topic_plan_new();
	struct error err;

	topic_plan_create(plan, &ask, &facts, &err);
	topic_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct topic_broker brokers[] = { { 1, NULL }, { 2, NULL }, { 33, NULL } };
	char *text = malloc(size + 1);
	char **settings = NULL;
	size_t count = 0, cap = 0;
	struct topic_placement place;
	struct topic_request request;
	struct error err;

	memcpy(text, data, size);
	text[size] = '\0';
	if (topic_place_parse(text, brokers, 3, &place, NULL, &err))
		topic_placement_release(&place);
	topic_settings_split(text, &settings, &count, &cap, &err);
	plan("new", settings, count);
	plan(text, NULL, 0);
	for (size_t i = 0; i < count; i++)
		free(settings[i]);
	free(settings);
	if (size < 16) {
		topic_request_init(&request, TOPIC_ELECT);
		topic_request_parts(&request, text, &err);
		topic_request_release(&request);
	}
	free(text);
	return 0;
}
