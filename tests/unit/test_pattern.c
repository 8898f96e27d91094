/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/pattern.h"

static void test_what_matches(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} rows[] = {
		{ "", "anything", true },
		{ "", "", true },
		{ "!", "anything", true },
		{ "ord", "orders", true },
		{ "ORD", "orders", false },
		{ "ord", "ORDERS", true },
		{ "a.b", "axb", false },
		{ "a.b", "xa.bx", true },
		{ "/a.b/", "axb", true },
		{ "^ord", "orders", true },
		{ "^ord", "my-orders", false },
		{ "ord.*[0-9]$", "orders-3", true },
		{ "!ord", "orders", false },
		{ "!ord", "clicks", true },
		{ "!^console-", "console-consumer-1", false },
		{ "!/x/", "abc", true },
		{ "//", "abc", true },
		{ "/", "a/b", true },
		{ "\\W", "ab", false },
		{ "\\d", "AB3", true },
		{ "\xc3\xa9", "CAF\xc3\x89", true },
		{ "^.$", "\xc3\xa9", true },
		{ "b$",
			"\xff"
			"ab",
			true },
		{ "\xff", "a\xff", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct pattern *p = pattern_new(rows[i].pattern, &err);

		if (!p)
			fail_msg("%s: %s", rows[i].pattern, err.message);
		if (pattern_matches(p, rows[i].text) != rows[i].matches)
			fail_msg("row %zu: %s on %s", i, rows[i].pattern, rows[i].text);
		pattern_free(p);
	}
}

static void test_an_error_names_the_column(void **state)
{
	static const struct {
		const char *pattern, *message;
	} rows[] = {
		{ "orders(", "filter, column 8: missing closing parenthesis" },
		{ "!*x", "filter, column 2: quantifier does not follow a repeatable item" },
		{ "\xc3\xa9[", "filter, column 3: missing terminating ] for character class" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;

		assert_null(pattern_new(rows[i].pattern, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_text(i, err.message, rows[i].message);
	}
	char *longer = calloc(1, 10001);
	struct error err;
	memset(longer, 'a', 10000);
	assert_null(pattern_new(longer, &err));
	free(longer);
	pattern_free(NULL);
}

static void test_find_walks_over_hits(void **state)
{
	struct pattern *p = pattern_new("a+", NULL);
	size_t start, end;

	(void)state;
	assert_non_null(p);
	assert_true(pattern_find(p, "xaaya", 0, &start, &end));
	assert_int_equal(start, 1);
	assert_int_equal(end, 3);
	assert_true(pattern_find(p, "xaaya", end, &start, &end));
	assert_int_equal(start, 4);
	assert_int_equal(end, 5);
	assert_false(pattern_find(p, "xaaya", end, &start, &end));
	assert_false(pattern_find(p, "xaaya", 99, &start, &end));
	pattern_free(p);
	p = pattern_new("x*", NULL);
	assert_non_null(p);
	assert_true(pattern_matches(p, "abc"));
	assert_false(pattern_find(p, "abc", 0, &start, &end));
	pattern_free(p);
	p = pattern_new("!a", NULL);
	assert_non_null(p);
	assert_false(pattern_find(p, "xaaya", 0, &start, &end));
	pattern_free(p);
}

/* Without a limit each of these takes seconds; a filter runs on thousands of rows. */
static void test_a_hostile_expression_ends(void **state)
{
	struct pattern *p = pattern_new("^(a+)+$", NULL);
	char text[201];

	(void)state;
	assert_non_null(p);
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 2] = 'b';
	text[sizeof(text) - 1] = '\0';
	clock_t before = clock();
	for (int i = 0; i < 50; i++)
		assert_false(pattern_matches(p, text));
	assert_true(clock() - before < 2 * CLOCKS_PER_SEC);
	pattern_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_matches),
		cmocka_unit_test(test_an_error_names_the_column),
		cmocka_unit_test(test_find_walks_over_hits),
		cmocka_unit_test(test_a_hostile_expression_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
