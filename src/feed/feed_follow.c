/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Follows the log. The worker starts a reader at the end of the window and, once
 * the reader has resolved its partitions, the follower: a thread that appends the new records to
 * the window. When the reader fails, the worker starts it again where the window ends.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "feed/feed_parts.h"

/* Records of one moment arrive some milliseconds apart from different partitions: gathered, they can be sorted. */
enum { RETRY_MS = 1000, GATHER_MS = 12 };

struct feed_follower {
	struct feed_pass *pass;
	pthread_t thread;
	bool running;             /* the thread was started */
	struct feed_query *query; /* that `match` was made for; referenced */
	struct codec_match match;
	struct feed_item **items; /* of one batch, those that match */
	size_t count, cap;
	struct arrival {
		uint32_t row;
		int64_t offset;
	} * arrivals; /* of one batch, all records */
	size_t arrival_cap;
	int64_t *places; /* by the feed's row: see feed_item_place() */
	size_t place_count, place_cap;
};

/* The thread */

static bool follower_matches(struct feed_follower *w, const struct record *record)
{
	return !w->query || codec_match(&w->match, record) != QUERY_NO;
}

static void change_query(struct feed *f, struct feed_follower *w)
{
	struct feed_query *now;

	pthread_mutex_lock(&f->lock);
	now = f->shared.filter == w->query ? NULL : feed_query_ref(f->shared.filter);
	if (f->shared.filter == w->query) {
		pthread_mutex_unlock(&f->lock);
		return;
	}
	pthread_mutex_unlock(&f->lock);
	if (w->query)
		codec_match_release(&w->match);
	feed_query_unref(w->query);
	w->query = now;
	if (now)
		codec_match_init(&w->match, now->query, f->choices);
}

/* With the lock. */
static void note_arrival(struct feed *f, uint32_t row, int64_t offset)
{
	struct feed_row *r = &f->shared.rows[row];

	/* A lower offset than before: the topic was deleted and created again. */
	if (offset < r->hi)
		r->lo = offset;
	if (r->lo < 0)
		r->lo = offset;
	r->hi = offset + 1;
	if (r->log_end < r->hi)
		r->log_end = r->hi;
	r->seen++;
	f->shared.seen++;
}

static int64_t *place_of(struct feed_follower *w, uint32_t row)
{
	w->places = mem_grow(w->places, &w->place_cap, (size_t)row + 1, sizeof(*w->places));
	while (w->place_count <= row)
		w->places[w->place_count++] = RECORD_NO_TIME;
	return &w->places[row];
}

static void take_batch(struct feed *f, struct feed_follower *w, struct reader_batch *b)
{
	size_t count = reader_batch_count(b);
	unsigned outcome = f->setup.read_committed ? TXN_COMMITTED : TXN_UNKNOWN;

	change_query(f, w);
	w->count = 0;
	w->items = mem_grow(w->items, &w->cap, count, sizeof(*w->items));
	w->arrivals = mem_grow(w->arrivals, &w->arrival_cap, count, sizeof(*w->arrivals));
	for (size_t i = 0; i < count; i++) {
		struct record record;

		uint32_t row = w->pass->rows[reader_batch_record(b, i, &record)];

		w->arrivals[i] = (struct arrival){ row, record.offset };
		reader_batch_headers(b, i, &record);
		record.topic = f->shared.rows[row].topic;
		if (record_has_time(&record))
			*place_of(w, row) = record.timestamp_ms;
		if (!follower_matches(w, &record))
			continue;
		w->items[w->count] = feed_item_new(&record, row, outcome);
		feed_item_place(w->items[w->count++], place_of(w, row));
	}
	feed_items_sort(w->items, w->count);
	pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < count; i++)
		note_arrival(f, w->arrivals[i].row, w->arrivals[i].offset);
	f->shared.bytes_seen += (int64_t)reader_batch_bytes(b);
	f->shared.dropped |= w->count < count;
	feed_window_append(&f->shared.window, w->items, w->count);
	feed_evict(f, false);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

static void *follower_run(void *arg)
{
	struct feed_follower *w = arg;
	struct reader_batch *b;

	while ((b = reader_take(w->pass->reader))) {
		take_batch(w->pass->feed, w, b);
		reader_batch_release(w->pass->reader, b);
	}
	return NULL;
}

/* The worker */

static bool follower_begin(struct feed *f, struct error *err)
{
	struct feed_follower *w = mem_alloc(sizeof(*w));

	w->pass = feed_pass_new(f);
	w->pass->setup.follow = true;
	w->pass->setup.from.kind = START_LATEST;
	w->pass->setup.buffer_bytes = 32 << 20;
	w->pass->setup.gather_ms = GATHER_MS;
	w->pass->watched = true;
	/* A partition that could not be read so far is read from its present end. */
	for (size_t i = 0; i < f->shared.row_count; i++)
		feed_pass_add(w->pass, i, f->shared.rows[i].hi >= 0 ? f->shared.rows[i].hi : INT64_MAX, INT64_MAX);
	if (!feed_pass_start(w->pass, false, NULL, err)) {
		feed_pass_end(w->pass);
		free(w);
		return false;
	}
	pthread_mutex_lock(&f->lock);
	f->shared.follower = w;
	f->shared.phase = FEED_FOLLOWING;
	f->shared.samples = 0;
	f->shared.at_end = true;
	feed_sample(f);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	return true;
}

