/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * all [NAME]...: every unit test, or those of tests/unit/test_NAME.c, in one program, because a link
 * for each takes longer than the tests do.
 *
 * Each file's main() runs in a process of its own, as if it were alone: what it does to its
 * environment, time zone or locale, and the signal it dies of, are its own. What it prints stands
 * between the lines "== NAME" and "== NAME (SECONDS s)", which tests/lib/runner.py reads.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "unit_list.h" /* UNIT_TESTS(X): X(name) for each file, written by the Makefile */

enum { DEADLINE_S = 300 }; /* of one file; ten times what the slowest takes under a sanitizer */

#define DECLARE(name) int unit_##name(void);
UNIT_TESTS(DECLARE)

/* clang-format off */
#define ROW(name) { #name, unit_##name },
/* clang-format on */
static const struct {
	const char *name;
	int (*run)(void);
} files[] = { UNIT_TESTS(ROW) };

static bool chosen(const char *name, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/* Its exit status; a signal is a failed test of its own, since the file did not live to say so. */
static int run_apart(int (*run)(void))
{
	int status;
	pid_t child = fork();

	if (child < 0) {
		perror("fork");
		exit(1);
	}
	if (child == 0) {
		alarm(DEADLINE_S);
		exit(run()); /* and not _exit(): leaks are looked for at the exit */
	}
	if (waitpid(child, &status, 0) != child)
		return 1;
	if (WIFSIGNALED(status)) {
		printf("# %s\nnot ok ended by signal %d\n", strsignal(WTERMSIG(status)), WTERMSIG(status));
		return 1;
	}
	return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	int failed = 0, ran = 0;

	(void)argc;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct timespec begun, ended;

		if (!chosen(files[i].name, argv + 1))
			continue;
		printf("== %s\n", files[i].name);
		fflush(NULL);
		clock_gettime(CLOCK_MONOTONIC, &begun);
		failed += run_apart(files[i].run) != 0;
		ran++;
		clock_gettime(CLOCK_MONOTONIC, &ended);
		printf("== %s (%.2f s)\n", files[i].name,
			(double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9);
	}
	if (!ran)
		fprintf(stderr, "%s: no such tests\n", argv[0]);
	return failed || !ran;
}
