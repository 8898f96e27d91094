/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a trend is drawn of. A figure enters when a snapshot has it, and again
 * while the slot of a long period lasts, but only as long as it is one of now:
 * what could not be read anew is a gap, not a line that goes on.
 */
#include <math.h>

#include "sample/store_parts.h"

enum { RATE_PERIODS = 3 };

int64_t store_rate_age_ms(int32_t interval_ms)
{
	return (int64_t)RATE_PERIODS * interval_ms;
}

static double if_fresh(double value, int64_t at_ms, int64_t now_ms, int64_t age_ms)
{
	return now_ms - at_ms <= age_ms ? value : NAN;
}

static void add_group_figures(struct store_group *g, const struct group *now, int64_t at_ms, int64_t now_ms,
	int64_t age_ms)
{
	double lag = now->lag != OFFSET_UNKNOWN ? (double)now->lag : NAN;

	g->lag = now->lag;
	history_add(&g->shown.lag_history, now_ms, if_fresh(lag, now->commit_origin.at_ms, now_ms, age_ms));
	history_add(&g->shown.out_history, now_ms, if_fresh(now->out_now_per_s, at_ms, now_ms, age_ms));
}

/* A sum is of now as long as one of its parts is. */
static bool any_lag_is_fresh(const struct snapshot *s, int64_t now_ms, int64_t age_ms)
{
	for (size_t i = 0; i < s->group_count; i++)
		if (s->groups[i].lag != OFFSET_UNKNOWN && now_ms - s->groups[i].commit_origin.at_ms <= age_ms)
			return true;
	return s->group_count == 0;
}

static void add_total_figures(struct store *st, const struct snapshot *s, int64_t now_ms, int64_t age_ms)
{
	bool known = s->totals.lag != OFFSET_UNKNOWN && any_lag_is_fresh(s, now_ms, age_ms);

	history_add(&st->in_history, now_ms, if_fresh(s->totals.in_now_per_s, s->mono_ms, now_ms, age_ms));
	history_add(&st->out_history, now_ms, if_fresh(s->totals.out_now_per_s, s->mono_ms, now_ms, age_ms));
	history_add(&st->lag_history, now_ms, known ? (double)s->totals.lag : NAN);
}

/* The figures of the snapshot, as far as they are of now. What has gone since it was made is passed over. */
static void add_figures(struct store *st, const struct snapshot *s, int64_t now_ms)
{
	int64_t age_ms = store_rate_age_ms(s->interval_ms);

	for (size_t i = 0; i < s->topic_count; i++) {
		struct store_topic *t = store_topic(st, s->topics[i].name);

		if (t)
			history_add(&t->shown.in_history, now_ms,
				if_fresh(s->topics[i].in_now_per_s, s->mono_ms, now_ms, age_ms));
	}
	for (size_t i = 0; i < s->group_count; i++) {
		struct store_group *g = store_group(st, s->groups[i].id);

		if (g)
			add_group_figures(g, &s->groups[i], s->mono_ms, now_ms, age_ms);
	}
	add_total_figures(st, s, now_ms, age_ms);
}

void store_history_add(struct store *st, struct snapshot *s, struct topic *topics, struct group *groups)
{
	add_figures(st, s, s->mono_ms);
	for (size_t i = 0; i < s->topic_count; i++)
		topics[i].in_history = st->topics[i]->shown.in_history;
	for (size_t i = 0; i < s->group_count; i++) {
		groups[i].lag_history = st->groups[i]->shown.lag_history;
		groups[i].out_history = st->groups[i]->shown.out_history;
	}
	s->in_history = st->in_history;
	s->out_history = st->out_history;
	s->lag_history = st->lag_history;
}

void store_tick(struct store *st, int64_t now_ms)
{
	if (st->last)
		add_figures(st, st->last, now_ms);
}
