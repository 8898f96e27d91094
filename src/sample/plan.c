/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "sample/ask.h"
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
	UNREACHABLE_MS = 1000,       /* between two looks at the metadata while a broker is away: leaders may move */
	LOST_MS = 100,               /* from a connection that ended to a look at the metadata */
	BACKOFF_MS = 250,
	BACKOFF_MOST_MS = 4000,
	HANGS_MS = 20 * 1000,        /* a question that has been open so long will not end by itself */
	RENEW_MS = 30 * 1000,
	RENEW_MOST_MS = 300 * 1000,
};

void plan_init(struct plan *p, const struct demand *demand, int64_t now_ms)
{
	*p = (struct plan){ .demand = demand, .tokens = PLAN_BURST, .tokens_at_ms = now_ms,
		.renewed_ms = now_ms, .renew_ms = RENEW_MS };
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
static int64_t plan_next_ms(int64_t due_ms, int64_t period_ms, int64_t now_ms)
{
	if (due_ms == 0 || now_ms - due_ms > period_ms)
		return now_ms + period_ms;
	return due_ms + period_ms;
}

static void metadata_failed(struct plan *p, int64_t now_ms)
{
	/* The first failure may be one stopped broker's: so another one is asked without a pause. */
	p->metadata_failures++;
	p->metadata_due_ms = now_ms + (p->metadata_failures == 1 ? 0 : backoff_ms(p->metadata_failures));
}

static void plan_earlier(int64_t *when_ms, int64_t due_ms)
{
	if (due_ms < *when_ms)
		*when_ms = due_ms;
}

/* What was told since the last time, as far as it changes what is asked when. */
static void heed_news(struct plan *p, struct flight *f, int64_t now_ms)
{
	if (f->metadata_failed)
		metadata_failed(p, now_ms);
	if (f->metadata_read) {
		plan_new_partitions(p, f->store, now_ms);
		p->metadata_failures = 0;
		p->worth_showing = true;
	}
	/* A lost connection may mean a lost broker: what the rest of the cluster knows of it is asked soon. */
	if (f->connection_lost)
		plan_earlier(&p->metadata_due_ms, now_ms + LOST_MS);
	if (f->other_cluster)
		p->cluster_due_ms = now_ms;
	f->metadata_failed = f->metadata_read = f->connection_lost = f->other_cluster = false;
}

/*
 * A question that stays open for long was lost inside the source, or a group's
 * coordinator hangs: new connections ask anew either way.
 */
static void renew_source(struct plan *p, struct flight *f, int64_t now_ms)
{
	if (now_ms - p->renewed_ms < p->renew_ms || flight_hangs_ms(f, now_ms * 1000) < HANGS_MS)
		return;
	log_write(LOG_WARN, "sampler", "a group coordinator has not answered for %d s: connecting anew", HANGS_MS / 1000);
	p->renewed_ms = now_ms;
	if (!f->source.ops->renew(f->source.ctx))
		return;
	p->renew_ms = p->renew_ms * 2 < RENEW_MOST_MS ? p->renew_ms * 2 : RENEW_MOST_MS;
	flight_forget(f);
	p->phase = PLAN_REST;
	p->opened_ends_due = false;
	p->metadata_due_ms = p->groups_due_ms = p->round_due_ms = now_ms;
}

static void plan_all_now(struct plan *p, struct flight *f, int64_t now_ms)
{
	p->metadata_due_ms = p->groups_due_ms = p->cluster_due_ms = now_ms;
	p->starts_due_ms = p->stable_due_ms = now_ms;
	p->round_due_ms = now_ms + (p->rounds ? ROUND_LAG_MS : 0);
	for (size_t i = 0; i < f->store->topic_count; i++) {
		f->store->topics[i]->settings_asked_ms = 0;
		f->store->topics[i]->config.asked_ms = 0;
	}
	for (size_t i = 0; i < f->store->broker_count; i++)
		f->store->brokers[i].config.asked_ms = 0;
	for (size_t i = 0; i < f->store->group_count; i++) {
		f->store->groups[i]->description_asked_ms = 0;
		f->store->groups[i]->commits_asked_ms = 0;
	}
}

void plan_demand(struct plan *p, struct flight *f, const struct demand *demand, int64_t now_ms)
{
	const struct demand *before = p->demand;
	unsigned added = demand->needs & ~before->needs;

	p->demand = demand;
	plan_take_changes(p, f->store, now_ms);
	if (demand->paused)
		return;
	if (before->paused || demand->refresh != before->refresh) {
		plan_all_now(p, f, now_ms);
		return;
	}
	if (demand->interval_ms != before->interval_ms && p->round_due_ms > now_ms + plan_interval_ms(p))
		p->round_due_ms = now_ms + plan_interval_ms(p);
	p->details_due_ms = now_ms;
	if (added & NEED_STARTS)
		p->starts_due_ms = now_ms;
	if ((added & NEED_STABLE) || demand->read_committed != before->read_committed)
		p->stable_due_ms = now_ms;
	plan_open_groups(p, f, now_ms);
}

static bool lists_groups(const struct plan *p)
{
	return p->demand->mode == DEMAND_WATCH || (p->demand->needs & (NEED_GROUPS | NEED_COMMITTED | NEED_MEMBERS));
}

static bool plan_needs(const struct plan *p, unsigned need)
{
	return (p->demand->needs & need) != 0;
}

static unsigned wanted_flag(const struct plan *p)
{
	return p->only_wanted ? OFFSETS_WANTED : 0;
}

/* Starts and stable ends have no order to keep, but for a command they wait for the partitions to be known. */
static void ask_starts(struct plan *p, struct flight *f, int64_t now_ms)
{
	bool wanted = plan_needs(p, NEED_STARTS);

	if ((wanted || p->demand->mode == DEMAND_WATCH) && now_ms >= p->starts_due_ms) {
		ask_offsets(f, OFFSET_START, wanted_flag(p));
		p->starts_due_ms = plan_next_ms(p->starts_due_ms, wanted ? plan_interval_ms(p) : SLOW_STARTS_MS, now_ms);
	}
	wanted = plan_needs(p, NEED_STABLE) || p->demand->read_committed;
	if (wanted && now_ms >= p->stable_due_ms) {
		ask_offsets(f, OFFSET_STABLE, wanted_flag(p));
		p->stable_due_ms = plan_next_ms(p->stable_due_ms, plan_interval_ms(p), now_ms);
	}
}

static void begin_ends(struct plan *p, struct flight *f, int64_t now_ms)
{
	if (p->demand->mode == DEMAND_WATCH || plan_needs(p, NEED_ENDS))
		ask_offsets(f, OFFSET_END, wanted_flag(p));
	if (p->only_wanted || p->rounds == 0)
		ask_starts(p, f, now_ms);
	p->phase = PLAN_ENDS;
	/* A leader that is late is no reason to let the others wait. */
	p->phase_ends_ms = p->round_due_ms > now_ms ? p->round_due_ms : now_ms;
	p->worth_showing = true;
}

static void end_round(struct plan *p, struct flight *f, int64_t now_ms)
{
	struct store *st = f->store;
	static const struct fault late = { .code = FAULT_LOCAL, .text = "a partition leader does not answer" };

	if (flight_offsets_open(f, OFFSET_END) == 0)
		stamp_ok(&st->offsets, now_ms);
	else
		stamp_fail(st, &st->offsets, now_ms, &late);
	p->phase = PLAN_REST;
	if (p->rounds++ == 0 && p->demand->mode == DEMAND_WATCH)
		p->round_due_ms = now_ms + SECOND_ROUND_MS;
	p->worth_showing = true;
}

/* The first round waits for the list of groups; a screen does so for a moment only. */
static bool may_begin(const struct plan *p, const struct store *st, int64_t now_ms)
{
	if (!st->metadata.at_ms)
		return false;
	if (!lists_groups(p) || st->group_list.at_ms || st->group_list.failed_at_ms)
		return true;
	return p->demand->mode == DEMAND_WATCH && now_ms - st->metadata.at_ms >= GROUP_LIST_MS;
}

static void run_round(struct plan *p, struct flight *f, int64_t now_ms)
{
	if (p->phase == PLAN_ENDS && (flight_offsets_open(f, OFFSET_END) == 0 || now_ms >= p->phase_ends_ms))
		end_round(p, f, now_ms);
	if (p->phase == PLAN_REST && now_ms >= p->round_due_ms && may_begin(p, f->store, now_ms)) {
		p->round_due_ms = p->rounds == 1 ? p->metadata_due_ms + ROUND_LAG_MS :
			plan_next_ms(p->round_due_ms, plan_interval_ms(p), now_ms);
		p->only_wanted = p->demand->mode == DEMAND_COMMAND && plan_needs(p, NEED_COMMITTED);
		plan_round_groups(p, f, now_ms);
		p->phase = PLAN_COMMITS;
		p->phase_ends_ms = now_ms + (p->rounds == 0 ? FIRST_COMMITS_MS : COMMITS_MS);
	}
	if (p->phase == PLAN_COMMITS && (f->waited[ROUND_WAITS] == 0 || now_ms >= p->phase_ends_ms)) {
		if (!f->waited[ROUND_WAITS] && lists_groups(p))
			stamp_ok(&f->store->commits, now_ms);
		begin_ends(p, f, now_ms);
	}
	if (p->opened_ends_due && f->waited[OPENED_ENDS_WAIT] == 0) {
		p->opened_ends_due = false;
		ask_offsets(f, OFFSET_END, OFFSETS_WANTED | OFFSETS_NOW);
		ask_offsets(f, OFFSET_START, OFFSETS_WANTED | OFFSETS_NOW);
		if (p->demand->read_committed)
			ask_offsets(f, OFFSET_STABLE, OFFSETS_WANTED | OFFSETS_NOW);
	}
	if (p->rounds > 0 && !p->only_wanted)
		ask_starts(p, f, now_ms);
}

bool plan_is_near(const struct plan *p, int64_t now_ms)
{
	return p->phase == PLAN_REST && p->rounds > 0 && p->round_due_ms - now_ms <= 2 * ROUND_LAG_MS;
}

static int64_t next_due(const struct plan *p, const struct flight *f, int64_t now_ms)
{
	int64_t when_ms = now_ms + 1000;

	if (!f->metadata)
		plan_earlier(&when_ms, p->metadata_due_ms);
	if (!f->open[ASK_GROUP_LIST] && lists_groups(p))
		plan_earlier(&when_ms, p->groups_due_ms);
	if (p->phase == PLAN_REST && may_begin(p, f->store, now_ms))
		plan_earlier(&when_ms, p->round_due_ms);
	else if (p->phase == PLAN_REST && f->store->metadata.at_ms)
		plan_earlier(&when_ms, now_ms + GROUP_LIST_MS / 5);
	else if (p->phase != PLAN_REST)
		plan_earlier(&when_ms, p->phase_ends_ms);
	if (p->details_due_ms > now_ms)
		plan_earlier(&when_ms, p->details_due_ms);
	return when_ms;
}

int64_t plan_run(struct plan *p, struct flight *f, int64_t now_ms)
{
	flight_give_up_late(f, now_ms * 1000);
	heed_news(p, f, now_ms);
	renew_source(p, f, now_ms);
	if (p->demand->paused)
		return now_ms + 1000;
	plan_fill_budget(p, now_ms);
	if (!f->metadata && now_ms >= p->metadata_due_ms) {
		p->metadata_due_ms = plan_next_ms(p->metadata_due_ms, plan_interval_ms(p), now_ms);
		p->metadata_asked_ms = now_ms;
		ask_metadata(f);
	}
	if (f->unreachable)
		plan_earlier(&p->metadata_due_ms, p->metadata_asked_ms + UNREACHABLE_MS);
	if (lists_groups(p) && !f->open[ASK_GROUP_LIST] && now_ms >= p->groups_due_ms) {
		p->groups_due_ms = plan_next_ms(p->groups_due_ms, plan_interval_ms(p), now_ms);
		ask_group_list(f);
	}
	if (!f->open[ASK_CLUSTER] && f->store->metadata.at_ms && now_ms >= p->cluster_due_ms) {
		p->cluster_due_ms = plan_next_ms(p->cluster_due_ms, CLUSTER_MS, now_ms);
		ask_cluster(f);
	}
	plan_ask_changed(p, f, now_ms);
	run_round(p, f, now_ms);
	plan_details(p, f, now_ms);
	return next_due(p, f, now_ms);
}
