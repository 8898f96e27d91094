/* SPDX-License-Identifier: BSD-2-Clause */
/* One group: its committed offset and lag in each partition, its members, and its lag over time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/format.h"
#include "views/command.h"
#include "views/figures.h"
#include "views/group_rows.h"
#include "views/partition_charts.h"
#include "views/records/tail.h"
#include "views/reset/reset.h"
#include "views/views.h"

enum { PARTITIONS, MEMBERS };

struct state {
	struct panes panes; /* first */
	struct group_rows rows;
	struct trends trends; /* lag of each partition */
};

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;

	if (!v->request.name)
		return error_set(err, ERR_USAGE, "which group? give its id");
	group_partitions_add(v, &st->rows);
	group_members_add(v, &st->rows);
	return true;
}

static void close(struct view *v)
{
	trends_release(&((struct state *)v->state)->trends);
	panes_close(v);
}

/* NaN when the figure is old: the history of the whole group leaves it out too. */
static double lag_now(const struct snapshot *s, const struct group *g, const struct group_partition *p)
{
	int64_t oldest_ms = s->mono_ms - partition_charts_hold_ms(s);
	bool known = p->lag != OFFSET_UNKNOWN && p->partition_ref && g->commit_origin.at_ms >= oldest_ms &&
		figure_end_origin(s, p->partition_ref)->at_ms >= oldest_ms;

	return known ? (double)p->lag : NAN;
}

static void collect(struct state *st, const struct snapshot *s, const struct group *g)
{
	trends_begin(&st->trends, s->mono_ms, partition_charts_hold_ms(s));
	for (int32_t i = 0; i < g->partition_count; i++)
		trends_add(&st->trends, g->partitions[i].topic, g->partitions[i].partition,
			lag_now(s, g, &g->partitions[i]));
	trends_end(&st->trends);
}

static void update(struct view *v, const struct world *w)
{
	const struct snapshot *s = w->cluster;
	struct state *st = v->state;

	st->panes.s = st->rows.s = s;
	st->rows.group = snapshot_group(s, v->request.name);
	if (st->rows.group)
		collect(st, s, st->rows.group);
	panes_update_tables(v);
}

static void describe(const struct view *v, struct str *out)
{
	const struct state *st = v->state;
	const struct group *g = st->rows.group;

	if (!g)
		return;
	str_add(out, "lag ");
	format_count(out, g->lag);
	if (g->lag_unknown > 0)
		str_addf(out, " (%d partition%s unknown)", (int)g->lag_unknown, g->lag_unknown == 1 ? "" : "s");
	str_addf(out, "  %s", group_state_name(g->state));
	if (g->member_count >= 0)
		str_addf(out, "  %d member%s", (int)g->member_count, g->member_count == 1 ? "" : "s");
	if (g->type != GROUP_TYPE_UNKNOWN)
		str_addf(out, "  %s", group_type_name(g->type));
	if (g->protocol && *g->protocol)
		str_addf(out, "  %s", g->protocol);
	if (g->coordinator >= 0)
		str_addf(out, "  coordinator %d", (int)g->coordinator);
	if (g->rebalances > 0)
		str_addf(out, "  %d rebalance%s seen", (int)g->rebalances, g->rebalances == 1 ? "" : "s");
}

static void say_why_empty(const struct view *v, int pane, const struct area *a)
{
	const struct state *st = v->state;
	const struct snapshot *s = st->rows.s;
	const struct group *g = st->rows.group;
	struct waiting waiting = {
		.what = "this group",
		.need = NEED_GROUPS,
		.origin = s ? &s->groups_origin : NULL,
		.visible = s ? s->groups_visible : VISIBILITY_UNKNOWN,
		.denied = "DESCRIBE on the group",
		.acl = "--group '*'",
		.none = "no such group: it was deleted, or may not be described",
	};

	if (g && pane == PARTITIONS) {
		waiting.need = 0;
		waiting.what = "its committed offsets";
		waiting.origin = &g->commit_origin;
		waiting.none = "no partitions: there are no commits, and no member holds one";
	} else if (g) {
		waiting.need = 0;
		waiting.what = "its members";
		waiting.origin = &g->describe_origin;
		waiting.none = "no members";
	}
	waiting_draw(a, s, &waiting, panes_table(v, pane));
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct group *g = st->rows.group;
	long counts[] = { g ? g->partition_count : -1, g ? g->member_count : -1 };
	const struct partition_charts charts = { .trends = &st->trends,
		.partitions = PARTITIONS,
		.beside = MEMBERS,
		.whole = { .title = "lag",
			.count = 1,
			.format = format_short,
			.lines = g ? &(struct chart_line){ "lag", ROLE_CHART_LAG, &g->lag_history.coarse,
					     .unknown = g->lag == OFFSET_UNKNOWN } :
				     NULL } };
	int rows = g ? partition_charts_rows(v, a, &charts) : 0;
	struct area body = area_rows(a, 1, a->rows - 1 - rows);

	draw_clear(a);
	panes_draw_beside(v, a, &body, MEMBERS, counts, say_why_empty);
	if (rows)
		partition_charts_draw(v, a, &charts);
}

