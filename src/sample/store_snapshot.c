/* SPDX-License-Identifier: BSD-2-Clause */
/* Copies the store into a snapshot, joins it, and takes from it what lives on: histories and events. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "sample/store_parts.h"

enum {
	WALL_STEP_MS = 200,    /* the clock was set, or drifted that far */
	BLOCK_BYTES = 1024 * 1024,
};

struct build {
	struct store *st;
	struct arena *arena;
	uint64_t seq;
	int64_t now_ms;
	int64_t rate_age_ms;   /* older readings give no rate */
};

static const char *text_of(struct build *b, struct name *name)
{
	return name_copy(name, b->arena, b->seq);
}

static struct origin origin_of(struct build *b, const struct stamp *s)
{
	return (struct origin){ .at_ms = s->at_ms, .failed_at_ms = s->failed_at_ms,
		.error = text_of(b, s->error), .denied = s->denied,
		.outdated = s->outdated };
}

static double rate_of(const struct build *b, double per_s, int64_t at_ms)
{
	return at_ms && b->now_ms - at_ms <= b->rate_age_ms ? per_s : NAN;
}

static struct config config_of(struct build *b, const struct store_config *from)
{
	struct config_entry *entries = arena_array(b->arena, from->count, sizeof(*entries));

	for (size_t i = 0; i < from->count; i++) {
		const struct store_entry *e = &from->entries[i];

		entries[i] = (struct config_entry){ .name = text_of(b, e->name), .value = text_of(b, e->value),
			.source = text_of(b, e->source), .is_default = e->is_default,
			.is_read_only = e->is_read_only, .is_sensitive = e->is_sensitive };
	}
	return (struct config){ .entries = entries, .count = from->count, .origin = origin_of(b, &from->stamp) };
}

static void copy_brokers(struct build *b, struct snapshot *s, const struct store_frame *frame)
{
	struct broker *brokers = arena_array(b->arena, b->st->broker_count, sizeof(*brokers));

	for (size_t i = 0; i < b->st->broker_count; i++) {
		const struct store_broker *from = &b->st->brokers[i];
		struct broker *to = &brokers[i];
		char error[256];

		to->id = from->id;
		to->state = from->in_metadata ? BROKER_UP : BROKER_MISSING;
		to->host = text_of(b, from->host);
		to->port = from->port;
		to->rack = text_of(b, from->rack);
		to->reachable = true;
		to->rtt_us = -1;
		to->in_per_s = NAN;
		to->config = config_of(b, &from->config);
		if (frame->fill_broker)
			frame->fill_broker(frame->ctx, from->id, to, error);
		to->error = arena_strdup(b->arena, to->error);
	}
	s->brokers = brokers;
	s->broker_count = b->st->broker_count;
}

static void copy_partition(struct build *b, struct partition *to, const struct store_partition *from)
{
	const struct store_offset *end = &from->offsets[OFFSET_END];
	size_t replicas = (size_t)from->replica_count, isrs = (size_t)from->isr_count;
	int32_t *nodes = arena_array(b->arena, replicas + isrs, sizeof(*nodes));

	if (replicas + isrs)
		memcpy(nodes, from->nodes, (replicas + isrs) * sizeof(*nodes));
	to->id = from->id;
	to->leader = from->leader;
	to->leader_epoch = from->leader_epoch;
	to->replica_count = from->replica_count;
	to->isr_count = from->isr_count;
	to->replicas = nodes;
	to->isr = nodes + replicas;
	to->error = text_of(b, from->error);
	to->log_start = from->offsets[OFFSET_START].value;
	to->high_watermark = end->value;
	to->last_stable = from->offsets[OFFSET_STABLE].value;
	to->start_origin = origin_of(b, &from->offsets[OFFSET_START].stamp);
	to->end_origin = origin_of(b, &end->stamp);
	to->stable_origin = origin_of(b, &from->offsets[OFFSET_STABLE].stamp);
	to->in_per_s = rate_of(b, from->in.per_s, end->stamp.at_ms);
	to->in_now_per_s = rate_of(b, from->in.now_per_s, end->stamp.at_ms);
}

static struct topic *copy_topics(struct build *b, struct snapshot *s)
{
	struct topic *topics = arena_array(b->arena, b->st->topic_count, sizeof(*topics));

