/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From what is asked to a plan: reads what is needed, builds, has the broker
 * validate. The thread that owns the handle.
 */
#ifndef CHANGE_TOPIC_MAKE_H
#define CHANGE_TOPIC_MAKE_H

#include "kafka/admin.h"
#include "kafka/client.h"
#include "model/topic_work.h"

struct topic_asker {                     /* who asks */
	struct admin *admin;
	const struct client_config *client;  /* to sample keys with; NULL: they are not */
	const char *bootstrap;
	int64_t timeout_ms;
	bool (*cancelled)(void *data);       /* may be NULL */
	void *data;
};

/* NULL and *err when there can be no plan: bad usage, or nobody answered. Refused steps are in the plan. */
struct topic_plan *topic_make_plan(const struct topic_asker *asker, const struct topic_request *r, struct error *err);
/* Of the undoing of a change of settings. */
struct topic_plan *topic_make_undo(const struct topic_asker *asker, const struct journal_entry *e, struct error *err);

/*
 * Notes the mean size of records of those topics that have any, from a few of the newest of each partition, within
 * seconds: what does not come in time is left unknown.
 */
void topic_sample_sizes(const struct topic_asker *asker, struct topic_fact *facts, size_t count);

/*
 * The share of keys among the newest records that another count of partitions would put elsewhere, as the Java
 * client does. NaN and *sampled 0: no record that was seen has a key where the partitioner would put it.
 */
double topic_sample_keys(const struct topic_asker *asker, const char *topic, int32_t before, int32_t after,
	int64_t *sampled);

#endif
