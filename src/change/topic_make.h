/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a request to a plan: reads what is needed, builds the plan, asks the
 * broker to validate it. Call it on the thread that owns the handle.
 */
#ifndef CHANGE_TOPIC_MAKE_H
#define CHANGE_TOPIC_MAKE_H

#include "kafka/admin.h"
#include "kafka/client.h"
#include "model/topic_work.h"

struct topic_asker { /* who asks, and how */
	struct admin *admin;
	const struct client_config *client; /* for sampling keys; NULL: no keys are sampled */
	const char *bootstrap;
	int64_t timeout_ms;
	bool (*cancelled)(void *data); /* may be NULL */
	void *data;
};

/* NULL and *err when there can be no plan: wrong usage, or no answer. Refused steps are in the plan. */
struct topic_plan *topic_make_plan(const struct topic_asker *asker, const struct topic_request *r, struct error *err);
/* A plan that undoes a change of settings. */
struct topic_plan *topic_make_undo(const struct topic_asker *asker, const struct journal_entry *e, struct error *err);

/*
 * Records the mean size of records of the topics that have any, from a few of the newest of each partition.
 * Takes seconds at most: what does not come in time stays unknown.
 */
void topic_sample_sizes(const struct topic_asker *asker, struct topic_fact *facts, size_t count);

/*
 * The share of keys among the newest records that would move to another partition if the number of partitions
 * changed, as the Java client places them. NaN and *sampled 0: no record seen has a key in the partition where
 * the partitioner would put it.
 */
double topic_sample_keys(const struct topic_asker *asker, const char *topic, int32_t before, int32_t after,
	int64_t *sampled);

#endif
