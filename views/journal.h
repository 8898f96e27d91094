/* SPDX-License-Identifier: BSD-2-Clause */
/* What the journal view gives to the reset view that it opens. UI thread. */
#ifndef VIEWS_JOURNAL_H
#define VIEWS_JOURNAL_H

#include "model/reset.h"
#include "ui/view.h"

/* The request that undoes the change under the cursor; the caller releases it. False: it cannot be undone. */
bool journal_take_undo(struct view *journal, struct reset_request *request, struct error *err);

#endif
