/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void add_escape(struct str *out, unsigned code)
{
	if (code > 0xffff) {
		str_addf(out, "\\u%04x", 0xd800 + ((code - 0x10000) >> 10));
		code = 0xdc00 + ((code - 0x10000) & 0x3ff);
	}
	str_addf(out, "\\u%04x", code);
}

/*
 * JSON asks for C0 to be escaped; what else a terminal could obey or hide is
 * escaped too, which changes nothing for whoever parses it.
 */
static void add_quoted(struct str *out, const char *text, size_t len)
{
	str_add_char(out, '"');
	for (size_t i = 0; i < len;) {
		unsigned code;
		size_t n = text_decode(text + i, len - i, &code);

		if (code == '"' || code == '\\') {
			str_add_char(out, '\\');
			str_add_char(out, (char)code);
		} else if (code == '\n') {
			str_add(out, "\\n");
		} else if (code == '\t') {
			str_add(out, "\\t");
		} else if (code == '\r') {
			str_add(out, "\\r");
		} else if (text_is_hidden(code)) {
			add_escape(out, code);
		} else {
			str_add_len(out, text + i, n);
		}
		i += n;
	}
	str_add_char(out, '"');
}

static void begin(struct json *j, const char *name, const char *suffix)
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

static void open_with(struct json *j, const char *name, char bracket)
{
	begin(j, name, "");
	str_add_char(j->out, bracket);
	j->comma = false;
}

static void close_with(struct json *j, char bracket)
{
	str_add_char(j->out, bracket);
	j->comma = true;
}

void json_object(struct json *j, const char *name)
{
	open_with(j, name, '{');
}

void json_object_end(struct json *j)
{
	close_with(j, '}');
}

void json_array(struct json *j, const char *name)
{
	open_with(j, name, '[');
}

void json_array_end(struct json *j)
{
	close_with(j, ']');
}

void json_null(struct json *j, const char *name)
{
	begin(j, name, "");
	str_add(j->out, "null");
}

void json_raw(struct json *j, const char *name, const char *value)
{
	begin(j, name, "");
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
	if (text_is_utf8(bytes, len)) {
		begin(j, name, "");
		add_quoted(j->out, bytes, len);
		return;
	}
	if (name) {
		begin(j, name, "_base64");
	} else {
		begin(j, NULL, "");
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
	begin(j, name, "");
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
			*p = '.';   /* some locales */
	begin(j, name, "");
	str_add(j->out, text);
}

void json_bool(struct json *j, const char *name, bool value)
{
	begin(j, name, "");
	str_add(j->out, value ? "true" : "false");
}

void base64_add(struct str *out, const void *bytes, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		unsigned v = (unsigned)p[i] << 16;

		if (left > 1)
			v |= (unsigned)p[i + 1] << 8;
		if (left > 2)
			v |= p[i + 2];
		str_add_char(out, digits[v >> 18]);
		str_add_char(out, digits[v >> 12 & 63]);
		str_add_char(out, left > 1 ? digits[v >> 6 & 63] : '=');
		str_add_char(out, left > 2 ? digits[v & 63] : '=');
	}
}
