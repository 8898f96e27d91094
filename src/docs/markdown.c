/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs/markdown.h"

#include <ctype.h>
#include <string.h>

enum { TERM_COLUMN = 24 }; /* where the meaning of a term begins */

/* Stand for the begin and the end of bold text until lines are broken: they take no room. */
#define BOLD  '\1'
#define PLAIN '\2'

enum block_kind {
	BLOCK_END,
	BLOCK_TITLE,
	BLOCK_HEADING,
	BLOCK_SUBHEADING,
	BLOCK_PARAGRAPH,
	BLOCK_ITEM,
	BLOCK_TERM,
	BLOCK_CODE
};

struct block {
	enum block_kind kind;
	struct str term; /* of BLOCK_TERM */
	struct str text; /* lines joined; of BLOCK_CODE as they are, without the indent */
};

static size_t line_len(const char *p)
{
	return strcspn(p, "\n");
}

static const char *next_line(const char *p)
{
	p += line_len(p);
	return *p ? p + 1 : p;
}

static bool is_code(const char *p)
{
	return strncmp(p, "    ", 4) == 0;
}

static bool begins_block(const char *p)
{
	return line_len(p) == 0 || *p == '#' || strncmp(p, "- ", 2) == 0;
}

/* Lines from p on, joined by blanks, up to the next block. */
static const char *read_joined(struct block *b, const char *p)
{
	do {
		size_t len;

		p += strspn(p, " ");
		len = line_len(p);
		if (b->text.len)
			str_add_char(&b->text, ' ');
		str_add_len(&b->text, p, len);
		p = next_line(p);
	} while (!begins_block(p));
	return p;
}

/* Blank lines between lines of code belong to it. */
static const char *read_code(struct block *b, const char *p)
{
	while (is_code(p)) {
		const char *after = next_line(p);

		str_add_len(&b->text, p + 4, line_len(p) - 4);
		str_add_char(&b->text, '\n');
		p = after;
		while (*after == '\n')
			after++;
		if (!is_code(after))
			break;
		str_add_fill(&b->text, '\n', (size_t)(after - p));
		p = after;
	}
	return p;
}

/* "`--group GROUP`: only this group" is a term and its meaning. */
static void split_term(struct block *b)
{
	const char *end = b->text.p && b->text.p[0] == '`' ? strstr(b->text.p, "`: ") : NULL;
	struct str rest = { 0 };

	if (!end)
		return;
	b->kind = BLOCK_TERM;
	str_add_len(&b->term, b->text.p, (size_t)(end + 1 - b->text.p));
	str_add(&rest, end + 3);
	str_release(&b->text);
	b->text = rest;
}

static const char *read_block(struct block *b, const char *p)
{
	str_clear(&b->term);
	str_clear(&b->text);
	while (*p == '\n')
		p++;
	if (!*p) {
		b->kind = BLOCK_END;
		return p;
	}
	if (*p == '#') {
		size_t marks = strspn(p, "#");

		b->kind = marks > 2 ? BLOCK_SUBHEADING : marks > 1 ? BLOCK_HEADING : BLOCK_TITLE;
		p += marks + strspn(p + marks, " ");
		str_add_len(&b->text, p, line_len(p));
		return next_line(p);
	}
	if (is_code(p)) {
		b->kind = BLOCK_CODE;
		return read_code(b, p);
	}
	b->kind = BLOCK_PARAGRAPH;
	if (strncmp(p, "- ", 2) == 0) {
		b->kind = BLOCK_ITEM;
		p += 2;
	}
	p = read_joined(b, p);
	if (b->kind == BLOCK_ITEM)
		split_term(b);
	return p;
}

/* `code` and escapes resolved. */
static void add_inline(struct str *out, const char *text)
{
	bool code = false;

	for (; *text; text++) {
		if (*text == '`') {
			code = !code;
			str_add_char(out, code ? BOLD : PLAIN);
		} else if (*text == '\\' && !code && ispunct((unsigned char)text[1])) {
			str_add_char(out, *++text);
		} else {
			str_add_char(out, *text);
		}
	}
}

