/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two halves of snapshot_finish(): the cluster (brokers, topics) and the
 * groups on top of it. Not for others. One thread, before publication.
 */
#ifndef MODEL_JOIN_H
#define MODEL_JOIN_H

#include "model/snapshot.h"

void join_cluster(struct snapshot *s); /* brokers, topics and their totals; sorts topics */
void join_groups(struct snapshot *s);  /* groups, topic readers and their totals; after join_cluster() */

/* Sorts only what is not sorted yet: whoever samples mostly keeps the order. */
void join_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

/* Adds what is known to a sum that starts as "unknown" (OFFSET_UNKNOWN or NaN). */
void join_add_offset(int64_t *sum, int64_t value);
void join_add_rate(double *sum, double value);

#endif
