/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How one list of lines becomes another: the longest common part stays. Where
 * the parts that differ are too large to be compared line by line, they are
 * given as removed and added whole. Pure; any thread.
 */
#ifndef VIEWS_LINE_DIFF_H
#define VIEWS_LINE_DIFF_H

#include <stddef.h>

enum { LINE_DIFF_CELLS_MAX = 4000000 };

enum line_change { LINE_SAME, LINE_REMOVED, LINE_ADDED };

struct line_step {
	enum line_change change;
	size_t a, b; /* the line in the one and in the other; of what is not there: the next */
};

/* Steps in order, in a heap array that the caller frees. */
struct line_step *line_diff(const char *const *a, size_t a_count, const char *const *b, size_t b_count, size_t *count);

#endif
