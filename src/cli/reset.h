/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the commands that change committed offsets share: the handle, the signal
 * that ends them, and printing plans and results. Main thread.
 */
#ifndef CLI_RESET_H
#define CLI_RESET_H

#include "base/wake.h"
#include "change/reset_rate.h"
#include "cli/command.h"
#include "cli/output.h"
#include "kafka/admin.h"
#include "model/reset_plan.h"
#include "model/reset_work.h"

struct reset_run {
	const struct command_input *in;
	struct admin *admin;
	struct wake wake;
	struct output output;
	int status; /* 0, or 1 after a group or an item was refused */
	bool interrupted;
	const char *waited_in;          /* the state of the group that was printed last; NULL: none yet */
	struct reset_arrivals arrivals; /* in the partitions of the printed plan */
};

bool reset_run_open(struct reset_run *r, const struct command_input *in, struct error *err);
void reset_run_close(struct reset_run *r);
/* Protected contexts ask for the name of what is changed. */
bool reset_is_confirmed(const struct command_input *in, const char *name, struct error *err);

/*
 * Plans one group, and with --execute applies the plan; prints the result. False and *err: it could not be
 * planned, and nothing was printed.
 */
bool reset_run_group(struct reset_run *r, const struct reset_request *request, struct str *export, struct error *err);

/*
 * Warns about a group that never had members: a consumer that assigns partitions itself looks the same. Before
 * a change, or when asked to, watches whether one commits; true: it does. Ends early when interrupted.
 */
bool reset_watch_others(struct reset_run *r, const struct reset_plan *plan);
/*
 * Watches whether those consumers overwrite what was done (then the status is 1), and after an armed reset,
 * where the group continues.
 */
void reset_watch_after(struct reset_run *r, struct reset_result *result, bool others);

/* `peek` and `result` may be NULL. */
void reset_print(struct reset_run *r, const struct reset_plan *plan, const struct reset_peek *peek,
	const struct reset_result *result);

/* The request of `weir reset` for one group of -g; texts of what is wrong name the option. */
struct offset_file;
bool reset_read_file(const struct command_input *in, struct offset_file *out, struct error *err);
bool reset_make_request(const struct command_input *in, const char *group, const struct offset_file *file,
	struct reset_request *request, struct error *err);

#endif
