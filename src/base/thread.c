/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/thread.h"

#include <signal.h>
#include <string.h>

enum { STACK_BYTES = 512 * 1024 };

/* What a fault raises comes to the thread that made it, and ends the program unheard where it is blocked. */
static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP };

bool thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *arg, struct error *err)
{
	pthread_attr_t attr;
	sigset_t all, before;
	int failed;

	/* A thread inherits the mask: no signal can reach it, not even while it starts. */
	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	failed = pthread_create(thread, &attr, run, arg);
	pthread_attr_destroy(&attr);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return error_set(err, ERR_SYSTEM, "cannot start thread %s: %s", name, strerror(failed));
#if defined(__linux__)
	pthread_setname_np(*thread, name);
#elif defined(__FreeBSD__)
	pthread_set_name_np(*thread, name);
#endif
	return true;
}
