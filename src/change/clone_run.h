/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A clone from looking at both topics to the count at its end: opened, planned,
 * and then executed or not. A target that is there is gone on with when this clone
 * made it; any other is refused. The journal has a line before the first record
 * is sent and its result. One thread at a time, and admin handles of its own.
 */
#ifndef CHANGE_CLONE_RUN_H
#define CHANGE_CLONE_RUN_H

#include "change/clone_copy.h"
#include "model/topic_apply.h"

struct clone_run {
	/* set before clone_run_open(), borrowed: all of it but the state; source and target are topics and clusters */
	struct clone_job job;
	bool data;                           /* with the records */
	/* the rest is its own */
	struct admin *source_admin, *target_admin;   /* one and the same within a cluster */
	char *source_id, *target_id;         /* of the clusters; NULL: it tells none */
	bool elsewhere;                      /* the target is on another cluster than the source */
	bool exists;                         /* the target is there: this goes on with it */
	struct topic_apply plan;             /* the creation of the target; empty when it is there */
	struct clone_state state;
	int64_t *ends;                       /* of the target, by partition */
	int64_t *starts, *stops;             /* of the source; stops are last stable offsets */
};

/* Release it in any case. */
bool clone_run_open(struct clone_run *c, struct error *err);
/*
 * Looks at both topics, holds the state, plans what is missing and has the broker look at it. What a person should
 * know is told as notes. False: it cannot be done, and why.
 */
bool clone_run_plan(struct clone_run *c, struct error *err);
/* Makes the target and copies, as planned. job.now and the state's parts tell how far it came, also after false. */
bool clone_run_execute(struct clone_run *c, struct error *err);
void clone_run_release(struct clone_run *c);

/* What partition `i` of the target will hold when all is copied: no more than so many. */
int64_t clone_run_expected(const struct clone_run *c, size_t i);
/* "12,000 records, 2 MB copied in 3s, 4,000/s". */
void clone_run_describe(struct str *out, const struct clone_progress *p);

/* For the clone_*.c alone. */
void clone_run_say(const struct clone_run *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Until the target's leaders answer and its ends stand still. False: interrupted, or it is not the same topic. */
bool clone_run_wait(struct clone_run *c, struct error *err);
bool clone_run_look(struct clone_run *c, struct error *err);     /* fills ends, starts and stops */
bool clone_run_ends(struct clone_run *c, int64_t *out, struct error *err);   /* of the target, now */

#endif
