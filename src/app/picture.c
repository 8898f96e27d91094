/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/picture.h"

#include <string.h>

#include "app/app_parts.h"
#include "app/dispatch.h"
#include "app/header.h"
#include "app/keys.h"
#include "ui/notice.h"
#include "ui/screen.h"
#include "ui/status.h"

enum { TAB_ROW = 1, ROWS_BELOW = 2, PATH_ROWS_LEAST = 20 };

static bool is_deep(const struct tab *tab)
{
	return tab->count > 1;
}

/* The path has a row of its own. On a small screen it stands in the row of the tabs. */
static int path_row(const struct area *screen)
{
	return screen->rows >= PATH_ROWS_LEAST ? TAB_ROW + 1 : TAB_ROW;
}

struct area picture_pane_area(const struct app *app)
{
	struct area a = screen_area();
	int above = 1 + (is_deep(tabs_shown(app->shown)) ? path_row(&a) : TAB_ROW);
	return area_rows(&a, above, a.rows - above - ROWS_BELOW);
}

/* The tabs as words, whose texts are in `names`. */
static size_t tab_words(const struct app *app, struct status_word *words, struct str *names)
{
	for (int i = 0; i < app->shown->tabs.count; i++) {
		const struct view_ops *root = app->shown->tabs.items[i].root;
		enum action_id id = action_find(app->shown->ui.actions, root->name);
		if (id != ACTION_NONE)
			keymap_first_key(app->keymap, id, &names[i]);
		if (names[i].len)
			str_add_char(&names[i], ' ');
		str_addf(&names[i], "%s%s", root->title, is_deep(&app->shown->tabs.items[i]) ? " >" : "");
		words[i] = (struct status_word){ .text = str_text(&names[i]),
			.gap = i ? 2 : 1,
			.role = i == app->shown->tabs.at ? ROLE_TAB_ACTIVE : ROLE_TAB,
			.priority = i == app->shown->tabs.at ? 99 : 50 - i };
	}
	return (size_t)app->shown->tabs.count;
}

static void draw_tabs(const struct app *app, const struct area *a)
{
	struct status_word words[TABS_MAX];
	struct str names[TABS_MAX] = { 0 };
	size_t count = tab_words(app, words, names);
	status_draw(a, 0, ROLE_TEXT, words, count);
	for (size_t i = 0; i < count; i++)
		str_release(&names[i]);
}

int picture_tab_at(const struct app *app, int row, int col)
{
	struct status_word words[TABS_MAX];
	struct str names[TABS_MAX] = { 0 };
	struct area a = screen_area();
	if (is_deep(tabs_shown(app->shown)) && row == path_row(&a))
		return col < 2 + (int)strlen(app->shown->tabs.items[app->shown->tabs.at].root->title) ?
			app->shown->tabs.at :
			-1;
	if (row != TAB_ROW)
		return -1;
	size_t count = tab_words(app, words, names);
	int found = status_word_at(&a, words, count, col);
	for (size_t i = 0; i < count; i++)
		str_release(&names[i]);
	return found;
}

