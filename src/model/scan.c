/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Figures are atomics that only the reader of their row writes; rare events
 * (gaps, reasons) are under the lock.
 */
#include "model/scan.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/format.h"

enum { SAMPLES = 16, SAMPLE_MS = 250 };

struct gap {
	int64_t from, to; /* [from, to) */
};

struct row {
	char *topic;
	int32_t partition;
	_Atomic int64_t from, end; /* end below 0: unknown */
	_Atomic int64_t position;
	_Atomic int64_t records, bytes, matched, undecided;
	_Atomic int state; /* enum scan_state */
	struct gap *gaps;  /* under the lock */
	size_t gap_count, gap_cap;
	_Atomic bool waits;
	char *reason; /* why it waits or failed; under the lock */
};

struct sample {
	int64_t mono_ms, records, bytes, offsets;
};

struct scan {
	struct row *rows;
	size_t count, cap;
	pthread_mutex_t lock;
	struct sample samples[SAMPLES]; /* a ring; only for the caller of scan_progress() */
	size_t sample_count;            /* ever taken */
};

struct scan *scan_new(void)
{
	struct scan *scan = mem_alloc(sizeof(*scan));

	pthread_mutex_init(&scan->lock, NULL);
	return scan;
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	for (size_t i = 0; i < scan->count; i++) {
		free(scan->rows[i].topic);
		free(scan->rows[i].gaps);
		free(scan->rows[i].reason);
	}
	pthread_mutex_destroy(&scan->lock);
	free(scan->rows);
	free(scan);
}

size_t scan_add(struct scan *scan, const char *topic, int32_t partition, int64_t from, int64_t end)
{
	struct row *row;

	scan->rows = mem_grow(scan->rows, &scan->cap, scan->count + 1, sizeof(*scan->rows));
	row = &scan->rows[scan->count];
	*row = (struct row){ .topic = mem_strdup(topic), .partition = partition };
	row->from = row->position = from;
	row->end = end;
	row->state = end >= 0 && from >= end ? SCAN_DONE : SCAN_READING;
	return scan->count++;
}

static int64_t figure_load(const _Atomic int64_t *figure)
{
	return atomic_load_explicit(figure, memory_order_relaxed);
}

/* Only the row's reader writes, so this need not be atomic as a whole. */
static void figure_add(_Atomic int64_t *figure, int64_t amount)
{
	atomic_store_explicit(figure, figure_load(figure) + amount, memory_order_relaxed);
}

static int64_t end_of(const struct row *row)
{
	return figure_load(&row->end);
}

/* A row with an unknown end is never done. */
static void row_advance(struct row *row, int64_t position)
{
	int64_t end = end_of(row);
	bool done = end >= 0 && position >= end;

	atomic_store_explicit(&row->position, done ? end : position, memory_order_relaxed);
	if (done)
		atomic_store_explicit(&row->state, SCAN_DONE, memory_order_release);
}

void scan_range(struct scan *scan, size_t index, int64_t from, int64_t end)
{
	struct row *row = &scan->rows[index];

	atomic_store_explicit(&row->from, from, memory_order_relaxed);
	atomic_store_explicit(&row->end, end, memory_order_relaxed);
	row_advance(row, from);
}

bool scan_record(struct scan *scan, size_t index, int64_t offset, size_t bytes)
{
	struct row *row = &scan->rows[index];

	if (offset < figure_load(&row->position) || scan_row_state(scan, index) == SCAN_DONE)
		return false;
	if (end_of(row) >= 0 && offset >= end_of(row)) {
		row_advance(row, end_of(row));
		return false;
	}
	figure_add(&row->records, 1);
	figure_add(&row->bytes, (int64_t)bytes);
	row_advance(row, offset + 1);
	return true;
}

void scan_matched(struct scan *scan, size_t row)
{
	figure_add(&scan->rows[row].matched, 1);
}

void scan_undecided(struct scan *scan, size_t row)
{
	figure_add(&scan->rows[row].undecided, 1);
}

void scan_eof(struct scan *scan, size_t index, int64_t offset)
{
	struct row *row = &scan->rows[index];

	if (offset > figure_load(&row->position))
		row_advance(row, offset);
}

