/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FEW = 16 };

struct entry {
	const char *name; /* without escapes */
	size_t len, place;
};

struct members {
	struct entry *entries;      /* by name, then by place */
	const struct node **sorted; /* in the same order */
	size_t *first, *run;        /* by place: index in `sorted` of the first of its name, and their number */
	size_t count;
	struct arena *arena; /* of names that had escapes */
};

/* Most objects are small and repeat no name: they need no sorting. */
static bool are_few_and_differ(const struct node *object)
{
	if (object->count > FEW)
		return false;
	for (const struct node *a = object->first; a; a = a->next) {
		if (a->name_escaped)
			return false;
		for (const struct node *b = a->next; b; b = b->next)
			if (a->name_len == b->name_len && memcmp(a->name, b->name, a->name_len) == 0)
				return false;
	}
	return true;
}

static int compare_names(const struct entry *x, const struct entry *y)
{
	size_t least = x->len < y->len ? x->len : y->len;
	int order = least ? memcmp(x->name, y->name, least) : 0;

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = compare_names(x, y);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void take_name(struct members *m, const struct node *node, struct entry *entry)
{
	struct str scratch = { 0 };

	entry->name = node_plain(node->name, node->name_len, &scratch, &entry->len);
	if (entry->name == str_text(&scratch))
		entry->name = arena_dup(m->arena, entry->name, entry->len);
	str_release(&scratch);
}

/* False: no name is repeated. */
static bool find_runs(struct members *m)
{
	bool repeated = false;

	for (size_t i = 0, next; i < m->count; i = next) {
		size_t place = m->entries[i].place;

		for (next = i + 1; next < m->count && compare_names(&m->entries[i], &m->entries[next]) == 0; next++)
			repeated = true;
		m->first[place] = i;
		m->run[place] = next - i;
	}
	return repeated;
}

struct members *members_repeated(const struct node *object)
{
	const struct node **nodes;
	struct members *m;
	size_t at = 0;

	if (are_few_and_differ(object))
		return NULL;
	m = mem_alloc(sizeof(*m));
	m->arena = arena_new(0);
	m->count = object->count;
	m->entries = mem_alloc(m->count * sizeof(*m->entries));
	m->sorted = mem_alloc(m->count * sizeof(*m->sorted));
	m->first = mem_alloc(m->count * sizeof(*m->first));
	m->run = mem_alloc(m->count * sizeof(*m->run));
	nodes = mem_alloc(m->count * sizeof(*nodes));
	for (const struct node *n = object->first; n; n = n->next, at++) {
		nodes[at] = n;
		m->entries[at].place = at;
		take_name(m, n, &m->entries[at]);
	}
	qsort(m->entries, m->count, sizeof(*m->entries), compare_entries);
	for (size_t i = 0; i < m->count; i++)
		m->sorted[i] = nodes[m->entries[i].place];
	free(nodes);
	if (find_runs(m))
		return m;
	members_free(m);
	return NULL;
}

size_t members_of_name(const struct members *m, size_t place, const struct node *const **same)
{
	*same = &m->sorted[m->first[place]];
	return m->run[place];
}

void members_free(struct members *m)
{
	if (!m)
		return;
	arena_free(m->arena);
	free(m->entries);
	free(m->sorted);
	free(m->first);
	free(m->run);
	free(m);
}
