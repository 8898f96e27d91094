/* SPDX-License-Identifier: BSD-2-Clause */
/* Groups: the list and the descriptions. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sample/store.h"
#include "sample/store_parts.h"

struct store_group *store_group(const struct store *st, const char *id)
{
	struct name *n = names_find(&st->names, id);

	return n ? n->group : NULL;
}

void store_mark_demanded(struct store *st, const struct demand *d)
{
	for (size_t i = 0; i < st->group_count; i++)
		st->groups[i]->demanded = false;
	for (size_t i = 0; i < d->group_count; i++) {
		struct store_group *g = store_group(st, d->groups[i]);

		if (g)
			g->demanded = true;
	}
}

/* A consumer group in a state that librdkafka cannot name is assigning or reconciling. */
static bool is_rebalance(const struct store_group *g, enum group_state state)
{
	return state == GROUP_PREPARING_REBALANCE || state == GROUP_COMPLETING_REBALANCE ||
		(state == GROUP_STATE_UNKNOWN && g->shown.type == GROUP_TYPE_CONSUMER);
}

/* A rebalance is counted when a sample meets it; the members that come out of it are not counted again. */
static void set_state(struct store_group *g, enum group_state state)
{
	if (is_rebalance(g, state) && !g->rebalancing) {
		if (g->seen)
			g->shown.rebalances++;
		g->rebalancing = true;
	}
	g->shown.state = state;
	g->seen = true;
}

static struct store_group *add_group(struct store *st, const char *id)
{
	struct store_group *g = mem_alloc(sizeof(*g));

	g->shown.id = names_get(&st->names, id);
	name_of(g->shown.id)->group = g;
	g->shown.coordinator = -1;
	g->shown.member_count = -1;
	g->lag = OFFSET_UNKNOWN;
	history_init(&g->shown.lag_history);
	history_init(&g->shown.out_history);
	st->groups = mem_grow(st->groups, &st->group_cap, st->group_count + 1, sizeof(struct store_group *));
	st->groups[st->group_count++] = g;
	return g;
}

static int compare_groups(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return strcmp((*ga)->shown.id, (*gb)->shown.id);
}

/* Returns whether the group is new; a new one is appended, so the array must be sorted afterwards. */
static bool group_listed(struct store *st, const struct told_listing *told, int64_t now_ms)
{
	struct store_group *g = store_group(st, told->group);
	bool added = !g;

	if (added)
		g = add_group(st, told->group);
	g->present = true;
	g->missed_ms = 0;
	g->shown.is_simple = told->is_simple;
	g->shown.type = told->type;
	set_state(g, told->state);
	stamp_ok(&g->shown.list_origin, now_ms);
	return added;
}

void store_group_list(struct store *st, const struct told_group_list *list, int64_t now_ms)
{
	bool added = false;

	for (size_t i = 0; i < st->group_count; i++)
		st->groups[i]->present = false;
	for (size_t i = 0; i < list->count; i++) {
		if (group_listed(st, &list->groups[i], now_ms))
			added = true;
	}
	stamp_ok(&st->group_list, now_ms);
	if (list->fault.code)
		stamp_fail(st, &st->group_list, now_ms, &list->fault);
	for (size_t i = 0; i < st->group_count; i++) {
		struct store_group *g = st->groups[i];

		if (g->present || !list->fault.code)
			continue;
		g->present = true;
		stamp_fail(st, &g->shown.list_origin, now_ms, &list->fault);
	}
	if (added)
		qsort(st->groups, st->group_count, sizeof(struct store_group *), compare_groups);
}

static int compare_assigned(const void *a, const void *b)
{
	const struct topic_partition *aa = a, *ab = b;
	int order = aa->topic == ab->topic ? 0 : strcmp(aa->topic, ab->topic);

	return order ? order : (aa->partition > ab->partition) - (aa->partition < ab->partition);
}

static int compare_members(const void *a, const void *b)
{
	const struct member *ma = a, *mb = b;

	return ma->id == mb->id ? 0 : strcmp(ma->id, mb->id);
}