int64_t scan_torn(struct scan *scan, size_t index, int64_t log_start)
{
	struct row *row = &scan->rows[index];
	int64_t from = figure_load(&row->position), end = end_of(row);
	int64_t to = end >= 0 && log_start > end ? end : log_start;

	if (to <= from)
		return from;
	pthread_mutex_lock(&scan->lock);
	if (row->gap_count > 0 && row->gaps[row->gap_count - 1].to == from) {
		row->gaps[row->gap_count - 1].to = to;
	} else {
		row->gaps = mem_grow(row->gaps, &row->gap_cap, row->gap_count + 1, sizeof(*row->gaps));
		row->gaps[row->gap_count++] = (struct gap){ from, to };
	}
	pthread_mutex_unlock(&scan->lock);
	row_advance(row, to);
	return figure_load(&row->position);
}

void scan_restart(struct scan *scan, size_t index, int64_t offset)
{
	atomic_store_explicit(&scan->rows[index].position, offset, memory_order_relaxed);
}

static void set_reason(struct scan *scan, struct row *row, const char *reason, bool waits)
{
	pthread_mutex_lock(&scan->lock);
	free(row->reason);
	row->reason = reason ? mem_strdup(reason) : NULL;
	atomic_store_explicit(&row->waits, waits, memory_order_relaxed);
	pthread_mutex_unlock(&scan->lock);
}

void scan_fail(struct scan *scan, size_t index, const char *reason)
{
	struct row *row = &scan->rows[index];

	if (scan_row_state(scan, index) == SCAN_DONE)
		return;
	set_reason(scan, row, reason, false);
	atomic_store_explicit(&row->state, SCAN_FAILED, memory_order_release);
}

static bool is_waiting(const struct row *row)
{
	return atomic_load_explicit(&row->waits, memory_order_relaxed) && row->state == SCAN_READING;
}

void scan_wait(struct scan *scan, size_t index, const char *reason)
{
	struct row *row = &scan->rows[index];

	if (scan_row_state(scan, index) == SCAN_READING && (reason || is_waiting(row)))
		set_reason(scan, row, reason, reason != NULL);
}

enum scan_state scan_row_state(const struct scan *scan, size_t row)
{
	return (enum scan_state)atomic_load_explicit(&scan->rows[row].state, memory_order_acquire);
}

int64_t scan_position(const struct scan *scan, size_t row)
{
	return figure_load(&scan->rows[row].position);
}

bool scan_complete(const struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++)
		if (scan_row_state(scan, i) != SCAN_DONE)
			return false;
	return true;
}

/* Progress */

/* The oldest sample of the window; takes a new one when it is due. */
static const struct sample *window(struct scan *scan, struct sample now)
{
	size_t newest = scan->sample_count - 1;

	if (scan->sample_count == 0 || now.mono_ms - scan->samples[newest % SAMPLES].mono_ms >= SAMPLE_MS)
		scan->samples[scan->sample_count++ % SAMPLES] = now;
	return &scan->samples[scan->sample_count <= SAMPLES ? 0 : scan->sample_count % SAMPLES];
}

void scan_resumed(struct scan *scan)
{
	scan->sample_count = 0;
}

void scan_progress(struct scan *scan, int64_t mono_ms, struct scan_progress *out)
{
	const struct sample *start;
	struct sample now = { .mono_ms = mono_ms };
	double total = 0, seconds, offsets_per_s;
	bool all_known = true;

	*out = (struct scan_progress){ .rows = scan->count,
		.bytes_total = NAN,
		.records_per_s = NAN,
		.bytes_per_s = NAN,
		.eta_ms = -1 };
	for (size_t i = 0; i < scan->count; i++) {
		const struct row *row = &scan->rows[i];
		enum scan_state state = scan_row_state(scan, i);

		out->records += figure_load(&row->records);
		out->bytes += figure_load(&row->bytes);
		out->matched += figure_load(&row->matched);
		out->undecided += figure_load(&row->undecided);
		out->rows_done += state == SCAN_DONE;
		out->rows_failed += state == SCAN_FAILED;
		out->rows_waiting += is_waiting(row);
		int64_t from = figure_load(&row->from), end = end_of(row);

		if (end < 0) {
			all_known = false;
		} else if (end > from) {
			int64_t position = figure_load(&row->position);

			now.offsets += position > from ? position - from : 0;
			total += (double)(end - from);
		}
	}
	now.records = out->records;
	now.bytes = out->bytes;
	out->done = total > 0 ? (double)now.offsets / total : all_known ? 1 : NAN;
	if (all_known && out->bytes > 0 && out->done > 0)
		out->bytes_total = (double)out->bytes / out->done;
	start = window(scan, now);
	if (mono_ms - start->mono_ms < SAMPLE_MS)
		return;
	seconds = (double)(mono_ms - start->mono_ms) / 1000;
	out->records_per_s = (double)(now.records - start->records) / seconds;
	out->bytes_per_s = (double)(now.bytes - start->bytes) / seconds;
	offsets_per_s = (double)(now.offsets - start->offsets) / seconds;
	if (all_known && offsets_per_s > 0)
		out->eta_ms = (int64_t)((total - (double)now.offsets) / offsets_per_s * 1000);
}

