/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The actions of a view with their keys, from the action table: first those of the view, then those that
 * work everywhere. For an open form, the keys of forms. The filter searches the help too.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/form.h"
#include "views/panes.h"
#include "views/views.h"
#include "views/wrap.h"

struct help_line {
	const struct form_key *key; /* of a form; NULL: an action */
	enum action_id id;
};

struct state {
	struct panes panes;      /* first */
	struct help_line *lines; /* what works in the view it was asked for */
	size_t count, cap;
};

enum column { KEYS, HELP, NAME, GROUP, WORDS, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[KEYS] = { "keys", "KEYS", "as bound now, or what to type", COLUMN_TEXT, 16, 99, .searched = true },
	[HELP] = { "help", "WHAT IT DOES", "", COLUMN_NAME, 18, 98, .searched = true },
	[NAME] = { "name", "COMMAND", "what to type after :", COLUMN_TEXT, 22, 40, .from_cols = 100, .searched = true },
	[GROUP] = { "group", "ABOUT", "", COLUMN_TEXT, 8, 30, .from_cols = 110, .searched = true },
	[WORDS] = { "words", "SEARCH WORDS", "what else people call it: the search looks here, too", COLUMN_NAME, 20,
		20, .from_cols = 170, .searched = true },
};

static const struct help_line *line_at(const void *owner, size_t row)
{
	return &((const struct state *)((const struct view *)owner)->state)->lines[row];
}

static const struct action *action_of(const struct view *v, enum action_id id)
{
	return &v->ui->actions->rows[id];
}

static const char *help_at(const struct view *v, size_t row)
{
	const struct help_line *line = line_at(v, row);

	return line->key ? line->key->help : action_of(v, line->id)->help;
}

static size_t rows(void *owner)
{
	return ((const struct state *)((const struct view *)owner)->state)->count;
}

static void key(void *owner, size_t row, struct str *out)
{
	const struct help_line *line = line_at(owner, row);

	str_add(out, line->key ? line->key->keys : action_of(owner, line->id)->name);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct help_line *line = line_at(owner, row);
	const struct action *a = action_of(owner, line->id);

	switch ((enum column)column) {
	case KEYS:
		c->kind = CELL_TEXT;
		if (line->key)
			str_add(&c->text, line->key->keys);
		else
			keymap_keys(((const struct view *)owner)->ui->keymap, line->id, &c->text);
		if (c->text.len == 0)
			cell_textf(c, ":%s", a->name);
		c->role = ROLE_KEY;
		break;
	case HELP:
		cell_text(c, help_at(owner, row));
		break;
	case NAME:
		if (!line->key)
			cell_textf(c, "%s%s%s", a->name, a->argument ? " " : "", a->argument ? a->argument : "");
		break;
	case GROUP:
		cell_text(c, line->key ? "Form" : a->group);
		c->role = ROLE_DIM;
		break;
	case WORDS:
		cell_text(c, line->key || !a->words ? "" : a->words);
		c->role = ROLE_DIM;
		break;
	case COLUMN_COUNT:
		break;
	}
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
};

static void add_help_line(struct state *st, const struct form_key *key, enum action_id id)
{
	st->lines = mem_grow(st->lines, &st->cap, st->count + 1, sizeof(*st->lines));
	st->lines[st->count++] = (struct help_line){ key, id };
}

/* Actions in the view's line of hints come first, actions that delete come after all other changes. */
static int rank(const struct view *under, const struct action *a, enum action_id id)
{
	static const char *const after[] = { "Tables", "Data", "Views", "Look", "Moving" };
	const char *own = under && under->ops->hint ? under->ops->hint(under, id) : NULL;

	if (id == ACTION_OPEN)
		return 0;
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		if (strcmp(a->group, after[i]) == 0 && !(own && *own))
			return (int)i + 4;
	}
	if (id == ACTION_DELETE || id == ACTION_TRUNCATE)
		return 3;
	if (own ? *own != '\0' : a->hint != NULL)
		return 0;
	return a->fits ? 1 : 2;
}

static void add_actions(struct view *v)
{
	for (int wanted = 0; wanted < 9; wanted++)
		for (size_t i = 1; i < v->ui->actions->count; i++) {
			enum action_id id = (enum action_id)i;
			const struct action *a = action_of(v, id);

			if (a->name && rank(v->under, a, id) == wanted && (!v->under || action_fits(a, v->under->ops)))
				add_help_line(v->state, NULL, id);
		}
}

/* About the view it was opened from. */
static bool open(struct view *v, struct error *err)
{
	static const enum action_id beside_a_form[] = { ACTION_CANCEL, ACTION_VIEW_HELP, ACTION_REDRAW,
		ACTION_SUSPEND };
	struct state *st = v->state;

	(void)err;
	if (v->under && v->under->ops->typing && v->under->ops->typing(v->under)) {
		for (size_t i = 0; i < form_key_count; i++)
			add_help_line(st, &form_keys[i], ACTION_NONE);
		for (size_t i = 0; i < sizeof(beside_a_form) / sizeof(beside_a_form[0]); i++)
			add_help_line(st, NULL, beside_a_form[i]);
	} else {
		add_actions(v);
	}
	panes_add(v, "help", &ops, v, NULL);
	table_update(panes_active(v));
	return true;
}

static void close(struct view *v)
{
	free(((struct state *)v->state)->lines);
	panes_close(v);
}

static void describe(const struct view *v, struct str *out)
{
	if (v->under)
		str_addf(out, "keys in %s", v->under->ops->name);
}

static void draw(struct view *v, const struct area *a)
{
	int below = a->rows >= 12 ? 3 : 2;
	size_t row;

	draw_clear(a);
	panes_draw_table(v, 0, a, 0, a->rows - below, true);
	/* The help of the action under the cursor, unabridged. */
	if (table_current(panes_active(v), &row)) {
		struct area whole = area_rows(a, a->rows - 2, 2);

		if (below > 2)
			draw_hline(a, a->rows - below, 0, a->cols, ROLE_BORDER);
		wrap_draw(&whole, 0, TABLE_LEAD, ROLE_TEXT, help_at(v, row));
	}
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_OPEN)
		return "a line of the help has no details to open";
	if (id == ACTION_SORT || id == ACTION_SORT_NEXT)
		return "the help is in an order of its own";
	return panes_disabled(v, id);
}

const struct view_ops view_help = {
	.name = "help",
	.title = "help",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE,
	.open = open,
	.close = close,
	.update = panes_update,
	.draw = draw,
	.action = panes_action,
	.disabled = disabled,
	.click = panes_click,
	.describe = describe,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
