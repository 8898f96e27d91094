/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <math.h>

#include "ui/theme_builtin.h"
#include "ui/theme_file.h"

static void test_colours_have_a_number_in_each_mode(void **state)
{
	static const struct {
		const char *text;
		int rgb, c256, c16, c8;
	} rows[] = {
		{ "default", -1, -1, -1, -1 },
		{ "red", 1, 1, 1, 1 },
		{ "bright-red", 0xff0000, 9, 9, 1 },
		{ "#ffaf00", 0xffaf00, 214, 3, 3 },
		{ "#ffaf00/208", 0xffaf00, 208, 3, 3 },
		{ "#ffaf00/208/bright-red", 0xffaf00, 208, 9, 1 },
		{ "#000000", 0, 16, 0, 0 },
		{ "#FFFFFF", 0xffffff, 231, 15, 7 },
		{ "#808080/default/default", 0x808080, -1, -1, -1 },
		{ "bright-black", 0x7f7f7f, 8, 8, 7 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct color c;
		struct error err;
		if (!color_parse(rows[i].text, strlen(rows[i].text), &c, &err))
			fail_msg("%s", err.message);
		assert_int_equal(color_number(&c, COLORS_RGB), rows[i].rgb);
		assert_int_equal(color_number(&c, COLORS_256), rows[i].c256);
		assert_int_equal(color_number(&c, COLORS_16), rows[i].c16);
		assert_int_equal(color_number(&c, COLORS_8), rows[i].c8);
		assert_int_equal(color_number(&c, COLORS_NONE), -1);
	}
}

static void test_mistakes_name_the_line(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "dim = fg:red\nwrn = fg:red\n", "x, line 2: unknown role: wrn" },
		{ "warn = fg:mauve",
			"x, line 1: mauve is no colour: write default, a name such as bright-red, #rrggbb or "
			"#rrggbb/NUMBER/NAME" },
		{ "warn = fg:#12345",
			"x, line 1: #12345 is no colour: write default, a name such as bright-red, #rrggbb or "
			"#rrggbb/NUMBER/NAME" },
		{ "warn = loud", "x, line 1: unknown attribute: loud" },
		{ "warn = mono:bold+", "x, line 1: unknown attribute: " },
		{ "# fine\n\nwarn", "x, line 3: expected ROLE = LOOK: warn" },
		{ "warn = parent:nobody", "x, line 1: unknown role: nobody" },
		{ "warn = parent:crit\ncrit = parent:warn", "x: warn is its own ancestor" },
		{ "ok = parent:ok", "x: ok is its own ancestor" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct theme_file f;
		struct error err = { 0 };
		if (theme_file_parse(&f, "x", rows[i].text, strlen(rows[i].text), &err))
			fail_msg("row %zu passes", i);
		assert_text(i, err.message, rows[i].message);
	}
}

static void test_a_role_inherits_what_it_does_not_say(void **state)
{
	static const char text[] =
		"text = fg:white bg:black\ndim = fg:blue\nstale = italic\nhint = parent:warn bg:red\n"
		"warn = fg:yellow bold\n";
	(void)state;
	struct theme_file f;
	struct error err;
	assert_true(theme_file_parse(&f, "x", text, strlen(text), &err));
	struct theme_role stale = theme_file_role(&f, ROLE_STALE);
	assert_int_equal(stale.fg.c16, 4);
	assert_int_equal(stale.bg.c16, 0);
	assert_int_equal(stale.attributes, STYLE_ITALIC);
	assert_int_equal(stale.mono, STYLE_DIM);
	struct theme_role hint = theme_file_role(&f, ROLE_HINT);
	assert_int_equal(hint.fg.c16, 3);
	assert_int_equal(hint.bg.c16, 1);
	assert_int_equal(hint.attributes, STYLE_BOLD);
}

static void test_the_cursor_row_keeps_colours_for_what_warns(void **state)
{
	static const char text[] =
		"dim = fg:blue\nok = fg:green\nwarn = fg:yellow\ncursor = fg:white bg:black mono:reverse\n";
	static const struct {
		enum role role;
		int fg;
	} rows[] = {
		{ ROLE_TEXT, 7 },
		{ ROLE_DIM, 7 },
		{ ROLE_OK, 7 },
		{ ROLE_UNKNOWN, 7 },
		{ ROLE_SPARK, 7 },
		{ ROLE_WARN, 3 },
		{ ROLE_STALE, 4 },
	};
	(void)state;
	struct theme_file f;
	struct error err;
	assert_true(theme_file_parse(&f, "x", text, strlen(text), &err));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct theme_role role = theme_file_role_on(&f, rows[i].role, ROLE_CURSOR);
		assert_int_equal(role.fg.c16, rows[i].fg);
		assert_int_equal(role.bg.c16, 0);
		assert_true(role.mono & STYLE_REVERSE);
	}
	assert_int_equal(theme_file_role_on(&f, ROLE_OK, ROLE_TEXT).fg.c16, 2);
}

static double luminance(unsigned rgb)
{
	double sum = 0;
	static const double weight[] = { 0.0722, 0.7152, 0.2126 };
	for (int i = 0; i < 3; i++) {
		double c = (double)(rgb >> (8 * i) & 0xff) / 255;
		sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

/* WCAG 2's contrast ratio. */
static double contrast(unsigned a, unsigned b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* A terminal's own background is taken for black: that is what the dark themes are made for. */
static void test_every_theme_can_be_read(void **state)
{
	static const enum role surfaces[] = { ROLE_TEXT, ROLE_HEADER, ROLE_DIALOG, ROLE_CURSOR };
	(void)state;
	assert_true(theme_builtin_count >= 6);
	for (size_t i = 0; i < theme_builtin_count; i++) {
		const struct theme_builtin *t = &theme_builtins[i];
		struct theme_file f;
		struct error err;
		if (!theme_file_parse(&f, t->name, t->text, strlen(t->text), &err))
			fail_msg("%s", err.message);
		for (size_t s = 0; s < COUNT(surfaces); s++)
			for (int r = 0; r < ROLE_COUNT; r++) {
				struct theme_role role = theme_file_role_on(&f, (enum role)r, surfaces[s]);
				unsigned fg = role.fg.is_default ? 0xe5e5e5 : role.fg.rgb;
				double ratio = contrast(fg, role.bg.is_default ? 0 : role.bg.rgb);
				/* A border is no text. */
				double least = r == ROLE_BORDER ? 1.4 : r == ROLE_SPARK ? 2 : 2.8;
				if (ratio < least)
					fail_msg("%s: %s on %s has a contrast of %.1f only", t->name,
						role_name((enum role)r), role_name(surfaces[s]), ratio);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_colours_have_a_number_in_each_mode),
		cmocka_unit_test(test_mistakes_name_the_line),
		cmocka_unit_test(test_a_role_inherits_what_it_does_not_say),
		cmocka_unit_test(test_the_cursor_row_keeps_colours_for_what_warns),
		cmocka_unit_test(test_every_theme_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
