/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/ini.h"
#include "base/near.h"
#include "base/str.h"

static void check(const char *text, size_t len, const char *want)
{
	struct ini ini = { .text = text, .len = len };
	struct ini_line line;
	struct str got = { 0 };

	while (ini_next(&ini, &line)) {
		str_addf(&got, "%d%c", line.number, "SPB"[line.kind]);
		str_add_char(&got, '<');
		str_add_len(&got, line.name, line.name_len);
		str_add_char(&got, '|');
		str_add_len(&got, line.value, line.value_len);
		str_add_char(&got, '>');
	}
	assert_string_equal(str_text(&got), want);
	str_release(&got);
}

static void test_lines(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "\n\n", "" },
		{ "# c\n; c\n  # c\n", "" },
		{ "[a]\n", "1S<a|>" },
		{ "[ a b ]\r\nx=1\r\n", "1S<a b|>2P<x|1>" },
		{ "x = 1 = 2 # no comment", "1P<x|1 = 2 # no comment>" },
		{ "x=", "1P<x|>" },
		{ "\n\tx\t=\ty\t", "2P<x|y>" },
		{ "=x", "1B<=x|>" },
		{ "x", "1B<x|>" },
		{ "[a", "1B<[a|>" },
		{ "[]", "1B<[]|>" },
		{ "[ ]", "1B<|>" },
		{ "\xef\xbb\xbfx=1", "1P<x|1>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check(rows[i].text, strlen(rows[i].text), rows[i].want);
}

static void test_values_have_no_limit(void **state)
{
	struct str text = { 0 }, want = { 0 };

	(void)state;
	str_add(&text, "x=");
	str_add_fill(&text, 'y', 100000);
	str_add(&want, "1P<x|");
	str_add_fill(&want, 'y', 100000);
	str_add(&want, ">");
	check(text.p, text.len, want.p);
	str_release(&text);
	str_release(&want);

	struct ini ini = { .text = "x=\0y", .len = 4 };
	struct ini_line line;
	assert_true(ini_next(&ini, &line));
	assert_int_equal(line.kind, INI_BAD);
}

static void test_near(void **state)
{
	static const char *const known[] = { "lag", "groups", "topics", "brokers", "bootstrap.servers" };
	static const struct {
		const char *word, *best;
	} rows[] = {
		{ "group", "groups" },
		{ "gruops", "groups" },
		{ "topcis", "topics" },
		{ "lagg", "lag" },
		{ "xyz", NULL },
		{ "", NULL },
		{ "bootstrap.server", "bootstrap.servers" },
		{ "brokres", "brokers" },
		{ "lag", "lag" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct near near = { .word = rows[i].word };

		for (size_t k = 0; k < COUNT(known); k++)
			near_offer(&near, known[k]);
		assert_true(str_equal(near.best, rows[i].best));
	}
	/* A long word is near nothing, though a third of it is more than the longest distance. */
	char word[251] = "";
	struct near near = { .word = memset(word, 'x', 250) };

	near_offer(&near, "lag");
	near_offer(&near, word);
	assert_null(near.best);
	assert_int_equal(near_distance("abcd", "acbd"), 1);
	assert_int_equal(near_distance("", "abc"), 3);
}

static void test_yes_and_no(void **state)
{
	static const char *const yes[] = { "yes", "true", "on", "1" }, *const no[] = { "no", "false", "off", "0" };
	static const char *const others[] = { "", "y", "Yes", "10", "yes " };
	bool is_yes;

	(void)state;
	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(ini_parse_yes(yes[i], &is_yes) && is_yes);
	for (size_t i = 0; i < COUNT(no); i++)
		assert_true(ini_parse_yes(no[i], &is_yes) && !is_yes);
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(ini_parse_yes(others[i], &is_yes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_values_have_no_limit),
		cmocka_unit_test(test_near),
		cmocka_unit_test(test_yes_and_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
