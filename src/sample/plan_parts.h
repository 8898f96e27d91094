/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the plan. What is on the screen is asked whenever its period
 * ends; the rest shares a budget of requests per second, the longest unread first.
 */
#ifndef SAMPLE_PLAN_PARTS_H
#define SAMPLE_PLAN_PARTS_H

#include "sample/plan.h"

enum {
	PLAN_PER_S = 100,            /* requests a second for what nobody looks at */
	PLAN_BURST = 500,            /* and the most that may be saved up */
};

void plan_fill_budget(struct plan *p, int64_t now_ms);
/* plan_groups.c: the commits and descriptions of one round; those of groups just opened. */
void plan_round_groups(struct plan *p, struct flight *f, int64_t now_ms);
void plan_open_groups(struct plan *p, struct flight *f, int64_t now_ms);
/* The commits of groups that weir changed, and then, between the rounds, their ends. */
void plan_changed_groups(struct plan *p, struct flight *f);
/* Asks for groups that the list left out: gone, or refused? */
void plan_missing_groups(struct plan *p, struct flight *f, int64_t now_ms);
/* plan_details.c: topic ids, settings, whole configurations. */
void plan_details(struct plan *p, struct flight *f, int64_t now_ms);
/* plan_changed.c: takes in the demand's changes that are new; true when there were any. */
bool plan_take_changes(struct plan *p, struct store *st, int64_t now_ms);
/* Asks for what they touched, as soon as an older question about it was answered. */
void plan_ask_changed(struct plan *p, struct flight *f, int64_t now_ms);
/* The metadata was read: partitions that a change has made need not wait for the next round. */
void plan_new_partitions(struct plan *p, struct store *st, int64_t now_ms);
/* How long a configuration stays fresh: shorter just after a change. */
int64_t plan_config_period_ms(int64_t changed_ms, int64_t usual_ms, int64_t now_ms);

#endif
