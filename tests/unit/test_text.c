/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/text.h"

static void test_nothing_obeyed_by_a_terminal_passes(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "plain", "plain" },
		{ "a\x1b[31mred", "a^[[31mred" },
		{ "a\tb\nc\r", "a^Ib^Jc^M" },
		{ "\x7f", "^?" },
		{ "\xc2\x9b"
		  "31m",
			"\\u{9b}31m" },
		{ "\xe2\x80\xae"
		  "abc",
			"\\u{202e}abc" },
		{ "a\xe2\x80\x8b"
		  "b",
			"a\\u{200b}b" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xc0\xaf", "\\xc0\\xaf" },
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },
		{ "\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xe6\x97", "\\xe6\\x97" },
		{ "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "e\xcc\x81", "e\xcc\x81" },
		{ "\xcc\x81"
		  "e",
			"\\u{301}e" },
		{ "\x1b\xcc\x81", "^[\\u{301}" },
		{ "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\\u{301}" },
		{ "\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		text_safe(&out, rows[i].in, strlen(rows[i].in));
		assert_text(i, str_text(&out), rows[i].out);
		str_release(&out);
	}
	struct str out = { 0 };
	text_safe(&out, "a\0b", 3);
	assert_string_equal(str_text(&out), "a^@b");
	str_release(&out);
}

/* Every code point and every pair of bytes: only what a terminal shows may be left. */
static void test_every_code_point_is_safe(void **state)
{
	(void)state;
	for (unsigned code = 0; code < 0x10ffff; code++) {
		char in[5] = { 0 };
		size_t n = 0;

		if (code < 0x80) {
			in[n++] = (char)code;
		} else if (code < 0x800) {
			in[n++] = (char)(0xc0 | code >> 6);
			in[n++] = (char)(0x80 | (code & 63));
		} else if (code < 0x10000) {
			in[n++] = (char)(0xe0 | code >> 12);
			in[n++] = (char)(0x80 | (code >> 6 & 63));
			in[n++] = (char)(0x80 | (code & 63));
		} else {
			in[n++] = (char)(0xf0 | code >> 18);
			in[n++] = (char)(0x80 | (code >> 12 & 63));
			in[n++] = (char)(0x80 | (code >> 6 & 63));
			in[n++] = (char)(0x80 | (code & 63));
		}
		struct str out = { 0 };
		text_safe(&out, in, n);
		assert_true(text_is_utf8(str_text(&out), out.len));
		for (size_t i = 0; i < out.len; i++) {
			unsigned char c = (unsigned char)out.p[i];
			unsigned char before = i ? (unsigned char)out.p[i - 1] : 0;

			assert_false(c < 0x20 || c == 0x7f || (before == 0xc2 && c < 0xa0));
		}
		assert_true(text_cols(str_text(&out)) > 0);
		str_release(&out);
	}
}

static void test_width_and_cutting(void **state)
{
	static const struct {
		const char *text;
		int cols, fit_at, fit_used;
		size_t fit_bytes, skip_bytes;
		int pad;
	} rows[] = {
		/* text, its width; cut at fit_at: cells used, bytes; skipped by fit_at: bytes, pad */
		{ "abc", 3, 2, 2, 2, 2, 0 },
		{ "abc", 3, 9, 3, 3, 3, 0 },
		{ "", 0, 5, 0, 0, 0, 0 },
		{ "\xe6\x97\xa5\xe6\x9c\xac", 4, 3, 2, 3, 6, 1 },
		{ "e\xcc\x81x", 2, 1, 1, 3, 3, 0 },
		{ "ae\xcc\x81", 2, 1, 1, 1, 1, 0 },
		{ "abc", 3, 0, 0, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int used = -1, pad = -1;

		assert_int_equal(text_cols(rows[i].text), rows[i].cols);
		assert_int_equal(text_fit(rows[i].text, rows[i].fit_at, &used), rows[i].fit_bytes);
		assert_int_equal(used, rows[i].fit_used);
		assert_int_equal(text_skip(rows[i].text, rows[i].fit_at, &pad), rows[i].skip_bytes);
		assert_int_equal(pad, rows[i].pad);
	}
	assert_int_equal(text_fit("abc", 2, NULL), 2);
	assert_int_equal(text_skip("abc", 2, NULL), 2);
}

static void test_decode(void **state)
{
	unsigned code = 0;

	(void)state;
	assert_int_equal(text_decode("\xf0\x9f\x98\x80", 4, &code), 4);
	assert_int_equal(code, 0x1f600);
	assert_int_equal(text_decode("\xf0\x9f\x98\x80", 3, &code), 0);
	assert_int_equal(text_decode("\x80", 1, &code), 0);
	assert_int_equal(text_decode("", 0, &code), 0);
	assert_true(text_is_utf8("\xc3\xa9", 2));
	assert_false(text_is_utf8("\xc3", 1));
	assert_true(text_is_utf8("a\0b", 3));
}

/* Every byte at every place, since whole words are looked at. */
static void test_plain_text(void **state)
{
	(void)state;
	for (size_t len = 0; len < 20; len++) {
		char *text = malloc(len ? len : 1); /* of this very size: a sanitizer sees a byte too far */

		memset(text, '~', len);
		assert_true(text_is_plain(text, len));
		for (size_t at = 0; at < len; at++) {
			for (int c = 0; c < 256; c++) {
				text[at] = (char)c;
				assert_int_equal(text_is_plain(text, len),
					(c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n');
			}
			text[at] = ' ';
		}
		free(text);
	}
}

static void test_a_locale_without_utf8_gets_ascii(void **state)
{
	struct str out = { 0 };

	(void)state;
	setlocale(LC_CTYPE, "C");
	text_safe(&out, "caf\xc3\xa9", 5);
	setlocale(LC_CTYPE, "C.UTF-8");
	assert_string_equal(str_text(&out), "caf\\u{e9}");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_obeyed_by_a_terminal_passes),
		cmocka_unit_test(test_every_code_point_is_safe),
		cmocka_unit_test(test_width_and_cutting),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_plain_text),
		cmocka_unit_test(test_a_locale_without_utf8_gets_ascii),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
