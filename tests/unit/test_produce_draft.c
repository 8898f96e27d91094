/* SPDX-License-Identifier: BSD-2-Clause */
/* What the produce view is about to send: from where it was opened to the job of the worker. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "views/produce/produce_draft.h"

static struct draft *read_draft(const char *lines)
{
	struct error err;
	struct draft *d = draft_of_lines(lines, &err);

	if (!d)
		fail_msg("%s", err.message);
	return d;
}

static void assert_line(const struct draft *d, const char *want)
{
	struct str line = { 0 };

	draft_write(d, &line);
	assert_text(0, str_text(&line), want);
	str_release(&line);
}

static void test_a_new_record(void **state)
{
	struct draft *d;
	size_t index = 7;
	struct produce_job *job;

	(void)state;
	d = draft_new("orders");
	assert_false(d->many);
	assert_int_equal(d->count, 1);
	assert_line(d,
		"{\"topic\":\"orders\",\"partition\":null,\"offset\":null,\"timestamp\":null,"
		"\"timestamp_type\":null,\"key\":null,\"value\":\"\",\"headers\":[]}\n");
	draft_set_key(d, "k");
	draft_set_value(d, NULL);
	assert_true(draft_set_header(d, 0, "a=1=2"));
	assert_true(draft_set_header(d, 1, "b"));
	assert_true(draft_set_header(d, 2, "c="));
	assert_false(draft_set_header(d, 3, "=x"));
	assert_true(draft_set_header(d, 3, ""));
	assert_line(d,
		"{\"topic\":\"orders\",\"partition\":null,\"offset\":null,\"timestamp\":null,"
		"\"timestamp_type\":null,\"key\":\"k\",\"value\":null,\"headers\":[{\"key\":\"a\",\"value\":\"1=2\"},"
		"{\"key\":\"b\",\"value\":null},{\"key\":\"c\",\"value\":\"\"}]}\n");
	assert_true(draft_set_header(d, 0, ""));
	assert_true(draft_set_header(d, 1, "d=4"));
	d->place = DRAFT_ONE_PARTITION;
	d->partition = 2;
	job = draft_job(d, &index);
	assert_int_equal(job->count, 1);
	assert_int_equal(index, 0);
	assert_string_equal(job->records[0].topic, "orders");
	assert_int_equal(job->records[0].partition, 2);
	assert_int_equal(job->records[0].timestamp_ms, -1);
	assert_int_equal(job->records[0].header_count, 2);
	assert_string_equal(job->records[0].headers[0].name, "b");
	assert_null(job->records[0].headers[0].value.p);
	assert_string_equal(job->records[0].headers[1].name, "d");
	assert_null(job->records[0].value.p);
	/* The job is a copy. */
	draft_set_key(d, "other");
	assert_memory_equal(job->records[0].key.p, "k", 1);
	produce_job_free(job);
	draft_free(d);
}

static void test_edited_as_json(void **state)
{
	static const char line[] =
		"{\"topic\":\"other\",\"partition\":3,\"timestamp\":99,\"key_base64\":\"AP8=\",\"value\":\"v\"}\n";
	static const char bad[] = "{\"topic\":\"third\",\"value\":\"a\\x\"}";
	struct draft *d;
	struct error err;

	(void)state;
	d = read_draft(
		"{\"topic\":\"orders\",\"partition\":1,\"offset\":5,\"timestamp\":7,\"key\":\"k\",\"value\":\"v\"}\n");
	/* Sent again it goes to its topic, where its key leads, now. */
	assert_string_equal(d->topic, "orders");
	assert_int_equal(d->place, DRAFT_BY_PARTITIONER);
	assert_false(d->keep_timestamp);
	assert_true(draft_read(d, line, strlen(line), &err));
	assert_string_equal(d->topic, "other");
	assert_int_equal(d->place, DRAFT_ONE_PARTITION);
	assert_int_equal(d->partition, 3);
	assert_true(d->keep_timestamp);
	assert_int_equal(d->records[0].key.len, 2);
	/* What cannot be read changes nothing. */
	assert_false(draft_read(d, bad, strlen(bad), &err));
	assert_non_null(strstr(err.message, "column 28"));
	assert_string_equal(d->topic, "other");
	assert_line(d,
		"{\"topic\":\"other\",\"partition\":3,\"offset\":null,\"timestamp\":99,"
		"\"timestamp_type\":\"CreateTime\",\"key_base64\":\"AP8=\",\"value\":\"v\",\"headers\":[]}\n");
	draft_free(d);
}

