/* SPDX-License-Identifier: BSD-2-Clause */
/* Records as lines: what a line says, which byte of a bad one is named, and that what is written reads back. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "codec/record_lines.h"

/* "-" for null, else the text; zero bytes as \0. */
static void show_bytes(struct str *out, struct bytes bytes)
{
	if (!bytes.p)
		str_add(out, "-");
	for (size_t i = 0; bytes.p && i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c < 0x20 || c == 0x7f || c == 0xff)
			str_addf(out, "\\%02x", c);
		else
			str_add_char(out, (char)c);
	}
}

static void show(struct str *out, const struct record *r)
{
	str_clear(out);
	str_addf(out, "%s %d %lld %lld [", r->topic ? r->topic : "-", (int)r->partition, (long long)r->offset,
		(long long)r->timestamp_ms);
	show_bytes(out, r->key);
	str_add(out, "] [");
	show_bytes(out, r->value);
	str_add(out, "]");
	for (size_t i = 0; i < r->header_count; i++) {
		str_addf(out, " %s=", r->headers[i].name);
		show_bytes(out, r->headers[i].value);
	}
}

static void test_what_a_line_says(void **state)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "{\"value\":\"v\"}", "- -1 -1 -1 [-] [v]" },
		{ " { \"key\" : \"k\" , \"value\" : \"\" } \r", "- -1 -1 -1 [k] []" },
		{ "{\"topic\":\"t\",\"partition\":3,\"offset\":9223372036854775807,\"timestamp\":1700000000000,"
		  "\"timestamp_type\":\"CreateTime\",\"key\":null,\"value\":null,\"headers\":[]}",
			"t 3 9223372036854775807 1700000000000 [-] [-]" },
		{ "{\"topic\":null,\"partition\":null,\"offset\":null,\"timestamp\":null,\"timestamp_type\":null,\"value\":\"\"}",
			"- -1 -1 -1 [-] []" },
		{ "{\"value\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\u0000\\uffff\"}",
			"- -1 -1 -1 [-] [\"\\/\\08\\0c\\0a\\0d\\09A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\\00\xef\xbf\xbf]" },
		{ "{\"v\\u0061lue\":\"escaped name\"}", "- -1 -1 -1 [-] [escaped name]" },
		{ "{\"key_base64\":\"AP8=\",\"value_base64\":\"\"}", "- -1 -1 -1 [\\00\\ff] []" },
		{ "{\"key_base64\":\"/w==\",\"value_base64\":\"\\/w==\"}", "- -1 -1 -1 [\\ff] [\\ff]" },
		{ "{\"value\":\"0123456789abcdef0123456789abcdef\\n0123456789abcdef\xc3\xa9 0123456789abcdef\"}",
			"- -1 -1 -1 [-] [0123456789abcdef0123456789abcdef\\0a0123456789abcdef\xc3\xa9 0123456789abcdef]" },
		{ "{\"headers\":[{\"key\":\"a\",\"value\":\"1\"},{\"value\":null,\"key\":\"a\"},{\"key\":\"\",\"value\":\"\"},"
		  "{\"key_base64\":\"/2E=\",\"value_base64\":\"AP8=\"}],\"value\":\"v\"}",
			"- -1 -1 -1 [-] [v] a=1 a=- = \xff"
			"a=\\00\\ff" },
		{ "{\"headers\":{\"a\":\"1\",\"b\":null,\"c\":{\"x\":[1, 2]}},\"value\":\"v\"}",
			"- -1 -1 -1 [-] [v] a=1 b=- c={\"x\":[1, 2]}" },
		{ "{\"headers\":null,\"value\":\"v\"}", "- -1 -1 -1 [-] [v]" },
		{ "\xef\xbb\xbf{\"value\":\"behind a mark\"}", "- -1 -1 -1 [-] [behind a mark]" },
		{ "{\"timestamp\":0,\"value\":\"v\"}", "- -1 -1 0 [-] [v]" },
		{ "{\"timestamp\":-2,\"value\":\"v\"}", "- -1 -1 -2 [-] [v]" },
		{ "{\"key\":1.50e+3,\"value\":{\"id\" : 12345678901234567890, \"s\":\"\\u00e9\"}}",
			"- -1 -1 -1 [1.50e+3] [{\"id\" : 12345678901234567890, \"s\":\"\\u00e9\"}]" },
		{ "{\"key\":true,\"value\":[]}", "- -1 -1 -1 [true] [[]]" },
		{ "{\"value\":\"v\",\"value_decoded\":{\"a\":[1]},\"key_decoded\":7,\"value_error\":\"x\",\"value_schema_id\":42}",
			"- -1 -1 -1 [-] [v]" },
	};
	struct record_lines lines = { 0 };
	struct str got = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct record record;
		struct error err;
		size_t at;

		if (!record_line_read(&lines, rows[i].line, strlen(rows[i].line), &record, &at, &err))
			fail_msg("row %zu: at %zu: %s", i, at, err.message);
		show(&got, &record);
		assert_text(i, str_text(&got), rows[i].want);
	}
	str_release(&got);
	record_lines_release(&lines);
}

