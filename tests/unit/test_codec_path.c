/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON paths over raw bytes and over trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "codec/json_path.h"
#include "codec/json_read.h"
#include "codec/json_scan.h"

/* Each match as its kind's letter and slice, separated by blanks; "!" at the end: malformed. */
static char *matches_of(struct json_path_iter *iter)
{
	struct str out = { 0 };
	struct json_match match;

	while (json_path_next(iter, &match))
		str_addf(&out, "%s%c:%.*s", out.len ? " " : "", "0btsxao"[match.kind == NODE_NUMBER ? 2 : match.kind],
			match.p ? (int)match.len : 0, match.p ? match.p : "");
	if (iter->malformed)
		str_add(&out, "!");
	return str_take(&out);
}

static void test_path_finds(void **state)
{
	static const struct {
		const char *path, *json, *want;
		bool tree_differs; /* not JSON, or a container, whose slice a tree does not have */
	} cases[] = {
		{ "a", "{\"a\":1}", "t:1", false },
		{ ".a", " { \"a\" : 1.50 } ", "t:1.50", false },
		{ "a.b", "{\"x\":{\"b\":1},\"a\":{\"c\":[1,{\"b\":9}],\"b\":\"x\"}}", "s:x", false },
		{ "items[*].sku", "{\"items\":[{\"sku\":\"W-1\"},{},3,{\"q\":1,\"sku\":\"W-2\"}]}", "s:W-1 s:W-2",
			false },
		{ "[1]", "[10, 20, 30]", "t:20", false },
		{ "[*]", "{\"a\":true,\"b\":null}", "b:true 0:null", true },
		{ "[*][*]", "[[1,2],[],{\"x\":3}]", "t:1 t:2 t:3", false },
		{ "a", "{\"a\":1,\"b\":2,\"a\":3}", "t:1 t:3", false },
		{ "[\"a.b\"]['c d']", "{\"a.b\":{\"c d\":5}}", "t:5", false },
		{ "caf\xc3\xa9", "{\"caf\\u00e9\":1}", "t:1", false },
		{ "a", "{\"b\":\"\\\"a\\\":9\",\"a\":\"x\\\\\"}", "s:x\\\\", false },
		{ "", " [1, {\"a\":2}] ", "a:[1, {\"a\":2}]", true },
		{ "a", "{\"a\":{\"b\":[1]}}", "o:{\"b\":[1]}", true },
		{ "a[0]", "{\"a\":{\"0\":1}}", "", false },
		{ "a.b", "{\"a\":[{\"b\":1}]}", "", false },
		{ "a", "[{\"a\":1}]", "", false },
		{ "a", "3", "", false },
		{ "order-id", "{\"order-id\":7}", "t:7", false },
		{ "a", "{\"b\":12345678901234567890.123456789e5,\"a\":-0}", "t:-0", false },
		{ "a", "", "!", true },
		{ "a", "{\"a\":1", "t:1!", true },
		{ "a", "{\"a\":01}", "t:0!", true },
		{ "a", "{\"a\":tru}", "!", true },
		{ "a", "{\"b\":1 \"a\":1}", "!", true },
		{ "a", "{\"b\" 1}", "!", true },
		{ "[*]", "[1,]", "t:1!", true },
		{ "a", "{\"a\":\"x}", "!", true },
		{ "a", "{\"a\":\"x\\", "!", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_path *path = json_path_new(cases[i].path, NULL, NULL);
		/* An exact copy, so that a sanitizer sees a read past the end. */
		size_t len = strlen(cases[i].json);
		char *json = memcpy(malloc(len + 1), cases[i].json, len), *got;
		struct arena *arena = arena_new(0);
		struct tree tree = { .arena = arena };
		struct node *root = json_read(&tree, json, len);
		struct json_path_iter iter;

		assert_non_null(path);
		json_path_begin(&iter, path, json, len);
		got = matches_of(&iter);
		assert_string_equal(got, cases[i].want);
		free(got);
		if (!cases[i].tree_differs) {
			assert_non_null(root);
			json_path_begin_tree(&iter, path, root);
			got = matches_of(&iter);
			assert_string_equal(got, cases[i].want);
			free(got);
		}
		arena_free(arena);
		free(json);
		json_path_free(path);
	}
}

static void test_match_text_undoes_escapes(void **state)
{
	static const struct {
		const char *json, *want;
	} cases[] = {
		{ "\"a\\nb\"", "a\nb" },
		{ "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80" },
		{ "\"\\ud83d\"", "\xef\xbf\xbd" },
		{ "\"\\u00e9\\/\\\"\"", "\xc3\xa9/\"" },
		{ "\"plain\"", "plain" },
		{ "12", "12" },
	};
	struct json_path *path = json_path_new("", NULL, NULL);
	struct str scratch = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_path_iter iter;
		struct json_match match;
		const char *text;
		size_t len;

		json_path_begin(&iter, path, cases[i].json, strlen(cases[i].json));
		assert_true(json_path_next(&iter, &match));
		text = json_match_text(&match, &scratch, &len);
		assert_int_equal(len, strlen(cases[i].want));
		assert_memory_equal(text, cases[i].want, len);
		assert_false(json_path_next(&iter, &match));
	}
	str_release(&scratch);
	json_path_free(path);
}

static void test_path_errors_say_where(void **state)
{
	static const struct {
		const char *text;
		size_t at;
		bool fine;
	} cases[] = {
		{ "a.b == 3", 3, true },
		{ "[0].x)", 5, true },
		{ " x", 0, true },
		{ "a.", 2, false },
		{ "a[", 2, false },
		{ "a[x]", 2, false },
		{ "a[1", 3, false },
		{ "a[\"x", 4, false },
		{ "a[12345678901]", 11, false },
		{ "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q", 31, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = { 0 };
		size_t used = 0;
		struct json_path *path = json_path_new(cases[i].text, &used, &err);

		assert_int_equal(path != NULL, cases[i].fine);
		assert_int_equal(used, cases[i].at);
		assert_int_equal(err.code, cases[i].fine ? ERR_NONE : ERR_USAGE);
		json_path_free(path);
	}
	assert_null(json_path_new("a b", NULL, NULL));
}

/* Whole blocks are looked at, so the end may lie anywhere in one. */
static void test_strings_of_all_lengths(void **state)
{
	(void)state;
	for (size_t len = 0; len < 70; len++) {
		for (size_t at = 0; at <= len; at++) {
			char *text = malloc(len + 1); /* of this very size: a sanitizer sees a byte too far */
			const char *end = text + len + 1;

			memset(text, 'a', len + 1);
			text[at] = '"';
			assert_ptr_equal(json_scan_string(text, end), text + at);
			text[at] = '\\';
			assert_null(json_scan_string(text, end));
			text[len] = '"';
			assert_ptr_equal(json_scan_string(text, end), at + 1 == len ? NULL : text + len);
			free(text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_finds),
		cmocka_unit_test(test_match_text_undoes_escapes),
		cmocka_unit_test(test_path_errors_say_where),
		cmocka_unit_test(test_strings_of_all_lengths),
	};

	return cmocka_run_group_tests_name("codec_path", tests, NULL, NULL);
}
