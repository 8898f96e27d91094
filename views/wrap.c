/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/wrap.h"

#include <string.h>

#include "base/str.h"
#include "base/text.h"

/* Bytes of the first line of `safe`; *next: where the second one starts. */
static size_t line_length(const char *safe, int cols, size_t *next)
{
	int used;
	size_t fit = text_fit(safe, cols, &used), blank;

	*next = fit;
	if (!safe[fit])
		return fit;
	for (blank = fit; blank > 0 && safe[blank] != ' '; blank--)
		;
	if (blank == 0) {
		/* A word longer than the line is cut, before a wide character that does not fit. */
		*next = fit > 0 ? fit : strlen(safe);
		return fit;
	}
	*next = blank + 1;
	return blank;
}

static int wrap(const struct area *a, int row, int col, int cols, enum role role, const char *text)
{
	struct str safe = { 0 }, line = { 0 };
	size_t next = 0;

	text_safe(&safe, text, strlen(text));
	for (const char *p = str_text(&safe); *p; p += next, row++) {
		size_t len = line_length(p, cols, &next);

		if (!a)
			continue;
		str_clear(&line);
		str_add_len(&line, p, len);
		draw_text(a, row, col, cols, role, str_text(&line));
	}
	str_release(&line);
	str_release(&safe);
	return row;
}

int wrap_lines(const char *text, int cols)
{
	return wrap(NULL, 0, 0, cols, ROLE_TEXT, text);
}

int wrap_draw(const struct area *a, int row, int col, enum role role, const char *text)
{
	return wrap(a, row, col, a->cols - col, role, text);
}
