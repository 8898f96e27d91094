/* SPDX-License-Identifier: BSD-2-Clause */
/* Which groups' committed offsets and descriptions are read in this round. */
#include <stdlib.h>

#include "base/mem.h"
#include "sample/plan_parts.h"

enum {
	WORST = 20,                    /* groups with the most lag, read in every round */
	SLOW_DESCRIBE_MS = 30 * 1000,  /* descriptions that nobody looks at */
	MISSING_MS = 2000,             /* between two questions whether a group is gone */
	SLACK_MS = 200,                /* a round may come a little early */
};

void plan_fill_budget(struct plan *p, int64_t now_ms)
{
	p->tokens += (double)(now_ms - p->tokens_at_ms) * PLAN_PER_S / 1000;
	if (p->tokens > PLAN_BURST)
		p->tokens = PLAN_BURST;
	p->tokens_at_ms = now_ms;
}

static int compare_lag(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->lag < (*gb)->lag) - ((*ga)->lag > (*gb)->lag);
}

static int compare_commit_age(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->commit_asked_ms > (*gb)->commit_asked_ms) - ((*ga)->commit_asked_ms < (*gb)->commit_asked_ms);
}

static int compare_describe_age(const void *a, const void *b)
{
	const struct store_group *const *ga = a, *const *gb = b;

	return ((*ga)->describe_asked_ms > (*gb)->describe_asked_ms) -
		((*ga)->describe_asked_ms < (*gb)->describe_asked_ms);
}

static bool is_due(int64_t asked_ms, int64_t period_ms, int64_t now_ms)
{
	return asked_ms == 0 || now_ms - asked_ms >= period_ms - SLACK_MS;
}

static void commit(struct plan *p, struct ask *a, struct store_group *g, bool extra)
{
	p->tokens -= COMMIT_REQUESTS;
	ask_commits(a, g, extra);
}

static void round_commits(struct plan *p, struct ask *a, struct store_group **groups, int64_t now_ms)
{
	const struct demand *d = p->demand;
	size_t count = a->store->group_count;
	int32_t interval_ms = plan_interval_ms(p);

	for (size_t i = 0; i < count; i++) {
		struct store_group *g = groups[i];

		if (!g->present)
			continue;
		if (!g->committing && (g->demanded || (d->at_once && !d->only_groups)))
			commit(p, a, g, false);
	}
	if (d->at_once || d->only_groups)
		return;
	if (count > WORST) {
		qsort(groups, count, sizeof(struct store_group *), compare_lag);
		for (size_t i = 0; i < WORST; i++) {
			if (groups[i]->present && !groups[i]->committing && groups[i]->lag > 0)
				commit(p, a, groups[i], false);
		}
		qsort(groups, count, sizeof(struct store_group *), compare_commit_age);
	}
	for (size_t i = 0; i < count && p->tokens >= COMMIT_REQUESTS; i++) {
		if (groups[i]->present && !groups[i]->committing &&
		    is_due(groups[i]->commit_asked_ms, interval_ms, now_ms))
			commit(p, a, groups[i], false);
	}
}

static void round_describes(struct plan *p, struct ask *a, struct store_group **groups, int64_t now_ms)
{
	const struct demand *d = p->demand;
	size_t count = a->store->group_count;
	bool members = (d->needs & NEED_MEMBERS) != 0;
	int64_t period_ms = members && d->all_groups ? plan_interval_ms(p) : SLOW_DESCRIBE_MS;

	for (size_t i = 0; i < count; i++) {
		struct store_group *g = groups[i];

		if (g->present && !g->describing && members && (g->demanded || (d->at_once && d->all_groups))) {
			p->tokens -= DESCRIBE_REQUESTS;
			/* A command has one round, so that has to know what members hold without a commit. */
			ask_describe(a, g, !d->at_once);
		}
	}
	if (d->at_once || d->only_groups)
		return;
	qsort(groups, count, sizeof(struct store_group *), compare_describe_age);
	for (size_t i = 0; i < count && p->tokens >= DESCRIBE_REQUESTS; i++) {
		if (!groups[i]->present || groups[i]->describing || !is_due(groups[i]->describe_asked_ms, period_ms, now_ms))
			continue;
		p->tokens -= DESCRIBE_REQUESTS;
		ask_describe(a, groups[i], true);
	}
}

void plan_round_groups(struct plan *p, struct ask *a, int64_t now_ms)
{
	struct store *st = a->store;
	struct store_group **groups;

	for (size_t i = 0; i < st->topic_count; i++) {
		for (int32_t j = 0; j < st->topics[i]->partition_count; j++)
			st->topics[i]->partitions[j].wanted = false;
	}
	if (st->group_count == 0)
		return;
	store_mark_demanded(st, p->demand);
	groups = mem_alloc(st->group_count * sizeof(*groups));
	for (size_t i = 0; i < st->group_count; i++)
		groups[i] = st->groups[i];
	if (!p->demand->at_once || (p->demand->needs & NEED_COMMITTED))
		round_commits(p, a, groups, now_ms);
	if (!p->demand->at_once || (p->demand->needs & NEED_MEMBERS))
		round_describes(p, a, groups, now_ms);
	free(groups);
}

void plan_missing_groups(struct plan *p, struct ask *a, int64_t now_ms)
{
	struct store *st = a->store;

	for (size_t i = 0; i < st->group_count; i++) {
		struct store_group *g = st->groups[i];
		int64_t period_ms = g->list_stamp.denied ? SLOW_DESCRIBE_MS : MISSING_MS;

		if (g->present || g->describing || !is_due(g->missed_ms, period_ms, now_ms))
			continue;
		g->missed_ms = now_ms;
		p->tokens -= DESCRIBE_REQUESTS;
		ask_describe(a, g, true);
	}
}

void plan_ask_commits(struct plan *p, struct ask *a, struct store_group *g)
{
	commit(p, a, g, true);
	p->opened = true;
}

void plan_open_groups(struct plan *p, struct ask *a, int64_t now_ms)
{
	const struct demand *d = p->demand;

	for (size_t i = 0; i < d->group_count; i++) {
		struct store_group *g = store_group(a->store, d->groups[i]);

		if (!g || !g->present)
			continue;
		if (!g->committing && is_due(g->commit_asked_ms, plan_interval_ms(p), now_ms)) {
			plan_ask_commits(p, a, g);
		}
		if ((d->needs & NEED_MEMBERS) && !g->describing &&
		    is_due(g->describe_asked_ms, plan_interval_ms(p), now_ms)) {
			p->tokens -= DESCRIBE_REQUESTS;
			ask_describe(a, g, true);
		}
	}
}
