/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "sample/plan_parts.h"

enum {
	INTERVAL_MS = 5000,
	SECOND_ROUND_MS = 1000,      /* soon after the first, so that there are rates */
	ROUND_LAG_MS = 50,           /* rounds follow metadata and group list, so that all is shown together */
	FIRST_COMMITS_MS = 1500,     /* ends wait for commits so long, in the first round */
	COMMITS_MS = 400,            /* and in the others */
	CLUSTER_MS = 30 * 1000,
	SLOW_STARTS_MS = 30 * 1000,  /* log starts that nobody looks at */
	GROUP_LIST_MS = 500,
	TROUBLE_MS = 1000,           /* between two looks at the metadata while a broker is away */
	BACKOFF_MS = 250,
	BACKOFF_MOST_MS = 4000,
};

void plan_init(struct plan *p, const struct demand *demand, int64_t now_ms)
{
	*p = (struct plan){ .demand = demand, .tokens = PLAN_BURST, .tokens_at_ms = now_ms };
}

int32_t plan_interval_ms(const struct plan *p)
{
	return p->demand->interval_ms > 0 ? p->demand->interval_ms : INTERVAL_MS;
}

/* Full jitter around a doubling pause, so that many clients do not come back together. */
static int64_t backoff_ms(int failures)
{
	int64_t most = BACKOFF_MS;

	for (int i = 1; i < failures && most < BACKOFF_MOST_MS; i++)
		most *= 2;
	return most / 2 + random() % (most / 2 + 1);
}

/* The next multiple of the period after `from`: rounds keep their pace however long they take. */
static int64_t next_ms(int64_t due_ms, int64_t period_ms, int64_t now_ms)
{
	if (due_ms == 0 || now_ms - due_ms > period_ms)
		return now_ms + period_ms;
	return due_ms + period_ms;
}

void plan_metadata_answered(struct plan *p, struct store *st, bool ok, int64_t now_ms)
{
	if (ok) {
		plan_new_partitions(p, st, now_ms);
		p->metadata_failures = 0;
		p->milestone = true;
		return;
	}
	/* The first failure may be one stopped broker's: another one is asked at once. */
	p->metadata_failures++;
	p->metadata_due_ms = now_ms + (p->metadata_failures == 1 ? 0 : backoff_ms(p->metadata_failures));
}

/* A lost connection may mean a lost broker: what the rest of the cluster knows of it is asked at once. */
void plan_connection_lost(struct plan *p, int64_t now_ms)
{
	int64_t soon = now_ms + 100;

	if (p->metadata_due_ms > soon)
		p->metadata_due_ms = soon;
}

/* A broker told of another cluster: which one this is, is asked at once. */
void plan_cluster_changed(struct plan *p, int64_t now_ms)
{
	p->cluster_due_ms = now_ms;
}

void plan_renew(struct plan *p, int64_t now_ms)
{
	p->phase = PLAN_REST;
	p->opened = false;
	p->metadata_due_ms = p->groups_due_ms = p->round_due_ms = now_ms;
}

static void all_now(struct plan *p, struct ask *a, int64_t now_ms)
{
	p->metadata_due_ms = p->groups_due_ms = p->cluster_due_ms = now_ms;
	p->starts_due_ms = p->stable_due_ms = now_ms;
	p->round_due_ms = now_ms + (p->rounds ? ROUND_LAG_MS : 0);
	for (size_t i = 0; i < a->store->topic_count; i++) {
		a->store->topics[i]->settings_asked_ms = 0;
		a->store->topics[i]->config.asked_ms = 0;
	}
	for (size_t i = 0; i < a->store->broker_count; i++)
		a->store->brokers[i].config.asked_ms = 0;
	for (size_t i = 0; i < a->store->group_count; i++) {
		a->store->groups[i]->describe_asked_ms = 0;
		a->store->groups[i]->commit_asked_ms = 0;
	}
}

