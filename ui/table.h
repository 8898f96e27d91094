/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of rows with cursor, scrolling, sorting, filter, marks, column
 * choice, horizontal scroll, copy and export. The owner defines its columns
 * once and gives the cells by row index of the newest data: the same cell is
 * drawn, sorted by and exported. Cursor and marks survive a refresh, because
 * they are kept by the row's key.
 *
 * Columns adapt to 40 to 250 cells: each is as wide as its content, names take
 * the rest, and columns of the lowest priority are dropped first; the table
 * says how many are hidden. The column of a figure grows and never shrinks. UI
 * thread.
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
	TABLE_LEAD = 3, /* cells before the first column: cursor, mark, blank */
};

enum column_kind {
	COLUMN_NAME,   /* left; grows to the longest text while there is room; scrolls sideways */
	COLUMN_TEXT,   /* left; as wide as the widest text seen, up to `most` */
	COLUMN_NUMBER, /* right, up to its width; sorts the largest first at the first press */
	COLUMN_SPARK,  /* a sparkline; sorts by its newest value; not exported */
	COLUMN_KIND_COUNT
};

struct table_column {
	const char *name;  /* stable: export, `sort NAME`: "lag" */
	const char *title; /* "LAG"; units once, here */
	const char *help;  /* one line for the column chooser */
	enum column_kind kind;
	int width;     /* cells: the minimum of a name or sparkline, the maximum of the others */
	int priority;  /* higher ones stay longer; from 80 on they may shorten the names */
	int most;      /* the most cells that a COLUMN_TEXT takes; 0: width */
	int from_cols; /* left out on narrower screens */
	bool searched; /* the filter applies to its text */
	bool optional; /* left out while it is empty, or 0, in every shown row */
	bool reason;   /* why a row is a problem: shown first while only problems are shown */
	bool lazy;     /* fetched little by little: the footer tells how many are known */
};

struct table_ops {
	const struct table_column *columns;
	int column_count;
	size_t (*rows)(void *owner);
	void (*key)(void *owner, size_t row, struct str *out);               /* unique, the same after a refresh */
	void (*cell)(void *owner, size_t row, int column, struct cell *out); /* out is clean: unknown */
	bool (*problem)(void *owner, size_t row);                            /* NULL: no problems-only switch */
	bool (*quiet)(void *owner, size_t row);                 /* left out by only-with-lag; NULL: no such switch */
	bool (*hidden)(void *owner, size_t row);                /* always left out (internal topics); NULL: none */
	void (*note)(void *owner, size_t row, struct str *out); /* about the row under the cursor; or NULL */
};

struct table;

/* `name`: for files. `sort`: initial column, with a leading '-' for descending; NULL: in the order of the rows. */
struct table *table_new(const char *name, const struct table_ops *ops, void *owner, const char *sort);
void table_free(struct table *t);
/* The cursor stays on the last row once it is there (for a log). */
void table_follow(struct table *t, bool follow);
/* Text typed after / is searched, not filtered by: all rows stay, and the cursor moves between hits (for a log). */
void table_search(struct table *t, bool search);
/* The owner's rows changed: filters, sorts (ties keep the rows' order), and finds the cursor's key again. */
void table_update(struct table *t);
/* Draws titles and rows; no cursor without the focus. Draws only the titles when no row is shown. */
void table_draw(struct table *t, const struct area *a, bool focused);
/* Moves, sorts, filters, marks, columns, export, ...; ACTION_IGNORED for other actions. */
enum action_result table_action(struct table *t, struct ui *ui, enum action_id id, const char *arg);
const char *table_disabled(const struct table *t, enum action_id id);
bool table_click(struct table *t, int row, int col);       /* a title sorts; true when it was on a row */
void table_footer(const struct table *t, struct str *out); /* "5 of 19 rows  filter: x  +2 columns" */
void table_note(const struct table *t, struct str *out);   /* on the row under the cursor */
/* Columns that start with `prefix`, which may begin with the - of `sort`; a heap array of heap strings. */
size_t table_complete(const struct table *t, const char *prefix, char ***words);

size_t table_shown(const struct table *t); /* rows after filters */
/* Appends why no row is shown ("no match for x (19 rows hidden)"); false: no reason. */
bool table_why_empty(const struct table *t, struct str *out);
bool table_current(const struct table *t, size_t *row); /* owner's row under the cursor; false: no rows */
const char *table_current_key(const struct table *t);   /* NULL when there are no rows */
/* The owner's rows that are on the screen now, in order (for demands); returns how many. */
size_t table_visible(const struct table *t, size_t *rows, size_t max);
size_t table_marked(const struct table *t, size_t *rows, size_t max); /* shown ones only */
bool table_sorted_by(const struct table *t, const char *column);
/* The same at the next update: rows are not read now, so it may be called while the view is hidden. */
void table_seek_key(struct table *t, const char *key);
bool table_set_filter(struct table *t, const char *text, struct error *err); /* "" or NULL: none */
bool table_set_sort(struct table *t, const char *sort, struct error *err);

#endif
