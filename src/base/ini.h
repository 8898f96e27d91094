/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads INI text line by line: `[section]`, `name = value`, comments from `#`
 * or `;` at the start of a line. A value is the rest of its line, of any length
 * and taken literally, without the blanks around it. Any thread.
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include <stdbool.h>
#include <stddef.h>

enum ini_kind { INI_SECTION, INI_PAIR, INI_BAD };

struct ini {
	const char *text; /* need not end with NUL */
	size_t len;
	size_t at;
	int line;
};

struct ini_line { /* pieces of the text, not terminated */
	enum ini_kind kind;
	int number;       /* from 1 */
	const char *name; /* of the section or the pair; of a bad line, all of it */
	size_t name_len;
	const char *value;
	size_t value_len;
};

/* The next section, pair or bad line; false at the end. A NUL byte makes a line bad. */
bool ini_next(struct ini *ini, struct ini_line *line);
/* Reads yes, true, on, 1 or no, false, off, 0. False: any other word. */
bool ini_parse_yes(const char *value, bool *yes);

#endif
