/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends the lines of standard input as records of one topic, until the input
 * ends, a line cannot be read or delivered, or the user interrupts; then waits
 * for the reports of what is in flight. Records the result of every line. Main
 * thread.
 */
#ifndef CLI_PRODUCE_SEND_H
#define CLI_PRODUCE_SEND_H

#include "base/str.h"
#include "base/wake.h"
#include "cli/produce_input.h"
#include "cli/produce_lines.h"
#include "codec/record_lines.h"
#include "kafka/producer.h"

enum { PRODUCE_WAKE_SIGNAL = 1, PRODUCE_WAKE_REPORT = 2 };

struct produce {
	struct wake wake;
	struct producer *producer;
	struct input input;
	struct record_lines lines;
	/* where the lines go */
	const char *topic;
	struct str cluster; /* its name and id, for the result */
	bool raw, keep_partition, keep_timestamp, allow_masked, empty_as_null;
	const char *separator;               /* between key and value in a raw line; NULL: none */
	int32_t partition;                   /* -1: the partitioner chooses */
	const struct record_header *headers; /* added to every record, after its own */
	size_t header_count;
	struct line_set wanted; /* lines to read */
	/* results */
	int64_t sent, delivered;
	uint64_t bytes; /* of keys and values */
	struct line_set failed, uncertain;
	uint64_t stopped_at; /* the first line that was not sent; LINES_NO_END: all were sent */
	size_t complaints;
	struct error first_error;
	bool stop; /* nothing more is sent */
	/* what is reported */
	bool tell_reports; /* on standard output, one JSON object a line */
	bool progress;     /* on standard error, a terminal */
	struct str out;
	struct record_header *all_headers; /* a record's own and those of every record */
	size_t all_cap;
	int64_t begun_ms, shown_ms;
	int64_t moved, moved_ms; /* records delivered when last checked and grown, and the time */
	bool silence_told;
	unsigned asked; /* how often produce_cancelled() was called */
};

bool produce_interrupted(const struct produce *p);
/* The producer's report and ready callbacks; the context is the struct. */
void produce_report(void *context, const struct producer_report *report);
void produce_ready(void *context);
bool produce_cancelled(void *context);
/* The exit status. */
int produce_lines(struct produce *p);

#endif
