/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes Kafka's values readable; config_value_parse.c is the opposite. */
#include "model/config_value.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/config_units.h"

enum { PARTS_MOST = 3, PARTS_ROUGH = 2 };

int64_t config_type_most(enum config_type type)
{
	return type == CONFIG_SHORT ? INT16_MAX : type == CONFIG_INT ? INT32_MAX : INT64_MAX;
}

int64_t config_unit_ms(enum config_unit unit)
{
	switch (unit) {
	case CONFIG_UNIT_MS:
		return 1;
	case CONFIG_UNIT_SECONDS:
		return 1000;
	case CONFIG_UNIT_MINUTES:
		return 60 * 1000;
	case CONFIG_UNIT_HOURS:
		return 3600 * 1000;
	default:
		return 0;
	}
}

bool config_is_local_retention(const struct config_def *def)
{
	return strstr(def->name, "local.retention.") != NULL;
}

/* Up to three parts are exact: 1d12h, 1h30m; longer ones are rounded and marked as such. */
static bool print_duration(struct str *out, int64_t ms)
{
	static const struct config_unit_size sizes[] = {
		{ "d", 86400000 },
		{ "h", 3600000 },
		{ "m", 60000 },
		{ "s", 1000 },
		{ "ms", 1 },
	};
	int parts = 0, most = PARTS_MOST;
	int64_t left = ms;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		parts += left >= sizes[i].size;
		left %= sizes[i].size;
	}
	if (parts == 0) {
		str_add(out, "0s");
		return true;
	}
	if (parts > PARTS_MOST) {
		most = PARTS_ROUGH;
		str_add_char(out, '~');
	}
	left = ms;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes) && most > 0; i++) {
		if (left >= sizes[i].size) {
			str_addf(out, "%" PRId64 "%s", left / sizes[i].size, sizes[i].name);
			most--;
		}
		left %= sizes[i].size;
	}
	return parts <= PARTS_MOST;
}

static bool print_size(struct str *out, int64_t bytes, const char *per)
{
	static const struct config_unit_size sizes[] = {
		{ "TiB", INT64_C(1) << 40 },
		{ "GiB", INT64_C(1) << 30 },
		{ "MiB", INT64_C(1) << 20 },
		{ "KiB", INT64_C(1) << 10 },
		{ "TB", INT64_C(1000000000000) },
		{ "GB", 1000000000 },
		{ "MB", 1000000 },
		{ "kB", 1000 },
	};
	enum { BINARY = 4 };
	int i = 0;

	for (; i < BINARY && (bytes < sizes[i].size || bytes % sizes[i].size); i++)
		;
	/* Prefers thousands where they give a rounder number than KiB: 256,000,000 is 250,000 KiB but 256 MB. */
	for (int j = BINARY; j < (int)(sizeof(sizes) / sizeof(*sizes)); j++)
		if (bytes >= sizes[j].size && bytes % sizes[j].size == 0 &&
			(i >= BINARY || bytes / sizes[j].size < bytes / sizes[i].size)) {
			str_addf(out, "%" PRId64 " %s%s", bytes / sizes[j].size, sizes[j].name, per);
			return true;
		}
	if (i < BINARY) {
		str_addf(out, "%" PRId64 " %s%s", bytes / sizes[i].size, sizes[i].name, per);
		return true;
	}
	if (bytes < sizes[BINARY - 1].size) {
		str_addf(out, "%" PRId64 " B%s", bytes, per);
		return true;
	}
	for (i = 0; bytes < sizes[i].size; i++)
		;
	str_addf(out, "~%.1f %s%s", (double)bytes / (double)sizes[i].size, sizes[i].name, per);
	return false;
}

/* False: it cannot be expressed in a unit. */
static bool print_endless(const struct config_def *def, int64_t value, struct str *out, bool *exact)
{
	bool most = value == config_type_most(def->type);

	*exact = def->endless ? value == -1 : most;
	if ((!def->endless || value != -1) && !most)
		return false;
	str_add(out, config_unit_ms(def->unit) ? "forever" : "no limit");
	return true;
}

