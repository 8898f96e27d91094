/* SPDX-License-Identifier: BSD-2-Clause */
/* The pieces of work that change topics and brokers (model/topic_work.h). */
#ifndef WORK_TOPIC_H
#define WORK_TOPIC_H

#include "work/works.h"

work_run_fn work_topic_plan, work_topic_apply, work_topic_clone_plan, work_topic_clone;

#endif
