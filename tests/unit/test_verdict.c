/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is in trouble, and which reason is given. */
#include "unit.h"

#include "base/mem.h"
#include "model/verdict.h"
#include "tests/unit/build.h"

enum { NOW_MS = 600 * 1000 };

/* Group g with one member that holds t-0 and t-1, 40 and 10 records behind. */
static struct group *reading_group(struct snapshot **made)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 2);
	struct group *g = build_group(s, "g");

	s->mono_ms = NOW_MS;
	s->interval_ms = 5000;
	for (int i = 0; i < 2; i++) {
		struct partition *p = build_partition(t, i);

		p->end_origin.at_ms = p->start_origin.at_ms = NOW_MS;
	}
	g->commit_origin.at_ms = NOW_MS;
	build_commit(g, "t", 0, 60);
	build_commit(g, "t", 1, 90);
	build_member(s, g, "m", "t", 0, 1);
	*made = s;
	return g;
}

static void still(struct group *g, int32_t partition, int64_t ms, int32_t reads, int64_t arrived)
{
	g->partitions[partition].still_since_ms = NOW_MS - ms;
	g->partitions[partition].still_reads = reads;
	g->partitions[partition].arrived = arrived;
}

static void expect_group(const struct group *g, const char *rule, enum severity severity, const char *why)
{
	struct str text = { 0 };
	struct verdict v = verdict_group(g);

	verdict_reasons(v, &text);
	assert_string_equal(v.rule ? v.rule : "none", rule);
	assert_int_equal(v.severity, severity);
	assert_string_equal(str_text(&text), why);
	str_release(&text);
}

static void test_a_group_that_does_not_move(void **state)
{
	static const struct {
		int64_t ms[2];
		int32_t reads[2];
		int64_t arrived[2];
		const char *rule, *why;
	} rows[] = {
		{ { 245000, 245000 }, { 49, 49 }, { 6100, 20 }, "not_moving", "not moving for 4m" },
		{ { 20000, 245000 }, { 4, 49 }, { 3, 0 }, "not_moving", "not moving for 20s" },
		{ { 4000000, 4000000 }, { 800, 800 }, { 3, 3 }, "not_moving", "not moving for 1h06m" },
		/* one goes on: the others are what is wrong */
		{ { 245000, 2000 }, { 49, 0 }, { 6100, 20 }, "partly_not_moving",
			"not moving in 1 of 2 partitions for 4m" },
		/* nothing new to read: a control record may be all that it is behind */
		{ { 245000, 245000 }, { 49, 49 }, { 0, 0 }, "none", "" },
		/* too few readings, or over too short a time, to say so */
		{ { 245000, 245000 }, { 2, 2 }, { 9, 9 }, "none", "" },
		{ { 14000, 14000 }, { 9, 9 }, { 9, 9 }, "none", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct snapshot *s;
		struct group *g = reading_group(&s);
		struct str why = { 0 };
		struct verdict v;

		for (int32_t p = 0; p < 2; p++)
			still(g, p, rows[i].ms[p], rows[i].reads[p], rows[i].arrived[p]);
		snapshot_finish(s);
		v = verdict_group(g);
		verdict_reasons(v, &why);
		assert_text(i, v.rule ? v.rule : "none", rows[i].rule);
		assert_text(i, str_text(&why), rows[i].why);
		str_release(&why);
		snapshot_unref(s);
	}
}

static void test_a_partition_that_does_not_move(void **state)
{
	struct snapshot *s;
	struct group *g = reading_group(&s);
	struct str why = { 0 };
	struct verdict v;

	(void)state;
	still(g, 0, 245000, 49, 6100);
	snapshot_finish(s);
	v = verdict_group_partition(g, &g->partitions[0]);
	assert_int_equal(v.severity, SEVERITY_CRIT);
	verdict_reasons(v, &why);
	assert_string_equal(str_text(&why), "not moving for 4m");
	assert_false(verdict_is_problem(verdict_group_partition(g, &g->partitions[1])));
	str_release(&why);
	snapshot_unref(s);
}

static void test_nobody_holds_what_does_not_move(void **state)
{
	struct snapshot *s;
	struct group *g = reading_group(&s);

	(void)state;
	g->member_count = 0;
	g->state = GROUP_EMPTY;
	still(g, 0, 245000, 49, 6100);
	still(g, 1, 245000, 49, 6100);
	snapshot_finish(s);
	expect_group(g, "no_members", SEVERITY_WARN, "no members");
	snapshot_unref(s);
}

static void test_the_worst_reason_comes_first(void **state)
{
	struct snapshot *s;
	struct group *g = reading_group(&s);

	(void)state;
	g->state = GROUP_PREPARING_REBALANCE;
	build_partition((struct topic *)s->topics, 0)->log_start = 70;
	build_partition((struct topic *)s->topics, 1)->leader = -1;
	build_commit(g, "gone", 0, 5);
	snapshot_finish(s);
	expect_group(g, "no_leader", SEVERITY_CRIT,
		"no leader in 1 partition; lost 10 records; rebalancing; unassigned: 1 partition; topic missing: 1 partition");
	snapshot_unref(s);
}

static void test_leaders_that_are_not_preferred(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 3);
	struct str why = { 0 };

	(void)state;
	build_partition(t, 1)->leader = 2;
	build_partition(t, 2)->leader = 3;
	snapshot_finish(s);
	assert_int_equal(verdict_topic(t).severity, SEVERITY_WARN);
	verdict_reasons(verdict_topic(t), &why);
	assert_string_equal(str_text(&why), "2 not preferred");
	str_clear(&why);
	assert_int_equal(verdict_partition(t, &t->partitions[1]).severity, SEVERITY_WARN);
	verdict_reasons(verdict_partition(t, &t->partitions[1]), &why);
	assert_string_equal(str_text(&why), "preferred leader is 1");
	assert_false(verdict_is_problem(verdict_partition(t, &t->partitions[0])));
	str_release(&why);
	snapshot_unref(s);
}

