/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/record_lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/near.h"
#include "codec/json_scan.h"
#include "codec/record_text.h"

/* Headers */

static struct record_header *add_header(struct record_text *t, struct record *out)
{
	struct record_lines *r = t->lines;
	struct record_header *h;

	r->headers = mem_grow(r->headers, &r->header_cap, out->header_count + 1, sizeof(*r->headers));
	out->headers = r->headers;
	h = &r->headers[out->header_count++];
	*h = (struct record_header){ NULL, { NULL, 0 } };
	return h;
}

static bool name_header(struct record_text *t, const char *at, struct record_header *h, const struct bytes *name)
{
	if (memchr(name->p, '\0', name->len))
		return record_text_fail(t, at, "a header's key cannot hold a zero byte");
	h->name = name->p;
	return true;
}

enum { HEADER_KEY = 1, HEADER_VALUE = 2 };

static bool read_header_member(struct record_text *t, struct record_header *h, unsigned *seen)
{
	const char *at;
	struct bytes name, text;
	unsigned part;

	record_text_skip_space(t);
	at = t->p;
	if (at >= t->end || *at != '"')
		return record_text_fail(t, at, "expected a name in quotes");
	if (!record_text_string(t, &name))
		return false;
	part = strncmp(name.p, "key", 3) == 0 ? HEADER_KEY : HEADER_VALUE;
	if (strcmp(name.p, "key") && strcmp(name.p, "value") && strcmp(name.p, "key_base64") &&
		strcmp(name.p, "value_base64"))
		return record_text_fail(t, at,
			"a header has key and value (or key_base64, value_base64), nothing else");
	if (*seen & part)
		return record_text_fail(t, at, "the header's %s is given twice", part == HEADER_KEY ? "key" : "value");
	*seen |= part;
	if (!record_text_expect(t, ':'))
		return false;
	record_text_skip_space(t);
	at = t->p;
	if (strstr(name.p, "_base64") ? !record_text_base64(t, name.p, &text) : !record_text_bytes(t, &text))
		return false;
	if (part == HEADER_VALUE) {
		h->value = text;
		return true;
	}
	if (*at != '"')
		return record_text_fail(t, at, "a header's key must be a string");
	((char *)text.p)[text.len] = '\0'; /* the base64 text was longer */
	return name_header(t, at, h, &text);
}

/* Reads the items between `open` and `close`; `item` reads one. */
static bool read_items(struct record_text *t, struct record *out, char close,
	bool (*item)(struct record_text *t, struct record *out, void *data), void *data)
{
	t->p++;
	record_text_skip_space(t);
	if (t->p < t->end && *t->p == close) {
		t->p++;
		return true;
	}
	for (;;) {
		if (!item(t, out, data))
			return false;
		record_text_skip_space(t);
		if (t->p < t->end && *t->p == close)
			break;
		if (t->p >= t->end)
			return record_text_fail(t, t->p, "the line ends where a , or %c should be", close);
		if (*t->p != ',')
			return record_text_fail(t, t->p, "expected a , or %c", close);
		t->p++;
	}
	t->p++;
	return true;
}

struct header_parts {
	size_t index;
	unsigned seen;
};

static bool header_part(struct record_text *t, struct record *out, void *data)
{
	struct header_parts *parts = data;

	(void)out;
	return read_header_member(t, &t->lines->headers[parts->index], &parts->seen);
}

static bool list_header(struct record_text *t, struct record *out, void *data)
{
	struct header_parts parts = { out->header_count, 0 };
	const char *at;

	(void)data;
	record_text_skip_space(t);
	at = t->p;
	if (at >= t->end || *at != '{')
		return record_text_fail(t, at, "a header must be an object with key and value");
	add_header(t, out);
	if (!read_items(t, out, '}', header_part, &parts))
		return false;
	if (parts.seen != (HEADER_KEY | HEADER_VALUE))
		return record_text_fail(t, at, "the header that begins here has no %s",
			parts.seen & HEADER_KEY ? "value" : "key");
	return true;
}

