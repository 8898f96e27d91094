/* SPDX-License-Identifier: BSD-2-Clause */
/* The : palette: names of actions, then their argument, both completed. UI thread. */
#ifndef APP_PALETTE_H
#define APP_PALETTE_H

struct cluster;

void palette_open(struct cluster *c);

#endif
