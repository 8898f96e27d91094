/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include "kafka/client_rd.h"

static void test_later_settings_win(void **state)
{
	struct client_config *c = client_config_new(), *copy;
	struct error err = { 0 };
	rd_kafka_conf_t *conf;
	char value[64];
	size_t size = sizeof(value);

	(void)state;
	assert_true(client_config_set(c, "bootstrap.servers", "a:1", &err));
	assert_true(client_config_set(c, "client.id", "mine", &err));
	assert_true(client_config_set(c, "bootstrap.servers", "b:2", &err));
	assert_string_equal(client_config_get(c, "bootstrap.servers"), "b:2");
	assert_null(client_config_get(c, "ssl.ca.location"));
	copy = client_config_dup(c);
	client_config_free(c);
	conf = client_config_make(copy, &err);
	assert_non_null(conf);
	assert_int_equal(rd_kafka_conf_get(conf, "client.id", value, &size), RD_KAFKA_CONF_OK);
	assert_string_equal(value, "mine");
	size = sizeof(value);
	assert_int_equal(rd_kafka_conf_get(conf, "enable.metrics.push", value, &size), RD_KAFKA_CONF_OK);
	assert_string_equal(value, "false");
	rd_kafka_conf_destroy(conf);
	client_config_free(copy);
}

static void test_errors_name_the_neighbour(void **state)
{
	struct client_config *c = client_config_new();
	struct error err = { 0 };

	(void)state;
	assert_false(client_config_set(c, "sasl.user", "x", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(client_config_set(c, "ssl.ca.locaton", "x", &err));
	assert_string_equal(err.message, "unknown property ssl.ca.locaton; did you mean ssl.ca.location?");
	assert_false(client_config_set(c, "socket.timeout.ms", "soon", &err));
	assert_non_null(strstr(err.message, "socket.timeout.ms: "));
	assert_null(client_config_get(c, "socket.timeout.ms"));
	assert_null(client_property_near("nothing.like.it.at.all"));
	assert_null(client_property_near(""));
	assert_string_equal(client_property_near("bootstarp.servers"), "bootstrap.servers");
	assert_true(client_property_known("metadata.broker.list"));
	assert_true(client_property_known("ssl.ca.location"));    /* without a default */
	assert_true(client_property_known("request.timeout.ms")); /* of topics */
	assert_false(client_property_known("ssl.ca.locaton"));
	assert_false(client_property_known(""));
	client_config_free(c);
}

static void test_late_faults_name_the_line(void **state)
{
	struct client_config *c = client_config_new(), *copy;
	struct error err = { 0 };

	(void)state;
	assert_true(client_config_set(c, "ssl.ca.location", "/ca", &err));
	client_config_origin(c, "ssl.ca.location", "f:3: ssl.truststore.location");
	copy = client_config_dup(c);
	client_config_free(c);
	assert_false(client_config_blame(copy, "ssl.ca.location failed: no", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.message, "f:3: ssl.truststore.location: ssl.ca.location failed: no");
	client_config_blame(copy, "ssl.ca.locations failed", &err);
	assert_string_equal(err.message, "ssl.ca.locations failed");
	client_config_blame(copy, "xssl.ca.location failed", &err);
	assert_string_equal(err.message, "xssl.ca.location failed");
	assert_true(client_config_set(copy, "ssl.ca.location", "/other", &err));
	client_config_blame(copy, "ssl.ca.location: no", &err);
	assert_string_equal(err.message, "ssl.ca.location: no");
	client_config_free(copy);
}

static void test_the_library_is_new_enough(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_true(client_version_check(&err));
	assert_true(strncmp(client_version(), "2.", 2) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_later_settings_win),
		cmocka_unit_test(test_errors_name_the_neighbour),
		cmocka_unit_test(test_late_faults_name_the_line),
		cmocka_unit_test(test_the_library_is_new_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
