/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a user requests for a group's committed offsets: which partitions
 * (scope), to where (strategy, which single partitions may override), and what
 * is allowed. Deleting offsets or the whole group, and undoing an earlier
 * change, are requests like any other: they get the same plan, confirmation and
 * journal. Plain values that own their strings; one thread at a time.
 */
#ifndef MODEL_RESET_H
#define MODEL_RESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum reset_strategy {
	RESET_NONE,         /* nothing chosen yet; of a single partition: leave it as it is */
	RESET_EARLIEST,     /* log start offset */
	RESET_LATEST,       /* high watermark, read again at execution */
	RESET_OFFSET,       /* number: the offset */
	RESET_DATETIME,     /* number: Unix ms; the first record at or after it, else the end */
	RESET_DURATION,     /* number: ms before `since_ms` of the request */
	RESET_SHIFT,        /* number: added to the committed offset */
	RESET_CURRENT,      /* commits the committed offset again, or the log end, as Kafka's tool does */
	RESET_GROUP,        /* to the offset that `from_group` has committed */
	RESET_TARGETS,      /* to the offsets in `targets`: from a file, or an undo */
	RESET_SKIP,         /* number: records to skip, 1 for a poison pill; needs a committed offset */
	RESET_DELETE,       /* delete the committed offset */
	RESET_DELETE_GROUP, /* delete the group with all its offsets; never of a single partition */
	RESET_STRATEGY_COUNT
};

enum { RESET_NO_OFFSET = -1 }; /* no commit; as a target: delete the commit */

struct reset_how {
	enum reset_strategy strategy;
	int64_t number;
};

struct reset_scope {
	char *topic;
	int32_t partition; /* -1: all partitions of the topic */
};

struct reset_edit { /* the own strategy of one partition */
	char *topic;
	int32_t partition;
	struct reset_how how;
};

struct reset_target {
	char *topic;
	int32_t partition;
	int64_t offset;       /* RESET_NO_OFFSET: delete the commit */
	int32_t leader_epoch; /* -1: none */
	char *metadata;       /* of the commit; NULL: none */
};

struct reset_request {
	char *group;
	bool all_topics;           /* every partition that the group has committed */
	struct reset_scope *scope; /* else these; with neither, RESET_TARGETS covers its targets */
	size_t scope_count, scope_cap;
	struct reset_how how;
	int64_t since_ms;         /* durations count back from here, Unix ms; 0: the time of the facts */
	struct reset_edit *edits; /* the last one for a partition counts */
	size_t edit_count, edit_cap;
	char *from_group;             /* RESET_GROUP */
	struct reset_target *targets; /* RESET_TARGETS; each partition once */
	size_t target_count, target_cap;
	bool exact;       /* targets are restored as they are, never clamped: for an undo */
	char *cluster_id; /* the only cluster it is meant for; NULL: any */
	char *undo_of;    /* id of the change in the journal that this undoes, or NULL */
	bool new_topics;  /* includes topics of which the group has committed nothing */
	bool create;      /* the group need not exist; implies new_topics */
	bool unsorted;    /* something was not added in order; copies are sorted, for fast lookups */
};

void reset_request_release(struct reset_request *r);
void reset_request_copy(struct reset_request *to, const struct reset_request *from); /* *to is overwritten */
void reset_add_scope(struct reset_request *r, const char *topic, int32_t partition);
int reset_compare(const char *topic_a, int32_t partition_a, const char *topic_b, int32_t partition_b);
/* Replaces an edit of the same partition; RESET_NONE leaves the partition unchanged. */
void reset_add_edit(struct reset_request *r, const char *topic, int32_t partition, struct reset_how how);
void reset_drop_edit(struct reset_request *r, const char *topic, int32_t partition); /* the strategy applies again */
const struct reset_edit *reset_find_edit(const struct reset_request *r, const char *topic, int32_t partition);
const struct reset_target *reset_find_target(const struct reset_request *r, const char *topic, int32_t partition);
/* The point in time that RESET_DATETIME or RESET_DURATION means, Unix ms, not negative. */
int64_t reset_moment(const struct reset_request *r, const struct reset_how *how);
/* Whether a scope names it, alone or with its whole topic. */
bool reset_in_scope(const struct reset_request *r, const char *topic, int32_t partition);
/*
 * Whether the request concerns the partition. `committed`: the group has committed it, or with RESET_GROUP the
 * other group has.
 */
bool reset_covers(const struct reset_request *r, const char *topic, int32_t partition, bool committed);
void reset_add_target(struct reset_request *r, const struct reset_target *target); /* copies the strings */
/* Adds "TOPIC", "TOPIC:0" or "TOPIC:0,3-5" to the scope; "column N: ..." on failure (ERR_USAGE). */
bool reset_parse_scope(struct reset_request *r, const char *text, struct error *err);
/*
 * Reads a strategy as typed in the form: earliest, latest, current, an offset, +N, -N, skip N, a time of
 * model/when.h (-15m or PT15M is a duration, 2026-11-22 14:00 a datetime), delete. "column N: ..." on failure.
 */
struct when_clock;
bool reset_parse_how(const char *text, const struct when_clock *clock, struct reset_how *how, struct error *err);

#endif
