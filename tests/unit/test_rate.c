/* SPDX-License-Identifier: BSD-2-Clause */
/* Which two readings of an offset give its rate. */
#include "unit.h"

#include <math.h>

#include "kafka/store_parts.h"

static void test_rates(void **state)
{
	static const struct {
		int64_t at_ms, value;
		double per_s;        /* NAN: unknown */
	} rows[] = {
		{ 1000, 100, NAN },
		{ 1100, 150, NAN },                 /* too near to say anything */
		{ 2000, 200, 100 },                 /* better than nothing */
		{ 5000, 500, 100 },                 /* a whole window, since 1000 */
		{ 5200, 900, 100 },                 /* a view was opened: its burst is no rate */
		{ 10000, 1000, 100 },               /* since 5000 */
		{ 15000, 1000, 0 },
		{ 15100, 900, NAN },                /* moved back */
		{ 20100, 1400, 100 },
		{ 25100, OFFSET_UNKNOWN, NAN },
		{ 30100, 1400, NAN },
		{ 35100, 1900, 100 },
	};
	struct store_rate r;

	(void)state;
	store_rate_clear(&r);
	for (size_t i = 0; i < COUNT(rows); i++) {
		store_rate_read(&r, rows[i].value, rows[i].at_ms * 1000);
		if (isnan(rows[i].per_s) ? !isnan(r.per_s) : !(fabs(r.per_s - rows[i].per_s) < 0.01))
			fail_msg("row %zu: %g", i, r.per_s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
