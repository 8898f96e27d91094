/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the produce view share: the fields that are filled in, the
 * targets, and what became of what was sent. UI thread.
 */
#ifndef VIEWS_PRODUCE_VIEW_H
#define VIEWS_PRODUCE_VIEW_H

#include "views/panes.h"
#include "views/produce/produce_draft.h"

enum produce_pane { PRODUCE_FIELDS, PRODUCE_TARGETS, PRODUCE_SENT };

enum produce_field {
	FIELD_TOPIC,
	FIELD_TARGET_HEADER,
	FIELD_PARTITION,
	FIELD_KEY,
	FIELD_VALUE,
	FIELD_TOMBSTONE,
	FIELD_HEADER,
	FIELD_ADD_HEADER,
	FIELD_TIMESTAMP,
	FIELD_PARTITIONER,
	FIELD_COMPRESSION,
	FIELD_RATE,
	FIELD_COUNT
};

struct produce_row {
	enum produce_field field;
	size_t header; /* of FIELD_HEADER */
};

struct produce_sent { /* one report; texts are owned */
	size_t record;
	char *topic, *why;
	struct produce_result result;
};

struct produce_state {
	struct panes panes;  /* first */
	struct draft *draft; /* what the view was opened with */
	struct produce_row *rows;
	size_t row_count, row_cap;
	struct arena *arena; /* of what follows */
	struct draft_target *targets;
	size_t target_count, targets_left; /* the first of them are those that something is to be sent to */
	struct produce_sent *sent;         /* the newest last */
	size_t sent_count, sent_cap;
	char *cluster_id;    /* that the last question named; NULL: none was known */
	size_t *indices;     /* records of the work that runs */
	size_t editing;      /* the row that a prompt or list is about */
	int64_t done, total; /* of the work that runs; total -1: none does */
};

/* The cluster that is written to, as it is now; NULL: not known yet. */
static inline const struct snapshot *produce_cluster(const struct view *v)
{
	return v->ui->live.cluster;
}

/* produce_open.c: takes the draft. */
struct view_request produce_request(struct draft *draft);
/* produce_fields.c */
void produce_fields_add(struct view *v);
void produce_fields_edit(struct view *v); /* the one under the cursor */
/* produce.c: call it after a change of the draft. */
void produce_changed(struct view *v);
/* produce_sent.c */
void produce_targets_add(struct view *v);
void produce_sent_add(struct view *v);
/* Takes the results of a job. */
void produce_sent_take(struct produce_state *st, const struct produce_job *job, const struct produce_outcome *o);
void produce_sent_release(struct produce_state *st);

#endif
