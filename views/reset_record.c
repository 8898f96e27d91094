/* SPDX-License-Identifier: BSD-2-Clause */
/* A reset that begins at a record: which group, and to the record or past it. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/reset.h"

enum { GROUPS_MAX = 512 };

struct record_choice {
	char *topic;
	int32_t partition;
	int64_t offset;
	char *group;              /* once it is chosen */
	char **groups;
	size_t count;
};

static void release(struct record_choice *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->groups[i]);
	free(c->groups);
	free(c->group);
	free(c->topic);
	free(c);
}

static bool reads(const struct group *g, const char *topic, int32_t partition)
{
	for (int32_t i = 0; i < g->partition_count; i++)
		if (g->partitions[i].partition == partition && strcmp(g->partitions[i].topic, topic) == 0)
			return true;
	return false;
}

static void place_chosen(struct ui *ui, void *data, size_t chosen)
{
	struct record_choice *c = data;
	char *scope = mem_printf("%s:%" PRId32, c->topic, c->partition);
	char how[24];

	snprintf(how, sizeof(how), "%" PRId64, c->offset + (chosen == 1));
	if (chosen < 2)
		reset_open(ui, &(struct reset_start){ .group = c->group, .scope = scope, .how = how });
	free(scope);
	release(c);
}

static void ask_place(struct ui *ui, struct record_choice *c)
{
	static const struct choice places[] = {
		{ .label = "to this record", .help = "it is the next one that the group reads" },
		{ .label = "past this record", .help = "skips it: the group reads on with the one after it" },
	};

	ui->calls->pick(ui, "reset the group", places, 2, 0, place_chosen, c);
}

static void group_chosen(struct ui *ui, void *data, size_t chosen)
{
	struct record_choice *c = data;

	if (chosen >= c->count) {
		release(c);
		return;
	}
	c->group = mem_strdup(c->groups[chosen]);
	ask_place(ui, c);
}

static void group_typed(struct ui *ui, void *data, const char *text)
{
	struct record_choice *c = data;

	if (!text || !*text) {
		release(c);
		return;
	}
	c->group = mem_strdup(text);
	ask_place(ui, c);
}

void reset_open_record(struct view *v, const char *topic, int32_t partition, int64_t offset)
{
	const struct snapshot *s = v->ui->snapshot;
	struct record_choice *c = mem_alloc(sizeof(*c));
	struct choice choices[GROUPS_MAX];

	*c = (struct record_choice){ .topic = mem_strdup(topic), .partition = partition, .offset = offset,
		.groups = mem_alloc(GROUPS_MAX * sizeof(*c->groups)) };
	for (size_t i = 0; s && i < s->group_count && c->count < GROUPS_MAX; i++) {
		if (!reads(&s->groups[i], topic, partition))
			continue;
		c->groups[c->count] = mem_strdup(s->groups[i].id);
		choices[c->count] = (struct choice){ .label = c->groups[c->count],
			.help = group_state_name(s->groups[i].state) };
		c->count++;
	}
	if (c->count)
		v->ui->calls->pick(v->ui, "reset which group?", choices, c->count, 0, group_chosen, c);
	else
		/* The groups may not have been read yet, or may never have committed here. */
		v->ui->calls->prompt(v->ui, "reset which group: ", "", "group", NULL, group_typed, c);
}
