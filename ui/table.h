/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of rows with cursor, scrolling, sorting, filter, marks, column
 * choice, horizontal scroll, copy and export. The owner names its columns once
 * and answers for cells by row index of the newest data; everything that must
 * survive a refresh (cursor, marks) is kept by the row's key.
 *
 * Columns adapt from 40 to 250 cells: fixed widths first, the lowest priority
 * dropped first, and the table says how many are hidden. UI thread.
 */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/pattern.h"
#include "base/str.h"
#include "ui/action.h"
#include "ui/draw.h"

enum { TABLE_COLUMNS_MAX = 24 };

enum column_kind {
	COLUMN_NAME,              /* left; takes the spare width; scrolls sideways */
	COLUMN_TEXT,              /* left, fixed width */
	COLUMN_NUMBER,            /* right; sorts largest first at the first press; unknown always last */
	COLUMN_SPARK,             /* a sparkline; sorts by its newest value */
	COLUMN_KIND_COUNT
};

struct table_column {
	const char *name;         /* stable: export, `sort NAME`, configuration: "lag" */
	const char *title;        /* "LAG"; units once, here */
	const char *help;         /* one line for the column chooser */
	enum column_kind kind;
	int width;                /* cells; for COLUMN_NAME the least */
	int priority;             /* higher stays longer; the first column is never dropped */
	bool searched;            /* the filter looks at its text */
};

struct cell {
	struct str text;          /* any bytes; empty: unknown, drawn as a dash where it is a number */
	enum role role;           /* ROLE_TEXT unless set */
	const struct series *spark;   /* COLUMN_SPARK: valid until the next update */
};

struct table_ops {
	const struct table_column *columns;
	int column_count;
	size_t (*rows)(void *owner);
	void (*key)(void *owner, size_t row, struct str *out);          /* unique, stable over refreshes */
	void (*cell)(void *owner, size_t row, int column, struct cell *out);   /* out is clean */
	/* Ascending order of two rows by a column, as strcmp; unknown is handled by `unknown`. */
	int (*compare)(void *owner, size_t a, size_t b, int column);
	bool (*unknown)(void *owner, size_t row, int column);           /* NULL: never */
	bool (*problem)(void *owner, size_t row);                       /* NULL: no problems-only switch */
	bool (*hidden)(void *owner, size_t row);                        /* rows left out (internal topics); NULL: none */
	void (*json)(void *owner, size_t row, int column, struct str *out);    /* raw value for export; NULL: text */
};

struct table;

/* `sort`: column name to sort by at first, a leading '-' for descending. `name`: for export files and settings. */
struct table *table_new(const char *name, const struct table_ops *ops, void *owner, const char *sort);
void table_free(struct table *t);
/* The owner's rows changed: filters, sorts (stably), finds the cursor's key again. */
void table_update(struct table *t);
void table_draw(struct table *t, const struct area *a, bool focused);
/* Moves, sorts, filters, marks, columns, export, ...; ACTION_IGNORED for what is not a table's. */
enum action_result table_action(struct table *t, struct ui *ui, enum action_id id, const char *arg);
const char *table_disabled(const struct table *t, enum action_id id);
void table_click(struct table *t, int row, int col, bool *open);   /* a title sorts */
void table_footer(const struct table *t, struct str *out);         /* "5 of 19  filter: x  sorted by LAG v" */

size_t table_shown(const struct table *t);                 /* rows after filters */
bool table_current(const struct table *t, size_t *row);    /* owner's row under the cursor; false: no rows */
const char *table_current_key(const struct table *t);      /* NULL when there are no rows */
/* Owner's rows that are on the screen now (for demands), in order; returns how many. */
size_t table_visible(const struct table *t, size_t *rows, size_t max);
size_t table_marked(const struct table *t, size_t *rows, size_t max);
bool table_sorted_by(const struct table *t, const char *column);
void table_select_key(struct table *t, const char *key);
void table_set_filter(struct table *t, const char *text, struct error *err);

#endif
