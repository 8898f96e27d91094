/* SPDX-License-Identifier: BSD-2-Clause */
/* The top line: which cluster, is it well, how old are the figures, what does weir itself cost. UI thread. */
#ifndef APP_HEADER_H
#define APP_HEADER_H

#include "app/cluster.h"

void header_draw(const struct cluster *c, const struct area *a);
int64_t header_change(const struct cluster *c); /* when it reads differently by itself, monotonic ms; -1 */
void header_follow_cost(struct cluster *c);     /* a new snapshot has come */

#endif
