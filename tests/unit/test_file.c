/* SPDX-License-Identifier: BSD-2-Clause */
/* Files read and replaced whole, and where weir keeps its own. */
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { PIPE_BYTES = 300 * 1000 };

static char folder[] = "/tmp/weir-file-XXXXXX";

static char *in_folder(const char *name)
{
	return mem_printf("%s/%s", folder, name);
}

static void write_file(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static int make_folder(void **state)
{
	(void)state;
	umask(022);
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char *command = mem_printf("rm -rf '%s'", folder);
	int status = system(command);

	(void)state;
	free(command);
	return status;
}

static void test_reads_up_to_the_maximum(void **state)
{
	char *path = in_folder("read"), *want = mem_alloc(5 * 1024), words[200];
	struct str text = { 0 };
	struct error err;

	(void)state;
	memset(want, 'x', 5 * 1024);
	want[17] = '\0';
	write_file(path, want, 5 * 1024);
	str_add(&text, "before:");
	assert_true(file_read(path, 5 * 1024, &text, &err));
	assert_int_equal(text.len, 7 + 5 * 1024);
	assert_memory_equal(text.p + 7, want, 5 * 1024);
	assert_int_equal(text.p[text.len], 0);
	str_clear(&text);
	errno = 0;
	assert_false(file_read(path, 5 * 1024 - 1, &text, &err));
	assert_int_equal(errno, EFBIG);
	assert_int_equal(err.code, ERR_USAGE);
	snprintf(words, sizeof(words), "%s: larger than 4 KiB", path);
	assert_string_equal(err.message, words);
	/* Never more than one byte beyond the maximum, however long the file is. */
	assert_true(text.len <= 5 * 1024);
	str_clear(&text);
	write_file(path, "", 0);
	assert_true(file_read(path, 0, &text, &err));
	assert_int_equal(text.len, 0);
	str_release(&text);
	free(want);
	free(path);
}

static void test_names_the_file_and_the_reason(void **state)
{
	char *path = in_folder("none"), words[200];
	struct str text = { 0 };
	struct error err;

	(void)state;
	errno = 0;
	assert_false(file_read(path, 100, &text, &err));
	assert_int_equal(errno, ENOENT);
	snprintf(words, sizeof(words), "%s: No such file or directory", path);
	assert_string_equal(err.message, words);
	assert_false(file_read(folder, 100, &text, &err));
	assert_int_equal(errno, EISDIR);
	assert_false(file_read(folder, 100, &text, NULL));
	str_release(&text);
	free(path);
}

static bool read_pipe(size_t max, struct str *text, struct error *err)
{
	char *bytes = mem_alloc(PIPE_BYTES);
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_true(fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES) >= PIPE_BYTES);
	assert_true(file_write(ends[1], memset(bytes, 'p', PIPE_BYTES), PIPE_BYTES));
	close(ends[1]);
	bool ok = file_read_fd(ends[0], "the pipe", max, text, err);

	close(ends[0]);
	free(bytes);
	return ok;
}

static void test_reads_a_pipe(void **state)
{
	struct str text = { 0 };
	struct error err;

	(void)state;
	assert_true(read_pipe(PIPE_BYTES, &text, &err));
	assert_int_equal(text.len, PIPE_BYTES);
	assert_int_equal(strspn(text.p, "p"), text.len);
	str_clear(&text);
	assert_false(read_pipe(PIPE_BYTES - 1, &text, &err));
	assert_int_equal(text.len, PIPE_BYTES);
	assert_string_equal(err.message, "the pipe: larger than 292 KiB");
	str_release(&text);
}

static void test_creates_what_is_not_there(void **state)
{
	char *path = in_folder("created"), *other = in_folder("no/such"), words[200];
	struct error err;
	int fd = file_create(path, &err);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_create(path, &err), -1);
	snprintf(words, sizeof(words), "%s exists already: choose another name", path);
	assert_string_equal(err.message, words);
	assert_int_equal(file_create(other, &err), -1);
	snprintf(words, sizeof(words), "%s: No such file or directory", other);
	assert_string_equal(err.message, words);
	free(path);
	free(other);
}

