/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the schedule. What is on the screen is asked whenever its period
 * ends; the rest shares a budget of requests per second, the longest unread first.
 */
#ifndef SAMPLE_SCHEDULE_PARTS_H
#define SAMPLE_SCHEDULE_PARTS_H

#include "sample/schedule.h"

enum {
	SCHEDULE_PER_S = 100, /* requests a second for what nobody looks at */
	SCHEDULE_BURST = 500, /* and the most that may be saved up */
};

void schedule_fill_budget(struct schedule *s, int64_t now_ms);
/* schedule_groups.c: the commits and descriptions of one round; those of groups just opened. */
void schedule_round_groups(struct schedule *s, struct flight *f, int64_t now_ms);
void schedule_open_groups(struct schedule *s, struct flight *f, int64_t now_ms);
/* The commits of groups that weir changed, and then, between the rounds, their ends. */
void schedule_changed_groups(struct schedule *s, struct flight *f);
/* Asks for groups that the list left out: gone, or refused? */
void schedule_missing_groups(struct schedule *s, struct flight *f, int64_t now_ms);
/* schedule_details.c: topic ids, settings, whole configurations. */
void schedule_details(struct schedule *s, struct flight *f, int64_t now_ms);
/* schedule_changed.c: takes in the demand's changes that are new; true when there were any. */
bool schedule_take_changes(struct schedule *s, struct store *st, int64_t now_ms);
/* Asks for what they touched, as soon as an older question about it was answered. */
void schedule_ask_changed(struct schedule *s, struct flight *f, int64_t now_ms);
/* The metadata was read: partitions that a change has made need not wait for the next round. */
void schedule_new_partitions(struct schedule *s, struct store *st, int64_t now_ms);
/* How long a configuration stays fresh: shorter just after a change. */
int64_t schedule_config_period_ms(int64_t changed_ms, int64_t usual_ms, int64_t now_ms);

#endif
