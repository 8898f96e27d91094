/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two tables of a group: its partitions and its members. UI thread.
 */
#ifndef VIEWS_GROUP_ROWS_H
#define VIEWS_GROUP_ROWS_H

#include "views/panes.h"

struct group_rows {
	const struct snapshot *s;
	const struct group *group; /* NULL: not there (yet, or any more) */
};

void group_partitions_add(struct view *v, struct group_rows *rows);
void group_members_add(struct view *v, struct group_rows *rows);

#endif
