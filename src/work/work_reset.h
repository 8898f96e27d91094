/* SPDX-License-Identifier: BSD-2-Clause */
/* The pieces of work around committed offsets and the journal (model/reset_work.h). */
#ifndef WORK_RESET_H
#define WORK_RESET_H

#include "work/works.h"

work_run_fn work_reset_plan, work_reset_peek, work_reset_apply, work_journal_list, work_journal_settle;

#endif
