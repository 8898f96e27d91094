/* SPDX-License-Identifier: BSD-2-Clause */
/* A heap with the oldest kept record on top, which a newer one replaces. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/scan_merge.h"

struct entry {
	struct scan_merge_item item;
	const char *topic;
	int32_t partition;
};

struct scan_newest {
	struct entry *heap;
	size_t count, cap, limit;
};

struct scan_newest *scan_newest_new(size_t count)
{
	struct scan_newest *newest = mem_alloc(sizeof(*newest));

	newest->limit = count;
	return newest;
}

void scan_newest_free(struct scan_newest *newest, void (*free_data)(void *data))
{
	if (!newest)
		return;
	for (size_t i = 0; i < newest->count; i++)
		free_data(newest->heap[i].item.data);
	free(newest->heap);
	free(newest);
}

static bool older(const struct entry *a, const struct entry *b)
{
	int order;

	if (a->item.timestamp_ms != b->item.timestamp_ms)
		return a->item.timestamp_ms < b->item.timestamp_ms;
	order = strcmp(a->topic, b->topic);
	if (order != 0)
		return order < 0;
	if (a->partition != b->partition)
		return a->partition < b->partition;
	return a->item.offset < b->item.offset;
}

static void swap_entries(struct entry *a, struct entry *b)
{
	struct entry t = *a;

	*a = *b;
	*b = t;
}

static void sift_down(struct scan_newest *newest)
{
	for (size_t at = 0;;) {
		size_t oldest = at;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < newest->count; child++)
			if (older(&newest->heap[child], &newest->heap[oldest]))
				oldest = child;
		if (oldest == at)
			return;
		swap_entries(&newest->heap[at], &newest->heap[oldest]);
		at = oldest;
	}
}

void *scan_newest_offer(struct scan_newest *newest, const char *topic, int32_t partition,
	const struct scan_merge_item *item)
{
	struct entry entry = { *item, topic, partition };
	void *out;

	if (newest->count < newest->limit) {
		size_t at = newest->count++;

		newest->heap = mem_grow(newest->heap, &newest->cap, newest->count, sizeof(*newest->heap));
		newest->heap[at] = entry;
		for (; at > 0 && older(&newest->heap[at], &newest->heap[(at - 1) / 2]); at = (at - 1) / 2)
			swap_entries(&newest->heap[at], &newest->heap[(at - 1) / 2]);
		return NULL;
	}
	if (newest->limit == 0 || !older(&newest->heap[0], &entry))
		return item->data;
	out = newest->heap[0].item.data;
	newest->heap[0] = entry;
	sift_down(newest);
	return out;
}

bool scan_newest_pop(struct scan_newest *newest, struct scan_merge_item *item, const char **topic, int32_t *partition)
{
	if (newest->count == 0)
		return false;
	*item = newest->heap[0].item;
	*topic = newest->heap[0].topic;
	*partition = newest->heap[0].partition;
	newest->heap[0] = newest->heap[--newest->count];
	sift_down(newest);
	return true;
}
