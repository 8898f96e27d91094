/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <locale.h>

#include "ui/key.h"
#include "ui/keymap.h"
#include "ui/line.h"
#include "ui/view.h"

static enum action_result run(struct ui *ui, enum action_id id, const char *arg)
{
	(void)ui;
	(void)id;
	(void)arg;
	return ACTION_HANDLED;
}

/* Three actions are enough: one everywhere, two that share no view. */
static const struct action few_rows[] = {
	{ .name = "none" },
	{ .name = "up", .keys = "k Up", .run = run },
	{ .name = "wrap", .keys = "w", .fits = VIEW_TEXT, .run = run },
	{ .name = "spread", .keys = "w Ctrl-w", .fits = VIEW_TABLE, .run = run },
};

static const struct view_ops log_view = { .name = "log", .capabilities = VIEW_TEXT };
static const struct view_ops groups_view = { .name = "groups", .capabilities = VIEW_TABLE | VIEW_LAG };
static const struct view_ops topics_view = { .name = "topics", .capabilities = VIEW_TOPICS };
static const struct view_ops *const few_views[] = { &log_view, &groups_view, &topics_view, NULL };
static const struct action_set few = { few_rows, COUNT(few_rows), few_views };

/* The same with a view that has both. */
static const struct view_ops both_view = { .name = "both", .capabilities = VIEW_TEXT | VIEW_TABLE };
static const struct view_ops *const shared_views[] = { &both_view, NULL };
static const struct action_set shared = { few_rows, COUNT(few_rows), shared_views };

static void test_names_go_both_ways(void **state)
{
	static const struct {
		const char *text;
		key_code key;
		const char *name;
	} rows[] = {
		{ "j", 'j', "j" },
		{ "J", 'J', "J" },
		{ "space", KEY_SPACE, "Space" },
		{ "Ctrl-d", 4, "Ctrl-d" },
		{ "ctrl-D", 4, "Ctrl-d" },
		{ "^d", 4, "Ctrl-d" },
		{ "^", '^', "^" },
		{ "Alt-b", KEY_ALT | 'b', "Alt-b" },
		{ "F5", KEY_F1 + 4, "F5" },
		{ "f12", KEY_F12, "F12" },
		{ "pgup", KEY_PAGE_UP, "PgUp" },
		{ "PageDown", KEY_PAGE_DOWN, "PgDn" },
		{ "Esc", KEY_ESC, "Esc" },
		{ "Enter", KEY_ENTER_KEY, "Enter" },
		{ "Shift-Tab", KEY_SHIFT_TAB, "Shift-Tab" },
		{ "-", '-', "-" },
		{ "\303\244", 0xe4, "\303\244" },
		{ "Ctrl-]", 29, "Ctrl-]" },
		{ "Alt-Enter", KEY_ALT | KEY_ENTER_KEY, "Alt-Enter" },
		{ "F", 'F', "F" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str name = { 0 };
		key_code key = 0;
		if (!key_parse(rows[i].text, &key))
			fail_msg("%s is not understood", rows[i].text);
		assert_int_equal(key, rows[i].key);
		key_add_name(key, &name);
		assert_text(i, str_text(&name), rows[i].name);
		str_release(&name);
	}
}

static void test_what_is_no_key(void **state)
{
	static const char *const rows[] = { "", "jj", "F0", "F13", "F1x", "Ctrl-", "Ctrl-dd", "Alt-", "Alt-Alt-x",
		"Hyper-x", "\377", "\t" };
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		key_code key;
		if (key_parse(rows[i], &key))
			fail_msg("\"%s\" is taken for a key", rows[i]);
	}
}

static void test_a_key_means_one_thing_in_a_view(void **state)
{
	(void)state;
	struct keymap *m = keymap_new(&few);
	assert_int_equal(keymap_lookup(m, 'w', &log_view), 2);
	assert_int_equal(keymap_lookup(m, 'w', &groups_view), 3);
	assert_int_equal(keymap_lookup(m, 'w', &topics_view), ACTION_NONE);
	assert_int_equal(keymap_lookup(m, KEY_UP_ARROW, &topics_view), 1);
	keymap_free(m);
	m = keymap_new(&shared);
	assert_int_equal(keymap_lookup(m, 'w', &both_view), 2);
	struct str keys = { 0 };
	keymap_keys(m, 3, &keys);
	/* Its keys are not given at all, rather than some of them. */
	assert_text(0, str_text(&keys), "");
	str_release(&keys);
	keymap_free(m);
}

