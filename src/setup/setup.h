/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything that is settled before a command or the terminal program runs: the
 * command line, the configuration file, and the clusters that they name. Owns what
 * these borrow from one another. Main thread.
 */
#ifndef SETUP_H
#define SETUP_H

#include "cli/command.h"
#include "setup/config.h"
#include "setup/connect.h"
#include "setup/options.h"
#include "setup/records_setup.h"

struct setup {
	struct options options; /* parsed by the caller; its settings are the ones of the run */
	struct config_file config;
	struct connect connect; /* empty where the command needs no cluster */
	struct connect target;  /* of a clone to another cluster; empty: the same one */
	struct records_setup records;
	struct context_info *contexts;
	char **values; /* of [weir], expanded: the options borrow them */
	size_t value_count;
};

/*
 * Reads the configuration file and finds the clusters; opens the log. Warnings of a command go to standard error.
 * setup_release() is due in any case.
 */
bool setup_load(struct setup *s, struct error *err);
void setup_release(struct setup *s);
/* What the chosen command works on; borrows from *s. */
struct command_input setup_command_input(const struct setup *s);
/* False (ERR_USAGE): the chosen command would change the cluster, and this run or its context is read-only. */
bool setup_may_change(const struct setup *s, struct error *err);

#endif
