/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One figure of each partition of what is open, over half an hour: collected by
 * the view from the snapshots it gets, so that it begins when the view was
 * opened and costs nothing for the rest of the cluster. At most TRENDS_MAX
 * partitions, the first ones, are kept (about 300 bytes each). One thread.
 *
 * A round is trends_begin(), trends_add() for each partition there is, sorted by
 * topic and partition, and trends_end(): then item i is the i-th that was added,
 * and what was not added is forgotten.
 */
#ifndef MODEL_TRENDS_H
#define MODEL_TRENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/series.h"

enum { TRENDS_MAX = 1024 };

struct trend {
	char *topic; /* NULL: all are of one topic */
	int32_t partition;
	double now;           /* as of the newest round; NaN unknown */
	struct series series; /* in the slots of history.coarse */
};

struct trends { /* zeroed: empty */
	struct trend **items;
	size_t count, cap;
	struct trend **before; /* during a round: those of the round before */
	size_t before_count, before_cap, before_at;
	int64_t now_ms, last_ms; /* monotonic times of this round and of the one before */
	bool held;               /* figures of the round before hold until this one */
};

/* Where the round before is at most `hold_ms` old, its figures fill the slots between; else these are gaps. */
void trends_begin(struct trends *t, int64_t now_ms, int64_t hold_ms);
void trends_add(struct trends *t, const char *topic, int32_t partition, double value);
void trends_end(struct trends *t);
void trends_release(struct trends *t);

#endif
