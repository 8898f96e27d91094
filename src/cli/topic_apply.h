/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about changes to topics, for `weir topic apply` and `weir topic clone`. Main thread. */
#ifndef CLI_TOPIC_APPLY_H
#define CLI_TOPIC_APPLY_H

#include "cli/output.h"
#include "model/topic_apply.h"

/* NULL: a dash. */
void topic_apply_row(struct output *o, const char *topic, const char *action, const char *name, const char *before,
	const char *after, const char *state, const char *error);
/* One for each setting of the item. */
void topic_apply_rows(struct output *o, const struct topic_apply_item *item);

#endif
