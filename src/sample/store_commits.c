/* SPDX-License-Identifier: BSD-2-Clause */
/* Committed offsets: how they move, which stand still, and which an answer leaves out. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sample/store_parts.h"

enum {
	COMMITS_AGAIN_US = 60 * 1000 * 1000, /* consumers commit more often than this */
	RIGHTS_SPREAD_MS = 1000              /* until every broker has heard of them */
};

static int compare_rows(const void *a, const void *b)
{
	const struct store_row *ra = a, *rb = b;
	int order = ra->shown.topic == rb->shown.topic ? 0 : strcmp(ra->shown.topic, rb->shown.topic);

	return order ? order :
		       (ra->shown.partition > rb->shown.partition) - (ra->shown.partition < rb->shown.partition);
}

static void read_row(struct store *st, struct store_row *row, const struct told_commit *told)
{
	row->shown.topic = names_get(&st->names, told->topic);
	row->shown.partition = told->partition;
	row->shown.committed = told->offset >= 0 ? told->offset : OFFSET_UNKNOWN;
	row->shown.leader_epoch = told->leader_epoch;
	row->still_end = OFFSET_UNKNOWN;
	store_rate_clear(&row->out);
	row->shown.metadata = names_get(&st->names, told->metadata && *told->metadata ? told->metadata : NULL);
	row->shown.error = names_get(&st->names, told->error);
}

static int64_t log_end(const struct store_row *row)
{
	const struct store_partition *p = store_named_partition(row->shown.topic, row->shown.partition);

	return p ? p->offsets[OFFSET_END].value : OFFSET_UNKNOWN;
}

/*
 * Counts how often a committed offset was found where it was. Ends are read
 * after commits: the one that is known when it is found again is younger than
 * the commit, so what arrives from then on is not overrated.
 */
static void watch_row(struct store_row *row, const struct store_row *old, int64_t now_us)
{
	row->moved_us = !old || row->had_members             ? 0 :
		old->shown.committed != row->shown.committed ? now_us :
							       old->moved_us;
	if (!old || old->shown.committed != row->shown.committed) {
		row->still_us = now_us;
		return;
	}
	row->still_us = old->still_us;
	row->shown.still_reads = old->shown.still_reads + 1;
	row->still_end = old->still_end != OFFSET_UNKNOWN ? old->still_end : log_end(row);
}

/*
 * Whether the rate begins anew. Without members an offset moves because a reset or a
 * tool set it, once, or because consumers that assign partitions themselves commit,
 * again and again.
 */
static bool begins_anew(const struct store_row *now, const struct store_row *old, int64_t now_us)
{
	if (now->had_members)
		return false;
	if (old->had_members)
		return true;
	return now->shown.committed != old->shown.committed &&
		(!old->moved_us || now_us - old->moved_us > COMMITS_AGAIN_US);
}

/* Both sorted: what was read before goes on in the same row. */
static void follow_rows(const struct store_group *g, struct store_row *now, int32_t count, int64_t now_us)
{
	const struct store_row *old = g->commits;

	for (int32_t i = 0, j = 0; i < count; i++) {
		bool known;

		while (j < g->commit_count && compare_rows(&old[j], &now[i]) < 0)
			j++;
		known = j < g->commit_count && compare_rows(&old[j], &now[i]) == 0;
		now[i].had_members = g->shown.state != GROUP_EMPTY && g->shown.state != GROUP_DEAD;
		watch_row(&now[i], known ? &old[j] : NULL, now_us);
		if (known && !begins_anew(&now[i], &old[j], now_us))
			now[i].out = old[j].out;
		store_rate_read(&now[i].out, now[i].shown.committed, now_us);
	}
}

/* Brokers hear of taken rights one after another: the one that tells of topics may be the last. */
bool store_row_counts(const struct store_row *row)
{
	const struct store_topic *t = name_of(row->shown.topic)->topic;

	if (!row->left_out_ms)
		return true;
	return t &&
		(t->shown.origin.denied || !t->present || t->shown.origin.at_ms < row->left_out_ms + RIGHTS_SPREAD_MS);
}

/* Adds the old rows that the answer leaves out, each once at least. */
static int32_t keep_left_out(const struct store_group *g, struct store_row *rows, int32_t count, int64_t now_us)
{
	int32_t total = count;

	for (int32_t i = 0, j = 0; i < g->commit_count; i++) {
		const struct store_row *old = &g->commits[i];

		while (j < count && compare_rows(&rows[j], old) < 0)
			j++;
		if (j < count && compare_rows(&rows[j], old) == 0)
			continue;
		if (!store_row_counts(old))
			continue;
		rows[total] = *old;
		if (!old->left_out_ms)
			rows[total].left_out_ms = now_us / 1000;
		total++;
	}
	return total;
}

void store_group_committed(struct store *st, struct store_group *g, const struct told_commits *told, int64_t sent_us,
	int64_t now_us)
{
	struct store_row *rows;
	int32_t count = told->count;

	if (sent_us < g->commit_us)
		return;
	rows = mem_alloc((size_t)(count + g->commit_count) * sizeof(*rows));
	for (int32_t i = 0; i < count; i++)
		read_row(st, &rows[i], &told->rows[i]);
	qsort(rows, (size_t)count, sizeof(*rows), compare_rows);
	follow_rows(g, rows, count, now_us);
	count = keep_left_out(g, rows, count, now_us);
	qsort(rows, (size_t)count, sizeof(*rows), compare_rows);
	free(g->commits);
	g->commits = rows;
	g->commit_count = count;
	g->commit_us = now_us;
	stamp_ok(&g->shown.commit_origin, now_us / 1000);
}
