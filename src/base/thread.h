/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starts threads so that a fault (SIGSEGV and the like) in any of them reaches
 * the handler that restores the terminal. Where the signal is blocked, or the
 * stack has no room for the handler, the kernel ends the program without it.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Starts a worker thread: named, with all signals but those of faults blocked, and a
 * moderate stack. Any thread.
 */
bool thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *arg, struct error *err);
/*
 * For threads that a library starts with all signals blocked, as librdkafka does: such a
 * thread calls it first.
 */
void thread_hear_faults(void);

/* Makes a condition for thread_wait_until(): a wall clock that is set back does not lengthen its waits. */
void thread_cond_init(pthread_cond_t *cond);
/* Waits as pthread_cond_timedwait() does, at most until clock_mono_ms() is `until_ms`: false when that has come. */
bool thread_wait_until(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t until_ms);

#endif
