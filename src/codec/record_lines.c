/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Own code, since this decides how many records a second are produced: strings
 * go in one pass into one buffer that every line uses again.
 */
#include "codec/record_lines.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "codec/json_read.h"
#include "codec/json_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

struct cursor {
	struct record_lines *lines;
	const char *start, *p, *end;
	char *to;                       /* where the next string goes */
	const char *at;                 /* what the error is about */
	struct error *err;
};

__attribute__((format(printf, 3, 4)))
static bool fail(struct cursor *c, const char *at, const char *fmt, ...)
{
	struct str why = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	error_set(c->err, ERR_USAGE, "%s", str_text(&why));
	str_release(&why);
	c->at = at;
	return false;
}

static void skip_space(struct cursor *c)
{
	c->p = json_scan_space(c->p, c->end);
}

static bool expect(struct cursor *c, char wanted)
{
	skip_space(c);
	if (c->p >= c->end)
		return fail(c, c->p, "the line ends where a %c should be", wanted);
	if (*c->p != wanted)
		return fail(c, c->p, "expected a %c", wanted);
	c->p++;
	return true;
}

/* Strings */

/* Copies plain characters up to the first that is not; each step may write a whole block into the buffer. */
static void copy_plain(struct cursor *c)
{
#ifdef __SSE2__
	while (c->end - c->p >= BLOCK) {
		__m128i bytes = _mm_loadu_si128((const void *)c->p);
		__m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
			_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
		unsigned mask, n;

		/* As signed bytes, those from 0x80 on lie below the blank as well. */
		other = _mm_or_si128(other, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
		_mm_storeu_si128((void *)c->to, bytes);
		mask = (unsigned)_mm_movemask_epi8(other);
		n = mask ? (unsigned)__builtin_ctz(mask) : BLOCK;
		c->to += n;
		c->p += n;
		if (mask)
			return;
	}
#endif
	while (c->p < c->end && (unsigned char)*c->p >= 0x20 && (unsigned char)*c->p < 0x80 && *c->p != '"' &&
	       *c->p != '\\')
		*c->to++ = *c->p++;
}

static bool read_hex(struct cursor *c, const char *at, unsigned *code)
{
	*code = 0;
	for (int i = 0; i < 4; i++) {
		char h = c->p < c->end ? *c->p : '\0';
		unsigned digit = h >= '0' && h <= '9' ? (unsigned)(h - '0')
			: h >= 'a' && h <= 'f' ? (unsigned)(h - 'a' + 10)
			: h >= 'A' && h <= 'F' ? (unsigned)(h - 'A' + 10) : 16;

		if (digit > 15)
			return fail(c, at, "\\u needs four hexadecimal digits");
		*code = *code << 4 | digit;
		c->p++;
	}
	return true;
}

static void put_utf8(struct cursor *c, unsigned code)
{
	if (code < 0x80) {
		*c->to++ = (char)code;
		return;
	}
	if (code < 0x800) {
		*c->to++ = (char)(0xc0 | code >> 6);
	} else if (code < 0x10000) {
		*c->to++ = (char)(0xe0 | code >> 12);
		*c->to++ = (char)(0x80 | (code >> 6 & 0x3f));
	} else {
		*c->to++ = (char)(0xf0 | code >> 18);
		*c->to++ = (char)(0x80 | (code >> 12 & 0x3f));
		*c->to++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*c->to++ = (char)(0x80 | (code & 0x3f));
}

/* c->p stands behind \u. */
static bool read_unicode(struct cursor *c, const char *at)
{
	unsigned code, low;

	if (!read_hex(c, at, &code))
		return false;
	if (code >= 0xd800 && code < 0xe000) {
		if (code >= 0xdc00 || c->end - c->p < 2 || c->p[0] != '\\' || c->p[1] != 'u')
			return fail(c, at, "half of a surrogate pair stands alone: give such bytes in base64");
		c->p += 2;
		if (!read_hex(c, at, &low))
			return false;
		if (low < 0xdc00 || low >= 0xe000)
			return fail(c, at, "half of a surrogate pair stands alone: give such bytes in base64");
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	put_utf8(c, code);
	return true;
}

static bool read_escape(struct cursor *c)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *at = c->p, *found;

	if (c->end - c->p < 2)
		return fail(c, at, "the line ends in a string");
	c->p += 2;
	if (at[1] == 'u')
		return read_unicode(c, at);
	found = at[1] ? strchr(names, at[1]) : NULL;
	if (!found)
		return fail(c, at, "JSON has no such escape");
	*c->to++ = values[found - names];
	return true;
}

/* c->p stands at the opening quote. The text is terminated too. */
static bool read_string(struct cursor *c, struct bytes *out)
{
	const char *open = c->p++;
	char *text = c->to;

	for (;;) {
		unsigned code;
		size_t n;

		copy_plain(c);
		if (c->p >= c->end)
			return fail(c, open, "the string that begins here is not closed");
		if (*c->p == '"')
			break;
		if (*c->p == '\\') {
			if (!read_escape(c))
				return false;
			continue;
		}
		if ((unsigned char)*c->p < 0x20)
			return fail(c, c->p, "a raw control character: JSON wants it escaped");
		if ((n = text_decode(c->p, (size_t)(c->end - c->p), &code)) == 0)
			return fail(c, c->p, "text that is not UTF-8: give such bytes in base64");
		memcpy(c->to, c->p, n);
		c->to += n;
		c->p += n;
	}
	c->p++;
	*out = (struct bytes){ text, (size_t)(c->to - text) };
	*c->to++ = '\0';
	return true;
}

static bool at_null(const struct cursor *c)
{
	return c->end - c->p >= 4 && memcmp(c->p, "null", 4) == 0;
}

static bool read_string_or_null(struct cursor *c, const char *what, struct bytes *out)
{
	if (c->p < c->end && *c->p == '"')
		return read_string(c, out);
	if (!at_null(c))
		return fail(c, c->p, "%s must be a string or null", what);
	c->p += 4;
	*out = (struct bytes){ NULL, 0 };
	return true;
}

static bool read_base64(struct cursor *c, const char *what, struct bytes *out)
{
	const char *open = c->p;
	char *to = c->to;

	if (!read_string_or_null(c, what, out))
		return false;
	if (out->p && !base64_read(out->p, out->len, to, &out->len))
		return fail(c, open, "%s is not base64 (RFC 4648, padded with =)", what);
	return true;
}

/* Values */

/* An object, list, number, true or false stands for its own text. */
static bool read_own_text(struct cursor *c, struct bytes *out)
{
	const char *past = json_scan_value(c->p, c->end);
	struct tree tree = {0};
	bool ok = past != NULL;

	if (ok && (*c->p == '{' || *c->p == '[')) {
		tree.arena = arena_new(0);
		ok = json_read(&tree, c->p, (size_t)(past - c->p)) != NULL;
		if (!ok)
			fail(c, c->p, "the value that begins here is %s", tree.reason);
		arena_free(tree.arena);
	} else if (!ok) {
		fail(c, c->p, "expected a value");
	}
	if (!ok)
		return false;
	*out = (struct bytes){ c->p, (size_t)(past - c->p) };
	c->p = past;
	return true;
}

static bool read_bytes(struct cursor *c, struct bytes *out)
{
	skip_space(c);
	if (c->p < c->end && *c->p == '"')
		return read_string(c, out);
	if (at_null(c)) {
		c->p += 4;
		*out = (struct bytes){ NULL, 0 };
		return true;
	}
	return read_own_text(c, out);
}

static bool read_integer(struct cursor *c, const char *what, int64_t max, int64_t *out)
{
	const char *at = c->p, *past;
	uint64_t value = 0;

	if (at_null(c)) {
		c->p += 4;
		return true;
	}
	past = json_scan_number(at, c->end);
	if (!past)
		return fail(c, at, "%s must be a whole number or null", what);
	for (const char *p = at; p < past; p++) {
		if (*p < '0' || *p > '9')
			return fail(c, at, "%s must be a whole number from 0 on", what);
		if (value > (uint64_t)max / 10)
			return fail(c, at, "%s is too large", what);
		value = value * 10 + (uint64_t)(*p - '0');
	}
	if (value > (uint64_t)max)
		return fail(c, at, "%s is too large", what);
	*out = (int64_t)value;
	c->p = past;
	return true;
}

static bool pass_over(struct cursor *c)
{
	const char *past = json_scan_value(c->p, c->end);

	if (!past)
		return fail(c, c->p, "expected a value");
	c->p = past;
	return true;
}

/* Headers */

static struct record_header *add_header(struct cursor *c, struct record *out)
{
	struct record_lines *r = c->lines;
	struct record_header *h;

	r->headers = mem_grow(r->headers, &r->header_cap, out->header_count + 1, sizeof(*r->headers));
	out->headers = r->headers;
	h = &r->headers[out->header_count++];
	*h = (struct record_header){ NULL, { NULL, 0 } };
	return h;
}

static bool name_header(struct cursor *c, const char *at, struct record_header *h, const struct bytes *name)
{
	if (memchr(name->p, '\0', name->len))
		return fail(c, at, "a header's key cannot hold a zero byte");
	h->name = name->p;
	return true;
}

enum { HEADER_KEY = 1, HEADER_VALUE = 2 };

static bool read_header_member(struct cursor *c, struct record_header *h, unsigned *seen)
{
	const char *at;
	struct bytes name, text;
	unsigned part;

	skip_space(c);
	at = c->p;
	if (at >= c->end || *at != '"')
		return fail(c, at, "expected a name in quotes");
	if (!read_string(c, &name))
		return false;
	part = strncmp(name.p, "key", 3) == 0 ? HEADER_KEY : HEADER_VALUE;
	if (strcmp(name.p, "key") && strcmp(name.p, "value") && strcmp(name.p, "key_base64") &&
	    strcmp(name.p, "value_base64"))
		return fail(c, at, "a header has key and value (or key_base64, value_base64), nothing else");
	if (*seen & part)
		return fail(c, at, "the header's %s is given twice", part == HEADER_KEY ? "key" : "value");
	*seen |= part;
	if (!expect(c, ':'))
		return false;
	skip_space(c);
	at = c->p;
	if (strstr(name.p, "_base64") ? !read_base64(c, name.p, &text) : !read_bytes(c, &text))
		return false;
	if (part == HEADER_VALUE) {
		h->value = text;
		return true;
	}
	if (*at != '"')
		return fail(c, at, "a header's key must be a string");
	((char *)text.p)[text.len] = '\0';      /* base64 left more behind */
	return name_header(c, at, h, &text);
}

/* Reads what stands between `open` and `close`; `item` reads one. */
static bool read_items(struct cursor *c, struct record *out, char close,
	bool (*item)(struct cursor *c, struct record *out, void *data), void *data)
{
	c->p++;
	skip_space(c);
	if (c->p < c->end && *c->p == close) {
		c->p++;
		return true;
	}
	for (;;) {
		if (!item(c, out, data))
			return false;
		skip_space(c);
		if (c->p < c->end && *c->p == close)
			break;
		if (c->p >= c->end)
			return fail(c, c->p, "the line ends where a , or %c should be", close);
		if (*c->p != ',')
			return fail(c, c->p, "expected a , or %c", close);
		c->p++;
	}
	c->p++;
	return true;
}

struct header_parts {
	size_t index;
	unsigned seen;
};

static bool header_part(struct cursor *c, struct record *out, void *data)
{
	struct header_parts *parts = data;

	(void)out;
	return read_header_member(c, &c->lines->headers[parts->index], &parts->seen);
}

static bool list_header(struct cursor *c, struct record *out, void *data)
{
	struct header_parts parts = { out->header_count, 0 };
	const char *at;

	(void)data;
	skip_space(c);
	at = c->p;
	if (at >= c->end || *at != '{')
		return fail(c, at, "a header must be an object with key and value");
	add_header(c, out);
	if (!read_items(c, out, '}', header_part, &parts))
		return false;
	if (parts.seen != (HEADER_KEY | HEADER_VALUE))
		return fail(c, at, "the header that begins here has no %s", parts.seen & HEADER_KEY ? "value" : "key");
	return true;
}

static bool object_header(struct cursor *c, struct record *out, void *data)
{
	struct record_header *h = add_header(c, out);
	struct bytes name;
	const char *at;

	(void)data;
	skip_space(c);
	at = c->p;
	if (at >= c->end || *at != '"')
		return fail(c, at, "expected a name in quotes");
	return read_string(c, &name) && name_header(c, at, h, &name) && expect(c, ':') && read_bytes(c, &h->value);
}

static bool read_headers(struct cursor *c, struct record *out)
{
	if (c->p < c->end && *c->p == '[')
		return read_items(c, out, ']', list_header, NULL);
	if (c->p < c->end && *c->p == '{')
		return read_items(c, out, '}', object_header, NULL);
	if (!at_null(c))
		return fail(c, c->p, "headers must be a list, or an object");
	c->p += 4;
	return true;
}

/* The record */

enum member {
	MEMBER_KEY, MEMBER_VALUE, MEMBER_KEY_BASE64, MEMBER_VALUE_BASE64, MEMBER_HEADERS, MEMBER_TOPIC, MEMBER_PARTITION,
	MEMBER_OFFSET, MEMBER_TIMESTAMP, MEMBER_LEADER_EPOCH, MEMBER_PASSED_OVER,
	MEMBER_TIMESTAMP_TYPE = MEMBER_PASSED_OVER, MEMBER_KEY_DECODED, MEMBER_VALUE_DECODED, MEMBER_KEY_ERROR,
	MEMBER_VALUE_ERROR,
	MEMBER_COUNT
};

static const struct {
	const char *name;
	size_t len;
} members[MEMBER_COUNT] = {
	[MEMBER_KEY] = { "key", 3 },
	[MEMBER_VALUE] = { "value", 5 },
	[MEMBER_KEY_BASE64] = { "key_base64", 10 },
	[MEMBER_VALUE_BASE64] = { "value_base64", 12 },
	[MEMBER_HEADERS] = { "headers", 7 },
	[MEMBER_TOPIC] = { "topic", 5 },
	[MEMBER_PARTITION] = { "partition", 9 },
	[MEMBER_OFFSET] = { "offset", 6 },
	[MEMBER_TIMESTAMP] = { "timestamp", 9 },
	[MEMBER_LEADER_EPOCH] = { "leader_epoch", 12 },
	[MEMBER_TIMESTAMP_TYPE] = { "timestamp_type", 14 },
	[MEMBER_KEY_DECODED] = { "key_decoded", 11 },
	[MEMBER_VALUE_DECODED] = { "value_decoded", 13 },
	[MEMBER_KEY_ERROR] = { "key_error", 9 },
	[MEMBER_VALUE_ERROR] = { "value_error", 11 },
};

static bool find_member(struct cursor *c, const char *at, const struct bytes *name, enum member *out)
{
	struct near near = {.word = name->p};

	for (int i = 0; i < MEMBER_COUNT; i++) {
		if (members[i].len == name->len && memcmp(members[i].name, name->p, name->len) == 0) {
			*out = (enum member)i;
			return true;
		}
		near_offer(&near, members[i].name);
	}
	if (near.best)
		return fail(c, at, "a record has no %.40s; did you mean %s?", name->p, near.best);
	return fail(c, at, "a record has no %.40s: it has key, value, headers, partition, timestamp", name->p);
}

static bool read_value_of(struct cursor *c, enum member member, struct record *out)
{
	struct bytes text;
	int64_t number = -1;

	switch (member) {
	case MEMBER_KEY:
		return read_bytes(c, &out->key);
	case MEMBER_VALUE:
		return read_bytes(c, &out->value);
	case MEMBER_KEY_BASE64:
		return read_base64(c, "key_base64", &out->key);
	case MEMBER_VALUE_BASE64:
		return read_base64(c, "value_base64", &out->value);
	case MEMBER_HEADERS:
		return read_headers(c, out);
	case MEMBER_TOPIC:
		if (!read_string_or_null(c, "topic", &text))
			return false;
		out->topic = text.p;
		return true;
	case MEMBER_PARTITION:
	case MEMBER_LEADER_EPOCH:
		if (!read_integer(c, members[member].name, INT32_MAX, &number))
			return false;
		*(member == MEMBER_PARTITION ? &out->partition : &out->leader_epoch) = (int32_t)number;
		return true;
	case MEMBER_OFFSET:
		return read_integer(c, "offset", INT64_MAX, &out->offset);
	case MEMBER_TIMESTAMP:
		return read_integer(c, "timestamp", INT64_MAX, &out->timestamp_ms);
	default:
		return pass_over(c);
	}
}

static bool record_member(struct cursor *c, struct record *out, void *data)
{
	unsigned *seen = data, bit;
	enum member member = MEMBER_COUNT;
	struct bytes name;
	const char *at;

	skip_space(c);
	at = c->p;
	if (at >= c->end || *at != '"')
		return fail(c, at, "expected a name in quotes");
	if (!read_string(c, &name) || !find_member(c, at, &name, &member))
		return false;
	c->to = (char *)name.p;         /* the name is not needed any more */
	bit = 1u << (member == MEMBER_KEY_BASE64 ? MEMBER_KEY : member == MEMBER_VALUE_BASE64 ? MEMBER_VALUE : member);
	if (*seen & bit)
		return fail(c, at, "%s is given twice", members[member].name);
	*seen |= bit;
	if (!expect(c, ':'))
		return false;
	skip_space(c);
	return read_value_of(c, member, out);
}

static bool read_record(struct cursor *c, struct record *out)
{
	unsigned seen = 0;
	const char *open;

	skip_space(c);
	open = c->p;
	if (open >= c->end || *open != '{')
		return fail(c, open, "a record must be a JSON object, as weir tail -o json prints it");
	if (!read_items(c, out, '}', record_member, &seen))
		return false;
	if (!(seen & 1u << MEMBER_VALUE))
		return fail(c, open, "the record has no value; a tombstone is written \"value\":null");
	skip_space(c);
	if (c->p < c->end)
		return fail(c, c->p, "something follows the record");
	return true;
}

void record_lines_release(struct record_lines *r)
{
	free(r->text);
	free(r->headers);
	*r = (struct record_lines){0};
}

static void clear(struct record *out)
{
	*out = (struct record){ .partition = -1, .leader_epoch = -1, .offset = -1, .timestamp_ms = -1 };
}

bool record_line_read(struct record_lines *r, const char *line, size_t len, struct record *out, size_t *at,
	struct error *err)
{
	struct cursor c = {.lines = r, .start = line, .p = line, .end = line + len, .err = err};

	/* A string is no longer than in the line, its terminator takes the place of a quote. */
	if (r->text_cap < len + 2 * BLOCK) {
		r->text_cap = 2 * (len + 2 * BLOCK);
		free(r->text);
		r->text = mem_alloc(r->text_cap);
	}
	c.to = r->text;
	clear(out);
	if (read_record(&c, out))
		return true;
	*at = (size_t)(c.at - line);
	return false;
}

bool record_line_is_blank(const char *line, size_t len)
{
	return json_scan_space(line, line + len) == line + len;
}

void record_line_read_raw(const char *line, size_t len, const char *separator, struct record *out)
{
	size_t width = separator ? strlen(separator) : 0;
	const char *found = width ? memmem(line, len, separator, width) : NULL;

	clear(out);
	out->value = (struct bytes){ line, len };
	if (!found)
		return;
	out->key = (struct bytes){ line, (size_t)(found - line) };
	out->value = (struct bytes){ found + width, len - width - out->key.len };
}

static void write_known(struct json *j, const char *name, int64_t value)
{
	if (value < 0)
		json_null(j, name);
	else
		json_int(j, name, value);
}

static void write_bytes(struct json *j, const char *name, const struct bytes *bytes)
{
	if (bytes->p)
		json_bytes(j, name, bytes->p, bytes->len);
	else
		json_null(j, name);
}

void record_line_write(struct str *out, const struct record *record)
{
	struct json j = {.out = out};

	json_object(&j, NULL);
	json_string(&j, "topic", record->topic);
	write_known(&j, "partition", record->partition);
	write_known(&j, "offset", record->offset);
	if (record->timestamp_ms < 0 || record->timestamp_type == TIMESTAMP_NONE)
		json_null(&j, "timestamp");
	else
		json_int(&j, "timestamp", record->timestamp_ms);
	if (record->timestamp_type == TIMESTAMP_NONE)
		json_null(&j, "timestamp_type");
	else
		json_string(&j, "timestamp_type",
			record->timestamp_type == TIMESTAMP_APPEND ? "LogAppendTime" : "CreateTime");
	write_bytes(&j, "key", &record->key);
	write_bytes(&j, "value", &record->value);
	json_array(&j, "headers");
	for (size_t i = 0; i < record->header_count; i++) {
		const struct record_header *h = &record->headers[i];

		json_object(&j, NULL);
		json_bytes(&j, "key", h->name, strlen(h->name));
		write_bytes(&j, "value", &h->value);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	str_add_char(out, '\n');
}
