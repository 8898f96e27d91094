/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is in trouble, how badly, and why: a table of rules over the figures of one
 * finished snapshot. What a view marks, what its "problems only" lists and the
 * reason it gives all come from here, so they never differ. Pure functions, any thread.
 *
 * A group does not move when members hold partitions with lag, nothing was
 * committed in several successive readings, and records arrived meanwhile. A
 * group that has nothing new to read commits nothing either, and is well.
 */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include <stdbool.h>

#include "base/str.h"
#include "model/event.h"
#include "model/snapshot.h"

enum {
	VERDICT_STILL_READS = 3,          /* successive readings that must find the same committed offset */
	VERDICT_STILL_MS = 15 * 1000,     /* and over how long at least: consumers commit every 5 s by default */
};

struct verdict {
	enum severity severity;   /* SEVERITY_NONE: no rule holds; else SEVERITY_WARN or SEVERITY_CRIT */
	const char *rule;         /* stable name of the worst rule ("not_moving"); NULL: none */
};

/* The worst rule that holds. `why` (or NULL) gets the reasons of all that do, the worst first, "; " between. */
struct verdict verdict_group(const struct group *g, struct str *why);
struct verdict verdict_group_partition(const struct group *g, const struct group_partition *row, struct str *why);
/* The worst reason only: its partitions say the rest. */
struct verdict verdict_topic(const struct topic *t, struct str *why);
/* All reasons, as of a group. */
struct verdict verdict_partition(const struct topic *t, const struct partition *p, struct str *why);

/* For snapshot_finish(), about a row that is joined: a member holds it, it has lag, and does not move. */
bool verdict_stands_still(const struct snapshot *s, const struct group *g, const struct group_partition *row);

#endif
