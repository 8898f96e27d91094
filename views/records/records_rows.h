/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records as rows: read from the feed as they come on the screen, decoded and
 * made safe once, and kept while they may come again.
 */
#ifndef VIEWS_RECORDS_ROWS_H
#define VIEWS_RECORDS_ROWS_H

#include "codec/codec.h"
#include "model/feed.h"
#include "ui/draw.h"
#include "views/paths.h"
#include "views/records/records_columns.h"

enum {
	RECORDS_CACHED = 512,           /* rows kept; a power of two */
	RECORDS_SUMMARY_BYTES = 2048,   /* of a value in the table */
	RECORDS_BIG_BYTES = 256 * 1024, /* larger values are not decoded for the table */
	RECORDS_OUTCOMES_MS = 300,      /* before it is said that outcomes are not known yet */
	RECORDS_VOTES = 16,             /* values that say how a topic's are decoded */
};

/* Which record, however the feed numbers it. The topic is one of records_rows.topics. */
struct record_id {
	const char *topic; /* NULL: none */
	int32_t partition;
	int64_t offset;
};

struct records_topic {
	char *name;
	struct codec_votes votes[2];   /* of values and keys: index is_key */
	struct codec_choice choice[2]; /* of the user; CODEC_AUTO: none */
};

struct records_cell {
	struct str text; /* any bytes but NUL */
	enum role role;
	bool masked;
};

struct records_row {
	int64_t number;
	bool filled;
	struct record_id id;
	int64_t timestamp_ms;
	enum txn_outcome outcome;
	int64_t size;
	size_t header_count;
	struct records_cell key, value, extra[RECORDS_EXTRA_MAX];
	struct str reason; /* why the value is not what was asked for */
};

struct records_rows {
	struct records_row cached[RECORDS_CACHED];
	struct records_topic **topics; /* seen in records */
	size_t topic_count, topic_cap;
	struct paths paths;    /* seen in records */
	int64_t unknown_ms;    /* monotonic, since when outcomes on the screen are not known; 0: they are */
	bool decoders_changed; /* for what shows one record */
};

struct records;

struct records_topic *records_topic(struct records *r, const char *name);
/* The row of a number, read and decoded if need be; NULL: the feed does not keep it. */
const struct records_row *records_row(struct records *r, int64_t number);
struct record_id records_id_at(struct records *r, int64_t number);         /* likewise; topic NULL */
int64_t records_find(const struct records *r, const struct record_id *id); /* its number; -1: it is not kept */
/* Reads the rows of [from, to) that are missing. */
void records_fill(struct records *r, int64_t from, int64_t to);
void records_forget_rows(struct records *r);
void records_release_rows(struct records_rows *rows);
void records_decode(struct records *r, const struct record *record, bool is_key, struct arena *arena,
	struct decoded *out);
const struct codec_choice *records_choice(struct records *r, const char *topic, bool is_key, struct codec_choice *own);
void records_key(const struct record_id *id, struct str *out); /* "topic 3 1204991" */
const char *txn_outcome_name(enum txn_outcome outcome);        /* "aborted"; "" where there is nothing to say */
/* Outcomes of records on the screen are unknown for so long that it is said. */
bool records_wait_outcomes(const struct records *r);

#endif
