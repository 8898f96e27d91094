/* SPDX-License-Identifier: BSD-2-Clause */
#include "feed/feed_window.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"

/* Two neighbours are joined into one slice when both are smaller than this. */
enum { SLICE_SMALL = 256 };

/* Items */

struct feed_item *feed_item_new(const struct record *record, uint32_t row, unsigned outcome)
{
	size_t size = sizeof(struct feed_item) + record->header_count * sizeof(struct record_header) + record->key.len +
		record->value.len;
	struct record_header *headers;
	struct feed_item *item;
	char *p;

	for (size_t i = 0; i < record->header_count; i++)
		size += strlen(record->headers[i].name) + 1 + record->headers[i].value.len;
	item = mem_alloc(size);
	item->refs = 1;
	item->outcome = (unsigned char)outcome;
	item->row = row;
	item->bytes = size + sizeof(item);
	item->record = *record;
	item->place_ms = record->timestamp_ms;
	headers = (struct record_header *)(item + 1);
	p = (char *)(headers + record->header_count);
	/* The pointer tells null from empty: both have length 0. */
	if (record->key.p) {
		item->record.key.p = memcpy(p, record->key.p, record->key.len);
		p += record->key.len;
	}
	if (record->value.p) {
		item->record.value.p = memcpy(p, record->value.p, record->value.len);
		p += record->value.len;
	}
	item->record.headers = record->header_count ? headers : NULL;
	for (size_t i = 0; i < record->header_count; i++) {
		const struct record_header *from = &record->headers[i];
		size_t len = strlen(from->name) + 1;

		headers[i] = (struct record_header){ memcpy(p, from->name, len), { NULL, from->value.len } };
		p += len;
		if (from->value.p) {
			headers[i].value.p = memcpy(p, from->value.p, from->value.len);
			p += from->value.len;
		}
	}
	return item;
}

struct feed_item *feed_item_ref(struct feed_item *item)
{
	atomic_fetch_add_explicit(&item->refs, 1, memory_order_relaxed);
	return item;
}

void feed_item_unref(struct feed_item *item)
{
	if (atomic_fetch_sub_explicit(&item->refs, 1, memory_order_acq_rel) == 1)
		free(item);
}

void feed_item_place(struct feed_item *item, int64_t *place_ms)
{
	if (record_has_time(&item->record))
		*place_ms = item->record.timestamp_ms;
	item->place_ms = *place_ms;
}

int feed_item_compare(const struct feed_item *a, const struct feed_item *b)
{
	const struct record *x = &a->record, *y = &b->record;
	int order;

	if (a->place_ms != b->place_ms)
		return a->place_ms < b->place_ms ? -1 : 1;
	order = x->topic == y->topic ? 0 : strcmp(x->topic, y->topic);
	if (order == 0)
		order = (x->partition > y->partition) - (x->partition < y->partition);
	return order ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

static int compare_items(const void *a, const void *b)
{
	return feed_item_compare(*(struct feed_item *const *)a, *(struct feed_item *const *)b);
}

void feed_items_sort(struct feed_item **items, size_t count)
{
	bool sorted = true;

	for (size_t i = 1; i < count && sorted; i++)
		sorted = feed_item_compare(items[i - 1], items[i]) <= 0;
	if (!sorted)
		qsort(items, count, sizeof(struct feed_item *), compare_items);
}

/* Slices */

static struct feed_slice *slice_new(size_t count)
{
	struct feed_slice *slice = mem_alloc(sizeof(*slice) + count * sizeof(struct feed_item *));

	slice->refs = 1;
	slice->count = count;
	return slice;
}

/* Puts `items` at [at, at + count) and takes their references. */
static void slice_fill(struct feed_slice *slice, size_t at, struct feed_item *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		slice->items[at + i] = items[i];
		slice->bytes += items[i]->bytes;
	}
}

struct feed_slice *feed_slice_ref(struct feed_slice *slice)
{
	atomic_fetch_add_explicit(&slice->refs, 1, memory_order_relaxed);
	return slice;
}

