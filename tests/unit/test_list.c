/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ui/list.h"

struct rows {
	const char *keys[16];
	size_t count;
};

static void key_of(void *owner, size_t index, struct str *out)
{
	struct rows *rows = owner;

	assert_true(index < rows->count);
	str_add(out, rows->keys[index]);
}

static void set(struct list *l, struct rows *rows, const char *letters)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };

	rows->count = strlen(letters);
	for (size_t i = 0; i < rows->count; i++)
		rows->keys[i] = names[letters[i] - 'a'];
	list_sync(l, rows->count);
}

static void assert_at(const struct list *l, const char *key, size_t index, size_t line)
{
	assert_string_equal(str_text(&l->key), key);
	assert_int_equal(l->cursor, index);
	assert_int_equal(l->cursor - l->top, line);
}

static void cursor_follows_its_key(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	list_set_page(&l, 3);
	set(&l, &rows, "abcdef");
	list_move(&l, 3);
	assert_at(&l, "d", 3, 2);
	set(&l, &rows, "fedcba");
	assert_at(&l, "d", 2, 2);
	set(&l, &rows, "dabcef");
	assert_at(&l, "d", 0, 0);
	list_release(&l);
}

static void cursor_stays_in_place_when_its_row_goes(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	list_set_page(&l, 10);
	set(&l, &rows, "abcd");
	list_move_to(&l, 2);
	set(&l, &rows, "abd");
	assert_at(&l, "d", 2, 2);
	set(&l, &rows, "a");
	assert_at(&l, "a", 0, 0);
	list_release(&l);
}

static void cursor_returns_after_no_rows(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	list_set_page(&l, 10);
	set(&l, &rows, "abcd");
	list_move_to(&l, 2);
	set(&l, &rows, "");
	assert_int_equal(l.cursor, 0);
	set(&l, &rows, "abcd");
	assert_at(&l, "c", 2, 2);
	list_release(&l);
}

static void untouched_cursor_stays_first(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	set(&l, &rows, "abc");
	set(&l, &rows, "cba");
	assert_at(&l, "c", 0, 0);
	list_release(&l);
}

static void selection_waits_for_its_row(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	list_set_page(&l, 4);
	list_seek_key(&l, "c");
	set(&l, &rows, "ab");
	assert_int_equal(l.cursor, 0);
	set(&l, &rows, "abc");
	assert_at(&l, "c", 2, 2);
	list_release(&l);
}

static void moves_stop_at_both_ends(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	list_set_page(&l, 4);
	set(&l, &rows, "abcdefghij");
	list_move(&l, -5);
	assert_at(&l, "a", 0, 0);
	list_move_page(&l, 1);
	assert_at(&l, "d", 3, 0);
	list_move_to(&l, 100);
	assert_at(&l, "j", 9, 3);
	list_move_page(&l, 1);
	assert_at(&l, "j", 9, 3);
	list_move_page(&l, -1);
	assert_at(&l, "g", 6, 3);
	list_release(&l);
}

static void follow_stays_on_the_last_row(void **state)
{
	struct rows rows = { 0 };
	struct list l;

	(void)state;
	list_init(&l, key_of, &rows);
	l.follow = true;
	list_set_page(&l, 2);
	set(&l, &rows, "ab");
	assert_at(&l, "b", 1, 1);
	set(&l, &rows, "abcd");
	assert_at(&l, "d", 3, 1);
	list_move(&l, -1);
	set(&l, &rows, "abcdef");
	assert_at(&l, "c", 2, 0);
	list_release(&l);
}

static void marks_are_kept_by_key(void **state)
{
	struct list l;
	char key[16];

	(void)state;
	list_init(&l, key_of, NULL);
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof(key), "row-%d", i);
		list_mark(&l, key, true);
		list_mark(&l, key, true);
	}
	assert_int_equal(l.mark_count, 1000);
	for (int i = 0; i < 1000; i += 2) {
		snprintf(key, sizeof(key), "row-%d", i);
		list_mark(&l, key, false);
	}
	assert_int_equal(l.mark_count, 500);
	assert_false(list_marked(&l, "row-10"));
	for (int i = 1; i < 1000; i += 2) {
		snprintf(key, sizeof(key), "row-%d", i);
		assert_true(list_marked(&l, key));
	}
	list_unmark_all(&l);
	assert_false(list_marked(&l, "row-11"));
	list_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cursor_follows_its_key),
		cmocka_unit_test(cursor_stays_in_place_when_its_row_goes),
		cmocka_unit_test(cursor_returns_after_no_rows),
		cmocka_unit_test(untouched_cursor_stays_first),
		cmocka_unit_test(selection_waits_for_its_row),
		cmocka_unit_test(moves_stop_at_both_ends),
		cmocka_unit_test(follow_stays_on_the_last_row),
		cmocka_unit_test(marks_are_kept_by_key),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
