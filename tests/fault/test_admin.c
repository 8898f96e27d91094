/* SPDX-License-Identifier: BSD-2-Clause */
/* What brokers do to an administrator's questions: refuse for a moment, or for good. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "kafka/admin.h"
#include "tests/fault/mock.h"

enum { KEY_LIST_OFFSETS = 2, PARTITIONS = 3 };   /* the API key; Kafka's protocol guide */

static void fill(struct mock *m)
{
	mock_topic(m, "orders", PARTITIONS);
	for (int32_t i = 0; i < PARTITIONS; i++)
		mock_produce(m, "orders", i, 10 * (i + 1));
}

/* The ends of a topic whose leaders answer their first `refusals` questions with this code. */
static void ask_ends(struct mock *m, rd_kafka_resp_err_t code, size_t refusals, struct admin_offset *items)
{
	struct client_config *client = client_config_new();
	struct error err = {0};
	struct admin *a;

	assert_true(client_config_set(client, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(m->cluster), &err));
	a = admin_open(client, "the mock cluster", MOCK_WAIT_MS, NULL, &err);
	assert_non_null(a);
	for (size_t i = 0; i < refusals; i++)
		rd_kafka_mock_push_request_errors(m->cluster, KEY_LIST_OFFSETS, 1, code);
	for (int32_t i = 0; i < PARTITIONS; i++)
		items[i] = (struct admin_offset){ .topic = "orders", .partition = i, .leader = i + 1, .at = ADMIN_LATEST };
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		MOCK_TEST(test_a_leader_that_is_only_changing_is_asked_again),
		MOCK_TEST(test_what_is_refused_for_good_is_told),
		MOCK_TEST(test_one_that_stays_so_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
