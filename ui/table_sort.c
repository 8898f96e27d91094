/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sorting asks for each cell once and compares the results, so that 10,000 rows
 * cost 10,000 cells. Ties are ordered by the rows' own order, which makes every
 * sort stable, in both directions.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/series.h"
#include "ui/table_private.h"

struct sort_item {
	const char *text; /* NULL: sorted by number */
	double number;
	uint32_t row;
	bool unknown;
	bool descending; /* here because qsort() passes no context */
};

static int compare_items(const void *pa, const void *pb)
{
	const struct sort_item *a = pa, *b = pb;
	int order = 0;

	if (a->unknown != b->unknown)
		return a->unknown ? 1 : -1;
	if (!a->unknown && a->text && b->text)
		order = strcmp(a->text, b->text);
	else if (!a->unknown)
		order = (a->number > b->number) - (a->number < b->number);
	if (order != 0)
		return a->descending ? -order : order;
	return (a->row > b->row) - (a->row < b->row);
}

static void fill_item(struct sort_item *item, const struct cell *c, struct arena *arena)
{
	switch (c->kind) {
	case CELL_UNKNOWN:
		item->unknown = true;
		break;
	case CELL_INT:
	case CELL_BOOL:
		item->number = (double)c->integer;
		break;
	case CELL_REAL:
		item->number = c->real;
		break;
	case CELL_SERIES:
		item->number = series_last(c->series);
		item->unknown = isnan(item->number);
		break;
	case CELL_TEXT:
		item->text = arena_strndup(arena, str_text(&c->text), c->text.len);
		break;
	}
}

void table_sort_rows(struct table *t, size_t count)
{
	struct sort_item *items;
	struct arena *arena;

	t->sort_unknown = 0;
	if (t->sort < 0 || count == 0)
		return;
	items = mem_alloc(count * sizeof(*items));
	arena = arena_new(0);
	for (size_t i = 0; i < count; i++) {
		items[i].row = t->order[i];
		items[i].descending = t->descending;
		fill_item(&items[i], table_cell(t, t->order[i], t->sort), arena);
		t->sort_unknown += items[i].unknown;
	}
	qsort(items, count, sizeof(*items), compare_items);
	for (size_t i = 0; i < count; i++)
		t->order[i] = items[i].row;
	arena_free(arena);
	free(items);
}

bool table_descends_first(const struct table *t, int column)
{
	enum column_kind kind = t->ops->columns[column].kind;

	return kind == COLUMN_NUMBER || kind == COLUMN_SPARK;
}

bool table_set_sort(struct table *t, const char *sort, struct error *err)
{
	bool descending = sort && *sort == '-';
	bool forced = sort && (*sort == '-' || *sort == '+');

	if (!sort || !*sort) {
		t->sort = -1;
		return true;
	}
	sort += forced;
	for (int i = 0; i < t->ops->column_count; i++) {
		if (strcmp(t->ops->columns[i].name, sort) != 0)
			continue;
		t->sort = i;
		t->descending = forced ? descending : table_descends_first(t, i);
		return true;
	}
	return error_set(err, ERR_USAGE, "no column is named %s here", sort);
}

bool table_sorted_by(const struct table *t, const char *column)
{
	return t->sort >= 0 && strcmp(t->ops->columns[t->sort].name, column) == 0;
}
