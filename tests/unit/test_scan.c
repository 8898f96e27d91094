/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/scan.h"
#include "model/scan_merge.h"

static void assert_statement(struct scan *scan, const char *expected)
{
	struct str out = { 0 };

	scan_statement(scan, &out);
	assert_string_equal(str_text(&out), expected);
	str_release(&out);
}

/* The ways a partition ends: its last record, a hole before the end, a record behind the end, nothing at all. */
static void test_done_rule(void **state)
{
	struct scan *scan = scan_new();
	size_t plain = scan_add(scan, "orders", 0, 100, 103), hole = scan_add(scan, "orders", 1, 0, 1000);
	size_t past = scan_add(scan, "orders", 2, 0, 10), empty = scan_add(scan, "orders", 3, 50, 50);

	(void)state;
	assert_int_equal(scan_row_state(scan, empty), SCAN_DONE);
	assert_true(scan_record(scan, plain, 100, 10));
	assert_false(scan_record(scan, plain, 100, 10)); /* once more after a new assignment */
	assert_true(scan_record(scan, plain, 101, 10));
	assert_int_equal(scan_row_state(scan, plain), SCAN_READING);
	assert_true(scan_record(scan, plain, 102, 10));
	assert_int_equal(scan_row_state(scan, plain), SCAN_DONE);
	assert_false(scan_record(scan, plain, 103, 10));

	assert_true(scan_record(scan, hole, 0, 10));
	assert_true(scan_record(scan, hole, 997, 10)); /* 998 and 999 are a marker and a removed record */
	scan_eof(scan, hole, 998);
	assert_int_equal(scan_row_state(scan, hole), SCAN_READING); /* an early end of partition proves nothing */
	assert_int_equal(scan_position(scan, hole), 998);
	scan_eof(scan, hole, 1000);
	assert_int_equal(scan_row_state(scan, hole), SCAN_DONE);

	assert_false(scan_complete(scan));
	assert_true(scan_record(scan, past, 7, 10));
	assert_false(scan_record(scan, past, 12, 10)); /* produced after the search began */
	assert_int_equal(scan_row_state(scan, past), SCAN_DONE);
	assert_int_equal(scan_position(scan, past), 10);
	assert_true(scan_complete(scan));
	scan_matched(scan, past);
	assert_statement(scan,
		"complete: 4 partitions read to their ends, 6 records, 1 found\n"
		"orders 0: offsets 100 to 102, all read, 3 records\n"
		"orders 1: offsets 0 to 999, all read, 2 records\n"
		"orders 2: offsets 0 to 9, all read, 1 record\n"
		"orders 3: nothing to read, the range ends at offset 50\n");
	scan_free(scan);
}

static void test_incomplete(void **state)
{
	struct scan *scan = scan_new();
	size_t torn = scan_add(scan, "orders", 0, 0, 2000), failed = scan_add(scan, "orders", 1, 0, 100);
	size_t gone = scan_add(scan, "a\033[1m", 2, 0, 10), unknown = scan_add(scan, "orders", 3, 0, -1);

	(void)state;
	assert_true(scan_record(scan, torn, 0, 1));
	assert_int_equal(scan_torn(scan, torn, 1500), 1500);
	assert_int_equal(scan_torn(scan, torn, 1600), 1600); /* and again while we looked: one gap */
	assert_int_equal(scan_torn(scan, torn, 1200), 1600);
	assert_true(scan_record(scan, torn, 1999, 1));
	assert_int_equal(scan_row_state(scan, torn), SCAN_DONE);
	assert_true(scan_record(scan, failed, 40, 1));
	scan_undecided(scan, failed);
	scan_fail(scan, failed, "leader not available");
	assert_int_equal(scan_torn(scan, gone, 500), 10);
	assert_int_equal(scan_row_state(scan, gone), SCAN_DONE);
	scan_fail(scan, gone, "too late");
	assert_int_equal(scan_row_state(scan, gone), SCAN_DONE);
	scan_fail(scan, unknown, "no answer in 5 s");
	assert_statement(scan,
		"not complete: 2 of 4 partitions read to the end, 3 records, 0 found, 1 record on which a regular "
		"expression gave up, retention tore gaps into 2 partitions\n"
		"orders 0: offsets 0 to 1,999, all read, 2 records; offsets 1 to 1,599 were removed by retention before "
		"they were read\n"
		"orders 1: offsets 0 to 40 read, offsets 41 to 99 not read, 1 record; leader not available\n"
		"a^[[1m 2: offsets 0 to 9, all read, 0 records; offsets 0 to 9 were removed by retention before they were "
		"read\n"
		"orders 3: nothing read, the end is not known, 0 records; no answer in 5 s\n");
	assert_int_equal(scan_position(scan, failed), 41);
	scan_free(scan);
}

