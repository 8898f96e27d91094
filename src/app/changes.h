/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What follows a change of a cluster, whichever view began it and whether that is
 * still open: the sampler learns what was touched, and the change is an event. The
 * end of an armed reset is told wherever the user is by then. UI thread.
 */
#ifndef APP_CHANGES_H
#define APP_CHANGES_H

#include "app/cluster.h"

/* What weir changed is read again at once; `text` makes an event of it, or is NULL. */
void changes_note(struct cluster *c, enum changed_kind kind, const char *name, enum severity severity,
	const char *text);
/* A work that changes the cluster has ended; called before the view that began it is told. */
void changes_work_ended(void *cluster, const struct work *w);

#endif
