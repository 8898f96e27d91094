/* SPDX-License-Identifier: BSD-2-Clause */
/* All consumer groups: what each reads, how far behind it is, and whether its lag grows. */
#include "base/mem.h"
#include "model/verdict.h"
#include "views/command.h"
#include "views/figures.h"
#include "views/group_list.h"
#include "views/reset/reset.h"
#include "views/tables.h"
#include "views/views.h"

enum column {
	GROUP,
	TYPE,
	STATE,
	MEMBERS,
	TOPICS,
	LAG,
	LOST,
	TREND,
	OUT,
	NOTE,
	MAX_LAG,
	UNASSIGNED,
	SPREAD,
	PROTOCOL,
	COORDINATOR,
	REBALANCES,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[GROUP] = { "group", "GROUP", "group id", COLUMN_NAME, 16, 99, .searched = true },
	[TYPE] = { "type", "TYPE", "classic, or consumer (KIP-848)", COLUMN_TEXT, 8, 40 },
	[STATE] = { "state", "STATE", "as the coordinator gives it", COLUMN_TEXT, 12, 60, .most = 21,
		.searched = true },
	[MEMBERS] = { "members", "MEMBERS", "members", COLUMN_NUMBER, 7, 55, .lazy = true },
	[TOPICS] = { "topics", "TOPICS", "topics with commits or members", COLUMN_NUMBER, 6, 30, .lazy = true },
	[LAG] = { "lag", "LAG", "records still to be read, where known", COLUMN_NUMBER, 12, 90, .lazy = true },
	[LOST] = { "lost", "LOST", "records that retention removed unread", COLUMN_NUMBER, 9, 56, .optional = true,
		.lazy = true },
	[TREND] = { "trend", "LAG 5M", "lag over the last five minutes, from its lowest to its highest", COLUMN_SPARK,
		10, 50 },
	[OUT] = { "out_per_s", "OUT/S", "records committed per second, mean of 30 s", COLUMN_NUMBER, 8, 70,
		.lazy = true },
	[NOTE] = { "note", "NOTE", "what is wrong with it, the worst first", COLUMN_NAME, 20, 85, .searched = true,
		.optional = true, .reason = true },
	[MAX_LAG] = { "max_lag", "MAX LAG", "largest lag of one partition", COLUMN_NUMBER, 12, 15, .lazy = true },
	[UNASSIGNED] = { "unassigned", "UNASSIGNED", "partitions without a member while there are members",
		COLUMN_NUMBER, 10, 25, .lazy = true },
	[SPREAD] = { "spread", "SPREAD", "fewest and most partitions of a member; sorts by the difference",
		COLUMN_NUMBER, 7, 20, .lazy = true },
	[PROTOCOL] = { "protocol", "ASSIGNOR", "assignor", COLUMN_TEXT, 18, 10, .lazy = true },
	[COORDINATOR] = { "coordinator", "COORD", "broker that coordinates it", COLUMN_NUMBER, 5, 8, .lazy = true },
	[REBALANCES] = { "rebalances", "REBAL", "rebalances seen since weir started", COLUMN_NUMBER, 5, 12 },
};

static const struct group *group_at(void *owner, size_t row)
{
	return &panes_snapshot(owner)->groups[row];
}

static size_t rows(void *owner)
{
	const struct snapshot *s = panes_snapshot(owner);

	return s ? s->group_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, group_at(owner, row)->id);
}

static bool is_described(int column)
{
	return column == MEMBERS || column == UNASSIGNED || column == SPREAD || column == PROTOCOL ||
		column == COORDINATOR;
}

static void described_cell(const struct group *g, enum column column, struct cell *c)
{
	if (column == COORDINATOR)
		cell_count(c, g->coordinator);
	else if (column == PROTOCOL)
		cell_text(c, g->protocol);
	else if (column == MEMBERS)
		cell_count(c, g->member_count);
	else if (column == UNASSIGNED)
		cell_count(c, g->unassigned);
	else if (column == SPREAD)
		figure_group_spread(c, g);
	figure_mark(c, verdict_group(g), columns[column].name);
	if (figure_has_failed(&g->describe_origin))
		cell_stale(c);
}

