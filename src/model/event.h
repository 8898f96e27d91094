/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happened between two snapshots: a feed for the overview. Derived by
 * comparison only, so it holds what weir saw, not what the brokers logged.
 * Pure functions, any thread.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/severity.h"

struct arena;
struct str;
struct snapshot;

enum { EVENTS_KEPT = 200 };

enum event_kind {
	EVENT_BROKER_GONE,
	EVENT_BROKER_BACK,
	EVENT_BROKER_NEW,
	EVENT_CONTROLLER_MOVED,
	EVENT_LEADER_MOVED,
	EVENT_LEADER_LOST,
	EVENT_LEADER_ELECTED,
	EVENT_ISR_SHRANK,
	EVENT_ISR_GREW,
	EVENT_TOPIC_CREATED,
	EVENT_TOPIC_DELETED,
	EVENT_TOPIC_RECREATED,
	EVENT_PARTITIONS_ADDED,
	EVENT_GROUP_NEW,
	EVENT_GROUP_GONE,
	EVENT_GROUP_STATE,
	EVENT_GROUP_REBALANCED,
	EVENT_OFFSETS_REWOUND,
	EVENT_RECORDS_LOST,
	EVENT_CONNECTION_LOST,
	EVENT_CONNECTION_BACK,
	EVENT_CHANGED, /* by weir itself; not derived: whoever made the change says so */
	EVENT_KIND_COUNT
};

struct event {
	uint64_t seq; /* 1, 2, ...: a stable key */
	int64_t wall_ms;
	enum event_kind kind;
	enum severity severity;
	const char *subject; /* topic-partition, broker or group it concerns */
	const char *text;    /* "leader 1 -> 2, ISR 3 -> 2 (broker 1 out)" */
	int64_t records;     /* EVENT_RECORDS_LOST: how many; else 0 */
	int64_t began_ms;    /* wall clock: the first of those it continues, else wall_ms */
	int32_t times;       /* how many it stands for; 0: one */
	bool passing;        /* a state on the way to another: the next event of its subject takes its place */
};

/*
 * Compares two finished snapshots of one cluster; allocates the events in
 * `arena`, oldest first, numbered from `first_seq`. Many changes of one kind
 * (a broker's 400 leaders) become one event that counts them. A part whose
 * newest attempt failed is not compared. before NULL: no events.
 */
size_t events_between(const struct snapshot *before, const struct snapshot *after, uint64_t first_seq,
	struct arena *arena, const struct event **events);
/*
 * A loss that goes on is one event, the newest, and so are the rebalances of one group that follow each
 * other, with the states between. True when `newer` continues `older`: then it counts the older one in, and
 * `text` gets what it says now; nothing where it says the same.
 */
bool event_continues(const struct event *older, struct event *newer, struct str *text);
const char *event_kind_name(enum event_kind kind);

#endif
