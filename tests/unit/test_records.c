/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages view without a screen: which records are in sight and which one the cursor is on. */
#include "unit.h"

#include "views/records_window.h"

static struct records_window window(int64_t first, int64_t end, int64_t page)
{
	struct records_window w = { 0 };

	window_set_page(&w, page);
	window_sync(&w, first, end);
	return w;
}

static void test_newest_goes_along(void **state)
{
	struct records_window w = window(0, 5, 10);

	(void)state;
	window_go_newest(&w);
	window_sync(&w, 0, 100);
	assert_int_equal(w.cursor, 99);
	assert_int_equal(w.top, 90);
	assert_int_equal(window_below(&w), 0);
}

static void test_moved_up_it_stays(void **state)
{
	struct records_window w = window(0, 100, 10);

	(void)state;
	window_go_newest(&w);
	window_move(&w, -3);
	assert_false(w.newest);
	window_sync(&w, 0, 250);
	assert_int_equal(w.cursor, 96);
	assert_int_equal(w.top, 90);
	assert_int_equal(window_below(&w), 150);
	/* The ring lost what the cursor was on: the oldest that is left. */
	window_sync(&w, 200, 300);
	assert_int_equal(w.cursor, 200);
	assert_int_equal(w.top, 200);
	/* Down to the last one it follows again. */
	assert_int_equal(window_move(&w, 500), WINDOW_AT_BOTTOM);
	assert_true(w.newest);
}

static void test_older_page_comes_in_front(void **state)
{
	struct records_window w = window(0, 50, 10);

	(void)state;
	assert_int_equal(window_move(&w, -1), WINDOW_AT_TOP);
	window_sync(&w, -200, 50);
	assert_int_equal(w.cursor, 0);
	assert_int_equal(w.top, 0);
	assert_int_equal(window_move(&w, -1), WINDOW_INSIDE);
	assert_int_equal(w.top, -1);
}

static void test_other_numbers_same_record(void **state)
{
	struct records_window w = window(0, 1000, 10);

	(void)state;
	window_go(&w, 500);
	int64_t line = w.cursor - w.top;
	/* A filter left every tenth. */
	window_renumbered(&w, 0, 100, 50);
	assert_int_equal(w.cursor, 50);
	assert_int_equal(w.cursor - w.top, line);
	/* The record is not among them: the newest that is. */
	window_renumbered(&w, 0, 7, -1);
	assert_int_equal(w.cursor, 6);
	assert_int_equal(w.top, 0);
	assert_false(w.newest);
}

static void test_none_and_pages(void **state)
{
	struct records_window w = window(3, 3, 10);

	(void)state;
	assert_int_equal(window_move(&w, 1), WINDOW_AT_BOTTOM);
	assert_int_equal(w.cursor, 3);
	window_sync(&w, 3, 103);
	window_page(&w, 1);
	assert_int_equal(w.top, 12);
	assert_int_equal(w.cursor, 12);
	assert_int_equal(window_page(&w, -1), WINDOW_INSIDE);
	assert_int_equal(w.top, 3);
	assert_int_equal(window_page(&w, -1), WINDOW_AT_TOP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest_goes_along),
		cmocka_unit_test(test_moved_up_it_stays),
		cmocka_unit_test(test_older_page_comes_in_front),
		cmocka_unit_test(test_other_numbers_same_record),
		cmocka_unit_test(test_none_and_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
