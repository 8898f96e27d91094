/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which cluster a change is meant for, beside the id of the one that answers. An
 * address may lead elsewhere from one moment to the next: a tunnel, a forwarded
 * port, a name. A plain value and pure functions; any thread.
 */
#ifndef MODEL_CLUSTER_PIN_H
#define MODEL_CLUSTER_PIN_H

#include "base/error.h"
#include "base/str.h"

enum { CLUSTER_ID_SHOWN = 6 };               /* bytes of an id that tell clusters apart for a person */

struct cluster_pin {                         /* strings are borrowed, each may be NULL */
	const char *context;                 /* its name, for messages */
	const char *bootstrap;               /* likewise */
	const char *pinned;                  /* cluster-id of the context; NULL: any cluster */
	const char *met;                     /* the first one that the session saw; NULL: none so far */
	const char *planned;                 /* the one of the plan, or of the question that was answered */
	bool is_planned;                     /* `planned` counts; NULL then is a cluster that tells no id */
};

/*
 * Whether the cluster that answers with `id` (NULL: it tells none) may be changed. ERR_OTHER_CLUSTER and why when it
 * may not: what is pinned, met or planned with an id is never taken for one without.
 */
bool cluster_pin_admits(const struct cluster_pin *pin, const char *id, struct error *err);
/* The id that must answer; NULL: any, or `is_planned` without one. */
const char *cluster_pin_id(const struct cluster_pin *pin);
/* "prod (HQGsUz)", "127.0.0.1:9092 (HQGsUz)", "prod": by context, else by its first address, and how its id begins. */
void cluster_name(struct str *out, const char *context, const char *bootstrap, const char *id);

#endif
