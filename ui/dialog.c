/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/dialog.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/dialog_frame.h"

struct dialog {
	char *title;
	struct choice *choices; /* texts owned */
	size_t count;
	size_t cursor, top;
	bool one; /* one is chosen: there are no boxes */
};

enum { FRAME_COLS = 4, FRAME_ROWS = 4 };

struct dialog *dialog_choose(const char *title, const struct choice *choices, size_t count)
{
	struct dialog *d = mem_alloc(sizeof(*d));
	d->title = mem_strdup(title);
	d->choices = mem_alloc(count * sizeof(*d->choices));
	d->count = count;
	for (size_t i = 0; i < count; i++)
		d->choices[i] = (struct choice){ .label = mem_strdup(choices[i].label),
			.help = mem_strdup(choices[i].help),
			.on = choices[i].on };
	return d;
}

struct dialog *dialog_pick(const char *title, const struct choice *choices, size_t count, size_t at)
{
	struct dialog *d = dialog_choose(title, choices, count);
	d->one = true;
	d->cursor = at < count ? at : 0;
	return d;
}

void dialog_free(struct dialog *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->count; i++) {
		free((char *)(uintptr_t)d->choices[i].label);
		free((char *)(uintptr_t)d->choices[i].help);
	}
	free(d->choices);
	free(d->title);
	free(d);
}

