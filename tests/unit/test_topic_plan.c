/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "model/topic_name.h"
#include "model/topic_plan.h"

static const struct topic_broker racks[] = { { 1, "a" }, { 2, "b" }, { 3, "c" }, { 4, "a" }, { 5, "b" }, { 6, "c" } };

static void test_names(void **state)
{
	static const struct {
		const char *name, *message;
	} rows[] = {
		{ "orders", NULL },
		{ "a", NULL },
		{ "A.b_c-9", NULL },
		{ "...", NULL },
		{ "", "a topic's name may not be empty" },
		{ ".", "topic .: may not be named . or .." },
		{ "..", "topic ..: may not be named . or .." },
		{ "two words", "topic two words, column 4: a name is made of letters a-z A-Z, digits, . _ and -" },
		{ "caf\xc3\xa9", "topic caf\xc3\xa9, column 4: a name is made of letters a-z A-Z, digits, . _ and -" },
	};
	char longest[251] = { 0 };
	struct error err;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool ok = topic_name_check(rows[i].name, &err);

		assert_int_equal(ok, rows[i].message == NULL);
		if (!ok)
			assert_text(i, err.message, rows[i].message);
	}
	memset(longest, 'x', 249);
	assert_true(topic_name_check(longest, &err));
	longest[249] = 'x';
	assert_false(topic_name_check(longest, &err));
	assert_true(topic_name_collides("a.b", "a_b"));
	assert_false(topic_name_collides("a.b", "a.b"));
	assert_false(topic_name_collides("a.b", "a-b"));
	assert_false(topic_name_collides("a.b", "a_bc"));
	assert_true(topic_name_looks_like("a-b", "A_B"));
	assert_false(topic_name_looks_like("ab", "abc"));
}

static void count(const struct topic_placement *p, int32_t *replicas, int32_t *leaders, size_t brokers)
{
	memset(replicas, 0, brokers * sizeof(*replicas));
	memset(leaders, 0, brokers * sizeof(*leaders));
	for (int32_t i = 0; i < p->partitions * p->factor; i++) {
		replicas[p->replicas[i] - 1]++;
		leaders[p->replicas[i] - 1] += i % p->factor == 0;
	}
}

static void spread(const int32_t *numbers, size_t n, int32_t *least, int32_t *most)
{
	*least = *most = numbers[0];
	for (size_t i = 1; i < n; i++) {
		*least = numbers[i] < *least ? numbers[i] : *least;
		*most = numbers[i] > *most ? numbers[i] : *most;
	}
}

static void test_placement_is_balanced_over_racks(void **state)
{
	(void)state;
	for (int32_t partitions = 1; partitions <= 40; partitions++) {
		for (int32_t factor = 1; factor <= 6; factor++) {
			struct topic_placement p;
			int32_t replicas[6], leaders[6], least, most;
			struct error err;

			assert_true(topic_place(racks, 6, partitions, factor, NULL, &p, &err));
			for (int32_t i = 0; i < partitions; i++) {
				int seen[3] = { 0 };

				for (int32_t r = 0; r < factor; r++) {
					int32_t id = p.replicas[i * factor + r];

					seen[(id - 1) % 3]++;
					for (int32_t k = 0; k < r; k++)
						assert_int_not_equal(id, p.replicas[i * factor + k]);
				}
				/* Three racks: no rack has a second replica while another has none. */
				for (int k = 0; k < 3; k++)
					assert_true(factor < 3 ? seen[k] <= 1 : seen[k] >= 1);
			}
			count(&p, replicas, leaders, 6);
			spread(replicas, 6, &least, &most);
			assert_true(most - least <= 1);
			spread(leaders, 6, &least, &most);
			assert_true(most - least <= 1);
			topic_placement_release(&p);
		}
	}
}

