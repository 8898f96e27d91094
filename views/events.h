/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of events of the cluster, newest first: its owner is a view
 * whose state starts with struct panes. UI thread.
 */
#ifndef VIEWS_EVENTS_H
#define VIEWS_EVENTS_H

#include "views/panes.h"

void events_add(struct view *v);
/* Opens the view of the group, topic or broker that the event is about, if there is one. */
void events_open(struct view *v, size_t row);

#endif
