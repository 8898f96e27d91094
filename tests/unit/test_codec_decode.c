/* SPDX-License-Identifier: BSD-2-Clause */
/* Every decoder against bytes that other implementations made, and what it says about bytes that are none. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/str.h"
#include "codec/codec.h"
#include "codec/json_read.h"
#include "codec/render.h"
#include "tests/unit/codec_reference.h"
#include "tests/unit/codec_reference_java.h"
#include "tests/unit/hex.h"

static bool same_text(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct str x = { 0 }, y = { 0 };
	const char *p, *q;
	bool same;

	p = node_plain(a, a_len, &x, &a_len);
	q = node_plain(b, b_len, &y, &b_len);
	same = a_len == b_len && memcmp(p, q, a_len) == 0;
	str_release(&x);
	str_release(&y);
	return same;
}

static bool same_number(const struct node *a, const struct node *b)
{
	char x[400], y[400];
	bool floating;

	snprintf(x, sizeof(x), "%.*s", (int)a->len, a->text);
	snprintf(y, sizeof(y), "%.*s", (int)b->len, b->text);
	floating = strpbrk(x, "eE") || strpbrk(y, "eE") || (strchr(y, '.') && strlen(y) < 17);
	return strcmp(x, y) == 0 || (floating && strtod(x, NULL) == strtod(y, NULL)) ||
		(floating && strtof(x, NULL) == strtof(y, NULL) && strlen(y) < 15);
}

/* Members may stand in another order: the writers of the references do not all keep it. */
static bool same_node(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	switch (a->kind) {
	case NODE_BOOL:
		return a->truth == b->truth;
	case NODE_NUMBER:
		return same_number(a, b);
	case NODE_STRING:
		return same_text(a->text, a->len, b->text, b->len);
	case NODE_ARRAY:
		for (a = a->first, b = b->first; a; a = a->next, b = b->next) {
			if (!same_node(a, b))
				return false;
		}
		return true;
	case NODE_OBJECT:
		for (const struct node *x = a->first; x; x = x->next) {
			const struct node *y = b->first;

			while (y && !same_text(x->name, x->name_len, y->name, y->name_len))
				y = y->next;
			if (!y || !same_node(x, y))
				return false;
		}
		return true;
	default:
		return true;
	}
}

static bool same_json(struct arena *arena, const char *got, const char *want)
{
	struct tree a = { .arena = arena }, b = { .arena = arena };
	const struct node *x = json_read(&a, got, strlen(got)), *y = json_read(&b, want, strlen(want));

	if (!y)
		fail_msg("the reference is no JSON: %s", want);
	return x && same_node(x, y);
}

static struct codec_choice choice_of(const struct codec_case *row)
{
	struct codec_choice choice = { .id = row->codec };
	struct error err = { 0 };

	if (row->codec == CODEC_AVRO_FILE) {
		choice.schema = codec_schema_avro(row->schema, strlen(row->schema), &err);
	} else if (row->codec == CODEC_PROTOBUF_FILE) {
		struct bytes set = unhex(row->schema);

		choice.schema = codec_schema_protobuf(set.p, set.len, row->extra, &err);
		free((char *)(uintptr_t)set.p);
	}
	if (row->schema && !choice.schema)
		fail_msg("%s: %s", row->name, err.message);
	return choice;
}

static void check_case(const struct codec_case *row)
{
	struct codec_choice choice = choice_of(row);
	bool internal = row->codec >= CODEC_CONSUMER_OFFSETS;
	struct codec_input input = { .bytes = unhex(row->hex) };
	struct arena *arena = arena_new(0);
	struct str json = { 0 };
	struct decoded decoded;

	input.is_key = internal && !row->extra;
	if (internal && row->extra)
		input.key = unhex(row->extra);
	codec_decode(&choice, &input, arena, &decoded);
	render_json(&json, &decoded);
	if (decoded.reason)
		fail_msg("%s: %s", row->name, decoded.reason);
	if (!same_json(arena, str_text(&json), row->json))
		fail_msg("%s:\n got %s\nwant %s", row->name, str_text(&json), row->json);
	/* Cut short anywhere it is still shown, and never read past its end. */
	for (size_t len = 0; len < input.bytes.len; len += 1 + len / 16) {
		struct codec_input cut = input;
		char *copy = memcpy(malloc(len + 1), input.bytes.p, len);

		cut.bytes = (struct bytes){ .p = realloc(copy, len ? len : 1), .len = len };
		codec_decode(&choice, &cut, arena, &decoded);
		assert_true(decoded.form != DECODED_NULL);
		assert_true(decoded.reason || decoded.tree || decoded.form == DECODED_EMPTY || decoded.text);
		free((char *)(uintptr_t)cut.bytes.p);
	}
	str_release(&json);
	arena_free(arena);
	codec_choice_release(&choice);
	free((char *)(uintptr_t)input.bytes.p);
	free((char *)(uintptr_t)input.key.p);
}

static void test_references(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(references); i++)
		check_case(&references[i]);
}

