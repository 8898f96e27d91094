/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Gives the terminal back when the program ends on a path that cannot run
 * curses: a crash, abort(), an exhausted memory. Keeps the bytes and the modes
 * that do it ready, so that the handlers call nothing but write() and
 * tcsetattr(). Also turns signals into wake-ups. Main thread.
 */
#ifndef UI_GUARD_H
#define UI_GUARD_H

#include <stdbool.h>

#include "base/wake.h"

/* Reasons in a wake's bits; the lowest bits are the application's. */
enum {
	WAKE_RESIZED = 1u << 24,
	WAKE_STOP = 1u << 25,      /* SIGTSTP from outside */
	WAKE_CONTINUED = 1u << 26,
	WAKE_END = 1u << 27        /* SIGTERM, SIGINT, SIGHUP */
};

struct termios;

/* `modes` as they were before curses, `restore`: the bytes that give the picture back. Both are copied. */
void guard_arm(const struct termios *modes, const char *restore);
void guard_disarm(void);
/* SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP raise bits of `wake`; NULL: default actions. */
void guard_signals(struct wake *wake);

#endif
