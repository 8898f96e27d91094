/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Draws a row for each field; under the field with the focus the words that
 * complete it, under a field that failed its check the fault. The layout is
 * made for each picture; the rows that belong to the focus stay on the screen.
 */
#include "ui/form_private.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "ui/screen.h"

enum { LABEL_MOST = 26, WORDS_SHOWN = 5, VALUE_LEAST = 24, LEAD = 2 };

static int label_cols(const struct form *f)
{
	int widest = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct field *field = &f->fields[i];
		int cols = field->kind == FORM_HEADING || field->kind == FORM_BUTTON || field->hidden ?
			0 :
			text_cols(field->label);
		widest = cols > widest ? cols : widest;
	}
	return widest > LABEL_MOST ? LABEL_MOST : widest;
}

static bool shows_words(const struct form *f, size_t i)
{
	return i == f->focus && f->words.count && f->fields[i].line.text.len;
}

static bool shows_list(const struct form *f, size_t i)
{
	return f->listing && i == f->focus;
}

static int word_rows(const struct form *f)
{
	return f->words.count < WORDS_SHOWN ? (int)f->words.count : WORDS_SHOWN;
}

/* Rows of the whole form; *focus_end: the row after those that belong to the field with the focus. */
static int lay_out(struct form *f, int *focus_end)
{
	int row = 0;
	*focus_end = 0;
	for (size_t i = 0; i < f->count; i++) {
		struct field *field = &f->fields[i];
		field->row = -1;
		if (field->hidden)
			continue;
		/* a blank row before a section and before the button */
		if ((field->kind == FORM_HEADING || field->kind == FORM_BUTTON) && row > 0)
			row++;
		field->row = row++;
		row += field->fault != NULL;
		row += shows_words(f, i) ? word_rows(f) : shows_list(f, i) ? form_choice_rows(f) : 0;
		if (i == f->focus)
			*focus_end = row;
	}
	return row;
}

static void keep_focus_visible(struct form *f, int all, int focus_end)
{
	const struct field *field = form_focused_field(f);
	if (field && focus_end - f->top > f->rows)
		f->top = focus_end - f->rows;
	if (field && field->row < f->top)
		f->top = field->row;
	/* the heading above the first field is shown with it */
	if (field && field->row <= 2)
		f->top = 0;
	if (f->top > all - f->rows)
		f->top = all - f->rows;
	if (f->top < 0)
		f->top = 0;
}

static int cols_before(const char *text, size_t bytes)
{
	struct str safe = { 0 };
	text_safe(&safe, text, bytes);
	int cols = text_cols(str_text(&safe));
	str_release(&safe);
	return cols;
}

/* Returns how many cells were used, so that the gloss can follow. */
static int draw_line(struct field *field, const struct area *a, int row, int col, int cols, bool focused)
{
	const char *text = str_text(&field->line.text);
	if (!*text && field->placeholder)
		draw_text(a, row, col, cols, ROLE_DIM, field->placeholder);
	int at = cols_before(text, field->line.cursor), all = cols_before(text, strlen(text));
	if (at < field->scroll || !focused)
		field->scroll = focused ? at : 0;
	if (focused && at - field->scroll > cols - 1)
		field->scroll = at - cols + 1;
	if (*text)
		draw_scrolled(a, row, col, cols, field->scroll, focused ? ROLE_STRONG : ROLE_TEXT, text);
	if (focused)
		screen_cursor(a->row + row, a->col + col + at - field->scroll);
	if (!*text)
		return field->placeholder ? text_cols(field->placeholder) : 0;
	return all - field->scroll > cols ? cols : all - field->scroll;
}

static int draw_choice(const struct field *field, const struct area *a, int row, int col, int cols, bool focused)
{
	if (!field->option_count)
		return draw_text(a, row, col, cols, ROLE_DIM, "nothing to choose from");
	bool ascii = draw_is_ascii();
	enum role sign = focused ? ROLE_KEY : ROLE_DIM;
	int used = draw_text(a, row, col, cols, sign, ascii ? "< " : "‹ ");
	used += draw_text(a, row, col + used, cols - used - 2, focused ? ROLE_STRONG : ROLE_TEXT,
		field->options[field->chosen].label);
	return used + draw_text(a, row, col + used, cols - used, sign, ascii ? " >" : " ›");
}

static int draw_value(struct field *field, const struct area *a, int row, int col, int cols, bool focused)
{
	switch (field->kind) {
	case FORM_TEXT:
		return draw_line(field, a, row, col, cols, focused);
	case FORM_CHOICE:
		return draw_choice(field, a, row, col, cols, focused);
	case FORM_TOGGLE:
		return draw_text(a, row, col, cols, focused ? ROLE_STRONG : ROLE_TEXT,
			field->line.text.len ? "[x]" : "[ ]");
	case FORM_FIXED:
		return draw_text(a, row, col, cols, ROLE_TEXT, str_text(&field->line.text));
	case FORM_HEADING:
	case FORM_BUTTON:
		break;
	}
	return 0;
}

/* Adds the meaning of the text or of the option, shown after the value when there is room. */
static void add_gloss(const struct form *f, size_t i, struct str *out)
{
	const struct field *field = &f->fields[i];
	if (shows_list(f, i))
		return;
	if (f->ops->gloss)
		f->ops->gloss(f->owner, (int)i, str_text(&field->line.text), out);
	if (!out->len && field->kind == FORM_CHOICE && field->option_count && field->options[field->chosen].help)
		str_add(out, field->options[field->chosen].help);
}

