/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Restores the terminal when the program ends in a way that cannot run curses:
 * a crash, abort(), no memory. Keeps the necessary bytes and modes ready, so
 * that the handlers call only write() and tcsetattr(). Also turns signals into
 * wake-ups. Main thread.
 */
#ifndef UI_GUARD_H
#define UI_GUARD_H

#include <stdbool.h>

#include "base/wake.h"

/* Reasons in the bits of a wake; the lowest bits are the application's. */
enum {
	WAKE_RESIZED = 1u << 24,
	WAKE_STOP = 1u << 25, /* SIGTSTP from outside */
	WAKE_CONTINUED = 1u << 26,
	WAKE_END = 1u << 27 /* SIGTERM, SIGINT, SIGHUP */
};

struct termios;

/* `modes`: as they were before curses; `restore`: the bytes that restore the picture. Both are copied. */
void guard_arm(const struct termios *modes, const char *restore);
void guard_disarm(void);
/* SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP raise bits of `wake`; NULL: default actions. */
void guard_signals(struct wake *wake);

#endif
