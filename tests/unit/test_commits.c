/* SPDX-License-Identifier: BSD-2-Clause */
/* What the store makes of successive answers about one group, also when weir changed something in between. */
#include "unit.h"

#include <math.h>

#include "base/mem.h"
#include "sample/store.h"
#include "sample/store_parts.h"

struct fixture {
	struct store st;
	struct store_group *g;
	struct store_topic *t;
	int64_t now_us;
};

static void open_store(struct fixture *f)
{
	store_init(&f->st);
	f->g = mem_alloc(sizeof(*f->g));
	f->g->shown.id = names_get(&f->st.names, "g");
	name_of(f->g->shown.id)->group = f->g;
	f->g->shown.state = GROUP_STABLE;
	f->t = mem_alloc(sizeof(*f->t));
	f->t->shown.name = names_get(&f->st.names, "t");
	name_of(f->t->shown.name)->topic = f->t;
	f->t->partitions = mem_alloc(sizeof(*f->t->partitions));
	f->t->shown.partition_count = 1;
	store_offsets_forget(&f->t->partitions[0]);
	f->now_us = 1000 * 1000;
}

static void close_store(struct fixture *f)
{
	store_group_drop(f->g);
	store_topic_drop(f->t);
	store_release(&f->st);
}

static void read_commit(struct fixture *f, int64_t committed, int64_t sent_us, int64_t now_us)
{
	struct told_commit row = { .topic = "t", .offset = committed };

	store_group_committed(&f->st, f->g, &(struct told_commits){ .rows = &row, .count = 1 }, sent_us, now_us);
}

/* A round, five seconds after the one before: the committed offset, then the end. */
static const struct store_row *read_round(struct fixture *f, int64_t committed, int64_t end)
{
	f->now_us += 5000 * 1000;
	read_commit(f, committed, f->now_us - 1000, f->now_us);
	store_offset_read(&f->t->partitions[0], OFFSET_END, end, 0, f->now_us, f->now_us + 1000);
	return &f->g->commits[0];
}

static void test_an_offset_that_stands_still(void **state)
{
	struct fixture f;
	const struct store_row *row;

	(void)state;
	open_store(&f);
	row = read_round(&f, 100, 150);
	assert_int_equal(row->shown.still_reads, 0);
	row = read_round(&f, 100, 170);
	assert_int_equal(row->shown.still_reads, 1);
	assert_int_equal(row->still_end, 150); /* as it was after the first commit was read */
	row = read_round(&f, 100, 190);
	assert_int_equal(row->shown.still_reads, 2);
	assert_int_equal(row->still_end, 150);
	assert_int_equal(row->still_us, 6000 * 1000);
	row = read_round(&f, 101, 200);
	assert_int_equal(row->shown.still_reads, 0);
	assert_int_equal(row->still_end, OFFSET_UNKNOWN);
	assert_int_equal(row->still_us, f.now_us);
	close_store(&f);
}

static void test_a_reset_is_no_consumption(void **state)
{
	struct fixture f;
	const struct store_row *row;

	(void)state;
	open_store(&f);
	read_round(&f, 100, 1000);
	row = read_round(&f, 150, 1000);
	assert_float_equal(row->out.per_s, 10, 0.01);
	f.g->shown.state = GROUP_EMPTY;
	row = read_round(&f, 150, 1000);
	assert_true(isnan(row->out.per_s));
	row = read_round(&f, 900, 1000); /* somebody set it: nobody reads in an empty group */
	assert_true(isnan(row->out.per_s));
	f.g->shown.state = GROUP_STABLE;
	row = read_round(&f, 910, 1000);
	assert_float_equal(row->out.per_s, 2, 0.01);
	close_store(&f);
}