static void test_what_is_wrong(void **state)
{
	/* The caret stands under the byte that is named. */
	static const struct {
		const char *line, *caret, *word;
	} rows[] = {
		{ "", "^", "must be a JSON object" },
		{ "plain text", "^", "must be a JSON object" },
		{ "[1]", "^", "must be a JSON object" },
		{ "{\"value\":\"v\"} x", "              ^", "something follows" },
		{ "{\"value\":\"v\"", "            ^", "ends where" },
		{ "{\"value\":\"v}", "         ^", "not closed" },
		{ "{\"value\":\"v\\", "           ^", "ends in a string" },
		{ "{\"value\" \"v\"}", "         ^", "expected a :" },
		{ "{\"value\":\"v\",}", "             ^", "a name in quotes" },
		{ "{\"key\":\"k\"}", "^", "no value; a tombstone" },
		{ "{\"value\":\"v\",\"vaule\":1}", "             ^", "did you mean value" },
		{ "{\"value\":\"v\",\"value\":1}", "             ^", "value is given twice" },
		{ "{\"value\":\"v\",\"value_base64\":\"\"}", "             ^", "given twice" },
		{ "{\"value\":\"a\\x\"}", "           ^", "no such escape" },
		{ "{\"value\":\"a\\u12g4\"}", "           ^", "four hexadecimal" },
		{ "{\"value\":\"a\\ud800\"}", "           ^", "surrogate" },
		{ "{\"value\":\"a\\udc00\\ud800\"}", "           ^", "surrogate" },
		{ "{\"value\":\"a\\ud800\\u0041\"}", "           ^", "surrogate" },
		{ "{\"value\":\"a\tb\"}", "           ^", "raw control" },
		{ "{\"value\":\"a\xff"
		  "b\"}",
			"           ^", "not UTF-8" },
		{ "{\"value\":\"a\xed\xa0\x80"
		  "b\"}",
			"           ^", "not UTF-8" },
		{ "{\"value_base64\":\"AP8\"}", "                ^", "not base64" },
		{ "{\"value_base64\":\"AP9=\"}", "                ^", "not base64" },
		{ "{\"value_base64\":7}", "                ^", "a string or null" },
		{ "{\"value\":01}", "          ^", "expected a , or }" },
		{ "{\"value\":{\"a\":}}", "         ^", "not JSON" },
		{ "{\"value\":{\"a\"]}", "         ^", "not JSON" },
		{ "{\"value\":nul}", "         ^", "expected a value" },
		{ "{\"partition\":-1,\"value\":\"\"}", "             ^", "from 0 on" },
		{ "{\"partition\":2147483648,\"value\":\"\"}", "             ^", "too large" },
		{ "{\"timestamp\":1.5,\"value\":\"\"}", "             ^", "whole number" },
		{ "{\"timestamp\":\"now\",\"value\":\"\"}", "             ^", "whole number" },
		{ "{\"timestamp\":9223372036854775808,\"value\":\"\"}", "             ^", "too large" },
		{ "{\"timestamp\":99999999999999999999999,\"value\":\"\"}", "             ^", "too large" },
		{ "{\"headers\":3,\"value\":\"\"}", "           ^", "must be a list" },
		{ "{\"headers\":[\"a\"],\"value\":\"\"}", "            ^", "must be an object" },
		{ "{\"headers\":[{\"key\":\"a\"}],\"value\":\"\"}", "            ^", "no value" },
		{ "{\"headers\":[{\"value\":\"a\"}],\"value\":\"\"}", "            ^", "no key" },
		{ "{\"headers\":[{\"key\":null,\"value\":\"a\"}],\"value\":\"\"}", "                   ^",
			"must be a string" },
		{ "{\"headers\":[{\"key\":\"a\\u0000\",\"value\":\"a\"}],\"value\":\"\"}", "                   ^",
			"zero byte" },
		{ "{\"headers\":[{\"name\":\"a\",\"value\":\"a\"}],\"value\":\"\"}", "             ^", "nothing else" },
		{ "{\"headers\":[{\"key\":\"a\",\"key\":\"a\"}],\"value\":\"\"}", "                       ^",
			"given twice" },
	};
	struct record_lines lines = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct record record;
		struct error err = { 0 };
		size_t at = SIZE_MAX;

		if (record_line_read(&lines, rows[i].line, strlen(rows[i].line), &record, &at, &err))
			fail_msg("row %zu is taken for a record", i);
		if (at != strlen(rows[i].caret) - 1 || !strstr(err.message, rows[i].word))
			fail_msg("row %zu: byte %zu, want %zu: %s", i, at, strlen(rows[i].caret) - 1, err.message);
		assert_int_equal(err.code, ERR_USAGE);
	}
	record_lines_release(&lines);
}

