/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages view without a screen: which records are in sight, what differs, what is offered. */
#include "unit.h"

#include <inttypes.h>
#include <stdlib.h>

#include "codec/codec_rules.h"
#include "codec/record_json.h"
#include "query/query.h"
#include "views/line_diff.h"
#include "views/paths.h"
#include "views/records/records_scope.h"
#include "views/records/records_window.h"

static struct records_window window(int64_t first, int64_t end, int64_t page)
{
	struct records_window w = { 0 };

	window_set_page(&w, page);
	window_sync(&w, first, end);
	return w;
}

static void test_newest_goes_along(void **state)
{
	struct records_window w = window(0, 5, 10);

	(void)state;
	window_go_newest(&w);
	window_sync(&w, 0, 100);
	assert_int_equal(w.cursor, 99);
	assert_int_equal(w.top, 90);
	assert_int_equal(window_below(&w), 0);
}

static void test_moved_up_it_stays(void **state)
{
	struct records_window w = window(0, 100, 10);

	(void)state;
	window_go_newest(&w);
	window_move(&w, -3);
	assert_false(w.newest);
	window_sync(&w, 0, 250);
	assert_int_equal(w.cursor, 96);
	assert_int_equal(w.top, 90);
	assert_int_equal(window_below(&w), 150);
	/* The ring lost what the cursor was on: the oldest that is left. */
	window_sync(&w, 200, 300);
	assert_int_equal(w.cursor, 200);
	assert_int_equal(w.top, 200);
	/* Down to the last one it follows again. */
	assert_int_equal(window_move(&w, 500), WINDOW_AT_BOTTOM);
	assert_true(w.newest);
}

static void test_older_page_comes_in_front(void **state)
{
	struct records_window w = window(0, 50, 10);

	(void)state;
	assert_int_equal(window_move(&w, -1), WINDOW_AT_TOP);
	window_sync(&w, -200, 50);
	assert_int_equal(w.cursor, 0);
	assert_int_equal(w.top, 0);
	assert_int_equal(window_move(&w, -1), WINDOW_INSIDE);
	assert_int_equal(w.top, -1);
}

static void test_other_numbers_same_record(void **state)
{
	struct records_window w = window(0, 1000, 10);

	(void)state;
	window_go(&w, 500);
	int64_t line = w.cursor - w.top;
	/* A filter left every tenth. */
	window_renumbered(&w, 0, 100, 50);
	assert_int_equal(w.cursor, 50);
	assert_int_equal(w.cursor - w.top, line);
	/* The record is not among them: the newest that is. */
	window_renumbered(&w, 0, 7, -1);
	assert_int_equal(w.cursor, 6);
	assert_int_equal(w.top, 0);
	assert_false(w.newest);
}

static void test_none_and_pages(void **state)
{
	struct records_window w = window(3, 3, 10);

	(void)state;
	assert_int_equal(window_move(&w, 1), WINDOW_AT_BOTTOM);
	assert_int_equal(w.cursor, 3);
	window_sync(&w, 3, 103);
	window_page(&w, 1);
	assert_int_equal(w.top, 12);
	assert_int_equal(w.cursor, 12);
	assert_int_equal(window_page(&w, -1), WINDOW_INSIDE);
	assert_int_equal(w.top, 3);
	assert_int_equal(window_page(&w, -1), WINDOW_AT_TOP);
}

/* Lines are letters: "abc" is three of them. What came out: "=a -b +c". */
static void diff_text(const char *a, const char *b, struct str *out)
{
	char texts[2][32][2] = { 0 };
	const char *lines[2][32];
	size_t counts[2] = { strlen(a), strlen(b) }, count;

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < counts[k]; i++) {
			texts[k][i][0] = (k ? b : a)[i];
			lines[k][i] = texts[k][i];
		}
	struct line_step *steps = line_diff(lines[0], counts[0], lines[1], counts[1], &count);

	for (size_t i = 0; i < count; i++)
		str_addf(out, "%c%s", "=-+"[steps[i].change],
			steps[i].change == LINE_ADDED ? lines[1][steps[i].b] : lines[0][steps[i].a]);
	free(steps);
}

