/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/format.h"

enum { DOTS_ACROSS = 2, DOTS_DOWN = 4, EIGHTHS = 8, SPAN_LEAST = 10 };

/* The part of the area with the lines, as dots or cells with a role each. */
struct canvas {
	struct area area;
	int dot_cols, dot_rows; /* dots in the whole canvas */
	int64_t span;           /* its width in slots */
	unsigned char *dots;    /* one byte of braille dots for each cell */
	enum role *roles;
	char sign; /* a dot in ASCII */
};

double chart_ceiling(double top)
{
	static const double steps[] = { 1, 2, 2.5, 5, 10 };
	if (!(top > 0))
		return 1;
	double unit = pow(10, floor(log10(top)));
	for (int i = 0; i < 5; i++)
		if (top <= steps[i] * unit * (1 + 1e-9))
			return steps[i] * unit;
	return 10 * unit;
}

/* The value of the slot `back` slots before the newest slot of the chart; NaN: unknown. */
static double slot_value(const struct series *s, int64_t newest, int64_t back)
{
	int64_t i = s->count - 1 - (s->last_slot - (newest - back));
	return i >= 0 && i < s->count ? (double)s->values[i] : NAN;
}

static int64_t newest_slot(const struct chart *c)
{
	int64_t newest = 0;
	for (int i = 0; i < c->count; i++)
		if (c->lines[i].series->count > 0 && c->lines[i].series->last_slot > newest)
			newest = c->lines[i].series->last_slot;
	return newest;
}

int chart_slots(const struct series *s)
{
	int32_t first = 0;
	while (first < s->count && isnan(s->values[first]))
		first++;
	return s->count - first;
}

/* Begins at the first known slot, so that a program just started does not show an empty half hour. */
static int64_t shown_slots(const struct chart *c, int64_t newest)
{
	int64_t span = c->slots > SPAN_LEAST ? c->slots : SPAN_LEAST;
	for (int i = 0; i < c->count; i++) {
		const struct series *s = c->lines[i].series;
		int known = chart_slots(s);
		if (known > 0 && newest - s->last_slot + known > span)
			span = newest - s->last_slot + known;
	}
	return span < SERIES_SLOTS ? span : SERIES_SLOTS;
}

double chart_highest(const struct series *s)
{
	double low, high;
	series_bounds(s, &low, &high);
	return high > 0 ? high : 0;
}

static double highest(const struct chart *c)
{
	double top = c->top;
	for (int i = 0; i < c->count; i++) {
		double high = chart_highest(c->lines[i].series);
		if (high > top)
			top = high;
	}
	return top;
}

static int dot_row(const struct canvas *v, double value, double ceiling)
{
	int up = (int)lround(value / ceiling * (v->dot_rows - 1));
	up = up < 0 ? 0 : up >= v->dot_rows ? v->dot_rows - 1 : up;
	return v->dot_rows - 1 - up;
}

static void set_dot(struct canvas *v, int x, int y, enum role role)
{
	/* Unicode numbers the dots of a braille cell in two columns of three, then the lowest two. */
	static const unsigned char bits[DOTS_DOWN][DOTS_ACROSS] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };
	int down = v->dot_rows / v->area.rows, across = v->dot_cols / v->area.cols;
	int cell = y / down * v->area.cols + x / across;
	v->dots[cell] |= bits[y % down][x % across];
	v->roles[cell] = role;
}

/* Connects two dots without a gap, so that a jump is drawn as a line. */
static void draw_line(struct canvas *v, const struct chart_line *line, int64_t newest, double ceiling)
{
	int before = -1;
	for (int x = 0; x < v->dot_cols; x++) {
		int64_t back = (int64_t)(v->dot_cols - 1 - x) * v->span / v->dot_cols;
		double value = slot_value(line->series, newest, back);
		int y = isnan(value) ? -1 : dot_row(v, value, ceiling);
		int from = before < 0 || y < 0 ? y : before < y ? before + 1 : before > y ? before - 1 : y;
		for (int at = from; y >= 0; at += at < y ? 1 : -1) {
			set_dot(v, x, at, line->role);
			if (at == y)
				break;
		}
		before = y;
	}
}

