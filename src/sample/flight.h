/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The questions that are open, who waits for them, and what news the answers
 * brought. A group, a topic or a leader's partitions are in at most one open
 * question of each kind; the store points from each of them to that question.
 * Sampler thread only.
 */
#ifndef SAMPLE_FLIGHT_H
#define SAMPLE_FLIGHT_H

#include "sample/source.h"
#include "sample/store.h"

struct flight_leader {
	int32_t id;
	int open[OFFSET_KIND_COUNT]; /* questions of rounds */
};

struct flight {
	struct store *store;
	struct source source;
	struct question *questions;      /* the newest first; also those that were given up */
	const struct question *metadata; /* the open one, or the one that hangs; NULL: none */
	int open[QUESTION_KIND_COUNT];   /* no count includes questions that were given up */
	int open_count;
	int waited[WAITER_COUNT]; /* open questions about groups, by who waits for them */
	struct flight_leader *leaders;
	size_t leader_count, leader_cap;
	/* News. Whoever reads one of these clears it. */
	bool changed, urgent; /* there is something to show; it should be shown without delay */
	bool metadata_read, metadata_failed;
	bool connection_lost, other_cluster;
	bool unreachable; /* no news but a state: some broker of the cluster cannot be reached */
};

void flight_init(struct flight *f, struct store *store, struct source source);
/* Forgets all questions without telling the source; what they were about may be asked again. */
void flight_forget(struct flight *f);
void flight_release(struct flight *f);

/* For ask.c: makes a question, adds to it, sends it. A question that names nothing is freed and not sent. */
struct question *flight_question(enum question_kind kind, enum waiter waiter);
void flight_add_name(struct question *q, const char *name); /* of names_get() */
void flight_send(struct flight *f, struct question *q);
/* Was told, or will not be: it may be asked again, unless another question about it is open. */
void flight_let_go(struct store_asked *asked, const struct question *q);

/* Gives up the questions that are past their deadline: what they asked for has failed. */
void flight_give_up_late(struct flight *f, int64_t now_us);
/* How long ago the oldest question that was given up and is still open was sent, in ms; 0: there is none. */
int64_t flight_hangs_ms(const struct flight *f, int64_t now_us);

struct flight_leader *flight_leader(struct flight *f, int32_t id);
int flight_offsets_open(const struct flight *f, enum offset_kind kind);

#endif
