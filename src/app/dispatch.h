/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs the rows of the action table on a cluster and its visible view, or says why not. UI thread. */
#ifndef APP_DISPATCH_H
#define APP_DISPATCH_H

#include "ui/action.h"

struct cluster;

enum action_result dispatch_action(struct cluster *c, enum action_id id, const char *arg);
/* Why it cannot be done now; NULL: it can. */
const char *dispatch_disabled(const struct cluster *c, enum action_id id);

#endif
