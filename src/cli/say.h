/* SPDX-License-Identifier: BSD-2-Clause */
/* A line for a person, beside what a command prints. Any thread. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include <stdint.h>

/* "weir: ..." on standard error, made safe for a terminal. */
void command_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * What moment --to-datetime `text` is, in UTC and here, where the two differ; and `future`, what it means, when the
 * moment is still to come: "each partition goes to its log end".
 */
void command_say_datetime(const char *text, int64_t ms, const char *future);

#endif
