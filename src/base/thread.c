/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/thread.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"

enum { STACK_BYTES = 512 * 1024, FAULT_STACK_BYTES = 16 * 1024 };

/* The signals of faults, which the kernel sends to the thread that caused them. */
static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP };

struct start {
	void *(*run)(void *);
	void *arg;
	const char *about; /* for base/log.h */
};

void thread_hear_faults(void)
{
	static _Thread_local char fault_stack[FAULT_STACK_BYTES];
	const stack_t stack = { .ss_sp = fault_stack, .ss_size = sizeof(fault_stack) };
	stack_t now;
	sigset_t set;

	/* A sanitizer has set its own stack for handlers. */
	if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
		sigaltstack(&stack, NULL);
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigaddset(&set, faults[i]);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void *thread_begin(void *data)
{
	const struct start start = *(struct start *)data;

	free(data);
	log_about(start.about);
	thread_hear_faults();
	return start.run(start.arg);
}

bool thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *arg, struct error *err)
{
	struct start *start = mem_alloc(sizeof(*start));
	pthread_attr_t attr;
	sigset_t all, before;
	int failed;

	*start = (struct start){ run, arg, log_subject() };
	/* A thread inherits the mask, so no signal can reach it while it starts. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	failed = pthread_create(thread, &attr, thread_begin, start);
	pthread_attr_destroy(&attr);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		free(start);
		return error_set(err, ERR_SYSTEM, "cannot start thread %s: %s", name, strerror(failed));
	}
#if defined(__linux__)
	pthread_setname_np(*thread, name);
#elif defined(__FreeBSD__)
	pthread_set_name_np(*thread, name);
#endif
	return true;
}

void thread_cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attr);
	pthread_condattr_destroy(&attr);
}

bool thread_wait_until(pthread_cond_t *cond, pthread_mutex_t *lock, int64_t until_ms)
{
	const struct timespec until = { .tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000 };

	return pthread_cond_timedwait(cond, lock, &until) == 0;
}
