/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What arrives in the partitions of a plan. A group that stands still has no rate
 * of its own to catch up with; this is what it will have to keep up with. The
 * thread that owns the handle.
 */
#ifndef CHANGE_RESET_RATE_H
#define CHANGE_RESET_RATE_H

#include "kafka/admin.h"
#include "model/reset_plan.h"

struct reset_arrivals {
	double per_s;                        /* records, by their own timestamps; NaN unknown */
	int64_t over_ms;                     /* before the plan was made */
};

/*
 * In the partitions that the plan commits to, over the last ten minutes; a shorter time where the logs do not go back
 * so far. One question per leader and time. Unknown when a partition did not answer.
 */
struct reset_arrivals reset_measure_arrivals(struct admin *a, const struct reset_plan *plan);

#endif
