/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of a group = committed offsets and what members hold, merged in the
 * order of topic and partition; each run of one topic looks the topic up once,
 * in a hash table, and is at the same time what that topic knows as a reader.
 */
#include "model/join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/lag.h"
#include "model/verdict.h"

struct held { /* a partition in a member's hands */
	const char *topic;
	int32_t partition;
	int32_t member;
};

struct read_run { /* a reader, until the topics' lists are laid out */
	size_t topic;
	struct group_read read;
};

struct join {
	struct snapshot *s;
	struct topic *topics;
	uint32_t *slots; /* hash table: index + 1 into topics, 0: free */
	uint32_t mask;
	struct held *held;
	size_t held_count, held_cap;
	int32_t *stamp; /* per member: number of the run that counted it last */
	size_t stamp_cap;
	struct read_run *runs;
	size_t run_count, run_cap;
};

static int by_group_id(const void *a, const void *b)
{
	return strcmp(((const struct group *)a)->id, ((const struct group *)b)->id);
}

static int by_member_id(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->id, ((const struct member *)b)->id);
}

static int compare_place(const char *topic_a, int32_t a, const char *topic_b, int32_t b)
{
	int order = topic_a == topic_b ? 0 : strcmp(topic_a, topic_b);

	return order ? order : (a > b) - (a < b);
}

static int by_assignment(const void *a, const void *b)
{
	const struct topic_partition *x = a, *y = b;

	return compare_place(x->topic, x->partition, y->topic, y->partition);
}

static int by_held(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int order = compare_place(x->topic, x->partition, y->topic, y->partition);

	return order ? order : (x->member > y->member) - (x->member < y->member);
}

static int by_row(const void *a, const void *b)
{
	const struct group_partition *x = a, *y = b;

	return compare_place(x->topic, x->partition, y->topic, y->partition);
}

static uint32_t hash_name(const char *name)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return hash;
}

static void index_topics(struct join *j)
{
	uint32_t size = 16;

	while (size < j->s->topic_count * 2)
		size *= 2;
	j->mask = size - 1;
	j->slots = mem_alloc(size * sizeof(*j->slots));
	for (size_t i = 0; i < j->s->topic_count; i++) {
		uint32_t at = hash_name(j->topics[i].name) & j->mask;

		while (j->slots[at])
			at = (at + 1) & j->mask;
		j->slots[at] = (uint32_t)i + 1;
	}
}

static struct topic *find_topic(const struct join *j, const char *name)
{
	for (uint32_t at = hash_name(name) & j->mask; j->slots[at]; at = (at + 1) & j->mask) {
		struct topic *t = &j->topics[j->slots[at] - 1];

		if (strcmp(t->name, name) == 0)
			return t;
	}
	return NULL;
}

static void collect_held(struct join *j, const struct group *g)
{
	struct member *members = (struct member *)g->members;

	j->held_count = 0;
	if (g->member_count <= 0)
		return;
	join_sort(members, (size_t)g->member_count, sizeof(*members), by_member_id);
	for (int32_t i = 0; i < g->member_count; i++) {
		struct topic_partition *assignment = (struct topic_partition *)members[i].assignment;
		size_t count = (size_t)members[i].assignment_count;

		join_sort(assignment, count, sizeof(*assignment), by_assignment);
		j->held = mem_grow(j->held, &j->held_cap, j->held_count + count, sizeof(*j->held));
		for (size_t k = 0; k < count; k++)
			j->held[j->held_count++] = (struct held){ assignment[k].topic, assignment[k].partition, i };
	}
	join_sort(j->held, j->held_count, sizeof(*j->held), by_held);
	/* While a partition moves, two members may name it: one row each it is. */
	size_t kept = 0;

	for (size_t i = 0; i < j->held_count; i++) {
		const struct held *h = &j->held[i], *last = kept ? &j->held[kept - 1] : NULL;

		if (last && compare_place(h->topic, h->partition, last->topic, last->partition) == 0)
			continue;
		j->held[kept++] = *h;
	}
	j->held_count = kept;
}

