/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "model/config_catalog.h"
#include "model/config_value.h"

static const struct config_def *topic(const char *name)
{
	const struct config_def *def = config_catalog_find(CONFIG_TOPIC, name);

	assert_non_null(def);
	return def;
}

static const struct config_def *any(const char *name)
{
	const struct config_def *def = config_catalog_find(CONFIG_TOPIC, name);

	if (!def)
		def = config_catalog_find(CONFIG_BROKER, name);
	if (!def)
		fail_msg("%s is not in the catalogue", name);
	return def;
}

static void test_find(void **state)
{
	const struct config_def *def = topic("retention.ms");
	size_t count;

	(void)state;
	assert_int_equal(def->type, CONFIG_LONG);
	assert_int_equal(def->unit, CONFIG_UNIT_MS);
	assert_int_equal(def->mode, CONFIG_PER_TOPIC);
	assert_string_equal(def->default_value, "604800000");
	assert_string_equal(def->broker_name, "log.retention.ms");
	assert_true(def->endless && def->has_min && !def->has_max && def->min == -1);
	assert_null(config_catalog_find(CONFIG_TOPIC, "log.retention.ms"));
	assert_null(config_catalog_find(CONFIG_TOPIC, ""));
	def = config_catalog_find(CONFIG_BROKER, "log.retention.ms");
	assert_non_null(def);
	assert_null(def->default_value);
	assert_false(def->required);
	assert_int_equal(def->mode, CONFIG_CLUSTER_WIDE);
	assert_true(config_catalog_find(CONFIG_BROKER, "node.id")->required);
	assert_string_equal(config_catalog_find(CONFIG_BROKER, "ssl.cipher.suites")->default_value, "");
	assert_string_equal(config_catalog_find(CONFIG_BROKER, "listener.name.inner.ssl.key.password")->name,
		"ssl.key.password");
	assert_string_equal(config_catalog_find(CONFIG_BROKER, "listener.name.inner.scram-sha-256.sasl.jaas.config")
				    ->name,
		"sasl.jaas.config");
	assert_null(config_catalog_find(CONFIG_BROKER, "listener.name.inner"));
	assert_null(config_catalog_find(CONFIG_BROKER, "listener.name."));
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "retention.mss"), "retention.ms");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "clenup.policy"), "cleanup.policy");
	assert_null(config_catalog_near(CONFIG_TOPIC, "xyz"));
	/* What looks alike is something else here: local.retention.ms is about tiered storage. */
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "log.retention.ms"), "retention.ms");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "log.retention.bytes"), "retention.bytes");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "log.retention.minutes"), "retention.ms");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "log.retention.hours"), "retention.ms");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "log.roll.jitter.hours"), "segment.jitter.ms");
	assert_string_equal(config_catalog_near(CONFIG_TOPIC, "message.max.bytes"), "max.message.bytes");
	assert_string_equal(config_catalog_near(CONFIG_BROKER, "retention.ms"), "log.retention.ms");
	assert_string_equal(config_catalog_near(CONFIG_BROKER, "max.message.bytes"), "message.max.bytes");
	config_catalog_list(CONFIG_TOPIC, &count);
	assert_int_equal(count, 33);
}

/* Sorted, so that a name is found; and what a user may change has its sentence. */
static void test_table(void **state)
{
	(void)state;
	for (int scope = 0; scope < CONFIG_SCOPE_COUNT; scope++) {
		size_t count;
		const struct config_def *defs = config_catalog_list((enum config_scope)scope, &count);

		assert_true(count > 30);
		for (size_t i = 0; i < count; i++) {
			struct str out = { 0 };

			assert_int_equal(defs[i].scope, scope);
			assert_ptr_equal(config_catalog_find((enum config_scope)scope, defs[i].name), &defs[i]);
			if (i && strcmp(defs[i - 1].name, defs[i].name) >= 0)
				fail_msg("%s is out of order", defs[i].name);
			if (!defs[i].doc)
				fail_msg("%s has no sentence", defs[i].name);
			if (defs[i].doc && (defs[i].doc[strlen(defs[i].doc) - 1] != '.' || strlen(defs[i].doc) > 140))
				fail_msg("%s: \"%s\" is no short sentence", defs[i].name, defs[i].doc);
			config_value_rule(&defs[i], &out);
			str_release(&out);
		}
	}
}

