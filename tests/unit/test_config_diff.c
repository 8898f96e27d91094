/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include "model/config_diff.h"

static struct config_entry entry(const char *name, const char *value)
{
	return (struct config_entry){ .name = name, .value = value, .source = "DEFAULT_CONFIG", .is_default = true };
}

static struct config_entry secret(const char *name, bool set)
{
	return (struct config_entry){ .name = name, .is_sensitive = true, .is_default = !set };
}

static const struct config_diff_row *row(const struct config_diff *d, const char *name)
{
	for (size_t i = 0; i < d->count; i++)
		if (strcmp(d->rows[i].name, name) == 0)
			return &d->rows[i];
	fail_msg("no row %s", name);
	return NULL;
}

static void test_topics(void **state)
{
	const struct config_entry a[] = { entry("cleanup.policy", "delete"), entry("only.a", "1"),
		entry("retention.ms", "1000") };
	const struct config_entry b[] = { entry("cleanup.policy", "delete"), entry("only.b", NULL),
		entry("retention.ms", "2000") };
	const struct config one = { .entries = a, .count = 3 }, two = { .entries = b, .count = 3 };
	const struct config *both[] = { &one, &two };
	struct config_diff d = { 0 };

	(void)state;
	config_diff_build(&d, CONFIG_TOPIC, both, 2);
	assert_int_equal(d.count, 4);
	assert_int_equal(d.kinds[CONFIG_DIFF_SAME], 1);
	assert_int_equal(d.kinds[CONFIG_DIFF_DIFFERS], 3);
	assert_int_equal(row(&d, "cleanup.policy")->kind, CONFIG_DIFF_SAME);
	assert_int_equal(row(&d, "retention.ms")->kind, CONFIG_DIFF_DIFFERS);
	assert_int_equal(row(&d, "retention.ms")->odd, 0); /* of two, none is the odd one */
	assert_ptr_equal(row(&d, "only.a")->entries[0], &a[1]);
	assert_null(row(&d, "only.a")->entries[1]);
	assert_string_equal(d.rows[0].name, "cleanup.policy");
	assert_string_equal(d.rows[3].name, "retention.ms");
	/* built again with one of them away */
	both[1] = NULL;
	config_diff_build(&d, CONFIG_TOPIC, both, 2);
	assert_int_equal(d.count, 3);
	assert_int_equal(d.kinds[CONFIG_DIFF_SAME], 3);
	config_diff_release(&d);
}

static void test_brokers(void **state)
{
	const struct config_entry a[] = { entry("broker.id", "1"), entry("num.io.threads", "8"), entry("x", NULL) };
	const struct config_entry b[] = { entry("broker.id", "2"), entry("num.io.threads", "4"), entry("x", NULL) };
	const struct config_entry c[] = { entry("broker.id", "3"), entry("num.io.threads", "8"), entry("x", NULL) };
	const struct config_entry e[] = { entry("broker.id", "4"), entry("num.io.threads", "4"), entry("x", "1") };
	const struct config configs[] = { { .entries = a, .count = 3 }, { .entries = b, .count = 3 },
		{ .entries = c, .count = 3 }, { .entries = e, .count = 3 } };
	const struct config *list[] = { &configs[0], &configs[1], &configs[2], &configs[3] };
	struct config_diff d = { 0 };

	(void)state;
	config_diff_build(&d, CONFIG_BROKER, list, 3);
	assert_int_equal(row(&d, "broker.id")->kind, CONFIG_DIFF_OWN);
	assert_int_equal(row(&d, "broker.id")->odd, 0);
	assert_int_equal(row(&d, "num.io.threads")->kind, CONFIG_DIFF_DIFFERS);
	assert_int_equal(row(&d, "num.io.threads")->odd, 1u << 1);
	assert_int_equal(row(&d, "x")->kind, CONFIG_DIFF_SAME);
	config_diff_build(&d, CONFIG_BROKER, list, 4);
	assert_int_equal(row(&d, "num.io.threads")->odd, 0); /* two against two */
	assert_int_equal(row(&d, "x")->odd, 1u << 3);
	/* one that could not be read is no vote */
	list[0] = NULL;
	config_diff_build(&d, CONFIG_BROKER, list, 4);
	assert_int_equal(row(&d, "num.io.threads")->odd, 1u << 2);
	/* names of a broker mean nothing for a topic */
	config_diff_build(&d, CONFIG_TOPIC, list, 4);
	assert_int_equal(row(&d, "broker.id")->kind, CONFIG_DIFF_DIFFERS);
	config_diff_release(&d);
}

static void test_secrets(void **state)
{
	const struct config_entry a[] = { secret("both", true), secret("none", false), secret("one", true) };
	const struct config_entry b[] = { secret("both", true), secret("none", false), secret("one", false) };
	const struct config one = { .entries = a, .count = 3 }, two = { .entries = b, .count = 3 };
	const struct config *both[] = { &one, &two };
	struct config_diff d = { 0 };

	(void)state;
	config_diff_build(&d, CONFIG_BROKER, both, 2);
	assert_int_equal(row(&d, "both")->kind, CONFIG_DIFF_HIDDEN);
	assert_int_equal(row(&d, "none")->kind, CONFIG_DIFF_SAME);
	assert_int_equal(row(&d, "one")->kind, CONFIG_DIFF_DIFFERS);
	config_diff_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_brokers),
		cmocka_unit_test(test_secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
