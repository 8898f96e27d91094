/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rate at which records arrive in the partitions of a plan. A group that
 * stands still has no rate of its own to catch up with; this is the rate it
 * must keep up with. Call it on the thread that owns the handle.
 */
#ifndef CHANGE_RESET_RATE_H
#define CHANGE_RESET_RATE_H

#include "kafka/admin.h"
#include "model/reset_plan.h"

struct reset_arrivals {
	double per_s;    /* records per second, by their own timestamps; NaN unknown */
	int64_t over_ms; /* the time before the plan over which it was taken */
};

/*
 * Measures the partitions that the plan commits to, over the last ten minutes, or less where the logs do not
 * reach back so far. One request per leader and time. Unknown when a partition did not answer.
 */
struct reset_arrivals reset_measure_arrivals(struct admin *a, const struct reset_plan *plan);

#endif
