/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes fields of CSV (RFC 4180). Any thread. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/str.h"

/*
 * Appends the field unchanged, in double quotes where RFC 4180 asks for them: for files
 * that Kafka's tools read.
 */
void csv_add(struct str *out, const char *field);
/*
 * The same for names and other text from a cluster, which anybody may have chosen: a field that a spreadsheet would
 * take for a formula (it begins with = + - @ and is no number) gets an apostrophe in front, and control characters
 * are written as text_safe() shows them. JSON output keeps every byte.
 */
void csv_add_text(struct str *out, const char *text);
/* The field without the apostrophe that csv_add_text() put in front; points into `field`. */
const char *csv_text(const char *field);

#endif
