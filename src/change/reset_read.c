/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/reset_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/search.h"

struct reading {
	struct admin *admin;
	struct reset_request request; /* a copy, sorted */
	struct reset_facts facts;
	struct admin_group group;
	struct admin_commits commits, others; /* sorted */
	struct admin_topic *topics;           /* sorted by name */
	size_t topic_count, topic_cap;
	struct reset_fact *rows;
	size_t row_count, row_cap;
};

static int compare_commits(const void *a, const void *b)
{
	const struct admin_commit *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static int compare_rows(const void *a, const void *b)
{
	const struct reset_fact *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static int compare_topics(const void *a, const void *b)
{
	const struct admin_topic *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void sort_items(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, size, compare);
}

static const struct admin_commit *find_commit(const struct admin_commits *c, const char *topic, int32_t partition)
{
	struct admin_commit key = { .topic = (char *)(uintptr_t)topic, .partition = partition };

	return search_find(&key, c->items, c->count, sizeof(key), compare_commits);
}

static const struct admin_topic *find_topic(const struct reading *r, const char *name)
{
	struct admin_topic key = { .name = name };

	return search_find(&key, r->topics, r->topic_count, sizeof(key), compare_topics);
}

static bool read_commits(struct reading *r, const char *group, struct admin_commits *out, struct error *err)
{
	if (!admin_read_commits(r->admin, group, out, err))
		return false;
	sort_items(out->items, out->count, sizeof(*out->items), compare_commits);
	return true;
}

static bool read_groups(struct reading *r, struct error *err)
{
	bool from = r->request.how.strategy == RESET_GROUP && r->request.from_group;
	const char *ids[] = { r->request.group, r->request.from_group };
	struct admin_listed listed[2] = { { 0 } };

	if (!admin_list_groups(r->admin, ids, listed, from ? 2 : 1, err))
		return false;
	r->facts.listed = listed[0].listed;
	r->facts.other_kind = listed[0].other_kind;
	r->facts.type = listed[0].type;
	r->facts.state = listed[0].state;
	r->facts.is_simple = listed[0].is_simple;
	r->facts.from_listed = from && listed[1].listed;
	if (r->facts.from_listed && !read_commits(r, r->request.from_group, &r->others, err))
		return false;
	/* A group that is not listed may be of another kind: it looks dead but must not be touched. */
	if (!listed[0].listed)
		return true;
	if (!admin_describe_group(r->admin, r->request.group, &r->group, err) ||
		!read_commits(r, r->request.group, &r->commits, err))
		return false;
	r->facts.state = r->group.state;
	if (r->group.type != GROUP_TYPE_UNKNOWN)
		r->facts.type = r->group.type;
	return true;
}

static void want_topic(struct reading *r, const char *name)
{
	/* Neighbours mostly have the same topic; sorting removes other duplicates. */
	if (r->topic_count && strcmp(r->topics[r->topic_count - 1].name, name) == 0)
		return;
	r->topics = mem_grow(r->topics, &r->topic_cap, r->topic_count + 1, sizeof(*r->topics));
	r->topics[r->topic_count++] = (struct admin_topic){ .name = name };
}

static void want_topics(struct reading *r)
{
	const struct reset_request *q = &r->request;
	size_t kept = 0;

	for (size_t i = 0; i < q->scope_count; i++)
		want_topic(r, q->scope[i].topic);
	for (size_t i = 0; i < q->edit_count; i++)
		want_topic(r, q->edits[i].topic);
	for (size_t i = 0; i < q->target_count; i++)
		want_topic(r, q->targets[i].topic);
	for (size_t i = 0; i < r->commits.count; i++) {
		if (reset_covers(q, r->commits.items[i].topic, r->commits.items[i].partition, true))
			want_topic(r, r->commits.items[i].topic);
	}
	for (size_t i = 0; i < r->others.count; i++) {
		if (reset_covers(q, r->others.items[i].topic, r->others.items[i].partition, true))
			want_topic(r, r->others.items[i].topic);
	}
	sort_items(r->topics, r->topic_count, sizeof(*r->topics), compare_topics);
	for (size_t i = 0; i < r->topic_count; i++) {
		if (!kept || strcmp(r->topics[kept - 1].name, r->topics[i].name) != 0)
			r->topics[kept++] = r->topics[i];
	}
	r->topic_count = kept;
}

static void add_row(struct reading *r, const char *topic, int32_t partition)
{
	const struct admin_topic *t = find_topic(r, topic);
	const struct admin_commit *c = find_commit(&r->commits, topic, partition);
	const struct admin_commit *other = find_commit(&r->others, topic, partition);
	bool committed = (c && c->offset >= 0) || (other && other->offset >= 0);
	struct reset_fact *row;

	if (partition < 0 || !reset_covers(&r->request, topic, partition, committed))
		return;
	r->rows = mem_grow(r->rows, &r->row_cap, r->row_count + 1, sizeof(*r->rows));
	row = &r->rows[r->row_count++];
	*row = (struct reset_fact){ .topic = t ? t->name : topic,
		.partition = partition,
		.leader = -1,
		.committed = c ? c->offset : RESET_NO_OFFSET,
		.leader_epoch = c ? c->leader_epoch : -1,
		.metadata = c ? c->metadata : NULL,
		.log_start = OFFSET_UNKNOWN,
		.log_end = OFFSET_UNKNOWN,
		.at_time = -1,
		.other = other ? other->offset : RESET_NO_OFFSET,
		.error = c ? c->error : NULL };
	if (!t || t->error) {
		row->missing = t && t->missing;
		if (t && !t->missing)
			row->error = t->error;
		return;
	}
	row->missing = partition >= t->partition_count;
	row->leader = row->missing ? -1 : t->leaders[partition];
	row->compacted = t->compacted;
}

static bool has_commit(const struct reading *r, const char *topic)
{
	const struct admin_commit first = { .topic = (char *)(uintptr_t)topic, .partition = INT32_MIN };
	const struct admin_commits *c = &r->commits;
	size_t at = search_place(&first, c->items, c->count, sizeof(first), compare_commits);

	for (; at < c->count && strcmp(c->items[at].topic, topic) == 0; at++) {
		if (c->items[at].offset >= 0)
			return true;
	}
	return false;
}

static void mark_new_topics(struct reading *r)
{
	for (size_t i = 0, end; i < r->row_count; i = end) {
		const char *topic = r->rows[i].topic;
		bool any = has_commit(r, topic);

		for (end = i; end < r->row_count && strcmp(r->rows[end].topic, topic) == 0; end++)
			r->rows[end].topic_new = !any;
	}
}

static void make_rows(struct reading *r)
{
	const struct reset_request *q = &r->request;
	size_t kept = 0;

	for (size_t i = 0; i < r->topic_count; i++) {
		for (int32_t p = 0; p < r->topics[i].partition_count; p++)
			add_row(r, r->topics[i].name, p);
	}
	/* Then the partitions that the metadata does not have, or not now. */
	for (size_t i = 0; i < q->scope_count; i++) {
		const struct admin_topic *t = find_topic(r, q->scope[i].topic);

		/* A topic that does not exist gets one row, its first partition. */
		add_row(r, q->scope[i].topic,
			q->scope[i].partition < 0 && t && !t->partition_count ? 0 : q->scope[i].partition);
	}
	for (size_t i = 0; i < q->edit_count; i++)
		add_row(r, q->edits[i].topic, q->edits[i].partition);
	for (size_t i = 0; i < q->target_count; i++)
		add_row(r, q->targets[i].topic, q->targets[i].partition);
	for (size_t i = 0; i < r->commits.count; i++)
		add_row(r, r->commits.items[i].topic, r->commits.items[i].partition);
	for (size_t i = 0; i < r->others.count; i++)
		add_row(r, r->others.items[i].topic, r->others.items[i].partition);
	sort_items(r->rows, r->row_count, sizeof(*r->rows), compare_rows);
	for (size_t i = 0; i < r->row_count; i++) {
		if (!kept || compare_rows(&r->rows[kept - 1], &r->rows[i]) != 0)
			r->rows[kept++] = r->rows[i];
	}
	r->row_count = kept;
	mark_new_topics(r);
}

/* False when the row's strategy needs no time. */
static bool time_of(const struct reading *r, const struct reset_fact *row, int64_t *ms)
{
	const struct reset_edit *edit = reset_find_edit(&r->request, row->topic, row->partition);
	const struct reset_how *how = edit ? &edit->how : &r->request.how;

	*ms = reset_moment(&r->request, how);
	return how->strategy == RESET_DATETIME || how->strategy == RESET_DURATION;
}

static bool read_offsets(struct reading *r, struct error *err)
{
	struct admin_offset *asked = mem_alloc(3 * (r->row_count + 1) * sizeof(*asked));
	struct reset_fact **of = mem_alloc(3 * (r->row_count + 1) * sizeof(*of));
	size_t count = 0;
	bool ok;

	for (size_t i = 0; i < r->row_count; i++) {
		struct reset_fact *row = &r->rows[i];
		int64_t at[3] = { ADMIN_EARLIEST, ADMIN_LATEST };
		int kinds = time_of(r, row, &at[2]) ? 3 : 2;

		for (int k = 0; k < kinds && row->leader >= 0; k++) {
			of[count] = row;
			asked[count++] = (struct admin_offset){ .topic = row->topic,
				.partition = row->partition,
				.leader = row->leader,
				.at = at[k] };
		}
	}
	ok = admin_list_offsets(r->admin, asked, count, err);
	for (size_t i = 0; i < count && ok; i++) {
		if (asked[i].error)
			of[i]->error = asked[i].error;
		else if (asked[i].at == ADMIN_EARLIEST)
			of[i]->log_start = asked[i].offset;
		else if (asked[i].at == ADMIN_LATEST)
			of[i]->log_end = asked[i].offset;
		else
			of[i]->at_time = asked[i].offset;
		if (!asked[i].error && asked[i].at >= 0)
			of[i]->time_read = true;
	}
	free(asked);
	free(of);
	return ok;
}

static void reading_release(struct reading *r)
{
	for (size_t i = 0; i < r->topic_count; i++)
		admin_topic_release(&r->topics[i]);
	free(r->topics);
	free(r->rows);
	admin_group_release(&r->group);
	admin_commits_release(&r->commits);
	admin_commits_release(&r->others);
	reset_request_release(&r->request);
}

static struct reset_plan *make_plan(struct reading *r)
{
	struct reset_member *members = mem_alloc((r->group.member_count + 1) * sizeof(*members));
	struct reset_plan *plan;

	for (size_t i = 0; i < r->group.member_count; i++)
		members[i] = (struct reset_member){ r->group.members[i].id, r->group.members[i].client_id,
			r->group.members[i].host };
	r->facts.members = members;
	r->facts.member_count = r->group.member_count;
	r->facts.partitions = r->rows;
	r->facts.partition_count = r->row_count;
	plan = reset_plan_new(&r->request, &r->facts);
	free(members);
	return plan;
}

struct reset_plan *reset_read(struct admin *a, const struct reset_request *request, double rate_per_s,
	struct error *err)
{
	struct reading r = { .admin = a };
	struct reset_plan *plan = NULL;

	reset_request_copy(&r.request, request);
	r.facts.at_ms = clock_wall_ms();
	if (!r.request.since_ms)
		r.request.since_ms = r.facts.at_ms;
	r.facts.rate_per_s = rate_per_s;
	if (admin_cluster_id(a, &r.facts.cluster_id, err) && read_groups(&r, err)) {
		want_topics(&r);
		if (admin_find_topics(a, r.topics, r.topic_count, true, err)) {
			make_rows(&r);
			if (read_offsets(&r, err))
				plan = make_plan(&r);
		}
	}
	reading_release(&r);
	return plan;
}
