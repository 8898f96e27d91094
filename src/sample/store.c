/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/store.h"

#include <stdlib.h>
#include <string.h>

#include "sample/store_parts.h"

void store_init(struct store *st)
{
	memset(st, 0, sizeof(*st));
	names_init(&st->names);
	history_init(&st->in_history);
	history_init(&st->out_history);
	history_init(&st->lag_history);
}

static void free_topic(struct store_topic *t)
{
	for (int32_t i = 0; i < t->shown.partition_count; i++)
		free(t->partitions[i].nodes);
	free(t->partitions);
	store_config_clear(&t->config);
	free(t);
}

static void free_group(struct store_group *g)
{
	free(g->members);
	free(g->assigned);
	free(g->commits);
	free(g);
}

void store_release(struct store *st)
{
	for (size_t i = 0; i < st->topic_count; i++)
		free_topic(st->topics[i]);
	for (size_t i = 0; i < st->group_count; i++)
		free_group(st->groups[i]);
	for (size_t i = 0; i < st->broker_count; i++)
		store_config_clear(&st->brokers[i].config);
	store_events_release(st);
	free(st->topics);
	free(st->groups);
	free(st->brokers);
	snapshot_unref(st->last);
	names_release(&st->names);
}

void store_topic_drop(struct store_topic *t)
{
	name_of(t->shown.name)->topic = NULL;
	free_topic(t);
}

void store_group_drop(struct store_group *g)
{
	name_of(g->shown.id)->group = NULL;
	free_group(g);
}

void stamp_ok(struct origin *o, int64_t now_ms)
{
	*o = (struct origin){ .at_ms = now_ms };
}

void stamp_fail(struct store *st, struct origin *o, int64_t now_ms, const struct fault *fault)
{
	o->failed_at_ms = now_ms;
	o->error = names_get(&st->names, fault->text);
	o->denied = fault->denied;
}
