/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/reset_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/search.h"

struct building {
	struct reset_plan *plan;
	const struct reset_request *request;
	struct arena *arena;
	const char *topic; /* the newest name that was copied: the rows of a topic share it */
};

/* Offsets are between 0 and 2^63; a shift may be anything. */
static int64_t add_clamped(int64_t a, int64_t b)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return b < 0 ? INT64_MIN : INT64_MAX;
	return sum;
}

static bool exclude(struct reset_row *row, enum reset_note why)
{
	row->action = RESET_EXCLUDED;
	row->target = RESET_NO_OFFSET;
	row->notes |= (unsigned)why;
	return false;
}

static void clamp(struct reset_row *row)
{
	int64_t asked = row->target;

	if (row->target < row->log_start) {
		row->target = row->log_start;
		row->notes |= RESET_NOTE_CLAMPED_START;
	} else if (row->target > row->log_end) {
		row->target = row->log_end;
		row->notes |= RESET_NOTE_CLAMPED_END;
	}
	/* the epoch belonged to the requested offset */
	if (row->target != asked)
		row->target_epoch = -1;
}

/* A commit that is restored, or that moves nothing, is not clamped. */
static void look_outside(struct reset_row *row)
{
	if (row->log_start == OFFSET_UNKNOWN || row->log_end == OFFSET_UNKNOWN)
		return;
	if (row->target < row->log_start || row->target > row->log_end)
		row->notes |= RESET_NOTE_OUTSIDE;
}

static bool target_of_time(struct reset_row *row, const struct reset_fact *f)
{
	if (!f->time_read)
		return exclude(row, RESET_NOTE_NOT_READ);
	row->target = f->at_time;
	if (f->at_time < 0) {
		row->target = row->log_end;
		row->notes |= RESET_NOTE_AFTER_ALL;
	}
	clamp(row);
	return true;
}

