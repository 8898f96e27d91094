/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <time.h>

#include "tests/unit/build.h"

static const struct group_partition *row_of(const struct group *g, const char *topic, int32_t partition)
{
	for (int32_t i = 0; i < g->partition_count; i++)
		if (!strcmp(g->partitions[i].topic, topic) && g->partitions[i].partition == partition)
			return &g->partitions[i];
	return NULL;
}

static void test_a_new_one_knows_nothing(void **state)
{
	struct snapshot *s = snapshot_new(0);

	(void)state;
	snapshot_finish(s);
	assert_int_equal(s->controller_id, -1);
	assert_int_equal(s->totals.under_min_isr, -1);
	assert_int_equal(s->totals.lag, OFFSET_UNKNOWN);
	assert_true(isnan(s->totals.in_per_s) && isnan(s->totals.out_per_s) && isnan(s->cost.requests_per_s));
	assert_null(snapshot_broker(s, 1));
	assert_null(snapshot_topic(s, "t"));
	assert_null(snapshot_group(s, "g"));
	snapshot_ref(s);
	snapshot_unref(s);
	assert_int_equal(s->controller_id, -1);
	snapshot_unref(s);
	snapshot_unref(NULL);
}

static void test_topics_and_brokers(void **state)
{
	struct snapshot *s = build_cluster(2); /* broker 3 is only in replica lists */
	struct topic *b = build_topic(s, "b", 4);
	struct topic *a = build_topic(s, "a", 1);

	(void)state;
	build_partition(b, 0)->in_per_s = 10;
	build_partition(b, 1)->leader = -1;
	build_partition(b, 1)->isr_count = 1;
	build_partition(b, 1)->high_watermark = OFFSET_UNKNOWN;
	build_partition(b, 2)->leader = 2;
	build_partition(b, 2)->isr_count = 2;
	build_partition(b, 2)->in_per_s = 5;
	build_partition(b, 3)->high_watermark = OFFSET_UNKNOWN;
	a->settings.min_isr = -1;
	snapshot_finish(s);

	assert_string_equal(s->topics[0].name, "a");
	const struct topic *t = snapshot_topic(s, "b");
	assert_int_equal(t->offline, 1);
	assert_int_equal(t->under_replicated, 2);
	assert_int_equal(t->under_min_isr, 1);
	assert_int_equal(t->replication, 3);
	assert_int_equal(t->records, 200);
	assert_int_equal(t->records_unknown, 2);
	assert_float_equal(t->in_per_s, 15, 0);
	assert_int_equal(t->partitions[0].offline, 1);
	t = snapshot_topic(s, "a");
	assert_int_equal(t->under_min_isr, -1);
	assert_true(isnan(t->in_per_s));

	assert_int_equal(s->broker_count, 3);
	const struct broker *missing = snapshot_broker(s, 3);
	assert_int_equal(missing->state, BROKER_MISSING);
	assert_int_equal(missing->replicas, 5);
	assert_int_equal(missing->in_sync, 3);
	assert_int_equal(missing->port, -1);
	assert_true(isnan(snapshot_broker_skew(s, missing)));
	const struct broker *one = snapshot_broker(s, 1);
	assert_int_equal(one->leaders, 3);
	assert_int_equal(one->in_sync, 5);
	assert_float_equal(one->in_per_s, 10, 0);
	assert_float_equal(snapshot_broker_skew(s, one), 0.5, 1e-9);
	assert_null(snapshot_broker(s, 4));

	assert_int_equal(s->totals.brokers_up, 2);
	assert_int_equal(s->totals.brokers_known, 3);
	assert_int_equal(s->totals.partitions, 5);
	assert_int_equal(s->totals.offline, 1);
	assert_int_equal(s->totals.under_replicated, 2);
	assert_int_equal(s->totals.under_min_isr, 1);
	assert_int_equal(s->totals.ends_unknown, 1);
	assert_float_equal(s->totals.in_per_s, 15, 0);
	snapshot_unref(s);
}

static void test_none_under_min_isr_needs_every_topic(void **state)
{
	struct snapshot *s = build_cluster(3);

	(void)state;
	build_topic(s, "a", 1);
	build_topic(s, "b", 1)->settings.min_isr = -1;
	snapshot_finish(s);
	assert_int_equal(s->totals.under_min_isr, -1);
	snapshot_unref(s);
	s = build_cluster(3);
	build_topic(s, "a", 1);
	snapshot_finish(s);
	assert_int_equal(s->totals.under_min_isr, 0);
	snapshot_unref(s);
}

