/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/schedule.h"

#include <stdlib.h>

#include "base/log.h"
#include "sample/ask.h"
#include "sample/schedule_parts.h"

enum {
	INTERVAL_MS = 5000,
	SECOND_ROUND_MS = 1000,  /* soon after the first, so that there are rates */
	ROUND_LAG_MS = 50,       /* rounds follow metadata and group list, so that all is shown together */
	FIRST_COMMITS_MS = 1500, /* ends wait for commits so long, in the first round */
	COMMITS_MS = 400,        /* and in the others */
	CLUSTER_MS = 30 * 1000,
	SLOW_STARTS_MS = 30 * 1000, /* log starts that nobody looks at */
	GROUP_LIST_MS = 500,
	UNREACHABLE_MS = 1000, /* between two looks at the metadata while a broker is away: leaders may move */
	LOST_MS = 100,         /* from a connection that ended to a look at the metadata */
	BACKOFF_MS = 250,
	BACKOFF_MOST_MS = 4000,
	HANGS_MS = 20 * 1000, /* a question that has been open so long will not end by itself */
	RENEW_MS = 30 * 1000,
	RENEW_MOST_MS = 300 * 1000,
};

void schedule_init(struct schedule *s, const struct demand *demand, int64_t now_ms)
{
	*s = (struct schedule){ .demand = demand,
		.tokens = SCHEDULE_BURST,
		.tokens_at_ms = now_ms,
		.renewed_ms = now_ms,
		.renew_ms = RENEW_MS };
}

