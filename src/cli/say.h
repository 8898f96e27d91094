/* SPDX-License-Identifier: BSD-2-Clause */
/* A line for a person, beside what a command prints. Any thread. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include <stdarg.h>
#include <stdint.h>

struct error;

/* "weir: ..." on standard error, made safe for a terminal. */
void command_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void command_vsay(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

/*
 * Ends the process at once, after what is wrong, if anything is, has been said: a thread that still waits for somebody
 * uses what a normal end would release.
 */
_Noreturn void command_leave_threads(int status, const struct error *err);

/*
 * What moment --to-datetime `text` is, in UTC and here, where the two differ; and `future`, what it means, when the
 * moment is still to come: "each partition goes to its log end".
 */
void command_say_datetime(const char *text, int64_t ms, const char *future);

#endif
