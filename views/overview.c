/* SPDX-License-Identifier: BSD-2-Clause */
/* Is the cluster well: its figures, the groups that are furthest behind, and what happened. */
#include "base/text.h"
#include "model/format.h"
#include "views/command.h"
#include "views/events.h"
#include "views/figures.h"
#include "views/group_list.h"
#include "views/reset/reset.h"
#include "views/views.h"

enum { GROUPS, EVENTS };

struct state {
	struct panes panes; /* first */
};

/* Pieces of the first lines stand from left to right, each with a fixed width, so that none moves another. */
struct flow {
	const struct area *a;
	int row, col;
};

/* A label and its figure, some with a trend. */
struct piece {
	const char *label;
	int width; /* of the figure with its sign */
	struct cell value;
	const struct series *trend; /* NULL: none */
	enum spark_scale scale;
};

enum piece_name { BROKERS, PARTITIONS, UNDER_REPLICATED, OFFLINE, UNDER_MIN_ISR, IN, OUT, LAG, PIECES };

enum { NARROW_COLS = 76, WIDE_COLS = 108, GAP = 2 };

static int trend_cols(const struct area *a, const struct piece *p)
{
	return !p->trend || a->cols < NARROW_COLS ? 0 : a->cols < WIDE_COLS ? 8 : 16;
}

/* False: there is no room for it. */
static bool flow_piece(struct flow *f, const struct piece *p, int lines)
{
	int label = text_cols(p->label), trend = trend_cols(f->a, p);
	int need = label + 1 + p->width + (trend ? trend + 1 : 0);
	enum role role = p->value.kind == CELL_UNKNOWN ? ROLE_UNKNOWN :
		p->value.role == ROLE_TEXT             ? ROLE_STRONG :
							 p->value.role;
	struct str text = { 0 };

	if (f->col > 1 && f->col + need > f->a->cols) {
		f->row++;
		f->col = 1;
	}
	if (f->row >= lines)
		return false;
	draw_text(f->a, f->row, f->col, label, ROLE_DIM, p->label);
	cell_draw_text(&p->value, p->width - 2, &text);
	if (p->value.sign)
		str_addf(&text, " %c", p->value.sign);
	draw_text(f->a, f->row, f->col + label + 1, p->width, role, str_text(&text));
	str_release(&text);
	if (trend)
		draw_spark(f->a, f->row, f->col + label + 1 + p->width + 1, trend, ROLE_SPARK, p->scale, p->trend);
	f->col += need + GAP;
	return true;
}

/* `figure`: of the rules about the cluster. */
static void set_count(struct piece *p, const struct snapshot *s, int32_t value, const char *figure)
{
	if (s->ready & NEED_METADATA)
		cell_count(&p->value, value);
	figure_mark(&p->value, verdict_cluster(s), figure);
	figure_check(&p->value, s, &s->metadata_origin);
}

static void set_rate(struct piece *p, const struct snapshot *s, double rate, const struct origin *origin)
{
	cell_real(&p->value, rate);
	if (p->value.kind == CELL_REAL) {
		format_rate(&p->value.text, rate);
		str_add(&p->value.text, " rec/s");
	}
	figure_check(&p->value, s, origin);
}

static void fill_pieces(struct piece *pieces, const struct snapshot *s)
{
	struct cell *brokers = &pieces[BROKERS].value, *lag = &pieces[LAG].value;

	if (s->ready & NEED_METADATA)
		cell_textf(brokers, "%d of %d", (int)s->totals.brokers_up, (int)s->totals.brokers_known);
	cell_severity(brokers, figure_brokers_up(s));
	figure_check(brokers, s, &s->metadata_origin);
	set_count(&pieces[PARTITIONS], s, s->totals.partitions, "partitions");
	set_count(&pieces[UNDER_REPLICATED], s, s->totals.under_replicated, "under_replicated");
	set_count(&pieces[OFFLINE], s, s->totals.offline, "offline");
	set_count(&pieces[UNDER_MIN_ISR], s, s->totals.under_min_isr, "under_min_isr");
	set_rate(&pieces[IN], s, s->totals.in_per_s, &s->offsets_origin);
	set_rate(&pieces[OUT], s, s->totals.out_per_s, &s->commits_origin);
	figure_sum(lag, s->totals.lag, s->totals.groups_unknown);
	if (lag->kind == CELL_INT)
		format_short(&lag->text, (double)s->totals.lag);
	figure_check(lag, s, &s->commits_origin);
	pieces[IN].trend = &s->in_history.fine;
	pieces[OUT].trend = &s->out_history.fine;
	pieces[LAG].trend = &s->lag_history.fine;
	pieces[LAG].scale = SPARK_FROM_LOWEST;
}

