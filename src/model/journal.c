/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/reset_text.h"

static const char *const kind_names[] = { "unknown", "group offsets", "group delete", "topic config", "topic create",
	"topic delete", "topic partitions", "topic truncate", "topic elect", "topic clone" };
static const char *const state_names[] = { "open", "done", "partly done", "failed", "unverified" };

_Static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == JOURNAL_KIND_COUNT, "a name for each kind");
_Static_assert(sizeof(state_names) / sizeof(state_names[0]) == JOURNAL_STATE_COUNT, "a name for each state");

const char *journal_kind_name(enum journal_kind kind)
{
	return kind_names[kind];
}

enum journal_kind journal_kind_of(const char *name)
{
	for (int i = 0; i < JOURNAL_KIND_COUNT; i++) {
		if (strcmp(kind_names[i], name) == 0)
			return (enum journal_kind)i;
	}
	return JOURNAL_UNKNOWN;
}

const char *journal_state_name(enum journal_state state)
{
	return state_names[state];
}

bool journal_is_cut_short(const struct journal_entry *e)
{
	return e->state == JOURNAL_OPEN && !e->running;
}

enum severity journal_severity(const struct journal_entry *e)
{
	if (e->state == JOURNAL_DONE || (e->state == JOURNAL_OPEN && e->running))
		return SEVERITY_NONE;
	return e->state == JOURNAL_FAILED ? SEVERITY_WARN : SEVERITY_CRIT;
}

void journal_say(const struct journal_entry *e, struct str *out)
{
	if (e->undo_of)
		str_addf(out, "undo of %s: ", e->undo_of);
	str_add(out, e->summary ? e->summary : "");
}

void journal_entry_release(struct journal_entry *e)
{
	for (size_t i = 0; i < e->item_count; i++) {
		free(e->items[i].name);
		free(e->items[i].text_before);
		free(e->items[i].text_after);
		free(e->items[i].error);
	}
	free(e->items);
	free(e->id);
	free(e->kind_name);
	free(e->user);
	free(e->cluster_id);
	free(e->context);
	free(e->bootstrap);
	free(e->name);
	free(e->summary);
	free(e->undo_of);
	free(e->message);
	free(e->topic_id);
	free(e->undone_by);
	*e = (struct journal_entry){ 0 };
}

void journal_list_release(struct journal_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		journal_entry_release(&l->entries[i]);
	free(l->entries);
	free(l->path);
	*l = (struct journal_list){ 0 };
}

void journal_list_free(void *list)
{
	if (!list)
		return;
	journal_list_release(list);
	free(list);
}

struct journal_item *journal_add_item(struct journal_entry *e, const char *name, int32_t partition)
{
	struct journal_item *item;

	e->items = mem_grow(e->items, &e->item_cap, e->item_count + 1, sizeof(*e->items));
	item = &e->items[e->item_count++];
	*item = (struct journal_item){ .name = mem_strdup(name),
		.partition = partition,
		.before = RESET_NO_OFFSET,
		.after = RESET_NO_OFFSET,
		.leader_epoch = -1 };
	return item;
}

const struct journal_entry *journal_find(const struct journal_list *l, const char *id)
{
	for (size_t i = 0; i < l->count; i++) {
		if (strcmp(l->entries[i].id, id) == 0)
			return &l->entries[i];
	}
	return NULL;
}

/* A later run continued the same copy: it finds out by itself what is there. */
static bool went_on(const struct journal_list *l, size_t i)
{
	const struct journal_entry *e = &l->entries[i];

	for (size_t k = 0; e->kind == JOURNAL_TOPIC_CLONE && k < i; k++) {
		const struct journal_entry *later = &l->entries[k];

		if (later->kind == e->kind && strcmp(later->name, e->name) == 0 &&
			str_equal(later->cluster_id, e->cluster_id))
			return true;
	}
	return false;
}

const struct journal_entry *journal_cut_short(const struct journal_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		if (journal_is_cut_short(&l->entries[i]) && !l->entries[i].undone_by && !went_on(l, i))
			return &l->entries[i];
	}
	return NULL;
}

void journal_entry_of_plan(struct journal_entry *e, const struct reset_plan *plan)
{
	const struct reset_request *r = plan->request;
	struct str summary = { 0 };

	e->kind = r->how.strategy == RESET_DELETE_GROUP ? JOURNAL_GROUP_DELETE : JOURNAL_GROUP_OFFSETS;
	e->kind_name = mem_strdup(journal_kind_name(e->kind));
	e->cluster_id = mem_strdup(plan->cluster_id);
	e->name = mem_strdup(r->group);
	e->undo_of = mem_strdup(r->undo_of);
	if (plan->commits) {
		reset_describe_how(&summary, &r->how, r, true);
		str_add(&summary, ": ");
	}
	reset_plan_effect(&summary, plan, NULL);
	e->summary = str_take(&summary);
	for (size_t i = 0; i < plan->row_count; i++) {
		const struct reset_row *row = &plan->rows[i];
		struct journal_item *item;

		if (row->action != RESET_COMMIT && row->action != RESET_REMOVE)
			continue;
		item = journal_add_item(e, row->topic, row->partition);
		item->before = row->committed;
		item->after = row->target;
		item->leader_epoch = row->leader_epoch;
		item->text_before = mem_strdup(row->metadata);
	}
}

bool journal_undo_request(const struct journal_entry *e, struct reset_request *request, struct error *err)
{
	*request = (struct reset_request){ 0 };
	if (e->kind != JOURNAL_GROUP_OFFSETS && e->kind != JOURNAL_GROUP_DELETE)
		return error_set(err, ERR_USAGE, "change %s (%s): this cannot be undone", e->id, e->kind_name);
	if (e->state == JOURNAL_FAILED)
		return error_set(err, ERR_USAGE, "change %s changed nothing: there is nothing to undo", e->id);
	if (e->running)
		return error_set(err, ERR_USAGE, "change %s is still being made", e->id);
	request->group = mem_strdup(e->name);
	request->how.strategy = RESET_TARGETS;
	request->exact = true;
	request->new_topics = true;
	/* The group vanished with its last offsets, or was deleted. */
	request->create = e->kind == JOURNAL_GROUP_DELETE;
	request->undo_of = mem_strdup(e->id);
	request->cluster_id = mem_strdup(e->cluster_id);
	for (size_t i = 0; i < e->item_count; i++) {
		const struct journal_item *item = &e->items[i];

		/* What Kafka refused was not changed. */
		if (item->error)
			continue;
		reset_add_target(request,
			&(struct reset_target){ item->name, item->partition, item->before, item->leader_epoch,
				item->text_before });
		request->create |= item->before >= 0 && item->after < 0;
	}
	if (!request->target_count) {
		reset_request_release(request);
		return error_set(err, ERR_USAGE, "change %s changed nothing: there is nothing to undo", e->id);
	}
	return true;
}
