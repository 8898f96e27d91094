/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads from the cluster what plans of topics need (model/topic_plan.h). Facts
 * live in the arena of the plan they are read for. Call it on the thread that
 * owns the handle.
 */
#ifndef CHANGE_TOPIC_READ_H
#define CHANGE_TOPIC_READ_H

#include "kafka/admin.h"
#include "model/topic_plan.h"

enum topic_read { /* bits: what to read about a topic besides its existence */
	TOPIC_READ_CONFIG = 1 << 0,
	TOPIC_READ_OFFSETS = 1 << 1,
	TOPIC_READ_GROUPS = 1 << 2, /* groups that have committed; needs topic_read_cluster() first */
	TOPIC_READ_NEWEST = 1 << 3
};

/* `count`: also counts the partitions of all topics. */
bool topic_read_cluster(struct admin *a, struct arena *arena, bool count, struct topic_facts *out, struct error *err);
/* A topic that does not exist is a fact; false when nothing could be learned about it. */
bool topic_read_topic(struct admin *a, struct arena *arena, const char *name, unsigned what, struct topic_facts *facts,
	struct topic_fact *out, struct error *err);
bool topic_read_broker(struct admin *a, struct arena *arena, const char *id, struct topic_fact *out, struct error *err);

#endif
