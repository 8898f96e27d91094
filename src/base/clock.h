/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Time, in milliseconds. Ages and periods use the monotonic clock, what is
 * shown as a time of day uses the wall clock. Tests freeze both. Any thread.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/str.h"

int64_t clock_mono_ms(void);
int64_t clock_mono_us(void);
int64_t clock_wall_ms(void);                         /* Unix epoch, UTC */
int64_t clock_earlier(int64_t a, int64_t b);         /* of two moments; -1: never */
void clock_freeze(int64_t mono_ms, int64_t wall_ms); /* tests only; -1, -1 thaws */
/* Adds the time as 2026-03-01T10:30:00.000Z (ISO 8601), for files and other programs. */
void clock_add_utc(struct str *out, int64_t wall_ms);

#endif
