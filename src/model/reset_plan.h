/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan of a reset: a pure function of the request and of facts read from
 * the cluster, the same for form and command line. A plan lives in one arena,
 * is immutable and sorted by topic and partition; it contains the facts it is
 * based on. In compacted or transactional topics offsets are not records: the
 * totals are upper bounds. Any thread.
 */
#ifndef MODEL_RESET_PLAN_H
#define MODEL_RESET_PLAN_H

#include "base/arena.h"
#include "model/reset.h"
#include "model/snapshot.h"

struct reset_fact { /* what was read about one partition */
	const char *topic;
	int32_t partition;
	int32_t leader;             /* broker id; -1: none */
	bool missing;               /* the topic or partition does not exist */
	bool topic_new;             /* the group has committed nothing for this topic */
	bool compacted;             /* cleanup.policy contains compact */
	int64_t committed;          /* RESET_NO_OFFSET: none */
	int32_t leader_epoch;       /* of the commit; -1: none */
	const char *metadata;       /* of the commit, or NULL */
	int64_t log_start, log_end; /* OFFSET_UNKNOWN */
	int64_t at_time;            /* first offset at or after the requested time; -1: no such record */
	bool time_read;             /* at_time was answered */
	int64_t other;              /* committed by from_group; RESET_NO_OFFSET: none */
	const char *error;          /* what could not be read and why, or NULL */
};

struct reset_member {
	const char *id, *client_id, *host;
};

struct reset_facts {
	const char *cluster_id; /* NULL unknown */
	bool listed;            /* ListConsumerGroups knows the group */
	bool from_listed;       /* and from_group */
	bool other_kind;        /* a group that is not a consumer group has this id */
	enum group_state state;
	enum group_type type;
	bool is_simple; /* no member ever subscribed: a consumer with assign(), or a tool */
	const struct reset_member *members;
	size_t member_count;
	const struct reset_fact *partitions; /* sorted by topic and partition */
	size_t partition_count;
	int64_t at_ms;     /* wall clock when they were read */
	double rate_per_s; /* of the group; NaN unknown */
};

enum reset_action {
	RESET_COMMIT,   /* target is committed */
	RESET_REMOVE,   /* the commit is deleted */
	RESET_LEAVE,    /* unchanged, on request or because there is nothing to do */
	RESET_EXCLUDED, /* should be changed but cannot: the notes say why */
	RESET_ACTION_COUNT
};

enum reset_note {                          /* bits */
	RESET_NOTE_CLAMPED_START = 1 << 0, /* before the log start: clamped */
	RESET_NOTE_CLAMPED_END = 1 << 1,   /* beyond the log end: clamped */
	RESET_NOTE_AFTER_ALL = 1 << 2,     /* no record at or after that time: log end */
	RESET_NOTE_NO_COMMIT = 1 << 3,     /* never committed */
	RESET_NOTE_COMPACTED = 1 << 4,     /* offsets do not count records here */
	RESET_NOTE_EMPTY = 1 << 5,         /* the partition holds no records */
	RESET_NOTE_LOST = 1 << 6,          /* committed offset lies before the log start */
	RESET_NOTE_BEYOND = 1 << 7,        /* committed offset lies beyond the log end */
	RESET_NOTE_OUTSIDE = 1 << 8,       /* target outside the log: auto.offset.reset will decide */
	RESET_NOTE_EDITED = 1 << 9,        /* edited in the form */
	RESET_NOTE_SUBSCRIBED = 1 << 10,   /* Kafka refuses to delete while a member subscribes to the topic */
	/* why it is excluded */
	RESET_NOTE_NO_LEADER = 1 << 16,
	RESET_NOTE_MISSING = 1 << 17,          /* no such topic or partition */
	RESET_NOTE_NEW_TOPIC = 1 << 18,        /* the group never read the topic, and new topics were not allowed */
	RESET_NOTE_NOTHING_TO_SHIFT = 1 << 19, /* no committed offset to shift, skip or delete */
	RESET_NOTE_NO_TARGET = 1 << 20,        /* neither the other group nor the file has an offset for it */
	RESET_NOTE_NOT_READ = 1 << 21,         /* offsets could not be read: row.error */
	RESET_NOTE_WHY = 0x7fff << 16
};

