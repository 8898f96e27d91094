/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/confirm.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/cell.h"
#include "ui/dialog_frame.h"
#include "ui/line.h"
#include "ui/screen.h"

enum { QUIET_MS = 300, COLS_MOST = 96, FRAME_COLS = 4 };

/* A line of the effect after wrapping: a part of its text. */
struct piece {
	size_t line, from, len;
	bool first;
};

struct confirm {
	char *title, *name, *what, *verb;
	char **texts; /* made safe */
	enum severity *severities;
	size_t count;
	struct line typed;
	bool wrong; /* the typed text is not the name */
	int64_t deaf_until_ms;
	struct piece *pieces; /* wrapped for `cols` cells */
	size_t piece_count, piece_cap;
	int cols;
	int top, shown; /* first piece on the screen, and number of pieces that fit */
};

struct confirm *confirm_new(const struct confirm_ask *ask)
{
	struct confirm *c = mem_alloc(sizeof(*c));
	c->title = mem_strdup(ask->title);
	c->name = mem_strdup(ask->name);
	c->what = mem_strdup(ask->what ? ask->what : "name");
	c->verb = mem_strdup(ask->verb ? ask->verb : "continue");
	c->count = ask->count;
	c->texts = mem_alloc((ask->count + 1) * sizeof(*c->texts));
	c->severities = mem_alloc((ask->count + 1) * sizeof(*c->severities));
	for (size_t i = 0; i < ask->count; i++) {
		struct str safe = { 0 };
		text_safe(&safe, ask->lines[i].text, strlen(ask->lines[i].text));
		c->texts[i] = str_take(&safe);
		c->severities[i] = ask->lines[i].severity;
	}
	c->deaf_until_ms = clock_mono_ms() + QUIET_MS;
	return c;
}

void confirm_free(struct confirm *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->count; i++)
		free(c->texts[i]);
	free(c->texts);
	free(c->severities);
	free(c->pieces);
	free(c->title);
	free(c->name);
	free(c->what);
	free(c->verb);
	line_release(&c->typed);
	free(c);
}

int64_t confirm_next_change(const struct confirm *c)
{
	return clock_mono_ms() < c->deaf_until_ms ? c->deaf_until_ms : -1;
}

/* A name that cannot be typed on a keyboard is typed as it is shown. */
static bool is_named(const struct confirm *c)
{
	struct str safe = { 0 };
	text_safe(&safe, c->name, strlen(c->name));
	bool same = strcmp(str_text(&c->typed.text), c->name) == 0 ||
		strcmp(str_text(&c->typed.text), str_text(&safe)) == 0;
	str_release(&safe);
	return same;
}

static void scroll(struct confirm *c, int delta)
{
	int last = (int)c->piece_count - c->shown;
	c->top += delta;
	c->top = c->top > last ? last : c->top;
	c->top = c->top < 0 ? 0 : c->top;
}

static bool scroll_key(struct confirm *c, key_code key)
{
	int page = c->shown > 1 ? c->shown - 1 : 1;
	switch (key) {
	case KEY_UP_ARROW:
		scroll(c, -1);
		return true;
	case KEY_DOWN_ARROW:
		scroll(c, 1);
		return true;
	case KEY_PAGE_UP:
		scroll(c, -page);
		return true;
	case KEY_PAGE_DOWN:
		scroll(c, page);
		return true;
	default:
		return false;
	}
}

enum confirm_answer confirm_key(struct confirm *c, key_code key)
{
	int64_t now = clock_mono_ms();
	if (key == KEY_ESC || key == KEY_CTRL('c'))
		return CONFIRM_NO;
	/* A key that is held down, or a line typed ahead, is ignored until it ends. */
	if (now < c->deaf_until_ms) {
		c->deaf_until_ms = now + QUIET_MS;
		return CONFIRM_OPEN;
	}
	if (scroll_key(c, key))
		return CONFIRM_OPEN;
	if (!c->name)
		return key == KEY_ENTER_KEY || key == 'y' || key == 'Y' ? CONFIRM_YES :
			key == 'n' || key == 'N' || key == 'q'          ? CONFIRM_NO :
									  CONFIRM_OPEN;
	if (key == KEY_ENTER_KEY) {
		c->wrong = !is_named(c);
		return c->wrong ? CONFIRM_OPEN : CONFIRM_YES;
	}
	if (line_key(&c->typed, key) == LINE_CHANGED)
		c->wrong = false;
	return CONFIRM_OPEN;
}

void confirm_mouse(struct confirm *c, const struct mouse_event *mouse)
{
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN)
		scroll(c, mouse->kind == MOUSE_WHEEL_UP ? -1 : 1);
}

/* Breaks at a blank if there is one, so that words stay whole. */
static size_t break_at(const char *text, int cols)
{
	int used;
	size_t fit = text_fit(text, cols, &used), at = fit;
	if (!text[fit])
		return fit;
	while (at > 0 && text[at] != ' ')
		at--;
	return at > 0 ? at : fit ? fit : 1;
}

