/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/text_pane.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "views/text_draw.h"

enum { LABEL_COLS = 14, SCROLL_COLS = 8 };

void text_pane_clear(struct text_pane *p)
{
	arena_free(p->arena);
	p->arena = arena_new(0);
	p->count = p->shown_count = 0;
}

void text_pane_release(struct text_pane *p)
{
	arena_free(p->arena);
	free(p->lines);
	free(p->shown);
	pattern_free(p->pattern);
	free(p->sought);
}

static struct text_line *add_line(struct text_pane *p, enum role role, int indent, const char *text, size_t len)
{
	struct text_line *line;

	p->lines = mem_grow(p->lines, &p->cap, p->count + 1, sizeof(*p->lines));
	line = &p->lines[p->count++];
	*line = (struct text_line){ .text = arena_dup(p->arena, text, len),
		.len = len,
		.indent = indent,
		.role = role };
	return line;
}

/* Where a line that is too long is cut: never inside a character. */
static size_t piece_of(const char *text, size_t len)
{
	size_t piece = len < TEXT_PIECE_BYTES ? len : TEXT_PIECE_BYTES;

	for (int back = 0; piece < len && back < 3 && ((unsigned char)text[piece] & 0xc0) == 0x80; back++)
		piece--;
	return piece;
}

void text_pane_add(struct text_pane *p, enum role role, int indent, const char *text, size_t len)
{
	do {
		size_t piece = piece_of(text, len);

		add_line(p, role, indent, text, piece);
		text += piece;
		len -= piece;
	} while (len > 0);
}

void text_pane_addf(struct text_pane *p, enum role role, int indent, const char *fmt, ...)
{
	struct str text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	text_pane_add(p, role, indent, str_text(&text), text.len);
	str_release(&text);
}

void text_pane_add_field(struct text_pane *p, const char *name, const char *fmt, ...)
{
	struct str text = { 0 };
	struct text_span *span = arena_array(p->arena, 1, sizeof(*span));
	struct text_line *line;
	va_list ap;

	str_addf(&text, "%-*s", LABEL_COLS, name);
	span->len = text.len;
	span->role = ROLE_DIM;
	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	line = add_line(p, ROLE_TEXT, 0, str_text(&text), text.len < TEXT_PIECE_BYTES ? text.len : TEXT_PIECE_BYTES);
	line->spans = span;
	line->span_count = 1;
	str_release(&text);
}

static enum role role_of(enum render_role role)
{
	static const enum role roles[RENDER_ROLE_COUNT] = {
		[RENDER_PLAIN] = ROLE_TEXT,
		[RENDER_PUNCT] = ROLE_DIM,
		[RENDER_KEY] = ROLE_DATA_NAME,
		[RENDER_STRING] = ROLE_DATA_STRING,
		[RENDER_NUMBER] = ROLE_DATA_NUMBER,
		[RENDER_BOOL] = ROLE_DATA_WORD,
		[RENDER_NULL] = ROLE_DATA_WORD,
		[RENDER_BYTES] = ROLE_DATA_STRING,
		[RENDER_OFFSET] = ROLE_DIM,
		[RENDER_NOTE] = ROLE_DATA_NOTE,
		[RENDER_MASKED] = ROLE_MASKED,
	};

	return roles[role];
}

/* The spans of bytes [from, from + len) of a rendered line. */
static void cut_spans(struct text_pane *p, struct text_line *line, const struct render_line *rendered, size_t from,
	size_t len)
{
	struct text_span *spans = arena_array(p->arena, rendered->span_count, sizeof(*spans));
	size_t count = 0;

	for (size_t i = 0; i < rendered->span_count; i++) {
		size_t start = rendered->spans[i].start, end = start + rendered->spans[i].len;

		start = start < from ? from : start;
		end = end > from + len ? from + len : end;
		if (start < end)
			spans[count++] = (struct text_span){ end - start, role_of(rendered->spans[i].role) };
	}
	line->spans = spans;
	line->span_count = count;
}

void text_pane_add_rendered(struct text_pane *p, int indent, const struct render_lines *lines)
{
	size_t *places = mem_alloc((lines->count + 1) * sizeof(*places));

	for (size_t i = 0; i < lines->count; i++) {
		const struct render_line *l = &lines->line[i];
		size_t from = 0;

		places[i] = p->count;
		do {
			size_t piece = piece_of(l->text + from, l->len - from);
			struct text_line *line =
				add_line(p, ROLE_TEXT, indent + (int)l->depth * 2, l->text + from, piece);

			cut_spans(p, line, l, from, piece);
			from += piece;
		} while (from < l->len);
	}
	for (size_t i = 0; i < lines->count; i++)
		if (lines->line[i].fold_end) {
			p->lines[places[i]].fold_end = places[lines->line[i].fold_end];
			p->lines[places[i]].children = lines->line[i].children;
		}
	free(places);
	if (lines->cut)
		text_pane_addf(p, ROLE_WARN, indent, "~ more lines than are shown here; | opens all, E saves it");
}

