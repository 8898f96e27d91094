/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cursor, scroll position and marks of a list, without drawing it. Cursor and
 * marks are kept by key: list_sync() after a change of the rows finds them
 * again, and keeps the cursor's line on the screen where it was. A cursor that
 * nobody has moved yet stays on the first row. UI thread.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef void list_key_fn(void *owner, size_t index, struct str *out);

struct list {
	size_t count;         /* rows */
	size_t cursor;        /* below count, or 0 when there are none */
	size_t top;           /* first row on the screen */
	size_t page;          /* rows on the screen, at least 1 */
	bool touched;         /* the user has moved the cursor */
	bool follow;          /* on the last row, the cursor stays on the last row */
	struct str key;       /* of the row under the cursor */
	bool has_key;
	bool seeking;         /* the key was asked for and has no row yet */
	char **marks;         /* open addressing, NULL: free; a power of two */
	size_t mark_cap, mark_count;
	list_key_fn *key_of;
	void *owner;
};

void list_init(struct list *l, list_key_fn *key_of, void *owner);
void list_release(struct list *l);
void list_set_page(struct list *l, size_t rows);
/* The rows changed to `count` others. A cursor whose row is gone stays at its place. */
void list_sync(struct list *l, size_t count);
void list_move(struct list *l, long delta);          /* stops at both ends */
void list_move_to(struct list *l, size_t index);
void list_move_page(struct list *l, int direction);  /* one line of overlap */
/* Scrolls the window; the cursor moves only as far as it must to stay inside. */
void list_scroll(struct list *l, long delta);
/* Moves to the row with `key` as a user would; false when there is none (then sought again at each sync). */
bool list_select_key(struct list *l, const char *key);
void list_seek_key(struct list *l, const char *key);       /* at the next sync: the rows are not looked at now */

bool list_marked(const struct list *l, const char *key);
void list_mark(struct list *l, const char *key, bool on);
void list_unmark_all(struct list *l);

#endif
