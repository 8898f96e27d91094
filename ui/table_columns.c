/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/table_columns.h"

#include "base/text.h"

/*
 * A vital column is shown even if that shortens the names; a minor one only when names and texts have room to
 * spare.
 */
enum { VITAL_PRIORITY = 80, MINOR_PRIORITY = 50, NUMBER_LEAST = 5 };

struct wish {
	const struct table_column *columns;
	const int *natural;
	int count, cols;
	int wide; /* cells that the user gave the names beyond their share */
};

static int least_of(int a, int b)
{
	return a < b ? a : b;
}

static int most_of(int a, int b)
{
	return a > b ? a : b;
}

/* The width of its content and title; of a name only up to its minimum. */
static int content_width(const struct wish *w, int i)
{
	const struct table_column *c = &w->columns[i];
	int natural = w->natural[i], most = most_of(c->width, c->most);

	if (c->kind == COLUMN_SPARK || natural == 0)
		return c->width;
	if (c->kind == COLUMN_NAME)
		most = c->width;
	if (c->kind == COLUMN_NUMBER)
		natural = most_of(natural, least_of(c->width, NUMBER_LEAST));
	return least_of(most_of(natural, text_cols(c->title)), most);
}

/* The column that names the row; most tables have it first. */
static int main_name(const struct wish *w)
{
	for (int i = 0; i < w->count; i++)
		if (w->columns[i].kind == COLUMN_NAME)
			return i;
	return -1;
}

/* What a column keeps when another of `priority` needs room. */
static int share(const struct wish *w, int i, int priority)
{
	int least = w->columns[i].width, keeps = least, content = content_width(w, i);

	if (w->columns[i].kind == COLUMN_TEXT && priority >= MINOR_PRIORITY)
		return least_of(content, least);
	if (w->columns[i].kind != COLUMN_NAME)
		return content;
	if (i == main_name(w) && priority < VITAL_PRIORITY)
		keeps = w->cols * 2 / 5;
	else if (priority < MINOR_PRIORITY)
		keeps = 2 * least;
	return most_of(content, least_of(w->natural[i], keeps + w->wide));
}

/* The width of the columns in `on`, with the sign of the last one. */
static int total_width(const struct wish *w, unsigned on, int priority)
{
	int width = TABLE_LEAD - TABLE_GAP + 1;

	for (int i = 0; i < w->count; i++)
		if (on & 1u << i)
			width += TABLE_GAP + share(w, i, priority);
	return width;
}

/* The column with the highest priority among `left`, the leftmost among equals; -1: none. */
static int most_wanted(const struct wish *w, unsigned left)
{
	int most = -1;

	for (int i = 0; i < w->count; i++)
		if (left & 1u << i && (most < 0 || w->columns[i].priority > w->columns[most].priority))
			most = i;
	return most;
}

/* The most cells that a column can use. */
static int widest_cell(const struct wish *w, int i)
{
	const struct table_column *c = &w->columns[i];

	if (c->kind == COLUMN_SPARK)
		return TABLE_SPARK_MAX;
	if (c->kind == COLUMN_NAME)
		return w->natural[i];
	return w->natural[i] ? content_width(w, i) : c->most;
}

/* Gives spare cells evenly to columns of one kind, up to what each can use. */
static int widen_columns(struct column_layout *out, const struct wish *w, enum column_kind kind, int spare)
{
	bool grew = true;

	while (spare > 0 && grew) {
		grew = false;
		for (int i = 0; i < out->count && spare > 0; i++) {
			struct column_place *p = &out->places[i];

			if (w->columns[p->column].kind != kind || p->width >= widest_cell(w, p->column))
				continue;
			p->width++;
			spare--;
			grew = true;
		}
	}
	return spare;
}

static int placed_width(const struct column_layout *l)
{
	int width = TABLE_LEAD - TABLE_GAP + 1;

	for (int i = 0; i < l->count; i++)
		width += TABLE_GAP + l->places[i].width;
	return width;
}

void columns_layout(const struct table_column *columns, int count, unsigned off, const int *natural, int cols, int wide,
	struct column_layout *out)
{
	const struct wish w = { columns, natural, count, cols, wide };
	unsigned on = 1, left = ((1u << count) - 1) & ~off & ~1u;
	int next, spare, col = TABLE_LEAD;

	*out = (struct column_layout){ 0 };
	/* When a column does not fit, narrower ones after it may. */
	while ((next = most_wanted(&w, left)) >= 0) {
		left &= ~(1u << next);
		if (cols < columns[next].from_cols)
			continue;
		if (total_width(&w, on | 1u << next, columns[next].priority) <= cols)
			on |= 1u << next;
		else
			out->hidden++;
	}
	for (int i = 0; i < count; i++)
		if (on & 1u << i)
			out->places[out->count++] = (struct column_place){ .column = i,
				.width = least_of(content_width(&w, i), columns[i].width) };
	spare = widen_columns(out, &w, COLUMN_NAME, cols - placed_width(out));
	spare = widen_columns(out, &w, COLUMN_TEXT, spare);
	widen_columns(out, &w, COLUMN_SPARK, spare);
	for (int i = 0; i < out->count; i++) {
		struct column_place *p = &out->places[i];

		p->col = col;
		if (p->col + p->width > cols)
			p->width = cols > p->col ? cols - p->col : 0;
		col += p->width + TABLE_GAP;
	}
}

int columns_name_cells(const struct table_column *columns, const struct column_layout *l)
{
	int cells = 0;

	for (int i = 0; i < l->count; i++)
		if (columns[l->places[i].column].kind == COLUMN_NAME)
			cells += l->places[i].width;
	return cells;
}
