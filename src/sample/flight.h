/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The questions that are open: who waits for them, which are late, and what was
 * told since somebody looked. An item (a group, a topic, a leader's partitions) is
 * in one open question of a kind at most: the store points from each to it.
 * Sampler thread only.
 */
#ifndef SAMPLE_FLIGHT_H
#define SAMPLE_FLIGHT_H

#include "sample/source.h"
#include "sample/store.h"

struct flight_leader {
	int32_t id;
	int open[OFFSET_KIND_COUNT];   /* questions of rounds */
};

struct flight {
	struct store *store;
	struct source source;
	struct question *questions;    /* the newest first; also those that were given up */
	const struct question *metadata;   /* the open one, or the one that hangs; NULL: none */
	int open[QUESTION_KIND_COUNT];     /* like the other counts without those given up */
	int open_count;
	int waited[WAITER_COUNT];          /* about groups only */
	struct flight_leader *leaders;
	size_t leader_count, leader_cap;
	/* Told since the one that reads it cleared it. */
	bool changed, urgent;          /* there is something to show; it is worth to be shown now */
	bool metadata_read, metadata_failed;
	bool connection_lost, other_cluster;
	bool unreachable;              /* some broker of the cluster, now */
};

void flight_init(struct flight *f, struct store *store, struct source source);
/* Forgets all questions without a word to the source: what they were about may be asked again. */
void flight_forget(struct flight *f);
void flight_release(struct flight *f);

/* For ask.c: a question that is being put together, and sent. One about nothing is freed instead. */
struct question *flight_question(enum question_kind kind, enum waiter waiter);
void flight_add_name(struct question *q, const char *name);   /* of names_get() */
void flight_send(struct flight *f, struct question *q);

/* Gives up what is past its deadline: that is the newest attempt, and it failed. */
void flight_give_up_late(struct flight *f, int64_t now_us);
/* For how long past being given up the oldest question hangs, since it was sent, in ms; 0: none does. */
int64_t flight_hangs_ms(const struct flight *f, int64_t now_us);

struct flight_leader *flight_leader(struct flight *f, int32_t id);
int flight_offsets_open(const struct flight *f, enum offset_kind kind);

#endif