static bool takes_room(char c)
{
	return c != BOLD && c != PLAIN && ((unsigned char)c & 0xc0) != 0x80;
}

static size_t cells(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += takes_room(text[i]);
	return count;
}

/* Bold text does not run through the indent of the next line. */
static void break_line(struct str *out, size_t indent, bool bold)
{
	if (bold)
		str_add_char(out, PLAIN);
	str_add_char(out, '\n');
	str_add_fill(out, ' ', indent);
	if (bold)
		str_add_char(out, BOLD);
}

void text_add_wrapped(struct str *out, const char *text, size_t at, size_t indent, size_t cols)
{
	bool begun = false, bold = false;

	while (*text) {
		size_t len = strcspn(text, " \n"), wide = cells(text, len);

		if (begun && at + 1 + wide > cols) {
			break_line(out, indent, bold);
			at = indent;
			begun = false;
		}
		str_addf(out, "%s%.*s", begun ? " " : "", (int)len, text);
		at += wide + begun;
		begun = true;
		for (size_t i = 0; i < len; i++)
			bold = text[i] == BOLD || (bold && text[i] != PLAIN);
		text += len;
		if (*text == '\n') {
			break_line(out, indent, bold);
			at = indent;
			begun = false;
		}
		text += *text != '\0';
	}
	str_add_char(out, '\n');
}

void text_add_term(struct str *out, struct str *term, const char *text, size_t column, size_t cols)
{
	size_t wide = cells(term->p, term->len);

	if (wide + 2 > column) {
		str_addf(out, "%s\n", term->p);
		str_clear(term);
		wide = 0;
	}
	str_add_fill(term, ' ', column - wide);
	str_add(out, term->p);
	text_add_wrapped(out, text, column, column, cols);
}

static void add_term_text(struct str *out, const struct block *b, size_t cols)
{
	struct str line = { 0 }, text = { 0 };

	str_add(&line, "  ");
	add_inline(&line, b->term.p);
	add_inline(&text, str_text(&b->text));
	text_add_term(out, &line, str_text(&text), TERM_COLUMN, cols);
	str_release(&line);
	str_release(&text);
}

static void add_code_text(struct str *out, const char *text)
{
	for (; *text; text = next_line(text)) {
		size_t len = line_len(text);

		str_addf(out, "%s%.*s\n", len ? "    " : "", (int)len, text);
	}
}

static void add_block_text(struct str *out, const struct block *b, size_t cols)
{
	struct str text = { 0 };

	switch (b->kind) {
	case BLOCK_TITLE:
	case BLOCK_HEADING:
	case BLOCK_SUBHEADING:
		str_addf(out, "%c%s%c\n", BOLD, str_text(&b->text), PLAIN);
		break;
	case BLOCK_TERM:
		add_term_text(out, b, cols);
		break;
	case BLOCK_CODE:
		add_code_text(out, str_text(&b->text));
		break;
	case BLOCK_ITEM:
	case BLOCK_PARAGRAPH:
	case BLOCK_END:
		add_inline(&text, str_text(&b->text));
		if (b->kind == BLOCK_ITEM)
			str_add(out, "- ");
		text_add_wrapped(out, str_text(&text), b->kind == BLOCK_ITEM ? 2 : 0, b->kind == BLOCK_ITEM ? 2 : 0,
			cols);
		break;
	}
	str_release(&text);
}

