/* SPDX-License-Identifier: BSD-2-Clause */
/* What librdkafka's lines say about a connection. */
#include "unit.h"

#include "kafka/codes.h"
#include "kafka/conn_stats.h"
#include "kafka/rd_log_line.h"

static void test_lines_become_reasons(void **state)
{
	static const struct {
		const char *line, *connection, *broker; /* broker NULL: broker 2 is still reachable */
	} rows[] = {
		{ "[thrd:h:9092/2]: h:9092/2: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state "
		  "CONNECT)",
			"h:9092: connection refused", "connection refused" },
		{ "sasl_ssl://h:9092/2: SSL handshake failed: certificate verify failed (after 3ms in state SSL_HANDSHAKE)",
			"h:9092: SSL handshake failed: certificate verify failed",
			"SSL handshake failed: certificate verify failed" },
		{ "h:9092/bootstrap: Failed to resolve 'h:9092': Name or service not known (after 9ms in state CONNECT)",
			"h:9092: the host name is not known", NULL },
		{ "h:9092/2: Disconnected: connection closed by peer: receive 0 after POLLIN (after 1ms in state "
		  "APIVERSION_QUERY)",
			"h:9092: disconnected at the first request: is security.protocol right? The "
			"broker may want TLS",
			"disconnected at the first request: is security.protocol right? The broker "
			"may want TLS" },
		{ "[thrd:h:9092/2]: h:9092/2: Timed out 3 in-flight, 0 retry-queued, 0 out-queue, 0 partially-sent requests",
			"h:9092: no answer in time", "no answer in time" },
		{ "3/3 brokers are down", "3/3 brokers are down", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct conn_stats stats;
		struct broker b = { .reachable = true };
		char text[256], error[256];
		bool failed;

		conn_stats_init(&stats);
		conn_stats_error(&stats, RD_KAFKA_RESP_ERR__TRANSPORT, rows[i].line);
		assert_true(conn_stats_take_change(&stats, &failed));
		assert_true(failed);
		assert_text(i, conn_stats_connection(&stats, error).error, rows[i].connection);
		conn_stats_fill_broker(&stats, 2, &b, text);
		assert_int_equal(b.reachable, rows[i].broker == NULL);
		if (rows[i].broker)
			assert_text(i, b.error, rows[i].broker);
		/* The same again is no news. */
		conn_stats_error(&stats, RD_KAFKA_RESP_ERR__TRANSPORT, rows[i].line);
		assert_false(conn_stats_take_change(&stats, &failed));
		conn_stats_release(&stats);
	}
}

static void test_all_down_does_not_hide_the_reason(void **state)
{
	struct conn_stats stats;
	char error[256];

	(void)state;
	conn_stats_init(&stats);
	conn_stats_error(&stats, RD_KAFKA_RESP_ERR__AUTHENTICATION, "h:1/2: SASL authentication error: bad password");
	assert_false(conn_stats_connection(&stats, error).refused);
	conn_stats_error(&stats, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "1/1 brokers are down");
	assert_string_equal(conn_stats_connection(&stats, error).error, "h:1: authentication failed: bad password");
	assert_true(conn_stats_connection(&stats, error).refused);
	conn_stats_release(&stats);
}

static void test_a_failed_login_is_told_once(void **state)
{
	static const char *const lines[][2] = {
		{ "h:1/2: SASL authentication error: Authentication failed: Invalid username or password (after 3ms in state "
		  "AUTH_REQ)",
			"h:1: authentication failed: Invalid username or password" },
		{ "h:1/2: SASL authentication error: Authentication failed during authentication due to invalid credentials "
		  "with SASL mechanism SCRAM-SHA-256",
			"h:1: authentication failed: invalid credentials with SASL mechanism "
			"SCRAM-SHA-256" },
		{ "h:1/2: SSL handshake failed: no", "h:1: SSL handshake failed: no" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		char told[256];

		rd_log_line_text(told, sizeof(told), lines[i][0], true);
		assert_string_equal(told, lines[i][1]);
	}
}

static void test_a_gap_has_the_reason_of_the_refused_record(void **state)
{
	static const struct {
		const char *reason;
		rd_kafka_resp_err_t code;
	} rows[] = {
		{ "ProduceRequest for orders [0] with 1 message(s) failed: Broker: Message size too large (broker 1 "
		  "PID{Id:3002,Epoch:0}, base seq 300): unable to satisfy gap-less guarantee",
			RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE },
		{ "ProduceRequest for orders [11] with 7 message(s) failed: Broker: Topic authorization failed (broker 1 "
		  "PID{Id:3002,Epoch:0}, base seq 0): unable to satisfy gap-less guarantee",
			RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED },
		/* Of another topic, of no code, of another kind. */
		{ "ProduceRequest for orders2 [0] with 1 message(s) failed: Broker: Message size too large (broker 1 "
		  "PID{Id:3002,Epoch:0}, base seq 300): unable to satisfy gap-less guarantee",
			0 },
		{ "ProduceRequest for orders [0] with 1 message(s) failed: Broker: Something new (broker 1 "
		  "PID{Id:3002,Epoch:0}, base seq 300): unable to satisfy gap-less guarantee",
			0 },
		{ "ProduceRequest for orders [0] with 1 message(s) failed: Broker: Message size too large", 0 },
		{ "Failed to acquire idempotence PID from broker b: Broker: Cluster authorization failed", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(code_of_gap(rows[i].reason, "orders"), rows[i].code);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines_become_reasons),
		cmocka_unit_test(test_all_down_does_not_hide_the_reason),
		cmocka_unit_test(test_a_failed_login_is_told_once),
		cmocka_unit_test(test_a_gap_has_the_reason_of_the_refused_record) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
