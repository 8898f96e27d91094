/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of events_between() share: changes gathered by kind. Not for
 * others. One thread.
 */
#ifndef MODEL_EVENT_DIFF_H
#define MODEL_EVENT_DIFF_H

#include "base/arena.h"
#include "base/str.h"
#include "model/event.h"
#include "model/snapshot.h"

enum { EVENTS_A_KIND = 4 }; /* more in one comparison become one event */

struct diff_event {
	enum severity severity;
	const char *subject;
	const char *text;
	int64_t records;
	bool passing;
};

struct diff_kind {
	int32_t count;
	enum severity severity; /* the worst */
	int32_t broker;         /* the one that all changes have in common, while same_broker */
	bool same_broker;
	struct diff_event first[EVENTS_A_KIND];
};

struct diff {
	struct arena *arena;
	struct diff_kind kinds[EVENT_KIND_COUNT];
	struct diff_event *open;
	struct str text; /* scratch */
};

/* Counts a change; gives the string to describe it in, or NULL when it will only be counted. */
struct str *diff_begin(struct diff *d, enum event_kind kind, enum severity severity, const char *subject);
void diff_end(struct diff *d);

void diff_topics(struct diff *d, const struct snapshot *a, const struct snapshot *b);
void diff_groups(struct diff *d, const struct snapshot *a, const struct snapshot *b);

#endif
