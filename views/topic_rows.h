/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two tables of a topic: its partitions and the groups that read it. UI thread.
 */
#ifndef VIEWS_TOPIC_ROWS_H
#define VIEWS_TOPIC_ROWS_H

#include "views/panes.h"

struct topic_rows {
	const struct snapshot *s;
	const struct topic *topic; /* NULL: not there (yet, or any more) */
};

void topic_partitions_add(struct view *v, struct topic_rows *rows);
void topic_readers_add(struct view *v, struct topic_rows *rows);

#endif