static void test_java_references(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(java_references); i++)
		check_case(&java_references[i]);
}

/* What a decoder says of bytes that are not its own, and what is shown then. */
static void test_reasons(void **state)
{
	static const struct {
		enum codec_id codec;
		const char *bytes;
		size_t len;
		enum decoded_form form;
		const char *reason;
	} cases[] = {
		{ CODEC_UTF8, "a\xff", 2, DECODED_HEX, "not UTF-8 at byte 1" },
		{ CODEC_JSON, "{\"a\":}", 6, DECODED_TEXT, "not JSON: expected a value at byte 5" },
		{ CODEC_JSON, "[1,2", 4, DECODED_TEXT, "not JSON: expected , or ] at byte 4" },
		{ CODEC_JSON, "[1] x", 5, DECODED_TEXT, "not JSON: something follows the value at byte 4" },
		{ CODEC_JSON, "01", 2, DECODED_TEXT, "not JSON: something follows the value at byte 1" },
		{ CODEC_JSON, "\"\\x\"", 4, DECODED_TEXT, "not JSON: a bad escape at byte 1" },
		{ CODEC_JSON, "\"a\nb\"", 5, DECODED_TEXT, "not JSON: a raw control character at byte 2" },
		{ CODEC_JSON, "\"\xc3\"", 3, DECODED_HEX, "not JSON: text that is not UTF-8 at byte 1" },
		{ CODEC_XML, "hello", 5, DECODED_TEXT, "not XML: it does not start with <" },
		{ CODEC_INT32, "\0\1", 2, DECODED_HEX, "int32 is 4 bytes, this is 2" },
		{ CODEC_UUID, "x", 1, DECODED_TEXT, "uuid is 16 bytes, this is 1" },
		{ CODEC_MSGPACK, "\x81\xa1", 2, DECODED_HEX, "not MessagePack: the bytes end in a value" },
		{ CODEC_MSGPACK, "\x01\x02", 2, DECODED_HEX, "not MessagePack: 1 bytes follow the value" },
		{ CODEC_MSGPACK, "\xc1", 1, DECODED_HEX, "not MessagePack: a byte 0xc1 where a value starts" },
		{ CODEC_MSGPACK, "\xdd\xff\xff\xff\xff", 5, DECODED_HEX, "not MessagePack: the bytes end in a value" },
		{ CODEC_CBOR, "\x1c", 1, DECODED_HEX, "not CBOR: a byte 0x1c where a value starts" },
		{ CODEC_CBOR, "\xff", 1, DECODED_HEX, "not CBOR: a break outside an indefinite length" },
		{ CODEC_CBOR, "\x7f\x41\x00\xff", 4, DECODED_HEX, "not CBOR: a string in chunks holds something else" },
		{ CODEC_AVRO, "Obj\1\x02", 5, DECODED_HEX, "not an Avro container: the header ends too early" },
		{ CODEC_AVRO_FILE, "\x02", 1, DECODED_HEX, "no Avro schema was given" },
		{ CODEC_PROTOBUF, "\x00\x01", 2, DECODED_HEX, "not Protobuf: a field number of 0" },
		{ CODEC_PROTOBUF, "\x0f", 1, DECODED_HEX, "not Protobuf: wire type 7" },
		{ CODEC_PROTOBUF, "\x0c", 1, DECODED_HEX, "not Protobuf: the end of a group that was not begun" },
		{ CODEC_CONSUMER_OFFSETS, "\0", 1, DECODED_HEX,
			"the record has no key, which would say what the value is" },
		{ CODEC_GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3zz", 12, DECODED_HEX, NULL },
		{ CODEC_ZSTD, "\x28\xb5\x2f\xfd", 4, DECODED_HEX, "zstd: the bytes end too early" },
		{ CODEC_LZ4, "\x04\x22\x4d\x18", 4, DECODED_HEX, "lz4: the bytes end too early" },
		{ CODEC_SNAPPY, "\xff\xff\xff\x7f", 4, DECODED_HEX, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct codec_choice choice = { .id = cases[i].codec };
		struct codec_input input = { .bytes = { .p = cases[i].bytes, .len = cases[i].len } };
		struct arena *arena = arena_new(0);
		struct decoded decoded;

		codec_decode(&choice, &input, arena, &decoded);
		if (!decoded.reason || decoded.form != cases[i].form)
			fail_msg("row %zu: form %d, reason %s", i, (int)decoded.form, decoded.reason);
		if (cases[i].reason)
			assert_text(i, decoded.reason, cases[i].reason);
		assert_true(decoded.bytes.len == cases[i].len);
		arena_free(arena);
	}
}

static void test_null_is_not_empty(void **state)
{
	struct codec_choice choice = { .id = CODEC_JSON };
	struct codec_input null = { 0 }, empty = { .bytes = { .p = "", .len = 0 } };
	struct arena *arena = arena_new(0);
	struct decoded decoded;
	struct str out = { 0 };

	(void)state;
	codec_decode(&choice, &null, arena, &decoded);
	assert_int_equal(decoded.form, DECODED_NULL);
	render_json(&out, &decoded);
	codec_decode(&choice, &empty, arena, &decoded);
	assert_int_equal(decoded.form, DECODED_EMPTY);
	render_json(&out, &decoded);
	assert_string_equal(str_text(&out), "null\"\"");
	str_release(&out);
	arena_free(arena);
}

/* A few bytes must not cost much memory or stack, whatever they claim. */
static void test_bombs(void **state)
{
	struct {
		enum codec_id codec;
		char fill;
		const char *reason;
	} cases[] = {
		{ CODEC_JSON, '[', "nested deeper than 200 levels" },
		{ CODEC_MSGPACK, (char)0x91, "nested deeper than 200 levels" },
		{ CODEC_CBOR, (char)0x81, "nested deeper than 200 levels" },
		{ CODEC_CBOR, (char)0xc1, "nested deeper than 200 levels" },
		{ CODEC_PROTOBUF, 0x0b, "nested deeper than 200 levels" },
	};
	size_t len = 1000000;
	char *bytes = malloc(len);
	struct codec_input input = { .bytes = { .p = bytes, .len = len } };
	struct decoded decoded;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct codec_choice choice = { .id = cases[i].codec };
		struct arena *arena = arena_new(0);

		memset(bytes, cases[i].fill, len);
		codec_decode(&choice, &input, arena, &decoded);
		assert_non_null(decoded.reason);
		assert_text(i, decoded.reason, cases[i].reason);
		arena_free(arena);
	}
	free(bytes);
}

/* Two billion nulls stand in six bytes of Avro; an array of null costs nothing to claim. */
static void test_avro_of_nothing_ends(void **state)
{
	static const char schema[] = "{\"type\":\"array\",\"items\":\"null\"}";
	struct codec_choice choice = { .id = CODEC_AVRO_FILE };
	struct codec_input input = { .bytes = { .p = "\xfe\xff\xff\xff\x0f\x00", .len = 6 } };
	struct arena *arena = arena_new(0);
	struct decoded decoded;

	(void)state;
	choice.schema = codec_schema_avro(schema, sizeof(schema) - 1, NULL);
	codec_decode(&choice, &input, arena, &decoded);
	assert_string_equal(decoded.reason, "more than 1000000 values");
	codec_choice_release(&choice);
	arena_free(arena);
}

static void test_choices(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "json", NULL },
		{ "auto", NULL },
		{ "uint16-le", NULL },
		{ "jsn", "no decoder jsn; did you mean json?" },
		{ "json:x", "decoder json: takes no parameter" },
		{ "avro-file", "decoder avro-file: expected avro-file:FILE" },
		{ "avro-file:", "decoder avro-file: expected avro-file:FILE" },
		{ "avro-file:/nonexistent/x.avsc", "schema /nonexistent/x.avsc: No such file or directory" },
		{ "protobuf-file:/nonexistent/x.desc", "decoder protobuf-file: expected protobuf-file:FILE:MESSAGE" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct codec_choice choice;
		struct error err = { 0 };
		bool fine = codec_choice_parse(&choice, cases[i].text, &err);

		assert_text(i, err.message, cases[i].error ? cases[i].error : "");
		assert_int_equal(fine, !cases[i].error);
		if (fine)
			assert_int_equal(choice.id, codec_id(cases[i].text));
		codec_choice_release(&choice);
	}
	for (int id = CODEC_AUTO + 1; id < CODEC_COUNT; id++) {
		assert_non_null(codec_get((enum codec_id)id)->name);
		assert_non_null(codec_get((enum codec_id)id)->help);
		assert_int_equal(codec_id(codec_get((enum codec_id)id)->name), id);
	}
}

