/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step 2 of a reset: the plan, a table whose rows stay as they are while they
 * are looked at, edited and confirmed.
 */
#ifndef VIEWS_RESET_CHECK_H
#define VIEWS_RESET_CHECK_H

#include "model/reset_plan.h"
#include "ui/table.h"
#include "ui/view.h"

struct reset_state;

struct reset_check {
	struct reset_plan *plan; /* NULL: none (yet) */
	bool lent;               /* the plan belongs to the work that executes it */
	bool planning;
	char *failed; /* why there is no plan, or why it must be confirmed anew */
};

/* "orders-3": how a row is named, in its key too. */
void reset_partition_name(struct str *out, const char *topic, int32_t partition);
extern const struct table_ops reset_plan_table;
void reset_ask_plan(struct view *v);
void reset_set_plan(struct reset_state *st, struct reset_plan *plan); /* takes it; NULL: none */
void reset_check_draw(struct view *v, const struct area *a);
void reset_check_why_not(const struct reset_state *st,
	struct str *out);              /* why the plan cannot be applied as it is; nothing if it can */
void reset_check_edit(struct view *v); /* reset_edit.c */
void reset_check_export(struct view *v, const char *path); /* reset_write.c */
void reset_check_command(struct view *v);

#endif
