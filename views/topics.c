/* SPDX-License-Identifier: BSD-2-Clause */
/* All topics: partitions and replicas, health, how many records each holds and receives. */
#include "model/format.h"
#include "model/verdict.h"
#include "views/change/change.h"
#include "views/command.h"
#include "views/config_compare.h"
#include "views/config_pane.h"
#include "views/figures.h"
#include "views/produce/produce.h"
#include "views/reset/reset.h"
#include "views/records/tail.h"
#include "views/tables.h"
#include "views/topic_list.h"
#include "views/views.h"

enum column {
	TOPIC,
	PARTS,
	REPLICATION,
	HEALTH,
	RECORDS,
	IN,
	TREND,
	GROUPS,
	LAG,
	WORST,
	MIN_ISR,
	RETENTION,
	RETENTION_BYTES,
	CLEANUP,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "name", COLUMN_NAME, 16, 99, .searched = true },
	[PARTS] = { "partitions", "PARTS", "partitions", COLUMN_NUMBER, 5, 60 },
	[REPLICATION] = { "replication", "REPL", "replicas of a partition", COLUMN_NUMBER, 4, 40 },
	[HEALTH] = { "health", "HEALTH", "no leader, replicas missing, or leaders that are not preferred", COLUMN_TEXT,
		19, 80, .reason = true },
	[RECORDS] = { "records", "RECORDS", "sum of log end - log start: an upper bound where records are compacted",
		COLUMN_NUMBER, 12, 50 },
	[IN] = { "in_per_s", "IN/S", "records written per second, mean of 30 s", COLUMN_NUMBER, 8, 70 },
	[TREND] = { "trend", "IN 5M", "records written per second, last five minutes", COLUMN_SPARK, 10, 45 },
	[GROUPS] = { "groups", "GROUPS", "groups with commits or members on it", COLUMN_NUMBER, 6, 35 },
	[LAG] = { "lag", "LAG", "records that the groups on it still have to read, where known", COLUMN_NUMBER, 12,
		48 },
	[WORST] = { "worst_group", "WORST GROUP", "the group with the largest lag on it", COLUMN_TEXT, 12, 15,
		.most = 24, .optional = true },
	[MIN_ISR] = { "min_isr", "MIN ISR", "min.insync.replicas", COLUMN_NUMBER, 7, 10, .lazy = true },
	[RETENTION] = { "retention_ms", "RETENTION", "retention.ms", COLUMN_NUMBER, 9, 30, .lazy = true },
	[RETENTION_BYTES] = { "retention_bytes", "RET BYTES", "retention.bytes of a partition", COLUMN_NUMBER, 9, 5,
		.lazy = true },
	[CLEANUP] = { "cleanup_policy", "CLEANUP", "cleanup.policy", COLUMN_TEXT, 14, 20, .lazy = true },
};

/* Only the worst reason: the column is narrow, and the topic's view lists all. */
static void health(struct cell *c, const struct topic *t)
{
	struct str why = { 0 };
	struct verdict v = verdict_topic(t);

	verdict_reason(v, &why);
	cell_text(c, verdict_is_problem(v) ? str_text(&why) : "ok");
	cell_severity(c, verdict_is_problem(v) ? v.severity : SEVERITY_OK);
	str_release(&why);
}

static const struct origin *stale_end(const struct snapshot *s, const struct topic *t)
{
	for (int32_t i = 0; i < t->partition_count; i++)
		if (figure_is_stale(s, &t->partitions[i].end_origin))
			return &t->partitions[i].end_origin;
	return NULL;
}

static void setting(struct cell *c, const struct topic *t, int64_t value, void (*format)(struct str *, int64_t))
{
	cell_count(c, value);
	if (c->kind != CELL_INT)
		return;
	if (format)
		format(&c->text, value);
	if (figure_has_failed(&t->settings.origin))
		cell_stale(c);
}

static void settings_cell(const struct topic *t, enum column column, struct cell *c)
{
	if (column == MIN_ISR)
		setting(c, t, t->settings.min_isr, NULL);
	else if (column == RETENTION)
		setting(c, t, t->settings.retention_ms, format_config_ms);
	else if (column == RETENTION_BYTES)
		setting(c, t, t->settings.retention_bytes, format_config_bytes);
	else if (column == CLEANUP)
		cell_text(c, t->settings.cleanup_policy);
}

