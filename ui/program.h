/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs the user's pager or editor in the foreground: $PAGER (else less, more),
 * $VISUAL or $EDITOR (else vi). It gets a temporary file that only the user can
 * read and that is removed afterwards. UI thread, which waits meanwhile.
 */
#ifndef UI_PROGRAM_H
#define UI_PROGRAM_H

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"

enum program { PROGRAM_PAGER, PROGRAM_EDITOR };

/* `suffix` ends the file's name (".json"). After an editor, *text is the file's new content. */
bool program_run(enum program program, const char *suffix, struct str *text, struct error *err);

#endif
