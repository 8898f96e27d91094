/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Completion uses the parser itself: it reads the text up to the cursor and
 * records what it expects; what it expected last may follow at the cursor.
 */
#include <string.h>
#include <strings.h>

#include "query/query_parser.h"

/* After which operators a word may follow, and for which fields. */
enum { ON_TEXT = 1, ON_NUMBER = 2, ON_TIME = 4, ON_PATH = 8, ON_ALL = 15 };

static const struct entry {
	const char *text, *help;
	unsigned expect;
	unsigned on;
} entries[] = {
	{ "key", "the key as text", EXPECT_TERM, ON_ALL },
	{ "value", "the value as text", EXPECT_TERM, ON_ALL },
	{ "header.", "a header, by its name", EXPECT_TERM, ON_ALL },
	{ "headers", "any header", EXPECT_TERM, ON_ALL },
	{ "topic", "the topic's name", EXPECT_TERM, ON_ALL },
	{ "partition", "the partition's number", EXPECT_TERM, ON_ALL },
	{ "offset", "the record's offset", EXPECT_TERM, ON_ALL },
	{ "timestamp", "the record's time", EXPECT_TERM, ON_ALL },
	{ "size", "bytes of key, value and headers", EXPECT_TERM, ON_ALL },
	{ "key.size", "bytes of the key", EXPECT_TERM, ON_ALL },
	{ "value.size", "bytes of the value", EXPECT_TERM, ON_ALL },
	{ "tombstone", "the value is null", EXPECT_TERM, ON_ALL },
	{ "exists", "the field that follows is there", EXPECT_TERM, ON_ALL },
	{ "not", "the contrary", EXPECT_TERM, ON_ALL },
	{ "and", "both", EXPECT_JOIN, ON_ALL },
	{ "or", "one or both", EXPECT_JOIN, ON_ALL },
	{ "==", "equal", EXPECT_OPERATION, ON_ALL },
	{ "!=", "not equal", EXPECT_OPERATION, ON_ALL },
	{ "<", "less", EXPECT_OPERATION, ON_ALL },
	{ "<=", "less or equal", EXPECT_OPERATION, ON_ALL },
	{ ">", "greater", EXPECT_OPERATION, ON_ALL },
	{ ">=", "greater or equal", EXPECT_OPERATION, ON_ALL },
	{ "~", "a regular expression is found", EXPECT_OPERATION, ON_TEXT },
	{ "!~", "a regular expression is not found", EXPECT_OPERATION, ON_TEXT },
	{ "contains", "the text is found", EXPECT_OPERATION, ON_TEXT },
	{ "starts with", "the text stands at the beginning", EXPECT_OPERATION, ON_TEXT },
	{ "ends with", "the text stands at the end", EXPECT_OPERATION, ON_TEXT },
	{ "in (", "one of a list", EXPECT_OPERATION, ON_ALL },
	{ "exists", "it is there", EXPECT_OPERATION, ON_TEXT | ON_TIME },
	{ "is null", "it is there and null", EXPECT_OPERATION, ON_TEXT },
	{ "is not null", "it is not null", EXPECT_OPERATION, ON_TEXT },
	{ "not contains", "the text is not found", EXPECT_OPERATION, ON_TEXT },
	{ "not in (", "none of a list", EXPECT_OPERATION, ON_ALL },
	{ "-15m", "15 minutes ago", EXPECT_OPERAND, ON_TIME },
	{ "-1h", "an hour ago", EXPECT_OPERAND, ON_TIME },
	{ "today", "since midnight", EXPECT_OPERAND, ON_TIME },
	{ "yesterday", "since the midnight before", EXPECT_OPERAND, ON_TIME },
	{ "now", "this moment", EXPECT_OPERAND, ON_TIME },
	{ "null", "Kafka's or JSON's null", EXPECT_OPERAND, ON_TEXT },
};

struct list {
	struct arena *arena;
	struct query_completion *out;
	size_t cap;
	const char *prefix;
	size_t prefix_len;
};

static void offer(struct list *list, const char *text, const char *help)
{
	struct query_completion *out = list->out;

	if (strncasecmp(text, list->prefix, list->prefix_len) != 0)
		return;
	if (out->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 16;
		struct query_candidate *grown = arena_array(list->arena, cap, sizeof(*grown));

		if (out->count)
			memcpy(grown, out->items, out->count * sizeof(*grown));
		out->items = grown;
		list->cap = cap;
	}
	out->items[out->count++] = (struct query_candidate){ arena_strdup(list->arena, text), help };
}

static unsigned kind_of(const struct parser *p)
{
	if (p->expect_path)
		return ON_TEXT | ON_PATH;
	if (query_field_is_text(p->expect_field))
		return ON_TEXT;
	return p->expect_field == FIELD_TIMESTAMP ? ON_TIME : ON_NUMBER;
}

static void offer_entries(struct list *list, unsigned expect, unsigned on)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++)
		if ((entries[i].expect & expect) && (entries[i].on & on))
			offer(list, entries[i].text, entries[i].help);
}

bool query_word(size_t index, struct query_candidate *word)
{
	if (index >= sizeof(entries) / sizeof(*entries))
		return false;
	*word = (struct query_candidate){ entries[index].text, entries[index].help };
	return true;
}

void query_complete(const char *text, size_t cursor, const char *const *paths, size_t path_count, struct arena *arena,
	struct query_completion *out)
{
	struct query_context context = { .codec = NULL };
	struct query query = { .arena = arena };
	size_t len = strnlen(text, cursor);
	struct parser p = { .text = arena_strndup(arena, text, len),
		.len = len,
		.context = &context,
		.query = &query,
		.dry = true };
	struct list list = { .arena = arena, .out = out };

	*out = (struct query_completion){ .start = cursor };
	parser_run(&p);
	str_release(&query.notes);
	/* Without a blank after it, the last token is still being typed. */
	if (p.expect_at == len && len > 0 && !strchr(" \t\r\n(,!", p.text[len - 1])) {
		p.expect = p.expect_before;
		p.expect_at = p.expect_before_at;
	}
	out->start = p.expect_at;
	list.prefix = p.text + out->start;
	list.prefix_len = len - out->start;
	offer_entries(&list, p.expect & ~(unsigned)EXPECT_TERM, kind_of(&p));
	offer_entries(&list, p.expect & EXPECT_TERM, ON_ALL);
	if (p.expect & EXPECT_TERM)
		for (size_t i = 0; i < path_count; i++)
			offer(&list, paths[i], "");
}
