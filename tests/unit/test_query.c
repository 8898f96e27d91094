/* SPDX-License-Identifier: BSD-2-Clause */
/* Each expression is asked of the same few records; a row names those it must find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "codec/codec_query.h"
#include "query/query.h"

/* clang-format off */
#define B(text) { text, sizeof(text) - 1 }
#define NULL_BYTES { NULL, 0 }
/* clang-format on */

static const struct record_header headers_a[] = {
	{ "trace-id", B("abc-1") },
	{ "retry.count", B("3") },
	{ "empty", B("") },
	{ "gone", NULL_BYTES },
};
static const struct record_header headers_c[] = {
	{ "trace-id", B("xyz") },
	{ "trace-id", B("abc-9") },
	{ "odd name", B("v") },
};

/* 2026-11-22 14:01:58 UTC */
static const int64_t NOW = 1795356118000;

static const struct record records[] = {
	/* a */ { "orders", 3, 0, 100, 1795356118000 - 60000, TIMESTAMP_CREATE, B("u-81733"),
		B("{\"id\":\"o-1\",\"total\":129.90,\"n\":9007199254740993,\"ok\":true,\"note\":null,"
		  "\"items\":[{\"sku\":\"W-1\",\"q\":2},{\"sku\":\"W-2\",\"q\":5}],\"city\":\"M\\u00fcnchen\"}"),
		headers_a, 4 },
	/* b */
	{ "orders", 7, 0, 200, 1795356118000 - 3600000, TIMESTAMP_CREATE, B("42"),
		B("{\"id\":7,\"total\":1.0e2,\"n\":9007199254740992,\"ok\":false,\"items\":[],\"size\":3,"
		  "\"big\":1e400,\"path\":\"a\\/b\",\"quote\":\"say \\\"hi\\\"\"}"),
		NULL, 0 },
	/* c */
	{ "payments", 0, 0, 300, -1, TIMESTAMP_NONE, B("{\"id\":\"k-9\",\"a b\":[1,2]}"),
		B("plain text: W-1 failed\nsecond line"), headers_c, 3 },
	/* d */ { "payments", 1, 0, 400, 1795219200000, TIMESTAMP_APPEND, B("u-81733"), NULL_BYTES, NULL, 0 },
	/* e */ { "logs", 2, 0, 500, 1795356118000, TIMESTAMP_CREATE, NULL_BYTES, B(""), NULL, 0 },
	/* f */ { "logs", 2, 0, 501, 1795356118000, TIMESTAMP_CREATE, B(""), B("\303\244\xff\0bin"), NULL, 0 },
};
enum { RECORDS = sizeof(records) / sizeof(*records) };

static const struct query_context context = {
	{ 1795356118000, true },
	&codec_query_functions,
};

static void find_letters(const char *text, char *out)
{
	struct codec_query memory = { 0 };
	struct error err = { 0 };
	struct query *query = query_parse(text, &context, NULL, &err);
	struct query_run *run;

	if (!query)
		fail_msg("%s: %s", text, err.message);
	run = query_run_new(query, &memory);
	for (size_t i = 0; i < RECORDS; i++) {
		enum query_answer answer = query_match(run, &records[i]);

		if (answer == QUERY_UNDECIDED)
			*out++ = '?';
		if (answer == QUERY_YES)
			*out++ = (char)('a' + i);
		if (answer == QUERY_YES && !query_may_match(run, records[i].key, records[i].value))
			fail_msg("%s: the first stage refuses record %c, which matches", text, (char)('a' + i));
	}
	*out = '\0';
	query_run_free(run);
	query_free(query);
	codec_query_release(&memory);
}

