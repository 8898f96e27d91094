/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *topic_apply_kind_name(enum topic_apply_kind kind)
{
	static const char *const names[] = { "create", "add partitions", "configure", "delete" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == TOPIC_APPLY_KIND_COUNT, "a name for each kind");
	return names[kind];
}

const char *topic_apply_state_name(enum topic_apply_state state)
{
	static const char *const names[] = { "planned", "done", "failed", "not sure", "not tried" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == TOPIC_APPLY_STATE_COUNT, "a name for each state");
	return names[state];
}

void topic_apply_release(struct topic_apply *a)
{
	for (size_t i = 0; i < a->count; i++) {
		struct topic_apply_item *item = &a->items[i];

		for (size_t k = 0; k < item->setting_count; k++) {
			free(item->settings[k].name);
			free(item->settings[k].before);
			free(item->settings[k].after);
		}
		free(item->settings);
		free(item->topic);
		free(item->why);
	}
	free(a->items);
	*a = (struct topic_apply){ 0 };
}

struct topic_apply_item *topic_apply_add(struct topic_apply *a, enum topic_apply_kind kind, const char *topic)
{
	struct topic_apply_item *item;

	a->items = mem_grow(a->items, &a->cap, a->count + 1, sizeof(*a->items));
	item = &a->items[a->count++];
	*item = (struct topic_apply_item){ .kind = kind,
		.topic = mem_strdup(topic),
		.partitions_before = -1,
		.partitions = -1,
		.replication = -1 };
	return item;
}

void topic_apply_setting(struct topic_apply_item *item, const char *name, const char *before, const char *after)
{
	item->settings = mem_grow(item->settings, &item->setting_cap, item->setting_count + 1, sizeof(*item->settings));
	item->settings[item->setting_count++] =
		(struct topic_apply_setting){ mem_strdup(name), mem_strdup(before), mem_strdup(after) };
}

void topic_apply_fail(struct topic_apply_item *item, enum topic_apply_state state, const char *why)
{
	free(item->why);
	item->state = state;
	item->why = mem_strdup(why);
}

size_t topic_apply_count(const struct topic_apply *a, enum topic_apply_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < a->count; i++)
		count += a->items[i].state == state;
	return count;
}

/* The difference */

static void plan_create(struct topic_apply *out, const struct topic_entry *wanted)
{
	struct topic_apply_item *item = topic_apply_add(out, TOPIC_APPLY_CREATE, wanted->name);

	item->partitions = wanted->partitions;
	item->replication = wanted->replication;
	for (size_t i = 0; i < wanted->setting_count; i++)
		topic_apply_setting(item, wanted->settings[i].name, NULL, wanted->settings[i].value);
}

__attribute__((format(printf, 2, 3))) static void apply_item_refuse(struct topic_apply_item *item, const char *fmt, ...)
{
	struct str why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	topic_apply_fail(item, TOPIC_APPLY_FAILED, str_text(&why));
	str_release(&why);
}

static void plan_partitions(struct topic_apply *out, const struct topic_entry *wanted, const struct topic_entry *now)
{
	struct topic_apply_item *item;
	bool replication = wanted->replication >= 0 && wanted->replication != now->replication;

	if ((wanted->partitions < 0 || wanted->partitions == now->partitions) && !replication)
		return;
	item = topic_apply_add(out, TOPIC_APPLY_PARTITIONS, wanted->name);
	item->partitions_before = now->partitions;
	item->partitions = wanted->partitions;
	if (wanted->partitions >= 0 && wanted->partitions < now->partitions)
		apply_item_refuse(item, "it has %d partitions, the file says %d: Kafka cannot remove partitions",
			(int)now->partitions, (int)wanted->partitions);
	else if (replication && now->replication >= 0)
		apply_item_refuse(item,
			"its replication factor is %d, the file says %d: that needs a reassignment, which weir does not do",
			(int)now->replication, (int)wanted->replication);
	else if (replication)
		apply_item_refuse(item,
			"its partitions have different replication factors, the file says %d: that needs a reassignment, "
			"which weir does not do",
			(int)wanted->replication);
}

/* Both lists are sorted by name. */
static void plan_settings(struct topic_apply *out, const struct topic_entry *wanted, const struct topic_entry *now)
{
	struct topic_apply_item *item = NULL;
	size_t w = 0, n = 0;

	while (w < wanted->setting_count || n < now->setting_count) {
		const struct topic_file_setting *want = w < wanted->setting_count ? &wanted->settings[w] : NULL;
		const struct topic_file_setting *have = n < now->setting_count ? &now->settings[n] : NULL;
		int order = !want ? 1 : !have ? -1 : strcmp(want->name, have->name);

		w += order <= 0;
		n += order >= 0;
		if (order == 0 && strcmp(want->value, have->value) == 0)
			continue;
		if (!item)
			item = topic_apply_add(out, TOPIC_APPLY_CONFIG, wanted->name);
		topic_apply_setting(item, order <= 0 ? want->name : have->name, order >= 0 ? have->value : NULL,
			order <= 0 ? want->value : NULL);
	}
}

static void plan_delete(struct topic_apply *out, const struct topic_entry *now)
{
	struct topic_apply_item *item = topic_apply_add(out, TOPIC_APPLY_DELETE, now->name);

	item->partitions_before = now->partitions;
	for (size_t i = 0; i < now->setting_count; i++)
		topic_apply_setting(item, now->settings[i].name, now->settings[i].value, NULL);
}

static bool is_internal(const struct topic_entry *t)
{
	return t->internal || strncmp(t->name, "__", 2) == 0;
}

void topic_apply_plan(struct topic_apply *out, const struct topic_file *wanted, const struct topic_file *now,
	bool prune)
{
	*out = (struct topic_apply){ 0 };
	for (size_t i = 0; i < wanted->count; i++) {
		const struct topic_entry *have = topic_file_find(now, wanted->topics[i].name);
		size_t before = out->count;

		if (have) {
			plan_partitions(out, &wanted->topics[i], have);
			plan_settings(out, &wanted->topics[i], have);
		} else {
			plan_create(out, &wanted->topics[i]);
		}
		out->same += out->count == before;
	}
	for (size_t i = 0; i < now->count; i++) {
		const struct topic_entry *have = &now->topics[i];

		if (topic_file_find(wanted, have->name) || is_internal(have))
			continue;
		if (prune)
			plan_delete(out, have);
		else
			out->extra++;
	}
}

/* In words */

void topic_apply_describe(struct str *out, const struct topic_apply_item *item)
{
	switch (item->kind) {
	case TOPIC_APPLY_CREATE:
		str_add(out, "create");
		if (item->partitions >= 0)
			str_addf(out, " with %d partition%s", (int)item->partitions, item->partitions == 1 ? "" : "s");
		if (item->replication >= 0)
			str_addf(out, ", replication factor %d", (int)item->replication);
		break;
	case TOPIC_APPLY_PARTITIONS:
		str_addf(out, "partitions from %d to %d", (int)item->partitions_before, (int)item->partitions);
		break;
	case TOPIC_APPLY_CONFIG:
		for (size_t i = 0; i < item->setting_count; i++)
			str_addf(out, "%s%s %s", i ? ", " : "", item->settings[i].after ? "set" : "reset",
				item->settings[i].name);
		break;
	case TOPIC_APPLY_DELETE:
		str_add(out, "delete");
		break;
	case TOPIC_APPLY_KIND_COUNT:
		break;
	}
}
