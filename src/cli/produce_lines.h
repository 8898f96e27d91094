/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of line numbers of the input, from 1: lines to read, lines that were not
 * delivered. Sorted ranges, written in the form of --lines: "3,7-9,12-". Plain
 * values, one thread.
 */
#ifndef CLI_PRODUCE_LINES_H
#define CLI_PRODUCE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

#define LINES_NO_END UINT64_MAX

struct line_range {
	uint64_t first, last; /* inclusive; last LINES_NO_END: to the end */
};

struct line_set {                  /* `= {0}` is empty and valid */
	struct line_range *ranges; /* ascending; ranges neither touch nor overlap */
	size_t count, cap;
};

void line_set_release(struct line_set *s);
bool line_set_parse(struct line_set *s, const char *text, struct error *err);
void line_set_add(struct line_set *s, uint64_t first, uint64_t last);
/* Adds the part of `from` that begins at line `first`. */
void line_set_add_rest(struct line_set *s, const struct line_set *from, uint64_t first);
bool line_set_has(const struct line_set *s, uint64_t line);
/* No line from `line` on is in the set. */
bool line_set_ends_before(const struct line_set *s, uint64_t line);
uint64_t line_set_lines(const struct line_set *s); /* LINES_NO_END: no end */
void line_set_write(const struct line_set *s, struct str *out);

#endif
