/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds values in JSON by a path such as items[*].sku, directly in the raw
 * bytes: no tree, no allocation, and everything off the path is skipped. The
 * same path walks a decoded tree of any other format (node.h).
 *
 *     path: step...         step: .name   name first   ["any name"]   [N]   [*]
 *
 * An unquoted name is letters, digits, _ $ @ - and bytes above 0x7f. [N] counts
 * from 0; [*] is every element of an array or member of an object. A path
 * without steps is the whole value. Repeated names give one match each. A
 * compiled path is immutable: any thread; an iterator belongs to one thread.
 */
#ifndef CODEC_JSON_PATH_H
#define CODEC_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "codec/node.h"

#define JSON_PATH_STEPS_MAX  16
#define JSON_PATH_LEVELS_MAX (2 * JSON_PATH_STEPS_MAX) /* open containers: the path's, and arrays passed through */

struct json_path;

/*
 * Compiles the path at the start of `text`. With `used` NULL the whole text must be the path. Else *used is
 * where the path ended, or after a failure (NULL and *err) the byte of the fault; a filter expression continues
 * from there.
 */
struct json_path *json_path_new(const char *text, size_t *used, struct error *err);
void json_path_free(struct json_path *path); /* NULL is allowed */
size_t json_path_steps(const struct json_path *path);
/* The name in step `i`, which matching bytes must hold (for a prefilter); NULL when the step has none. */
const char *json_path_name(const struct json_path *path, size_t i, size_t *len);

struct json_match {
	enum node_kind kind;
	bool escaped;            /* a string with escapes: json_match_text() undoes them */
	const char *p;           /* string: between its quotes, escapes kept; number: its exact text; */
	size_t len;              /* array, object: the raw slice, NULL from a tree; BYTES: the bytes */
	const struct node *node; /* from a tree, else NULL */
};

struct json_path_iter {
	const struct json_path *path;
	const char *p, *end;     /* raw bytes not yet read */
	const struct node *root; /* or the tree walked */
	unsigned depth;          /* open containers on the path */
	bool through_arrays;     /* the caller's, after begin: a name is also looked for in elements */
	bool started;
	bool malformed; /* the bytes ended, were not JSON, or nested too deep */
	struct json_path_level {
		char close;    /* the bracket that closes the container */
		bool passed;   /* an array without a step of its own: the same step applies to its elements */
		unsigned step; /* the step applied to its values */
		size_t index;  /* values passed so far */
		const struct node *next;
	} level[JSON_PATH_LEVELS_MAX];
};

/* Bytes after the last match requested are not read, so a match does not prove that they are well formed. */
void json_path_begin(struct json_path_iter *iter, const struct json_path *path, const char *bytes, size_t len);
void json_path_begin_tree(struct json_path_iter *iter, const struct json_path *path, const struct node *root);
bool json_path_next(struct json_path_iter *iter, struct json_match *match); /* false: no more */

/* The text of a string or number, escapes undone: into the bytes, or into `scratch`. */
const char *json_match_text(const struct json_match *match, struct str *scratch, size_t *len);

#endif
