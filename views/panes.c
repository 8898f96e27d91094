/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/panes.h"

#include <assert.h>
#include <stdio.h>

#include "views/wrap.h"

enum { BLANK_ROWS = 4 }; /* kept blank below the table, for rows that may come */

static struct panes *panes_of(const struct view *v)
{
	return v->state;
}

void panes_add(struct view *v, const char *title, const struct table_ops *ops, void *owner, const char *sort)
{
	struct panes *p = panes_of(v);

	assert(p->count < PANES_MAX);
	p->items[p->count++] = (struct pane){ .title = title, .table = table_new(title, ops, owner, sort) };
}

struct table *panes_table(const struct view *v, int index)
{
	return panes_of(v)->items[index].table;
}

struct table *panes_active(const struct view *v)
{
	return panes_table(v, panes_of(v)->active);
}

void panes_update_tables(struct view *v)
{
	struct panes *p = panes_of(v);

	for (int i = 0; i < p->count; i++)
		table_update(p->items[i].table);
}

void panes_draw_titles(struct view *v, const struct area *a, const long *counts)
{
	struct panes *p = panes_of(v);
	int col = 1;

	for (int i = 0; i < p->count; i++) {
		enum role role = i == p->active ? ROLE_TAB_ACTIVE : ROLE_TAB;
		char count[24];

		if (p->beside && i == p->beside)
			col = p->beside_col;
		p->items[i].title_col = col;
		col += draw_text(a, 0, col, a->cols - col, role, p->items[i].title) + 1;
		if (counts[i] >= 0) {
			snprintf(count, sizeof(count), "%ld", counts[i]);
			col += draw_text(a, 0, col, a->cols - col, ROLE_DIM, count) + 1;
		}
		p->items[i].title_end = col;
		col += 2;
	}
}

void panes_draw_table(struct view *v, int index, const struct area *view_area, int from, int rows, bool focused)
{
	struct area slice = area_rows(view_area, from, rows);

	panes_draw_table_in(v, index, view_area, &slice, focused);
}

/* Says that the user's filter hides all rows, which the view does not know. */
static void say_all_hidden(const struct table *t, const struct area *part)
{
	struct str why = { 0 };

	if (table_why_empty(t, &why))
		wrap_draw(part, 1, TABLE_LEAD, ROLE_DIM, str_text(&why));
	str_release(&why);
}

void panes_draw_table_in(struct view *v, int index, const struct area *view_area, const struct area *part, bool focused)
{
	struct pane *pane = &panes_of(v)->items[index];

	pane->drawn = *part;
	pane->drawn.row -= view_area->row;
	pane->drawn.col -= view_area->col;
	table_draw(pane->table, part, focused);
	say_all_hidden(pane->table, part);
}

bool panes_split(struct view *v, int right, const struct area *slice, struct area *left, struct area *right_area)
{
	struct panes *p = panes_of(v);
	int cols = slice->cols * 3 / 5;

	p->beside = slice->cols >= PANES_BESIDE_COLS ? right : 0;
	if (!p->beside)
		return false;
	p->beside_col = cols + 1;
	*left = area_cols(slice, 0, cols - 1);
	*right_area = area_cols(slice, cols, slice->cols - cols);
	for (int row = 0; row < slice->rows; row++)
		draw_text(slice, row, cols - 1, 1, ROLE_BORDER, draw_is_ascii() ? "|" : "│");
	return true;
}

void panes_draw_beside(struct view *v, const struct area *a, const struct area *body, int right, const long *counts,
	void (*say_why_empty)(const struct view *v, int pane, const struct area *part))
{
	const struct panes *p = panes_of(v);
	int left = p->active == right ? 0 : p->active;
	struct area parts[2];
	bool both = panes_split(v, right, body, &parts[0], &parts[1]);

	panes_draw_titles(v, a, counts);
	for (int i = 0; i < 2; i++) {
		int pane = i ? right : left;
		const struct area *part = both ? &parts[i] : body;

		if (!both && pane != p->active)
			continue;
		panes_draw_table_in(v, pane, a, part, pane == p->active);
		say_why_empty(v, pane, part);
	}
}

