/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/screen.h"

enum { WORDS_SHOWN = 8, ANSWER_COLS = 20 };

struct prompt {
	char *label;
	struct line line;
	struct history_list history;
	bool has_history;
	size_t history_at; /* history.count: the line that is typed */
	char *typed;       /* what was typed before Up moved into the history */
	const struct prompt_ops *ops;
	void *data;
	struct prompt_words words;
	int chosen;         /* the word that Tab inserted; -1: none */
	char *before_words; /* the line as it was before the first Tab */
	char *fault;        /* why the line was not accepted; NULL */
	size_t fault_at;    /* the byte of the fault */
	int scroll;         /* cells of the line scrolled out at the left */
};

void prompt_words_add(struct prompt_words *words, const char *text, const char *note, const char *keys)
{
	words->items = mem_grow(words->items, &words->cap, words->count + 1, sizeof(*words->items));
	words->items[words->count++] =
		(struct prompt_word){ .text = mem_strdup(text), .note = mem_strdup(note), .keys = mem_strdup(keys) };
}

void prompt_words_clear(struct prompt_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		free(words->items[i].text);
		free(words->items[i].note);
		free(words->items[i].keys);
	}
	words->count = 0;
}

static void clear_words(struct prompt *p)
{
	prompt_words_clear(&p->words);
	p->chosen = -1;
}

static void find_words(struct prompt *p)
{
	clear_words(p);
	p->words.from = 0;
	if (p->ops->complete)
		p->ops->complete(p->data, str_text(&p->line.text), p->line.cursor, &p->words);
}

struct prompt *prompt_new(const char *label, const char *initial, const char *history, const struct prompt_ops *ops,
	void *data)
{
	struct prompt *p = mem_alloc(sizeof(*p));
	p->label = mem_strdup(label);
	p->ops = ops;
	p->data = data;
	p->chosen = -1;
	line_set(&p->line, initial ? initial : "");
	p->has_history = history != NULL;
	if (history) {
		history_list_load(&p->history, history);
		p->history_at = p->history.count;
	}
	find_words(p);
	return p;
}

void prompt_free(struct prompt *p)
{
	if (!p)
		return;
	clear_words(p);
	free(p->words.items);
	free(p->label);
	free(p->typed);
	free(p->fault);
	free(p->before_words);
	line_release(&p->line);
	if (p->has_history)
		history_list_release(&p->history);
	free(p);
}

bool prompt_wants_alt(key_code key)
{
	return key == 'b' || key == 'f' || key == 'd' || key == KEY_BACKSPACE_KEY;
}

void prompt_fault(struct prompt *p, size_t at, const char *why)
{
	free(p->fault);
	p->fault = mem_strdup(why);
	p->fault_at = at < p->line.text.len ? at : p->line.text.len;
	p->line.cursor = p->fault_at;
}

void prompt_offer(struct prompt *p)
{
	find_words(p);
}

static void prompt_changed(struct prompt *p)
{
	free(p->fault);
	p->fault = NULL;
	find_words(p);
	if (p->ops->live)
		p->ops->live(p->data, str_text(&p->line.text));
}

/* Finds older lines that start like the typed one, as in less and in shells. */
static void go_history(struct prompt *p, int step)
{
	if (!p->has_history)
		return;
	if (p->history_at == p->history.count) {
		free(p->typed);
		p->typed = mem_strdup(str_text(&p->line.text));
	}
	size_t at = p->history_at;
	while (step < 0 ? at > 0 : at < p->history.count) {
		at += (size_t)step;
		if (at == p->history.count || strncmp(p->history.lines[at], p->typed, strlen(p->typed)) == 0)
			break;
	}
	if (at < p->history.count && strncmp(p->history.lines[at], p->typed, strlen(p->typed)) != 0)
		return;
	p->history_at = at;
	line_set(&p->line, at == p->history.count ? p->typed : p->history.lines[at]);
	prompt_changed(p);
}

size_t prompt_words_shared(const struct prompt_words *words)
{
	size_t n = strlen(words->items[0].text);
	for (size_t i = 1; i < words->count; i++) {
		size_t k = 0;
		while (k < n && words->items[i].text[k] == words->items[0].text[k])
			k++;
		n = k;
	}
	return n;
}

/* The first Tab adds what all words have in common; the next ones insert one word after the other. */
static void prompt_complete(struct prompt *p, int step)
{
	if (p->words.count == 0)
		return;
	size_t typed = p->line.cursor - p->words.from, shared = prompt_words_shared(&p->words);
	const char *first = p->words.items[0].text;
	bool extends = shared > typed && strncmp(first, str_text(&p->line.text) + p->words.from, typed) == 0;
	if (p->chosen < 0 && step > 0 && (extends || p->words.count == 1)) {
		bool single = p->words.count == 1;
		char *text = mem_strndup(first, shared);
		line_replace(&p->line, p->words.from, p->line.cursor, text);
		if (single && p->line.cursor == p->line.text.len)
			line_key(&p->line, KEY_SPACE);
		free(text);
		prompt_changed(p);
		return;
	}
	int count = (int)p->words.count;
	p->chosen = p->chosen < 0 ? (step > 0 ? 0 : count - 1) : (p->chosen + step + count) % count;
	line_replace(&p->line, p->words.from, p->line.cursor, p->words.items[p->chosen].text);
	if (p->ops->live)
		p->ops->live(p->data, str_text(&p->line.text));
}

