/* SPDX-License-Identifier: BSD-2-Clause */
/* A sampler whose brokers stop, come back, answer late, refuse or move a leader. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "tests/fault/mock.h"

enum { KEY_LIST_OFFSETS = 2 }; /* the API key; Kafka's protocol guide */

static const struct partition *partition(const struct snapshot *s, const char *topic, int32_t id)
{
	const struct topic *t = snapshot_topic(s, topic);

	return t ? topic_partition_find(t, id) : NULL;
}

static bool all_known(const struct snapshot *s, const void *arg)
{
	unsigned needs = NEED_METADATA | NEED_ENDS | NEED_STARTS;

	(void)arg;
	return s->topic_count > 0 && (s->ready & needs) == needs && s->totals.ends_unknown == 0;
}

static void start(struct mock *m)
{
	mock_topic(m, "orders", 6);
	mock_produce(m, "orders", 0, 10);
	mock_produce(m, "orders", 1, 20);
	mock_sample(m);
	mock_until(m, all_known, NULL, "all offsets are known");
}

static void test_figures_are_the_cluster_s(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;

	start(m);
	s = m->last;
	assert_int_equal(s->connection.state, CONNECTION_UP);
	assert_null(s->connection.error);
	assert_int_equal(s->totals.brokers_up, 3);
	assert_int_equal(s->topic_count, 1);
	assert_int_equal(s->topics[0].partition_count, 6);
	assert_int_equal(s->controller_id, -1);
	assert_int_equal(partition(s, "orders", 0)->high_watermark, 10);
	assert_int_equal(partition(s, "orders", 1)->high_watermark, 20);
	assert_int_equal(partition(s, "orders", 2)->high_watermark, 0);
	assert_int_equal(partition(s, "orders", 1)->log_start, 0);
	assert_int_equal(partition(s, "orders", 1)->leader, 2);
	assert_int_equal(partition(s, "orders", 1)->last_stable, OFFSET_UNKNOWN);
}

static bool end_is_20(const struct snapshot *s, const void *arg)
{
	const struct partition *p = partition(s, "orders", 0);

	(void)arg;
	return p && p->high_watermark == 20 && p->in_per_s > 0;
}

static void test_rates_come_from_successive_ends(void **state)
{
	struct mock *m = *state;
	const struct partition *p;

	start(m);
	mock_produce(m, "orders", 0, 10);
	p = partition(mock_until(m, end_is_20, NULL, "the end moved on"), "orders", 0);
	/* 10 records between two readings that are at least most of a period apart. */
	assert_true(p->in_per_s <= 10 * 1000.0 / (MOCK_INTERVAL_MS / 4));
}

static bool broker_2_fails(const struct snapshot *s, const void *arg)
{
	const struct broker *b = snapshot_broker(s, 2);

	(void)arg;
	return b && !b->reachable && b->error;
}

static bool only_2_is_stale(const struct snapshot *s, const void *arg)
{
	const struct partition *lost = partition(s, "orders", 1), *kept = partition(s, "orders", 0);

	(void)arg;
	return lost->end_origin.error && !kept->end_origin.error && kept->high_watermark == 15;
}

static bool all_is_well(const struct snapshot *s, const void *arg)
{
	const struct broker *b = snapshot_broker(s, 2);

	(void)arg;
	return b->reachable && !partition(s, "orders", 1)->end_origin.error &&
		partition(s, "orders", 1)->end_origin.at_ms > partition(s, "orders", 1)->end_origin.failed_at_ms &&
		s->connection.state == CONNECTION_UP;
}

static void test_a_broker_goes_and_comes_back(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;
	int64_t before_ms, down_ms;

	start(m);
	before_ms = partition(m->last, "orders", 1)->end_origin.at_ms;
	down_ms = clock_mono_ms();
	rd_kafka_mock_broker_set_down(m->cluster, 2);
	s = mock_until(m, broker_2_fails, NULL, "broker 2 is unreachable");
	assert_true(clock_mono_ms() - down_ms < 2000);
	assert_int_equal(s->connection.state, CONNECTION_UP);
	mock_produce(m, "orders", 0, 5);
	s = mock_until(m, only_2_is_stale, NULL, "only broker 2's figures are stale");
	assert_int_equal(partition(s, "orders", 1)->high_watermark, 20);
	assert_true(partition(s, "orders", 1)->end_origin.at_ms >= before_ms);
	assert_true(partition(s, "orders", 1)->end_origin.failed_at_ms > partition(s, "orders", 1)->end_origin.at_ms);
	rd_kafka_mock_broker_set_up(m->cluster, 2);
	mock_until(m, all_is_well, NULL, "broker 2 is back");
}

