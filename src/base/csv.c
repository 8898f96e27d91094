/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void csv_add(struct str *out, const char *field)
{
	if (!strpbrk(field, ",\"\r\n")) {
		str_add(out, field);
		return;
	}
	str_add_char(out, '"');
	for (; *field; field++) {
		if (*field == '"')
			str_add_char(out, '"');
		str_add_char(out, *field);
	}
	str_add_char(out, '"');
}

static bool is_number(const char *text)
{
	char *end;

	strtod(text, &end);
	return end != text && *end == '\0';
}

/*
 * Whether a spreadsheet would compute it. A sign alone is no formula: weir writes "-" for
 * an unknown value.
 */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@", *text) && text[1] && !is_number(text);
}

void csv_add_text(struct str *out, const char *text)
{
	struct str safe = { 0 };

	if (is_formula(text))
		str_add_char(&safe, '\'');
	text_safe(&safe, text, strlen(text));
	csv_add(out, str_text(&safe));
	str_release(&safe);
}

const char *csv_text(const char *field)
{
	return *field == '\'' && is_formula(field + 1) ? field + 1 : field;
}
