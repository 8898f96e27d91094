/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Puts questions to the source. What is asked about says so in the store, until
 * it was told or given up. Sampler thread only.
 */
#ifndef SAMPLE_ASK_H
#define SAMPLE_ASK_H

#include "sample/flight.h"

void ask_metadata(struct flight *f);
void ask_cluster(struct flight *f);
void ask_topic_ids(struct flight *f, struct store_topic *const *topics, size_t count);
void ask_settings(struct flight *f, struct store_topic *const *topics, size_t count);
void ask_topic_config(struct flight *f, struct store_topic *t);
void ask_broker_config(struct flight *f, struct store_broker *b);
void ask_group_list(struct flight *f);
/* Into a question of ASK_DESCRIPTIONS or ASK_COMMITS that is being put together. */
void ask_add_description(struct question *q, struct store_group *g);
void ask_add_commits(struct question *q, struct store_group *g);

enum {
	OFFSETS_WANTED = 1,            /* only of the partitions marked `wanted` */
	OFFSETS_NOW = 2,               /* between two rounds: also of leaders whose round is open */
};

/* One question a leader. A leader whose last round of this kind is open is left out. */
void ask_offsets(struct flight *f, enum offset_kind kind, unsigned flags);

#endif
