/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/export.h"
#include "ui/table_private.h"
#include "ui/view.h"

enum { SCROLL_COLS = 8 };

/* The rows that an action on several rows is about: the marked ones, else all that are shown. The caller frees. */
static size_t *chosen_rows(const struct table *t, size_t *count)
{
	size_t *rows = mem_alloc((t->list.count + 1) * sizeof(*rows));

	*count = table_marked(t, rows, t->list.count);
	if (*count == 0)
		for (size_t i = 0; i < t->list.count; i++)
			rows[(*count)++] = t->order[i];
	return rows;
}

static void export_done(struct ui *ui, void *data, const char *path)
{
	struct table *t = data;
	struct str content = { 0 }, message = { 0 };
	struct error err = { 0 };
	size_t count, *rows;

	if (!path || !*path)
		return;
	rows = chosen_rows(t, &count);
	if (export_is_json(path))
		export_json(t->ops, t->owner, rows, count, &content);
	else
		export_csv(t->ops, t->owner, rows, count, &content);
	if (export_write(path, &content, &err)) {
		str_addf(&message, "%zu row%s written to %s", count, count == 1 ? "" : "s", path);
		ui->calls->message(ui, SEVERITY_OK, str_text(&message));
	} else {
		ui->calls->message(ui, SEVERITY_CRIT, err.message);
	}
	str_release(&message);
	str_release(&content);
	free(rows);
}

static void export_to(struct table *t, struct ui *ui, const char *path)
{
	struct str name = { 0 };

	if (path && *path) {
		export_done(ui, t, path);
		return;
	}
	export_default_name(t->name, &name);
	ui->calls->prompt(ui, "export to (.csv or .json): ", str_text(&name), "export", NULL, export_done, t);
	str_release(&name);
}

static void copy_keys(struct table *t, struct ui *ui)
{
	size_t count, *rows = chosen_rows(t, &count);
	struct str text = { 0 };

	if (t->list.mark_count == 0 || count == 0) {
		str_add(&text, table_current_key(t));
	} else {
		for (size_t i = 0; i < count; i++) {
			if (i > 0)
				str_add_char(&text, '\n');
			t->ops->key(t->owner, rows[i], &text);
		}
	}
	ui->calls->copy(ui, str_text(&text), t->list.mark_count ? "the marked names" : "the name");
	str_release(&text);
	free(rows);
}

static void copy_rows(struct table *t, struct ui *ui)
{
	size_t at = t->order[t->list.cursor], count, *rows = chosen_rows(t, &count);
	bool marked = t->list.mark_count > 0 && count > 0;
	struct str text = { 0 };

	for (size_t i = 0; i < (marked ? count : 1); i++) {
		if (i > 0)
			str_add_char(&text, '\n');
		export_row(t->ops, t->owner, marked ? rows[i] : at, &text);
	}
	ui->calls->copy(ui, str_text(&text), marked ? "the marked rows" : "the row");
	str_release(&text);
	free(rows);
}

/* Esc first removes the filter; without one it leaves the view. */
static enum action_result clear_filter(struct table *t, struct ui *ui)
{
	if (!t->filter)
		return ACTION_IGNORED;
	table_set_filter(t, NULL, NULL);
	table_update(t);
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

/* Gives names more room, or less, at the cost of other columns; false when that changes nothing. */
static bool widen_names(struct table *t, int step)
{
	int now = columns_name_cells(t->ops->columns, &t->layout);
	struct column_layout l;

	for (int wide = t->wide + step; wide >= 0 && wide <= t->cols; wide += step) {
		table_layout(t, wide, &l);
		if (columns_name_cells(t->ops->columns, &l) == now)
			continue;
		t->wide = wide;
		return true;
	}
	return false;
}

/* To the right: long names first push out other columns; when none is left, their beginnings scroll out. */
static void scroll_sideways(struct table *t, int delta)
{
	int most = 0;

	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];
		bool name = t->ops->columns[p->column].kind == COLUMN_NAME;
		int over = name ? t->natural[p->column] - p->width : 0;

		if (over > most)
			most = over;
	}
	if (t->scroll == 0 && (delta < 0 || most > 0) && widen_names(t, delta > 0 ? 1 : -1))
		return;
	t->scroll += delta;
	if (t->scroll > most)
		t->scroll = most;
	if (t->scroll < 0)
		t->scroll = 0;
}

static void sort_next(struct table *t)
{
	int i, at = 0;

	for (i = 0; i < t->layout.count; i++)
		if (t->layout.places[i].column == t->sort)
			at = i + 1;
	if (t->layout.count == 0)
		return;
	t->sort = t->layout.places[at % t->layout.count].column;
	t->descending = table_descends_first(t, t->sort);
}

static void toggle_mark(struct table *t)
{
	char *key = mem_strdup(table_current_key(t));

	list_mark(&t->list, key, !list_marked(&t->list, key));
	free(key);
	list_move(&t->list, 1);
}

static void mark_all(struct table *t)
{
	struct str key = { 0 };

	for (size_t i = 0; i < t->list.count; i++) {
		str_clear(&key);
		t->ops->key(t->owner, t->order[i], &key);
		list_mark(&t->list, str_text(&key), true);
	}
	str_release(&key);
}

static void columns_done(struct ui *ui, void *data, const struct choice *choices, size_t count)
{
	struct table *t = data;

	for (size_t i = 0; choices && i < count; i++) {
		/* the first column names the row and stays */
		if (choices[i].on)
			t->off &= ~(2u << i);
		else
			t->off |= 2u << i;
	}
	ui->calls->changed(ui);
}

