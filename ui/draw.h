/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Draws into the virtual screen; nothing reaches the terminal before
 * screen_flush(), and then only what changed. All positions are relative to an
 * area and clipped to it. Text is made safe here, so any bytes may be given. UI
 * thread.
 */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include <stdbool.h>

#include "model/series.h"
#include "ui/theme.h"

struct area {
	int row, col; /* on the screen, from 0 */
	int rows, cols;
	enum role under; /* the surface: ROLE_TEXT (as zeroed), ROLE_HEADER, ROLE_DIALOG, ROLE_CURSOR */
};

struct area area_rows(const struct area *a, int from, int count); /* a clipped slice */
struct area area_cols(const struct area *a, int from, int count);
/* The same area on a surface, whose background shows wherever a role has none. */
struct area area_on(const struct area *a, enum role under);

/* Draws up to `cols` cells and returns how many were used; longer text is cut with the "more" sign. */
int draw_text(const struct area *a, int row, int col, int cols, enum role role, const char *text);
/* The same, ending at col + cols. */
int draw_right(const struct area *a, int row, int col, int cols, enum role role, const char *text);
/* Skips `scroll` cells of the text first (horizontal scroll). */
int draw_scrolled(const struct area *a, int row, int col, int cols, int scroll, enum role role, const char *text);
/* The same on that surface. */
int draw_text_on(const struct area *a, int row, int col, int cols, enum role role, enum role under, const char *text);
void draw_fill(const struct area *a, int row, int col, int cols, enum role role);
void draw_clear(const struct area *a);
void draw_hline(const struct area *a, int row, int col, int cols, enum role role);

/*
 * One row of bars (blocks; digits 0-8 in ASCII) over the whole window, the newest at the right, in at most
 * `cols` cells. Bars of a rate start at 0; bars of a level such as lag, which is large and changes little,
 * start at its lowest value. Unknown slots are dots; a constant figure is a plain line.
 */
enum spark_scale { SPARK_FROM_ZERO, SPARK_FROM_LOWEST };
void draw_spark(const struct area *a, int row, int col, int cols, enum role role, enum spark_scale scale,
	const struct series *s);

/* What the terminal's font can show. */
enum draw_glyphs { GLYPHS_ASCII, GLYPHS_BLOCKS, GLYPHS_BRAILLE };

enum draw_glyphs draw_glyphs(void);
/* True when only ASCII may be drawn (--ascii, or a locale that is not UTF-8). */
bool draw_is_ascii(void);

#endif
