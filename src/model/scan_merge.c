/* SPDX-License-Identifier: BSD-2-Clause */
/* A heap of the sources that have an item, ordered by their first item. */
#include "model/scan_merge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct source {
	char *topic;
	int32_t partition;
	struct scan_merge_item *items; /* a ring of `cap` */
	size_t first, count, cap;
	bool ended;
};

struct scan_merge {
	bool newest_first;
	struct source *sources;
	size_t source_count, source_cap;
	size_t *heap; /* sources with an item, the next one on top */
	size_t heap_count, heap_cap;
	size_t waited_for; /* sources with neither item nor end */
};

struct scan_merge *scan_merge_new(bool newest_first)
{
	struct scan_merge *merge = mem_alloc(sizeof(*merge));

	merge->newest_first = newest_first;
	return merge;
}

void scan_merge_free(struct scan_merge *merge, void (*free_data)(void *data))
{
	if (!merge)
		return;
	for (size_t i = 0; i < merge->source_count; i++) {
		struct source *source = &merge->sources[i];

		for (size_t k = 0; k < source->count; k++)
			free_data(source->items[(source->first + k) % source->cap].data);
		free(source->items);
		free(source->topic);
	}
	free(merge->sources);
	free(merge->heap);
	free(merge);
}

size_t scan_merge_add(struct scan_merge *merge, const char *topic, int32_t partition)
{
	struct source source = { .topic = mem_strdup(topic), .partition = partition };

	merge->sources = mem_grow(merge->sources, &merge->source_cap, merge->source_count + 1, sizeof(source));
	merge->sources[merge->source_count] = source;
	merge->heap = mem_grow(merge->heap, &merge->heap_cap, merge->source_count + 1, sizeof(*merge->heap));
	merge->waited_for++;
	return merge->source_count++;
}

static bool comes_before(const struct scan_merge *merge, size_t a, size_t b)
{
	const struct source *x = &merge->sources[a], *y = &merge->sources[b];
	int64_t s = x->items[x->first].timestamp_ms, t = y->items[y->first].timestamp_ms;
	int order = (s > t) - (s < t);

	if (order == 0)
		order = strcmp(x->topic, y->topic);
	if (order == 0)
		order = (x->partition > y->partition) - (x->partition < y->partition);
	return merge->newest_first ? order > 0 : order < 0;
}

static void swap_rows(size_t *a, size_t *b)
{
	size_t t = *a;

	*a = *b;
	*b = t;
}

static void sift_up(struct scan_merge *merge, size_t at)
{
	for (; at > 0 && comes_before(merge, merge->heap[at], merge->heap[(at - 1) / 2]); at = (at - 1) / 2)
		swap_rows(&merge->heap[at], &merge->heap[(at - 1) / 2]);
}

static void sift_down(struct scan_merge *merge, size_t at)
{
	for (;;) {
		size_t best = at;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < merge->heap_count; child++)
			if (comes_before(merge, merge->heap[child], merge->heap[best]))
				best = child;
		if (best == at)
			return;
		swap_rows(&merge->heap[at], &merge->heap[best]);
		at = best;
	}
}

static void source_grow(struct source *source)
{
	size_t cap = source->cap ? source->cap * 2 : 4;
	struct scan_merge_item *items = mem_alloc(cap * sizeof(*items));

	for (size_t i = 0; i < source->count; i++)
		items[i] = source->items[(source->first + i) % source->cap];
	free(source->items);
	source->items = items;
	source->first = 0;
	source->cap = cap;
}

void scan_merge_push(struct scan_merge *merge, size_t index, const struct scan_merge_item *item)
{
	struct source *source = &merge->sources[index];

	assert(!source->ended);
	if (source->count == source->cap)
		source_grow(source);
	source->items[(source->first + source->count++) % source->cap] = *item;
	if (source->count == 1) {
		merge->waited_for--;
		merge->heap[merge->heap_count++] = index;
		sift_up(merge, merge->heap_count - 1);
	}
}

void scan_merge_end(struct scan_merge *merge, size_t index)
{
	struct source *source = &merge->sources[index];

	if (!source->ended && source->count == 0)
		merge->waited_for--;
	source->ended = true;
}

enum scan_merge_next scan_merge_pop(struct scan_merge *merge, struct scan_merge_item *item, size_t *index)
{
	struct source *source;

	if (merge->waited_for > 0)
		return SCAN_MERGE_WAIT;
	if (merge->heap_count == 0)
		return SCAN_MERGE_END;
	*index = merge->heap[0];
	source = &merge->sources[*index];
	*item = source->items[source->first];
	source->first = (source->first + 1) % source->cap;
	source->count--;
	if (source->count == 0) {
		merge->waited_for += !source->ended;
		merge->heap[0] = merge->heap[--merge->heap_count];
	}
	sift_down(merge, 0);
	return SCAN_MERGE_ITEM;
}
