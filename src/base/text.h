/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes text from outside safe for a terminal, and measures its width in cells.
 * Names on a cluster may be any bytes; the output of text_safe() never holds a
 * control sequence: C0, DEL, C1, bidirectional and other invisible controls
 * become visible escapes (^[, \u{202e}), bytes that are not UTF-8 become \xNN.
 * Combining marks stay with their base character. Needs LC_CTYPE set. Any thread.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Appends `len` bytes made safe. A newline or tab is escaped too (one line stays one line). */
void text_safe(struct str *out, const char *bytes, size_t len);
/* Width of safe text in cells; wide characters count 2, combining marks 0. */
int text_cols(const char *safe);
/*
 * Bytes of `safe` that fit in `cols` cells, never splitting a character from its marks;
 * *used: cells taken.
 */
size_t text_fit(const char *safe, int cols, int *used);
/*
 * Bytes to skip to scroll `cols` cells off the left; *pad: blanks to draw for a wide
 * character that was split.
 */
size_t text_skip(const char *safe, int cols, int *pad);
/* Control, bidirectional and other characters that are invisible but change how the text looks. */
bool text_is_hidden(unsigned code);
bool text_is_utf8(const char *bytes, size_t len);
/* Printable ASCII, tabs and line ends, nothing else. */
bool text_is_plain(const char *bytes, size_t len);
/* Length in bytes of the character at `s` (1-4), 0 for a byte that starts none; *code: the code point. */
size_t text_decode(const char *s, size_t len, unsigned *code);
void text_encode(struct str *out, unsigned code); /* appends the code point */

#endif
