/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The threads that filter and format what a reader reads. They take batches in
 * parallel; the main thread gets the results in the reader's order. All
 * functions are for the main thread.
 */
#ifndef CLI_TAIL_WORK_H
#define CLI_TAIL_WORK_H

#include "base/str.h"
#include "base/wake.h"
#include "cli/tail_format.h"
#include "kafka/reader.h"
#include "query/query.h"

enum { TAIL_THREADS = 2 };

struct tail_match {
	size_t end; /* where it ends in the result's text */
	size_t row;
	int64_t offset, place_ms; /* see reader_batch_place() */
	bool undecided, masked;
};

struct tail_result {
	struct reader_batch *batch;
	struct str text;
	struct tail_match *matches;
	size_t count, cap;
	struct tail_result *next; /* spare ones */
};

struct tail_work;

/* `query` may be NULL. Raises `bit` of `wake` when there is a result. Borrows everything. */
struct tail_work *tail_work_start(struct reader *reader, const struct query *query, const struct tail_format *format,
	struct wake *wake, unsigned bit, struct error *err);
struct tail_result *tail_work_next(struct tail_work *w); /* NULL: not yet */
void tail_work_release(struct tail_work *w, struct tail_result *result);
uint64_t tail_work_count(const struct tail_work *w); /* results given out by tail_work_next() */
/* Waits for the threads: after reader_cancel(), or when the reader is over. */
void tail_work_stop(struct tail_work *w);

#endif
