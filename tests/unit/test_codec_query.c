/* SPDX-License-Identifier: BSD-2-Clause */
/* Expressions over values that are not text in their bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "codec/codec_query.h"

/* clang-format off */
#define B(text) { text, sizeof(text) - 1 }
/* clang-format on */

/* {"id": "a\"b", "n": [1, 2]} in MessagePack; the same, with id "g", gzipped as JSON by Python. */
#define MSGPACK                                                                                                        \
	B("\x82\xa2id\xa3"                                                                                             \
	  "a\"b\xa1n\x92\x01\x02")
#define GZIP                                                                                                           \
	B("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\xca\x4c\x51\xb2\x52\x4a\x57\xd2"                           \
	  "\x51\xca\x53\xb2\x8a\x36\xd4\x51\x30\x8a\xad\x05\x00\x65\x69\xa8\xa3\x15\x00\x00\x00")

static void test_decoded(void **state)
{
	static const struct {
		const char *key_choice, *value_choice; /* NULL: text as it stands */
		struct bytes key, value;
		const char *text;
		bool matches;
	} cases[] = {
		{ "int64", NULL, B("\0\0\0\0\0\0\0\x2a"), B("{}"), "key == 42", true },
		{ "int64", NULL, B("\0\0\0\0\0\0\0\x2a"), B("{}"), "key > 41.5 and key < 43", true },
		{ "int64", NULL, B("\0\0\0\0\0\0\0\x2a"), B("{}"), "key == 43", false },
		{ "int64", NULL, B("abc"), B("{}"), "key == abc", true }, /* not 8 bytes: its bytes */
		{ NULL, NULL, B("\0\0\0\0\0\0\0\x2a"), B("{}"), "key == 42", false },
		{ "auto", "msgpack", B("k"), MSGPACK, "value.id == 'a\"b'", true },
		{ "auto", "msgpack", B("k"), MSGPACK, "value.n[*] == 2", true },
		{ "auto", "msgpack", B("k"), MSGPACK, "value.n contains \"[1,2]\"", true },
		{ "auto", "msgpack", B("k"), MSGPACK, "value contains '\"n\":[1,2]' and value ~ id", true },
		{ "auto", "msgpack", B("k"), MSGPACK, "value.n[*] == 3", false },
		{ NULL, NULL, B("k"), MSGPACK, "value.n exists", false },
		{ "auto", "auto", B("k"), GZIP, "value.id == g", true },
		{ "auto", "auto", B("k"), GZIP, "value.n[1] == 2 and key == k", true },
		{ "auto", "auto", B("k"), GZIP, "value.id == h", false },
		{ "auto", "auto", B("k"), B(" {\"id\":\"g\"}"), "value.id == g", true },
		{ "auto", "auto", B("k"), B(" {\"id\":\"g\"}"), "value starts with ' {'", true },
		{ "auto", "auto", B("k"), B("plain"), "value == plain", true },
		{ "auto", "auto", B("k"), B("\xff\x00\x01"), "value contains \"\\xff\"", true },
		{ "json", "json", B("k"), B("no json"), "value contains json and not value.a exists", true },
		{ "auto", "auto", B("k"), { NULL, 0 }, "value is null and not value.a exists", true },
		{ "auto", "auto", B("k"), B(""), "value == \"\" and not value.a exists", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct query_context context = { { 0, true }, &codec_query_functions };
		struct codec_choice key = { 0 }, value = { 0 };
		struct codec_query own = { 0 };
		struct record record = { .topic = "t", .key = cases[i].key, .value = cases[i].value };
		struct query *query = query_parse(cases[i].text, &context, NULL, NULL);

		assert_non_null(query);
		struct query_run *run = query_run_new(query, &own);

		if (cases[i].key_choice) {
			assert_true(codec_choice_parse(&key, cases[i].key_choice, NULL));
			own.choices[QUERY_KEY] = &key;
		}
		if (cases[i].value_choice) {
			assert_true(codec_choice_parse(&value, cases[i].value_choice, NULL));
			own.choices[QUERY_VALUE] = &value;
		}
		codec_query_prepare(&own, run);
		for (int round = 0; round < 2; round++) {
			codec_query_next(&own);
			if (query_match(run, &record) != (cases[i].matches ? QUERY_YES : QUERY_NO))
				fail_msg("%zu: %s", i, cases[i].text);
		}
		query_run_free(run);
		query_free(query);
		codec_query_release(&own);
		codec_choice_release(&key);
		codec_choice_release(&value);
	}
}

static void test_key_bytes(void **state)
{
	static const struct {
		const char *choice, *text;
		struct bytes bytes;
	} cases[] = {
		{ NULL, "42", B("42") },
		{ "json", "42", B("42") },
		{ "utf8", "a", B("a") },
		{ "auto", "42", { NULL, 0 } },
		{ "int64", "42", B("\0\0\0\0\0\0\0\x2a") },
		{ "int32", "-2", B("\xff\xff\xff\xfe") },
		{ "int32", "2147483648", { NULL, 0 } },
		{ "int16", "-32768", B("\x80\0") },
		{ "int8", "128", { NULL, 0 } },
		{ "uint8", "255", B("\xff") },
		{ "uint8", "256", { NULL, 0 } },
		{ "uint8", "-1", { NULL, 0 } },
		{ "uint64", "18446744073709551615", B("\xff\xff\xff\xff\xff\xff\xff\xff") },
		{ "int32-le", "258", B("\x02\x01\0\0") },
		{ "int64", "x", { NULL, 0 } },
		{ "int64", "", { NULL, 0 } },
		{ "int64", "9223372036854775808", { NULL, 0 } },
		{ "uuid", "x", { NULL, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct codec_choice choice = { 0 };
		struct str out = { 0 };
		bool known;

		if (cases[i].choice && !codec_choice_parse(&choice, cases[i].choice, NULL))
			fail_msg("no decoder %s", cases[i].choice);
		known = codec_query_key_bytes(cases[i].choice ? &choice : NULL,
			(struct bytes){ cases[i].text, strlen(cases[i].text) }, &out);
		if (known != (cases[i].bytes.p != NULL))
			fail_msg("%s as %s", cases[i].text, cases[i].choice);
		if (known) {
			assert_int_equal(out.len, cases[i].bytes.len);
			assert_memory_equal(str_text(&out), cases[i].bytes.p, out.len);
		}
		str_release(&out);
		codec_choice_release(&choice);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decoded),
		cmocka_unit_test(test_key_bytes),
	};

	return cmocka_run_group_tests_name("codec_query", tests, NULL, NULL);
}
