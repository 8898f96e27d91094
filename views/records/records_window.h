/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which records of a feed are on the screen and which is under the cursor, by
 * the feed's numbers. On the newest record the cursor follows new ones; moved
 * up, it stays on its record. Pure; any thread.
 */
#ifndef VIEWS_RECORDS_WINDOW_H
#define VIEWS_RECORDS_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

struct records_window {
	int64_t first, end;  /* numbers there are: [first, end) */
	int64_t cursor, top; /* within them; first while there are none */
	int64_t page;        /* rows on the screen, at least 1 */
	bool newest;         /* the cursor goes along with the last record */
};

enum window_edge { WINDOW_INSIDE, WINDOW_AT_TOP, WINDOW_AT_BOTTOM };

void window_set_page(struct records_window *w, int64_t rows);
/* The range of numbers has changed: the cursor keeps its record and its line, or goes to the nearest one left. */
void window_sync(struct records_window *w, int64_t first, int64_t end);
/* The numbers mean other records now. `cursor`: the new number of the cursor's record; -1: it is gone. */
void window_renumbered(struct records_window *w, int64_t first, int64_t end, int64_t cursor);
/* Returns at which edge the move went beyond the records. */
enum window_edge window_move(struct records_window *w, int64_t delta);
enum window_edge window_page(struct records_window *w, int direction); /* one line of overlap */
void window_go(struct records_window *w, int64_t number);
void window_go_newest(struct records_window *w);
int64_t window_below(const struct records_window *w); /* records after the last on the screen */
bool window_is_empty(const struct records_window *w);

#endif
