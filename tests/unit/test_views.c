/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/action_table.h"
#include "base/shell.h"
#include "views/change/change.h"
#include "views/command.h"
#include "views/views.h"

static void names_are_quoted_for_a_shell(void **state)
{
	static const struct {
		const char *word, *quoted;
	} cases[] = {
		{ "orders", "orders" },
		{ "a.b_c-1", "a.b_c-1" },
		{ "kafka-1:9092,kafka-2:9092", "kafka-1:9092,kafka-2:9092" },
		{ "", "''" },
		{ "two words", "'two words'" },
		{ "$(reboot)", "'$(reboot)'" },
		{ "it's", "'it'\\''s'" },
		{ "*", "'*'" },
		{ "~root", "'~root'" },
		{ "a\nb'\\\x7f", "$'a\\012b\\'\\\\\\177'" },
		{ "\xff", "'\xff'" },
	};
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		str_clear(&out);
		shell_quote(&out, cases[i].word);
		assert_string_equal(str_text(&out), cases[i].quoted);
	}
	str_release(&out);
}

static void a_command_names_the_cluster(void **state)
{
	struct snapshot *s = snapshot_new(0);
	struct str out = { 0 };

	(void)state;
	s->connection.bootstrap = "kafka-1:9092";
	snapshot_finish(s);
	command_build(&out, s, "kafka-topics", "--describe", NULL, "--topic", "my topic", NULL);
	assert_string_equal(str_text(&out),
		"kafka-topics --bootstrap-server kafka-1:9092 --describe --topic 'my topic'");
	str_release(&out);
	snapshot_unref(s);
}

/* What is refused is left out; a plan of several topics is several lines. */
static void a_plan_of_topics_is_a_command(void **state)
{
	static const struct topic_setting settings[] = { { "cleanup.policy", "compact,delete", NULL },
		{ "retention.ms", NULL, "1000" } };
	int32_t replicas[] = { 1, 2, 2, 3 };
	struct topic_plan *plan = topic_plan_new();
	struct topic_step *s;
	struct str out = { 0 };

	(void)state;
	s = topic_plan_add(plan, TOPIC_CREATE, "new");
	s->place = (struct topic_placement){ replicas, 2, 2, 0 };
	s = topic_plan_add(plan, TOPIC_CONFIG, "orders");
	s->settings = settings;
	s->setting_count = 2;
	s = topic_plan_add(plan, TOPIC_DELETE, "kept");
	s->refusal = "no";
	s = topic_plan_add(plan, TOPIC_PARTITIONS, "grown");
	s->partitions = 5;
	assert_true(change_command(plan, NULL, &out));
	assert_string_equal(str_text(&out),
		"kafka-topics --bootstrap-server HOST:PORT --create --topic new --replica-assignment 1:2,2:3\n"
		"kafka-configs --bootstrap-server HOST:PORT --alter --topic orders "
		"--add-config 'cleanup.policy=[compact,delete]' --delete-config retention.ms\n"
		"kafka-topics --bootstrap-server HOST:PORT --alter --topic grown --partitions 5");
	str_release(&out);
	topic_plan_free(plan);
}

static void tabs_have_an_action_each(void **state)
{
	size_t count;
	const struct view_ops *const *tabs = view_tabs(&count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(view_find(tabs[i]->name), tabs[i]);
		assert_int_not_equal(action_find(&action_table, tabs[i]->name), ACTION_NONE);
	}
	assert_null(view_find("nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names_are_quoted_for_a_shell),
		cmocka_unit_test(a_command_names_the_cluster), cmocka_unit_test(a_plan_of_topics_is_a_command),
		cmocka_unit_test(tabs_have_an_action_each) };

	return cmocka_run_group_tests_name("views", tests, NULL, NULL);
}
