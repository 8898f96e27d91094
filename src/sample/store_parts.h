/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the store share with one another. Sampler thread only. */
#ifndef SAMPLE_STORE_PARTS_H
#define SAMPLE_STORE_PARTS_H

#include "sample/store.h"

/*
 * Snapshots between two sweeps of the names. The sanitizer builds sweep after
 * every one, so that a name that somebody forgot to keep is found in the next test.
 */
#ifndef STORE_SWEEP_EVERY
#define STORE_SWEEP_EVERY 64
#endif

/* Frees the names that neither the store nor an open question holds. */
void store_names_sweep(struct store *st);

/* How old a rate or a lag may be and still count as current: some periods. */
int64_t store_rate_age_ms(int32_t interval_ms);
/* Adds the figures of a finished snapshot to the histories, and copies these into it. `topics` and `groups` are its own. */
void store_history_add(struct store *st, struct snapshot *s, struct topic *topics, struct group *groups);

/*
 * False: the committed offset was deleted. An answer without it is no proof: Kafka also leaves out what the user may not
 * describe any more, and only an answer about the topic tells which of the two it is.
 */
bool store_row_counts(const struct store_row *row);

/* The NEED_* that are met: store_ready.c. */
unsigned store_ready(const struct store *st, const struct store_frame *frame);

/* store_events.c: the time of day at the monotonic time `now_ms`, which is now. */
int64_t store_wall_ms(struct store *st, int64_t now_ms);
/* Keeps the events between the last snapshot and this finished one, and copies all that are kept into it. */
void store_events_add(struct store *st, struct snapshot *s);
void store_events_release(struct store *st);

void store_topic_drop(struct store_topic *t);
void store_group_drop(struct store_group *g);

void store_rate_clear(struct store_rate *r);
/* A reading of the offset; OFFSET_UNKNOWN, or one before the last reading, begins anew. */
void store_rate_read(struct store_rate *r, int64_t value, int64_t now_us);

#endif
