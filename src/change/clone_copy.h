/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies the records of one topic into another: partition by partition in order,
 * with keys, headers and timestamps, from where the state says to the end that the
 * source's log has when copying begins. Both sides stay on the clusters that their
 * gates admit. The books are the state's parts, saved every
 * second and at the end. Records of aborted transactions are left out. Main thread.
 */
#ifndef CHANGE_CLONE_COPY_H
#define CHANGE_CLONE_COPY_H

#include "base/wake.h"
#include "change/clone_state.h"
#include "kafka/cluster_gate.h"

enum { CLONE_WAKE_READER = 2 };              /* raised in the job's wake */

struct clone_side {
	struct cluster_gate gate;
	const char *topic;
};

struct clone_job {                           /* borrowed */
	struct clone_side source, target;
	struct clone_state *state;           /* its parts: one for each partition of the source */
	const char *compression;             /* NULL: as configured */
	double per_s;                        /* 0: no limit */
	int64_t timeout_ms;
	size_t buffer_bytes;
	struct wake *wake;
	bool (*interrupted)(void *context);
	void (*note)(void *context, const char *text);                           /* a line for a person */
	void (*progress)(void *context, const struct clone_progress *progress);  /* four times a second */
	/* Appends what may be the reason that the target's partition takes nothing; NULL: nobody can tell. */
	void (*look)(void *look_context, int32_t partition, struct str *out);
	/* The target is not there any more, or another one of its name: asked where no answer comes. NULL: nobody can tell. */
	bool (*gone)(void *look_context);
	void *look_context;
	void *context;
	struct clone_progress now;
	bool lost;                           /* set by clone_copy() */
	bool stuck;                          /* set by both: the same again would end the same way */
	int rounds;                          /* that were lost, and are gone on with */
};

/* Reads what the target holds beyond the state; nothing when it is empty. False: it is not this clone's, or not read. */
bool clone_align(struct clone_job *job, struct error *err);
/*
 * False: it did not come to the end; ERR_INTERRUPTED when it was stopped. It may be started again, after
 * clone_part_forget() and clone_align(). job->lost: a leader of the target, or the target
 * itself, was lost with records on their way, and only its log can tell which it has: a broker that restarts knows nothing of a producer whose records are older than
 * producer.id.expiration.ms, as those of a copy are, and would take them twice.
 */
bool clone_copy(struct clone_job *job, struct error *err);

#endif
