/* SPDX-License-Identifier: BSD-2-Clause */
/* Words of a command line that a shell reads back as they are. Any thread. */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include "base/str.h"

/* Appends the word, in single quotes where it needs any; with control characters as $'...', which POSIX lacks. */
void shell_quote(struct str *out, const char *word);

#endif
