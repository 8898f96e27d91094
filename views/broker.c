/* SPDX-License-Identifier: BSD-2-Clause */
/* One broker: the partitions it has a replica of, its role in each, and its configuration. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/verdict.h"
#include "views/change/change.h"
#include "views/command.h"
#include "views/config_pane.h"
#include "views/figures.h"
#include "views/tables.h"
#include "views/views.h"

enum { PARTITIONS, CONFIGURATION };

struct placed { /* a partition that has a replica here */
	const struct topic *topic;
	const struct partition *partition;
};

struct state {
	struct panes panes; /* first */
	struct config_pane config;
	int32_t id;
	const struct broker *broker;
	struct placed *placed;
	size_t placed_count, placed_cap;
};

enum column { TOPIC, PART, ROLE, LEADER, REPLICAS, ISR, RECORDS, IN, NOTE, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "topic", COLUMN_NAME, 14, 99, .searched = true },
	[PART] = { "partition", "PART", "partition", COLUMN_NUMBER, 4, 98 },
	[ROLE] = { "role", "ROLE", "leader, follower, or out of the ISR", COLUMN_TEXT, 11, 95, .searched = true },
	[LEADER] = { "leader", "LEADER", "broker that leads it", COLUMN_NUMBER, 6, 60 },
	[REPLICAS] = { "replicas", "REPLICAS", "brokers that hold it, preferred leader first", COLUMN_TEXT, 12, 40 },
	[ISR] = { "isr", "ISR", "replicas in sync", COLUMN_TEXT, 12, 50 },
	[RECORDS] = { "records", "RECORDS", "log end - log start", COLUMN_NUMBER, 12, 45 },
	[IN] = { "in_per_s", "IN/S", "records written per second, mean of 30 s", COLUMN_NUMBER, 8, 70 },
	[NOTE] = { "note", "NOTE", "what is wrong with it", COLUMN_NAME, 18, 80, .searched = true, .optional = true,
		.reason = true },
};

static const enum partition_figure figures[COLUMN_COUNT] = {
	[LEADER] = PARTITION_LEADER,
	[REPLICAS] = PARTITION_REPLICAS,
	[ISR] = PARTITION_ISR,
	[RECORDS] = PARTITION_RECORDS,
	[IN] = PARTITION_IN,
	[NOTE] = PARTITION_NOTE,
};

