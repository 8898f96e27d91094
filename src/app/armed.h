/* SPDX-License-Identifier: BSD-2-Clause */
/* Resets of a cluster that wait until their group is empty: seen, and found, from every view. UI thread. */
#ifndef APP_ARMED_H
#define APP_ARMED_H

#include "app/cluster.h"

/* Adds "armed GROUP 9m" about the one whose time is up first; false: none waits. */
bool armed_word(const struct cluster *c, struct str *out);
int64_t armed_change(const struct cluster *c); /* when that reads differently, monotonic ms; -1 */
bool armed_show(struct cluster *c);            /* goes to its view; false: none waits */

#endif
