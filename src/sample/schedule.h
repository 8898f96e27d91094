/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decides what is asked when. A round reads the committed offsets of the
 * groups whose turn it is and then, when those are in, the end offsets of every
 * partition: so an end is never older than a commit. Everything else has a
 * period of its own. What is on the screen is asked whenever its period ends;
 * the rest shares a budget of requests per second. A leader that does not answer
 * is asked again when its last question ended, and holds up nobody else.
 * Sampler thread only; never waits.
 */
#ifndef SAMPLE_SCHEDULE_H
#define SAMPLE_SCHEDULE_H

#include "model/demand.h"
#include "sample/flight.h"

enum schedule_phase { SCHEDULE_REST, SCHEDULE_COMMITS, SCHEDULE_ENDS };

struct schedule {
	const struct demand *demand; /* what is wanted now */
	int64_t metadata_asked_ms;
	int64_t metadata_due_ms, groups_due_ms, round_due_ms, cluster_due_ms;
	int64_t starts_due_ms, stable_due_ms, details_due_ms;
	enum schedule_phase phase;
	int64_t phase_ends_ms; /* SCHEDULE_COMMITS: by then the ends are asked all the same */
	uint32_t rounds;       /* ended */
	double tokens;         /* requests that the budget has left */
	int64_t tokens_at_ms;
	bool only_wanted;        /* offsets only of the partitions of groups that were asked */
	uint32_t changes_seen;   /* number of the newest change that was taken in */
	int64_t settle_until_ms; /* brokers may not all know of the newest change till then */
	bool changed;            /* something weir changed is still to be asked for */
	bool opened_ends_due;    /* partitions are wanted between two rounds: their ends follow the open commits */
	int metadata_failures;
	bool worth_showing;           /* a part of the picture was completed since somebody cleared this */
	int64_t renewed_ms, renew_ms; /* when the source began anew; it is left alone at least so long */
};

void schedule_init(struct schedule *s, const struct demand *demand, int64_t now_ms);
/* Takes note of a new demand: asks now for what it lacks. `demand` stays the caller's. */
void schedule_demand(struct schedule *s, struct flight *f, const struct demand *demand, int64_t now_ms);
int32_t schedule_interval_ms(const struct schedule *s);
bool schedule_is_near(const struct schedule *s, int64_t now_ms); /* a round is about to begin */
/*
 * Heeds what was told, gives up what is late, lets the source begin anew where it hangs, and asks what is due. Returns
 * when to come back, should nothing happen before.
 */
int64_t schedule_run(struct schedule *s, struct flight *f, int64_t now_ms);

#endif
