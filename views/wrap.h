/* SPDX-License-Identifier: BSD-2-Clause */
/* Text over several lines, broken at blanks where there are any. UI thread. */
#ifndef VIEWS_WRAP_H
#define VIEWS_WRAP_H

#include "ui/draw.h"

/* Lines that `text`, any bytes, takes in `cols` cells. */
int wrap_lines(const char *text, int cols);
/* Draws from `row` on, clipped to the area, between `col` and the right edge; returns the row after it. */
int wrap_draw(const struct area *a, int row, int col, enum role role, const char *text);

#endif