struct reset_row {
	const char *topic;
	int32_t partition;
	int32_t leader; /* -1: none */
	enum reset_action action;
	struct reset_how how;
	int64_t committed;           /* RESET_NO_OFFSET: none */
	int32_t leader_epoch;        /* of the commit before; -1 */
	const char *metadata;        /* of the commit before, or NULL */
	int64_t log_start, log_end;  /* OFFSET_UNKNOWN */
	int64_t target;              /* RESET_COMMIT; else RESET_NO_OFFSET */
	int32_t target_epoch;        /* -1: none */
	const char *target_metadata; /* NULL: none */
	int64_t again, skipped;      /* upper bounds; both 0 where nothing was committed */
	unsigned notes;
	const char *error;
};

enum reset_refusal { /* why the plan may not be executed as it is */
	RESET_ALLOWED,
	RESET_OTHER_CLUSTER,  /* it is meant for another cluster: request.cluster_id */
	RESET_ACTIVE,         /* the group has members: wait (armed), or stop them */
	RESET_OTHER_KIND,     /* a share, streams or Connect group: never changed */
	RESET_UNKNOWN_GROUP,  /* not listed; allowed with request.create */
	RESET_UNKNOWN_SOURCE, /* from_group is not listed */
	RESET_STATE_UNREAD,   /* it is not known whether it has members */
	RESET_NOTHING,        /* no row would change anything */
	RESET_REFUSAL_COUNT
};

struct reset_plan {
	struct arena *arena;
	const struct reset_request *request; /* a copy */
	const char *cluster_id;
	enum group_state state;
	enum group_type type;
	bool is_simple, listed;
	const struct reset_member *members;
	size_t member_count;
	const struct reset_row *rows; /* sorted by topic and partition */
	size_t row_count;
	size_t commits, removals, left, excluded; /* numbers of rows by action */
	size_t forward, backward, uncommitted;    /* of the commits: skip, read again, had no commit */
	int64_t again, skipped;                   /* sums of the rows */
	int64_t left_to_read;                     /* sum of log end - target over the commits */
	int64_t at_ms;                            /* wall clock of the facts */
	double rate_per_s;                        /* NaN unknown */
	enum reset_refusal refusal;
};

struct reset_plan *reset_plan_new(const struct reset_request *request, const struct reset_facts *facts);
void reset_plan_free(struct reset_plan *plan); /* NULL is allowed */
const struct reset_row *reset_plan_find(const struct reset_plan *plan, const char *topic, int32_t partition);

struct reset_bounds { /* the totals that were confirmed */
	int64_t most_again, most_skipped;
};

/* The plan's totals with room for what is produced and consumed meanwhile: half of them more, at least 1,000. */
struct reset_bounds reset_plan_bounds(const struct reset_plan *plan);

enum reset_change { /* why a confirmed plan must be confirmed again */
	RESET_SAME,
	RESET_CHANGED_MEMBERS,    /* a member that was not there */
	RESET_CHANGED_PARTITIONS, /* a partition that is new, is gone, became excluded or came back */
	RESET_CHANGED_DIRECTION,  /* of a partition: it skips now and read again before, or the reverse */
	RESET_CHANGED_COMMIT,     /* somebody else committed */
	RESET_CHANGED_BOUNDS,
	RESET_CHANGE_COUNT
};

/*
 * `armed`: the group's own commits and members are expected until it is empty. `why` (may be NULL) gets one
 * line that names what changed.
 */
enum reset_change reset_plan_compare(const struct reset_plan *confirmed, const struct reset_plan *now,
	const struct reset_bounds *bounds, bool armed, struct str *why);

bool reset_plan_needs_name(const struct reset_plan *plan); /* it skips or deletes: the group's name must be typed */

#endif
