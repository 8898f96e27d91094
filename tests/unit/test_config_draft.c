/* SPDX-License-Identifier: BSD-2-Clause */
/* Settings edited as a text: what changed, and where a refusal is shown. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "model/config_draft.h"

static char *dup(const char *text)
{
	char *copy = malloc(strlen(text) + 1);

	return strcpy(copy, text);
}

static void join(const struct topic_texts *t, struct str *out)
{
	for (size_t i = 0; i < t->count; i++)
		str_addf(out, "%s%s", i ? " " : "", t->items[i]);
}

static const char original[] =
	"# head\nretention.ms=100\nsegment.ms=200\n# broker.id: read-only\ncleanup.policy=delete\n";

static void test_differences(void **state)
{
	static const struct {
		const char *text, *set, *unset, *fault;
		int line;
	} rows[] = {
		{ original, "", "", NULL, 0 },
		{ "retention.ms=3d\nsegment.ms = 200\ncleanup.policy=delete\n", "retention.ms=3d", "", NULL, 0 },
		{ "retention.ms=100\n", "", "segment.ms cleanup.policy", NULL, 0 },
		{ "# ! old reason\nretention.ms=100\nsegment.ms=200\ncleanup.policy=compact\nflush.ms=1s",
			"cleanup.policy=compact flush.ms=1s", "", NULL, 0 },
		{ "retention.ms=100\nretention.ms=7\n", NULL, NULL, "retention.ms is given twice", 2 },
		{ "# one\n# ! not counted\nretention.ms=2parsec\n", NULL, NULL, "no unit of time", 2 },
		{ "# one\nretention.ms\n", NULL, NULL, "give NAME=VALUE", 2 },
		{ "retentin.ms=5\n", NULL, NULL, "did you mean retention.ms?", 1 },
		{ "a.setting.of.tomorrow=5\n", "a.setting.of.tomorrow=5", "retention.ms segment.ms cleanup.policy",
			NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct topic_request r;
		struct str set = { 0 }, unset = { 0 };
		struct error err = { 0 };
		int line;
		bool ok;

		topic_request_init(&r, TOPIC_CONFIG);
		r.original = dup(original);
		ok = config_draft_read(&r, rows[i].text, &line, &err);
		assert_int_equal(ok, rows[i].fault == NULL);
		if (ok) {
			join(&r.set, &set);
			join(&r.unset, &unset);
			assert_string_equal(str_text(&set), rows[i].set);
			assert_string_equal(str_text(&unset), rows[i].unset);
		} else {
			assert_non_null(strstr(err.message, rows[i].fault));
			assert_int_equal(line, rows[i].line);
		}
		str_release(&set);
		str_release(&unset);
		topic_request_release(&r);
	}
}

static void test_marks(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *marked;
	} rows[] = {
		{ "a=1\nb=2\n", 2, "a=1\n# ! why\nb=2\n" },
		{ "# ! other\na=1\nb=2\n", 1, "# ! why\na=1\nb=2\n" },
		{ "a=1\n# ! other\nb=2", 0, "# ! why\na=1\nb=2\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str out = { 0 };

		config_draft_mark(rows[i].text, rows[i].line, "why", &out);
		assert_string_equal(str_text(&out), rows[i].marked);
		str_release(&out);
	}
}

static void test_the_line_that_words_are_about(void **state)
{
	const char *text = "# ! why\nretention.ms=1\ndelete.retention.ms=2\nsegment.ms=3\n";

	(void)state;
	assert_int_equal(config_draft_line(text, "Invalid value 1 for configuration retention.ms"), 1);
	assert_int_equal(config_draft_line(text, "Invalid value 2 for configuration delete.retention.ms"), 2);
	assert_int_equal(config_draft_line(text, "something else"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_the_line_that_words_are_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