static void test_matches(void **state)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{ "", "abcdef" },
		{ "  ", "abcdef" },
		/* bare text */
		{ "W-1", "ac" },
		{ "\"W-1\"", "ac" },
		{ "'W-1'", "ac" },
		{ "W-1 failed", "c" },
		{ "W-1 and failed", "c" },
		{ "w-1", "" },
		{ "81733", "ad" },
		{ "not W-1", "bdef" },
		{ "!W-1", "bdef" },
		{ "failed or 42", "bc" },
		{ "\"text: W\"", "c" },
		{ "not-found", "" },
		{ "key-1", "" },
		{ "W-1 not failed", "a" },
		{ "/w-[12]/i", "ac" },
		{ "/^u-\\d+$/", "ad" },
		{ "/a\\/b/", "" },
		{ "not /W/", "bdef" },
		{ "\"\"", "abcdef" },
		{ "\xc3\xa4", "f" },
		{ "\"\\xff\"", "f" },
		{ "\"\\u00e4\"", "f" },
		/* key and value as text */
		{ "key == \"u-81733\"", "ad" },
		{ "key = u-81733", "ad" },
		{ "key == 'u-81733'", "ad" },
		{ "key==u-81733", "ad" },
		{ "key != u-81733", "bcef" },
		{ "key == 42", "b" },
		{ "key == \"42\"", "b" },
		{ "key == 42.0", "" },
		{ "key >= 42", "b" },
		{ "key < 42.5", "b" },
		{ "key < 42", "" },
		{ "key < v", "abdf" },
		{ "key >= \"u\"", "acd" },
		{ "key starts with u-", "ad" },
		{ "key startswith u-", "ad" },
		{ "key ends with 33", "ad" },
		{ "key not starts with u-", "bcef" },
		{ "key contains 817", "ad" },
		{ "key not contains 817", "bcef" },
		{ "key ~ ^u-", "ad" },
		{ "key !~ ^u-", "bcef" },
		{ "key ~ \"^u-\\d+$\"", "ad" },
		{ "key ~ /U-8/i", "ad" },
		{ "key ~ (u|4)", "abd" },
		{ "(key ~ ^u-)", "ad" },
		{ "(key ~ (81)(7))", "ad" },
		{ "key in (42, u-81733)", "abd" },
		{ "key not in (42)", "acdef" },
		{ "key in ( \"42\" )", "b" },
		{ "value == \"\"", "e" },
		{ "value ~ \"W-1 failed$\"", "" },
		{ "value ~ (?m)failed$", "c" },
		{ "value ~ ^.\\xff", "" },
		{ "value ~ bin$", "f" },
		{ "value ~ ^\xc3\xa4", "f" },
		{ "value contains \"\\n\"", "c" },
		{ "value contains a=b", "" },
		{ "value contains text:", "c" },
		/* null, tombstones, exists */
		{ "tombstone", "d" },
		{ "value is null", "d" },
		{ "value == null", "d" },
		{ "value != null", "abcef" },
		{ "value is not null", "abcef" },
		{ "key is null", "e" },
		{ "key == null", "e" },
		{ "key exists", "abcdf" },
		{ "exists key", "abcdf" },
		{ "exists(value)", "abcef" },
		{ "not exists value", "d" },
		{ "value not exists", "d" },
		{ "not tombstone and not key exists", "e" },
		{ "key contains \"\"", "abcdf" },
		{ "key == \"\"", "f" },
		/* headers */
		{ "header.trace-id == abc-1", "a" },
		{ "header.trace-id starts with abc", "ac" },
		{ "header[\"odd name\"] == v", "c" },
		{ "headers['odd name'] == v", "c" },
		{ "header.retry.count > 2", "a" },
		{ "header.retry.count == 3", "a" },
		{ "header.retry.count == 3.0", "" },
		{ "header.empty == \"\"", "a" },
		{ "header.empty is null", "" },
		{ "header.gone is null", "a" },
		{ "header.gone exists", "a" },
		{ "header.gone contains \"\"", "" },
		{ "header.nope exists", "" },
		{ "not header.trace-id exists", "bdef" },
		{ "headers exists", "ac" },
		{ "headers contains abc", "ac" },
		{ "header.trace-id != abc-9", "abdef" },
		{ "header.trace-id ~ ^x", "c" },
		/* numbers */
		{ "partition == 2", "ef" },
		{ "partition in (0, 3)", "ac" },
		{ "partition != 2", "abcd" },
		{ "offset >= 300", "cdef" },
		{ "offset < 200", "a" },
		{ "offset > 499.5", "ef" },
		{ "offset == 3e2", "c" },
		{ "offset >= 200 and offset < 400", "bc" },
		{ "value.size == 0", "e" },
		{ "key.size == 0", "f" },
		{ "size == 7", "df" },
		{ "size > 1kB", "" },
		{ "size >= 100B", "ab" },
		{ "value.size < 1KiB", "abcef" },
		{ "topic == orders", "ab" },
		{ "topic ~ ^pay", "cd" },
		{ "topic in (orders, logs)", "abef" },
		{ "offset == 18446744073709551616", "" },
		{ "offset < 18446744073709551616", "abcdef" },
		/* time */
		{ "timestamp > -15m", "aef" },
		{ "timestamp >= \"14:01:58\"", "ef" },
		{ "timestamp < 14:01", "abd" },
		{ "timestamp > yesterday", "abef" },
		{ "timestamp < \"2026-11-21 10:00\"", "d" },
		{ "timestamp == 2026-11-21T00:00:00Z", "d" },
		{ "timestamp exists", "abdef" },
		{ "not timestamp exists", "c" },
		{ "timestamp == null", "c" },
		{ "timestamp is null", "c" },
		{ "timestamp is not null", "abdef" },
		{ "timestamp != null", "abdef" },
		{ "key.size is null", "e" },
		{ "value.size exists", "abcef" },
		{ "timestamp in (@1795219200000, now)", "def" },
		{ "timestamp > now", "" },
		{ "timestamp <= now", "abdef" },
		{ "timestamp < \"yesterday 00:00:01\"", "d" },
		{ "not timestamp > -15m", "bcd" },
		/* JSON */
		{ "value.id == \"o-1\"", "a" },
		{ "value.id == o-1", "a" },
		{ "value.id == 7", "b" },
		{ "value.id == \"7\"", "b" },
		{ "value.id == 7.0", "b" },
		{ "value.id == \"7.0\"", "" },
		{ "value.id != 7", "acdef" },
		{ "value.total > 100", "a" },
		{ "value.total >= 100", "ab" },
		{ "value.total == 100", "b" },
		{ "value.total == 129.9", "a" },
		{ "value.total == 129.900", "a" },
		{ "value.total < 129.91", "ab" },
		{ "value.total in (100, 129.9)", "ab" },
		{ "value.n == 9007199254740993", "a" },
		{ "value.n > 9007199254740992", "a" },
		{ "value.n == 9007199254740993.0", "a" },
		{ "value.n < 9007199254740992.5", "b" },
		{ "value.big > 1e399", "b" },
		{ "value.big == 10e399", "b" },
		{ "value.items[*].sku == \"W-1\"", "a" },
		{ "value.items[*].sku == W-2", "a" },
		{ "value.items[0].sku == W-2", "" },
		{ "value.items[1].sku == W-2", "a" },
		{ "value.items[*].q >= 5", "a" },
		{ "value.items[*].q > 5", "" },
		{ "value.items[*].q in (9, 5)", "a" },
		{ "value.items exists", "ab" },
		{ "value.items[0] exists", "a" },
		{ "exists value.items[*]", "a" },
		{ "value.items contains W-2", "a" },
		{ "value.items == \"[]\"", "b" },
		{ "value.items is null", "" },
		{ "value.note is null", "a" },
		{ "value.note == null", "a" },
		{ "value.note exists", "a" },
		{ "value.note is not null", "bcdef" },
		{ "value.note == \"null\"", "" },
		{ "value.ok == true", "a" },
		{ "value.ok == false", "b" },
		{ "value.ok ~ ^t", "a" },
		{ "value.city == \"M\xc3\xbcnchen\"", "a" },
		{ "value.city contains nch", "a" },
		{ "value.city contains \xc3\xbcn", "a" },
		{ "value.city starts with M\xc3\xbc", "a" },
		{ "value.city ~ ^M.n", "a" },
		{ "M\xc3\xbcnchen", "" },
		{ "value.path == a/b", "b" },
		{ "value.path ends with /b", "b" },
		{ "value.quote contains '\"hi\"'", "b" },
		{ "value.quote == \"say \\\"hi\\\"\"", "b" },
		{ "value[\"size\"] == 3", "b" },
		{ "value.size == 3", "" },
		{ "key.id == k-9", "c" },
		{ "key[\"a b\"][1] == 2", "c" },
		{ "key.id exists", "c" },
		{ "value.total ~ 9", "a" },
		{ "value.nope == 1", "" },
		{ "value.nope != 1", "abcdef" },
		{ "value[*] == 7", "b" },
		{ "value.id < 8", "b" },
		{ "value.id < p", "ab" },
		/* logic */
		{ "value.id exists and not (value.total > 100 or key == 42)", "" },
		{ "topic == logs or topic == payments and tombstone", "def" },
		{ "(topic == logs or topic == payments) and tombstone", "d" },
		{ "topic==logs||topic==payments&&tombstone", "def" },
		{ "not not tombstone", "d" },
		{ "!(tombstone||!key exists)", "abcf" },
		{ "NOT tombstone AND key EXISTS", "abcf" },
		{ "partition == 2 key exists", "f" },
		{ "not (partition == 2 value == \"\")", "abcdf" },
	};
	char found[2 * RECORDS + 1];
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		find_letters(cases[i].text, found);
		if (strcmp(found, cases[i].found) != 0) {
			print_error("%s: found \"%s\", expected \"%s\"\n", cases[i].text, found, cases[i].found);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_faults(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "and", "column 1: expected a field or text before and" },
		{ "foo and", "column 8: expected a field, text" },
		{ "foo or", "column 7: expected a field" },
		{ "foo and and bar", "column 9: expected a field or text before and" },
		{ "(foo", "column 5: expected ) for the ( in column 1" },
		{ "foo)", "column 4: there is no ( for this )" },
		{ "()", "column 2: expected a field, text" },
		{ "not", "column 4: expected a field" },
		{ "!", "column 2: expected a field" },
		{ "== 3", "column 1: expected a field or text before ==" },
		{ "partion == 3", "column 1: partion is no field; fields are key" },
		{ "foo status=500", "column 5: status is no field" },
		{ "foo contains x", "column 1: foo is no field" },
		{ "contains x", "column 1: expected a field or text before contains" },
		{ "\"foo\" == key", "column 1: \"foo\" is no field" },
		{ "key", "column 4: expected an operator after key" },
		{ "key foo", "column 5: expected an operator after key" },
		{ "(key)", "column 5: expected an operator after key" },
		{ "key ==", "column 7: expected text or a number" },
		{ "key == and", "column 8: expected what to compare" },
		{ "key == \"a", "column 8: this quote is not closed" },
		{ "'a", "column 1: this quote is not closed" },
		{ "key == \"a\\q\"", "column 10: unknown escape" },
		{ "key == \"\\u12\"", "column 9: expected four hex" },
		{ "key == \"\\ud800\"", "column 9: this half of a surrogate pair" },
		{ "key == \"\\x1\"", "column 9: expected two" },
		{ "key ~ (a", "column 9: missing closing parenthesis" },
		{ "key ~ \"a[\"", "column 10: missing terminating ]" },
		{ "key ~ /a", "column 7: this / is not closed" },
		{ "key ~ /a/x", "column 10: the only letter" },
		{ "key ~", "column 6: expected a regular expression" },
		{ "key ~ \"\"", "column 8: expected a regular" },
		{ "/(/", "column 3: missing closing parenthesis" },
		{ "key ~ \\C", "column 9: using \\C is disabled" },
		{ "offset == x", "column 11: expected a number: offset holds one" },
		{ "offset == \"1\"", "column 11: expected a number" },
		{ "offset ~ 1", "column 8: offset takes ==" },
		{ "offset contains 1", "column 8: offset takes ==" },
		{ "offset is null", "column 8: offset is never null" },
		{ "partition exists", "column 11: partition always exists" },
		{ "exists offset", "column 1: offset always exists" },
		{ "exists foo", "column 1: expected a field before or after exists" },
		{ "exists", "column 1: expected a field" },
		{ "exists(key", "column 11: expected )" },
		{ "size > 10XB", "column 8: expected a number: size holds one" },
		{ "size > 99999999999GB", "column 8: expected" },
		{ "offset > 10kB", "column 10: expected a number" },
		{ "timestamp > 25:00", "column 13: hour 25 is not 0 to 23" },
		{ "timestamp > \"2026-02-30\"", "column 22: 2026-02 has 28 days" },
		{ "timestamp > foo", "column 13: expected a time" },
		{ "timestamp >", "column 12: expected a time" },
		{ "timestamp > yesterday 14:00 )", "column 29: there is no ( for this )" },
		{ "timestamp contains 1", "column 11: timestamp takes ==" },
		{ "key in 42", "column 8: expected ( and a list" },
		{ "key in (42", "column 11: expected , or ) in the list that begins in column 8" },
		{ "key in ()", "column 9: expected text or a number" },
		{ "key in (1,)", "column 11: expected text" },
		{ "key starts u", "column 12: expected with after starts" },
		{ "key is 3", "column 8: expected null after is" },
		{ "value. == 1", "column 7: path: expected a name after ." },
		{ "value[x] == 1", "column 7: path: expected a number" },
		{ "value[0 == 1", "column 8: path: expected ]" },
		{ "value.a, == 1", "column 8: expected an operator" },
		{ "value[\"a == 1", "column 14: path: the quote is not closed" },
		{ "header. == 1", "column 8: expected the name of a header" },
		{ "header[x] == 1", "column 8: expected the name" },
		{ "header[\"x\" == 1", "column 12: expected ]" },
		{ "topic.a == 1", "column 1: topic.a is no field" },
		{ "\303\244\303\266 == 1", "column 1: \303\244\303\266 is no field" },
		{ "\"\303\244\" key ~ (", "column 12: missing closing" },
	};
	struct query_context no_codec = { { 0, true }, NULL };
	struct error err;
	size_t at;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct query *query = query_parse(cases[i].text, &context, NULL, &err);

		if (query)
			fail_msg("%s: taken", cases[i].text);
		if (strncmp(err.message, cases[i].message, strlen(cases[i].message)) != 0) {
			print_error("%s: %s\n", cases[i].text, err.message);
			wrong++;
		}
		assert_int_equal(err.code, ERR_USAGE);
	}
	assert_int_equal(wrong, 0);
	assert_null(query_parse("value.a == 1", &no_codec, &at, &err));
	assert_int_equal(at, 5);
	assert_string_equal(err.message, "paths into JSON cannot be used here");
}

