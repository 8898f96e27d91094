/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A decoded key or value as a tree, whatever its format was. Numbers keep the
 * text they have in the bytes; objects keep the order and the repetitions of
 * their names. Strings and names are UTF-8 in the form they have between the
 * quotes of JSON, with escapes and without raw control characters, so that
 * writing them is copying; node_plain() undoes the escapes. A tree lives in an
 * arena and may point into the bytes it was made from: keep those as long.
 * Immutable once built (except by mask.h); any thread.
 */
#ifndef CODEC_NODE_H
#define CODEC_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define NODE_DEPTH_MAX 200     /* deeper nesting is refused with a reason */
#define NODE_COUNT_MAX 1000000 /* more values than these in one tree are refused */

enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_STRING, NODE_BYTES, NODE_ARRAY, NODE_OBJECT, NODE_KIND_COUNT };

struct node {
	enum node_kind kind;
	bool truth;        /* NODE_BOOL */
	bool escaped;      /* `text` holds at least one escape */
	bool name_escaped; /* so does `name` */
	bool masked;       /* `text` is a mask, see mask.h */
	const char *name;  /* of a member of an object, else NULL; not terminated */
	size_t name_len;
	const char *text; /* of a number or string; the raw bytes of NODE_BYTES; not terminated */
	size_t len;
	const char *note; /* what JSON cannot express ("timestamp-millis", "tag 32"), or NULL */
	size_t count;     /* children */
	struct node *first;
	struct node *last;
	struct node *next; /* sibling */
};

/* Builds one tree: counts its values and keeps the first reason for a failure. */
struct tree {
	struct arena *arena;
	size_t count;
	int depth;          /* of the value being built */
	size_t unwrapped;   /* bytes decompressed for it */
	const char *reason; /* NULL while there is no failure; in the arena or constant */
};

/* Appends to `parent` (NULL: a root). NULL and tree->reason past NODE_COUNT_MAX. */
struct node *node_add(struct tree *tree, struct node *parent, enum node_kind kind);
void node_link(struct node *parent, struct node *node); /* appends one made without a parent */
/* Sets tree->reason unless there is one, and returns NULL. */
void *tree_fail(struct tree *tree, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Called around the children of a value: false, with the reason, past NODE_DEPTH_MAX. */
bool tree_enter(struct tree *tree);
void tree_leave(struct tree *tree);

/* `bytes` must be UTF-8. Escapes what JSON must escape, into the arena; else points at the bytes. */
void node_set_name(struct tree *tree, struct node *node, const char *bytes, size_t len);
void node_set_string(struct tree *tree, struct node *node, const char *bytes, size_t len);
/* NODE_STRING for UTF-8, else NODE_BYTES. */
void node_set_text_or_bytes(struct tree *tree, struct node *node, const char *bytes, size_t len);
void node_set_number(struct tree *tree, struct node *node, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void node_set_note(struct tree *tree, struct node *node, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The shortest text that reads back as the same value; NODE_STRING "NaN", "Infinity" for those. */
void node_set_double(struct tree *tree, struct node *node, double value);
void node_set_float(struct tree *tree, struct node *node, float value);

const struct node *node_member(const struct node *object, const char *name); /* the first; NULL: none */
/*
 * The text between JSON's quotes with its escapes undone: `text` itself where there are none, else in
 * `scratch`. A lone surrogate gives U+FFFD.
 */
const char *node_plain(const char *text, size_t len, struct str *scratch, size_t *plain_len);
/* Appends `len` bytes of UTF-8 and escapes what JSON must escape; bytes that are not UTF-8 become \u00NN. */
void node_escape(struct str *out, const char *bytes, size_t len);

#endif
