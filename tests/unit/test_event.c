/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "tests/unit/build.h"

/* Two equal clusters; each test changes the second one. */
struct pair {
	struct snapshot *before, *after;
};

static struct snapshot *build_one(void)
{
	struct snapshot *s = build_cluster(3);
	struct group *g;

	build_topic(s, "orders", 6);
	build_topic(s, "clicks", 2);
	g = build_group(s, "invoices");
	build_commit(g, "orders", 0, 50);
	build_commit(g, "orders", 1, 60);
	build_member(s, g, "worker-5", "orders", 0, 1);
	build_member(s, g, "worker-7", "orders", 2, 3);
	return s;
}

static struct pair build_pair(void)
{
	return (struct pair){ build_one(), build_one() };
}

/* Each event as "kind|severity|subject|text", one a line. */
static void check(struct pair pair, const char *want)
{
	const struct event *events;
	char got[2000] = "";

	snapshot_finish(pair.before);
	snapshot_finish(pair.after);
	size_t count = events_between(pair.before, pair.after, 11, pair.after->arena, &events);

	for (size_t i = 0; i < count; i++) {
		size_t at = strlen(got);

		snprintf(got + at, sizeof(got) - at, "%s|%d|%s|%s\n", event_kind_name(events[i].kind),
			events[i].severity, events[i].subject, events[i].text);
		assert_int_equal(events[i].seq, 11 + i);
		assert_int_equal(events[i].wall_ms, pair.after->wall_ms);
	}
	assert_string_equal(got, want);
	snapshot_unref(pair.before);
	snapshot_unref(pair.after);
}

static void a_loss_that_goes_on_is_one_event(void **state)
{
	const struct event first = { .wall_ms = 60000,
		.began_ms = 60000,
		.kind = EVENT_RECORDS_LOST,
		.subject = "audit",
		.records = 1200 };
	struct event next = { .wall_ms = 90000,
		.began_ms = 90000,
		.kind = EVENT_RECORDS_LOST,
		.subject = "audit",
		.records = 34 };
	struct event later = { .wall_ms = 60000 + 11 * 60000, .kind = EVENT_RECORDS_LOST, .subject = "audit" };
	struct event other = { .wall_ms = 90000, .kind = EVENT_RECORDS_LOST, .subject = "checkout" };
	struct event rewound = { .wall_ms = 90000, .kind = EVENT_OFFSETS_REWOUND, .subject = "audit" };
	struct str text = { 0 };

	(void)state;
	assert_false(event_continues(&first, &later, &text));
	assert_false(event_continues(&first, &other, &text));
	assert_false(event_continues(&first, &rewound, &text));
	assert_int_equal(text.len, 0);
	assert_true(event_continues(&first, &next, &text));
	assert_string_equal(str_text(&text), "1,234 unread records deleted by retention in 30s");
	assert_int_equal(next.records, 1234);
	assert_int_equal(next.began_ms, 60000);
	str_release(&text);
}

static void rebalances_in_a_row_are_one_event(void **state)
{
	struct event first = { .wall_ms = 60000,
		.began_ms = 60000,
		.kind = EVENT_GROUP_REBALANCED,
		.subject = "audit" };
	struct event step = { .wall_ms = 70000,
		.began_ms = 70000,
		.kind = EVENT_GROUP_STATE,
		.subject = "audit",
		.passing = true };
	struct event emptied = { .wall_ms = 70000, .kind = EVENT_GROUP_STATE, .subject = "audit" };
	struct event second = { .wall_ms = 75000,
		.began_ms = 75000,
		.kind = EVENT_GROUP_REBALANCED,
		.subject = "audit" };
	struct event third = { .wall_ms = 90000,
		.began_ms = 90000,
		.kind = EVENT_GROUP_REBALANCED,
		.subject = "audit" };
	struct event other = { .wall_ms = 90000, .kind = EVENT_GROUP_REBALANCED, .subject = "checkout" };
	struct str text = { 0 };

	(void)state;
	assert_false(event_continues(&first, &other, &text));
	assert_false(event_continues(&emptied, &second, &text)); /* that members were gone stays */
	assert_true(event_continues(&step, &second, &text));
	assert_true(event_continues(&first, &second, &text));
	assert_int_equal(second.times, 2);
	assert_true(event_continues(&second, &third, &text));
	assert_int_equal(third.times, 3);
	assert_int_equal(third.began_ms, 60000);
	assert_int_equal(text.len, 0); /* what happened last stands */
	str_release(&text);
}

