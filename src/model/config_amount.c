/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads numbers with units, as people type them; config_value.h lists the units. */
#include "model/config_units.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

bool config_typed_fail(const struct config_typed *t, const char *where, const char *fmt, ...)
{
	struct str why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	if (t->at)
		*t->at = (size_t)(where - t->text);
	error_set(t->err, ERR_USAGE, "%s: column %zu: %s", t->def->name, (size_t)(where - t->text) + 1, str_text(&why));
	str_release(&why);
	return false;
}

static const struct config_unit_size durations[] = {
	{ "ms", 1 },
	{ "s", 1000 },
	{ "sec", 1000 },
	{ "m", 60000 },
	{ "min", 60000 },
	{ "h", 3600000 },
	{ "d", 86400000 },
	{ "w", 7 * 86400000 },
	{ NULL, 0 },
};
static const struct config_unit_size sizes[] = {
	{ "B", 1 },
	{ "kB", 1000 },
	{ "MB", 1000000 },
	{ "GB", 1000000000 },
	{ "TB", INT64_C(1000000000000) },
	{ "KiB", INT64_C(1) << 10 },
	{ "MiB", INT64_C(1) << 20 },
	{ "GiB", INT64_C(1) << 30 },
	{ "TiB", INT64_C(1) << 40 },
	{ NULL, 0 },
};
static const struct config_unit_size counts[] = {
	{ "k", 1000 },
	{ "M", 1000000 },
	{ "G", 1000000000 },
	{ NULL, 0 },
};

const struct config_unit_size *config_units_of(enum config_unit unit)
{
	if (config_unit_ms(unit))
		return durations;
	if (unit == CONFIG_UNIT_BYTES || unit == CONFIG_UNIT_BYTES_PER_S)
		return sizes;
	return unit == CONFIG_UNIT_COUNT ? counts : NULL;
}

bool config_typed_equals(const char *begin, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(begin, word, len) == 0;
}

static void fail_unit(const struct config_typed *t, const char *begin, size_t len)
{
	const struct config_unit_size *units = config_units_of(t->def->unit);
	int upper = toupper((unsigned char)*begin);

	if (units == durations)
		config_typed_fail(t, begin, "\"%.*s\" is no unit of time: ms, s, m, h, d, w are", (int)len, begin);
	else if (units == sizes && len == 1 && strchr("KMGT", upper))
		config_typed_fail(t, begin, "is \"%c\" a power of 1000 or of 1024? say %cB or %ciB", *begin,
			upper == 'K' ? 'k' : upper, upper);
	else if (units == sizes)
		config_typed_fail(t, begin, "\"%.*s\" is no unit of size: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB are",
			(int)len, begin);
	else if (units == counts)
		config_typed_fail(t, begin, "\"%.*s\" is not a count: k, M, G may follow a number", (int)len, begin);
	else
		config_typed_fail(t, begin, "a whole number has only digits");
}

/* Reads the unit at *p, moves *p after it and returns its size; 0: failed. */
static int64_t read_unit(const struct config_typed *t, const char **p)
{
	const struct config_unit_size *units = config_units_of(t->def->unit);
	const char *begin = *p;
	size_t len = 0;
	/* Upper and lower case are the same, except where m and M differ. */
	bool exact = units == durations || units == counts;

	while (begin + len < t->end && isalpha((unsigned char)begin[len]))
		len++;
	*p = begin + len;
	for (; units && units->name; units++)
		if (exact ? strlen(units->name) == len && memcmp(begin, units->name, len) == 0 :
			    config_typed_equals(begin, len, units->name))
			return units->size;
	fail_unit(t, begin, len);
	return 0;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Reads a number with its unit; a fraction must give a whole result. `bare`: the unit when none is given. */
static bool read_part(const struct config_typed *t, const char **p, int64_t bare, int64_t *value)
{
	const char *begin = *p, *unit_at;
	int64_t whole = 0, fraction = 0, scale = 1, size;

	if (!isdigit((unsigned char)**p) && **p != '.')
		return config_typed_fail(t, *p, "a number is wanted here");
	for (; *p < t->end && isdigit((unsigned char)**p); ++*p)
		if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, **p - '0', &whole))
			return config_typed_fail(t, begin, "the number is too large");
	if (*p < t->end && **p == '.') {
		for (++*p; *p < t->end && isdigit((unsigned char)**p); ++*p) {
			if (scale >= 1000000000)
				return config_typed_fail(t, *p, "no more than 9 decimals");
			fraction = fraction * 10 + (**p - '0');
			scale *= 10;
		}
		if (scale == 1)
			return config_typed_fail(t, *p, "a digit is wanted after the point");
	}
	while (*p < t->end && **p == ' ')
		++*p;
	unit_at = *p;
	size = unit_at == t->end ? bare : read_unit(t, p);
	if (size == 0 && unit_at == t->end)
		config_typed_fail(t, unit_at, "a unit is wanted after this number, as after the first");
	if (size == 0)
		return false;
	/* size * fraction / scale must be whole, and no intermediate value may exceed `size` */
	int64_t common = common_divisor(size, scale);

	if (fraction % (scale / common))
		return config_typed_fail(t, begin, "that is not a whole number%s%s",
			*config_unit_name(t->def->unit) ? " of " : "", config_unit_name(t->def->unit));
	fraction = fraction / (scale / common) * (size / common);
	if (__builtin_mul_overflow(whole, size, value) || __builtin_add_overflow(*value, fraction, value))
		return config_typed_fail(t, begin, "the number is too large");
	return true;
}

/* Reads a time in several parts, or one amount. */
bool config_amount_read(const struct config_typed *t, int64_t *value)
{
	int64_t unit_ms = config_unit_ms(t->def->unit), part = 0, bare = unit_ms ? unit_ms : 1;
	const char *p = t->begin;

	*value = 0;
	do {
		if (!read_part(t, &p, p == t->begin ? bare : 0, &part))
			return false;
		if (__builtin_add_overflow(*value, part, value))
			return config_typed_fail(t, t->begin, "the number is too large");
		while (p < t->end && *p == ' ')
			p++;
	} while (unit_ms && p < t->end);
	if (t->def->unit == CONFIG_UNIT_BYTES_PER_S && t->end - p == 2 && memcmp(p, "/s", 2) == 0)
		p = t->end;
	if (p < t->end)
		return config_typed_fail(t, p, "nothing may follow the number");
	if (unit_ms > 1 && *value % unit_ms)
		return config_typed_fail(t, t->begin, "that is not a whole number of %s",
			config_unit_name(t->def->unit));
	if (unit_ms > 1)
		*value /= unit_ms;
	return true;
}
