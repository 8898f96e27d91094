/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loaded into the unit tests (LD_PRELOAD), which then run with their n-th allocation failing, for
 * every n. It takes the place of malloc() and of cmocka's runner. At an allocation it forks: the child
 * gets NULL and goes on, the parent waits for it and then allocates. A child must
 *   end by the one line of base/mem.h, where weir itself asked for memory;
 *   or, where a library asked, go on to the end of its case, passing or failing, and leave no block
 *   behind that nothing points to.
 * A crash, a hang, any other end and a leak are reported with the call stack.
 *
 * An allocation that comes from where one came from before (the same innermost calls) is not tried
 * again, because that takes hours; TORTURE_ALL=1 tries it. TORTURE_DEPTH is how many calls are compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FRAMES = 24,      /* of a stack that is kept */
	SKIPPED = 2,      /* of them are this file's own */
	STACKS = 1 << 17, /* that are told apart */
	BLOCKS = 1 << 21, /* that live at a time */
	CHILD_S = 20,     /* a child that takes longer hangs */
	REPORTS = 20,     /* of a program; more say nothing new */
	ENDED_WELL = 0,
	ENDED_BY_CHECK = 97,
	ENDED_LEAKING = 98
};

static const char out_of_memory[] = "weir: out of memory\n";

struct stack {
	uint64_t hash; /* 0: unused */
	void *frames[FRAMES];
	int count;
};

struct range {
	uintptr_t from, to;
};

struct block {
	uintptr_t at; /* 0: unused */
	size_t size;
	uint32_t stack, serial; /* serial: of its case */
};

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

static struct stack *stacks;
static struct block *blocks;
static size_t stack_count, block_count;
static unsigned long tried, aborted, told, passed, reported;
static uint32_t serial;     /* of the case that runs; 0: none does */
static size_t failed_stack; /* in a child: the allocation that failed */
static bool ready, inside, is_child, try_all;
static int depth = 10, output = -1;
static struct range openssl_code;            /* in memory */
static struct range test_code, rdkafka_code; /* in the program */
static pthread_t main_thread;
static jmp_buf case_failed;

/* --- call stacks ---------------------------------------------------------- */

static size_t stack_of_caller(bool *is_new)
{
	void *frames[FRAMES];
	int count = backtrace(frames, depth + SKIPPED);
	uint64_t hash = 14695981039346656037U;

	for (int i = SKIPPED; i < count; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211U;
	hash |= 1;
	size_t at = (hash >> 20) % STACKS;

	while (stacks[at].hash && stacks[at].hash != hash)
		at = (at + 1) % STACKS;
	*is_new = !stacks[at].hash;
	if (*is_new) {
		if (++stack_count > STACKS / 2)
			_exit(99);
		stacks[at].hash = hash;
		stacks[at].count = count - SKIPPED;
		memcpy(stacks[at].frames, frames + SKIPPED, (size_t)(count - SKIPPED) * sizeof(*frames));
	}
	return at;
}

/*
 * Whose call it is, behind the C library's own: not that of a test, nor of librdkafka, which ends the program itself,
 * nor of OpenSSL and glibc's name services, which crash within themselves where their tables cannot be made.
 */
static bool is_ours_to_try(const struct stack *s)
{
	for (int i = 0; i < s->count; i++) {
		Dl_info where;
		uintptr_t at;

		if (!dladdr(s->frames[i], &where) || !where.dli_fname)
			return true;
		if (where.dli_sname && strncmp(where.dli_sname, "getpwuid", 8) == 0)
			return false;
		if (strstr(where.dli_fname, "/libc.so") || strstr(where.dli_fname, "/ld-linux") ||
			strstr(where.dli_fname, "/libcmocka"))
			continue;
		at = (uintptr_t)s->frames[i] - (uintptr_t)where.dli_fbase;
		if (strstr(where.dli_fname, "/unit/all"))
			return !(at >= test_code.from && at < test_code.to) &&
				!(at >= rdkafka_code.from && at < rdkafka_code.to);
		return !strstr(where.dli_fname, "/librdkafka") && !strstr(where.dli_fname, "/libcrypto") &&
			!strstr(where.dli_fname, "torture.so");
	}
	return true;
}

/* tests/torture/torture puts names and lines in place of the addresses. */
static void print_stack(const struct stack *s)
{
	for (int i = 0; i < s->count; i++) {
		Dl_info where;

		if (dladdr(s->frames[i], &where) && where.dli_fname)
			dprintf(STDOUT_FILENO, "    at %s+0x%lx\n", where.dli_fname,
				(unsigned long)((char *)s->frames[i] - (char *)where.dli_fbase) - 1);
	}
}

/* --- blocks --------------------------------------------------------------- */

static size_t place_of(uintptr_t at)
{
	size_t i = (size_t)((at >> 4) * 0x9e3779b97f4a7c15U >> 20) % BLOCKS;

	while (blocks[i].at && blocks[i].at != at)
		i = (i + 1) % BLOCKS;
	return i;
}

static void remember_block(void *p, size_t size, size_t stack)
{
	if (++block_count > BLOCKS / 2)
		_exit(99);
	blocks[place_of((uintptr_t)p)] = (struct block){ (uintptr_t)p, size, (uint32_t)stack, serial };
}

/* Without marks for what was deleted: those behind it move up where they may. */
static void forget_block(void *p)
{
	size_t hole = place_of((uintptr_t)p);

	if (!blocks[hole].at)
		return;
	block_count--;
	blocks[hole].at = 0;
	for (size_t i = (hole + 1) % BLOCKS; blocks[i].at; i = (i + 1) % BLOCKS) {
		struct block moved = blocks[i];

		blocks[i].at = 0;
		blocks[place_of(moved.at)] = moved;
	}
}

/* --- leaks: blocks of this case that nothing points to ----------------------- */

struct scan {
	struct block *sorted;
	bool *marked;
	size_t count, todo_count, *todo;
};

static int compare_blocks(const void *a, const void *b)
{
	uintptr_t x = ((const struct block *)a)->at, y = ((const struct block *)b)->at;

	return (x > y) - (x < y);
}

static void mark(struct scan *s, uintptr_t word)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->sorted[middle].at <= word)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || s->marked[low - 1] || word - s->sorted[low - 1].at > s->sorted[low - 1].size)
		return;
	s->marked[low - 1] = true;
	s->todo[s->todo_count++] = low - 1;
}

