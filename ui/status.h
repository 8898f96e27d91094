/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines around a pane: header, tabs or breadcrumb, hints. Each is a list of
 * words with a priority, laid out for 40 to 250 cells: the least important are
 * shortened first and then left out, and nothing overlaps. Only draws. UI
 * thread.
 */
#ifndef UI_STATUS_H
#define UI_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"

enum { STATUS_WORDS_MAX = 24 };

struct status_word {
	const char *key;  /* drawn as a key before the text, and left out with it; or NULL */
	const char *text; /* NULL or empty: not shown */
	enum role role;
	int priority; /* higher stays longer */
	int least;    /* cells it may be shortened to before it is left out; 0: never shortened */
	int kept;     /* its priority after it was shortened to that; 0: unchanged */
	int gap;      /* blank cells before it */
	bool right;   /* placed from the right end */
};

/* Draws the words in one row on a surface: ROLE_TEXT, or ROLE_HEADER which fills the row. */
void status_draw(const struct area *a, int row, enum role under, const struct status_word *words, size_t count);
/* The index of the word at `col`; -1: none. Lays out as status_draw() does. */
int status_word_at(const struct area *a, const struct status_word *words, size_t count, int col);

#endif