static void ask_columns(struct table *t, struct ui *ui)
{
	struct choice choices[TABLE_COLUMNS_MAX];
	int count = t->ops->column_count - 1;

	for (int i = 0; i < count; i++) {
		const struct table_column *c = &t->ops->columns[i + 1];
		bool on = !(t->off & 2u << i);

		choices[i] = (struct choice){ .label = c->title,
			.on = on,
			.help = !on || table_is_placed(t, i + 1) ? c->help :
				t->empty & 2u << i               ? "hidden: it is empty" :
								   "hidden: there is no room" };
	}
	ui->calls->choose(ui, "columns", choices, (size_t)count, columns_done, t);
}

static enum action_result sort_by(struct table *t, struct ui *ui, const char *column)
{
	struct error err = { 0 };

	if (!column || !*column) {
		sort_next(t);
	} else if (!table_set_sort(t, column, &err)) {
		ui->calls->message(ui, SEVERITY_WARN, err.message);
		return ACTION_HANDLED;
	}
	table_update(t);
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

static enum action_result filter_by(struct table *t, struct ui *ui, const char *text)
{
	struct error err = { 0 };

	if (!text || !*text) {
		table_ask_filter(t, ui);
		return ACTION_HANDLED;
	}
	if (!table_set_filter(t, text, &err))
		ui->calls->message(ui, SEVERITY_WARN, err.message);
	table_update(t);
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

static enum action_result find_again(struct table *t, struct ui *ui, int direction)
{
	if (!table_find(t, direction, false))
		ui->calls->message(ui, SEVERITY_WARN, "not found");
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

static bool table_move(struct table *t, enum action_id id)
{
	switch (id) {
	case ACTION_UP:
		list_move(&t->list, -1);
		return true;
	case ACTION_DOWN:
		list_move(&t->list, 1);
		return true;
	case ACTION_TOP:
		list_move_to(&t->list, 0);
		return true;
	case ACTION_BOTTOM:
		list_move_to(&t->list, t->list.count);
		return true;
	case ACTION_PAGE_UP:
		list_move_page(&t->list, -1);
		return true;
	case ACTION_PAGE_DOWN:
		list_move_page(&t->list, 1);
		return true;
	case ACTION_LEFT:
		scroll_sideways(t, -SCROLL_COLS);
		return true;
	case ACTION_RIGHT:
		scroll_sideways(t, SCROLL_COLS);
		return true;
	default:
		return false;
	}
}

const char *table_disabled(const struct table *t, enum action_id id)
{
	bool empty = t->list.count == 0;

	switch (id) {
	case ACTION_MARK:
	case ACTION_MARK_ALL:
	case ACTION_COPY:
	case ACTION_COPY_ROW:
	case ACTION_EXPORT:
		return empty ? "no row is shown" : NULL;
	case ACTION_UNMARK_ALL:
		return t->list.mark_count ? NULL : "nothing is marked";
	case ACTION_PROBLEMS:
		return t->ops->problem ? NULL : "no row here can have a problem";
	case ACTION_ONLY_LAG:
		return t->ops->quiet ? NULL : "rows here have no lag";
	case ACTION_FIND_NEXT:
	case ACTION_FIND_PREV:
		return t->search && t->pattern ? NULL : "there is no search yet: / begins one";
	case ACTION_SORT_REVERSE:
		return t->sort >= 0 ? NULL : "no column is sorted by";
	default:
		return NULL;
	}
}

enum action_result table_action(struct table *t, struct ui *ui, enum action_id id, const char *arg)
{
	if (table_disabled(t, id))
		return ACTION_IGNORED;
	if (table_move(t, id)) {
		/* other rows are on the screen now, so the demand changed */
		ui->calls->changed(ui);
		return ACTION_HANDLED;
	}
	switch (id) {
	case ACTION_FILTER:
		return filter_by(t, ui, arg);
	case ACTION_SORT:
	case ACTION_SORT_NEXT:
		return sort_by(t, ui, arg);
	case ACTION_SORT_REVERSE:
		t->descending = !t->descending;
		break;
	case ACTION_FIND_NEXT:
		return find_again(t, ui, 1);
	case ACTION_FIND_PREV:
		return find_again(t, ui, -1);
	case ACTION_PROBLEMS:
		t->problems_only = !t->problems_only;
		break;
	case ACTION_ONLY_LAG:
		t->only_lag = !t->only_lag;
		break;
	case ACTION_MARK:
		toggle_mark(t);
		break;
	case ACTION_MARK_ALL:
		mark_all(t);
		break;
	case ACTION_UNMARK_ALL:
		list_unmark_all(&t->list);
		break;
	case ACTION_COLUMNS:
		ask_columns(t, ui);
		return ACTION_HANDLED;
	case ACTION_COPY:
		copy_keys(t, ui);
		return ACTION_HANDLED;
	case ACTION_COPY_ROW:
		copy_rows(t, ui);
		return ACTION_HANDLED;
	case ACTION_EXPORT:
		export_to(t, ui, arg);
		return ACTION_HANDLED;
	case ACTION_BACK:
		return clear_filter(t, ui);
	default:
		return ACTION_IGNORED;
	}
	table_update(t);
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

bool table_click(struct table *t, int row, int col)
{
	size_t index = t->list.top + (size_t)row - 1;

	if (row > 0) {
		if (index >= t->list.count)
			return false;
		list_move_to(&t->list, index);
		return true;
	}
	for (int i = 0; i < t->layout.count; i++) {
		const struct column_place *p = &t->layout.places[i];

		if (col < p->col || col >= p->col + p->width)
			continue;
		t->descending = t->sort == p->column ? !t->descending : table_descends_first(t, p->column);
		t->sort = p->column;
		table_update(t);
	}
	return false;
}
