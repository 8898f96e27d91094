/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a plan costs beyond the brokers' answers: build/release/tests/bench/reset [PARTITIONS]
 * Builds it, compares it with itself, writes its notes, its CSV and its lines in the journal; best of five.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/journal_line.h"
#include "model/reset_text.h"

enum { PARTITIONS = 10000, TOPICS = 100, ROUNDS = 5 };

static struct reset_plan *make_plan(const struct reset_fact *facts, size_t count)
{
	struct reset_request request = { .group = mem_strdup("payments"),
		.how = { RESET_OFFSET, 500 },
		.all_topics = true };
	struct reset_facts all = { .cluster_id = "c",
		.listed = true,
		.state = GROUP_EMPTY,
		.partitions = facts,
		.partition_count = count,
		.rate_per_s = NAN };
	struct reset_plan *plan;

	for (size_t i = 0; i < count; i += 2)
		reset_add_edit(&request, facts[i].topic, facts[i].partition, (struct reset_how){ RESET_SHIFT, -10 });
	for (size_t i = 0; i < count; i++)
		reset_add_target(&request,
			&(struct reset_target){ (char *)(uintptr_t)facts[i].topic, facts[i].partition, 5, -1, NULL });
	plan = reset_plan_new(&request, &all);
	reset_request_release(&request);
	return plan;
}

static double round_ms(const struct reset_fact *facts, size_t count)
{
	struct str text = { 0 };
	int64_t begun = clock_mono_us();
	struct reset_plan *plan = make_plan(facts, count), *again = make_plan(facts, count);
	struct reset_bounds bounds = reset_plan_bounds(plan);
	struct journal_entry entry = { .id = mem_strdup("1") };

	if (reset_plan_compare(plan, again, &bounds, false, NULL) != RESET_SAME || plan->commits != count)
		abort();
	for (size_t i = 0; i < count; i++)
		reset_row_note(&text, &plan->rows[i]);
	reset_plan_csv(&text, plan, true);
	journal_entry_of_plan(&entry, plan);
	journal_write_entry(&text, &entry);
	journal_entry_release(&entry);
	reset_plan_free(plan);
	reset_plan_free(again);
	str_release(&text);
	return (double)(clock_mono_us() - begun) / 1000;
}

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? (size_t)atol(argv[1]) : PARTITIONS;
	struct reset_fact *facts = mem_alloc(count * sizeof(*facts));
	double best = INFINITY;

	for (size_t i = 0; i < count; i++)
		facts[i] = (struct reset_fact){ .topic = mem_printf("topic-%05zu", i / TOPICS),
			.partition = (int32_t)(i % TOPICS),
			.committed = (int64_t)(i * 7 % 1000),
			.leader_epoch = 1,
			.log_start = 0,
			.log_end = 1000,
			.other = -1 };
	for (int i = 0; i < ROUNDS; i++) {
		double ms = round_ms(facts, count);

		best = ms < best ? ms : best;
	}
	printf("two plans of %zu partitions, compared, with notes, CSV and journal: %.1f ms\n", count, best);
	for (size_t i = 0; i < count; i++)
		free((char *)(uintptr_t)facts[i].topic);
	free(facts);
	return 0;
}
