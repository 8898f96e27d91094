/* SPDX-License-Identifier: BSD-2-Clause */
#include <limits.h>
#include <string.h>

#include "ui/table_private.h"

static void draw_titles(const struct table *t, const struct area *a)
{
	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];
		const struct table_column *c = &t->ops->columns[p->column];
		enum role role = p->column == t->sort ? ROLE_SORTED : ROLE_TITLE;

		if (c->kind == COLUMN_NUMBER)
			draw_right(a, 0, p->col, p->width, role, c->title);
		else
			draw_text(a, 0, p->col, p->width, role, c->title);
	}
}

static void draw_sign(const struct area *a, int row, int col, const struct cell *c)
{
	char sign[2] = { c->sign, '\0' };

	if (c->sign)
		draw_text(a, row, col, 1, c->role, sign);
}

static void draw_cell(struct table *t, const struct area *a, int row, const struct column_place *p,
	const struct cell *c, enum role name_role)
{
	const struct table_column *column = &t->ops->columns[p->column];
	enum role role = c->kind == CELL_UNKNOWN && !c->text.len && c->role == ROLE_TEXT ? ROLE_UNKNOWN :
		c->role;
	int used, over;

	if (c->kind == CELL_SERIES) {
		draw_spark(a, row, p->col, p->width, role == ROLE_TEXT ? ROLE_SPARK : role, c->series);
		return;
	}
	if (p->column == 0 && name_role != ROLE_TEXT)
		role = name_role;
	str_clear(&t->buf);
	cell_draw_text(c, p->width, &t->buf);
	switch (column->kind) {
	case COLUMN_NUMBER:
		draw_right(a, row, p->col, p->width, role, str_text(&t->buf));
		draw_sign(a, row, p->col + p->width, c);
		break;
	case COLUMN_NAME:
		over = t->natural[p->column] - p->width;
		used = draw_scrolled(a, row, p->col, p->width,
			over <= 0 ? 0 : t->scroll < over ? t->scroll : over, role,
			str_text(&t->buf));
		draw_sign(a, row, p->col + used + (used < p->width), c);
		break;
	default:
		used = draw_text(a, row, p->col, p->width, role, str_text(&t->buf));
		draw_sign(a, row, p->col + used + (used < p->width), c);
		break;
	}
}

static void draw_row(struct table *t, const struct area *a, int row, size_t index, bool focused)
{
	bool at = focused && index == t->list.cursor;
	bool marked = false;
	enum role role = ROLE_TEXT;

	if (t->list.mark_count) {
		str_clear(&t->buf);
		t->ops->key(t->owner, t->order[index], &t->buf);
		marked = list_marked(&t->list, str_text(&t->buf));
	}
	if (at) {
		/* The blanks up to the name look the same, so a terminal is sent one change, not three. */
		draw_text(a, row, 0, 3, ROLE_SELECTED, ">  ");
		role = ROLE_SELECTED;
	} else if (t->search && t->pattern && table_row_matches(t, t->order[index])) {
		role = ROLE_MATCH;
	} else if (marked) {
		role = ROLE_MARKED;
	}
	if (marked)
		draw_text(a, row, 1, 1, ROLE_MARKED, "*");
	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];

		draw_cell(t, a, row, p, table_cell(t, t->order[index], p->column), role);
	}
}

/* Rows that are shown for their problems show what it is, however narrow the screen. */
static void lay_out(struct table *t, int cols)
{
	struct table_column columns[TABLE_COLUMNS_MAX];
	int count = t->ops->column_count;

	memcpy(columns, t->ops->columns, (size_t)count * sizeof(*columns));
	for (int i = 0; t->problems_only && i < count; i++) {
		if (columns[i].reason)
			columns[i].priority = INT_MAX;
	}
	columns_layout(columns, count, t->off | t->empty, t->natural, cols, &t->layout);
}

void table_draw(struct table *t, const struct area *a, bool focused)
{
	draw_clear(a);
	if (a->rows < 1 || a->cols < 1)
		return;
	lay_out(t, a->cols);
	list_set_page(&t->list, a->rows > 1 ? (size_t)a->rows - 1 : 1);
	draw_titles(t, a);
	for (size_t i = t->list.top; i < t->list.count && i < t->list.top + t->list.page; i++)
		draw_row(t, a, 1 + (int)(i - t->list.top), i, focused);
}
