/* SPDX-License-Identifier: BSD-2-Clause */
/* Publishing to the UI, eviction from the window, rates, notes and errors. All with the lock. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "feed/feed_parts.h"

static void rates_unref(struct feed_rates *rates)
{
	if (rates && atomic_fetch_sub(&rates->refs, 1) == 1)
		free(rates);
}

void feed_view_free(struct feed_view *view)
{
	if (!view)
		return;
	for (size_t i = 0; i < view->count; i++)
		feed_slice_unref(view->entries[i].slice);
	free(view->entries);
	rates_unref(view->rates);
	free(view);
}

/* The time between the oldest and the newest sample; 0: there are no two. */
static double sampled_seconds(const struct feed *f, size_t *oldest, size_t *newest)
{
	if (!f->shared.follower || f->shared.samples < 2)
		return 0;
	*newest = (f->shared.samples - 1) % FEED_RATE_SAMPLES;
	*oldest = f->shared.samples > FEED_RATE_SAMPLES ? f->shared.samples % FEED_RATE_SAMPLES : 0;
	return (double)(f->shared.sampled_ms[*newest] - f->shared.sampled_ms[*oldest]) / 1000;
}

/* Records and bytes per second. */
static void total_rate(const struct feed *f, struct feed_state *out)
{
	size_t newest, oldest;
	double seconds = sampled_seconds(f, &oldest, &newest);

	out->records_per_s = out->bytes_per_s = NAN;
	if (seconds <= 0)
		return;
	out->bytes_per_s = (double)(f->shared.sampled_bytes[newest] - f->shared.sampled_bytes[oldest]) / seconds;
	out->records_per_s = 0;
	for (size_t i = 0; i < f->shared.row_count; i++)
		out->records_per_s +=
			(double)(f->shared.rows[i].sample[newest] - f->shared.rows[i].sample[oldest]) / seconds;
}

static double row_rate(const struct feed *f, const struct feed_row *row)
{
	size_t newest, oldest;
	double seconds = sampled_seconds(f, &oldest, &newest);

	return seconds > 0 ? (double)(row->sample[newest] - row->sample[oldest]) / seconds : NAN;
}

void feed_sample(struct feed *f)
{
	size_t at = f->shared.samples % FEED_RATE_SAMPLES;
	struct feed_rates *rates = mem_alloc(sizeof(*rates) + f->shared.row_count * sizeof(*rates->rows));

	f->shared.sampled_ms[at] = clock_mono_ms();
	f->shared.sampled_bytes[at] = f->shared.bytes_seen;
	for (size_t i = 0; i < f->shared.row_count; i++)
		f->shared.rows[i].sample[at] = f->shared.rows[i].seen;
	f->shared.samples++;
	rates->refs = 1;
	rates->count = f->shared.row_count;
	for (size_t i = 0; i < f->shared.row_count; i++) {
		const struct feed_row *row = &f->shared.rows[i];

		rates->rows[i] = (struct feed_rate){ row->topic, row->partition, row->log_start, row->log_end, row->hi,
			row_rate(f, row) };
	}
	rates_unref(f->shared.rates);
	f->shared.rates = rates;
}

static void set_state(const struct feed *f, struct feed_state *s)
{
	*s = (struct feed_state){
		.phase = f->shared.phase,
		.first = f->shared.window.first,
		.end = f->shared.window.end,
		.seen = f->shared.seen,
		.left = f->shared.left,
		.bytes = f->shared.window.bytes,
		.at_start = f->shared.at_start,
		.at_end = f->shared.at_end,
		.searched = f->shared.searched,
		.paused = f->shared.paused,
		.partitions = f->shared.row_count,
		.leaderless = f->shared.leaderless,
		.progress = f->shared.progress,
		.error = f->shared.error,
		.error_past = f->shared.error_past,
	};
	snprintf(s->waiting, sizeof(s->waiting), "%s", str_text(&f->shared.waiting));
	snprintf(s->stale, sizeof(s->stale), "%s", str_text(&f->shared.stale));
	total_rate(f, s);
	for (size_t i = 0; i < f->shared.row_count; i++)
		s->topics += i == 0 ||
			f->shared.rows[f->shared.order[i]].topic != f->shared.rows[f->shared.order[i - 1]].topic;
}

void feed_publish(struct feed *f)
{
	struct feed_view *view = mem_alloc(sizeof(*view));

	view->count = f->shared.window.count;
	view->entries = mem_alloc(view->count * sizeof(*view->entries));
	for (size_t i = 0; i < view->count; i++) {
		view->entries[i] = f->shared.window.entries[f->shared.window.at + i];
		feed_slice_ref(view->entries[i].slice);
	}
	set_state(f, &view->state);
	view->ended = f->shared.ended;
	view->rates = f->shared.rates;
	if (view->rates)
		atomic_fetch_add(&view->rates->refs, 1);
	feed_view_free(mailbox_put(&f->published, view));
	if (!f->shared.closing)
		f->wake(f->waker);
}

static void evicted(struct feed *f, struct feed_slice *slice, bool newest)
{
	for (size_t i = 0; i < slice->count; i++) {
		struct feed_row *row = &f->shared.rows[slice->items[i]->row];
		int64_t offset = slice->items[i]->record.offset;

		if (newest && offset < row->hi)
			row->hi = offset;
		else if (!newest && offset >= row->lo)
			row->lo = offset + 1;
	}
	f->shared.left += (int64_t)slice->count;
	f->shared.evictions++;
	if (newest)
		f->shared.at_end = false;
	else
		f->shared.at_start = false;
	feed_slice_unref(slice);
}

void feed_evict(struct feed *f, bool newest)
{
	while (f->shared.window.bytes > f->setup.buffer_bytes && f->shared.window.count > 1)
		evicted(f, newest ? feed_window_pop(&f->shared.window) : feed_window_shift(&f->shared.window), newest);
}

void feed_fail(struct feed *f, const struct error *err)
{
	f->shared.error = *err;
	f->shared.error_past = false;
	log_write(LOG_WARN, "feed", "%s", err->message);
}

void feed_note(struct feed *f, const char *text)
{
	size_t len = strlen(text);

	str_add_len(&f->shared.notes, text, len);
	if (len == 0 || text[len - 1] != '\n')
		str_add_char(&f->shared.notes, '\n');
	f->shared.has_notes = true;
}
