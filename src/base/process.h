/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starts the user's programs, each as a command line of the shell. A program
 * inherits the three standard files and no other descriptor (librdkafka alone
 * has dozens of pipes and sockets), no blocked signal and no ignored SIGPIPE.
 * Any thread.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct process {
	pid_t pid;
	FILE *pipe; /* its standard output, or its standard input */
};

enum process_end { PROCESS_OUTPUT, PROCESS_INPUT };

/* In a child, after fork: executes a shell that runs the line, with `argument` (NULL: none) as $1. */
_Noreturn void process_become(const char *line, const char *argument);
/*
 * Like popen(): starts the line, with p->pipe as its standard output or input. False: not
 * started, see errno.
 */
bool process_open(struct process *p, const char *line, enum process_end end);
/* Like pclose(): the status of waitpid(), or -1. */
int process_close(struct process *p);
/* Waits until it has ended, also when signals arrive; returns the same status. */
int process_wait(pid_t pid);

#endif
