/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An expression as a tree, and the program compiled from it. Only for
 * query_*.c. Everything lives in the arena of its query, except regular
 * expressions and paths, which query_free() frees.
 */
#ifndef QUERY_QUERY_AST_H
#define QUERY_QUERY_AST_H

#include "query/query.h"
#include "query/query_number.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum query_field {
	FIELD_KEY,
	FIELD_VALUE,
	FIELD_HEADER,
	FIELD_TOPIC,
	FIELD_PARTITION,
	FIELD_OFFSET,
	FIELD_TIMESTAMP,
	FIELD_SIZE,
	FIELD_KEY_SIZE,
	FIELD_VALUE_SIZE,
	FIELD_COUNT
};

enum query_op {
	OP_EQ, /* any of the operands */
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_CONTAINS,
	OP_STARTS,
	OP_ENDS,
	OP_REGEX,
	OP_EXISTS,
	OP_NULL,
	OP_BYTES /* first stage: the raw bytes hold operand 0, or an escape that may stand for it */
};

struct query_operand {
	struct bytes text; /* as written, escapes undone */
	bool number;       /* unquoted and reads as a number, or a time */
	struct query_number value;
};

struct query_test {
	enum query_field field;
	enum query_op op;
	void *path;         /* compiled JSON path into key or value, else NULL */
	const char *header; /* FIELD_HEADER: the name, NULL: every header */
	struct query_operand *operands;
	size_t operand_count;
	pcre2_code *regex;       /* OP_REGEX */
	bool escapable;          /* OP_BYTES: inside a JSON string, possibly as \uXXXX */
	struct query_test *next; /* all tests of a query, to free them */
};

enum query_node_kind { NODE_ALL_OF, NODE_ANY_OF, NODE_NOT, NODE_TEST };

struct query_node {
	enum query_node_kind kind;
	const struct query_test *test; /* NODE_TEST */
	struct query_node *first;      /* children; NODE_NOT has one */
	struct query_node *next;       /* sibling */
};

enum { STEP_ACCEPT = -1, STEP_REJECT = -2 };

/* A test, and where to continue after each answer: an index, or one of the above. */
struct query_step {
	const struct query_test *test;
	int on_true, on_false;
};

struct query_program {
	struct query_step *steps;
	int count;
	int entry; /* STEP_ACCEPT: everything matches */
};

struct query {
	struct arena *arena;
	const char *text;
	const struct query_codec *codec;
	struct query_node *root; /* NULL: matches everything */
	struct query_test *tests;
	struct query_program program;
	struct query_program first_stage; /* STEP_ACCEPT when the bytes tell nothing */
	bool first_stage_pays;            /* it saves the program a costly test */
	bool has_regex;
	struct str notes;
};

/* query_compile.c: makes the programs of a parsed query; cheap tests come first, matching never recurses. */
void query_compile(struct query *query);
/* query_bytes.c: what the raw bytes of every match must hold; NULL when nothing is known. */
struct query_node *query_bytes_tree(struct arena *arena, const struct query_node *root);
/* query_match.c: whether the number passes a comparison, with any of the operands. */
bool query_number_fits(const struct query_test *test, int64_t value);

#endif