static void move_cursor(struct dialog *d, long step)
{
	long at = (long)d->cursor + step, last = (long)d->count - 1;
	d->cursor = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

enum dialog_answer dialog_key(struct dialog *d, key_code key)
{
	switch (key) {
	case 'j':
	case KEY_DOWN_ARROW:
		move_cursor(d, 1);
		break;
	case 'k':
	case KEY_UP_ARROW:
		move_cursor(d, -1);
		break;
	case 'g':
	case KEY_HOME_KEY:
		d->cursor = 0;
		break;
	case 'G':
	case KEY_END_KEY:
		move_cursor(d, (long)d->count);
		break;
	case KEY_PAGE_DOWN:
	case KEY_CTRL('f'):
		move_cursor(d, 10);
		break;
	case KEY_PAGE_UP:
	case KEY_CTRL('b'):
		move_cursor(d, -10);
		break;
	case KEY_SPACE:
	case 'x':
		if (d->one)
			return DIALOG_ACCEPTED;
		if (d->count)
			d->choices[d->cursor].on = !d->choices[d->cursor].on;
		break;
	case KEY_ENTER_KEY:
		return DIALOG_ACCEPTED;
	case KEY_ESC:
	case 'q':
	case KEY_CTRL('c'):
		return DIALOG_GIVEN_UP;
	default:
		break;
	}
	return DIALOG_OPEN;
}

static int content_cols(const struct dialog *d, int *label_cols)
{
	int widest = text_cols(d->title);
	*label_cols = 0;
	for (size_t i = 0; i < d->count; i++) {
		int cols = text_cols(d->choices[i].label);
		*label_cols = cols > *label_cols ? cols : *label_cols;
	}
	for (size_t i = 0; i < d->count; i++) {
		int cols =
			(d->one ? 2 : 6) + *label_cols + (d->choices[i].help ? 2 + text_cols(d->choices[i].help) : 0);
		widest = cols > widest ? cols : widest;
	}
	return widest;
}

static const char hint_ticks[] = "Space tick  Enter take  Esc leave", hint_one[] = "Enter take  Esc leave";

static const char *dialog_hint(const struct dialog *d)
{
	return d->one ? hint_one : hint_ticks;
}

/* In the middle, as large as needed, within the area. */
static struct area dialog_place(const struct dialog *d, const struct area *a, int *label_cols)
{
	int cols = content_cols(d, label_cols), hint_cols = (int)strlen(dialog_hint(d));
	cols = (cols > hint_cols ? cols : hint_cols) + FRAME_COLS;
	int rows = (int)d->count + FRAME_ROWS;
	cols = cols > a->cols ? a->cols : cols;
	rows = rows > a->rows ? a->rows : rows;
	return (struct area){ .row = a->row + (a->rows - rows) / 2,
		.col = a->col + (a->cols - cols) / 2,
		.rows = rows,
		.cols = cols };
}

void dialog_draw_frame(const struct area *w, const char *title)
{
	bool ascii = draw_is_ascii();
	const char *across = ascii ? "-" : "─", *down = ascii ? "|" : "│";
	for (int row = 0; row < w->rows; row++) {
		draw_fill(w, row, 0, w->cols, ROLE_DIALOG);
		draw_text_on(w, row, 0, 1, ROLE_BORDER, ROLE_DIALOG, down);
		draw_text_on(w, row, w->cols - 1, 1, ROLE_BORDER, ROLE_DIALOG, down);
	}
	for (int col = 0; col < w->cols; col++) {
		draw_text_on(w, 0, col, 1, ROLE_BORDER, ROLE_DIALOG, across);
		draw_text_on(w, w->rows - 1, col, 1, ROLE_BORDER, ROLE_DIALOG, across);
	}
	static const char *const corners[2][4] = { { "┌", "┐", "└", "┘" }, { "+", "+", "+", "+" } };
	for (int i = 0; i < 4; i++)
		draw_text_on(w, i < 2 ? 0 : w->rows - 1, i % 2 ? w->cols - 1 : 0, 1, ROLE_BORDER, ROLE_DIALOG,
			corners[ascii][i]);
	int used = draw_text_on(w, 0, 2, w->cols - 4, ROLE_STRONG, ROLE_DIALOG, title);
	draw_text_on(w, 0, 1, 1, ROLE_STRONG, ROLE_DIALOG, " ");
	draw_text_on(w, 0, 2 + used, 1, ROLE_STRONG, ROLE_DIALOG, " ");
}

static void draw_choice(const struct dialog *d, const struct area *w, int row, size_t i, int label_cols)
{
	bool here = i == d->cursor;
	const struct choice *c = &d->choices[i];
	enum role role = here ? ROLE_SELECTED : ROLE_TEXT;
	draw_text_on(w, row, 1, 1, ROLE_SELECTED, ROLE_DIALOG, here ? ">" : " ");
	int col = d->one ? 2 : 6;
	if (!d->one)
		draw_text_on(w, row, 2, 4, role, ROLE_DIALOG, c->on ? "[x] " : "[ ] ");
	draw_text_on(w, row, col, w->cols - col - 2, role, ROLE_DIALOG, c->label);
	col += label_cols + 2;
	if (c->help)
		draw_text_on(w, row, col, w->cols - col - 2, ROLE_DIM, ROLE_DIALOG, c->help);
}

void dialog_draw(struct dialog *d, const struct area *a)
{
	int label_cols;
	struct area w = dialog_place(d, a, &label_cols);
	dialog_draw_frame(&w, d->title);
	int rows = w.rows - FRAME_ROWS;
	size_t shown = rows > 0 ? (size_t)rows : 0;
	if (d->cursor < d->top)
		d->top = d->cursor;
	if (shown && d->cursor >= d->top + shown)
		d->top = d->cursor - shown + 1;
	for (size_t i = 0; i < shown && d->top + i < d->count; i++)
		draw_choice(d, &w, 1 + (int)i, d->top + i, label_cols);
	draw_text_on(&w, w.rows - 2, 2, w.cols - 4, ROLE_DIM, ROLE_DIALOG, dialog_hint(d));
}

enum dialog_answer dialog_mouse(struct dialog *d, const struct area *a, const struct mouse_event *mouse)
{
	int label_cols;
	struct area w = dialog_place(d, a, &label_cols);
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
		move_cursor(d, mouse->kind == MOUSE_WHEEL_UP ? -1 : 1);
		return DIALOG_OPEN;
	}
	int row = mouse->row - w.row - 1;
	if (row < 0 || row >= w.rows - FRAME_ROWS || d->top + (size_t)row >= d->count)
		return DIALOG_OPEN;
	d->cursor = d->top + (size_t)row;
	if (d->one)
		return DIALOG_ACCEPTED;
	d->choices[d->cursor].on = !d->choices[d->cursor].on;
	return DIALOG_OPEN;
}

const struct choice *dialog_choices(const struct dialog *d, size_t *count)
{
	*count = d->count;
	return d->choices;
}

size_t dialog_chosen(const struct dialog *d)
{
	return d->cursor;
}
