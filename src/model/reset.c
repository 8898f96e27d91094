/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/reset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"

int reset_compare(const char *topic_a, int32_t partition_a, const char *topic_b, int32_t partition_b)
{
	int order = strcmp(topic_a, topic_b);

	return order ? order : (partition_a > partition_b) - (partition_a < partition_b);
}

static int compare_scopes(const void *a, const void *b)
{
	const struct reset_scope *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static int compare_edits(const void *a, const void *b)
{
	const struct reset_edit *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static int compare_targets(const void *a, const void *b)
{
	const struct reset_target *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static void *find_member(const struct reset_request *r, const void *key, const void *items, size_t count, size_t size,
	int (*compare)(const void *, const void *))
{
	if (!r->unsorted)
		return search_find(key, items, count, size, compare);
	for (size_t i = 0; i < count; i++) {
		const char *item = (const char *)items + i * size;

		if (compare(key, item) == 0)
			return (void *)(uintptr_t)item;
	}
	return NULL;
}

static bool scope_names(const struct reset_request *r, const char *topic, int32_t partition)
{
	struct reset_scope key = { (char *)(uintptr_t)topic, partition };

	return find_member(r, &key, r->scope, r->scope_count, sizeof(key), compare_scopes) != NULL;
}

bool reset_in_scope(const struct reset_request *r, const char *topic, int32_t partition)
{
	return scope_names(r, topic, -1) || (partition >= 0 && scope_names(r, topic, partition));
}

const struct reset_edit *reset_find_edit(const struct reset_request *r, const char *topic, int32_t partition)
{
	struct reset_edit key = { .topic = (char *)(uintptr_t)topic, .partition = partition };

	return find_member(r, &key, r->edits, r->edit_count, sizeof(key), compare_edits);
}

const struct reset_target *reset_find_target(const struct reset_request *r, const char *topic, int32_t partition)
{
	struct reset_target key = { .topic = (char *)(uintptr_t)topic, .partition = partition };

	return find_member(r, &key, r->targets, r->target_count, sizeof(key), compare_targets);
}

int64_t reset_moment(const struct reset_request *r, const struct reset_how *how)
{
	int64_t ms = how->strategy == RESET_DURATION ? r->since_ms - how->number : how->number;

	return ms > 0 ? ms : 0;
}

bool reset_covers(const struct reset_request *r, const char *topic, int32_t partition, bool committed)
{
	bool named = reset_in_scope(r, topic, partition);

	if (reset_find_edit(r, topic, partition))
		return true;
	if (r->how.strategy == RESET_DELETE_GROUP)
		return committed;
	if (r->how.strategy == RESET_TARGETS)
		return reset_find_target(r, topic, partition) && (named || r->all_topics || !r->scope_count);
	return named || (r->all_topics && committed);
}

void reset_add_scope(struct reset_request *r, const char *topic, int32_t partition)
{
	if (scope_names(r, topic, partition))
		return;
	r->scope = mem_grow(r->scope, &r->scope_cap, r->scope_count + 1, sizeof(*r->scope));
	r->scope[r->scope_count++] = (struct reset_scope){ mem_strdup(topic), partition };
	r->unsorted |=
		r->scope_count > 1 && compare_scopes(&r->scope[r->scope_count - 2], &r->scope[r->scope_count - 1]) > 0;
}

void reset_add_edit(struct reset_request *r, const char *topic, int32_t partition, struct reset_how how)
{
	struct reset_edit *edit = (struct reset_edit *)(uintptr_t)reset_find_edit(r, topic, partition);

	if (edit) {
		edit->how = how;
		return;
	}
	r->edits = mem_grow(r->edits, &r->edit_cap, r->edit_count + 1, sizeof(*r->edits));
	r->edits[r->edit_count++] = (struct reset_edit){ mem_strdup(topic), partition, how };
	r->unsorted |=
		r->edit_count > 1 && compare_edits(&r->edits[r->edit_count - 2], &r->edits[r->edit_count - 1]) > 0;
}

void reset_drop_edit(struct reset_request *r, const char *topic, int32_t partition)
{
	const struct reset_edit *edit = reset_find_edit(r, topic, partition);
	size_t at;

	if (!edit)
		return;
	at = (size_t)(edit - r->edits);
	free(r->edits[at].topic);
	memmove(&r->edits[at], &r->edits[at + 1], (--r->edit_count - at) * sizeof(*r->edits));
}

void reset_add_target(struct reset_request *r, const struct reset_target *target)
{
	struct reset_target *copy;

	r->targets = mem_grow(r->targets, &r->target_cap, r->target_count + 1, sizeof(*r->targets));
	copy = &r->targets[r->target_count++];
	*copy = *target;
	copy->topic = mem_strdup(target->topic);
	copy->metadata = mem_strdup(target->metadata);
	r->unsorted |= r->target_count > 1 && compare_targets(copy - 1, copy) > 0;
}

void reset_request_release(struct reset_request *r)
{
	for (size_t i = 0; i < r->scope_count; i++)
		free(r->scope[i].topic);
	for (size_t i = 0; i < r->edit_count; i++)
		free(r->edits[i].topic);
	for (size_t i = 0; i < r->target_count; i++) {
		free(r->targets[i].topic);
		free(r->targets[i].metadata);
	}
	free(r->scope);
	free(r->edits);
	free(r->targets);
	free(r->group);
	free(r->from_group);
	free(r->undo_of);
	free(r->cluster_id);
	*r = (struct reset_request){ 0 };
}

static void sort_rows(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, size, compare);
}

void reset_request_copy(struct reset_request *to, const struct reset_request *from)
{
	*to = *from;
	to->group = mem_strdup(from->group);
	to->from_group = mem_strdup(from->from_group);
	to->undo_of = mem_strdup(from->undo_of);
	to->cluster_id = mem_strdup(from->cluster_id);
	to->scope = NULL;
	to->edits = NULL;
	to->targets = NULL;
	to->scope_count = to->scope_cap = to->edit_count = to->edit_cap = to->target_count = to->target_cap = 0;
	to->scope = mem_grow(NULL, &to->scope_cap, from->scope_count, sizeof(*to->scope));
	for (; to->scope_count < from->scope_count; to->scope_count++)
		to->scope[to->scope_count] = (struct reset_scope){ mem_strdup(from->scope[to->scope_count].topic),
			from->scope[to->scope_count].partition };
	to->edits = mem_grow(NULL, &to->edit_cap, from->edit_count, sizeof(*to->edits));
	for (; to->edit_count < from->edit_count; to->edit_count++) {
		to->edits[to->edit_count] = from->edits[to->edit_count];
		to->edits[to->edit_count].topic = mem_strdup(from->edits[to->edit_count].topic);
	}
	for (size_t i = 0; i < from->target_count; i++)
		reset_add_target(to, &from->targets[i]);
	sort_rows(to->scope, to->scope_count, sizeof(*to->scope), compare_scopes);
	sort_rows(to->edits, to->edit_count, sizeof(*to->edits), compare_edits);
	sort_rows(to->targets, to->target_count, sizeof(*to->targets), compare_targets);
	to->unsorted = false;
}
