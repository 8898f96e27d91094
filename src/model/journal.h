/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One change that weir made, as recorded in its journal: the previous values,
 * the values after, and how it ended. All kinds share one form: an item is a
 * partition whose committed offset was moved, or a setting whose value was
 * changed. Plain values that own their strings; one thread at a time.
 */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "model/reset.h"
#include "model/reset_plan.h"
#include "model/severity.h"

enum journal_kind {
	JOURNAL_UNKNOWN,       /* of a newer weir: shown, not undone */
	JOURNAL_GROUP_OFFSETS, /* name: the group */
	JOURNAL_GROUP_DELETE,  /* name: the group */
	JOURNAL_TOPIC_CONFIG,  /* name: the topic; items are settings */
	JOURNAL_TOPIC_CREATE,  /* name: the topic */
	JOURNAL_TOPIC_DELETE,
	JOURNAL_TOPIC_PARTITIONS, /* item "partitions", before and after */
	JOURNAL_TOPIC_TRUNCATE,   /* items are partitions, their log starts */
	JOURNAL_TOPIC_ELECT,
	JOURNAL_TOPIC_CLONE, /* records copied into it; items are partitions, their log ends */
	JOURNAL_KIND_COUNT
};

enum journal_state {
	JOURNAL_OPEN, /* no result yet: it runs, or weir died during it */
	JOURNAL_DONE, /* everything, and read back */
	JOURNAL_PARTIAL,
	JOURNAL_FAILED,     /* nothing was changed */
	JOURNAL_UNVERIFIED, /* applied or not: could not be read back */
	JOURNAL_STATE_COUNT
};

struct journal_item {
	char *name;            /* topic, or name of the setting */
	int32_t partition;     /* -1: a setting */
	int64_t before, after; /* offsets; RESET_NO_OFFSET: none. Unused for settings */
	int32_t leader_epoch;  /* of the previous commit; -1 */
	char *text_before;     /* commit metadata, or the setting's value; NULL: none */
	char *text_after;
	char *error; /* of the result, or NULL */
};

struct journal_entry {
	char *id;        /* unique on this machine: made of time and process */
	int64_t time_ms; /* wall clock */
	enum journal_kind kind;
	char *kind_name;                               /* as written, also when unknown */
	char *user, *cluster_id, *context, *bootstrap; /* NULL unknown */
	char *name;                                    /* group or topic */
	char *topic_id; /* the topic's UUID; one created again has another; NULL: none, or not known */
	char *summary;  /* one line: "to the log end: skip up to 120 records in 3 partitions" */
	char *undo_of;  /* id, or NULL */
	struct journal_item *items;
	size_t item_count, item_cap;
	enum journal_state state;
	bool running; /* JOURNAL_OPEN, and the weir that wrote it still runs */
	int64_t result_ms;
	char *message;   /* of the result, or NULL */
	char *undone_by; /* id of the newest change that undid this one, or NULL */
};

struct journal_list {
	struct journal_entry *entries; /* the newest first */
	size_t count, cap;
	char *path;
	size_t bad_lines; /* that could not be read */
	size_t first_bad; /* number of the first of them; 0: none */
};

void journal_entry_release(struct journal_entry *e);
void journal_list_release(struct journal_list *l);
void journal_list_free(void *list); /* fit for work.output_free */
struct journal_item *journal_add_item(struct journal_entry *e, const char *name, int32_t partition);
const struct journal_entry *journal_find(const struct journal_list *l, const char *id); /* NULL: none */
/*
 * The newest change that was cut short: open, no weir runs it, and since then neither undone nor continued.
 * NULL: none.
 */
const struct journal_entry *journal_cut_short(const struct journal_list *l);
bool journal_is_cut_short(const struct journal_entry *e); /* no weir runs it any more, and its result is not known */
enum severity journal_severity(const struct journal_entry *e); /* SEVERITY_NONE while it runs and after it is done */
/* "retention.ms 2d -> 3d", "undo of 20261128-101500-12-0: skip up to 3 records ..." */
void journal_say(const struct journal_entry *e, struct str *out);
const char *journal_kind_name(enum journal_kind kind); /* "group offsets", "topic config", ... */
enum journal_kind journal_kind_of(const char *name);
const char *journal_state_name(enum journal_state state); /* "done", "partly done", ... */

/* The entry of a plan to be executed: the rows that change something, with the previous values. */
void journal_entry_of_plan(struct journal_entry *e, const struct reset_plan *plan);
/*
 * The request that restores the entry's offsets: deleted commits and groups come back with metadata and leader
 * epoch, commits that did not exist are deleted. False (ERR_USAGE) when such a change cannot be undone, or
 * nothing was changed.
 */
bool journal_undo_request(const struct journal_entry *e, struct reset_request *request, struct error *err);

#endif