static void find_shown(struct text_pane *p)
{
	p->shown_count = 0;
	p->shown = mem_realloc(p->shown, (p->count + 1) * sizeof(*p->shown));
	for (size_t i = 0; i < p->count; i++) {
		p->shown[p->shown_count++] = i;
		if (p->lines[i].folded)
			i = p->lines[i].fold_end;
	}
	if (p->cursor >= p->shown_count)
		p->cursor = p->shown_count ? p->shown_count - 1 : 0;
	if (p->top > p->cursor)
		p->top = p->cursor;
}

void text_pane_done(struct text_pane *p)
{
	find_shown(p);
}

static struct text_line *line_at(const struct text_pane *p, size_t shown)
{
	return &p->lines[p->shown[shown]];
}

/* The last line that can stand at the top with the cursor's line still on the screen. */
static void keep_in_sight(struct text_pane *p, const struct area *a)
{
	int rows = 0;
	size_t first = p->cursor;

	if (p->top > p->cursor)
		p->top = p->cursor;
	/* Counted upwards from the cursor until the screen is full. */
	for (size_t i = p->cursor + 1; i-- > p->top;) {
		rows += p->wrap ? text_rows(p, line_at(p, i), a->cols) : 1;
		if (rows > a->rows)
			break;
		first = i;
	}
	p->top = first;
}

void text_pane_draw(struct text_pane *p, const struct area *a)
{
	int row = 0;

	p->page = 0;
	if (p->shown_count == 0)
		return;
	keep_in_sight(p, a);
	for (size_t i = p->top; i < p->shown_count && row < a->rows; i++) {
		const struct text_line *line = line_at(p, i);
		struct area line_area = area_rows(a, row, a->rows - row);

		if (i == p->cursor) {
			line_area = area_rows(a, row, p->wrap ? text_rows(p, line, a->cols) : 1);
			line_area = area_on(&line_area, ROLE_CURSOR);
			draw_clear(&line_area);
			draw_text(&line_area, 0, 0, 1, ROLE_SELECTED, ">");
		}
		row += text_draw(p, &line_area, 0, line);
		p->page++;
	}
}

static void move_cursor(struct text_pane *p, long delta)
{
	long target = (long)p->cursor + delta, last = (long)p->shown_count - 1;

	p->cursor = target < 0 || last < 0 ? 0 : (size_t)(target > last ? last : target);
}

/* Folds the value that begins on the line, or the one around it. */
static void fold_value(struct text_pane *p)
{
	size_t at = p->shown_count ? p->shown[p->cursor] : 0, open = at;

	if (p->count == 0)
		return;
	while (open > 0 && !(p->lines[open].fold_end && p->lines[open].fold_end >= at))
		open--;
	if (!p->lines[open].fold_end || p->lines[open].fold_end < at)
		return;
	p->lines[open].folded = !p->lines[open].folded;
	find_shown(p);
	for (size_t i = 0; i < p->shown_count; i++)
		if (p->shown[i] == open)
			p->cursor = i;
	find_shown(p);
}

/* Folds all but the outermost level of each value; if anything is folded, unfolds everything. */
static void fold_all(struct text_pane *p)
{
	bool any = false;
	size_t at = p->shown_count ? p->shown[p->cursor] : 0;

	for (size_t i = 0; i < p->count; i++)
		any = any || p->lines[i].folded;
	for (size_t i = 0, outer = 0; i < p->count; i++) {
		bool inside = i < outer;

		if (!p->lines[i].fold_end)
			continue;
		p->lines[i].folded = !any && inside;
		if (!inside)
			outer = p->lines[i].fold_end;
	}
	find_shown(p);
	for (size_t i = 0; i < p->shown_count && p->shown[i] <= at; i++)
		p->cursor = i;
}

static void unfold_around(struct text_pane *p, size_t line)
{
	for (size_t i = 0; i < line; i++)
		if (p->lines[i].folded && p->lines[i].fold_end >= line)
			p->lines[i].folded = false;
	find_shown(p);
	for (size_t i = 0; i < p->shown_count; i++)
		if (p->shown[i] == line)
			p->cursor = i;
}

static bool find_hit(struct text_pane *p, int step, bool stay)
{
	size_t at = p->shown_count ? p->shown[p->cursor] : 0;

	if (!p->pattern || p->count == 0)
		return false;
	for (size_t n = stay ? 0 : 1; n <= p->count; n++) {
		size_t i = step > 0 ? (at + n) % p->count : (at + p->count - n % p->count) % p->count;

		if (text_has(p, &p->lines[i])) {
			unfold_around(p, i);
			return true;
		}
	}
	return false;
}

