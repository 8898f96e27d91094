/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a role looks on this terminal, in curses' terms. Only for the drawing
 * code; everything else names roles. UI thread.
 */
#ifndef UI_STYLE_H
#define UI_STYLE_H

#include "ui/theme.h"

struct style {
	unsigned attributes; /* curses attr_t */
	int pair;            /* curses colour pair */
};

/* `under` gives the background when the role has none: ROLE_TEXT, ROLE_HEADER, ROLE_DIALOG or ROLE_CURSOR. */
struct style theme_style(enum role role, enum role under);

#endif
