/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/table.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/table_private.h"

static void list_key(void *owner, size_t index, struct str *out)
{
	struct table *t = owner;

	t->ops->key(t->owner, t->order[index], out);
}

struct table *table_new(const char *name, const struct table_ops *ops, void *owner, const char *sort)
{
	struct table *t = mem_alloc(sizeof(*t));

	assert(ops->column_count <= TABLE_COLUMNS_MAX);
	t->name = mem_strdup(name);
	t->ops = ops;
	t->owner = owner;
	list_init(&t->list, list_key, t);
	table_set_sort(t, sort, NULL);
	return t;
}

void table_free(struct table *t)
{
	if (!t)
		return;
	list_release(&t->list);
	pattern_free(t->pattern);
	cell_release(&t->scratch);
	str_release(&t->buf);
	free(t->filter);
	free(t->filter_before);
	free(t->order);
	free(t->name);
	free(t);
}

void table_follow(struct table *t, bool follow)
{
	t->list.follow = follow;
	if (follow && t->list.count > 0) {
		list_move_to(&t->list, t->list.count - 1);
		t->list.touched = false;
	}
}

void table_search(struct table *t, bool search)
{
	t->search = search;
}

const struct cell *table_cell(struct table *t, size_t row, int column)
{
	cell_clear(&t->scratch);
	t->ops->cell(t->owner, row, column, &t->scratch);
	return &t->scratch;
}

void table_update(struct table *t)
{
	size_t count = table_filter_rows(t);

	table_sort_rows(t, count);
	list_sync(&t->list, count);
}

size_t table_shown(const struct table *t)
{
	return t->list.count;
}

bool table_current(const struct table *t, size_t *row)
{
	if (t->list.count == 0)
		return false;
	*row = t->order[t->list.cursor];
	return true;
}

const char *table_current_key(const struct table *t)
{
	return t->list.count > 0 ? str_text(&t->list.key) : NULL;
}

size_t table_visible(const struct table *t, size_t *rows, size_t max)
{
	size_t n = 0;

	for (size_t i = t->list.top; i < t->list.count && i < t->list.top + t->list.page && n < max; i++)
		rows[n++] = t->order[i];
	return n;
}

size_t table_marked(const struct table *t, size_t *rows, size_t max)
{
	struct str key = { 0 };
	size_t n = 0;

	for (size_t i = 0; t->list.mark_count && i < t->list.count && n < max; i++) {
		str_clear(&key);
		t->ops->key(t->owner, t->order[i], &key);
		if (list_marked(&t->list, str_text(&key)))
			rows[n++] = t->order[i];
	}
	str_release(&key);
	return n;
}

void table_seek_key(struct table *t, const char *key)
{
	list_seek_key(&t->list, key);
}

/* When only problems are shown, their reason is shown on the narrowest screen. */
void table_layout(const struct table *t, int wide, struct column_layout *out)
{
	struct table_column columns[TABLE_COLUMNS_MAX];
	int count = t->ops->column_count;

	memcpy(columns, t->ops->columns, (size_t)count * sizeof(*columns));
	for (int i = 0; t->problems_only && i < count; i++) {
		if (columns[i].reason)
			columns[i].priority = INT_MAX;
	}
	columns_layout(columns, count, t->off | t->empty, t->natural, t->cols, wide, out);
}

const char *table_arrow(const struct table *t)
{
	if (draw_is_ascii())
		return t->descending ? "v" : "^";
	return t->descending ? "↓" : "↑";
}

bool table_is_placed(const struct table *t, int column)
{
	for (int i = 0; i < t->layout.count; i++)
		if (t->layout.places[i].column == column)
			return true;
	return false;
}

/* The arrow in the title tells the sort; this adds only what the arrow cannot tell. */
static void add_sort(const struct table *t, struct str *out)
{
	const struct table_column *sorted = t->sort >= 0 ? &t->ops->columns[t->sort] : NULL;
	bool placed = sorted && table_is_placed(t, t->sort);

	if (!sorted)
		return;
	if (!placed)
		str_addf(out, "  sorted by %s %s", sorted->title, table_arrow(t));
	if (sorted->lazy && t->sort_unknown)
		str_addf(out, "%s%s known for %zu of %zu", placed ? "  " : ",", placed ? sorted->title : "",
			t->list.count - t->sort_unknown, t->list.count);
}

/* The most important parts come first: they are visible on 40 columns. */
void table_footer(const struct table *t, struct str *out)
{
	if (t->list.count != t->total)
		str_addf(out, "%zu of %zu rows", t->list.count, t->total);
	else
		str_addf(out, "%zu row%s", t->total, t->total == 1 ? "" : "s");
	if (t->list.mark_count)
		str_addf(out, "  %zu marked", t->list.mark_count);
	if (t->filter)
		str_addf(out, "  %s: %s", t->search ? "search" : "filter", t->filter);
	if (t->problems_only)
		str_add(out, "  problems only");
	if (t->only_lag)
		str_add(out, "  only with lag");
	add_sort(t, out);
	if (t->layout.hidden)
		str_addf(out, "  +%d column%s", t->layout.hidden, t->layout.hidden == 1 ? "" : "s");
}

void table_note(const struct table *t, struct str *out)
{
	if (t->ops->note && t->list.count > 0)
		t->ops->note(t->owner, t->order[t->list.cursor], out);
}

size_t table_complete(const struct table *t, const char *prefix, char ***words)
{
	bool descending = *prefix == '-';
	size_t len = strlen(prefix + descending), count = 0;

	*words = mem_alloc((size_t)t->ops->column_count * sizeof(**words));
	for (int i = 0; i < t->ops->column_count; i++)
		if (strncmp(t->ops->columns[i].name, prefix + descending, len) == 0)
			(*words)[count++] = mem_printf("%s%s", descending ? "-" : "", t->ops->columns[i].name);
	return count;
}