void plan_demand(struct plan *p, struct ask *a, const struct demand *demand, int64_t now_ms)
{
	const struct demand *before = p->demand;
	unsigned added = demand->needs & ~before->needs;

	p->demand = demand;
	plan_take_changes(p, a->store, now_ms);
	if (demand->paused)
		return;
	if (before->paused || demand->refresh != before->refresh) {
		all_now(p, a, now_ms);
		return;
	}
	if (demand->interval_ms != before->interval_ms && p->round_due_ms > now_ms + plan_interval_ms(p))
		p->round_due_ms = now_ms + plan_interval_ms(p);
	p->details_due_ms = now_ms;
	if (added & NEED_STARTS)
		p->starts_due_ms = now_ms;
	if ((added & NEED_STABLE) || demand->read_committed != before->read_committed)
		p->stable_due_ms = now_ms;
	plan_open_groups(p, a, now_ms);
}

static bool lists_groups(const struct plan *p)
{
	return !p->demand->at_once || (p->demand->needs & (NEED_GROUPS | NEED_COMMITTED | NEED_MEMBERS));
}

static bool needs(const struct plan *p, unsigned need)
{
	return (p->demand->needs & need) != 0;
}

/* Starts and stable ends have no order to keep, but for a command they wait for the partitions to be known. */
static void ask_starts(struct plan *p, struct ask *a, int64_t now_ms)
{
	bool wanted = needs(p, NEED_STARTS);

	if ((wanted || !p->demand->at_once) && now_ms >= p->starts_due_ms) {
		ask_offsets(a, OFFSET_START, p->narrow, false);
		p->starts_due_ms = next_ms(p->starts_due_ms, wanted ? plan_interval_ms(p) : SLOW_STARTS_MS, now_ms);
	}
	wanted = needs(p, NEED_STABLE) || p->demand->read_committed;
	if (wanted && now_ms >= p->stable_due_ms) {
		ask_offsets(a, OFFSET_STABLE, p->narrow, false);
		p->stable_due_ms = next_ms(p->stable_due_ms, plan_interval_ms(p), now_ms);
	}
}

static void begin_ends(struct plan *p, struct ask *a, int64_t now_ms)
{
	if (!p->demand->at_once || needs(p, NEED_ENDS))
		ask_offsets(a, OFFSET_END, p->narrow, false);
	if (p->narrow || p->rounds == 0)
		ask_starts(p, a, now_ms);
	p->phase = PLAN_ENDS;
	/* A leader that is late is no reason to let the others wait. */
	p->phase_ends_ms = p->round_due_ms > now_ms ? p->round_due_ms : now_ms;
	p->milestone = true;
}

static void end_round(struct plan *p, struct ask *a, int64_t now_ms)
{
	struct store *st = a->store;
	int open = ask_offsets_open(a, OFFSET_END);

	if (open == 0)
		stamp_ok(&st->offsets, now_ms);
	else
		stamp_fail(st, &st->offsets, now_ms, RD_KAFKA_RESP_ERR__TIMED_OUT, "a partition leader does not answer");
	p->phase = PLAN_REST;
	if (p->rounds++ == 0 && !p->demand->at_once)
		p->round_due_ms = now_ms + SECOND_ROUND_MS;
	p->milestone = true;
}

/* The first round waits for the list of groups; a screen does so for a moment only. */
static bool may_begin(const struct plan *p, const struct store *st, int64_t now_ms)
{
	if (!st->metadata.at_ms)
		return false;
	if (!lists_groups(p) || st->group_list.at_ms || st->group_list.failed_at_ms)
		return true;
	return !p->demand->at_once && now_ms - st->metadata.at_ms >= GROUP_LIST_MS;
}

