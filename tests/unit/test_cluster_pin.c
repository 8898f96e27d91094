/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include "kafka/rd_log_line.h"
#include "model/cluster_pin.h"

static void test_which_cluster_may_be_changed(void **state)
{
	static const struct {
		const char *pinned, *met, *planned;
		bool is_planned;
		const char *answers;
		bool admitted;
		const char *said; /* part of why not */
	} rows[] = {
		/* nothing is asked for: any, also one that tells no id */
		{ NULL, NULL, NULL, false, "A", true, NULL },
		{ NULL, NULL, NULL, false, NULL, true, NULL },
		/* pinned by the context */
		{ "A", NULL, NULL, false, "A", true, NULL },
		{ "A", NULL, NULL, false, "B", false, "context prod is for cluster A, but at host:9092 is cluster B" },
		{ "A", NULL, NULL, false, "AB", false, "is cluster AB" },
		{ "A", NULL, NULL, false, NULL, false, "is cluster without an id" },
		/* met by the session */
		{ NULL, "A", NULL, false, "A", true, NULL },
		{ NULL, "A", NULL, false, "B", false,
			"this session is of cluster A, but at host:9092 is cluster B now" },
		{ NULL, "A", NULL, false, NULL, false, "without an id" },
		/* named by plan or question */
		{ NULL, NULL, "A", true, "A", true, NULL },
		{ NULL, NULL, "A", true, "B", false, "planned for cluster A, but at host:9092 is cluster B now" },
		{ NULL, NULL, "A", true, NULL, false, "without an id" },
		/* a plan on a cluster without an id is not for one that has one */
		{ NULL, NULL, NULL, true, NULL, true, NULL },
		{ NULL, NULL, NULL, true, "B", false, "planned for cluster without an id" },
		/* all of them count: a plan made after the swap is refused by the session, and by the pin */
		{ NULL, "A", "B", true, "B", false, "this session is of cluster A" },
		{ "A", "B", "B", true, "B", false, "is for cluster A" },
		{ "A", "A", "B", true, "A", false, "planned for cluster B" },
		{ "A", "A", "A", true, "A", true, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct cluster_pin pin = { .context = "prod",
			.bootstrap = "host:9092",
			.pinned = rows[i].pinned,
			.met = rows[i].met,
			.planned = rows[i].planned,
			.is_planned = rows[i].is_planned };
		struct error err = { 0 };
		bool admitted = cluster_pin_admits(&pin, rows[i].answers, &err);

		if (admitted != rows[i].admitted || (!admitted && err.code != ERR_OTHER_CLUSTER) ||
			(rows[i].said && !strstr(err.message, rows[i].said)))
			fail_msg("row %zu: %d, %s", i, admitted, err.message);
		assert_true(cluster_pin_admits(&pin, rows[i].answers, NULL) == rows[i].admitted);
	}
}

static void test_how_a_cluster_is_called(void **state)
{
	static const struct {
		const char *context, *bootstrap, *id, *name;
	} rows[] = {
		{ "prod", "a:9092,b:9092", "HQGsUzHXQ7m", "prod (HQGsUz)" },
		{ NULL, "a:9092,b:9092,c:9092", "HQGsUzHXQ7m", "a:9092 (HQGsUz)" },
		{ "", "a:9092", NULL, "a:9092" },
		{ "prod", NULL, "abc", "prod (abc)" },
		{ NULL, NULL, "abc", "this cluster (abc)" },
		{ NULL, NULL, NULL, "this cluster" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str name = { 0 };

		cluster_name(&name, rows[i].context, rows[i].bootstrap, rows[i].id);
		assert_text(i, str_text(&name), rows[i].name);
		str_release(&name);
	}
}

/* Librdkafka's own line, and that of the patch (tests/support/librdkafka.patch). */
static void test_what_the_log_says_of_another_cluster(void **state)
{
	static const struct {
		const char *facility, *line, *id;
	} rows[] = {
		{ "CLUSTERID",
			"[thrd:main]: Broker localhost:9092/1 reports different ClusterId \"oHVNZ0Kl\" than previously "
			"known \"HQGsUzHX\": a client must not be simultaneously connected to multiple clusters",
			"oHVNZ0Kl" },
		{ "CLUSTERID",
			"Broker localhost:9092/1 reports different ClusterId \"\" than previously known \"HQGsUzHX\": "
			"nothing is sent to it",
			"" },
		{ "CLUSTERID", "ClusterId update \"\" -> \"HQGsUzHX\"", NULL },
		{ "FAIL", "reports different ClusterId \"oHVNZ0Kl\" than", NULL },
		{ "CLUSTERID", "reports different ClusterId \"cut off", "cut off" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char id[32] = "untouched";
		bool found = rd_log_line_other_cluster(rows[i].facility, rows[i].line, id, sizeof(id));

		assert_int_equal(found, rows[i].id != NULL);
		assert_text(i, id, rows[i].id ? rows[i].id : "untouched");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_cluster_may_be_changed),
		cmocka_unit_test(test_how_a_cluster_is_called),
		cmocka_unit_test(test_what_the_log_says_of_another_cluster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
