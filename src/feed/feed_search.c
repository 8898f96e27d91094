/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A search reads the whole log and puts the records that match in the window, in
 * merged order. A reader and two matching threads run beside the worker, which
 * shows what they found. A pause leaves the reader as it is: no batch is taken
 * from it, so that no record is read twice or left out when the search goes on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "feed/feed_parts.h"

enum { THREADS = 2, BUFFER_BYTES = 64 << 20, SLICE = 1024, PAUSE_OF_COST = 20 };

struct matcher {
	struct feed_search *search;
	pthread_t thread;
	struct codec_match match; /* unused without a query */
	struct feed_item **items; /* of one batch */
	size_t count, cap;
	struct match_result {
		uint32_t row; /* the reader's */
		bool undecided;
	} * results; /* one for each item */
	size_t result_cap;
};

struct feed_search {
	struct feed *feed;
	struct feed_pass *pass;
	struct feed_query *query; /* NULL: every record matches */
	struct matcher matchers[THREADS];
	size_t running;
	bool started; /* planned; written with the lock */
	bool ended;
	pthread_cond_t resumed; /* with the feed's lock, as are the next four members */
	bool paused, stopped;
	struct feed_item **fresh; /* found and not yet shown */
	size_t fresh_count, fresh_cap;
	uint64_t batches; /* matched */

	/* the worker's */
	struct feed_item **items; /* all matches that are kept, sorted */
	size_t count, cap, bytes;
	int64_t left;
	int64_t shown_ms, cost_ms;
};

/* The threads that match */

static void match_batch(struct matcher *m, struct reader_batch *b)
{
	struct feed_search *s = m->search;
	struct feed *f = s->feed;
	size_t count = reader_batch_count(b);
	unsigned outcome = f->setup.read_committed ? TXN_COMMITTED : TXN_UNKNOWN;

	m->count = 0;
	m->items = mem_grow(m->items, &m->cap, count, sizeof(*m->items));
	m->results = mem_grow(m->results, &m->result_cap, count, sizeof(*m->results));
	for (size_t i = 0; i < count; i++) {
		struct record record;
		size_t from = reader_batch_record(b, i, &record);
		uint32_t row = s->pass->rows[from];
		enum query_answer answer = QUERY_YES;

		record.topic = f->shared.rows[row].topic;
		if (s->query && s->query->headers)
			reader_batch_headers(b, i, &record);
		if (s->query)
			answer = codec_match(&m->match, &record);
		if (answer == QUERY_NO)
			continue;
		if (!s->query || !s->query->headers)
			reader_batch_headers(b, i, &record);
		m->results[m->count] = (struct match_result){ (uint32_t)from, answer == QUERY_UNDECIDED };
		m->items[m->count] = feed_item_new(&record, row, outcome);
		m->items[m->count++]->place_ms = reader_batch_place(b, i);
	}
}

/* With the lock. */
static void hand_over(struct matcher *m)
{
	struct feed_search *s = m->search;
	struct scan *scan = reader_scan(s->pass->reader);

	s->fresh = mem_grow(s->fresh, &s->fresh_cap, s->fresh_count + m->count, sizeof(*s->fresh));
	for (size_t i = 0; i < m->count; i++) {
		s->fresh[s->fresh_count++] = m->items[i];
		scan_matched(scan, m->results[i].row);
		if (m->results[i].undecided)
			scan_undecided(scan, m->results[i].row);
	}
	s->batches++;
}

static void *search_run(void *arg)
{
	struct matcher *m = arg;
	struct feed_search *s = m->search;
	struct feed *f = s->feed;
	struct reader_batch *b;

	while ((b = reader_take(s->pass->reader))) {
		pthread_mutex_lock(&f->lock);
		while (s->paused && !s->stopped)
			pthread_cond_wait(&s->resumed, &f->lock);
		pthread_mutex_unlock(&f->lock);
		match_batch(m, b);
		reader_batch_release(s->pass->reader, b);
		pthread_mutex_lock(&f->lock);
		hand_over(m);
		pthread_mutex_unlock(&f->lock);
	}
	return NULL;
}

/* Showing */

/* Drops the oldest matches when they take more than the buffer may. */
static void keep_bounded(struct feed *f, struct feed_search *s)
{
	size_t drop = 0;

	while (s->bytes > f->setup.buffer_bytes && drop < s->count)
		s->bytes -= s->items[drop++]->bytes;
	if (drop == 0)
		return;
	for (size_t i = 0; i < drop; i++)
		feed_item_unref(s->items[i]);
	s->count -= drop;
	s->left += (int64_t)drop;
	memmove(s->items, s->items + drop, s->count * sizeof(*s->items));
}

