/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/theme.h"

#include <curses.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "ui/screen.h"
#include "ui/style.h"
#include "ui/theme_builtin.h"
#include "ui/theme_file.h"

enum { UNDER_TEXT, UNDER_HEADER, UNDER_DIALOG, UNDER_CURSOR, UNDER_COUNT, PAIRS_MAX = 192, FILE_MAX = 64 * 1024 };

/* One screen, one theme: its resolved styles and curses' colour pairs. */
static struct {
	char *name;
	struct style styles[UNDER_COUNT][ROLE_COUNT];
	int pair_fg[PAIRS_MAX], pair_bg[PAIRS_MAX];
	int pairs;          /* in use; pair 0 is the terminal's own */
	const char **names; /* what theme_list() gives */
	size_t name_count;
	bool has_context_color;
	struct color context_color;
} theme;

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_listed(const char *name)
{
	for (size_t i = 0; i < theme.name_count; i++)
		if (strcmp(theme.names[i], name) == 0)
			return true;
	return false;
}

static void list_user_themes(void)
{
	char *path = file_own_path(FILE_CONFIG, "themes");
	DIR *dir = path ? opendir(path) : NULL;
	free(path);
	if (!dir)
		return;
	size_t first = theme.name_count, cap = first;
	for (struct dirent *e; (e = readdir(dir));) {
		size_t len = strlen(e->d_name);
		if (len <= 6 || strcmp(e->d_name + len - 6, ".theme") != 0)
			continue;
		char *name = mem_strndup(e->d_name, len - 6);
		if (is_listed(name)) {
			free(name);
			continue;
		}
		theme.names = mem_grow(theme.names, &cap, theme.name_count + 1, sizeof(*theme.names));
		theme.names[theme.name_count++] = name;
	}
	closedir(dir);
	qsort(theme.names + first, theme.name_count - first, sizeof(*theme.names), compare_names);
}

size_t theme_list(const char *const **names)
{
	if (!theme.names) {
		theme.names = mem_alloc(theme_builtin_count * sizeof(*theme.names));
		for (size_t i = 0; i < theme_builtin_count; i++)
			theme.names[theme.name_count++] = theme_builtins[i].name;
		list_user_themes();
	}
	*names = theme.names;
	return theme.name_count;
}

static bool read_user_theme(const char *name, struct str *out)
{
	struct str file = { 0 };
	str_addf(&file, "themes/%s.theme", name);
	char *path = file_own_path(FILE_CONFIG, str_text(&file));
	bool found = path && file_read(path, FILE_MAX, out, NULL);
	if (!found)
		str_clear(out);
	free(path);
	str_release(&file);
	return found;
}

/* A user's file wins over a built-in theme of the same name: that is how to adjust one. */
static bool find_theme(const char *name, struct str *out, struct error *err)
{
	if (strchr(name, '/'))
		return file_read(name, FILE_MAX, out, err) || error_set(err, ERR_USAGE, "theme %s", err->message);
	if (read_user_theme(name, out))
		return true;
	for (size_t i = 0; i < theme_builtin_count; i++)
		if (strcmp(theme_builtins[i].name, name) == 0) {
			str_add(out, theme_builtins[i].text);
			return true;
		}
	struct str known = { 0 };
	const char *const *names;
	size_t count = theme_list(&names);
	for (size_t i = 0; i < count; i++)
		str_addf(&known, "%s%s", i ? ", " : "", names[i]);
	error_set(err, ERR_USAGE, "no theme %s; there are %s", name, str_text(&known));
	str_release(&known);
	return false;
}

/*
 * The terminal's default colours have a pair, too: on the way back to pair 0, curses resets more than the
 * colour.
 */
static int pair_for(int fg, int bg)
{
	if (screen_colors() == COLORS_NONE)
		return 0;
	for (int i = 1; i <= theme.pairs; i++)
		if (theme.pair_fg[i] == fg && theme.pair_bg[i] == bg)
			return i;
	int pair = theme.pairs + 1;
	if (pair >= PAIRS_MAX || pair >= COLOR_PAIRS)
		return 0;
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
	int result = init_extended_pair(pair, fg, bg);
#else
	int result = init_pair((short)pair, (short)fg, (short)bg);
#endif
	if (result == ERR)
		return 0;
	theme.pair_fg[pair] = fg;
	theme.pair_bg[pair] = bg;
	return theme.pairs = pair;
}

static unsigned curses_attributes(unsigned style)
{
	return (style & STYLE_BOLD ? A_BOLD : 0) | (style & STYLE_DIM ? A_DIM : 0) |
		(style & STYLE_ITALIC ? A_ITALIC : 0) | (style & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
		(style & STYLE_REVERSE ? A_REVERSE : 0);
}

static struct style make_style(const struct theme_role *role)
{
	enum color_mode mode = screen_colors();
	if (mode == COLORS_NONE)
		return (struct style){ .attributes = curses_attributes(role->mono) };
	return (struct style){
		.attributes = curses_attributes(role->attributes),
		.pair = pair_for(color_number(&role->fg, mode), color_number(&role->bg, mode)),
	};
}

static void take_context_color(struct theme_role *role)
{
	role->bg = theme.context_color;
	color_parse("#ffffff/231/bright-white", 24, &role->fg, NULL);
	if (color_is_light(&role->bg))
		color_parse("#000000/16/black", 16, &role->fg, NULL);
}

static void theme_apply(const struct theme_file *f)
{
	static const enum role unders[UNDER_COUNT] = { ROLE_TEXT, ROLE_HEADER, ROLE_DIALOG, ROLE_CURSOR };
	theme.pairs = 0;
	for (int u = 0; u < UNDER_COUNT; u++)
		for (int r = 0; r < ROLE_COUNT; r++) {
			struct theme_role role = theme_file_role_on(f, (enum role)r, unders[u]);
			if (r == ROLE_CONTEXT && theme.has_context_color)
				take_context_color(&role);
			theme.styles[u][r] = make_style(&role);
		}
	struct style text = theme_style(ROLE_TEXT, ROLE_TEXT);
	cchar_t blank;
	setcchar(&blank, L" ", (attr_t)text.attributes, (short)text.pair, NULL);
	bkgrndset(&blank);
}

bool theme_use(const char *name, struct error *err)
{
	struct str text = { 0 };
	struct theme_file file;
	bool good = find_theme(name, &text, err) && theme_file_parse(&file, name, str_text(&text), text.len, err);
	str_release(&text);
	if (!good)
		return false;
	mem_replace(&theme.name, name);
	theme_apply(&file);
	return true;
}

const char *theme_current(void)
{
	return theme.name ? theme.name : theme_builtins[0].name;
}

bool theme_context_color(const char *spec, struct error *err)
{
	struct error ignored;
	theme.has_context_color = spec && color_parse(spec, strlen(spec), &theme.context_color, err);
	/* A theme file that cannot be read any more leaves the styles unchanged. */
	if (theme.name)
		theme_use(theme.name, &ignored);
	return !spec || theme.has_context_color;
}

struct style theme_style(enum role role, enum role under)
{
	int u = under == ROLE_HEADER ? UNDER_HEADER :
		under == ROLE_DIALOG ? UNDER_DIALOG :
		under == ROLE_CURSOR ? UNDER_CURSOR :
				       UNDER_TEXT;
	return theme.styles[u][role];
}
