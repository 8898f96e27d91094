/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "model/format.h"

struct int_row {
	void (*format)(struct str *out, int64_t value);
	int64_t value;
	const char *text;
};

struct double_row {
	void (*format)(struct str *out, double value);
	double value;
	const char *text;
};

static void test_integers(void **state)
{
	static const struct int_row rows[] = {
		{ format_count, 0, "0" },
		{ format_count, 999, "999" },
		{ format_count, 1000, "1,000" },
		{ format_count, 1204991, "1,204,991" },
		{ format_count, INT64_MAX, "9,223,372,036,854,775,807" },
		{ format_count, -1, "-" },
		{ format_signed, 1204, "+1,204" },
		{ format_signed, -40781, "-40,781" },
		{ format_signed, -1, "-1" },
		{ format_signed, 0, "0" },
		{ format_signed, INT64_MIN, "-" },
		{ format_duration, 0, "0.0s" },
		{ format_duration, 800, "0.8s" },
		{ format_duration, 9949, "9.9s" },
		{ format_duration, 9960, "10s" },
		{ format_duration, 12345, "12s" },
		{ format_duration, 59999, "59s" },
		{ format_duration, 60000, "1m00s" },
		{ format_duration, 370000, "6m10s" },
		{ format_duration, 8040000, "2h14m" },
		{ format_duration, 273600000, "3d4h" },
		{ format_duration, -1, "-" },
		{ format_config_ms, 604800000, "7d" },
		{ format_config_ms, 3600000, "1h" },
		{ format_config_ms, 90000, "90s" },
		{ format_config_ms, 60000, "1m" },
		{ format_config_ms, 1500, "1,500ms" },
		{ format_config_ms, 0, "0ms" },
		{ format_config_ms, INT64_MAX, "forever" },
		{ format_config_ms, -1, "-" },
		{ format_config_bytes, INT64_C(1) << 30, "1 GiB" },
		{ format_config_bytes, INT64_C(512) << 20, "512 MiB" },
		{ format_config_bytes, 1000, "1,000 B" },
		{ format_config_bytes, INT64_MAX, "no limit" },
		{ format_config_bytes, -1, "-" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		rows[i].format(&out, rows[i].value);
		assert_text(i, str_text(&out), rows[i].text);
		str_release(&out);
	}
}

static void test_doubles(void **state)
{
	static const struct double_row rows[] = {
		{ format_short, 0, "0" },
		{ format_short, 999, "999" },
		{ format_short, 999.6, "1 k" },
		{ format_short, 12400, "12.4 k" },
		{ format_short, 9996, "10 k" },
		{ format_short, 99960, "100 k" },
		{ format_short, 402118, "402 k" },
		{ format_short, 999600, "1 M" },
		{ format_short, 1280000, "1.28 M" },
		{ format_short, 3100000000.0, "3.1 G" },
		{ format_short, NAN, "-" },
		{ format_short, -1, "-" },
		{ format_rate, 0, "0" },
		{ format_rate, 0.01, "<0.1" },
		{ format_rate, 0.3, "0.3" },
		{ format_rate, 9.94, "9.9" },
		{ format_rate, 9.96, "10" },
		{ format_rate, 12, "12" },
		{ format_rate, 1842, "1,842" },
		{ format_rate, 9999.6, "10 k" },
		{ format_rate, 12400, "12.4 k" },
		{ format_rate, NAN, "-" },
		{ format_bytes, 900, "900 B" },
		{ format_bytes, 22000, "22 kB" },
		{ format_bytes, 1200000, "1.2 MB" },
		{ format_bytes, 9960000, "10 MB" },
		{ format_bytes, 1.5, "2 B" },
		{ format_bytes, NAN, "-" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		rows[i].format(&out, rows[i].value);
		assert_text(i, str_text(&out), rows[i].text);
		str_release(&out);
	}
}

static void test_times(void **state)
{
	struct str out = { 0 };

	(void)state;
	format_clock(&out, 1795356118123, true);
	str_add_char(&out, ' ');
	format_datetime(&out, 1795356118123, true);
	str_add_char(&out, ' ');
	format_clock(&out, -1, true);
	assert_string_equal(str_text(&out), "14:01:58 2026-11-22 14:01:58.123 -");
	str_clear(&out);
	format_datetime(&out, -2, true);
	str_add_char(&out, ' ');
	format_datetime(&out, 1795883972470123, true);
	assert_string_equal(str_text(&out), "1969-12-31 23:59:59.998 58879-04-19 03:01:10.123");
	str_release(&out);
}

/* Clocks in Berlin go back at 01:00 UTC of that day; zones need not be whole hours. */
static void test_zones(void **state)
{
	static const struct {
		const char *zone;
		int64_t ms;
		bool utc;
		const char *text;
	} cases[] = {
		{ "Europe/Berlin", 1792888200000, false, "+02:00" },
		{ "Europe/Berlin", 1792891800000, false, "+01:00" },
		{ "America/St_Johns", 1795356118123, false, "-03:30" },
		{ "Asia/Kathmandu", 1795356118123, false, "+05:45" },
		{ "Europe/Berlin", 1792888200000, true, "UTC" },
		{ "UTC", 0, false, "+00:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str out = { 0 };

		setenv("TZ", cases[i].zone, 1);
		tzset();
		format_zone(&out, cases[i].ms, cases[i].utc);
		assert_text(i, str_text(&out), cases[i].text);
		str_release(&out);
	}
	unsetenv("TZ");
	tzset();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
