/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The filter language of the messages view, the search and `weir tail`: text
 * in, a compiled query out; records in, yes or no out.
 *
 *     value.items[*].sku == "W-1" and (key ~ ^u-8 or header.trace-id exists)
 *
 * A struct query is immutable and may be shared; each thread that matches has
 * its own struct query_run. This layer knows no decoders: whoever matches lends
 * the functions of struct query_codec. Grammar: query_parser.h.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "model/hash.h"
#include "model/record.h"
#include "model/when.h"

enum query_part { QUERY_KEY, QUERY_VALUE, QUERY_PART_COUNT };

enum query_json_kind { QUERY_JSON_NULL, QUERY_JSON_SCALAR, QUERY_JSON_CONTAINER };

/* A value found by a path: the text of a string without its escapes; of a number, true and false as written. */
struct query_json {
	enum query_json_kind kind;
	struct bytes text; /* CONTAINER: its raw JSON, or null when it has none */
};

/* Returns true to end the search. */
typedef bool query_visit(void *arg, const struct query_json *found);

/*
 * The text of keys and values, and paths into them. `context` is that of query_run_new(): decoders and their
 * memory, for one thread. What text() and find() return must stay valid until the query_match() that calls them
 * returns.
 */
struct query_codec {
	/* Compiles the path at the start of `text` (".items[0]", "[*].sku"); *used: where it ends or is wrong. */
	void *(*path_new)(const char *text, size_t *used, struct error *err);
	void (*path_free)(void *path);
	/* Visits every value on the path, until visit() returns true. */
	void (*find)(void *context, const struct record *record, enum query_part part, const void *path,
		query_visit *visit, void *arg);
	/* The decoded text of a part that is not raw (query_run_set_raw()). May be NULL: all parts are raw. */
	struct bytes (*text)(void *context, const struct record *record, enum query_part part);
};

struct query_context {
	struct when_clock clock;         /* to read times without date or zone */
	const struct query_codec *codec; /* NULL: a path is an error */
};

struct query;

/*
 * NULL and *err when the text is not an expression. With `at` NULL the message begins with "column N: ", else
 * *at is the byte offset of the fault. An empty text is a query that every record matches.
 */
struct query *query_parse(const char *text, const struct query_context *context, size_t *at, struct error *err);
void query_free(struct query *query); /* NULL is allowed */
const char *query_text(const struct query *query);
bool query_is_empty(const struct query *query);
const char *query_notes(const struct query *query); /* how times were read, one a line, or "" */

/* Matching */

enum query_answer {
	QUERY_NO,
	QUERY_YES,
	QUERY_UNDECIDED /* a regular expression gave up: count and show it, never drop it */
};

struct query_run;

struct query_run *query_run_new(const struct query *query, void *codec_context);
void query_run_free(struct query_run *run); /* NULL is allowed */
/*
 * Whether the bytes of a part are its text and find() reads them as they are; true at first. False where a
 * decoder makes another text of them: then the first stage, which reads the bytes, lets every record pass.
 */
void query_run_set_raw(struct query_run *run, enum query_part part, bool raw);
enum query_answer query_match(struct query_run *run, const struct record *record);
/*
 * The first stage alone, on the undecoded bytes: false only for a record that query_match() would refuse.
 * query_match() calls it itself.
 */
bool query_may_match(const struct query_run *run, struct bytes key, struct bytes value);

/* What a query says about where its records lie */

/*
 * Sets wanted[p] for the partitions of one topic that can hold matches; false: all of them. `kinds` has the
 * bits 1u << HASH_X of the partitioners that may have placed the keys; 0: none, so only tests of the partition
 * itself count. `key_bytes` gives the bytes that a key typed as text has in a record (false: unknown); NULL:
 * the bytes of the text. Appends to `why` (may be NULL) a sentence for each key.
 */
bool query_partitions(const struct query *query, unsigned kinds, int32_t count,
	bool (*key_bytes)(void *context, struct bytes text, struct str *out), void *context, bool *wanted,
	struct str *why);
struct query_span {
	int64_t min, max; /* inclusive; INT64_MIN and INT64_MAX: no bound */
};
struct query_span query_offsets(const struct query *query); /* no match lies outside */
struct query_span query_timestamps(const struct query *query);

/* Completion */

struct query_candidate {
	const char *text;
	const char *help; /* one short line, or "" */
};

struct query_completion {
	size_t start; /* bytes [start, cursor) are replaced */
	struct query_candidate *items;
	size_t count;
};

/* The words of the language in the order of the manual, 0 and up; false: there are no more. */
bool query_word(size_t index, struct query_candidate *word);

/*
 * What may follow at the cursor. `paths`: those that the caller has seen in records: "value.items[*].sku",
 * "header.trace-id". Lives in `arena`.
 */
void query_complete(const char *text, size_t cursor, const char *const *paths, size_t path_count, struct arena *arena,
	struct query_completion *out);

#endif
