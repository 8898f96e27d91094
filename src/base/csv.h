/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of CSV as RFC 4180 has them. Any thread. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/str.h"

/* Appends the field as it is, in double quotes where it needs any: for files that Kafka's tools read. */
void csv_add(struct str *out, const char *field);
/*
 * The same for names and other text of a cluster, which anybody may have chosen: a field that a spreadsheet would
 * take for a formula (it begins with = + - @ and is no number) gets an apostrophe in front, and what a terminal
 * could obey is written as on the screen. JSON has every byte.
 */
void csv_add_text(struct str *out, const char *text);
/* The field without such an apostrophe; points into it. */
const char *csv_text(const char *field);

#endif