static bool object_header(struct record_text *t, struct record *out, void *data)
{
	struct record_header *h = add_header(t, out);
	struct bytes name;
	const char *at;

	(void)data;
	record_text_skip_space(t);
	at = t->p;
	if (at >= t->end || *at != '"')
		return record_text_fail(t, at, "expected a name in quotes");
	return record_text_string(t, &name) && name_header(t, at, h, &name) && record_text_expect(t, ':') &&
		record_text_bytes(t, &h->value);
}

static bool read_headers(struct record_text *t, struct record *out)
{
	if (t->p < t->end && *t->p == '[')
		return read_items(t, out, ']', list_header, NULL);
	if (t->p < t->end && *t->p == '{')
		return read_items(t, out, '}', object_header, NULL);
	if (!record_text_at_null(t))
		return record_text_fail(t, t->p, "headers must be a list, or an object");
	t->p += 4;
	return true;
}

/* The record */

enum member {
	MEMBER_KEY,
	MEMBER_VALUE,
	MEMBER_KEY_BASE64,
	MEMBER_VALUE_BASE64,
	MEMBER_HEADERS,
	MEMBER_TOPIC,
	MEMBER_PARTITION,
	MEMBER_OFFSET,
	MEMBER_TIMESTAMP,
	MEMBER_LEADER_EPOCH,
	MEMBER_MASKED,
	MEMBER_PASSED_OVER,
	MEMBER_TIMESTAMP_TYPE = MEMBER_PASSED_OVER,
	MEMBER_KEY_DECODED,
	MEMBER_VALUE_DECODED,
	MEMBER_KEY_ERROR,
	MEMBER_VALUE_ERROR,
	MEMBER_KEY_SCHEMA_ID,
	MEMBER_VALUE_SCHEMA_ID,
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
	[MEMBER_MASKED] = { "masked", 6 },
	[MEMBER_TIMESTAMP_TYPE] = { "timestamp_type", 14 },
	[MEMBER_KEY_DECODED] = { "key_decoded", 11 },
	[MEMBER_VALUE_DECODED] = { "value_decoded", 13 },
	[MEMBER_KEY_ERROR] = { "key_error", 9 },
	[MEMBER_VALUE_ERROR] = { "value_error", 11 },
	[MEMBER_KEY_SCHEMA_ID] = { "key_schema_id", 13 },
	[MEMBER_VALUE_SCHEMA_ID] = { "value_schema_id", 15 },
};

static bool find_member(struct record_text *t, const char *at, const struct bytes *name, enum member *out)
{
	struct near near = { .word = name->p };

	for (int i = 0; i < MEMBER_COUNT; i++) {
		if (members[i].len == name->len && memcmp(members[i].name, name->p, name->len) == 0) {
			*out = (enum member)i;
			return true;
		}
	}
	for (int i = 0; i < MEMBER_COUNT; i++)
		near_offer(&near, members[i].name);
	if (near.best)
		return record_text_fail(t, at, "a record has no %.40s; did you mean %s?", name->p, near.best);
	return record_text_fail(t, at, "a record has no %.40s: it has key, value, headers, partition, timestamp",
		name->p);
}

static bool read_value_of(struct record_text *t, enum member member, struct record *out)
{
	struct bytes text;
	int64_t number = -1;

	switch (member) {
	case MEMBER_KEY:
		return record_text_bytes(t, &out->key);
	case MEMBER_VALUE:
		return record_text_bytes(t, &out->value);
	case MEMBER_KEY_BASE64:
		return record_text_base64(t, "key_base64", &out->key);
	case MEMBER_VALUE_BASE64:
		return record_text_base64(t, "value_base64", &out->value);
	case MEMBER_HEADERS:
		return read_headers(t, out);
	case MEMBER_TOPIC:
		if (!record_text_string_or_null(t, "topic", &text))
			return false;
		out->topic = text.p;
		return true;
	case MEMBER_PARTITION:
	case MEMBER_LEADER_EPOCH:
		if (!record_text_integer(t, members[member].name, INT32_MAX, &number))
			return false;
		*(member == MEMBER_PARTITION ? &out->partition : &out->leader_epoch) = (int32_t)number;
		return true;
	case MEMBER_OFFSET:
		return record_text_integer(t, "offset", INT64_MAX, &out->offset);
	case MEMBER_TIMESTAMP:
		out->timestamp_type = TIMESTAMP_CREATE;
		return record_text_signed(t, "timestamp", INT64_MAX, &out->timestamp_ms);
	case MEMBER_MASKED:
		return record_text_bool(t, "masked", &out->masked);
	default:
		return record_text_pass_over(t);
	}
}

