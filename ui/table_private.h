/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the table share; nobody else includes it. `order` holds
 * the owner's rows that passed the filters, as sorted; the list indexes it.
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
	size_t total;                      /* the owner's rows that are not hidden */

	int sort;                          /* column; -1: as the rows come */
	bool descending;
	size_t sort_unknown;               /* shown rows whose sort figure is unknown */

	char *filter;                      /* as typed; NULL: none */
	struct pattern *pattern;           /* without the leading ! */
	char *filter_before;               /* while the prompt is open: what giving up restores */
	bool invert;
	bool search;                       /* the pattern leaves no row out: the cursor goes to its hits */
	bool problems_only, only_lag;

	unsigned off;                      /* columns the user hid */
	unsigned empty;                    /* optional columns with nothing in them now */

	int natural[TABLE_COLUMNS_MAX];    /* widest text: of all rows in a COLUMN_NAME, else of those ever drawn */
	int scroll;                        /* cells skipped in names longer than their column */
	int wide;                          /* cells that names take from other columns */
	int cols;                          /* as last drawn */
	struct column_layout layout;       /* as last drawn */
	struct cell scratch;               /* reused for every answer */
	struct str buf;                    /* reused for keys and texts */
};

/* The owner's answer for one cell, valid until the next call. */
const struct cell *table_cell(struct table *t, size_t row, int column);
/* Cells of a text once made safe. */
int table_safe_cols(struct table *t, const struct str *text);
/* The columns as they would stand with names that much wider. */
void table_layout(const struct table *t, int wide, struct column_layout *out);
bool table_is_placed(const struct table *t, int column);
const char *table_arrow(const struct table *t);
/* Fills t->order with the rows that pass; returns how many. */
size_t table_filter_rows(struct table *t);
/* Sorts `count` rows of t->order; ties keep the rows' own order, unknown goes last. */
void table_sort_rows(struct table *t, size_t count);
bool table_descends_first(const struct table *t, int column);
bool table_row_matches(struct table *t, size_t row);
/* Moves to the next or previous row that matches, around the end; `stay`: the present one will do. */
bool table_find(struct table *t, int direction, bool stay);
void table_ask_filter(struct table *t, struct ui *ui);

#endif
