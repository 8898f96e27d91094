/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configurations of several topics or brokers side by side: the settings that differ, or all of them.
 * Only configurations that were read are compared; the others are named below the table.
 */
#include "views/config_compare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/config_diff.h"
#include "model/config_value.h"
#include "views/config_pane.h"
#include "views/figures.h"
#include "views/panes.h"
#include "views/views.h"

enum column { NAME, STATE, FIRST_VALUE, COLUMNS_MOST = FIRST_VALUE + CONFIG_DIFF_MOST };

struct compared {
	char *name;                  /* topic, or broker id */
	char *title;                 /* of its column */
	char *label;                 /* in sentences: "broker 2" */
	int32_t id;                  /* of a broker */
	const struct config *config; /* NULL: it is not there */
	bool missing;                /* a broker that is known and gone */
	bool read;
};

struct state {
	struct panes panes; /* first */
	enum config_scope scope;
	struct compared items[CONFIG_DIFF_MOST];
	size_t count;
	struct config_diff diff;
	bool show_all;
	struct table_column columns[COLUMNS_MOST]; /* the titles are the names, so each view has its own */
	struct table_ops ops;
};

static const struct config_diff_row *row_at(const void *owner, size_t row)
{
	return &((const struct state *)owner)->diff.rows[row];
}

static size_t rows(void *owner)
{
	return ((const struct state *)owner)->diff.count;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, row_at(owner, row)->name);
}

static const char *kind_name(const struct state *st, enum config_diff_kind kind)
{
	switch (kind) {
	case CONFIG_DIFF_SAME:
		return "same";
	case CONFIG_DIFF_DIFFERS:
		return st->scope == CONFIG_BROKER ? "drift" : "differs";
	case CONFIG_DIFF_OWN:
		return "own";
	case CONFIG_DIFF_HIDDEN:
		return "hidden";
	case CONFIG_DIFF_KINDS:
		break;
	}
	return "";
}

static void value_cell(const struct state *st, const struct config_diff_row *row, size_t item, struct cell *c)
{
	const struct config_entry *e = row->entries[item];
	struct str readable = { 0 };

	if (!e)
		return;
	if (e->is_sensitive && !e->value) {
		cell_text(c, e->is_default ? "not set" : "set, hidden");
	} else if (e->value) {
		config_value_print(config_catalog_find(st->scope, row->name), e->value, &readable);
		/* "100 (100ms)" would say the same twice. */
		if (strncmp(str_text(&readable), e->value, strlen(e->value)) == 0)
			cell_text(c, e->value);
		else
			cell_textf(c, "%s (%s)", e->value, str_text(&readable));
	}
	c->role = e->is_default ? ROLE_DIM : ROLE_STRONG;
	if (row->odd & 1u << item)
		cell_severity(c, verdict_setting(row).severity);
	if (figure_has_failed(&st->items[item].config->origin))
		cell_stale(c);
	str_release(&readable);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct state *st = owner;
	const struct config_diff_row *r = row_at(st, row);

	if (column == NAME) {
		cell_text(c, r->name);
	} else if (column == STATE) {
		cell_text(c, kind_name(st, r->kind));
		if (st->scope == CONFIG_BROKER)
			figure_mark(c, verdict_setting(r), "state");
		if (r->kind != CONFIG_DIFF_DIFFERS)
			c->role = ROLE_DIM;
	} else {
		value_cell(st, r, (size_t)(column - FIRST_VALUE), c);
	}
}

static bool hidden(void *owner, size_t row)
{
	const struct state *st = owner;
	enum config_diff_kind kind = row_at(st, row)->kind;

	return !st->show_all && (kind == CONFIG_DIFF_SAME || kind == CONFIG_DIFF_HIDDEN);
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_setting(row_at(owner, row)));
}

static void note(void *owner, size_t row, struct str *out)
{
	config_pane_note(((const struct state *)owner)->scope, row_at(owner, row)->name, out);
}

static bool is_id(const char *word, int32_t *id)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(word, &end, 10);
	*id = (int32_t)number;
	return *word >= '0' && *word <= '9' && !*end && !errno && number <= INT32_MAX;
}

static bool add_item(struct state *st, const char *name, size_t len, struct error *err)
{
	struct compared *item = &st->items[st->count];

	for (size_t i = 0; i < st->count; i++)
		if (strlen(st->items[i].name) == len && memcmp(st->items[i].name, name, len) == 0)
			return true;
	if (st->count == CONFIG_DIFF_MOST)
		return error_set(err, ERR_USAGE, "no more than %d can be compared", CONFIG_DIFF_MOST);
	item->name = mem_strndup(name, len);
	st->count++;
	return true;
}

static bool add_words(struct state *st, const char *words, struct error *err)
{
	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		size_t len = strcspn(words, " ");

		if (!add_item(st, words, len, err))
			return false;
		words += len;
	}
	return true;
}

static bool was_opened_from(const struct view *v, const struct view_ops *list, const struct view_ops *one)
{
	return v->under && (v->under->ops == list || v->under->ops == one);
}

