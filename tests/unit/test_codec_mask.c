/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to be hidden is hidden, in trees, text and raw bytes; when in doubt, all of it. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "codec/mask.h"
#include "codec/render.h"

/* Rules apart by a newline. */
static struct mask *mask_of(const char *rules)
{
	struct mask *mask = mask_new();
	char *copy = strdup(rules), *rest = copy, *rule;

	while ((rule = strsep(&rest, "\n"))) {
		struct error err = { 0 };

		if (!mask_add(mask, rule, &err))
			fail_msg("%s: %s", rule, err.message);
	}
	free(copy);
	return mask;
}

static const struct {
	const char *rules, *topic;
	enum mask_part part;
	const char *bytes;
	const char *raw; /* NULL: not masked */
} raw_cases[] = {
	{ "value.card", "t", MASK_VALUE, "{ \"card\" : \"4111\", \"n\": 1.50 }",
		"{ \"card\" : \"***\", \"n\": 1.50 }" },
	{ "value.card", "t", MASK_KEY, "{\"card\":1}", NULL },
	{ "value.card", "t", MASK_VALUE, "{\"n\":1}", NULL },
	{ "value.items[*].pin", "t", MASK_VALUE, "{\"items\":[{\"pin\":1},{\"pin\":{\"a\":2}},3]}",
		"{\"items\":[{\"pin\":\"***\"},{\"pin\":\"***\"},3]}" },
	{ "pay* value.card", "payments", MASK_VALUE, "{\"card\":1}", "{\"card\":\"***\"}" },
	{ "pay* value.card", "orders", MASK_VALUE, "{\"card\":1}", NULL },
	{ "value.a\nvalue.a.b\nvalue.c", "t", MASK_VALUE, "{\"a\":{\"b\":1},\"c\":2}",
		"{\"a\":\"***\",\"c\":\"***\"}" },
	{ "value.a", "t", MASK_VALUE, "{\"a\":1,\"a\":2}", "{\"a\":\"***\",\"a\":\"***\"}" },
	{ "value.card", "t", MASK_VALUE, "{\"c\\u0061rd\":1}", "{\"c\\u0061rd\":\"***\"}" },
	/* Arrays that the path does not speak of */
	{ "value.customer.card", "t", MASK_VALUE, "{\"customer\":[{\"card\":1},{\"card\":\"2\"}]}",
		"{\"customer\":[{\"card\":\"***\"},{\"card\":\"***\"}]}" },
	{ "value.customer.card", "t", MASK_VALUE, "[ {\"customer\":{\"card\":1, \"n\":2}}]",
		"[ {\"customer\":{\"card\":\"***\", \"n\":2}}]" },
	{ "value.card", "t", MASK_VALUE, "[[[{\"card\":[1,2]}]]]", "[[[{\"card\":\"***\"}]]]" },
	{ "value.customer.card", "t", MASK_VALUE, "{\"customer\":[{\"n\":[1]},7,[]]}", NULL },
	{ "value.items[0].card", "t", MASK_VALUE, "{\"items\":[[{\"card\":1}],{\"card\":2}]}",
		"{\"items\":[[{\"card\":\"***\"}],{\"card\":2}]}" },
	/* Deeper than paths are followed: all of it */
	{ "value.card", "t", MASK_VALUE,
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\"card\":1}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "\"***\"" },
	/* Behind a byte order mark */
	{ "value.card", "t", MASK_VALUE, "\xef\xbb\xbf{\"card\":1}", "\xef\xbb\xbf{\"card\":\"***\"}" },
	/* Cut short, it is no JSON, yet the secret stands in it. */
	{ "value.card", "t", MASK_VALUE, "{\"card\":\"4111", "***" },
	{ "value.card", "t", MASK_VALUE, "prefix {\"card\":\"4111\"}", "***" },
	{ "value.card", "t", MASK_VALUE, "hello", NULL },
	{ "value.card", "t", MASK_VALUE, "\xff\x01", "***" },
	{ "value", "t", MASK_VALUE, "{\"a\":1}", "\"***\"" },
	{ "key", "t", MASK_KEY, "user-1", "***" },
	{ "value ~ [0-9]{4,}", "t", MASK_VALUE, "card 4111 and 77 and 12345", "card *** and 77 and ***" },
	{ "~ secret", "t", MASK_HEADERS, "a secret", "a ***" },
	{ "~ secret", "t", MASK_VALUE, "\xff\xff a secret", "\xff\xff a ***" },
	{ "headers ~ secret", "t", MASK_VALUE, "a secret", NULL },
	{ "~ (?i)SECRET", "t", MASK_VALUE, "Secret", "***" },
	{ "value ~ a/b", "t", MASK_VALUE, "{ \"x\":\"a\\/b\" }", "{\"x\":\"***\"}" },
	{ "value ~ 4111", "t", MASK_VALUE, "{\"n\":4111,\"s\":\"4111\",\"4111\":0}",
		"{\"n\":\"***\",\"s\":\"***\",\"***\":0}" },
	{ "value ~ 4111\nvalue.b", "t", MASK_VALUE, "{\"n\":4111,\"b\":7}", "{\"n\":\"***\",\"b\":\"***\"}" },
	{ "value ~ 4111", "t", MASK_VALUE, "{ \"n\" : 1 }", NULL },
	{ "value ~ x*", "t", MASK_VALUE, "aaa", NULL },
};

