/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/demand.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct demand *demand_new(void)
{
	return mem_alloc(sizeof(struct demand));
}

static void add_name(char ***names, size_t *count, const char *name)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp((*names)[i], name) == 0)
			return;
	*names = mem_realloc(*names, (*count + 1) * sizeof(**names));
	(*names)[(*count)++] = mem_strdup(name);
}

void demand_add_group(struct demand *d, const char *id)
{
	add_name(&d->groups, &d->group_count, id);
}

void demand_add_topic(struct demand *d, const char *name)
{
	add_name(&d->topics, &d->topic_count, name);
}

void demand_add_broker(struct demand *d, int32_t id)
{
	for (size_t i = 0; i < d->broker_count; i++)
		if (d->brokers[i] == id)
			return;
	d->brokers = mem_realloc(d->brokers, (d->broker_count + 1) * sizeof(*d->brokers));
	d->brokers[d->broker_count++] = id;
}

static void free_note(struct change_note *note)
{
	free(note->name);
	free(note->text);
}

void demand_add_change(struct demand *d, const struct change_note *note)
{
	struct change_note copy = *note;

	copy.name = mem_strdup(note->name);
	copy.text = mem_strdup(note->text);
	if (d->change_count == CHANGE_NOTES_KEPT) {
		free_note(&d->changes[0]);
		memmove(d->changes, d->changes + 1, --d->change_count * sizeof(*d->changes));
	}
	d->changes = mem_realloc(d->changes, (d->change_count + 1) * sizeof(*d->changes));
	d->changes[d->change_count++] = copy;
}

/* Notes never change: the newest number tells. */
static uint32_t newest_change(const struct demand *d)
{
	return d->change_count ? d->changes[d->change_count - 1].number : 0;
}

struct demand *demand_dup(const struct demand *d)
{
	struct demand *copy = demand_new();

	*copy = *d;
	copy->groups = copy->topics = NULL;
	copy->brokers = NULL;
	copy->changes = NULL;
	copy->group_count = copy->topic_count = copy->broker_count = copy->change_count = 0;
	for (size_t i = 0; i < d->group_count; i++)
		demand_add_group(copy, d->groups[i]);
	for (size_t i = 0; i < d->topic_count; i++)
		demand_add_topic(copy, d->topics[i]);
	for (size_t i = 0; i < d->broker_count; i++)
		demand_add_broker(copy, d->brokers[i]);
	for (size_t i = 0; i < d->change_count; i++)
		demand_add_change(copy, &d->changes[i]);
	return copy;
}

static bool names_equal(char *const *a, size_t a_count, char *const *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

bool demand_equal(const struct demand *a, const struct demand *b)
{
	return a->mode == b->mode && a->needs == b->needs && a->other_groups == b->other_groups &&
		a->all_partitions == b->all_partitions && a->read_committed == b->read_committed &&
		a->interval_ms == b->interval_ms && a->paused == b->paused && a->refresh == b->refresh &&
		newest_change(a) == newest_change(b) &&
		names_equal(a->groups, a->group_count, b->groups, b->group_count) &&
		names_equal(a->topics, a->topic_count, b->topics, b->topic_count) &&
		a->broker_count == b->broker_count &&
		(a->broker_count == 0 || memcmp(a->brokers, b->brokers, a->broker_count * sizeof(*a->brokers)) == 0);
}

void demand_free(struct demand *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->group_count; i++)
		free(d->groups[i]);
	for (size_t i = 0; i < d->topic_count; i++)
		free(d->topics[i]);
	for (size_t i = 0; i < d->change_count; i++)
		free_note(&d->changes[i]);
	free(d->groups);
	free(d->topics);
	free(d->brokers);
	free(d->changes);
	free(d);
}
