/* SPDX-License-Identifier: BSD-2-Clause */
#include "cells.h"

#include <curses.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { LOOKS_MAX = 62 };

struct look {
	attr_t attributes;
	int fg, bg;
};

struct looks {
	struct look items[LOOKS_MAX];
	int count;
};

static char letter(int index)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	return letters[index];
}

static char find_look(struct looks *looks, const struct look *look)
{
	if (look->attributes == 0 && look->fg == -1 && look->bg == -1)
		return '.';
	int i = 0;
	while (i < looks->count && memcmp(&looks->items[i], look, sizeof(*look)) != 0)
		i++;
	if (i == LOOKS_MAX)
		abort();
	if (i == looks->count)
		looks->items[looks->count++] = *look;
	return letter(i);
}

/* The cell's characters; returns how many columns it takes. */
static int read_cell(int row, int col, struct str *text, struct look *look)
{
	cchar_t cell;
	wchar_t chars[CCHARW_MAX + 1] = { 0 };
	attr_t attributes;
	short pair;
	int full_pair = 0;
	mvin_wch(row, col, &cell);
	if (getcchar(&cell, chars, &attributes, &pair, &full_pair) != OK)
		chars[0] = L'?';
	*look = (struct look){ 0 };
	look->attributes = attributes & (A_BOLD | A_DIM | A_ITALIC | A_UNDERLINE | A_REVERSE);
	look->fg = look->bg = -1;
	if (pair > 0)
		extended_pair_content(pair, &look->fg, &look->bg);
	/* The colour of a blank's character is invisible, so it does not count. */
	if (chars[0] == L' ' && look->bg == -1 && !(look->attributes & (A_UNDERLINE | A_REVERSE)))
		*look = (struct look){ .fg = -1, .bg = -1 };
	char bytes[MB_LEN_MAX * (CCHARW_MAX + 1)];
	size_t n = wcstombs(bytes, chars, sizeof(bytes) - 1);
	if (n != (size_t)-1)
		str_add_len(text, bytes, n);
	int width = wcwidth(chars[0]);
	return width > 1 ? width : 1;
}

static void trim(struct str *s, char blank)
{
	while (s->len > 0 && s->p[s->len - 1] == blank)
		s->p[--s->len] = '\0';
}

static void dump_row(struct str *out, struct looks *looks, int row)
{
	struct str text = { 0 }, style = { 0 };
	for (int col = 0, width; col < COLS; col += width) {
		struct look look;
		width = read_cell(row, col, &text, &look);
		str_add_fill(&style, find_look(looks, &look), (size_t)width);
	}
	trim(&text, ' ');
	trim(&style, '.');
	str_addf(out, "T|%s|\n", str_text(&text));
	if (style.len)
		str_addf(out, "S|%s|\n", style.p);
	str_release(&text);
	str_release(&style);
}

static void dump_look(struct str *out, const struct look *look)
{
	static const struct {
		attr_t bit;
		const char *name;
	} names[] = { { A_BOLD, " bold" }, { A_DIM, " dim" }, { A_ITALIC, " italic" }, { A_UNDERLINE, " underline" },
		{ A_REVERSE, " reverse" } };
	if (look->fg >= 0)
		str_addf(out, " fg %d", look->fg);
	if (look->bg >= 0)
		str_addf(out, " bg %d", look->bg);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (look->attributes & names[i].bit)
			str_add(out, names[i].name);
}

void cells_dump(struct str *out)
{
	struct looks looks = { 0 };
	for (int row = 0; row < LINES; row++)
		dump_row(out, &looks, row);
	for (int i = 0; i < looks.count; i++) {
		str_addf(out, "%c =", letter(i));
		dump_look(out, &looks.items[i]);
		str_add_char(out, '\n');
	}
}