static void test_the_worst_reason_alone(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 2);
	struct str why = { 0 };

	(void)state;
	build_partition(t, 0)->leader = -1;
	build_partition(t, 1)->leader = 2;
	build_partition(t, 1)->isr_count = 2;
	snapshot_finish(s);
	assert_int_equal(verdict_topic(t).severity, SEVERITY_CRIT);
	verdict_reason(verdict_topic(t), &why);
	assert_string_equal(str_text(&why), "1 offline");
	str_clear(&why);
	verdict_reasons(verdict_topic(t), &why);
	assert_string_equal(str_text(&why), "1 offline; 1 under-repl.; 1 not preferred");
	str_release(&why);
	snapshot_unref(s);
}

static void expect_cluster(const struct snapshot *s, const char *rule, enum severity severity, const char *why)
{
	struct verdict v = verdict_cluster(s);
	struct str text = { 0 };

	verdict_reason(v, &text);
	assert_string_equal(v.rule ? v.rule : "none", rule);
	assert_int_equal(v.severity, severity);
	assert_string_equal(str_text(&text), why);
	str_release(&text);
}

/* The header shows one alarm: what records suffer from comes before what brokers do. */
static void test_the_alarm_of_a_cluster(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 2);

	(void)state;
	for (int32_t i = 1; i <= 3; i++)
		build_broker(s, i)->reachable = true;
	snapshot_finish(s);
	expect_cluster(s, "none", SEVERITY_NONE, "");
	build_broker(s, 2)->reachable = false;
	expect_cluster(s, "broker_unreachable", SEVERITY_WARN, "broker 2 unreachable");
	build_broker(s, 3)->reachable = false;
	expect_cluster(s, "brokers_unreachable", SEVERITY_WARN, "2 brokers unreachable");
	build_broker(s, 3)->state = BROKER_MISSING;
	snapshot_finish(s);
	expect_cluster(s, "broker_missing", SEVERITY_WARN, "broker missing");
	build_partition(t, 1)->isr_count = 2;
	snapshot_finish(s);
	expect_cluster(s, "under_replicated", SEVERITY_WARN, "1 under-replicated");
	build_partition(t, 1)->isr_count = 1;
	snapshot_finish(s);
	expect_cluster(s, "under_min_isr", SEVERITY_CRIT, "1 under min ISR");
	build_partition(t, 0)->leader = -1;
	snapshot_finish(s);
	expect_cluster(s, "offline", SEVERITY_CRIT, "1 offline");
	snapshot_unref(s);
}

static void test_brokers(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 2);
	struct broker *b = build_broker(s, 3);
	struct str why = { 0 };

	(void)state;
	b->reachable = true;
	snapshot_finish(s);
	assert_false(verdict_is_problem(verdict_broker(b)));
	build_partition(t, 0)->isr_count = 2;
	snapshot_finish(s);
	assert_int_equal(verdict_broker(b).severity, SEVERITY_WARN);
	assert_int_equal(verdict_figure(verdict_broker(b), "out_of_sync"), SEVERITY_WARN);
	assert_int_equal(verdict_figure(verdict_broker(b), "state"), SEVERITY_NONE);
	b->reachable = false;
	assert_int_equal(verdict_figure(verdict_broker(b), "state"), SEVERITY_CRIT);
	verdict_reasons(verdict_broker(b), &why);
	assert_string_equal(str_text(&why), "unreachable; 1 replica out of sync");
	str_clear(&why);
	b->state = BROKER_MISSING;
	verdict_reason(verdict_broker(b), &why);
	assert_string_equal(str_text(&why), "missing");
	str_release(&why);
	snapshot_unref(s);
}

