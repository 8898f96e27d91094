/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Executes what model/topic_apply.h planned, one item at a time: writes the
 * journal, makes the change, reads the topic back and compares. A failure is
 * recorded in its item, and the next item is tried. Call it on the thread that
 * owns the handle.
 */
#ifndef CHANGE_APPLY_EXECUTE_H
#define CHANGE_APPLY_EXECUTE_H

#include "kafka/cluster_gate.h"
#include "model/topic_apply.h"

struct apply_host {                      /* everything but the gate may be NULL */
	const struct cluster_gate *gate; /* the cluster of the plan; its names go into the journal */
	bool (*cancelled)(void *data);   /* asked between items; an item that was started is finished */
	void *data;
};

/*
 * Asks the broker whether it would make the changes, without making any; items it refuses become
 * TOPIC_APPLY_FAILED.
 */
bool apply_validate(struct admin *a, struct topic_apply *plan, struct error *err);
/* Executes all items that are TOPIC_APPLY_PLANNED and fills their states. */
void apply_execute(struct admin *a, struct topic_apply *plan, const struct apply_host *host);
/*
 * Executes one item. Returns the journal's id of the change, which the caller frees; NULL: the journal could
 * not be written and nothing was done.
 */
char *apply_execute_item(struct admin *a, struct topic_apply_item *item, const struct apply_host *host);

#endif
