/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/line.h"

#include <string.h>

#include "base/text.h"

void line_release(struct line *l)
{
	str_release(&l->text);
	str_release(&l->killed);
	l->cursor = 0;
}

void line_set(struct line *l, const char *text)
{
	str_clear(&l->text);
	str_add(&l->text, text);
	l->cursor = l->text.len;
}

void line_replace(struct line *l, size_t from, size_t to, const char *text)
{
	struct str out = { 0 };
	str_add_len(&out, str_text(&l->text), from);
	str_add(&out, text);
	l->cursor = out.len;
	str_add(&out, str_text(&l->text) + to);
	str_release(&l->text);
	l->text = out;
}

static size_t next_char(const struct line *l, size_t at)
{
	const char *p = str_text(&l->text);
	if (at >= l->text.len)
		return at;
	unsigned code;
	size_t n = text_decode(p + at, l->text.len - at, &code);
	at += n ? n : 1;
	/* combining marks belong to the character before them */
	for (char one[8]; at < l->text.len; at += n) {
		n = text_decode(p + at, l->text.len - at, &code);
		if (n <= 1)
			break;
		memcpy(one, p + at, n);
		one[n] = '\0';
		if (text_cols(one) > 0)
			break;
	}
	return at;
}

static size_t previous_char(const struct line *l, size_t at)
{
	size_t before = 0;
	for (size_t i = 0; i < at; i = next_char(l, i))
		before = i;
	return before;
}

static bool is_word(char c)
{
	return c != ' ' && c != '/' && c != ',' && c != '=';
}

static size_t word_left(const struct line *l)
{
	const char *p = str_text(&l->text);
	size_t at = l->cursor;
	while (at > 0 && !is_word(p[at - 1]))
		at--;
	while (at > 0 && is_word(p[at - 1]))
		at--;
	return at;
}

static size_t word_right(const struct line *l)
{
	const char *p = str_text(&l->text);
	size_t at = l->cursor;
	while (at < l->text.len && !is_word(p[at]))
		at++;
	while (at < l->text.len && is_word(p[at]))
		at++;
	return at;
}

static enum line_result move_to(struct line *l, size_t at)
{
	l->cursor = at;
	return LINE_MOVED;
}

/* Removes [from, to); `keep` stores it for Ctrl-y. */
static enum line_result line_cut(struct line *l, size_t from, size_t to, bool keep)
{
	if (from == to)
		return LINE_MOVED;
	if (keep) {
		str_clear(&l->killed);
		str_add_len(&l->killed, str_text(&l->text) + from, to - from);
	}
	line_replace(l, from, to, "");
	return LINE_CHANGED;
}

static enum line_result insert(struct line *l, const char *text)
{
	if (l->text.len + strlen(text) > LINE_MOST_BYTES)
		return LINE_FULL;
	line_replace(l, l->cursor, l->cursor, text);
	return LINE_CHANGED;
}

enum line_result line_key(struct line *l, key_code key)
{
	switch (key) {
	case KEY_LEFT_ARROW:
	case KEY_CTRL('b'):
		return move_to(l, previous_char(l, l->cursor));
	case KEY_RIGHT_ARROW:
	case KEY_CTRL('f'):
		return move_to(l, next_char(l, l->cursor));
	case KEY_HOME_KEY:
	case KEY_CTRL('a'):
		return move_to(l, 0);
	case KEY_END_KEY:
	case KEY_CTRL('e'):
		return move_to(l, l->text.len);
	case KEY_ALT | 'b':
	case KEY_SHIFT_LEFT:
		return move_to(l, word_left(l));
	case KEY_ALT | 'f':
	case KEY_SHIFT_RIGHT:
		return move_to(l, word_right(l));
	case KEY_BACKSPACE_KEY:
		return line_cut(l, previous_char(l, l->cursor), l->cursor, false);
	case KEY_DELETE:
	case KEY_CTRL('d'):
		return line_cut(l, l->cursor, next_char(l, l->cursor), false);
	case KEY_CTRL('w'):
	case KEY_ALT | KEY_BACKSPACE_KEY:
		return line_cut(l, word_left(l), l->cursor, true);
	case KEY_ALT | 'd':
		return line_cut(l, l->cursor, word_right(l), true);
	case KEY_CTRL('k'):
		return line_cut(l, l->cursor, l->text.len, true);
	case KEY_CTRL('u'):
		return line_cut(l, 0, l->cursor, true);
	case KEY_CTRL('y'):
		return insert(l, str_text(&l->killed));
	default:
		break;
	}
	if (!key_is_text(key))
		return LINE_UNUSED;
	struct str text = { 0 };
	key_text(key, &text);
	enum line_result result = insert(l, str_text(&text));
	str_release(&text);
	return result;
}
