/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines around a pane: header, tabs or breadcrumb, hints. Each is a list of
 * words with a priority, laid out to fit 40 to 250 cells: what matters least is
 * shortened first and then left out, nothing overlaps. Only draws. UI thread.
 */
#ifndef UI_STATUS_H
#define UI_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"

enum { STATUS_WORDS_MAX = 24 };

struct status_word {
	const char *key;          /* drawn before the text as a key, and kept or left out with it; or NULL */
	const char *text;         /* NULL or empty: not there */
	enum role role;
	int priority;             /* higher stays longer */
	int least;                /* cells it may be cut down to before it is left out; 0: never cut */
	int kept;                 /* its priority once it is cut down to that; 0: as before */
	int gap;                  /* blank cells before it */
	bool right;               /* placed from the right end */
};

/* Draws the words in one row on a surface: ROLE_TEXT, or ROLE_HEADER which fills the row. */
void status_draw(const struct area *a, int row, enum role under, const struct status_word *words,
	size_t count);
/* Which word a click at `col` is on; -1: none. Laid out as status_draw() does. */
int status_word_at(const struct area *a, const struct status_word *words, size_t count, int col);

#endif
