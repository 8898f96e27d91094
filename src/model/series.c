/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/series.h"

#include <math.h>
#include <string.h>

void series_init(struct series *s, int32_t period_ms)
{
	*s = (struct series){ .period_ms = period_ms };
}

/* Makes room for `slots` newer ones, all unknown. */
static void shift(struct series *s, int64_t slots)
{
	if (slots >= SERIES_SLOTS) {
		s->count = 0;
		slots = 1; /* nothing older is in view any more */
	}
	int32_t drop = s->count + (int32_t)slots - SERIES_SLOTS;

	if (drop > 0) {
		memmove(s->values, s->values + drop, (size_t)(s->count - drop) * sizeof(s->values[0]));
		s->count -= drop;
	}
	for (int64_t i = 0; i < slots; i++)
		s->values[s->count++] = NAN;
}

void series_add(struct series *s, int64_t mono_ms, double value)
{
	int64_t slot = mono_ms / s->period_ms;

	if (s->count == 0) {
		shift(s, 1);
		s->last_slot = slot;
	} else if (slot > s->last_slot) {
		shift(s, slot - s->last_slot);
		s->last_slot = slot;
	}
	if (slot == s->last_slot && !isnan(value))
		s->values[s->count - 1] = (float)value;
}

double series_last(const struct series *s)
{
	return s->count ? s->values[s->count - 1] : NAN;
}

void series_bounds(const struct series *s, double *min, double *max)
{
	*min = *max = NAN;
	for (int32_t i = 0; i < s->count; i++) {
		double v = s->values[i];

		if (isnan(v))
			continue;
		if (isnan(*min) || v < *min)
			*min = v;
		if (isnan(*max) || v > *max)
			*max = v;
	}
}

void history_init(struct history *h)
{
	series_init(&h->fine, HISTORY_FINE_MS);
	series_init(&h->coarse, HISTORY_COARSE_MS);
}

void history_add(struct history *h, int64_t mono_ms, double value)
{
	series_add(&h->fine, mono_ms, value);
	series_add(&h->coarse, mono_ms, value);
}
