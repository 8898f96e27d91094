/* SPDX-License-Identifier: BSD-2-Clause */
/* One topic: its partitions, its configuration, the groups that read it, and its rate over time. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/format.h"
#include "model/topic_plan.h"
#include "views/change/change.h"
#include "views/command.h"
#include "views/config_pane.h"
#include "views/partition_charts.h"
#include "views/produce/produce.h"
#include "views/records/tail.h"
#include "views/topic_rows.h"
#include "views/reset/reset.h"
#include "views/views.h"

enum { PARTITIONS, CONFIGURATION, GROUPS };

struct state {
	struct panes panes; /* first */
	struct topic_rows rows;
	struct config_pane config;
	struct trends trends; /* records/s of each partition */
};

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;

	if (!v->request.name || !*v->request.name)
		return error_set(err, ERR_USAGE, "which topic? give its name");
	topic_partitions_add(v, &st->rows);
	config_pane_add(v, &st->config, CONFIG_TOPIC);
	topic_readers_add(v, &st->rows);
	if (config_pane_is_asked(&v->request))
		panes_go_to(v, CONFIGURATION);
	return true;
}

static void close(struct view *v)
{
	trends_release(&((struct state *)v->state)->trends);
	panes_close(v);
}

static void collect(struct state *st, const struct snapshot *s, const struct topic *t)
{
	trends_begin(&st->trends, s->mono_ms, partition_charts_hold_ms(s));
	for (int32_t i = 0; i < t->partition_count; i++)
		trends_add(&st->trends, NULL, t->partitions[i].id, t->partitions[i].in_now_per_s);
	trends_end(&st->trends);
}

static void update(struct view *v, const struct world *w)
{
	const struct snapshot *s = w->cluster;
	struct state *st = v->state;

	st->panes.s = st->rows.s = s;
	st->rows.topic = snapshot_topic(s, v->request.name);
	st->config.config = st->rows.topic ? &st->rows.topic->config : NULL;
	if (st->rows.topic)
		collect(st, s, st->rows.topic);
	panes_update_tables(v);
}

static void describe(const struct view *v, struct str *out)
{
	const struct state *st = v->state;
	const struct topic *t = st->rows.topic;
	char id[23];

	if (!t)
		return;
	str_addf(out, "%s%d partition%s", t->internal ? "internal  " : "", (int)t->partition_count,
		t->partition_count == 1 ? "" : "s");
	if (t->replication >= 0)
		str_addf(out, "  replication %d", (int)t->replication);
	if (t->settings.min_isr >= 0)
		str_addf(out, "  min ISR %d", (int)t->settings.min_isr);
	if (t->settings.cleanup_policy)
		str_addf(out, "  %s", t->settings.cleanup_policy);
	if (t->settings.retention_ms >= 0 && !topic_policy_retains_by_key(t->settings.cleanup_policy)) {
		str_add(out, " ");
		format_config_ms(out, t->settings.retention_ms);
	}
	if (t->settings.origin.outdated)
		str_add(out, " ?");
	topic_id_text(t, id);
	if (*id)
		str_addf(out, "  id %s", id);
}

static void say_why_empty(const struct view *v, int pane, const struct area *a)
{
	const struct state *st = v->state;
	const struct snapshot *s = st->rows.s;
	const struct topic *t = st->rows.topic;
	struct waiting waiting = {
		.what = "this topic",
		.need = NEED_METADATA,
		.origin = t ? &t->origin :
			s   ? &s->metadata_origin :
			      NULL,
		.visible = s ? s->topics_visible : VISIBILITY_UNKNOWN,
		.denied = "DESCRIBE on the topic",
		.acl = "--topic '*'",
		.none = "no such topic: it was deleted, or may not be described",
	};

	if (t && pane == CONFIGURATION) {
		config_pane_waiting(a, s, &st->config, "the configuration of this topic", "--topic '*'",
			panes_table(v, pane));
		return;
	}
	if (t && pane == GROUPS) {
		waiting.what = "groups";
		waiting.need = NEED_COMMITTED;
		waiting.origin = &s->groups_origin;
		waiting.visible = s->groups_visible;
		waiting.denied = "DESCRIBE on CLUSTER";
		waiting.acl = "--cluster";
		waiting.none = "no group has commits or members on this topic";
	}
	waiting_draw(a, s, &waiting, panes_table(v, pane));
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct topic *t = st->rows.topic;
	long counts[] = { t ? t->partition_count : -1, t && t->config.count ? (long)t->config.count : -1,
		t ? t->reader_count : -1 };
	const struct partition_charts charts = { .trends = &st->trends,
		.partitions = PARTITIONS,
		.beside = GROUPS,
		.whole = { .title = "records/s",
			.count = 1,
			.format = format_rate,
			.lines = t ? &(struct chart_line){ "in", ROLE_CHART_IN, &t->in_history.coarse,
					     .unknown = isnan(t->in_now_per_s) } :
				     NULL } };
	int rows = t && st->panes.active != CONFIGURATION ? partition_charts_rows(v, a, &charts) : 0;
	struct area body = area_rows(a, 1, a->rows - 1 - rows);

	draw_clear(a);
	panes_draw_beside(v, a, &body, GROUPS, counts, say_why_empty);
	if (rows)
		partition_charts_draw(v, a, &charts);
}

