/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies the records of one topic into another, in order within each partition,
 * with keys, headers and timestamps, from where the state says to the end of
 * the source's log when copying begins. Both sides stay on the clusters that
 * their gates admit. Progress is kept in the state's parts, which are saved
 * every second and at the end. Records of aborted transactions are left out.
 * Main thread.
 */
#ifndef CHANGE_CLONE_COPY_H
#define CHANGE_CLONE_COPY_H

#include "base/wake.h"
#include "change/clone_state.h"
#include "kafka/cluster_gate.h"

enum { CLONE_WAKE_READER = 2 }; /* raised in the job's wake */

struct clone_side {
	struct cluster_gate gate;
	const char *topic;
};

struct clone_job { /* all borrowed */
	struct clone_side source, target;
	struct clone_state *state; /* with one part for each partition of the source */
	const char *compression;   /* NULL: as configured */
	double per_s;              /* 0: no limit */
	int64_t timeout_ms;
	size_t buffer_bytes;
	struct wake *wake;
	bool (*interrupted)(void *context);
	void (*note)(void *context, const char *text);                          /* a line for the user */
	void (*progress)(void *context, const struct clone_progress *progress); /* four times a second */
	/* Appends a possible reason why the target's partition takes nothing; NULL: no reason can be given. */
	void (*look)(void *look_context, int32_t partition, struct str *out);
	/*
	 * Whether the target is gone, or another topic has its name; asked when no answer comes. NULL: cannot
	 * be asked.
	 */
	bool (*gone)(void *look_context);
	void *look_context;
	void *context;
	struct clone_progress now;
	bool lost;  /* set by clone_copy() */
	bool stuck; /* set by both functions: another attempt would fail in the same way */
	int rounds; /* how often it was lost and continued */
};

/*
 * Reads what the target holds beyond the state; nothing when it is empty. False: it is not this clone's, or it
 * could not be read.
 */
bool clone_align(struct clone_job *job, struct error *err);
/*
 * False: it did not reach the end; ERR_INTERRUPTED: it was cancelled. It may be started again after
 * clone_part_forget() and clone_align(). job->lost: a leader of the target, or the target itself, was lost with
 * records in flight, and only the target's log can tell which of them it has. (A broker that restarts does not
 * know a producer whose records are older than producer.id.expiration.ms, as the records of a copy are, and
 * would take them twice.)
 */
bool clone_copy(struct clone_job *job, struct error *err);

#endif
