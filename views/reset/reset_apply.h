/* SPDX-License-Identifier: BSD-2-Clause */
/* From the plan of a reset to its result: the question, the wait for an empty group, the execution. */
#ifndef VIEWS_RESET_APPLY_H
#define VIEWS_RESET_APPLY_H

#include "model/reset_work.h"
#include "ui/view.h"

struct reset_run {
	bool applying;
	int64_t wait_ms;                 /* armed for that long; 0: not */
	struct reset_progress *progress; /* while applying; else NULL */
	int64_t told_ms;                 /* monotonic, when it came */
};

void reset_apply_ask(struct view *v);
void reset_apply_lines(const struct view *v, struct str *out); /* what is under way; nothing when idle */

#endif
