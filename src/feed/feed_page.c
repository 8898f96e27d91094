/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads pages in front of the window and behind it, and opens windows at other places. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "feed/feed_parts.h"

enum { SHOW_MS = 100 }; /* how long found records wait for the rest of their page */

struct page {
	struct feed *feed;
	const struct feed_command *command;
	struct feed_pager *pager;
	bool backward;
	struct feed_item **items; /* to be shown, in the pager's order */
	size_t count, cap, bytes;
	size_t shown, limit;        /* records of the page in the window; at most */
	int64_t taken, taken_bytes; /* read since the last showing, including those that did not match */
	struct feed_range *reached; /* by row: how far the page reaches; -1: not moved */
	size_t rows;
	uint64_t evictions; /* of the window when the page began */
	int64_t shown_ms;
};

void feed_page_forget(struct feed *f)
{
	feed_pager_free(f->worker.older);
	feed_pager_free(f->worker.newer);
	f->worker.older = f->worker.newer = NULL;
}

bool feed_page_matches(struct feed *f, const struct record *record)
{
	if (!f->shared.filter)
		return true;
	if (f->worker.match_query != f->shared.filter) {
		if (f->worker.match_query)
			codec_match_release(&f->worker.match);
		feed_query_unref(f->worker.match_query);
		f->worker.match_query = feed_query_ref(f->shared.filter);
		codec_match_init(&f->worker.match, f->shared.filter->query, f->choices);
	}
	return codec_match(&f->worker.match, record) != QUERY_NO;
}

static void page_take(struct page *page, struct feed_item *item)
{
	struct feed_range *reached = &page->reached[item->row];

	if (page->backward)
		reached->from = item->record.offset;
	else
		reached->to = item->record.offset + 1;
	page->taken++;
	page->taken_bytes += (int64_t)(item->record.key.len + item->record.value.len);
	if (!feed_page_matches(page->feed, &item->record)) {
		feed_item_unref(item);
		return;
	}
	page->items = mem_grow(page->items, &page->cap, page->count + 1, sizeof(*page->items));
	page->items[page->count++] = item;
	page->bytes += item->bytes;
}

static void reverse_items(struct feed_item **items, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct feed_item *t = items[i];

		items[i] = items[count - 1 - i];
		items[count - 1 - i] = t;
	}
}

/* Moves the taken items into the window. False when the window has moved meanwhile. */
static bool page_show(struct page *page)
{
	struct feed *f = page->feed;
	bool fits;

	pthread_mutex_lock(&f->lock);
	fits = !feed_command_is_cancelled(f, page->command) && f->shared.evictions == page->evictions;
	for (size_t i = 0; i < page->rows && fits; i++) {
		struct feed_range *reached = &page->reached[i];

		if (reached->from >= 0)
			f->shared.rows[i].lo = reached->from;
		if (reached->to >= 0)
			f->shared.rows[i].hi = reached->to;
		reached->from = reached->to = -1;
	}
	if (fits) {
		f->shared.seen += page->taken;
		f->shared.bytes_seen += page->taken_bytes;
		f->shared.dropped |= (size_t)page->taken > page->count;
		if (page->backward) {
			reverse_items(page->items, page->count);
			feed_window_prepend(&f->shared.window, page->items, page->count);
		} else {
			feed_window_append(&f->shared.window, page->items, page->count);
		}
		page->shown += page->count;
		page->count = 0;
		page->taken = page->taken_bytes = 0;
		feed_evict(f, page->backward && !f->shared.follower);
		/* The page goes on although records left at the far end: its own end of the window did not move. */
		if (!f->shared.follower)
			page->evictions = f->shared.evictions;
		feed_publish(f);
	}
	pthread_mutex_unlock(&f->lock);
	page->shown_ms = clock_mono_ms();
	return fits;
}

static void page_error(struct feed *f, const struct error *err)
{
	pthread_mutex_lock(&f->lock);
	feed_fail(f, err);
	pthread_mutex_unlock(&f->lock);
}

/* Fills the page from the pager. True: the log has no more records in this direction. */
static bool page_run(struct page *page, enum feed_end *end)
{
	struct error err = { 0 };
	struct feed_item *item;

	while (page->shown + page->count < page->limit && page->bytes < FEED_PAGE_BYTES) {
		switch (feed_pager_pop(page->pager, &item)) {
		case FEED_PAGER_ITEM:
			page_take(page, item);
			break;
		case FEED_PAGER_MORE:
			if (clock_mono_ms() - page->shown_ms > SHOW_MS && !page_show(page)) {
				*end = FEED_PASS_CANCELLED;
				return false;
			}
			*end = feed_pager_fill(page->pager, page->command, &err);
			if (*end != FEED_PASS_DONE) {
				if (*end == FEED_PASS_FAILED)
					page_error(page->feed, &err);
				return false;
			}
			break;
		case FEED_PAGER_END:
			return feed_pager_is_whole(page->pager);
		}
	}
	return false;
}