static void run_round(struct plan *p, struct ask *a, int64_t now_ms)
{
	if (p->phase == PLAN_ENDS && (ask_offsets_open(a, OFFSET_END) == 0 || now_ms >= p->phase_ends_ms))
		end_round(p, a, now_ms);
	if (p->phase == PLAN_REST && now_ms >= p->round_due_ms && may_begin(p, a->store, now_ms)) {
		p->round_due_ms = p->rounds == 1 ? p->metadata_due_ms + ROUND_LAG_MS :
			next_ms(p->round_due_ms, plan_interval_ms(p), now_ms);
		p->narrow = p->demand->at_once && needs(p, NEED_COMMITTED);
		plan_round_groups(p, a, now_ms);
		p->phase = PLAN_COMMITS;
		p->phase_ends_ms = now_ms + (p->rounds == 0 ? FIRST_COMMITS_MS : COMMITS_MS);
	}
	if (p->phase == PLAN_COMMITS && (a->round_commits == 0 || now_ms >= p->phase_ends_ms)) {
		if (!a->round_commits && lists_groups(p))
			stamp_ok(&a->store->commits, now_ms);
		begin_ends(p, a, now_ms);
	}
	if (p->opened && a->extra_commits == 0) {
		p->opened = false;
		ask_offsets(a, OFFSET_END, true, true);
		ask_offsets(a, OFFSET_START, true, true);
		if (p->demand->read_committed)
			ask_offsets(a, OFFSET_STABLE, true, true);
	}
	if (p->rounds > 0 && !p->narrow)
		ask_starts(p, a, now_ms);
}

bool plan_is_near(const struct plan *p, int64_t now_ms)
{
	return p->phase == PLAN_REST && p->rounds > 0 && p->round_due_ms - now_ms <= 2 * ROUND_LAG_MS;
}

static void earlier(int64_t *when_ms, int64_t due_ms)
{
	if (due_ms < *when_ms)
		*when_ms = due_ms;
}

static int64_t next_due(const struct plan *p, const struct ask *a, const struct metadata *m, int64_t now_ms)
{
	int64_t when_ms = now_ms + 1000;

	if (!m->open)
		earlier(&when_ms, p->metadata_due_ms);
	if (!a->open[CALL_GROUPS] && lists_groups(p))
		earlier(&when_ms, p->groups_due_ms);
	if (p->phase == PLAN_REST && may_begin(p, a->store, now_ms))
		earlier(&when_ms, p->round_due_ms);
	else if (p->phase == PLAN_REST && a->store->metadata.at_ms)
		earlier(&when_ms, now_ms + GROUP_LIST_MS / 5);
	else if (p->phase != PLAN_REST)
		earlier(&when_ms, p->phase_ends_ms);
	if (p->details_due_ms > now_ms)
		earlier(&when_ms, p->details_due_ms);
	return when_ms;
}

int64_t plan_run(struct plan *p, struct ask *a, struct metadata *m, int64_t now_ms)
{
	if (p->demand->paused)
		return now_ms + 1000;
	plan_fill_budget(p, now_ms);
	if (!m->open && now_ms >= p->metadata_due_ms) {
		p->metadata_due_ms = next_ms(p->metadata_due_ms, plan_interval_ms(p), now_ms);
		p->metadata_asked_ms = now_ms;
		metadata_ask(m);
	}
	if (p->trouble && p->metadata_due_ms > p->metadata_asked_ms + TROUBLE_MS)
		p->metadata_due_ms = p->metadata_asked_ms + TROUBLE_MS;
	if (lists_groups(p) && !a->open[CALL_GROUPS] && now_ms >= p->groups_due_ms) {
		p->groups_due_ms = next_ms(p->groups_due_ms, plan_interval_ms(p), now_ms);
		ask_groups(a);
	}
	if (!a->open[CALL_CLUSTER] && a->store->metadata.at_ms && now_ms >= p->cluster_due_ms) {
		p->cluster_due_ms = next_ms(p->cluster_due_ms, CLUSTER_MS, now_ms);
		ask_cluster(a);
	}
	plan_ask_changed(p, a, now_ms);
	run_round(p, a, now_ms);
	plan_details(p, a, now_ms);
	return next_due(p, a, m, now_ms);
}
