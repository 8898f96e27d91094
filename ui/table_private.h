/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the table share; nobody else includes it. `order` holds the
 * owner's rows that passed the filters, sorted; the list indexes it.
 */
#ifndef UI_TABLE_PRIVATE_H
#define UI_TABLE_PRIVATE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "ui/list.h"
#include "ui/table.h"
#include "ui/table_columns.h"

struct table {
	char *name;
	const struct table_ops *ops;
	void *owner;
	struct list list;
	uint32_t *order;
	size_t order_cap;
	size_t total; /* the owner's rows that are not hidden */

	int sort; /* column; -1: in the order of the rows */
	bool descending;
	size_t sort_unknown; /* shown rows whose figure in the sort column is unknown */

	char *filter;            /* as typed; NULL: none */
	struct pattern *pattern; /* without the leading ! */
	char *filter_before;     /* the filter before the prompt was opened, which cancelling restores */
	bool invert;
	bool search; /* the pattern hides no row: the cursor moves between its hits */
	bool problems_only, only_lag;

	unsigned off;   /* columns the user hid */
	unsigned empty; /* optional columns that are empty now */

	int natural[TABLE_COLUMNS_MAX]; /* widest text: of all rows for a COLUMN_NAME, else of the rows ever drawn */
	int scroll;                     /* cells scrolled out of names longer than their column */
	int wide;                       /* cells that names take from other columns */
	int cols;                       /* as last drawn */
	struct column_layout layout;    /* as last drawn */
	struct cell scratch;            /* reused for every cell */
	struct str buf;                 /* reused for keys and texts */
};

/* The owner's cell, valid until the next call. */
const struct cell *table_cell(struct table *t, size_t row, int column);
/* The width of a text after making it safe. */
int table_safe_cols(struct table *t, const struct str *text);
/* The columns as they would be with names that much wider. */
void table_layout(const struct table *t, int wide, struct column_layout *out);
bool table_is_placed(const struct table *t, int column);
const char *table_arrow(const struct table *t);
/* Fills t->order with the rows that pass the filters; returns how many. */
size_t table_filter_rows(struct table *t);
/* Sorts `count` rows of t->order; ties keep the rows' own order, unknown goes last. */
void table_sort_rows(struct table *t, size_t count);
bool table_descends_first(const struct table *t, int column);
bool table_row_matches(struct table *t, size_t row);
/* Moves to the next or previous matching row, wrapping around; `stay`: the present row counts. */
bool table_find(struct table *t, int direction, bool stay);
void table_ask_filter(struct table *t, struct ui *ui);

#endif