void feed_follow_start(struct feed *f, const struct feed_command *c)
{
	struct error err = { 0 };
	bool near_end;

	if (f->shared.follower)
		return;
	pthread_mutex_lock(&f->lock);
	near_end = f->shared.at_end && !f->shared.searched && f->shared.row_count > 0 &&
		f->shared.window.end > f->shared.window.first;
	pthread_mutex_unlock(&f->lock);
	if (!near_end)
		feed_page_seek(f, c, &(struct start_at){ .kind = START_LATEST });
	if (feed_command_check_cancelled(f, c))
		return;
	f->worker.retry_ms = 0;
	if (f->shared.row_count == 0 || !follower_begin(f, &err)) {
		f->worker.retry_ms = clock_mono_ms() + RETRY_MS;
		if (err.code != ERR_NONE) {
			pthread_mutex_lock(&f->lock);
			feed_fail(f, &err);
			feed_publish(f);
			pthread_mutex_unlock(&f->lock);
		}
	}
}

void feed_follow_stop(struct feed *f)
{
	struct feed_follower *w = f->shared.follower;

	f->worker.retry_ms = 0;
	if (!w)
		return;
	reader_cancel(w->pass->reader);
	if (w->running)
		pthread_join(w->thread, NULL);
	f->worker.rows_fixed = false;
	feed_pass_end(w->pass);
	if (w->query)
		codec_match_release(&w->match);
	feed_query_unref(w->query);
	free(w->items);
	free(w->arrivals);
	free(w->places);
	pthread_mutex_lock(&f->lock);
	f->shared.follower = NULL;
	str_clear(&f->shared.stale);
	f->shared.leaderless = 0;
	if (f->shared.phase == FEED_FOLLOWING)
		f->shared.phase = FEED_IDLE;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	free(w);
}

static void take_notes(struct feed *f, struct reader *r)
{
	struct str notes = { 0 };
	struct error err = { 0 };

	if (reader_take_notes(r, &notes) && notes.len > 0) {
		size_t len = strcspn(notes.p, "\n");

		error_set(&err, feed_failure_code(r), "%.*s", (int)len, notes.p);
	}
	if (notes.len) {
		pthread_mutex_lock(&f->lock);
		feed_note(f, notes.p);
		if (err.code != ERR_NONE)
			feed_fail(f, &err);
		feed_publish(f);
		pthread_mutex_unlock(&f->lock);
	}
	str_release(&notes);
}

/* Publishes what holds records back while nothing fails: no answers, or no leader. */
static void update_stale(struct feed *f, struct reader *r)
{
	size_t leaderless = reader_leaderless(r);
	struct str now = { 0 };

	reader_stale(r, &now);
	if (leaderless != f->shared.leaderless || strcmp(str_text(&now), str_text(&f->shared.stale)) != 0) {
		pthread_mutex_lock(&f->lock);
		str_clear(&f->shared.stale);
		str_add(&f->shared.stale, str_text(&now));
		f->shared.leaderless = leaderless;
		feed_publish(f);
		pthread_mutex_unlock(&f->lock);
	}
	str_release(&now);
}

static void start_thread(struct feed *f, struct feed_follower *w)
{
	struct error err = { 0 };

	feed_pass_map(w->pass);
	pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < reader_row_count(w->pass->reader); i++) {
		struct reader_row from = reader_row(w->pass->reader, i);
		struct feed_row *row = &f->shared.rows[w->pass->rows[i]];

		if (from.log_start >= 0 && row->hi < 0)
			row->lo = row->hi = from.from;
		if (from.log_start >= 0)
			row->log_end = from.end;
	}
	if (f->shared.error.code != ERR_NONE)
		f->shared.error_past = true;
	pthread_mutex_unlock(&f->lock);
	f->worker.rows_fixed = true;
	w->running = thread_start(&w->thread, "weir-follow", follower_run, w, &err);
	if (!w->running) {
		pthread_mutex_lock(&f->lock);
		feed_fail(f, &err);
		pthread_mutex_unlock(&f->lock);
	}
}

void feed_follow_step(struct feed *f)
{
	struct feed_follower *w = f->shared.follower;
	struct error err = { 0 };
	uint64_t batches;

	if (!w) {
		if (f->worker.retry_ms && clock_mono_ms() >= f->worker.retry_ms)
			feed_follow_start(f, NULL);
		return;
	}
	if (!w->running && reader_is_resolved(w->pass->reader))
		start_thread(f, w);
	take_notes(f, w->pass->reader);
	update_stale(f, w->pass->reader);
	if (reader_has_grown(w->pass->reader)) {
		feed_follow_stop(f);
		if (!follower_begin(f, &err))
			f->worker.retry_ms = clock_mono_ms() + RETRY_MS;
		return;
	}
	if (!reader_is_over(w->pass->reader, &batches, &err))
		return;
	feed_follow_stop(f);
	pthread_mutex_lock(&f->lock);
	if (err.code != ERR_NONE)
		feed_fail(f, &err);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	f->worker.retry_ms = clock_mono_ms() + RETRY_MS;
}
