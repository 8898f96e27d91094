/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "query/query_parser.h"

bool parser_fault(struct parser *p, size_t at, const char *fmt, ...)
{
	va_list ap;

	if (p->fault[0])
		return false;
	va_start(ap, fmt);
	vsnprintf(p->fault, sizeof(p->fault), fmt, ap);
	va_end(ap);
	p->fault_at = at;
	return false;
}

void parser_expect(struct parser *p, unsigned what)
{
	if (p->expect_at == p->at) {
		p->expect |= what;
		return;
	}
	p->expect_before = p->expect;
	p->expect_before_at = p->expect_at;
	p->expect = what;
	p->expect_at = p->at;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void parser_skip_blanks(struct parser *p)
{
	while (is_blank(p->text[p->at]))
		p->at++;
}

bool parser_take(struct parser *p, const char *sign)
{
	size_t len = strlen(sign);

	if (strncmp(p->text + p->at, sign, len) != 0)
		return false;
	p->at += len;
	return true;
}

/* What may follow a word of the language: in a bare word such as "not-found" there is no "not". */
static bool ends_word(char c)
{
	return c == '\0' || is_blank(c) || strchr("()\"',=!<>~&|[", c) != NULL;
}

bool parser_ahead_word(const struct parser *p, const char *word)
{
	size_t len = strlen(word);

	return strncasecmp(p->text + p->at, word, len) == 0 && ends_word(p->text[p->at + len]);
}

bool parser_take_word(struct parser *p, const char *word)
{
	if (!parser_ahead_word(p, word))
		return false;
	p->at += strlen(word);
	return true;
}

bool parser_ahead_quote(const struct parser *p)
{
	return p->text[p->at] == '"' || p->text[p->at] == '\'';
}

struct bytes parser_word(struct parser *p, const char *stop)
{
	size_t start = p->at;

	for (; p->at < p->len; p->at++) {
		const char *c = p->text + p->at;

		if (is_blank(*c) || strchr("()\"'", *c) || strchr(stop, *c))
			break;
		if (strncmp(c, "&&", 2) == 0 || strncmp(c, "||", 2) == 0)
			break;
		if (*c == '!' && strchr(stop, '=') && (c[1] == '=' || c[1] == '~'))
			break;
	}
	return (struct bytes){ p->text + start, p->at - start };
}

static bool read_hex(const char *p, int digits, unsigned *out)
{
	*out = 0;
	for (int i = 0; i < digits; i++) {
		unsigned char c = (unsigned char)p[i];

		if (!isxdigit(c))
			return false;
		*out = *out * 16 + (unsigned)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
	}
	return true;
}

static size_t put_utf8(char *out, unsigned code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* After \u: four digits, and a second escape after the first half of a surrogate pair. */
static bool read_unicode(struct parser *p, size_t start, unsigned *code)
{
	unsigned low;

	if (!read_hex(p->text + p->at, 4, code))
		return parser_fault(p, start, "expected four hexadecimal digits after \\u");
	p->at += 4;
	if (*code < 0xd800 || *code > 0xdfff)
		return true;
	if (*code > 0xdbff || p->text[p->at] != '\\' || p->text[p->at + 1] != 'u' ||
		!read_hex(p->text + p->at + 2, 4, &low) || low < 0xdc00 || low > 0xdfff)
		return parser_fault(p, start, "this half of a surrogate pair lacks the other half");
	p->at += 6;
	*code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

/* p->at is after the backslash. */
static bool read_escape(struct parser *p, char *out, size_t *len)
{
	static const char names[] = "nrtbf\\/\"'", meant[] = "\n\r\t\b\f\\/\"'";
	size_t start = p->at - 1;
	char c = p->text[p->at++];
	const char *simple = c ? strchr(names, c) : NULL;
	unsigned code;

	if (simple) {
		out[(*len)++] = meant[simple - names];
		return true;
	}
	if (c == 'x') {
		if (!read_hex(p->text + p->at, 2, &code))
			return parser_fault(p, start, "expected two hexadecimal digits after \\x");
		p->at += 2;
		out[(*len)++] = (char)code;
		return true;
	}
	if (c == 'u') {
		if (!read_unicode(p, start, &code))
			return false;
		*len += put_utf8(out + *len, code);
		return true;
	}
	return parser_fault(p, start,
		"unknown escape; known are "
		"\\n \\r \\t \\b \\f \\\\ \\/ \\\" \\' \\xNN \\uNNNN");
}

/* The closing quote; SIZE_MAX: none. */
static size_t find_quote(const struct parser *p, char quote)
{
	for (size_t i = p->at; i < p->len; i++) {
		if (p->text[i] == '\\' && i + 1 < p->len)
			i++;
		else if (p->text[i] == quote)
			return i;
	}
	return SIZE_MAX;
}

bool parser_string(struct parser *p, struct bytes *text, struct bytes *raw)
{
	size_t start = p->at, end, len = 0;
	char quote = p->text[p->at++], *out;

	end = find_quote(p, quote);
	if (end == SIZE_MAX)
		return parser_fault(p, start, "this quote is not closed");
	if (raw)
		*raw = (struct bytes){ p->text + p->at, end - p->at };
	out = arena_alloc(p->query->arena, end - p->at + 1);
	while (p->at < end) {
		char c = p->text[p->at++];

		if (c != '\\')
			out[len++] = c;
		else if (!raw && !read_escape(p, out, &len))
			return false;
		else if (raw)
			p->at++; /* the caller wants only the text between the quotes */
	}
	p->at = end + 1;
	*text = (struct bytes){ out, len };
	return true;
}

const char *parser_column_text(const struct parser *p, size_t at, char *out, size_t size)
{
	size_t column = 1;

	for (size_t i = 0; i < at; i++)
		column += ((unsigned char)p->text[i] & 0xc0) != 0x80;
	snprintf(out, size, "column %zu", column);
	return out;
}
