/* SPDX-License-Identifier: BSD-2-Clause */
/* What the store's own files share: freeing one part that the cluster no longer has. */
#ifndef KAFKA_STORE_PARTS_H
#define KAFKA_STORE_PARTS_H

#include "kafka/store.h"

void store_topic_drop(struct store_topic *t);
void store_group_drop(struct store_group *g);

#endif