static void lag_cell(const struct snapshot *s, const struct group *g, enum column column, struct cell *c)
{
	if (column == LAG)
		figure_sum(c, g->lag, g->lag_unknown);
	else if (column == LOST)
		cell_count(c, g->lost);
	else if (column == MAX_LAG)
		figure_sum(c, g->max_lag, g->lag_unknown);
	else
		cell_real(c, g->out_per_s);
	figure_mark(c, verdict_group(g), columns[column].name);
	if (figure_group_is_stale(s, g))
		cell_stale(c);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct snapshot *s = panes_snapshot(owner);
	const struct group *g = &s->groups[row];

	if (is_described(column)) {
		described_cell(g, (enum column)column, c);
		return;
	}
	switch ((enum column)column) {
	case GROUP:
		cell_text(c, group_id_shown(g->id));
		break;
	case TYPE:
		if (g->type != GROUP_TYPE_UNKNOWN)
			cell_text(c, group_type_name(g->type));
		break;
	case STATE:
		figure_group_state(c, g);
		figure_check(c, s, &g->list_origin);
		break;
	case TOPICS:
		if (g->commit_origin.at_ms)
			cell_int(c, g->topic_count);
		break;
	case LAG:
	case LOST:
	case MAX_LAG:
	case OUT:
		lag_cell(s, g, (enum column)column, c);
		break;
	case TREND:
		cell_series(c, &g->lag_history.fine, SPARK_FROM_LOWEST);
		break;
	case NOTE:
		figure_verdict(c, verdict_group(g));
		break;
	case REBALANCES:
		cell_int(c, g->rebalances);
		break;
	default:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_group(group_at(owner, row)));
}

static bool quiet(void *owner, size_t row)
{
	return group_at(owner, row)->lag == 0; /* unknown lag is not "no lag" */
}

static void note(void *owner, size_t row, struct str *out)
{
	figure_group_note(out, panes_snapshot(owner), group_at(owner, row));
}

const struct table_ops groups_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.quiet = quiet,
	.note = note,
};

void group_list_add(struct view *v, const char *sort)
{
	panes_add(v, "groups", &groups_table, v, sort);
}

static bool open(struct view *v, struct error *err)
{
	(void)err;
	group_list_add(v, "group");
	return true;
}

void group_list_waiting(const struct snapshot *s, struct waiting *w)
{
	*w = (struct waiting){
		.what = "groups",
		.need = NEED_GROUPS,
		.origin = s ? &s->groups_origin : NULL,
		.visible = s ? s->groups_visible : VISIBILITY_UNKNOWN,
		.denied = "DESCRIBE on CLUSTER",
		.acl = "--cluster",
		.none = "no consumer groups in this cluster",
	};
}

static void draw(struct view *v, const struct area *a)
{
	const struct snapshot *s = panes_snapshot(v);
	struct waiting waiting;
	struct str remark = { 0 };

	group_list_waiting(s, &waiting);
	waiting_partial(&remark, waiting.what, waiting.visible);
	if (remark.len)
		str_add(&remark, "; ");
	str_add(&remark, "librdkafka does not list Connect, share and streams groups");
	panes_draw_one(v, a, &waiting, str_text(&remark));
	str_release(&remark);
}

void group_list_demand(const struct view *v, const struct table *t, struct demand *d)
{
	size_t visible[256], count = table_visible(t, visible, 256);

	for (size_t i = 0; i < count; i++)
		demand_add_group(d, panes_snapshot(v)->groups[visible[i]].id);
	for (int i = 0; i < COLUMN_COUNT; i++)
		if (is_described(i) && table_sorted_by(t, columns[i].name))
			d->other_groups = DEMAND_OTHERS_DESCRIBED;
}

static void demand(const struct view *v, struct demand *d)
{
	group_list_demand(v, panes_active(v), d);
}

/* The marked group if there is one, or else the one under the cursor. NULL: several are marked. */
const char *group_list_meant(const struct view *v, const struct table *t, const struct snapshot *s)
{
	size_t rows[2], count = s ? table_marked(t, rows, 2) : 0;

	if (count == 1)
		return s->groups[rows[0]].id;
	if (count == 0)
		return table_current_key(t);
	v->ui->calls->message(v->ui, SEVERITY_WARN, "only one group at a time: unmark the others (U unmarks all)");
	return NULL;
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const char *name = table_current_key(panes_active(v));

	if (id == ACTION_OPEN && name) {
		v->ui->calls->open(v->ui, &view_group, view_request_named(name));
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && name) {
		command_copy_group(v->ui, panes_snapshot(v), name);
		return ACTION_HANDLED;
	}
	if ((id == ACTION_RESET || id == ACTION_DELETE) && name) {
		name = group_list_meant(v, panes_active(v), panes_snapshot(v));
		if (name && id == ACTION_RESET)
			reset_open(v->ui, &(struct reset_start){ .group = name });
		else if (name)
			reset_open_plan(v->ui,
				&(struct reset_request){ .group = mem_strdup(name),
					.all_topics = true,
					.how = { RESET_DELETE_GROUP, 0 } });
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if ((id == ACTION_RESET || id == ACTION_DELETE) && table_shown(panes_active(v)) == 0)
		return "no group is shown";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	(void)v;
	return id == ACTION_RESET ? "reset offsets" : NULL;
}

const struct view_ops view_groups = {
	.name = "groups",
	.title = "groups",
	.needs = NEED_LAG | NEED_MEMBERS,
	.state_size = sizeof(struct panes),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_LAG | VIEW_DELETE | VIEW_UNDO,
	.open = open,
	.close = panes_close,
	.update = panes_update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.hint = hint,
	.demand = demand,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
