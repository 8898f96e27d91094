/* SPDX-License-Identifier: BSD-2-Clause */
/* Draws one line of a text pane; only the text pane includes it. UI thread. */
#ifndef VIEWS_TEXT_DRAW_H
#define VIEWS_TEXT_DRAW_H

#include "views/text_pane.h"

/* Returns the rows it took. */
int text_draw(const struct text_pane *p, const struct area *a, int row, const struct text_line *line);
int text_rows(const struct text_pane *p, const struct text_line *line, int cols); /* wrapped */
bool text_has(const struct text_pane *p, const struct text_line *line);           /* a hit of the search */

#endif