/* In reading order where there is room, in order of importance where there is not. */
static const enum piece_name wide_order[] = {
	BROKERS,
	PARTITIONS,
	UNDER_REPLICATED,
	OFFLINE,
	UNDER_MIN_ISR,
	PIECES,
	IN,
	OUT,
	LAG,
};
static const enum piece_name narrow_order[] = {
	BROKERS,
	OFFLINE,
	UNDER_REPLICATED,
	LAG,
	IN,
	OUT,
	UNDER_MIN_ISR,
	PARTITIONS,
};

#define ORDER(names) (names), sizeof(names) / sizeof((names)[0])

static int draw_pieces(const struct area *a, const struct piece *pieces, int lines, const enum piece_name *order,
	size_t count)
{
	struct flow f = { .a = a, .col = 1 };

	for (size_t i = 0; i < count; i++) {
		if (order[i] == PIECES) { /* a new line */
			f.row++;
			f.col = 1;
		} else if (!flow_piece(&f, &pieces[order[i]], lines)) {
			return lines;
		}
	}
	return f.row + 1;
}

/* Returns how many lines it took, `lines` at most. */
static int draw_figures(const struct snapshot *s, const struct area *a, int lines)
{
	struct piece pieces[PIECES] = {
		[BROKERS] = { .label = "brokers", .width = 10 },
		[PARTITIONS] = { .label = "partitions", .width = 8 },
		[UNDER_REPLICATED] = { .label = "under-replicated", .width = 7 },
		[OFFLINE] = { .label = "offline", .width = 7 },
		[UNDER_MIN_ISR] = { .label = "under min ISR", .width = 7 },
		[IN] = { .label = "in", .width = 13 },
		[OUT] = { .label = "out", .width = 13 },
		[LAG] = { .label = "lag", .width = 8 },
	};
	int took;

	fill_pieces(pieces, s);
	if (a->cols < NARROW_COLS)
		took = draw_pieces(a, pieces, lines, ORDER(narrow_order));
	else
		took = draw_pieces(a, pieces, lines, ORDER(wide_order));
	for (int i = 0; i < PIECES; i++)
		cell_release(&pieces[i].value);
	return took;
}

static bool open(struct view *v, struct error *err)
{
	(void)err;
	(void)err;
	group_list_add(v, "lag");
	events_add(v);
	return true;
}

static void draw_groups(struct view *v, const struct area *a, const struct area *part)
{
	const struct state *st = v->state;
	struct waiting waiting;

	panes_draw_table_in(v, GROUPS, a, part, st->panes.active == GROUPS);
	group_list_waiting(st->panes.s, &waiting);
	waiting_draw(part, st->panes.s, &waiting, panes_table(v, GROUPS));
}

static void draw_events(struct view *v, const struct area *a, const struct area *part)
{
	const struct state *st = v->state;

	panes_draw_table_in(v, EVENTS, a, part, st->panes.active == EVENTS);
	if (part->rows > 1 && st->panes.s && st->panes.s->event_count == 0)
		draw_text(part, 1, TABLE_LEAD, part->cols - TABLE_LEAD, ROLE_DIM, "no events yet");
}

/* Groups above, events below; the events get at least a third. */
static void draw_stacked(struct view *v, const struct area *a, int from)
{
	const struct state *st = v->state;
	int left = a->rows - from - (a->rows > 14), group_rows, event_rows;
	struct area part;

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
	part = area_rows(a, from, group_rows);
	draw_groups(v, a, &part);
	part = area_rows(a, a->rows - event_rows, event_rows);
	draw_events(v, a, &part);
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct snapshot *s = st->panes.s;
	struct area below, left, right;
	int from = 0;

	draw_clear(a);
	if (s)
		from = draw_figures(s, a, a->rows < 10 ? 2 : 6) + (a->rows > 14);
	below = area_rows(a, from, a->rows - from);
	if (panes_split(v, EVENTS, &below, &left, &right)) {
		draw_groups(v, a, &left);
		draw_events(v, a, &right);
	} else {
		draw_stacked(v, a, from);
	}
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
			v->ui->calls->open(v->ui, &view_group, view_request_named(table_current_key(panes_active(v))));
		else
			events_open(v, row);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && on_groups && table_current(panes_active(v), &row)) {
		command_copy_group(v->ui, st->panes.s, table_current_key(panes_active(v)));
		return ACTION_HANDLED;
	}
	if (id == ACTION_RESET && on_groups && table_current(panes_active(v), &row)) {
		const char *name = group_list_meant(v, panes_active(v), st->panes.s);

		if (name)
			reset_open(v->ui, &(struct reset_start){ .group = name });
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *hint(const struct view *v, enum action_id id)
{
	return id == ACTION_RESET && ((const struct state *)v->state)->panes.active == GROUPS ? "reset offsets" : NULL;
}

const struct view_ops view_overview = {
	.name = "overview",
	.title = "overview",
	.needs = NEED_METADATA | NEED_LAG | NEED_MEMBERS,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_LAG | VIEW_PANES | VIEW_UNDO,
	.open = open,
	.close = panes_close,
	.update = panes_update,
	.draw = draw,
	.action = action,
	.disabled = panes_disabled,
	.hint = hint,
	.demand = demand,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
