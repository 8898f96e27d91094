/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/topic_run.h"

#include "cli/interrupt.h"

enum { WAKE_SIGNAL = 1 };

bool topic_run_interrupted(void *run)
{
	struct topic_run *r = run;

	return atomic_load(&r->wake.bits) & WAKE_SIGNAL;
}

bool topic_run_open(struct topic_run *r, const struct command_input *in, struct error *err)
{
	*r = (struct topic_run){ .in = in };
	if (!wake_init(&r->wake, err))
		return false;
	interrupt_catch(&r->wake, WAKE_SIGNAL);
	r->admin = admin_open(in->client, in->bootstrap, in->timeout_ms, err);
	if (!r->admin) {
		wake_release(&r->wake);
		return false;
	}
	admin_on_cancel(r->admin, topic_run_interrupted, r);
	return true;
}

void topic_run_close(struct topic_run *r)
{
	admin_close(r->admin);
	wake_release(&r->wake);
}
