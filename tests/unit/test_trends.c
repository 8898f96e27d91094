/* SPDX-License-Identifier: BSD-2-Clause */
/* What a view keeps of each partition over time. */
#include "tests/unit/unit.h"

#include <math.h>

#include "model/trends.h"

enum { SLOT = HISTORY_COARSE_MS, HOLD = 15000 };

struct row {
	const char *topic;
	int32_t partition;
	double value;
};

static void take(struct trends *t, int64_t now_ms, const struct row *rows, size_t count)
{
	trends_begin(t, now_ms, HOLD);
	for (size_t i = 0; i < count; i++)
		trends_add(t, rows[i].topic, rows[i].partition, rows[i].value);
	trends_end(t);
}

static const struct series *series_of(const struct trends *t, size_t i)
{
	return &t->items[i]->series;
}

static void rows_keep_their_past_by_name(void **state)
{
	const struct row first[] = { { "a", 0, 1 }, { "b", 0, 2 }, { "b", 2, 3 } };
	const struct row then[] = { { "a", 1, 10 }, { "b", 0, 20 }, { "b", 1, 30 }, { "b", 2, 40 }, { "c", 0, 50 } };
	struct trends t = { 0 };

	(void)state;
	take(&t, SLOT, first, 3);
	take(&t, 2 * SLOT, then, 5);
	assert_int_equal(t.count, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(t.items[i]->topic, then[i].topic);
		assert_int_equal(t.items[i]->partition, then[i].partition);
		assert_float_equal(t.items[i]->now, then[i].value, 0);
	}
	assert_int_equal(series_of(&t, 0)->count, 1); /* a-1 is new, a-0 is forgotten */
	assert_int_equal(series_of(&t, 1)->count, 2);
	assert_float_equal(series_of(&t, 1)->values[0], 2, 0);
	assert_float_equal(series_of(&t, 3)->values[0], 3, 0);
	take(&t, 3 * SLOT, first, 1);
	assert_int_equal(t.count, 1);
	assert_int_equal(series_of(&t, 0)->count, 1); /* what came again begins anew */
	trends_release(&t);
	assert_int_equal(t.count, 0);
}

/* Without topics, as in the details of one. */
static void numbers_are_enough_for_one_topic(void **state)
{
	struct trends t = { 0 };

	(void)state;
	take(&t, SLOT, (struct row[]){ { NULL, 0, 1 }, { NULL, 1, 2 } }, 2);
	take(&t, 2 * SLOT, (struct row[]){ { NULL, 1, 3 } }, 1);
	assert_null(t.items[0]->topic);
	assert_float_equal(series_of(&t, 0)->values[0], 2, 0);
	trends_release(&t);
}

/* Rounds do not fall on slots: a slot between two near ones has the figure that stood then. */
static void a_figure_holds_until_the_next_round(void **state)
{
	struct trends t = { 0 };

	(void)state;
	trends_begin(&t, SLOT, 3 * SLOT);
	trends_add(&t, NULL, 0, 7);
	trends_add(&t, NULL, 1, NAN);
	trends_end(&t);
	trends_begin(&t, 4 * SLOT, 3 * SLOT);
	trends_add(&t, NULL, 0, 8);
	trends_add(&t, NULL, 1, 9);
	trends_end(&t);
	assert_int_equal(series_of(&t, 0)->count, 4);
	assert_float_equal(series_of(&t, 0)->values[1], 7, 0);
	assert_float_equal(series_of(&t, 0)->values[2], 7, 0);
	assert_float_equal(series_of(&t, 0)->values[3], 8, 0);
	for (int i = 0; i < 3; i++)
		assert_true(isnan(series_of(&t, 1)->values[i])); /* unknown stays unknown */
	trends_release(&t);
}

static void unknown_and_unseen_times_are_gaps(void **state)
{
	struct trends t = { 0 };

	(void)state;
	take(&t, SLOT, (struct row[]){ { NULL, 0, 7 } }, 1);
	take(&t, 2 * SLOT, (struct row[]){ { NULL, 0, NAN } }, 1);
	assert_true(isnan(t.items[0]->now));
	assert_true(isnan(series_last(series_of(&t, 0))));
	take(&t, 5 * SLOT, (struct row[]){ { NULL, 0, 0 } }, 1); /* the view was hidden meanwhile */
	assert_int_equal(series_of(&t, 0)->count, 5);
	for (int i = 1; i < 4; i++)
		assert_true(isnan(series_of(&t, 0)->values[i]));
	assert_float_equal(series_last(series_of(&t, 0)), 0, 0);
	trends_release(&t);
}

static void what_is_kept_has_a_bound(void **state)
{
	struct trends t = { 0 };

	(void)state;
	for (int round = 1; round <= 2; round++) {
		trends_begin(&t, round * SLOT, HOLD);
		for (int32_t i = 0; i < 3 * TRENDS_MAX; i++)
			trends_add(&t, NULL, i, i);
		trends_end(&t);
	}
	assert_int_equal(t.count, TRENDS_MAX);
	assert_int_equal(t.items[TRENDS_MAX - 1]->partition, TRENDS_MAX - 1);
	assert_int_equal(series_of(&t, TRENDS_MAX - 1)->count, 2);
	assert_true(sizeof(struct trend) <= 320);
	trends_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rows_keep_their_past_by_name),
		cmocka_unit_test(numbers_are_enough_for_one_topic),
		cmocka_unit_test(a_figure_holds_until_the_next_round),
		cmocka_unit_test(unknown_and_unseen_times_are_gaps), cmocka_unit_test(what_is_kept_has_a_bound) };

	return cmocka_run_group_tests_name("trends", tests, NULL, NULL);
}
