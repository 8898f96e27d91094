/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Binary search in an array sorted by `compare`: like bsearch(), but the array
 * may be NULL when it is empty, and search_place() tells where to insert a new
 * item. The key may have another type than the items. Inline, so that the
 * compiler can inline the comparison. Any thread.
 */
#ifndef BASE_SEARCH_H
#define BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

/* As for bsearch(): below zero when the key sorts before the item. */
typedef int search_compare_fn(const void *key, const void *item);

/* Index of the first item that does not sort before the key; `count` when all do. */
static inline size_t search_place(const void *key, const void *items, size_t count, size_t size,
	search_compare_fn *compare)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key, (const char *)items + middle * size) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first item that equals the key, or NULL; change it only when the array is not const. */
static inline void *search_find(const void *key, const void *items, size_t count, size_t size,
	search_compare_fn *compare)
{
	size_t at = search_place(key, items, count, size, compare);
	const char *item = (const char *)items + at * size;

	return at < count && compare(key, item) == 0 ? (void *)(uintptr_t)item : NULL;
}

#endif
