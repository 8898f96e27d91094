/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records as lines of text, to be written, edited and produced again byte for
 * byte. A JSON line is an object as `weir tail -o json` prints it:
 *
 *   key, value        a string of UTF-8, or null; any other JSON value stands for its own text
 *   key_base64, ...   the bytes, where they are no UTF-8
 *   headers           a list of {"key", "value"} in order, or an object
 *   topic, partition, offset, timestamp: numbers and names, or null; what else tail prints is passed over
 *
 * "masked":true is told in *out and nothing else: what it stands for is not in the line.
 *
 * A timestamp of null is a record without one; where none is given timestamp_type is TIMESTAMP_NONE.
 *
 * A byte order mark before a line is skipped. `value` must be there, so that a tombstone is written on purpose; every other
 * name may be missing, an unknown or repeated one is an error. RFC 8259,
 * strict. One thread at a time for each struct.
 */
#ifndef CODEC_RECORD_LINES_H
#define CODEC_RECORD_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "model/record.h"

struct record_lines { /* `= {0}` is empty and valid */
	char *text;   /* holds the strings of the newest line */
	size_t text_cap;
	struct record_header *headers;
	size_t header_cap;
};

void record_lines_release(struct record_lines *r);

/*
 * Reads one line without its line end. *out points into the line and into `r` and is valid until either
 * changes; parts that were not given are NULL or -1. False: *at is the byte of the line that *err (ERR_USAGE)
 * is about.
 */
bool record_line_read(struct record_lines *r, const char *line, size_t len, struct record *out, size_t *at,
	struct error *err);
bool record_line_is_blank(const char *line, size_t len);

/*
 * Reads a line of raw text: the value follows `separator` (NULL or "": no keys); without a separator the whole
 * line is the value.
 */
void record_line_read_raw(const char *line, size_t len, const char *separator, struct record *out);

/* Appends the record as a JSON line, with its line end. */
void record_line_write(struct str *out, const struct record *record);

#endif