static void test_raw_lines(void **state)
{
	static const struct {
		const char *line, *separator, *want;
	} rows[] = {
		{ "", NULL, "- -1 -1 -1 [-] []" },
		{ "a:b", NULL, "- -1 -1 -1 [-] [a:b]" },
		{ "a:b", "", "- -1 -1 -1 [-] [a:b]" },
		{ "a:b:c", ":", "- -1 -1 -1 [a] [b:c]" },
		{ "a=>b", "=>", "- -1 -1 -1 [a] [b]" },
		{ ":b", ":", "- -1 -1 -1 [] [b]" },
		{ "a:", ":", "- -1 -1 -1 [a] []" },
		{ "ab", ":", "- -1 -1 -1 [-] [ab]" },
	};
	struct str got = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct record record;

		record_line_read_raw(rows[i].line, strlen(rows[i].line), rows[i].separator, &record);
		show(&got, &record);
		assert_text(i, str_text(&got), rows[i].want);
	}
	str_release(&got);
}

/* Every byte and every length, with what needs escaping at every place in a block. */
static void test_what_is_written_reads_back(void **state)
{
	static const char *const pieces[] = { "\"", "\\", "\n", "\x01", "\x7f", "\xc3\xa9", "\xe2\x80\xae",
		"\xf0\x9f\x98\x80", "\xff", "a" };
	struct record_lines lines = { 0 };
	struct str line = { 0 }, text = { 0 }, got = { 0 }, want = { 0 };

	(void)state;
	for (size_t p = 0; p < COUNT(pieces); p++) {
		for (size_t len = 0; len < 70; len++) {
			struct record_header headers[] = { { "h\"1", { NULL, 0 } }, { "h\"1", { "", 0 } },
				{ "\xff", { "x", 1 } } };
			struct record record, back;
			struct error err;
			size_t at;

			str_clear(&text);
			str_add_fill(&text, 'x', len);
			str_add(&text, pieces[p]);
			str_add_fill(&text, 'y', len % 17);
			record = (struct record){ "t", 3, -1, 7, 99, TIMESTAMP_CREATE, { text.p, text.len },
				{ len % 2 ? text.p : NULL, len % 2 ? text.len : 0 }, headers, 3 };
			headers[2].value = (struct bytes){ text.p, text.len };
			str_clear(&line);
			record_line_write(&line, &record);
			if (!record_line_read(&lines, line.p, line.len, &back, &at, &err))
				fail_msg("%s: at %zu: %s", line.p, at, err.message);
			show(&got, &back);
			show(&want, &record);
			assert_text(len, str_text(&got), str_text(&want));
		}
	}
	str_release(&line);
	str_release(&text);
	str_release(&got);
	str_release(&want);
	record_lines_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_line_says),
		cmocka_unit_test(test_what_is_wrong),
		cmocka_unit_test(test_raw_lines),
		cmocka_unit_test(test_what_is_written_reads_back),
	};

	return cmocka_run_group_tests_name("record_lines", tests, NULL, NULL);
}