/* Gives each row its member; returns how many held partitions have no row yet. */
static size_t match_held(struct join *j, struct group *g)
{
	size_t h = 0, missing = 0;

	for (int32_t i = 0; i < g->partition_count; i++) {
		struct group_partition *row = &g->partitions[i];

		row->member = -1;
		for (; h < j->held_count; h++) {
			int order = compare_place(j->held[h].topic, j->held[h].partition, row->topic, row->partition);

			if (order > 0)
				break;
			if (order == 0)
				row->member = j->held[h].member;
			else
				missing++;
		}
	}
	return missing + (j->held_count - h);
}

/* Rows for partitions that members hold and nobody committed. */
static void add_held_rows(struct join *j, struct group *g, size_t missing)
{
	size_t total = (size_t)g->partition_count + missing;
	struct group_partition *rows = arena_array(j->s->arena, total, sizeof(*rows));
	int32_t old = 0;
	size_t h = 0;

	for (size_t n = 0; n < total; n++) {
		int order;

		for (;;) {
			const struct group_partition *row = &g->partitions[old];

			if (h == j->held_count)
				order = 1;
			else if (old == g->partition_count)
				order = -1;
			else
				order = compare_place(j->held[h].topic, j->held[h].partition, row->topic,
					row->partition);
			if (order != 0)
				break;
			h++; /* has its row already */
		}
		if (order > 0) {
			rows[n] = g->partitions[old++];
			continue;
		}
		rows[n] = (struct group_partition){
			.topic = j->held[h].topic,
			.partition = j->held[h].partition,
			.member = j->held[h].member,
			.committed = OFFSET_UNKNOWN,
			.leader_epoch = -1,
			.out_per_s = NAN,
			.out_now_per_s = NAN,
		};
		h++;
	}
	g->partitions = rows;
	g->partition_count = (int32_t)total;
}

/* An end read before the commit, its leader not having answered since, proves nothing against it. */
static bool end_is_older(const struct snapshot *s, const struct group *g, const struct partition *p)
{
	const struct origin *end = s->read_committed ? &p->stable_origin : &p->end_origin;

	return end->at_ms < g->commit_origin.at_ms;
}

static void join_row(const struct snapshot *s, const struct group *g, struct group_partition *row)
{
	const struct partition *p = row->topic_ref ? topic_partition_find(row->topic_ref, row->partition) : NULL;

	row->partition_ref = p;
	row->end = !p ? OFFSET_UNKNOWN : s->read_committed ? p->last_stable : p->high_watermark;

	struct lag lag = lag_of(row->committed, p ? p->log_start : OFFSET_UNKNOWN, row->end);

	row->lag = lag.lag;
	row->lost = lag.lost;
	row->beyond = lag.beyond;
	row->note = lag.note;
	if (row->note == LAG_BEYOND_END && end_is_older(s, g, p)) {
		row->note = LAG_NO_END;
		row->beyond = 0;
	}
	if (row->error)
		row->note = LAG_COMMIT_ERROR;
	else if (row->committed < 0 && g->commit_origin.at_ms == 0)
		row->note = LAG_NOT_READ;
	else if (!p && s->metadata_origin.at_ms != 0)
		row->note = LAG_NO_TOPIC;
	row->not_moving = verdict_stands_still(s, g, row);
}

static void count_problems(struct group *g, const struct group_partition *row)
{
	g->refused += row->note == LAG_COMMIT_ERROR;
	g->beyond_end += row->note == LAG_BEYOND_END;
	g->no_topic += row->note == LAG_NO_TOPIC;
	g->leaderless += row->partition_ref && row->partition_ref->leader < 0;
	g->moving += row->committed >= 0 && row->still_reads < VERDICT_STILL_READS;
	g->not_moving += row->not_moving;
	if (row->not_moving && verdict_still_ms(g, row) > g->not_moving_ms)
		g->not_moving_ms = verdict_still_ms(g, row);
}

static void add_row(struct group *g, const struct group_partition *row)
{
	join_add_offset(&g->lag, row->lag);
	join_add_offset(&g->lost, row->lost);
	if (row->lag > g->max_lag)
		g->max_lag = row->lag;
	g->lag_unknown += row->lag < 0;
	g->never_committed += row->note == LAG_NO_COMMIT;
	if (g->member_count > 0)
		g->unassigned += row->member < 0;
	count_problems(g, row);
}

