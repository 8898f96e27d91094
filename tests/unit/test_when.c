/* SPDX-License-Identifier: BSD-2-Clause */
/* Times in five zones; the instants were reckoned with GNU date and Python's zoneinfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/when.h"

#define BERLIN    "Europe/Berlin"
#define NEW_YORK  "America/New_York"
#define KOLKATA   "Asia/Kolkata"
#define LORD_HOWE "Australia/Lord_Howe"
#define APIA      "Pacific/Apia"

/* 2026-11-22 14:01:58.123 UTC, a Sunday */
static const int64_t NOW = 1795356118123;

static void set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void test_instants(void **state)
{
	static const struct {
		const char *zone; /* NULL: UTC asked for, in whatever zone */
		const char *text;
		int64_t ms;
		const char *note; /* part of it, NULL: none */
	} cases[] = {
#include "when_cases.h"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct when_clock clock = { NOW, cases[i].zone == NULL };
		struct when when;
		struct error err = { 0 };

		set_zone(cases[i].zone ? cases[i].zone : LORD_HOWE);
		if (!when_parse(cases[i].text, strlen(cases[i].text), &clock, &when, NULL, &err))
			fail_msg("%s in %s: %s", cases[i].text, cases[i].zone, err.message);
		if (when.ms != cases[i].ms)
			fail_msg("%s in %s: %lld, expected %lld", cases[i].text, cases[i].zone ? cases[i].zone : "UTC",
				(long long)when.ms, (long long)cases[i].ms);
		if (cases[i].note ? !strstr(when.note, cases[i].note) : when.note[0] != '\0')
			fail_msg("%s in %s: note \"%s\"", cases[i].text, cases[i].zone ? cases[i].zone : "UTC",
				when.note);
	}
}

static void test_faults(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "column 1: expected a time" },
		{ "tomorow", "column 1: expected a time" },
		{ "nowish", "column 1: expected a time" },
		{ "2026-13-01", "column 6: month 13 is not 1 to 12" },
		{ "2026-02-29", "column 9: 2026-02 has 28 days" },
		{ "2026-1-01", "column 6: expected month of 2 digits" },
		{ "2026-11", "column 8: expected - and a day" },
		{ "2026-11-22T", "column 12: expected hour of 2 digits" },
		{ "2026-11-22T24:00", "column 12: hour 24 is not 0 to 23" },
		{ "2026-11-22T10:60", "column 15: minute 60 is not 0 to 59" },
		{ "2026-11-22T10:00:60", "column 18: second 60 is not 0 to 59" },
		{ "2026-11-22T10:00:00.", "column 21: expected digits after" },
		{ "2026-11-22T10:00+1", "column 18: expected zone hour of 2 digits" },
		{ "2026-11-22T10:00+19", "column 18: zone hour 19 is not" },
		{ "2026-11-22T10:00+02:75", "column 21: zone minute 75 is not 0 to 59" },
		{ "2026-11-22T10:00Zx", "column 17: expected the end, or a zone" },
		{ "2026-11-22T10:00Z x", "column 19: expected the end of the time" },
		{ "2026-11-22Z", "column 11: expected the end" },
		{ "2026-11-22 10:00 CET", "column 18: expected the end, or a zone" },
		{ "10:3", "column 4: expected minute of 2 digits" },
		{ "10:30pm", "column 6: expected the end" },
		{ "yesterday 25:00", "column 11: hour 25 is not 0 to 23" },
		{ "yesterday noon", "column 11: expected the end" },
		{ "-15", "column 4: expected a unit: ms, s, m, h, d or w" },
		{ "-15x", "column 4: expected a unit" },
		{ "-", "column 2: expected a duration" },
		{ "-m", "column 2: expected a duration" },
		{ "-99999999999999999999m", "column 2: this number is too large" },
		{ "-9999999999999999d", "column 2: this duration is too long" },
		{ "-100000000000s", "column 1: this time is not in the years 1970 to 9999" },
		{ "PT", "column 3: expected hours, minutes or seconds" },
		{ "P", "column 2: expected days or T" },
		{ "P1DT", "column 5: expected hours" },
		{ "P1M", "column 3: years and months differ in length" },
		{ "P1Y", "column 3: years and months differ in length" },
		{ "PT1M1H", "column 6: expected H, M or S, in this order" },
		{ "PT1.5H", "column 3: only seconds may have a fraction" },
		{ "PT1", "column 4: expected H, M or S" },
		{ "PT1Hx", "column 5: expected the end of the duration" },
		{ "@", "column 2: expected digits" },
		{ "@-5", "column 2: expected digits" },
		{ "@17000000000000000000000", "column 2: this number is too large" },
		{ "@1700000000000000", "column 1: this time is not in the years 1970 to 9999" },
		{ "1969-12-31T23:59:59Z", "column 1: this time is not in the years" },
		{ "0000-01-01T00:00Z", "column 1: this time is not in the years" },
		{ "9999-12-31T23:59:59-01:00", "column 1: this time is not in the years" },
		{ "now+x", "column 5: expected a duration" },
		{ "1700000000000", "column 1: expected a time" },
		{ "\303\244", "column 1: expected a time" },
		{ "yesterday \303\2441", "column 11: expected the end" },
	};
	struct when_clock clock = { NOW, true };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = { 0 };
		struct when when;

		if (when_parse(cases[i].text, strlen(cases[i].text), &clock, &when, NULL, &err))
			fail_msg("%s: taken as %lld", cases[i].text, (long long)when.ms);
		if (strncmp(err.message, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("%s: %s", cases[i].text, err.message);
		assert_int_equal(err.code, ERR_USAGE);
	}
}

