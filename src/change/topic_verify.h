/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the cluster before and after a step of a plan. Call it on the thread that owns the handle. */
#ifndef CHANGE_TOPIC_VERIFY_H
#define CHANGE_TOPIC_VERIFY_H

#include "kafka/admin.h"
#include "model/topic_plan.h"

/* Whether everything is still as it was when the step was planned; else *err says what changed. */
bool topic_still_holds(struct admin *a, const struct topic_step *s, struct error *err);

enum topic_seen { TOPIC_SEEN_DONE, TOPIC_SEEN_OTHERWISE, TOPIC_SEEN_UNKNOWN };

/*
 * Waits for a while, because brokers learn of changes one after another. *err says why it is not
 * TOPIC_SEEN_DONE.
 */
enum topic_seen topic_verify(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct error *err);

#endif
