/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes plans: journal first, then the change, then what is committed is read
 * back and compared. Nothing is called done that was not seen. The thread that
 * owns the handle.
 */
#ifndef CHANGE_RESET_APPLY_H
#define CHANGE_RESET_APPLY_H

#include "kafka/cluster_gate.h"
#include "model/reset_work.h"

struct reset_host {                  /* of who waits for it; all but the gate may be NULL */
	const struct cluster_gate *gate;     /* the cluster that may be changed; its names are for the journal, too */
	void (*progress)(void *data, struct reset_progress *progress);   /* takes it */
	bool (*cancelled)(void *data);
	void *data;
};

/*
 * Takes the plan, whose refusal is RESET_ALLOWED; it is not looked at again whether it still holds, except that the
 * cluster it was made on is the one that answers. Never NULL. Cancelling has no effect once the change was sent.
 */
struct reset_result *reset_execute(struct admin *a, struct reset_plan *plan, const struct reset_host *host);
/* Plans anew, waits for an empty group when armed, compares with what was confirmed, executes, watches. Never NULL. */
struct reset_result *reset_apply(struct admin *a, const struct reset_apply_input *in, const struct reset_host *host);

struct reset_moved {                 /* the first commit that was not where the plan found it */
	const char *topic;                   /* the plan's */
	int32_t partition;
	int64_t from, to;                    /* RESET_NO_OFFSET: none */
	int64_t after_ms;
};

/*
 * Watches a group without members for so long: true when something committed all the same, as a consumer does that
 * assigns partitions itself. Ends early then, and when cancelled.
 */
bool reset_watch_before(struct admin *a, const struct reset_plan *plan, int64_t watch_ms, struct reset_moved *moved);
/* Until the group commits anything else than what was applied, watch_ms have passed, or cancelled: into `result`. */
void reset_watch(struct admin *a, int64_t watch_ms, const struct reset_host *host, struct reset_result *result);

#endif
