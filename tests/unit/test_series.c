/* SPDX-License-Identifier: BSD-2-Clause */
/* Series, histories and demands. */
#include "tests/unit/unit.h"

#include <math.h>

#include "model/demand.h"
#include "model/series.h"

static void test_slots(void **state)
{
	struct series s;
	double min, max;

	(void)state;
	series_init(&s, 5000);
	assert_true(isnan(series_last(&s)));
	series_bounds(&s, &min, &max);
	assert_true(isnan(min) && isnan(max));
	series_add(&s, 1000, 1);
	series_add(&s, 4000, 2); /* the same slot: the newest stands */
	assert_int_equal(s.count, 1);
	assert_float_equal(series_last(&s), 2, 0);
	series_add(&s, 4500, NAN); /* knowing less than before takes nothing away */
	assert_float_equal(series_last(&s), 2, 0);
	series_add(&s, 16000, 8);
	assert_int_equal(s.count, 4);
	assert_true(isnan(s.values[1]) && isnan(s.values[2]));
	series_add(&s, 3000, 99); /* the past is over */
	assert_float_equal(s.values[0], 2, 0);
	assert_float_equal(series_last(&s), 8, 0);
	series_bounds(&s, &min, &max);
	assert_float_equal(min, 2, 0);
	assert_float_equal(max, 8, 0);
}

static void test_old_slots_leave(void **state)
{
	struct series s;

	(void)state;
	series_init(&s, 5000);
	for (int i = 0; i < 100; i++)
		series_add(&s, i * 5000, i);
	assert_int_equal(s.count, SERIES_SLOTS);
	assert_float_equal(s.values[0], 40, 0);
	assert_float_equal(series_last(&s), 99, 0);
	series_add(&s, 101 * 5000, 101);
	assert_int_equal(s.count, SERIES_SLOTS);
	assert_float_equal(s.values[0], 42, 0);
	assert_true(isnan(s.values[SERIES_SLOTS - 2]));
	series_add(&s, (int64_t)1000 * 5000, 7); /* asleep for long */
	assert_float_equal(series_last(&s), 7, 0);
	for (int i = 0; i < s.count - 1; i++)
		assert_true(isnan(s.values[i]));
}

static void test_history_in_two_resolutions(void **state)
{
	struct history h;

	(void)state;
	history_init(&h);
	history_add(&h, 31000, 5);
	assert_int_equal(h.fine.last_slot, 6);
	assert_int_equal(h.coarse.last_slot, 1);
}

static void test_demands_compare(void **state)
{
	struct demand *a = demand_new(), *b = demand_new();

	(void)state;
	assert_true(demand_equal(a, b));
	demand_add_group(a, "g");
	demand_add_group(a, "g");
	assert_int_equal(a->group_count, 1);
	assert_false(demand_equal(a, b));
	demand_add_group(b, "g");
	demand_add_topic(a, "t");
	demand_add_topic(b, "t");
	demand_add_broker(a, 1);
	demand_add_broker(a, 1);
	demand_add_broker(b, 1);
	assert_true(demand_equal(a, b));
	b->refresh++;
	assert_false(demand_equal(a, b));
	b->refresh--;
	b->brokers[0] = 2;
	assert_false(demand_equal(a, b));
	demand_free(a);
	demand_free(b);
	demand_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_old_slots_leave),
		cmocka_unit_test(test_history_in_two_resolutions),
		cmocka_unit_test(test_demands_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
