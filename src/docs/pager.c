/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs/pager.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/process.h"

enum { NOT_FOUND = 127 }; /* the status of a shell that finds no such program */

static bool fits(const struct str *text)
{
	struct winsize size;
	size_t lines = 0;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
		return true;
	for (size_t i = 0; i < text->len; i++)
		lines += text->p[i] == '\n';
	return lines < size.ws_row;
}

bool pager_show(const struct str *text)
{
	const char *chosen = getenv("PAGER");
	struct process pager;
	bool started;
	char *line;
	int status;

	if (!isatty(STDOUT_FILENO) || fits(text))
		return false;
	/* As git has it: less ends when all fits, and takes escape sequences; what the user chose for it stays. */
	line = mem_printf("LESS=${LESS-FRX} %s", chosen && *chosen ? chosen : "less -R");
	started = process_open(&pager, line, PROCESS_INPUT);
	free(line);
	if (!started)
		return false;
	/* The pager may end before it has read all, and Ctrl-c is meant for it. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	fwrite(str_text(text), 1, text->len, pager.pipe);
	status = process_close(&pager);
	return !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND);
}