static void test_limits(void **state)
{
	enum { MANY = 20000 };
	char *text = malloc(8 * MANY);
	struct error err;
	struct query *query;

	(void)state;
	memset(text, '(', MANY);
	strcpy(text + MANY, "a");
	assert_null(query_parse(text, &context, NULL, &err));
	assert_string_equal(err.message, "column 101: this is nested more than 100 deep");
	memset(text, '!', MANY);
	assert_null(query_parse(text, &context, NULL, &err));
	text[0] = '\0';
	for (int i = 0; i < MANY; i++)
		memcpy(text + 3 * i, "a b", 4);
	query = query_parse(text, &context, NULL, &err);
	assert_non_null(query);
	query_free(query);
	memset(text, 'a', 8 * MANY - 1);
	text[8 * MANY - 1] = '\0';
	assert_null(query_parse(text, &context, NULL, &err));
	free(text);
}

static void test_gives_up_loudly(void **state)
{
	struct query *query = query_parse("value ~ ^(a+)+$", &context, NULL, NULL);
	char value[64];
	struct record record = { .topic = "t", .value = { value, sizeof(value) } };

	(void)state;
	assert_non_null(query);
	struct query_run *run = query_run_new(query, NULL);

	memset(value, 'a', sizeof(value));
	value[sizeof(value) - 1] = 'b';
	assert_int_equal(query_match(run, &record), QUERY_UNDECIDED);
	query_run_free(run);
	query_free(query);
}

