/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/csv.h"
#include "cli/output.h"

static const struct column columns[] = {
	{ .name = "group", .title = "GROUP" },
	{ .name = "lag", .title = "LAG", .right = true },
	{ .name = "simple" },
	{ .name = "skew", .title = "SKEW", .right = true },
	{ .name = "parts", .json_only = true },
	{ .name = "note", .title = "NOTE" },
};

static void add_rows(struct output *o)
{
	struct value rows[][COUNT(columns)] = {
		{ value_text("a,\"b\"\n"), value_known(1234567), value_bool(true), value_number(0.5),
			{ .kind = VALUE_JSON, .text = "[1]" }, value_text("n") },
		{ value_text("\xe6\x97\xa5\x1b"), value_known(-1), value_bool(false), value_number(NAN),
			{ .kind = VALUE_NULL }, value_text(NULL) },
		{ value_text("c"), value_int(-1), value_bool(false), value_number(1), { .kind = VALUE_NULL },
			value_time(o, 1795356118123) },
	};

	rows[2][1].shown = "no limit";
	for (size_t i = 0; i < COUNT(rows); i++)
		output_row(o, rows[i]);
}

/* What two rounds print. */
static void check(enum output_format format, const char *heading, const char *want)
{
	char path[] = "/tmp/weir-output-XXXXXX", got[2000] = "";
	int fd = mkstemp(path), saved = dup(STDOUT_FILENO);
	struct output o;
	struct error err;

	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	output_init(&o, format, columns, COUNT(columns));
	add_rows(&o);
	bool first = output_write(&o, heading, &err);
	bool second = output_write(&o, heading, &err);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	output_release(&o);
	assert_true(pread(fd, got, sizeof(got) - 1, 0) >= 0);
	close(fd);
	unlink(path);
	assert_true(first && second);
	assert_string_equal(got, want);
}

static void test_names(void **state)
{
	(void)state;
	check(OUTPUT_NAME, "now", "a,\"b\"^J\n\xe6\x97\xa5^[\nc\n");
}

static void test_table(void **state)
{
	(void)state;
	check(OUTPUT_TABLE, "now",
		"now\n"
		"GROUP          LAG  SKEW  NOTE\n"
		"a,\"b\"^J  1,234,567  0.50  n\n"
		"\xe6\x97\xa5^[             -     -  -\n"
		"c         no limit  1.00  2026-11-22T14:01:58.123Z\n"
		"now\nGROUP  LAG  SKEW  NOTE\n");
}

static void test_json(void **state)
{
	(void)state;
	check(OUTPUT_JSON, "now",
		"{\"group\":\"a,\\\"b\\\"\\n\",\"lag\":1234567,\"simple\":true,\"skew\":0.5,\"parts\":[1],\"note\":\"n\"}\n"
		"{\"group\":\"\xe6\x97\xa5\\u001b\",\"lag\":null,\"simple\":false,\"skew\":null,\"parts\":null,"
		"\"note\":null}\n"
		"{\"group\":\"c\",\"lag\":-1,\"simple\":false,\"skew\":1,\"parts\":null,"
		"\"note\":\"2026-11-22T14:01:58.123Z\"}\n");
}

static void test_csv(void **state)
{
	(void)state;
	check(OUTPUT_CSV, NULL,
		"group,lag,simple,skew,note\r\n"
		"\"a,\"\"b\"\"^J\",1234567,true,0.5,n\r\n"
		"\xe6\x97\xa5^[,,false,,\r\n"
		"c,-1,false,1,2026-11-22T14:01:58.123Z\r\n");
}

/* Whoever may name a group chooses what stands in a spreadsheet, and in a terminal that shows the file. */
static void test_csv_computes_nothing(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
		{ "+a", "'+a" },
		{ "-a", "'-a" },
		{ "@a", "'@a" },
		{ "-", "-" },
		{ "-5", "-5" },
		{ "+3.5", "+3.5" },
		{ "=1,2", "\"'=1,2\"" },
		{ "a=1", "a=1" },
		{ "", "" },
		{ "'a", "'a" },
		{ "\t=1", "^I=1" },
		{ "\r=1", "^M=1" },
		{ "\x1b[2J\x07\xc2\x9b\xe2\x80\xae", "^[[2J^G\\u{9b}\\u{202e}" },
	};
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str_clear(&out);
		csv_add_text(&out, rows[i].text);
		assert_text(i, str_text(&out), rows[i].want);
	}
	assert_string_equal(csv_text("'=a"), "=a");
	assert_string_equal(csv_text("'a"), "'a");
	assert_string_equal(csv_text("=a"), "=a");
	str_release(&out);
}

/* One name of ten thousand letters must not make every row so wide; one of 249 is a topic's, and stays whole. */
static void test_a_long_name_widens_its_own_row_only(void **state)
{
	static const struct column names[] = { { .name = "group", .title = "GROUP" },
		{ .name = "lag", .title = "LAG", .right = true } };
	char path[] = "/tmp/weir-output-XXXXXX", huge[10001], topic[250], got[2000] = "";
	int fd = mkstemp(path), saved = dup(STDOUT_FILENO);
	struct output o;
	struct error err;

	(void)state;
	memset(huge, 'x', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	memcpy(topic, huge, sizeof(topic) - 1);
	topic[sizeof(topic) - 1] = '\0';
	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	output_init(&o, OUTPUT_TABLE, names, COUNT(names));
	output_row(&o, (struct value[]){ value_text(huge), value_int(1) });
	output_row(&o, (struct value[]){ value_text(topic), value_int(2) });
	output_row(&o, (struct value[]){ value_text("short"), value_int(3) });
	assert_true(output_write(&o, NULL, &err));
	dup2(saved, STDOUT_FILENO);
	close(saved);
	output_release(&o);
	assert_true(pread(fd, got, sizeof(got) - 1, 0) >= 0);
	close(fd);
	unlink(path);
	char *second = strchr(got, '\n') + 1, *third = strchr(second, '\n') + 1, *fourth = strchr(third, '\n') + 1;
	assert_int_equal(third - second, 249 + 2 + 3 + 1);
	assert_memory_equal(second + 245, "x...", 4);
	assert_int_equal(fourth - third, 249 + 2 + 3 + 1);
	assert_memory_equal(third + 245, "xxxx", 4);
	assert_int_equal(strlen(fourth), 64 + 2 + 3 + 1);
}

static void test_a_full_disk_is_an_error_and_a_gone_reader_is_not(void **state)
{
	static const struct {
		bool full;
		enum error_code code;
	} rows[] = { { true, ERR_SYSTEM }, { false, ERR_NONE } };

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < COUNT(rows); i++) {
		int ends[2], saved = dup(STDOUT_FILENO);
		struct output o;
		struct error err;

		fflush(stdout);
		assert_int_equal(pipe(ends), 0);
		close(ends[0]);
		int fd = rows[i].full ? open("/dev/full", O_WRONLY) : ends[1];
		assert_true(fd >= 0);
		dup2(fd, STDOUT_FILENO);
		output_init(&o, OUTPUT_JSON, columns, COUNT(columns));
		add_rows(&o);
		bool ok = output_write(&o, NULL, &err);
		dup2(saved, STDOUT_FILENO);
		clearerr(stdout);
		close(saved);
		close(ends[1]);
		if (rows[i].full)
			close(fd);
		output_release(&o);
		assert_false(ok);
		assert_int_equal(err.code, rows[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_computes_nothing),
		cmocka_unit_test(test_a_long_name_widens_its_own_row_only),
		cmocka_unit_test(test_a_full_disk_is_an_error_and_a_gone_reader_is_not),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