/* Every default is allowed, and what it is printed as gives it again where that is said to be exact. */
static void test_defaults(void **state)
{
	(void)state;
	for (int scope = 0; scope < CONFIG_SCOPE_COUNT; scope++) {
		size_t count;
		const struct config_def *defs = config_catalog_list((enum config_scope)scope, &count);

		for (size_t i = 0; i < count; i++) {
			struct str raw = { 0 }, printed = { 0 }, again = { 0 };
			struct error err = { 0 };

			if (!defs[i].default_value)
				continue;
			if (!config_value_parse(&defs[i], defs[i].default_value, &raw, NULL, &err))
				fail_msg("%s", err.message);
			assert_string_equal(str_text(&raw), defs[i].default_value);
			if (config_value_print(&defs[i], defs[i].default_value, &printed)) {
				if (!config_value_parse(&defs[i], str_text(&printed), &again, NULL, &err))
					fail_msg("%s", err.message);
				if (strtod(str_text(&again), NULL) != strtod(defs[i].default_value, NULL) ||
					(defs[i].type != CONFIG_DOUBLE &&
						strcmp(str_text(&again), defs[i].default_value) != 0))
					fail_msg("%s: %s was printed as %s, which is %s", defs[i].name,
						defs[i].default_value, str_text(&printed), str_text(&again));
			}
			str_release(&raw);
			str_release(&printed);
			str_release(&again);
		}
	}
}

static void test_parse(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "retention.ms", "7d", "604800000" },
		{ "retention.ms", " 12h ", "43200000" },
		{ "retention.ms", "1d12h", "129600000" },
		{ "retention.ms", "1d 12h", "129600000" },
		{ "retention.ms", "1.5h", "5400000" },
		{ "retention.ms", "2w", "1209600000" },
		{ "retention.ms", "90 s", "90000" },
		{ "retention.ms", "500ms", "500" },
		{ "retention.ms", "86400000", "86400000" },
		{ "retention.ms", "-1", "-1" },
		{ "retention.ms", "forever", "-1" },
		{ "retention.ms", "9223372036854775807", "9223372036854775807" },
		{ "flush.ms", "Forever", "9223372036854775807" },
		{ "retention.bytes", "1GB", "1000000000" },
		{ "retention.bytes", "1GiB", "1073741824" },
		{ "retention.bytes", "no limit", "-1" },
		{ "segment.bytes", "512MiB", "536870912" },
		{ "segment.bytes", "512 mib", "536870912" },
		{ "segment.bytes", "1.5GiB", "1610612736" },
		{ "segment.bytes", "1048576", "1048576" },
		{ "max.message.bytes", "0", "0" },
		{ "max.message.bytes", "+10", "10" },
		{ "local.retention.ms", "as retention.ms", "-2" },
		{ "local.retention.ms", "-2", "-2" },
		{ "log.local.retention.bytes", "as retention.bytes", "-2" },
		{ "log.roll.hours", "7d", "168" },
		{ "log.roll.hours", "168", "168" },
		{ "offsets.retention.minutes", "7d", "10080" },
		{ "min.insync.replicas", "2", "2" },
		{ "max.connections", "10k", "10000" },
		{ "max.connections", "unlimited", "2147483647" },
		{ "leader.replication.throttled.rate", "10MB/s", "10000000" },
		{ "leader.replication.throttled.rate", "10 MiB", "10485760" },
		{ "log.cleaner.io.max.bytes.per.second", "no limit", "1.7976931348623157E308" },
		{ "log.cleaner.io.max.bytes.per.second", "1MB/s", "1000000" },
		{ "log.cleaner.io.max.bytes.per.second", "1.5E3", "1.5E3" },
		{ "min.cleanable.dirty.ratio", "0.1", "0.1" },
		{ "min.cleanable.dirty.ratio", "50%", "0.5" },
		{ "min.cleanable.dirty.ratio", "7%", "0.07" },
		{ "preallocate", "yes", "true" },
		{ "preallocate", "OFF", "false" },
		{ "cleanup.policy", "Compact , delete", "compact,delete" },
		{ "cleanup.policy", "", "" },
		{ "compression.type", "ZSTD", "zstd" },
		{ "message.timestamp.type", "logappendtime", "LogAppendTime" },
		{ "compression.gzip.level", "-1", "-1" },
		{ "compression.gzip.level", "9", "9" },
		{ "follower.replication.throttled.replicas", "*", "*" },
		{ "follower.replication.throttled.replicas", "0:1, 1:2", "0:1,1:2" },
		{ "follower.replication.throttled.replicas", "", "" },
		{ "ssl.protocol", " TLSv1.3 ", "TLSv1.3" },
		{ "listeners", "A://:1,B://:2", "A://:1,B://:2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };
		struct error err = { 0 };

		if (!config_value_parse(any(rows[i].name), rows[i].text, &out, NULL, &err))
			fail_msg("row %zu: %s", i, err.message);
		assert_text(i, str_text(&out), rows[i].want);
		str_release(&out);
	}
}