static void test_rows_are_committed_and_assigned(void **state)
{
	struct snapshot *s = build_cluster(3);

	(void)state;
	build_topic(s, "a", 3);
	struct topic *b = build_topic(s, "b", 1);
	build_partition(b, 0)->log_start = 40;
	struct group *g = build_group(s, "g");
	build_commit(g, "b", 0, 30);
	build_commit(g, "gone", 0, 5);
	build_commit(g, "a", 1, 70);
	build_commit(g, "a", 0, 120);
	build_member(s, g, "m2", "a", 1, 2);
	build_member(s, g, "m1", "b", 0, 0);
	build_member(s, g, "m3", "new", 0, 0);
	build_member(s, g, "m4", "a", 2, 2); /* two name the same partition */
	snapshot_finish(s);

	assert_int_equal(g->partition_count, 6);
	for (int32_t i = 1; i < g->partition_count; i++)
		assert_true(strcmp(g->partitions[i - 1].topic, g->partitions[i].topic) <= 0);
	const struct group_partition *row = row_of(g, "a", 0);
	assert_int_equal(row->note, LAG_BEYOND_END);
	assert_int_equal(row->beyond, 20);
	assert_int_equal(row->lag, OFFSET_UNKNOWN);
	assert_int_equal(row->member, -1);
	row = row_of(g, "a", 1);
	assert_int_equal(row->lag, 30);
	assert_string_equal(g->members[row->member].id, "m2");
	row = row_of(g, "a", 2);
	assert_int_equal(row->note, LAG_NO_COMMIT);
	assert_int_equal(row->committed, OFFSET_UNKNOWN);
	assert_true(isnan(row->out_per_s));
	assert_string_equal(g->members[row->member].id, "m2");
	assert_ptr_equal(row->topic_ref, snapshot_topic(s, "a"));
	assert_int_equal(row->partition_ref->id, 2);
	row = row_of(g, "b", 0);
	assert_int_equal(row->lag, 60);
	assert_int_equal(row->lost, 10);
	assert_string_equal(g->members[row->member].id, "m1");
	assert_int_equal(row_of(g, "gone", 0)->note, LAG_NO_TOPIC);
	assert_int_equal(row_of(g, "new", 0)->note, LAG_NO_TOPIC);

	assert_int_equal(g->lag, 90);
	assert_int_equal(g->lost, 10);
	assert_int_equal(g->max_lag, 60);
	assert_int_equal(g->lag_unknown, 4);
	assert_int_equal(g->never_committed, 1);
	assert_int_equal(g->topic_count, 4);
	assert_int_equal(g->unassigned, 2);
	assert_int_equal(s->totals.lag, 90);

	const struct topic *a = snapshot_topic(s, "a");
	assert_int_equal(a->reader_count, 1);
	assert_ptr_equal(a->readers[0].group, g);
	assert_int_equal(a->readers[0].partitions, 3);
	assert_int_equal(a->readers[0].lag, 30);
	assert_int_equal(a->readers[0].lag_unknown, 2);
	assert_int_equal(a->readers[0].members, 1);
	snapshot_unref(s);
}

/* Two groups read t, a third has lag on one partition that is not known; nobody reads u. */
static void test_a_topic_sums_the_lag_of_its_readers(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "t", 3), *u = build_topic(s, "u", 1);
	struct group *slow = build_group(s, "slow");

	(void)state;
	build_commit(slow, "t", 0, 40);
	build_commit(build_group(s, "quick"), "t", 0, 95);
	snapshot_finish(s);
	assert_int_equal(t->reader_count, 2);
	assert_int_equal(t->lag, 65);
	assert_int_equal(t->lag_unknown, 0);
	assert_string_equal(t->worst->group->id, "slow");
	assert_int_equal(u->reader_count, 0);
	assert_int_equal(u->lag, OFFSET_UNKNOWN);
	assert_null(u->worst);
	build_commit(build_group(s, "unsure"), "t", 1, OFFSET_UNKNOWN);
	snapshot_finish(s);
	assert_int_equal(t->lag, 65);
	assert_int_equal(t->lag_unknown, 1);
	snapshot_unref(s);
}

static void test_an_older_end_proves_nothing_against_a_commit(void **state)
{
	struct snapshot *s = build_cluster(3);

	(void)state;
	build_partition(build_topic(s, "a", 2), 1)->end_origin.at_ms = 999;
	struct group *g = build_group(s, "g");
	build_commit(g, "a", 0, 120);
	build_commit(g, "a", 1, 120);
	snapshot_finish(s);

	assert_int_equal(row_of(g, "a", 0)->note, LAG_BEYOND_END);
	assert_int_equal(row_of(g, "a", 1)->note, LAG_NO_END);
	assert_int_equal(row_of(g, "a", 1)->beyond, 0);
	assert_int_equal(row_of(g, "a", 1)->lag, OFFSET_UNKNOWN);
	snapshot_unref(s);
}