static bool has_broker(const int32_t *ids, int32_t count, int32_t id)
{
	for (int32_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static size_t rows(void *owner)
{
	return ((const struct state *)owner)->placed_count;
}

static void key(void *owner, size_t row, struct str *out)
{
	const struct placed *p = &((const struct state *)owner)->placed[row];

	str_addf(out, "%s-%d", p->topic->name, (int)p->partition->id);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct state *st = owner;
	const struct placed *p = &st->placed[row];

	if (column == TOPIC) {
		cell_text(c, p->topic->name);
		if (p->topic->internal)
			c->role = ROLE_INTERNAL;
	} else if (column == PART) {
		cell_int(c, p->partition->id);
	} else if (column != ROLE) {
		figure_partition(c, st->panes.s, p->topic, p->partition, figures[column]);
	} else if (p->partition->leader == st->id) {
		cell_text(c, "leader");
	} else if (has_broker(p->partition->isr, p->partition->isr_count, st->id)) {
		cell_text(c, "follower");
	} else {
		cell_text(c, "out of ISR");
		cell_severity(c, verdict_partition(p->topic, p->partition).severity);
	}
}

static bool problem(void *owner, size_t row)
{
	const struct placed *p = &((const struct state *)owner)->placed[row];

	return verdict_is_problem(verdict_partition(p->topic, p->partition));
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct state *st = owner;

	figure_partition_stale(out, st->panes.s, st->placed[row].partition);
}

const struct table_ops broker_partitions_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;
	const char *name = v->request.name;
	char *end = NULL;
	long id = -1;

	errno = 0;
	if (name)
		id = strtol(name, &end, 10);
	if (!name || !*name || *end || errno || id < 0 || id > INT32_MAX)
		return error_set(err, ERR_USAGE, "which broker? give its id");
	st->id = (int32_t)id;
	panes_add(v, "partitions", &broker_partitions_table, st, NULL);
	config_pane_add(v, &st->config, CONFIG_BROKER);
	if (config_pane_is_asked(&v->request))
		panes_go_to(v, CONFIGURATION);
	return true;
}

static void close(struct view *v)
{
	struct state *st = v->state;

	free(st->placed);
	panes_close(v);
}

static void find_placed(struct state *st, const struct snapshot *s)
{
	st->placed_count = 0;
	for (size_t i = 0; i < s->topic_count; i++) {
		const struct topic *t = &s->topics[i];

		for (int32_t j = 0; j < t->partition_count; j++) {
			const struct partition *p = &t->partitions[j];

			if (!has_broker(p->replicas, p->replica_count, st->id))
				continue;
			st->placed = mem_grow(st->placed, &st->placed_cap, st->placed_count + 1, sizeof(*st->placed));
			st->placed[st->placed_count++] = (struct placed){ t, p };
		}
	}
}

static void update(struct view *v, const struct world *w)
{
	const struct snapshot *s = w->cluster;
	struct state *st = v->state;

	st->panes.s = s;
	st->broker = snapshot_broker(s, st->id);
	st->config.config = st->broker ? &st->broker->config : NULL;
	find_placed(st, s);
	panes_update_tables(v);
}

static void describe(const struct view *v, struct str *out)
{
	const struct state *st = v->state;
	const struct broker *b = st->broker;

	if (!b)
		return;
	if (b->host && *b->host)
		str_addf(out, "%s:%d", b->host, (int)b->port);
	else
		str_add(out, "never seen");
	if (b->rack && *b->rack)
		str_addf(out, "  rack %s", b->rack);
	str_add(out, b->state == BROKER_MISSING ? "  missing !" : b->reachable ? "  up" : "  unreachable !");
	str_addf(out, "  leads %d of %d", (int)b->leaders, (int)b->replicas);
	if (b->error)
		str_addf(out, "  %s", b->error);
}

static void say_why_empty(const struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct snapshot *s = st->panes.s;
	struct waiting waiting = {
		.what = "brokers",
		.need = NEED_METADATA,
		.origin = s ? &s->metadata_origin : NULL,
		.denied = "DESCRIBE on CLUSTER",
		.acl = "--cluster",
		.none = st->broker ? "no partition has a replica on it" : "no broker with this id is known",
	};

	if (st->broker && st->panes.active == CONFIGURATION)
		config_pane_waiting(a, s, &st->config, "the configuration of this broker", "--cluster",
			panes_active(v));
	else
		waiting_draw(a, s, &waiting, panes_active(v));
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	long counts[] = { st->panes.s ? (long)st->placed_count : -1,
		st->broker && st->broker->config.count ? (long)st->broker->config.count : -1 };
	struct area below;

	draw_clear(a);
	panes_draw_titles(v, a, counts);
	panes_draw_table(v, st->panes.active, a, 1, a->rows - 1, true);
	below = area_rows(a, 1, a->rows - 1);
	say_why_empty(v, &below);
}

static void demand(const struct view *v, struct demand *d)
{
	demand_add_broker(d, ((const struct state *)v->state)->id);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;
	size_t row;

	if (id == ACTION_OPEN) {
		if (st->panes.active == PARTITIONS && table_current(panes_active(v), &row))
			v->ui->calls->open(v->ui, &view_topic, view_request_named(st->placed[row].topic->name));
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND) {
		command_copy_broker_config(v->ui, st->panes.s, st->id);
		return ACTION_HANDLED;
	}
	if ((id == ACTION_EDIT || id == ACTION_SETTING_DEFAULT) && st->panes.active == CONFIGURATION) {
		char name[16];

		snprintf(name, sizeof(name), "%d", (int)st->id);
		change_setting(v, panes_active(v), st->config.config, true, name, id == ACTION_SETTING_DEFAULT);
		return ACTION_HANDLED;
	}
	if (id == ACTION_EDIT) {
		panes_go_to(v, CONFIGURATION);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_OPEN && ((const struct panes *)v->state)->active == CONFIGURATION)
		return "a setting has no details to open";
	if (id == ACTION_SETTING_DEFAULT && ((const struct panes *)v->state)->active != CONFIGURATION)
		return "settings are edited in the configuration pane: press Tab";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	return id == ACTION_EDIT && ((const struct panes *)v->state)->active != CONFIGURATION ? "configuration" : NULL;
}

const struct view_ops view_broker = {
	.name = "broker",
	.title = "broker",
	.needs = NEED_METADATA | NEED_ENDS | NEED_STARTS | NEED_BROKER_CONFIG,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_PANES | VIEW_CONFIG | VIEW_EDIT | VIEW_UNDO,
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
