/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which cluster a change is meant for, compared with the id of the cluster that
 * answers. An address may lead to another cluster at any time: a tunnel, a
 * forwarded port, a name. A plain value and pure functions; any thread.
 */
#ifndef MODEL_CLUSTER_PIN_H
#define MODEL_CLUSTER_PIN_H

#include "base/error.h"
#include "base/str.h"

enum { CLUSTER_ID_SHOWN = 6 }; /* bytes of an id that are shown to tell clusters apart */

struct cluster_pin {           /* strings are borrowed, each may be NULL */
	const char *context;   /* its name, for messages */
	const char *bootstrap; /* likewise */
	const char *pinned;    /* cluster-id of the context; NULL: any cluster */
	const char *met;       /* the first cluster of the session; NULL: none yet */
	const char *planned;   /* the cluster of the plan, or of the question that was answered */
	bool is_planned;       /* `planned` is set; NULL then means a cluster without an id */
};

/*
 * Whether the cluster that answers with `id` (NULL: it has none) may be changed. ERR_OTHER_CLUSTER and the
 * reason when not: a cluster pinned, met or planned with an id is never taken for one without.
 */
bool cluster_pin_admits(const struct cluster_pin *pin, const char *id, struct error *err);
/* The id that must answer; NULL: any, or with `is_planned` a cluster without one. */
const char *cluster_pin_id(const struct cluster_pin *pin);
/*
 * "prod (HQGsUz)", "127.0.0.1:9092 (HQGsUz)", "prod": the context, else the first address, and the beginning of
 * the id.
 */
void cluster_name(struct str *out, const char *context, const char *bootstrap, const char *id);

#endif