/* Numbers are broker ids, unless the view below lists topics or a topic has such a name. */
static enum config_scope find_scope(const struct view *v, const struct state *st)
{
	const struct snapshot *s = v->ui->live.cluster;
	int32_t id;

	if (was_opened_from(v, &view_brokers, &view_broker))
		return CONFIG_BROKER;
	if (was_opened_from(v, &view_topics, &view_topic))
		return CONFIG_TOPIC;
	for (size_t i = 0; i < st->count; i++)
		if (!is_id(st->items[i].name, &id) || (s && snapshot_topic(s, st->items[i].name)))
			return CONFIG_TOPIC;
	return CONFIG_BROKER;
}

static void name_columns(struct state *st)
{
	bool brokers = st->scope == CONFIG_BROKER;

	st->columns[NAME] = (struct table_column){ "name", "NAME", "property", COLUMN_NAME, 12, 99, .searched = true };
	st->columns[STATE] = (struct table_column){ "state", "STATE",
		brokers ? "drift, own (each broker must have its own), same, or hidden by Kafka" :
			  "differs, same, or hidden by Kafka",
		COLUMN_TEXT, 7, 88, .searched = true };
	for (size_t i = 0; i < st->count; i++) {
		struct compared *item = &st->items[i];

		item->label = mem_printf("%s%s", brokers ? "broker " : "", item->name);
		item->title = mem_printf("%s%s", brokers ? "BROKER " : "", item->name);
		st->columns[(size_t)FIRST_VALUE + i] =
			(struct table_column){ item->name, item->title, "its values, those that were set in bold",
				COLUMN_NAME, 10, i < 2 ? 95 : 80 - (int)i, .searched = true };
	}
}

static void close(struct view *v)
{
	struct state *st = v->state;

	panes_close(v);
	config_diff_release(&st->diff);
	for (size_t i = 0; i < st->count; i++) {
		free(st->items[i].name);
		free(st->items[i].title);
		free(st->items[i].label);
	}
}

static bool find_items(const struct view *v, struct state *st, struct error *err)
{
	const char *names = v->request.name;
	const struct view *under = v->under;

	/* With one name, that one is compared with the topic or broker of the view below. */
	if (names && !strchr(names, ' ') && under && (under->ops == &view_topic || under->ops == &view_broker) &&
		!add_item(st, under->request.name, strlen(under->request.name), err))
		return false;
	if (names && !add_words(st, names, err))
		return false;
	if (st->count < 2)
		return error_set(err, ERR_USAGE, "compare what? give two topics, or two brokers");
	st->scope = find_scope(v, st);
	for (size_t i = 0; i < st->count && st->scope == CONFIG_BROKER; i++)
		if (!is_id(st->items[i].name, &st->items[i].id))
			return error_set(err, ERR_USAGE, "%s is no broker id", st->items[i].name);
	return true;
}

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;

	if (!find_items(v, st, err)) {
		close(v);
		return false;
	}
	name_columns(st);
	st->ops = (struct table_ops){
		.columns = st->columns,
		.column_count = FIRST_VALUE + (int)st->count,
		.rows = rows,
		.key = key,
		.cell = cell,
		.hidden = hidden,
		.problem = st->scope == CONFIG_BROKER ? problem : NULL,
		.note = note,
	};
	panes_add(v, "comparison", &st->ops, st, "state");
	return true;
}

static void update(struct view *v, const struct world *w)
{
	const struct snapshot *s = w->cluster;
	struct state *st = v->state;
	const struct config *configs[CONFIG_DIFF_MOST] = { NULL };
	size_t read = 0;

	st->panes.s = s;
	for (size_t i = 0; i < st->count; i++) {
		struct compared *item = &st->items[i];
		const struct broker *b = st->scope == CONFIG_BROKER ? snapshot_broker(s, item->id) : NULL;
		const struct topic *t = st->scope == CONFIG_TOPIC ? snapshot_topic(s, item->name) : NULL;

		item->config = b ? &b->config : t ? &t->config : NULL;
		item->missing = b && b->state == BROKER_MISSING;
		item->read = item->config && item->config->origin.at_ms != 0;
		configs[i] = item->read ? item->config : NULL;
		read += item->read;
	}
	config_diff_build(&st->diff, st->scope, configs, read > 1 ? st->count : 0);
	panes_update_tables(v);
}

/* Why the item is missing from the comparison or old; nothing while it is being read. */
static void add_item_remark(const struct state *st, const struct compared *item, struct str *out)
{
	const struct config *c = item->config;
	const char *gap = out->len ? "  " : "";

	if (!c && st->panes.s->ready & NEED_METADATA)
		str_addf(out, "%s%s is not there", gap, item->label);
	else if (item->missing && !item->read)
		str_addf(out, "%s%s is missing", gap, item->label);
	else if (c && c->origin.error)
		str_addf(out, "%s%s: %s%s", gap, item->label, item->read ? "old: " : "", c->origin.error);
	else if (c && !item->read && st->diff.count)
		str_addf(out, "%s%s is not read yet", gap, item->label);
}

