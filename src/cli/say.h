/* SPDX-License-Identifier: BSD-2-Clause */
/* A line for a person, beside what a command prints. Any thread. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

/* "weir: ..." on standard error, made safe for a terminal. */
void command_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
