/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes what model/topic_apply.h planned, one item at a time: journal first,
 * then the change, then the topic is read back and compared. What fails for one
 * item is said with it, and the next is tried. The thread that owns the handle.
 */
#ifndef CHANGE_APPLY_EXECUTE_H
#define CHANGE_APPLY_EXECUTE_H

#include "kafka/cluster_gate.h"
#include "model/topic_apply.h"

struct apply_host {                  /* all but the gate may be NULL */
	const struct cluster_gate *gate;     /* the plan's cluster; its names are for the journal, too */
	bool (*cancelled)(void *data);       /* asked between items: what was begun is brought to its end */
	void *data;
};

/* Asks the broker, which changes nothing, whether it would; items that it refuses become TOPIC_APPLY_FAILED. */
bool apply_validate(struct admin *a, struct topic_apply *plan, struct error *err);
/* Fills the states of all items that are TOPIC_APPLY_PLANNED. */
void apply_execute(struct admin *a, struct topic_apply *plan, const struct apply_host *host);
/* One of them. The journal's id of the change is the caller's to free; NULL: it could not be written, nothing was done. */
char *apply_execute_item(struct admin *a, struct topic_apply_item *item, const struct apply_host *host);

#endif
