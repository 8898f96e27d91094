/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A theme file as a value: what the file says about each role, and what results
 * with everything inherited. Lines are
 *
 *     ROLE = [parent:ROLE] [fg:COLOR] [bg:COLOR] [ATTRIBUTES] [mono:ATTRIBUTES]
 *
 * with attributes joined by + (bold, dim, italic, underline, reverse, normal),
 * `description = TEXT`, empty lines and # comments. Pure functions, any thread.
 */
#ifndef UI_THEME_FILE_H
#define UI_THEME_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/color.h"
#include "ui/theme.h"

enum {
	STYLE_BOLD = 1 << 0,
	STYLE_DIM = 1 << 1,
	STYLE_ITALIC = 1 << 2,
	STYLE_UNDERLINE = 1 << 3,
	STYLE_REVERSE = 1 << 4
};

struct theme_role {
	enum role parent;
	bool has_fg, has_bg, has_attributes, has_mono;
	struct color fg, bg;
	unsigned attributes; /* STYLE_* */
	unsigned mono;       /* replaces `attributes` when there is no colour */
};

struct theme_file {
	struct theme_role roles[ROLE_COUNT];
};

/* `name` is for messages: "dusk.theme, line 7: ...". */
bool theme_file_parse(struct theme_file *f, const char *name, const char *text, size_t len, struct error *err);
/* The role with everything it inherits; its has_* are all true. */
struct theme_role theme_file_role(const struct theme_file *f, enum role role);
/* How it looks on a surface: ROLE_TEXT, ROLE_HEADER, ROLE_DIALOG or ROLE_CURSOR. */
struct theme_role theme_file_role_on(const struct theme_file *f, enum role role, enum role under);

#endif