static void test_replaces_the_whole_file(void **state)
{
	char *path = in_folder("kept/file"), *own = in_folder("kept"), *link = in_folder("kept/link");
	struct str text = { 0 }, read = { 0 };
	struct error err;
	struct stat st;

	(void)state;
	str_add(&text, "the first, longer text");
	assert_false(file_replace(path, &text, FILE_QUICK, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(mkdir(own, 0700), 0);
	for (int i = 0; i < 2; i++) {
		assert_true(file_replace(path, &text, i ? FILE_DURABLE : FILE_QUICK, &err));
		str_clear(&read);
		assert_true(file_read(path, 100, &read, &err));
		assert_string_equal(str_text(&read), str_text(&text));
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		str_clear(&text);
		str_add(&text, "then another");
	}
	/* Whoever holds the old file reads on in it; a link is replaced, not what it leads to. */
	assert_int_equal(symlink(path, link), 0);
	str_clear(&text);
	str_add(&text, "no link");
	assert_true(file_replace(link, &text, FILE_QUICK, &err));
	str_clear(&read);
	assert_true(file_read(path, 100, &read, &err));
	assert_string_equal(str_text(&read), "then another");
	/* Where it fails, the old text stands and no draft lies beside it. */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_false(file_replace(path, &text, FILE_QUICK, &err));
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(own), 0);
	str_release(&text);
	str_release(&read);
	free(path);
	free(own);
	free(link);
}

static void test_makes_folders(void **state)
{
	char *path = in_folder("a/b/c/file"), *a = in_folder("a"), *c = in_folder("a/b/c"), *link = in_folder("a/link"),
	     *behind = in_folder("a/link/file"), *nowhere = in_folder("nowhere"), *file = in_folder("a/file"),
	     *under = in_folder("a/file/x/y"), words[200];
	struct error err;
	struct stat st;

	(void)state;
	assert_true(file_make_folders(path, &err));
	assert_true(file_make_folders(path, &err));
	assert_int_equal(stat(c, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(path, &st), -1);
	/* A link to a folder is one; nothing is made where a link leads to nothing. */
	assert_int_equal(symlink(c, link), 0);
	assert_true(file_make_folders(behind, &err));
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink(nowhere, link), 0);
	assert_false(file_make_folders(behind, &err));
	assert_int_equal(stat(nowhere, &st), -1);
	write_file(file, "", 0);
	assert_false(file_make_folders(under, &err));
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(err.code, ERR_SYSTEM);
	snprintf(words, sizeof(words), "%s: Not a directory", file);
	assert_string_equal(err.message, words);
	assert_true(file_make_folders("loose", &err));
	free(path);
	free(a);
	free(c);
	free(link);
	free(behind);
	free(nowhere);
	free(file);
	free(under);
}

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void test_where_own_files_lie(void **state)
{
	static const struct {
		const char *config, *state, *home, *config_path, *state_path;
	} rows[] = {
		{ "/c", "/s", "/h", "/c/weir/x", "/s/weir/x" },
		{ NULL, NULL, "/h", "/h/.config/weir/x", "/h/.local/state/weir/x" },
		{ "", "", "/h", "/h/.config/weir/x", "/h/.local/state/weir/x" },
		{ "c", "./s", "/h", "/h/.config/weir/x", "/h/.local/state/weir/x" },
		{ "c", "./s", "", NULL, NULL },
		{ NULL, "/s", NULL, NULL, "/s/weir/x" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		set("XDG_CONFIG_HOME", rows[i].config);
		set("XDG_STATE_HOME", rows[i].state);
		set("HOME", rows[i].home);
		char *config = file_own_path(FILE_CONFIG, "x"), *state_path = file_own_path(FILE_STATE, "x");

		assert_text(i, config ? config : "NULL", rows[i].config_path ? rows[i].config_path : "NULL");
		assert_text(i, state_path ? state_path : "NULL", rows[i].state_path ? rows[i].state_path : "NULL");
		free(config);
		free(state_path);
	}
}

static void test_home_folder_of_a_path(void **state)
{
	static const char *const rows[][2] = { { "~/a", "/h/a" }, { "~", "~" }, { "~me/a", "~me/a" },
		{ "/~/a", "/~/a" }, { "", "" } };

	(void)state;
	setenv("HOME", "/h", 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *path = file_expand_home(rows[i][0]);

		assert_text(i, path, rows[i][1]);
		free(path);
	}
	unsetenv("HOME");
	char *path = file_expand_home("~/a");

	assert_string_equal(path, "~/a");
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_up_to_the_maximum),
		cmocka_unit_test(test_names_the_file_and_the_reason),
		cmocka_unit_test(test_reads_a_pipe),
		cmocka_unit_test(test_creates_what_is_not_there),
		cmocka_unit_test(test_replaces_the_whole_file),
		cmocka_unit_test(test_makes_folders),
		cmocka_unit_test(test_where_own_files_lie),
		cmocka_unit_test(test_home_folder_of_a_path),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
