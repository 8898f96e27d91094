/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every field of the store that holds a name, in one place: a name that is not
 * kept here is freed by the next sweep. Whoever adds such a field to store.h
 * adds it here too; tests/unit/test_store.c walks a store that changes all the
 * time with a sweep after each step.
 */
#include "sample/store_parts.h"

static void keep_stamp(const struct names *n, const struct stamp *s)
{
	name_keep(n, s->error);
}

static void keep_config(const struct names *n, const struct store_config *c)
{
	for (size_t i = 0; i < c->count; i++) {
		name_keep(n, c->entries[i].name);
		name_keep(n, c->entries[i].value);
		name_keep(n, c->entries[i].source);
	}
	keep_stamp(n, &c->stamp);
}

static void keep_broker(const struct names *n, const struct store_broker *b)
{
	name_keep(n, b->host);
	name_keep(n, b->rack);
	keep_config(n, &b->config);
}

static void keep_topic(const struct names *n, const struct store_topic *t)
{
	name_keep(n, t->name);
	name_keep(n, t->cleanup_policy);
	keep_stamp(n, &t->stamp);
	keep_stamp(n, &t->settings_stamp);
	keep_config(n, &t->config);
	for (int32_t i = 0; i < t->partition_count; i++) {
		const struct store_partition *p = &t->partitions[i];

		name_keep(n, p->error);
		for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
			keep_stamp(n, &p->offsets[kind].stamp);
	}
}

static void keep_member(const struct names *n, const struct store_member *m)
{
	name_keep(n, m->id);
	name_keep(n, m->client_id);
	name_keep(n, m->instance_id);
	name_keep(n, m->host);
	for (int32_t i = 0; i < m->assignment_count; i++)
		name_keep(n, m->assignment[i].topic);
}

static void keep_group(const struct names *n, const struct store_group *g)
{
	name_keep(n, g->id);
	name_keep(n, g->protocol);
	keep_stamp(n, &g->list_stamp);
	keep_stamp(n, &g->describe_stamp);
	keep_stamp(n, &g->commit_stamp);
	for (int32_t i = 0; i < g->member_count; i++)
		keep_member(n, &g->members[i]);
	/* All of them, also those that no snapshot shows: the next answer is compared with them. */
	for (int32_t i = 0; i < g->commit_count; i++) {
		name_keep(n, g->commits[i].topic);
		name_keep(n, g->commits[i].metadata);
		name_keep(n, g->commits[i].error);
	}
}

void store_names_sweep(struct store *st)
{
	const struct names *n = &st->names;

	name_keep(n, st->cluster_id);
	keep_stamp(n, &st->metadata);
	keep_stamp(n, &st->group_list);
	keep_stamp(n, &st->offsets);
	keep_stamp(n, &st->commits);
	for (size_t i = 0; i < st->broker_count; i++)
		keep_broker(n, &st->brokers[i]);
	for (size_t i = 0; i < st->topic_count; i++)
		keep_topic(n, st->topics[i]);
	for (size_t i = 0; i < st->group_count; i++)
		keep_group(n, st->groups[i]);
	names_sweep(&st->names);
}
