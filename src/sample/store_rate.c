/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rates of offsets. Producers write in bursts, consumers commit every few seconds, and opening a view
 * causes another reading: two readings a moment apart would show a burst, or nothing. So the figure is a mean of half a
 * minute, and what a sparkline shows is of a window of some seconds; both stand while the next window is not
 * full. Before the first one is, a shorter one has to do.
 */
#include <math.h>

#include "sample/store_parts.h"

enum { WINDOW_US = 4 * 1000 * 1000, SHORT_US = 500 * 1000, MEAN_US = 30 * 1000 * 1000 };

void store_rate_clear(struct store_rate *r)
{
	*r = (struct store_rate){ .per_s = NAN, .now_per_s = NAN };
}

static double rate_between(int64_t records, int64_t elapsed_us)
{
	return (double)records * 1e6 / (double)elapsed_us;
}

/* The mean is of the last 15 to 30 seconds: its older reading moves up to one in between. */
static void move_mean(struct store_rate *r, int64_t value, int64_t now_us)
{
	if (!r->middle_us && now_us - r->first_us >= MEAN_US / 2) {
		r->middle = value;
		r->middle_us = now_us;
	} else if (r->middle_us && now_us - r->first_us >= MEAN_US) {
		r->first = r->middle;
		r->first_us = r->middle_us;
		r->middle = value;
		r->middle_us = now_us;
	}
}

void store_rate_read(struct store_rate *r, int64_t value, int64_t now_us)
{
	int64_t elapsed_us = now_us - r->base_us;

	/* An offset that moved back: the topic was truncated or made anew, the group was reset. */
	if (value == OFFSET_UNKNOWN || r->base_us == 0 || value < r->newest) {
		store_rate_clear(r);
		if (value != OFFSET_UNKNOWN) {
			r->base = r->first = r->newest = value;
			r->base_us = r->first_us = now_us;
		}
		return;
	}
	r->newest = value;
	if (elapsed_us < (r->settled ? WINDOW_US : SHORT_US))
		return;
	r->now_per_s = rate_between(value - r->base, elapsed_us);
	r->per_s = rate_between(value - r->first, now_us - r->first_us);
	if (elapsed_us < WINDOW_US)
		return;
	r->settled = true;
	r->base = value;
	r->base_us = now_us;
	move_mean(r, value, now_us);
}
