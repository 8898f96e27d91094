/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the operation on a field: the operator and its operands. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "query/query_parser.h"

enum { EXPRESSION_MAX = 8192, OPERANDS_MAX = 10000 };

/* Longer signs first: the first that fits is taken. */
static const struct {
	const char *sign;
	enum query_op op;
	bool negated;
} comparisons[] = {
	{ "==", OP_EQ, false },
	{ "!=", OP_EQ, true },
	{ "!~", OP_REGEX, true },
	{ "=~", OP_REGEX, false },
	{ "<=", OP_LE, false },
	{ ">=", OP_GE, false },
	{ "<", OP_LT, false },
	{ ">", OP_GT, false },
	{ "~", OP_REGEX, false },
	{ "=", OP_EQ, false },
};

bool parser_operation_ahead(const struct parser *p)
{
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(*comparisons); i++)
		if (strncmp(p->text + p->at, comparisons[i].sign, strlen(comparisons[i].sign)) == 0)
			return true;
	return false;
}

static bool is_number_field(const struct query_test *test)
{
	return !test->path && !query_field_is_text(test->field) && test->field != FIELD_TIMESTAMP;
}

static bool is_size(enum query_field field)
{
	return field == FIELD_SIZE || field == FIELD_KEY_SIZE || field == FIELD_VALUE_SIZE;
}

static bool read_time(struct parser *p, struct bytes text, size_t start, struct query_operand *operand)
{
	struct error err;
	struct when when;
	size_t at;

	if (p->dry)
		return true;
	if (!when_parse(text.p, text.len, &p->context->clock, &when, &at, &err))
		return parser_fault(p, start + at, "%s", err.message);
	if (when.note[0])
		str_addf(&p->query->notes, "%.*s: %s\n", (int)text.len, text.p, when.note);
	operand->number = true;
	operand->value = query_number_of(when.ms);
	return true;
}

