/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <math.h>

#include "base/json.h"

static void test_a_document(void **state)
{
	struct str out = {0};
	struct json j = {.out = &out};

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
		{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = {0};

		base64_add(&out, rows[i].in, strlen(rows[i].in));
		assert_text(i, str_text(&out), rows[i].out);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_document),
		cmocka_unit_test(test_base64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
