/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/world.h"

struct world world_ref(const struct world *w)
{
	return (struct world){ .cluster = w->cluster ? snapshot_ref(w->cluster) : NULL };
}

void world_release(struct world *w)
{
	snapshot_unref(w->cluster);
	*w = (struct world){ 0 };
}
