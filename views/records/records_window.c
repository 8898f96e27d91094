/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/records/records_window.h"

bool window_is_empty(const struct records_window *w)
{
	return w->end <= w->first;
}

static int64_t between(int64_t n, int64_t least, int64_t most)
{
	return n > most ? (most < least ? least : most) : n < least ? least : n;
}

static void keep_inside(struct records_window *w)
{
	if (window_is_empty(w)) {
		w->cursor = w->top = w->first;
		return;
	}
	w->cursor = w->newest ? w->end - 1 : between(w->cursor, w->first, w->end - 1);
	w->top = between(w->top, w->cursor - w->page + 1, w->cursor);
	w->top = between(w->top, w->first, w->end - w->page);
}

void window_set_page(struct records_window *w, int64_t rows)
{
	w->page = rows > 0 ? rows : 1;
	keep_inside(w);
}

void window_sync(struct records_window *w, int64_t first, int64_t end)
{
	w->first = first;
	w->end = end;
	keep_inside(w);
}

void window_renumbered(struct records_window *w, int64_t first, int64_t end, int64_t cursor)
{
	int64_t line = w->cursor - w->top;

	if (cursor >= 0) {
		w->cursor = cursor;
		w->top = cursor - line;
	} else {
		w->cursor = end - 1;
		w->top = end - w->page;
	}
	window_sync(w, first, end);
}

enum window_edge window_move(struct records_window *w, int64_t delta)
{
	int64_t target = w->cursor + delta;

	if (window_is_empty(w))
		return delta < 0 ? WINDOW_AT_TOP : WINDOW_AT_BOTTOM;
	w->newest = target >= w->end - 1 && (w->newest || delta > 0);
	w->cursor = target;
	keep_inside(w);
	return target < w->first ? WINDOW_AT_TOP : target >= w->end ? WINDOW_AT_BOTTOM : WINDOW_INSIDE;
}

enum window_edge window_page(struct records_window *w, int direction)
{
	int64_t step = w->page > 1 ? w->page - 1 : 1;

	w->top += direction * step;
	return window_move(w, direction * step);
}

void window_go(struct records_window *w, int64_t number)
{
	w->newest = false;
	w->cursor = number;
	/* After a jump some records before the target are shown, too. */
	if (number < w->top || number >= w->top + w->page)
		w->top = number - w->page / 3;
	keep_inside(w);
}

void window_go_newest(struct records_window *w)
{
	w->newest = true;
	keep_inside(w);
}

int64_t window_below(const struct records_window *w)
{
	int64_t below = w->end - w->top - w->page;

	return below > 0 ? below : 0;
}
