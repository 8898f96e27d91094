/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What became of the records that the UI looks at, when they are read whatever
 * their transaction did: they are read once more as a consumer that takes only
 * what is committed. What that one does not get was aborted, and what lies at
 * or above its end, the last stable offset, is open still.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "feed/feed_parts.h"

enum {
	OPEN_MS = 1000,                  /* how often open ones are looked at again */
	FOLLOW_MS = 250,                 /* how often new ones are while they pour in */
	FRESH_MS = 100,                  /* how often any are */
	SPAN_MAX = 20000                 /* offsets of a partition read for it */
};

struct look {
	bool changed;                    /* something was found out */
	struct feed_item **items;        /* by row and offset */
	size_t count, cap;
};

static int compare(const void *a, const void *b)
{
	const struct feed_item *x = *(struct feed_item *const *)a, *y = *(struct feed_item *const *)b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->record.offset > y->record.offset) - (x->record.offset < y->record.offset);
}

static bool is_settled(const struct feed_item *item)
{
	unsigned fate = atomic_load(&item->fate);

	return fate == FATE_COMMITTED || fate == FATE_ABORTED;
}

/* What is looked at, referenced. With the lock. */
static void gather(const struct feed *f, struct look *look)
{
	for (int64_t n = f->look_first; n < f->look_end; n++) {
		struct feed_item *item = feed_entries_get(f->window.entries + f->window.at, f->window.count, n);

		if (!item || is_settled(item))
			continue;
		look->items = mem_grow(look->items, &look->cap, look->count + 1, sizeof(*look->items));
		look->items[look->count++] = feed_item_ref(item);
	}
}

static void committed(void *context, struct record *record, uint32_t row)
{
	struct look *look = context;
	struct feed_item key = { .row = row, .record.offset = record->offset }, *at = &key;
	struct feed_item **found = bsearch(&at, look->items, look->count, sizeof(*look->items), compare);

	if (!found)
		return;
	atomic_store(&(*found)->fate, FATE_COMMITTED);
	look->changed = true;
}

/* The end of the row's items that begin at `from`. */
static size_t row_end(const struct look *look, size_t from)
{
	size_t to = from + 1;

	while (to < look->count && look->items[to]->row == look->items[from]->row)
		to++;
	return to;
}

static void ask(struct feed_pass *pass, const struct look *look)
{
	for (size_t i = 0, end; i < look->count; i = end) {
		int64_t from = look->items[i]->record.offset, to;

		end = row_end(look, i);
		to = look->items[end - 1]->record.offset + 1;
		if (to - from <= SPAN_MAX)
			feed_pass_add(pass, look->items[i]->row, from, to);
	}
}

static void settle(struct look *look, uint32_t row, const struct reader_row *read)
{
	for (size_t i = 0; i < look->count; i++) {
		struct feed_item *item = look->items[i];
		unsigned char fate = item->record.offset < read->end ? FATE_ABORTED : FATE_OPEN;

		if (item->row != row || is_settled(item) || item->record.offset < read->from)
			continue;
		look->changed |= atomic_exchange(&item->fate, fate) != fate;
	}
}

static void read_again(struct feed *f, struct look *look)
{
	struct feed_pass *pass = feed_pass_new(f);
	struct error err = {0};

	qsort(look->items, look->count, sizeof(*look->items), compare);
	ask(pass, look);
	pass->setup.read_committed = pass->setup.little = true;
	if (pass->range_count && feed_pass_run(pass, NULL, false, committed, look, &err) == FEED_PASS_DONE) {
		for (size_t i = 0; i < reader_row_count(pass->reader); i++) {
			struct reader_row row = reader_row(pass->reader, i);

			if (row.log_start >= 0 && scan_row_state(reader_scan(pass->reader), i) == SCAN_DONE)
				settle(look, pass->rows[i], &row);
		}
	}
	feed_pass_end(pass);
}

void feed_fates_step(struct feed *f)
{
	struct look look = {0};
	int64_t now_ms = clock_mono_ms();

	if (f->setup.read_committed)
		return;
	pthread_mutex_lock(&f->lock);
	if (f->look_end > f->look_first && !f->commands && !f->closing &&
	    now_ms - f->looked_ms >= (!f->look_fresh ? OPEN_MS : f->follower ? FOLLOW_MS : FRESH_MS)) {
		gather(f, &look);
		f->looked_ms = now_ms;
		f->look_fresh = false;
		f->looking = look.count > 0;
		if (look.count == 0)
			f->look_first = f->look_end = 0;
	}
	pthread_mutex_unlock(&f->lock);
	if (look.count == 0)
		return;
	read_again(f, &look);
	pthread_mutex_lock(&f->lock);
	f->looking = false;
	/* The UI looks again whenever something is published: only then. */
	if (look.changed)
		feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	for (size_t i = 0; i < look.count; i++)
		feed_item_unref(look.items[i]);
	free(look.items);
}