static bool record_member(struct record_text *t, struct record *out, void *data)
{
	unsigned *seen = data, bit;
	enum member member = MEMBER_COUNT;
	struct bytes name;
	const char *at;

	record_text_skip_space(t);
	at = t->p;
	if (at >= t->end || *at != '"')
		return record_text_fail(t, at, "expected a name in quotes");
	if (!record_text_string(t, &name) || !find_member(t, at, &name, &member))
		return false;
	t->to = (char *)name.p; /* the name is not needed any more */
	bit = 1u << (member == MEMBER_KEY_BASE64 ? MEMBER_KEY : member == MEMBER_VALUE_BASE64 ? MEMBER_VALUE : member);
	if (*seen & bit)
		return record_text_fail(t, at, "%s is given twice", members[member].name);
	*seen |= bit;
	if (!record_text_expect(t, ':'))
		return false;
	record_text_skip_space(t);
	return read_value_of(t, member, out);
}

static bool read_record(struct record_text *t, struct record *out)
{
	unsigned seen = 0;
	const char *open;

	record_text_skip_space(t);
	open = t->p;
	if (open >= t->end || *open != '{')
		return record_text_fail(t, open, "a record must be a JSON object, as weir tail -o json prints it");
	if (!read_items(t, out, '}', record_member, &seen))
		return false;
	if (!(seen & 1u << MEMBER_VALUE))
		return record_text_fail(t, open, "the record has no value; a tombstone is written \"value\":null");
	record_text_skip_space(t);
	if (t->p < t->end)
		return record_text_fail(t, t->p, "something follows the record");
	return true;
}

void record_lines_release(struct record_lines *r)
{
	free(r->text);
	free(r->headers);
	*r = (struct record_lines){ 0 };
}

static void record_clear(struct record *out)
{
	*out = (struct record){ .partition = -1, .leader_epoch = -1, .offset = -1, .timestamp_ms = RECORD_NO_TIME };
}

bool record_line_read(struct record_lines *r, const char *line, size_t len, struct record *out, size_t *at,
	struct error *err)
{
	struct record_text t = { .lines = r, .p = json_scan_bom(line, line + len), .end = line + len, .err = err };

	/* A string is at most as long as its text in the line, and its terminator takes the place of a quote. */
	if (r->text_cap < len + 2 * RECORD_TEXT_MARGIN) {
		r->text_cap = 2 * (len + 2 * RECORD_TEXT_MARGIN);
		free(r->text);
		r->text = mem_alloc(r->text_cap);
	}
	t.to = r->text;
	record_clear(out);
	if (read_record(&t, out))
		return true;
	*at = (size_t)(t.at - line);
	return false;
}

bool record_line_is_blank(const char *line, size_t len)
{
	return json_scan_space(json_scan_bom(line, line + len), line + len) == line + len;
}

void record_line_read_raw(const char *line, size_t len, const char *separator, struct record *out)
{
	size_t width = separator ? strlen(separator) : 0;
	const char *found = width ? memmem(line, len, separator, width) : NULL;

	record_clear(out);
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
	struct json j = { .out = out };

	json_object(&j, NULL);
	json_string(&j, "topic", record->topic);
	write_known(&j, "partition", record->partition);
	write_known(&j, "offset", record->offset);
	if (!record_has_time(record) || record->timestamp_type == TIMESTAMP_NONE)
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