static void test_line_diff(void **state)
{
	static const struct {
		const char *a, *b, *want;
	} cases[] = {
		{ "", "", "" },
		{ "a", "", "-a" },
		{ "", "a", "+a" },
		{ "abc", "abc", "=a=b=c" },
		{ "abc", "axc", "=a-b+x=c" },
		{ "abcd", "bcd", "-a=b=c=d" },
		{ "bcd", "abcd", "+a=b=c=d" },
		{ "abcabba", "cbabac", "-a-b=c-a=b+a=b=a+c" },
		{ "aaa", "aa", "=a=a-a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str got = { 0 };

		diff_text(cases[i].a, cases[i].b, &got);
		assert_text(i, str_text(&got), cases[i].want);
		str_release(&got);
	}
}

static void add_json(struct paths *paths, const char *json)
{
	struct arena *arena = arena_new(0);
	struct codec_choice choice = { .id = CODEC_AUTO };
	struct codec_input input = { .bytes = { json, strlen(json) } };
	struct decoded decoded;

	codec_decode(&choice, &input, arena, &decoded);
	paths_add_decoded(paths, "value", &decoded);
	arena_free(arena);
}

static void test_paths_become_words(void **state)
{
	struct paths paths = { 0 };
	struct record_header header = { "trace-id", { "x", 1 } };
	struct record record = { .headers = &header, .header_count = 1 };
	struct arena *arena = arena_new(0);
	struct query_completion found;
	bool offered = false;

	(void)state;
	add_json(&paths, "{\"id\":1,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}],\"odd name\":{\"x\":null}}");
	add_json(&paths, "{\"id\":2}");
	paths_add_headers(&paths, &record);
	assert_int_equal(paths.count, 4);
	assert_string_equal(paths.items[0], "value.id");
	assert_string_equal(paths.items[1], "value.items[*].sku");
	assert_string_equal(paths.items[2], "value[\"odd name\"].x");
	assert_string_equal(paths.items[3], "header.trace-id");
	assert_true(paths_has(&paths, "value.items", 11));
	assert_true(paths_has(&paths, "value.id", 8));
	assert_false(paths_has(&paths, "value.i", 7));
	query_complete("value.it", 8, (const char *const *)paths.items, paths.count, arena, &found);
	for (size_t i = 0; i < found.count; i++)
		offered = offered || strcmp(found.items[i].text, "value.items[*].sku") == 0;
	assert_true(offered);
	assert_int_equal(found.start, 0);
	arena_free(arena);
	paths_release(&paths);
}

static void test_decoders_by_topic(void **state)
{
	struct codec_rules *rules = codec_rules_new();
	struct error err;

	(void)state;
	assert_true(codec_rules_add(rules, "orders*", "json", &err));
	assert_true(codec_rules_add(rules, "orders.dlq", "value hex", &err));
	assert_true(codec_rules_add(rules, "orders*", "key int64", &err));
	assert_true(codec_rules_add(rules, "a.*", "avro-file:/tmp/with blank.avsc", &err));
	assert_false(codec_rules_add(rules, "orders", "jsom", &err));
	assert_string_equal(codec_rules_find(rules, "orders", false), "json");
	assert_string_equal(codec_rules_find(rules, "orders.dlq", false), "hex");
	assert_string_equal(codec_rules_find(rules, "orders.dlq", true), "int64");
	assert_string_equal(codec_rules_find(rules, "a.b", false), "avro-file:/tmp/with blank.avsc");
	assert_null(codec_rules_find(rules, "a.b", true));
	assert_true(codec_rules_add(rules, "orders.dlq", "auto", &err));
	assert_null(codec_rules_find(rules, "orders.dlq", false));
	codec_rules_free(rules);
	assert_null(codec_rules_find(NULL, "orders", false));
}

static void test_json_is_masked(void **state)
{
	static const char value[] = "{\"card\":\"4111\",\"n\":1}", text[] = "key 4111", header_text[] = "pin 4111";
	struct record_header header = { "pin", { header_text, sizeof(header_text) - 1 } };
	struct record record = { .topic = "orders",
		.partition = 3,
		.offset = 7,
		.leader_epoch = -1,
		.timestamp_ms = 5,
		.timestamp_type = TIMESTAMP_CREATE,
		.key = { text, sizeof(text) - 1 },
		.value = { value, sizeof(value) - 1 },
		.headers = &header,
		.header_count = 1 };
	struct codec_choice automatic = { .id = CODEC_AUTO };
	struct mask *mask = mask_new();
	struct record_json json = { .key = &automatic, .value = &automatic };
	struct str out = { 0 };

	(void)state;
	record_json_add(&json, &record, &out);
	assert_string_equal(str_text(&out),
		"{\"topic\":\"orders\",\"partition\":3,\"offset\":7,\"timestamp\":5,"
		"\"timestamp_type\":\"CreateTime\",\"key\":\"key 4111\",\"value\":\"{\\\"card\\\":\\\"4111\\\",\\\"n\\\":1}\","
		"\"headers\":[{\"key\":\"pin\",\"value\":\"pin 4111\"}]}\n");
	assert_true(mask_add(mask, "orders value.card", NULL));
	assert_true(mask_add(mask, "* headers ~ [0-9]{4}", NULL));
	assert_true(mask_add(mask, "o* key ~ [0-9]{4}", NULL));
	json.mask = mask;
	str_clear(&out);
	record_json_add(&json, &record, &out);
	assert_null(strstr(str_text(&out), "4111"));
	assert_non_null(strstr(str_text(&out), "\"value\":\"{\\\"card\\\":\\\"***\\\",\\\"n\\\":1}\""));
	assert_non_null(strstr(str_text(&out),
		"\"headers\":[{\"key\":\"pin\",\"value\":\"pin ***\"}],\"masked\":true}\n"));
	record.topic = "payments";
	str_clear(&out);
	record_json_add(&json, &record, &out);
	assert_non_null(strstr(str_text(&out), "\"key\":\"key 4111\""));
	assert_null(strstr(str_text(&out), "pin 4111"));
	/* The line says so for whatever part it was. */
	record.header_count = 0;
	str_clear(&out);
	assert_false(record_json_add(&json, &record, &out));
	assert_null(strstr(str_text(&out), "masked"));
	record.topic = "orders";
	record.value = (struct bytes){ NULL, 0 };
	str_clear(&out);
	assert_true(record_json_add(&json, &record, &out));
	assert_non_null(strstr(str_text(&out), "\"value\":null,\"headers\":[],\"masked\":true}\n"));
	record_json_release(&json);
	str_release(&out);
	mask_free(mask);
}

/* Digits of a second are used again: those of another must never be. */
static void test_json_has_the_times(void **state)
{
	static const int64_t times[] = { 0, 999, 1000, 1001, 1999, 2000, -2, -1000, 1700000000000, 1700000000007,
		1700000000999, 1700000001000, 1699999999999, 253402300799999, 1000, INT64_MAX, INT64_MAX - 1, INT64_MIN,
		1700000001000 };
	struct codec_choice automatic = { .id = CODEC_AUTO };
	struct record_json json = { .key = &automatic, .value = &automatic };
	struct record record = { .topic = "t", .timestamp_type = TIMESTAMP_CREATE };
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		char wanted[64];

		str_clear(&out);
		record.timestamp_ms = times[i];
		record_json_add(&json, &record, &out);
		snprintf(wanted, sizeof(wanted), "\"timestamp\":%" PRId64 ",\"timestamp_type\"", times[i]);
		assert_non_null(strstr(str_text(&out), wanted));
	}
	record_json_release(&json);
	str_release(&out);
}

