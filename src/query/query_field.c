/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "query/query_parser.h"

static const struct {
	const char *name;
	enum query_field field;
	bool has_parts; /* may continue with . or [ */
} fields[] = {
	{ "key", FIELD_KEY, true },
	{ "value", FIELD_VALUE, true },
	{ "headers", FIELD_HEADER, true },
	{ "header", FIELD_HEADER, true },
	{ "topic", FIELD_TOPIC, false },
	{ "partition", FIELD_PARTITION, false },
	{ "offset", FIELD_OFFSET, false },
	{ "timestamp", FIELD_TIMESTAMP, false },
	{ "size", FIELD_SIZE, false },
};

const char *query_field_name(enum query_field field)
{
	static const char *const names[] = {
		[FIELD_KEY] = "key",
		[FIELD_VALUE] = "value",
		[FIELD_HEADER] = "header",
		[FIELD_TOPIC] = "topic",
		[FIELD_PARTITION] = "partition",
		[FIELD_OFFSET] = "offset",
		[FIELD_TIMESTAMP] = "timestamp",
		[FIELD_SIZE] = "size",
		[FIELD_KEY_SIZE] = "key.size",
		[FIELD_VALUE_SIZE] = "value.size",
	};

	static_assert(sizeof(names) / sizeof(*names) == FIELD_COUNT, "a name for each field");
	return names[field];
}

bool query_field_may_be_null(enum query_field field)
{
	return field != FIELD_TOPIC && field != FIELD_PARTITION && field != FIELD_OFFSET && field != FIELD_SIZE;
}

bool query_field_is_text(enum query_field field)
{
	return field == FIELD_KEY || field == FIELD_VALUE || field == FIELD_HEADER || field == FIELD_TOPIC;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || strchr("_$@-", c) || (unsigned char)c >= 0x80;
}

/* "name" or "name.part", but not "name-1". */
static bool field_ends(const struct parser *p, size_t at, bool has_parts)
{
	char c = p->text[at];

	if (c == '.' || c == '[')
		return has_parts;
	return c == '\0' || strchr(" \t\r\n()=!<>~,&|", c) != NULL;
}

/* Finds where a path ends: completion compiles none. */
static size_t skip_path(const char *text)
{
	size_t i = 0;

	for (;;) {
		if (text[i] == '.') {
			for (i++; text[i] && is_name_char(text[i]); i++)
				;
		} else if (text[i] == '[') {
			const char *quote = strchr("\"'", text[i + 1]);
			const char *end = quote && *quote ? strchr(text + i + 2, *quote) : text + i;

			end = end ? strchr(end, ']') : NULL;
			if (!end)
				return strlen(text);
			i = (size_t)(end - text) + 1;
		} else {
			return i;
		}
	}
}

static bool read_path(struct parser *p, struct query_test *test)
{
	size_t start = p->at, used = 0;
	struct error err = { 0 };

	if (p->dry) {
		p->at += skip_path(p->text + p->at);
		test->path = NULL;
		p->expect_path = true;
		return true;
	}
	if (!p->context->codec)
		return parser_fault(p, start, "paths into JSON cannot be used here");
	test->path = p->context->codec->path_new(p->text + start, &used, &err);
	if (!test->path)
		return parser_fault(p, start + used, "%s", err.message);
	p->at += used;
	return used > 0 || parser_fault(p, start, "expected a name, an index or [*]");
}

static bool read_header_name(struct parser *p, struct query_test *test)
{
	struct bytes name;
	size_t start = p->at;

	if (parser_take(p, "[")) {
		parser_skip_blanks(p);
		if (!parser_ahead_quote(p))
			return parser_fault(p, p->at,
				"expected the name of a header in quotes, "
				"as in header[\"id\"]");
		if (!parser_string(p, &name, NULL))
			return false;
		parser_skip_blanks(p);
		if (!parser_take(p, "]"))
			return parser_fault(p, p->at, "expected ]");
	} else {
		start = ++p->at;
		while (p->text[p->at] && (is_name_char(p->text[p->at]) || strchr(".:", p->text[p->at])))
			p->at++;
		name = (struct bytes){ p->text + start, p->at - start };
	}
	if (name.len == 0)
		return p->dry || parser_fault(p, start, "expected the name of a header");
	if (memchr(name.p, '\0', name.len))
		return parser_fault(p, start, "no header name holds a zero byte");
	test->header = arena_strndup(p->query->arena, name.p, name.len);
	return true;
}

/* .size of key and value is their length, unless a longer name begins with it. */
static bool take_size(struct parser *p)
{
	if (strncmp(p->text + p->at, ".size", 5) != 0 || !field_ends(p, p->at + 5, false))
		return false;
	p->at += 5;
	return true;
}

bool parser_field(struct parser *p, struct query_test *test, bool *found)
{
	size_t i, len = 0;

	*found = false;
	for (i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		len = strlen(fields[i].name);
		if (strncmp(p->text + p->at, fields[i].name, len) == 0 &&
			field_ends(p, p->at + len, fields[i].has_parts))
			break;
	}
	if (i == sizeof(fields) / sizeof(*fields))
		return true;
	*found = true;
	p->expect_path = false;
	p->at += len;
	test->field = fields[i].field;
	if (p->text[p->at] == '.' || p->text[p->at] == '[') {
		if (test->field == FIELD_HEADER) {
			if (!read_header_name(p, test))
				return false;
		} else if (take_size(p)) {
			test->field = test->field == FIELD_KEY ? FIELD_KEY_SIZE : FIELD_VALUE_SIZE;
		} else if (!read_path(p, test)) {
			return false;
		}
	}
	p->expect_field = test->field;
	if (!field_ends(p, p->at, false))
		return parser_fault(p, p->at, "expected an operator after %s", query_field_name(test->field));
	return true;
}
