/* SPDX-License-Identifier: BSD-2-Clause */
/* Payloads behind a schema registry's header or another prefix, and what Protobuf messages hold beside plain fields. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/str.h"
#include "codec/codec.h"
#include "codec/codec_query.h"
#include "codec/json_path.h"
#include "codec/mask.h"
#include "codec/record_json.h"
#include "codec/render.h"
#include "tests/unit/hex.h"

/*
 * Made by protoc 3.21 of:
 *     message Payload { optional string name = 1; optional int32 n = 2; extensions 100 to 200; }
 *     message Outer { message Inner2 { optional string v = 1; } optional google.protobuf.Any any = 1;
 *         repeated google.protobuf.Any many = 2; optional google.protobuf.Duration took = 3; optional Payload p = 4; }
 *     extend Payload { optional string extended = 100; repeated Payload more = 101; }
 *     message Scope { extend Payload { optional int32 scoped = 102; } }
 */
static const char extended_set[] =
	"0ae4010a19676f6f676c652f70726f746f6275662f616e792e70726f746f120f676f6f676c652e70726f746f62756622360a"
	"03416e7912190a08747970655f75726c18012001280952077479706555726c12140a0576616c756518022001280c52057661"
	"6c756542760a13636f6d2e676f6f676c652e70726f746f6275664208416e7950726f746f50015a2c676f6f676c652e676f6c"
	"616e672e6f72672f70726f746f6275662f74797065732f6b6e6f776e2f616e797062a20203475042aa021e476f6f676c652e"
	"50726f746f6275662e57656c6c4b6e6f776e5479706573620670726f746f330afb010a1e676f6f676c652f70726f746f6275"
	"662f6475726174696f6e2e70726f746f120f676f6f676c652e70726f746f627566223a0a084475726174696f6e12180a0773"
	"65636f6e647318012001280352077365636f6e647312140a056e616e6f7318022001280552056e616e6f734283010a13636f"
	"6d2e676f6f676c652e70726f746f627566420d4475726174696f6e50726f746f50015a31676f6f676c652e676f6c616e672e"
	"6f72672f70726f746f6275662f74797065732f6b6e6f776e2f6475726174696f6e7062f80101a20203475042aa021e476f6f"
	"676c652e50726f746f6275662e57656c6c4b6e6f776e5479706573620670726f746f330ad9030a096578742e70726f746f12"
	"06636f6d2e65781a19676f6f676c652f70726f746f6275662f616e792e70726f746f1a1e676f6f676c652f70726f746f6275"
	"662f6475726174696f6e2e70726f746f22320a075061796c6f616412120a046e616d6518012001280952046e616d65120c0a"
	"016e18022001280552016e2a05086410c90122bf010a054f7574657212260a03616e7918012001280b32142e676f6f676c65"
	"2e70726f746f6275662e416e795203616e7912280a046d616e7918022003280b32142e676f6f676c652e70726f746f627566"
	"2e416e7952046d616e79122d0a04746f6f6b18032001280b32192e676f6f676c652e70726f746f6275662e4475726174696f"
	"6e5204746f6f6b121d0a017018042001280b320f2e636f6d2e65782e5061796c6f61645201701a160a06496e6e657232120c"
	"0a017618012001280952017622300a0553636f706532270a0673636f706564120f2e636f6d2e65782e5061796c6f61641866"
	"20012805520673636f7065643a2b0a08657874656e646564120f2e636f6d2e65782e5061796c6f6164186420012809520865"
	"7874656e6465643a340a046d6f7265120f2e636f6d2e65782e5061796c6f616418652003280b320f2e636f6d2e65782e5061"
	"796c6f616452046d6f7265";

/* An Outer: an Any of a known type, one of an unknown, one that is empty, and all three extensions. */
static const char outer_bytes[] =
	"0a300a22747970652e676f6f676c65617069732e636f6d2f636f6d2e65782e5061796c6f6164120a0a06696e20616e791007"
	"12280a22747970652e676f6f676c65617069732e636f6d2f636f6d2e65782e556e6b6e6f776e1202080112240a2274797065"
	"2e676f6f676c65617069732e636f6d2f636f6d2e65782e5061796c6f61641a0808031080cab5ee0122160a0178a206036661"
	"72aa06021001aa06021002b00609";

static const char pay_schema[] = "{\"type\":\"record\",\"name\":\"Pay\",\"fields\":["
				 "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"n\",\"type\":\"int\"}]}";

static struct codec_choice choice_of(enum codec_id id, const char *message)
{
	struct codec_choice choice = { .id = id };
	struct error err = { 0 };

