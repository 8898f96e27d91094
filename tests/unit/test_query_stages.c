/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first stage may never refuse a record that the whole evaluation accepts:
 * random expressions over random records, whose JSON writes its text in every
 * way JSON has. The seed is fixed, so a failure can be looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec_query.h"
#include "query/query_ast.h"
#include "query/query_find.h"

/* Nothing here has two threads, and the thread sanitizer makes it ten times slower. */
#ifdef __SANITIZE_THREAD__
enum { SHARE = 10 };
#else
enum { SHARE = 1 };
#endif

static uint64_t random_state = 0x9e3779b97f4a7c15;

static unsigned pick(unsigned below)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)(random_state >> 33) % below;
}

/* Few, short and alike, so that expressions often match. */
static const char *const texts[] = { "W-1", "a/b", "say \"hi\"", "M\xc3\xbcnchen", "tab\there", "back\\slash", "42",
	"100", "x", "", "\xf0\x9f\x8e\x89!", "\\u0041", "true", "aa", "\"\"",
	"a\x7f"
	"b" };
static const char *const names[] = { "id", "sku", "items", "a b" };
static const char *const numbers[] = { "42", "42.0", "4.2e1", "100", "1e2", "100.00", "-0", "0", "7", "1E+2" };
#define PICK(array) (array)[pick(sizeof(array) / sizeof(*(array)))]

/* One \u anywhere makes the first stage let a record pass, so most records have none. */
static bool unicode_escapes;

static void add_escaped(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		bool must = *p == '"' || *p == '\\' || *p < 0x20;

		if (unicode_escapes && *p >= 0x80 && pick(3) == 0 && (*p & 0xe0) == 0xc0) {
			str_addf(out, pick(2) ? "\\u%04x" : "\\u%04X", (*p & 0x1f) << 6 | (p[1] & 0x3f));
			p++;
		} else if (unicode_escapes && *p == 0xf0 && pick(2)) {
			str_add(out, "\\ud83c\\uDF89");
			p += 3;
		} else if (unicode_escapes && *p < 0x80 && pick(10) == 0) {
			str_addf(out, "\\u%04x", *p);
		} else if (*p == '\t') {
			str_add(out, "\\t");
		} else if (*p == '/' && pick(2)) {
			str_add(out, "\\/");
		} else {
			if (must)
				str_add_char(out, '\\');
			str_add_char(out, (char)*p);
		}
	}
	str_add_char(out, '"');
}

static void add_json(struct str *out, int depth)
{
	unsigned kind = pick(depth > 0 ? 7 : 4), count = pick(4);

	if (kind == 0) {
		str_add(out, PICK(numbers));
	} else if (kind == 1) {
		str_add(out, pick(3) == 0 ? "null" : pick(2) ? "true" : "false");
	} else if (kind < 4) {
		add_escaped(out, PICK(texts));
	} else if (kind == 4) {
		str_add_char(out, '[');
		for (unsigned i = 0; i < count; i++) {
			str_add(out, i ? ", " : "");
			add_json(out, depth - 1);
		}
		str_add_char(out, ']');
	} else {
		str_add_char(out, '{');
		for (unsigned i = 0; i < count; i++) {
			str_add(out, i ? "," : "");
			add_escaped(out, PICK(names));
			str_add(out, pick(2) ? ":" : " : ");
			add_json(out, depth - 1);
		}
		str_add_char(out, '}');
	}
}