	for (size_t i = 0; i < b->st->topic_count; i++) {
		const struct store_topic *from = b->st->topics[i];
		struct topic *to = &topics[i];
		struct partition *partitions = arena_array(b->arena, (size_t)from->partition_count,
			sizeof(*partitions));

		for (int32_t p = 0; p < from->partition_count; p++)
			copy_partition(b, &partitions[p], &from->partitions[p]);
		to->name = text_of(b, from->name);
		to->id_high = from->id_high;
		to->id_low = from->id_low;
		to->internal = from->internal;
		to->partitions = partitions;
		to->partition_count = from->partition_count;
		to->origin = origin_of(b, &from->stamp);
		to->settings = (struct topic_settings){ .min_isr = from->min_isr, .retention_ms = from->retention_ms,
			.retention_bytes = from->retention_bytes,
			.cleanup_policy = text_of(b, from->cleanup_policy),
			.origin = origin_of(b, &from->settings_stamp) };
		to->config = config_of(b, &from->config);
		to->in_per_s = NAN;
	}
	s->topics = topics;
	s->topic_count = b->st->topic_count;
	return topics;
}

static void copy_members(struct build *b, struct group *to, const struct store_group *from)
{
	size_t count = from->member_count > 0 ? (size_t)from->member_count : 0;
	struct member *members = arena_array(b->arena, count, sizeof(*members));

	for (size_t i = 0; i < count; i++) {
		const struct store_member *m = &from->members[i];
		struct topic_partition *assigned = arena_array(b->arena, (size_t)m->assignment_count,
			sizeof(*assigned));

		for (int32_t j = 0; j < m->assignment_count; j++) {
			assigned[j].topic = text_of(b, m->assignment[j].topic);
			assigned[j].partition = m->assignment[j].partition;
		}
		members[i] = (struct member){ .id = text_of(b, m->id), .client_id = text_of(b, m->client_id),
			.instance_id = text_of(b, m->instance_id), .host = text_of(b, m->host),
			.assignment = assigned, .assignment_count = m->assignment_count };
	}
	to->members = members;
	to->member_count = from->member_count;
}

/* Records that came since a committed offset was found to stand still. */
static int64_t arrived_since(const struct store_topic *t, const struct store_row *row)
{
	const struct store_partition *p = t ? store_topic_partition(t, row->partition) : NULL;

	return p && row->still_end != OFFSET_UNKNOWN && p->offsets[OFFSET_END].value > row->still_end ?
		p->offsets[OFFSET_END].value - row->still_end : 0;
}

/*
 * Only what is committed: snapshot_finish() adds what members hold besides. Rows that the newest answer left out
 * show what was last known until it is clear why, and say so when their topic is refused.
 */
static void copy_rows(struct build *b, struct group *to, const struct store_group *from)
{
	struct group_partition *rows = arena_array(b->arena, (size_t)from->commit_count, sizeof(*rows));

	for (int32_t i = 0; i < from->commit_count; i++) {
		const struct store_row *row = &from->commits[i];
		const struct store_topic *t = row->topic->topic;
		struct name *error = row->left_out_ms && t && t->stamp.denied ? t->stamp.error : row->error;

		if (!store_row_counts(row))
			continue;
		rows[to->partition_count++] = (struct group_partition){ .topic = text_of(b, row->topic), .partition = row->partition,
			.committed = row->committed, .leader_epoch = row->leader_epoch,
			.metadata = text_of(b, row->metadata), .error = text_of(b, error),
			.still_since_ms = row->still_us / 1000, .still_reads = row->still_reads,
			.arrived = arrived_since(t, row),
			.out_per_s = rate_of(b, row->out.per_s, from->commit_us / 1000),
			.out_now_per_s = rate_of(b, row->out.now_per_s, from->commit_us / 1000) };
	}
	to->partitions = rows;
}

static void add_rate(double *sum, double rate)
{
	if (!isnan(rate))
		*sum = (isnan(*sum) ? 0 : *sum) + rate;
}

static struct group *copy_groups(struct build *b, struct snapshot *s)
{
	struct group *groups = arena_array(b->arena, b->st->group_count, sizeof(*groups));

