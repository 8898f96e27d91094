/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Brokers, leaders and logs of partitions, read and changed through the handle
 * of kafka/admin.h. Kafka's own words are in *err, or in the item that they are
 * about. One thread at a time.
 */
#ifndef KAFKA_ADMIN_LOGS_H
#define KAFKA_ADMIN_LOGS_H

#include "kafka/admin_topics.h"

struct admin_broker {
	int32_t id;
	char *rack; /* NULL: none */
};

struct admin_brokers {
	struct admin_broker *items; /* the brokers that are up, by id */
	size_t count;
};

bool admin_list_brokers(struct admin *a, struct admin_brokers *out, struct error *err);
void admin_brokers_release(struct admin_brokers *b);
/* Names of all groups that may be described, as far as brokers answered. */
bool admin_list_group_names(struct admin *a, struct admin_names *out, struct error *err);

struct admin_log_item {
	int32_t partition;
	int64_t offset; /* delete up to here; afterwards the log start as Kafka answered, -1: none */
	char *error;    /* Kafka's error for this partition, or NULL; free it */
};

/* False: the whole call failed. *sent as in kafka/admin_topics.h. */
bool admin_delete_records(struct admin *a, const char *topic, struct admin_log_item *items, size_t count, bool *sent,
	struct error *err);
/* Elects preferred leaders. A partition that its preferred replica leads already has no error. */
bool admin_elect_leaders(struct admin *a, const char *topic, struct admin_log_item *items, size_t count, bool *sent,
	struct error *err);
/* The timestamp of the newest record of the topic; -1: none, or not known. */
bool admin_newest_ms(struct admin *a, const char *topic, size_t partitions, int64_t *ms, struct error *err);

#endif
