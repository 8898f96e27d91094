/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/theme_file.h"

#include <assert.h>
#include <string.h>

/* Defaults, so that themes need to name only what they change. */
static const struct {
	const char *name;
	enum role parent;
	int mono; /* STYLE_*; -1: the parent's */
} role_defaults[] = {
	[ROLE_TEXT] = { "text", ROLE_TEXT, 0 },
	[ROLE_DIM] = { "dim", ROLE_TEXT, STYLE_DIM },
	[ROLE_STRONG] = { "strong", ROLE_TEXT, STYLE_BOLD },
	[ROLE_TITLE] = { "title", ROLE_DIM, STYLE_UNDERLINE },
	[ROLE_SORTED] = { "sorted", ROLE_TITLE, STYLE_UNDERLINE | STYLE_BOLD },
	[ROLE_HEADER] = { "header", ROLE_TEXT, STYLE_REVERSE },
	[ROLE_CONTEXT] = { "context", ROLE_HEADER, STYLE_REVERSE | STYLE_BOLD },
	[ROLE_TAB] = { "tab", ROLE_DIM, 0 },
	[ROLE_TAB_ACTIVE] = { "tab-active", ROLE_STRONG, STYLE_BOLD | STYLE_UNDERLINE },
	[ROLE_CURSOR] = { "cursor", ROLE_HEADER, -1 },
	[ROLE_SELECTED] = { "selected", ROLE_STRONG, -1 },
	[ROLE_MARKED] = { "marked", ROLE_STRONG, STYLE_BOLD | STYLE_UNDERLINE },
	[ROLE_MATCH] = { "match", ROLE_STRONG, STYLE_REVERSE },
	[ROLE_OK] = { "ok", ROLE_TEXT, -1 },
	[ROLE_WARN] = { "warn", ROLE_TEXT, STYLE_BOLD },
	[ROLE_CRIT] = { "crit", ROLE_TEXT, STYLE_BOLD | STYLE_UNDERLINE },
	[ROLE_STALE] = { "stale", ROLE_DIM, -1 },
	[ROLE_UNKNOWN] = { "unknown", ROLE_DIM, -1 },
	[ROLE_INTERNAL] = { "internal", ROLE_DIM, -1 },
	[ROLE_KEY] = { "key", ROLE_STRONG, -1 },
	[ROLE_HINT] = { "hint", ROLE_DIM, 0 },
	[ROLE_MESSAGE] = { "message", ROLE_TEXT, -1 },
	[ROLE_ERROR] = { "error", ROLE_CRIT, -1 },
	[ROLE_PROMPT] = { "prompt", ROLE_STRONG, -1 },
	[ROLE_DIALOG] = { "dialog", ROLE_TEXT, -1 },
	[ROLE_BORDER] = { "border", ROLE_DIM, -1 },
	[ROLE_SPARK] = { "spark", ROLE_DIM, 0 },
	[ROLE_CHART_LAG] = { "chart-lag", ROLE_WARN, 0 },
	[ROLE_CHART_IN] = { "chart-in", ROLE_OK, 0 },
	[ROLE_CHART_OUT] = { "chart-out", ROLE_TEXT, STYLE_BOLD },
	[ROLE_DATA_NAME] = { "data-name", ROLE_TEXT, STYLE_BOLD },
	[ROLE_DATA_STRING] = { "data-string", ROLE_TEXT, 0 },
	[ROLE_DATA_NUMBER] = { "data-number", ROLE_TEXT, 0 },
	[ROLE_DATA_WORD] = { "data-word", ROLE_DATA_NUMBER, -1 },
	[ROLE_DATA_NOTE] = { "data-note", ROLE_DIM, -1 },
	[ROLE_MASKED] = { "masked", ROLE_DIM, STYLE_REVERSE },
	[ROLE_ADDED] = { "added", ROLE_OK, STYLE_BOLD },
	[ROLE_REMOVED] = { "removed", ROLE_CRIT, STYLE_UNDERLINE },
};

static_assert(sizeof(role_defaults) / sizeof(*role_defaults) == ROLE_COUNT, "every role has a row");

struct theme_reader {
	const char *name;
	int line;
	struct error *err;
};

const char *role_name(enum role role)
{
	return role_defaults[role].name;
}

static bool theme_file_fail(const struct theme_reader *r, const char *what, const char *text, size_t len)
{
	return error_set(r->err, ERR_USAGE, "%s, line %d: %s: %.*s", r->name, r->line, what, (int)(len > 80 ? 80 : len),
		text);
}

static bool find_role(const char *text, size_t len, enum role *role)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (strlen(role_defaults[i].name) == len && memcmp(role_defaults[i].name, text, len) == 0) {
			*role = (enum role)i;
			return true;
		}
	return false;
}

static bool parse_attributes(const struct theme_reader *r, const char *text, size_t len, unsigned *out)
{
	static const struct {
		const char *name;
		unsigned bits;
	} names[] = { { "normal", 0 }, { "bold", STYLE_BOLD }, { "dim", STYLE_DIM }, { "italic", STYLE_ITALIC },
		{ "underline", STYLE_UNDERLINE }, { "reverse", STYLE_REVERSE } };
	*out = 0;
	for (const char *p = text, *end = text + len; p <= end;) {
		const char *plus = memchr(p, '+', (size_t)(end - p));
		size_t n = (size_t)((plus ? plus : end) - p);
		size_t i = 0;
		while (i < sizeof(names) / sizeof(*names) &&
			(strlen(names[i].name) != n || memcmp(names[i].name, p, n)))
			i++;
		if (i == sizeof(names) / sizeof(*names))
			return theme_file_fail(r, "unknown attribute", p, n);
		*out |= names[i].bits;
		p += n + 1;
	}
	return true;
}

