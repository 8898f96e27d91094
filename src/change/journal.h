/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The journal of changes: $XDG_STATE_HOME/weir/journal, one JSON object a line.
 * Before a change is made, it is written with the previous values and is on the
 * disk; its result is another line. A weir that makes a change locks the first
 * byte of its line until the result is written, so that another weir, or the
 * next start, can tell changes that still run from changes that were cut short.
 * Any thread.
 */
#ifndef CHANGE_JOURNAL_H
#define CHANGE_JOURNAL_H

#include "base/error.h"
#include "model/journal.h"

struct journal_change; /* one that is being made */

/* The file's path, from XDG_STATE_HOME and HOME alone. NULL and *err: neither is set. */
char *journal_path(struct error *err);
/*
 * Fills id, time and user of the entry and appends it. NULL and *err when it is not safely on the disk: then
 * nothing may be changed.
 */
struct journal_change *journal_begin(struct journal_entry *e, struct error *err);
/* Appends the result: state, message and the errors of items. Frees `c` in any case. */
bool journal_end(struct journal_change *c, const struct journal_entry *e, struct error *err);

/*
 * Gives a change that was cut short the result "unknown", with the message. False also when the journal does
 * not have it, it still runs, or it has a result.
 */
bool journal_settle(const char *id, const char *message, struct error *err);

/* A missing journal is empty. Lines that cannot be read are counted and left out. */
bool journal_read(struct journal_list *out, struct error *err);
/* The same for a text. `file` -1: no change is taken as running. */
void journal_parse(struct journal_list *out, const char *text, size_t len, int file);

#endif