static struct topic *topic_at(struct snapshot *s, size_t i)
{
	return (struct topic *)&s->topics[i];
}

static struct group *group_at(struct snapshot *s, size_t i)
{
	return (struct group *)&s->groups[i];
}

static void test_nothing_happened(void **state)
{
	const struct event *events;

	(void)state;
	check(build_pair(), "");
	struct snapshot *s = build_one();
	assert_int_equal(events_between(NULL, s, 1, s->arena, &events), 0);
	snapshot_unref(s);
}

static void test_a_broker_leaves(void **state)
{
	struct pair p = build_pair();

	(void)state;
	build_broker(p.after, 1)->state = BROKER_MISSING;
	for (int32_t i = 0; i < 6; i++) {
		static const int32_t rest[] = { 2, 3 };
		struct partition *part = build_partition(topic_at(p.after, 0), i);

		part->leader = 2;
		part->isr = rest;
		part->isr_count = 2;
	}
	struct partition *one = build_partition(topic_at(p.after, 1), 1);
	one->leader = -1;
	check(p,
		"broker-gone|3|broker 1|gone\n"
		"leader-moved|2|cluster|6 partition leaders moved, led by broker 1 before; first orders-0\n"
		"leader-lost|3|clicks-1|leader 1 -> none\n");
}

static void test_many_changes_name_a_broker_only_when_it_is_one(void **state)
{
	struct pair p = build_pair();

	(void)state;
	for (int32_t i = 0; i < 6; i++) {
		build_partition(topic_at(p.before, 0), i)->leader = i == 3 ? 2 : 1;
		build_partition(topic_at(p.after, 0), i)->leader = 3;
	}
	check(p, "leader-moved|0|cluster|6 partition leaders moved; first orders-0\n");
}

static void test_leader_and_isr(void **state)
{
	static const int32_t rest[] = { 2, 3 }, last[] = { 3 };
	struct pair p = build_pair();

	(void)state;
	struct partition *part = build_partition(topic_at(p.after, 0), 3);
	part->leader = 2;
	part->isr = rest;
	part->isr_count = 2;
	part = build_partition(topic_at(p.after, 0), 4);
	part->isr = last;
	part->isr_count = 1;
	part = build_partition(topic_at(p.before, 0), 5);
	part->leader = -1;
	part = build_partition(topic_at(p.before, 1), 0);
	part->isr = rest;
	part->isr_count = 2;
	check(p,
		"leader-moved|2|orders-3|leader 1 -> 2, ISR 3 -> 2 (broker 1 out)\n"
		"leader-elected|1|orders-5|leader none -> 1\n"
		"isr-shrank|3|orders-4|ISR 3 -> 1 (broker 1, 2 out)\n"
		"isr-grew|1|clicks-0|ISR 2 -> 3 (broker 1 in)\n");
}

static void test_brokers_come_and_the_controller_moves(void **state)
{
	struct pair p = build_pair();

	(void)state;
	build_broker(p.before, 2)->state = BROKER_MISSING;
	((struct broker *)p.after->brokers)[3] = (struct broker){ .id = 4, .host = "host" };
	p.after->broker_count = 4;
	p.before->controller_id = 1;
	p.after->controller_id = 3;
	check(p,
		"broker-back|1|broker 2|back\n"
		"broker-new|0|broker 4|new\n"
		"controller-moved|0|controller|1 -> 3\n");
}

static void test_topics(void **state)
{
	struct pair p = build_pair();

	(void)state;
	build_topic(p.before, "old", 1);
	build_topic(p.after, "fresh", 2);
	topic_at(p.after, 1)->id_low = 8;
	topic_at(p.before, 0)->partition_count = 4;
	check(p,
		"topic-created|0|fresh|created with 2 partitions\n"
		"topic-deleted|2|old|deleted\n"
		"topic-recreated|2|clicks|deleted and created anew with 2 partitions\n"
		"partitions-added|0|orders|partitions 4 -> 6\n");
}

