/* SPDX-License-Identifier: BSD-2-Clause */
/* The journal: what is written is read back, what was cut short is seen, what cannot be written stops the change. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#include "base/mem.h"
#include "change/journal.h"

static char folder[] = "/tmp/weir-journal-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) && setenv("XDG_STATE_HOME", folder, 1) == 0 ? 0 : -1;
}

static char *file_path(void)
{
	return mem_printf("%s/weir/journal", folder);
}

static int clean(void **state)
{
	char *path = file_path(), *dir = mem_printf("%s/weir", folder);

	(void)state;
	unlink(path);
	rmdir(dir);
	free(path);
	free(dir);
	return 0;
}

static int tear_down(void **state)
{
	clean(state);
	return rmdir(folder);
}

static struct journal_entry entry_of(const char *group)
{
	struct journal_entry e = { .kind = JOURNAL_GROUP_OFFSETS,
		.kind_name = mem_strdup("group offsets"),
		.name = mem_strdup(group),
		.summary = mem_strdup("to the log end") };
	struct journal_item *item = journal_add_item(&e, "t", 3);

	item->before = 7;
	item->after = 9;
	item->leader_epoch = 2;
	item->text_before = mem_strdup("note \"1\"\n");
	journal_add_item(&e, "t", 4)->after = 5;
	return e;
}

static void finish(struct journal_entry *e, struct journal_change *c, enum journal_state state)
{
	struct error err;

	e->state = state;
	assert_true(journal_end(c, e, &err));
	journal_entry_release(e);
}

static void test_what_was_cut_short_is_settled(void **state)
{
	static const char line[] = "{\"id\":\"1\",\"time\":\"2026-11-22T14:02:11.000Z\",\"kind\":\"group offsets\","
				   "\"group\":\"g\",\"summary\":\"s\",\"items\":[]}\n";
	struct journal_entry e = entry_of("payments");
	struct journal_list l;
	struct error err;
	struct journal_change *c = journal_begin(&e, &err);
	char *path = file_path(), *id = mem_strdup(e.id);
	FILE *file = fopen(path, "a");

	(void)state;
	assert_non_null(file);
	fputs(line, file);
	fclose(file);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 2);
	assert_non_null(journal_cut_short(&l));
	journal_list_release(&l);
	assert_false(journal_settle(id, "left", &err)); /* that one runs */
	assert_false(journal_settle("2", "left", &err));
	assert_true(journal_settle("1", "left", &err));
	assert_false(journal_settle("1", "left", &err)); /* once is enough */
	assert_true(journal_read(&l, &err));
	assert_null(journal_cut_short(&l));
	assert_int_equal(journal_find(&l, "1")->state, JOURNAL_UNVERIFIED);
	assert_string_equal(journal_find(&l, "1")->message, "left");
	assert_true(journal_find(&l, id)->running);
	journal_list_release(&l);
	finish(&e, c, JOURNAL_DONE);
	free(path);
	free(id);
}

static void test_written_and_read(void **state)
{
	struct journal_entry e = entry_of("pay\xffments");
	struct journal_list l;
	struct reset_request r;
	struct error err;
	struct journal_change *c = journal_begin(&e, &err);

	(void)state;
	assert_non_null(c);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 1);
	assert_int_equal(l.entries[0].state, JOURNAL_OPEN);
	assert_true(l.entries[0].running);
	assert_null(journal_cut_short(&l));
	journal_list_release(&l);
	e.items[1].error = mem_strdup("Broker: no");
	e.message = mem_strdup("1 of 2");
	finish(&e, c, JOURNAL_PARTIAL);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 1);
	assert_int_equal(l.bad_lines, 0);
	assert_int_equal(l.entries[0].state, JOURNAL_PARTIAL);
	assert_string_equal(l.entries[0].name, "pay\xffments");
	assert_string_equal(l.entries[0].message, "1 of 2");
	assert_string_equal(l.entries[0].items[0].text_before, "note \"1\"\n");
	assert_int_equal(l.entries[0].items[0].leader_epoch, 2);
	assert_int_equal(l.entries[0].items[1].before, RESET_NO_OFFSET);
	assert_string_equal(l.entries[0].items[1].error, "Broker: no");
	assert_true(l.entries[0].time_ms > 0 && l.entries[0].result_ms >= l.entries[0].time_ms);
	/* What Kafka refused is not undone. */
	assert_true(journal_undo_request(&l.entries[0], &r, &err));
	assert_int_equal(r.target_count, 1);
	assert_int_equal(r.targets[0].offset, 7);
	assert_int_equal(r.targets[0].leader_epoch, 2);
	assert_true(r.exact);
	reset_request_release(&r);
	journal_list_release(&l);
}

