/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "query/query_parser.h"

enum { DEPTH_MAX = 100, TEXT_MAX = 64 * 1024 };

static struct query_node *read_expression(struct parser *p);

struct query_test *parser_new_test(struct parser *p, enum query_field field, enum query_op op)
{
	struct query_test *test = arena_alloc(p->query->arena, sizeof(*test));

	test->field = field;
	test->op = op;
	test->next = p->query->tests;
	p->query->tests = test;
	return test;
}

struct query_node *parser_new_node(struct parser *p, enum query_node_kind kind, const struct query_test *test)
{
	struct query_node *node = arena_alloc(p->query->arena, sizeof(*node));

	node->kind = kind;
	node->test = test;
	return node;
}

struct query_node *parser_negate(struct parser *p, struct query_node *node)
{
	struct query_node *negation;

	if (!node)
		return NULL;
	negation = parser_new_node(p, NODE_NOT, NULL);
	negation->first = node;
	return negation;
}

/* key OP ... or value OP ...: the meaning of a bare word or expression. */
static struct query_node *key_or_value(struct parser *p, struct query_test *of_key)
{
	struct query_test *of_value = parser_new_test(p, FIELD_VALUE, of_key->op);
	struct query_node *either = parser_new_node(p, NODE_ANY_OF, NULL);

	of_value->operands = of_key->operands;
	of_value->operand_count = of_key->operand_count;
	if (of_key->regex) {
		of_value->regex = pcre2_code_copy(of_key->regex);
		if (!of_value->regex)
			mem_abort("out of memory");
		pcre2_jit_compile(of_value->regex, PCRE2_JIT_COMPLETE);
	}
	either->first = parser_new_node(p, NODE_TEST, of_key);
	either->first->next = parser_new_node(p, NODE_TEST, of_value);
	return either;
}

static struct query_node *read_bare_text(struct parser *p)
{
	struct query_test *test = parser_new_test(p, FIELD_KEY, OP_CONTAINS);
	size_t start = p->at;
	struct bytes word;

	test->operands = arena_alloc(p->query->arena, sizeof(*test->operands));
	test->operand_count = 1;
	if (parser_ahead_quote(p)) {
		if (!parser_string(p, &test->operands->text, NULL))
			return NULL;
		word = (struct bytes){ p->text + start, p->at - start };
	} else {
		word = parser_word(p, "=<>~");
		if (word.len == 0) {
			parser_fault(p, start, "expected a field, text to search for, not or (");
			return NULL;
		}
		test->operands->text = (struct bytes){ arena_strndup(p->query->arena, word.p, word.len), word.len };
	}
	parser_skip_blanks(p);
	if (parser_operation_ahead(p) || parser_ahead_word(p, "contains")) {
		parser_fault(p, start,
			"%.*s is no field; fields are key, value, headers, topic, partition, "
			"offset, timestamp and size%s",
			(int)(word.len < 60 ? word.len : 60), word.p,
			word.p[0] == '"' || word.p[0] == '\'' ? "" : "; put text to search for in quotes");
		return NULL;
	}
	return key_or_value(p, test);
}

/* exists FIELD, exists(FIELD) */
static struct query_node *read_exists(struct parser *p, size_t start)
{
	struct query_test *test = parser_new_test(p, FIELD_KEY, OP_EXISTS);
	bool found, bracket;

	parser_skip_blanks(p);
	bracket = parser_take(p, "(");
	parser_skip_blanks(p);
	parser_expect(p, EXPECT_TERM);
	if (!parser_field(p, test, &found))
		return NULL;
	if (!found) {
		parser_fault(p, start,
			"expected a field before or after exists; "
			"put the word in quotes to search for it");
		return NULL;
	}
	parser_skip_blanks(p);
	if (bracket && !parser_take(p, ")")) {
		parser_fault(p, p->at, "expected )");
		return NULL;
	}
	if (!test->path && !p->dry && !query_field_may_be_null(test->field)) {
		parser_fault(p, start, "%s always exists", query_field_name(test->field));
		return NULL;
	}
	return parser_new_node(p, NODE_TEST, test);
}

static bool reserved_ahead(const struct parser *p)
{
	return parser_ahead_word(p, "and") || parser_ahead_word(p, "or") || parser_ahead_word(p, "contains") ||
		strncmp(p->text + p->at, "&&", 2) == 0 || strncmp(p->text + p->at, "||", 2) == 0 ||
		parser_operation_ahead(p);
}

static struct query_node *read_test(struct parser *p)
{
	struct query_test *test;
	size_t start = p->at;
	bool found;