static void test_progress(void **state)
{
	struct scan *scan = scan_new();
	struct scan_progress progress;
	size_t row = scan_add(scan, "t", 0, 1000, 11000);

	(void)state;
	scan_add(scan, "t", 1, 5, 5);
	scan_progress(scan, 0, &progress);
	assert_true(progress.done == 0 && isnan(progress.records_per_s) && isnan(progress.bytes_total));
	assert_int_equal(progress.eta_ms, -1);
	assert_int_equal(progress.rows, 2);
	assert_int_equal(progress.rows_done, 1);
	for (int i = 1; i <= 50; i++) { /* 100 offsets, half of them holes, each 100 ms */
		for (int k = 0; k < 50; k++)
			scan_record(scan, row, 1000 + (i - 1) * 100 + 2 * k + 1, 200);
		scan_progress(scan, i * 100, &progress);
	}
	assert_true(fabs(progress.done - 0.5) < 1e-9);
	assert_int_equal(progress.records, 2500);
	assert_true(fabs(progress.records_per_s - 500) < 1);
	assert_true(fabs(progress.bytes_per_s - 100000) < 200);
	assert_true(fabs(progress.bytes_total - 1000000) < 1);
	assert_true(progress.eta_ms > 4990 && progress.eta_ms < 5010);
	scan_progress(scan, 60000, &progress); /* the window fills with the standstill */
	for (int i = 0; i < 20; i++)
		scan_progress(scan, 60000 + i * 300, &progress);
	assert_true(progress.records_per_s == 0);
	assert_int_equal(progress.eta_ms, -1);
	scan_resumed(scan);
	scan_progress(scan, 90000, &progress);
	assert_true(isnan(progress.records_per_s));
	scan_free(scan);
}