static void mark_words(struct scan *s, uintptr_t from, uintptr_t to)
{
	for (from = (from + 7) & ~(uintptr_t)7; from + 8 <= to; from += 8)
		mark(s, *(const uintptr_t *)from);
	while (s->todo_count) {
		const struct block *b = &s->sorted[s->todo[--s->todo_count]];

		mark_words(s, b->at, b->at + b->size);
	}
}

static bool holds(uintptr_t from, uintptr_t to, const void *p)
{
	return from <= (uintptr_t)p && (uintptr_t)p < to;
}

/* Data of the program and its libraries, and the stack from here on; not the heap, not what this file keeps. */
static void mark_roots(struct scan *s)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512], access[5], *here = __builtin_frame_address(0);
	jmp_buf registers;

	setjmp(registers);
	mark_words(s, (uintptr_t)&registers, (uintptr_t)(&registers + 1));
	while (maps && fgets(line, sizeof(line), maps)) {
		uintptr_t from, to;

		if (sscanf(line, "%lx-%lx %4s", &from, &to, access) != 3 || access[0] != 'r' || access[1] != 'w' ||
			strstr(line, "[heap]") || strstr(line, "torture.so") || holds(from, to, stacks) ||
			holds(from, to, blocks) || holds(from, to, s->sorted) || holds(from, to, s->marked) ||
			holds(from, to, s->todo))
			continue;
		if (holds(from, to, here))
			from = (uintptr_t)here;
		mark_words(s, from, to);
	}
	if (maps)
		fclose(maps);
}

static void *map(size_t bytes)
{
	void *p = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		_exit(99);
	return p;
}

static bool report_leaks(void)
{
	struct scan s = { .sorted = map(block_count * sizeof(struct block)),
		.marked = map(block_count),
		.todo = map(block_count * sizeof(size_t)) };
	bool found = false;

	inside = true;
	for (size_t i = 0; i < BLOCKS; i++)
		if (blocks[i].at)
			s.sorted[s.count++] = blocks[i];
	qsort(s.sorted, s.count, sizeof(*s.sorted), compare_blocks);
	mark_roots(&s);
	for (size_t i = 0; i < s.count; i++) {
		if (s.marked[i] || s.sorted[i].serial != serial)
			continue;
		found = true;
		dprintf(STDERR_FILENO, "  %zu bytes are lost that were allocated\n", s.sorted[i].size);
		dup2(STDERR_FILENO, STDOUT_FILENO);
		print_stack(&stacks[s.sorted[i].stack]);
	}
	return found;
}

/* --- the child that gets NULL ------------------------------------------------- */

static _Noreturn void end_child(int status)
{
	_exit(report_leaks() ? ENDED_LEAKING : status);
}