static bool parse_color(const struct theme_reader *r, const char *text, size_t len, struct color *out)
{
	struct error why;
	if (color_parse(text, len, out, &why))
		return true;
	return error_set(r->err, ERR_USAGE, "%s, line %d: %.300s", r->name, r->line, why.message);
}

static bool starts_with(const char *word, size_t len, const char *prefix, const char **rest, size_t *rest_len)
{
	size_t n = strlen(prefix);
	if (len < n || memcmp(word, prefix, n) != 0)
		return false;
	*rest = word + n;
	*rest_len = len - n;
	return true;
}

static bool parse_word(const struct theme_reader *r, struct theme_role *role, const char *word, size_t len)
{
	const char *rest;
	size_t n;
	if (starts_with(word, len, "parent:", &rest, &n))
		return find_role(rest, n, &role->parent) || theme_file_fail(r, "unknown role", rest, n);
	if (starts_with(word, len, "fg:", &rest, &n))
		return role->has_fg = parse_color(r, rest, n, &role->fg);
	if (starts_with(word, len, "bg:", &rest, &n))
		return role->has_bg = parse_color(r, rest, n, &role->bg);
	if (starts_with(word, len, "mono:", &rest, &n))
		return role->has_mono = parse_attributes(r, rest, n, &role->mono);
	return role->has_attributes = parse_attributes(r, word, len, &role->attributes);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool parse_line(const struct theme_reader *r, struct theme_file *f, const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	if (p == end || *p == '#')
		return true;
	const char *equals = memchr(p, '=', (size_t)(end - p));
	if (!equals)
		return theme_file_fail(r, "expected ROLE = LOOK", p, (size_t)(end - p));
	const char *name_end = equals;
	while (name_end > p && is_blank(name_end[-1]))
		name_end--;
	size_t name_len = (size_t)(name_end - p);
	if (name_len == strlen("description") && memcmp(p, "description", name_len) == 0)
		return true;
	enum role role;
	if (!find_role(p, name_len, &role))
		return theme_file_fail(r, "unknown role", p, name_len);
	for (p = equals + 1; p < end;) {
		while (p < end && is_blank(*p))
			p++;
		const char *word = p;
		while (p < end && !is_blank(*p))
			p++;
		if (p > word && !parse_word(r, &f->roles[role], word, (size_t)(p - word)))
			return false;
	}
	return true;
}

/* Inheritance ends at `text`: a chain that does not reach it in ROLE_COUNT steps is circular. */
static bool check_parents(const struct theme_file *f, const char *name, struct error *err)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)i;
		for (int steps = 0; role != ROLE_TEXT; steps++) {
			if (steps > ROLE_COUNT)
				return error_set(err, ERR_USAGE, "%s: %s is its own ancestor", name,
					role_defaults[i].name);
			role = f->roles[role].parent;
		}
	}
	return true;
}

bool theme_file_parse(struct theme_file *f, const char *name, const char *text, size_t len, struct error *err)
{
	*f = (struct theme_file){ 0 };
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct theme_role *role = &f->roles[i];
		role->parent = role_defaults[i].parent;
		role->has_mono = role_defaults[i].mono >= 0;
		role->mono = role->has_mono ? (unsigned)role_defaults[i].mono : 0;
	}
	struct theme_reader r = { .name = name, .err = err };
	for (const char *p = text, *end = text + len; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *line_end = newline ? newline : end;
		r.line++;
		if (!parse_line(&r, f, p, line_end))
			return false;
		p = line_end + 1;
	}
	return check_parents(f, name, err);
}

struct theme_role theme_file_role(const struct theme_file *f, enum role role)
{
	struct theme_role out = f->roles[role];
	while (role != ROLE_TEXT) {
		role = f->roles[role].parent;
		const struct theme_role *p = &f->roles[role];
		if (!out.has_fg && p->has_fg)
			out.fg = p->fg, out.has_fg = true;
		if (!out.has_bg && p->has_bg)
			out.bg = p->bg, out.has_bg = true;
		if (!out.has_attributes && p->has_attributes)
			out.attributes = p->attributes, out.has_attributes = true;
		if (!out.has_mono && p->has_mono)
			out.mono = p->mono, out.has_mono = true;
	}
	if (!out.has_fg)
		out.fg = (struct color){ .is_default = true, .c256 = -1, .c16 = -1 };
	if (!out.has_bg)
		out.bg = (struct color){ .is_default = true, .c256 = -1, .c16 = -1 };
	out.has_fg = out.has_bg = out.has_attributes = out.has_mono = true;
	return out;
}

/* On the cursor's row only warnings keep their colour: grey or green is hard to read there. */
static bool takes_surface(enum role role, enum role under)
{
	return role == ROLE_TEXT ||
		(under == ROLE_CURSOR &&
			(role == ROLE_DIM || role == ROLE_OK || role == ROLE_UNKNOWN || role == ROLE_SPARK));
}

struct theme_role theme_file_role_on(const struct theme_file *f, enum role role, enum role under)
{
	struct theme_role text = theme_file_role(f, ROLE_TEXT), surface = theme_file_role(f, under);
	struct theme_role out = takes_surface(role, under) ? surface : theme_file_role(f, role);
	/* A background inherited from `text` gives way to the surface. */
	if (out.bg.is_default || color_equal(&out.bg, &text.bg))
		out.bg = surface.bg;
	out.attributes |= surface.attributes & STYLE_REVERSE;
	out.mono |= surface.mono & STYLE_REVERSE;
	return out;
}
