/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A colour as a theme names it, and what stands for it on lesser terminals:
 *     default            the terminal's own
 *     red, bright-red    one of the 16, whatever the terminal makes of it
 *     #ffaf00            true colour; elsewhere the nearest
 *     #ffaf00/214/yellow true colour, and what to take of 256 and of 16 instead of the nearest
 * Pure functions, any thread.
 */
#ifndef UI_COLOR_H
#define UI_COLOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/screen.h"

struct color {
	bool is_default;
	bool is_named; /* one of the 16: c16 */
	unsigned rgb;  /* 0xrrggbb */
	int c256, c16; /* palette numbers; -1 default */
};

bool color_parse(const char *text, size_t len, struct color *out, struct error *err);
/* The number that curses takes in that mode; -1: the terminal's default. */
int color_number(const struct color *c, enum color_mode mode);
bool color_equal(const struct color *a, const struct color *b);
/* True when black text is easier to read on it than white. */
bool color_is_light(const struct color *c);

#endif
