/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wakes a thread that polls: other threads OR a reason into `bits` and, unless a
 * wake-up is pending, make the descriptor readable; the sleeper drains it.
 * eventfd where the system has it, else a pipe. wake_raise() is safe in a signal handler.
 */
#ifndef BASE_WAKE_H
#define BASE_WAKE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/error.h"

struct wake {
	atomic_uint bits; /* reasons since the last drain; 0: no wake-up pending */
	int read_fd;      /* to poll for POLLIN */
	int write_fd;     /* the same as read_fd for an eventfd */
};

bool wake_init(struct wake *wake, struct error *err);
void wake_release(struct wake *wake);
void wake_raise(struct wake *wake, unsigned bits); /* bits must not be 0 */
unsigned wake_drain(struct wake *wake);            /* empties the descriptor, returns the bits */

#endif
