/* SPDX-License-Identifier: BSD-2-Clause */
/* Which function does a piece of work (model/work.h). */
#include "works.h"

work_run_fn *const work_table[WORK_COUNT] = {
	[WORK_NONE] = NULL,
	[WORK_PRODUCE] = work_produce,
};
