/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal: taken by screen_start(), restored by screen_stop(), and on
 * every other way the program can end, by the handlers it installs. There is
 * one terminal, so there is one screen. Nothing is written between two
 * screen_flush() calls, and nothing at all when nothing changed. UI thread.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/draw.h"

enum color_mode { COLORS_NONE, COLORS_8, COLORS_16, COLORS_256, COLORS_RGB, COLORS_MODE_COUNT };

struct screen_options {
	bool ascii;    /* draw only ASCII; always so when the locale is not UTF-8 */
	bool no_mouse; /* leave the mouse to the terminal */
	bool no_color; /* like NO_COLOR: only attributes */
};

/* Fails when input or output is not a terminal, or its type is not known. */
bool screen_start(const struct screen_options *options, struct error *err);
void screen_stop(void); /* may be called twice */
/* For tests: a screen of that size on /dev/null, without handlers. */
bool screen_start_test(int rows, int cols, const char *term, const struct screen_options *options, struct error *err);

/* Gives the terminal to another program, until screen_repaint(). */
void screen_leave(void);
/* Restores the terminal and stops the process group; returns after it was continued. */
void screen_suspend(void);
/* Sets up modes and the whole picture again, after others may have used the terminal (SIGCONT, Ctrl-l). */
void screen_repaint(void);
/* Adopts the terminal's size; true when it changed. */
bool screen_resize(void);
/* Writes what changed since the last call. */
void screen_flush(void);
/* Shows the cursor there while text is typed; row -1: no cursor. */
void screen_cursor(int row, int col);

struct area screen_area(void);
enum color_mode screen_colors(void);
/* Sends bytes to the terminal outside the picture (a clipboard sequence). */
void screen_send(const char *bytes, size_t len);

#endif