static void test_unknown_is_never_zero(void **state)
{
	struct snapshot *s = build_cluster(3);

	(void)state;
	build_topic(s, "a", 2);
	struct group *unread = build_group(s, "unread");
	unread->commit_origin.at_ms = 0;
	build_member(s, unread, "m", "a", 0, 1);
	struct group *undescribed = build_group(s, "undescribed");
	undescribed->member_count = -1;
	build_commit(undescribed, "a", 0, 10);
	build_commit(undescribed, "a", 1, 10);
	undescribed->partitions[1].error = "not allowed";
	undescribed->partitions[1].committed = OFFSET_UNKNOWN;
	struct group *empty = build_group(s, "empty");
	snapshot_finish(s);

	unread = (struct group *)snapshot_group(s, "unread");
	assert_int_equal(unread->partition_count, 2);
	assert_int_equal(unread->partitions[0].note, LAG_NOT_READ);
	assert_int_equal(unread->lag, OFFSET_UNKNOWN);
	assert_int_equal(unread->never_committed, 0);
	assert_int_equal(unread->unassigned, 0);
	undescribed = (struct group *)snapshot_group(s, "undescribed");
	assert_int_equal(undescribed->unassigned, -1);
	assert_int_equal(undescribed->lag, 90);
	assert_int_equal(undescribed->partitions[0].member, -1);
	assert_int_equal(undescribed->partitions[1].note, LAG_COMMIT_ERROR);
	empty = (struct group *)snapshot_group(s, "empty");
	assert_int_equal(empty->lag, OFFSET_UNKNOWN);
	assert_int_equal(empty->max_lag, OFFSET_UNKNOWN);
	assert_int_equal(s->totals.groups_unknown, 1);
	assert_int_equal(s->totals.lag, 90);
	snapshot_unref(s);
}

static void test_read_committed_ends_at_the_last_stable_offset(void **state)
{
	struct snapshot *s = build_cluster(3);

	(void)state;
	s->read_committed = true;
	build_topic(s, "a", 1);
	struct group *g = build_group(s, "g");
	build_commit(g, "a", 0, 10);
	snapshot_finish(s);
	assert_int_equal(g->partitions[0].end, 90);
	assert_int_equal(g->lag, 80);
	snapshot_unref(s);
}

/* A leader that stopped answering: commits go on, its end stays. Nobody committed beyond the end. */
static void test_an_end_older_than_the_commit_proves_nothing(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "a", 2);

	(void)state;
	build_partition(t, 0)->end_origin.at_ms = 400;
	build_partition(t, 1)->end_origin.at_ms = 1000;
	struct group *g = build_group(s, "g");
	build_commit(g, "a", 0, 130);
	build_commit(g, "a", 1, 130);
	snapshot_finish(s);
	assert_int_equal(row_of(g, "a", 0)->note, LAG_NO_END);
	assert_int_equal(row_of(g, "a", 0)->lag, OFFSET_UNKNOWN);
	assert_int_equal(row_of(g, "a", 0)->beyond, 0);
	assert_int_equal(row_of(g, "a", 1)->note, LAG_BEYOND_END);
	snapshot_unref(s);
}

static void test_partition_ids_may_have_holes(void **state)
{
	struct snapshot *s = build_cluster(3);
	struct topic *t = build_topic(s, "a", 3);

	(void)state;
	build_partition(t, 2)->id = 1;
	build_partition(t, 1)->id = 9;
	snapshot_finish(s);
	assert_int_equal(topic_partition_find(t, 9)->id, 9);
	assert_int_equal(topic_partition_find(t, 1)->id, 1);
	assert_null(topic_partition_find(t, 2));
	assert_null(topic_partition_find(t, -1));
	snapshot_unref(s);
}

static void test_names(void **state)
{
	struct topic t = { .id_high = 0x0123456789abcdef, .id_low = 0xfedcba9876543210 };
	char text[23];

	(void)state;
	topic_id_text(&t, text);
	assert_string_equal(text, "ASNFZ4mrze_-3LqYdlQyEA");
	t = (struct topic){ .id_high = 0 };
	topic_id_text(&t, text);
	assert_string_equal(text, "");
	assert_string_equal(group_state_name(GROUP_PREPARING_REBALANCE), "PreparingRebalance");
	assert_string_equal(group_state_name(GROUP_RECONCILING), "Reconciling");
	assert_string_equal(group_type_name(GROUP_TYPE_CONSUMER), "consumer");

	struct origin o = { .at_ms = 1000 };
	assert_false(origin_is_stale(&o, 11000, 5000));
	assert_true(origin_is_stale(&o, 11001, 5000));
	o.failed_at_ms = 1001;
	assert_true(origin_is_stale(&o, 1002, 5000));
	o = (struct origin){ 0 };
	assert_true(origin_is_stale(&o, 0, 5000));
}

