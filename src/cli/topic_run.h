/* SPDX-License-Identifier: BSD-2-Clause */
/* What `weir topic export` and `apply` share: a handle whose calls a signal cancels. Main thread. */
#ifndef CLI_TOPIC_RUN_H
#define CLI_TOPIC_RUN_H

#include "base/wake.h"
#include "cli/command.h"
#include "kafka/admin.h"

struct topic_run {
	const struct command_input *in;
	struct admin *admin;
	struct wake wake;
};

bool topic_run_open(struct topic_run *r, const struct command_input *in, struct error *err);
void topic_run_close(struct topic_run *r);
bool topic_run_interrupted(void *run);

#endif
