/* SPDX-License-Identifier: BSD-2-Clause */
/* Which names Kafka takes for topics, and which it takes for the same. Pure; any thread. */
#ifndef MODEL_TOPIC_NAME_H
#define MODEL_TOPIC_NAME_H

#include <stdbool.h>

#include "base/error.h"

/* Kafka's rules (org.apache.kafka.common.internals.Topic): ERR_USAGE names the rule and the place. */
bool topic_name_check(const char *name, struct error *err);
/* Their metrics would have one name, since . and _ become the same there: Kafka refuses the second one. */
bool topic_name_collides(const char *a, const char *b);
/* Easily taken for one another: they differ in case, or in - . and _ only. */
bool topic_name_looks_like(const char *a, const char *b);
bool topic_name_is_internal(const char *name);        /* __consumer_offsets, __transaction_state, __share_group_state */

#endif
