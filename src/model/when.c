/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads times by hand: each read_* takes what it names, or sets the first fault. */
#include "model/when.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "model/when_civil.h"

static const int64_t LAST_MS = 253402300799999; /* 9999-12-31 23:59:59.999 UTC */

struct when_reader {
	const char *text;
	size_t len;
	size_t at;
	const struct when_clock *clock;
	char fault[256]; /* "" when there is none */
	size_t fault_at;
};

__attribute__((format(printf, 3, 4))) static bool when_fault(struct when_reader *r, size_t at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->fault, sizeof(r->fault), fmt, ap);
	va_end(ap);
	r->fault_at = at;
	return false;
}

static int peek_char(const struct when_reader *r)
{
	return r->at < r->len ? (unsigned char)r->text[r->at] : -1;
}

static bool take_char(struct when_reader *r, char c)
{
	if (peek_char(r) != (unsigned char)c)
		return false;
	r->at++;
	return true;
}

static void skip_blanks(struct when_reader *r)
{
	while (peek_char(r) == ' ' || peek_char(r) == '\t')
		r->at++;
}

static bool take_word(struct when_reader *r, const char *word)
{
	size_t len = strlen(word);

	if (r->len - r->at < len || strncasecmp(r->text + r->at, word, len) != 0)
		return false;
	if (r->len - r->at > len && isalpha((unsigned char)r->text[r->at + len]))
		return false;
	r->at += len;
	return true;
}

static size_t digits_ahead(const struct when_reader *r)
{
	size_t n = 0;

	while (r->at + n < r->len && isdigit((unsigned char)r->text[r->at + n]))
		n++;
	return n;
}

/* Exactly `digits` digits of a value within bounds. */
static bool read_fixed(struct when_reader *r, size_t digits, int min, int max, const char *what, int *out)
{
	size_t start = r->at;
	int value = 0;

	if (digits_ahead(r) != digits)
		return when_fault(r, start, "expected %s of %zu digits", what, digits);
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (r->text[r->at++] - '0');
	if (value < min || value > max)
		return when_fault(r, start, "%s %0*d is not %d to %d", what, (int)digits, value, min, max);
	*out = value;
	return true;
}

/* Any number of digits, as int64. */
static bool read_number(struct when_reader *r, int64_t *out)
{
	size_t start = r->at;

	if (digits_ahead(r) == 0)
		return when_fault(r, start, "expected digits");
	*out = 0;
	while (isdigit(peek_char(r))) {
		if (__builtin_mul_overflow(*out, 10, out) || __builtin_add_overflow(*out, r->text[r->at] - '0', out))
			return when_fault(r, start, "this number is too large");
		r->at++;
	}
	return true;
}

/* After a decimal sign: three digits count, further ones are below a millisecond. */
static bool read_fraction_ms(struct when_reader *r, int *ms)
{
	int scale = 100;

	if (digits_ahead(r) == 0)
		return when_fault(r, r->at, "expected digits after the decimal sign");
	*ms = 0;
	for (; isdigit(peek_char(r)); r->at++, scale /= 10)
		*ms += scale * (r->text[r->at] - '0');
	return true;
}

static bool read_end(struct when_reader *r, const char *expected)
{
	skip_blanks(r);
	return r->at == r->len || when_fault(r, r->at, "expected %s", expected);
}

/* Lengths of time */

static bool add_product(struct when_reader *r, size_t at, int64_t count, int64_t unit_ms, int64_t *total)
{
	int64_t ms;

	if (__builtin_mul_overflow(count, unit_ms, &ms) || __builtin_add_overflow(*total, ms, total))
		return when_fault(r, at, "this duration is too long");
	return true;
}

/* 1h30m: each unit is given, ms s m h d w. */
static bool read_short_duration(struct when_reader *r, int64_t *ms)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{ "ms", 1 },
		{ "s", 1000 },
		{ "m", 60000 },
		{ "h", 3600000 },
		{ "d", 86400000 },
		{ "w", 604800000 },
	};

	*ms = 0;
	if (!isdigit(peek_char(r)))
		return when_fault(r, r->at, "expected a duration such as 15m or 1h30m");
	while (isdigit(peek_char(r))) {
		size_t start = r->at, i;
		int64_t count;

		if (!read_number(r, &count))
			return false;
		for (i = 0; i < sizeof(units) / sizeof(*units); i++) {
			size_t len = strlen(units[i].name);

			if (r->len - r->at >= len && memcmp(r->text + r->at, units[i].name, len) == 0)
				break;
		}
		if (i == sizeof(units) / sizeof(*units))
			return when_fault(r, r->at, "expected a unit: ms, s, m, h, d or w");
		r->at += strlen(units[i].name);
		if (!add_product(r, start, count, units[i].ms, ms))
			return false;
	}
	return true;
}

static int64_t iso_unit_ms(char unit, bool in_time)
{
	if (in_time)
		return unit == 'H' ? 3600000 : unit == 'M' ? 60000 : unit == 'S' ? 1000 : 0;
	return unit == 'W' ? 604800000 : unit == 'D' ? 86400000 : 0;
}

