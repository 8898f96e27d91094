/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The journal of changes: $XDG_STATE_HOME/weir/journal, one JSON object a line.
 * A change is written, with what was there before, and on the disk before it is
 * made; its result is a line of its own. A weir that makes a change holds a lock
 * on the first byte of its line till then, so that another one, or the next start,
 * can tell what still runs from what was cut short. Any thread.
 */
#ifndef CHANGE_JOURNAL_H
#define CHANGE_JOURNAL_H

#include "base/error.h"
#include "model/journal.h"

struct journal_change;               /* one that is being made */

/* The file's path: $WEIR_JOURNAL is not asked, only XDG_STATE_HOME and HOME. NULL and *err: neither is set. */
char *journal_path(struct error *err);
/*
 * Fills id, time and user of the entry and appends it. NULL and *err when that is not safely on the disk: then
 * nothing may be changed.
 */
struct journal_change *journal_begin(struct journal_entry *e, struct error *err);
/* Appends the result: state, message and the errors of items. Frees `c` in any case. */
bool journal_end(struct journal_change *c, const struct journal_entry *e, struct error *err);

/*
 * Ends a change that was cut short and is left as it was found: its result is that nobody knows, with the message.
 * False also when it is not there, runs, or has a result.
 */
bool journal_settle(const char *id, const char *message, struct error *err);

/* A journal that does not exist is empty. Lines that cannot be read are counted and left out. */
bool journal_read(struct journal_list *out, struct error *err);
/* The same of a text. `file` -1: nothing runs. */
void journal_parse(struct journal_list *out, const char *text, size_t len, int file);
/* One line of a journal as an entry; false when it is none. */
bool journal_parse_entry(struct journal_entry *e, const char *line, size_t len);

#endif
