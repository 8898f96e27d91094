/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CHUNK = 4096, ESCAPE_MAX = 12 }; /* bytes at a time; "\ud83d\ude00" */

static char *put_escape(char *to, unsigned code)
{
	static const char digits[] = "0123456789abcdef";

	*to++ = '\\';
	*to++ = 'u';
	for (int shift = 12; shift >= 0; shift -= 4)
		*to++ = digits[code >> shift & 15];
	return to;
}

/*
 * JSON requires escapes for C0. Other characters that a terminal could obey or
 * hide are escaped too; a JSON parser reads the same text.
 */
static char *put_special(char *to, const char *from, size_t n, unsigned code, bool *controls)
{
	switch (code) {
	case '\n':
		memcpy(to, "\\n", 2);
		return to + 2;
	case '\t':
		memcpy(to, "\\t", 2);
		return to + 2;
	case '\r':
		memcpy(to, "\\r", 2);
		return to + 2;
	default:
		break;
	}
	if (!text_is_hidden(code)) {
		memcpy(to, from, n);
		return to + n;
	}
	*controls |= code < 0x80;
	if (code <= 0xffff)
		return put_escape(to, code);
	to = put_escape(to, 0xd800 + ((code - 0x10000) >> 10));
	return put_escape(to, 0xdc00 + ((code - 0x10000) & 0x3ff));
}

enum { PLAIN, QUOTED, SPECIAL };

static unsigned class_of(unsigned char c)
{
	return c == '"' || c == '\\' ? QUOTED : c >= 0x20 && c < 0x7f ? PLAIN : SPECIAL;
}

/* Without a branch per byte: quotes are so frequent that the processor would predict it badly. */
static char *put_plain_bytes(char *to, const char *text, size_t len, size_t *done)
{
	size_t i = 0;

	for (unsigned class; i < len && (class = class_of((unsigned char)text[i])) != SPECIAL; i++) {
		*to = '\\';
		to += class;
		*to++ = text[i];
	}
	*done = i;
	return to;
}

#ifdef __SSE2__
enum { BLOCK = 16 };

/* A bit for each byte of a block. */
struct marks {
	unsigned quoted, special;
};

static inline struct marks mark_special(const char *from)
{
	__m128i bytes = _mm_loadu_si128((const void *)from);
	__m128i quoted =
		_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
	/* As signed bytes, values from 0x80 on are below the space too. */
	__m128i special =
		_mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));

	return (struct marks){ (unsigned)_mm_movemask_epi8(quoted), (unsigned)_mm_movemask_epi8(special) };
}

static inline void copy_block(char *to, const char *from)
{
	_mm_storeu_si128((void *)to, _mm_loadu_si128((const void *)from));
}

/* Copies a block that has no special character. May read one more block behind it. */
static inline char *put_block(char *to, const char *from, unsigned quoted)
{
	copy_block(to, from);
	for (; quoted; quoted &= quoted - 1) {
		unsigned at = (unsigned)__builtin_ctz(quoted);

		/* The text after it moves by one byte and is copied again. */
		to[at] = '\\';
		to++;
		copy_block(to + at, from + at);
	}
	return to + BLOCK;
}

/* Copies up to the first special character; *done: the number of bytes copied. */
static char *put_plain(char *to, const char *text, size_t len, size_t *done)
{
	struct marks marks = { 0 };
	size_t i = 0, n;

	for (; len - i >= 2 * BLOCK; i += BLOCK) {
		marks = mark_special(text + i);
		if (marks.special)
			break;
		to = put_block(to, text + i, marks.quoted);
	}
	/* Reading beyond the text is not allowed, so its last block is copied to a buffer first. */
	if (!marks.special && len - i >= BLOCK) {
		char last[2 * BLOCK] = { 0 };

		marks = mark_special(text + i);
		if (!marks.special) {
			copy_block(last, text + i);
			to = put_block(to, last, marks.quoted);
			i += BLOCK;
		}
	}
	to = put_plain_bytes(to, text + i, len - i, &n);
	*done = i + n;
	return to;
}
#else
static char *put_plain(char *to, const char *text, size_t len, size_t *done)
{
	return put_plain_bytes(to, text, len, done);
}
#endif

bool json_quote(struct str *out, const char *text, size_t len, bool *controls)
{
	size_t start = out->len;
	bool found = false;

	str_add_char(out, '"');
	for (size_t i = 0; i < len;) {
		size_t stop = len - i > CHUNK ? i + CHUNK : len;
		char *begin = str_room(out, (stop - i + 4) * ESCAPE_MAX / 2 + 64), *to = begin;

		while (i < stop) {
			unsigned code;
			size_t n;

			to = put_plain(to, text + i, stop - i, &n);
			i += n;
			while (i < stop && class_of((unsigned char)text[i]) == SPECIAL) {
				n = text_decode(text + i, len - i, &code);
				if (n == 0) {
					out->len = start;
					out->p[start] = '\0';
					return false;
				}
				to = put_special(to, text + i, n, code, &found);
				i += n;
			}
		}
		str_grown(out, (size_t)(to - begin));
	}
	str_add_char(out, '"');
	if (controls)
		*controls = found;
	return true;
}

