/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of rows with cursor, scrolling, sorting, filter, marks, column
 * choice, horizontal scroll, copy and export. The owner names its columns once
 * and answers for cells by row index of the newest data: one answer is drawn,
 * sorted by and exported. What must survive a refresh (cursor, marks) is kept
 * by the row's key.
 *
 * Columns adapt from 40 to 250 cells: each is as wide as what it holds, names
 * take what is left over, the lowest priority is dropped first, and the table
 * says how many are hidden. A figure's column grows and never shrinks. UI thread.
 */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "model/event.h"
#include "ui/action.h"
#include "ui/cell.h"
#include "ui/draw.h"

enum {
	TABLE_COLUMNS_MAX = 24,
	TABLE_LEAD = 3,        /* cells before the first column: cursor, mark, blank */
};

enum column_kind {
	COLUMN_NAME,              /* left; grows to the longest text while there is room; scrolls sideways */
	COLUMN_TEXT,              /* left, as wide as the widest text seen, up to its most */
	COLUMN_NUMBER,            /* right, up to its width; sorts largest first at the first press */
	COLUMN_SPARK,             /* a sparkline; sorts by its newest value; not exported */
	COLUMN_KIND_COUNT
};

struct table_column {
	const char *name;         /* stable: export, `sort NAME`: "lag" */
	const char *title;        /* "LAG"; units once, here */
	const char *help;         /* one line for the column chooser */
	enum column_kind kind;
	int width;                /* cells: the least of a name or sparkline, the most of the others */
	int priority;             /* higher stays longer; from 80 on it may cut the names */
	int most;                 /* cells that a COLUMN_TEXT takes where it needs them; 0: width */
	int from_cols;            /* left out on narrower screens */
	bool searched;            /* the filter looks at its text */
	bool optional;            /* left out while it is empty, or 0, in every row that is shown */
	bool reason;              /* why a row is a problem: shown before all others while only problems are */
	bool lazy;                /* fetched little by little: the footer counts what is known */
};

struct table_ops {
	const struct table_column *columns;
	int column_count;
	size_t (*rows)(void *owner);
	void (*key)(void *owner, size_t row, struct str *out);          /* unique, stable over refreshes */
	void (*cell)(void *owner, size_t row, int column, struct cell *out);   /* out is clean: unknown */
	bool (*problem)(void *owner, size_t row);       /* NULL: no problems-only switch */
	bool (*quiet)(void *owner, size_t row);         /* left out by only-with-lag; NULL: no switch */
	bool (*hidden)(void *owner, size_t row);        /* left out always (internal topics); NULL: none */
	void (*note)(void *owner, size_t row, struct str *out);   /* on the row under the cursor; or NULL */
};

struct table;

/* `name`: for files. `sort`: column at first, a leading '-' for descending; NULL: as the rows come. */
struct table *table_new(const char *name, const struct table_ops *ops, void *owner, const char *sort);
void table_free(struct table *t);
/* The cursor stays on the last row while it is there (a log). */
void table_follow(struct table *t, bool follow);
/* What is typed after / is sought, not filtered by: rows stay, the cursor goes from hit to hit (a log). */
void table_search(struct table *t, bool search);
/* The owner's rows changed: filters, sorts (ties keep the rows' own order), finds the cursor's key again. */
void table_update(struct table *t);
/* Draws titles and rows; an unfocused table shows no cursor. Nothing but the titles when no row is shown. */
void table_draw(struct table *t, const struct area *a, bool focused);
/* Moves, sorts, filters, marks, columns, export, ...; ACTION_IGNORED for what is not a table's. */
enum action_result table_action(struct table *t, struct ui *ui, enum action_id id, const char *arg);
const char *table_disabled(const struct table *t, enum action_id id);
bool table_click(struct table *t, int row, int col);       /* a title sorts; true when it was on a row */
void table_footer(const struct table *t, struct str *out);         /* "5 of 19 rows  filter: x  +2 columns" */
void table_note(const struct table *t, struct str *out);           /* on the row under the cursor */
/* Columns that start with `prefix`, which may have the leading - of `sort`; a heap array of heap strings. */
size_t table_complete(const struct table *t, const char *prefix, char ***words);

size_t table_shown(const struct table *t);                 /* rows after filters */
/* Why no row is shown ("no match for x (19 rows hidden)"); false when there is none. */
bool table_why_empty(const struct table *t, struct str *out);
bool table_current(const struct table *t, size_t *row);    /* owner's row under the cursor; false: no rows */
const char *table_current_key(const struct table *t);      /* NULL when there are no rows */
/* Owner's rows that are on the screen now (for demands), in order; returns how many. */
size_t table_visible(const struct table *t, size_t *rows, size_t max);
size_t table_marked(const struct table *t, size_t *rows, size_t max);   /* shown ones only */
bool table_sorted_by(const struct table *t, const char *column);
void table_select_key(struct table *t, const char *key);
/* The same at the next update: the rows are not looked at, so a view that is hidden may be told. */
void table_seek_key(struct table *t, const char *key);
bool table_set_filter(struct table *t, const char *text, struct error *err);   /* "" or NULL: none */
bool table_set_sort(struct table *t, const char *sort, struct error *err);

#endif
