/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A figure over time in slots of fixed length, for sparklines and charts. The
 * newest value of a slot stands; a slot nobody filled is NaN (unknown, never 0).
 * A plain value, copied whole into a snapshot. Pure functions, any thread.
 */
#ifndef MODEL_SERIES_H
#define MODEL_SERIES_H

#include <stdint.h>

enum { SERIES_SLOTS = 60 };
enum { HISTORY_FINE_MS = 5000, HISTORY_COARSE_MS = 30000 }; /* lengths of a slot */

struct series {
	int64_t last_slot;          /* number of the newest slot: mono_ms / period_ms; 0: empty */
	int32_t period_ms;          /* length of a slot */
	int32_t count;              /* slots in use, up to SERIES_SLOTS */
	float values[SERIES_SLOTS]; /* oldest first: values[count - 1] is the newest */
};

/* Two resolutions of one figure: 5 minutes in 5 s slots, 30 minutes in 30 s slots. */
struct history {
	struct series fine;
	struct series coarse;
};

void series_init(struct series *s, int32_t period_ms);
void series_add(struct series *s, int64_t mono_ms, double value);
double series_last(const struct series *s);                           /* NaN when empty */
void series_bounds(const struct series *s, double *min, double *max); /* NaN, NaN when nothing is known */

void history_init(struct history *h);
void history_add(struct history *h, int64_t mono_ms, double value);

#endif
