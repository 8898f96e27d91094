/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new filter: when the window lacks no record, its records are filtered; else
 * the page is read again from where the window begins.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "feed/feed_parts.h"

/* Removes the records that do not match. The caller has checked that the window lacks none that might match. */
static void filter_window(struct feed *f)
{
	struct feed_window now;
	size_t dropped = 0;

	feed_window_init(&now);
	now.first = now.end = f->shared.window.end;
	for (size_t i = 0; i < f->shared.window.count; i++) {
		struct feed_slice *slice = f->shared.window.entries[f->shared.window.at + i].slice;
		struct feed_item **items = mem_alloc(slice->count * sizeof(struct feed_item *));
		size_t count = 0;

		for (size_t k = 0; k < slice->count; k++)
			if (feed_page_matches(f, &slice->items[k]->record))
				items[count++] = feed_item_ref(slice->items[k]);
		feed_window_append(&now, items, count);
		dropped += slice->count - count;
		free(items);
	}
	pthread_mutex_lock(&f->lock);
	feed_window_release(&f->shared.window);
	f->shared.window = now;
	f->shared.dropped |= dropped > 0;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

/* Reads a page of matches; the window begins where it began. */
static void read_again(struct feed *f, const struct feed_command *c)
{
	feed_page_forget(f);
	pthread_mutex_lock(&f->lock);
	feed_window_reset(&f->shared.window);
	f->shared.dropped = f->shared.at_end = false;
	for (size_t i = 0; i < f->shared.row_count; i++)
		f->shared.rows[i].hi = f->shared.rows[i].lo;
	pthread_mutex_unlock(&f->lock);
	feed_page_newer(f, c);
}

void feed_filter_set(struct feed *f, const struct feed_command *c)
{
	bool followed = f->shared.follower != NULL, lacks;

	feed_follow_stop(f);
	pthread_mutex_lock(&f->lock);
	lacks = f->shared.dropped;
	feed_query_unref(f->shared.filter);
	f->shared.filter = feed_query_ref(c->query);
	pthread_mutex_unlock(&f->lock);
	if (f->shared.searched)
		feed_search_show(f);
	else if (!lacks)
		filter_window(f);
	else if (followed)
		feed_page_seek(f, c, &(struct start_at){ .kind = START_LATEST });
	else
		read_again(f, c);
	if (followed)
		feed_follow_start(f, c);
}
