/* SPDX-License-Identifier: BSD-2-Clause */
/* Is the cluster well: its figures, the groups that are furthest behind, and what happened. */
#include <math.h>

#include "base/text.h"
#include "model/format.h"
#include "views/command.h"
#include "views/events.h"
#include "views/figures.h"
#include "views/group_list.h"
#include "views/views.h"

enum { GROUPS, EVENTS };

struct state {
	struct panes panes;        /* first */
};

/* Pieces of the first lines flow from left to right; each has its own width, so none moves another. */
struct flow {
	const struct area *a;
	int row, col;
};

enum { FLOW_LABEL_GAP = 1, FLOW_GAP = 3 };

static void flow_item(struct flow *f, const char *label, int width, const struct cell *value)
{
	int label_cols = text_cols(label);
	int need = label_cols + FLOW_LABEL_GAP + width;
	enum role role = value->kind == CELL_UNKNOWN ? ROLE_UNKNOWN : value->role == ROLE_TEXT ? ROLE_STRONG : value->role;
	struct str text = {0};

	if (f->col > 1 && f->col + need > f->a->cols) {
		f->row++;
		f->col = 1;
	}
	draw_text(f->a, f->row, f->col, label_cols, ROLE_DIM, label);
	f->col += label_cols + FLOW_LABEL_GAP;
	if (value->kind == CELL_SERIES) {
		draw_spark(f->a, f->row, f->col, width, ROLE_SPARK, value->series);
	} else {
		cell_draw_text(value, width, &text);
		if (value->sign)
			str_addf(&text, " %c", value->sign);
		draw_text(f->a, f->row, f->col, width, role, str_text(&text));
	}
	f->col += width + FLOW_GAP;
	str_release(&text);
}

static void count_item(struct flow *f, const struct snapshot *s, const char *label, int width, int32_t value,
	enum severity bad)
{
	struct cell c = {0};

	if (s->ready & NEED_METADATA)
		cell_count(&c, value);
	if (value > 0)
		cell_severity(&c, bad);
	figure_check(&c, s, &s->metadata_origin);
	flow_item(f, label, width, &c);
	cell_release(&c);
}

static void brokers_item(struct flow *f, const struct snapshot *s)
{
	struct cell c = {0};

	if (s->ready & NEED_METADATA)
		cell_textf(&c, "%d of %d", (int)s->totals.brokers_up, (int)s->totals.brokers_known);
	if (s->totals.brokers_up < s->totals.brokers_known)
		cell_severity(&c, SEVERITY_CRIT);
	figure_check(&c, s, &s->metadata_origin);
	flow_item(f, "brokers", 11, &c);
	cell_release(&c);
}

static void rate_item(struct flow *f, const struct snapshot *s, const char *label, double rate, const struct series *trend,
	const struct origin *origin)
{
	struct cell c = {0};
	int cols = f->a->cols >= 100 ? 20 : f->a->cols >= 76 ? 10 : 0;

	cell_real(&c, rate);
	if (c.kind == CELL_REAL) {
		format_rate(&c.text, rate);
		str_add(&c.text, " rec/s");
	}
	figure_check(&c, s, origin);
	flow_item(f, label, 15, &c);
	cell_clear(&c);
	if (cols) {
		f->col -= FLOW_GAP;
		cell_series(&c, trend);
		flow_item(f, "", cols, &c);
	}
	cell_release(&c);
}

static void lag_item(struct flow *f, const struct snapshot *s)
{
	struct cell c = {0};
	int cols = f->a->cols >= 100 ? 20 : f->a->cols >= 76 ? 10 : 0;

	figure_sum(&c, s->totals.lag, s->totals.groups_unknown);
	if (c.kind == CELL_INT)
		format_short(&c.text, (double)s->totals.lag);
	figure_check(&c, s, &s->commits_origin);
	flow_item(f, "lag", 9, &c);
	cell_clear(&c);
	if (cols) {
		f->col -= FLOW_GAP;
		cell_series(&c, &s->lag_history.fine);
		flow_item(f, "", cols, &c);
	}
	cell_release(&c);
}

/* Returns how many lines it took. */
static int draw_figures(const struct snapshot *s, const struct area *a)
{
	struct flow f = { .a = a, .col = 1 };

	brokers_item(&f, s);
	count_item(&f, s, "partitions", 7, s->totals.partitions, SEVERITY_NONE);
	count_item(&f, s, "under-replicated", 7, s->totals.under_replicated, SEVERITY_WARN);
	count_item(&f, s, "offline", 7, s->totals.offline, SEVERITY_CRIT);
	count_item(&f, s, "under min ISR", 7, s->totals.under_min_isr, SEVERITY_CRIT);
	f.row++;
	f.col = 1;
	rate_item(&f, s, "in", s->totals.in_per_s, &s->in_history.fine, &s->offsets_origin);
	rate_item(&f, s, "out", s->totals.out_per_s, &s->out_history.fine, &s->commits_origin);
	lag_item(&f, s);
	return f.row + 1;
}

static bool open(struct view *v, const char *arg, struct error *err)
{
	(void)arg;
	(void)err;
	group_list_add(v, "lag");
	events_add(v);
	return true;
}

static void update(struct view *v, const struct snapshot *s)
{
	((struct panes *)v->state)->s = s;
	panes_update_tables(v);
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct snapshot *s = st->panes.s;
	int from = 0, left, group_rows, event_rows;
	struct waiting waiting;
	struct area below;

	draw_clear(a);
	if (s)
		from = draw_figures(s, a) + (a->rows > 14);
	left = a->rows - from - (a->rows > 14);
	/* Titles and rows of the groups; the feed gets at least a third. */
	group_rows = (int)table_shown(panes_table(v, GROUPS)) + 1;
	if (group_rows < 4)
		group_rows = 4;
	if (group_rows > left * 2 / 3)
		group_rows = left * 2 / 3;
	event_rows = left - group_rows;
	if (event_rows < 2 && st->panes.active == GROUPS) {
		group_rows = left;
		event_rows = 0;
	}
	panes_draw_table(v, GROUPS, a, from, group_rows, st->panes.active == GROUPS);
	below = area_rows(a, from, group_rows);
	group_list_waiting(s, &waiting);
	waiting_draw(&below, s, &waiting, panes_table(v, GROUPS));
	panes_draw_table(v, EVENTS, a, a->rows - event_rows, event_rows, st->panes.active == EVENTS);
	if (event_rows > 1 && s && s->event_count == 0)
		draw_text(a, a->rows - event_rows + 1, TABLE_LEAD, a->cols - TABLE_LEAD, ROLE_DIM, "nothing happened so far");
}

static void demand(const struct view *v, struct demand *d)
{
	group_list_demand(v, panes_table(v, GROUPS), d);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const struct state *st = v->state;
	bool on_groups = st->panes.active == GROUPS;
	size_t row;

	if (id == ACTION_OPEN && table_current(panes_active(v), &row)) {
		if (on_groups)
			v->ui->calls->open(v->ui, "group", table_current_key(panes_active(v)));
		else
			events_open(v, row);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && on_groups && table_current(panes_active(v), &row)) {
		command_copy_group(v->ui, st->panes.s, table_current_key(panes_active(v)));
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

const struct view_ops view_overview = {
	.name = "overview", .title = "overview", .needs = NEED_METADATA | NEED_LAG | NEED_MEMBERS,
	.state_size = sizeof(struct state),
	.open = open, .close = panes_close, .update = update, .draw = draw, .action = action,
	.disabled = panes_disabled, .demand = demand, .click = panes_click, .footer = panes_footer,
	.complete = panes_complete,
};
