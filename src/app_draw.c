/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole picture: header, tabs or breadcrumb, pane, hints, message or prompt. */
#include "app_state.h"

#include <string.h>

#include "ui/screen.h"
#include "ui/status.h"

enum { ROWS_ABOVE = 2, ROWS_BELOW = 2 };

struct area app_pane_area(const struct app *app)
{
	(void)app;
	struct area a = screen_area();
	return area_rows(&a, ROWS_ABOVE, a.rows - ROWS_ABOVE - ROWS_BELOW);
}

/* The tabs as words; `names` holds their texts. */
static size_t tab_words(const struct app *app, struct status_word *words, struct str *names)
{
	for (int i = 0; i < app->tab_count; i++) {
		const struct view_ops *root = app->tabs[i].root;
		enum action_id id = action_find(app->ui.actions, root->name);
		if (id != ACTION_NONE)
			keymap_first_key(app->keymap, id, &names[i]);
		if (names[i].len)
			str_add_char(&names[i], ' ');
		str_add(&names[i], root->title);
		words[i] = (struct status_word){ .text = str_text(&names[i]), .gap = i ? 2 : 1,
			.role = i == app->tab ? ROLE_TAB_ACTIVE : ROLE_TAB,
			.priority = i == app->tab ? 99 : 50 - i };
	}
	return (size_t)app->tab_count;
}

static void draw_tabs(const struct app *app, const struct area *a)
{
	struct status_word words[APP_TABS_MAX];
	struct str names[APP_TABS_MAX] = { 0 };
	size_t count = tab_words(app, words, names);
	status_draw(a, 0, ROLE_TEXT, words, count);
	for (size_t i = 0; i < count; i++)
		str_release(&names[i]);
}

int app_tab_at(const struct app *app, int col)
{
	struct status_word words[APP_TABS_MAX];
	struct str names[APP_TABS_MAX] = { 0 };
	if (app->tabs[app->tab].count > 1)
		return col < 2 + (int)strlen(app->tabs[app->tab].root->title) ? app->tab : -1;
	size_t count = tab_words(app, words, names);
	struct area a = screen_area();
	int found = status_word_at(&a, words, count, col);
	for (size_t i = 0; i < count; i++)
		str_release(&names[i]);
	return found;
}

/* "groups > recommender", then what the view says about it. */
static void draw_path(const struct app *app, const struct area *a)
{
	const struct app_tab *tab = &app->tabs[app->tab];
	struct str before = { 0 }, here = { 0 }, about = { 0 };
	for (size_t i = 0; i < tab->count; i++) {
		const struct view *v = tab->panes[i].view;
		struct str *part = i + 1 < tab->count ? &before : &here;
		bool named = i > 0 && v->arg && strcmp(v->ops->name, "help") != 0;
		str_add(part, named ? group_id_shown(v->arg) : v->ops->title);
		if (part == &before)
			str_add(part, " > ");
	}
	const struct view *v = app_pane(app)->view;
	if (v->ops->describe)
		v->ops->describe(v, &about);
	const struct status_word words[] = {
		{ .text = str_text(&before), .role = ROLE_TAB, .priority = 2, .least = 8 },
		{ .text = str_text(&here), .role = ROLE_TAB_ACTIVE, .priority = 3, .least = 12 },
		{ .text = str_text(&about), .role = ROLE_DIM, .priority = 1, .least = 12, .gap = 4 },
	};
	struct area inner = area_cols(a, 1, a->cols - 1);
	status_draw(&inner, 0, ROLE_TEXT, words, sizeof(words) / sizeof(*words));
	str_release(&before);
	str_release(&here);
	str_release(&about);
}

enum { HINTS_MAX = 8 };

