/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Says why a pane has no rows: connecting, asking, denied, failed, or there is
 * nothing to list. UI thread.
 */
#ifndef VIEWS_WAITING_H
#define VIEWS_WAITING_H

#include "ui/table.h"
#include "ui/view.h"

struct waiting {
	const char *what;            /* "topics" */
	unsigned need;               /* NEED_* that answers it; 0: the origin tells */
	const struct origin *origin; /* of the answer, or NULL */
	enum visibility visible;
	const char *denied;    /* right it takes: "DESCRIBE on CLUSTER" */
	const char *acl;       /* resource in the words of kafka-acls: "--cluster" */
	const char *operation; /* likewise; NULL: "Describe" */
	const char *none;      /* "no topics in this cluster" */
};

/* Draws nothing when the table shows rows. s may be NULL. */
void waiting_draw(const struct area *a, const struct snapshot *s, const struct waiting *w, const struct table *t);
/* Appends "only groups you may describe are listed; Kafka hides the others silently"; or nothing. */
void waiting_partial(struct str *out, const char *what, enum visibility visible);

#endif
