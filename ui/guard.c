/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/guard.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

/* For the signal handlers, which cannot be passed anything: so this is global. */
static struct {
	struct termios modes;
	char restore[512];
	size_t restore_len;
	volatile sig_atomic_t armed;
	struct wake *wake;
	struct sigaction crash_before[NSIG];
	char stack[32768]; /* own stack: the crash may be a full stack */
} guard;

static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGQUIT };

enum { CRASH_SIGNALS = sizeof(crash_signals) / sizeof(*crash_signals), END_GRACE_S = 3 };

/* Safe in a handler. */
static void guard_restore(void)
{
	if (!guard.armed)
		return;
	guard.armed = 0;
	const char *p = guard.restore;
	size_t left = guard.restore_len;
	while (left > 0) {
		ssize_t n = write(STDOUT_FILENO, p, left);
		if (n <= 0)
			break;
		p += n;
		left -= (size_t)n;
	}
	tcsetattr(STDIN_FILENO, TCSANOW, &guard.modes);
}

/*
 * Restores the terminal, then raises the signal again for the previous handler (a sanitizer, the default
 * action).
 */
static void on_crash(int sig)
{
	int saved = errno;
	guard_restore();
	sigaction(sig, &guard.crash_before[sig], NULL);
	errno = saved;
	raise(sig);
}

static void on_signal(int sig)
{
	int saved = errno;
	unsigned bit = sig == SIGWINCH ? WAKE_RESIZED :
		sig == SIGTSTP         ? WAKE_STOP :
		sig == SIGCONT         ? WAKE_CONTINUED :
					 WAKE_END;
	/* A terminal that takes no more bytes must not keep the program from ending. */
	if (bit == WAKE_END)
		alarm(END_GRACE_S);
	if (guard.wake)
		wake_raise(guard.wake, bit);
	errno = saved;
}

void guard_arm(const struct termios *modes, const char *restore)
{
	size_t len = strlen(restore);
	if (len > sizeof(guard.restore))
		len = sizeof(guard.restore);
	memcpy(guard.restore, restore, len);
	guard.restore_len = len;
	guard.modes = *modes;
	stack_t stack = { .ss_sp = guard.stack, .ss_size = sizeof(guard.stack) };
	sigaltstack(&stack, NULL);
	struct sigaction sa = { .sa_handler = on_crash, .sa_flags = SA_ONSTACK };
	sigemptyset(&sa.sa_mask);
	for (int i = 0; i < CRASH_SIGNALS; i++)
		sigaction(crash_signals[i], &sa, &guard.crash_before[crash_signals[i]]);
	mem_on_abort(guard_restore);
	guard.armed = 1;
}

void guard_disarm(void)
{
	if (!guard.armed)
		return;
	guard.armed = 0;
	for (int i = 0; i < CRASH_SIGNALS; i++)
		sigaction(crash_signals[i], &guard.crash_before[crash_signals[i]], NULL);
}

void guard_signals(struct wake *wake)
{
	static const int signals[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP };
	guard.wake = wake;
	struct sigaction sa = { .sa_flags = SA_RESTART };
	sa.sa_handler = wake ? on_signal : SIG_DFL;
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &sa, NULL);
	/* A pipe to tmux or a pager that was closed must fail the write, not end the program. */
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, NULL);
}