static void test_refuse(void **state)
{
	static const struct {
		const char *name, *text;
		size_t at;
		const char *want;
	} rows[] = {
		{ "retention.ms", "7y", 1, "\"y\" is no unit of time" },
		{ "retention.ms", "7D", 1, "\"D\" is no unit of time" },
		{ "retention.ms", "  x", 2, "a number is wanted" },
		{ "retention.ms", "1d12", 4, "a unit is wanted" },
		{ "retention.ms", "1.5ms", 0, "not a whole number of ms" },
		{ "retention.ms", "-7d", 2, "has no unit" },
		{ "retention.ms", "-2", 0, "-2 is not allowed; it must be at least -1" },
		{ "retention.ms", "", 0, "a value of type long is wanted" },
		{ "retention.ms", "9223372036854775808", 0, "too large" },
		{ "retention.ms", "99999999999999999w", 0, "too large" },
		{ "retention.ms", "1.d", 2, "a digit is wanted" },
		{ "retention.ms", "1d!", 2, "a number is wanted" },
		{ "delete.retention.ms", "-1", 0, "at least 0" },
		{ "segment.bytes", "512M", 3, "say MB or MiB" },
		{ "segment.bytes", "512XB", 3, "no unit of size" },
		{ "segment.bytes", "1000", 0, "at least 1048576 (1 MiB)" },
		{ "segment.bytes", "3GiB", 0, "type int can be is 2147483647" },
		{ "segment.bytes", "2MiB MiB", 5, "nothing may follow" },
		{ "segment.bytes", "1.3B", 0, "not a whole number of bytes" },
		{ "min.insync.replicas", "0", 0, "at least 1" },
		{ "min.insync.replicas", "two", 0, "a number is wanted" },
		{ "min.insync.replicas", "2x", 1, "not a count" },
		{ "compression.gzip.level", "0", 0, "1 to 9, or -1" },
		{ "compression.lz4.level", "18", 0, "1 to 17" },
		{ "min.cleanable.dirty.ratio", "1.1", 0, "0 to 1" },
		{ "min.cleanable.dirty.ratio", "nan", 0, "a decimal number" },
		{ "min.cleanable.dirty.ratio", "0x1", 0, "a decimal number" },
		{ "min.cleanable.dirty.ratio", "0.5.5", 3, "nothing may follow" },
		{ "log.cleaner.io.buffer.load.factor", "1e999", 0, "too large" },
		{ "preallocate", "maybe", 0, "true or false" },
		{ "cleanup.policy", "compact,delte", 8, "\"delte\" is not one of compact, delete; delete?" },
		{ "cleanup.policy", "compact,,delete", 8, "empty" },
		{ "cleanup.policy", "delete,compact,", 15, "empty" },
		{ "cleanup.policy", "delete,delete", 7, "twice" },
		{ "compression.type", "brotli", 0, "not one of uncompressed, zstd, lz4, snappy, gzip, producer" },
		{ "compression.type", "", 0, "not one of" },
		{ "follower.replication.throttled.replicas", "0:1,x", 4, "partition:broker" },
		{ "follower.replication.throttled.replicas", "0:1,*", 4, "partition:broker" },
		{ "listeners", "", 0, "must not be empty" },
		{ "node.id", "5k", 1, "only digits" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };
		struct error err = { 0 };
		char place[64];
		size_t at = SIZE_MAX;

		if (config_value_parse(any(rows[i].name), rows[i].text, &out, &at, &err))
			fail_msg("row %zu: %s was taken as \"%s\"", i, rows[i].text, str_text(&out));
		snprintf(place, sizeof(place), "%s: column %zu: ", rows[i].name, rows[i].at + 1);
		if (at != rows[i].at || strncmp(err.message, place, strlen(place)) != 0 ||
			!strstr(err.message, rows[i].want))
			fail_msg("row %zu: byte %zu: \"%s\", want \"%s...%s\"", i, at, err.message, place,
				rows[i].want);
		assert_int_equal(out.len, 0);
		str_release(&out);
	}
}