void scan_waiting(struct scan *scan, struct str *out)
{
	pthread_mutex_lock(&scan->lock);
	for (size_t i = 0; i < scan->count; i++) {
		const struct row *row = &scan->rows[i];

		if (!is_waiting(row))
			continue;
		text_safe(out, row->topic, strlen(row->topic));
		str_addf(out, " %d: ", (int)row->partition);
		text_safe(out, row->reason, strlen(row->reason));
		break;
	}
	pthread_mutex_unlock(&scan->lock);
}

/* The statement */

static void add_range(struct str *out, int64_t from, int64_t end)
{
	str_add(out, end - from == 1 ? "offset " : "offsets ");
	format_count(out, from);
	if (end - from == 1)
		return;
	str_add(out, " to ");
	format_count(out, end - 1);
}

static void add_count(struct str *out, int64_t count, const char *one, const char *many)
{
	format_count(out, count);
	str_addf(out, " %s", count == 1 ? one : many);
}

static void add_what_was_read(struct str *out, const struct row *row)
{
	int64_t position = figure_load(&row->position), from = figure_load(&row->from), end = end_of(row);

	if (end >= 0 && from >= end) {
		str_add(out, "nothing to read, the range ends at offset ");
		format_count(out, end);
		return;
	}
	if (position > from)
		add_range(out, from, position);
	else
		str_add(out, "nothing");
	if (position == end) {
		str_add(out, ", all read");
	} else if (end >= 0) {
		str_add(out, " read, ");
		add_range(out, position, end);
		str_add(out, " not read");
	} else {
		str_add(out, " read, the end is not known");
	}
	str_add(out, ", ");
	add_count(out, figure_load(&row->records), "record", "records");
}

static void add_row(struct str *out, const struct row *row)
{
	text_safe(out, row->topic, strlen(row->topic));
	str_addf(out, " %d: ", (int)row->partition);
	add_what_was_read(out, row);
	for (size_t i = 0; i < row->gap_count; i++) {
		str_add(out, "; ");
		add_range(out, row->gaps[i].from, row->gaps[i].to);
		str_add(out,
			row->gaps[i].to - row->gaps[i].from == 1 ? " was removed by retention before it was read" :
								   " were removed by retention before they were read");
	}
	if (row->reason && (row->state == SCAN_FAILED || is_waiting(row))) {
		str_add(out, "; ");
		text_safe(out, row->reason, strlen(row->reason));
	}
	str_add_char(out, '\n');
}

void scan_statement(struct scan *scan, struct str *out)
{
	int64_t records = 0, matched = 0, undecided = 0;
	size_t done = 0, torn = 0;

	pthread_mutex_lock(&scan->lock);
	for (size_t i = 0; i < scan->count; i++) {
		records += figure_load(&scan->rows[i].records);
		matched += figure_load(&scan->rows[i].matched);
		undecided += figure_load(&scan->rows[i].undecided);
		done += scan_row_state(scan, i) == SCAN_DONE;
		torn += scan->rows[i].gap_count > 0;
	}
	if (done == scan->count) {
		str_add(out, "complete: ");
		add_count(out, (int64_t)done, "partition", "partitions");
		str_add(out, scan->count == 1 ? " read to its end" : " read to their ends");
	} else {
		str_add(out, "not complete: ");
		format_count(out, (int64_t)done);
		str_add(out, " of ");
		add_count(out, (int64_t)scan->count, "partition", "partitions");
		str_add(out, " read to the end");
	}
	str_add(out, ", ");
	add_count(out, records, "record", "records");
	str_add(out, ", ");
	format_count(out, matched);
	str_add(out, " found");
	if (undecided > 0) {
		str_add(out, ", ");
		add_count(out, undecided, "record", "records");
		str_add(out, " on which a regular expression gave up");
	}
	if (torn > 0) {
		str_add(out, ", retention tore gaps into ");
		add_count(out, (int64_t)torn, "partition", "partitions");
	}
	str_add_char(out, '\n');
	for (size_t i = 0; i < scan->count; i++)
		add_row(out, &scan->rows[i]);
	pthread_mutex_unlock(&scan->lock);
}
