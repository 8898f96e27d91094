/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Topics, read and changed through the handle of kafka/admin.h, one topic a
 * call, so that answers about topics are never mixed up. Kafka's own words are
 * in *err. Results that own memory have a release function. One thread at a
 * time.
 */
#ifndef KAFKA_ADMIN_TOPICS_H
#define KAFKA_ADMIN_TOPICS_H

#include "kafka/admin.h"

struct admin_setting {            /* value NULL: back to the default (only in a change) */
	const char *name, *value; /* borrowed */
};

struct admin_partition {
	int32_t leader; /* -1: none */
	int32_t *replicas, *isr;
	size_t replica_count, isr_count;
};

struct admin_description {
	char id[24]; /* the topic's UUID as Kafka prints it; "" when the cluster has none */
	bool internal;
	struct admin_partition *partitions;
	size_t partition_count;
};

struct admin_names {
	char **items; /* sorted; those that may be described */
	size_t count;
};

bool admin_list_topics(struct admin *a, struct admin_names *out, struct error *err);
void admin_names_release(struct admin_names *n);

/* ERR_NOT_FOUND: it does not exist, or may not be described. */
bool admin_describe_topic(struct admin *a, const char *name, struct admin_description *out, struct error *err);
void admin_description_release(struct admin_description *d);

struct admin_new_topic { /* all borrowed */
	const char *name;
	int32_t partitions;      /* -1: the broker's default */
	int32_t replication;     /* -1: the broker's default, or set by `replicas` */
	const int32_t *replicas; /* `replication` brokers for each partition; NULL: the broker chooses */
	const struct admin_setting *settings;
	size_t setting_count;
};

/* Changes: *sent as in struct admin_change. `validate`: the broker only checks whether it would make the change. */
bool admin_create_topic(struct admin *a, const struct admin_new_topic *topic, bool validate, bool *sent,
	struct error *err);
/* Grows the topic to `count` partitions. `replicas`: as many for each new partition, or NULL. */
bool admin_add_partitions(struct admin *a, const char *topic, int32_t count, const int32_t *replicas, size_t new_count,
	size_t replication, bool validate, bool *sent, struct error *err);
bool admin_delete_topic(struct admin *a, const char *topic, bool *sent, struct error *err);

#endif