/* Its assignment is written to `assigned`, which has room for it. */
static struct member read_member(struct store *st, const struct told_member *told, struct topic_partition *assigned)
{
	struct names *n = &st->names;
	const char *instance = told->instance_id && *told->instance_id ? told->instance_id : NULL;
	/* Kafka writes an address as Java does: "/127.0.0.1". */
	const char *host = told->host && *told->host == '/' ? told->host + 1 : told->host;

	for (int32_t i = 0; i < told->assignment_count; i++)
		assigned[i] = (struct topic_partition){ names_get(n, told->assignment[i].topic),
			told->assignment[i].partition };
	qsort(assigned, (size_t)told->assignment_count, sizeof(*assigned), compare_assigned);
	return (struct member){ .id = names_get(n, told->id),
		.client_id = names_get(n, told->client_id),
		.instance_id = names_get(n, instance),
		.host = names_get(n, host),
		.assignment = assigned,
		.assignment_count = told->assignment_count };
}

static bool same_members(const struct member *a, int32_t a_count, const struct member *b, int32_t b_count)
{
	if (a_count != b_count)
		return false;
	for (int32_t i = 0; i < a_count; i++) {
		if (a[i].id != b[i].id || a[i].assignment_count != b[i].assignment_count)
			return false;
		for (int32_t j = 0; j < a[i].assignment_count; j++) {
			if (compare_assigned(&a[i].assignment[j], &b[i].assignment[j]) != 0)
				return false;
		}
	}
	return true;
}

/* Replaces the members of the group by those that were told; there may be none. */
static void replace_members(struct store *st, struct store_group *g, const struct told_description *told)
{
	size_t count = (size_t)told->member_count, assigned_count = 0, at = 0;
	struct member *members = mem_alloc(count * sizeof(*members));
	struct topic_partition *assigned;
	bool changed;

	for (size_t i = 0; i < count; i++)
		assigned_count += (size_t)told->members[i].assignment_count;
	assigned = mem_alloc(assigned_count * sizeof(*assigned));
	for (size_t i = 0; i < count; i++) {
		members[i] = read_member(st, &told->members[i], assigned + at);
		at += (size_t)told->members[i].assignment_count;
	}
	qsort(members, count, sizeof(*members), compare_members);
	changed = g->shown.member_count >= 0 &&
		!same_members(g->members, g->shown.member_count, members, told->member_count);
	if (changed && !g->rebalancing)
		g->shown.rebalances++;
	if (!is_rebalance(g, g->shown.state))
		g->rebalancing = false;
	free(g->members);
	free(g->assigned);
	g->members = members;
	g->assigned = assigned;
	g->assigned_count = assigned_count;
	g->shown.member_count = told->member_count;
}

static void drop_group(struct store *st, struct store_group *g)
{
	size_t at = 0;

	while (st->groups[at] != g)
		at++;
	memmove(&st->groups[at], &st->groups[at + 1], (st->group_count - at - 1) * sizeof(struct store_group *));
	st->group_count--;
	store_group_drop(g);
}

/* A group that the list left out was asked for: refused, it stays; else it is gone. False when it was dropped. */
static bool missing_described(struct store *st, struct store_group *g, const struct told_description *told,
	int64_t now_ms)
{
	if (!told->fault.code && told->state != GROUP_DEAD)
		return true;
	if (!told->fault.code || told->fault.code == FAULT_GROUP_NOT_FOUND) {
		drop_group(st, g);
		return false;
	}
	stamp_fail(st, &g->shown.list_origin, now_ms, &told->fault);
	if (g->shown.list_origin.denied)
		stamp_fail(st, &g->shown.commit_origin, now_ms, &told->fault);
	return true;
}

void store_group_described(struct store *st, struct store_group *g, const struct told_description *told, int64_t now_ms)
{
	if (!g->present && !missing_described(st, g, told, now_ms))
		return;
	if (told->fault.code) {
		stamp_fail(st, &g->shown.describe_origin, now_ms, &told->fault);
		return;
	}
	g->shown.protocol = names_get(&st->names, told->protocol && *told->protocol ? told->protocol : NULL);
	g->shown.coordinator = told->coordinator;
	set_state(g, told->state);
	replace_members(st, g, told);
	stamp_ok(&g->shown.describe_origin, now_ms);
}
