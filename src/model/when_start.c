/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "model/when.h"

static bool all_digits(const char *text)
{
	if (!*text)
		return false;
	while (isdigit((unsigned char)*text))
		text++;
	return !*text;
}

static bool start_fail(size_t *at, size_t offset, struct error *err, const char *why)
{
	if (!at)
		return error_set(err, ERR_USAGE, "column %zu: %s", offset + 1, why);
	*at = offset;
	return error_set(err, ERR_USAGE, "%s", why);
}

static bool parse_digits(const char *text, size_t skipped, int64_t *out, size_t *at, struct error *err)
{
	*out = 0;
	for (const char *p = text; *p; p++)
		if (__builtin_mul_overflow(*out, 10, out) || __builtin_add_overflow(*out, *p - '0', out))
			return start_fail(at, skipped, err, "this number is too large");
	return true;
}

bool start_at_parse(const char *text, const struct when_clock *clock, struct start_at *out, size_t *at,
	struct error *err)
{
	*out = (struct start_at){ 0 };
	if (strcasecmp(text, "earliest") == 0 || strcasecmp(text, "beginning") == 0) {
		out->kind = START_EARLIEST;
		return true;
	}
	if (strcasecmp(text, "latest") == 0 || strcasecmp(text, "end") == 0) {
		out->kind = START_LATEST;
		return true;
	}
	if (strncmp(text, "group:", 6) == 0) {
		out->kind = START_GROUP;
		out->group = text + 6;
		return *out->group || start_fail(at, 6, err, "expected the name of a group");
	}
	if (all_digits(text)) {
		out->kind = START_OFFSET;
		return parse_digits(text, 0, &out->offset, at, err);
	}
	if (text[0] == '-' && all_digits(text + 1)) {
		out->kind = START_LAST;
		if (!parse_digits(text + 1, 1, &out->count, at, err))
			return false;
		return out->count > 0 || start_fail(at, 1, err, "expected a count of at least 1");
	}
	out->kind = START_TIME;
	return when_parse(text, strlen(text), clock, &out->time, at, err);
}