	if (id == CODEC_AVRO_FILE)
		choice.schema = codec_schema_avro(pay_schema, strlen(pay_schema), &err);
	if (id == CODEC_PROTOBUF_FILE) {
		struct bytes set = unhex(extended_set);

		choice.schema = codec_schema_protobuf(set.p, set.len, message, &err);
		free((char *)(uintptr_t)set.p);
	}
	assert_string_equal(err.message, "");
	return choice;
}

static void test_envelopes(void **state)
{
	static const struct {
		enum codec_id codec, shown;
		const char *hex, *envelope, *json, *reason;
		uint32_t schema_id;
	} cases[] = {
		/* {"id":"hi","n":21}: bare, behind a header, behind a fingerprint */
		{ CODEC_AVRO_FILE, CODEC_AVRO_FILE, "0468692a", NULL, "{\"id\":\"hi\",\"n\":21}", NULL, 0 },
		{ CODEC_AVRO_FILE, CODEC_AVRO_FILE, "000000002a0468692a", "schema id 42", "{\"id\":\"hi\",\"n\":21}",
			NULL, 42 },
		{ CODEC_AVRO_FILE, CODEC_AVRO_FILE, "c30177665544332211000468692a",
			"schema fingerprint 0011223344556677", "{\"id\":\"hi\",\"n\":21}", NULL, 0 },
		/* An empty string and a number: bare, though it begins with a zero byte. */
		{ CODEC_AVRO_FILE, CODEC_AVRO_FILE, "002a", NULL, "{\"id\":\"\",\"n\":21}", NULL, 0 },
		{ CODEC_AVRO_FILE, CODEC_HEX, "000000002affff", NULL, NULL,
			"not this Avro schema: 5 bytes follow the value", 0 },
		{ CODEC_PROTOBUF_FILE, CODEC_PROTOBUF_FILE, "0a01781007", NULL, "{\"name\":\"x\",\"n\":7}", NULL, 0 },
		{ CODEC_PROTOBUF_FILE, CODEC_PROTOBUF_FILE, "0000000007000a01781007", "schema id 7",
			"{\"name\":\"x\",\"n\":7}", NULL, 7 },
		{ CODEC_PROTOBUF_FILE, CODEC_PROTOBUF_FILE, "00000000070402020a01781007", "schema id 7",
			"{\"name\":\"x\",\"n\":7}", NULL, 7 },
		{ CODEC_PROTOBUF, CODEC_PROTOBUF, "0000000007000a01781007", "schema id 7", "{\"1\":\"x\",\"2\":7}",
			NULL, 7 },
		{ CODEC_JSON, CODEC_JSON, "00000000037b2261223a317d", "schema id 3", "{\"a\":1}", NULL, 3 },
		{ CODEC_JSON, CODEC_JSON, "efbbbf7b2261223a317d", NULL, "{\"a\":1}", NULL, 0 },
		/* Found out from the bytes alone */
		{ CODEC_AUTO, CODEC_JSON, "00000000037b2261223a317d", "schema id 3", "{\"a\":1}", NULL, 3 },
		{ CODEC_AUTO, CODEC_JSON, "efbbbf7b2261223a317d", NULL, "{\"a\":1}", NULL, 0 },
		{ CODEC_AUTO, CODEC_PROTOBUF, "0000000007000a0568656c6c6f1007", "schema id 7",
			"{\"1\":\"hello\",\"2\":7}", NULL, 7 },
		{ CODEC_AUTO, CODEC_HEX, "000000002a0468692a", NULL, NULL,
			"schema id 42: needs its schema, avro-file:FILE or protobuf-file:FILE:MESSAGE", 0 },
		/* A counter is a counter. */
		{ CODEC_AUTO, CODEC_INT64, "000000000000002a", NULL, "42", NULL, 0 },
		{ CODEC_FRAMED, CODEC_UTF8, "6869", NULL, NULL,
			"no schema registry's header: a zero byte and a schema id of 4 bytes", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct codec_choice choice = choice_of(cases[i].codec, "com.ex.Payload");
		struct codec_input input = { .bytes = unhex(cases[i].hex) };
		struct arena *arena = arena_new(0);
		struct decoded d;
		struct str json = { 0 };

		codec_decode(&choice, &input, arena, &d);
		assert_text(i, d.reason ? d.reason : "", cases[i].reason ? cases[i].reason : "");
		assert_text(i, d.envelope ? d.envelope : "", cases[i].envelope ? cases[i].envelope : "");
		assert_int_equal(d.codec, cases[i].shown);
		assert_int_equal(d.schema_id, cases[i].schema_id);
		render_json(&json, &d);
		if (cases[i].json)
			assert_text(i, str_text(&json), cases[i].json);
		str_release(&json);
		arena_free(arena);
		codec_choice_release(&choice);
		free((char *)(uintptr_t)input.bytes.p);
	}
}

static void check_line(const struct codec_choice *choice, const char *hex, const char *wanted)
{
	struct codec_choice text = { .id = CODEC_UTF8 };
	struct record_json j = { .key = &text, .value = choice };
	struct bytes value = unhex(hex);
	struct record record = { .topic = "t", .value = value, .timestamp_ms = 1, .timestamp_type = TIMESTAMP_CREATE };
	struct str out = { 0 };

	record_json_add(&j, &record, &out);
	assert_string_equal(str_text(&out), wanted);
	str_release(&out);
	record_json_release(&j);
	free((char *)(uintptr_t)value.p);
}

static void test_the_schema_id_stands_in_the_line(void **state)
{
	struct codec_choice avro = choice_of(CODEC_AVRO_FILE, NULL), json = { .id = CODEC_JSON },
			    any = { .id = CODEC_AUTO };

	(void)state;
	check_line(&avro, "000000002a0468692a",
		"{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":1,\"timestamp_type\":\"CreateTime\",\"key\":null,"
		"\"value\":\"\\u0000\\u0000\\u0000\\u0000*\\u0004hi*\",\"value_schema_id\":42,"
		"\"value_decoded\":{\"id\":\"hi\",\"n\":21},\"headers\":[]}\n");
	check_line(&json, "00000000037b2261223a317d",
		"{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":1,\"timestamp_type\":\"CreateTime\",\"key\":null,"
		"\"value\":\"\\u0000\\u0000\\u0000\\u0000\\u0003{\\\"a\\\":1}\",\"value_schema_id\":3,"
		"\"value_decoded\":{\"a\":1},\"headers\":[]}\n");
	check_line(&any, "00000000037b2261223a317d",
		"{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":1,\"timestamp_type\":\"CreateTime\",\"key\":null,"
		"\"value\":\"\\u0000\\u0000\\u0000\\u0000\\u0003{\\\"a\\\":1}\",\"value_schema_id\":3,"
		"\"value_decoded\":{\"a\":1},\"headers\":[]}\n");
	codec_choice_release(&avro);
}

/* Any shows the fields of what it holds; extensions stand under their full names, as in Protobuf's own JSON. */
static void test_any_and_extensions(void **state)
{
	struct codec_choice choice = choice_of(CODEC_PROTOBUF_FILE, "com.ex.Outer");
	struct codec_input input = { .bytes = unhex(outer_bytes) };
	struct arena *arena = arena_new(0);
	struct json_path *path = json_path_new("any.name", NULL, NULL);
	struct json_path_iter iter;
	struct json_match match;
	struct decoded d;
	struct str json = { 0 };

	(void)state;
	codec_decode(&choice, &input, arena, &d);
	assert_null(d.reason);
	render_json(&json, &d);
	assert_string_equal(str_text(&json),
		"{\"any\":{\"@type\":\"type.googleapis.com/com.ex.Payload\",\"name\":\"in any\",\"n\":7},"
		"\"many\":[{\"type_url\":\"type.googleapis.com/com.ex.Unknown\",\"value\":\"CAE=\"},"
		"{\"@type\":\"type.googleapis.com/com.ex.Payload\"}],\"took\":{\"seconds\":3,\"nanos\":500000000},"
		"\"p\":{\"name\":\"x\",\"[com.ex.extended]\":\"far\",\"[com.ex.more]\":[{\"n\":1},{\"n\":2}],"
		"\"[com.ex.Scope.scoped]\":9}}");
	assert_string_equal(node_member(d.tree, "took")->note, "duration 3.500000000s");
	json_path_begin_tree(&iter, path, d.tree);
	assert_true(json_path_next(&iter, &match));
	assert_true(match.len == 6 && memcmp(match.p, "in any", 6) == 0);
	json_path_free(path);
	str_release(&json);
	arena_free(arena);
	codec_choice_release(&choice);
	free((char *)(uintptr_t)input.bytes.p);
}

static void test_schema_errors_help(void **state)
{
	static const char answer[] = "{\"subject\":\"pay-value\",\"id\":1,\"schema\":\"{\\\"type\\\":\\\"int\\\"}\"}";
	static const char proto[] = "syntax = \"proto3\"; message M { }";
	struct bytes set = unhex(extended_set);
	struct codec_schema *schema;
	struct error err;

	(void)state;
	error_clear(&err);
	assert_null(codec_schema_protobuf(set.p, set.len, "Outer.Inner2", &err));
	assert_string_equal(err.message, "descriptor set: no message Outer.Inner2; did you mean com.ex.Outer.Inner2?");
	error_clear(&err);
	assert_null(codec_schema_protobuf(set.p, set.len, "com.ex.Paylod", &err));
	assert_string_equal(err.message, "descriptor set: no message com.ex.Paylod; did you mean com.ex.Payload?");
	error_clear(&err);
	assert_null(codec_schema_protobuf(proto, strlen(proto), "M", &err));
	assert_string_equal(err.message,
		"not a descriptor set; make one of the .proto files with "
		"protoc --include_imports --descriptor_set_out=FILE");
	error_clear(&err);
	/* What a registry answers, and a file that an editor began with a byte order mark. */
	assert_non_null(schema = codec_schema_avro(answer, strlen(answer), &err));
	codec_schema_free(schema);
	assert_non_null(schema = codec_schema_avro("\xef\xbb\xbf\"int\"", 8, &err));
	codec_schema_free(schema);
	free((char *)(uintptr_t)set.p);
}

/* Does the JSON path find `n` in a value, by this decoder? */
static bool finds(enum codec_id id, const char *hex)
{
	struct codec_choice choice = { .id = id };
	struct codec_query q = { .choices = { [QUERY_VALUE] = &choice } };
	struct error err = { 0 };
	struct query_context context = { .codec = &codec_query_functions };
	struct query *query = query_parse("value.n == 7", &context, NULL, &err);
	struct record record = { .topic = "t", .value = unhex(hex) };
	struct query_run *run = query_run_new(query, &q);
	enum query_answer answer;

	codec_query_prepare(&q, run);
	codec_query_next(&q);
	answer = query_match(run, &record);
	query_run_free(run);
	query_free(query);
	codec_query_release(&q);
	free((char *)(uintptr_t)record.value.p);
	return answer == QUERY_YES;
}

static void test_filters_look_behind_envelopes(void **state)
{
	(void)state;
	assert_true(finds(CODEC_JSON, "7b226e223a377d"));
	assert_true(finds(CODEC_JSON, "efbbbf7b226e223a377d"));
	assert_true(finds(CODEC_JSON, "00000000037b226e223a377d"));
	assert_true(finds(CODEC_AUTO, "efbbbf7b226e223a377d"));
	assert_true(finds(CODEC_AUTO, "00000000037b226e223a377d"));
	assert_false(finds(CODEC_JSON, "00000000037b226e223a387d"));
}

/* Rows of __consumer_offsets must be told apart in a list. */
static void test_internal_records_in_a_few_words(void **state)
{
	static const struct {
		const char *key, *value, *key_summary, *value_summary;
	} cases[] = {
		{ "000100036f7073000374787400000003", "000300000000000001c0ffffffff00016d00000196a0b5c800", "ops/txt/3",
			"offset 448 at 2025-05-05T13:49:49.952Z \"m\"" },
		{ "000200036f7073", "0003000000000007ffffffff000000000000000000000000", "GroupMetadata ops",
			"generation 7, 0 members" },
	};
	struct codec_choice choice = { .id = CODEC_CONSUMER_OFFSETS };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes key = unhex(cases[i].key), value = unhex(cases[i].value);
		struct codec_input input = { .bytes = key, .is_key = true, .key = key };
		struct arena *arena = arena_new(0);
		struct mask *mask = mask_new();
		struct decoded d;
		struct str out = { 0 };

		codec_decode(&choice, &input, arena, &d);
		render_summary(&out, &d, 200);
		assert_text(i, str_text(&out), cases[i].key_summary);
		/* What is masked is not said in other words. */
		assert_true(mask_add(mask, "key.group", NULL));
		mask_decoded(mask, "__consumer_offsets", MASK_KEY, arena, &d);
		str_clear(&out);
		render_summary(&out, &d, 200);
		assert_null(strstr(str_text(&out), "ops"));
		input = (struct codec_input){ .bytes = value, .key = key };
		codec_decode(&choice, &input, arena, &d);
		assert_text(i, d.reason ? d.reason : "", "");
		str_clear(&out);
		render_summary(&out, &d, 200);
		assert_text(i, str_text(&out), cases[i].value_summary);
		str_release(&out);
		mask_free(mask);
		arena_free(arena);
		free((char *)(uintptr_t)key.p);
		free((char *)(uintptr_t)value.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes),
		cmocka_unit_test(test_the_schema_id_stands_in_the_line),
		cmocka_unit_test(test_any_and_extensions),
		cmocka_unit_test(test_schema_errors_help),
		cmocka_unit_test(test_filters_look_behind_envelopes),
		cmocka_unit_test(test_internal_records_in_a_few_words),
	};

	return cmocka_run_group_tests_name("codec_envelope", tests, NULL, NULL);
}
