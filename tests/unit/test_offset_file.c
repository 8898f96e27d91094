/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of offsets: every form, and where what is wrong stands. */
#include <inttypes.h>

#include "unit.h"

#include "base/str.h"
#include "change/offset_file.h"

static const struct {
	const char *text;
	const char *want; /* lines as group/topic/partition/offset, sorted; or the error */
} cases[] = {
	{ "t,0,5\nt,1,7\n", "-/t/0/5 -/t/1/7" },
	{ "t,1,7\r\nt,0,5", "-/t/0/5 -/t/1/7" },
	{ "\"t\",0,5\n\n", "-/t/0/5" },
	{ "g,t,0,5\n\"a \"\"b\"\", c\",t,0,6\n", "a \"b\", c/t/0/6 g/t/0/5" },
	{ "\xef\xbb\xbft,0,5\n", "-/t/0/5" },
	{ "group,topic,partition,committed_offset,target_offset\ng,t,0,1,5\ng,t,1,1,\n", "g/t/0/5" },
	{ "topic,target_offset,partition,committed_offset,offset\nt,5,0,1,9\n", "-/t/0/5" },
	{ "topic,offset,partition,committed_offset\nt,9,0,1\n", "-/t/0/9" },
	/* As weir lag prints them, and with blanks as Kafka's tool takes them. */
	{ "group,type,topic,partition,committed_offset,log_end_offset\r\ng,classic,t,0,7,9\r\ng,classic,t,1,,9\r\n",
		"g/t/0/7" },
	{ "{\"group\":\"g\",\"topic\":\"t\",\"partition\":0,\"committed_offset\":7,\"log_end_offset\":9}\n"
	  "{\"group\":\"g\",\"topic\":\"t\",\"partition\":1,\"committed_offset\":null}\n",
		"g/t/0/7" },
	{ "bug.msg, 0, 7\n \"g\" ,\tt , 1 ,8 \n", "-/bug.msg/0/7 g/t/1/8" },
	/* The apostrophe is weir's own, against formulas. */
	{ "group,topic,partition,offset\n'=cmd|calc,'-t,0,5\n'quoted,t,0,6\n", "'quoted/t/0/6 =cmd|calc/-t/0/5" },
	{ "'-t,0,5\n", "-/'-t/0/5" },
	{ "{\"topic\":\"t\",\"partition\":0,\"offset\":5}\n{\"group\":\"g\",\"topic\":\"t\",\"partition\":0,"
	  "\"target_offset\":6,\"offset\":9}\n",
		"-/t/0/5 g/t/0/6" },
	{ "[{\"topic\":\"t\",\"partition\":0,\n\"offset\":5},\n{\"topic\":\"t\",\"partition\":1,\"target_offset\":null}]",
		"-/t/0/5" },
	{ "{\"id\":\"1\",\"group\":\"g\",\"kind\":\"group offsets\",\"items\":[{\"topic\":\"t\",\"partition\":0,\"before\":4,"
	  "\"after\":9},{\"topic\":\"t\",\"partition\":1,\"before\":null,\"after\":9}]}\n{\"result_of\":\"1\"}\n",
		"g/t/0/4 g/t/1/-1" },
	{ "", "line 1, column 1: the file has no offsets" },
	{ "t,0\n", "line 1, column 1: topic,partition,offset or" },
	{ "t,0,5\nt,1,x\n", "line 2, column 5: an offset from 0" },
	{ "t,0,5\nt,-1,7\n", "line 2, column 3: a partition from 0" },
	{ "t,0,-1\n", "line 1, column 5: an offset from 0" },
	{ "t,0,9223372036854775808\n", "line 1, column 5: an offset from 0" },
	{ "t,2147483648,1\n", "line 1, column 3: a partition from 0" },
	{ ",0,1\n", "line 1, column 1: a topic was expected" },
	{ "t,0,1\nt,1,1\nt,0,2\n", "line 3, column 1: t, partition 0 is in line 1 already" },
	{ "\"t,0,1\n", "line 1, column 1: the quote is never closed" },
	{ "\"t\"x,0,1\n", "line 1, column 4: a comma was expected" },
	{ "{\"topic\":\"t\",\"partition\":0,\"offset\":5}\n{\"topic\":}\n", "line 2, column 10: not JSON" },
	{ "{\"topic\":\"t\",\"partition\":-1,\"offset\":5}\n", "line 1, column 26: a partition from 0" },
	{ "{\"topic\":\"t\",\"partition\":0,\"offset\":-5}\n",
		"line 1, column 37: target_offset, offset or committed_offset" },
	{ "{\"topic\":\"t\",\"partition\":0}\n", "line 1, column 1: target_offset, offset or" },
	{ "[1]", "line 1, column 2: an object" },
	{ "{\"kind\":\"topic config\",\"topic\":\"t\",\"items\":[]}\n",
		"line 1, column 1: this change is not of a group" },
};

static void describe(struct str *out, const struct offset_file *f)
{
	for (size_t i = 0; i < f->count; i++)
		str_addf(out, "%s%s/%s/%" PRId32 "/%" PRId64, i ? " " : "", f->lines[i].group ? f->lines[i].group : "-",
			f->lines[i].target.topic, f->lines[i].target.partition, f->lines[i].target.offset);
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct offset_file f;
		struct error err = { 0 };
		struct str got = { 0 };

		if (offset_file_parse(&f, cases[i].text, strlen(cases[i].text), &err)) {
			describe(&got, &f);
			assert_text(i, str_text(&got), cases[i].want);
		} else if (strncmp(err.message, cases[i].want, strlen(cases[i].want)) != 0) {
			fail_msg("row %zu: %s, not %s", i, err.message, cases[i].want);
		}
		str_release(&got);
		offset_file_release(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_files) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
