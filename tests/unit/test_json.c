/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static void test_a_document(void **state)
{
	struct str out = { 0 };
	struct json j = { .out = &out };

	(void)state;
	json_object(&j, NULL);
	json_string(&j, "name", "a\"b\\c\n\x01\x7f\xc2\x9b\xc3\xa9");
	json_string(&j, "hidden", "\xe2\x80\xae\xf3\xa0\x80\x81");
	json_string(&j, "none", NULL);
	json_string(&j, "raw", "\xff\x00");
	json_int(&j, "int", INT64_MIN);
	json_bool(&j, "yes", true);
	json_array(&j, "list");
	json_number(&j, NULL, 0.1);
	json_number(&j, NULL, 1e300);
	json_number(&j, NULL, NAN);
	json_bytes(&j, NULL, "\xfe", 1);
	json_object(&j, NULL);
	json_object_end(&j);
	json_array_end(&j);
	json_null(&j, "last");
	json_object_end(&j);
	assert_string_equal(str_text(&out),
		"{\"name\":\"a\\\"b\\\\c\\n\\u0001\\u007f\\u009b\xc3\xa9\",\"hidden\":\"\\u202e\\udb40\\udc01\",\"none\":null,\"raw_base64\":\"/w==\","
		"\"int\":-9223372036854775808,\"yes\":true,\"list\":[0.1,1e+300,null,{\"base64\":\"/g==\"},{}],"
		"\"last\":null}");
	str_release(&out);
}

static void test_base64(void **state)
{
	/* RFC 4648 section 10 */
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		base64_add(&out, rows[i].in, strlen(rows[i].in));
		assert_text(i, str_text(&out), rows[i].out);
		str_release(&out);
	}
}

/* One character after another, as the fast way through blocks must have it. */
static void quote_slowly(struct str *out, const char *text, size_t len)
{
	str_add_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			str_addf(out, "\\%c", c);
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c < 0x20 || c == 0x7f)
			str_addf(out, "\\u%04x", c);
		else
			str_add_char(out, (char)c);
	}
	str_add_char(out, '"');
}

static void test_strings_of_all_lengths(void **state)
{
	static const char alphabet[] = "\"\\abc\n\x01\x7f defgh";
	unsigned seed = 1;

	(void)state;
	for (size_t len = 0; len < 9000; len = len < 200 ? len + 1 : len * 2 + 1) {
		for (unsigned kinds = 1; kinds < sizeof(alphabet); kinds++) {
			char *text = malloc(len ? len : 1); /* of this very size: a sanitizer sees a byte too far */
			struct str found = { 0 }, wanted = { 0 };
			bool controls;

			for (size_t i = 0; i < len; i++) {
				seed = seed * 1103515245 + 12345;
				text[i] = alphabet[(seed >> 16) % kinds];
			}
			quote_slowly(&wanted, text, len);
			assert_true(json_quote(&found, text, len, &controls));
			assert_string_equal(str_text(&found), str_text(&wanted));
			assert_int_equal(controls, len && (memchr(text, 1, len) || memchr(text, 0x7f, len)));
			if (len) {
				text[seed % len] = '\xff';
				assert_false(json_quote(&found, text, len, NULL));
				assert_string_equal(str_text(&found), str_text(&wanted));
			}
			str_release(&found);
			str_release(&wanted);
			free(text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_document),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_strings_of_all_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
