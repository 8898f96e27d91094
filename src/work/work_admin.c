/* SPDX-License-Identifier: BSD-2-Clause */
#include "work/work_admin.h"

bool work_admin_cancelled(void *w)
{
	return work_is_cancelled(w);
}

struct admin *work_admin_open(struct work *w, const struct work_setup *setup)
{
	return cluster_gate_admin(&setup->gate, work_admin_cancelled, w, &w->err);
}
