/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Topics as they are on a cluster, in the form of model/topic_file.h. Call it
 * on the thread that owns the handle.
 */
#ifndef CHANGE_TOPIC_STATE_H
#define CHANGE_TOPIC_STATE_H

#include "kafka/admin_topics.h"
#include "model/topic_file.h"

/* Adds one topic with the configurations that are set on it. ERR_NOT_FOUND: no topic has this name. */
bool topic_state_read(struct admin *a, const char *name, struct topic_file *out, struct error *err);
/* Adds every topic that may be described; topics deleted meanwhile are left out. */
bool topic_state_read_all(struct admin *a, bool internal, struct topic_file *out, struct error *err);

#endif
