/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rates of offsets. Consumers commit every few seconds, and a view that is opened
 * asks at once: two readings a moment apart would show a burst, or nothing. So a
 * rate is of a window of some seconds, and stands while the next one is not full;
 * before the first one is, a shorter one has to do.
 */
#include <math.h>

#include "kafka/store_parts.h"

enum { WINDOW_US = 4 * 1000 * 1000, SHORT_US = 500 * 1000 };

void store_rate_clear(struct store_rate *r)
{
	*r = (struct store_rate){ .per_s = NAN };
}

void store_rate_read(struct store_rate *r, int64_t value, int64_t now_us)
{
	int64_t elapsed_us = now_us - r->base_us;

	/* An offset that moved back: the topic was truncated or made anew, the group was reset. */
	if (value == OFFSET_UNKNOWN || r->base_us == 0 || value < r->newest) {
		store_rate_clear(r);
		if (value != OFFSET_UNKNOWN) {
			r->base = r->newest = value;
			r->base_us = now_us;
		}
		return;
	}
	r->newest = value;
	if (elapsed_us < (r->settled ? WINDOW_US : SHORT_US))
		return;
	r->per_s = (double)(value - r->base) * 1e6 / (double)elapsed_us;
	if (elapsed_us < WINDOW_US)
		return;
	r->settled = true;
	r->base = value;
	r->base_us = now_us;
}