static void test_a_connection(void **state)
{
	static const struct {
		struct connection connection;
		const char *rule, *why;
	} rows[] = {
		{ { .state = CONNECTION_UP }, "none", "" },
		{ { .state = CONNECTION_CONNECTING }, "none", "" },
		{ { .state = CONNECTION_CONNECTING, .error = "timed out" }, "failing", "timed out" },
		{ { .state = CONNECTION_CONNECTING, .error = "wrong password", .refused = true }, "refused",
			"wrong password" },
		{ { .state = CONNECTION_LOST, .error = "reset by peer" }, "lost", "reset by peer" },
		{ { .state = CONNECTION_LOST }, "lost", "no broker answers" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verdict v = verdict_connection(&rows[i].connection);
		struct str why = { 0 };

		verdict_reasons(v, &why);
		assert_text(i, v.rule ? v.rule : "none", rows[i].rule);
		assert_text(i, str_text(&why), rows[i].why);
		str_release(&why);
	}
}

/* Worth a mark in its column, and no reason to list the group among the problems. */
static void test_advice_marks_its_figure_only(void **state)
{
	struct snapshot *s;
	struct group *g = reading_group(&s);

	(void)state;
	build_member(s, g, "idle", "t", 0, -1);
	g->state = GROUP_STABLE;
	snapshot_finish(s);
	assert_false(verdict_is_problem(verdict_group(g)));
	assert_int_equal(verdict_figure(verdict_group(g), "spread"), SEVERITY_WARN);
	assert_true(verdict_is_problem(verdict_member(g, &g->members[0])));
	assert_false(verdict_is_problem(verdict_member(g, &g->members[1])));
	snapshot_unref(s);
}

static void test_bad_news(void **state)
{
	struct group g = { .state = GROUP_STABLE };

	(void)state;
	assert_int_equal(verdict_event(EVENT_TOPIC_DELETED, NULL).severity, SEVERITY_WARN);
	assert_int_equal(verdict_event(EVENT_TOPIC_CREATED, NULL).severity, SEVERITY_NONE);
	assert_int_equal(verdict_event(EVENT_GROUP_STATE, &g).severity, SEVERITY_NONE);
	g.state = GROUP_EMPTY;
	assert_int_equal(verdict_event(EVENT_GROUP_STATE, &g).severity, SEVERITY_WARN);
}

/* The first rule that holds is the verdict: so the worst must come first, and a name must mean one rule. */
static void test_the_table_of_rules(void **state)
{
	size_t of_subject[VERDICT_SUBJECT_COUNT] = { 0 };

	(void)state;
	for (size_t i = 0; i < verdict_rule_count; i++) {
		const struct verdict_rule *rule = &verdict_rules[i];

		assert_true(i == 0 || verdict_rules[i - 1].subject <= rule->subject);
		assert_true(++of_subject[rule->subject] <= 64);
		assert_true(rule->severity == SEVERITY_WARN || rule->severity == SEVERITY_CRIT);
		assert_true(rule->advice ? !rule->words : rule->words || rule->subject == VERDICT_EVENT);
		for (size_t k = 0; k < i; k++) {
			if (verdict_rules[k].subject != rule->subject)
				continue;
			assert_string_not_equal(verdict_rules[k].name, rule->name);
			assert_true(verdict_rules[k].severity >= rule->severity);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_table_of_rules),
		cmocka_unit_test(test_the_alarm_of_a_cluster),
		cmocka_unit_test(test_brokers),
		cmocka_unit_test(test_a_connection),
		cmocka_unit_test(test_advice_marks_its_figure_only),
		cmocka_unit_test(test_bad_news),
		cmocka_unit_test(test_a_group_that_does_not_move),
		cmocka_unit_test(test_a_partition_that_does_not_move),
		cmocka_unit_test(test_nobody_holds_what_does_not_move),
		cmocka_unit_test(test_the_worst_reason_comes_first),
		cmocka_unit_test(test_leaders_that_are_not_preferred),
		cmocka_unit_test(test_the_worst_reason_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
