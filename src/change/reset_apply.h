/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes plans: writes the journal, makes the change, then reads the
 * committed offsets back and compares. Nothing is reported as done that was not
 * read back. Call it on the thread that owns the handle.
 */
#ifndef CHANGE_RESET_APPLY_H
#define CHANGE_RESET_APPLY_H

#include "kafka/cluster_gate.h"
#include "model/reset_work.h"

struct reset_host {                      /* whoever waits for it; everything but the gate may be NULL */
	const struct cluster_gate *gate; /* the cluster that may be changed; its names go into the journal */
	void (*progress)(void *data, struct reset_progress *progress); /* takes `progress` */
	bool (*cancelled)(void *data);
	void *data;
};

/*
 * Takes the plan, whose refusal is RESET_ALLOWED. Does not check again whether the plan still holds, except
 * that the cluster it was made on is the one that answers. Never NULL. Cancelling has no effect after the
 * change was sent.
 */
struct reset_result *reset_execute(struct admin *a, struct reset_plan *plan, const struct reset_host *host);
/*
 * Plans again, waits for an empty group when armed, compares with what was confirmed, executes and watches.
 * Never NULL.
 */
struct reset_result *reset_apply(struct admin *a, const struct reset_apply_input *in, const struct reset_host *host);

struct reset_moved {       /* the first committed offset that differs from the plan's */
	const char *topic; /* borrowed from the plan */
	int32_t partition;
	int64_t from, to; /* RESET_NO_OFFSET: none */
	int64_t after_ms;
};

/*
 * Watches a group without members for some time: true when something commits nevertheless, like a consumer that
 * assigns partitions itself. Ends early then, and when cancelled.
 */
bool reset_watch_before(struct admin *a, const struct reset_plan *plan, int64_t watch_ms, struct reset_moved *moved);
/*
 * Watches until the group commits something else than what was applied, watch_ms have passed, or it is
 * cancelled; fills `result`.
 */
void reset_watch(struct admin *a, int64_t watch_ms, const struct reset_host *host, struct reset_result *result);

#endif
