/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes questions and sends them to the source. Until an item is told or given
 * up, the store marks it as asked. Sampler thread only.
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
/* Adds a group to a question of ASK_DESCRIPTIONS or ASK_COMMITS that is not sent yet. */
void ask_add_description(struct question *q, struct store_group *g);
void ask_add_commits(struct question *q, struct store_group *g);

enum {
	OFFSETS_WANTED = 1, /* only of the partitions marked `wanted` */
	OFFSETS_NOW = 2,    /* between two rounds: also from leaders that have not answered the round */
};

/* Sends one question to each leader, but none to a leader whose last round of this kind is still open. */
void ask_offsets(struct flight *f, enum offset_kind kind, unsigned flags);

#endif