	if (reserved_ahead(p)) {
		size_t end = p->at;

		while (p->text[end] && !strchr(" \t\r\n()\"'", p->text[end]) && end - p->at < 8)
			end++;
		parser_fault(p, start, "expected a field or text before %.*s", (int)(end - start), p->text + start);
		return NULL;
	}
	if (parser_take_word(p, "exists"))
		return read_exists(p, start);
	if (parser_take_word(p, "tombstone"))
		return parser_new_node(p, NODE_TEST, parser_new_test(p, FIELD_VALUE, OP_NULL));
	if (p->text[p->at] == '/') {
		test = parser_new_test(p, FIELD_KEY, OP_REGEX);
		return parser_expression(p, test) ? key_or_value(p, test) : NULL;
	}
	test = parser_new_test(p, FIELD_KEY, OP_EXISTS);
	if (!parser_field(p, test, &found))
		return NULL;
	return found ? parser_operation(p, test) : read_bare_text(p);
}

static struct query_node *read_bracketed(struct parser *p)
{
	size_t open = p->at++;
	struct query_node *node = read_expression(p);
	char column[32];

	if (!node)
		return NULL;
	parser_skip_blanks(p);
	if (!parser_take(p, ")")) {
		parser_fault(p, p->at, "expected ) for the ( in %s",
			parser_column_text(p, open, column, sizeof(column)));
		return NULL;
	}
	return node;
}

static struct query_node *read_term(struct parser *p)
{
	struct query_node *node;

	parser_skip_blanks(p);
	parser_expect(p, EXPECT_TERM);
	if (p->depth == DEPTH_MAX) {
		parser_fault(p, p->at, "this is nested more than %d deep", DEPTH_MAX);
		return NULL;
	}
	p->depth++;
	if (parser_take_word(p, "not"))
		node = parser_negate(p, read_term(p));
	else if (!parser_operation_ahead(p) && parser_take(p, "!")) /* not != and !~ */
		node = parser_negate(p, read_term(p));
	else if (p->text[p->at] == '(')
		node = read_bracketed(p);
	else
		node = read_test(p);
	p->depth--;
	return node;
}

/* Whether an expression, or its part in brackets, ends here. */
static bool at_end(const struct parser *p)
{
	return p->at >= p->len || p->text[p->at] == ')';
}

static bool or_ahead(const struct parser *p)
{
	return parser_ahead_word(p, "or") || strncmp(p->text + p->at, "||", 2) == 0;
}

/* Terms next to each other: "and" may be left out. */
static struct query_node *read_all(struct parser *p)
{
	struct query_node *all, *last = read_term(p);

	if (!last)
		return NULL;
	all = parser_new_node(p, NODE_ALL_OF, NULL);
	all->first = last;
	for (;;) {
		parser_skip_blanks(p);
		parser_expect(p, EXPECT_JOIN | EXPECT_TERM);
		if (at_end(p) || or_ahead(p))
			break;
		if (!parser_take(p, "&&"))
			parser_take_word(p, "and");
		last->next = read_term(p);
		if (!last->next)
			return NULL;
		last = last->next;
	}
	return all->first->next ? all : all->first;
}

static struct query_node *read_expression(struct parser *p)
{
	struct query_node *any, *last = read_all(p);

	if (!last)
		return NULL;
	any = parser_new_node(p, NODE_ANY_OF, NULL);
	any->first = last;
	while (or_ahead(p)) {
		if (!parser_take(p, "||"))
			parser_take_word(p, "or");
		last->next = read_all(p);
		if (!last->next)
			return NULL;
		last = last->next;
	}
	return any->first->next ? any : any->first;
}

struct query_node *parser_run(struct parser *p)
{
	struct query_node *root;

	if (p->len > TEXT_MAX) {
		parser_fault(p, 0, "this filter is longer than %d bytes", TEXT_MAX);
		return NULL;
	}
	parser_skip_blanks(p);
	parser_expect(p, EXPECT_TERM);
	if (p->at == p->len)
		return NULL;
	root = read_expression(p);
	if (root && p->at < p->len) {
		parser_fault(p, p->at, "there is no ( for this )");
		return NULL;
	}
	return root;
}

struct query *query_parse(const char *text, const struct query_context *context, size_t *at, struct error *err)
{
	struct query *query = mem_alloc(sizeof(*query));
	struct parser parser = { .text = text, .len = strlen(text), .context = context, .query = query };
	char column[32];

	query->arena = arena_new(4096);
	query->text = arena_strdup(query->arena, text);
	query->codec = context->codec;
	query->root = parser_run(&parser);
	if (parser.fault[0]) {
		if (at)
			*at = parser.fault_at;
		error_set(err, ERR_USAGE, "%s%s%s",
			at ? "" : parser_column_text(&parser, parser.fault_at, column, sizeof(column)), at ? "" : ": ",
			parser.fault);
		query_free(query);
		return NULL;
	}
	query_compile(query);
	return query;
}