static void become_child(size_t stack)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGABRT, SIGALRM };
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	is_child = true;
	failed_stack = stack;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], SIG_DFL);
	dup2(nowhere, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	alarm(CHILD_S);
}

static void report(size_t stack, const char *what, int number, const char *said)
{
	reported++;
	if (reported > REPORTS)
		return;
	printf("# when this allocation fails, the program %s", what);
	if (number)
		printf(" %d", number);
	printf("\n");
	fflush(stdout);
	print_stack(&stacks[stack]);
	printf("%s", said);
	fflush(stdout);
}

static void judge_child(size_t stack, int status)
{
	char said[16384];
	ssize_t len = pread(output, said, sizeof(said) - 1, 0);

	said[len > 0 ? len : 0] = '\0';
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strcmp(said, out_of_memory) == 0)
		aborted++;
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		report(stack, "hangs", 0, said);
	else if (WIFSIGNALED(status))
		report(stack, "ends by signal", WTERMSIG(status), said);
	else if (WEXITSTATUS(status) == ENDED_WELL)
		passed++;
	else if (WEXITSTATUS(status) == ENDED_BY_CHECK)
		told++;
	else if (WEXITSTATUS(status) == ENDED_LEAKING)
		report(stack, "goes on and leaks", 0, said);
	else
		report(stack, "ends with status", WEXITSTATUS(status), said);
}

/* True in the child. */
static bool fork_child(size_t stack)
{
	int status;
	pid_t child;

	if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0)
		_exit(99);
	child = fork();
	if (child == 0) {
		become_child(stack);
		return true;
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (child < 0)
		_exit(99);
	tried++;
	judge_child(stack, status);
	return false;
}

/* --- in the place of malloc() -------------------------------------------------- */

/* OpenSSL's are too many for a look at each, and none is to fail. */
static bool is_watched(const void *caller)
{
	return ready && !inside && pthread_equal(pthread_self(), main_thread) &&
		!((uintptr_t)caller >= openssl_code.from && (uintptr_t)caller < openssl_code.to);
}

static int find_openssl(struct dl_phdr_info *library, size_t size, void *data)
{
	(void)size;
	(void)data;
	for (int i = 0; strstr(library->dlpi_name, "/libcrypto") && i < library->dlpi_phnum; i++)
		if (library->dlpi_phdr[i].p_type == PT_LOAD && (library->dlpi_phdr[i].p_flags & PF_X))
			openssl_code = (struct range){ library->dlpi_addr + library->dlpi_phdr[i].p_vaddr,
				library->dlpi_addr + library->dlpi_phdr[i].p_vaddr + library->dlpi_phdr[i].p_memsz };
	return 0;
}

/* Whether this allocation is to fail. */
static bool fails(size_t *stack)
{
	bool is_new, failing = false;
	int saved = errno;

	inside = true;
	*stack = stack_of_caller(&is_new);
	if (serial && !is_child && (is_new || try_all) && is_ours_to_try(&stacks[*stack]))
		failing = fork_child(*stack);
	inside = false;
	errno = failing ? ENOMEM : saved;
	return failing;
}

static void *watched(void *p, size_t size, size_t stack)
{
	if (p)
		remember_block(p, size, stack);
	return p;
}

__attribute__((noinline)) void *malloc(size_t size)
{
	size_t stack;

	if (!is_watched(__builtin_return_address(0)))
		return __libc_malloc(size);
	return fails(&stack) ? NULL : watched(__libc_malloc(size), size, stack);
}

__attribute__((noinline)) void *calloc(size_t count, size_t size)
{
	size_t stack;

	if (!is_watched(__builtin_return_address(0)))
		return __libc_calloc(count, size);
	return fails(&stack) ? NULL : watched(__libc_calloc(count, size), count * size, stack);
}

__attribute__((noinline)) void *realloc(void *p, size_t size)
{
	size_t stack;

	if (!is_watched(__builtin_return_address(0)))
		return __libc_realloc(p, size);
	if (fails(&stack))
		return NULL;
	if (p)
		forget_block(p);
	return watched(__libc_realloc(p, size), size, stack);
}

void free(void *p)
{
	if (p && is_watched(NULL))
		forget_block(p);
	__libc_free(p);
}

/* --- in the place of what changes files, and places in them, which a child shares with its parent: it ends there --- */

static void keep_files(void)
{
	if (is_child && !inside)
		end_child(ENDED_WELL);
}