static bool prompt_finish(struct prompt *p, bool accepted)
{
	if (accepted && p->has_history)
		history_list_add(&p->history, str_text(&p->line.text));
	p->ops->done(p->data, accepted ? str_text(&p->line.text) : NULL);
	return true;
}

bool prompt_key(struct prompt *p, key_code key)
{
	switch (key) {
	case KEY_ENTER_KEY:
		return prompt_finish(p, true);
	case KEY_ESC:
	case KEY_CTRL('c'):
	case KEY_CTRL('g'):
		return prompt_finish(p, false);
	case KEY_BACKSPACE_KEY:
		/* As in vi and less, deleting from an empty line cancels. */
		if (p->line.text.len == 0)
			return prompt_finish(p, false);
		break;
	case KEY_UP_ARROW:
	case KEY_CTRL('p'):
		go_history(p, -1);
		return false;
	case KEY_DOWN_ARROW:
	case KEY_CTRL('n'):
		go_history(p, 1);
		return false;
	case KEY_TAB:
		prompt_complete(p, 1);
		return false;
	case KEY_SHIFT_TAB:
		prompt_complete(p, -1);
		return false;
	default:
		break;
	}
	enum line_result result = line_key(&p->line, key);
	if (result == LINE_CHANGED)
		prompt_changed(p);
	else if (result == LINE_FULL)
		prompt_fault(p, p->line.cursor, LINE_FULL_WORDS);
	return false;
}

/* Cells from the start of the line to a byte of it. */
static int cols_before(const struct prompt *p, size_t byte)
{
	struct str safe = { 0 };
	text_safe(&safe, str_text(&p->line.text), byte);
	int cols = text_cols(str_text(&safe));
	str_release(&safe);
	return cols;
}

static void draw_words(const struct prompt *p, const struct area *a)
{
	int room = a->rows - 1 < WORDS_SHOWN ? a->rows - 1 : WORDS_SHOWN;
	int count = (int)p->words.count, rows = count < room ? count : room;
	if (rows <= 0)
		return;
	int first = p->chosen >= rows ? p->chosen - rows + 1 : 0, widest = 0;
	for (int i = 0; i < count; i++) {
		int cols = text_cols(p->words.items[i].text);
		widest = cols > widest ? cols : widest;
	}
	widest = widest > a->cols / 2 ? a->cols / 2 : widest;
	draw_hline(a, a->rows - 2 - rows, 0, a->cols, ROLE_BORDER);
	for (int i = 0; i < rows; i++) {
		const struct prompt_word *word = &p->words.items[first + i];
		int row = a->rows - 1 - rows + i;
		bool chosen = first + i == p->chosen;
		draw_fill(a, row, 0, a->cols, ROLE_TEXT);
		draw_text(a, row, 0, 1, ROLE_SELECTED, chosen ? ">" : " ");
		draw_text(a, row, 2, widest, chosen ? ROLE_SELECTED : ROLE_TEXT, word->text);
		if (word->keys)
			draw_text(a, row, widest + 4, 11, ROLE_KEY, word->keys);
		if (word->note)
			draw_text(a, row, widest + (word->keys ? 16 : 4), a->cols, ROLE_DIM, word->note);
	}
	if (count > rows) {
		struct str more = { 0 };
		str_addf(&more, " %d of %d ", rows, count);
		draw_right(a, a->rows - 2 - rows, 0, a->cols - 1, ROLE_DIM, str_text(&more));
		str_release(&more);
	}
}

/* Draws the sign over the faulty column, and the reason beside it, or above it where there is no room. */
static void draw_fault(const struct prompt *p, const struct area *a, int col)
{
	int row = a->rows - 2, cols = text_cols(p->fault);
	if (row < 0)
		return;
	const char *sign = draw_is_ascii() ? "v" : "▾";
	draw_fill(a, row, 0, a->cols, ROLE_TEXT);
	draw_text(a, row, col, 1, ROLE_ERROR, sign);
	if (col + 2 + cols <= a->cols) {
		draw_text(a, row, col + 2, a->cols - col - 2, ROLE_ERROR, p->fault);
	} else if (cols < col) {
		draw_right(a, row, 0, col - 1, ROLE_ERROR, p->fault);
	} else if (row > 0) {
		draw_fill(a, row - 1, 0, a->cols, ROLE_TEXT);
		draw_text(a, row - 1, 1, a->cols - 1, ROLE_ERROR, p->fault);
	}
}

void prompt_draw(struct prompt *p, const struct area *a)
{
	if (!p->fault)
		draw_words(p, a);
	int row = a->rows - 1;
	draw_fill(a, row, 0, a->cols, ROLE_TEXT);
	int most = a->cols > 2 * ANSWER_COLS ? a->cols - ANSWER_COLS : a->cols / 2;
	int used = draw_text(a, row, 0, most, ROLE_PROMPT, p->label);
	int room = a->cols - used - 1, at = cols_before(p, p->line.cursor);
	if (at < p->scroll)
		p->scroll = at;
	if (at - p->scroll > room - 1)
		p->scroll = at - room + 1;
	draw_scrolled(a, row, used, room + 1, p->scroll, ROLE_TEXT, str_text(&p->line.text));
	if (p->fault)
		draw_fault(p, a, used + cols_before(p, p->fault_at) - p->scroll);
	screen_cursor(a->row + row, a->col + used + at - p->scroll);
}
