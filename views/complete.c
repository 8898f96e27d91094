/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/complete.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { WORDS_MAX = 200 };

struct words {
	char **items;
	size_t count, cap;
	const char *prefix;
};

static void offer(struct words *w, const char *name)
{
	if (w->count == WORDS_MAX || strncmp(name, w->prefix, strlen(w->prefix)) != 0)
		return;
	w->items = mem_grow(w->items, &w->cap, w->count + 1, sizeof(*w->items));
	w->items[w->count++] = mem_strdup(name);
}

size_t complete_name(const struct snapshot *s, enum action_id id, const char *prefix, char ***words)
{
	struct words w = { .prefix = prefix };

	for (size_t i = 0; s && id == ACTION_TOPIC && i < s->topic_count; i++)
		offer(&w, s->topics[i].name);
	for (size_t i = 0; s && id == ACTION_GROUP && i < s->group_count; i++)
		offer(&w, s->groups[i].id);
	for (size_t i = 0; s && id == ACTION_BROKER && i < s->broker_count; i++) {
		char number[16];

		snprintf(number, sizeof(number), "%d", (int)s->brokers[i].id);
		offer(&w, number);
	}
	*words = w.items;
	return w.count;
}
