/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/action_table.h"
#include "ui/clipboard.h"
#include "ui/keymap.h"
#include "ui/status.h"
#include "views/views.h"

static void test_every_action_can_be_found_and_is_explained(void **state)
{
	(void)state;
	for (size_t i = 1; i < action_table.count; i++) {
		const struct action *row = &action_table.rows[i];
		if (!row->name || !row->group || !row->help || !row->run)
			fail_msg("row %zu (%s) is not complete", i, row->name ? row->name : "?");
		assert_int_equal(action_find(&action_table, row->name), i);
		if (row->help[strlen(row->help) - 1] != '.' || strpbrk(row->name, " _") || strpbrk(row->help, "\n\t"))
			fail_msg("%s: name or help is not as the others", row->name);
		if (row->hint && !row->keys)
			fail_msg("%s: a hint without a key", row->name);
	}
	assert_int_equal(action_find(&action_table, "none"), ACTION_NONE);
}

/* A capability that no view has, or that no action asks for, is a word without a meaning. */
static void test_each_capability_is_had_and_asked_for(void **state)
{
	unsigned had = 0, asked = 0;
	(void)state;
	for (size_t i = 0; view_list[i]; i++)
		had |= view_list[i]->capabilities;
	for (size_t i = 1; i < action_table.count; i++)
		asked |= action_table.rows[i].fits;
	assert_int_equal(had, asked);
}

/* keymap_new() keeps the first of two that clash: each default key must be there and mean its own action. */
static void test_default_keys_do_not_clash(void **state)
{
	(void)state;
	struct keymap *m = keymap_new(&action_table);
	for (size_t i = 1; i < action_table.count; i++) {
		const struct action *row = &action_table.rows[i];
		struct str keys = { 0 };
		keymap_keys(m, (enum action_id)i, &keys);
		assert_text(i, str_text(&keys), row->keys ? row->keys : "");
		str_release(&keys);
		for (size_t v = 0; row->keys && view_list[v]; v++) {
			char names[64];
			key_code key;
			snprintf(names, sizeof(names), "%s", row->keys);
			assert_true(key_parse(strtok(names, " "), &key));
			if (action_fits(row, view_list[v]))
				assert_int_equal(keymap_lookup(m, key, view_list[v]), i);
		}
	}
	keymap_free(m);
}

static void check_word(const struct status_word *words, size_t count, int cols, int col, int word)
{
	struct area a = { .rows = 1, .cols = cols };
	int got = status_word_at(&a, words, count, col);
	if (got != word)
		fail_msg("word %d, not %d, at column %d of %d", got, word, col, cols);
}