static void add_quoted(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

static void add_operand(struct str *out)
{
	if (pick(3) == 0)
		str_add(out, PICK(numbers));
	else
		add_quoted(out, PICK(texts));
}

static void add_test(struct str *out)
{
	static const char *const fields[] = { "key", "value", "value.id", "value.sku", "value.items[*]",
		"value.items[*].sku", "value[*]", "value[*][*]", "value[\"a b\"]", "key.id", "value[0]", "value[*].id",
		"value" };
	static const char *const operators[] = { "==", "!=", "<", ">=", "contains", "starts with", "ends with",
		"not contains", "==", "contains" };
	unsigned kind = pick(12);

	if (kind == 0) {
		add_quoted(out, PICK(texts));
		return;
	}
	str_add(out, PICK(fields));
	if (kind == 1) {
		str_add(out, pick(2) ? " exists" : " is null");
	} else if (kind == 2) {
		str_add(out, pick(3) ? " in (" : " not in (");
		add_operand(out);
		str_add(out, ", ");
		add_operand(out);
		str_add(out, ")");
	} else if (kind == 3) {
		str_add(out, pick(2) ? " ~ W.1" : " !~ a");
	} else {
		str_addf(out, " %s ", PICK(operators));
		add_operand(out);
	}
}

static void add_expression(struct str *out, int depth)
{
	unsigned kind = pick(depth > 0 ? 6 : 1);

	if (kind == 0) {
		add_test(out);
	} else if (kind == 1) {
		str_add(out, "not (");
		add_expression(out, depth - 1);
		str_add(out, ")");
	} else {
		str_add(out, "(");
		add_expression(out, depth - 1);
		str_add(out, kind < 4 ? " and " : " or ");
		add_expression(out, depth - 1);
		str_add(out, ")");
	}
}

static struct bytes random_part(struct str *memory)
{
	str_clear(memory);
	unicode_escapes = pick(4) == 0;
	switch (pick(10)) {
	case 0:
		return (struct bytes){ NULL, 0 };
	case 1:
		str_add(memory, PICK(texts));
		break;
	case 2:
		add_json(memory, 3);
		memory->len -= pick((unsigned)memory->len + 1);
		break; /* cut short */
	default:
		add_json(memory, 3);
	}
	return (struct bytes){ str_text(memory), memory->len };
}

static void test_first_stage_is_safe(void **state)
{
	enum { QUERIES = 12000 / SHARE, RECORDS = 60 };
	struct query_context context = { { 0, true }, &codec_query_functions };
	struct codec_query memory = { 0 };
	struct str text = { 0 }, key = { 0 }, value = { 0 };
	size_t matched = 0, refused = 0, tried = 0;

	(void)state;
	for (int q = 0; q < QUERIES; q++) {
		struct error err;
		struct query *query;
		struct query_run *run;

		str_clear(&text);
		add_expression(&text, 3);
		query = query_parse(str_text(&text), &context, NULL, &err);
		if (!query)
			fail_msg("%s: %s", str_text(&text), err.message);
		run = query_run_new(query, &memory);
		for (int i = 0; i < RECORDS; i++) {
			struct record record = { .topic = "t", .key = random_part(&key), .value = random_part(&value) };
			bool may = query_may_match(run, record.key, record.value);
			enum query_answer both = query_match(run, &record), whole;

			query->first_stage_pays = false;
			whole = query_match(run, &record);
			query->first_stage_pays = query->first_stage.entry >= 0;
			if (whole == QUERY_YES && !may)
				fail_msg("%s\nrefused: key %s\nvalue %s", str_text(&text), record.key.p,
					record.value.p);
			assert_int_equal(both, whole);
			matched += whole == QUERY_YES;
			refused += !may;
			tried += query->first_stage.entry >= 0;
		}
		query_run_free(run);
		query_free(query);
	}
	/* The test says something only if both happen often. */
	assert_true(matched > 30000 / SHARE);
	assert_true(refused > 30000 / SHARE);
	assert_true(tried > 60000 / SHARE);
	str_release(&text);
	str_release(&key);
	str_release(&value);
	codec_query_release(&memory);
}

static void test_find(void **state)
{
	char hay[100], text[40];

	(void)state;
	for (int i = 0; i < 400000 / SHARE; i++) {
		struct bytes in = { hay, pick(sizeof(hay)) }, what = { text, pick(pick(2) ? 5 : sizeof(text)) };
		char *exact = malloc(in.len + 1); /* so that a read past the end is seen */

		for (size_t k = 0; k < in.len; k++)
			exact[k] = hay[k] = (char)('a' + pick(2));
		for (size_t k = 0; k < what.len; k++)
			text[k] = (char)('a' + pick(2));
		if (in.len > what.len && pick(2))
			memcpy(text, hay + pick((unsigned)(in.len - what.len)), what.len);
		in.p = exact;
		assert_int_equal(query_find(in, what), memmem(hay, in.len, text, what.len) != NULL);
		free(exact);
	}
	assert_false(query_find((struct bytes){ NULL, 0 }, (struct bytes){ "", 0 }));
}

static void test_numbers(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{ "1", "1.0", 0 },
		{ "1", "10e-1", 0 },
		{ "1", "0.1e1", 0 },
		{ "100", "1e2", 0 },
		{ "1E+2", "100.000", 0 },
		{ "0", "-0", 0 },
		{ "0", "0e99", 0 },
		{ "-0.0", "0", 0 },
		{ "1", "2", -1 },
		{ "-1", "-2", 1 },
		{ "-1", "1", -1 },
		{ "9007199254740993", "9007199254740992", 1 },
		{ "9007199254740993", "9007199254740993.0", 0 },
		{ "9223372036854775807", "9223372036854775808", -1 },
		{ "-9223372036854775808", "-9223372036854775809", 1 },
		{ "-9223372036854775808", "-9223372036854775808.0", 0 },
		{ "18446744073709551615", "18446744073709551616", -1 },
		{ "0.1", "0.10", 0 },
		{ "0.1", "0.1000000000000000055", -1 },
		{ "1e400", "1e399", 1 },
		{ "1e-400", "0", 1 },
		{ "-1e400", "5", -1 },
		{ "1e999999999999999999999", "1e5", 1 },
		{ "007", "7", 0 },
		{ "0.0012", "12e-4", 0 },
		{ "12.5", "12.50e0", 0 },
		{ "129.90", "129.9", 0 },
		{ "99", "100.5", -1 },
	};
	static const char *const wrong[] = { "", "-", "+", ".", "1.", ".5", "1e", "1e+", "e5", "1.2.3", "1 ", " 1",
		"0x1", "1e5.0", "--1", "NaN", "1,5", "1-", "-e" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct query_number a, b;

		assert_true(query_number_parse(cases[i].a, strlen(cases[i].a), &a));
		assert_true(query_number_parse(cases[i].b, strlen(cases[i].b), &b));
		if (query_number_compare(&a, &b) != cases[i].order || query_number_compare(&b, &a) != -cases[i].order)
			fail_msg("%s against %s: %d", cases[i].a, cases[i].b, query_number_compare(&a, &b));
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct query_number n;

		if (query_number_parse(wrong[i], strlen(wrong[i]), &n))
			fail_msg("\"%s\" was taken as a number", wrong[i]);
	}
	for (int64_t value = -3; value < 4; value++) {
		struct query_number whole = query_number_of(value), half;

		query_number_parse("0.5", 3, &half);
		assert_int_equal(query_number_compare(&whole, &half), value > 0 ? 1 : -1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_stage_is_safe),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests_name("query_stages", tests, NULL, NULL);
}
