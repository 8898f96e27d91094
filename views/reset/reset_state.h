/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of the reset view: three steps, each with a file and a header of its
 * own. Only the files of this folder include this. UI thread.
 */
#ifndef VIEWS_RESET_STATE_H
#define VIEWS_RESET_STATE_H

#include "views/panes.h"
#include "views/reset/reset.h"
#include "views/reset/reset_apply.h"
#include "views/reset/reset_check.h"
#include "views/reset/reset_form.h"
#include "views/reset/reset_landing.h"
#include "views/reset/reset_result.h"

enum reset_step { STEP_FORM, STEP_PLAN, STEP_RESULT };
enum { PANE_PLAN, PANE_RESULT };

struct reset_state {
	struct panes panes; /* first: PANE_PLAN, PANE_RESULT */
	enum reset_step step;
	struct reset_request request;
	struct reset_form form;
	struct reset_check check;
	struct reset_landings landings;
	struct reset_run run;
	struct reset_finish finish;
};

static inline struct reset_state *reset_state(const struct view *v)
{
	return v->state;
}

#endif
