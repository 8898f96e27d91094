/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cursor, scroll position and marks of a list, without drawing. Cursor and
 * marks are kept by key: after the rows changed, list_sync() finds them again
 * and keeps the cursor's line where it was on the screen. A cursor that was
 * never moved stays on the first row. UI thread.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef void list_key_fn(void *owner, size_t index, struct str *out);

struct list {
	size_t count;   /* rows */
	size_t cursor;  /* below count, or 0 when there are none */
	size_t top;     /* first row on the screen */
	size_t page;    /* rows on the screen, at least 1 */
	bool touched;   /* the user has moved the cursor */
	bool follow;    /* a cursor on the last row stays on the last row */
	struct str key; /* of the row under the cursor */
	bool has_key;
	bool seeking; /* the key was requested and has no row yet */
	char **marks; /* a hash table with open addressing, NULL: free; its size is a power of two */
	size_t mark_cap, mark_count;
	list_key_fn *key_of;
	void *owner;
};

void list_init(struct list *l, list_key_fn *key_of, void *owner);
void list_release(struct list *l);
void list_set_page(struct list *l, size_t rows);
/* The rows changed to `count` others. A cursor whose row is gone keeps its position. */
void list_sync(struct list *l, size_t count);
void list_move(struct list *l, long delta); /* stops at both ends */
void list_move_to(struct list *l, size_t index);
void list_move_page(struct list *l, int direction); /* one line of overlap */
/* Moves to the row with `key`, as the user would, at the next sync; while there is no such row, each sync looks again. */
void list_seek_key(struct list *l, const char *key);

bool list_marked(const struct list *l, const char *key);
void list_mark(struct list *l, const char *key, bool on);
void list_unmark_all(struct list *l);

#endif