	for (size_t i = 0; i < b->st->group_count; i++) {
		const struct store_group *from = b->st->groups[i];
		struct group *to = &groups[i];

		to->id = text_of(b, from->id);
		to->type = from->type;
		to->state = from->state;
		to->is_simple = from->is_simple;
		to->protocol = text_of(b, from->protocol);
		to->coordinator = from->coordinator;
		to->list_origin = origin_of(b, &from->list_stamp);
		to->describe_origin = origin_of(b, &from->describe_stamp);
		to->commit_origin = origin_of(b, &from->commit_stamp);
		to->rebalances = from->rebalances;
		copy_members(b, to, from);
		copy_rows(b, to, from);
		to->out_per_s = to->out_now_per_s = NAN;
		for (int32_t p = 0; p < to->partition_count; p++) {
			add_rate(&to->out_per_s, to->partitions[p].out_per_s);
			add_rate(&to->out_now_per_s, to->partitions[p].out_now_per_s);
		}
	}
	s->groups = groups;
	s->group_count = b->st->group_count;
	return groups;
}

/*
 * The time of day of a monotonic time. The difference of the two clocks is kept
 * while it holds, so that a figure's time of day does not wander by the moment
 * that passes between reading one clock and the other.
 */
static int64_t wall_of(struct store *st, int64_t now_ms)
{
	int64_t offset_ms = clock_wall_ms() - now_ms, change_ms = offset_ms - st->wall_offset_ms;

	if (change_ms > WALL_STEP_MS || change_ms < -WALL_STEP_MS)
		st->wall_offset_ms = offset_ms;
	return now_ms + st->wall_offset_ms;
}

static void drop_event(struct store *st, size_t i)
{
	free((char *)st->events[i].subject);
	free((char *)st->events[i].text);
	st->event_count--;
	memmove(&st->events[i], &st->events[i + 1], (st->event_count - i) * sizeof(*st->events));
}

static void keep_event(struct store *st, const struct event *event)
{
	struct event now = *event, *to;
	struct str text = {0};

	if (!st->events)
		st->events = mem_alloc(EVENTS_KEPT * sizeof(*st->events));
	for (size_t i = st->event_count; i-- > 0;) {
		if (event_continues(&st->events[i], &now, &text))
			drop_event(st, i);
	}
	if (st->event_count == EVENTS_KEPT)
		drop_event(st, 0);
	to = &st->events[st->event_count++];
	*to = now;
	to->subject = mem_strdup(event->subject);
	to->text = text.len ? str_take(&text) : mem_strdup(event->text);
	st->event_seq = event->seq;
}

void store_event(struct store *st, enum severity severity, const char *subject, const char *text, int64_t now_ms)
{
	int64_t wall_ms = wall_of(st, now_ms);

	keep_event(st, &(struct event){ .seq = st->event_seq + 1, .wall_ms = wall_ms, .began_ms = wall_ms,
		.kind = EVENT_CHANGED, .severity = severity, .subject = subject, .text = text });
}

static void add_events(struct build *b, struct snapshot *s)
{
	struct store *st = b->st;
	const struct event *found;
	size_t count = events_between(st->last, s, st->event_seq + 1, b->arena, &found);
	struct event *events;

	for (size_t i = 0; i < count; i++)
		keep_event(st, &found[i]);
	events = arena_array(b->arena, st->event_count, sizeof(*events));
	for (size_t i = 0; i < st->event_count; i++) {
		events[i] = st->events[i];
		events[i].subject = arena_strdup(b->arena, st->events[i].subject);
		events[i].text = arena_strdup(b->arena, st->events[i].text);
	}
	s->events = events;
	s->event_count = st->event_count;
}

static unsigned ready_topics(const struct store *st, const struct demand *d, bool only_wanted)
{
	unsigned ready = NEED_ENDS | NEED_STARTS | NEED_STABLE | NEED_SETTINGS | NEED_TOPIC_CONFIG |
		NEED_TOPIC_IDS;
	static const unsigned needs[OFFSET_KIND_COUNT] = { NEED_STARTS, NEED_ENDS, NEED_STABLE };

	if (!st->metadata.at_ms)
		return st->metadata.failed_at_ms ? ready : 0;
	for (size_t i = 0; i < st->topic_count; i++) {
		const struct store_topic *t = st->topics[i];

		if (!t->settings_stamp.at_ms && !t->settings_stamp.failed_at_ms)
			ready &= ~(unsigned)NEED_SETTINGS;
		if (!t->ids_asked_ms || t->ids_asked)
			ready &= ~(unsigned)NEED_TOPIC_IDS;
		for (int32_t p = 0; p < t->partition_count; p++) {
			if (only_wanted && !t->partitions[p].wanted)
				continue;
			for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++) {
				const struct stamp *s = &t->partitions[p].offsets[kind].stamp;

				if (!s->at_ms && !s->failed_at_ms)
					ready &= ~needs[kind];
			}
		}
	}
	for (size_t i = 0; i < d->topic_count; i++) {
		const struct store_topic *t = store_topic(st, d->topics[i]);

		if (t && !t->config.stamp.at_ms && !t->config.stamp.failed_at_ms)
			ready &= ~(unsigned)NEED_TOPIC_CONFIG;
	}
	return ready;
}

