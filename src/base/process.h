/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs of the user's that weir starts: each a line of a shell, which gets
 * the three standard files and nothing else that is open here (librdkafka alone
 * keeps dozens of pipes and sockets), and no signal blocked or broken pipe
 * ignored. Any thread.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct process {
	pid_t pid;
	FILE *pipe;                      /* its standard output, or its standard input */
};

enum process_end { PROCESS_OUTPUT, PROCESS_INPUT };

/* In a child, after fork: becomes a shell that runs the line, with `argument` (NULL: none) as $1. */
_Noreturn void process_become(const char *line, const char *argument);
/* As popen(): starts the line, with that end of it in p->pipe. False and errno: it could not be started. */
bool process_open(struct process *p, const char *line, enum process_end end);
/* As pclose(): the status of waitpid(), or -1. */
int process_close(struct process *p);
/* Until it has ended, whatever signal comes meanwhile; the same status. */
int process_wait(pid_t pid);

#endif