static void test_durations(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{ "15m", 900000 },
		{ "-15m", -900000 },
		{ "+15m", 900000 },
		{ "1h30m", 5400000 },
		{ "500ms", 500 },
		{ "1d", 86400000 },
		{ "2w", 1209600000 },
		{ "PT1H30M", 5400000 },
		{ "-PT15M", -900000 },
		{ "P1D", 86400000 },
		{ "P1DT2H3M4.5S", 93784500 },
		{ "P2W", 1209600000 },
		{ "PT0S", 0 },
		{ "0s", 0 },
		{ "PT0.0009S", 0 },
		{ "PT36H", 129600000 },
		{ " 15m ", 900000 },
	};
	struct error err;
	int64_t ms;
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(when_parse_duration(cases[i].text, strlen(cases[i].text), &ms, NULL, &err));
		assert_int_equal(ms, cases[i].ms);
	}
	assert_false(when_parse_duration("now", 3, &ms, &at, &err));
	assert_int_equal(at, 0);
	assert_false(when_parse_duration("15", 2, &ms, &at, &err));
	assert_int_equal(at, 2);
}

static void test_starts(void **state)
{
	static const struct {
		const char *text;
		enum start_kind kind;
		int64_t number;
	} cases[] = {
		{ "earliest", START_EARLIEST, 0 },
		{ "latest", START_LATEST, 0 },
		{ "Earliest", START_EARLIEST, 0 },
		{ "beginning", START_EARLIEST, 0 },
		{ "end", START_LATEST, 0 },
		{ "-10", START_LAST, 10 },
		{ "0", START_OFFSET, 0 },
		{ "10", START_OFFSET, 10 },
		{ "9223372036854775807", START_OFFSET, INT64_MAX },
		{ "@1700000000000", START_TIME, 1700000000000 },
		{ "-15m", START_TIME, 1795355218123 },
		{ "2026-11-22", START_TIME, 1795305600000 },
		{ "group:recommender", START_GROUP, 0 },
		{ "group:a:b -1", START_GROUP, 0 },
	};
	static const struct {
		const char *text, *message;
	} faults[] = {
		{ "", "column 1: expected a time" },
		{ "-0", "column 2: expected a count of at least 1" },
		{ "9223372036854775808", "column 1: this number is too large" },
		{ "-9223372036854775808", "column 2: this number is too large" },
		{ "group:", "column 7: expected the name of a group" },
		{ "newest", "column 1: expected a time" },
	};
	struct when_clock clock = { NOW, true };
	struct start_at start;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(start_at_parse(cases[i].text, &clock, &start, NULL, &err));
		assert_int_equal(start.kind, cases[i].kind);
		assert_int_equal(start.kind == START_LAST  ? start.count :
				start.kind == START_OFFSET ? start.offset :
							     start.time.ms,
			cases[i].number);
		if (start.kind == START_GROUP)
			assert_string_equal(start.group, cases[i].text + 6);
	}
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		assert_false(start_at_parse(faults[i].text, &clock, &start, NULL, &err));
		if (strncmp(err.message, faults[i].message, strlen(faults[i].message)) != 0)
			fail_msg("%s: %s", faults[i].text, err.message);
	}
}

/* Every quarter of an hour of three years: an instant, shown, reads back as itself or as its twin. */
static void test_round_trip(void **state)
{
	static const char *const zones[] = { BERLIN, NEW_YORK, KOLKATA, LORD_HOWE, APIA };
	struct when_clock clock = { NOW, false };

	(void)state;
	for (size_t z = 0; z < sizeof(zones) / sizeof(*zones); z++) {
		set_zone(zones[z]);
		for (time_t t = 1262304000; t < 1262304000 + 3 * 366 * 86400; t += 900) {
			struct tm tm, back;
			char text[32], again[32];
			struct when when;
			time_t read;

			localtime_r(&t, &tm);
			strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
			assert_true(when_parse(text, strlen(text), &clock, &when, NULL, NULL));
			read = (time_t)(when.ms / 1000);
			localtime_r(&read, &back);
			strftime(again, sizeof(again), "%Y-%m-%d %H:%M:%S", &back);
			assert_string_equal(text, again);
			if (read != t && !strstr(when.note, "comes twice"))
				fail_msg("%s in %s: %ld read as %ld", text, zones[z], (long)t, (long)read);
			assert_true(read <= t);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_starts),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests_name("when", tests, NULL, NULL);
}