static void demand(const struct view *v, struct demand *d)
{
	const struct state *st = v->state;

	demand_add_topic(d, v->request.name);
	for (int32_t i = 0; st->rows.topic && i < st->rows.topic->reader_count; i++)
		demand_add_group(d, st->rows.topic->readers[i].group->id);
}

/* Resets the group under the cursor. In the other panes the user chooses a group, and the scope is the marked partitions. */
static void reset_offsets(struct view *v)
{
	const struct state *st = v->state;
	struct table *t = panes_active(v);
	size_t *marked = mem_alloc((table_shown(t) + 1) * sizeof(*marked)), count = 0;
	struct str scope = { 0 };

	if (st->panes.active == PARTITIONS && st->rows.topic)
		count = table_marked(t, marked, table_shown(t));
	str_add(&scope, v->request.name);
	for (size_t i = 0; i < count; i++)
		str_addf(&scope, "%c%d", i ? ',' : ':', (int)st->rows.topic->partitions[marked[i]].id);
	if (st->panes.active == GROUPS && table_current_key(t))
		reset_open(v->ui, &(struct reset_start){ .group = table_current_key(t), .scope = v->request.name });
	else
		reset_open_any(v->ui, v->request.name, str_text(&scope));
	str_release(&scope);
	free(marked);
}

static void tail_topic(struct view *v)
{
	const struct state *st = v->state;
	size_t row;
	bool here = st->panes.active == PARTITIONS && table_current(panes_active(v), &row);

	tail_partition(v, v->request.name, here && st->rows.topic ? st->rows.topic->partitions[row].id : -1);
}

static void copy_command(struct view *v)
{
	const struct state *st = v->state;

	if (st->panes.active == CONFIGURATION)
		command_copy_topic_config(v->ui, st->rows.s, v->request.name);
	else
		command_copy_topic(v->ui, st->rows.s, v->request.name);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const struct state *st = v->state;

	if (id == ACTION_OPEN) {
		if (st->panes.active == GROUPS && table_current_key(panes_active(v)))
			v->ui->calls->open(v->ui, &view_group, view_request_named(table_current_key(panes_active(v))));
		return ACTION_HANDLED;
	}
	if (id == ACTION_PRODUCE) {
		produce_open(v->ui, v->request.name);
		return ACTION_HANDLED;
	}
	if (id == ACTION_TAIL) {
		tail_topic(v);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND) {
		copy_command(v);
		return ACTION_HANDLED;
	}
	if (id == ACTION_RESET) {
		reset_offsets(v);
		return ACTION_HANDLED;
	}
	if ((id == ACTION_EDIT || id == ACTION_SETTING_DEFAULT) && st->panes.active == CONFIGURATION) {
		change_setting(v, panes_active(v), st->config.config, false, v->request.name,
			id == ACTION_SETTING_DEFAULT);
		return ACTION_HANDLED;
	}
	if (id == ACTION_EDIT) {
		panes_go_to(v, CONFIGURATION);
		return ACTION_HANDLED;
	}
	if (change_topics(v, panes_active(v), st->rows.s, v->request.name,
		    st->panes.active == PARTITIONS ? st->rows.topic : NULL, id, arg) == ACTION_HANDLED)
		return ACTION_HANDLED;
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_OPEN && ((const struct panes *)v->state)->active != GROUPS)
		return "only a group can be opened from here";
	if (id == ACTION_SETTING_DEFAULT && ((const struct panes *)v->state)->active != CONFIGURATION)
		return "settings are edited in the configuration pane: press Tab";
	if (id == ACTION_DELETE && ((const struct panes *)v->state)->active == GROUPS)
		return "delete groups in the groups view, the topic from another pane";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	const struct state *st = v->state;
	bool configuring = st->panes.active == CONFIGURATION;

	if (id == ACTION_ELECT)
		return st->rows.topic && st->rows.topic->not_preferred ? NULL : "";
	if (id == ACTION_ADD)
		return "";
	if (id == ACTION_PRODUCE)
		return "produce";
	return id == ACTION_EDIT && !configuring ? "configuration" : NULL;
}

const struct view_ops view_topic = {
	.name = "topic",
	.title = "topic",
	.needs = NEED_METADATA | NEED_LAG | NEED_SETTINGS | NEED_TOPIC_CONFIG,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_LAG | VIEW_PANES | VIEW_TAIL | VIEW_TOPICS | VIEW_CONFIG |
		VIEW_EDIT | VIEW_DELETE | VIEW_UNDO,
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