static bool connection_is_lost(const struct snapshot *s, const void *arg)
{
	(void)arg;
	return s->connection.state == CONNECTION_LOST && s->connection.error;
}

static bool metadata_failed(const struct snapshot *s, const void *arg)
{
	(void)arg;
	return s->metadata_origin.error != NULL;
}

static bool connection_is_up(const struct snapshot *s, const void *arg)
{
	const int64_t *after_ms = arg;

	return s->connection.state == CONNECTION_UP && !s->connection.error && !s->metadata_origin.error &&
		s->metadata_origin.at_ms > *after_ms;
}

static void test_all_brokers_go_and_come_back(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;
	int64_t down_ms;

	start(m);
	down_ms = clock_mono_ms();
	for (int i = 1; i <= MOCK_BROKERS; i++)
		rd_kafka_mock_broker_set_down(m->cluster, i);
	s = mock_until(m, connection_is_lost, NULL, "the connection is lost");
	assert_true(clock_mono_ms() - down_ms < 1000);
	s = mock_until(m, metadata_failed, NULL, "metadata failed");
	/* The last known figures are kept. */
	assert_int_equal(s->topic_count, 1);
	assert_int_equal(partition(s, "orders", 1)->high_watermark, 20);
	for (int i = 1; i <= MOCK_BROKERS; i++)
		rd_kafka_mock_broker_set_up(m->cluster, i);
	mock_until(m, connection_is_up, &down_ms, "the connection is back");
}

static bool leads_1(const struct snapshot *s, const void *arg)
{
	const struct partition *p = partition(s, "orders", 1);

	(void)arg;
	return p->leader == 1 && p->high_watermark == 23 && !p->end_origin.error;
}

static void test_a_leader_moves(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;

	start(m);
	rd_kafka_mock_partition_set_leader(m->cluster, "orders", 1, 1);
	mock_produce(m, "orders", 1, 3);
	s = mock_until(m, leads_1, NULL, "the new leader answers");
	assert_true(s->event_count >= 1);
}

static bool no_leader(const struct snapshot *s, const void *arg)
{
	const struct partition *p = partition(s, "orders", 1);

	(void)arg;
	return p->leader == -1 && p->end_origin.error;
}

static void test_a_leader_is_lost(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;

	start(m);
	rd_kafka_mock_partition_set_leader(m->cluster, "orders", 1, -1);
	s = mock_until(m, no_leader, NULL, "a partition has no leader");
	assert_int_equal(partition(s, "orders", 1)->high_watermark, 20);
	assert_int_equal(s->totals.offline, 1);
	assert_null(partition(s, "orders", 0)->end_origin.error);
	rd_kafka_mock_partition_set_leader(m->cluster, "orders", 1, 2);
	mock_until(m, all_is_well, NULL, "it has one again");
}

struct lateness {
	int32_t slow, quick; /* partitions */
	int64_t since_ms;
};

/* The quick one was read again and again since the slow one was read last. */
static bool quick_runs_ahead(const struct snapshot *s, const void *arg)
{
	const struct lateness *l = arg;
	int64_t quick_ms = partition(s, "orders", l->quick)->end_origin.at_ms;

	return quick_ms > l->since_ms &&
		quick_ms > partition(s, "orders", l->slow)->end_origin.at_ms + 5 * MOCK_INTERVAL_MS;
}

static void test_a_slow_broker_delays_only_its_own(void **state)
{
	struct mock *m = *state;
	struct lateness late = { .slow = 1, .quick = 0 };

	start(m);
	rd_kafka_mock_broker_set_rtt(m->cluster, 2, 3000);
	late.since_ms = clock_mono_ms();
	mock_until(m, quick_runs_ahead, &late, "only the slow broker is late");
	rd_kafka_mock_broker_set_rtt(m->cluster, 2, 0);
}

static bool is_denied(const struct snapshot *s, const void *arg)
{
	const struct partition *p = partition(s, "orders", 0);

	(void)arg;
	return p->end_origin.error && p->end_origin.denied;
}