/* 10,000 topics of 10 partitions, 2,000 groups that committed 20 and hold them. */
static struct snapshot *build_large(void)
{
	enum { TOPICS = 10000, PARTITIONS = 10, GROUPS = 2000, ROWS = 20 };
	static const int32_t replicas[] = { 1, 2, 3 };
	struct snapshot *s = snapshot_new(1 << 20);
	struct broker *brokers = arena_array(s->arena, 3, sizeof(*brokers));
	struct topic *topics = arena_array(s->arena, TOPICS, sizeof(*topics));
	struct group *groups = arena_array(s->arena, GROUPS, sizeof(*groups));
	char name[64];

	for (int32_t i = 0; i < 3; i++)
		brokers[i].id = i + 1;
	for (int i = 0; i < TOPICS; i++) {
		struct partition *list = arena_array(s->arena, PARTITIONS, sizeof(*list));

		for (int32_t k = 0; k < PARTITIONS; k++)
			list[k] = (struct partition){ .id = k,
				.leader = k % 3 + 1,
				.replica_count = 3,
				.isr_count = 3,
				.replicas = replicas,
				.isr = replicas,
				.high_watermark = 1000,
				.in_per_s = 1 };
		snprintf(name, sizeof(name), "a-topic-of-some-length-%d", (i * 7919) % TOPICS);
		topics[i] = (struct topic){ .name = arena_strdup(s->arena, name),
			.partitions = list,
			.partition_count = PARTITIONS,
			.settings.min_isr = 1 };
	}
	for (int i = 0; i < GROUPS; i++) {
		struct group *g = &groups[i];
		struct topic_partition *held = arena_array(s->arena, ROWS, sizeof(*held));
		struct member *m = arena_array(s->arena, 1, sizeof(*m));

		snprintf(name, sizeof(name), "a-group-%d", (i * 733) % GROUPS);
		g->id = arena_strdup(s->arena, name);
		g->commit_origin.at_ms = 1;
		g->partitions = arena_array(s->arena, ROWS, sizeof(*g->partitions));
		for (int k = 0; k < ROWS; k++) {
			snprintf(name, sizeof(name), "a-topic-of-some-length-%d", (i * 31 + k * 501) % TOPICS);
			held[k] = (struct topic_partition){ arena_strdup(s->arena, name), k % PARTITIONS };
			g->partitions[g->partition_count++] = (struct group_partition){ .topic = held[k].topic,
				.partition = held[k].partition,
				.committed = 400,
				.out_per_s = 1 };
		}
		*m = (struct member){ .id = "m", .assignment = held, .assignment_count = ROWS };
		g->members = m;
		g->member_count = 1;
	}
	s->metadata_origin.at_ms = 1;
	s->brokers = brokers;
	s->broker_count = 3;
	s->topics = topics;
	s->topic_count = TOPICS;
	s->groups = groups;
	s->group_count = GROUPS;
	return s;
}

/* Processor time: other programs on the machine do not count. */
static int64_t cpu_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void test_a_large_cluster_is_joined_fast(void **state)
{
	int64_t best = INT64_MAX;

	(void)state;
	for (int round = 0; round < 3; round++) {
		struct snapshot *s = build_large();
		int64_t before = cpu_us();

		snapshot_finish(s);
		int64_t took = cpu_us() - before;
		best = took < best ? took : best;
		assert_int_equal(s->totals.lag, 2000 * 20 * 600);
		assert_int_equal(s->totals.partitions, 100000);
		snapshot_unref(s);
	}
	print_message("100,000 partitions, 2,000 groups: %lld us\n", (long long)best);
	/* The target is 10 ms; a join of all with all would take minutes. A slow machine must not fail this. */
	assert_true(best < 5000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_one_knows_nothing),
		cmocka_unit_test(test_topics_and_brokers),
		cmocka_unit_test(test_none_under_min_isr_needs_every_topic),
		cmocka_unit_test(test_rows_are_committed_and_assigned),
		cmocka_unit_test(test_a_topic_sums_the_lag_of_its_readers),
		cmocka_unit_test(test_an_older_end_proves_nothing_against_a_commit),
		cmocka_unit_test(test_unknown_is_never_zero),
		cmocka_unit_test(test_read_committed_ends_at_the_last_stable_offset),
		cmocka_unit_test(test_an_end_older_than_the_commit_proves_nothing),
		cmocka_unit_test(test_partition_ids_may_have_holes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_a_large_cluster_is_joined_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
