/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 3 of a reset: what came of it, and whether the group has committed since. */
#ifndef VIEWS_RESET_RESULT_H
#define VIEWS_RESET_RESULT_H

#include "model/reset_work.h"
#include "ui/table.h"
#include "ui/view.h"

struct reset_finish {
	struct reset_result *result; /* NULL: not there yet */
	int64_t at_ms;               /* monotonic, when it came */
	int64_t seen_ms;             /* likewise, newest look at the group's commits since; 0: none */
};

extern const struct table_ops reset_result_table;
void reset_result_update(struct view *v); /* the group may have committed */
void reset_result_draw(struct view *v, const struct area *a);

#endif