static void confirm_wrap(struct confirm *c, int cols)
{
	if (c->cols == cols)
		return;
	c->cols = cols;
	c->piece_count = 0;
	for (size_t i = 0; i < c->count; i++) {
		const char *text = c->texts[i];
		size_t at = 0;
		do {
			size_t len = break_at(text + at, cols);
			c->pieces = mem_grow(c->pieces, &c->piece_cap, c->piece_count + 1, sizeof(*c->pieces));
			c->pieces[c->piece_count++] = (struct piece){ i, at, len, at == 0 };
			at += len;
			while (text[at] == ' ')
				at++;
		} while (text[at]);
	}
}

static int confirm_widest(const struct confirm *c)
{
	int most = text_cols(c->title) + 2;
	for (size_t i = 0; i < c->count; i++) {
		int cols = text_cols(c->texts[i]) + 2;
		most = cols > most ? cols : most;
	}
	return most < 44 ? 44 : most;
}

static void draw_piece(const struct confirm *c, const struct area *w, int row, const struct piece *p)
{
	enum severity severity = c->severities[p->line];
	enum role role = severity_role(severity);
	char *text = mem_strndup(c->texts[p->line] + p->from, p->len);
	if (p->first)
		draw_text_on(w, row, 2, 1, role, ROLE_DIALOG, severity_sign(severity));
	draw_text_on(w, row, 4, w->cols - 6, role, ROLE_DIALOG, text);
	free(text);
}

static void draw_answer(const struct confirm *c, const struct area *w, int row)
{
	struct str label = { 0 };
	str_addf(&label, "Type \"%s\" to confirm: ", c->name);
	int most = w->cols - 6 > 32 ? w->cols - 22 : (w->cols - 4) / 2;
	int used = draw_text_on(w, row, 2, most, ROLE_PROMPT, ROLE_DIALOG, str_text(&label));
	int room = w->cols - used - 5, cols;
	struct str safe = { 0 };
	text_safe(&safe, str_text(&c->typed.text), c->typed.cursor);
	cols = text_cols(str_text(&safe));
	str_release(&safe);
	text_safe(&safe, str_text(&c->typed.text), c->typed.text.len);
	int pad, skipped = cols > room ? cols - room : 0;
	size_t from = text_skip(str_text(&safe), skipped, &pad);
	draw_text_on(w, row, 2 + used, room + 1, ROLE_STRONG, ROLE_DIALOG, str_text(&safe) + from);
	screen_cursor(w->row + row, w->col + 2 + used + cols - skipped);
	str_release(&safe);
	str_release(&label);
}

static void draw_hint(const struct confirm *c, const struct area *w, int row)
{
	struct str text = { 0 };
	bool deaf = clock_mono_ms() < c->deaf_until_ms;
	if (c->wrong)
		str_addf(&text, "! This is not the %s; Esc: back", c->what);
	else if (deaf)
		str_add(&text, "Please read: keys are ignored for a moment  Esc: back");
	else
		str_addf(&text, "%s: %s  Esc: back", c->name ? "Enter" : "Enter or y", c->verb);
	if ((int)c->piece_count > c->shown)
		str_addf(&text, "   Down: more (%d of %zu lines)", c->top + c->shown, c->piece_count);
	draw_text_on(w, row, 2, w->cols - 4,
		c->wrong     ? ROLE_ERROR :
			deaf ? ROLE_DIM :
			       ROLE_STRONG,
		ROLE_DIALOG, str_text(&text));
	str_release(&text);
}

void confirm_draw(struct confirm *c, const struct area *a)
{
	int cols = confirm_widest(c) + FRAME_COLS + 2, answer = c->name ? 1 : 0;
	cols = cols > COLS_MOST ? COLS_MOST : cols;
	cols = cols > a->cols ? a->cols : cols;
	confirm_wrap(c, cols - FRAME_COLS - 2);
	/* The frame, a blank row before the answer, the hint. */
	int around = 4 + answer, rows = (int)c->piece_count + around;
	/* Without enough room, the blank row is the first to go. */
	around -= rows > a->rows;
	rows = rows > a->rows ? a->rows : rows;
	struct area w = { .row = a->row + (a->rows - rows) / 2,
		.col = a->col + (a->cols - cols) / 2,
		.rows = rows,
		.cols = cols };
	c->shown = rows > around ? rows - around : 0;
	scroll(c, 0);
	dialog_draw_frame(&w, c->title);
	for (int i = 0; i < c->shown && c->top + i < (int)c->piece_count; i++)
		draw_piece(c, &w, 1 + i, &c->pieces[c->top + i]);
	if (c->name)
		draw_answer(c, &w, rows - 3);
	draw_hint(c, &w, rows - 2);
}
