/* SPDX-License-Identifier: BSD-2-Clause */
/* Which names Kafka allows for topics, and which it treats as the same. Pure; any thread. */
#ifndef MODEL_TOPIC_NAME_H
#define MODEL_TOPIC_NAME_H

#include <stdbool.h>

#include "base/error.h"

/* Kafka's rules (org.apache.kafka.common.internals.Topic): ERR_USAGE names the rule and the place. */
bool topic_name_check(const char *name, struct error *err);
/* Whether Kafka refuses both together: their metrics would share a name, where . and _ are the same. */
bool topic_name_collides(const char *a, const char *b);
/* Easily confused: they differ only in case, or in - . and _. */
bool topic_name_looks_like(const char *a, const char *b);
bool topic_name_is_internal(const char *name); /* __consumer_offsets, __transaction_state, __share_group_state */

#endif
