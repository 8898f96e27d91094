/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes plans of topics step by step: what was confirmed is compared with
 * what is there now, the journal is written, the change made, and what it left
 * is read back. Nothing is called done that was not seen. The thread that owns
 * the handle.
 */
#ifndef CHANGE_TOPIC_EXECUTE_H
#define CHANGE_TOPIC_EXECUTE_H

#include "kafka/cluster_gate.h"
#include "model/topic_plan.h"

struct topic_host {                      /* of who waits for it; all but the gate may be NULL */
	const struct cluster_gate *gate;     /* the cluster that may be changed; its names are for the journal, too */
	const char *undo_of;                 /* id of the change that the plan takes back */
	bool (*cancelled)(void *data);
	void *data;
};

/*
 * Has the broker look at new topics, settings and partitions without making them: what it says no to becomes the
 * step's refusal, word by word. False: it could not be asked.
 */
bool topic_validate(struct admin *a, struct topic_plan *plan, struct error *err);
/* Sets state, result and journal_id of the step, which is not refused. */
void topic_execute_step(struct admin *a, struct topic_plan *plan, struct topic_step *s, const struct topic_host *host);
/* All steps that are not refused, one by one; a cancel leaves the rest alone. True: each is done, or had nothing to do. */
bool topic_execute(struct admin *a, struct topic_plan *plan, const struct topic_host *host);

#endif
