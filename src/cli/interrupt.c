/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/interrupt.h"

#include <signal.h>

/* Only for the signal handler. */
static struct wake *signal_wake;
static unsigned signal_bit;

static void on_signal(int number)
{
	(void)number;
	wake_raise(signal_wake, signal_bit);
}

void interrupt_catch(struct wake *wake, unsigned bit)
{
	/* A second signal ends the program at once. */
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	signal_wake = wake;
	signal_bit = bit;
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
}
