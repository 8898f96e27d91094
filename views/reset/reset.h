/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opens the reset view, which changes committed offsets. Nothing is changed
 * before its plan is confirmed. UI thread.
 */
#ifndef VIEWS_RESET_H
#define VIEWS_RESET_H

#include "model/reset.h"
#include "ui/view.h"

/* What the form begins with. */
struct reset_start {
	const char *group;
	const char *scope;    /* "orders payments:0,3-5"; NULL: all that the group has committed */
	struct reset_how how; /* RESET_NONE: to be chosen */
	bool to_plan;         /* the form is complete: its plan is shown, and Esc leads back to the form */
};

/* Copies the strings. */
void reset_open(struct ui *ui, const struct reset_start *start);
/* There is no form: nothing is to be chosen (a deletion, an undo). Takes what the request owns. */
void reset_open_plan(struct ui *ui, struct reset_request *request);
/*
 * First lets the user choose a group: one that reads the topic, or with NULL any. `scope` as above.
 */
void reset_open_any(struct ui *ui, const char *topic, const char *scope);
/*
 * For one record: lets the user choose among the groups that read its topic, with the cursor on `group` (NULL: on the
 * group whose view `v` was opened from, if any).
 */
void reset_open_record(struct view *v, const char *topic, int32_t partition, int64_t offset, const char *group);

#endif