int32_t schedule_interval_ms(const struct schedule *s)
{
	return s->demand->interval_ms > 0 ? s->demand->interval_ms : INTERVAL_MS;
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
static int64_t schedule_next_ms(int64_t due_ms, int64_t period_ms, int64_t now_ms)
{
	if (due_ms == 0 || now_ms - due_ms > period_ms)
		return now_ms + period_ms;
	return due_ms + period_ms;
}

static void metadata_failed(struct schedule *s, int64_t now_ms)
{
	/* The first failure may be one stopped broker's: so another one is asked without a pause. */
	s->metadata_failures++;
	s->metadata_due_ms = now_ms + (s->metadata_failures == 1 ? 0 : backoff_ms(s->metadata_failures));
}

static void schedule_earlier(int64_t *when_ms, int64_t due_ms)
{
	if (due_ms < *when_ms)
		*when_ms = due_ms;
}

/* What was told since the last time, as far as it changes what is asked when. */
static void heed_news(struct schedule *s, struct flight *f, int64_t now_ms)
{
	if (f->metadata_failed)
		metadata_failed(s, now_ms);
	if (f->metadata_read) {
		schedule_new_partitions(s, f->store, now_ms);
		s->metadata_failures = 0;
		s->worth_showing = true;
	}
	/* A lost connection may mean a lost broker: what the rest of the cluster knows of it is asked soon. */
	if (f->connection_lost)
		schedule_earlier(&s->metadata_due_ms, now_ms + LOST_MS);
	if (f->other_cluster)
		s->cluster_due_ms = now_ms;
	f->metadata_failed = f->metadata_read = f->connection_lost = f->other_cluster = false;
}

/*
 * A question that stays open for long was lost inside the source, or a group's
 * coordinator hangs: new connections ask anew either way.
 */
static void renew_source(struct schedule *s, struct flight *f, int64_t now_ms)
{
	if (now_ms - s->renewed_ms < s->renew_ms || flight_hangs_ms(f, now_ms * 1000) < HANGS_MS)
		return;
	log_write(LOG_WARN, "sampler", "a group coordinator has not answered for %d s: connecting anew",
		HANGS_MS / 1000);
	s->renewed_ms = now_ms;
	if (!f->source.ops->renew(f->source.ctx))
		return;
	s->renew_ms = s->renew_ms * 2 < RENEW_MOST_MS ? s->renew_ms * 2 : RENEW_MOST_MS;
	flight_forget(f);
	s->phase = SCHEDULE_REST;
	s->opened_ends_due = false;
	s->metadata_due_ms = s->groups_due_ms = s->round_due_ms = now_ms;
}

static void schedule_all_now(struct schedule *s, struct flight *f, int64_t now_ms)
{
	s->metadata_due_ms = s->groups_due_ms = s->cluster_due_ms = now_ms;
	s->starts_due_ms = s->stable_due_ms = now_ms;
	s->round_due_ms = now_ms + (s->rounds ? ROUND_LAG_MS : 0);
	for (size_t i = 0; i < f->store->topic_count; i++) {
		f->store->topics[i]->settings_asked.at_ms = 0;
		f->store->topics[i]->config.asked.at_ms = 0;
	}
	for (size_t i = 0; i < f->store->broker_count; i++)
		f->store->brokers[i].config.asked.at_ms = 0;
	for (size_t i = 0; i < f->store->group_count; i++) {
		f->store->groups[i]->description_asked.at_ms = 0;
		f->store->groups[i]->commits_asked.at_ms = 0;
	}
}

void schedule_demand(struct schedule *s, struct flight *f, const struct demand *demand, int64_t now_ms)
{
	const struct demand *before = s->demand;
	unsigned added = demand->needs & ~before->needs;

	s->demand = demand;
	schedule_take_changes(s, f->store, now_ms);
	if (demand->paused)
		return;
	if (before->paused || demand->refresh != before->refresh) {
		schedule_all_now(s, f, now_ms);
		return;
	}
	if (demand->interval_ms != before->interval_ms && s->round_due_ms > now_ms + schedule_interval_ms(s))
		s->round_due_ms = now_ms + schedule_interval_ms(s);
	s->details_due_ms = now_ms;
	if (added & NEED_STARTS)
		s->starts_due_ms = now_ms;
	if ((added & NEED_STABLE) || demand->read_committed != before->read_committed)
		s->stable_due_ms = now_ms;
	schedule_open_groups(s, f, now_ms);
}

static bool lists_groups(const struct schedule *s)
{
	return s->demand->mode == DEMAND_WATCH || (s->demand->needs & (NEED_GROUPS | NEED_COMMITTED | NEED_MEMBERS));
}

static bool schedule_needs(const struct schedule *s, unsigned need)
{
	return (s->demand->needs & need) != 0;
}

static unsigned wanted_flag(const struct schedule *s)
{
	return s->only_wanted ? OFFSETS_WANTED : 0;
}

/* Starts and stable ends have no order to keep, but for a command they wait for the partitions to be known. */
static void ask_starts(struct schedule *s, struct flight *f, int64_t now_ms)
{
	bool wanted = schedule_needs(s, NEED_STARTS);

	if ((wanted || s->demand->mode == DEMAND_WATCH) && now_ms >= s->starts_due_ms) {
		ask_offsets(f, OFFSET_START, wanted_flag(s));
		s->starts_due_ms =
			schedule_next_ms(s->starts_due_ms, wanted ? schedule_interval_ms(s) : SLOW_STARTS_MS, now_ms);
	}
	wanted = schedule_needs(s, NEED_STABLE) || s->demand->read_committed;
	if (wanted && now_ms >= s->stable_due_ms) {
		ask_offsets(f, OFFSET_STABLE, wanted_flag(s));
		s->stable_due_ms = schedule_next_ms(s->stable_due_ms, schedule_interval_ms(s), now_ms);
	}
}

static void begin_ends(struct schedule *s, struct flight *f, int64_t now_ms)
{
	if (s->demand->mode == DEMAND_WATCH || schedule_needs(s, NEED_ENDS))
		ask_offsets(f, OFFSET_END, wanted_flag(s));
	if (s->only_wanted || s->rounds == 0)
		ask_starts(s, f, now_ms);
	s->phase = SCHEDULE_ENDS;
	/* A leader that is late is no reason to let the others wait. */
	s->phase_ends_ms = s->round_due_ms > now_ms ? s->round_due_ms : now_ms;
	s->worth_showing = true;
}

static void end_round(struct schedule *s, struct flight *f, int64_t now_ms)
{
	struct store *st = f->store;
	static const struct fault late = { .code = FAULT_LOCAL, .text = "a partition leader does not answer" };

	if (flight_offsets_open(f, OFFSET_END) == 0)
		stamp_ok(&st->offsets, now_ms);
	else
		stamp_fail(st, &st->offsets, now_ms, &late);
	s->phase = SCHEDULE_REST;
	if (s->rounds++ == 0 && s->demand->mode == DEMAND_WATCH)
		s->round_due_ms = now_ms + SECOND_ROUND_MS;
	s->worth_showing = true;
}

/* The first round waits for the list of groups; a screen does so for a moment only. */
static bool may_begin(const struct schedule *s, const struct store *st, int64_t now_ms)
{
	if (!st->metadata.at_ms)
		return false;
	if (!lists_groups(s) || st->group_list.at_ms || st->group_list.failed_at_ms)
		return true;
	return s->demand->mode == DEMAND_WATCH && now_ms - st->metadata.at_ms >= GROUP_LIST_MS;
}

static void begin_round(struct schedule *s, struct flight *f, int64_t now_ms)
{
	s->round_due_ms = s->rounds == 1 ? s->metadata_due_ms + ROUND_LAG_MS :
					   schedule_next_ms(s->round_due_ms, schedule_interval_ms(s), now_ms);
	/* A command that is about groups has no use for the offsets of partitions that no group reads. */
	s->only_wanted =
		s->demand->mode == DEMAND_COMMAND && schedule_needs(s, NEED_COMMITTED) && !s->demand->all_partitions;
	schedule_round_groups(s, f, now_ms);
	s->phase = SCHEDULE_COMMITS;
	s->phase_ends_ms = now_ms + (s->rounds == 0 ? FIRST_COMMITS_MS : COMMITS_MS);
}

/* Between two rounds: the end offsets of groups that were opened, as soon as their commits are in. */
static void ask_opened_ends(struct schedule *s, struct flight *f)
{
	if (!s->opened_ends_due || f->waited[OPENED_ENDS_WAIT] > 0)
		return;
	s->opened_ends_due = false;
	ask_offsets(f, OFFSET_END, OFFSETS_WANTED | OFFSETS_NOW);
	ask_offsets(f, OFFSET_START, OFFSETS_WANTED | OFFSETS_NOW);
	if (s->demand->read_committed)
		ask_offsets(f, OFFSET_STABLE, OFFSETS_WANTED | OFFSETS_NOW);
}

/* A phase may be over as soon as it has begun, so each is looked at once, in the order that they have. */
static void run_round(struct schedule *s, struct flight *f, int64_t now_ms)
{
	if (s->phase == SCHEDULE_ENDS && (flight_offsets_open(f, OFFSET_END) == 0 || now_ms >= s->phase_ends_ms))
		end_round(s, f, now_ms);
	if (s->phase == SCHEDULE_REST && now_ms >= s->round_due_ms && may_begin(s, f->store, now_ms))
		begin_round(s, f, now_ms);
	if (s->phase == SCHEDULE_COMMITS && (f->waited[ROUND_WAITS] == 0 || now_ms >= s->phase_ends_ms)) {
		if (!f->waited[ROUND_WAITS] && lists_groups(s))
			stamp_ok(&f->store->commits, now_ms);
		begin_ends(s, f, now_ms);
	}
	ask_opened_ends(s, f);
	if (s->rounds > 0 && !s->only_wanted)
		ask_starts(s, f, now_ms);
}

bool schedule_is_near(const struct schedule *s, int64_t now_ms)
{
	return s->phase == SCHEDULE_REST && s->rounds > 0 && s->round_due_ms - now_ms <= 2 * ROUND_LAG_MS;
}

static int64_t next_due(const struct schedule *s, const struct flight *f, int64_t now_ms)
{
	int64_t when_ms = now_ms + 1000;

	if (!f->metadata)
		schedule_earlier(&when_ms, s->metadata_due_ms);
	if (!f->open[ASK_GROUP_LIST] && lists_groups(s))
		schedule_earlier(&when_ms, s->groups_due_ms);
	if (s->phase == SCHEDULE_REST && may_begin(s, f->store, now_ms))
		schedule_earlier(&when_ms, s->round_due_ms);
	else if (s->phase == SCHEDULE_REST && f->store->metadata.at_ms)
		schedule_earlier(&when_ms, now_ms + GROUP_LIST_MS / 5);
	else if (s->phase != SCHEDULE_REST)
		schedule_earlier(&when_ms, s->phase_ends_ms);
	if (s->details_due_ms > now_ms)
		schedule_earlier(&when_ms, s->details_due_ms);
	return when_ms;
}

int64_t schedule_run(struct schedule *s, struct flight *f, int64_t now_ms)
{
	flight_give_up_late(f, now_ms * 1000);
	heed_news(s, f, now_ms);
	renew_source(s, f, now_ms);
	if (s->demand->paused)
		return now_ms + 1000;
	schedule_fill_budget(s, now_ms);
	if (!f->metadata && now_ms >= s->metadata_due_ms) {
		s->metadata_due_ms = schedule_next_ms(s->metadata_due_ms, schedule_interval_ms(s), now_ms);
		s->metadata_asked_ms = now_ms;
		ask_metadata(f);
	}
	if (f->unreachable)
		schedule_earlier(&s->metadata_due_ms, s->metadata_asked_ms + UNREACHABLE_MS);
	if (lists_groups(s) && !f->open[ASK_GROUP_LIST] && now_ms >= s->groups_due_ms) {
		s->groups_due_ms = schedule_next_ms(s->groups_due_ms, schedule_interval_ms(s), now_ms);
		ask_group_list(f);
	}
	if (!f->open[ASK_CLUSTER] && f->store->metadata.at_ms && now_ms >= s->cluster_due_ms) {
		s->cluster_due_ms = schedule_next_ms(s->cluster_due_ms, CLUSTER_MS, now_ms);
		ask_cluster(f);
	}
	schedule_ask_changed(s, f, now_ms);
	run_round(s, f, now_ms);
	schedule_details(s, f, now_ms);
	return next_due(s, f, now_ms);
}