void markdown_to_text(struct str *out, const char *markdown, size_t cols, bool bold)
{
	struct block b = { 0 };
	struct str text = { 0 };
	enum block_kind before = BLOCK_END;

	for (const char *p = read_block(&b, markdown); b.kind != BLOCK_END; p = read_block(&b, p)) {
		/* Items of a list stand close together, as do a heading and what is below it. */
		if (before != BLOCK_END && (b.kind != before || b.kind == BLOCK_PARAGRAPH) && before != BLOCK_HEADING &&
			before != BLOCK_SUBHEADING)
			str_add_char(&text, '\n');
		add_block_text(&text, &b, cols);
		before = b.kind;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != BOLD && text.p[i] != PLAIN)
			str_add_char(out, text.p[i]);
		else if (bold)
			str_add(out, text.p[i] == BOLD ? "\033[1m" : "\033[0m");
	}
	str_release(&b.term);
	str_release(&b.text);
	str_release(&text);
}

void roff_add(struct str *out, const char *text)
{
	/* What stands at the begin of a line is a request; the others would be printed as typographic signs. */
	static const struct {
		char c;
		const char *roff;
	} signs[] = { { '\\', "\\e" }, { '-', "\\-" }, { '~', "\\(ti" }, { '^', "\\(ha" }, { '`', "\\(ga" },
		{ '\'', "\\(aq" }, { BOLD, "\\fB" }, { PLAIN, "\\fR" } };
	bool line_start = out->len == 0 || out->p[out->len - 1] == '\n';

	for (; *text; text++) {
		size_t i = 0;

		if (line_start && *text == '.')
			str_add(out, "\\&");
		line_start = *text == '\n' || (line_start && !takes_room(*text));
		while (i < sizeof(signs) / sizeof(signs[0]) && signs[i].c != *text)
			i++;
		if (i < sizeof(signs) / sizeof(signs[0]))
			str_add(out, signs[i].roff);
		else
			str_add_char(out, *text);
	}
}

static void add_inline_roff(struct str *out, const char *markdown)
{
	struct str text = { 0 };

	add_inline(&text, markdown);
	roff_add(out, str_text(&text));
	str_add_char(out, '\n');
	str_release(&text);
}

static void add_block_roff(struct str *out, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_TITLE:
	case BLOCK_HEADING:
		str_add(out, ".SH ");
		for (const char *p = str_text(&b->text); *p; p++)
			str_add_char(out, (char)toupper((unsigned char)*p));
		str_add_char(out, '\n');
		break;
	case BLOCK_SUBHEADING:
		str_add(out, ".SS ");
		add_inline_roff(out, str_text(&b->text));
		break;
	case BLOCK_TERM:
		str_addf(out, ".TP %d\n", TERM_COLUMN - 4);
		add_inline_roff(out, b->term.p);
		add_inline_roff(out, str_text(&b->text));
		break;
	case BLOCK_ITEM:
		str_add(out, ".IP \\(bu 2\n");
		add_inline_roff(out, str_text(&b->text));
		break;
	case BLOCK_CODE:
		str_add(out, ".PP\n.RS 4\n.nf\n");
		roff_add(out, str_text(&b->text));
		str_add(out, ".fi\n.RE\n");
		break;
	case BLOCK_PARAGRAPH:
	case BLOCK_END:
		str_add(out, ".PP\n");
		add_inline_roff(out, str_text(&b->text));
		break;
	}
}

void markdown_to_roff(struct str *out, const char *markdown)
{
	struct block b = { 0 };
	enum block_kind before = BLOCK_END, two_before = BLOCK_END;

	for (const char *p = read_block(&b, markdown); b.kind != BLOCK_END; p = read_block(&b, p)) {
		/* The first of a list stands apart from what is before it, the others close together. */
		if (b.kind == BLOCK_TERM && before == BLOCK_TERM && two_before != BLOCK_TERM)
			str_add(out, ".PD 0\n");
		if (b.kind != BLOCK_TERM && before == BLOCK_TERM && two_before == BLOCK_TERM)
			str_add(out, ".PD\n");
		add_block_roff(out, &b);
		two_before = before;
		before = b.kind;
	}
	str_release(&b.term);
	str_release(&b.text);
}

void markdown_add(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_[]<>|$", *text))
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
}
