/* SPDX-License-Identifier: BSD-2-Clause */
/* Quotes the words of a shell command line. Any thread. */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include "base/str.h"

/*
 * Appends the word, in single quotes where it needs them; one with control characters as
 * $'...', which is not POSIX.
 */
void shell_quote(struct str *out, const char *word);

#endif
