/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings, memory, errors, time, wake-ups and the log. */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdalign.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "base/search.h"
#include "base/str.h"
#include "base/thread.h"
#include "base/trust.h"
#include "base/wake.h"

static void test_str_grows(void **state)
{
	struct str s = { 0 };

	(void)state;
	assert_string_equal(str_text(&s), "");
	str_add(&s, "a");
	str_add_len(&s, "\0b", 2);
	assert_int_equal(s.len, 3);
	assert_memory_equal(s.p, "a\0b", 4);
	str_clear(&s);
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "%d,", i);
	str_add_fill(&s, '.', 3);
	str_add_char(&s, '!');
	assert_int_equal(strlen(s.p), s.len);
	assert_string_equal(s.p + s.len - 8, "999,...!");
	char *taken = str_take(&s);
	assert_null(s.p);
	free(taken);
	taken = str_take(&s);
	assert_string_equal(taken, "");
	free(taken);
	assert_true(str_equal(NULL, NULL));
	assert_false(str_equal(NULL, ""));
	assert_true(str_equal("x", "x"));
}

static void test_mem_grow_doubles(void **state)
{
	size_t cap = 0;
	int *items = NULL;

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		items = mem_grow(items, &cap, i + 1, sizeof(*items));
		items[i] = (int)i;
	}
	assert_int_equal(cap, 128);
	assert_int_equal(items[99], 99);
	free(items);
	char *text = mem_printf("%s-%d", "a", 1);
	assert_string_equal(text, "a-1");
	free(text);
	assert_null(mem_strdup(NULL));
	text = mem_strndup("abc", 2);
	assert_string_equal(text, "ab");
	free(text);
}

static void test_arena_aligns_and_zeroes(void **state)
{
	struct arena *arena = arena_new(128);

	(void)state;
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *p = arena_alloc(arena, size);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, size);
		assert_string_equal(arena_strdup(arena, "name"), "name");
	}
	char *big = arena_alloc(arena, 5 * 1024 * 1024);
	big[5 * 1024 * 1024 - 1] = 1;
	assert_true(arena_bytes(arena) > 5 * 1024 * 1024);
	assert_null(arena_strdup(arena, NULL));
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_dup(arena, "xy", 3), "xy");
	int64_t *numbers = arena_array(arena, 10, sizeof(*numbers));
	assert_int_equal(numbers[9], 0);
	arena_free(arena);
	arena_free(NULL);
}

static int compare_ints(const void *key, const void *item)
{
	int a = *(const int *)key, b = *(const int *)item;

	return (a > b) - (a < b);
}

static void test_search_finds_the_first(void **state)
{
	static const int items[] = { 1, 3, 3, 3, 5, 7 };
	static const size_t places[] = { 0, 0, 1, 1, 4, 4, 5, 5, 6 };

	(void)state;
	for (size_t count = 0; count <= COUNT(items); count++) {
		for (int key = 0; key < (int)COUNT(places); key++) {
			size_t want = places[key] < count ? places[key] : count;
			const int *found = search_find(&key, items, count, sizeof(*items), compare_ints);

			assert_int_equal(search_place(&key, items, count, sizeof(*items), compare_ints), want);
			if (want < count && items[want] == key)
				assert_ptr_equal(found, &items[want]);
			else
				assert_null(found);
		}
	}
	assert_null(search_find(&items[0], NULL, 0, sizeof(*items), compare_ints));
}