void feed_slice_unref(struct feed_slice *slice)
{
	if (atomic_fetch_sub_explicit(&slice->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (size_t i = 0; i < slice->count; i++)
		feed_item_unref(slice->items[i]);
	free(slice);
}

/* The window */

void feed_window_init(struct feed_window *w)
{
	*w = (struct feed_window){ .first = FEED_NUMBER_FIRST, .end = FEED_NUMBER_FIRST };
}

void feed_window_reset(struct feed_window *w)
{
	for (size_t i = 0; i < w->count; i++)
		feed_slice_unref(w->entries[w->at + i].slice);
	w->at = w->count = 0;
	w->bytes = 0;
	w->first = w->end;
}

void feed_window_release(struct feed_window *w)
{
	feed_window_reset(w);
	free(w->entries);
	w->entries = NULL;
	w->cap = 0;
}

static struct feed_slice *slice_join(struct feed_slice *old, struct feed_item *const *items, size_t count,
	bool in_front)
{
	struct feed_slice *slice = slice_new(old->count + count);

	for (size_t i = 0; i < old->count; i++)
		feed_item_ref(old->items[i]);
	slice_fill(slice, in_front ? count : 0, old->items, old->count);
	slice_fill(slice, in_front ? 0 : old->count, items, count);
	feed_slice_unref(old);
	return slice;
}

static struct feed_slice *slice_of(struct feed_item *const *items, size_t count)
{
	struct feed_slice *slice = slice_new(count);

	slice_fill(slice, 0, items, count);
	return slice;
}

void feed_window_append(struct feed_window *w, struct feed_item **items, size_t count)
{
	struct feed_entry *last = w->count > 0 ? &w->entries[w->at + w->count - 1] : NULL;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		w->bytes += items[i]->bytes;
	if (last && last->slice->count < SLICE_SMALL && count < SLICE_SMALL) {
		last->slice = slice_join(last->slice, items, count, false);
	} else {
		if (w->at > 0 && w->at + w->count == w->cap) {
			memmove(w->entries, w->entries + w->at, w->count * sizeof(*w->entries));
			w->at = 0;
		}
		w->entries = mem_grow(w->entries, &w->cap, w->at + w->count + 1, sizeof(*w->entries));
		w->entries[w->at + w->count++] = (struct feed_entry){ slice_of(items, count), w->end };
	}
	w->end += (int64_t)count;
}

void feed_window_prepend(struct feed_window *w, struct feed_item **items, size_t count)
{
	struct feed_entry *head = w->count > 0 ? &w->entries[w->at] : NULL;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		w->bytes += items[i]->bytes;
	w->first -= (int64_t)count;
	if (head && head->slice->count < SLICE_SMALL && count < SLICE_SMALL) {
		head->slice = slice_join(head->slice, items, count, true);
		head->first = w->first;
		return;
	}
	if (w->at == 0) {
		w->entries = mem_grow(w->entries, &w->cap, w->count + 1, sizeof(*w->entries));
		memmove(w->entries + 1, w->entries, w->count * sizeof(*w->entries));
	} else {
		w->at--;
	}
	w->entries[w->at] = (struct feed_entry){ slice_of(items, count), w->first };
	w->count++;
}

struct feed_slice *feed_window_shift(struct feed_window *w)
{
	struct feed_slice *slice;

	if (w->count == 0)
		return NULL;
	slice = w->entries[w->at++].slice;
	w->count--;
	w->first += (int64_t)slice->count;
	w->bytes -= slice->bytes;
	return slice;
}

struct feed_slice *feed_window_pop(struct feed_window *w)
{
	struct feed_slice *slice;

	if (w->count == 0)
		return NULL;
	slice = w->entries[w->at + --w->count].slice;
	w->end -= (int64_t)slice->count;
	w->bytes -= slice->bytes;
	return slice;
}

static int compare_number(const void *number, const void *entry)
{
	const struct feed_entry *e = entry;
	int64_t n = *(const int64_t *)number;

	return (n >= e->first + (int64_t)e->slice->count) - (n < e->first);
}

struct feed_item *feed_entries_get(const struct feed_entry *entries, size_t count, int64_t number)
{
	const struct feed_entry *e = search_find(&number, entries, count, sizeof(*entries), compare_number);

	return e ? e->slice->items[number - e->first] : NULL;
}