#define KEEPING(result, name, parameters, arguments)                                                                   \
	result name parameters                                                                                         \
	{                                                                                                              \
		static result(*real) parameters;                                                                       \
                                                                                                                       \
		keep_files();                                                                                          \
		if (!real)                                                                                             \
			*(void **)&real = dlsym(RTLD_NEXT, #name);                                                     \
		return real arguments;                                                                                 \
	}

KEEPING(int, unlink, (const char *path), (path))
KEEPING(int, rmdir, (const char *path), (path))
KEEPING(int, mkdir, (const char *path, mode_t mode), (path, mode))
KEEPING(int, rename, (const char *from, const char *to), (from, to))
KEEPING(int, symlink, (const char *from, const char *to), (from, to))
KEEPING(int, chmod, (const char *path, mode_t mode), (path, mode))
KEEPING(int, ftruncate, (int fd, off_t len), (fd, len))
KEEPING(off_t, lseek, (int fd, off_t offset, int whence), (fd, offset, whence))
KEEPING(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len))
KEEPING(FILE *, fopen, (const char *path, const char *mode), (path, mode))
KEEPING(int, mkostemp, (char *path, int flags), (path, flags))
KEEPING(int, mkostemps, (char *path, int end, int flags), (path, end, flags))
KEEPING(char *, mkdtemp, (char *path), (path))
KEEPING(pid_t, fork, (void), ())

int open(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
	va_end(rest);
	if (flags & O_CREAT)
		keep_files();
	return openat(AT_FDCWD, path, flags, mode);
}

/* --- in the place of cmocka's runner ------------------------------------------- */

void _fail(const char *file, const int line)
{
	if (is_child)
		end_child(ENDED_BY_CHECK);
	printf("# %s:%d\n", file, line);
	longjmp(case_failed, 1);
}

static bool run_case(const struct CMUnitTest *test, void *state)
{
	static uint32_t cases;

	if (setjmp(case_failed) != 0) {
		serial = 0;
		return false;
	}
	if (test->initial_state)
		state = test->initial_state;
	if (test->setup_func && test->setup_func(&state) != 0)
		return false;
	serial = ++cases;
	test->test_func(&state);
	if (is_child)
		end_child(ENDED_WELL);
	serial = 0;
	return !test->teardown_func || test->teardown_func(&state) == 0;
}

int _cmocka_run_group_tests(const char *group, const struct CMUnitTest *const tests, const size_t count,
	CMFixtureFunction setup, CMFixtureFunction teardown)
{
	volatile int failed = 0;
	void *state = NULL;

	(void)group;
	if (setup && setup(&state) != 0) {
		printf("not ok 0 - the fixture\n");
		return 1;
	}
	for (volatile size_t i = 0; i < count; i++) {
		unsigned long before = reported;
		bool ok = run_case(&tests[i], state) && reported == before;

		printf("%s %zu - %s\n", ok ? "ok" : "not ok", i + 1, tests[i].name);
		fflush(stdout);
		failed += !ok;
	}
	if (teardown)
		teardown(&state);
	printf("# %lu allocations failed: %lu ended the program with its line, %lu a library took well, of %lu a check told\n",
		tried, aborted, passed, told);
	fflush(stdout);
	return failed;
}

/* "FROM-TO" in hexadecimal digits. */
static struct range range_of(const char *name)
{
	const char *text = getenv(name);
	struct range r = { 0, 0 };

	if (text && sscanf(text, "%lx-%lx", &r.from, &r.to) != 2)
		r.to = 0;
	return r;
}

__attribute__((constructor)) static void begin(void)
{
	struct rlimit none = { 0, 0 };
	const char *all = getenv("TORTURE_ALL"), *deep = getenv("TORTURE_DEPTH");
	void *frame[1];

	/* What backtrace() loads, it loads now. Large blocks stay in the heap, which is no root. */
	backtrace(frame, 1);
	mallopt(M_MMAP_MAX, 0);
	setrlimit(RLIMIT_CORE, &none);
	try_all = all && *all;
	if (deep && *deep >= '1' && *deep <= '9')
		depth = (int)strtol(deep, NULL, 10) < FRAMES - SKIPPED ? (int)strtol(deep, NULL, 10) : FRAMES - SKIPPED;
	stacks = map(STACKS * sizeof(*stacks));
	blocks = map(BLOCKS * sizeof(*blocks));
	test_code = range_of("TORTURE_TESTS");
	rdkafka_code = range_of("TORTURE_RDKAFKA");
	output = memfd_create("torture", MFD_CLOEXEC);
	dl_iterate_phdr(find_openssl, NULL);
	main_thread = pthread_self();
	unsetenv("LD_PRELOAD");
	ready = output >= 0;
}