static void add_remarks(const struct state *st, struct str *out)
{
	for (size_t i = 0; st->panes.s && i < st->count; i++)
		add_item_remark(st, &st->items[i], out);
	if (st->diff.kinds[CONFIG_DIFF_HIDDEN])
		str_addf(out, "%sset, hidden by Kafka and not compared: %zu", out->len ? "  " : "",
			st->diff.kinds[CONFIG_DIFF_HIDDEN]);
}

/* The origin that the empty view is waiting for, or that failed. */
static const struct compared *find_unread(const struct state *st)
{
	for (size_t i = 0; i < st->count; i++)
		if (st->items[i].config && !st->items[i].read && !st->items[i].missing)
			return &st->items[i];
	return NULL;
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const struct compared *item = find_unread(st);
	const struct snapshot *s = st->panes.s;
	struct str what = { 0 }, none = { 0 }, below = { 0 };
	struct waiting waiting = {
		.need = item ? 0 : NEED_METADATA,
		.origin = item ? &item->config->origin :
			s      ? &s->metadata_origin :
				 NULL,
		.denied = "DESCRIBE_CONFIGS on it",
		.operation = "DescribeConfigs",
		.acl = st->scope == CONFIG_BROKER ? "--cluster" : "--topic '*'",
	};

	str_addf(&what, "the configuration of %s",
		item                               ? item->label :
			st->scope == CONFIG_BROKER ? "the brokers" :
						     "the topics");
	if (st->diff.count)
		str_addf(&none, "no difference in %zu configurations; = shows all of them", st->diff.count);
	else
		str_add(&none, "fewer than two of them are there to be compared");
	waiting.what = str_text(&what);
	waiting.none = str_text(&none);
	if (st->diff.count) {
		waiting.need = NEED_METADATA;
		waiting.origin = NULL;
	}
	add_remarks(st, &below);
	panes_draw_one(v, a, &waiting, str_text(&below));
	str_release(&what);
	str_release(&none);
	str_release(&below);
}

static void demand(const struct view *v, struct demand *d)
{
	const struct state *st = v->state;

	d->needs |= st->scope == CONFIG_BROKER ? NEED_BROKER_CONFIG : NEED_TOPIC_CONFIG;
	for (size_t i = 0; i < st->count; i++)
		if (st->scope == CONFIG_BROKER)
			demand_add_broker(d, st->items[i].id);
		else
			demand_add_topic(d, st->items[i].name);
}

static void describe(const struct view *v, struct str *out)
{
	const struct state *st = v->state;

	if (st->diff.count == 0)
		return;
	size_t differ = st->diff.kinds[CONFIG_DIFF_DIFFERS];

	str_addf(out, "%zu settings: ", st->diff.count);
	if (differ)
		str_addf(out, "%zu %s", differ,
			st->scope == CONFIG_TOPIC ? differ == 1 ? "differs" : "differ" :
				differ == 1       ? "drifts" :
						    "drift");
	else
		str_add(out, st->scope == CONFIG_TOPIC ? "none differs" : "no drift");
	if (st->diff.kinds[CONFIG_DIFF_OWN])
		str_addf(out, ", %zu broker-specific", st->diff.kinds[CONFIG_DIFF_OWN]);
}

static void footer(const struct view *v, struct str *out)
{
	panes_footer(v, out);
	str_add(out,
		((const struct state *)v->state)->show_all ? "  all rows; = shows only differences" :
							     "  only differences; = shows all rows");
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	if (id == ACTION_COMPARE) {
		st->show_all = !st->show_all;
		panes_update_tables(v);
		v->ui->calls->changed(v->ui);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_OPEN)
		return "a property opens nothing";
	if (id == ACTION_COPY_COMMAND)
		return "no Kafka tool does this";
	return panes_disabled(v, id);
}

void config_compare_open(struct view *v, const struct table *t,
	void (*row_key)(void *owner, size_t row, struct str *out), bool all_else)
{
	size_t marked[CONFIG_DIFF_MOST + 1];
	size_t count = table_marked(t, marked, CONFIG_DIFF_MOST + 1);
	struct str names = { 0 };

	/* One that is marked is compared with the one under the cursor. */
	if (count == 1 && table_current(t, &marked[1]) && marked[1] != marked[0])
		count = 2;
	if (count < 2 && all_else)
		count = table_visible(t, marked, CONFIG_DIFF_MOST);
	if (count < 2) {
		v->ui->calls->message(v->ui, SEVERITY_WARN,
			"mark one (Space), then press = on the one to compare it with");
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (i)
			str_add_char(&names, ' ');
		row_key(v, marked[i], &names);
	}
	v->ui->calls->open(v->ui, &view_config_compare, view_request_named(str_text(&names)));
	str_release(&names);
}

const struct view_ops view_config_compare = {
	.name = "config-compare",
	.title = "compare",
	.needs = NEED_METADATA,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.demand = demand,
	.click = panes_click,
	.describe = describe,
	.footer = footer,
	.note = panes_note,
	.complete = panes_complete,
};