static void put_dots(const struct canvas *v)
{
	for (int i = 0; i < v->area.rows * v->area.cols; i++) {
		if (!v->dots[i])
			continue;
		/* U+2800 and the dots, as UTF-8. */
		const char cell[4] = { (char)0xe2, (char)(0xa0 | v->dots[i] >> 6), (char)(0x80 | (v->dots[i] & 0x3f)),
			0 };
		const char sign[2] = { v->sign, 0 };
		draw_text(&v->area, i / v->area.cols, i % v->area.cols, 1, v->roles[i], v->sign ? sign : cell);
	}
}

static void draw_lines(const struct chart *c, const struct area *plot, bool ascii, int64_t newest, int64_t span,
	double ceiling)
{
	size_t cells = (size_t)(plot->rows * plot->cols);
	struct canvas v = { .area = *plot,
		.span = span,
		.dot_cols = plot->cols * (ascii ? 1 : DOTS_ACROSS),
		.dot_rows = plot->rows * (ascii ? 1 : DOTS_DOWN) };
	v.dots = mem_alloc(cells);
	v.roles = mem_alloc(cells * sizeof(*v.roles));
	for (int i = 0; i < c->count; i++) {
		memset(v.dots, 0, cells);
		v.sign = ascii ? "*o+x"[i] : 0;
		draw_line(&v, &c->lines[i], newest, ceiling);
		put_dots(&v);
	}
	free(v.dots);
	free(v.roles);
}

/* Columns of one colour cannot cross, so each line gets a share of the rows. */
static void draw_columns(const struct chart *c, const struct area *plot, int64_t newest, int64_t span, double ceiling)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	for (int i = 0; i < c->count; i++) {
		int from = plot->rows * i / c->count, to = plot->rows * (i + 1) / c->count;
		struct area share = area_rows(plot, from, to - from);
		for (int col = 0; col < share.cols; col++) {
			int64_t back = (int64_t)(share.cols - 1 - col) * span / share.cols;
			double value = slot_value(c->lines[i].series, newest, back);
			int eighths = isnan(value) ? 0 : (int)lround(value / ceiling * share.rows * EIGHTHS);
			for (int row = share.rows - 1; row >= 0 && eighths > 0; row--, eighths -= EIGHTHS)
				draw_text(&share, row, col, 1, c->lines[i].role,
					blocks[eighths > EIGHTHS ? EIGHTHS : eighths]);
		}
	}
}

static void add_title(struct str *out, const struct chart *c, int64_t span)
{
	int64_t span_ms = span * c->lines[0].series->period_ms;
	if (!c->title)
		return;
	str_addf(out, "%s%s, last ", c->name ? ": " : "", c->title);
	if (span_ms % 60000 == 0)
		str_addf(out, "%dm", (int)(span_ms / 60000));
	else
		format_duration(out, span_ms);
}

static void add_figure(struct str *out, const struct chart *c, int i, bool ascii)
{
	double now = c->lines[i].unknown ? NAN : series_last(c->lines[i].series);
	if (ascii)
		str_addf(out, "%c ", "*o+x"[i]);
	str_addf(out, "%s ", c->lines[i].label);
	if (isnan(now))
		str_add(out, "-");
	else
		c->format(out, now);
}

