/* SPDX-License-Identifier: BSD-2-Clause */
/* Which two readings of an offset give its rate. */
#include "unit.h"

#include <math.h>

#include "sample/store_parts.h"

static bool is_near(double got, double want)
{
	return isnan(want) ? isnan(got) : fabs(got - want) < 0.01;
}

static void test_rates(void **state)
{
	static const struct {
		int64_t at_ms, value;
		double per_s, now_per_s; /* NAN: unknown */
	} rows[] = {
		{ 1000, 100, NAN, NAN },
		{ 1100, 150, NAN, NAN },        /* too near to say anything */
		{ 2000, 200, 100, 100 },        /* better than nothing */
		{ 5000, 500, 100, 100 },        /* a whole window, since 1000 */
		{ 5200, 900, 100, 100 },        /* a view was opened: its burst is no rate */
		{ 11000, 500 + 600, 100, 100 }, /* since 5000 */
		{ 16000, 1100, 66.67, 0 },      /* nothing for 5 s, a mean since 1000 */
		{ 21000, 3100, 150, 400 },      /* a burst */
		{ 31000, 3100, 100, 0 },
		{ 36000, 3100, 100, 0 }, /* since 16000 */
		{ 46000, 3100, 66.67, 0 },
		{ 51000, 3100, 0, 0 },    /* since 31000 */
		{ 51100, 900, NAN, NAN }, /* moved back */
		{ 56100, 1400, 100, 100 },
		{ 61100, OFFSET_UNKNOWN, NAN, NAN },
		{ 66100, 1400, NAN, NAN },
		{ 71100, 1900, 100, 100 },
	};
	struct store_rate r;

	(void)state;
	store_rate_clear(&r);
	for (size_t i = 0; i < COUNT(rows); i++) {
		store_rate_read(&r, rows[i].value, rows[i].at_ms * 1000);
		if (!is_near(r.per_s, rows[i].per_s) || !is_near(r.now_per_s, rows[i].now_per_s))
			fail_msg("row %zu: %g, now %g", i, r.per_s, r.now_per_s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
