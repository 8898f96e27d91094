/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries and results as lines of the journal. Pure; any thread. */
#ifndef CHANGE_JOURNAL_LINE_H
#define CHANGE_JOURNAL_LINE_H

#include "base/str.h"
#include "model/journal.h"

void journal_write_entry(struct str *out, const struct journal_entry *e); /* line end included */
void journal_write_result(struct str *out, const struct journal_entry *e);

enum journal_line { JOURNAL_LINE_BAD, JOURNAL_LINE_ENTRY, JOURNAL_LINE_RESULT };

/* Of a result: id, result_ms, state, message, topic_id, and items with only name, partition and error. */
enum journal_line journal_read_line(struct journal_entry *e, const char *line, size_t len);

#endif
