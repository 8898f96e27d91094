/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A clone as the form requests it, what is known about it, and the pieces of
 * work (model/work.h) that plan and execute it:
 *
 *     WORK_TOPIC_CLONE_PLAN   struct clone_request   struct clone_report: what would be done
 *     WORK_TOPIC_CLONE        struct clone_order     the same, with the results; mutates. News: a report so far
 *
 * A plan that is no longer the confirmed one is not executed: the output is
 * then the new plan. Plain values that own their strings; one thread at a time.
 */
#ifndef MODEL_CLONE_WORK_H
#define MODEL_CLONE_WORK_H

#include "base/str.h"
#include "model/clone.h"

struct clone_request {
	char *source, *target; /* topics */
	char *where;           /* of the target: a context's name or HOST:PORT,...; NULL: the same cluster */
	bool data;             /* copies the records too */
	char *compression;     /* NULL: as configured */
	int64_t per_s;         /* records; 0: no limit */
};

struct clone_setting { /* of a target that will be created */
	char *name, *value;
};

struct clone_row {           /* a partition */
	int64_t start, stop; /* of the source's log, when planned */
	int64_t before;      /* records of the target then */
	int64_t expected;    /* records at the end, at most */
	int64_t now;         /* known to be there */
	int64_t source;      /* offset of the newest one in the source; -1: none */
};

enum clone_stage {
	CLONE_PLANNED,
	CLONE_MAKING, /* the topic is being created */
	CLONE_COPYING,
	CLONE_ENDED /* the work's ok and err tell how */
};

struct clone_report {
	enum clone_stage stage;
	char *cluster;                   /* of the target, by name and id; NULL: that of the source */
	char *source_id, *target_id;     /* of the clusters; NULL: the cluster has none, or was not reached */
	bool is_protected;               /* the target's name must be typed */
	bool exists;                     /* the target exists, created by this clone: copying continues */
	int32_t partitions, replication; /* -1: the broker's default */
	struct clone_setting *settings;
	size_t setting_count, setting_cap;
	struct clone_row *rows; /* none when records are not copied */
	size_t row_count;
	char **notes; /* notes for the user, in order */
	size_t note_count, note_cap;
	struct clone_progress progress;
	bool stuck; /* it did not finish, and another attempt would not either */
};

struct clone_order {
	struct clone_request request;
	struct clone_report *confirmed;
};

void clone_request_release(struct clone_request *r);
void clone_request_copy(struct clone_request *to, const struct clone_request *from);
void clone_request_free(void *request); /* fit for work.input_free, as the next one */
void clone_order_free(void *order);
struct clone_report *clone_report_new(void);
struct clone_report *clone_report_copy(const struct clone_report *r);
void clone_report_free(void *report); /* NULL is allowed; fit for work.output_free and news_free */
void clone_report_note(struct clone_report *r, const char *text);
void clone_report_setting(struct clone_report *r, const char *name, const char *value);
/* Appends what differs; nothing when both do the same. */
void clone_report_compare(struct str *out, const struct clone_report *before, const struct clone_report *now);
int64_t clone_report_left(const struct clone_report *r); /* records to be copied, at most */

#endif