/* "groups > recommender", then what the view says about its subject. */
static void draw_path(const struct app *app, const struct area *a)
{
	const struct tab *tab = tabs_shown(app->shown);
	struct str before = { 0 }, here = { 0 }, about = { 0 };
	for (size_t i = 0; i < tab->count; i++) {
		const struct view *v = tab->panes[i].view;
		struct str *part = i + 1 < tab->count ? &before : &here;
		str_add(part, i > 0 && v->request.name ? group_id_shown(v->request.name) : v->ops->title);
		if (part == &before)
			str_add(part, " > ");
	}
	const struct view *v = tabs_view(app->shown);
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

enum { HINTS_MAX = 16 };

/* The order of the hints: actions of this view before those of every view, help last. */
enum hint_rank {
	HINT_OPEN,
	HINT_READ,
	HINT_OWN,
	HINT_PARTS,
	HINT_TABLE,
	HINT_BACK,
	HINT_COMMAND,
	HINT_HELP,
	HINT_RANKS
};

static enum hint_rank hint_rank(const struct action *row, enum action_id id, bool own)
{
	if (id == ACTION_OPEN)
		return HINT_OPEN;
	if (id == ACTION_VIEW_HELP)
		return HINT_HELP;
	if (id == ACTION_BACK)
		return HINT_BACK;
	if (id == ACTION_NEXT_PANE)
		return HINT_PARTS;
	if (strcmp(row->group, "Messages") == 0)
		return HINT_READ;
	if (own || strcmp(row->group, "Changes") == 0)
		return HINT_OWN;
	return strcmp(row->group, "Tables") == 0 ? HINT_TABLE : HINT_COMMAND;
}

/* The hint of an action. NULL: it has none, or it cannot be done now. */
static const char *hint_word(const struct app *app, enum action_id id, bool *is_own)
{
	const struct action *row = &app->shown->ui.actions->rows[id];
	const struct view *v = tabs_view(app->shown);
	const char *own = v->ops->hint ? v->ops->hint(v, id) : NULL;
	*is_own = own != NULL;
	if (!(own || row->hint) || (own && !*own) || row->flags & ACTION_HIDDEN || !action_fits(row, v->ops) ||
		dispatch_disabled(app->shown, id))
		return NULL;
	if (id == ACTION_BACK && !is_deep(tabs_shown(app->shown)))
		return NULL;
	return own ? own : row->hint;
}

/* The hints of what can be done now. The texts of the keys are in `keys`. */
static size_t hint_words(const struct app *app, struct status_word *words, struct str *keys)
{
	/* On a narrow screen the hint of help is the last to go, and the hint of the row the one before. */
	static const int priority[HINT_RANKS] = { [HINT_OPEN] = 97,
		[HINT_READ] = 82,
		[HINT_OWN] = 80,
		[HINT_PARTS] = 70,
		[HINT_TABLE] = 40,
		[HINT_BACK] = 60,
		[HINT_COMMAND] = 20,
		[HINT_HELP] = 98 };
	struct {
		const char *word;
		enum hint_rank rank;
	} hints[ACTION_COUNT];
	size_t count = 0;
	for (size_t i = 1; i < app->shown->ui.actions->count; i++) {
		enum action_id id = (enum action_id)i;
		bool own;
		hints[i].word = hint_word(app, id, &own);
		if (hints[i].word)
			hints[i].rank = hint_rank(&app->shown->ui.actions->rows[i], id, own);
	}
	for (int rank = 0; rank < HINT_RANKS; rank++)
		for (size_t i = 1; i < app->shown->ui.actions->count && count < HINTS_MAX; i++) {
			struct str *key = &keys[count];
			if (!hints[i].word || (int)hints[i].rank != rank)
				continue;
			keymap_first_key(app->keymap, (enum action_id)i, key);
			if (key->len == 0)
				continue;
			words[count] = (struct status_word){ .key = str_text(key),
				.text = hints[i].word,
				.role = ROLE_HINT,
				.priority = priority[rank],
				.gap = 3,
				.right = true };
			count++;
		}
	return count;
}

enum { FOOTER_WORDS = 6, WORD_WHOLE = 24 };

/* The view's own words. The number of rows is always whole; the others make room for the hints. */
static void footer_words(const struct app *app, struct status_word *words, struct str *text)
{
	const struct view *v = tabs_view(app->shown);
	if (v->ops->footer)
		v->ops->footer(v, text);
	char *p = text->p;
	for (int i = 0; i < FOOTER_WORDS; i++) {
		char *gap = p && i + 1 < FOOTER_WORDS ? strstr(p, "  ") : NULL;
		if (gap)
			*gap = '\0';
		/* A figure that is cut is wrong, but a long text of the user is recognised by its beginning. */
		words[i] = (struct status_word){ .text = p,
			.role = ROLE_DIM,
			.priority = i ? 75 : 99,
			.least = i == 0                     ? 20 :
				p && strlen(p) > WORD_WHOLE ? 10 :
							      0,
			.gap = i ? 2 : 1 };
		p = gap ? gap + 2 : NULL;
	}
}

static void draw_hints(const struct app *app, const struct area *a)
{
	struct status_word words[FOOTER_WORDS + HINTS_MAX];
	struct str keys[HINTS_MAX] = { 0 }, footer = { 0 };
	footer_words(app, words, &footer);
	size_t count = FOOTER_WORDS + (keys_are_typed(app) ? 0 : hint_words(app, words + FOOTER_WORDS, keys));
	struct area inner = area_cols(a, 0, a->cols - 1);
	status_draw(&inner, 0, ROLE_TEXT, words, count);
	for (int i = 0; i < HINTS_MAX; i++)
		str_release(&keys[i]);
	str_release(&footer);
}

static void draw_message(const struct app *app, const struct area *a)
{
	static const struct {
		const char *sign;
		enum role role;
	} look[SEVERITY_COUNT] = { { "", ROLE_MESSAGE }, { "", ROLE_MESSAGE }, { "~ ", ROLE_WARN },
		{ "! ", ROLE_ERROR } };
	const struct view *v = tabs_view(app->shown);
	struct str text = { 0 };
	if (!app->terminal.message) {
		if (v->ops->note)
			v->ops->note(v, &text);
		draw_text(a, 0, 1, a->cols - 2, ROLE_DIM, str_text(&text));
		str_release(&text);
		return;
	}
	str_addf(&text, "%s%s", look[app->terminal.severity].sign, app->terminal.message);
	draw_text(a, 0, 1, a->cols - 2, look[app->terminal.severity].role, str_text(&text));
	str_release(&text);
}

bool picture_draw(struct app *app)
{
	if (!app->terminal.dirty)
		return false;
	app->terminal.dirty = false;
	struct area all = screen_area(), pane = picture_pane_area(app);
	draw_clear(&all);
	struct area top = area_rows(&all, 0, 1), tabs = area_rows(&all, TAB_ROW, 1);
	struct area hints = area_rows(&all, all.rows - 2, 1), last = area_rows(&all, all.rows - 1, 1);
	header_draw(app->shown, &top);
	draw_tabs(app, &tabs);
	if (is_deep(tabs_shown(app->shown))) {
		struct area path = area_rows(&all, path_row(&all), 1);
		draw_path(app, &path);
	}
	struct view *v = tabs_view(app->shown);
	bool covered = terminal_is_open(&app->terminal);
	if (!covered)
		screen_cursor(-1, -1);
	v->ops->draw(v, &pane);
	if (app->terminal.notice)
		notice_draw(app->terminal.notice, &pane);
	draw_hints(app, &hints);
	draw_message(app, &last);
	/* The cursor belongs to what has the keys: the question that is open, else a field of the view. */
	if (covered)
		screen_cursor(-1, -1);
	terminal_draw(&app->terminal, &all, &pane);
	/* Views know only now which rows are on the screen. */
	cluster_send_demand(app->shown);
	return true;
}
