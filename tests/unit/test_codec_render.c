/* SPDX-License-Identifier: BSD-2-Clause */
/* Decoded values as one line, as JSON, and as lines with folds; and the guess at what bytes are. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/text.h"
#include "codec/codec.h"
#include "codec/render.h"

static void decode(enum codec_id id, const char *bytes, size_t len, struct arena *arena, struct decoded *decoded)
{
	struct codec_choice choice = { .id = id };
	struct codec_input input = { .bytes = { .p = bytes, .len = len } };

	codec_decode(&choice, &input, arena, decoded);
}

static void test_json_stays_as_it_stands(void **state)
{
	static const struct {
		const char *json, *want;
	} cases[] = {
		{ " { \"a\" : 1.50 , \"b\":[ 1e5,-0,12345678901234567890123 ] } ",
			"{\"a\":1.50,\"b\":[1e5,-0,12345678901234567890123]}" },
		/* Names are there once: what a parser would drop stands in an array. */
		{ "{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":[2]}", "{\"a\":[1,[2]],\"b\":{\"c\":[1,2]}}" },
		{ "{\"a\":1,\"\\u0061\":2,\"ab\":3}", "{\"a\":[1,2],\"ab\":3}" },
		{ "{\"\\u0062\":1,\"a\":2}", "{\"\\u0062\":1,\"a\":2}" },
		{ "{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":7,\"i\":8,\"j\":9,\"k\":10,\"l\":11,"
		  "\"m\":12,\"n\":13,\"o\":14,\"p\":15,\"q\":16,\"c\":17,\"a\":18}",
			"{\"a\":[0,18],\"b\":1,\"c\":[2,17],\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":7,\"i\":8,\"j\":9,\"k\":10,\"l\":11,"
			"\"m\":12,\"n\":13,\"o\":14,\"p\":15,\"q\":16}" },
		{ "{\"z\":\"\\u00e9\\n\\/\",\"\\u001b\":null}", "{\"z\":\"\\u00e9\\n\\/\",\"\\u001b\":null}" },
		{ "\"\\ud800\"", "\"\\ud800\"" },
		{ "[]", "[]" },
		{ "{}", "{}" },
		/* What a terminal may obey is escaped, though JSON lets it stand. */
		{ "\"a\x7f\xc2\x9b"
		  "31m\xc3\xa9\"",
			"\"a\\u007f\\u009b31m\xc3\xa9\"" },
	};
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new(0);
		struct decoded decoded;

		decode(CODEC_JSON, cases[i].json, strlen(cases[i].json), arena, &decoded);
		str_clear(&out);
		render_json(&out, &decoded);
		assert_text(i, str_text(&out), cases[i].want);
		arena_free(arena);
	}
	str_release(&out);
}

static void test_summary_is_one_bounded_line(void **state)
{
	static const struct {
		enum codec_id codec;
		const char *bytes;
		size_t len, max;
		const char *want;
	} cases[] = {
		{ CODEC_JSON, "{\"a\": [1, 2, 3]}", 16, 80, "{\"a\":[1,2,3]}" },
		{ CODEC_JSON, "{\"a\": [1, 2, 3]}", 16, 8, "{\"a\":[1,..." },
		{ CODEC_JSON, "\"x\"", 3, 80, "\"x\"" },
		{ CODEC_UTF8, "caf\xc3\xa9s", 6, 4, "caf..." },
		{ CODEC_UTF8, "caf\xc3\xa9s", 6, 5, "caf\xc3\xa9..." },
		{ CODEC_UTF8, "caf\xc3\xa9s", 6, 6, "caf\xc3\xa9s" },
		{ CODEC_HEX, "\0\1\2", 3, 80, "0x000102" },
		{ CODEC_HEX, "\0\1\2", 3, 5, "0x000..." },
		{ CODEC_UUID, "\x12\x3e\x45\x67\xe8\x9b\x42\xd3\xa4\x56\x42\x66\x14\x17\x40\x00", 16, 80,
			"123e4567-e89b-42d3-a456-426614174000" },
		{ CODEC_BASE64, "\xff\xfe", 2, 80, "//4=" },
		{ CODEC_UTF8, "", 0, 80, "<empty>" },
		{ CODEC_UTF8, NULL, 0, 80, "<null>" },
	};
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new(0);
		struct decoded decoded;

		decode(cases[i].codec, cases[i].bytes, cases[i].len, arena, &decoded);
		str_clear(&out);
		str_add(&out, "<");
		render_summary(&out, &decoded, cases[i].max);
		assert_text(i, str_text(&out) + 1, cases[i].want);
		arena_free(arena);
	}
	str_release(&out);
}

