/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/reset_rate.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static size_t add_questions(const struct reset_plan *plan, int64_t at_ms, struct admin_offset *asked,
	const struct reset_row **of)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->row_count; i++) {
		const struct reset_row *row = &plan->rows[i];

		if (row->action != RESET_COMMIT)
			continue;
		of[count] = row;
		asked[count++] = (struct admin_offset){ .topic = row->topic,
			.partition = row->partition,
			.leader = row->leader,
			.at = at_ms };
	}
	return count;
}

/* Adds the records since that offset; false when the log does not reach back so far. */
static bool add_since(const struct reset_row *row, const struct admin_offset *since, double *sum)
{
	if (since->error || row->log_end < 0 || row->log_start < 0)
		return false;
	/* -1: no record is as new. Records that came after the plan was made are not counted. */
	if (since->offset < 0 || since->offset >= row->log_end)
		return true;
	*sum += (double)(row->log_end - since->offset);
	return row->log_start == 0 || since->offset > row->log_start;
}

static bool count_since(struct admin *a, const struct reset_plan *plan, int64_t at_ms, double *sum)
{
	struct admin_offset *asked = mem_alloc((plan->row_count + 1) * sizeof(*asked));
	const struct reset_row **of = mem_alloc((plan->row_count + 1) * sizeof(*of));
	size_t count = add_questions(plan, at_ms, asked, of);
	bool known = count && admin_list_offsets(a, asked, count, NULL);

	*sum = 0;
	for (size_t i = 0; known && i < count; i++)
		known = add_since(of[i], &asked[i], sum);
	free(asked);
	free(of);
	return known;
}

struct reset_arrivals reset_measure_arrivals(struct admin *a, const struct reset_plan *plan)
{
	static const int64_t times_ms[] = { 600 * 1000, 60 * 1000, 10 * 1000 };
	double sum;

	for (size_t i = 0; i < sizeof(times_ms) / sizeof(times_ms[0]); i++) {
		if (count_since(a, plan, plan->at_ms - times_ms[i], &sum))
			return (struct reset_arrivals){ sum * 1000 / (double)times_ms[i], times_ms[i] };
	}
	return (struct reset_arrivals){ NAN, 0 };
}
