/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void add_grouped(struct str *out, uint64_t value)
{
	char text[32], *end = text + sizeof(text), *p = end;
	int digits = 0;

	do {
		if (digits && digits % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + value % 10);
		value /= 10;
		digits++;
	} while (value);
	str_add_len(out, p, (size_t)(end - p));
}

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void format_count(struct str *out, int64_t value)
{
	if (value < 0)
		str_add_char(out, '-');
	else
		add_grouped(out, (uint64_t)value);
}

void format_signed(struct str *out, int64_t value)
{
	if (value == INT64_MIN) {
		str_add_char(out, '-');
		return;
	}
	if (value)
		str_add_char(out, value > 0 ? '+' : '-');
	add_grouped(out, magnitude(value));
}

/*
 * Scales by thousands and prints `digits` significant digits, at most three before the point, without trailing
 * zeros: 12.4 k, 402 k, 3.1 G.
 */
static void add_scaled(struct str *out, double value, const char *const *units, int count, int digits)
{
	char text[32];
	int unit = 0;

	while (unit < count - 1 && value >= 999.5) {
		value /= 1000;
		unit++;
	}
	int decimals = value < 10 ? digits - 1 : value < 100 ? digits - 2 : 0;

	/* 9.996 prints as 10.00 with two decimals: rounding adds a digit. */
	if (decimals > 0 && value + 0.5 * pow(10, -decimals) >= (value < 10 ? 10 : 100))
		decimals--;
	if (unit == 0 || decimals < 0)
		decimals = 0;
	int len = snprintf(text, sizeof(text), "%.*f", decimals, value);

	if (decimals > 0) {
		while (text[len - 1] == '0')
			text[--len] = '\0';
		if (text[len - 1] < '0' || text[len - 1] > '9')
			text[--len] = '\0'; /* the point */
	}
	str_add(out, text);
	str_add(out, units[unit]);
}

void format_short(struct str *out, double value)
{
	static const char *const units[] = { "", " k", " M", " G", " T", " P", " E" };

	if (!isfinite(value) || value < 0)
		str_add_char(out, '-');
	else
		add_scaled(out, value, units, 7, 3);
}

void format_rate(struct str *out, double per_s)
{
	if (!isfinite(per_s) || per_s < 0)
		str_add_char(out, '-');
	else if (per_s == 0)
		str_add_char(out, '0');
	else if (per_s < 0.05)
		str_add(out, "<0.1"); /* slow must not look like standing still */
	else if (per_s < 9.95)
		str_addf(out, "%.1f", per_s);
	else if (per_s < 9999.5)
		add_grouped(out, (uint64_t)(per_s + 0.5));
	else
		format_short(out, per_s);
}

void format_bytes(struct str *out, double bytes)
{
	static const char *const units[] = { " B", " kB", " MB", " GB", " TB", " PB", " EB" };

	if (!isfinite(bytes) || bytes < 0)
		str_add_char(out, '-');
	else
		add_scaled(out, bytes, units, 7, 2);
}

void format_duration(struct str *out, int64_t ms)
{
	int64_t s = ms / 1000;

	if (ms < 0)
		str_add_char(out, '-');
	else if (ms < 9950)
		str_addf(out, "%.1fs", (double)ms / 1000);
	else if (ms < 10000)
		str_add(out, "10s");
	else if (s < 60)
		str_addf(out, "%ds", (int)s);
	else if (s < 3600)
		str_addf(out, "%dm%02ds", (int)(s / 60), (int)(s % 60));
	else if (s < 86400)
		str_addf(out, "%dh%02dm", (int)(s / 3600), (int)(s % 3600 / 60));
	else
		str_addf(out, "%" PRId64 "d%dh", s / 86400, (int)(s % 86400 / 3600));
}

struct unit {
	int64_t size;
	const char *name;
};

/* In the largest unit without a remainder, so that nothing is rounded. */
static void add_exact(struct str *out, int64_t value, const struct unit *units, const char *never)
{
	if (value < 0) {
		str_add_char(out, '-');
		return;
	}
	if (value == INT64_MAX) {
		str_add(out, never);
		return;
	}
	while (units->size > 1 && (value < units->size || value % units->size))
		units++;
	add_grouped(out, (uint64_t)(value / units->size));
	str_add(out, units->name);
}

void format_config_ms(struct str *out, int64_t ms)
{
	static const struct unit units[] = {
		{ 86400000, "d" },
		{ 3600000, "h" },
		{ 60000, "m" },
		{ 1000, "s" },
		{ 1, "ms" },
	};

	add_exact(out, ms, units, "forever");
}

void format_config_bytes(struct str *out, int64_t bytes)
{
	static const struct unit units[] = {
		{ INT64_C(1) << 40, " TiB" },
		{ INT64_C(1) << 30, " GiB" },
		{ INT64_C(1) << 20, " MiB" },
		{ INT64_C(1) << 10, " KiB" },
		{ 1, " B" },
	};

	add_exact(out, bytes, units, "no limit");
}

static bool broken_down(int64_t wall_ms, bool utc, struct tm *tm)
{
	time_t seconds = (time_t)(wall_ms / 1000 - (wall_ms % 1000 < 0));

	return wall_ms != -1 && (utc ? gmtime_r(&seconds, tm) : localtime_r(&seconds, tm)) != NULL;
}

void format_clock(struct str *out, int64_t wall_ms, bool utc)
{
	struct tm tm;

	if (broken_down(wall_ms, utc, &tm))
		str_addf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
	else
		str_add_char(out, '-');
}

void format_datetime(struct str *out, int64_t wall_ms, bool utc)
{
	struct tm tm;

	if (broken_down(wall_ms, utc, &tm))
		str_addf(out, "%04d-%02d-%02d %02d:%02d:%02d.%03d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			tm.tm_hour, tm.tm_min, tm.tm_sec, (int)((wall_ms % 1000 + 1000) % 1000));
	else
		str_add_char(out, '-');
}

void format_zone(struct str *out, int64_t wall_ms, bool utc)
{
	struct tm tm;
	long minutes;

	if (utc) {
		str_add(out, "UTC");
	} else if (broken_down(wall_ms, utc, &tm)) {
		minutes = tm.tm_gmtoff / 60;
		str_addf(out, "%c%02ld:%02ld", minutes < 0 ? '-' : '+', labs(minutes) / 60, labs(minutes) % 60);
	} else {
		str_add_char(out, '-');
	}
}
