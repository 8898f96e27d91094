/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/notice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

struct notice {
	char *title;
	char *text;
};

struct notice *notice_new(const char *title, const char *text)
{
	struct notice *n = mem_alloc(sizeof(*n));
	*n = (struct notice){ .title = mem_strdup(title), .text = mem_strdup(text) };
	return n;
}

void notice_free(struct notice *n)
{
	if (!n)
		return;
	free(n->title);
	free(n->text);
	free(n);
}

/*
 * Draws a line of the text from `row` on, continued at the edge; only counts when `area` is NULL. Returns the
 * row after it.
 */
static int put_line(const struct area *a, int row, int cols, const char *line, size_t len)
{
	struct str safe = { 0 }, part = { 0 };
	text_safe(&safe, line, len);
	const char *p = str_text(&safe);
	do {
		int used;
		size_t fit = text_fit(p, cols, &used);
		if (fit == 0 && *p)
			break;
		str_clear(&part);
		str_add_len(&part, p, fit);
		if (a)
			draw_text(a, row, 0, cols, ROLE_TEXT, str_text(&part));
		row++;
		p += fit;
	} while (*p);
	str_release(&part);
	str_release(&safe);
	return row;
}

static int put_text(const struct area *a, int cols, const char *text)
{
	int row = 0;
	for (const char *p = text; *p || row == 0;) {
		size_t len = strcspn(p, "\n");
		row = put_line(a, row, cols, p, len);
		p += len + (p[len] != '\0');
		if (!*p)
			break;
	}
	return row;
}

void notice_draw(const struct notice *n, const struct area *a)
{
	int rows = put_text(NULL, a->cols, n->text), most = a->rows - 2;
	int shown = rows > most ? most - 1 : rows;
	if (most < 2)
		return;
	struct area w = area_rows(a, a->rows - (rows > most ? most : rows) - 2, a->rows);
	draw_clear(&w);
	draw_hline(&w, 0, 0, w.cols, ROLE_BORDER);
	draw_text(&w, 0, 2, w.cols - 4, ROLE_STRONG, n->title);
	struct area body = area_rows(&w, 1, shown);
	put_text(&body, w.cols, n->text);
	if (rows > shown) {
		struct str more = { 0 };
		str_addf(&more, "and %d lines more", rows - shown);
		draw_text(&w, 1 + shown, 0, w.cols, ROLE_DIM, str_text(&more));
		str_release(&more);
	}
	draw_hline(&w, w.rows - 1, 0, w.cols, ROLE_BORDER);
}