static void draw_fault(const struct field *field, const struct area *a, int row, int col, int cols)
{
	bool placed = field->fault_at <= field->line.text.len;
	int at = placed ? cols_before(str_text(&field->line.text), field->fault_at) - field->scroll : 0;
	struct str text = { 0 };
	at = at < 0 ? 0 : at > cols - 1 ? cols - 1 : at;
	/* Where no room is left after the sign, the message starts at the left and names the column. */
	if (placed && at + 2 + text_cols(field->fault) > a->cols - col && at > 0) {
		str_addf(&text, "! column %d: %s", at + field->scroll + 1, field->fault);
		at = 0;
	} else {
		str_addf(&text, "%s %s", placed ? "^" : "!", field->fault);
	}
	/* a narrow area gives it the column of the labels, too */
	int need = text_cols(str_text(&text)), from = col + at;
	if (!at && need > a->cols - from)
		from = a->cols - need > LEAD ? a->cols - need : LEAD;
	draw_text(a, row, from, a->cols - from, ROLE_ERROR, str_text(&text));
	str_release(&text);
}

static void draw_words(const struct form *f, const struct area *a, int row, int col)
{
	int rows = word_rows(f), first = f->word >= rows ? f->word - rows + 1 : 0;
	for (int i = 0; i < rows; i++) {
		const struct prompt_word *word = &f->words.items[first + i];
		int used = draw_text(a, row + i, col + 2, a->cols - col - 2,
			first + i == f->word ? ROLE_SELECTED : ROLE_DIM, word->text);
		draw_text(a, row + i, col, 1, ROLE_SELECTED, first + i == f->word ? ">" : " ");
		if (word->note)
			draw_text(a, row + i, col + 4 + used, a->cols - col - 4 - used, ROLE_DIM, word->note);
	}
	if ((int)f->words.count > rows)
		draw_right(a, row + rows - 1, 0, a->cols - 1, ROLE_DIM, draw_is_ascii() ? "..." : "…");
}

static void draw_list(const struct form *f, const struct area *a, int row, int col)
{
	const struct field *field = &f->fields[f->focus];
	size_t first = form_choice_first(f), rows = (size_t)form_choice_rows(f);
	int widest = 0;
	for (size_t i = 0; i < field->option_count; i++)
		widest = text_cols(field->options[i].label) > widest ? text_cols(field->options[i].label) : widest;
	for (size_t i = 0; i < rows; i++) {
		const struct form_option *option = &field->options[first + i];
		bool chosen = first + i == field->chosen;
		int at = row + (int)i, help = col + 2 + widest + 2;
		draw_text(a, at, col, 1, ROLE_SELECTED, chosen ? ">" : " ");
		draw_text(a, at, col + 2, a->cols - col - 2, chosen ? ROLE_SELECTED : ROLE_TEXT, option->label);
		if (option->help && a->cols - help > 8)
			draw_text(a, at, help, a->cols - help, ROLE_DIM, option->help);
	}
	if (first + rows < field->option_count)
		draw_right(a, row + (int)rows - 1, 0, a->cols - 1, ROLE_DIM, draw_is_ascii() ? "..." : "…");
}

static void draw_field(struct form *f, size_t i, const struct area *a)
{
	struct field *field = &f->fields[i];
	bool focused = i == f->focus;
	int row = field->row - f->top, room = a->cols - f->value_col - 1;
	if (field->kind == FORM_HEADING) {
		draw_text(a, row, 1, a->cols - 1, ROLE_TITLE, field->label);
		return;
	}
	if (field->kind == FORM_BUTTON) {
		struct str text = { 0 };
		str_addf(&text, "[ %s ]", field->label);
		draw_text(a, row, 1, a->cols - 1, focused ? ROLE_SELECTED : ROLE_TEXT, str_text(&text));
		str_release(&text);
		return;
	}
	draw_text(a, row, 0, 1, ROLE_SELECTED, focused ? ">" : " ");
	draw_text(a, row, LEAD, f->value_col - LEAD - 1, focused ? ROLE_SELECTED : ROLE_DIM, field->label);
	struct str gloss = { 0 };
	add_gloss(f, i, &gloss);
	/* While the user types, the text gets the room that the gloss leaves. */
	int cols = room > 2 * VALUE_LEAST && field->kind == FORM_TEXT && gloss.len ? room * 3 / 5 : room;
	int behind = f->value_col + draw_value(field, a, row, f->value_col, cols, focused) + 2;
	if (a->cols - behind > 8)
		draw_text(a, row, behind, a->cols - behind, ROLE_DIM, str_text(&gloss));
	str_release(&gloss);
	if (field->fault)
		draw_fault(field, a, ++row, f->value_col, cols);
	if (shows_words(f, i))
		draw_words(f, a, row + 1, f->value_col);
	else if (shows_list(f, i))
		draw_list(f, a, row + 1, f->value_col);
}

void form_draw(struct form *f, const struct area *a)
{
	f->rows = a->rows;
	int focus_end, all = lay_out(f, &focus_end);
	f->value_col = LEAD + label_cols(f) + 2;
	if (f->value_col > a->cols / 2)
		f->value_col = a->cols / 2;
	keep_focus_visible(f, all, focus_end);
	for (size_t i = 0; i < f->count; i++)
		if (f->fields[i].row >= 0)
			draw_field(f, i, a);
	if (f->top > 0)
		draw_right(a, 0, 0, a->cols, ROLE_DIM, draw_is_ascii() ? "^" : "▴");
	if (all - f->top > a->rows)
		draw_right(a, a->rows - 1, 0, a->cols, ROLE_DIM, draw_is_ascii() ? "v" : "▾");
}
