/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of all groups, for the groups view and the overview: its owner is
 * a view whose state starts with struct panes. UI thread.
 */
#ifndef VIEWS_GROUP_LIST_H
#define VIEWS_GROUP_LIST_H

#include "views/panes.h"

void group_list_add(struct view *v, const char *sort);
void group_list_waiting(const struct snapshot *s, struct waiting *w);
/* Asks for the members of the groups on the screen, or of all when a column needs them to sort by. */
void group_list_demand(const struct view *v, const struct table *t, struct demand *d);

#endif
