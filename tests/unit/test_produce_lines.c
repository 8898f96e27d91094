/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of line numbers, and the lines of a descriptor. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/produce_input.h"
#include "cli/produce_lines.h"

static void test_parsed_and_written(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
	} rows[] = {
		{ "1", "1" },
		{ "3,7-9,12-", "3,7-9,12-" },
		{ "1-", "1-" },
		{ "5,4,3", "3-5" },
		{ "7-9,8-12,3", "3,7-12" },
		{ "1-,5", "1-" },
		{ "5-,1-3", "1-3,5-" },
		{ "5-,4", "4-" },
		{ "2,2", "2" },
		{ "9,1,5", "1,5,9" },
		{ "1-2,4-5,3", "1-5" },
		{ "18446744073709551614", "18446744073709551614" },
		{ "", NULL },
		{ "0", NULL },
		{ "-3", NULL },
		{ "3,", NULL },
		{ "3-2", NULL },
		{ "a", NULL },
		{ "3 ", NULL },
		{ "3--4", NULL },
		{ "18446744073709551615", NULL },
		{ "99999999999999999999", NULL },
		{ ",3", NULL },
		{ "3-4-5", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct line_set set = { 0 };
		struct str text = { 0 };
		struct error err;
		bool ok = line_set_parse(&set, rows[i].text, &err);

		if (ok != (rows[i].want != NULL))
			fail_msg("row %zu: %s", i, ok ? "taken" : err.message);
		if (ok) {
			line_set_write(&set, &text);
			assert_text(i, str_text(&text), rows[i].want);
		}
		str_release(&text);
		line_set_release(&set);
	}
}

static void test_members(void **state)
{
	struct line_set set = { 0 }, rest = { 0 };
	struct str text = { 0 };
	struct error err;

	(void)state;
	assert_true(line_set_parse(&set, "3,7-9,12-14", &err));
	for (uint64_t line = 1; line < 20; line++) {
		bool in = line == 3 || (line >= 7 && line <= 9) || (line >= 12 && line <= 14);

		assert_int_equal(line_set_has(&set, line), in);
		assert_int_equal(line_set_ends_before(&set, line), line > 14);
	}
	assert_int_equal(line_set_lines(&set), 7);
	line_set_add(&rest, 2, 2);
	line_set_add_rest(&rest, &set, 8);
	line_set_write(&rest, &text);
	assert_string_equal(str_text(&text), "2,8-9,12-14");
	line_set_add_rest(&rest, &set, 15);
	assert_int_equal(rest.count, 3);
	str_release(&text);
	line_set_release(&set);
	line_set_release(&rest);
}

/* Against a bitmap, in an order that makes ranges meet in every way. */
static void test_any_order(void **state)
{
	bool in[200] = { false };
	struct line_set set = { 0 };
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 150; round++) {
		unsigned first, last;

		seed = seed * 1103515245 + 12345;
		first = (seed >> 16) % 195 + 1;
		last = first + (seed >> 8) % 4;
		line_set_add(&set, first, last);
		for (unsigned i = first; i <= last; i++)
			in[i] = true;
		for (unsigned i = 1; i < 200; i++)
			assert_int_equal(line_set_has(&set, i), in[i]);
		for (size_t i = 1; i < set.count; i++)
			assert_true(set.ranges[i].first > set.ranges[i - 1].last + 1);
	}
	line_set_release(&set);
}

static void test_lines_of_a_descriptor(void **state)
{
	struct input in = { 0 };
	struct error err;
	const char *line;
	size_t len;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	in.fd = fds[0];
	assert_int_equal(input_next(&in, &line, &len), INPUT_NONE);
	assert_int_equal(write(fds[1], "one\n\ntw", 7), 7);
	assert_true(input_fill(&in, &err));
	assert_int_equal(input_next(&in, &line, &len), INPUT_LINE);
	assert_int_equal(len, 3);
	assert_memory_equal(line, "one", 3);
	assert_int_equal(input_next(&in, &line, &len), INPUT_LINE);
	assert_int_equal(len, 0);
	assert_int_equal(input_next(&in, &line, &len), INPUT_NONE);
	assert_int_equal(write(fds[1], "o", 1), 1);
	assert_true(input_fill(&in, &err));
	assert_int_equal(input_next(&in, &line, &len), INPUT_NONE);
	assert_int_equal(write(fds[1], "\nlast", 5), 5);
	close(fds[1]);
	assert_true(input_fill(&in, &err));
	assert_int_equal(input_next(&in, &line, &len), INPUT_LINE);
	assert_int_equal(len, 3);
	assert_memory_equal(line, "two", 3);
	assert_int_equal(in.line, 3);
	assert_int_equal(input_next(&in, &line, &len), INPUT_NONE);
	assert_true(input_fill(&in, &err));
	/* The end makes a line of what is left. */
	assert_int_equal(input_next(&in, &line, &len), INPUT_LINE);
	assert_int_equal(len, 4);
	assert_memory_equal(line, "last", 4);
	assert_int_equal(input_next(&in, &line, &len), INPUT_END);
	assert_int_equal(input_next(&in, &line, &len), INPUT_END);
	assert_int_equal(in.line, 4);
	close(fds[0]);
	input_release(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_parsed_and_written), cmocka_unit_test(test_members),
		cmocka_unit_test(test_any_order), cmocka_unit_test(test_lines_of_a_descriptor) };

	return cmocka_run_group_tests_name("produce_lines", tests, NULL, NULL);
}
