/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The charts below the tables of a group or a topic: one of the whole and, on a
 * wide screen, one of the partition under the cursor beside it. Room that a
 * short table leaves is filled with small charts of single partitions, all with
 * the same axis, so that one that differs from the others is seen. UI thread.
 */
#ifndef VIEWS_PARTITION_CHARTS_H
#define VIEWS_PARTITION_CHARTS_H

#include "model/trends.h"
#include "views/panes.h"

struct partition_charts {
	struct chart whole;          /* of one line, whose label, role and format the partitions share */
	const struct trends *trends; /* in the order of the owner's rows in pane `partitions` */
	int partitions, beside;      /* panes */
};

/* For trends_begin(): how old the round before may be. */
int64_t partition_charts_hold_ms(const struct snapshot *s);
/* Rows that the charts take at the bottom of the view's area; 0: there is no room. */
int partition_charts_rows(const struct view *v, const struct area *a, const struct partition_charts *c);
/* Call it after the tables were drawn. */
void partition_charts_draw(const struct view *v, const struct area *a, const struct partition_charts *c);

#endif
