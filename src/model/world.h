/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What weir knows of a cluster at one moment: parts that have sources of their
 * own, each immutable and counted, each NULL before its source has answered. A
 * new source of data is one more part here. A value; a copy of it owns nothing
 * unless it was made by world_ref(). Any thread.
 */
#ifndef MODEL_WORLD_H
#define MODEL_WORLD_H

#include "model/snapshot.h"

struct world {
	const struct snapshot *cluster; /* brokers, topics and groups */
};

/* The same parts, with a reference to each. */
struct world world_ref(const struct world *w);
/* Gives up a reference to each part and leaves *w empty. */
void world_release(struct world *w);

#endif