/* 10kB, 1MiB: only when a size is compared. */
static bool read_size(struct bytes text, struct query_number *out)
{
	static const struct {
		const char *name;
		int64_t bytes;
	} units[] = {
		{ "KiB", 1024 },
		{ "MiB", 1024 * 1024 },
		{ "GiB", 1024 * 1024 * 1024 },
		{ "kB", 1000 },
		{ "MB", 1000000 },
		{ "GB", 1000000000 },
		{ "B", 1 },
	};
	size_t digits = 0;
	int64_t bytes;

	while (digits < text.len && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (digits == text.len || !query_number_parse(text.p, digits, out) || !out->whole)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (text.len - digits == strlen(units[i].name) &&
			memcmp(text.p + digits, units[i].name, text.len - digits) == 0) {
			if (__builtin_mul_overflow(out->i, units[i].bytes, &bytes))
				return false;
			*out = query_number_of(bytes);
			return true;
		}
	return false;
}

static bool read_word_operand(struct parser *p, const struct query_test *test, struct query_operand *operand)
{
	size_t start = p->at;
	struct bytes word = parser_word(p, ",");

	if (word.len == 0)
		return parser_fault(p, start, "expected %s",
			test->field == FIELD_TIMESTAMP ?
				"a time: 10:30, \"2026-11-22 14:01\", \"yesterday 14:00\" or -15m" :
				is_number_field(test) ? "a number" :
							"text or a number");
	operand->text = (struct bytes){ arena_strndup(p->query->arena, word.p, word.len), word.len };
	operand->number = query_number_parse(operand->text.p, word.len, &operand->value);
	if (test->field == FIELD_TIMESTAMP)
		return read_time(p, word, start, operand);
	if (is_number_field(test) && !operand->number)
		operand->number = is_size(test->field) && read_size(operand->text, &operand->value);
	if (is_number_field(test) && !operand->number && !p->dry)
		return parser_fault(p, start, "expected a number: %s holds one", query_field_name(test->field));
	return true;
}

static bool read_operand(struct parser *p, const struct query_test *test, struct query_operand *operand)
{
	size_t start;
	struct bytes raw;

	parser_skip_blanks(p);
	parser_expect(p, EXPECT_OPERAND);
	*operand = (struct query_operand){ 0 };
	start = p->at;
	if (parser_ahead_word(p, "and") || parser_ahead_word(p, "or") || parser_ahead_word(p, "not"))
		return parser_fault(p, start,
			"expected what to compare with; put a word of the language in "
			"quotes to mean its text");
	if (!parser_ahead_quote(p))
		return read_word_operand(p, test, operand);
	if (is_number_field(test))
		return parser_fault(p, start, "expected a number: %s holds one", query_field_name(test->field));
	if (test->field == FIELD_TIMESTAMP)
		return parser_string(p, &operand->text, &raw) && read_time(p, raw, start + 1, operand);
	return parser_string(p, &operand->text, NULL);
}

static struct query_node *one_operand(struct parser *p, struct query_test *test)
{
	test->operands = arena_alloc(p->query->arena, sizeof(*test->operands));
	test->operand_count = 1;
	if (!read_operand(p, test, test->operands))
		return NULL;
	return parser_new_node(p, NODE_TEST, test);
}

/* ( operand, operand, ... ) */
static struct query_node *operand_list(struct parser *p, struct query_test *test)
{
	struct query_operand *list = NULL, operand;
	size_t cap = 0, count = 0, open;

	parser_skip_blanks(p);
	open = p->at;
	if (!parser_take(p, "(")) {
		parser_fault(p, p->at, "expected ( and a list, as in (1, 2)");
		return NULL;
	}
	do {
		if (count == OPERANDS_MAX)
			parser_fault(p, p->at, "this list is too long");
		if (p->fault[0] || !read_operand(p, test, &operand))
			return NULL;
		if (count == cap) {
			struct query_operand *grown;

			cap = cap ? cap * 2 : 8;
			grown = arena_array(p->query->arena, cap, sizeof(*list));
			if (count)
				memcpy(grown, list, count * sizeof(*list));
			list = grown;
		}
		list[count++] = operand;
		parser_skip_blanks(p);
	} while (parser_take(p, ","));
	if (!parser_take(p, ")")) {
		char column[32];

		parser_fault(p, p->at, "expected , or ) in the list that begins in %s",
			parser_column_text(p, open, column, sizeof(column)));
		return NULL;
	}
	test->op = OP_EQ;
	test->operands = list;
	test->operand_count = count;
	return parser_new_node(p, NODE_TEST, test);
}

/* /a\/b/i: an escaped slash means a slash, also to PCRE2. */
static bool read_slashed(struct parser *p, struct bytes *body, uint32_t *options)
{
	size_t start = p->at++, end;

	for (end = p->at; end < p->len && p->text[end] != '/'; end++)
		if (p->text[end] == '\\' && end + 1 < p->len)
			end++;
	if (end >= p->len)
		return parser_fault(p, start, "this / is not closed");
	*body = (struct bytes){ p->text + p->at, end - p->at };
	p->at = end + 1;
	if (parser_take(p, "i"))
		*options |= PCRE2_CASELESS;
	if (p->text[p->at] && !strchr(" \t\r\n)&|", p->text[p->at]))
		return parser_fault(p, p->at, "the only letter that may follow is i, which ignores case");
	return true;
}

/* Reads up to a blank, or to a ) that the expression did not open. */
static struct bytes read_bare_expression(struct parser *p)
{
	size_t start = p->at, depth = 0;

	for (; p->at < p->len && !strchr(" \t\r\n", p->text[p->at]); p->at++) {
		if (p->text[p->at] == '\\' && p->at + 1 < p->len)
			p->at++;
		else if (p->text[p->at] == '(')
			depth++;
		else if (p->text[p->at] == ')' && depth-- == 0)
			break;
	}
	return (struct bytes){ p->text + start, p->at - start };
}

static bool compile_expression(struct parser *p, struct query_test *test, struct bytes body, uint32_t options)
{
	PCRE2_SIZE at;
	int code;
	char why[160];

	if (p->dry)
		return true;
	if (body.len == 0)
		return parser_fault(p, (size_t)(body.p - p->text), "expected a regular expression");
	if (body.len > EXPRESSION_MAX)
		return parser_fault(p, (size_t)(body.p - p->text), "this expression is longer than %d bytes",
			EXPRESSION_MAX);
	test->regex = pcre2_compile((PCRE2_SPTR)body.p, body.len,
		options | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
	if (!test->regex) {
		pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof(why));
		return parser_fault(p, (size_t)(body.p - p->text) + (at < body.len ? at : body.len), "%s", why);
	}
	/* Where the system forbids JIT, matching is slower, with the same result. */
	pcre2_jit_compile(test->regex, PCRE2_JIT_COMPLETE);
	p->query->has_regex = true;
	return true;
}

bool parser_expression(struct parser *p, struct query_test *test)
{
	struct bytes body, text;
	uint32_t options = 0;

	parser_skip_blanks(p);
	parser_expect(p, EXPECT_OPERAND);
	if (p->text[p->at] == '/') {
		if (!read_slashed(p, &body, &options))
			return false;
	} else if (parser_ahead_quote(p)) {
		if (!parser_string(p, &text, &body)) /* the escapes belong to the expression */
			return false;
	} else {
		body = read_bare_expression(p);
	}
	return compile_expression(p, test, body, options);
}

static bool refuse_unless(struct parser *p, bool fits, size_t at, const struct query_test *test, const char *takes)
{
	return fits || parser_fault(p, at, "%s %s", query_field_name(test->field), takes);
}

static struct query_node *null_test(struct parser *p, struct query_test *test, size_t at)
{
	if (!refuse_unless(p, test->path || query_field_may_be_null(test->field), at, test, "is never null"))
		return NULL;
	test->op = OP_NULL;
	return parser_new_node(p, NODE_TEST, test);
}

static struct query_node *comparison(struct parser *p, struct query_test *test, size_t start)
{
	bool text = test->path || query_field_is_text(test->field);

	if (test->op == OP_REGEX) {
		if (!refuse_unless(p, text, start, test, "takes == != < <= > >= and in, not an expression"))
			return NULL;
		return parser_expression(p, test) ? parser_new_node(p, NODE_TEST, test) : NULL;
	}
	parser_skip_blanks(p);
	if (test->op == OP_EQ && parser_ahead_word(p, "null")) {
		struct query_node *node = null_test(p, test, p->at);

		parser_take_word(p, "null");
		return node;
	}
	return one_operand(p, test);
}

/* contains, starts with, ends with, in, exists; with a "not" before it or without. */
static struct query_node *word_operation(struct parser *p, struct query_test *test, bool *known)
{
	static const struct {
		const char *first, *second;
		enum query_op op;
	} words[] = {
		{ "contains", NULL, OP_CONTAINS },
		{ "startswith", NULL, OP_STARTS },
		{ "endswith", NULL, OP_ENDS },
		{ "starts", "with", OP_STARTS },
		{ "ends", "with", OP_ENDS },
	};
	size_t start = p->at;

	*known = true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!parser_take_word(p, words[i].first))
			continue;
		if (words[i].second) {
			parser_skip_blanks(p);
			if (!parser_take_word(p, words[i].second)) {
				parser_fault(p, p->at, "expected with after %s", words[i].first);
				return NULL;
			}
		}
		if (!refuse_unless(p, test->path || query_field_is_text(test->field), start, test,
			    "takes == != < <= > >= and in: it is no text"))
			return NULL;
		test->op = words[i].op;
		return one_operand(p, test);
	}
	if (parser_take_word(p, "in"))
		return operand_list(p, test);
	if (parser_take_word(p, "exists")) {
		if (!refuse_unless(p, test->path || query_field_may_be_null(test->field), start, test, "always exists"))
			return NULL;
		test->op = OP_EXISTS;
		return parser_new_node(p, NODE_TEST, test);
	}
	*known = false;
	return NULL;
}

