/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/csv.h"

#include <string.h>

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
