/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Own code, because it decides how many records per second can be produced:
 * each string takes one pass, into a buffer that the caller reuses for every
 * line.
 */
#include "codec/record_text.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "codec/json_read.h"
#include "codec/json_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = RECORD_TEXT_MARGIN };

bool record_text_fail(struct record_text *t, const char *at, const char *fmt, ...)
{
	struct str why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	error_set(t->err, ERR_USAGE, "%s", str_text(&why));
	str_release(&why);
	t->at = at;
	return false;
}

void record_text_skip_space(struct record_text *t)
{
	t->p = json_scan_space(t->p, t->end);
}

bool record_text_expect(struct record_text *t, char wanted)
{
	record_text_skip_space(t);
	if (t->p >= t->end)
		return record_text_fail(t, t->p, "the line ends where a %c should be", wanted);
	if (*t->p != wanted)
		return record_text_fail(t, t->p, "expected a %c", wanted);
	t->p++;
	return true;
}

/* Strings */

/* Copies plain characters up to the first other one; each step may write a whole block into the buffer. */
static void copy_plain(struct record_text *t)
{
#ifdef __SSE2__
	while (t->end - t->p >= BLOCK) {
		__m128i bytes = _mm_loadu_si128((const void *)t->p);
		__m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
			_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
		unsigned mask, n;

		/* As signed bytes, 0x80 and above are less than the blank, too. */
		other = _mm_or_si128(other, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
		_mm_storeu_si128((void *)t->to, bytes);
		mask = (unsigned)_mm_movemask_epi8(other);
		n = mask ? (unsigned)__builtin_ctz(mask) : BLOCK;
		t->to += n;
		t->p += n;
		if (mask)
			return;
	}
#endif
	while (t->p < t->end && (unsigned char)*t->p >= 0x20 && (unsigned char)*t->p < 0x80 && *t->p != '"' &&
		*t->p != '\\')
		*t->to++ = *t->p++;
}

static bool read_hex(struct record_text *t, const char *at, unsigned *code)
{
	*code = 0;
	for (int i = 0; i < 4; i++) {
		char h = t->p < t->end ? *t->p : '\0';
		unsigned digit = h >= '0' && h <= '9' ? (unsigned)(h - '0') :
			h >= 'a' && h <= 'f'          ? (unsigned)(h - 'a' + 10) :
			h >= 'A' && h <= 'F'          ? (unsigned)(h - 'A' + 10) :
							16;

		if (digit > 15)
			return record_text_fail(t, at, "\\u needs four hexadecimal digits");
		*code = *code << 4 | digit;
		t->p++;
	}
	return true;
}

static void put_utf8(struct record_text *t, unsigned code)
{
	if (code < 0x80) {
		*t->to++ = (char)code;
		return;
	}
	if (code < 0x800) {
		*t->to++ = (char)(0xc0 | code >> 6);
	} else if (code < 0x10000) {
		*t->to++ = (char)(0xe0 | code >> 12);
		*t->to++ = (char)(0x80 | (code >> 6 & 0x3f));
	} else {
		*t->to++ = (char)(0xf0 | code >> 18);
		*t->to++ = (char)(0x80 | (code >> 12 & 0x3f));
		*t->to++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*t->to++ = (char)(0x80 | (code & 0x3f));
}

/* t->p points after \u. */
static bool read_unicode(struct record_text *t, const char *at)
{
	unsigned code, low;

	if (!read_hex(t, at, &code))
		return false;
	if (code >= 0xd800 && code < 0xe000) {
		if (code >= 0xdc00 || t->end - t->p < 2 || t->p[0] != '\\' || t->p[1] != 'u')
			return record_text_fail(t, at,
				"half of a surrogate pair stands alone: give such bytes in base64");
		t->p += 2;
		if (!read_hex(t, at, &low))
			return false;
		if (low < 0xdc00 || low >= 0xe000)
			return record_text_fail(t, at,
				"half of a surrogate pair stands alone: give such bytes in base64");
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	put_utf8(t, code);
	return true;
}

static bool read_escape(struct record_text *t)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *at = t->p, *found;

	if (t->end - t->p < 2)
		return record_text_fail(t, at, "the line ends in a string");
	t->p += 2;
	if (at[1] == 'u')
		return read_unicode(t, at);
	found = at[1] ? strchr(names, at[1]) : NULL;
	if (!found)
		return record_text_fail(t, at, "JSON has no such escape");
	*t->to++ = values[found - names];
	return true;
}

/* t->p points at the opening quote. The result is also terminated. */
bool record_text_string(struct record_text *t, struct bytes *out)
{
	const char *open = t->p++;
	char *text = t->to;

	for (;;) {
		unsigned code;
		size_t n;

		copy_plain(t);
		if (t->p >= t->end)
			return record_text_fail(t, open, "the string that begins here is not closed");
		if (*t->p == '"')
			break;
		if (*t->p == '\\') {
			if (!read_escape(t))
				return false;
			continue;
		}
		if ((unsigned char)*t->p < 0x20)
			return record_text_fail(t, t->p, "a raw control character: JSON wants it escaped");
		if ((n = text_decode(t->p, (size_t)(t->end - t->p), &code)) == 0)
			return record_text_fail(t, t->p, "text that is not UTF-8: give such bytes in base64");
		memcpy(t->to, t->p, n);
		t->to += n;
		t->p += n;
	}
	t->p++;
	*out = (struct bytes){ text, (size_t)(t->to - text) };
	*t->to++ = '\0';
	return true;
}

bool record_text_at_null(const struct record_text *t)
{
	return t->end - t->p >= 4 && memcmp(t->p, "null", 4) == 0;
}

bool record_text_string_or_null(struct record_text *t, const char *what, struct bytes *out)
{
	if (t->p < t->end && *t->p == '"')
		return record_text_string(t, out);
	if (!record_text_at_null(t))
		return record_text_fail(t, t->p, "%s must be a string or null", what);
	t->p += 4;
	*out = (struct bytes){ NULL, 0 };
	return true;
}

bool record_text_base64(struct record_text *t, const char *what, struct bytes *out)
{
	const char *open = t->p;
	char *to = t->to;

	if (!record_text_string_or_null(t, what, out))
		return false;
	if (out->p && !base64_read(out->p, out->len, to, &out->len))
		return record_text_fail(t, open, "%s is not base64 (RFC 4648, padded with =)", what);
	return true;
}

/* Values */

/* An object, list, number, true or false means its own text. */
static bool read_own_text(struct record_text *t, struct bytes *out)
{
	const char *past = json_scan_value(t->p, t->end);
	struct tree tree = { 0 };
	bool ok = past != NULL;

	if (ok && (*t->p == '{' || *t->p == '[')) {
		tree.arena = arena_new(4096);
		ok = json_read(&tree, t->p, (size_t)(past - t->p)) != NULL;
		if (!ok)
			record_text_fail(t, t->p, "the value that begins here is %s", tree.reason);
		arena_free(tree.arena);
	} else if (!ok) {
		record_text_fail(t, t->p, "expected a value");
	}
	if (!ok)
		return false;
	*out = (struct bytes){ t->p, (size_t)(past - t->p) };
	t->p = past;
	return true;
}

bool record_text_bytes(struct record_text *t, struct bytes *out)
{
	record_text_skip_space(t);
	if (t->p < t->end && *t->p == '"')
		return record_text_string(t, out);
	if (record_text_at_null(t)) {
		t->p += 4;
		*out = (struct bytes){ NULL, 0 };
		return true;
	}
	return read_own_text(t, out);
}

bool record_text_integer(struct record_text *t, const char *what, int64_t max, int64_t *out)
{
	const char *at = t->p;

	if (record_text_at_null(t)) {
		t->p += 4;
		return true;
	}
	if (at < t->end && *at == '-')
		return record_text_fail(t, at, "%s must be a whole number from 0 on", what);
	return record_text_signed(t, what, max, out);
}

bool record_text_signed(struct record_text *t, const char *what, int64_t max, int64_t *out)
{
	const char *at = t->p, *past;
	uint64_t value = 0;
	bool negative;

	if (record_text_at_null(t)) {
		t->p += 4;
		return true;
	}
	past = json_scan_number(at, t->end);
	if (!past)
		return record_text_fail(t, at, "%s must be a whole number or null", what);
	negative = *at == '-';
	for (const char *p = at + negative; p < past; p++) {
		if (*p < '0' || *p > '9')
			return record_text_fail(t, at, "%s must be a whole number", what);
		if (value > (uint64_t)max / 10)
			return record_text_fail(t, at, "%s is too large", what);
		value = value * 10 + (uint64_t)(*p - '0');
	}
	if (value > (uint64_t)max)
		return record_text_fail(t, at, "%s is too large", what);
	*out = negative ? -(int64_t)value : (int64_t)value;
	t->p = past;
	return true;
}

bool record_text_bool(struct record_text *t, const char *what, bool *out)
{
	static const struct {
		const char *word;
		size_t len;
	} words[] = { { "false", 5 }, { "true", 4 } };

	if (record_text_at_null(t)) {
		t->p += 4;
		return true;
	}
	for (int i = 0; i < 2; i++) {
		if ((size_t)(t->end - t->p) < words[i].len || memcmp(t->p, words[i].word, words[i].len) != 0)
			continue;
		*out = i;
		t->p += words[i].len;
		return true;
	}
	return record_text_fail(t, t->p, "%s must be true, false or null", what);
}

bool record_text_pass_over(struct record_text *t)
{
	const char *past = json_scan_value(t->p, t->end);

	if (!past)
		return record_text_fail(t, t->p, "expected a value");
	t->p = past;
	return true;
}
