/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens the records of topics or partitions. UI thread. */
#ifndef VIEWS_TAIL_H
#define VIEWS_TAIL_H

#include "ui/table.h"
#include "ui/view.h"

/* Of the topics that are marked, else of the one under the cursor. The table's rows are s->topics. */
void tail_topics(struct view *v, const struct table *t, const struct snapshot *s);
/* Of one topic; partition -1: all of it. */
void tail_partition(struct view *v, const char *topic, int32_t partition);

#endif