static void test_placement_counts_what_is_there(void **state)
{
	int32_t there[] = { 1, 1, 1 };
	const struct topic_placement existing = { .replicas = there, .partitions = 3, .factor = 1 };
	const struct topic_broker brokers[] = { { 1, NULL }, { 2, NULL } };
	struct topic_placement p;
	struct error err;

	(void)state;
	assert_true(topic_place(brokers, 2, 3, 1, &existing, &p, &err));
	assert_int_equal(p.first, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(p.replicas[i], 2);
	topic_placement_release(&p);
	assert_false(topic_place(brokers, 2, 1, 3, NULL, &p, &err));
	assert_string_equal(err.message, "replication factor 3: the cluster has 2 brokers up");
}

static void test_assignments(void **state)
{
	static const struct {
		const char *text;
		int32_t partitions, factor;
		const char *message;
	} rows[] = {
		{ "1:2,2:3,3:1", 3, 2, NULL },
		{ "4", 1, 1, NULL },
		{ "1,2", 2, 1, NULL },
		{ "1:2,3", 0, 0, "replica assignment, column 5: each partition has as many replicas as the first" },
		{ "1:1", 0, 0, "replica assignment, column 3: a broker holds one replica of a partition" },
		{ "9", 0, 0, "replica assignment, column 1: no such broker is up" },
		{ "1:,2", 0, 0, "replica assignment, column 3: give broker ids, as in 1:2,2:3,3:1" },
		{ "", 0, 0, "replica assignment, column 1: give broker ids, as in 1:2,2:3,3:1" },
		{ "1;2", 0, 0, "replica assignment, column 2: give broker ids, as in 1:2,2:3,3:1" },
		{ "1,", 0, 0, "replica assignment, column 3: give broker ids, as in 1:2,2:3,3:1" },
		{ "99999999999", 0, 0, "replica assignment, column 1: give broker ids, as in 1:2,2:3,3:1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct topic_placement p;
		struct error err;
		bool ok = topic_place_parse(rows[i].text, racks, 6, &p, NULL, &err);

		assert_int_equal(ok, rows[i].message == NULL);
		if (!ok) {
			assert_text(i, err.message, rows[i].message);
			continue;
		}
		assert_int_equal(p.partitions, rows[i].partitions);
		assert_int_equal(p.factor, rows[i].factor);
		topic_placement_release(&p);
	}
}

static const char *const names[] = { "a.b", "orders" };
static const struct topic_facts facts = { .brokers = racks,
	.broker_count = 3,
	.names = names,
	.name_count = 2,
	.partitions = 10,
	.now_ms = 1000 };

static bool has_warning(const struct topic_step *s, const char *part)
{
	for (size_t i = 0; i < s->warning_count; i++)
		if (strstr(s->warnings[i], part))
			return true;
	return false;
}

static void test_creating(void **state)
{
	static const char *const one[] = { "retention.ms=7d" }, *const two[] = { "min.insync.replicas=3" },
				 *const bad[] = { "retention.ms" },
				 *const twice[] = { "retention.ms=1", "retention.ms=2" },
				 *const newer[] = { "retention.mss=7x=y" },
				 *const kept[] = { "cleanup.policy=compact", "retention.ms=2d" },
				 *const cleaned[] = { "cleanup.policy=compact,delete", "retention.ms=2d" };
	static const struct {
		struct topic_create ask;
		const char *refusal, *warning, *error;
	} rows[] = {
		{ { "new", 3, 2, NULL, false, one, 1, NULL }, NULL, NULL, NULL },
		{ { "new", 3, 1, NULL, false, NULL, 0, NULL }, NULL, "replication factor 1", NULL },
		{ { "new", 3, 3, NULL, false, two, 1, NULL }, NULL, "is the replication factor", NULL },
		{ { "new", 3, 2, NULL, false, two, 1, NULL }, NULL, "can never", NULL },
		{ { "new", 3, 2, NULL, false, kept, 2, NULL }, NULL, "retention.ms has no effect", NULL },
		{ { "new", 3, 2, NULL, false, cleaned, 2, NULL }, NULL, NULL, NULL },
		{ { "Orders", 3, 2, NULL, false, NULL, 0, NULL }, NULL, "looks like", NULL },
		{ { "new", 20000, 2, NULL, false, NULL, 0, NULL }, NULL, "more than 4000", NULL },
		{ { "orders", 3, 2, NULL, false, NULL, 0, NULL }, "topic orders: exists already", NULL, NULL },
		{ { "a_b", 3, 2, NULL, false, NULL, 0, NULL },
			"topic a_b: collides with a.b, since . and _ are the same in metric names", NULL, NULL },
		{ { "new", 3, 4, NULL, false, NULL, 0, NULL }, "replication factor 4: the cluster has 3 brokers up",
			NULL, NULL },
		{ { "new", -1, -1, "1:2,2:3", false, NULL, 0, NULL }, NULL, NULL, NULL },
		{ { "new", 3, -1, "1:2", false, NULL, 0, NULL }, NULL, NULL, "leave --partitions" },
		{ { "new", 1, 1, NULL, false, bad, 1, NULL }, NULL, NULL, "--config retention.ms: give NAME=VALUE" },
		{ { "new", 1, 1, NULL, false, twice, 2, NULL }, NULL, NULL, "--config retention.ms: given twice" },
		{ { "n w", 1, 1, NULL, false, NULL, 0, NULL }, NULL, NULL, "column 2" },
		{ { "new", 3, 2, NULL, false, newer, 1, NULL }, NULL, NULL, "did you mean retention.ms?" },
		{ { "new", 3, 2, NULL, false, newer, 1, "orders" }, NULL, NULL, NULL },
		{ { "orders", 3, 2, NULL, false, NULL, 0, "orders" }, "topic orders: exists already", NULL, NULL },
		{ { "new", 3, -1, NULL, false, NULL, 0, "orders" }, NULL, "orders have different replication factors",
			NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct topic_plan *plan = topic_plan_new();
		struct error err = { 0 };
		bool ok = topic_plan_create(plan, &rows[i].ask, &facts, &err);

		if (ok != (rows[i].error == NULL) || (!ok && !strstr(err.message, rows[i].error)))
			fail_msg("row %zu: %s", i, err.message);
		if (ok) {
			assert_text(i, plan->steps[0].refusal ? plan->steps[0].refusal : "",
				rows[i].refusal ? rows[i].refusal : "");
			if (rows[i].warning && !has_warning(&plan->steps[0], rows[i].warning))
				fail_msg("row %zu: no warning %s", i, rows[i].warning);
			if (rows[i].ask.settings == cleaned)
				assert_false(has_warning(&plan->steps[0], "no effect"));
		}
		topic_plan_free(plan);
	}
}

static void test_settings_are_split(void **state)
{
	static const struct {
		const char *text, *parts, *message;
	} rows[] = {
		{ "a=1", "a=1|", NULL },
		{ "a=1,b=2", "a=1|b=2|", NULL },
		{ "a=[x,y],b=", "a=x,y|b=|", NULL },
		{ "a=1,", "a=1|", NULL },
		{ "a", NULL, "a, column 1: give NAME=VALUE" },
		{ "a=[x", NULL, "a=[x, column 3: the [ has no ]" },
		{ "a=[x]y", NULL, "a=[x]y, column 6: a comma goes here" },
		{ "a=1,=2", NULL, "a=1,=2, column 5: give NAME=VALUE" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char **items = NULL;
		size_t n = 0, cap = 0;
		struct str all = { 0 };
		struct error err;
		bool ok = topic_settings_split(rows[i].text, &items, &n, &cap, &err);

		assert_int_equal(ok, rows[i].message == NULL);
		for (size_t k = 0; k < n; k++) {
			str_addf(&all, "%s|", items[k]);
			free(items[k]);
		}
		if (ok)
			assert_text(i, str_text(&all), rows[i].parts);
		else
			assert_text(i, err.message, rows[i].message);
		free(items);
		str_release(&all);
	}
}

static const int32_t both[] = { 1, 2 }, second[] = { 2 };
static const struct topic_part parts[] = {
	{ .leader = 1,
		.replicas = both,
		.replica_count = 2,
		.isr = both,
		.isr_count = 2,
		.log_start = 10,
		.log_end = 100 },
	{ .leader = 2,
		.replicas = both,
		.replica_count = 2,
		.isr = second,
		.isr_count = 1,
		.log_start = 0,
		.log_end = 0 },
};
static const struct topic_config configs[] = {
	{ .name = "cleanup.policy", .value = "delete", .fallback = "delete" },
	{ .name = "retention.ms", .value = "1000", .fallback = "604800000", .own = true },
	{ .name = "segment.ms", .value = "5", .fallback = "5", .is_read_only = true },
};
static const struct topic_reader readers[] = { { "fast", 0, 100 }, { "slow", 0, 40 }, { "slow", 1, 0 } };
static const struct topic_fact fact = { .name = "orders",
	.exists = true,
	.parts = parts,
	.part_count = 2,
	.configs = configs,
	.config_count = 3,
	.readers = readers,
	.reader_count = 3,
	.last_write_ms = -1 };
static const struct topic_fact gone = { .name = "gone", .error = "does not exist" };

static void test_altering_shows_the_difference(void **state)
{
	static const char *const add[] = { "cleanup.policy=compact", "retention.ms=1000" },
				 *const drop[] = { "retention.ms" }, *const wrong[] = { "retntion.ms=1" },
				 *const fixed[] = { "segment.ms=1" };
	struct topic_plan *plan = topic_plan_new();
	struct topic_alter ask = { .name = "orders", .add = add, .add_count = 2 };
	struct topic_step *s;
	struct error err;

	(void)state;
	assert_true(topic_plan_alter(plan, &ask, &fact, &err));
	s = &plan->steps[0];
	assert_int_equal(s->setting_count, 1); /* the other one is so already */
	assert_string_equal(s->settings[0].value, "compact");
	assert_null(s->settings[0].before);
	assert_true(has_warning(s, "1 setting already has that value"));
	assert_true(has_warning(s, "compaction"));
	assert_true(has_warning(s, "retention.ms stays set and has no effect"));
	ask = (struct topic_alter){ .name = "orders", .remove = drop, .remove_count = 1 };
	assert_true(topic_plan_alter(plan, &ask, &fact, &err));
	s = &plan->steps[1];
	assert_null(s->settings[0].value);
	assert_string_equal(s->settings[0].before, "1000");
	assert_string_equal(s->rows[0].after, "604800000 (7d)");
	assert_string_equal(s->summary, "retention.ms 1s -> 7d (default)");
	ask = (struct topic_alter){ .name = "orders", .add = fixed, .add_count = 1 };
	assert_true(topic_plan_alter(plan, &ask, &fact, &err));
	assert_string_equal(plan->steps[2].refusal, "segment.ms: is read-only");
	ask = (struct topic_alter){ .name = "orders", .add = wrong, .add_count = 1 };
	assert_false(topic_plan_alter(plan, &ask, &fact, &err));
	assert_string_equal(err.message,
		"--add-config retntion.ms: no such setting of topics; did you mean retention.ms?");
	topic_plan_free(plan);
}

static void test_truncating_and_deleting(void **state)
{
	static const struct topic_cut cuts[] = { { 0, 0, 50 }, { 1, 0, 50 } }, all[] = { { 0, 0, -1 }, { 1, 0, -1 } },
				      before[] = { { 0, 0, 5 } }, none[] = { { 7, 0, 1 } };
	struct topic_config compact[] = { { .name = "cleanup.policy", .value = "compact" } };
	struct topic_fact compacted = fact;
	struct topic_plan *plan = topic_plan_new();
	struct topic_step *s;

	(void)state;
	topic_plan_truncate(plan, &fact, &facts, cuts, 2);
	s = &plan->steps[0];
	assert_int_equal(s->cut_count, 1); /* partition 1 is empty */
	assert_int_equal(s->cuts[0].before, 10);
	assert_int_equal(s->cuts[0].offset, 50);
	assert_true(has_warning(s, "group slow has not read up to 10 of the records"));
	assert_false(has_warning(s, "fast"));
	topic_plan_truncate(plan, &fact, &facts, all, 2);
	assert_int_equal(plan->steps[1].cuts[0].offset, 100);
	topic_plan_truncate(plan, &fact, &facts, before, 1);
	assert_int_equal(plan->steps[2].cut_count, 0);
	topic_plan_truncate(plan, &fact, &facts, none, 1);
	assert_string_equal(plan->steps[3].refusal, "topic orders: has no partition 7");
	compacted.configs = compact;
	compacted.config_count = 1;
	topic_plan_truncate(plan, &compacted, &facts, all, 2);
	assert_non_null(strstr(plan->steps[4].refusal, "compact without delete"));
	topic_plan_delete(plan, &fact, &facts, false);
	s = &plan->steps[5];
	assert_null(s->refusal);
	assert_true(s->wants_name);
	assert_string_equal(s->summary, "with 90 records in 2 partitions");
	assert_true(has_warning(s, "group slow has not read up to 60"));
	topic_plan_delete(plan, &gone, &facts, false);
	assert_string_equal(plan->steps[6].refusal, "topic gone: does not exist");
	compacted.name = "__consumer_offsets";
	topic_plan_delete(plan, &compacted, &facts, false);
	assert_non_null(strstr(plan->steps[7].refusal, "internal"));
	topic_plan_delete(plan, &compacted, &facts, true);
	assert_null(plan->steps[8].refusal);
	topic_plan_free(plan);
}

static void test_growing_and_electing(void **state)
{
	struct topic_plan *plan = topic_plan_new();
	struct error err;

	(void)state;
	assert_true(topic_plan_partitions(plan, &fact, &facts, 5, NULL, 0.4, 1000, &err));
	assert_int_equal(plan->steps[0].place.partitions, 3);
	assert_int_equal(plan->steps[0].place.first, 2);
	assert_true(has_warning(&plan->steps[0], "40% of 1000 sampled keys"));
	assert_false(has_warning(&plan->steps[0], "more than 4000"));
	assert_true(topic_plan_partitions(plan, &fact, &facts, 2, NULL, NAN, 0, &err));
	assert_non_null(plan->steps[1].refusal);
	assert_false(topic_plan_partitions(plan, &fact, &facts, 4, "1:2", NAN, 0, &err));
	assert_string_equal(err.message, "--replica-assignment: give 2 new partitions of 2 replicas each");
	assert_int_equal(plan->step_count, 2);
	topic_plan_elect(plan, &fact, NULL, 0);
	assert_int_equal(plan->steps[2].cut_count, 1);
	assert_int_equal(plan->steps[2].cuts[0].partition, 1);
	assert_string_equal(plan->steps[2].rows[0].note, "it is not in sync: Kafka will refuse");
	/* A list that holds none asks for all, too; else just those. */
	topic_plan_elect(plan, &fact, &(int32_t){ 0 }, 0);
	assert_int_equal(plan->steps[3].cut_count, 1);
	topic_plan_elect(plan, &fact, &(int32_t){ 0 }, 1);
	assert_int_equal(plan->steps[4].cut_count, 0);
	assert_true(topic_plan_partitions(plan, &fact, &facts, 12000, NULL, NAN, 0, &err));
	assert_true(has_warning(&plan->steps[5], "would hold 12008 partitions, more than 4000"));
	topic_plan_free(plan);
}

static void test_undoing_settings(void **state)
{
	struct journal_entry e = { 0 };
	const struct topic_step change = { .kind = TOPIC_CONFIG,
		.name = "orders",
		.summary = "x",
		.setting_count = 2,
		.settings = (const struct topic_setting[]){ { "cleanup.policy", "compact", "delete" },
			{ "retention.ms", "1000", NULL } } };
	struct topic_plan *plan = topic_plan_new();
	struct error err;

	(void)state;
	topic_step_entry(&change, &e);
	assert_int_equal(e.kind, JOURNAL_TOPIC_CONFIG);
	e.state = JOURNAL_DONE;
	assert_true(topic_plan_undo(plan, &e, &fact, &err));
	assert_int_equal(plan->steps[0].setting_count, 2);
	assert_string_equal(plan->steps[0].settings[0].value, "delete");
	assert_null(plan->steps[0].settings[1].value);
	assert_true(has_warning(&plan->steps[0], "cleanup.policy has been changed again since"));
	e.kind = JOURNAL_TOPIC_DELETE;
	assert_false(topic_plan_undo(plan, &e, &fact, &err));
	assert_non_null(strstr(err.message, "Kafka cannot undo this"));
	e.kind = JOURNAL_TOPIC_CREATE;
	assert_false(topic_plan_undo(plan, &e, &fact, &err));
	assert_non_null(strstr(err.message, "weir topic delete orders"));
	journal_entry_release(&e);
	topic_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_placement_is_balanced_over_racks),
		cmocka_unit_test(test_placement_counts_what_is_there),
		cmocka_unit_test(test_assignments),
		cmocka_unit_test(test_creating),
		cmocka_unit_test(test_settings_are_split),
		cmocka_unit_test(test_altering_shows_the_difference),
		cmocka_unit_test(test_truncating_and_deleting),
		cmocka_unit_test(test_growing_and_electing),
		cmocka_unit_test(test_undoing_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
