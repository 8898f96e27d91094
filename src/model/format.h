/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers, times and sizes as people read them. Widths are fixed where stated,
 * so that a refresh never moves a column. Each function appends to `out`; an
 * unknown value (OFFSET_UNKNOWN, -1, NaN) appends "-". Pure functions, any
 * thread.
 */
#ifndef MODEL_FORMAT_H
#define MODEL_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

void format_count(struct str *out, int64_t value);                /* 1,204,991 */
void format_short(struct str *out, double value);                 /* 999, 12.4 k, 1.28 M, 3.1 G */
void format_signed(struct str *out, int64_t value);               /* +1,204 / -40,781 / 0; INT64_MIN: unknown */
void format_rate(struct str *out, double per_s);                  /* 0, 0.3, 12, 1,842, 12.4 k: no unit */
void format_bytes(struct str *out, double bytes);                 /* 900 B, 22 kB, 1.2 MB (powers of 1000) */
void format_duration(struct str *out, int64_t ms);                /* 0.8s, 12s, 6m10s, 2h14m, 3d4h */
void format_config_ms(struct str *out, int64_t ms);               /* 7d, 1h, 90s; "forever" for INT64_MAX */
void format_config_bytes(struct str *out, int64_t bytes);         /* 1 GiB, 512 MiB; "no limit" for INT64_MAX */
void format_clock(struct str *out, int64_t wall_ms, bool utc);    /* 14:01:58 */
void format_datetime(struct str *out, int64_t wall_ms, bool utc); /* 2026-11-22 14:01:58.123, a year may be longer */
void format_zone(struct str *out, int64_t wall_ms, bool utc);     /* UTC, +02:00: the local offset at that time */

#endif