static void test_groups(void **state)
{
	struct pair p = build_pair();

	(void)state;
	build_group(p.before, "left-us");
	build_group(p.after, "arrived");
	struct group *g = group_at(p.after, 0);
	g->rebalances = 1;
	g->member_count = 1;
	build_member(p.after, g, "worker-9", "orders", 2, 3);
	build_member(p.after, g, "worker-8", "orders", 4, 4);
	g->partitions[0].committed = 20;
	build_partition(topic_at(p.after, 0), 1)->log_start = 75;
	check(p,
		"group-new|0|arrived|new\n"
		"group-gone|0|left-us|gone\n"
		"group-rebalanced|0|invoices|rebalanced: 2 -> 3 members, left: worker-7 at 10.0.4.17, "
		"joined: worker-8 at 10.0.4.17, worker-9 at 10.0.4.17\n"
		"offsets-rewound|2|invoices|committed offsets rewound by 30 on orders-0\n"
		"records-lost|3|invoices|15 unread records deleted by retention on orders-1\n");
}

static void test_group_states(void **state)
{
	static const struct {
		enum group_state before, after;
		int rebalances;
		const char *want;
	} rows[] = {
		{ GROUP_STABLE, GROUP_EMPTY, 0, "group-state|2|invoices|Stable -> Empty\n" },
		{ GROUP_EMPTY, GROUP_STABLE, 0, "group-state|1|invoices|Empty -> Stable\n" },
		{ GROUP_STABLE, GROUP_PREPARING_REBALANCE, 0, "group-state|0|invoices|Stable -> PreparingRebalance\n" },
		{ GROUP_PREPARING_REBALANCE, GROUP_COMPLETING_REBALANCE, 0, "" },
		{ GROUP_PREPARING_REBALANCE, GROUP_STABLE, 1, "group-rebalanced|0|invoices|rebalanced: 2 members\n" },
		{ GROUP_STABLE, GROUP_STATE_UNKNOWN, 0, "" },
		{ GROUP_STABLE, GROUP_DEAD, 0, "group-state|2|invoices|Stable -> Dead\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pair p = build_pair();

		group_at(p.before, 0)->state = rows[i].before;
		group_at(p.after, 0)->state = rows[i].after;
		group_at(p.after, 0)->rebalances = rows[i].rebalances;
		check(p, rows[i].want);
	}
}

static void test_the_connection(void **state)
{
	struct pair p = build_pair();

	(void)state;
	p.after->connection =
		(struct connection){ .state = CONNECTION_LOST, .bootstrap = "k:9092", .error = "refused" };
	check(p, "connection-lost|3|connection|refused\n");
	p = build_pair();
	p.before->connection.state = CONNECTION_LOST;
	check(p, "connection-back|1|connection|brokers answer again\n");
}

static void test_stale_parts_are_not_compared(void **state)
{
	struct pair p = build_pair();

	(void)state;
	build_broker(p.after, 1)->state = BROKER_MISSING;
	build_partition(topic_at(p.after, 0), 0)->leader = 3;
	build_topic(p.before, "old", 1);
	p.after->metadata_origin.failed_at_ms = 1000;
	check(p, "");

	p = build_pair();
	build_partition(topic_at(p.after, 0), 0)->leader = 3;
	topic_at(p.after, 0)->origin.failed_at_ms = 1000;
	check(p, "");

	p = build_pair();
	build_group(p.before, "hidden");
	p.after->groups_origin.failed_at_ms = 1000;
	check(p, "");

	p = build_pair();
	group_at(p.after, 0)->partitions[0].committed = 1;
	group_at(p.after, 0)->commit_origin.failed_at_ms = 1000;
	check(p, "");
}

static void test_a_topic_made_anew_rewinds_nothing(void **state)
{
	struct pair p = build_pair();

	(void)state;
	topic_at(p.after, 0)->id_low = 99;
	group_at(p.after, 0)->partitions[0].committed = 1;
	check(p, "topic-recreated|2|orders|deleted and created anew with 6 partitions\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_loss_that_goes_on_is_one_event),
		cmocka_unit_test(rebalances_in_a_row_are_one_event),
		cmocka_unit_test(test_nothing_happened),
		cmocka_unit_test(test_a_broker_leaves),
		cmocka_unit_test(test_many_changes_name_a_broker_only_when_it_is_one),
		cmocka_unit_test(test_leader_and_isr),
		cmocka_unit_test(test_brokers_come_and_the_controller_moves),
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_group_states),
		cmocka_unit_test(test_the_connection),
		cmocka_unit_test(test_stale_parts_are_not_compared),
		cmocka_unit_test(test_a_topic_made_anew_rewinds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
