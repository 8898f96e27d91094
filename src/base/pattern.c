/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCRE2 matches both forms; plain text is compiled as a literal. Matching stops
 * at a limit, so that no expression can block the keyboard: a row on which the
 * limit was reached does not match.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 10000, HEAP_LIMIT_KIB = 4096, PATTERN_MAX = 8192 };

struct pattern {
	bool inverted;
	pcre2_code *code; /* NULL: matches everything */
	pcre2_match_data *match;
	pcre2_match_context *context;
};

/* A dot is none of them: topic names often have dots. */
static bool has_regex_signs(const char *text)
{
	return strpbrk(text, "^$*+?()[]{}|\\") != NULL;
}

/* The W of an escape such as \W does not count. */
static bool has_capital(const char *text, size_t len, bool regex)
{
	for (size_t i = 0; i < len; i++) {
		if (regex && text[i] == '\\')
			i++;
		else if (text[i] >= 'A' && text[i] <= 'Z')
			return true;
	}
	return false;
}

static size_t column_of(const char *text, size_t offset)
{
	size_t column = 1;

	for (size_t i = 0; i < offset; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	return column;
}

static bool pattern_compile(struct pattern *p, const char *text, const char *body, size_t len, bool regex,
	struct error *err)
{
	uint32_t options = regex ? PCRE2_NEVER_BACKSLASH_C : PCRE2_LITERAL;
	int code;
	PCRE2_SIZE at;

	if (len > PATTERN_MAX)
		return error_set(err, ERR_USAGE, "filter: longer than %d bytes", PATTERN_MAX);
	if (!has_capital(body, len, regex))
		options |= PCRE2_CASELESS;
	if (text_is_utf8(body, len))
		options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | (regex ? PCRE2_UCP : 0);
	p->code = pcre2_compile((PCRE2_SPTR)body, len, options, &code, &at, NULL);
	if (!p->code) {
		PCRE2_UCHAR why[160];

		pcre2_get_error_message(code, why, sizeof(why));
		return error_set(err, ERR_USAGE, "filter, column %zu: %s", column_of(text, (size_t)(body - text) + at),
			(const char *)why);
	}
	p->match = pcre2_match_data_create(1, NULL);
	p->context = pcre2_match_context_create(NULL);
	if (!p->match || !p->context)
		mem_abort("out of memory");
	pcre2_set_match_limit(p->context, MATCH_LIMIT);
	pcre2_set_depth_limit(p->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->context, HEAP_LIMIT_KIB);
	return true;
}

struct pattern *pattern_new(const char *text, struct error *err)
{
	struct pattern *p = mem_alloc(sizeof(*p));
	const char *body = text;

	if (*body == '!') {
		p->inverted = true;
		body++;
	}
	size_t len = strlen(body);
	bool regex = has_regex_signs(body);

	if (len >= 2 && body[0] == '/' && body[len - 1] == '/') {
		regex = true;
		body++;
		len -= 2;
	}
	if (len == 0) {
		p->inverted = false; /* a "!" alone, before the rest is typed, hides nothing */
		return p;
	}
	if (!pattern_compile(p, text, body, len, regex, err)) {
		pattern_free(p);
		return NULL;
	}
	return p;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_match_context_free(p->context);
	pcre2_match_data_free(p->match);
	pcre2_code_free(p->code);
	free(p);
}

static bool pattern_run(const struct pattern *p, const char *text, size_t from, uint32_t options)
{
	return pcre2_match(p->code, (PCRE2_SPTR)text, strlen(text), from, options, p->match, p->context) >= 0;
}

bool pattern_matches(const struct pattern *p, const char *text)
{
	return !p->code || pattern_run(p, text, 0, 0) != p->inverted;
}

bool pattern_find(const struct pattern *p, const char *text, size_t from, size_t *start, size_t *end)
{
	if (!p->code || p->inverted || from > strlen(text))
		return false;
	/* No empty match: nothing to highlight, and a loop that continues at *end would not advance. */
	if (!pattern_run(p, text, from, PCRE2_NOTEMPTY))
		return false;
	const PCRE2_SIZE *hit = pcre2_get_ovector_pointer(p->match);

	if (hit[0] >= hit[1])
		return false; /* \K in a lookahead can put the start behind the end */
	*start = hit[0];
	*end = hit[1];
	return true;
}
