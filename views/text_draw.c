/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line is first made safe as a whole, with the places where its role changes;
 * the hits of the search lie over that. Then run after run is drawn.
 */
#include "views/text_draw.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

enum { LEAD_COLS = 2 };

struct change {
	size_t at; /* byte of the safe text where the role begins */
	enum role role;
};

struct safe_line {
	struct str text;
	struct change *changes;
	size_t count;
};

static void add_change(struct safe_line *s, enum role role)
{
	s->changes[s->count++] = (struct change){ s->text.len, role };
}

static void make_safe(const struct text_pane *p, const struct text_line *line, struct safe_line *s)
{
	size_t at = 0;

	*s = (struct safe_line){ .changes = mem_alloc((line->span_count + 3) * sizeof(*s->changes)) };
	for (size_t i = 0; i < line->span_count && at < line->len; i++) {
		add_change(s, line->spans[i].role);
		text_safe(&s->text, line->text + at, line->spans[i].len);
		at += line->spans[i].len;
	}
	add_change(s, line->role);
	if (at < line->len)
		text_safe(&s->text, line->text + at, line->len - at);
	if (line->folded) {
		const struct text_line *last = &p->lines[line->fold_end];

		add_change(s, ROLE_DATA_NOTE);
		str_addf(&s->text, " %zu ... ", line->children);
		add_change(s, ROLE_DIM);
		text_safe(&s->text, last->text, last->len);
	}
}

static void release_runs(struct safe_line *s)
{
	str_release(&s->text);
	free(s->changes);
}

/* Draws runs one after the other, into the next row where it wraps. */
struct pen {
	const struct area *a; /* NULL: only counts rows */
	int row, col, left, cols, skip;
	bool wrap;
};

static void draw_piece(struct pen *pen, enum role role, const char *text)
{
	while (*text) {
		int used, room = pen->cols - pen->col;
		size_t len;
		char *part;

		if (pen->skip > 0) {
			int pad;
			int cols = text_cols(text);

			if (pen->skip >= cols) {
				pen->skip -= cols;
				return;
			}
			text += text_skip(text, pen->skip, &pad);
			pen->skip = 0;
			pen->col += pad;
			continue;
		}
		len = text_fit(text, room > 0 ? room : 0, &used);
		if (text[len] && !pen->wrap) {
			if (pen->a)
				draw_text(pen->a, pen->row, pen->col, room, role, text);
			pen->col = pen->cols;
			return;
		}
		if (len == 0 && pen->col == pen->left)
			return; /* narrower than one character */
		part = mem_strndup(text, len);
		if (pen->a && len)
			draw_text(pen->a, pen->row, pen->col, used, role, part);
		free(part);
		pen->col += used;
		text += len;
		if (*text) {
			pen->row++;
			pen->col = pen->left;
		}
	}
}

static void put_run(struct pen *pen, const struct safe_line *s, size_t from, size_t to, enum role role)
{
	char *part = mem_strndup(s->text.p + from, to - from);

	draw_piece(pen, role, part);
	free(part);
}

static void put_line(struct pen *pen, const struct text_pane *p, const struct safe_line *s)
{
	size_t change = 0, at = 0, start = 0, end = 0;
	bool hits = p->pattern && pen->a;

	while (at < s->text.len) {
		size_t stop;
		enum role role;

		while (change + 1 < s->count && s->changes[change + 1].at <= at)
			change++;
		stop = change + 1 < s->count ? s->changes[change + 1].at : s->text.len;
		role = s->changes[change].role;
		if (hits && end <= at)
			hits = pattern_find(p->pattern, s->text.p, at, &start, &end) && end > start;
		if (hits && start <= at) {
			role = ROLE_MATCH;
			stop = end < stop ? end : stop;
		} else if (hits && start < stop) {
			stop = start;
		}
		put_run(pen, s, at, stop, role);
		at = stop;
	}
}

static int draw_runs(const struct text_pane *p, const struct area *a, int row, int cols, const struct text_line *line)
{
	struct safe_line s;
	int left = LEAD_COLS + (line->indent < cols / 2 ? line->indent : cols / 2);
	struct pen pen = { .a = a,
		.row = row,
		.col = left,
		.left = left,
		.cols = cols,
		.skip = p->scroll,
		.wrap = p->wrap };

	make_safe(p, line, &s);
	put_line(&pen, p, &s);
	release_runs(&s);
	return pen.row - row + 1;
}

int text_draw(const struct text_pane *p, const struct area *a, int row, const struct text_line *line)
{
	return draw_runs(p, a, row, a->cols, line);
}

int text_rows(const struct text_pane *p, const struct text_line *line, int cols)
{
	return draw_runs(p, NULL, 0, cols, line);
}

bool text_has(const struct text_pane *p, const struct text_line *line)
{
	struct str safe = { 0 };
	bool found;

	text_safe(&safe, line->text, line->len);
	found = pattern_matches(p->pattern, str_text(&safe));
	str_release(&safe);
	return found;
}