static void test_the_user_takes_a_key_from_another_action(void **state)
{
	(void)state;
	struct error err;
	struct str keys = { 0 };
	struct keymap *m = keymap_new(&few);
	assert_true(keymap_bind(m, "up", "w F2", &err));
	assert_int_equal(keymap_lookup(m, 'w', &log_view), 1);
	assert_int_equal(keymap_lookup(m, 'k', &log_view), ACTION_NONE);
	keymap_keys(m, 1, &keys);
	assert_text(0, str_text(&keys), "w F2");
	str_clear(&keys);
	keymap_keys(m, 3, &keys);
	assert_text(1, str_text(&keys), "Ctrl-w");
	str_release(&keys);
	keymap_free(m);
}

static void test_clashes_and_typos_are_said(void **state)
{
	(void)state;
	struct error err;
	struct keymap *m = keymap_new(&few);
	assert_true(keymap_bind(m, "wrap", "x", &err));
	assert_true(keymap_bind(m, "spread", "x", &err));
	assert_false(keymap_bind(m, "up", "x", &err));
	assert_string_equal(err.message, "key x is given to both wrap and up");
	assert_false(keymap_bind(m, "fly", "x", &err));
	assert_non_null(strstr(err.message, "no action is called fly"));
	assert_false(keymap_bind(m, "up", "Hyper-x", &err));
	assert_non_null(strstr(err.message, "no key is called Hyper-x"));
	assert_true(keymap_bind(m, "up", "", &err));
	assert_int_equal(keymap_lookup(m, KEY_UP_ARROW, &log_view), ACTION_NONE);
	keymap_free(m);
}

static void test_a_line_has_a_maximum(void **state)
{
	struct line l = { 0 };

	(void)state;
	line_set(&l, "");
	str_add_fill(&l.text, 'x', LINE_MOST_BYTES - 2);
	l.cursor = l.text.len;
	assert_int_equal(line_key(&l, 'a'), LINE_CHANGED);
	assert_int_equal(line_key(&l, 0xe4), LINE_FULL); /* two bytes */
	assert_int_equal(line_key(&l, 'b'), LINE_CHANGED);
	assert_int_equal(line_key(&l, 'c'), LINE_FULL);
	assert_int_equal(l.text.len, LINE_MOST_BYTES);
	assert_int_equal(line_key(&l, KEY_CTRL('u')), LINE_CHANGED);
	assert_int_equal(line_key(&l, KEY_CTRL('y')), LINE_CHANGED);
	assert_int_equal(line_key(&l, KEY_CTRL('y')), LINE_FULL);
	assert_int_equal(line_key(&l, KEY_BACKSPACE_KEY), LINE_CHANGED);
	line_release(&l);
}

/* Keys of a script, and the line with | where the cursor then stands. */
static void test_a_line_is_edited(void **state)
{
	static const struct {
		const char *start, *keys, *line;
	} rows[] = {
		{ "", "a b c", "abc|" },
		{ "abc", "Left Left x", "ax|bc" },
		{ "abc", "Home Delete", "|bc" },
		{ "abc", "Backspace", "ab|" },
		{ "one two", "Ctrl-w", "one |" },
		{ "one two", "Ctrl-w Ctrl-a Ctrl-y", "two|one " },
		{ "one two", "Alt-b Alt-b", "|one two" },
		{ "one two", "Home Alt-f", "one| two" },
		{ "one two", "Home Alt-d", "| two" },
		{ "one two", "Home Ctrl-k Ctrl-y Ctrl-y", "one twoone two|" },
		{ "one two", "Left Left Left Ctrl-u", "|two" },
		{ "a\303\244b", "Left Backspace", "a|b" },
		{ "e\314\201x", "Left Left", "|e\314\201x" },
		{ "e\314\201x", "Left Backspace", "|x" },
		{ "\346\263\250", "Left Delete", "|" },
		{ "", "Backspace Delete Left Right Ctrl-k Ctrl-w", "|" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct line l = { 0 };
		line_set(&l, rows[i].start);
		char keys[128];
		snprintf(keys, sizeof(keys), "%s", rows[i].keys);
		for (char *save = NULL, *word = strtok_r(keys, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
			key_code key;
			assert_true(key_parse(word, &key));
			line_key(&l, key);
		}
		struct str got = { 0 };
		str_add_len(&got, str_text(&l.text), l.cursor);
		str_add_char(&got, '|');
		str_add(&got, str_text(&l.text) + l.cursor);
		assert_text(i, str_text(&got), rows[i].line);
		str_release(&got);
		line_release(&l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_go_both_ways),
		cmocka_unit_test(test_what_is_no_key),
		cmocka_unit_test(test_a_key_means_one_thing_in_a_view),
		cmocka_unit_test(test_the_user_takes_a_key_from_another_action),
		cmocka_unit_test(test_clashes_and_typos_are_said),
		cmocka_unit_test(test_a_line_is_edited),
		cmocka_unit_test(test_a_line_has_a_maximum),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