static void draw_legend(const struct area *a, const struct chart *c, int64_t span, bool ascii)
{
	enum { GAP = 3 };
	struct str title = { 0 }, figures[CHART_LINES_MAX] = { { 0 } };
	int col = 1, behind;
	add_title(&title, c, span);
	behind = text_cols(str_text(&title));
	for (int i = 0; i < c->count; i++) {
		add_figure(&figures[i], c, i, ascii);
		behind += GAP + text_cols(str_text(&figures[i]));
	}
	if (c->name)
		col += draw_text(a, 0, col, a->cols - col - behind, c->name_role, c->name);
	col += draw_text(a, 0, col, a->cols - col, ROLE_DIM, str_text(&title));
	str_release(&title);
	for (int i = 0; i < c->count; i++) {
		col += GAP;
		col += draw_text(a, 0, col, a->cols - col, c->lines[i].role, str_text(&figures[i]));
		str_release(&figures[i]);
	}
}

static void draw_value(const struct area *a, const struct chart *c, int row, int cols, double value)
{
	struct str text = { 0 };
	c->format(&text, value);
	draw_right(a, row, 1, cols, ROLE_DIM, str_text(&text));
	str_release(&text);
}

static void draw_times(const struct area *a, const struct chart *c, int row, int col, int64_t newest, int64_t span)
{
	int64_t period = c->lines[0].series->period_ms;
	int64_t end = c->wall_ms - (c->mono_ms - newest * period);
	for (int i = 0; i < 2; i++) {
		struct str text = { 0 };
		format_clock(&text, i ? end : end - (span - 1) * period, c->utc);
		if (i)
			draw_right(a, row, col, a->cols - col, ROLE_DIM, str_text(&text));
		else
			draw_text(a, row, col, a->cols - col, ROLE_DIM, str_text(&text));
		str_release(&text);
	}
}

/* Halves are labelled only when the figures have fractions; lag has none. */
static bool can_be_written(const struct chart *c, double value)
{
	struct str text = { 0 };
	c->format(&text, 0.5);
	bool fractions = strchr(str_text(&text), '.') != NULL;
	str_release(&text);
	return fractions || value == floor(value);
}

static bool has_tick(int row, int rows, bool half)
{
	return row == 0 || row == rows - 1 || (half && row == rows / 2);
}

void chart_draw(const struct area *a, const struct chart *c)
{
	enum { LABEL_COLS = 7, LEGEND_ROWS = 1, TIME_ROWS = 1 };
	if (a->rows < CHART_ROWS_LEAST || a->cols < CHART_COLS_LEAST || c->count < 1 || c->count > CHART_LINES_MAX)
		return;
	enum draw_glyphs glyphs = draw_glyphs();
	bool ascii = glyphs == GLYPHS_ASCII;
	int64_t newest = newest_slot(c), span = shown_slots(c, newest);
	double ceiling = chart_ceiling(highest(c));
	draw_legend(a, c, span, ascii);
	int left = LABEL_COLS + 2, rows = a->rows - LEGEND_ROWS - TIME_ROWS;
	/* Half of a round figure is labelled too, when a row lies exactly there. */
	bool half = rows >= 5 && rows % 2 == 1 && (glyphs != GLYPHS_BLOCKS || c->count == 1) &&
		can_be_written(c, ceiling / 2);
	for (int row = 0; row < rows; row++)
		draw_text(a, LEGEND_ROWS + row, left - 1, 1, ROLE_BORDER,
			ascii                             ? "|" :
				has_tick(row, rows, half) ? "┤" :
							    "│");
	draw_value(a, c, LEGEND_ROWS, LABEL_COLS - 1, ceiling);
	draw_value(a, c, a->rows - TIME_ROWS - 1, LABEL_COLS - 1, 0);
	if (half)
		draw_value(a, c, LEGEND_ROWS + rows / 2, LABEL_COLS - 1, ceiling / 2);
	struct area body = area_rows(a, LEGEND_ROWS, rows);
	struct area plot = area_cols(&body, left, a->cols - left - 1);
	if (newest > 0)
		draw_times(a, c, a->rows - 1, left, newest, span);
	if (glyphs == GLYPHS_BLOCKS)
		draw_columns(c, &plot, newest, span, ceiling);
	else
		draw_lines(c, &plot, ascii, newest, span, ceiling);
}
