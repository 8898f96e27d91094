/* SPDX-License-Identifier: BSD-2-Clause */
/* What the store makes of successive answers about one group. */
#include "unit.h"

#include <math.h>

#include "base/mem.h"
#include "kafka/store.h"
#include "kafka/store_parts.h"

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
	f->g->id = names_get(&f->st.names, "g");
	f->g->id->group = f->g;
	f->g->state = GROUP_STABLE;
	f->t = mem_alloc(sizeof(*f->t));
	f->t->name = names_get(&f->st.names, "t");
	f->t->name->topic = f->t;
	f->t->partitions = mem_alloc(sizeof(*f->t->partitions));
	f->t->partition_count = 1;
	store_offsets_forget(&f->t->partitions[0]);
	f->now_us = 1000 * 1000;
}

static void close_store(struct fixture *f)
{
	store_group_drop(f->g);
	store_topic_drop(f->t);
	store_release(&f->st);
}

/* A round, five seconds after the one before: the committed offset, then the end. */
static const struct store_row *read_round(struct fixture *f, int64_t committed, int64_t end)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);

	f->now_us += 5000 * 1000;
	rd_kafka_topic_partition_list_add(list, "t", 0)->offset = committed;
	store_group_committed(&f->st, f->g, list, f->now_us - 1000, f->now_us);
	store_offset_read(&f->t->partitions[0], OFFSET_END, end, 0, f->now_us, f->now_us + 1000);
	rd_kafka_topic_partition_list_destroy(list);
	return &f->g->commits[0];
}

static void test_an_offset_that_stands_still(void **state)
{
	struct fixture f;
	const struct store_row *row;

	(void)state;
	open_store(&f);
	row = read_round(&f, 100, 150);
	assert_int_equal(row->still_reads, 0);
	row = read_round(&f, 100, 170);
	assert_int_equal(row->still_reads, 1);
	assert_int_equal(row->still_end, 150);       /* as it was after the first commit was read */
	row = read_round(&f, 100, 190);
	assert_int_equal(row->still_reads, 2);
	assert_int_equal(row->still_end, 150);
	assert_int_equal(row->still_us, 6000 * 1000);
	row = read_round(&f, 101, 200);
	assert_int_equal(row->still_reads, 0);
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
	f.g->state = GROUP_EMPTY;
	row = read_round(&f, 150, 1000);
	assert_true(isnan(row->out.per_s));
	row = read_round(&f, 900, 1000);             /* somebody set it: nobody reads in an empty group */
	assert_true(isnan(row->out.per_s));
	f.g->state = GROUP_STABLE;
	row = read_round(&f, 910, 1000);
	assert_float_equal(row->out.per_s, 2, 0.01);
	close_store(&f);
}

/* Consumers that assign partitions are no members: what they commit is all that is known of them. */
static void test_commits_without_a_protocol_have_a_rate(void **state)
{
	struct fixture f;

	(void)state;
	open_store(&f);
	f.g->state = GROUP_EMPTY;
	f.g->is_simple = true;
	read_round(&f, 100, 1000);
	assert_float_equal(read_round(&f, 150, 1000)->out.per_s, 10, 0.01);
	close_store(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_offset_that_stands_still),
		cmocka_unit_test(test_a_reset_is_no_consumption),
		cmocka_unit_test(test_commits_without_a_protocol_have_a_rate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
