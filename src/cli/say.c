/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/str.h"
#include "base/text.h"

void command_say(const char *fmt, ...)
{
	struct str text = {0}, safe = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	text_safe(&safe, str_text(&text), text.len);
	fprintf(stderr, "weir: %s\n", str_text(&safe));
	str_release(&text);
	str_release(&safe);
}