static bool print_integer(const struct config_def *def, const char *value, struct str *out)
{
	char *end;
	bool exact = true;

	errno = 0;
	int64_t number = strtoll(value, &end, 10), ms = config_unit_ms(def->unit);

	if (end == value || *end || errno) {
		str_add(out, value);
		return true;
	}
	if (print_endless(def, number, out, &exact))
		return exact;
	if (number == -2 && config_is_local_retention(def))
		str_addf(out, "as %s", strstr(def->name, "retention."));
	else if (number < 0)
		str_add(out, value);
	else if (ms && number <= INT64_MAX / ms)
		return print_duration(out, number * ms);
	else if (def->unit == CONFIG_UNIT_BYTES)
		return print_size(out, number, "");
	else if (def->unit == CONFIG_UNIT_BYTES_PER_S)
		return print_size(out, number, "/s");
	else
		str_add(out, value);
	return true;
}

static bool print_double(const struct config_def *def, const char *value, struct str *out)
{
	char *end;
	double number = strtod(value, &end), percent = number * 100;
	char text[32];

	if (end == value || *end || !isfinite(number) || number < 0) {
		str_add(out, value);
	} else if (def->unit == CONFIG_UNIT_BYTES_PER_S && number > (double)INT64_MAX) {
		str_add(out, "no limit");
		return strcmp(value, CONFIG_DOUBLE_MOST) == 0;
	} else if (def->unit == CONFIG_UNIT_BYTES_PER_S && number == floor(number)) {
		return print_size(out, (int64_t)number, "/s");
	} else if (def->unit == CONFIG_UNIT_RATIO && number <= 1) {
		snprintf(text, sizeof(text), "%.10g", percent);
		if (strtod(text, NULL) / 100 != number) {
			str_add(out, value);
			return true;
		}
		str_addf(out, "%s%%", text);
	} else {
		str_add(out, value);
	}
	return true;
}

bool config_value_print(const struct config_def *def, const char *value, struct str *out)
{
	bool integer = def && (def->type == CONFIG_INT || def->type == CONFIG_LONG || def->type == CONFIG_SHORT);

	if (integer && value && *value)
		return print_integer(def, value, out);
	if (def && value && *value && def->type == CONFIG_DOUBLE)
		return print_double(def, value, out);
	if (value)
		str_add(out, value);
	return true;
}

static void add_words(struct str *out, const char *words)
{
	for (; *words; words++)
		if (*words == '|')
			str_add(out, ", ");
		else
			str_add_char(out, *words);
}

static void add_bound(const struct config_def *def, double bound, struct str *out)
{
	struct str raw = { 0 }, readable = { 0 };

	str_addf(&raw, "%.15g", bound);
	config_value_print(def, str_text(&raw), &readable);
	str_add(out, str_text(&raw));
	if (strcmp(str_text(&raw), str_text(&readable)) != 0 && bound > 0)
		str_addf(out, " (%s)", str_text(&readable));
	str_release(&raw);
	str_release(&readable);
}

void config_value_rule(const struct config_def *def, struct str *out)
{
	switch (def->rule) {
	case CONFIG_RULE_RANGE:
		if (!def->has_max)
			str_add(out, "at least ");
		add_bound(def, def->min, out);
		if (def->has_max) {
			str_add(out, " to ");
			add_bound(def, def->max, out);
		}
		if (def->has_other)
			str_addf(out, ", or %.15g", def->other);
		break;
	case CONFIG_RULE_WORD:
	case CONFIG_RULE_WORD_ANY_CASE:
		str_add(out, "one of ");
		add_words(out, def->words);
		break;
	case CONFIG_RULE_LIST:
	case CONFIG_RULE_LIST_NOT_EMPTY:
		str_add(out, "a list by commas");
		if (def->words) {
			str_add(out, " of ");
			add_words(out, def->words);
		}
		break;
	case CONFIG_RULE_NOT_EMPTY:
		str_add(out, "not empty");
		break;
	case CONFIG_RULE_REPLICAS:
		str_add(out, "partition:broker pairs by commas, or *");
		break;
	case CONFIG_RULE_ANY:
	case CONFIG_RULE_OWN:
		break;
	}
}
