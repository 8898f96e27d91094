/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Configurations of topics and brokers: read as a whole, changed entry by entry
 * (IncrementalAlterConfigs leaves entries that are not named). One resource a
 * call, through the handle of kafka/admin.h. One thread at a time.
 */
#ifndef KAFKA_ADMIN_CONFIGS_H
#define KAFKA_ADMIN_CONFIGS_H

#include "kafka/admin_topics.h"

enum admin_resource { ADMIN_TOPIC, ADMIN_BROKER }; /* a broker's name is its number */

struct admin_config_entry {
	char *name;
	char *value;        /* NULL: hidden (sensitive), or none */
	char *fallback;     /* the value after a reset, from the synonyms; NULL: not known */
	const char *source; /* Kafka's name: "DYNAMIC_TOPIC_CONFIG", ...; static */
	bool is_set;        /* set on this very resource: a reset would change it */
	bool read_only, sensitive;
};

struct admin_config {
	struct admin_config_entry *entries; /* by name */
	size_t count;
};

bool admin_read_config(struct admin *a, enum admin_resource type, const char *name, struct admin_config *out,
	struct error *err);
void admin_config_release(struct admin_config *c);
const struct admin_config_entry *admin_config_find(const struct admin_config *c, const char *name); /* NULL: none */

/*
 * Sets each entry, or resets it where the value is NULL: all of them or none. *sent and `validate` as in
 * kafka/admin_topics.h.
 */
bool admin_alter_config(struct admin *a, enum admin_resource type, const char *name,
	const struct admin_setting *settings, size_t count, bool validate, bool *sent, struct error *err);

#endif
