/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The format of java.util.Properties: # and ! comments, \ at the end of a line
 * continues it, = or : or blanks separate, \t \n \r \f and \uXXXX are escapes,
 * any other \x is x. Bytes above 127 are taken as UTF-8. Values lose the blanks
 * around them, also written as escapes: Kafka's ConfigDef trims every value.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "setup/java.h"

enum { PASSWORD_ROOM = 256 };

struct java_cursor {
	const char *p, *end;
	int line;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool is_newline(char c)
{
	return c == '\n' || c == '\r';
}

static void skip_newline(struct java_cursor *r)
{
	if (r->p < r->end && *r->p == '\r')
		r->p++;
	if (r->p < r->end && *r->p == '\n')
		r->p++;
	r->line++;
}

static void skip_blanks(struct java_cursor *r)
{
	while (r->p < r->end && is_blank(*r->p))
		r->p++;
}

/* Four hexadecimal digits; -1 when there are none. */
static int hex4(const struct java_cursor *r, const char *p)
{
	char digits[5] = { 0 };
	char *end;
	long value;

	if (r->end - p < 4)
		return -1;
	memcpy(digits, p, 4);
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	value = strtol(digits, &end, 16);
	return (int)value;
}

/* After "\u": one code point, which Java may write as two halves. */
static bool read_unicode(struct java_cursor *r, struct str *out, struct error *err)
{
	int code = hex4(r, r->p), low;

	if (code <= 0)
		return error_set(err, ERR_USAGE, "line %d: \\u needs four hexadecimal digits, not all 0", r->line);
	r->p += 4;
	if (code >= 0xd800 && code < 0xdc00 && r->end - r->p >= 6 && r->p[0] == '\\' && r->p[1] == 'u') {
		low = hex4(r, r->p + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			r->p += 6;
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	if (code >= 0xd800 && code < 0xe000)
		return error_set(err, ERR_USAGE, "line %d: \\u%04x is half of a character", r->line, (unsigned)code);
	text_encode(out, (unsigned)code);
	return true;
}

/* At a backslash: an escape, or the join of two lines. */
static bool read_escape(struct java_cursor *r, struct str *out, struct error *err)
{
	char c;

	r->p++;
	if (r->p == r->end)
		return true;
	if (is_newline(*r->p)) {
		skip_newline(r);
		skip_blanks(r);
		return true;
	}
	c = *r->p++;
	switch (c) {
	case 't':
		c = '\t';
		break;
	case 'n':
		c = '\n';
		break;
	case 'r':
		c = '\r';
		break;
	case 'f':
		c = '\f';
		break;
	case 'u':
		return read_unicode(r, out, err);
	default:
		break;
	}
	str_add_char(out, c);
	return true;
}

/* Reads to the end of the line; a key ends at the separator before its value. */
static bool read_part(struct java_cursor *r, struct str *out, bool key, struct error *err)
{
	while (r->p < r->end && !is_newline(*r->p)) {
		if (key && (*r->p == '=' || *r->p == ':' || is_blank(*r->p)))
			return true;
		if (*r->p == '\0')
			return error_set(err, ERR_USAGE, "line %d: a NUL byte: this is not a properties file", r->line);
		if (*r->p == '\\') {
			if (!read_escape(r, out, err))
				return false;
			continue;
		}
		str_add_char(out, *r->p++);
	}
	return true;
}

void java_add(struct java_properties *p, const char *name, const char *value, int line)
{
	p->items = mem_grow(p->items, &p->cap, p->count + 1, sizeof(*p->items));
	p->items[p->count++] =
		(struct java_property){ .name = mem_strdup(name), .value = mem_strdup(value), .line = line };
}

/* String.trim() of Java: blanks and control characters. */
static const char *trim(struct str *text)
{
	const char *start = str_text(text);

	while (text->len && (unsigned char)text->p[text->len - 1] <= ' ')
		text->p[--text->len] = '\0';
	while (*start && (unsigned char)*start <= ' ')
		start++;
	return start;
}

/* "[default]", as Confluent's config.ini has it. */
static bool is_heading(const struct str *key, const struct str *value)
{
	return key->len > 2 && key->p[0] == '[' && key->p[key->len - 1] == ']' && value->len == 0;
}

void java_add_skipped(struct java_properties *p, const char *name, const char *why, bool loud, int line)
{
	java_add(p, name, "", line);
	p->items[p->count - 1].skipped = why;
	p->items[p->count - 1].loud = loud;
}

static bool read_pair(struct java_cursor *r, struct java_properties *out, struct error *err)
{
	struct str key = { 0 }, value = { 0 };
	int line = r->line;
	bool ok = read_part(r, &key, true, err);

	/* A password that never moves as it grows leaves no copies. */
	str_room(&value, PASSWORD_ROOM);
	str_clear(&value);
	if (ok) {
		skip_blanks(r);
		if (r->p < r->end && (*r->p == '=' || *r->p == ':')) {
			r->p++;
			skip_blanks(r);
		}
		ok = read_part(r, &value, false, err);
	}
	if (ok && is_heading(&key, &value))
		java_add_skipped(out, str_text(&key), "a heading; all lines of the file count", false, line);
	else if (ok)
		java_add(out, str_text(&key), trim(&value), line);
	str_release(&key);
	str_wipe(&value);
	return ok;
}

bool java_text_read(struct java_properties *out, const char *text, size_t len, struct error *err)
{
	struct java_cursor r = { .p = text, .end = text + len, .line = 1 };

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.p += 3; /* a byte order mark that some editors leave */
	while (r.p < r.end) {
		skip_blanks(&r);
		if (r.p == r.end)
			break;
		if (is_newline(*r.p)) {
			skip_newline(&r);
		} else if (*r.p == '#' || *r.p == '!') {
			while (r.p < r.end && !is_newline(*r.p))
				r.p++;
		} else if (!read_pair(&r, out, err)) {
			return false;
		}
	}
	return true;
}
