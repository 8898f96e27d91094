/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The records of one or several topics: the state of that view, shared with
 * what is opened from it (one record, a comparison, the closing statement).
 * Each part of it has a header of its own. UI thread.
 */
#ifndef VIEWS_RECORDS_H
#define VIEWS_RECORDS_H

#include "ui/view.h"
#include "views/records/records_columns.h"
#include "views/records/records_feed.h"
#include "views/records/records_marks.h"
#include "views/records/records_rows.h"
#include "views/records/records_scope.h"
#include "views/records/records_window.h"

enum { RECORDS_FRAME_MS = 33 }; /* between two pictures while records arrive */

/* Where the user is, and where the cursor is to go. */
struct records_place {
	struct record_id at; /* under the cursor, to find it when numbers change */
	bool moved;          /* the cursor, since the search began */
	bool wants_found;    /* a place was asked for: found() says where it is */
	int64_t wants_up;    /* rows to go up once an older page is there */
};

/* What the user typed last; NULL: nothing. */
struct records_asked {
	char *filter;   /* in force */
	char *searched; /* what was searched for */
	char *group;    /* whose offsets were gone to */
};

struct records {
	struct view *view;
	struct ui *ui;
	struct records_scope scope;
	struct records_feed feed;
	struct records_window window;
	struct records_place place;
	struct records_rows rows;
	struct list marks; /* see records_marks.h */
	struct records_asked asked;
	struct records_columns columns;
};

/* The state of the records view below `v`; NULL: there is none. */
struct records *records_under(const struct view *v);
/* For view_ops.woken and next_change, also of the views above this one: the feed goes on below them. */
bool records_woken(struct records *r);
int64_t records_next_change(const struct records *r);
void records_say(struct records *r, enum severity severity, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void records_note_cursor(struct records *r); /* remembers which record the cursor is on */
bool records_read(struct records *r, const struct record_id *id, struct arena *arena, struct record *out,
	enum txn_outcome *outcome);
/* record.c: opens the record under the cursor. */
void records_open_record(struct records *r);
/*
 * compare.c: opens the comparison of two records: those that `arg` names ([TOPIC:]PARTITION:OFFSET, twice), else the
 * two that are marked, else the marked one and `here`.
 */
void records_compare(struct records *r, const struct record_id *here, const char *arg);

#endif