/* A process that ends between the two lines. */
static void test_cut_short(void **state)
{
	struct journal_entry e;
	struct journal_list l;
	struct error err;
	pid_t child;
	int status;

	(void)state;
	child = fork();
	if (child == 0) {
		e = entry_of("g");
		_exit(journal_begin(&e, &err) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 1);
	assert_false(l.entries[0].running);
	assert_ptr_equal(journal_cut_short(&l), &l.entries[0]);
	journal_list_release(&l);
}

/* Another process makes a change: seen as running until it ends. */
static void test_two_weirs(void **state)
{
	struct journal_entry e = entry_of("mine");
	struct journal_list l;
	struct error err;
	struct journal_change *c;
	int ready[2], go[2], status;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready) | pipe(go), 0);
	child = fork();
	if (child == 0) {
		struct journal_entry other = entry_of("theirs");
		struct journal_change *held = journal_begin(&other, &err);

		if (!held || write(ready[1], "r", 1) != 1 || read(go[0], &byte, 1) != 1)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	c = journal_begin(&e, &err);
	assert_non_null(c);
	finish(&e, c, JOURNAL_DONE);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 2);
	assert_string_equal(l.entries[1].name, "theirs");
	assert_true(l.entries[1].running);
	assert_int_equal(l.entries[0].state, JOURNAL_DONE);
	journal_list_release(&l);
	assert_int_equal(write(go[1], "g", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(journal_read(&l, &err));
	assert_false(l.entries[1].running);
	journal_list_release(&l);
	close(ready[0]), close(ready[1]), close(go[0]), close(go[1]);
}

/* A line that was torn, by a full disk or a crash, costs itself alone. */
static void test_torn_line(void **state)
{
	struct journal_entry e = entry_of("g"), f = entry_of("h");
	struct journal_list l;
	struct error err;
	char *path = file_path();
	struct journal_change *c = journal_begin(&e, &err);
	int file;

	(void)state;
	finish(&e, c, JOURNAL_DONE);
	file = open(path, O_WRONLY | O_APPEND);
	assert_int_equal(write(file, "{\"id\":\"x\",\"gro", 14), 14);
	close(file);
	c = journal_begin(&f, &err);
	assert_non_null(c);
	finish(&f, c, JOURNAL_DONE);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.count, 2);
	assert_int_equal(l.bad_lines, 1);
	assert_int_equal(l.first_bad, 3);
	assert_int_equal(l.entries[0].state, JOURNAL_DONE);
	journal_list_release(&l);
	free(path);
}

static void test_nowhere_to_write(void **state)
{
	struct journal_entry e = entry_of("g");
	struct error err;
	char *path = file_path(), *dir = mem_printf("%s/weir", folder);

	(void)state;
	mkdir(dir, 0700);
	assert_int_equal(symlink("/dev/full", path), 0);
	assert_null(journal_begin(&e, &err));
	assert_non_null(strstr(err.message, "nothing was changed"));
	unlink(path);
	mkdir(path, 0700);
	assert_null(journal_begin(&e, &err));
	rmdir(path);
	journal_entry_release(&e);
	free(path);
	free(dir);
}

static void test_other_kinds(void **state)
{
	struct journal_entry e = { .kind = JOURNAL_TOPIC_CONFIG,
		.kind_name = mem_strdup("topic config"),
		.name = mem_strdup("orders"),
		.summary = mem_strdup("") };
	struct journal_item *item = journal_add_item(&e, "retention.ms", -1);
	struct journal_list l;
	struct reset_request r;
	struct error err;
	struct journal_change *c;

	(void)state;
	item->text_before = mem_strdup("1000");
	c = journal_begin(&e, &err);
	assert_non_null(c);
	finish(&e, c, JOURNAL_DONE);
	assert_true(journal_read(&l, &err));
	assert_int_equal(l.entries[0].kind, JOURNAL_TOPIC_CONFIG);
	assert_string_equal(l.entries[0].items[0].text_before, "1000");
	assert_null(l.entries[0].items[0].text_after);
	assert_false(journal_undo_request(&l.entries[0], &r, &err));
	journal_list_release(&l);
	journal_parse(&l, "{\"id\":\"1\",\"kind\":\"moon\",\"topic\":\"t\"}\n", 38, -1);
	journal_list_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_teardown(test_written_and_read, clean),
		cmocka_unit_test_teardown(test_what_was_cut_short_is_settled, clean),
		cmocka_unit_test_teardown(test_cut_short, clean), cmocka_unit_test_teardown(test_two_weirs, clean),
		cmocka_unit_test_teardown(test_torn_line, clean),
		cmocka_unit_test_teardown(test_nowhere_to_write, clean),
		cmocka_unit_test_teardown(test_other_kinds, clean) };

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
