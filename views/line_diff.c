/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/line_diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct diff {
	const char *const *a, *const *b;
	struct line_step *steps;
	size_t count;
};

static void add_step(struct diff *d, enum line_change change, size_t a, size_t b)
{
	d->steps[d->count++] = (struct line_step){ change, a, b };
}

static void add_all(struct diff *d, size_t a, size_t a_end, size_t b, size_t b_end)
{
	for (; a < a_end; a++)
		add_step(d, LINE_REMOVED, a, b);
	for (; b < b_end; b++)
		add_step(d, LINE_ADDED, a, b);
}

/* common[i * width + j]: lines that a from i on and b from j on have in common. */
static void add_middle(struct diff *d, size_t a, size_t a_end, size_t b, size_t b_end)
{
	size_t rows = a_end - a, cols = b_end - b, width = cols + 1, i = 0, j = 0;
	uint32_t *common;

	if (rows == 0 || cols == 0 || rows + 1 > LINE_DIFF_CELLS_MAX / width) {
		add_all(d, a, a_end, b, b_end);
		return;
	}
	common = mem_alloc((rows + 1) * width * sizeof(*common));
	for (size_t x = rows; x-- > 0;)
		for (size_t y = cols; y-- > 0;) {
			uint32_t down = common[(x + 1) * width + y], right = common[x * width + y + 1];

			common[x * width + y] = strcmp(d->a[a + x], d->b[b + y]) == 0 ?
				common[(x + 1) * width + y + 1] + 1 :
				down > right ? down :
					       right;
		}
	while (i < rows && j < cols) {
		if (strcmp(d->a[a + i], d->b[b + j]) == 0) {
			add_step(d, LINE_SAME, a + i, b + j);
			i++;
			j++;
		} else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
			add_step(d, LINE_REMOVED, a + i, b + j);
			i++;
		} else {
			add_step(d, LINE_ADDED, a + i, b + j);
			j++;
		}
	}
	add_all(d, a + i, a_end, b + j, b_end);
	free(common);
}

struct line_step *line_diff(const char *const *a, size_t a_count, const char *const *b, size_t b_count, size_t *count)
{
	struct diff d = { .a = a, .b = b, .steps = mem_alloc((a_count + b_count + 1) * sizeof(*d.steps)) };
	size_t head = 0, tail = 0;

	while (head < a_count && head < b_count && strcmp(a[head], b[head]) == 0)
		head++;
	while (tail < a_count - head && tail < b_count - head &&
		strcmp(a[a_count - 1 - tail], b[b_count - 1 - tail]) == 0)
		tail++;
	for (size_t i = 0; i < head; i++)
		add_step(&d, LINE_SAME, i, i);
	add_middle(&d, head, a_count - tail, head, b_count - tail);
	for (size_t i = tail; i > 0; i--)
		add_step(&d, LINE_SAME, a_count - i, b_count - i);
	*count = d.count;
	return d.steps;
}
