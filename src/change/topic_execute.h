/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes plans of topics step by step: compares what was confirmed with the
 * present state, writes the journal, makes the change, and reads back what it
 * left. Nothing is reported as done that was not read back. Call it on the
 * thread that owns the handle.
 */
#ifndef CHANGE_TOPIC_EXECUTE_H
#define CHANGE_TOPIC_EXECUTE_H

#include "kafka/cluster_gate.h"
#include "model/topic_plan.h"

struct topic_host {                      /* whoever waits for it; everything but the gate may be NULL */
	const struct cluster_gate *gate; /* the cluster that may be changed; its names go into the journal */
	const char *undo_of;             /* id of the change that the plan undoes */
	bool (*cancelled)(void *data);
	void *data;
};

/*
 * Asks the broker to validate new topics, settings and partitions without making them; what it refuses becomes
 * the step's refusal, word for word. False: it could not be asked.
 */
bool topic_validate(struct admin *a, struct topic_plan *plan, struct error *err);
/* Sets state, result and journal_id of the step, which is not refused. */
void topic_execute_step(struct admin *a, struct topic_plan *plan, struct topic_step *s, const struct topic_host *host);
/*
 * Executes all steps that are not refused, one by one; a cancel leaves the rest undone. True: each step is done
 * or had nothing to do.
 */
bool topic_execute(struct admin *a, struct topic_plan *plan, const struct topic_host *host);

#endif
