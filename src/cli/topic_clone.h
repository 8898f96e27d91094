/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two files of `weir topic clone` share: the plan of a copy. Main thread. */
#ifndef CLI_TOPIC_CLONE_H
#define CLI_TOPIC_CLONE_H

#include "change/clone_copy.h"
#include "cli/topic_run.h"
#include "model/topic_apply.h"

struct clone_run {
	struct topic_run run;                /* its handle is the source's */
	struct admin *target_admin;          /* the same one within a cluster */
	bool elsewhere;                      /* the target is on another cluster than the source */
	const char *source, *target;         /* topics */
	struct clone_side target_side;
	struct topic_apply plan;             /* the creation of the target; empty when it is there */
	struct clone_state state;
	int64_t *ends;                       /* of the target, by partition */
	int64_t *starts, *stops;             /* of the source */
};

/*
 * Looks at both topics, holds the state, and plans what is missing. Warnings go to standard error. False: it cannot
 * be done, and why.
 */
bool clone_run_plan(struct clone_run *c, struct error *err);
bool clone_run_ends(struct clone_run *c, struct error *err);      /* of the target; the source's too */
void clone_run_release(struct clone_run *c);

#endif
