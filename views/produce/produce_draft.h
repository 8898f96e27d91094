/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The draft of the produce view: one record that is being written, or several
 * that were read elsewhere, and where and how they are sent. It neither draws
 * nor uses the network. UI thread.
 */
#ifndef VIEWS_PRODUCE_DRAFT_H
#define VIEWS_PRODUCE_DRAFT_H

#include "base/error.h"
#include "model/produce_work.h"

enum draft_partition { DRAFT_BY_PARTITIONER, DRAFT_KEEP_PARTITION, DRAFT_ONE_PARTITION };

struct draft {
	struct arena *arena;           /* of the records; changed ones are made anew */
	struct record *records;        /* topic, partition and timestamp as they were read; NULL, -1: none */
	enum produce_status *statuses; /* of the newest attempt */
	size_t count;
	bool many;    /* they are sent as they are, elsewhere */
	char *topic;  /* the target; "": none chosen */
	char *header; /* its value is the target where a record has it; NULL: none */
	enum draft_partition place;
	int32_t partition; /* of DRAFT_ONE_PARTITION */
	bool keep_timestamp;
	const char *partitioner, *compression; /* librdkafka's names; NULL: as configured */
	double per_s;                          /* 0: no limit */
};

struct draft_target {
	const char *topic; /* NULL: these records have none */
	size_t count;      /* to be sent */
	uint64_t bytes;    /* of these */
	size_t delivered;  /* of several: those that are there */
};

struct draft *draft_new(const char *topic); /* of one empty record; "": the topic is to be chosen */
/* Copies the records, of which there is at least one. `sealed`: even a single one is neither shown nor edited. */
struct draft *draft_of_records(const struct record *records, size_t count, bool sealed);
/* Of JSON lines; NULL: a line is no record, or there is none. */
struct draft *draft_of_lines(const char *text, struct error *err);
void draft_free(void *draft); /* NULL is fine */

/* The one record as a JSON line, and back again. */
void draft_write(const struct draft *d, struct str *out);
bool draft_read(struct draft *d, const char *line, size_t len, struct error *err);
/* NULL: null. */
void draft_set_bytes(struct draft *d, bool is_key, struct bytes bytes);
void draft_set_key(struct draft *d, const char *text);
void draft_set_value(struct draft *d, const char *text);
/* "NAME=VALUE", "NAME" for null, "" to remove; header i, or one more. False: it has no name. */
bool draft_set_header(struct draft *d, size_t i, const char *text);

/* Where a record goes; NULL: nowhere yet. */
const char *draft_target(const struct draft *d, const struct record *record);
/*
 * The targets in order of their names, with those that have received everything last; an array in `arena`.
 * *left: how many targets still lack records.
 */
size_t draft_targets(const struct draft *d, struct arena *arena, struct draft_target **out, size_t *left);
/* Names of the headers that every record could have its target from; an array in `arena`. */
size_t draft_header_names(const struct draft *d, struct arena *arena, const char ***out);
size_t draft_unsent(const struct draft *d);
/* What is not delivered yet; `indices` (count of them as draft_unsent()) says which records those are. */
struct produce_job *draft_job(const struct draft *d, size_t *indices);

#endif