static void assert_job_time(const struct draft *d, enum timestamp_type type, int64_t ms)
{
	size_t indices[1];
	struct produce_job *job = draft_job(d, indices);

	assert_int_equal(job->records[0].timestamp_type, type);
	assert_int_equal(job->records[0].timestamp_ms, ms);
	produce_job_free(job);
}

/* A record without a timestamp can be sent again without one: that is not now. */
static void test_no_time_is_kept(void **state)
{
	static const char line[] = "{\"topic\":\"orders\",\"timestamp\":null,\"value\":\"w\"}";
	struct draft *d;
	struct error err;

	(void)state;
	d = read_draft("{\"topic\":\"orders\",\"timestamp\":null,\"value\":\"v\"}\n");
	assert_job_time(d, TIMESTAMP_NONE, RECORD_NO_TIME);
	d->keep_timestamp = true;
	assert_job_time(d, TIMESTAMP_CREATE, RECORD_NO_TIME);
	assert_true(draft_read(d, line, strlen(line), &err));
	assert_job_time(d, TIMESTAMP_CREATE, RECORD_NO_TIME);
	draft_free(d);
	d = read_draft("{\"topic\":\"orders\",\"timestamp\":0,\"value\":\"v\"}\n");
	d->keep_timestamp = true;
	assert_job_time(d, TIMESTAMP_CREATE, 0);
	draft_free(d);
}

static void test_masked_is_not_sent(void **state)
{
	static const char line[] = "{\"key\":\"***\",\"value\":\"v\",\"masked\":true}\n";
	struct draft *d;
	struct error err;

	(void)state;
	assert_null(draft_of_lines(line, &err));
	assert_non_null(strstr(err.message, "line 1"));
	assert_non_null(strstr(err.message, "masked"));
	d = read_draft("{\"key\":\"k\",\"value\":\"v\",\"masked\":false}\n");
	assert_false(draft_read(d, line, strlen(line), &err));
	draft_free(d);
}

static const char several[] =
	"{\"topic\":\"dlq\",\"partition\":1,\"offset\":5,\"timestamp\":7,\"key\":\"a\",\"value\":\"1\","
	"\"headers\":[{\"key\":\"from\",\"value\":\"orders\"}]}\n"
	"{\"topic\":\"dlq\",\"partition\":0,\"offset\":6,\"timestamp\":8,\"key\":\"b\",\"value\":\"22\","
	"\"headers\":[{\"key\":\"from\",\"value\":\"wrong\"},{\"key\":\"from\",\"value\":\"payments\"}]}\n"
	"{\"topic\":\"dlq\",\"partition\":0,\"offset\":7,\"timestamp\":9,\"key\":\"c\",\"value\":null,"
	"\"headers\":[{\"key\":\"x\",\"value\":\"y\"}]}\n"
	"{\"topic\":\"dlq\",\"partition\":0,\"offset\":8,\"timestamp\":9,\"key\":\"d\",\"value\":\"4\","
	"\"headers\":[{\"key\":\"from\",\"value\":null}]}\n"
	"{\"topic\":\"dlq\",\"partition\":0,\"offset\":9,\"timestamp\":9,\"key\":\"e\",\"value\":\"5\","
	"\"headers\":[{\"key\":\"from\",\"value\":\"orders\\u0000\"}]}\n";

/* "orders 1 2, - 3 4 | rest +2": topic, records and bytes to be sent; those that have all of theirs behind the bar */
static void assert_targets(const struct draft *d, const char *want)
{
	struct arena *arena = arena_new(0);
	struct draft_target *targets;
	size_t left, count = draft_targets(d, arena, &targets, &left);
	struct str got = { 0 };

	for (size_t i = 0; i < count; i++)
		if (i < left)
			str_addf(&got, "%s%s %zu %d", i ? ", " : "", targets[i].topic ? targets[i].topic : "-",
				targets[i].count, (int)targets[i].bytes);
		else
			str_addf(&got, "%s%s +%zu", i == left ? " | " : ", ", targets[i].topic ? targets[i].topic : "-",
				targets[i].delivered);
	assert_text(0, str_text(&got), want);
	str_release(&got);
	arena_free(arena);
}

