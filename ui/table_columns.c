/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/table_columns.h"

static int total_width(const struct table_column *columns, int count, unsigned off)
{
	int width = TABLE_LEAD - TABLE_GAP;

	for (int i = 0; i < count; i++)
		if (!(off & 1u << i))
			width += columns[i].width + TABLE_GAP;
	return width + 1;      /* the last column's sign */
}

/* Of equal priority the rightmost goes first. */
static int least_wanted(const struct table_column *columns, int count, unsigned off)
{
	int least = -1;

	for (int i = 1; i < count; i++)
		if (!(off & 1u << i) && (least < 0 || columns[i].priority <= columns[least].priority))
			least = i;
	return least;
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
			int most = kind == COLUMN_SPARK ? TABLE_SPARK_MAX : natural[p->column];

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
	int spare, col = TABLE_LEAD;

	*out = (struct column_layout){0};
	off &= ~1u;
	while (total_width(columns, count, off) > cols) {
		int least = least_wanted(columns, count, off);

		if (least < 0)
			break;
		off |= 1u << least;
		out->hidden++;
	}
	for (int i = 0; i < count; i++)
		if (!(off & 1u << i))
			out->places[out->count++] = (struct column_place){ .column = i, .width = columns[i].width };
	spare = widen(out, columns, COLUMN_NAME, natural, cols - total_width(columns, count, off));
	widen(out, columns, COLUMN_SPARK, natural, spare);
	for (int i = 0; i < out->count; i++) {
		struct column_place *p = &out->places[i];

		p->col = col;
		if (p->col + p->width > cols)
			p->width = cols > p->col ? cols - p->col : 0;
		col += p->width + TABLE_GAP;
	}
}
