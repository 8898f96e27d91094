/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "model/topic_apply.h"
#include "model/topic_file.h"

static void parse(struct topic_file *f, const char *text)
{
	struct error err = { 0 };

	if (!topic_file_parse(f, "f", text, strlen(text), &err))
		fail_msg("%s", err.message);
}

/* What is written is what was read, in the one order. */
static void test_round_trip(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "# only a comment\n", "" },
		{ "[b]\npartitions=3\n[a]\n", "[a]\n\n[b]\npartitions = 3\n" },
		{ "[a]\nretention.ms = 1\r\ncleanup.policy=compact\nreplication-factor=2\npartitions = 12",
			"[a]\npartitions = 12\nreplication-factor = 2\ncleanup.policy = compact\nretention.ms = 1\n" },
		{ "[a]\nx.y = a = b # c\n", "[a]\nx.y = a = b # c\n" },
		{ "[a]\nx.y =\n", "[a]\nx.y = \"\"\n" },
		{ "[a]\nx.y = \" b\\\\\\\"\\n\\r\\t\\x1b\"\n", "[a]\nx.y = \" b\\\\\\\"\\n\\r\\t\\x1b\"\n" },
		{ "[a]\nretention.ms = 7d\nmax.message.bytes = 2MiB\nsegment.ms=\"7d\"\n",
			"[a]\nmax.message.bytes = 2097152\nretention.ms = 604800000\nsegment.ms = \"7d\"\n" },
		{ "[a]\npreallocate = true\n", "[a]\npreallocate = true\n" },
		{ "[__x.y-Z_0]\npartitions = 1000000\nreplication-factor = 32767\n",
			"[__x.y-Z_0]\npartitions = 1000000\nreplication-factor = 32767\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct topic_file f, again;
		struct str got = { 0 }, twice = { 0 };

		parse(&f, rows[i].text);
		topic_file_write(&f, &got);
		assert_text(i, str_text(&got), rows[i].want);
		parse(&again, str_text(&got));
		topic_file_write(&again, &twice);
		assert_text(i, str_text(&twice), rows[i].want);
		topic_file_release(&f);
		topic_file_release(&again);
		str_release(&got);
		str_release(&twice);
	}
}

static void test_faults(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "x = 1", "f:1:1: this stands before the first [TOPIC]" },
		{ "\n\n  [a\n", "f:3:3: neither [TOPIC] nor NAME = VALUE" },
		{ "[a]\nhello", "f:2:1: neither [TOPIC] nor NAME = VALUE" },
		{ "[a b]",
			"f:1:2: the topic's name holds something else than letters, digits, \".\", \"_\" and \"-\"" },
		{ "[..]", "f:1:2: the topic's name cannot be \".\" or \"..\"" },
		{ "[a]\n[b]\n[ a ]", "f:3:3: [a] is in line 1 already" },
		{ "[a]\npartitions = 1\npartitions = 1", "f:3:1: partitions is given twice" },
		{ "[a]\npartitions = ", "f:2:13: partitions is a number from 1 to 1000000" },
		{ "[a]\npartitions = 0", "f:2:14: partitions is a number from 1 to 1000000" },
		{ "[a]\n partitions = 12x", "f:2:17: partitions is a number from 1 to 1000000" },
		{ "[a]\npartitions = 99999999999999999999999", "f:2:14: partitions is a number from 1 to 1000000" },
		{ "[a]\nreplication-factor = 32768", "f:2:22: replication-factor is a number from 1 to 32767" },
		{ "[a]\npartition = 1", "f:2:1: unknown name partition; did you mean partitions?" },
		{ "[a]\nlog.retention.ms = 1",
			"f:2:1: log.retention.ms is a configuration of brokers; topics have retention.ms" },
		{ "[a]\nzzz = 1",
			"f:2:1: unknown name zzz: there are partitions, replication-factor and configurations" },
		{ "[a]\nx y.z = 1", "f:2:1: this is no name of a configuration" },
		{ "[a]\nx.y = 1\nb.c = 2\nx.y = 3", "f:4:1: x.y is given twice, first in line 2" },
		{ "[a]\nretention.ms = 7 dx",
			"f:2:18: retention.ms: \"dx\" is no unit of time: ms, s, m, h, d, w are" },
		{ "[a]\nx.y = \"b", "f:2:9: the closing quote is missing" },
		{ "[a]\nx.y = \"b\" c", "f:2:10: there is something behind the closing quote" },
		{ "[a]\nx.y = \"b\\", "f:2:9: known are \\\\ \\\" \\n \\r \\t and \\xNN, but not \\x00" },
		{ "[a]\nx.y = \"\\x00\"", "f:2:8: known are \\\\ \\\" \\n \\r \\t and \\xNN, but not \\x00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct topic_file f;
		struct error err = { 0 };

		assert_false(topic_file_parse(&f, "f", rows[i].text, strlen(rows[i].text), &err));
		assert_text(i, err.message, rows[i].want);
		assert_int_equal(err.code, ERR_USAGE);
	}
}

