/* SPDX-License-Identifier: BSD-2-Clause */
/* What the store's own files share. */
#ifndef SAMPLE_STORE_PARTS_H
#define SAMPLE_STORE_PARTS_H

#include "sample/store.h"

/*
 * Snapshots between two sweeps of the names. The sanitizer builds sweep after
 * every one, so that a name that somebody forgot to keep is found at once.
 */
#ifndef STORE_SWEEP_EVERY
#define STORE_SWEEP_EVERY 64
#endif

/* Frees the names that neither the store nor an open call holds any more. */
void store_names_sweep(struct store *st);

/* How long a rate, or a lag, is one of now: some periods. */
int64_t store_rate_age_ms(int32_t interval_ms);
/* Adds the figures of a finished snapshot to the histories, and gives it them: topics and groups are its own. */
void store_history_add(struct store *st, struct snapshot *s, struct topic *topics, struct group *groups);

/*
 * False: the row's offset was deleted. That an answer leaves it out does not say so: what the user may not describe
 * any more is left out as well, and only the topic tells which it is.
 */
bool store_row_counts(const struct store_row *row);

void store_topic_drop(struct store_topic *t);
void store_group_drop(struct store_group *g);

void store_rate_clear(struct store_rate *r);
/* A reading of the offset; OFFSET_UNKNOWN, or one before the last reading, begins anew. */
void store_rate_read(struct store_rate *r, int64_t value, int64_t now_us);

#endif
