/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets the user choose the group of a reset, and for a record whether to go to it or past it. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/prompt.h"
#include "views/reset/reset.h"
#include "views/views.h"

enum { GROUPS_MAX = 512 }; /* for the list; other groups can only be typed */

struct asked {
	char *topic;       /* NULL: any group may be meant */
	char *scope;       /* NULL: all that the group has committed */
	int32_t partition; /* of the record; -1: any */
	int64_t offset;    /* of the record; -1: none */
	char *group;       /* once it is chosen; till then the one to begin at, or NULL */
	char **groups;
	size_t count;
};

static void asked_free(struct asked *q)
{
	for (size_t i = 0; i < q->count; i++)
		free(q->groups[i]);
	free(q->groups);
	free(q->group);
	free(q->scope);
	free(q->topic);
	free(q);
}

static bool reads_topic(const struct asked *q, const struct group *g)
{
	for (int32_t i = 0; i < g->partition_count; i++)
		if ((q->partition < 0 || g->partitions[i].partition == q->partition) &&
			strcmp(g->partitions[i].topic, q->topic) == 0)
			return true;
	return false;
}

static void place_chosen(struct ui *ui, void *data, size_t chosen)
{
	struct asked *q = data;

	if (chosen < 2)
		reset_open(ui,
			&(struct reset_start){ .group = q->group,
				.scope = q->scope,
				.to_plan = true,
				.how = { RESET_OFFSET, q->offset + (chosen == 1) } });
	asked_free(q);
}

static void ask_place(struct ui *ui, struct asked *q, const char *group)
{
	static const struct choice places[] = {
		{ .label = "to this record", .help = "the group reads it next" },
		{ .label = "past this record", .help = "skip it: the group continues with the next record" },
	};

	free(q->group);
	q->group = mem_strdup(group);
	if (q->offset >= 0) {
		ui->calls->pick(ui, "reset the group", places, 2, 0, place_chosen, q);
		return;
	}
	reset_open(ui, &(struct reset_start){ .group = q->group, .scope = q->scope });
	asked_free(q);
}

static void group_chosen(struct ui *ui, void *data, size_t chosen)
{
	struct asked *q = data;

	if (chosen < q->count)
		ask_place(ui, q, q->groups[chosen]);
	else
		asked_free(q);
}

static void group_typed(struct ui *ui, void *data, const char *text)
{
	struct asked *q = data;
	size_t len = text ? strlen(text) : 0;
	char *name;

	/* Completion adds a blank after the name. */
	if (len && text[len - 1] == ' ' && !(ui->live.cluster && snapshot_group(ui->live.cluster, text)))
		len--;
	name = len ? mem_strndup(text, len) : NULL;
	if (name)
		ask_place(ui, q, group_id_typed(name));
	else
		asked_free(q);
	free(name);
}

static void offer_groups(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct snapshot *s = ui->live.cluster;

	(void)data;
	for (size_t i = 0; s && i < s->group_count; i++)
		if (strncmp(group_id_shown(s->groups[i].id), text, cursor) == 0)
			prompt_words_add(words, group_id_shown(s->groups[i].id), group_state_name(s->groups[i].state),
				NULL);
}

/* Offers a list of the groups that read the topic. When there are none, or any group may be meant, the name is typed. */
static void ask_group(struct ui *ui, struct asked *q)
{
	const struct snapshot *s = ui->live.cluster;
	struct choice choices[GROUPS_MAX];
	size_t at = 0;

	q->groups = mem_alloc(GROUPS_MAX * sizeof(*q->groups));
	for (size_t i = 0; q->topic && s && i < s->group_count && q->count < GROUPS_MAX; i++) {
		if (!reads_topic(q, &s->groups[i]))
			continue;
		if (q->group && strcmp(s->groups[i].id, q->group) == 0)
			at = q->count;
		q->groups[q->count] = mem_strdup(s->groups[i].id);
		choices[q->count] = (struct choice){ .label = group_id_shown(q->groups[q->count]),
			.help = group_state_name(s->groups[i].state) };
		q->count++;
	}
	if (q->count) {
		ui->calls->pick(ui, "reset which group?", choices, q->count, at, group_chosen, q);
		return;
	}
	/* The groups may not have been read yet, or may never have committed here. */
	ui->calls->prompt(ui, "reset which group: ", "", "group", NULL, group_typed, q);
	ui->calls->prompt_words(ui, offer_groups);
}

void reset_open_any(struct ui *ui, const char *topic, const char *scope)
{
	struct asked *q = mem_alloc(sizeof(*q));

	*q = (struct asked){ .topic = mem_strdup(topic), .scope = mem_strdup(scope), .partition = -1, .offset = -1 };
	ask_group(ui, q);
}

static const char *came_from(const struct view *v)
{
	for (; v; v = v->under)
		if (v->ops == &view_group)
			return v->request.name;
	return NULL;
}

void reset_open_record(struct view *v, const char *topic, int32_t partition, int64_t offset, const char *group)
{
	struct asked *q = mem_alloc(sizeof(*q));

	*q = (struct asked){ .topic = mem_strdup(topic),
		.scope = mem_printf("%s:%" PRId32, topic, partition),
		.partition = partition,
		.offset = offset,
		.group = mem_strdup(group ? group : came_from(v)) };
	ask_group(v->ui, q);
}
