/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/topic_run.h"

#include "cli/handle.h"

bool topic_run_interrupted(void *run)
{
	struct topic_run *r = run;

	return handle_interrupted(&r->wake);
}

bool topic_run_open(struct topic_run *r, const struct command_input *in, struct error *err)
{
	*r = (struct topic_run){ .in = in };
	return handle_open(in, &r->wake, &r->admin, err);
}

void topic_run_close(struct topic_run *r)
{
	handle_close(&r->wake, r->admin);
}