/* ISO 8601 durations without years and months: P2W, P1DT2H, PT1.5S. */
static bool read_iso_duration(struct when_reader *r, int64_t *ms)
{
	bool in_time = false, any = false;
	int64_t last_unit = INT64_MAX;

	*ms = 0;
	r->at++; /* the P */
	for (;;) {
		size_t start = r->at;
		int64_t count, unit;
		int fraction = 0;
		bool has_fraction;

		if (!in_time && take_char(r, 'T')) {
			in_time = true;
			any = false; /* "P1DT" has no time */
			continue;
		}
		if (any && !isdigit(peek_char(r)))
			return true;
		if (!isdigit(peek_char(r)))
			return when_fault(r, r->at,
				in_time ? "expected hours, minutes or seconds, as in PT1H30M" :
					  "expected days or T and a time, as in P1DT2H");
		if (!read_number(r, &count))
			return false;
		has_fraction = take_char(r, '.') || take_char(r, ',');
		if (has_fraction && !read_fraction_ms(r, &fraction))
			return false;
		if (!in_time && (peek_char(r) == 'Y' || peek_char(r) == 'M'))
			return when_fault(r, r->at, "years and months differ in length: give days (D) or weeks (W)");
		unit = peek_char(r) < 0 ? 0 : iso_unit_ms((char)peek_char(r), in_time);
		if (!unit || unit >= last_unit)
			return when_fault(r, r->at, in_time ? "expected H, M or S, in this order" : "expected W or D");
		if (has_fraction && unit != 1000)
			return when_fault(r, start, "only seconds may have a fraction");
		r->at++;
		last_unit = unit;
		any = true;
		if (!add_product(r, start, count, unit, ms) || !add_product(r, start, fraction, 1, ms))
			return false;
	}
}

static bool read_duration(struct when_reader *r, int64_t *ms)
{
	return peek_char(r) == 'P' ? read_iso_duration(r, ms) : read_short_duration(r, ms);
}

/* Points in time */

static bool read_clock(struct when_reader *r, struct civil *c, int *ms)
{
	if (!read_fixed(r, 2, 0, 23, "hour", &c->hour))
		return false;
	if (!take_char(r, ':'))
		return when_fault(r, r->at, "expected : and minutes, as in 10:30");
	if (!read_fixed(r, 2, 0, 59, "minute", &c->minute))
		return false;
	if (take_char(r, ':')) {
		if (!read_fixed(r, 2, 0, 59, "second", &c->second))
			return false;
		if ((take_char(r, '.') || take_char(r, ',')) && !read_fraction_ms(r, ms))
			return false;
	}
	return true;
}

/* Z, UTC, +02:00, +0200, +02. True with *given false when there is none. */
static bool read_zone(struct when_reader *r, bool *given, int64_t *offset_s)
{
	size_t start = r->at;
	int hours, minutes = 0;
	bool negative;

	skip_blanks(r);
	*given = true;
	*offset_s = 0;
	if (take_word(r, "Z") || take_word(r, "UTC"))
		return true;
	if (peek_char(r) != '+' && peek_char(r) != '-') {
		*given = false;
		r->at = start;
		return true;
	}
	negative = r->text[r->at++] == '-';
	if (digits_ahead(r) == 4) {
		hours = (r->text[r->at] - '0') * 10 + (r->text[r->at + 1] - '0');
		r->at += 2;
		if (hours > 18)
			return when_fault(r, r->at - 2, "zone hour %02d is not 00 to 18", hours);
		if (!read_fixed(r, 2, 0, 59, "zone minute", &minutes))
			return false;
	} else {
		if (!read_fixed(r, 2, 0, 18, "zone hour", &hours))
			return false;
		if (take_char(r, ':') && !read_fixed(r, 2, 0, 59, "zone minute", &minutes))
			return false;
	}
	*offset_s = (negative ? -1 : 1) * (hours * 3600 + minutes * 60);
	return true;
}

/* A wall time, with a zone if one follows. */
static bool finish_civil(struct when_reader *r, const struct civil *c, int ms, bool zone_allowed, struct when *out)
{
	int64_t wall_s = civil_seconds(c), offset_s = 0;
	bool zoned = false;

	if (zone_allowed && !read_zone(r, &zoned, &offset_s))
		return false;
	if (!read_end(r, zone_allowed && !zoned ? "the end, or a zone such as Z or +02:00" : "the end of the time"))
		return false;
	if (!zoned && !r->clock->utc)
		out->ms = civil_local_to_utc(wall_s, out->note, sizeof(out->note)) * 1000 + ms;
	else
		out->ms = (wall_s - offset_s) * 1000 + ms;
	return true;
}

static bool read_date(struct when_reader *r, struct civil *c)
{
	size_t start;

	if (!read_fixed(r, 4, 0, 9999, "year", &c->year))
		return false;
	if (!take_char(r, '-'))
		return when_fault(r, r->at, "expected - and a month, as in 2026-11-22");
	if (!read_fixed(r, 2, 1, 12, "month", &c->month))
		return false;
	if (!take_char(r, '-'))
		return when_fault(r, r->at, "expected - and a day, as in 2026-11-22");
	start = r->at;
	if (!read_fixed(r, 2, 1, 31, "day", &c->day))
		return false;
	if (c->day > civil_month_days(c->year, c->month))
		return when_fault(r, start, "%04d-%02d has %d days", c->year, c->month,
			civil_month_days(c->year, c->month));
	return true;
}