static bool is_allowed(const struct snapshot *s, const void *arg)
{
	const struct partition *p = partition(s, "orders", 0);

	(void)arg;
	return !p->end_origin.error && !p->end_origin.denied && p->end_origin.failed_at_ms == 0;
}

static void test_refused_offsets_say_so(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;
	rd_kafka_resp_err_t errors[60];

	start(m);
	for (size_t i = 0; i < COUNT(errors); i++)
		errors[i] = RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;
	rd_kafka_mock_push_request_errors_array(m->cluster, KEY_LIST_OFFSETS, COUNT(errors), errors);
	s = mock_until(m, is_denied, NULL, "a partition is denied");
	assert_int_equal(partition(s, "orders", 0)->high_watermark, 10);
	assert_string_equal(partition(s, "orders", 0)->end_origin.error,
		"Topic authorization failed (needs DESCRIBE on the topic)");
	rd_kafka_mock_clear_request_errors(m->cluster, KEY_LIST_OFFSETS);
	mock_until(m, is_allowed, NULL, "it is allowed again");
}

static bool is_read_after(const struct snapshot *s, const void *arg)
{
	return s->metadata_origin.at_ms > *(const int64_t *)arg;
}

/* A number that somebody typed is no broker: it must not be missed from now on. */
static void test_who_is_asked_about_is_not_known_by_that(void **state)
{
	struct mock *m = *state;
	struct demand *demand = demand_new();
	int64_t asked_ms;

	start(m);
	demand->needs = NEED_METADATA | NEED_ENDS | NEED_BROKER_CONFIG;
	demand->interval_ms = MOCK_INTERVAL_MS;
	demand_add_broker(demand, 99);
	sampler_demand(m->sampler, demand);
	asked_ms = clock_mono_ms() + MOCK_INTERVAL_MS;
	assert_int_equal(mock_until(m, is_read_after, &asked_ms, "metadata was read again")->broker_count,
		MOCK_BROKERS);
}

static bool topic_is_denied(const struct snapshot *s, const void *arg)
{
	const struct topic *t = snapshot_topic(s, "orders");

	(void)arg;
	return t && t->origin.denied;
}

static void test_a_refused_topic_keeps_its_figures(void **state)
{
	struct mock *m = *state;
	const struct snapshot *s;

	start(m);
	mock_topic(m, "other", 1);
	rd_kafka_mock_topic_set_error(m->cluster, "orders", RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
	s = mock_until(m, topic_is_denied, NULL, "the topic is denied");
	assert_int_equal(partition(s, "orders", 1)->high_watermark, 20);
	assert_null(s->metadata_origin.error);
}

static void test_stopping_does_not_wait_for_a_broker(void **state)
{
	struct mock *m = *state;
	int64_t since_ms;

	start(m);
	for (int i = 1; i <= MOCK_BROKERS; i++)
		rd_kafka_mock_broker_set_rtt(m->cluster, i, 4000);
	since_ms = clock_mono_ms() + 2 * MOCK_INTERVAL_MS;
	while (clock_mono_ms() < since_ms) /* until calls are open that nobody answers */
		mock_until(m, all_known, NULL, "something is known");
	since_ms = clock_mono_ms();
	sampler_stop(m->sampler, 100);
	m->sampler = NULL;
	assert_true(clock_mono_ms() - since_ms < 1500);
	for (int i = 1; i <= MOCK_BROKERS; i++)
		rd_kafka_mock_broker_set_rtt(m->cluster, i, 0);
	mock_await_threads(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MOCK_TEST(test_figures_are_the_cluster_s),
		MOCK_TEST(test_rates_come_from_successive_ends),
		MOCK_TEST(test_a_broker_goes_and_comes_back),
		MOCK_TEST(test_all_brokers_go_and_come_back),
		MOCK_TEST(test_a_leader_moves),
		MOCK_TEST(test_a_leader_is_lost),
		MOCK_TEST(test_a_slow_broker_delays_only_its_own),
		MOCK_TEST(test_refused_offsets_say_so),
		MOCK_TEST(test_a_refused_topic_keeps_its_figures),
		MOCK_TEST(test_who_is_asked_about_is_not_known_by_that),
		MOCK_TEST(test_stopping_does_not_wait_for_a_broker),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