static void test_print(void **state)
{
	static const struct {
		const char *name, *value, *want;
		bool exact;
	} rows[] = {
		{ "retention.ms", "604800000", "7d", true },
		{ "retention.ms", "5400000", "1h30m", true },
		{ "retention.ms", "90061000", "~1d1h", false },
		{ "retention.ms", "0", "0s", true },
		{ "retention.ms", "999", "999ms", true },
		{ "retention.ms", "-1", "forever", true },
		{ "retention.ms", "9223372036854775807", "forever", false },
		{ "retention.ms", "-5", "-5", true },
		{ "retention.ms", "junk", "junk", true },
		{ "retention.ms", "", "", true },
		{ "flush.ms", "9223372036854775807", "forever", true },
		{ "flush.messages", "9223372036854775807", "no limit", true },
		{ "retention.bytes", "-1", "no limit", true },
		{ "retention.bytes", "1073741824", "1 GiB", true },
		{ "retention.bytes", "1000000000", "1 GB", true },
		{ "retention.bytes", "256000000", "256 MB", true },
		{ "max.message.bytes", "1048588", "~1.0 MiB", false },
		{ "max.message.bytes", "900", "900 B", true },
		{ "max.message.bytes", "4096", "4 KiB", true },
		{ "local.retention.ms", "-2", "as retention.ms", true },
		{ "log.local.retention.ms", "-2", "as retention.ms", true },
		{ "socket.send.buffer.bytes", "-1", "-1", true },
		{ "log.retention.hours", "168", "7d", true },
		{ "log.cleaner.io.max.bytes.per.second", "1.7976931348623157E308", "no limit", true },
		{ "log.cleaner.io.max.bytes.per.second", "1048576.0", "1 MiB/s", true },
		{ "leader.replication.throttled.rate", "10000000", "10 MB/s", true },
		{ "min.cleanable.dirty.ratio", "0.5", "50%", true },
		{ "min.insync.replicas", "2", "2", true },
		{ "max.connections", "2147483647", "no limit", true },
		{ "cleanup.policy", "compact,delete", "compact,delete", true },
		{ "node.id", "7", "7", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };
		bool exact = config_value_print(any(rows[i].name), rows[i].value, &out);

		assert_text(i, str_text(&out), rows[i].want);
		if (exact != rows[i].exact)
			fail_msg("row %zu: exact is %d", i, exact);
		str_release(&out);
	}
}

/* Round numbers and those around them, there and back. */
static void test_there_and_back(void **state)
{
	static const char *const names[] = { "retention.ms", "flush.ms", "retention.bytes",
		"leader.replication.throttled.rate", "flush.messages" };
	static const int64_t bases[] = { 1, 1000, 1024, 60000, 3600000, 86400000, 1000000, 1048576, INT64_C(1) << 40 };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		for (size_t j = 0; j < COUNT(bases); j++)
			for (int64_t n = 1; n < 50; n++)
				for (int64_t off = -1; off <= 1; off++) {
					struct str out = { 0 }, again = { 0 };
					struct error err = { 0 };
					char value[32];

					snprintf(value, sizeof(value), "%lld", (long long)(bases[j] * n + off));
					if (config_value_print(any(names[i]), value, &out)) {
						if (!config_value_parse(any(names[i]), str_text(&out), &again, NULL,
							    &err))
							assert_int_equal(bases[j] * n + off, 0);
						else
							assert_string_equal(str_text(&again), value);
					}
					str_release(&out);
					str_release(&again);
				}
}

static void test_unknown(void **state)
{
	struct str out = { 0 };

	(void)state;
	assert_true(config_value_parse(NULL, "  any thing ", &out, NULL, NULL));
	assert_string_equal(str_text(&out), "any thing");
	str_clear(&out);
	assert_true(config_value_print(NULL, "1000", &out));
	assert_true(config_value_print(topic("retention.ms"), NULL, &out));
	assert_string_equal(str_text(&out), "1000");
	assert_false(config_value_parse(topic("retention.ms"), "x", &out, NULL, NULL));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
