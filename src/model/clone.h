/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the copy of a partition stands. A clone writes the records of a partition
 * in their order, each once, into a partition that nobody else writes to and that
 * was empty: so the records of source and target match one to one in their order,
 * whatever holes the source's offsets have. What is kept is one such match, that of
 * the newest record known to be in the target (with a hash of it). After a break
 * the target may hold more than that: its records beyond, read again, are compared
 * with the source's next ones before anything is written, and copying goes on
 * behind the last. Plain values; one thread at a time.
 */
#ifndef MODEL_CLONE_H
#define MODEL_CLONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

struct clone_pending {
	int64_t offset;                      /* of the source */
	uint64_t hash;
};

struct clone_part {                          /* clone_part_init() */
	int64_t source;                      /* offset of the newest record known to be in the target; -1: none */
	int64_t target;                      /* the offset after it there */
	uint64_t hash;                       /* of it */
	/* of the target when copying began: what lies at and after `target` */
	uint64_t *found;                     /* hashes by offset; 0: gone, by compaction or retention */
	size_t found_count, found_cap, compared;
	/* sent and not yet known to be there, in order */
	struct clone_pending *pending;
	size_t first, count, cap;            /* a ring */
};

struct clone_progress {                      /* of a run */
	int64_t delivered, bytes;            /* by this run */
	int64_t done, total;                 /* offsets of the source that were handled, of all */
	int64_t ms;
	double per_s, bytes_per_s;           /* over the last seconds; NaN: not known yet */
	int64_t eta_ms;                      /* -1: not known */
};

enum clone_verdict {
	CLONE_SEND,
	CLONE_THERE,                         /* it is in the target already */
	CLONE_DIFFERS                        /* the target holds another record in its place */
};

void clone_part_init(struct clone_part *p);
void clone_part_release(struct clone_part *p);
/* Key, value, headers and timestamp; never 0. Not for adversaries. */
uint64_t clone_hash(const struct record *r);
/* A record of the target at `offset`, read before copying begins, ascending. False: it is not the one that was known. */
bool clone_part_found(struct clone_part *p, int64_t offset, uint64_t hash);
/* Up to `end`, the target's log end; what was not read is gone. False: it ends before what was known. */
bool clone_part_found_end(struct clone_part *p, int64_t end);
/* The source's next record. */
enum clone_verdict clone_part_next(struct clone_part *p, int64_t offset, uint64_t hash);
/* It was sent; then it, the oldest that is pending, is in the target at `offset`. False: not where it belongs. */
void clone_part_sent(struct clone_part *p, int64_t offset, uint64_t hash);
void clone_part_not_sent(struct clone_part *p);      /* takes the newest back */
bool clone_part_delivered(struct clone_part *p, int64_t offset);
/* What was sent and not confirmed is not known any more; what the target holds is to be read again. */
void clone_part_forget(struct clone_part *p);
/* All that the target held has been compared. */
bool clone_part_is_aligned(const struct clone_part *p);

#endif