static void demand(const struct view *v, struct demand *d)
{
	demand_add_group(d, v->request.name);
}

/* The marked partitions; without marks the one under the cursor, if `cursor`. Freed by the caller. */
static size_t *meant_rows(const struct view *v, bool cursor, size_t *count)
{
	const struct table *t = panes_table(v, PARTITIONS);
	size_t *rows = mem_alloc((table_shown(t) + 1) * sizeof(*rows));

	*count = table_marked(t, rows, table_shown(t));
	if (!*count && cursor)
		*count = table_current(t, rows);
	return rows;
}

/* The marked partitions as "orders:0,3 payments:1". */
static void add_scope(const struct view *v, struct str *out)
{
	const struct state *st = v->state;
	const char *topic = NULL;
	size_t count, *rows = meant_rows(v, false, &count);

	/* Rows may stand in any order: a topic is named again where another one comes between. */
	for (size_t i = 0; i < count; i++) {
		const struct group_partition *p = &st->rows.group->partitions[rows[i]];

		if (topic && strcmp(topic, p->topic) == 0)
			str_addf(out, ",%d", (int)p->partition);
		else
			str_addf(out, "%s%s:%d", topic ? " " : "", p->topic, (int)p->partition);
		topic = p->topic;
	}
	free(rows);
}

static void reset_offsets(struct view *v)
{
	struct str scope = { 0 };

	if (((const struct panes *)v->state)->active == PARTITIONS)
		add_scope(v, &scope);
	reset_open(v->ui,
		&(struct reset_start){ .group = v->request.name, .scope = scope.len ? str_text(&scope) : NULL });
	str_release(&scope);
}

/* Deletes the offsets of the marked partitions; from the pane of members, all that the group has committed. */
static void delete_offsets(struct view *v)
{
	const struct state *st = v->state;
	struct reset_request r = { .group = mem_strdup(v->request.name), .how = { RESET_DELETE, 0 } };
	size_t count = 0, *rows = NULL;

	if (st->panes.active == PARTITIONS)
		rows = meant_rows(v, true, &count);
	for (size_t i = 0; i < count; i++)
		reset_add_scope(&r, st->rows.group->partitions[rows[i]].topic,
			st->rows.group->partitions[rows[i]].partition);
	r.all_topics = count == 0;
	free(rows);
	reset_open_plan(v->ui, &r);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const struct state *st = v->state;
	size_t row;

	if (id == ACTION_OPEN) {
		if (st->panes.active == PARTITIONS && table_current(panes_active(v), &row))
			v->ui->calls->open(v->ui, &view_topic,
				view_request_named(st->rows.group->partitions[row].topic));
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND) {
		if (st->panes.active == MEMBERS)
			command_copy_members(v->ui, st->rows.s, v->request.name);
		else
			command_copy_group(v->ui, st->rows.s, v->request.name);
		return ACTION_HANDLED;
	}
	if (id == ACTION_TAIL) {
		const struct group *g = st->rows.group;

		if (g && st->panes.active == PARTITIONS && table_current(panes_active(v), &row))
			tail_partition(v, g->partitions[row].topic, g->partitions[row].partition);
		return ACTION_HANDLED;
	}
	if (id == ACTION_RESET || id == ACTION_DELETE) {
		if (id == ACTION_DELETE)
			delete_offsets(v);
		else
			reset_offsets(v);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_OPEN && ((const struct panes *)v->state)->active == MEMBERS)
		return "a member has no details to open";
	if (id == ACTION_DELETE &&
		(((const struct panes *)v->state)->active == MEMBERS || table_shown(panes_active(v)) == 0))
		return "delete offsets in the partitions pane, the group in the list of groups";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	(void)v;
	return id == ACTION_RESET ? "reset offsets" : NULL;
}

const struct view_ops view_group = {
	.name = "group",
	.title = "group",
	.needs = NEED_LAG | NEED_MEMBERS,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_LAG | VIEW_PANES | VIEW_TAIL | VIEW_DELETE | VIEW_UNDO,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.hint = hint,
	.demand = demand,
	.click = panes_click,
	.describe = describe,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
