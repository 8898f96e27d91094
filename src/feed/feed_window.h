/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The records that a feed keeps, in order and numbered. They stand in slices,
 * which are immutable and reference-counted: a copy of the window for another
 * thread costs one pointer for each slice, not for each record. A window has one
 * owner at a time; slices and items may be held by any thread.
 */
#ifndef FEED_FEED_WINDOW_H
#define FEED_FEED_WINDOW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

#define FEED_NUMBER_FIRST (INT64_C(1) << 40) /* leaves room for records put in front */

/* One record with its bytes behind it. */
struct feed_item {
	atomic_uint refs;
	atomic_uchar outcome; /* enum txn_outcome; the feed's thread writes it */
	uint32_t row;         /* of the feed's partitions */
	int64_t place_ms;     /* its timestamp, or what stands for one: feed_item_place(), reader_batch_place() */
	size_t bytes;         /* its size in memory */
	struct record record;
};

struct feed_slice {
	atomic_uint refs;
	size_t count, bytes;
	struct feed_item *items[];
};

struct feed_entry {
	struct feed_slice *slice;
	int64_t first; /* number of its first record */
};

struct feed_window {
	struct feed_entry *entries; /* [at, at + count) of cap */
	size_t at, count, cap;
	int64_t first, end; /* numbers */
	size_t bytes;
};

/* Copies the record; its topic's name stays borrowed. */
struct feed_item *feed_item_new(const struct record *record, uint32_t row, unsigned outcome);
struct feed_item *feed_item_ref(struct feed_item *item);
void feed_item_unref(struct feed_item *item);
/*
 * Call it for the records of one partition in the order of their offsets: a record without a timestamp gets the
 * place of the one before it. `*place_ms` carries the place from one call to the next.
 */
void feed_item_place(struct feed_item *item, int64_t *place_ms);
/* By place, topic, partition, offset. */
int feed_item_compare(const struct feed_item *a, const struct feed_item *b);
void feed_items_sort(struct feed_item **items, size_t count);

struct feed_slice *feed_slice_ref(struct feed_slice *slice);
void feed_slice_unref(struct feed_slice *slice);

void feed_window_init(struct feed_window *w);
void feed_window_release(struct feed_window *w);
/* Empties it; numbering goes on, so that an old number never names a new record. */
void feed_window_reset(struct feed_window *w);
/* Both take the caller's references. */
void feed_window_append(struct feed_window *w, struct feed_item **items, size_t count);
void feed_window_prepend(struct feed_window *w, struct feed_item **items, size_t count);
/* Removes the first or the last slice, which the caller unrefs; NULL when empty. */
struct feed_slice *feed_window_shift(struct feed_window *w);
struct feed_slice *feed_window_pop(struct feed_window *w);
/* The record with this number, or NULL. */
struct feed_item *feed_entries_get(const struct feed_entry *entries, size_t count, int64_t number);

#endif