struct query_node *parser_operation(struct parser *p, struct query_test *test)
{
	struct query_node *node;
	bool negated = false, known;
	size_t start;

	parser_skip_blanks(p);
	parser_expect(p, EXPECT_OPERATION);
	start = p->at;
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(*comparisons); i++)
		if (parser_take(p, comparisons[i].sign)) {
			test->op = comparisons[i].op;
			node = comparison(p, test, start);
			return comparisons[i].negated ? parser_negate(p, node) : node;
		}
	if (parser_take_word(p, "is")) {
		parser_skip_blanks(p);
		negated = parser_take_word(p, "not");
		parser_skip_blanks(p);
		if (!parser_take_word(p, "null")) {
			parser_fault(p, p->at, "expected null after is");
			return NULL;
		}
		node = null_test(p, test, start);
		return negated ? parser_negate(p, node) : node;
	}
	if (parser_take_word(p, "not")) {
		negated = true;
		parser_skip_blanks(p);
	}
	node = word_operation(p, test, &known);
	if (!known)
		parser_fault(p, p->at,
			"expected an operator after %s: == != < <= > >= ~ !~, contains, "
			"starts with, ends with, in, exists, is null; quote \"%s\" to search for the word",
			query_field_name(test->field), query_field_name(test->field));
	return negated ? parser_negate(p, node) : node;
}