/* Appends the kept matches from `from` on that the filter accepts. With the lock. */
static void search_append(struct feed *f, struct feed_search *s, size_t from)
{
	struct feed_item *items[SLICE];
	size_t n = 0;

	for (size_t i = from; i < s->count; i++) {
		if (feed_page_matches(f, &s->items[i]->record))
			items[n++] = feed_item_ref(s->items[i]);
		if (n == SLICE || i + 1 == s->count) {
			feed_window_append(&f->shared.window, items, n);
			n = 0;
		}
	}
}

/* Merges new matches into the kept ones. Returns the first place that changed. */
static size_t merge_fresh(struct feed_search *s, struct feed_item **fresh, size_t count)
{
	size_t at = s->count, from = count, to = s->count + count;

	s->items = mem_grow(s->items, &s->cap, to, sizeof(*s->items));
	while (from > 0) {
		if (at > 0 && feed_item_compare(s->items[at - 1], fresh[from - 1]) > 0)
			s->items[--to] = s->items[--at];
		else
			s->items[--to] = fresh[--from];
	}
	s->count += count;
	return at;
}

static void search_show(struct feed *f, struct feed_search *s)
{
	int64_t began_ms = clock_mono_ms();
	struct feed_item **fresh;
	size_t count, before = s->count, changed;
	int64_t left = s->left;

	pthread_mutex_lock(&f->lock);
	fresh = s->fresh;
	count = s->fresh_count;
	s->fresh = NULL;
	s->fresh_count = s->fresh_cap = 0;
	pthread_mutex_unlock(&f->lock);
	feed_items_sort(fresh, count);
	for (size_t i = 0; i < count; i++)
		s->bytes += fresh[i]->bytes;
	changed = count ? merge_fresh(s, fresh, count) : before;
	free(fresh);
	keep_bounded(f, s);
	pthread_mutex_lock(&f->lock);
	if (changed < before || s->left > left) {
		feed_window_reset(&f->shared.window);
		changed = 0;
	}
	search_append(f, s, changed);
	f->shared.left += s->left - left;
	f->shared.seen += (int64_t)count;
	scan_progress(reader_scan(s->pass->reader), clock_mono_ms(), &f->shared.progress);
	str_clear(&f->shared.waiting);
	if (!s->ended)
		scan_waiting(reader_scan(s->pass->reader), &f->shared.waiting);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	s->shown_ms = clock_mono_ms();
	s->cost_ms = s->shown_ms - began_ms;
}