/* Consumers that assign partitions are no members, but they commit more than once. */
static void test_commits_without_members_have_a_rate(void **state)
{
	struct fixture f;

	(void)state;
	open_store(&f);
	f.g->shown.state = GROUP_EMPTY;
	read_round(&f, 100, 1000);
	assert_true(isnan(read_round(&f, 150, 1000)->out.per_s)); /* it may be a tool's doing */
	assert_float_equal(read_round(&f, 200, 1000)->out.per_s, 10, 0.01);
	assert_float_equal(read_round(&f, 250, 1000)->out.per_s, 10, 0.01);
	for (int i = 0; i < 20; i++)
		read_round(&f, 250, 1000);
	assert_true(isnan(read_round(&f, 900, 1000)->out.per_s));
	close_store(&f);
}

static void test_what_weir_changed_is_outdated(void **state)
{
	struct fixture f;
	const struct store_row *row;
	int64_t changed_us;

	(void)state;
	open_store(&f);
	read_round(&f, 100, 1000);
	row = read_round(&f, 150, 1000);
	assert_false(f.g->shown.commit_origin.outdated);
	changed_us = f.now_us + 1000 * 1000;
	store_group_changed(&f.st, "g", changed_us);
	store_group_changed(&f.st, "of nobody", changed_us);
	assert_true(f.g->shown.commit_origin.outdated);
	/* What was asked before the change says nothing about it. */
	read_commit(&f, 150, changed_us - 1, changed_us + 1000);
	assert_true(f.g->shown.commit_origin.outdated);
	f.now_us = changed_us;
	row = read_round(&f, 900, 1000);
	assert_int_equal(row->shown.committed, 900);
	assert_false(f.g->shown.commit_origin.outdated);
	assert_true(isnan(row->out.per_s)); /* no rate over the jump, and members read on */
	assert_float_equal(read_round(&f, 910, 1000)->out.per_s, 2, 0.01);
	close_store(&f);
}

static void test_offsets_that_weir_changed(void **state)
{
	struct fixture f;
	struct store_partition *p;
	struct origin config = { .at_ms = 5 };

	(void)state;
	open_store(&f);
	read_round(&f, 100, 1000);
	p = &f.t->partitions[0];
	f.now_us += 1000 * 1000;
	store_topic_changed(&f.st, "t", f.now_us);
	assert_true(p->offsets[OFFSET_END].origin.outdated);
	assert_false(p->offsets[OFFSET_START].origin.outdated); /* it was never read */
	store_offset_read(p, OFFSET_END, 1000, 0, f.now_us - 1, f.now_us + 1);
	assert_true(p->offsets[OFFSET_END].origin.outdated);
	store_offset_read(p, OFFSET_END, 1200, 0, f.now_us + 2, f.now_us + 3);
	assert_false(p->offsets[OFFSET_END].origin.outdated);
	stamp_read(&config, 10, f.t->config.changed_ms, 20);
	assert_true(config.outdated);
	stamp_read(&config, f.t->config.changed_ms, f.t->config.changed_ms, 20000);
	assert_false(config.outdated);
	close_store(&f);
}

static void test_a_demand_names_the_newest_changes(void **state)
{
	struct demand *d = demand_new(), *copy;

	(void)state;
	for (uint32_t i = 1; i <= CHANGE_NOTES_KEPT + 3; i++)
		demand_add_change(d, &(struct change_note){ .number = i, .name = (char *)(uintptr_t) "g" });
	assert_int_equal(d->change_count, CHANGE_NOTES_KEPT);
	assert_int_equal(d->changes[0].number, 4);
	copy = demand_dup(d);
	assert_true(demand_equal(copy, d));
	demand_add_change(copy,
		&(struct change_note){ .number = CHANGE_NOTES_KEPT + 4,
			.name = (char *)(uintptr_t) "g",
			.text = (char *)(uintptr_t) "text" });
	assert_false(demand_equal(copy, d));
	demand_free(copy);
	demand_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_offset_that_stands_still),
		cmocka_unit_test(test_a_reset_is_no_consumption),
		cmocka_unit_test(test_commits_without_members_have_a_rate),
		cmocka_unit_test(test_what_weir_changed_is_outdated),
		cmocka_unit_test(test_offsets_that_weir_changed),
		cmocka_unit_test(test_a_demand_names_the_newest_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
