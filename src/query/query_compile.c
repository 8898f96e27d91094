/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattens the tree into tests with two continuations each, from the last to
 * the first, so that a test knows where it jumps to.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "query/query_ast.h"

struct child {
	const struct query_node *node;
	int cost;
	size_t order; /* keeps tests of equal cost in written order */
};

/* Rough cost of a test, in comparisons of two numbers. */
static int test_cost(const struct query_test *test)
{
	int cost = 1;

	if (test->op == OP_REGEX)
		cost = 20;
	else if (test->op == OP_CONTAINS || test->op == OP_BYTES)
		cost = test->field == FIELD_KEY ? 3 : 6;
	else if (test->field == FIELD_HEADER || test->operand_count > 1)
		cost = 2;
	return test->path ? cost + 40 : cost;
}

static int node_cost(const struct query_node *node)
{
	int cost = 0;

	if (node->kind == NODE_TEST)
		return test_cost(node->test);
	for (const struct query_node *child = node->first; child; child = child->next)
		if (cost < 1000000)
			cost += node_cost(child);
	return cost;
}

static int compare_children(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static size_t count_children(const struct query_node *node)
{
	size_t count = 0;

	for (const struct query_node *child = node->first; child; child = child->next)
		count++;
	return count;
}

static int count_tests(const struct query_node *node)
{
	int count = node->kind == NODE_TEST;

	for (const struct query_node *child = node->first; child; child = child->next)
		count += count_tests(child);
	return count;
}

static int emit(struct query_program *program, const struct query_node *node, int on_true, int on_false)
{
	size_t count = count_children(node);
	struct child *children;
	int entry;

	if (node->kind == NODE_TEST) {
		program->steps[program->count] = (struct query_step){ node->test, on_true, on_false };
		return program->count++;
	}
	if (node->kind == NODE_NOT)
		return emit(program, node->first, on_false, on_true);
	children = mem_alloc(count * sizeof(*children));
	count = 0;
	for (const struct query_node *child = node->first; child; child = child->next, count++)
		children[count] = (struct child){ child, node_cost(child), count };
	qsort(children, count, sizeof(*children), compare_children);
	entry = node->kind == NODE_ALL_OF ? on_true : on_false;
	while (count-- > 0)
		entry = node->kind == NODE_ALL_OF ? emit(program, children[count].node, entry, on_false) :
						    emit(program, children[count].node, on_true, entry);
	free(children);
	return entry;
}

static void build(struct arena *arena, const struct query_node *root, struct query_program *out)
{
	*out = (struct query_program){ .entry = STEP_ACCEPT };
	if (!root)
		return;
	out->steps = arena_array(arena, (size_t)count_tests(root), sizeof(*out->steps));
	out->entry = emit(out, root, STEP_ACCEPT, STEP_REJECT);
}

void query_compile(struct query *query)
{
	build(query->arena, query->root, &query->program);
	build(query->arena, query_bytes_tree(query->arena, query->root), &query->first_stage);
	for (const struct query_test *test = query->tests; test; test = test->next)
		if (test->path || test->regex)
			query->first_stage_pays = query->first_stage.entry >= 0;
}

void query_free(struct query *query)
{
	if (!query)
		return;
	for (struct query_test *test = query->tests; test; test = test->next) {
		pcre2_code_free(test->regex);
		if (test->path)
			query->codec->path_free(test->path);
	}
	str_release(&query->notes);
	arena_free(query->arena);
	free(query);
}

const char *query_text(const struct query *query)
{
	return query->text;
}

bool query_is_empty(const struct query *query)
{
	return !query->root;
}

const char *query_notes(const struct query *query)
{
	return str_text(&query->notes);
}
