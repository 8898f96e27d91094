/* SPDX-License-Identifier: BSD-2-Clause */
/* Configurations: whole ones, and of every topic the few settings that figures need. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sample/store_parts.h"

void store_config_clear(struct store_config *c)
{
	free(c->entries);
	c->entries = NULL;
	c->count = 0;
}

static int compare_entries(const void *a, const void *b)
{
	const struct config_entry *ea = a, *eb = b;

	return strcmp(ea->name, eb->name);
}

void store_config_read(struct store *st, struct store_config *c, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms)
{
	if (told->fault.code) {
		stamp_fail(st, &c->origin, now_ms, &told->fault);
		return;
	}
	store_config_clear(c);
	c->entries = mem_alloc(told->count * sizeof(*c->entries));
	c->count = told->count;
	for (size_t i = 0; i < told->count; i++) {
		const struct told_entry *from = &told->entries[i];

		c->entries[i] = (struct config_entry){ .name = names_get(&st->names, from->name),
			.value = names_get(&st->names, from->is_sensitive ? NULL : from->value),
			.source = names_get(&st->names, from->source),
			.is_default = from->is_default,
			.is_read_only = from->is_read_only,
			.is_sensitive = from->is_sensitive };
	}
	qsort(c->entries, c->count, sizeof(*c->entries), compare_entries);
	stamp_read(&c->origin, sent_ms, c->changed_ms, now_ms);
}

/* A whole number, -1 for what is none. `forever`: Kafka's -1 (no limit) gives INT64_MAX. */
static int64_t number_of(const char *text, bool forever)
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

void store_topic_settings(struct store *st, struct store_topic *t, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms)
{
	if (told->fault.code) {
		stamp_fail(st, &t->shown.settings.origin, now_ms, &told->fault);
		return;
	}
	for (size_t i = 0; i < told->count; i++) {
		const char *name = told->entries[i].name, *value = told->entries[i].value;

		if (strcmp(name, "min.insync.replicas") == 0) {
			int64_t least = number_of(value, false);

			t->shown.settings.min_isr = least > INT32_MAX ? INT32_MAX : (int32_t)least;
		} else if (strcmp(name, "retention.ms") == 0) {
			t->shown.settings.retention_ms = number_of(value, true);
		} else if (strcmp(name, "retention.bytes") == 0) {
			t->shown.settings.retention_bytes = number_of(value, true);
		} else if (strcmp(name, "cleanup.policy") == 0) {
			t->shown.settings.cleanup_policy = names_get(&st->names, value);
		}
	}
	stamp_read(&t->shown.settings.origin, sent_ms, t->config.changed_ms, now_ms);
}
