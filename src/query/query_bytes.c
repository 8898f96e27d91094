/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first stage: derives from an expression what the undecoded bytes of key
 * and value must hold in every record that matches. The tree has tests of
 * OP_BYTES below all-of and any-of only, so a test that wrongly passes can only
 * let more records through. NULL means that nothing is known.
 */
#include <string.h>

#include "query/query_ast.h"

static struct query_node *bytes_of(struct arena *arena, const struct query_node *node, bool negated);

/* Characters that JSON may write with a short escape, which would split the text. */
static bool is_escaped_short(char c)
{
	return c == '"' || c == '\\' || c == '/' || (unsigned char)c < 0x20 || c == 0x7f;
}

/* The longest run that JSON writes as it is, or as \uXXXX. */
static struct bytes longest_run(struct bytes text)
{
	struct bytes best = { text.p, 0 };

	for (size_t i = 0; i < text.len; i++) {
		size_t start = i;

		while (i < text.len && !is_escaped_short(text.p[i]))
			i++;
		if (i - start > best.len)
			best = (struct bytes){ text.p + start, i - start };
	}
	return best;
}

static struct query_node *bytes_node(struct arena *arena, const struct query_test *test, struct bytes text)
{
	struct query_node *node;
	struct query_test *bytes;

	if (test->path)
		text = longest_run(text);
	if (text.len == 0)
		return NULL;
	bytes = arena_alloc(arena, sizeof(*bytes));
	bytes->field = test->field;
	bytes->op = OP_BYTES;
	bytes->operands = arena_alloc(arena, sizeof(*bytes->operands));
	bytes->operands->text = text;
	bytes->operand_count = 1;
	bytes->escapable = test->path != NULL;
	node = arena_alloc(arena, sizeof(*node));
	node->kind = NODE_TEST;
	node->test = bytes;
	return node;
}

static struct query_node *bytes_of_test(struct arena *arena, const struct query_test *test)
{
	struct query_node *any, **tail;

	if (test->field != FIELD_KEY && test->field != FIELD_VALUE)
		return NULL;
	if (test->op != OP_EQ && test->op != OP_CONTAINS && test->op != OP_STARTS && test->op != OP_ENDS)
		return NULL;
	any = arena_alloc(arena, sizeof(*any));
	any->kind = NODE_ANY_OF;
	tail = &any->first;
	for (size_t i = 0; i < test->operand_count; i++) {
		/* JSON may write a number in many ways: 100, 1e2, 100.0. */
		if (test->path && test->op == OP_EQ && test->operands[i].number)
			return NULL;
		*tail = bytes_node(arena, test, test->operands[i].text);
		if (!*tail)
			return NULL;
		tail = &(*tail)->next;
	}
	return any->first->next ? any : any->first;
}

/* Any-of needs a result of every child; all-of uses those it gets. */
static struct query_node *bytes_of_children(struct arena *arena, const struct query_node *node, bool all, bool negated)
{
	struct query_node *made = arena_alloc(arena, sizeof(*made)), **tail = &made->first;

	made->kind = all ? NODE_ALL_OF : NODE_ANY_OF;
	for (const struct query_node *child = node->first; child; child = child->next) {
		*tail = bytes_of(arena, child, negated);
		if (*tail)
			tail = &(*tail)->next;
		else if (!all)
			return NULL;
	}
	return made->first && made->first->next ? made : made->first;
}

static struct query_node *bytes_of(struct arena *arena, const struct query_node *node, bool negated)
{
	switch (node->kind) {
	case NODE_NOT:
		return bytes_of(arena, node->first, !negated);
	case NODE_TEST:
		return negated ? NULL : bytes_of_test(arena, node->test);
	case NODE_ALL_OF:
	case NODE_ANY_OF:
		break;
	}
	return bytes_of_children(arena, node, (node->kind == NODE_ALL_OF) != negated, negated);
}

struct query_node *query_bytes_tree(struct arena *arena, const struct query_node *root)
{
	return root ? bytes_of(arena, root, false) : NULL;
}
