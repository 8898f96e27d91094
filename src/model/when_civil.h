/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calendar days and local time for when.c. Seconds "as if UTC" are the time
 * that a wall clock shows, counted from 1970-01-01 00:00 on that clock. Any
 * thread.
 */
#ifndef MODEL_WHEN_CIVIL_H
#define MODEL_WHEN_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
};

int64_t civil_seconds(const struct civil *civil); /* as if UTC; days out of range carry over */
int civil_month_days(int year, int month);
/* What the wall clock shows at `utc_s`. */
void civil_of(int64_t utc_s, bool utc, struct civil *out);
/* The instant at which the local clock shows `wall_s`; writes a note when there is none, or two. */
int64_t civil_local_to_utc(int64_t wall_s, char *note, size_t note_size);

#endif