/* Every line as depth, fold, text with its roles: the spans joined must be the text. */
static char *lines_of(const struct decoded *decoded, size_t max)
{
	static const char letters[] = ".pksnb0xo#m";
	struct arena *arena = arena_new(0);
	struct render_lines lines;
	struct str out = { 0 };

	render_lines(decoded, arena, max, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct render_line *line = &lines.line[i];
		size_t at = 0;

		str_addf(&out, "%u", line->depth);
		if (line->fold_end)
			str_addf(&out, ">%zu(%zu)", line->fold_end, line->children);
		for (size_t s = 0; s < line->span_count; s++) {
			assert_int_equal(line->spans[s].start, at);
			at += line->spans[s].len;
			str_addf(&out, " %c", letters[line->spans[s].role]);
			str_add_len(&out, line->text + line->spans[s].start, line->spans[s].len);
		}
		assert_int_equal(at, line->len);
		str_add_char(&out, '\n');
	}
	if (lines.cut)
		str_add(&out, "cut\n");
	arena_free(arena);
	return str_take(&out);
}

static void test_lines(void **state)
{
	static const struct {
		enum codec_id codec;
		const char *bytes;
		size_t len, max;
		const char *want;
	} cases[] = {
		{ CODEC_JSON, "{\"a\":[1,true],\"b\":{},\"c\":\"x\",\"d\":null}", 38, 100,
			"0>8(4) p{\n"
			"1>4(2) k\"a\" p: [\n"
			"2 n1 p,\n"
			"2 btrue\n"
			"1 p],\n"
			"1 k\"b\" p: {},\n"
			"1 k\"c\" p:  s\"x\" p,\n"
			"1 k\"d\" p:  0null\n"
			"0 p}\n" },
		{ CODEC_JSON, "[1,2,3]", 7, 2, "0>1(3) p[\n1 n1 p,\ncut\n" },
		{ CODEC_UTF8, "one\r\ntwo\n\nend\n", 14, 100, "0 .one\n0 .two\n0\n0 .end\n" },
		{ CODEC_UTF8, "a\0b", 3, 100, "0 .a" },
		{ CODEC_JSON, "{x", 2, 100, "0 #not JSON: expected a name in quotes at byte 1\n0 .{x\n" },
		{ CODEC_HEX,
			"\x00\x01"
			"abcdefghijklmnopq",
			19, 100,
			"0 o00000000   x00 01 61 62 63 64 65 66  67 68 69 6a 6b 6c 6d 6e   s|..abcdefghijklmn|\n"
			"0 o00000010   x6f 70 71                                           s|opq|\n" },
		{ CODEC_MSGPACK, "\x81\xa1k\xc7\x02\x05\xff\xfe", 8, 100,
			"0>2(1) p{\n1 k\"k\" p:  x0xfffe #  ext 5\n0 p}\n" },
		{ CODEC_UTF8, NULL, 0, 100, "0 0<null>\n" },
		{ CODEC_UTF8, "", 0, 100, "0 #<empty>\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new(0);
		struct decoded decoded;
		char *got;

		decode(cases[i].codec, cases[i].bytes, cases[i].len, arena, &decoded);
		got = lines_of(&decoded, cases[i].max);
		assert_text(i, got, cases[i].want);
		free(got);
		arena_free(arena);
	}
}

static void test_detect(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum codec_id want;
	} cases[] = {
		{ "{\"a\":1}", 7, CODEC_JSON },
		{ " [1,2] ", 7, CODEC_JSON },
		{ "{\"a\":1", 6, CODEC_UTF8 },
		{ "order-17", 8, CODEC_UTF8 },
		{ "1234", 4, CODEC_UTF8 },
		{ "123e4567-e89b-42d3-a456-426614174000", 36, CODEC_UTF8 },
		{ "<?xml version=\"1.0\"?><a/>", 25, CODEC_XML },
		{ "<a>1</a>\n", 9, CODEC_XML },
		{ "error \x1b[31mred\x1b[0m and more text here", 36, CODEC_UTF8 },
		{ "\0\0\0\7", 4, CODEC_INT32 },
		{ "\xff\xff\xff\xfe", 4, CODEC_INT32 },
		{ "\7\0\0\0", 4, CODEC_INT32_LE },
		{ "\0\0\1\x8b\xcf\xe5\x68\0", 8, CODEC_INT64 },
		{ "\0\x68\xe5\xcf\x8b\1\0\0", 8, CODEC_INT64_LE },
		{ "\x3f\xb9\x99\x99\x99\x99\x99\x9a", 8, CODEC_DOUBLE },
		{ "\x12\x3e\x45\x67\xe8\x9b\x42\xd3\xa4\x56\x42\x66\x14\x17\x40\x00", 16, CODEC_UUID },
		{ "\x82\xa2id\x07\xa4name\xa3"
		  "Bob",
			14, CODEC_MSGPACK },
		{ "\xa2\x62id\x07\x64name\x63"
		  "Bob",
			14, CODEC_CBOR },
		{ "\xd9\xd9\xf7\x01", 4, CODEC_CBOR },
		{ "\x08\x03\x12\x05hello\x1a\x02\x08\x07", 13, CODEC_PROTOBUF },
		{ "Obj\1\0", 5, CODEC_AVRO },
		{ "\x28\xb5\x2f\xfd\0", 5, CODEC_ZSTD },
		{ "\x04\x22\x4d\x18\0", 5, CODEC_LZ4 },
		{ "\x82SNAPPY\0\0\0\0\1", 12, CODEC_SNAPPY },
		{ "\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0", 20, CODEC_GZIP },
		{ "\0\0\0\0\1\2\3", 7, CODEC_FRAMED },
		{ "\0\0\0\0\0\2\3", 7, CODEC_HEX },
		{ "\xfe\xff\x00", 3, CODEC_HEX },
		{ "", 0, CODEC_HEX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		unsigned confidence;
		enum codec_id got =
			codec_detect((struct bytes){ .p = cases[i].bytes, .len = cases[i].len }, &confidence);

		if (got != cases[i].want)
			fail_msg("row %zu: %s (%u), want %s", i, codec_get(got)->name, confidence,
				codec_get(cases[i].want)->name);
	}
	assert_int_equal(codec_for_topic("__consumer_offsets"), CODEC_CONSUMER_OFFSETS);
	assert_int_equal(codec_for_topic("__transaction_state"), CODEC_TRANSACTION_STATE);
	assert_int_equal(codec_for_topic("orders"), CODEC_AUTO);
}

/* One record that looks like something else does not turn the others. */
static void test_votes_stick(void **state)
{
	struct codec_votes votes = { 0 };

	(void)state;
	assert_int_equal(codec_votes_best(&votes), CODEC_AUTO);
	codec_votes_add(&votes, (struct bytes){ 0 });
	codec_votes_add(&votes, (struct bytes){ .p = "", .len = 0 });
	assert_int_equal(codec_votes_best(&votes), CODEC_AUTO);
	for (int i = 0; i < 5; i++)
		codec_votes_add(&votes, (struct bytes){ .p = "\0\0\0\1", .len = 4 });
	codec_votes_add(&votes, (struct bytes){ .p = "abcd", .len = 4 });
	assert_int_equal(codec_votes_best(&votes), CODEC_INT32);
	votes = (struct codec_votes){ 0 };
	for (int i = 0; i < 5; i++)
		codec_votes_add(&votes, (struct bytes){ .p = "{\"a\":1}", .len = 7 });
	codec_votes_add(&votes, (struct bytes){ .p = "broken {", .len = 8 });
	assert_int_equal(codec_votes_best(&votes), CODEC_JSON);
}

/* Compressed JSON is found, unpacked and read; what it was packed with is said. */
static void test_unwraps_what_it_finds(void **state)
{
	static const unsigned char packed[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x07, 0x39, 0x00, 0x00, 0x7b, 0x22, 0x61,
		0x22, 0x3a, 0x31, 0x7d };
	struct arena *arena = arena_new(0);
	struct decoded decoded;
	struct str out = { 0 };

	(void)state;
	decode(CODEC_AUTO, (const char *)packed, sizeof(packed), arena, &decoded);
	assert_int_equal(decoded.codec, CODEC_JSON);
	assert_string_equal(decoded.via, "zstd");
	assert_int_equal(decoded.bytes.len, 7);
	render_json(&out, &decoded);
	assert_string_equal(str_text(&out), "{\"a\":1}");
	str_release(&out);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_stays_as_it_stands),
		cmocka_unit_test(test_summary_is_one_bounded_line),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_detect),
		cmocka_unit_test(test_votes_stick),
		cmocka_unit_test(test_unwraps_what_it_finds),
	};

	return cmocka_run_group_tests_name("codec_render", tests, NULL, NULL);
}