static void test_names(void **state)
{
	char longest[251];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	assert_null(topic_name_fault(longest, 249));
	assert_non_null(topic_name_fault(longest, 250));
	assert_non_null(topic_name_fault("", 0));
	assert_non_null(topic_name_fault(".", 1));
	assert_null(topic_name_fault("...", 3));
	assert_non_null(topic_name_fault("gr\xc3\xbc", 4));
}

static void describe(struct str *out, const struct topic_apply *a)
{
	for (size_t i = 0; i < a->count; i++) {
		const struct topic_apply_item *item = &a->items[i];

		str_addf(out, "%s: ", item->topic);
		topic_apply_describe(out, item);
		if (item->why)
			str_addf(out, " !%s", item->why);
		str_add(out, "; ");
	}
	str_addf(out, "same %zu, extra %zu", a->same, a->extra);
}

static void test_difference(void **state)
{
	static const struct {
		const char *wanted, *now;
		bool prune;
		const char *want;
	} rows[] = {
		{ "[a]\npartitions=1\n", "[a]\npartitions=1\n", false, "same 1, extra 0" },
		{ "[a]\n", "[a]\npartitions=7\nreplication-factor=2\n", false, "same 1, extra 0" },
		{ "[a]\npartitions=3\nreplication-factor=2\nx.y=1\n", "", false,
			"a: create with 3 partitions, replication factor 2; same 0, extra 0" },
		{ "[a]\n", "", true, "a: create; same 0, extra 0" },
		{ "[a]\npartitions=3\n", "[a]\npartitions=2\n", false, "a: partitions from 2 to 3; same 0, extra 0" },
		{ "[a]\npartitions=2\n", "[a]\npartitions=3\n", false,
			"a: partitions from 3 to 2 !it has 3 partitions, the file says 2: Kafka cannot remove partitions; same 0, extra 0" },
		{ "[a]\npartitions=3\nreplication-factor=2\n", "[a]\npartitions=3\nreplication-factor=1\n", false,
			"a: partitions from 3 to 3 !its replication factor is 1, the file says 2: that needs a "
			"reassignment, which weir does not do; same 0, extra 0" },
		{ "[a]\nreplication-factor=2\n", "[a]\npartitions=3\n", false,
			"a: partitions from 3 to -1 !its partitions have different replication factors, the file says 2: that "
			"needs a reassignment, which weir does not do; same 0, extra 0" },
		{ "[a]\na.a=1\nb.b=2\nd.d=4\n", "[a]\nb.b=3\nc.c=3\nd.d=4\n", false,
			"a: set a.a, set b.b, reset c.c; same 0, extra 0" },
		{ "[a]\n", "[a]\nc.c=3\n", false, "a: reset c.c; same 0, extra 0" },
		{ "[b]\n", "[a]\nx.y=1\n[b]\n[c]\n[__d]\n", false, "same 1, extra 2" },
		{ "[b]\n", "[a]\nx.y=1\n[b]\n[c]\n[__d]\n", true, "a: delete; c: delete; same 1, extra 0" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct topic_file wanted, now;
		struct topic_apply plan;
		struct str got = { 0 };

		parse(&wanted, rows[i].wanted);
		parse(&now, rows[i].now);
		topic_apply_plan(&plan, &wanted, &now, rows[i].prune);
		describe(&got, &plan);
		assert_text(i, str_text(&got), rows[i].want);
		str_release(&got);
		topic_apply_release(&plan);
		topic_file_release(&wanted);
		topic_file_release(&now);
	}
}

/* Kafka says which topics are its own, besides their names. */
static void test_internal_topics_stay(void **state)
{
	struct topic_file wanted, now;
	struct topic_apply plan;

	(void)state;
	parse(&wanted, "[b]\n");
	parse(&now, "[a]\n[b]\n");
	topic_file_find(&now, "a")->internal = true;
	topic_apply_plan(&plan, &wanted, &now, true);
	assert_int_equal(plan.count, 0);
	topic_apply_release(&plan);
	topic_file_release(&wanted);
	topic_file_release(&now);
}

static void test_settings_keep_before_and_after(void **state)
{
	struct topic_file wanted, now;
	struct topic_apply plan;

	(void)state;
	parse(&wanted, "[a]\na.a=1\nb.b=2\n");
	parse(&now, "[a]\nb.b=3\nc.c=4\n");
	topic_apply_plan(&plan, &wanted, &now, false);
	assert_int_equal(plan.count, 1);
	assert_int_equal(plan.items[0].setting_count, 3);
	assert_null(plan.items[0].settings[0].before);
	assert_string_equal(plan.items[0].settings[0].after, "1");
	assert_string_equal(plan.items[0].settings[1].before, "3");
	assert_string_equal(plan.items[0].settings[1].after, "2");
	assert_string_equal(plan.items[0].settings[2].before, "4");
	assert_null(plan.items[0].settings[2].after);
	topic_apply_release(&plan);
	topic_file_release(&wanted);
	topic_file_release(&now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_difference),
		cmocka_unit_test(test_internal_topics_stay),
		cmocka_unit_test(test_settings_keep_before_and_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