static void take_sought(struct ui *ui, void *data, const char *text)
{
	struct text_pane *p = data;
	struct error err;
	struct pattern *pattern;

	if (!text)
		return;
	pattern = *text ? pattern_new(text, &err) : NULL;
	if (*text && !pattern) {
		ui->calls->message(ui, SEVERITY_WARN, err.message);
		return;
	}
	pattern_free(p->pattern);
	p->pattern = pattern;
	free(p->sought);
	p->sought = mem_strdup(text);
	if (pattern && !find_hit(p, 1, true))
		ui->calls->message(ui, SEVERITY_WARN, "not found");
	ui->calls->changed(ui);
}

static void go_hit(struct text_pane *p, struct ui *ui, int step)
{
	if (!find_hit(p, step, false))
		ui->calls->message(ui, SEVERITY_WARN, "not found");
}

static bool has_folds(const struct text_pane *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->lines[i].fold_end)
			return true;
	return false;
}

const char *text_pane_disabled(const struct text_pane *p, enum action_id id)
{
	switch (id) {
	case ACTION_MARK:
	case ACTION_FOLD_ALL:
		return has_folds(p) ? NULL : "there is nothing to fold here";
	case ACTION_FIND_NEXT:
	case ACTION_FIND_PREV:
		return p->pattern ? NULL : "there is no search yet: / begins one";
	default:
		return NULL;
	}
}

enum action_result text_pane_action(struct text_pane *p, struct ui *ui, enum action_id id, const char *arg)
{
	long page = p->page > 1 ? (long)p->page - 1 : 1;

	switch (id) {
	case ACTION_UP:
		move_cursor(p, -1);
		break;
	case ACTION_DOWN:
		move_cursor(p, 1);
		break;
	case ACTION_PAGE_UP:
		p->top = p->top > (size_t)page ? p->top - (size_t)page : 0;
		move_cursor(p, -page);
		break;
	case ACTION_PAGE_DOWN:
		move_cursor(p, page);
		p->top = p->cursor;
		break;
	case ACTION_TOP:
		p->cursor = p->top = 0;
		break;
	case ACTION_BOTTOM:
		p->cursor = p->shown_count ? p->shown_count - 1 : 0;
		break;
	case ACTION_LEFT:
		p->scroll = p->scroll > SCROLL_COLS ? p->scroll - SCROLL_COLS : 0;
		break;
	case ACTION_RIGHT:
		p->scroll += SCROLL_COLS;
		break;
	case ACTION_WRAP:
		p->wrap = !p->wrap;
		p->scroll = 0;
		break;
	case ACTION_OPEN:
	case ACTION_MARK:
		fold_value(p);
		break;
	case ACTION_FOLD_ALL:
		fold_all(p);
		break;
	case ACTION_FILTER:
		if (arg)
			take_sought(ui, p, arg);
		else
			ui->calls->prompt(ui, "/", p->sought ? p->sought : "", "search", NULL, take_sought, p);
		break;
	case ACTION_FIND_NEXT:
	case ACTION_FIND_PREV:
		go_hit(p, ui, id == ACTION_FIND_NEXT ? 1 : -1);
		break;
	default:
		return ACTION_IGNORED;
	}
	ui->calls->changed(ui);
	return ACTION_HANDLED;
}

void text_pane_footer(const struct text_pane *p, struct str *out)
{
	str_addf(out, "line %zu of %zu", p->count ? p->shown[p->cursor] + 1 : 0, p->count);
	if (p->sought && *p->sought)
		str_addf(out, "  search: %s", p->sought);
}

void text_view_draw(struct view *v, const struct area *a)
{
	draw_clear(a);
	text_pane_draw(v->state, a);
}

const char *text_view_disabled(const struct view *v, enum action_id id)
{
	return text_pane_disabled(v->state, id);
}

void text_view_footer(const struct view *v, struct str *out)
{
	text_pane_footer(v->state, out);
}

void text_view_click(struct view *v, int row, int col, bool twice)
{
	struct text_pane *p = v->state;
	size_t at = p->top + (size_t)row;

	(void)col;
	if (p->wrap || at >= p->shown_count)
		return;
	p->cursor = at;
	if (twice)
		fold_value(p);
}

void text_pane_plain(const struct text_pane *p, struct str *out)
{
	for (size_t i = 0; i < p->count; i++) {
		str_add_fill(out, ' ', (size_t)p->lines[i].indent);
		text_safe(out, p->lines[i].text, p->lines[i].len);
		str_add_char(out, '\n');
	}
}
