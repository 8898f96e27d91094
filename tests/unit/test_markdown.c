/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "docs/markdown.h"

static const char page[] = "# lag: what lag is\n"
			   "\n"
			   "A paragraph that is broken\nat will, with `code` in it.\n"
			   "\n"
			   "- an item that is\n  continued\n"
			   "- `-g, --group GROUP`: only this group, which is said at some length here\n"
			   "- `a term that is longer than its column`: meaning\n"
			   "\n"
			   "## Next\n"
			   "\n"
			   "    weir lag  -g x\n"
			   "\n"
			   "    weir 'it'\n"
			   "\n"
			   "A \\*star\\* and .dots\n";

static void test_text_is_wrapped_and_lists_stand_in_columns(void **state)
{
	struct str out = { 0 };

	(void)state;
	markdown_to_text(&out, page, 50, false);
	assert_string_equal(out.p,
		"lag: what lag is\n"
		"\n"
		"A paragraph that is broken at will, with code in\n"
		"it.\n"
		"\n"
		"- an item that is continued\n"
		"\n"
		"  -g, --group GROUP     only this group, which is\n"
		"                        said at some length here\n"
		"  a term that is longer than its column\n"
		"                        meaning\n"
		"\n"
		"Next\n"
		"    weir lag  -g x\n"
		"\n"
		"    weir 'it'\n"
		"\n"
		"A *star* and .dots\n");
	str_release(&out);
}

/* The escape sequences take no room, and none is left open at the end of a line. */
static void test_bold_text_has_the_same_lines(void **state)
{
	struct str out = { 0 };

	(void)state;
	markdown_to_text(&out, "Read `one two three` four.\n", 12, true);
	assert_string_equal(out.p, "Read \033[1mone two\033[0m\n\033[1mthree\033[0m four.\n");
	str_release(&out);
}

static void test_roff_takes_nothing_for_a_request(void **state)
{
	struct str out = { 0 };

	(void)state;
	markdown_to_roff(&out,
		".dots and `--option`\n\n- `~/x`: it's 2^3\n- `a`: b\n- `c`: d\n- item\n\n## The end\n\n    'quoted'\n    a\\b\n");
	assert_string_equal(out.p,
		".PP\n\\&.dots and \\fB\\-\\-option\\fR\n"
		".TP 20\n\\fB\\(ti/x\\fR\nit\\(aqs 2\\(ha3\n"
		".PD 0\n.TP 20\n\\fBa\\fR\nb\n.TP 20\n\\fBc\\fR\nd\n.PD\n"
		".IP \\(bu 2\nitem\n"
		".SH THE END\n"
		".PP\n.RS 4\n.nf\n\\(aqquoted\\(aq\na\\eb\n.fi\n.RE\n");
	str_release(&out);
}

static void test_any_text_reads_the_same_as_markdown(void **state)
{
	static const char text[] = "${cmd:x} [a|b] *_` \\ <c>";
	struct str markdown = { 0 }, out = { 0 };

	(void)state;
	markdown_add(&markdown, text);
	assert_null(strstr(markdown.p, " [a"));
	markdown_to_text(&out, markdown.p, 80, false);
	assert_int_equal(out.len, strlen(text) + 1);
	assert_memory_equal(out.p, text, strlen(text));
	str_release(&markdown);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_wrapped_and_lists_stand_in_columns),
		cmocka_unit_test(test_bold_text_has_the_same_lines),
		cmocka_unit_test(test_roff_takes_nothing_for_a_request),
		cmocka_unit_test(test_any_text_reads_the_same_as_markdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
