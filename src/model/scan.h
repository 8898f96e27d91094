/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The books of a search over a log: for each partition the offsets it covers,
 * [from, end), how far it is, and at last a statement of what was searched.
 *
 * A partition is done at the record before its end, or at an end of partition
 * at or after it: commit markers and compaction leave holes, so neither a count
 * nor an empty poll says anything. The end is fixed when the search begins: the
 * high watermark, or the last stable offset under read_committed.
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
	SCAN_FAILED                  /* scan_fail(): its position stands, scan_retry() goes on from there */
};

struct scan *scan_new(void);
void scan_free(struct scan *scan);                     /* NULL is allowed */
/* Returns the row. An empty range is done at once. `end` below 0 is unknown: scan_fail() or scan_wait() must say why. */
size_t scan_add(struct scan *scan, const char *topic, int32_t partition, int64_t from, int64_t end);
/* The range of a row whose end was unknown. */
void scan_range(struct scan *scan, size_t row, int64_t from, int64_t end);
size_t scan_count(const struct scan *scan);

/*
 * A record was read. True when it belongs to the search; false when it lies at
 * or after the end (which ends the row), or was read before.
 */
bool scan_record(struct scan *scan, size_t row, int64_t offset, size_t bytes);
void scan_matched(struct scan *scan, size_t row);
void scan_undecided(struct scan *scan, size_t row);    /* a record that the query could not decide on */
/* The consumer said that it reached the end of the partition, and `offset` is the next there may ever be. */
void scan_eof(struct scan *scan, size_t row, int64_t offset);
/* Retention removed what was to be read next; the log now starts at `log_start`. Returns where to go on. */
int64_t scan_torn(struct scan *scan, size_t row, int64_t log_start);
/* The log was made anew: a row without end goes on at `offset`, which may lie before its position. */
void scan_restart(struct scan *scan, size_t row, int64_t offset);
void scan_fail(struct scan *scan, size_t row, const char *reason);
/* A row that is read gets no answer, and is still tried; NULL: it goes on. */
void scan_wait(struct scan *scan, size_t row, const char *reason);
void scan_retry(struct scan *scan, size_t row);        /* a failed row is read again from its position */
enum scan_state scan_row_state(const struct scan *scan, size_t row);
int64_t scan_position(const struct scan *scan, size_t row);   /* the next offset to read */

struct scan_progress {
	double done;                 /* 0 to 1, of the offsets in rows whose end is known; NaN: none is */
	int64_t records, bytes;      /* read */
	int64_t matched, undecided;
	double bytes_total;          /* estimated from what was read; NaN unknown */
	double records_per_s;        /* over the last seconds; NaN unknown */
	double bytes_per_s;
	int64_t eta_ms;              /* -1 unknown */
	size_t rows, rows_done, rows_failed;
	size_t rows_waiting;         /* scan_wait() */
};

void scan_progress(struct scan *scan, int64_t mono_ms, struct scan_progress *out);
/* Appends what is waited for: "orders 3: no answer from broker 2 for 12 s"; nothing when nothing is. */
void scan_waiting(struct scan *scan, struct str *out);
/* Forget the rates, when reading goes on after a pause. */
void scan_resumed(struct scan *scan);
/* Every row was read to its end; rows that failed were not. */
bool scan_complete(const struct scan *scan);
/*
 * What was searched: a line for the whole, then one for each partition, with what was torn, what is left and
 * why. Also while it is under way.
 */
void scan_statement(struct scan *scan, struct str *out);

#endif
