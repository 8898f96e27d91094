/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hands text to the clipboard of the user's terminal, also over SSH: by OSC 52,
 * through tmux by its own command, through screen wrapped; or to a command that
 * the user named. Nothing answers, so all that can be known is "sent". UI
 * thread.
 */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

/* xterm and others drop sequences above 100,000 bytes; base64 makes four bytes of three. */
enum { CLIPBOARD_MOST_BYTES = 74000 };

bool clipboard_takes(size_t bytes);
/*
 * `text` must be one that clipboard_takes(). With `command` (NULL: none) a shell runs it with the text as its
 * standard input, and nobody waits for it: false when it could not be started.
 */
bool clipboard_copy(const char *command, const char *text, struct error *err);
/* The bytes for the terminal; `screen` wraps them for GNU screen. Used for tests. */
void clipboard_sequence(struct str *out, const char *text, bool screen);

#endif