static unsigned ready_groups(const struct store *st, const struct demand *d)
{
	unsigned ready = NEED_GROUPS | NEED_COMMITTED | NEED_MEMBERS;

	if (!st->group_list.at_ms)
		return st->group_list.failed_at_ms ? ready : 0;
	for (size_t i = 0; i < st->group_count; i++) {
		const struct store_group *g = st->groups[i];

		if ((g->demanded || !d->only_groups) && !g->commit_stamp.at_ms && !g->commit_stamp.failed_at_ms)
			ready &= ~(unsigned)NEED_COMMITTED;
		if ((g->demanded || d->all_groups) && !g->describe_stamp.at_ms && !g->describe_stamp.failed_at_ms)
			ready &= ~(unsigned)NEED_MEMBERS;
	}
	return ready;
}

/* What was answered, or failed, at least once for all that the demand names. */
static unsigned ready_of(const struct store *st, const struct store_frame *frame)
{
	const struct demand *d = frame->demand;
	unsigned ready = ready_topics(st, d, frame->only_wanted) | ready_groups(st, d);

	if (st->metadata.at_ms || st->metadata.failed_at_ms)
		ready |= NEED_METADATA | NEED_BROKER_CONFIG;
	if (st->cluster_answered)
		ready |= NEED_CLUSTER;
	for (size_t i = 0; i < st->broker_count; i++) {
		const struct stamp *s = &st->brokers[i].config.stamp;

		for (size_t j = 0; j < d->broker_count; j++) {
			if (d->brokers[j] == st->brokers[i].id && !s->at_ms && !s->failed_at_ms)
				ready &= ~(unsigned)NEED_BROKER_CONFIG;
		}
	}
	/* Ends are read after commits: before that they would give a lag that is too small. */
	if ((d->needs & NEED_COMMITTED) && !(ready & NEED_COMMITTED))
		ready &= ~(unsigned)(NEED_ENDS | NEED_STARTS | NEED_STABLE);
	return ready;
}

const struct snapshot *store_snapshot(struct store *st, const struct store_frame *frame)
{
	size_t bytes = st->last ? arena_bytes(st->last->arena) : 0;
	struct snapshot *s = snapshot_new(bytes < BLOCK_BYTES ? bytes : BLOCK_BYTES);
	struct build b = { .st = st, .arena = s->arena, .seq = ++st->seq, .now_ms = clock_mono_ms(),
		.rate_age_ms = store_rate_age_ms(frame->interval_ms) };
	struct topic *topics;
	struct group *groups;

	s->seq = b.seq;
	s->mono_ms = b.now_ms;
	s->wall_ms = wall_of(st, b.now_ms);
	s->interval_ms = frame->interval_ms;
	s->read_committed = frame->demand->read_committed;
	s->connection = frame->connection;
	s->connection.bootstrap = arena_strdup(b.arena, frame->connection.bootstrap);
	s->connection.error = arena_strdup(b.arena, frame->connection.error);
	s->cluster_id = text_of(&b, st->cluster_id);
	s->controller_id = -1;
	s->topics_visible = st->topics_visible;
	s->groups_visible = st->groups_visible;
	s->metadata_origin = origin_of(&b, &st->metadata);
	s->groups_origin = origin_of(&b, &st->group_list);
	s->offsets_origin = origin_of(&b, &st->offsets);
	s->commits_origin = origin_of(&b, &st->commits);
	s->cost = frame->cost;
	store_mark_demanded(st, frame->demand);
	s->ready = ready_of(st, frame);
	copy_brokers(&b, s, frame);
	topics = copy_topics(&b, s);
	groups = copy_groups(&b, s);
	snapshot_finish(s);
	store_history_add(st, s, topics, groups);
	add_events(&b, s);
	if (b.seq % STORE_SWEEP_EVERY == 0)
		store_names_sweep(st);
	snapshot_unref(st->last);
	st->last = snapshot_ref(s);
	return s;
}
