/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every field of the store that holds a name, in one place: a name that is not
 * kept here is freed by the next sweep. Whoever adds such a field to store.h
 * adds it here too; tests/unit/test_store.c walks a store that changes all the
 * time with a sweep after each step.
 */
#include "sample/store_parts.h"

static void keep_origin(const struct names *n, const struct origin *o)
{
	name_keep(n, o->error);
}

static void keep_config(const struct names *n, const struct store_config *c)
{
	for (size_t i = 0; i < c->count; i++) {
		name_keep(n, c->entries[i].name);
		name_keep(n, c->entries[i].value);
		name_keep(n, c->entries[i].source);
	}
	keep_origin(n, &c->origin);
}

static void keep_broker(const struct names *n, const struct store_broker *b)
{
	name_keep(n, b->shown.host);
	name_keep(n, b->shown.rack);
	keep_config(n, &b->config);
}

static void keep_topic(const struct names *n, const struct store_topic *t)
{
	name_keep(n, t->shown.name);
	name_keep(n, t->shown.settings.cleanup_policy);
	keep_origin(n, &t->shown.origin);
	keep_origin(n, &t->shown.settings.origin);
	keep_config(n, &t->config);
	for (int32_t i = 0; i < t->shown.partition_count; i++) {
		const struct store_partition *p = &t->partitions[i];

		name_keep(n, p->shown.error);
		for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
			keep_origin(n, &p->offsets[kind].origin);
	}
}

static void keep_group(const struct names *n, const struct store_group *g)
{
	name_keep(n, g->shown.id);
	name_keep(n, g->shown.protocol);
	keep_origin(n, &g->shown.list_origin);
	keep_origin(n, &g->shown.describe_origin);
	keep_origin(n, &g->shown.commit_origin);
	for (int32_t i = 0; i < g->shown.member_count; i++) {
		name_keep(n, g->members[i].id);
		name_keep(n, g->members[i].client_id);
		name_keep(n, g->members[i].instance_id);
		name_keep(n, g->members[i].host);
	}
	for (size_t i = 0; i < g->assigned_count; i++)
		name_keep(n, g->assigned[i].topic);
	/* All of them, also those that no snapshot shows: the next answer is compared with them. */
	for (int32_t i = 0; i < g->commit_count; i++) {
		name_keep(n, g->commits[i].shown.topic);
		name_keep(n, g->commits[i].shown.metadata);
		name_keep(n, g->commits[i].shown.error);
	}
}

void store_names_sweep(struct store *st)
{
	const struct names *n = &st->names;

	name_keep(n, st->cluster_id);
	keep_origin(n, &st->metadata);
	keep_origin(n, &st->group_list);
	keep_origin(n, &st->offsets);
	keep_origin(n, &st->commits);
	for (size_t i = 0; i < st->broker_count; i++)
		keep_broker(n, &st->brokers[i]);
	for (size_t i = 0; i < st->topic_count; i++)
		keep_topic(n, st->topics[i]);
	for (size_t i = 0; i < st->group_count; i++)
		keep_group(n, st->groups[i]);
	names_sweep(&st->names);
}
