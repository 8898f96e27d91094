/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/admin_configs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"
#include "kafka/admin_parts.h"
#include "kafka/codes.h"

static bool is_own(enum admin_resource type, rd_kafka_ConfigSource_t source)
{
	return source ==
		(type == ADMIN_TOPIC ? RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG :
				       RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG);
}

static rd_kafka_ResourceType_t resource_type(enum admin_resource type)
{
	return type == ADMIN_TOPIC ? RD_KAFKA_RESOURCE_TOPIC : RD_KAFKA_RESOURCE_BROKER;
}

static char *resource_label(enum admin_resource type, const char *name)
{
	return mem_printf("%s %s", type == ADMIN_TOPIC ? "topic" : "broker", name);
}

static void take_entry(struct admin_config_entry *out, enum admin_resource type, const rd_kafka_ConfigEntry_t *entry)
{
	rd_kafka_ConfigSource_t source = rd_kafka_ConfigEntry_source(entry);
	size_t count;
	const rd_kafka_ConfigEntry_t **synonyms = rd_kafka_ConfigEntry_synonyms(entry, &count);

	out->name = mem_strdup(rd_kafka_ConfigEntry_name(entry));
	out->value = mem_strdup(rd_kafka_ConfigEntry_value(entry));
	out->source = code_config_source(source);
	if (!out->source)
		out->source = "UNKNOWN_CONFIG";
	out->is_set = is_own(type, source);
	out->read_only = rd_kafka_ConfigEntry_is_read_only(entry);
	out->sensitive = rd_kafka_ConfigEntry_is_sensitive(entry);
	/* Kafka lists the synonyms in the order of their precedence. */
	for (size_t i = 0; i < count && !out->fallback; i++) {
		if (!is_own(type, rd_kafka_ConfigEntry_source(synonyms[i])))
			out->fallback = mem_strdup(rd_kafka_ConfigEntry_value(synonyms[i]));
	}
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct admin_config_entry *)a)->name, ((const struct admin_config_entry *)b)->name);
}

static void take_config(struct admin_config *out, enum admin_resource type, const rd_kafka_ConfigResource_t *resource)
{
	const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(resource, &out->count);

	out->entries = mem_alloc((out->count + 1) * sizeof(*out->entries));
	for (size_t i = 0; i < out->count; i++)
		take_entry(&out->entries[i], type, entries[i]);
	qsort(out->entries, out->count, sizeof(*out->entries), compare_entries);
}

/* Takes the one resource that was asked for; its own error goes into *err. */
static bool check_resource(const rd_kafka_ConfigResource_t **resources, size_t count, const char *what,
	rd_kafka_resp_err_t *code, struct error *err)
{
	*code = count == 1 ? rd_kafka_ConfigResource_error(resources[0]) : RD_KAFKA_RESP_ERR__BAD_MSG;
	if (!*code)
		return true;
	admin_error(err, *code, what, count == 1 ? rd_kafka_ConfigResource_error_string(resources[0]) : NULL);
	if (*code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART && err)
		err->code = ERR_NOT_FOUND;
	return false;
}

bool admin_read_config(struct admin *a, enum admin_resource type, const char *name, struct admin_config *out,
	struct error *err)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(resource_type(type), name);
	char *what = resource_label(type, name);
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;

	*out = (struct admin_config){ 0 };
	rd_kafka_DescribeConfigs(a->rk, &resource, 1, options, a->queue);
	rd_kafka_ConfigResource_destroy(resource);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a), what, &code, err);
	if (ev) {
		size_t count;
		const rd_kafka_ConfigResource_t **found =
			rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(ev), &count);

		if (check_resource(found, count, what, &code, err))
			take_config(out, type, found[0]);
		rd_kafka_event_destroy(ev);
	}
	admin_needs(err, code,
		type == ADMIN_TOPIC ? "DESCRIBE_CONFIGS on the topic" : "DESCRIBE_CONFIGS on the cluster");
	free(what);
	return !code;
}

void admin_config_release(struct admin_config *c)
{
	for (size_t i = 0; i < c->count; i++) {
		free(c->entries[i].name);
		free(c->entries[i].value);
		free(c->entries[i].fallback);
	}
	free(c->entries);
	*c = (struct admin_config){ 0 };
}

const struct admin_config_entry *admin_config_find(const struct admin_config *c, const char *name)
{
	struct admin_config_entry key = { .name = (char *)name };

	return search_find(&key, c->entries, c->count, sizeof(*c->entries), compare_entries);
}

static bool fill_changes(rd_kafka_ConfigResource_t *resource, const char *what, const struct admin_setting *settings,
	size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct admin_setting *s = &settings[i];
		rd_kafka_error_t *error = rd_kafka_ConfigResource_add_incremental_config(resource, s->name,
			s->value ? RD_KAFKA_ALTER_CONFIG_OP_TYPE_SET : RD_KAFKA_ALTER_CONFIG_OP_TYPE_DELETE, s->value);

		if (!error)
			continue;
		error_set(err, ERR_USAGE, "%s: %s: %s", what, s->name, rd_kafka_error_string(error));
		rd_kafka_error_destroy(error);
		return false;
	}
	return true;
}

bool admin_alter_config(struct admin *a, enum admin_resource type, const char *name,
	const struct admin_setting *settings, size_t count, bool validate, bool *sent, struct error *err)
{
	rd_kafka_ConfigResource_t *resource;
	rd_kafka_AdminOptions_t *options;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;
	char *what, why[256];

	*sent = false;
	if (!validate && !admin_may_change(a, err))
		return false;
	resource = rd_kafka_ConfigResource_new(resource_type(type), name);
	what = resource_label(type, name);
	if (!fill_changes(resource, what, settings, count, err)) {
		rd_kafka_ConfigResource_destroy(resource);
		free(what);
		return false;
	}
	options = admin_options(a, RD_KAFKA_ADMIN_OP_INCREMENTALALTERCONFIGS);
	if (validate)
		rd_kafka_AdminOptions_set_validate_only(options, 1, why, sizeof(why));
	*sent = !validate;
	rd_kafka_IncrementalAlterConfigs(a->rk, &resource, 1, options, a->queue);
	rd_kafka_ConfigResource_destroy(resource);
	rd_kafka_AdminOptions_destroy(options);
	ev = admin_answer(a, admin_deadline(a), what, &code, err);
	if (ev) {
		size_t found_count;
		const rd_kafka_ConfigResource_t **found = rd_kafka_IncrementalAlterConfigs_result_resources(
			rd_kafka_event_IncrementalAlterConfigs_result(ev), &found_count);

		check_resource(found, found_count, what, &code, err);
		rd_kafka_event_destroy(ev);
	}
	admin_needs(err, code, type == ADMIN_TOPIC ? "ALTER_CONFIGS on the topic" : "ALTER_CONFIGS on the cluster");
	free(what);
	return !code;
}
