/* SPDX-License-Identifier: BSD-2-Clause */
#include "work_admin.h"

bool work_admin_cancelled(void *w)
{
	return work_is_cancelled(w);
}

struct admin *work_admin_open(struct work *w, const struct work_setup *setup)
{
	struct admin *a = admin_open(setup->client, setup->bootstrap, setup->timeout_ms, &w->err);

	if (a)
		admin_on_cancel(a, work_admin_cancelled, w);
	return a;
}
