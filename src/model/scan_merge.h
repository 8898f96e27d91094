/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Merges several partitions into one stream in the order of timestamps; equal
 * ones by topic, partition and offset, so that two runs give the same order.
 * Each partition keeps its own order, even where its timestamps go back. One
 * thread at a time.
 */
#ifndef MODEL_SCAN_MERGE_H
#define MODEL_SCAN_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan_merge;

struct scan_merge_item {
	int64_t timestamp_ms; /* -1 none: comes first */
	int64_t offset;
	void *data;
};

enum scan_merge_next {
	SCAN_MERGE_ITEM,
	SCAN_MERGE_WAIT, /* a source has neither an item nor ended: the next item may be its own */
	SCAN_MERGE_END
};

/* `newest_first`: sources push from their ends backward, and the order is reversed. */
struct scan_merge *scan_merge_new(bool newest_first);
/* Passes the items that remain to `free_data`. `merge` may be NULL. */
void scan_merge_free(struct scan_merge *merge, void (*free_data)(void *data));
/* Call it for all sources before the first push. Returns the number of the source. */
size_t scan_merge_add(struct scan_merge *merge, const char *topic, int32_t partition);
void scan_merge_push(struct scan_merge *merge, size_t source, const struct scan_merge_item *item);
void scan_merge_end(struct scan_merge *merge, size_t source); /* it has no further items */
enum scan_merge_next scan_merge_pop(struct scan_merge *merge, struct scan_merge_item *item, size_t *source);

/* Keeps the newest N of the items offered, in any order of arrival. */
struct scan_newest;

struct scan_newest *scan_newest_new(size_t count);
void scan_newest_free(struct scan_newest *newest, void (*free_data)(void *data));
/* `topic` is borrowed until the free. Returns the data that was dropped (perhaps the item's own), or NULL. */
void *scan_newest_offer(struct scan_newest *newest, const char *topic, int32_t partition,
	const struct scan_merge_item *item);
/* Takes the oldest that is left; false when empty. */
bool scan_newest_pop(struct scan_newest *newest, struct scan_merge_item *item, const char **topic, int32_t *partition);

#endif
