/* SPDX-License-Identifier: BSD-2-Clause */
/* Starts a worker thread: named, with every signal blocked but faults, and a stack of moderate size. Any thread. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/error.h"

bool thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *arg, struct error *err);

#endif