static void test_bad_schemas(void **state)
{
	static const struct {
		const char *json, *error;
	} cases[] = {
		{ "{", "Avro schema: not JSON: expected a name in quotes at byte 1" },
		{ "\"strin\"", "Avro schema: type strin is not defined before it is used" },
		{ "{\"type\":\"record\",\"fields\":[]}", "Avro schema: a record without a name" },
		{ "{\"type\":\"record\",\"name\":\"R\"}", "Avro schema: record R has no fields" },
		{ "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}", "Avro schema: fixed F has no size" },
		{ "{\"type\":\"array\"}", "Avro schema: a type is missing" },
		{ "5", "Avro schema: a type is neither a name nor an object nor a list" },
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		error_clear(&err);
		assert_null(codec_schema_avro(cases[i].json, strlen(cases[i].json), &err));
		assert_text(i, err.message, cases[i].error);
	}
	assert_null(codec_schema_protobuf("\x0a", 1, "x.Y", &err));
	assert_string_equal(err.message, "descriptor set: not Protobuf: the bytes end in a field");
	assert_null(codec_schema_protobuf("", 0, "x.Y", &err));
	assert_string_equal(err.message, "descriptor set: no message x.Y among 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_java_references),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_null_is_not_empty),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_avro_of_nothing_ends),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_bad_schemas),
	};

	return cmocka_run_group_tests_name("codec_decode", tests, NULL, NULL);
}
