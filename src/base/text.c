/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * UTF-8 is decoded here, so that it does not depend on the locale; the width
 * comes from wcwidth(), so that it agrees with curses. Characters that the locale
 * cannot show (wcwidth() gives -1: all but ASCII in "C") become escapes too.
 */
#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "base/search.h"

/* A curses cell holds a character and up to four marks; further marks become escapes. */
enum { MARKS_MAX = 4 };

struct range {
	unsigned first, last;
};

/* Invisible characters that change how the text around them looks, sorted. */
static const struct range invisible[] = {
	{ 0x00ad, 0x00ad },                       /* soft hyphen */
	{ 0x034f, 0x034f },                       /* combining grapheme joiner */
	{ 0x061c, 0x061c },                       /* Arabic letter mark */
	{ 0x115f, 0x1160 },                       /* Hangul fillers */
	{ 0x17b4, 0x17b5 },                       /* Khmer inherent vowels */
	{ 0x180b, 0x180f },                       /* Mongolian selectors */
	{ 0x200b, 0x200f },                       /* zero width space and joiners, direction marks */
	{ 0x2028, 0x202e },                       /* separators, embeddings, overrides */
	{ 0x2060, 0x206f },                       /* word joiner, isolates, deprecated controls */
	{ 0x3164, 0x3164 },                       /* Hangul filler */
	{ 0xfe00, 0xfe0f },                       /* variation selectors: they change the width on some terminals */
	{ 0xfeff, 0xfeff },                       /* byte order mark */
	{ 0xffa0, 0xffa0 },                       /* halfwidth Hangul filler */
	{ 0xfff0, 0xfffb },                       /* annotation controls */
	{ 0xfffe, 0xffff }, { 0x1bca0, 0x1bca3 }, /* shorthand controls */
	{ 0x1d173, 0x1d17a },                     /* musical controls */
	{ 0xe0000, 0xe0fff },                     /* tags, more variation selectors */
};

static int compare_range(const void *code, const void *range)
{
	unsigned c = *(const unsigned *)code;
	const struct range *r = range;

	return (c > r->last) - (c < r->first);
}

static bool is_invisible(unsigned code)
{
	return code >= invisible[0].first &&
		search_find(&code, invisible, sizeof(invisible) / sizeof(invisible[0]), sizeof(invisible[0]),
			compare_range);
}

size_t text_decode(const char *s, size_t len, unsigned *code)
{
	static const unsigned smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	size_t n;
	unsigned c;

	if (len == 0)
		return 0;
	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		n = 2;
		c = p[0] & 0x1f;
	} else if ((p[0] & 0xf0) == 0xe0) {
		n = 3;
		c = p[0] & 0x0f;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		n = 4;
		c = p[0] & 0x07;
	} else {
		return 0;
	}
	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < smallest[n] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
		return 0;
	*code = c;
	return n;
}

bool text_is_utf8(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len;) {
		unsigned code;
		size_t n = text_decode(bytes + i, len - i, &code);

		if (n == 0)
			return false;
		i += n;
	}
	return true;
}

static bool is_plain_byte(unsigned char c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

/*
 * Tests eight bytes together, because a search calls this for every record. Any other byte sets the top bit of its
 * place in one of three words, and only such a byte makes the subtraction borrow from the next.
 */
static bool is_printable_word(const char *bytes)
{
	const uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
	uint64_t word, below, del;

	memcpy(&word, bytes, sizeof(word));
	below = word - 0x20 * ones;
	del = (word ^ 0x7f * ones) - ones;
	return ((word | below | del) & tops) == 0;
}

bool text_is_plain(const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len) {
		if (len - i >= sizeof(uint64_t) && is_printable_word(bytes + i))
			i += sizeof(uint64_t);
		else if (is_plain_byte((unsigned char)bytes[i]))
			i++;
		else
			return false;
	}
	return true;
}

bool text_is_hidden(unsigned code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || is_invisible(code);
}

/* Cells of a character: -1 for what must not be drawn. */
static int width_of(unsigned code)
{
	if (text_is_hidden(code))
		return -1;
	return code < 0x7f ? 1 : wcwidth((wchar_t)code);
}

void text_safe(struct str *out, const char *bytes, size_t len)
{
	int marks = -1; /* on the current base character; -1: there is none to carry them */

	for (size_t i = 0; i < len;) {
		size_t plain = i;

		while (plain < len && bytes[plain] >= 0x20 && bytes[plain] < 0x7f)
			plain++;
		if (plain > i) {
			str_add_len(out, bytes + i, plain - i);
			i = plain;
			marks = 0;
			continue;
		}
		unsigned code;
		size_t n = text_decode(bytes + i, len - i, &code);

		if (n == 0) {
			str_addf(out, "\\x%02x", (unsigned char)bytes[i]);
			i++;
			marks = -1;
			continue;
		}
		int width = width_of(code);

		if (code < 0x20 || code == 0x7f) {
			str_add_char(out, '^');
			str_add_char(out, (char)(code ^ 0x40));
			marks = -1;
		} else if (width < 0 || (width == 0 && (marks < 0 || marks >= MARKS_MAX))) {
			str_addf(out, "\\u{%x}", code);
			marks = -1;
		} else {
			str_add_len(out, bytes + i, n);
			marks = width == 0 ? marks + 1 : 0;
		}
		i += n;
	}
}

/* One character with its marks, in the form that text_safe() writes; other input counts one cell per byte. */
static size_t next_cluster(const char *s, size_t len, int *cols)
{
	unsigned code;
	size_t n = text_decode(s, len, &code);

	if (n == 0) {
		*cols = 1;
		return 1;
	}
	*cols = width_of(code);
	if (*cols < 0)
		*cols = 1;
	while (n < len && (unsigned char)s[n] >= 0x80) {
		size_t mark = text_decode(s + n, len - n, &code);

		if (mark == 0 || width_of(code) != 0)
			break;
		n += mark;
	}
	return n;
}

int text_cols(const char *safe)
{
	size_t len = strlen(safe);
	int total = 0;

	for (size_t i = 0; i < len;) {
		int cols;

		/* Plain characters that no mark can follow. */
		for (; safe[i] >= 0x20 && safe[i] < 0x7f && (unsigned char)safe[i + 1] < 0x80; i++)
			total++;
		if (i >= len)
			break;
		i += next_cluster(safe + i, len - i, &cols);
		total += cols;
	}
	return total;
}

size_t text_fit(const char *safe, int cols, int *used)
{
	size_t len = strlen(safe);
	size_t i = 0;
	int total = 0;

	while (i < len) {
		int width;
		size_t n = next_cluster(safe + i, len - i, &width);

		if (total + width > cols)
			break;
		total += width;
		i += n;
	}
	if (used)
		*used = total;
	return i;
}

size_t text_skip(const char *safe, int cols, int *pad)
{
	size_t len = strlen(safe);
	size_t i = 0;
	int total = 0;

	while (i < len && total < cols) {
		int width;

		i += next_cluster(safe + i, len - i, &width);
		total += width;
	}
	if (pad)
		*pad = total > cols ? total - cols : 0;
	return i;
}

void text_encode(struct str *out, unsigned code)
{
	if (code < 0x80) {
		str_add_char(out, (char)code);
		return;
	}
	if (code < 0x800) {
		str_add_char(out, (char)(0xc0 | code >> 6));
	} else if (code < 0x10000) {
		str_add_char(out, (char)(0xe0 | code >> 12));
		str_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	} else {
		str_add_char(out, (char)(0xf0 | code >> 18));
		str_add_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		str_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	str_add_char(out, (char)(0x80 | (code & 0x3f)));
}