static void test_a_status_line_drops_what_matters_least(void **state)
{
	static const struct status_word words[] = {
		{ .text = "context", .priority = 9, .gap = 1 },
		{ .text = "kafka-1.example:9092", .priority = 3, .least = 8, .gap = 1 },
		{ .text = "cost", .priority = 1, .gap = 1, .right = true },
		{ .text = "live", .priority = 8, .gap = 1, .right = true },
	};
	static const struct {
		int cols, col, word;
	} rows[] = {
		{ 60, 1, 0 },
		{ 60, 9, 1 },
		{ 60, 28, 1 },
		{ 60, 29, -1 },
		{ 60, 51, 2 },
		{ 60, 56, 3 },
		/* too narrow for all: the cost goes first, then the address shrinks, then it goes too */
		{ 35, 31, 3 },
		{ 35, 27, 1 },
		{ 35, 28, 1 },
		{ 28, 24, 3 },
		{ 28, 10, 1 },
		{ 28, 23, -1 },
		{ 14, 10, 3 },
		{ 14, 1, 0 },
		{ 14, 9, -1 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_word(words, COUNT(words), rows[i].cols, rows[i].col, rows[i].word);
}

static void test_a_word_may_matter_more_once_it_is_short(void **state)
{
	static const struct status_word words[] = {
		{ .text = "weir", .priority = 1, .gap = 1 },
		{ .text = "kafka-1.example:9092", .priority = 3, .least = 8, .kept = 9, .gap = 1 },
		{ .text = "3 of 3", .priority = 6, .gap = 1 },
		{ .text = "live", .priority = 8, .gap = 1, .right = true },
	};
	(void)state;
	check_word(words, COUNT(words), 40, 1, 0);
	check_word(words, COUNT(words), 40, 25, 1);
	/* the address shrinks before others go */
	check_word(words, COUNT(words), 21, 8, 1);
	check_word(words, COUNT(words), 21, 9, -1);
	check_word(words, COUNT(words), 21, 10, 2);
	/* what is short goes after them, and takes what room they leave */
	check_word(words, COUNT(words), 20, 14, 1);
	check_word(words, COUNT(words), 20, 15, -1);
	check_word(words, COUNT(words), 20, 16, 3);
	check_word(words, COUNT(words), 12, 11, 1);
}

static void test_the_clipboard_is_wrapped_for_screen(void **state)
{
	(void)state;
	struct str out = { 0 };
	clipboard_sequence(&out, "orders\n", false);
	assert_string_equal(str_text(&out), "\033]52;c;b3JkZXJzCg==\a");
	str_clear(&out);
	clipboard_sequence(&out, "orders\n", true);
	assert_string_equal(str_text(&out), "\033P\033]52;c;b3JkZXJzCg==\a\033\\");
	str_clear(&out);
	char long_text[3001];
	memset(long_text, 'x', 3000);
	long_text[3000] = '\0';
	clipboard_sequence(&out, long_text, true);
	size_t parts = 0;
	for (const char *p = str_text(&out); (p = strstr(p, "\033P")); p++) {
		const char *end = strstr(p, "\033\\");
		assert_non_null(end);
		assert_true(end - p <= 768);
		parts++;
	}
	assert_int_equal(parts, 6);
	assert_true(clipboard_takes(CLIPBOARD_MOST_BYTES));
	assert_false(clipboard_takes(CLIPBOARD_MOST_BYTES + 1));
	str_release(&out);
}

static void test_a_command_can_take_what_is_copied(void **state)
{
	(void)state;
	char folder[] = "/tmp/weir-test-XXXXXX", got[16] = "";
	int ours[2];
	assert_int_equal(pipe(ours), 0);
	assert_non_null(mkdtemp(folder));
	struct str command = { 0 }, path = { 0 };
	struct error err;
	str_addf(&path, "%s/copy", folder);
	/* It may stay for hours: what weir keeps open is not its own. */
	str_addf(&command, "{ cat; (exec 9>&%d) 2>&1 && echo open || echo shut; } >'%s.part' 2>&1 && mv '%s.part' '%s'",
		ours[1], path.p, path.p, path.p);
	assert_true(clipboard_copy(command.p, "orders\n", &err));
	FILE *f = NULL;
	for (int i = 0; i < 3000 && !(f = fopen(path.p, "r")); i++)
		usleep(10 * 1000);
	assert_non_null(f);
	assert_non_null(fgets(got, sizeof(got), f));
	assert_string_equal(got, "orders\n");
	str_clear(&path);
	while (fgets(got, sizeof(got), f))
		str_add(&path, got);
	assert_non_null(strstr(str_text(&path), "shut"));
	close(ours[0]);
	close(ours[1]);
	fclose(f);
	str_clear(&path);
	str_addf(&path, "%s/copy", folder);
	unlink(path.p);
	rmdir(folder);
	str_release(&command);
	str_release(&path);
}

/* A stand-in for tmux, found before it, writes down what it gets. */
static void test_tmux_gets_what_is_copied_and_nothing_else(void **state)
{
	(void)state;
	char folder[] = "/tmp/weir-test-XXXXXX", got[32] = "";
	const char *before = getenv("PATH");
	int ours[2];
	assert_int_equal(pipe(ours), 0);
	assert_non_null(mkdtemp(folder));
	struct str tmux = { 0 }, path = { 0 };
	struct error err;
	str_addf(&tmux, "%s/tmux", folder);
	FILE *f = fopen(tmux.p, "wx");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n{ cat; (exec 9>&%d) && echo open || echo shut; } >'%s/got'\n", ours[1], folder);
	fclose(f);
	chmod(tmux.p, 0700);
	str_addf(&path, "%s:%s", folder, before);
	setenv("PATH", path.p, 1);
	setenv("TMUX", "x", 1);
	assert_true(clipboard_copy(NULL, "orders\n", &err));
	unsetenv("TMUX");
	setenv("PATH", path.p + strlen(folder) + 1, 1);
	unlink(tmux.p);
	str_clear(&path);
	str_addf(&path, "%s/got", folder);
	f = fopen(path.p, "r");
	assert_non_null(f);
	assert_true(fread(got, 1, sizeof(got) - 1, f) > 0);
	assert_string_equal(got, "orders\nshut\n");
	fclose(f);
	close(ours[0]);
	close(ours[1]);
	unlink(path.p);
	rmdir(folder);
	str_release(&tmux);
	str_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_action_can_be_found_and_is_explained),
		cmocka_unit_test(test_each_capability_is_had_and_asked_for),
		cmocka_unit_test(test_default_keys_do_not_clash),
		cmocka_unit_test(test_a_status_line_drops_what_matters_least),
		cmocka_unit_test(test_a_word_may_matter_more_once_it_is_short),
		cmocka_unit_test(test_the_clipboard_is_wrapped_for_screen),
		cmocka_unit_test(test_a_command_can_take_what_is_copied),
		cmocka_unit_test(test_tmux_gets_what_is_copied_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
