/* SPDX-License-Identifier: BSD-2-Clause */
/* The admin handle of a piece of work. Cancelling the work ends the handle's calls early. The work's thread. */
#ifndef WORK_ADMIN_H
#define WORK_ADMIN_H

#include "kafka/admin.h"
#include "work/works.h"

/* NULL and w->err when it cannot be opened. The caller closes it. */
struct admin *work_admin_open(struct work *w, const struct work_setup *setup);
bool work_admin_cancelled(void *w);

#endif
