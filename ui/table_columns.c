/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/table_columns.h"

enum { MINOR_PRIORITY = 50 };

/* What the columns in `on` take, with the sign of the last one. */
static int total_width(const struct table_column *columns, int count, unsigned on)
{
	int width = TABLE_LEAD - TABLE_GAP + 1;

	for (int i = 0; i < count; i++)
		if (on & 1u << i)
			width += columns[i].width + TABLE_GAP;
	return width;
}

/* The column most wanted among `left`; of equal ones the leftmost. -1: none is left. */
static int most_wanted(const struct table_column *columns, int count, unsigned left)
{
	int most = -1;

	for (int i = 0; i < count; i++)
		if (left & 1u << i && (most < 0 || columns[i].priority > columns[most].priority))
			most = i;
	return most;
}

/* Before a column of minor priority comes in, names get room for up to twice their least width. */
static int names_wish(const struct table_column *columns, int count, unsigned on, const int *natural)
{
	int cols = 0;

	for (int i = 0; i < count; i++) {
		int least = columns[i].width, wish = natural[i] < 2 * least ? natural[i] : 2 * least;

		if (on & 1u << i && columns[i].kind == COLUMN_NAME && wish > least)
			cols += wish - least;
	}
	return cols;
}

/* What a column can use. Only names go by what they hold: a refresh must not move the others. */
static int widest(const struct table_column *column, int natural)
{
	if (column->kind == COLUMN_SPARK)
		return TABLE_SPARK_MAX;
	return column->kind == COLUMN_NAME ? natural : column->most;
}

/* Gives spare cells to columns of one kind, evenly, up to what each can use. */
static int widen(struct column_layout *out, const struct table_column *columns, enum column_kind kind,
	const int *natural, int spare)
{
	bool grew = true;

	while (spare > 0 && grew) {
		grew = false;
		for (int i = 0; i < out->count && spare > 0; i++) {
			struct column_place *p = &out->places[i];
			int most = widest(&columns[p->column], natural[p->column]);

			if (columns[p->column].kind != kind || p->width >= most)
				continue;
			p->width++;
			spare--;
			grew = true;
		}
	}
	return spare;
}

void columns_layout(const struct table_column *columns, int count, unsigned off, const int *natural, int cols,
	struct column_layout *out)
{
	unsigned on = 1, left = ((1u << count) - 1) & ~off & ~1u;
	int next, spare, col = TABLE_LEAD;

	*out = (struct column_layout){0};
	/* One that does not fit leaves its room to the narrower ones after it. */
	while ((next = most_wanted(columns, count, left)) >= 0) {
		bool minor = columns[next].priority < MINOR_PRIORITY;
		int wish = minor ? names_wish(columns, count, on, natural) : 0;

		left &= ~(1u << next);
		if (total_width(columns, count, on | 1u << next) + wish <= cols)
			on |= 1u << next;
		else
			out->hidden++;
	}
	for (int i = 0; i < count; i++)
		if (on & 1u << i)
			out->places[out->count++] = (struct column_place){
				.column = i, .width = columns[i].width };
	spare = widen(out, columns, COLUMN_TEXT, natural, cols - total_width(columns, count, on));
	spare = widen(out, columns, COLUMN_NAME, natural, spare);
	widen(out, columns, COLUMN_SPARK, natural, spare);
	for (int i = 0; i < out->count; i++) {
		struct column_place *p = &out->places[i];

		p->col = col;
		if (p->col + p->width > cols)
			p->width = cols > p->col ? cols - p->col : 0;
		col += p->width + TABLE_GAP;
	}
}