static void test_redrive(void **state)
{
	struct draft *d;
	struct arena *arena = arena_new(0);
	const char **names;
	size_t indices[5];
	struct produce_job *job;

	(void)state;
	d = read_draft(several);
	assert_true(d->many);
	assert_int_equal(d->count, 5);
	/* Several never go back to where they came from by accident. */
	assert_string_equal(d->topic, "");
	assert_targets(d, "- 5 10");
	assert_int_equal(draft_header_names(d, arena, &names), 2);
	assert_string_equal(names[0], "from");
	assert_string_equal(names[1], "x");
	d->header = strdup("from");
	assert_targets(d, "- 3 5, orders 1 2, payments 1 3");
	free(d->topic);
	d->topic = strdup("rest");
	/* A topic with a zero byte is none, and must not become another one. */
	assert_targets(d, "- 1 2, orders 1 2, payments 1 3, rest 2 3");
	d->statuses[0] = PRODUCE_DELIVERED;
	d->statuses[1] = PRODUCE_FAILED;
	d->statuses[2] = PRODUCE_UNCERTAIN;
	d->statuses[4] = PRODUCE_DELIVERED;
	assert_int_equal(draft_unsent(d), 3);
	assert_targets(d, "payments 1 3, rest 2 3 | - +1, orders +1");
	d->place = DRAFT_KEEP_PARTITION;
	d->keep_timestamp = true;
	job = draft_job(d, indices);
	assert_int_equal(job->count, 3);
	assert_int_equal(indices[0], 1);
	assert_int_equal(indices[1], 2);
	assert_int_equal(indices[2], 3);
	assert_string_equal(job->records[0].topic, "payments");
	assert_string_equal(job->records[1].topic, "rest");
	assert_int_equal(job->records[0].partition, 0);
	assert_int_equal(job->records[0].timestamp_ms, 8);
	assert_null(job->records[1].value.p);
	produce_job_free(job);
	arena_free(arena);
	draft_free(d);
}

/* What a feed gives: a record of its topic is sent there again with its own time, several are not. */
static void test_records_of_a_feed(void **state)
{
	static const struct record records[] = {
		{ .topic = "t",
			.partition = 2,
			.leader_epoch = 4,
			.offset = 9,
			.timestamp_ms = 7,
			.timestamp_type = TIMESTAMP_APPEND,
			.key = { "k", 1 },
			.value = { NULL, 0 } },
		{ .topic = "t",
			.partition = 0,
			.leader_epoch = 4,
			.offset = 8,
			.timestamp_ms = RECORD_NO_TIME,
			.value = { "v", 1 } },
	};
	struct draft *d = draft_of_records(records, 1, false);

	(void)state;
	assert_false(d->many);
	assert_string_equal(d->topic, "t");
	assert_job_time(d, TIMESTAMP_NONE, 7);
	d->keep_timestamp = true;
	assert_job_time(d, TIMESTAMP_CREATE, 7);
	assert_null(d->records[0].value.p);
	draft_free(d);
	d = draft_of_records(records, 2, false);
	assert_true(d->many);
	assert_string_equal(d->topic, "");
	assert_int_equal(d->records[1].timestamp_type, TIMESTAMP_NONE);
	draft_free(d);
}

static void test_outcome(void **state)
{
	struct produce_outcome *o = produce_outcome_new(4);
	struct str said = { 0 };

	(void)state;
	produce_outcome_set(o, 0, PRODUCE_DELIVERED, 3, 12, NULL);
	produce_outcome_set(o, 1, PRODUCE_DELIVERED, 3, 13, NULL);
	produce_outcome_set(o, 2, PRODUCE_FAILED, -1, -1, "why");
	produce_outcome_say(o, &said);
	assert_string_equal(str_text(&said), "2 delivered, 1 failed, 1 not sent");
	assert_string_equal(o->results[2].why, "why");
	assert_int_equal(o->results[3].offset, -1);
	str_release(&said);
	produce_outcome_free(o);
}

static void test_what_is_no_record(void **state)
{
	static const struct record secret = { .topic = "t",
		.partition = 2,
		.offset = 9,
		.timestamp_ms = RECORD_NO_TIME,
		.value = { "a", 1 } };
	struct draft *d;
	struct error err;

	(void)state;
	assert_null(draft_of_lines("\n{\"value\":\"a\"}\n{\"value\":", &err));
	assert_non_null(strstr(err.message, "line 3, column 10: "));
	/* What must not be seen is not edited, be it one alone. */
	d = draft_of_records(&secret, 1, true);
	assert_true(d->many);
	assert_string_equal(d->topic, "");
	draft_free(d);
	d = draft_new("");
	assert_targets(d, "- 1 0");
	draft_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_new_record), cmocka_unit_test(test_edited_as_json),
		cmocka_unit_test(test_no_time_is_kept), cmocka_unit_test(test_masked_is_not_sent),
		cmocka_unit_test(test_redrive), cmocka_unit_test(test_records_of_a_feed),
		cmocka_unit_test(test_outcome), cmocka_unit_test(test_what_is_no_record) };

	return cmocka_run_group_tests_name("produce_draft", tests, NULL, NULL);
}