static void remove_commit(struct reset_row *row)
{
	row->action = RESET_REMOVE;
	row->target = RESET_NO_OFFSET;
	row->notes |= RESET_NOTE_SUBSCRIBED;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool target_of_file(struct building *b, struct reset_row *row, const struct reset_fact *f)
{
	const struct reset_target *t = reset_find_target(b->request, f->topic, f->partition);

	if (!t)
		return exclude(row, RESET_NOTE_NO_TARGET);
	row->target = t->offset;
	row->target_epoch = t->leader_epoch;
	row->target_metadata = arena_strdup(b->arena, t->metadata);
	if (t->offset < 0) {
		if (f->committed < 0)
			row->action = RESET_LEAVE;
		else
			remove_commit(row);
		return true;
	}
	if (b->request->exact) {
		look_outside(row);
		if (t->offset == f->committed && t->leader_epoch == f->leader_epoch &&
			same_text(t->metadata, f->metadata))
			row->action = RESET_LEAVE;
		return true;
	}
	clamp(row);
	return true;
}

static bool target_of_current(struct reset_row *row, const struct reset_fact *f)
{
	if (f->committed < 0) {
		row->target = row->log_end;
		return true;
	}
	row->target = f->committed;
	row->target_epoch = f->leader_epoch;
	row->target_metadata = row->metadata;
	look_outside(row);
	return true;
}

static bool target_of(struct building *b, struct reset_row *row, const struct reset_fact *f)
{
	switch (row->how.strategy) {
	case RESET_EARLIEST:
		row->target = row->log_start;
		return true;
	case RESET_LATEST:
		row->target = row->log_end;
		return true;
	case RESET_OFFSET:
		row->target = row->how.number;
		clamp(row);
		return true;
	case RESET_DATETIME:
	case RESET_DURATION:
		return target_of_time(row, f);
	case RESET_SHIFT:
	case RESET_SKIP:
		if (f->committed < 0)
			return exclude(row, RESET_NOTE_NOTHING_TO_SHIFT);
		row->target = add_clamped(f->committed, row->how.number);
		clamp(row);
		return true;
	case RESET_CURRENT:
		return target_of_current(row, f);
	case RESET_GROUP:
		if (f->other < 0)
			return exclude(row, RESET_NOTE_NO_TARGET);
		row->target = f->other;
		clamp(row);
		return true;
	case RESET_TARGETS:
		return target_of_file(b, row, f);
	default:
		row->action = RESET_LEAVE;
		return true;
	}
}

static bool is_removal(enum reset_strategy strategy)
{
	return strategy == RESET_DELETE || strategy == RESET_DELETE_GROUP;
}

/* Why nothing can be committed there. */
static bool can_commit(const struct building *b, struct reset_row *row, const struct reset_fact *f)
{
	bool exact = b->request->exact && row->how.strategy == RESET_TARGETS;

	if (f->missing)
		return exclude(row, RESET_NOTE_MISSING);
	if (exact)
		return true;
	/* When a topic may not be described, neither its leader nor its committed offsets are known. */
	if (f->error && f->leader < 0)
		return exclude(row, RESET_NOTE_NOT_READ);
	/* When a group is not listed, perhaps because it may not be seen, its committed offsets are not known. */
	if (!b->plan->listed && !b->request->create)
		return exclude(row, RESET_NOTE_NOT_READ);
	if (f->topic_new && !b->request->new_topics && !b->request->create)
		return exclude(row, RESET_NOTE_NEW_TOPIC);
	if (f->leader < 0)
		return exclude(row, RESET_NOTE_NO_LEADER);
	if (f->log_start < 0 || f->log_end < 0)
		return exclude(row, RESET_NOTE_NOT_READ);
	return true;
}

static void decide(struct building *b, struct reset_row *row, const struct reset_fact *f)
{
	if (row->how.strategy == RESET_NONE) {
		row->action = RESET_LEAVE;
	} else if (is_removal(row->how.strategy)) {
		if (f->committed < 0)
			exclude(row, RESET_NOTE_NOTHING_TO_SHIFT);
		else
			remove_commit(row);
		if (row->how.strategy == RESET_DELETE_GROUP)
			row->notes &= ~(unsigned)RESET_NOTE_SUBSCRIBED;
	} else if (can_commit(b, row, f)) {
		target_of(b, row, f);
	}
	if (row->action != RESET_COMMIT)
		row->target = RESET_NO_OFFSET;
}

static void look_at_commit(struct reset_row *row, const struct reset_fact *f, bool told)
{
	if (f->committed < 0 && told && !(f->error && f->leader < 0))
		row->notes |= RESET_NOTE_NO_COMMIT;
	else if (f->committed < 0)
		; /* it was not told */
	else if (f->log_start >= 0 && f->committed < f->log_start)
		row->notes |= RESET_NOTE_LOST;
	else if (f->log_end >= 0 && f->committed > f->log_end)
		row->notes |= RESET_NOTE_BEYOND;
	if (f->compacted)
		row->notes |= RESET_NOTE_COMPACTED;
	if (f->log_start >= 0 && f->log_start == f->log_end)
		row->notes |= RESET_NOTE_EMPTY;
}

static int64_t within(const struct reset_row *row, int64_t offset)
{
	if (row->log_start >= 0 && offset < row->log_start)
		return row->log_start;
	if (row->log_end >= 0 && offset > row->log_end)
		return row->log_end;
	return offset;
}

static void measure_row(struct reset_plan *plan, struct reset_row *row)
{
	int64_t from, to;

	if (row->action != RESET_COMMIT)
		return;
	to = within(row, row->target);
	if (row->log_end >= 0)
		plan->left_to_read += row->log_end - to;
	if (row->committed < 0) {
		plan->uncommitted++;
		return;
	}
	from = within(row, row->committed);
	row->again = from > to ? from - to : 0;
	row->skipped = to > from ? to - from : 0;
	plan->again += row->again;
	plan->skipped += row->skipped;
	plan->forward += row->target > row->committed;
	plan->backward += row->target < row->committed;
}

static void add_row(struct building *b, struct reset_row *row, const struct reset_fact *f)
{
	const struct reset_edit *edit = reset_find_edit(b->request, f->topic, f->partition);

	if (!b->topic || strcmp(b->topic, f->topic) != 0)
		b->topic = arena_strdup(b->arena, f->topic);
	*row = (struct reset_row){ .topic = b->topic,
		.partition = f->partition,
		.leader = f->leader,
		.action = RESET_COMMIT,
		.how = edit ? edit->how : b->request->how,
		.committed = f->committed,
		.leader_epoch = f->leader_epoch,
		.metadata = arena_strdup(b->arena, f->metadata),
		.log_start = f->log_start,
		.log_end = f->log_end,
		.target = RESET_NO_OFFSET,
		.target_epoch = -1,
		.error = arena_strdup(b->arena, f->error),
		.notes = edit ? RESET_NOTE_EDITED : 0 };
	look_at_commit(row, f, b->plan->listed || b->request->create);
	decide(b, row, f);
	measure_row(b->plan, row);
	b->plan->commits += row->action == RESET_COMMIT;
	b->plan->removals += row->action == RESET_REMOVE;
	b->plan->left += row->action == RESET_LEAVE;
	b->plan->excluded += row->action == RESET_EXCLUDED;
}

static enum reset_refusal refusal(const struct reset_plan *plan, const struct reset_facts *facts)
{
	const struct reset_request *r = plan->request;

	if (r->cluster_id && facts->cluster_id && strcmp(r->cluster_id, facts->cluster_id) != 0)
		return RESET_OTHER_CLUSTER;
	if (!facts->listed && facts->other_kind)
		return RESET_OTHER_KIND;
	if (!facts->listed && (!r->create || r->how.strategy == RESET_DELETE_GROUP))
		return RESET_UNKNOWN_GROUP;
	if (r->how.strategy == RESET_GROUP && !facts->from_listed)
		return RESET_UNKNOWN_SOURCE;
	if (facts->listed && facts->state == GROUP_STATE_UNKNOWN && !facts->member_count)
		return RESET_STATE_UNREAD;
	/* Kafka deletes offsets of topics that no member subscribes to, and refuses the others one by one. */
	if (!plan->commits && plan->removals && r->how.strategy != RESET_DELETE_GROUP)
		return RESET_ALLOWED;
	if (facts->member_count || (facts->listed && facts->state != GROUP_EMPTY && facts->state != GROUP_DEAD))
		return RESET_ACTIVE;
	if (!plan->commits && !plan->removals && r->how.strategy != RESET_DELETE_GROUP)
		return RESET_NOTHING;
	return RESET_ALLOWED;
}

static void copy_members(struct reset_plan *plan, const struct reset_facts *facts)
{
	struct reset_member *members = arena_array(plan->arena, facts->member_count, sizeof(*members));

	for (size_t i = 0; i < facts->member_count; i++) {
		members[i].id = arena_strdup(plan->arena, facts->members[i].id);
		members[i].client_id = arena_strdup(plan->arena, facts->members[i].client_id);
		members[i].host = arena_strdup(plan->arena, facts->members[i].host);
	}
	plan->members = members;
	plan->member_count = facts->member_count;
}

struct reset_plan *reset_plan_new(const struct reset_request *request, const struct reset_facts *facts)
{
	struct arena *arena = arena_new(0);
	struct reset_plan *plan = arena_alloc(arena, sizeof(*plan));
	struct reset_request *copy = arena_alloc(arena, sizeof(*copy));
	struct building b = { .plan = plan, .request = copy, .arena = arena };
	struct reset_row *rows = arena_array(arena, facts->partition_count, sizeof(*rows));

	reset_request_copy(copy, request);
	/* A later plan of this request, made to apply it, must use the same point in time. */
	if (!copy->since_ms)
		copy->since_ms = facts->at_ms;
	plan->arena = arena;
	plan->request = copy;
	plan->cluster_id = arena_strdup(arena, facts->cluster_id);
	plan->state = facts->state;
	plan->type = facts->type;
	plan->is_simple = facts->is_simple;
	plan->listed = facts->listed;
	plan->at_ms = facts->at_ms;
	plan->rate_per_s = facts->rate_per_s;
	copy_members(plan, facts);
	for (size_t i = 0; i < facts->partition_count; i++) {
		const struct reset_fact *f = &facts->partitions[i];

		if (reset_covers(copy, f->topic, f->partition,
			    f->committed >= 0 || (copy->how.strategy == RESET_GROUP && f->other >= 0)))
			add_row(&b, &rows[plan->row_count++], f);
	}
	plan->rows = rows;
	plan->refusal = refusal(plan, facts);
	return plan;
}

void reset_plan_free(struct reset_plan *plan)
{
	if (!plan)
		return;
	reset_request_release((struct reset_request *)(uintptr_t)plan->request);
	arena_free(plan->arena);
}

static int compare_rows(const void *a, const void *b)
{
	const struct reset_row *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

const struct reset_row *reset_plan_find(const struct reset_plan *plan, const char *topic, int32_t partition)
{
	struct reset_row key = { .topic = topic, .partition = partition };

	return search_find(&key, plan->rows, plan->row_count, sizeof(key), compare_rows);
}

bool reset_plan_needs_name(const struct reset_plan *plan)
{
	return plan->skipped > 0 || plan->forward > 0 || plan->removals > 0 ||
		plan->request->how.strategy == RESET_DELETE_GROUP;
}