static void test_what_is_read(void **state)
{
	static const struct {
		const char *text;
		size_t names, partitions; /* 0: it is refused */
		const char *first;
		bool one;
	} rows[] = {
		{ "orders", 1, 0, "orders", true },
		{ " orders  payments ", 2, 0, "orders", false },
		{ "orders:0,3", 1, 2, "orders", true },
		{ "^or.*:x", 1, 0, "^or.*:x", false },
		{ "", 0, 0, NULL, false },
		{ "  ", 0, 0, NULL, false },
		{ "orders:", 1, 0, "orders", true },
		{ "orders:x", 0, 0, NULL, false },
		{ "orders:-1", 0, 0, NULL, false },
		{ "orders:2147483648", 0, 0, NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct records_scope scope = { 0 };
		struct error err;

		if (records_scope_read(&scope, rows[i].text, &err) != (rows[i].names > 0))
			fail_msg("\"%s\"", rows[i].text);
		if (rows[i].names) {
			assert_int_equal(scope.name_count, rows[i].names);
			assert_int_equal(scope.partition_count, rows[i].partitions);
			assert_text(i, scope.names[0], rows[i].first);
			assert_int_equal(records_scope_is_topic(&scope), rows[i].one);
		}
		records_scope_release(&scope);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_read),
		cmocka_unit_test(test_newest_goes_along),
		cmocka_unit_test(test_moved_up_it_stays),
		cmocka_unit_test(test_older_page_comes_in_front),
		cmocka_unit_test(test_other_numbers_same_record),
		cmocka_unit_test(test_none_and_pages),
		cmocka_unit_test(test_line_diff),
		cmocka_unit_test(test_paths_become_words),
		cmocka_unit_test(test_decoders_by_topic),
		cmocka_unit_test(test_json_is_masked),
		cmocka_unit_test(test_json_has_the_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
