/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transaction outcomes of the records that the UI shows, for a feed that reads
 * uncommitted. The records are read a second time with isolation.level
 * read_committed: a record that is missing then was aborted, and one at or above
 * the end of that pass, the last stable offset, belongs to an open transaction.
 * Records that lie far apart, as a search finds them, are read in small spans,
 * one of each partition at a time. Any command goes first.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "feed/feed_parts.h"

enum {
	OPEN_MS = 1000,  /* how often records of open transactions are looked up again */
	FOLLOW_MS = 250, /* how often new records are while the feed follows */
	FRESH_MS = 100,  /* how often new records are otherwise */
	TURN_MS = 300,   /* after this time the worker does its other work */
	SPAN_MAX = 2000, /* offsets in one span at most */
	GAP_MAX = 500    /* offsets between two records of one span */
};

struct span {
	uint32_t row;
	int64_t from, to; /* [from, to) */
	size_t round;     /* its number among the spans of the row */
};

struct look {
	bool changed;             /* some outcome was set */
	struct feed_item **items; /* by row and offset */
	size_t count, cap;
	struct span *spans; /* likewise */
	size_t span_count, span_cap;
	size_t rounds; /* the most that a row has */
};

static int compare_items(const void *a, const void *b)
{
	const struct feed_item *x = *(struct feed_item *const *)a, *y = *(struct feed_item *const *)b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->record.offset > y->record.offset) - (x->record.offset < y->record.offset);
}

static bool is_final(const struct feed_item *item)
{
	unsigned outcome = atomic_load(&item->outcome);

	return outcome == TXN_COMMITTED || outcome == TXN_ABORTED;
}

/* References the items without a final outcome. With the lock. */
static void gather_items(const struct feed *f, struct look *look)
{
	for (int64_t n = f->shared.look_first; n < f->shared.look_end; n++) {
		struct feed_item *item =
			feed_entries_get(f->shared.window.entries + f->shared.window.at, f->shared.window.count, n);

		if (!item || is_final(item))
			continue;
		look->items = mem_grow(look->items, &look->cap, look->count + 1, sizeof(*look->items));
		look->items[look->count++] = feed_item_ref(item);
	}
}

static void mark_committed(void *context, struct record *record, uint32_t row)
{
	struct look *look = context;
	struct feed_item key = { .row = row, .record.offset = record->offset }, *at = &key;
	struct feed_item **found = bsearch(&at, look->items, look->count, sizeof(*look->items), compare_items);

	if (!found)
		return;
	atomic_store(&(*found)->outcome, TXN_COMMITTED);
	look->changed = true;
}

static void add_spans(struct look *look)
{
	struct span *last = NULL;

	for (size_t i = 0; i < look->count; i++) {
		uint32_t row = look->items[i]->row;
		int64_t offset = look->items[i]->record.offset;
		bool same_row = last && last->row == row;

		if (same_row && offset - last->to < GAP_MAX && offset - last->from < SPAN_MAX) {
			last->to = offset + 1;
			continue;
		}
		size_t round = same_row ? last->round + 1 : 0;

		look->spans = mem_grow(look->spans, &look->span_cap, look->span_count + 1, sizeof(*look->spans));
		last = &look->spans[look->span_count++];
		*last = (struct span){ row, offset, offset + 1, round };
		if (round >= look->rounds)
			look->rounds = round + 1;
	}
}

static void set_outcomes(struct look *look, const struct span *span, const struct reader_row *read)
{
	for (size_t i = 0; i < look->count; i++) {
		struct feed_item *item = look->items[i];
		int64_t offset = item->record.offset;
		unsigned char outcome = offset < read->end ? TXN_ABORTED : TXN_OPEN;

		if (item->row != span->row || offset < span->from || offset >= span->to || offset < read->from ||
			is_final(item))
			continue;
		look->changed |= atomic_exchange(&item->outcome, outcome) != outcome;
	}
}

static const struct span *find_span(const struct look *look, uint32_t row, size_t round)
{
	for (size_t i = 0; i < look->span_count; i++)
		if (look->spans[i].row == row && look->spans[i].round == round)
			return &look->spans[i];
	return NULL;
}

/* Reads one span of each partition. False: cancelled or failed. */
static bool read_again(struct feed *f, struct look *look, size_t round)
{
	struct feed_pass *pass = feed_pass_new(f);
	struct error err = { 0 };
	bool done;

	for (size_t i = 0; i < look->span_count; i++)
		if (look->spans[i].round == round)
			feed_pass_add(pass, look->spans[i].row, look->spans[i].from, look->spans[i].to);
	pass->setup.read_committed = pass->setup.little = true;
	done = feed_pass_run(pass, NULL, false, mark_committed, look, &err) == FEED_PASS_DONE;
	for (size_t i = 0; done && i < reader_row_count(pass->reader); i++) {
		struct reader_row row = reader_row(pass->reader, i);
		const struct span *span = find_span(look, pass->rows[i], round);

		if (span && row.log_start >= 0 && scan_row_state(reader_scan(pass->reader), i) == SCAN_DONE)
			set_outcomes(look, span, &row);
	}
	feed_pass_end(pass);
	return done;
}

/* Whether a command waits or the feed closes. */
static bool has_other_work(struct feed *f)
{
	bool other;

	pthread_mutex_lock(&f->lock);
	other = f->shared.commands || f->shared.closing;
	pthread_mutex_unlock(&f->lock);
	return other;
}

static void look_again(struct feed *f, struct look *look)
{
	int64_t until_ms = clock_mono_ms() + TURN_MS;
	size_t round = 0;

	qsort(look->items, look->count, sizeof(*look->items), compare_items);
	add_spans(look);
	while (round < look->rounds && read_again(f, look, round)) {
		round++;
		/* The UI reads everything again at each publication: only when something changed. */
		if (look->changed && round < look->rounds) {
			pthread_mutex_lock(&f->lock);
			feed_publish(f);
			pthread_mutex_unlock(&f->lock);
		}
		if (has_other_work(f) || clock_mono_ms() > until_ms)
			break;
	}
	pthread_mutex_lock(&f->lock);
	f->shared.looking = false;
	f->shared.look_fresh |= round > 0 && round < look->rounds;
	if (look->changed)
		feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

void feed_outcomes_step(struct feed *f)
{
	struct look look = { 0 };
	int64_t now_ms = clock_mono_ms();

	if (f->setup.read_committed)
		return;
	pthread_mutex_lock(&f->lock);
	if (f->shared.look_end > f->shared.look_first && !f->shared.commands && !f->shared.closing &&
		now_ms - f->worker.looked_ms >= (!f->shared.look_fresh             ? OPEN_MS :
								f->shared.follower ? FOLLOW_MS :
										     FRESH_MS)) {
		gather_items(f, &look);
		f->worker.looked_ms = now_ms;
		f->shared.look_fresh = false;
		f->shared.looking = look.count > 0;
		if (look.count == 0)
			f->shared.look_first = f->shared.look_end = 0;
	}
	pthread_mutex_unlock(&f->lock);
	if (look.count == 0)
		return;
	look_again(f, &look);
	for (size_t i = 0; i < look.count; i++)
		feed_item_unref(look.items[i]);
	free(look.items);
	free(look.spans);
}
