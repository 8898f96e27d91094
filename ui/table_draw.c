/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/table_private.h"

static void draw_titles(const struct table *t, const struct area *a)
{
	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];
		const struct table_column *c = &t->ops->columns[p->column];
		enum role role = p->column == t->sort ? ROLE_SORTED : ROLE_TITLE;
		int end = p->col + p->width;

		if (c->kind == COLUMN_NUMBER)
			draw_right(a, 0, p->col, p->width, role, c->title);
		else
			end = p->col + draw_text(a, 0, p->col, p->width, role, c->title);
		/* where a figure has its sign */
		if (p->column == t->sort && *c->title)
			draw_text(a, 0, end, 1, role, table_arrow(t));
	}
}

/* The blank before the sign has the same style, so that the terminal gets one change of style, not three. */
static void draw_sign(const struct area *a, int row, int col, bool apart, const struct cell *c)
{
	char sign[3] = { ' ', c->sign, '\0' };

	if (c->sign)
		draw_text(a, row, col, 1 + apart, c->role, sign + !apart);
}

static void draw_cell(struct table *t, const struct area *a, int row, const struct column_place *p,
	const struct cell *c, enum role name_role)
{
	const struct table_column *column = &t->ops->columns[p->column];
	enum role role = c->kind == CELL_UNKNOWN && !c->text.len && c->role == ROLE_TEXT ? ROLE_UNKNOWN : c->role;
	int used, over;

	if (c->kind == CELL_SERIES) {
		draw_spark(a, row, p->col, p->width, role == ROLE_TEXT ? ROLE_SPARK : role, c->scale, c->series);
		return;
	}
	if (p->column == 0 && name_role != ROLE_TEXT)
		role = name_role;
	str_clear(&t->buf);
	cell_draw_text(c, p->width, &t->buf);
	switch (column->kind) {
	case COLUMN_NUMBER:
		draw_right(a, row, p->col, p->width, role, str_text(&t->buf));
		draw_sign(a, row, p->col + p->width, false, c);
		break;
	case COLUMN_NAME:
		over = t->natural[p->column] - p->width;
		used = draw_scrolled(a, row, p->col, p->width,
			over <= 0                ? 0 :
				t->scroll < over ? t->scroll :
						   over,
			role, str_text(&t->buf));
		draw_sign(a, row, p->col + used, used < p->width, c);
		break;
	default:
		used = draw_text(a, row, p->col, p->width, role, str_text(&t->buf));
		draw_sign(a, row, p->col + used, used < p->width, c);
		break;
	}
}

static void draw_row(struct table *t, const struct area *table, int row, size_t index, bool focused)
{
	bool at = focused && index == t->list.cursor;
	struct area a = area_rows(table, row, 1);
	bool marked = false;
	enum role role = ROLE_TEXT;

	if (t->list.mark_count) {
		str_clear(&t->buf);
		t->ops->key(t->owner, t->order[index], &t->buf);
		marked = list_marked(&t->list, str_text(&t->buf));
	}
	if (at) {
		a = area_on(&a, ROLE_CURSOR);
		draw_clear(&a);
		/* the blanks up to the name have the same style: one change, not three */
		draw_text(&a, 0, 0, 3, ROLE_SELECTED, ">  ");
		role = ROLE_SELECTED;
	} else if (t->search && t->pattern && table_row_matches(t, t->order[index])) {
		role = ROLE_MATCH;
	} else if (marked) {
		role = ROLE_MARKED;
	}
	if (marked)
		draw_text(&a, 0, 1, 1, ROLE_MARKED, "*");
	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];

		draw_cell(t, &a, 0, p, table_cell(t, t->order[index], p->column), role);
	}
}

/* Measures figures and short texts; names of all rows were measured when the rows changed. */
static void measure_row(struct table *t, size_t row)
{
	struct str text = { 0 };

	for (int i = 0; i < t->ops->column_count; i++) {
		const struct table_column *column = &t->ops->columns[i];
		const struct cell *c;
		int cols;

		if (column->kind == COLUMN_NAME || column->kind == COLUMN_SPARK || (t->off | t->empty) & 1u << i)
			continue;
		c = table_cell(t, row, i);
		str_clear(&text);
		cell_draw_text(c, column->most > column->width ? column->most : column->width, &text);
		cols = table_safe_cols(t, &text) + (c->sign && column->kind == COLUMN_TEXT ? 2 : 0);
		if (cols > t->natural[i])
			t->natural[i] = cols;
	}
	str_release(&text);
}

void table_draw(struct table *t, const struct area *a, bool focused)
{
	size_t end;

	draw_clear(a);
	if (a->rows < 1 || a->cols < 1)
		return;
	list_set_page(&t->list, a->rows > 1 ? (size_t)a->rows - 1 : 1);
	end = t->list.top + t->list.page < t->list.count ? t->list.top + t->list.page : t->list.count;
	for (size_t i = t->list.top; i < end; i++)
		measure_row(t, t->order[i]);
	t->cols = a->cols;
	table_layout(t, t->wide, &t->layout);
	draw_titles(t, a);
	for (size_t i = t->list.top; i < end; i++)
		draw_row(t, a, 1 + (int)(i - t->list.top), i, focused);
}
