/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/draw.h"

#include <curses.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/text.h"
#include "ui/style.h"

struct area area_rows(const struct area *a, int from, int count)
{
	struct area out = *a;
	if (from < 0)
		count += from, from = 0;
	if (from > a->rows)
		from = a->rows;
	out.row = a->row + from;
	out.rows = count < 0 ? 0 : count > a->rows - from ? a->rows - from : count;
	return out;
}

struct area area_cols(const struct area *a, int from, int count)
{
	struct area out = *a;
	if (from < 0)
		count += from, from = 0;
	if (from > a->cols)
		from = a->cols;
	out.col = a->col + from;
	out.cols = count < 0 ? 0 : count > a->cols - from ? a->cols - from : count;
	return out;
}

struct area area_on(const struct area *a, enum role under)
{
	struct area out = *a;
	out.under = under;
	return out;
}

/* How many cells of the row, from `col` on and at most `cols`, may be drawn; 0 outside. */
static int clip(const struct area *a, int row, int col, int cols)
{
	if (row < 0 || row >= a->rows || col < 0 || col >= a->cols || cols <= 0)
		return 0;
	return cols < a->cols - col ? cols : a->cols - col;
}

static void set_style(enum role role, enum role under)
{
	struct style style = theme_style(role, under);
	attr_set((attr_t)style.attributes, (short)style.pair, NULL);
}

static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		/* As signed, this is also true for everything outside ASCII. */
		if ((signed char)text[i] < 0x20 || text[i] == 0x7f)
			return false;
	return true;
}

/* For terminals that show only ASCII: a question mark in each cell of any other character. */
static void fold_to_ascii(struct str *out, const char *safe)
{
	size_t left = strlen(safe);
	while (left > 0) {
		unsigned code;
		size_t n = text_decode(safe, left, &code);
		if (n <= 1) {
			str_add_char(out, n == 1 ? *safe : '?');
			n = 1;
		} else {
			struct str one = { 0 };
			str_add_len(&one, safe, n);
			str_add_fill(out, '?', (size_t)text_cols(one.p));
			str_release(&one);
		}
		safe += n;
		left -= n;
	}
}

static void make_safe(struct str *out, const char *text)
{
	struct str safe = { 0 };
	text_safe(draw_is_ascii() ? &safe : out, text, strlen(text));
	if (draw_is_ascii())
		fold_to_ascii(out, str_text(&safe));
	str_release(&safe);
}

static void draw_put(const struct area *a, int row, int col, const char *bytes, size_t len)
{
	mvaddnstr(a->row + row, a->col + col, bytes, (int)len);
}

/* Draws `safe` into exactly `cols` cells, and cuts a longer text with the sign for "more". */
static int put_fitted(const struct area *a, int row, int col, int cols, const char *safe)
{
	int used;
	size_t len = text_fit(safe, cols, &used);
	if (!safe[len]) {
		draw_put(a, row, col, safe, len);
		return used;
	}
	len = text_fit(safe, cols - 1, &used);
	draw_put(a, row, col, safe, len);
	const char *more = draw_is_ascii() ? ">" : "…";
	draw_put(a, row, col + used, more, strlen(more));
	return used + 1;
}

int draw_text(const struct area *a, int row, int col, int cols, enum role role, const char *text)
{
	cols = clip(a, row, col, cols);
	if (cols == 0)
		return 0;
	set_style(role, a->under);
	size_t len = strlen(text);
	if (len <= (size_t)cols && is_plain(text, len)) {
		draw_put(a, row, col, text, len);
		return (int)len;
	}
	struct str safe = { 0 };
	make_safe(&safe, text);
	int used = put_fitted(a, row, col, cols, str_text(&safe));
	str_release(&safe);
	return used;
}

int draw_text_on(const struct area *a, int row, int col, int cols, enum role role, enum role under, const char *text)
{
	struct area on = area_on(a, under);
	return draw_text(&on, row, col, cols, role, text);
}

int draw_right(const struct area *a, int row, int col, int cols, enum role role, const char *text)
{
	cols = clip(a, row, col, cols);
	size_t len = strlen(text);
	if (len <= (size_t)cols && is_plain(text, len))
		return draw_text(a, row, col + cols - (int)len, (int)len, role, text);
	struct str safe = { 0 };
	make_safe(&safe, text);
	int need = text_cols(str_text(&safe));
	int skip = need < cols ? cols - need : 0;
	set_style(role, a->under);
	int used = cols > 0 ? put_fitted(a, row, col + skip, cols - skip, str_text(&safe)) : 0;
	str_release(&safe);
	return used;
}