void feed_search_show(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	feed_window_reset(&f->shared.window);
	if (f->shared.search)
		search_append(f, f->shared.search, 0);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

/* Steps */

static void search_begin(struct feed *f, struct feed_search *s)
{
	struct error err = { 0 };

	feed_pass_map(s->pass);
	pthread_mutex_lock(&f->lock);
	s->started = true;
	if (s->pass->why.len)
		feed_note(f, str_text(&s->pass->why));
	pthread_mutex_unlock(&f->lock);
	for (size_t i = 0; i < THREADS; i++) {
		struct matcher *m = &s->matchers[i];

		m->search = s;
		if (!thread_start(&m->thread, "weir-search", search_run, m, &err))
			break;
		s->running++;
	}
	if (s->running == 0) {
		pthread_mutex_lock(&f->lock);
		feed_fail(f, &err);
		pthread_mutex_unlock(&f->lock);
	}
}

static void take_notes(struct feed *f, struct feed_search *s)
{
	struct str notes = { 0 };
	struct error err = { 0 };

	if (reader_take_notes(s->pass->reader, &notes) && notes.len)
		error_set(&err, feed_failure_code(s->pass->reader), "%.*s", (int)strcspn(notes.p, "\n"), notes.p);
	if (notes.len) {
		pthread_mutex_lock(&f->lock);
		feed_note(f, notes.p);
		if (err.code != ERR_NONE)
			feed_fail(f, &err);
		pthread_mutex_unlock(&f->lock);
	}
	str_release(&notes);
}

/* With the lock. The reader has resolved its partitions: which partitions are read does not change any more. */
static void update_statement(struct feed *f, struct feed_search *s)
{
	str_clear(&f->shared.statement);
	if (!s->started)
		return;
	scan_statement(reader_scan(s->pass->reader), &f->shared.statement);
	if (s->paused && !s->ended)
		str_add(&f->shared.statement, "stopped by the user: it can go on from there\n");
	if (s->pass->why.len)
		str_add_len(&f->shared.statement, s->pass->why.p, s->pass->why.len);
}

static void search_end(struct feed *f, struct feed_search *s, const struct error *err)
{
	s->ended = true;
	search_show(f, s);
	pthread_mutex_lock(&f->lock);
	update_statement(f, s);
	if (err->code != ERR_NONE)
		feed_fail(f, err);
	f->shared.paused = false;
	f->shared.phase = FEED_IDLE;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

void feed_search_step(struct feed *f)
{
	struct feed_search *s = f->shared.search;
	struct error err = { 0 };
	uint64_t batches, matched;
	bool idle;

	if (!s || s->ended)
		return;
	if (!s->started && reader_is_resolved(s->pass->reader))
		search_begin(f, s);
	take_notes(f, s);
	pthread_mutex_lock(&f->lock);
	matched = s->batches;
	idle = s->paused && s->fresh_count == 0;
	pthread_mutex_unlock(&f->lock);
	if (reader_is_over(s->pass->reader, &batches, &err) && (matched == batches || err.code != ERR_NONE))
		search_end(f, s, &err);
	else if (s->started && clock_mono_ms() - s->shown_ms >= FEED_SEARCH_MS + PAUSE_OF_COST * s->cost_ms && !idle)
		search_show(f, s);
}

void feed_search_start(struct feed *f, const struct feed_command *c)
{
	struct feed_search *s;
	struct error err = { 0 };

	feed_follow_stop(f);
	feed_page_forget(f);
	feed_search_forget(f);
	s = mem_alloc(sizeof(*s));
	s->feed = f;
	s->query = feed_query_ref(c->query);
	pthread_cond_init(&s->resumed, NULL);
	for (size_t i = 0; i < THREADS && s->query; i++)
		codec_match_init(&s->matchers[i].match, s->query->query, f->choices);
	s->pass = feed_pass_new(f);
	s->pass->setup.from = c->where;
	s->pass->setup.buffer_bytes = BUFFER_BYTES;
	s->pass->setup.patience_ms = f->setup.patience_ms ? f->setup.patience_ms : READER_PATIENCE_MS;
	s->pass->query = feed_query_ref(s->query);
	s->pass->all_partitions = c->all_partitions;
	s->pass->watched = true;
	if (s->query) {
		s->pass->setup.offsets = query_offsets(s->query->query);
		s->pass->setup.min_timestamp_ms = query_timestamps(s->query->query).min;
	}
	pthread_mutex_lock(&f->lock);
	f->shared.search = s;
	feed_window_reset(&f->shared.window);
	f->shared.searched = f->shared.at_start = f->shared.at_end = true;
	f->shared.paused = false;
	str_clear(&f->shared.statement);
	memset(&f->shared.progress, 0, sizeof(f->shared.progress));
	str_clear(&f->shared.waiting);
	f->shared.phase = FEED_SEARCHING;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	if (!feed_pass_start(s->pass, false, NULL, &err))
		search_end(f, s, &err);
}

void feed_search_state(struct feed *f)
{
	if (f->shared.search && f->shared.phase == FEED_SEARCHING)
		update_statement(f, f->shared.search);
}

void feed_search_pause(struct feed *f)
{
	struct feed_search *s = f->shared.search;

	if (!s || s->paused || f->shared.phase != FEED_SEARCHING)
		return;
	s->paused = true;
	f->shared.paused = true;
	f->shared.phase = FEED_IDLE;
	update_statement(f, s);
	feed_publish(f);
}

void feed_search_resume(struct feed *f, const struct feed_command *c)
{
	struct feed_search *s = f->shared.search;

	(void)c;
	if (!s || s->ended || !s->paused)
		return;
	pthread_mutex_lock(&f->lock);
	s->paused = f->shared.paused = false;
	str_clear(&f->shared.statement);
	f->shared.phase = FEED_SEARCHING;
	scan_resumed(reader_scan(s->pass->reader));
	pthread_cond_broadcast(&s->resumed);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

static void release_items(struct feed_item **items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		feed_item_unref(items[i]);
	free(items);
}

void feed_search_forget(struct feed *f)
{
	struct feed_search *s = f->shared.search;

	if (!s)
		return;
	if (s->pass->reader)
		reader_cancel(s->pass->reader);
	pthread_mutex_lock(&f->lock);
	f->shared.search = NULL;
	s->stopped = true;
	pthread_cond_broadcast(&s->resumed);
	pthread_mutex_unlock(&f->lock);
	for (size_t i = 0; i < s->running; i++)
		pthread_join(s->matchers[i].thread, NULL);
	feed_pass_end(s->pass);
	for (size_t i = 0; i < THREADS; i++) {
		if (s->query)
			codec_match_release(&s->matchers[i].match);
		free(s->matchers[i].items);
		free(s->matchers[i].results);
	}
	release_items(s->fresh, s->fresh_count);
	release_items(s->items, s->count);
	feed_query_unref(s->query);
	pthread_cond_destroy(&s->resumed);
	free(s);
}
