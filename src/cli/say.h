/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints a line for the user on standard error, apart from the output of a command. Any thread. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include <stdarg.h>
#include <stdint.h>

struct error;

/* "weir: ..." on standard error, made safe for a terminal. */
void command_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void command_vsay(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

/*
 * Prints the error, if any, and ends the process without releasing anything: a thread that still waits for a
 * broker uses it.
 */
_Noreturn void command_leave_threads(int status, const struct error *err);

/*
 * Prints which moment --to-datetime `text` is, in UTC and in local time where they differ; and when it lies in
 * the future, `future`, which says what happens then: "each partition goes to its log end".
 */
void command_say_datetime(const char *text, int64_t ms, const char *future);

#endif