static void test_notes(void **state)
{
	struct query_context local = { { NOW, false }, NULL };
	struct query *query;

	(void)state;
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	query = query_parse("timestamp > \"2026-03-29 02:30\" and timestamp < 2026-10-25T02:30", &local, NULL, NULL);
	assert_non_null(strstr(query_notes(query), "2026-03-29 02:30: 2026-03-29 02:30 does not exist"));
	assert_non_null(strstr(query_notes(query), "2026-10-25T02:30: 2026-10-25 02:30 comes twice"));
	query_free(query);
	query = query_parse("offset > 3", &local, NULL, NULL);
	assert_string_equal(query_notes(query), "");
	assert_false(query_is_empty(query));
	query_free(query);
}

static struct bytes reversed(void *memory, const struct record *record, enum query_part part)
{
	struct bytes from = part == QUERY_KEY ? record->key : record->value;
	char *to = memory;

	for (size_t i = 0; i < from.len; i++)
		to[i] = from.p[from.len - 1 - i];
	return (struct bytes){ to, from.len };
}

/* Where the bytes are not the text, the text counts and the first stage stands back. */
static void test_decoded_text(void **state)
{
	struct query_codec backwards = { NULL, NULL, NULL, reversed };
	struct query_context own = { { NOW, true }, &backwards };
	struct query *query = query_parse("value contains fedc and /dc/", &own, NULL, NULL);
	char memory[64];
	struct record record = { .topic = "t", .key = B("k"), .value = B("abcdefgh") };

	(void)state;
	assert_non_null(query);
	struct query_run *run = query_run_new(query, memory);

	assert_int_equal(query_match(run, &record), QUERY_NO);
	query_run_set_raw(run, QUERY_VALUE, false);
	assert_true(query_may_match(run, record.key, record.value));
	assert_int_equal(query_match(run, &record), QUERY_YES);
	query_run_set_raw(run, QUERY_VALUE, true);
	assert_int_equal(query_match(run, &record), QUERY_NO);
	query_run_free(run);
	query_free(query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_gives_up_loudly),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_decoded_text),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
