/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clones a topic: form, plan, question, progress of the copy, result. The copy
 * goes on while other tabs are looked at. A clone of the configuration alone
 * within the cluster is a creation, which the change view does. UI thread.
 */
#ifndef VIEWS_CLONE_H
#define VIEWS_CLONE_H

#include "model/clone_work.h"
#include "views/panes.h"

/* `target`: what the form holds at first, or NULL. */
void clone_open(struct ui *ui, const char *source, const char *target);

/* For the clone*.c alone. */

struct clone_form {
	struct form *form;
	struct ui *ui;
	char *source;
	int target, what, where, compression, rate, plan;
};

void clone_form_new(struct clone_form *f, struct ui *ui, const char *source, const char *target);
void clone_form_free(struct clone_form *f);
void clone_form_request(const struct clone_form *f, struct clone_request *r);

enum clone_step { STEP_FORM, STEP_PLAN, STEP_RUN, STEP_RESULT };

struct clone_view {
	struct panes panes; /* first */
	enum clone_step step;
	struct clone_form form;
	struct clone_request request;
	struct clone_report *report; /* of the plan, the run, or the result; NULL: not there yet */
	bool planning, cancelling;
	bool ok;         /* of the result */
	char *why;       /* what failed last, or NULL */
	int64_t told_ms; /* monotonic: when the report came */
};

static inline struct clone_view *clone_view(const void *view)
{
	return ((const struct view *)view)->state;
}

extern const struct table_ops clone_rows; /* owner: the view */
/* The lines above the table; returns how many. */
int clone_draw_head(const struct view *v, const struct area *a);

#endif
