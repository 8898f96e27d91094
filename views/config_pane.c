/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/config_pane.h"

#include "views/figures.h"

enum column { NAME, VALUE, ORIGIN, SOURCE, NOTES, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[NAME] = { "name", "NAME", "property", COLUMN_NAME, 34, 99, .searched = true },
	[VALUE] = { "value", "VALUE", "as the broker gives it", COLUMN_NAME, 20, 90, .searched = true },
	[ORIGIN] = { "default", "SET", "set by somebody, or a default",
		COLUMN_TEXT, 7, 20, .searched = true },
	[SOURCE] = { "source", "SOURCE", "where the value comes from",
		COLUMN_TEXT, 29, 60, .searched = true },
	[NOTES] = { "notes", "NOTES", "read-only or sensitive",
		COLUMN_TEXT, 20, 40, .searched = true, .optional = true },
};

static const struct config_entry *entry_at(void *owner, size_t row)
{
	return &((const struct config_pane *)owner)->config->entries[row];
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

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct config_entry *e = entry_at(owner, row);

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
		cell_bool(c, e->is_default, e->is_default ? "default" : "set");
		break;
	case SOURCE:
		cell_text(c, e->source);
		break;
	case NOTES:
		cell_textf(c, "%s%s%s", e->is_sensitive ? "sensitive" : "",
			e->is_sensitive && e->is_read_only ? ", " : "", e->is_read_only ? "read-only" : "");
		break;
	case COLUMN_COUNT:
		break;
	}
	if (c->role == ROLE_TEXT)
		c->role = e->is_default ? ROLE_DIM : column == VALUE ? ROLE_STRONG : ROLE_TEXT;
}

static const struct table_ops ops = {
	.columns = columns, .column_count = COLUMN_COUNT, .rows = rows, .key = key, .cell = cell,
};

void config_pane_add(struct view *v, struct config_pane *pane)
{
	panes_add(v, "configuration", &ops, pane, "default");
}

void config_pane_waiting(const struct area *a, const struct snapshot *s, const struct config_pane *pane,
	const char *what, const char *acl, const struct table *t)
{
	struct waiting waiting = {
		.what = what, .origin = &pane->config->origin, .denied = "DESCRIBE_CONFIGS on it", .acl = acl,
		.operation = "DescribeConfigs", .none = "no configuration",
	};

	waiting_draw(a, s, &waiting, t);
}