static void set_phase(struct feed *f, enum feed_phase phase)
{
	pthread_mutex_lock(&f->lock);
	f->shared.phase = phase;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

static void end_loading(struct feed *f, enum feed_end end)
{
	f->shared.phase = f->shared.follower                      ? FEED_FOLLOWING :
		f->shared.row_count == 0 && end != FEED_PASS_DONE ? FEED_FAILED :
								    FEED_IDLE;
	feed_publish(f);
}

/* Loads one page. Takes the pager: frees it or keeps it for the next page. */
static enum feed_end page_load(struct feed *f, const struct feed_command *c, struct feed_pager *pager, bool backward,
	size_t limit)
{
	struct page page = { .feed = f,
		.command = c,
		.pager = pager,
		.backward = backward,
		.limit = limit,
		.rows = f->shared.row_count,
		.shown_ms = clock_mono_ms() };
	enum feed_end end = FEED_PASS_DONE;
	bool all, keep, whole;

	page.reached = mem_alloc(page.rows * sizeof(*page.reached));
	for (size_t i = 0; i < page.rows; i++)
		page.reached[i].from = page.reached[i].to = -1;
	pthread_mutex_lock(&f->lock);
	page.evictions = f->shared.evictions;
	pthread_mutex_unlock(&f->lock);
	all = page_run(&page, &end);
	keep = end == FEED_PASS_DONE;
	whole = keep && feed_pager_is_whole(pager);
	if (end != FEED_PASS_FAILED || page.count > 0)
		keep = page_show(&page) && keep;
	for (size_t i = 0; i < page.count; i++)
		feed_item_unref(page.items[i]);
	pthread_mutex_lock(&f->lock);
	if (backward)
		f->shared.at_start = all;
	else
		f->shared.at_end = all;
	if (whole)
		f->shared.error_past = f->shared.error.code != ERR_NONE;
	*(backward ? &f->worker.older_at : &f->worker.newer_at) = page.evictions;
	end_loading(f, end);
	pthread_mutex_unlock(&f->lock);
	if (!whole || !keep || all) {
		feed_page_forget(f);
		if (f->worker.older != pager && f->worker.newer != pager)
			feed_pager_free(pager);
	} else if (backward) {
		f->worker.older = pager;
	} else {
		f->worker.newer = pager;
	}
	free(page.items);
	free(page.reached);
	return end;
}

/* The pager, or a new one when records left the window since: a pager continues where the window ended then. */
static struct feed_pager *valid_pager(struct feed *f, struct feed_pager *pager, uint64_t at, bool backward)
{
	bool good;

	pthread_mutex_lock(&f->lock);
	good = pager && at == f->shared.evictions;
	pthread_mutex_unlock(&f->lock);
	if (good)
		return pager;
	feed_pager_free(pager);
	return feed_pager_new(f, backward);
}

void feed_page_older(struct feed *f, const struct feed_command *c)
{
	struct feed_pager *pager = f->worker.older;
	bool full;

	pthread_mutex_lock(&f->lock);
	full = f->shared.follower && f->shared.window.bytes > f->setup.buffer_bytes / 10 * 9;
	if (full)
		feed_note(f, "the buffer is full of what arrives; stop following to page further back");
	full |= f->shared.at_start || f->shared.searched;
	if (full)
		feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	if (full)
		return;
	set_phase(f, FEED_LOADING);
	f->worker.older = NULL;
	page_load(f, c, valid_pager(f, pager, f->worker.older_at, true), true, f->setup.page);
}

void feed_page_newer(struct feed *f, const struct feed_command *c)
{
	struct feed_pager *pager = f->worker.newer;

	if (f->shared.follower || f->shared.searched)
		return;
	set_phase(f, FEED_LOADING);
	f->worker.newer = NULL;
	page_load(f, c, valid_pager(f, pager, f->worker.newer_at, false), false, f->setup.page);
}

void feed_page_seek(struct feed *f, const struct feed_command *c, const struct start_at *where)
{
	bool backward = where->kind == START_LATEST;
	struct feed_pager *pager;
	struct error err = { 0 };
	enum feed_end end;

	feed_page_forget(f);
	/* A failure stays on the screen while the worker retries by itself. */
	if (c || f->shared.phase != FEED_FAILED)
		set_phase(f, f->shared.row_count ? FEED_LOADING : FEED_OPENING);
	pager = feed_pager_open(f, c, where, &end, &err);
	pthread_mutex_lock(&f->lock);
	if (pager) {
		if (f->shared.phase == FEED_FAILED)
			f->shared.phase = FEED_OPENING;
		feed_window_reset(&f->shared.window);
		f->shared.at_start = f->shared.at_end = f->shared.searched = f->shared.paused = f->shared.dropped =
			false;
		f->shared.at_end = backward;
	} else {
		if (end == FEED_PASS_FAILED)
			feed_fail(f, &err);
		end_loading(f, end);
	}
	pthread_mutex_unlock(&f->lock);
	if (!pager)
		return;
	feed_search_forget(f);
	page_load(f, c, pager, backward, where->kind == START_LAST ? SIZE_MAX : f->setup.page);
	pthread_mutex_lock(&f->lock);
	if (f->shared.window.end > f->shared.window.first)
		f->shared.found = backward ? f->shared.window.end - 1 : f->shared.window.first;
	/* A window that begins where the log begins has nothing older. */
	if (!backward) {
		f->shared.at_start = true;
		for (size_t i = 0; i < f->shared.row_count; i++)
			f->shared.at_start &=
				f->shared.rows[i].lo < 0 || f->shared.rows[i].lo <= f->shared.rows[i].log_start;
	}
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}
