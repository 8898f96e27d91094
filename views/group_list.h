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
/*
 * The group that an action on one group is about: the marked one, or else the one under the cursor. NULL: there is
 * none, or several are marked; then a message has said so.
 */
const char *group_list_meant(const struct view *v, const struct table *t, const struct snapshot *s);
/* Asks for the members of the groups on the screen, or of all when a column needs them to sort by. */
void group_list_demand(const struct view *v, const struct table *t, struct demand *d);

#endif
