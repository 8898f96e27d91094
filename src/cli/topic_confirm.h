/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes that cannot be undone are confirmed by name, with --confirm or on the terminal. Main thread. */
#ifndef CLI_TOPIC_CONFIRM_H
#define CLI_TOPIC_CONFIRM_H

#include "base/str.h"
#include "base/wake.h"
#include "cli/command.h"

struct topic_question {
	const struct command_input *in;
	const struct wake *wake; /* any bit of it ends the question */
	const struct str *names; /* with commas between them */
	size_t count;            /* above TOPIC_NAMED_MOST their number is asked for; 0: nothing to confirm */
};

/* ERR_USAGE when it was not confirmed, ERR_INTERRUPTED when the question was interrupted. */
bool topic_confirm(const struct topic_question *q, struct error *err);

#endif
