/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How far the copy of a partition is. A clone writes the records of a
 * partition, in order and each once, into a partition that was empty and that
 * nobody else writes to. So the records of source and target correspond one to
 * one in their order, whatever gaps the source's offsets have. One such pair is
 * kept: the newest record known to be in the target, with its hash. After an
 * interruption the target may hold more records: they are read again and
 * compared with the next ones of the source before anything is written, and
 * copying continues after the last of them. Plain values; one thread at a time.
 */
#ifndef MODEL_CLONE_H
#define MODEL_CLONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

struct clone_pending {
	int64_t offset; /* of the source */
	uint64_t hash;
};

struct clone_part {     /* made by clone_part_init() */
	int64_t source; /* offset of the newest record known to be in the target; -1: none */
	int64_t target; /* the offset after it there */
	uint64_t hash;  /* of that record */
	/* of the target when copying began: the records from `target` on */
	uint64_t *found; /* hashes by offset; 0: removed by compaction or retention */
	size_t found_count, found_cap, compared;
	/* sent and not yet known to be there, in order */
	struct clone_pending *pending;
	size_t first, count, cap; /* a ring */
};

struct clone_progress {           /* of a run */
	int64_t delivered, bytes; /* by this run */
	int64_t done, total;      /* offsets of the source that are finished, and their total */
	int64_t ms;
	double per_s, bytes_per_s; /* over the last seconds; NaN: not known yet */
	int64_t eta_ms;            /* -1: not known */
};

enum clone_match {
	CLONE_SEND,
	CLONE_THERE,  /* it is in the target already */
	CLONE_DIFFERS /* the target holds another record at its place */
};

void clone_part_init(struct clone_part *p);
void clone_part_release(struct clone_part *p);
/* Hashes key, value, headers and timestamp; never 0. Not safe against intended collisions. */
uint64_t clone_hash(const struct record *r);
/*
 * Adds a record that the target has at `offset`, read before copying begins; ascending. False: it is not the
 * record that was known.
 */
bool clone_part_found(struct clone_part *p, int64_t offset, uint64_t hash);
/*
 * Ends the records found, at the log end of the target; offsets that were not read hold none. False: it ends
 * before the known record.
 */
bool clone_part_found_end(struct clone_part *p, int64_t end);
/* Decides about the next record of the source. */
enum clone_match clone_part_next(struct clone_part *p, int64_t offset, uint64_t hash);
/*
 * Notes that it was sent; later, that the oldest pending record is in the target at `offset`. False: not where
 * it belongs.
 */
void clone_part_sent(struct clone_part *p, int64_t offset, uint64_t hash);
void clone_part_not_sent(struct clone_part *p); /* takes the newest one back */
bool clone_part_delivered(struct clone_part *p, int64_t offset);
/* Forgets records that were sent and not confirmed: the target must be read again. */
void clone_part_forget(struct clone_part *p);
/* Everything that the target held has been compared. */
bool clone_part_is_aligned(const struct clone_part *p);

#endif
