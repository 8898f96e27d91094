/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MOST = 65536 };

static void keep_standard_files(void)
{
#ifdef CLOSE_RANGE_CLOEXEC
	if (close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		return;
#endif
	long most = sysconf(_SC_OPEN_MAX);

	/* The limit can be a thousand million, and a close() for each would take minutes. */
	for (long fd = (most < 0 || most > FILES_MOST ? FILES_MOST : most) - 1; fd > STDERR_FILENO; fd--)
		close((int)fd);
}

void process_become(const char *line, const char *argument)
{
	sigset_t none;

	/* exec resets handlers, but ignored signals would stay ignored. */
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	keep_standard_files();
	execl("/bin/sh", "sh", "-c", line, "sh", argument, (char *)NULL);
	_exit(127);
}

bool process_open(struct process *p, const char *line, enum process_end end)
{
	int ends[2], theirs = end == PROCESS_OUTPUT;

	*p = (struct process){ .pid = -1 };
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	p->pipe = fdopen(ends[!theirs], theirs ? "r" : "w");
	p->pid = p->pipe ? fork() : -1;
	if (p->pid == 0) {
		if (dup2(ends[theirs], theirs ? STDOUT_FILENO : STDIN_FILENO) >= 0)
			process_become(line, NULL);
		_exit(127);
	}

	int failed = errno;

	close(ends[theirs]);
	if (p->pid > 0)
		return true;
	if (p->pipe)
		fclose(p->pipe);
	else
		close(ends[!theirs]);
	errno = failed;
	return false;
}

int process_wait(pid_t pid)
{
	int status;
	pid_t ended;

	do {
		ended = waitpid(pid, &status, 0);
	} while (ended < 0 && errno == EINTR);
	return ended < 0 ? -1 : status;
}

int process_close(struct process *p)
{
	bool told = fclose(p->pipe) == 0;
	int status = process_wait(p->pid);

	return told ? status : -1;
}