/* Key and word of what can be done here now; `keys` holds the texts. */
static size_t hint_words(const struct app *app, struct status_word *words, struct str *keys)
{
	const struct action_set *set = app->ui.actions;
	const char *view = app_pane(app)->view->ops->name;
	size_t count = 0;
	for (size_t i = 1; i < set->count && count < HINTS_MAX; i++) {
		const struct action *row = &set->rows[i];
		enum action_id id = (enum action_id)i;
		const struct view *v = app_pane(app)->view;
		const char *own = v->ops->hint ? v->ops->hint(v, id) : NULL;
		if (!(own || row->hint) || row->flags & ACTION_HIDDEN || !action_in_view(row, view) ||
			app_disabled(app, id))
			continue;
		if ((own && !*own) || (id == ACTION_BACK && app->tabs[app->tab].count == 1))
			continue;
		struct str *key = &keys[count];
		keymap_first_key(app->keymap, id, key);
		if (key->len == 0)
			continue;
		words[count] = (struct status_word){ .key = str_text(key), .text = own ? own : row->hint,
			.role = ROLE_HINT,
			.priority = 30 - (int)count, .gap = 3, .right = true };
		count++;
	}
	return count;
}

static void draw_hints(const struct app *app, const struct area *a)
{
	struct status_word words[1 + HINTS_MAX];
	struct str keys[HINTS_MAX] = { 0 }, left = { 0 };
	const struct view *v = app_pane(app)->view;
	if (v->ops->footer)
		v->ops->footer(v, &left);
	words[0] = (struct status_word){ .text = str_text(&left), .role = ROLE_DIM, .priority = 99,
		.least = 20, .gap = 1 };
	size_t count = 1 + (app_is_typing(app) ? 0 : hint_words(app, words + 1, keys));
	struct area inner = area_cols(a, 0, a->cols - 1);
	status_draw(&inner, 0, ROLE_TEXT, words, count);
	for (int i = 0; i < HINTS_MAX; i++)
		str_release(&keys[i]);
	str_release(&left);
}

static void draw_message(const struct app *app, const struct area *a)
{
	static const struct {
		const char *sign;
		enum role role;
	} look[SEVERITY_COUNT] = { { "", ROLE_MESSAGE }, { "", ROLE_MESSAGE }, { "~ ", ROLE_WARN },
		{ "! ", ROLE_ERROR } };
	const struct view *v = app_pane(app)->view;
	struct str text = { 0 };
	if (!app->message) {
		if (v->ops->note)
			v->ops->note(v, &text);
		draw_text(a, 0, 1, a->cols - 2, ROLE_DIM, str_text(&text));
		str_release(&text);
		return;
	}
	str_addf(&text, "%s%s", look[app->severity].sign, app->message);
	draw_text(a, 0, 1, a->cols - 2, look[app->severity].role, str_text(&text));
	str_release(&text);
}

bool app_draw(struct app *app)
{
	if (!app->dirty)
		return false;
	app->dirty = false;
	struct area all = screen_area(), pane = app_pane_area(app);
	draw_clear(&all);
	struct area top = area_rows(&all, 0, 1), tabs = area_rows(&all, 1, 1);
	struct area hints = area_rows(&all, all.rows - 2, 1), last = area_rows(&all, all.rows - 1, 1);
	app_draw_header(app, &top);
	if (app->tabs[app->tab].count > 1)
		draw_path(app, &tabs);
	else
		draw_tabs(app, &tabs);
	struct view *v = app_pane(app)->view;
	bool covered = app->confirm || app->dialog || app->prompt;
	if (!covered)
		screen_cursor(-1, -1);
	v->ops->draw(v, &pane);
	draw_hints(app, &hints);
	draw_message(app, &last);
	/* The cursor is of what has the keys: a field of the view, else what lies over it. */
	if (covered)
		screen_cursor(-1, -1);
	if (app->dialog)
		dialog_draw(app->dialog, &pane);
	if (app->confirm)
		confirm_draw(app->confirm, &pane);
	if (app->prompt)
		prompt_draw(app->prompt, &all);
	/* What is on the screen is known only now. */
	app_send_demand(app);
	return true;
}
