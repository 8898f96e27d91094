/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the commands that change topics share: the handle, reading, printing a
 * plan with its warnings, asking for the name, executing, and reporting how
 * each step ended. Main thread.
 */
#ifndef CLI_TOPIC_H
#define CLI_TOPIC_H

#include "base/wake.h"
#include "change/topic_execute.h"
#include "change/topic_make.h"
#include "cli/command.h"

struct topic_change {
	const struct command_input *in;
	struct admin *admin;
	struct wake wake;
	struct topic_asker asker;
	struct topic_plan *plan; /* NULL before it is made */
};

/* After a failure nothing needs closing. */
bool topic_change_open(struct topic_change *r, const struct command_input *in, struct error *err);
void topic_change_close(struct topic_change *r);
bool topic_change_interrupted(void *change); /* a struct topic_change */

/*
 * Prints the plan, and with --execute asks, executes and prints the result. `undo_of` (may be NULL): id of the
 * change that the plan undoes. Returns the exit status.
 */
int topic_change_plan(struct topic_change *r, const char *undo_of, struct error *err);

/* `weir undo` of a change of settings. */
struct journal_entry;
int topic_undo_run(const struct command_input *in, const struct journal_entry *e, struct error *err);

#endif
