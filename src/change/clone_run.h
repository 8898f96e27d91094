/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A clone, from describing both topics to counting at the end: opened, planned,
 * and then executed or not. A target that exists is continued if this clone
 * created it; any other is refused. The journal gets a line before the first
 * record is sent, and the result. One thread at a time, with admin handles of
 * its own.
 */
#ifndef CHANGE_CLONE_RUN_H
#define CHANGE_CLONE_RUN_H

#include "change/clone_copy.h"
#include "model/topic_apply.h"

struct clone_run {
	/*
	 * set all of it but the state before clone_run_open(); borrowed: source and target are topics and
	 * clusters
	 */
	struct clone_job job;
	bool data; /* copies the records too */
	/* the rest is private */
	struct admin *source_admin, *target_admin; /* the same handle when both are on one cluster */
	char *source_id, *target_id;               /* of the clusters; NULL: the cluster has none */
	bool elsewhere;                            /* the target is on another cluster than the source */
	bool exists;                               /* the target exists: the clone is continued */
	struct topic_apply plan;                   /* the creation of the target; empty when it exists */
	struct clone_state state;
	int64_t *ends;           /* of the target, by partition */
	int64_t *starts, *stops; /* of the source; stops are last stable offsets */
};

/* Release it also after a failure. */
bool clone_run_open(struct clone_run *c, struct error *err);
/*
 * Describes both topics, holds the state, plans what is missing and asks the broker to validate it. Reports
 * notes for the user. False: the clone is not possible, and *err says why.
 */
bool clone_run_plan(struct clone_run *c, struct error *err);
/*
 * Creates the target and copies, as planned. job.now and the state's parts tell how far it came, also after
 * false.
 */
bool clone_run_execute(struct clone_run *c, struct error *err);
void clone_run_release(struct clone_run *c);

/* The most records that partition `i` of the target will hold after the copy. */
int64_t clone_run_expected(const struct clone_run *c, size_t i);
/* "12,000 records, 2 MB copied in 3s, 4,000/s". */
void clone_run_describe(struct str *out, const struct clone_progress *p);

/* Only for the clone_*.c files. */
void clone_run_say(const struct clone_run *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/*
 * Waits until the target's leaders answer and its ends do not move. False: interrupted, or it is not the same
 * topic.
 */
bool clone_run_wait(struct clone_run *c, struct error *err);
bool clone_run_look(struct clone_run *c, struct error *err);               /* fills ends, starts and stops */
bool clone_run_ends(struct clone_run *c, int64_t *out, struct error *err); /* the present ends of the target */

#endif
