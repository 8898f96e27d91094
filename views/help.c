/* SPDX-License-Identifier: BSD-2-Clause */
/* Every action of a view with its keys, from the action table; the filter searches it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/panes.h"
#include "views/views.h"
#include "views/wrap.h"

struct state {
	struct panes panes;        /* first */
	enum action_id *ids;       /* those that work in the view it was asked for */
	size_t count, cap;
};

enum column { KEYS, HELP, NAME, GROUP, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[KEYS] = { "keys", "KEYS", "as bound now, or what to type", COLUMN_TEXT, 16, 99, .searched = true },
	[HELP] = { "help", "WHAT IT DOES", "", COLUMN_NAME, 18, 98, .searched = true },
	[NAME] = { "name", "AFTER :", "name in the command line", COLUMN_TEXT, 22, 40, .searched = true },
	[GROUP] = { "group", "ABOUT", "", COLUMN_TEXT, 7, 30, .searched = true },
};

static enum action_id id_at(const void *owner, size_t row)
{
	return ((const struct state *)((const struct view *)owner)->state)->ids[row];
}

static const struct action *action_at(const void *owner, size_t row)
{
	return &((const struct view *)owner)->ui->actions->rows[id_at(owner, row)];
}

static size_t rows(void *owner)
{
	return ((const struct state *)((const struct view *)owner)->state)->count;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, action_at(owner, row)->name);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct action *a = action_at(owner, row);

	switch ((enum column)column) {
	case KEYS:
		c->kind = CELL_TEXT;
		keymap_keys(((const struct view *)owner)->ui->keymap, id_at(owner, row), &c->text);
		if (c->text.len == 0)
			cell_textf(c, ":%s", a->name);
		c->role = ROLE_KEY;
		break;
	case HELP:
		cell_text(c, a->help);
		break;
	case NAME:
		cell_textf(c, "%s%s%s", a->name, a->argument ? " " : "", a->argument ? a->argument : "");
		break;
	case GROUP:
		cell_text(c, a->group);
		c->role = ROLE_DIM;
		break;
	case COLUMN_COUNT:
		break;
	}
}

static const struct table_ops ops = {
	.columns = columns, .column_count = COLUMN_COUNT, .rows = rows, .key = key, .cell = cell,
};

/* arg: name of the view that is asked about; NULL: all actions. */
static bool open(struct view *v, const char *arg, struct error *err)
{
	struct state *st = v->state;

	(void)err;
	for (size_t i = 1; i < v->ui->actions->count; i++) {
		const struct action *a = &v->ui->actions->rows[i];

		if (!a->name || (arg && *arg && !action_in_view(a, arg)))
			continue;
		st->ids = mem_grow(st->ids, &st->cap, st->count + 1, sizeof(*st->ids));
		st->ids[st->count++] = (enum action_id)i;
	}
	panes_add(v, "help", &ops, v, NULL);
	table_update(panes_active(v));
	return true;
}

static void close(struct view *v)
{
	free(((struct state *)v->state)->ids);
	panes_close(v);
}

static void describe(const struct view *v, struct str *out)
{
	if (v->arg && *v->arg)
		str_addf(out, "keys in %s", v->arg);
}

static void draw(struct view *v, const struct area *a)
{
	struct str why = {0};

	int below = a->rows >= 12 ? 3 : 2;
	size_t row;

	draw_clear(a);
	panes_draw_table(v, 0, a, 0, a->rows - below, true);
	/* The whole sentence about the action under the cursor. */
	if (table_current(panes_active(v), &row)) {
		struct area whole = area_rows(a, a->rows - 2, 2);

		if (below > 2)
			draw_hline(a, a->rows - below, 0, a->cols, ROLE_BORDER);
		wrap_draw(&whole, 0, TABLE_LEAD, ROLE_TEXT, action_at(v, row)->help);
	}
	if (table_why_empty(panes_active(v), &why))
		draw_text(a, 1, TABLE_LEAD, a->cols - TABLE_LEAD, ROLE_DIM, why.p);
	str_release(&why);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	return id == ACTION_OPEN ? "help opens nothing" : panes_disabled(v, id);
}

const struct view_ops view_help = {
	.name = "help", .title = "help", .state_size = sizeof(struct state),
	.open = open, .close = close, .update = panes_update, .draw = draw, .action = panes_action,
	.disabled = disabled, .click = panes_click, .describe = describe, .footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