static unsigned pick(unsigned below)
{
	static uint64_t seed = 88172645463325252ull;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

enum { SOURCES = 7, EACH = 500 };

static const struct {
	const char *topic;
	int32_t partition;
} places[SOURCES] = {
	{ "b", 1 },
	{ "a", 0 },
	{ "a", 2 },
	{ "b", 0 },
	{ "c", 0 },
	{ "a", 1 },
	{ "d", 9 },
};

struct popped {
	size_t source;
	struct scan_merge_item item;
};

static int compare_popped(const struct popped *a, const struct popped *b)
{
	int order = (a->item.timestamp_ms > b->item.timestamp_ms) - (a->item.timestamp_ms < b->item.timestamp_ms);

	if (!order)
		order = strcmp(places[a->source].topic, places[b->source].topic);
	if (!order)
		order = places[a->source].partition - places[b->source].partition;
	return order ? order : (a->item.offset > b->item.offset) - (a->item.offset < b->item.offset);
}

/* Sources that are fed in random order give one sorted stream. */
static void merge_all(bool newest_first)
{
	struct scan_merge *merge = scan_merge_new(newest_first);
	int64_t next[SOURCES] = { 0 }, time[SOURCES];
	struct popped last = { 0 }, now;
	size_t count = 0;

	for (size_t i = 0; i < SOURCES; i++) {
		scan_merge_add(merge, places[i].topic, places[i].partition);
		time[i] = 1000000;
	}
	for (;;) {
		size_t s = pick(SOURCES);
		enum scan_merge_next got;

		if (next[s] == EACH) {
			scan_merge_end(merge, s);
		} else {
			time[s] += (newest_first ? -1 : 1) * (int64_t)pick(3);
			scan_merge_push(merge, s,
				&(struct scan_merge_item){ time[s], newest_first ? EACH - next[s] : next[s], NULL });
			next[s]++;
		}
		while ((got = scan_merge_pop(merge, &now.item, &now.source)) == SCAN_MERGE_ITEM) {
			int order = count++ ? compare_popped(&last, &now) : 0;

			assert_true(count == 1 || (newest_first ? order > 0 : order < 0));
			last = now;
		}
		if (got == SCAN_MERGE_END)
			break;
	}
	assert_int_equal(count, SOURCES * EACH);
	scan_merge_free(merge, free);
}

static void test_merge(void **state)
{
	(void)state;
	merge_all(false);
	merge_all(true);
}

static void test_merge_edges(void **state)
{
	struct scan_merge *merge = scan_merge_new(false);
	struct scan_merge_item item = { 5, 0, NULL };
	size_t source, a = scan_merge_add(merge, "t", 0), b = scan_merge_add(merge, "t", 1);

	(void)state;
	assert_int_equal(scan_merge_pop(merge, &item, &source), SCAN_MERGE_WAIT);
	item.data = mem_alloc(1);
	item.timestamp_ms = 9; /* goes back in time: its partition's order stands */
	scan_merge_push(merge, a, &item);
	item.timestamp_ms = 3;
	item.data = mem_alloc(1);
	scan_merge_push(merge, a, &item);
	assert_int_equal(scan_merge_pop(merge, &item, &source), SCAN_MERGE_WAIT);
	scan_merge_end(merge, b);
	assert_int_equal(scan_merge_pop(merge, &item, &source), SCAN_MERGE_ITEM);
	assert_int_equal(source, a);
	assert_int_equal(item.timestamp_ms, 9);
	free(item.data);
	scan_merge_end(merge, a);
	scan_merge_free(merge, free); /* frees the one that waits */
	merge = scan_merge_new(false);
	assert_int_equal(scan_merge_pop(merge, &item, &source), SCAN_MERGE_END);
	scan_merge_free(merge, free);
}

static void test_newest(void **state)
{
	enum { OFFERED = 2000, KEPT = 100 };
	struct scan_newest *newest = scan_newest_new(KEPT);
	struct scan_merge_item item;
	const char *topic;
	int32_t partition;
	int64_t expected = OFFERED - KEPT;
	size_t back = 0;

	(void)state;
	for (int i = 0; i < OFFERED; i++) { /* 7919 is prime: every number once, in disorder */
		int64_t n = (int64_t)i * 7919 % OFFERED;
		struct scan_merge_item offered = { n / 3, n, mem_alloc(1) };

		void *out = scan_newest_offer(newest, "t", 0, &offered);

		back += out != NULL;
		free(out);
	}
	assert_int_equal(back, OFFERED - KEPT);
	while (expected < OFFERED - 1 && scan_newest_pop(newest, &item, &topic, &partition)) {
		assert_int_equal(item.offset, expected++);
		free(item.data);
	}
	assert_int_equal(expected, OFFERED - 1);
	scan_newest_free(newest, free);
	newest = scan_newest_new(0);
	assert_ptr_equal(scan_newest_offer(newest, "t", 0, &(struct scan_merge_item){ 1, 1, &item }), &item);
	scan_newest_free(newest, free);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_done_rule),
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_merge_edges),
		cmocka_unit_test(test_newest),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
