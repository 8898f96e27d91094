/* SPDX-License-Identifier: BSD-2-Clause */
/* Which offsets of a partition are read. */
#include "tests/unit/unit.h"

#include "kafka/reader_parts.h"

enum { START = 100, END = 200, NOTHING = -1 };

struct row {
	struct start_at from, to;
	int64_t asked_from, asked_to; /* what the brokers said of a time or a group */
	bool follow;
	int64_t min, max; /* offsets the filter wants; max 0: no bound */
	bool has_since;
	int64_t want_from, want_end;
};

/* clang-format off */
#define AT(x) { .kind = START_OFFSET, .offset = (x) }
#define TO_END { .kind = START_COUNT }
#define ALL { .kind = START_EARLIEST }
/* clang-format on */

static const struct row rows[] = {
	{ ALL, TO_END, .want_from = 100, .want_end = 200 },
	{ { .kind = START_LATEST }, TO_END, .want_from = 200, .want_end = 200 },
	{ { .kind = START_LAST, .count = 30 }, TO_END, .want_from = 170, .want_end = 200 },
	{ { .kind = START_LAST, .count = 300 }, TO_END, .want_from = 100, .want_end = 200 },
	/* The last before `to`, not before the end of the log. */
	{ { .kind = START_LAST, .count = 30 }, AT(150), .want_from = 120, .want_end = 150 },
	{ AT(120), AT(150), .want_from = 120, .want_end = 150 },
	{ AT(120), AT(900), .want_from = 120, .want_end = 200 },
	{ AT(900), TO_END, .want_from = 200, .want_end = 200 },
	{ AT(150), AT(120), .want_from = 150, .want_end = 150 },
	/* A time after the last record is the end; a group without a commit begins with the log. */
	{ { .kind = START_TIME }, TO_END, .asked_from = 130, .want_from = 130, .want_end = 200 },
	{ { .kind = START_TIME }, TO_END, .asked_from = NOTHING, .want_from = 200, .want_end = 200 },
	{ { .kind = START_GROUP }, TO_END, .asked_from = NOTHING, .want_from = 100, .want_end = 200 },
	{ ALL, { .kind = START_TIME }, .asked_to = 140, .want_from = 100, .want_end = 140 },
	{ ALL, { .kind = START_TIME }, .asked_to = NOTHING, .want_from = 100, .want_end = 200 },
	{ ALL, { .kind = START_GROUP }, .asked_to = NOTHING, .want_from = 100, .want_end = 100 },
	/* Whoever follows has no end: the present one is where new records begin. */
	{ ALL, AT(150), .follow = true, .want_from = 100, .want_end = 200 },
	{ AT(900), TO_END, .follow = true, .want_from = 200, .want_end = 200 },
	{ ALL, TO_END, .follow = true, .min = 110, .max = 120, .want_from = 110, .want_end = 200 },
	/* What a filter wants of offsets and times. */
	{ ALL, TO_END, .min = 110, .max = 120, .want_from = 110, .want_end = 121 },
	{ ALL, TO_END, .min = 900, .want_from = 200, .want_end = 200 },
	{ ALL, TO_END, .max = 50, .want_from = 100, .want_end = 100 },
	{ ALL, TO_END, .asked_from = 160, .has_since = true, .want_from = 160, .want_end = 200 },
	{ AT(170), TO_END, .asked_from = 160, .has_since = true, .want_from = 170, .want_end = 200 },
	{ ALL, TO_END, .asked_from = NOTHING, .has_since = true, .want_from = 200, .want_end = 200 },
	/* Where `from` is a time itself, the answer is about that one. */
	{ { .kind = START_TIME }, TO_END, .asked_from = NOTHING, .has_since = true, .want_from = 200, .want_end = 200 },
	{ { .kind = START_GROUP }, TO_END, .asked_from = NOTHING, .has_since = true, .want_from = 100,
		.want_end = 200 },
};

static struct reader_setup setup_of(const struct row *row)
{
	return (struct reader_setup){ .from = row->from,
		.to = row->to,
		.follow = row->follow,
		.offsets = { row->min, row->max ? row->max : INT64_MAX },
		.min_timestamp_ms = row->has_since ? 1 : INT64_MIN };
}

static struct reader_part part_of(struct reader_topic *topic, const struct row *row)
{
	return (struct reader_part){ .topic = topic,
		.partition = 1,
		.offset = { START, END, row->asked_from, row->asked_to } };
}

static void test_where_it_begins_and_ends(void **state)
{
	struct reader_topic topic = { .name = (char *)(uintptr_t) "t" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reader_setup setup = setup_of(&rows[i]);
		struct reader_part part = part_of(&topic, &rows[i]);
		int64_t wanted = reader_set_range(&setup, &part);

		if (part.from != rows[i].want_from || part.end != rows[i].want_end)
			fail_msg("row %zu: got [%lld, %lld)", i, (long long)part.from, (long long)part.end);
		assert_int_equal(wanted > END, rows[i].from.kind == START_OFFSET && rows[i].from.offset > END);
	}
}

static void test_resumes_where_another_ended(void **state)
{
	struct reader_topic topic = { .name = (char *)(uintptr_t) "t" }, other = { .name = (char *)(uintptr_t) "u" };
	struct reader_part before[] = {
		{ .topic = &other, .partition = 1, .resolved = true, .end = 110 },
		{ .topic = &topic, .partition = 0, .resolved = true, .end = 120 },
		{ .topic = &topic, .partition = 1, .resolved = true, .end = 130 },
	};
	struct reader old = { .parts = before, .part_count = COUNT(before) };
	const struct row row = { ALL, TO_END };
	struct reader_setup setup = setup_of(&row);
	struct reader_part part = part_of(&topic, &row);

	(void)state;
	setup.resume = &old;
	reader_set_range(&setup, &part);
	assert_int_equal(part.from, 130);
	before[2].resolved = false;
	reader_set_range(&setup, &part);
	assert_int_equal(part.from, END);
	old.part_count = 2;
	reader_set_range(&setup, &part);
	assert_int_equal(part.from, START);
}

static void choose(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
	int64_t *from, int64_t *end)
{
	assert_string_equal(topic, "t");
	assert_int_equal(partition, 1);
	assert_int_equal(log_start, START);
	assert_int_equal(log_end, END);
	assert_int_equal(*from, START);
	assert_int_equal(*end, END);
	*from = 140;
	*end = *(int64_t *)context;
}

static void test_the_caller_has_the_last_word_within_the_log(void **state)
{
	struct reader_topic topic = { .name = (char *)(uintptr_t) "t" };
	const struct row row = { ALL, TO_END, .min = 145 };
	struct reader_setup setup = setup_of(&row);
	struct reader_part part = part_of(&topic, &row);
	int64_t end = 160;

	(void)state;
	setup.range = choose;
	setup.context = &end;
	assert_int_equal(reader_set_range(&setup, &part), 140);
	assert_int_equal(part.from, 145);
	assert_int_equal(part.end, 160);
	end = 900;
	reader_set_range(&setup, &part);
	assert_int_equal(part.end, END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_where_it_begins_and_ends),
		cmocka_unit_test(test_resumes_where_another_ended),
		cmocka_unit_test(test_the_caller_has_the_last_word_within_the_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
