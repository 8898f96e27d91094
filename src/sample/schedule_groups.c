/* SPDX-License-Identifier: BSD-2-Clause */
/* Which groups' committed offsets and descriptions are read in this round. */
#include <stdlib.h>

#include "base/mem.h"
#include "sample/ask.h"
#include "sample/schedule_parts.h"

enum {
	WORST = 20,                   /* groups with the most lag, read in every round */
	SLOW_DESCRIBE_MS = 30 * 1000, /* descriptions that nobody looks at */
	MISSING_MS = 2000,            /* between two questions whether a group is gone */
	SLACK_MS = 200,               /* a round may come a little early */
};

void schedule_fill_budget(struct schedule *s, int64_t now_ms)
{
	s->tokens += (double)(now_ms - s->tokens_at_ms) * SCHEDULE_PER_S / 1000;
	if (s->tokens > SCHEDULE_BURST)
		s->tokens = SCHEDULE_BURST;
	s->tokens_at_ms = now_ms;
}

static int compare_lag(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->lag < (*gb)->lag) - ((*ga)->lag > (*gb)->lag);
}

static int compare_commit_age(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->commits_asked.at_ms > (*gb)->commits_asked.at_ms) -
		((*ga)->commits_asked.at_ms < (*gb)->commits_asked.at_ms);
}

static int compare_describe_age(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->description_asked.at_ms > (*gb)->description_asked.at_ms) -
		((*ga)->description_asked.at_ms < (*gb)->description_asked.at_ms);
}

static bool is_due(int64_t asked_ms, int64_t period_ms, int64_t now_ms)
{
	return asked_ms == 0 || now_ms - asked_ms >= period_ms - SLACK_MS;
}

static void add_commits(struct schedule *s, struct flight *f, struct question *q, struct store_group *g)
{
	s->tokens -= f->source.ops->commits_cost;
	ask_add_commits(q, g);
}

static void add_description(struct schedule *s, struct flight *f, struct question *q, struct store_group *g)
{
	s->tokens -= f->source.ops->description_cost;
	ask_add_description(q, g);
}

static bool may_ask_commits(const struct store_group *g)
{
	return g->present && !g->commits_asked.open;
}

static bool may_describe(const struct store_group *g)
{
	return g->present && !g->description_asked.open;
}

/* Whether groups that the demand does not name are asked about as their turn comes. */
static bool others_have_turns(const struct demand *d)
{
	return d->mode == DEMAND_WATCH && d->other_groups != DEMAND_OTHERS_NEVER;
}

/* Those with the most lag, then the others, the longest unread first. Sorts `groups`. */
static void other_commits(struct schedule *s, struct flight *f, struct question *q, struct store_group **groups,
	int64_t now_ms)
{
	size_t count = f->store->group_count;

	if (count > WORST) {
		qsort(groups, count, sizeof(struct store_group *), compare_lag);
		for (size_t i = 0; i < WORST; i++) {
			if (may_ask_commits(groups[i]) && groups[i]->lag > 0)
				add_commits(s, f, q, groups[i]);
		}
		qsort(groups, count, sizeof(struct store_group *), compare_commit_age);
	}
	for (size_t i = 0; i < count && s->tokens >= f->source.ops->commits_cost; i++) {
		if (may_ask_commits(groups[i]) &&
			is_due(groups[i]->commits_asked.at_ms, schedule_interval_ms(s), now_ms))
			add_commits(s, f, q, groups[i]);
	}
}

static void round_commits(struct schedule *s, struct flight *f, struct store_group **groups, int64_t now_ms)
{
	const struct demand *d = s->demand;
	struct question *q = flight_question(ASK_COMMITS, ROUND_WAITS);
	bool all = d->mode == DEMAND_COMMAND && d->other_groups != DEMAND_OTHERS_NEVER;

	for (size_t i = 0; i < f->store->group_count; i++) {
		if (may_ask_commits(groups[i]) && (groups[i]->demanded || all))
			add_commits(s, f, q, groups[i]);
	}
	if (others_have_turns(d))
		other_commits(s, f, q, groups, now_ms);
	flight_send(f, q);
}

