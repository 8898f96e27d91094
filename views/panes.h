/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Most views are one table, or several of which one is active and Tab goes on
 * to the next. `struct panes` is the first member of such a view's state; the
 * functions below that have the type of a view_ops member work on it. UI thread.
 */
#ifndef VIEWS_PANES_H
#define VIEWS_PANES_H

#include "ui/chart.h"
#include "ui/form.h"
#include "ui/table.h"
#include "ui/view.h"
#include "views/waiting.h"

enum { PANES_MAX = 4, PANES_BESIDE_COLS = 160 };

struct pane {
	const char *title;
	struct table *table;
	int title_col, title_end; /* where its title was drawn; 0, 0: nowhere */
	struct area drawn;        /* relative to the view's area; no rows: not on the screen */
};

struct panes {
	const struct snapshot *s; /* NULL before the first update */
	struct pane items[PANES_MAX];
	int count;
	int active;
	int beside;        /* pane drawn to the right of the others; 0: none, the screen is too narrow */
	int beside_col;    /* where it begins */
	struct form *form; /* before the tables while it is filled in, NULL: none; the view frees it */
};

void panes_add(struct view *v, const char *title, const struct table_ops *ops, void *owner, const char *sort);
struct table *panes_table(const struct view *v, int index);
struct table *panes_active(const struct view *v);
void panes_update_tables(struct view *v);
/* Draws the titles of the panes, each with its count unless that is negative. */
void panes_draw_titles(struct view *v, const struct area *a, const long *counts);
/* Draws a pane's table into a slice of the view's area and remembers where, for clicks. */
void panes_draw_table(struct view *v, int index, const struct area *view_area, int from, int rows, bool focused);
/*
 * True: the screen is wide enough (PANES_BESIDE_COLS) for pane `right` to stand beside the others; then *left and
 * *right_area are the parts of `slice`, with a line between them. Call it before panes_draw_titles().
 */
bool panes_split(struct view *v, int right, const struct area *slice, struct area *left, struct area *right_area);
/* As panes_draw_table(), into a part of the view's area. */
void panes_draw_table_in(struct view *v, int index, const struct area *view_area, const struct area *part,
	bool focused);
/*
 * Titles in the first line, and in `body` the active pane; where there is room, `right` stands beside it.
 * `say_why_empty` draws what stands in a pane that has no rows.
 */
void panes_draw_beside(struct view *v, const struct area *a, const struct area *body, int right, const long *counts,
	void (*say_why_empty)(const struct view *v, int pane, const struct area *part));
/* The view is one table and, where there is room, a line that qualifies it ("" for none). */
void panes_draw_one(struct view *v, const struct area *a, const struct waiting *waiting, const char *remark);

/* Rows that a chart at the bottom may take of the view's area; 0 where the active table needs them. */
int panes_chart_rows(const struct view *v, const struct area *a);
int panes_chart_least(const struct area *a); /* the least height of a chart; 0: the screen is too small for one */
bool panes_chart_first(const struct area
		*a); /* the screen is so large that a chart gets its rows even below a long table */
/* Fills the area, with the times of the newest update. */
void panes_draw_chart(const struct view *v, const struct area *a, const struct chart *chart);

/* The snapshot of the newest update. `view`: the owner that a view of one table gives to its table. */
const struct snapshot *panes_snapshot(const void *view);
void panes_update(struct view *v, const struct world *w);
void panes_close(struct view *v);
void panes_go_to(struct view *v, int index);
/* The active table's own actions, and going from pane to pane. */
enum action_result panes_action(struct view *v, enum action_id id, const char *arg);
const char *panes_disabled(const struct view *v, enum action_id id);
/* Selects the row that was clicked, or a pane by its title; `twice` on a row opens it. While a form is open, this and
 * the next two are about the form. */
void panes_click(struct view *v, int row, int col, bool twice);
void panes_footer(const struct view *v, struct str *out);
void panes_note(const struct view *v, struct str *out);
/* Names of columns, for `sort`. */
size_t panes_complete(struct view *v, enum action_id id, const char *prefix, char ***words);

#endif
