/* SPDX-License-Identifier: BSD-2-Clause */
/* Admin requests that brokers refuse for a moment, or permanently. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "kafka/admin.h"
#include "kafka/admin_configs.h"
#include "kafka/admin_logs.h"
#include "kafka/admin_topics.h"
#include "kafka/cluster_gate.h"
#include "tests/fault/mock.h"

enum { KEY_LIST_OFFSETS = 2, PARTITIONS = 3 }; /* the API key; Kafka's protocol guide */

static void fill(struct mock *m)
{
	mock_topic(m, "orders", PARTITIONS);
	for (int32_t i = 0; i < PARTITIONS; i++)
		mock_produce(m, "orders", i, 10 * (i + 1));
}

static struct admin *open_admin(struct mock *m, struct client_config *client)
{
	struct error err = { 0 };
	struct admin *a;

	assert_true(client_config_set(client, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(m->cluster), &err));
	a = admin_open(client, "the mock cluster", MOCK_WAIT_MS, NULL, &err);
	assert_non_null(a);
	return a;
}

/* Reads the ends of a topic whose leaders answer the first `refusals` requests with this code. */
static void ask_ends(struct mock *m, rd_kafka_resp_err_t code, size_t refusals, struct admin_offset *items)
{
	struct client_config *client = client_config_new();
	struct admin *a = open_admin(m, client);
	struct error err = { 0 };

	for (size_t i = 0; i < refusals; i++)
		rd_kafka_mock_push_request_errors(m->cluster, KEY_LIST_OFFSETS, 1, code);
	for (int32_t i = 0; i < PARTITIONS; i++)
		items[i] =
			(struct admin_offset){ .topic = "orders", .partition = i, .leader = i + 1, .at = ADMIN_LATEST };
	assert_true(admin_list_offsets(a, items, PARTITIONS, &err));
	admin_close(a);
	client_config_free(client);
}

static void test_a_leader_that_is_only_changing_is_asked_again(void **state)
{
	static const rd_kafka_resp_err_t codes[] = { RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,
		RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION };
	struct mock *m = *state;

	fill(m);
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		struct admin_offset items[PARTITIONS];

		ask_ends(m, codes[i], 2 * PARTITIONS, items);
		for (size_t k = 0; k < PARTITIONS; k++) {
			assert_null(items[k].error);
			assert_int_equal(items[k].offset, 10 * ((int64_t)k + 1));
		}
	}
}

static void test_what_is_refused_for_good_is_told(void **state)
{
	struct mock *m = *state;
	struct admin_offset items[PARTITIONS];

	fill(m);
	ask_ends(m, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, PARTITIONS, items);
	for (size_t i = 0; i < PARTITIONS; i++) {
		assert_string_equal(items[i].error, "Topic authorization failed (needs DESCRIBE on the topic)");
		assert_int_equal(items[i].offset, -1);
	}
}

static void test_one_that_stays_so_is_given_up(void **state)
{
	struct mock *m = *state;
	struct admin_offset items[PARTITIONS];
	int64_t begun_ms = clock_mono_ms();

	fill(m);
	ask_ends(m, RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH, 1000, items);
	assert_true(clock_mono_ms() - begun_ms < MOCK_WAIT_MS);
	for (size_t i = 0; i < PARTITIONS; i++)
		assert_string_equal(items[i].error, "Broker: Leader epoch is newer than broker epoch");
}

/* Tries every kind of change to a cluster. */
static void check_refused(struct admin *a)
{
	struct admin_commits commits = { 0 };
	struct admin_log_item item = { 0 };
	struct admin_setting setting = { .name = "retention.ms", .value = "1" };
	struct admin_new_topic topic = { .name = "new", .partitions = 1, .replication = 1 };
	bool sent[6], refused[9];
	struct admin_change change[3];
	struct error errs[9];

	admin_commits_add(&commits, "orders", 0)->offset = 1;
	refused[0] = !admin_alter_commits(a, "payments", &commits, &change[0], &errs[0]);
	refused[1] = !admin_delete_commits(a, "payments", &commits, &change[1], &errs[1]);
	refused[2] = !admin_delete_group(a, "payments", &change[2], &errs[2]);
	refused[3] = !admin_create_topic(a, &topic, false, &sent[0], &errs[3]);
	refused[4] = !admin_add_partitions(a, "orders", PARTITIONS + 1, NULL, 0, 0, false, &sent[1], &errs[4]);
	refused[5] = !admin_delete_topic(a, "orders", &sent[2], &errs[5]);
	refused[6] = !admin_alter_config(a, ADMIN_TOPIC, "orders", &setting, 1, false, &sent[3], &errs[6]);
	refused[7] = !admin_delete_records(a, "orders", &item, 1, &sent[4], &errs[7]);
	refused[8] = !admin_elect_leaders(a, "orders", &item, 1, &sent[5], &errs[8]);
	admin_commits_release(&commits);
	for (size_t i = 0; i < 9; i++) {
		assert_true(refused[i]);
		assert_int_equal(errs[i].code, ERR_USAGE);
		assert_string_equal(errs[i].message, "nothing is changed: the cluster was not asked for first");
	}
	for (size_t i = 0; i < 6; i++)
		assert_false(sent[i]);
	for (size_t i = 0; i < 3; i++)
		assert_false(change[i].sent);
}

static void test_a_handle_changes_nothing_before_it_is_let(void **state)
{
	struct client_config *client = client_config_new();
	struct admin *a = open_admin(*state, client);
	struct error err = { 0 };
	bool sent;

	check_refused(a);
	admin_let_change(a, true);
	/* The mock cluster may not support it; the test is that the request was sent. */
	admin_delete_topic(a, "orders", &sent, &err);
	assert_true(sent);
	admin_let_change(a, false);
	check_refused(a);
	admin_close(a);
	client_config_free(client);
}

static void test_the_gate_itself_refuses_without_a_plan_and_in_read_only_mode(void **state)
{
	struct client_config *client = client_config_new();
	struct admin *a = open_admin(*state, client);
	struct cluster_gate gate = { .client = client,
		.pin.bootstrap = "the mock cluster",
		.timeout_ms = MOCK_WAIT_MS };
	const struct producer_setup setup = { 0 };
	struct error err = { 0 };

	admin_let_change(a, true);
	assert_false(cluster_gate_allow(&gate, a, &err));
	assert_string_equal(err.message, "nothing is changed: no plan says on which cluster");
	check_refused(a);
	gate = cluster_gate_planned(&gate, "the id of a plan");
	gate.read_only = "prod";
	admin_let_change(a, true);
	assert_false(cluster_gate_allow(&gate, a, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.message, "nothing is changed, because prod is read-only");
	check_refused(a);
	admin_close(a);
	assert_null(cluster_gate_producer(&gate, &setup, &err));
	assert_string_equal(err.message, "nothing is changed, because prod is read-only");
	client_config_free(client);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MOCK_TEST(test_a_leader_that_is_only_changing_is_asked_again),
		MOCK_TEST(test_what_is_refused_for_good_is_told),
		MOCK_TEST(test_one_that_stays_so_is_given_up),
		MOCK_TEST(test_a_handle_changes_nothing_before_it_is_let),
		MOCK_TEST(test_the_gate_itself_refuses_without_a_plan_and_in_read_only_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