int draw_scrolled(const struct area *a, int row, int col, int cols, int scroll, enum role role, const char *text)
{
	cols = clip(a, row, col, cols);
	if (cols == 0)
		return 0;
	if (scroll == 0)
		return draw_text(a, row, col, cols, role, text);
	struct str safe = { 0 };
	make_safe(&safe, text);
	int pad = 0;
	size_t skip = text_skip(str_text(&safe), scroll, &pad);
	if (pad > cols)
		pad = cols;
	set_style(role, a->under);
	draw_put(a, row, col, "  ", (size_t)(pad > 2 ? 2 : pad));
	int used = pad;
	if (cols > pad)
		used += put_fitted(a, row, col + pad, cols - pad, str_text(&safe) + skip);
	str_release(&safe);
	return used;
}

/* Repeats one sign of one column: curses takes all of them in one call. */
static void fill(const struct area *a, int row, int col, int cols, enum role role, const wchar_t *sign)
{
	cols = clip(a, row, col, cols);
	if (cols == 0)
		return;
	struct style style = theme_style(role, a->under);
	cchar_t cell;
	/* a cell without a colour pair of its own takes the window's present one */
	set_style(role, a->under);
	setcchar(&cell, sign, (attr_t)style.attributes, (short)style.pair, NULL);
	mvhline_set(a->row + row, a->col + col, &cell, cols);
}

void draw_fill(const struct area *a, int row, int col, int cols, enum role role)
{
	fill(a, row, col, cols, role, L" ");
}

void draw_clear(const struct area *a)
{
	for (int row = 0; row < a->rows; row++)
		draw_fill(a, row, 0, a->cols, ROLE_TEXT);
}

void draw_hline(const struct area *a, int row, int col, int cols, enum role role)
{
	fill(a, row, col, cols, role, draw_is_ascii() ? L"-" : L"─");
}

/* The mean of the known slots among those numbered [first, first + count); NaN: none is known. */
static double slots_mean(const struct series *s, int64_t first, int64_t count)
{
	double sum = 0;
	int known = 0;
	for (int64_t slot = first; slot < first + count; slot++) {
		int64_t i = s->count - 1 - (s->last_slot - slot);
		if (i >= 0 && i < s->count && !isnan(s->values[i])) {
			sum += (double)s->values[i];
			known++;
		}
	}
	return known ? sum / known : NAN;
}

/* True when something is known and it never changed. */
static bool is_flat(const struct series *s)
{
	double low, high;
	series_bounds(s, &low, &high);
	return !isnan(low) && low == high;
}

void draw_spark(const struct area *a, int row, int col, int cols, enum role role, enum spark_scale scale,
	const struct series *s)
{
	static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8" };
	cols = clip(a, row, col, cols);
	if (cols == 0)
		return;
	if (cols > SERIES_SLOTS)
		col += cols - SERIES_SLOTS, cols = SERIES_SLOTS;
	/* A constant figure is drawn as a plain line: bars that fill in would make the line restless. */
	if (is_flat(s)) {
		draw_hline(a, row, col, cols, ROLE_UNKNOWN);
		return;
	}
	/* Slots share a cell by number, not by age: then bars move as a whole and do not flicker. */
	int64_t per_cell = (SERIES_SLOTS + cols - 1) / cols;
	int64_t newest = s->count > 0 ? s->last_slot / per_cell : 0;
	double means[SERIES_SLOTS], top = -INFINITY, bottom = INFINITY;
	for (int i = 0; i < cols; i++) {
		means[i] = s->count > 0 ? slots_mean(s, (newest - (cols - 1 - i)) * per_cell, per_cell) : NAN;
		if (means[i] > top)
			top = means[i];
		if (means[i] < bottom)
			bottom = means[i];
	}
	/* From 0 up, the height of a bar is the figure, and noise on a steady figure stays flat. */
	if (scale == SPARK_FROM_ZERO)
		bottom = 0;
	int levels = draw_is_ascii() ? 8 : 7;
	/* Cells beyond the window stay empty, always the same ones: they are not unknown. */
	int spare = cols - (int)(SERIES_SLOTS / per_cell);
	for (int i = spare > 0 ? spare : 0; i < cols; i++) {
		bool known = !isnan(means[i]);
		int level = known && means[i] > bottom ? (int)lround((means[i] - bottom) / (top - bottom) * levels) : 0;
		const char *sign = !known ? (draw_is_ascii() ? "." : "·") :
			draw_is_ascii()   ? digits[level] :
					    blocks[level];
		set_style(known ? role : ROLE_UNKNOWN, a->under);
		draw_put(a, row, col + i, sign, strlen(sign));
	}
}
