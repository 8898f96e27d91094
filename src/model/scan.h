/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The progress of a search over a log: for each partition the offsets it
 * covers, [from, end), how far it is, and at the end a statement of what was
 * searched.
 *
 * A partition is done at the record before its end, or when the consumer
 * reports the end of the partition at or after it: transaction markers and
 * compaction leave gaps, so neither a count nor an empty poll proves anything.
 * The end is fixed when the search begins: the high watermark, or under
 * read_committed the last stable offset.
 *
 * Rows are added before reading begins. Then each row belongs to the one thread
 * that reads it, and any thread may ask for figures; scan_progress() has one
 * caller at a time.
 */
#ifndef MODEL_SCAN_H
#define MODEL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct scan;

enum scan_state {
	SCAN_READING,
	SCAN_DONE,
	SCAN_FAILED /* scan_fail(): its position stays */
};

struct scan *scan_new(void);
void scan_free(struct scan *scan); /* NULL is allowed */
/*
 * Returns the row. An empty range is done immediately. `end` below 0 is unknown: then scan_fail() or
 * scan_wait() must say why.
 */
size_t scan_add(struct scan *scan, const char *topic, int32_t partition, int64_t from, int64_t end);
/* Sets the range of a row whose end was unknown. */
void scan_range(struct scan *scan, size_t row, int64_t from, int64_t end);

/*
 * Notes a record that was read. True when it belongs to the search; false when it is at or after the end (which
 * ends the row), or was read before.
 */
bool scan_record(struct scan *scan, size_t row, int64_t offset, size_t bytes);
void scan_matched(struct scan *scan, size_t row);
void scan_undecided(struct scan *scan, size_t row); /* a record that the query could not decide on */
/* The consumer has reached the end of the partition; the next record can have `offset` at the earliest. */
void scan_eof(struct scan *scan, size_t row, int64_t offset);
/* Retention removed what was to be read next; the log starts at `log_start` now. Returns where to continue. */
int64_t scan_torn(struct scan *scan, size_t row, int64_t log_start);
/* The topic was created again: a row without end continues at `offset`, which may be before its position. */
void scan_restart(struct scan *scan, size_t row, int64_t offset);
void scan_fail(struct scan *scan, size_t row, const char *reason);
/* The row gets no answer and is retried; NULL: it continues. */
void scan_wait(struct scan *scan, size_t row, const char *reason);
enum scan_state scan_row_state(const struct scan *scan, size_t row);
int64_t scan_position(const struct scan *scan, size_t row); /* the next offset to read */

struct scan_progress {
	double done;            /* 0 to 1, over the offsets in rows whose end is known; NaN: none is */
	int64_t records, bytes; /* read */
	int64_t matched, undecided;
	double bytes_total;   /* estimated from what was read; NaN unknown */
	double records_per_s; /* over the last seconds; NaN unknown */
	double bytes_per_s;
	int64_t eta_ms; /* -1 unknown */
	size_t rows, rows_done, rows_failed;
	size_t rows_waiting; /* scan_wait() */
};

void scan_progress(struct scan *scan, int64_t mono_ms, struct scan_progress *out);
/*
 * Appends what the search waits for: "orders 3: no answer from broker 2 for 12 s"; nothing when it does not
 * wait.
 */
void scan_waiting(struct scan *scan, struct str *out);
/* Drops the rates, when reading continues after a pause. */
void scan_resumed(struct scan *scan);
/* Every row was read to its end; a failed row was not. */
bool scan_complete(const struct scan *scan);
/*
 * What was searched: a line for the whole, then one for each partition, with its gaps, what is left and why.
 * Also while the search runs.
 */
void scan_statement(struct scan *scan, struct str *out);

#endif
