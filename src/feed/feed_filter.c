/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Another filter: what is kept is looked through when it is all there, else the
 * page is read again from where the window begins.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "feed/feed_parts.h"

/* The window without what does not match now. Nothing comes back: the caller has seen that nothing lacks. */
static void look_through(struct feed *f)
{
	struct feed_window now;
	size_t dropped = 0;

	feed_window_init(&now);
	now.first = now.end = f->window.end;
	for (size_t i = 0; i < f->window.count; i++) {
		struct feed_slice *slice = f->window.entries[f->window.at + i].slice;
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
	feed_window_release(&f->window);
	f->window = now;
	f->dropped |= dropped > 0;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

/* The window begins where it began, with a page of what matches now. */
static void read_again(struct feed *f, const struct feed_command *c)
{
	feed_page_forget(f);
	pthread_mutex_lock(&f->lock);
	feed_window_reset(&f->window);
	f->dropped = f->at_end = false;
	for (size_t i = 0; i < f->row_count; i++)
		f->rows[i].hi = f->rows[i].lo;
	pthread_mutex_unlock(&f->lock);
	feed_page_newer(f, c);
}

void feed_filter_set(struct feed *f, const struct feed_command *c)
{
	bool followed = f->follower != NULL, lacks;

	feed_follow_stop(f);
	pthread_mutex_lock(&f->lock);
	lacks = f->dropped;
	feed_query_unref(f->filter);
	f->filter = feed_query_ref(c->query);
	pthread_mutex_unlock(&f->lock);
	if (f->searched)
		feed_search_show(f);
	else if (!lacks)
		look_through(f);
	else if (followed)
		feed_page_seek(f, c, &(struct start_at){ .kind = START_LATEST });
	else
		read_again(f, c);
	if (followed)
		feed_follow_start(f, c);
}