/* The others, the longest undescribed first. Sorts `groups`. */
static void other_descriptions(struct schedule *s, struct flight *f, struct question *q, struct store_group **groups,
	int64_t now_ms)
{
	const struct demand *d = s->demand;
	bool often = (d->needs & NEED_MEMBERS) && d->other_groups == DEMAND_OTHERS_DESCRIBED;
	int64_t period_ms = often ? schedule_interval_ms(s) : SLOW_DESCRIBE_MS;
	size_t count = f->store->group_count;

	qsort(groups, count, sizeof(struct store_group *), compare_describe_age);
	for (size_t i = 0; i < count && s->tokens >= f->source.ops->description_cost; i++) {
		if (may_describe(groups[i]) && is_due(groups[i]->description_asked.at_ms, period_ms, now_ms))
			add_description(s, f, q, groups[i]);
	}
}

static void round_descriptions(struct schedule *s, struct flight *f, struct store_group **groups, int64_t now_ms)
{
	const struct demand *d = s->demand;
	/* A command has one round, so that has to know what members hold without a commit. */
	struct question *q = flight_question(ASK_DESCRIPTIONS, d->mode == DEMAND_COMMAND ? ROUND_WAITS : NOBODY_WAITS);
	bool all = d->mode == DEMAND_COMMAND && d->other_groups == DEMAND_OTHERS_DESCRIBED;

	for (size_t i = 0; (d->needs & NEED_MEMBERS) && i < f->store->group_count; i++) {
		if (may_describe(groups[i]) && (groups[i]->demanded || all))
			add_description(s, f, q, groups[i]);
	}
	if (others_have_turns(d))
		other_descriptions(s, f, q, groups, now_ms);
	flight_send(f, q);
}

void schedule_round_groups(struct schedule *s, struct flight *f, int64_t now_ms)
{
	struct store *st = f->store;
	struct store_group **groups;

	for (size_t i = 0; i < st->topic_count; i++) {
		for (int32_t j = 0; j < st->topics[i]->shown.partition_count; j++)
			st->topics[i]->partitions[j].wanted = false;
	}
	if (st->group_count == 0)
		return;
	store_mark_demanded(st, s->demand);
	groups = mem_alloc(st->group_count * sizeof(*groups));
	for (size_t i = 0; i < st->group_count; i++)
		groups[i] = st->groups[i];
	if (s->demand->mode == DEMAND_WATCH || (s->demand->needs & NEED_COMMITTED))
		round_commits(s, f, groups, now_ms);
	if (s->demand->mode == DEMAND_WATCH || (s->demand->needs & NEED_MEMBERS))
		round_descriptions(s, f, groups, now_ms);
	free(groups);
}

void schedule_missing_groups(struct schedule *s, struct flight *f, int64_t now_ms)
{
	struct question *q = flight_question(ASK_DESCRIPTIONS, NOBODY_WAITS);
	struct store *st = f->store;

	for (size_t i = 0; i < st->group_count; i++) {
		struct store_group *g = st->groups[i];
		int64_t period_ms = g->shown.list_origin.denied ? SLOW_DESCRIBE_MS : MISSING_MS;

		if (g->present || g->description_asked.open || !is_due(g->missed_ms, period_ms, now_ms))
			continue;
		g->missed_ms = now_ms;
		add_description(s, f, q, g);
	}
	flight_send(f, q);
}

void schedule_changed_groups(struct schedule *s, struct flight *f)
{
	struct question *q = flight_question(ASK_COMMITS, OPENED_ENDS_WAIT);
	struct store *st = f->store;

	for (size_t i = 0; i < st->group_count; i++) {
		struct store_group *g = st->groups[i];

		if (!g->changed)
			continue;
		if (g->commits_asked.open) {
			s->changed = true; /* its answer will be too old: asked again after it */
			continue;
		}
		g->changed = false;
		add_commits(s, f, q, g);
		s->opened_ends_due = true;
	}
	flight_send(f, q);
}

void schedule_open_groups(struct schedule *s, struct flight *f, int64_t now_ms)
{
	const struct demand *d = s->demand;
	struct question *commits = flight_question(ASK_COMMITS, OPENED_ENDS_WAIT);
	struct question *descriptions = flight_question(ASK_DESCRIPTIONS, NOBODY_WAITS);

	for (size_t i = 0; i < d->group_count; i++) {
		struct store_group *g = store_group(f->store, d->groups[i]);

		if (g && may_ask_commits(g) && is_due(g->commits_asked.at_ms, schedule_interval_ms(s), now_ms)) {
			add_commits(s, f, commits, g);
			s->opened_ends_due = true;
		}
		if (g && (d->needs & NEED_MEMBERS) && may_describe(g) &&
			is_due(g->description_asked.at_ms, schedule_interval_ms(s), now_ms))
			add_description(s, f, descriptions, g);
	}
	flight_send(f, commits);
	flight_send(f, descriptions);
}
