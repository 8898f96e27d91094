/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading an expression, left to right, without a token list: which characters
 * a word may hold depends on what may stand there. Inside of query_*.c only.
 *
 *     expression  = all { ("or" | "||") all }
 *     all         = term { ["and" | "&&"] term }
 *     term        = ("not" | "!") term | "(" expression ")" | test
 *     test        = field operation | "exists" field | "tombstone"
 *                 | text                   found in the key or in the value
 *                 | /expression/[i]        found in the key or in the value
 *     field       = "key" | "value" | ("key" | "value") path | ["key." | "value."] "size"
 *                 | "headers" | "header." NAME | "header[" string "]"
 *                 | "topic" | "partition" | "offset" | "timestamp"
 *     path        = { "." NAME | "[" string "]" | "[" INDEX "]" | "[*]" }
 *     operation   = ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=") operand
 *                 | ["not"] ("contains" | "starts with" | "ends with") operand
 *                 | ("~" | "!~") expression
 *                 | ["not"] "in" "(" operand { "," operand } ")"
 *                 | ["not"] "exists" | "is" ["not"] "null"
 *     operand     = text | number | time | "null"
 *     text        = word | "..." | '...'   escapes \n \r \t \b \f \\ \/ \" \' \xNN \uNNNN
 *
 * != is the contrary of ==, !~ of ~: they hold for what is not there, too.
 */
#ifndef QUERY_QUERY_PARSER_H
#define QUERY_QUERY_PARSER_H

#include "query/query_ast.h"

/* What may follow at the place last read; for completion. */
enum {
	EXPECT_TERM = 1,
	EXPECT_JOIN = 2, /* and, or */
	EXPECT_OPERATION = 4,
	EXPECT_OPERAND = 8
};

struct parser {
	const char *text; /* terminated, and without NUL before that */
	size_t len;
	size_t at;
	const struct query_context *context;
	struct query *query;
	bool dry; /* completion: paths, expressions and times are only skipped */
	int depth;
	char fault[400]; /* the first fault; "" when there is none */
	size_t fault_at;
	unsigned expect;
	size_t expect_at;
	unsigned expect_before; /* what was expected before the last token */
	size_t expect_before_at;
	enum query_field expect_field; /* of EXPECT_OPERATION and EXPECT_OPERAND */
	bool expect_path;              /* that field has a path */
};

/* query_words.c */
bool parser_fault(struct parser *p, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void parser_expect(struct parser *p, unsigned what);
void parser_skip_blanks(struct parser *p);
bool parser_take(struct parser *p, const char *sign);
bool parser_take_word(struct parser *p, const char *word); /* whole, any case */
bool parser_ahead_word(const struct parser *p, const char *word);
bool parser_ahead_quote(const struct parser *p);
/* A quoted string; `raw` (may be NULL) is the text between the quotes. */
bool parser_string(struct parser *p, struct bytes *text, struct bytes *raw);
/* Characters up to a blank, a bracket, a quote or one of `stop`; length 0: none. */
struct bytes parser_word(struct parser *p, const char *stop);
const char *parser_column_text(const struct parser *p, size_t at, char *out, size_t size);

/* query_field.c: true with *found false when there is no field here. */
bool parser_field(struct parser *p, struct query_test *test, bool *found);
const char *query_field_name(enum query_field field);
bool query_field_is_text(enum query_field field);
bool query_field_may_be_null(enum query_field field);

/* query_operation.c */
struct query_node *parser_operation(struct parser *p, struct query_test *test);
bool parser_expression(struct parser *p, struct query_test *test); /* of ~ : sets test->regex */
bool parser_operation_ahead(const struct parser *p);

/* query_parse.c */
struct query_test *parser_new_test(struct parser *p, enum query_field field, enum query_op op);
struct query_node *parser_new_node(struct parser *p, enum query_node_kind kind, const struct query_test *test);
struct query_node *parser_negate(struct parser *p, struct query_node *node);
/* Parses the whole text; NULL with p->fault set, or for an empty text. */
struct query_node *parser_run(struct parser *p);

#endif
