/* SPDX-License-Identifier: BSD-2-Clause */
/* How views name the cluster that is changed: by context or address, and how its id begins. UI thread. */
#ifndef VIEWS_CLUSTER_LABEL_H
#define VIEWS_CLUSTER_LABEL_H

#include "ui/view.h"

/* Appends "prod (HQGsUz)". `id`: of the plan; NULL: of the newest snapshot, when it is known. */
void cluster_label(struct str *out, const struct ui *ui, const char *id);

#endif
