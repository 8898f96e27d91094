/* SPDX-License-Identifier: BSD-2-Clause */
/* The window of a feed: numbers, order, what leaves it, what others still hold of it. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "feed/feed_window.h"

static struct feed_item *item(int64_t offset)
{
	const struct record_header header = { "trace", { "", 0 } };
	const struct record record = { .topic = "t",
		.partition = 0,
		.offset = offset,
		.timestamp_ms = offset,
		.key = { "key", 3 },
		.value = { NULL, 0 },
		.headers = &header,
		.header_count = 1 };

	return feed_item_new(&record, 0, 0);
}

static void add(struct feed_window *w, int64_t from, int64_t to, bool in_front)
{
	struct feed_item **items = calloc((size_t)(to - from), sizeof(*items));

	for (int64_t i = from; i < to; i++)
		items[i - from] = item(i);
	if (in_front)
		feed_window_prepend(w, items, (size_t)(to - from));
	else
		feed_window_append(w, items, (size_t)(to - from));
	free(items);
}

static int64_t offset_at(const struct feed_window *w, int64_t number)
{
	struct feed_item *found = feed_entries_get(w->entries + w->at, w->count, number);

	return found ? found->record.offset : -1;
}

/* Every number from first to end names the offset that follows the one before. */
static void check(const struct feed_window *w, int64_t first_offset, int64_t count)
{
	size_t bytes = 0;

	assert_int_equal(w->end - w->first, count);
	for (int64_t n = w->first; n < w->end; n++) {
		assert_int_equal(offset_at(w, n), first_offset + n - w->first);
		bytes += feed_entries_get(w->entries + w->at, w->count, n)->bytes;
	}
	assert_int_equal(w->bytes, bytes);
	assert_int_equal(offset_at(w, w->first - 1), -1);
	assert_int_equal(offset_at(w, w->end), -1);
}

static void numbers_stay(void **state)
{
	struct feed_window w;
	int64_t number;

	(void)state;
	feed_window_init(&w);
	add(&w, 1000, 1010, false);
	number = w.first + 3;
	for (int64_t i = 0; i < 700; i++)
		add(&w, 1010 + i, 1011 + i, false);
	add(&w, 1710, 3000, false);
	for (int64_t to = 1000; to > 0; to -= 100)
		add(&w, to - 100, to, true);
	assert_int_equal(offset_at(&w, number), 1003);
	check(&w, 0, 3000);
	feed_window_release(&w);
}

static void what_leaves_takes_its_bytes(void **state)
{
	struct feed_window w;
	struct feed_slice *slice;
	int64_t first = 0, end = 2000;

	(void)state;
	feed_window_init(&w);
	for (int64_t i = 0; i < 2000; i += 100)
		add(&w, i, i + 100, false);
	slice = feed_window_shift(&w);
	first += (int64_t)slice->count;
	feed_slice_unref(slice);
	check(&w, first, end - first);
	slice = feed_window_pop(&w);
	end -= (int64_t)slice->count;
	feed_slice_unref(slice);
	check(&w, first, end - first);
	add(&w, first - 5, first, true);
	add(&w, end, end + 7, false);
	check(&w, first - 5, end + 7 - first + 5);
	while ((slice = feed_window_shift(&w)))
		feed_slice_unref(slice);
	assert_int_equal(w.bytes, 0);
	assert_int_equal(w.first, w.end);
	feed_window_release(&w);
}

/* A ring in which much comes and goes does not grow. */
static void a_ring_does_not_grow(void **state)
{
	struct feed_window w;

	(void)state;
	feed_window_init(&w);
	for (int64_t i = 0; i < 300000; i += 300) {
		add(&w, i, i + 300, false);
		while (w.count > 10)
			feed_slice_unref(feed_window_shift(&w));
	}
	assert_true(w.cap <= 64);
	check(&w, 300000 - 3000, 3000);
	feed_window_release(&w);
}

static void a_slice_outlives_its_window(void **state)
{
	struct feed_window w;
	struct feed_slice *held;

	(void)state;
	feed_window_init(&w);
	add(&w, 0, 10, false);
	held = feed_slice_ref(w.entries[w.at].slice);
	add(&w, 10, 20, false); /* makes another one of it */
	assert_int_equal(held->count, 10);
	feed_window_release(&w);
	assert_int_equal(held->items[9]->record.offset, 9);
	assert_string_equal(held->items[9]->record.headers[0].name, "trace");
	feed_slice_unref(held);
}

static void null_and_empty_stay_different(void **state)
{
	struct feed_item *one = item(1);

	(void)state;
	assert_null(one->record.value.p);
	assert_non_null(one->record.headers[0].value.p);
	assert_int_equal(one->record.headers[0].value.len, 0);
	assert_memory_equal(one->record.key.p, "key", 3);
	feed_item_unref(one);
}

static void a_reset_gives_new_numbers(void **state)
{
	struct feed_window w;
	int64_t end;

	(void)state;
	feed_window_init(&w);
	add(&w, 0, 50, false);
	end = w.end;
	feed_window_reset(&w);
	assert_int_equal(w.first, end);
	add(&w, 7, 9, false);
	check(&w, 7, 2);
	feed_window_release(&w);
}

static void sorting_is_by_time_then_place(void **state)
{
	struct feed_item *items[3] = { item(5), item(3), item(4) };

	(void)state;
	items[0]->place_ms = 3;
	feed_items_sort(items, 3);
	assert_int_equal(items[0]->record.offset, 3);
	assert_int_equal(items[1]->record.offset, 5);
	assert_int_equal(items[2]->record.offset, 4);
	for (size_t i = 0; i < 3; i++)
		feed_item_unref(items[i]);
}

/* Two partitions as they arrive: 0 brings 10 and one without a timestamp, 1 brings 5 and 20. */
static void a_record_without_a_timestamp_stays_behind_the_one_before_it(void **state)
{
	static const struct {
		int32_t partition;
		int64_t offset, timestamp_ms;
	} arrived[] = { { 0, 0, 10 }, { 0, 1, RECORD_NO_TIME }, { 1, 0, 5 }, { 1, 1, 20 }, { 0, 2, RECORD_NO_TIME } };
	static const int64_t sorted[] = { 5, 10, RECORD_NO_TIME, RECORD_NO_TIME, 20 };
	int64_t places[] = { RECORD_NO_TIME, RECORD_NO_TIME };
	struct feed_item *items[5];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		const struct record record = { .topic = "t",
			.partition = arrived[i].partition,
			.offset = arrived[i].offset,
			.timestamp_ms = arrived[i].timestamp_ms };

		items[i] = feed_item_new(&record, (uint32_t)arrived[i].partition, 0);
		feed_item_place(items[i], &places[arrived[i].partition]);
	}
	feed_items_sort(items, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(items[i]->record.timestamp_ms, sorted[i]);
	assert_int_equal(items[2]->record.offset, 1);
	for (size_t i = 0; i < 5; i++)
		feed_item_unref(items[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_stay),
		cmocka_unit_test(what_leaves_takes_its_bytes),
		cmocka_unit_test(a_ring_does_not_grow),
		cmocka_unit_test(a_slice_outlives_its_window),
		cmocka_unit_test(null_and_empty_stay_different),
		cmocka_unit_test(a_reset_gives_new_numbers),
		cmocka_unit_test(sorting_is_by_time_then_place),
		cmocka_unit_test(a_record_without_a_timestamp_stays_behind_the_one_before_it),
	};

	return cmocka_run_group_tests_name("feed window", tests, NULL, NULL);
}
