/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One pass of `weir tail`: a reader, the threads that work on what it reads,
 * and writing their results to standard output in order. Main thread.
 */
#ifndef CLI_TAIL_READ_H
#define CLI_TAIL_READ_H

#include "cli/tail_format.h"
#include "cli/tail_work.h"
#include "kafka/reader.h"
#include "model/scan_merge.h"

enum { TAIL_WAKE_RESULT = 1, TAIL_WAKE_READER = 2, TAIL_WAKE_SIGNAL = 4 };

enum tail_end {
	TAIL_ALL_READ,
	TAIL_ENOUGH, /* --count records were printed */
	TAIL_CLOSED, /* nobody reads standard output any more */
	TAIL_FAILED  /* *err says why, which may be ERR_INTERRUPTED */
};

struct tail {
	const struct query *query; /* NULL: every record */
	struct tail_format format;
	struct wake wake;
	int64_t left;               /* records to be printed; -1: no limit */
	bool progress;              /* on standard error, which is a terminal */
	bool say_what;              /* prints at the end what was read */
	bool failure;               /* a message was printed that makes the status 1 */
	int64_t masked;             /* records that were printed with masked parts */
	bool headed;                /* the heading was printed */
	struct scan_newest *newest; /* keeps records instead of printing them; NULL: print */
	struct str notes;
	struct str *why; /* filled by the reader's `choose`, printed once the topics are resolved */
	int64_t *found;  /* of the newest records: matches by row */
};

/* Reads what `setup` says. *used gets the stopped reader, for reader_row(); it may be NULL. */
enum tail_end tail_read(struct tail *t, const struct reader_setup *setup, struct reader **used, struct error *err);
/* Prints what `newest` holds, oldest first. TAIL_ENOUGH: everything was printed. */
enum tail_end tail_print_newest(struct tail *t, struct error *err);
/* A line on standard error, made safe. */
void tail_say(const char *text, size_t len);

#endif
