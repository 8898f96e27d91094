/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Derives from an expression where its records lie. Each function walks the
 * tree with `negated` true below an odd number of nots, where all-of and any-of
 * change places; it may err only by keeping too much.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "query/query_ast.h"

static bool is_all_of(const struct query_node *node, bool negated)
{
	return (node->kind == NODE_ALL_OF) != negated;
}

/* Spans of one number field */

static const struct query_span everything = { INT64_MIN, INT64_MAX };
static const struct query_span nothing = { INT64_MAX, INT64_MIN };

static int64_t min_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool span_is_empty(struct query_span span)
{
	return span.min > span.max;
}

static struct query_span span_join(struct query_span a, struct query_span b)
{
	if (span_is_empty(a))
		return b;
	if (span_is_empty(b))
		return a;
	return (struct query_span){ min_of(a.min, b.min), max_of(a.max, b.max) };
}

static struct query_span span_meet(struct query_span a, struct query_span b)
{
	struct query_span meet = { max_of(a.min, b.min), min_of(a.max, b.max) };

	return span_is_empty(meet) ? nothing : meet;
}

/* A bound that is not a whole 64-bit number is ignored, which keeps everything. */
static struct query_span span_of_test(const struct query_test *test, bool negated)
{
	const struct query_number *bound = &test->operands[0].value;
	struct query_span span = nothing;
	enum query_op op = test->op;

	if (op == OP_EQ && !negated) {
		for (size_t i = 0; i < test->operand_count; i++) {
			const struct query_number *value = &test->operands[i].value;

			if (!value->whole)
				return everything;
			span = span_join(span, (struct query_span){ value->i, value->i });
		}
		return span;
	}
	if (op < OP_LT || op > OP_GE || !bound->whole)
		return everything;
	if (negated)
		op = op == OP_LT ? OP_GE : op == OP_LE ? OP_GT : op == OP_GT ? OP_LE : OP_LT;
	if ((op == OP_LT && bound->i == INT64_MIN) || (op == OP_GT && bound->i == INT64_MAX))
		return nothing;
	switch (op) {
	case OP_LT:
		return (struct query_span){ INT64_MIN, bound->i - 1 };
	case OP_LE:
		return (struct query_span){ INT64_MIN, bound->i };
	case OP_GT:
		return (struct query_span){ bound->i + 1, INT64_MAX };
	default:
		return (struct query_span){ bound->i, INT64_MAX };
	}
}

static struct query_span span_of(const struct query_node *node, enum query_field field, bool negated)
{
	bool all = is_all_of(node, negated);
	struct query_span span = all ? everything : nothing;

	if (node->kind == NODE_NOT)
		return span_of(node->first, field, !negated);
	if (node->kind == NODE_TEST) {
		/* A record without a timestamp fits "not (timestamp > x)" for every x. */
		if (node->test->field != field || (field == FIELD_TIMESTAMP && negated))
			return everything;
		return node->test->operand_count == 0 ? everything : span_of_test(node->test, negated);
	}
	for (const struct query_node *child = node->first; child; child = child->next) {
		struct query_span of_child = span_of(child, field, negated);

		span = all ? span_meet(span, of_child) : span_join(span, of_child);
	}
	return span;
}

struct query_span query_offsets(const struct query *query)
{
	return query->root ? span_of(query->root, FIELD_OFFSET, false) : everything;
}

struct query_span query_timestamps(const struct query *query)
{
	return query->root ? span_of(query->root, FIELD_TIMESTAMP, false) : everything;
}

/* Partitions */

struct placing {
	unsigned kinds;
	int32_t count;
	bool (*key_bytes)(void *context, struct bytes text, struct str *out);
	void *context;
	struct str *why;
};

static void want_all(const struct placing *placing, bool *wanted)
{
	memset(wanted, true, (size_t)placing->count * sizeof(*wanted));
}

static void explain(const struct placing *placing, struct bytes text, enum hash_kind kind, int32_t partition,
	bool first)
{
	if (!placing->why)
		return;
	if (first) {
		str_add(placing->why, "key \"");
		text_safe(placing->why, text.p, text.len);
		str_add(placing->why, "\" lies in");
	} else {
		str_add(placing->why, ",");
	}
	str_addf(placing->why, " partition %d of %d by %s", (int)partition, (int)placing->count, hash_name(kind));
}

/* False when the key may be in any partition. */
static bool want_key(const struct placing *placing, struct bytes text, bool *wanted)
{
	struct str made = { 0 };
	struct bytes key = text;
	int32_t at[HASH_COUNT];
	bool known = true, first = true;

	if (placing->key_bytes) {
		known = placing->key_bytes(placing->context, text, &made);
		key = (struct bytes){ str_text(&made), made.len };
	}
	for (unsigned kind = 0; known && kind < HASH_COUNT; kind++)
		if (placing->kinds & 1u << kind) {
			at[kind] = hash_partition((enum hash_kind)kind, key, placing->count);
			known = at[kind] >= 0;
		}
	for (unsigned kind = 0; known && kind < HASH_COUNT; kind++)
		if (placing->kinds & 1u << kind) {
			wanted[at[kind]] = true;
			explain(placing, text, (enum hash_kind)kind, at[kind], first);
			first = false;
		}
	if (known && placing->why)
		str_add(placing->why, "\n");
	str_release(&made);
	return known;
}

static void want_keys(const struct placing *placing, const struct query_test *test, bool *wanted)
{
	for (size_t i = 0; i < test->operand_count; i++)
		if (!want_key(placing, test->operands[i].text, wanted)) {
			want_all(placing, wanted);
			return;
		}
}

/* Fills `wanted`, which is all false at first. */
static void partitions_of(const struct placing *placing, const struct query_node *node, bool negated, bool *wanted)
{
	size_t bytes = (size_t)placing->count * sizeof(*wanted);
	bool all = is_all_of(node, negated), *of_child;

	if (node->kind == NODE_NOT) {
		partitions_of(placing, node->first, !negated, wanted);
		return;
	}
	if (node->kind == NODE_TEST) {
		const struct query_test *test = node->test;

		if (test->field == FIELD_PARTITION)
			for (int32_t p = 0; p < placing->count; p++)
				wanted[p] = query_number_fits(test, p) != negated;
		else if (test->field == FIELD_KEY && !test->path && test->op == OP_EQ && !negated && placing->kinds)
			want_keys(placing, test, wanted);
		else
			want_all(placing, wanted);
		return;
	}
	of_child = mem_alloc(bytes);
	memset(wanted, all, bytes);
	for (const struct query_node *child = node->first; child; child = child->next) {
		memset(of_child, false, bytes);
		partitions_of(placing, child, negated, of_child);
		for (int32_t p = 0; p < placing->count; p++)
			wanted[p] = all ? wanted[p] && of_child[p] : wanted[p] || of_child[p];
	}
	free(of_child);
}

bool query_partitions(const struct query *query, unsigned kinds, int32_t count,
	bool (*key_bytes)(void *context, struct bytes text, struct str *out), void *context, bool *wanted,
	struct str *why)
{
	struct placing placing = { kinds, count, key_bytes, context, why };
	size_t why_len = why ? why->len : 0;

	memset(wanted, false, (size_t)count * sizeof(*wanted));
	if (query->root)
		partitions_of(&placing, query->root, false, wanted);
	else
		want_all(&placing, wanted);
	for (int32_t p = 0; p < count; p++)
		if (!wanted[p])
			return true;
	if (why && why->p) { /* no key narrowed it */
		why->len = why_len;
		why->p[why_len] = '\0';
	}
	return false;
}
