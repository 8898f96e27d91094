/* SPDX-License-Identifier: BSD-2-Clause */
/* Which function does a piece of work (model/work.h). */
#include "work/work_reset.h"
#include "work/work_topic.h"
#include "work/works.h"

work_run_fn *const work_table[WORK_COUNT] = {
	[WORK_NONE] = NULL,
	[WORK_PRODUCE] = work_produce,
	[WORK_SAVE] = work_save,
	[WORK_RESET_PLAN] = work_reset_plan,
	[WORK_RESET_PEEK] = work_reset_peek,
	[WORK_RESET_APPLY] = work_reset_apply,
	[WORK_JOURNAL_LIST] = work_journal_list,
	[WORK_JOURNAL_SETTLE] = work_journal_settle,
	[WORK_TOPIC_PLAN] = work_topic_plan,
	[WORK_TOPIC_APPLY] = work_topic_apply,
	[WORK_TOPIC_CLONE_PLAN] = work_topic_clone_plan,
	[WORK_TOPIC_CLONE] = work_topic_clone,
};
