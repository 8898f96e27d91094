/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A whole record as lines: place, key, headers and value, decoded and masked as
 * in the table of records. UI thread.
 */
#ifndef VIEWS_RECORD_TEXT_H
#define VIEWS_RECORD_TEXT_H

#include "views/records/records.h"
#include "views/text_pane.h"

enum { RECORD_LINES_MAX = 100000 };

void record_text_add(struct records *r, const struct record *record, enum txn_outcome outcome, struct text_pane *out);
/* The same as plain text, safe for any pager. */
void record_text_plain(struct records *r, const struct record *record, enum txn_outcome outcome, struct str *out);

#endif
