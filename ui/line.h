/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One line of text being edited: UTF-8, a cursor that is never inside a
 * character, the keys of readline. Knows no screen. One thread at a time.
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "base/str.h"
#include "ui/key.h"

struct line {
	struct str text;
	size_t cursor;     /* a byte offset at the start of a character, or the end */
	struct str killed; /* removed last by Ctrl-k, Ctrl-u or Ctrl-w, for Ctrl-y */
};

/* A line longer than this takes no more text from the keyboard: what was pasted by mistake must not fill the memory. */
enum { LINE_MOST_BYTES = 64 * 1024 };

#define LINE_FULL_WORDS "a line takes up to 64 KiB"

enum line_result { LINE_UNUSED, LINE_MOVED, LINE_CHANGED, LINE_FULL };

void line_release(struct line *l);
void line_set(struct line *l, const char *text); /* the cursor goes to the end */
/* Replaces the bytes [from, to). The cursor moves after them. */
void line_replace(struct line *l, size_t from, size_t to, const char *text);
enum line_result line_key(struct line *l, key_code key);

#endif
