/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Steps over JSON. Own code because no library in Debian steps over values
 * without building them: this decides how many records per second a filter can
 * read.
 */
#include "codec/json_scan.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>

enum { BLOCK = 16 };
#endif

/* The first quote or backslash, or `end`. */
static const char *find_quote(const char *p, const char *end)
{
#ifdef __SSE2__
	for (; end - p >= BLOCK; p += BLOCK) {
		__m128i bytes = _mm_loadu_si128((const void *)p);
		int found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
			_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));

		if (found)
			return p + __builtin_ctz((unsigned)found);
	}
#endif
	while (p < end && *p != '"' && *p != '\\')
		p++;
	return p;
}

const char *json_scan_string(const char *p, const char *end)
{
	for (;;) {
		p = find_quote(p, end);
		if (p >= end)
			return NULL;
		if (*p == '"')
			return p;
		if (end - p < 2)
			return NULL;
		p += 2;
	}
}

static const char *skip_digits(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p > start ? p : NULL;
}

const char *json_scan_number(const char *p, const char *end)
{
	if (p < end && *p == '-')
		p++;
	if (p < end && *p == '0')
		p++;
	else if (!(p = skip_digits(p, end)))
		return NULL;
	if (p < end && *p == '.' && !(p = skip_digits(p + 1, end)))
		return NULL;
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		if (!(p = skip_digits(p, end)))
			return NULL;
	}
	return p;
}

const char *json_scan_literal(const char *p, const char *end, enum node_kind *kind)
{
	const char *word = *p == 't' ? "true" : *p == 'f' ? "false" : "null";
	size_t len = strlen(word);

	if ((size_t)(end - p) < len || memcmp(p, word, len) != 0)
		return NULL;
	*kind = *p == 'n' ? NODE_NULL : NODE_BOOL;
	return p + len;
}

static const char *skip_container(const char *p, const char *end)
{
	size_t depth = 0;

	for (; p < end; p++) {
		switch (*p) {
		case '"':
			if (!(p = json_scan_string(p + 1, end)))
				return NULL;
			break;
		case '{':
		case '[':
			depth++;
			break;
		case '}':
		case ']':
			if (--depth == 0)
				return p + 1;
			break;
		default:
			break;
		}
	}
	return NULL;
}

const char *json_scan_value(const char *p, const char *end)
{
	enum node_kind kind;

	if (p >= end)
		return NULL;
	switch (*p) {
	case '"':
		p = json_scan_string(p + 1, end);
		return p ? p + 1 : NULL;
	case '{':
	case '[':
		return skip_container(p, end);
	case 't':
	case 'f':
	case 'n':
		return json_scan_literal(p, end, &kind);
	default:
		return json_scan_number(p, end);
	}
}

bool json_scan_equal(const char *text, size_t len, const char *plain, size_t plain_len)
{
	struct str scratch = { 0 };
	const char *undone;
	bool equal;

	if (!memchr(text, '\\', len))
		return len == plain_len && memcmp(text, plain, len) == 0;
	undone = node_plain(text, len, &scratch, &len);
	equal = len == plain_len && memcmp(undone, plain, len) == 0;
	str_release(&scratch);
	return equal;
}
