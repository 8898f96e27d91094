/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads from the cluster what a plan needs, and makes the plan. Call it on the thread that owns the handle. */
#ifndef CHANGE_RESET_READ_H
#define CHANGE_RESET_READ_H

#include "kafka/admin.h"
#include "model/reset_plan.h"

/*
 * Reads existence, members, committed offsets, topics, log ends and offsets for times: about ten round trips,
 * however many partitions. What could not be read about single partitions is recorded in their rows. NULL and
 * *err when no plan can be made.
 */
struct reset_plan *reset_read(struct admin *a, const struct reset_request *request, double rate_per_s,
	struct error *err);

#endif
