/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/config_pane.h"

#include <string.h>

#include "base/mem.h"
#include "model/config_value.h"
#include "views/tables.h"

enum column { NAME, VALUE, READABLE, ORIGIN, SOURCE, NOTES, TYPE, DEFAULT, DOC, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[NAME] = { "name", "NAME", "property", COLUMN_NAME, 30, 99, .searched = true },
	[VALUE] = { "value", "VALUE", "as the broker gives it", COLUMN_NAME, 16, 90, .searched = true },
	[READABLE] = { "readable", "READS AS", "the value in units, ~ where that is rounded", COLUMN_TEXT, 9, 55,
		.most = 15, .searched = true },
	[ORIGIN] = { "default", "SET", "who set it: topic, broker, file or cluster; or a default", COLUMN_TEXT, 7, 20,
		.searched = true },
	[SOURCE] = { "source", "SOURCE", "where the value comes from", COLUMN_TEXT, 29, 60, .searched = true },
	[NOTES] = { "notes", "NOTES", "read-only or sensitive", COLUMN_TEXT, 20, 40, .searched = true,
		.optional = true },
	[TYPE] = { "type", "TYPE", "Kafka's type and the unit", COLUMN_TEXT, 12, 16, .searched = true },
	[DEFAULT] = { "kafka_default", "KAFKA'S DEFAULT", "where neither topic nor broker sets it", COLUMN_TEXT, 15, 10,
		.most = 24 },
	[DOC] = { "doc", "WHAT IT IS", "a sentence about it", COLUMN_NAME, 40, 14, .searched = true },
};

static const struct config_entry *entry_at(void *owner, size_t row)
{
	return &((const struct config_pane *)owner)->config->entries[row];
}

static const struct config_def *def_at(void *owner, size_t row)
{
	return config_catalog_find(((const struct config_pane *)owner)->scope, entry_at(owner, row)->name);
}

static size_t rows(void *owner)
{
	const struct config_pane *pane = owner;

	return pane->config ? pane->config->count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, entry_at(owner, row)->name);
}

/* Empty where it would only repeat the value. */
static void readable_cell(struct cell *c, const struct config_def *def, const char *value)
{
	struct str text = { 0 };

	if (def && value)
		config_value_print(def, value, &text);
	cell_text(c, def && value && strcmp(str_text(&text), value) != 0 ? str_text(&text) : "");
	str_release(&text);
}

static void type_cell(struct cell *c, const struct config_def *def)
{
	const char *unit = config_unit_name(def->unit);

	if (*unit && def->unit != CONFIG_UNIT_COUNT && def->unit != CONFIG_UNIT_RATIO)
		cell_textf(c, "%s %s", config_type_name(def->type), unit);
	else
		cell_text(c, config_type_name(def->type));
}

/* Who set it: on this very topic or broker, for all brokers, in the broker's file, or nobody. */
static const char *set_by(enum config_scope scope, const struct config_entry *e)
{
	const char *source = e->source ? e->source : "";

	if (strcmp(source, "DYNAMIC_TOPIC_CONFIG") == 0)
		return "topic";
	if (strcmp(source, "GROUP_CONFIG") == 0)
		return "group";
	if (e->is_default)
		return "default";
	if (scope == CONFIG_TOPIC)
		return "broker";
	return strcmp(source, "STATIC_BROKER_CONFIG") == 0           ? "file" :
		strcmp(source, "DYNAMIC_DEFAULT_BROKER_CONFIG") == 0 ? "cluster" :
								       "broker";
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct config_entry *e = entry_at(owner, row);
	const struct config_def *def = column == READABLE || column >= TYPE ? def_at(owner, row) : NULL;

	switch ((enum column)column) {
	case NAME:
		cell_text(c, e->name);
		break;
	case VALUE:
		cell_text(c, e->value);
		if (e->is_sensitive && !e->value)
			c->role = ROLE_UNKNOWN;
		break;
	case ORIGIN:
		cell_bool(c, e->is_default, set_by(((const struct config_pane *)owner)->scope, e));
		break;
	case SOURCE:
		cell_text(c, e->source);
		break;
	case NOTES:
		cell_textf(c, "%s%s%s", e->is_sensitive ? "sensitive" : "",
			e->is_sensitive && e->is_read_only ? ", " : "", e->is_read_only ? "read-only" : "");
		break;
	case READABLE:
		readable_cell(c, def, e->value);
		break;
	case TYPE:
		if (def)
			type_cell(c, def);
		break;
	case DEFAULT:
		if (def)
			cell_text(c, def->default_value);
		break;
	case DOC:
		cell_text(c, def && def->doc ? def->doc : "");
		break;
	case COLUMN_COUNT:
		break;
	}
	if (((const struct config_pane *)owner)->config->origin.outdated && column != NAME && column != DOC)
		cell_stale(c);
	if (c->role == ROLE_TEXT)
		c->role = e->is_default ? ROLE_DIM : column == VALUE || column == READABLE ? ROLE_STRONG : ROLE_TEXT;
}

void config_pane_note(enum config_scope scope, const char *name, struct str *out)
{
	const struct config_def *def = config_catalog_find(scope, name);
	struct str rule = { 0 };

	if (!def)
		return;
	if (def->doc)
		str_addf(out, "%s  ", def->doc);
	config_value_rule(def, &rule);
	str_addf(out, "%s%s%s%s", config_type_name(def->type), rule.len ? ", " : "", str_text(&rule),
		def->mode == CONFIG_READ_ONLY ? ", only in the broker's file" : "");
	str_release(&rule);
}

static void note(void *owner, size_t row, struct str *out)
{
	config_pane_note(((const struct config_pane *)owner)->scope, entry_at(owner, row)->name, out);
}

const struct table_ops config_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.note = note,
};

/* The type alone says it; there is no value. */
static const struct view_request_type configuration_asked = { 0 };

void config_pane_open(struct ui *ui, const struct view_ops *view, const char *name)
{
	ui->calls->open(ui, view, (struct view_request){ .name = mem_strdup(name), .type = &configuration_asked });
}

bool config_pane_is_asked(const struct view_request *request)
{
	return request->type == &configuration_asked;
}

void config_pane_add(struct view *v, struct config_pane *pane, enum config_scope scope)
{
	pane->scope = scope;
	panes_add(v, "configuration", &config_table, pane, "default");
}

void config_pane_waiting(const struct area *a, const struct snapshot *s, const struct config_pane *pane,
	const char *what, const char *acl, const struct table *t)
{
	struct waiting waiting = {
		.what = what,
		.origin = &pane->config->origin,
		.denied = "DESCRIBE_CONFIGS on it",
		.acl = acl,
		.operation = "DescribeConfigs",
		.none = "no configuration",
	};

	waiting_draw(a, s, &waiting, t);
}