static void join_group(struct join *j, struct group *g)
{
	join_sort(g->partitions, (size_t)g->partition_count, sizeof(*g->partitions), by_row);
	collect_held(j, g);
	size_t missing = match_held(j, g);

	if (missing)
		add_held_rows(j, g, missing);

	g->lag = g->lost = g->max_lag = OFFSET_UNKNOWN;
	g->lag_unknown = g->never_committed = g->topic_count = 0;
	g->refused = g->beyond_end = g->no_topic = g->leaderless = g->not_moving = g->moving = 0;
	g->not_moving_ms = 0;
	g->unassigned = g->member_count < 0 ? -1 : 0;
	if (g->member_count > 0) {
		j->stamp = mem_grow(j->stamp, &j->stamp_cap, (size_t)g->member_count, sizeof(*j->stamp));
		memset(j->stamp, 0, (size_t)g->member_count * sizeof(*j->stamp));
	}
	for (int32_t i = 0; i < g->partition_count;) {
		const char *name = g->partitions[i].topic;
		struct topic *topic = find_topic(j, name);
		struct group_read read = { .group = g, .lag = OFFSET_UNKNOWN, .lost = OFFSET_UNKNOWN };

		g->topic_count++;
		for (; i < g->partition_count && strcmp(g->partitions[i].topic, name) == 0; i++) {
			struct group_partition *row = &g->partitions[i];

			row->topic_ref = topic;
			join_row(j->s, g, row);
			add_row(g, row);
			join_add_offset(&read.lag, row->lag);
			join_add_offset(&read.lost, row->lost);
			read.partitions++;
			read.lag_unknown += row->lag < 0;
			if (row->member >= 0 && j->stamp[row->member] != g->topic_count) {
				j->stamp[row->member] = g->topic_count;
				read.members++;
			}
		}
		if (!topic)
			continue;
		topic->reader_count++;
		j->runs = mem_grow(j->runs, &j->run_cap, j->run_count + 1, sizeof(*j->runs));
		j->runs[j->run_count++] = (struct read_run){ (size_t)(topic - j->topics), read };
	}
}

/* Counted above; laid out one topic after another, each in the order of the groups. */
static void lay_out_readers(struct join *j)
{
	struct group_read *next = arena_array(j->s->arena, j->run_count, sizeof(*next));

	for (size_t i = 0; i < j->s->topic_count; i++) {
		struct topic *t = &j->topics[i];

		t->readers = t->reader_count ? next : NULL;
		next += t->reader_count;
		t->reader_count = 0;
	}
	for (size_t i = 0; i < j->run_count; i++) {
		struct topic *t = &j->topics[j->runs[i].topic];

		((struct group_read *)t->readers)[t->reader_count++] = j->runs[i].read;
	}
}

static void sum_readers(struct topic *t)
{
	t->lag = OFFSET_UNKNOWN;
	t->lag_unknown = 0;
	t->worst = NULL;
	for (int32_t i = 0; i < t->reader_count; i++) {
		const struct group_read *read = &t->readers[i];

		join_add_offset(&t->lag, read->lag);
		t->lag_unknown += read->lag < 0 || read->lag_unknown > 0;
		if (read->lag > (t->worst ? t->worst->lag : 0))
			t->worst = read;
	}
}

void join_groups(struct snapshot *s)
{
	struct join j = { .s = s, .topics = (struct topic *)s->topics };
	struct group *groups = (struct group *)s->groups;

	join_sort(groups, s->group_count, sizeof(*groups), by_group_id);
	index_topics(&j);
	for (size_t i = 0; i < s->group_count; i++) {
		struct group *g = &groups[i];

		join_group(&j, g);
		join_add_offset(&s->totals.lag, g->lag);
		join_add_rate(&s->totals.out_per_s, g->out_per_s);
		join_add_rate(&s->totals.out_now_per_s, g->out_now_per_s);
		s->totals.groups_unknown += g->commit_origin.at_ms == 0;
	}
	lay_out_readers(&j);
	for (size_t i = 0; i < s->topic_count; i++)
		sum_readers(&j.topics[i]);
	free(j.slots);
	free(j.held);
	free(j.stamp);
	free(j.runs);
}

void snapshot_finish(struct snapshot *s)
{
	join_cluster(s);
	join_groups(s);
}
