/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Places the replicas of a topic: spread over racks as far as possible, then
 * evenly over brokers, and so are the preferred leaders (the first replica of
 * each partition). Pure; any thread.
 */
#ifndef MODEL_TOPIC_PLACE_H
#define MODEL_TOPIC_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct topic_broker {
	int32_t id;
	const char *rack; /* NULL: none, or not known */
};

struct topic_placement {   /* by partition, from 0 */
	int32_t *replicas; /* `factor` for each partition; the first is the preferred leader */
	int32_t partitions;
	int32_t factor;
	int32_t first; /* number of the first partition: 0, or where new ones begin */
};

/*
 * Fills *out. `existing` (may be NULL): replicas placed already, which count for the balance. ERR_USAGE when
 * there are fewer brokers than replicas.
 */
bool topic_place(const struct topic_broker *brokers, size_t broker_count, int32_t partitions, int32_t factor,
	const struct topic_placement *existing, struct topic_placement *out, struct error *err);
/*
 * "1:2,2:3,3:1": partitions separated by commas, their replicas by colons, as kafka-topics --replica-assignment
 * takes them. ERR_USAGE names the place, *at (or NULL) is its byte: every partition needs the same number of
 * replicas, none twice, only these brokers.
 */
bool topic_place_parse(const char *text, const struct topic_broker *brokers, size_t broker_count,
	struct topic_placement *out, size_t *at, struct error *err);
void topic_placement_release(struct topic_placement *p);

#endif