void panes_draw_one(struct view *v, const struct area *a, const struct waiting *waiting, const char *remark)
{
	int below = *remark && a->rows >= 10;

	draw_clear(a);
	panes_draw_table(v, 0, a, 0, a->rows - below, true);
	waiting_draw(a, panes_of(v)->s, waiting, panes_table(v, 0));
	if (below)
		draw_text(a, a->rows - 1, TABLE_LEAD, a->cols - TABLE_LEAD, ROLE_DIM, remark);
}

int panes_chart_least(const struct area *a)
{
	return a->rows >= 40 ? 14 : a->rows >= 30 ? 10 : a->rows >= 19 ? 7 : 0;
}

bool panes_chart_first(const struct area *a)
{
	return a->rows >= 30;
}

int panes_chart_rows(const struct view *v, const struct area *a)
{
	int chart = panes_chart_least(a);
	int rows = (int)table_shown(panes_active(v)) + 2, spare = a->rows - rows - BLANK_ROWS;

	/* On a small screen the rows come before the chart; on a large one the chart takes the blank rows, up to half of it. */
	if (!chart || (!panes_chart_first(a) && rows + chart > a->rows))
		return 0;
	if (panes_chart_first(a) && spare > chart)
		chart = spare < a->rows / 2 ? spare : a->rows / 2;
	return chart;
}

void panes_draw_chart(const struct view *v, const struct area *a, const struct chart *chart)
{
	const struct snapshot *s = panes_of(v)->s;
	struct chart timed = *chart;

	timed.mono_ms = s->mono_ms;
	timed.wall_ms = s->wall_ms;
	timed.utc = v->ui->utc;
	chart_draw(a, &timed);
}

const struct snapshot *panes_snapshot(const void *view)
{
	return ((const struct panes *)((const struct view *)view)->state)->s;
}

void panes_update(struct view *v, const struct world *w)
{
	((struct panes *)v->state)->s = w->cluster;
	panes_update_tables(v);
}

void panes_close(struct view *v)
{
	struct panes *p = panes_of(v);

	for (int i = 0; i < p->count; i++)
		table_free(p->items[i].table);
}

void panes_go_to(struct view *v, int index)
{
	struct panes *p = panes_of(v);

	p->items[p->active].drawn = (struct area){ 0 };
	p->active = (index + p->count) % p->count;
	v->ui->calls->changed(v->ui);
}

enum action_result panes_action(struct view *v, enum action_id id, const char *arg)
{
	struct panes *p = panes_of(v);

	if (p->count > 1 && (id == ACTION_NEXT_PANE || id == ACTION_PREV_PANE)) {
		panes_go_to(v, p->active + (id == ACTION_NEXT_PANE ? 1 : -1));
		return ACTION_HANDLED;
	}
	return table_action(panes_active(v), v->ui, id, arg);
}

const char *panes_disabled(const struct view *v, enum action_id id)
{
	if ((id == ACTION_NEXT_PANE || id == ACTION_PREV_PANE) && panes_of(v)->count < 2)
		return "this view has one pane";
	if (id == ACTION_OPEN && table_shown(panes_active(v)) == 0)
		return "no row is shown";
	return table_disabled(panes_active(v), id);
}

void panes_click(struct view *v, int row, int col, bool twice)
{
	struct panes *p = panes_of(v);

	if (p->form) {
		form_click(p->form, row, col);
		return;
	}
	for (int i = 0; i < p->count; i++) {
		const struct area *drawn = &p->items[i].drawn;

		if (row == 0 && col >= p->items[i].title_col && col < p->items[i].title_end) {
			panes_go_to(v, i);
			return;
		}
		if (row < drawn->row || row >= drawn->row + drawn->rows || col < drawn->col ||
			col >= drawn->col + drawn->cols)
			continue;
		p->active = i;
		if (table_click(p->items[i].table, row - drawn->row, col - drawn->col) && twice)
			v->ops->action(v, ACTION_OPEN, NULL);
		return;
	}
}

void panes_footer(const struct view *v, struct str *out)
{
	if (panes_of(v)->form)
		form_hints(panes_of(v)->form, out);
	else
		table_footer(panes_active(v), out);
}

void panes_note(const struct view *v, struct str *out)
{
	if (panes_of(v)->form)
		form_help(panes_of(v)->form, out);
	else
		table_note(panes_active(v), out);
}

size_t panes_complete(struct view *v, enum action_id id, const char *prefix, char ***words)
{
	return id == ACTION_SORT ? table_complete(panes_active(v), prefix, words) : 0;
}