static void test_raw(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(raw_cases); i++) {
		struct mask *mask = mask_of(raw_cases[i].rules);
		struct bytes bytes = { .p = raw_cases[i].bytes, .len = strlen(raw_cases[i].bytes) };
		struct str out = { 0 };
		bool hit = mask_raw(mask, raw_cases[i].topic, raw_cases[i].part, bytes, &out);

		assert_text(i, str_text(&out), raw_cases[i].raw ? raw_cases[i].raw : "");
		assert_int_equal(hit, raw_cases[i].raw != NULL);
		str_release(&out);
		mask_free(mask);
	}
}

/* The same rules on what was decoded: no form of it shows what the raw form hides. */
static void test_decoded_hides_as_much(void **state)
{
	static const enum codec_id codecs[] = { CODEC_AUTO, CODEC_JSON, CODEC_UTF8, CODEC_HEX, CODEC_BASE64 };
	static const char *const secrets[] = { "4111", "12345", "34313131", "NDExMQ", "a secret", "user-1", "a/b",
		"pin\":1" };

	(void)state;
	for (size_t i = 0; i < COUNT(raw_cases); i++) {
		struct mask *mask = mask_of(raw_cases[i].rules);

		for (size_t c = 0; c < COUNT(codecs) && raw_cases[i].raw; c++) {
			struct arena *arena = arena_new(0);
			struct codec_choice choice = { .id = codecs[c] };
			struct codec_input input = { .bytes = { .p = raw_cases[i].bytes,
							     .len = strlen(raw_cases[i].bytes) } };
			struct decoded decoded;
			struct str out = { 0 };

			codec_decode(&choice, &input, arena, &decoded);
			mask_decoded(mask, raw_cases[i].topic, raw_cases[i].part, arena, &decoded);
			if (!decoded.masked)
				fail_msg("row %zu as %d is not masked", i, (int)codecs[c]);
			render_summary(&out, &decoded, 4000);
			render_json(&out, &decoded);
			str_add_len(&out, decoded.bytes.p, decoded.bytes.len);
			for (size_t s = 0; s < COUNT(secrets); s++) {
				if (strstr(str_text(&out), secrets[s]))
					fail_msg("row %zu as %d shows %s: %s", i, (int)codecs[c], secrets[s],
						str_text(&out));
			}
			str_release(&out);
			arena_free(arena);
		}
		mask_free(mask);
	}
}

static void test_tree_of_other_formats(void **state)
{
	/* {"card": "4111", "n": 1} in MessagePack; field 1 "4111" in Protobuf. */
	static const struct {
		enum codec_id codec;
		const char *bytes, *rule, *want;
	} cases[] = {
		{ CODEC_MSGPACK,
			"\x82\xa4"
			"card\xa4"
			"4111\xa1n\x01",
			"value.card", "{\"card\":\"***\",\"n\":1}" },
		{ CODEC_PROTOBUF,
			"\x0a\x04"
			"4111",
			"value.card", "\"***\"" },
		{ CODEC_PROTOBUF,
			"\x0a\x04"
			"4111\x10\x05",
			"value[\"1\"]", "{\"1\":\"***\",\"2\":5}" },
		{ CODEC_MSGPACK,
			"\x82\xa4"
			"card\xa4"
			"4111\xa1n\x01",
			"~ 41+", "{\"card\":\"***\",\"n\":1}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct mask *mask = mask_of(cases[i].rule);
		struct arena *arena = arena_new(0);
		struct codec_choice choice = { .id = cases[i].codec };
		struct codec_input input = { .bytes = { .p = cases[i].bytes, .len = strlen(cases[i].bytes) } };
		struct decoded decoded;
		struct str out = { 0 };

		codec_decode(&choice, &input, arena, &decoded);
		mask_decoded(mask, "t", MASK_VALUE, arena, &decoded);
		render_json(&out, &decoded);
		assert_text(i, str_text(&out), cases[i].want);
		str_release(&out);
		arena_free(arena);
		mask_free(mask);
	}
}

static void test_bad_rules(void **state)
{
	static const struct {
		const char *rule, *error;
	} cases[] = {
		{ "", "mask : expected key, value, headers or ~" },
		{ "orders", "mask orders: expected key, value, headers or ~" },
		{ "value ~", "mask: expected a pattern after ~" },
		{ "value ~ (", "mask: pattern, byte 2: missing closing parenthesis" },
		{ "value.", "path: expected a name after ." },
		{ "headers.x", "mask headers.x: headers have no paths" },
	};
	struct mask *mask = mask_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };

		assert_false(mask_add(mask, cases[i].rule, &err));
		assert_text(i, err.message, cases[i].error);
	}
	assert_false(mask_concerns(mask, "t", MASK_VALUE));
	assert_false(mask_concerns(NULL, "t", MASK_VALUE));
	mask_free(mask);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_decoded_hides_as_much),
		cmocka_unit_test(test_tree_of_other_formats),
		cmocka_unit_test(test_bad_rules),
	};

	return cmocka_run_group_tests_name("codec_mask", tests, NULL, NULL);
}