/* A group whose offsets are not read yet may read any topic. */
static void readers_cell(const struct snapshot *s, const struct topic *t, enum column column, struct cell *c)
{
	if (!(s->ready & NEED_COMMITTED))
		return;
	if (column == WORST) {
		cell_text(c, t->worst ? group_id_shown(t->worst->group->id) : NULL);
	} else if (column == GROUPS) {
		figure_sum(c, t->reader_count, s->totals.groups_unknown);
	} else {
		figure_sum(c, t->lag, t->lag_unknown + s->totals.groups_unknown);
		figure_check(c, s, &s->commits_origin);
		if (stale_end(s, t))
			cell_stale(c);
	}
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct snapshot *s = panes_snapshot(owner);
	const struct topic *t = &s->topics[row];

	switch ((enum column)column) {
	case TOPIC:
		cell_text(c, t->name);
		if (t->internal)
			c->role = ROLE_INTERNAL;
		break;
	case PARTS:
		cell_int(c, t->partition_count);
		figure_check(c, s, &s->metadata_origin);
		if (t->origin.outdated)
			cell_stale(c);
		break;
	case REPLICATION:
		cell_count(c, t->replication);
		figure_check(c, s, &s->metadata_origin);
		break;
	case HEALTH:
		health(c, t);
		figure_check(c, s, &s->metadata_origin);
		break;
	case RECORDS:
	case IN:
		if (column == RECORDS)
			figure_sum(c, t->records, t->records_unknown);
		else
			cell_real(c, t->in_per_s);
		if (stale_end(s, t))
			cell_stale(c);
		break;
	case TREND:
		cell_series(c, &t->in_history.fine, SPARK_FROM_ZERO);
		break;
	case GROUPS:
	case LAG:
	case WORST:
		readers_cell(s, t, (enum column)column, c);
		break;
	default:
		settings_cell(t, (enum column)column, c);
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_topic(topic_list_at(owner, row)));
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct snapshot *s = panes_snapshot(owner);
	const struct topic *t = &s->topics[row];
	const struct origin *end = stale_end(s, t);

	if (t->origin.error)
		str_add(out, t->origin.error);
	if (t->records_unknown > 0)
		str_addf(out, "%sends of %d partitions unknown", out->len ? "  " : "", (int)t->records_unknown);
	if (end)
		figure_note(out, s, "an end offset", end);
	if (figure_has_failed(&t->settings.origin))
		figure_note(out, s, "configuration", &t->settings.origin);
	if (t->lag_unknown > 0)
		str_addf(out, "%slag of %d group%s unknown", out->len ? "  " : "", (int)t->lag_unknown,
			t->lag_unknown == 1 ? "" : "s");
}

const struct table_ops topics_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = topic_list_rows,
	.key = topic_list_key,
	.cell = cell,
	.problem = problem,
	.hidden = topic_list_hidden,
	.note = note,
};

static bool open(struct view *v, struct error *err)
{
	(void)err;
	panes_add(v, "topics", &topics_table, v, "topic");
	return true;
}

static void draw(struct view *v, const struct area *a)
{
	struct waiting waiting = topic_list_waiting(panes_snapshot(v));
	struct str remark = { 0 };

	waiting_partial(&remark, waiting.what, waiting.visible);
	panes_draw_one(v, a, &waiting, str_text(&remark));
	str_release(&remark);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const char *name = table_current_key(panes_active(v));

	if (id == ACTION_OPEN && name) {
		v->ui->calls->open(v->ui, &view_topic, view_request_named(name));
		return ACTION_HANDLED;
	}
	if (id == ACTION_PRODUCE && name) {
		produce_open(v->ui, name);
		return ACTION_HANDLED;
	}
	if (id == ACTION_TAIL && name) {
		tail_topics(v, panes_active(v), panes_snapshot(v));
		return ACTION_HANDLED;
	}
	if (id == ACTION_RESET && name) {
		reset_open_any(v->ui, name, name);
		return ACTION_HANDLED;
	}
	if (id == ACTION_EDIT && name) {
		config_pane_open(v->ui, &view_topic, name);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COMPARE) {
		config_compare_open(v, panes_active(v), topic_list_key, false);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && name) {
		command_copy_topic(v->ui, panes_snapshot(v), name);
		return ACTION_HANDLED;
	}
	if (change_topics(v, panes_active(v), panes_snapshot(v), NULL, NULL, id, arg) == ACTION_HANDLED)
		return ACTION_HANDLED;
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if ((id == ACTION_TAIL || id == ACTION_EDIT) && table_shown(panes_active(v)) == 0)
		return "no topic is shown";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	size_t row;

	if (id == ACTION_ELECT)
		return table_current(panes_active(v), &row) && panes_snapshot(v)->topics[row].not_preferred ? NULL : "";
	return id == ACTION_EDIT ? "configuration" : id == ACTION_PRODUCE ? "produce" : NULL;
}

const struct view_ops view_topics = {
	.name = "topics",
	.title = "topics",
	.needs = NEED_METADATA | NEED_ENDS | NEED_STARTS | NEED_SETTINGS | NEED_GROUPS | NEED_COMMITTED,
	.state_size = sizeof(struct panes),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_TAIL | VIEW_TOPICS | VIEW_EDIT | VIEW_DELETE | VIEW_UNDO,
	.open = open,
	.close = panes_close,
	.update = panes_update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.hint = hint,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
