/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/when_civil.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DAY_S = 86400 };

static bool leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int civil_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap_year(year));
}

/* Leap days up to and including a year, from year 0. */
static int64_t leap_days(int64_t year)
{
	return year / 4 - year / 100 + year / 400;
}

int64_t civil_seconds(const struct civil *c)
{
	int64_t days = (int64_t)(c->year - 1970) * 365 + leap_days(c->year - 1) - leap_days(1969);

	for (int month = 1; month < c->month; month++)
		days += civil_month_days(c->year, month);
	days += c->day - 1;
	return days * DAY_S + c->hour * 3600 + c->minute * 60 + c->second;
}

static void break_down(int64_t utc_s, bool utc, struct tm *tm)
{
	time_t t = (time_t)utc_s;

	if (!(utc ? gmtime_r(&t, tm) : localtime_r(&t, tm)))
		*tm = (struct tm){ .tm_mday = 1, .tm_year = 70 };
}

void civil_of(int64_t utc_s, bool utc, struct civil *out)
{
	struct tm tm;

	break_down(utc_s, utc, &tm);
	*out = (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec };
}

static int64_t offset_at(int64_t utc_s)
{
	struct tm tm;

	break_down(utc_s, false, &tm);
	return tm.tm_gmtoff;
}

static void print_offset(char *out, size_t size, int64_t offset)
{
	int minutes = (int)(llabs(offset) / 60);

	snprintf(out, size, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
}

static void print_wall(char *out, size_t size, int64_t wall_s)
{
	struct civil c;

	civil_of(wall_s, true, &c);
	snprintf(out, size, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/*
 * No zone is more than a day from UTC, so the offsets one day before and one day after are those on both sides
 * of a change near the wall time, and the instant has one of them. When a reading with one offset falls where
 * the other is in force, that reading does not exist.
 */
int64_t civil_local_to_utc(int64_t wall_s, char *note, size_t note_size)
{
	int64_t before = offset_at(wall_s - DAY_S), after = offset_at(wall_s + DAY_S);
	int64_t first = wall_s - before, second = wall_s - after;
	bool first_exists = offset_at(first) == before, second_exists = offset_at(second) == after;
	char wall[64], landed[64], zone[16], other[16];

	if (first == second)
		return wall_s - offset_at(first);
	if (first_exists != second_exists)
		return first_exists ? first : second;
	print_wall(wall, sizeof(wall), wall_s);
	if (!first_exists) {
		print_wall(landed, sizeof(landed), first + offset_at(first));
		snprintf(note, note_size, "%s does not exist in local time (clocks go forward), taken as %s", wall,
			landed);
		return first;
	}
	print_offset(zone, sizeof(zone), before);
	print_offset(other, sizeof(other), after);
	snprintf(note, note_size,
		"%s comes twice in local time (clocks go back): the first (%s) is taken, "
		"write %s%s for the second",
		wall, zone, wall, other);
	return first;
}
