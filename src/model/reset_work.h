/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inputs and outputs of the pieces of work (model/work.h) around committed
 * offsets and the journal. Strings are owned by the struct they are in.
 *
 *     WORK_RESET_PLAN    struct reset_plan_input    struct reset_plan
 *     WORK_RESET_PEEK    struct reset_peek_input    struct reset_peek, also as news: what was found till then
 *     WORK_RESET_APPLY   struct reset_apply_input   struct reset_result; news: struct reset_progress; mutates
 *     WORK_JOURNAL_LIST  none                       struct journal_list (model/journal.h)
 *     WORK_JOURNAL_SETTLE  id of a change that was cut short   the journal_list as it then is
 *
 * To undo a change, journal_undo_request() makes a request of its entry: plan and
 * apply it like any other.
 */
#ifndef MODEL_RESET_WORK_H
#define MODEL_RESET_WORK_H

#include "model/event.h"
#include "model/reset.h"
#include "model/reset_plan.h"

struct reset_plan_input {
	struct reset_request request;
	double rate_per_s; /* measured rate of the group; NaN unknown */
	char *file;        /* RESET_TARGETS: read them from this file; NULL: they are set already */
};

struct reset_peek_item {
	char *topic;
	int32_t partition;
	int64_t offset;  /* the target */
	int64_t log_end; /* from here on there is nothing to find; -1 unknown */
};

struct reset_peek_input {
	struct reset_peek_item *items; /* visible rows only */
	size_t count;
};

enum reset_peek_state {
	RESET_PEEK_WAITING, /* not read yet */
	RESET_PEEK_FOUND,   /* first record at or after the target */
	RESET_PEEK_END,     /* the target is the log end, or only control records follow */
	RESET_PEEK_FAILED,
	RESET_PEEK_STATE_COUNT
};

struct reset_peek_record {
	char *topic;
	int32_t partition;
	int64_t target;
	enum reset_peek_state state;
	int64_t offset;            /* beyond the target when there is a gap (compaction, a transaction) */
	int64_t timestamp_ms;      /* -1: none */
	char *key, *value;         /* NULL: null */
	size_t key_len, value_len; /* up to RESET_PEEK_BYTES of each */
	bool key_cut, value_cut;   /* the text was cut there */
	char *error;               /* RESET_PEEK_FAILED */
};

enum { RESET_PEEK_BYTES = 16384 };

struct reset_peek {
	struct reset_peek_record *records; /* in the order of the items */
	size_t count;
};

struct reset_apply_input {
	struct reset_plan *confirmed; /* owned; its request is planned again, on fresh facts */
	struct reset_bounds bounds;
	bool unchecked;   /* only the strategy was confirmed: whatever it gives now is applied */
	int64_t wait_ms;  /* armed: how long to wait until the group is empty; 0: not at all */
	int64_t watch_ms; /* armed: how long to watch for the first commit afterwards; 0: not */
};

enum reset_phase {
	RESET_PHASE_PLANNING,
	RESET_PHASE_WAITING,
	RESET_PHASE_APPLYING,
	RESET_PHASE_VERIFYING,
	RESET_PHASE_WATCHING, /* for the first commit of the resumed group; cancelling is no failure */
	RESET_PHASE_COUNT
};

struct reset_progress {
	enum reset_phase phase;
	enum group_state state;       /* while waiting */
	struct reset_member *members; /* while waiting; owned, strings too */
	size_t member_count;
	int64_t left_ms; /* until the deadline, while waiting */
};

enum reset_outcome {
	RESET_DONE,       /* all applied, and read back as planned */
	RESET_PARTIAL,    /* some partitions were refused, or differ when read back */
	RESET_REFUSED,    /* nothing was changed: `why` */
	RESET_CHANGED,    /* nothing was changed: confirm `plan`, which differs, see `change` */
	RESET_RACE_LOST,  /* a member joined first and Kafka refused; nothing was changed */
	RESET_WAITED,     /* the deadline passed before the group was empty; nothing was changed */
	RESET_CANCELLED,  /* while waiting; nothing was changed */
	RESET_UNVERIFIED, /* applied, or perhaps applied, but could not be read back: `why` */
	RESET_OUTCOME_COUNT
};

struct reset_result_row { /* of a row that was to be changed */
	char *topic;
	int32_t partition;
	int64_t before, target, after; /* RESET_NO_OFFSET: no commit; after: as read back */
	bool read_back;                /* `after` is known */
	bool ok;                       /* no error, and read back as planned */
	char *error;                   /* Kafka's error for this partition, or NULL */
};

struct reset_result {
	enum reset_outcome outcome;
	char *why;                /* one line; NULL when done */
	struct reset_plan *plan;  /* as executed, or as it would be now; NULL when none was made */
	enum reset_change change; /* RESET_CHANGED */
	struct reset_result_row *rows;
	size_t row_count, ok_count;
	char *journal_id;    /* NULL: nothing was written, so nothing was changed */
	char *journal_error; /* why the journal lacks the result, or NULL; then it looks cut short */
	bool resumed;        /* the group has committed again: */
	char *resumed_topic;
	int32_t resumed_partition;
	int64_t resumed_offset;
	int64_t resumed_after_ms;
};

struct reset_peek *reset_peek_of(const struct reset_peek_input *in); /* a waiting record for each item */
struct reset_peek *reset_peek_copy(const struct reset_peek *peek);

/* Each frees the struct itself too; NULL is allowed. Fit for work.input_free, output_free and news_free. */
void reset_plan_input_free(void *input);
void reset_peek_input_free(void *input);
void reset_peek_free(void *peek);
void reset_apply_input_free(void *input);
void reset_progress_free(void *progress);
void reset_result_free(void *result);
void reset_plan_free_any(void *plan); /* reset_plan_free() as work.output_free */

const char *reset_phase_name(enum reset_phase phase);
const char *reset_outcome_name(enum reset_outcome outcome); /* "done", "partly done", "refused", ... */
enum severity reset_outcome_severity(enum reset_outcome outcome);

#endif