static void json_begin(struct json *j, const char *name, const char *suffix)
{
	if (j->comma)
		str_add_char(j->out, ',');
	j->comma = true;
	if (!name)
		return;
	str_add_char(j->out, '"');
	str_add(j->out, name);
	str_add(j->out, suffix);
	str_add(j->out, "\":");
}

static void json_open(struct json *j, const char *name, char bracket)
{
	json_begin(j, name, "");
	str_add_char(j->out, bracket);
	j->comma = false;
}

static void json_close(struct json *j, char bracket)
{
	str_add_char(j->out, bracket);
	j->comma = true;
}

void json_object(struct json *j, const char *name)
{
	json_open(j, name, '{');
}

void json_object_end(struct json *j)
{
	json_close(j, '}');
}

void json_array(struct json *j, const char *name)
{
	json_open(j, name, '[');
}

void json_array_end(struct json *j)
{
	json_close(j, ']');
}

void json_null(struct json *j, const char *name)
{
	json_begin(j, name, "");
	str_add(j->out, "null");
}

void json_raw(struct json *j, const char *name, const char *value)
{
	json_begin(j, name, "");
	str_add(j->out, value);
}

void json_string(struct json *j, const char *name, const char *text)
{
	if (text)
		json_bytes(j, name, text, strlen(text));
	else
		json_null(j, name);
}

void json_bytes(struct json *j, const char *name, const char *bytes, size_t len)
{
	size_t start = j->out->len;
	bool comma = j->comma;

	json_begin(j, name, "");
	if (json_quote(j->out, bytes, len, NULL))
		return;
	j->out->len = start;
	j->comma = comma;
	if (name) {
		json_begin(j, name, "_base64");
	} else {
		json_begin(j, NULL, "");
		str_add(j->out, "{\"base64\":");
	}
	str_add_char(j->out, '"');
	base64_add(j->out, bytes, len);
	str_add_char(j->out, '"');
	if (!name)
		str_add_char(j->out, '}');
}

void json_int(struct json *j, const char *name, int64_t value)
{
	json_begin(j, name, "");
	str_addf(j->out, "%" PRId64, value);
}

void json_number(struct json *j, const char *name, double value)
{
	if (!isfinite(value)) {
		json_null(j, name);
		return;
	}
	char text[40];

	/* The shortest form that reads back as the same number. */
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	for (char *p = text; *p; p++)
		if (*p == ',')
			*p = '.'; /* some locales */
	json_begin(j, name, "");
	str_add(j->out, text);
}

void json_bool(struct json *j, const char *name, bool value)
{
	json_begin(j, name, "");
	str_add(j->out, value ? "true" : "false");
}

void base64_add(struct str *out, const void *bytes, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;
	char *to = str_room(out, (len + 2) / 3 * 4);

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		unsigned v = (unsigned)p[i] << 16;

		if (left > 1)
			v |= (unsigned)p[i + 1] << 8;
		if (left > 2)
			v |= p[i + 2];
		*to++ = digits[v >> 18];
		*to++ = digits[v >> 12 & 63];
		*to++ = left > 1 ? digits[v >> 6 & 63] : '=';
		*to++ = left > 2 ? digits[v & 63] : '=';
	}
	str_grown(out, (len + 2) / 3 * 4);
}

static unsigned digit_of(unsigned char c)
{
	return c >= 'A' && c <= 'Z'  ? c - 'A' + 0u :
		c >= 'a' && c <= 'z' ? c - 'a' + 26u :
		c >= '0' && c <= '9' ? c - '0' + 52u :
		c == '+'             ? 62 :
		c == '/'             ? 63 :
				       64;
}

bool base64_read(const char *text, size_t len, char *out, size_t *out_len)
{
	size_t pad = len >= 2 && text[len - 1] == '=' ? 1u + (text[len - 2] == '=') : 0;
	char *to = out;

	if (len % 4)
		return false;
	for (size_t i = 0; i < len; i += 4) {
		size_t digits = i + 4 == len ? 4 - pad : 4;
		unsigned v = 0;

		for (size_t k = 0; k < 4; k++) {
			unsigned digit = k < digits ? digit_of((unsigned char)text[i + k]) : 0;

			if (digit > 63)
				return false;
			v = v << 6 | digit;
		}
		/* The unused low bits must be zero, so that each value has one text only. */
		if ((digits == 2 && v & 0xffff) || (digits == 3 && v & 0xff))
			return false;
		*to++ = (char)(v >> 16);
		if (digits > 2)
			*to++ = (char)(v >> 8);
		if (digits > 3)
			*to++ = (char)v;
	}
	*out_len = (size_t)(to - out);
	return true;
}
