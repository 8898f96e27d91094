/* SPDX-License-Identifier: BSD-2-Clause */
/* What the UI gets to see, what leaves the window, rates and errors. All with the lock. */
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

/* Records and bytes a second over the samples there are. */
static void total_rate(const struct feed *f, struct feed_state *out)
{
	size_t newest, oldest;
	double seconds;

	out->records_per_s = out->bytes_per_s = NAN;
	if (!f->follower || f->samples < 2)
		return;
	newest = (f->samples - 1) % FEED_RATE_SAMPLES;
	oldest = f->samples > FEED_RATE_SAMPLES ? f->samples % FEED_RATE_SAMPLES : 0;
	seconds = (double)(f->sampled_ms[newest] - f->sampled_ms[oldest]) / 1000;
	if (seconds <= 0)
		return;
	out->bytes_per_s = (double)(f->sampled_bytes[newest] - f->sampled_bytes[oldest]) / seconds;
	out->records_per_s = 0;
	for (size_t i = 0; i < f->row_count; i++)
		out->records_per_s += (double)(f->rows[i].sample[newest] - f->rows[i].sample[oldest]) / seconds;
}

static double row_rate(const struct feed *f, const struct feed_row *row)
{
	size_t newest, oldest;

	if (!f->follower || f->samples < 2)
		return NAN;
	newest = (f->samples - 1) % FEED_RATE_SAMPLES;
	oldest = f->samples > FEED_RATE_SAMPLES ? f->samples % FEED_RATE_SAMPLES : 0;
	if (f->sampled_ms[newest] <= f->sampled_ms[oldest])
		return NAN;
	return (double)(row->sample[newest] - row->sample[oldest]) * 1000 /
		(double)(f->sampled_ms[newest] - f->sampled_ms[oldest]);
}

void feed_sample(struct feed *f)
{
	size_t at = f->samples % FEED_RATE_SAMPLES;
	struct feed_rates *rates = mem_alloc(sizeof(*rates) + f->row_count * sizeof(*rates->rows));

	f->sampled_ms[at] = clock_mono_ms();
	f->sampled_bytes[at] = f->bytes_seen;
	for (size_t i = 0; i < f->row_count; i++)
		f->rows[i].sample[at] = f->rows[i].seen;
	f->samples++;
	rates->refs = 1;
	rates->count = f->row_count;
	for (size_t i = 0; i < f->row_count; i++) {
		const struct feed_row *row = &f->rows[i];

		rates->rows[i] = (struct feed_rate){ row->topic, row->partition, row->log_start, row->log_end, row->hi,
			row_rate(f, row) };
	}
	rates_unref(f->rates);
	f->rates = rates;
}

static void set_state(const struct feed *f, struct feed_state *s)
{
	*s = (struct feed_state){
		.phase = f->phase, .first = f->window.first, .end = f->window.end, .seen = f->seen, .left = f->left,
		.bytes = f->window.bytes, .at_start = f->at_start, .at_end = f->at_end, .searched = f->searched,
		.paused = f->paused, .partitions = f->row_count, .leaderless = f->leaderless, .progress = f->progress,
		.error = f->error, .error_past = f->error_past,
	};
	snprintf(s->waiting, sizeof(s->waiting), "%s", str_text(&f->waiting));
	snprintf(s->stale, sizeof(s->stale), "%s", str_text(&f->stale));
	total_rate(f, s);
	for (size_t i = 0; i < f->row_count; i++)
		s->topics += i == 0 || f->rows[f->order[i]].topic != f->rows[f->order[i - 1]].topic;
}

void feed_publish(struct feed *f)
{
	struct feed_view *view = mem_alloc(sizeof(*view));

	view->count = f->window.count;
	view->entries = mem_alloc(view->count * sizeof(*view->entries));
	for (size_t i = 0; i < view->count; i++) {
		view->entries[i] = f->window.entries[f->window.at + i];
		feed_slice_ref(view->entries[i].slice);
	}
	set_state(f, &view->state);
	view->ended = f->ended;
	view->rates = f->rates;
	if (view->rates)
		atomic_fetch_add(&view->rates->refs, 1);
	feed_view_free(mailbox_put(&f->published, view));
	if (!f->closing)
		f->wake(f->waker);
}

static void left(struct feed *f, struct feed_slice *slice, bool newest)
{
	for (size_t i = 0; i < slice->count; i++) {
		struct feed_row *row = &f->rows[slice->items[i]->row];
		int64_t offset = slice->items[i]->record.offset;

		if (newest && offset < row->hi)
			row->hi = offset;
		else if (!newest && offset >= row->lo)
			row->lo = offset + 1;
	}
	f->left += (int64_t)slice->count;
	f->evictions++;
	if (newest)
		f->at_end = false;
	else
		f->at_start = false;
	feed_slice_unref(slice);
}

void feed_evict(struct feed *f, bool newest)
{
	while (f->window.bytes > f->setup.buffer_bytes && f->window.count > 1)
		left(f, newest ? feed_window_pop(&f->window) : feed_window_shift(&f->window), newest);
}

void feed_fail(struct feed *f, const struct error *err)
{
	f->error = *err;
	f->error_past = false;
	log_write(LOG_WARN, "feed", "%s", err->message);
}

void feed_note(struct feed *f, const char *text)
{
	size_t len = strlen(text);

	str_add_len(&f->notes, text, len);
	if (len == 0 || text[len - 1] != '\n')
		str_add_char(&f->notes, '\n');
	f->told = true;
}
