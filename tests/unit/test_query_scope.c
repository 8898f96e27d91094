/* SPDX-License-Identifier: BSD-2-Clause */
/* Where matches can lie, and what may stand at the cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec_query.h"
#include "query/query.h"

static const struct query_context context = { { 1795356118000, true }, &codec_query_functions };

enum { COUNT = 12, MURMUR2 = 1u << HASH_MURMUR2, CRC = 1u << HASH_CRC32 };

/* u-81733: 5 by murmur2, 2 by CRC32; W-1: 10 and 10; abc: 3 and 6; "": 9 and anywhere */
static void test_partitions(void **state)
{
	static const struct {
		const char *text;
		unsigned kinds;
		const char *partitions; /* "all", or their numbers */
	} cases[] = {
		{ "", MURMUR2, "all" },
		{ "key == u-81733", MURMUR2, "5" },
		{ "key == u-81733", CRC, "2" },
		{ "key == u-81733", MURMUR2 | CRC, "2 5" },
		{ "key == u-81733", 0, "all" },
		{ "key == \"\"", MURMUR2, "9" },
		{ "key == \"\"", CRC, "all" },
		{ "key == \"\"", MURMUR2 | CRC, "all" },
		{ "key is null", MURMUR2, "all" },
		{ "key == u-81733 and value.a > 3", MURMUR2, "5" },
		{ "foo key == u-81733 bar", MURMUR2, "5" },
		{ "key == u-81733 or value.a > 3", MURMUR2, "all" },
		{ "key == u-81733 or key == abc", MURMUR2, "3 5" },
		{ "key in (u-81733, abc, W-1)", MURMUR2, "3 5 10" },
		{ "key in (abc, \"\")", CRC, "all" },
		{ "key != u-81733", MURMUR2, "all" },
		{ "not key == u-81733", MURMUR2, "all" },
		{ "not key != u-81733", MURMUR2, "5" },
		{ "not (key != abc or tombstone)", MURMUR2, "3" },
		{ "not (key != abc and tombstone)", MURMUR2, "all" },
		{ "not (key != abc and key != W-1)", MURMUR2, "3 10" },
		{ "key == abc and key == W-1", MURMUR2, "" },
		{ "key ~ ^abc$", MURMUR2, "all" },
		{ "key.id == abc", MURMUR2, "all" },
		{ "header.key == abc", MURMUR2, "all" },
		{ "value == abc", MURMUR2, "all" },
		{ "key == 42", MURMUR2, "4" },
		{ "partition == 3", 0, "3" },
		{ "partition in (3, 4, 99)", 0, "3 4" },
		{ "partition >= 10", 0, "10 11" },
		{ "partition < 2 or partition == 7", 0, "0 1 7" },
		{ "not partition < 10", 0, "10 11" },
		{ "partition != 3 and partition <= 3.5", 0, "0 1 2" },
		{ "partition == 3.0", 0, "3" },
		{ "key == abc and partition > 3", MURMUR2, "" },
		{ "key == abc or partition == 4", MURMUR2, "3 4" },
		{ "partition > 1e20", 0, "" },
		{ "partition < 1e20", 0, "all" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct query *query = query_parse(cases[i].text, &context, NULL, NULL);
		struct str got = { 0 };
		bool wanted[COUNT], narrow;

		assert_non_null(query);
		narrow = query_partitions(query, cases[i].kinds, COUNT, NULL, NULL, wanted, NULL);
		for (int p = 0; p < COUNT; p++)
			if (wanted[p])
				str_addf(&got, got.len ? " %d" : "%d", p);
		if (strcmp(narrow ? str_text(&got) : "all", cases[i].partitions) != 0)
			fail_msg("%s (%u): %s, expected %s", cases[i].text, cases[i].kinds, str_text(&got),
				cases[i].partitions);
		str_release(&got);
		query_free(query);
	}
}

/* Keys written as 8 bytes, big-endian; what is no number is unknown. */
static bool long_bytes(void *unused, struct bytes text, struct str *out)
{
	char *end, copy[32] = "";
	long long value;

	(void)unused;
	memcpy(copy, text.p, text.len < 31 ? text.len : 31);
	value = strtoll(copy, &end, 10);
	for (int shift = 56; shift >= 0; shift -= 8)
		str_add_char(out, (char)(value >> shift));
	return *end == '\0';
}

static void test_partitions_say_why(void **state)
{
	struct query *query = query_parse("key in (u-81733, \"abc\")", &context, NULL, NULL);
	struct str why = { 0 };
	bool wanted[COUNT];
	char bytes[8] = { 0, 0, 0, 0, 0, 0, 0, 42 };

	(void)state;
	assert_true(query_partitions(query, MURMUR2 | CRC, COUNT, NULL, NULL, wanted, &why));
	assert_string_equal(str_text(&why),
		"key \"u-81733\" lies in partition 5 of 12 by murmur2 (Java client), partition 2 of 12 by CRC32 (librdkafka)\n"
		"key \"abc\" lies in partition 3 of 12 by murmur2 (Java client), partition 6 of 12 by CRC32 (librdkafka)\n");
	query_free(query);
	str_clear(&why);
	query = query_parse("key == 42", &context, NULL, NULL);
	assert_true(query_partitions(query, MURMUR2, COUNT, long_bytes, NULL, wanted, &why));
	for (int p = 0; p < COUNT; p++)
		assert_int_equal(wanted[p], p == hash_partition(HASH_MURMUR2, (struct bytes){ bytes, 8 }, COUNT));
	query_free(query);
	query = query_parse("key == a42", &context, NULL, NULL);
	str_clear(&why);
	assert_false(query_partitions(query, MURMUR2, COUNT, long_bytes, NULL, wanted, &why));
	assert_string_equal(str_text(&why), "");
	query_free(query);
	str_release(&why);
}

static void test_spans(void **state)
{
	static const int64_t LOW = INT64_MIN, HIGH = INT64_MAX;
	static const struct {
		const char *text;
		struct query_span offsets, timestamps;
	} cases[] = {
		{ "", { LOW, HIGH }, { LOW, HIGH } },
		{ "foo", { LOW, HIGH }, { LOW, HIGH } },
		{ "offset >= 10 and offset < 20", { 10, 19 }, { LOW, HIGH } },
		{ "offset > 10 foo", { 11, HIGH }, { LOW, HIGH } },
		{ "offset == 5 or offset == 9", { 5, 9 }, { LOW, HIGH } },
		{ "offset in (7, 3, 5)", { 3, 7 }, { LOW, HIGH } },
		{ "offset == 5 or foo", { LOW, HIGH }, { LOW, HIGH } },
		{ "not offset >= 10", { LOW, 9 }, { LOW, HIGH } },
		{ "not (offset < 10 or offset > 20)", { 10, 20 }, { LOW, HIGH } },
		{ "offset != 5", { LOW, HIGH }, { LOW, HIGH } },
		{ "offset > 5.5", { LOW, HIGH }, { LOW, HIGH } },
		{ "offset > 9 and offset < 3", { HIGH, LOW }, { LOW, HIGH } },
		{ "(offset > 9 and offset < 3) or offset == 4", { 4, 4 }, { LOW, HIGH } },
		{ "offset > 9223372036854775807", { HIGH, LOW }, { LOW, HIGH } },
		{ "timestamp >= @1000 and timestamp <= @2000", { LOW, HIGH }, { 1000, 2000 } },
		{ "timestamp > @1000 and offset < 3", { LOW, 2 }, { 1001, HIGH } },
		{ "not timestamp < @1000", { LOW, HIGH }, { LOW, HIGH } },
		{ "timestamp exists", { LOW, HIGH }, { LOW, HIGH } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct query *query = query_parse(cases[i].text, &context, NULL, NULL);
		struct query_span offsets = query_offsets(query), times = query_timestamps(query);

		if (offsets.min != cases[i].offsets.min || offsets.max != cases[i].offsets.max ||
			times.min != cases[i].timestamps.min || times.max != cases[i].timestamps.max)
			fail_msg("%s: offsets %lld to %lld, times %lld to %lld", cases[i].text, (long long)offsets.min,
				(long long)offsets.max, (long long)times.min, (long long)times.max);
		query_free(query);
	}
}

static void test_completion(void **state)
{
	static const char *const paths[] = { "value.items[*].sku", "value.total", "header.trace-id", "key.id" };
	static const struct {
		const char *text; /* the cursor stands at its end */
		size_t start;
		const char *offers; /* the first ones, or "-" for none */
	} cases[] = {
		{ "", 0, "key value header. headers topic partition" },
		{ "par", 0, "partition" },
		{ "PAR", 0, "partition" },
		{ "val", 0, "value value.size value.items[*].sku value.total" },
		{ "value", 0, "value value.size value.items" },
		{ "value.i", 0, "value.items[*].sku" },
		{ "header.", 0, "header. header.trace-id" },
		{ "value ", 6, "== != < <= > >= ~ !~ contains" },
		{ "value con", 6, "contains" },
		{ "value st", 6, "starts with" },
		{ "value starts w", 6, "starts with" },
		{ "value not c", 6, "not contains" },
		{ "value is n", 6, "is null is not null" },
		{ "offset ", 7, "== != < <= > >= in ( not in (" },
		{ "timestamp > ", 12, "-15m -1h today yesterday now" },
		{ "timestamp > t", 12, "today" },
		{ "offset > ", 9, "-" },
		{ "value == n", 9, "null" },
		{ "key == a", 7, "-" },
		{ "timestamp > no", 12, "now" },
		{ "(", 1, "key value" },
		{ "value =", 6, "==" },
		{ "key == a ", 9, "and or key value" },
		{ "key == a a", 9, "and" },
		{ "key == a and", 9, "and" },
		{ "key == a and ", 13, "key value" },
		{ "key == \"a\"", 7, "-" },
		{ "key == \"a b", 7, "-" },
		{ "(to", 1, "topic tombstone" },
		{ "not tom", 4, "tombstone" },
		{ "!tom", 1, "tombstone" },
		{ "exists val", 7, "value value.size value.items" },
		{ "value.items[*].sku ", 19, "== !=" },
		{ "value.items[", 0, "value.items[*].sku" },
		{ "key == 1 or par", 12, "partition" },
		{ "== 3 par", 0, "-" },
		{ "foo bar ba", 8, "-" },
		{ "foo bar ke", 8, "key key.size key.id" },
		{ "key in (a, b) ", 14, "and or" },
	};
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena *arena = arena_new(0);
		struct query_completion got;
		struct str offers = { 0 };

		query_complete(cases[i].text, strlen(cases[i].text), paths, 4, arena, &got);
		for (size_t k = 0; k < got.count; k++)
			str_addf(&offers, k ? " %s" : "%s", got.items[k].text);
		if (got.start != cases[i].start ||
			(strcmp(cases[i].offers, "-") == 0 ?
					got.count > 0 :
					strncmp(str_text(&offers), cases[i].offers, strlen(cases[i].offers)) != 0)) {
			print_error("\"%s\": at %zu \"%s\"\n", cases[i].text, got.start, str_text(&offers));
			wrong++;
		}
		str_release(&offers);
		arena_free(arena);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_partitions),
		cmocka_unit_test(test_partitions_say_why),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_completion),
	};

	return cmocka_run_group_tests_name("query_scope", tests, NULL, NULL);
}
