/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decides what is asked when. A round reads the committed offsets of the
 * groups whose turn it is and then, when those are in, the end offsets of every
 * partition: so an end is never older than a commit. Everything else has a
 * period of its own. Sampler thread only; never waits.
 */
#ifndef KAFKA_PLAN_H
#define KAFKA_PLAN_H

#include "kafka/ask.h"
#include "kafka/metadata.h"
#include "model/demand.h"

enum plan_phase { PLAN_REST, PLAN_COMMITS, PLAN_ENDS };

struct plan {
	const struct demand *demand;       /* what is wanted now */
	int64_t metadata_asked_ms;
	int64_t metadata_due_ms, groups_due_ms, round_due_ms, cluster_due_ms;
	int64_t starts_due_ms, stable_due_ms, details_due_ms;
	enum plan_phase phase;
	int64_t phase_ends_ms;             /* PLAN_COMMITS: by then the ends are asked all the same */
	uint32_t rounds;                   /* ended */
	double tokens;                     /* requests that the budget has left */
	int64_t tokens_at_ms;
	bool narrow;                       /* only the partitions of groups that were asked */
	uint32_t changes_seen;             /* number of the newest change that was taken in */
	int64_t settle_until_ms;           /* brokers may not all know of the newest change till then */
	bool changed;                      /* something weir changed is still to be asked for */
	bool opened;                       /* groups were just opened: their ends follow their commits */
	int metadata_failures;
	bool trouble;                      /* a broker cannot be reached: leaders may move any moment */
	bool milestone;                    /* something to show at once happened since plan_run() began */
};

void plan_init(struct plan *p, const struct demand *demand, int64_t now_ms);
/* Takes note of a new demand: asks at once for what it lacks. `demand` stays the caller's. */
void plan_demand(struct plan *p, struct ask *a, const struct demand *demand, int64_t now_ms);
void plan_metadata_answered(struct plan *p, struct store *st, bool ok, int64_t now_ms);
void plan_connection_lost(struct plan *p, int64_t now_ms);
void plan_cluster_changed(struct plan *p, int64_t now_ms);
void plan_renew(struct plan *p, int64_t now_ms);   /* all calls were lost: asks again */
int32_t plan_interval_ms(const struct plan *p);
bool plan_is_near(const struct plan *p, int64_t now_ms);   /* a round is about to begin */
/* Asks what is due; returns when to come back, should nothing happen before. */
int64_t plan_run(struct plan *p, struct ask *a, struct metadata *m, int64_t now_ms);

#endif