static void test_error_is_one_line(void **state)
{
	struct error err;
	char longer[2000];

	(void)state;
	assert_false(error_set(NULL, ERR_KAFKA, "nobody listens"));
	assert_false(error_set(&err, ERR_KAFKA, "topic %s:\nno", "t"));
	assert_string_equal(err.message, "topic t: no");
	error_set(&err, ERR_USAGE, "config: %s", err.message);
	assert_string_equal(err.message, "config: topic t: no");
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	error_set(&err, ERR_SYSTEM, "%s", longer);
	assert_int_equal(strlen(err.message), sizeof(err.message) - 1);
	assert_string_equal(err.message + sizeof(err.message) - 4, "...");
	error_clear(&err);
	assert_int_equal(err.code, ERR_NONE);

	static const struct {
		enum error_code code;
		int status;
	} rows[] = {
		{ ERR_NONE, 0 },
		{ ERR_USAGE, 2 },
		{ ERR_CONNECT, 3 },
		{ ERR_KAFKA, 1 },
		{ ERR_DENIED, 1 },
		{ ERR_TIMEOUT, 1 },
		{ ERR_NOT_FOUND, 1 },
		{ ERR_SYSTEM, 1 },
		{ ERR_INTERRUPTED, 130 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		err.code = rows[i].code;
		assert_int_equal(error_exit_status(&err), rows[i].status);
	}
}

static void test_clock_freezes(void **state)
{
	(void)state;
	int64_t before = clock_mono_us();
	assert_true(clock_mono_us() >= before);
	clock_freeze(1234, 5678);
	assert_int_equal(clock_mono_ms(), 1234);
	assert_int_equal(clock_mono_us(), 1234000);
	assert_int_equal(clock_wall_ms(), 5678);
	clock_freeze(-1, -1);
	assert_true(clock_mono_us() >= before);
	assert_true(clock_wall_ms() > 1600000000000);
}

static void test_clock_writes_utc(void **state)
{
	struct str out = { 0 };

	(void)state;
	clock_add_utc(&out, 0);
	str_add_char(&out, ' ');
	clock_add_utc(&out, 1772361000007);
	assert_string_equal(out.p, "1970-01-01T00:00:00.000Z 2026-03-01T10:30:00.007Z");
	str_release(&out);
}

static bool readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void test_wake_coalesces(void **state)
{
	struct wake wake;
	struct error err;

	(void)state;
	assert_true(wake_init(&wake, &err));
	assert_false(readable(wake.read_fd));
	assert_int_equal(wake_drain(&wake), 0);
	wake_raise(&wake, 1);
	wake_raise(&wake, 4);
	assert_true(readable(wake.read_fd));
	assert_int_equal(wake_drain(&wake), 5);
	assert_false(readable(wake.read_fd));
	assert_int_equal(wake_drain(&wake), 0);
	wake_raise(&wake, 2);
	assert_true(readable(wake.read_fd));
	assert_int_equal(wake_drain(&wake), 2);
	wake_release(&wake);
}

static void test_mailbox_keeps_the_newest(void **state)
{
	struct mailbox box = { 0 };
	int a, b;

	(void)state;
	assert_null(mailbox_take(&box));
	assert_null(mailbox_put(&box, &a));
	assert_ptr_equal(mailbox_put(&box, &b), &a);
	assert_ptr_equal(mailbox_take(&box), &b);
	assert_null(mailbox_take(&box));
}

static void test_log_keeps_the_newest_lines(void **state)
{
	struct log_line *lines;

	(void)state;
	for (int i = 1; i <= 2500; i++)
		log_write(LOG_WARN, "a-source-longer-than-15", "line %d\n", i);
	size_t count = log_copy(&lines);
	assert_true(count > 100 && count < 2500);
	assert_string_equal(lines[count - 1].text, "line 2500");
	assert_int_equal(lines[count - 1].seq, log_last_seq());
	assert_int_equal(lines[0].seq, log_last_seq() - count + 1);
	assert_string_equal(lines[0].source, "a-source-longer");
	log_lines_free(lines, count);
}

static void test_log_file_holds_no_control_bytes(void **state)
{
	char path[] = "/tmp/weir-log-XXXXXX";
	struct error err;
	char text[400] = "";

	(void)state;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(log_to_file(path, &err));
	clock_freeze(0, 1790000000123);
	log_write(LOG_ERROR, "test", "bell \a and\nline");
	clock_freeze(-1, -1);
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "2026-09-21T14:13:20.123Z error test       bell ^G and^Jline\n");
	close(fd);
	unlink(path);
	assert_false(log_to_file("/nonexistent/x", &err));
	assert_int_equal(err.code, ERR_USAGE);
}

static void test_own_files_are_taken_from_others(void **state)
{
	char path[] = "/tmp/weir-own-XXXXXX";
	struct error err;
	struct stat st;
	int fd = mkstemp(path), null = open("/dev/null", O_WRONLY);

	(void)state;
	assert_true(fd >= 0);
	fchmod(fd, 0666);
	assert_true(trust_own_file(fd, path, &err));
	fstat(fd, &st);
	assert_int_equal(st.st_mode & 07777, 0644);
	fchmod(fd, 0640);
	assert_true(trust_own_file(fd, path, &err));
	fstat(fd, &st);
	assert_int_equal(st.st_mode & 07777, 0640);
	/* Not a file: whoever names it means it. */
	assert_true(trust_own_file(null, "/dev/null", &err));
	close(null);
	close(fd);
	unlink(path);
}

struct heard {
	sigset_t mask;
	stack_t stack;
};

static void *take_mask(void *data)
{
	struct heard *heard = data;

	pthread_sigmask(SIG_BLOCK, NULL, &heard->mask);
	sigaltstack(NULL, &heard->stack);
	return NULL;
}

/* A fault in a thread must be heard, or nobody restores the terminal; all else is the main thread's. */
static void test_thread_blocks_all_but_faults(void **state)
{
	struct heard heard = { 0 };
	pthread_t thread;
	struct error err;

	(void)state;
	assert_true(thread_start(&thread, "test", take_mask, &heard, &err));
	pthread_join(thread, NULL);
	assert_true(sigismember(&heard.mask, SIGINT));
	assert_true(sigismember(&heard.mask, SIGWINCH));
	assert_false(sigismember(&heard.mask, SIGSEGV));
	assert_false(sigismember(&heard.mask, SIGABRT));
	/* Also when it is its stack that is full. */
	assert_false(heard.stack.ss_flags & SS_DISABLE);
}

static void *block_all_then_hear(void *data)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	thread_hear_faults();
	return take_mask(data);
}

static void test_thread_of_a_library_hears_faults(void **state)
{
	struct heard heard = { 0 };
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, block_all_then_hear, &heard), 0);
	pthread_join(thread, NULL);
	assert_true(sigismember(&heard.mask, SIGINT));
	assert_false(sigismember(&heard.mask, SIGSEGV));
	assert_false(heard.stack.ss_flags & SS_DISABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_str_grows),
		cmocka_unit_test(test_mem_grow_doubles),
		cmocka_unit_test(test_arena_aligns_and_zeroes),
		cmocka_unit_test(test_search_finds_the_first),
		cmocka_unit_test(test_error_is_one_line),
		cmocka_unit_test(test_clock_freezes),
		cmocka_unit_test(test_clock_writes_utc),
		cmocka_unit_test(test_wake_coalesces),
		cmocka_unit_test(test_mailbox_keeps_the_newest),
		cmocka_unit_test(test_log_keeps_the_newest_lines),
		cmocka_unit_test(test_log_file_holds_no_control_bytes),
		cmocka_unit_test(test_own_files_are_taken_from_others),
		cmocka_unit_test(test_thread_blocks_all_but_faults),
		cmocka_unit_test(test_thread_of_a_library_hears_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