static bool read_date_time(struct when_reader *r, struct when *out)
{
	struct civil c = { 0 };
	int ms = 0;

	if (!read_date(r, &c))
		return false;
	if (take_char(r, 'T') || take_char(r, 't'))
		return read_clock(r, &c, &ms) && finish_civil(r, &c, ms, true, out);
	skip_blanks(r);
	if (isdigit(peek_char(r)))
		return read_clock(r, &c, &ms) && finish_civil(r, &c, ms, true, out);
	return finish_civil(r, &c, 0, false, out);
}

/* A time of day, `days` after today. */
static bool read_day_time(struct when_reader *r, int days, bool clock_required, struct when *out)
{
	struct civil c;
	int ms = 0;
	bool clock_given;

	civil_of(r->clock->now_ms / 1000, r->clock->utc, &c);
	c.day += days;
	c.hour = c.minute = c.second = 0;
	skip_blanks(r);
	clock_given = clock_required || isdigit(peek_char(r));
	if (clock_given && !read_clock(r, &c, &ms))
		return false;
	return finish_civil(r, &c, ms, clock_given, out);
}

static bool read_epoch(struct when_reader *r, struct when *out)
{
	static const int64_t march_1973 = 100000000000;

	if (!read_number(r, &out->ms) || !read_end(r, "the end of the milliseconds"))
		return false;
	if (out->ms > 0 && out->ms < march_1973)
		snprintf(out->note, sizeof(out->note),
			"@ counts milliseconds, this is before March 1973: append 000 if seconds were meant");
	return true;
}

static bool read_ago(struct when_reader *r, bool negative, struct when *out)
{
	size_t start;
	int64_t ms;

	skip_blanks(r);
	start = r->at;
	if (!read_duration(r, &ms) || !read_end(r, "the end of the duration"))
		return false;
	if (negative ? __builtin_sub_overflow(r->clock->now_ms, ms, &out->ms) :
		       __builtin_add_overflow(r->clock->now_ms, ms, &out->ms))
		return when_fault(r, start, "this duration is too long");
	return true;
}

static bool read_instant(struct when_reader *r, struct when *out)
{
	skip_blanks(r);
	if (take_word(r, "now")) {
		skip_blanks(r);
		out->ms = r->clock->now_ms;
		if (peek_char(r) != '-' && peek_char(r) != '+')
			return read_end(r, "the end, or a duration such as -15m");
		return read_ago(r, r->text[r->at++] == '-', out);
	}
	if (take_word(r, "today"))
		return read_day_time(r, 0, false, out);
	if (take_word(r, "yesterday"))
		return read_day_time(r, -1, false, out);
	if (take_char(r, '@'))
		return read_epoch(r, out);
	if (take_char(r, '-') || peek_char(r) == 'P')
		return read_ago(r, true, out);
	if (digits_ahead(r) == 2 && r->len - r->at > 2 && r->text[r->at + 2] == ':')
		return read_day_time(r, 0, true, out);
	if (digits_ahead(r) == 4 && r->len - r->at > 4 && r->text[r->at + 4] == '-')
		return read_date_time(r, out);
	return when_fault(r, r->at,
		"expected a time: 2026-11-22T14:01, 10:30, yesterday 14:00, -15m or @ and "
		"milliseconds");
}

static bool report_fault(const struct when_reader *r, size_t *at, struct error *err)
{
	size_t column = 1;

	if (at) {
		*at = r->fault_at;
		return error_set(err, ERR_USAGE, "%s", r->fault);
	}
	for (size_t i = 0; i < r->fault_at; i++)
		column += ((unsigned char)r->text[i] & 0xc0) != 0x80;
	return error_set(err, ERR_USAGE, "column %zu: %s", column, r->fault);
}

bool when_parse(const char *text, size_t len, const struct when_clock *clock, struct when *out, size_t *at,
	struct error *err)
{
	struct when_reader r = { .text = text, .len = len, .clock = clock };

	*out = (struct when){ 0 };
	if (!read_instant(&r, out))
		return report_fault(&r, at, err);
	if (out->ms < 0 || out->ms > LAST_MS) {
		when_fault(&r, 0, "this time is not in the years 1970 to 9999");
		return report_fault(&r, at, err);
	}
	if (out->ms > clock->now_ms && !out->note[0])
		snprintf(out->note, sizeof(out->note), "this time lies in the future");
	return true;
}

bool when_parse_duration(const char *text, size_t len, int64_t *ms, size_t *at, struct error *err)
{
	struct when_reader r = { .text = text, .len = len };
	bool negative;

	skip_blanks(&r);
	negative = take_char(&r, '-');
	if (!negative)
		take_char(&r, '+');
	if (!read_duration(&r, ms) || !read_end(&r, "the end of the duration"))
		return report_fault(&r, at, err);
	if (negative)
		*ms = -*ms;
	return true;
}
