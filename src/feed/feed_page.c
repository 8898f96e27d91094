/* SPDX-License-Identifier: BSD-2-Clause */
/* Pages in front of and behind what the window shows, and windows that begin elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "feed/feed_parts.h"

enum { SHOW_MS = 100 };                  /* how long what was found waits for the rest of its page */

struct page {
	struct feed *feed;
	const struct feed_command *command;
	struct feed_pager *pager;
	bool backward;
	struct feed_item **items;        /* to be shown, as the pager gave them */
	size_t count, cap, bytes;
	size_t shown, limit;             /* records of the page that are in the window, that it may have */
	int64_t taken, taken_bytes;      /* records since the last showing, with those that did not match */
	struct feed_range *reached;      /* by row: from or to, -1 not moved */
	size_t rows;
	uint64_t evictions;              /* when it began */
	int64_t shown_ms;
};

void feed_page_forget(struct feed *f)
{
	feed_pager_free(f->older);
	feed_pager_free(f->newer);
	f->older = f->newer = NULL;
}

bool feed_page_matches(struct feed *f, const struct record *record)
{
	if (!f->filter)
		return true;
	if (f->match_query != f->filter) {
		if (f->match_query)
			codec_match_release(&f->match);
		feed_query_unref(f->match_query);
		f->match_query = feed_query_ref(f->filter);
		codec_match_init(&f->match, f->filter->query, f->choices);
	}
	return codec_match(&f->match, record) != QUERY_NO;
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

static void turn_round(struct feed_item **items, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct feed_item *t = items[i];

		items[i] = items[count - 1 - i];
		items[count - 1 - i] = t;
	}
}

/* Puts what was taken in the window. False when the window has moved away meanwhile. */
static bool page_show(struct page *page)
{
	struct feed *f = page->feed;
	bool fits;

	pthread_mutex_lock(&f->lock);
	fits = !feed_has_cancelled(f, page->command) && f->evictions == page->evictions;
	for (size_t i = 0; i < page->rows && fits; i++) {
		struct feed_range *reached = &page->reached[i];

		if (reached->from >= 0)
			f->rows[i].lo = reached->from;
		if (reached->to >= 0)
			f->rows[i].hi = reached->to;
		reached->from = reached->to = -1;
	}
	if (fits) {
		f->seen += page->taken;
		f->bytes_seen += page->taken_bytes;
		f->dropped |= (size_t)page->taken > page->count;
		if (page->backward) {
			turn_round(page->items, page->count);
			feed_window_prepend(&f->window, page->items, page->count);
		} else {
			feed_window_append(&f->window, page->items, page->count);
		}
		page->shown += page->count;
		page->count = 0;
		page->taken = page->taken_bytes = 0;
		feed_evict(f, page->backward && !f->follower);
		/* Leaving at the far end is no reason to stop: what is in front of the page did not move. */
		if (!f->follower)
			page->evictions = f->evictions;
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

/* Fills the page from the pager. True: the log has nothing further. */
static bool page_run(struct page *page, enum feed_end *end)
{
	struct error err = {0};
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
	f->phase = phase;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

static void rest_or_fail(struct feed *f, enum feed_end end)
{
	f->phase = f->follower ? FEED_FOLLOWING : f->row_count == 0 && end != FEED_PASS_DONE ? FEED_FAILED : FEED_RESTING;
	feed_publish(f);
}

/* One page with the pager, which it takes or keeps for the next one. */
static enum feed_end page_load(struct feed *f, const struct feed_command *c, struct feed_pager *pager, bool backward,
	size_t limit)
{
	struct page page = { .feed = f, .command = c, .pager = pager, .backward = backward, .limit = limit,
		.rows = f->row_count, .shown_ms = clock_mono_ms() };
	enum feed_end end = FEED_PASS_DONE;
	bool all, keep, whole;

	page.reached = mem_alloc(page.rows * sizeof(*page.reached));
	for (size_t i = 0; i < page.rows; i++)
		page.reached[i].from = page.reached[i].to = -1;
	pthread_mutex_lock(&f->lock);
	page.evictions = f->evictions;
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
		f->at_start = all;
	else
		f->at_end = all;
	if (whole)
		f->error_past = f->error.code != ERR_NONE;
	*(backward ? &f->older_at : &f->newer_at) = page.evictions;
	rest_or_fail(f, end);
	pthread_mutex_unlock(&f->lock);
	if (!whole || !keep || all) {
		feed_page_forget(f);
		if (f->older != pager && f->newer != pager)
			feed_pager_free(pager);
	} else if (backward) {
		f->older = pager;
	} else {
		f->newer = pager;
	}
	free(page.items);
	free(page.reached);
	return end;
}

/* A pager goes on from where the window ends: not when something left the window there. */
static struct feed_pager *still_good(struct feed *f, struct feed_pager *pager, uint64_t at, bool backward)
{
	bool good;

	pthread_mutex_lock(&f->lock);
	good = pager && at == f->evictions;
	pthread_mutex_unlock(&f->lock);
	if (good)
		return pager;
	feed_pager_free(pager);
	return feed_pager_new(f, backward);
}

void feed_page_older(struct feed *f, const struct feed_command *c)
{
	struct feed_pager *pager = f->older;
	bool full;

	pthread_mutex_lock(&f->lock);
	full = f->follower && f->window.bytes > f->setup.buffer_bytes / 10 * 9;
	if (full)
		feed_note(f, "the buffer is full of what arrives; stop following to page further back");
	full |= f->at_start || f->searched;
	if (full)
		feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	if (full)
		return;
	set_phase(f, FEED_LOADING);
	f->older = NULL;
	page_load(f, c, still_good(f, pager, f->older_at, true), true, f->setup.page);
}

void feed_page_newer(struct feed *f, const struct feed_command *c)
{
	struct feed_pager *pager = f->newer;

	if (f->follower || f->searched)
		return;
	set_phase(f, FEED_LOADING);
	f->newer = NULL;
	page_load(f, c, still_good(f, pager, f->newer_at, false), false, f->setup.page);
}

void feed_page_seek(struct feed *f, const struct feed_command *c, const struct start_at *where)
{
	bool backward = where->kind == START_LATEST;
	struct feed_pager *pager;
	struct error err = {0};
	enum feed_end end;

	feed_page_forget(f);
	/* What failed stays on the screen while the worker tries again by itself. */
	if (c || f->phase != FEED_FAILED)
		set_phase(f, f->row_count ? FEED_LOADING : FEED_OPENING);
	pager = feed_pager_open(f, c, where, &end, &err);
	pthread_mutex_lock(&f->lock);
	if (pager) {
		if (f->phase == FEED_FAILED)
			f->phase = FEED_OPENING;
		feed_window_reset(&f->window);
		f->at_start = f->at_end = f->searched = f->paused = f->dropped = false;
		f->at_end = backward;
	} else {
		if (end == FEED_PASS_FAILED)
			feed_fail(f, &err);
		rest_or_fail(f, end);
	}
	pthread_mutex_unlock(&f->lock);
	if (!pager)
		return;
	feed_search_forget(f);
	page_load(f, c, pager, backward, where->kind == START_LAST ? SIZE_MAX : f->setup.page);
	pthread_mutex_lock(&f->lock);
	if (f->window.end > f->window.first)
		f->found = backward ? f->window.end - 1 : f->window.first;
	/* What begins at the beginning of the log has nothing older. */
	if (!backward) {
		f->at_start = true;
		for (size_t i = 0; i < f->row_count; i++)
			f->at_start &= f->rows[i].lo < 0 || f->rows[i].lo <= f->rows[i].log_start;
	}
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}
