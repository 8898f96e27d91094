/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads, and what becomes of one that faults: the handlers that restore the
 * terminal must hear of it, whichever thread it is. A signal that the kernel
 * raises for a fault ends the program unheard where it is blocked, or where the
 * stack has no room left for the handler.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/error.h"

/* Starts a worker thread: named, with every signal blocked but faults, and a stack of moderate size. Any thread. */
bool thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *arg, struct error *err);
/* For a thread that somebody else starts with all signals blocked, as librdkafka does: what such a thread calls first. */
void thread_hear_faults(void);

#endif
