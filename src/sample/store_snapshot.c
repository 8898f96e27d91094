/* SPDX-License-Identifier: BSD-2-Clause */
/* Copies the store into a snapshot, joins it, and takes over from it the histories and events. */
#include <math.h>

#include "base/clock.h"
#include "sample/store_parts.h"

enum { BLOCK_BYTES = 1024 * 1024 };

struct build {
	struct store *st;
	struct arena *arena;
	uint64_t seq;
	int64_t now_ms;
	int64_t rate_age_ms; /* older readings give no rate */
};

/*
 * The structs of the store are those of the snapshot, so a copy is the struct as it is, with its texts and arrays
 * replaced by the snapshot's own.
 */
static const char *text_of(struct build *b, const char *text)
{
	return name_copy(text, b->arena, b->seq);
}

static void *array_of(struct build *b, const void *items, size_t count, size_t item_size)
{
	return count ? arena_dup(b->arena, items, count * item_size) : arena_alloc(b->arena, 0);
}

static struct origin origin_of(struct build *b, const struct origin *from)
{
	struct origin to = *from;

	to.error = text_of(b, from->error);
	return to;
}

static double rate_of(const struct build *b, double per_s, int64_t at_ms)
{
	return at_ms && b->now_ms - at_ms <= b->rate_age_ms ? per_s : NAN;
}

static struct config config_of(struct build *b, const struct store_config *from)
{
	struct config_entry *entries = array_of(b, from->entries, from->count, sizeof(*entries));

	for (size_t i = 0; i < from->count; i++) {
		entries[i].name = text_of(b, entries[i].name);
		entries[i].value = text_of(b, entries[i].value);
		entries[i].source = text_of(b, entries[i].source);
	}
	return (struct config){ .entries = entries, .count = from->count, .origin = origin_of(b, &from->origin) };
}

static void copy_brokers(struct build *b, struct snapshot *s, const struct store_frame *frame)
{
	struct broker *brokers = arena_array(b->arena, b->st->broker_count, sizeof(*brokers));

	for (size_t i = 0; i < b->st->broker_count; i++) {
		const struct store_broker *from = &b->st->brokers[i];
		struct broker *to = &brokers[i];
		char error[256];

		*to = from->shown;
		to->state = from->in_metadata ? BROKER_UP : BROKER_MISSING;
		to->host = text_of(b, from->shown.host);
		to->rack = text_of(b, from->shown.rack);
		to->config = config_of(b, &from->config);
		if (frame->fill_broker)
			frame->fill_broker(frame->ctx, to->id, to, error);
		to->error = arena_strdup(b->arena, to->error);
	}
	s->brokers = brokers;
	s->broker_count = b->st->broker_count;
}

static struct partition partition_of(struct build *b, const struct store_partition *from)
{
	const struct store_offset *start = &from->offsets[OFFSET_START], *end = &from->offsets[OFFSET_END];
	const struct store_offset *stable = &from->offsets[OFFSET_STABLE];
	struct partition to = from->shown;
	size_t nodes = (size_t)to.replica_count + (size_t)to.isr_count;

	to.replicas = array_of(b, from->nodes, nodes, sizeof(*from->nodes));
	to.isr = to.replicas + to.replica_count;
	to.error = text_of(b, from->shown.error);
	to.log_start = start->value;
	to.high_watermark = end->value;
	to.last_stable = stable->value;
	to.start_origin = origin_of(b, &start->origin);
	to.end_origin = origin_of(b, &end->origin);
	to.stable_origin = origin_of(b, &stable->origin);
	to.in_per_s = rate_of(b, from->in.per_s, end->origin.at_ms);
	to.in_now_per_s = rate_of(b, from->in.now_per_s, end->origin.at_ms);
	return to;
}

static struct topic *copy_topics(struct build *b, struct snapshot *s)
{
	struct topic *topics = arena_array(b->arena, b->st->topic_count, sizeof(*topics));

	for (size_t i = 0; i < b->st->topic_count; i++) {
		const struct store_topic *from = b->st->topics[i];
		struct topic *to = &topics[i];
		struct partition *partitions =
			arena_array(b->arena, (size_t)from->shown.partition_count, sizeof(*partitions));

		*to = from->shown;
		for (int32_t p = 0; p < to->partition_count; p++)
			partitions[p] = partition_of(b, &from->partitions[p]);
		to->name = text_of(b, from->shown.name);
		to->partitions = partitions;
		to->origin = origin_of(b, &from->shown.origin);
		to->settings.cleanup_policy = text_of(b, from->shown.settings.cleanup_policy);
		to->settings.origin = origin_of(b, &from->shown.settings.origin);
		to->config = config_of(b, &from->config);
	}
	s->topics = topics;
	s->topic_count = b->st->topic_count;
	return topics;
}

static const struct member *members_of(struct build *b, const struct store_group *from)
{
	size_t count = from->shown.member_count > 0 ? (size_t)from->shown.member_count : 0;
	struct member *members = array_of(b, from->members, count, sizeof(*members));
	struct topic_partition *assigned = array_of(b, from->assigned, from->assigned_count, sizeof(*assigned));

	for (size_t i = 0; i < from->assigned_count; i++)
		assigned[i].topic = text_of(b, assigned[i].topic);
	for (size_t i = 0; i < count; i++) {
		struct member *m = &members[i];

		m->id = text_of(b, m->id);
		m->client_id = text_of(b, m->client_id);
		m->instance_id = text_of(b, m->instance_id);
		m->host = text_of(b, m->host);
		m->assignment = assigned + (m->assignment - from->assigned);
	}
	return members;
}

/* Records that came since a committed offset was found to stand still. */
static int64_t arrived_since(const struct store_row *row)
{
	const struct store_partition *p = store_named_partition(row->shown.topic, row->shown.partition);

	return p && row->still_end != OFFSET_UNKNOWN && p->offsets[OFFSET_END].value > row->still_end ?
		p->offsets[OFFSET_END].value - row->still_end :
		0;
}

static struct group_partition row_of(struct build *b, const struct store_group *g, const struct store_row *from)
{
	const struct store_topic *t = name_of(from->shown.topic)->topic;
	bool refused = from->left_out_ms && t && t->shown.origin.denied;
	struct group_partition to = from->shown;

	to.topic = text_of(b, from->shown.topic);
	to.metadata = text_of(b, from->shown.metadata);
	to.error = text_of(b, refused ? t->shown.origin.error : from->shown.error);
	to.still_since_ms = from->still_us / 1000;
	to.arrived = arrived_since(from);
	to.out_per_s = rate_of(b, from->out.per_s, g->commit_us / 1000);
	to.out_now_per_s = rate_of(b, from->out.now_per_s, g->commit_us / 1000);
	return to;
}

/*
 * Only what is committed: snapshot_finish() adds what members hold besides. Rows that the newest answer left out
 * show what was last known until it is clear why, and say so when their topic is refused.
 */
static void copy_rows(struct build *b, struct group *to, const struct store_group *from)
{
	struct group_partition *rows = arena_array(b->arena, (size_t)from->commit_count, sizeof(*rows));

	for (int32_t i = 0; i < from->commit_count; i++) {
		if (store_row_counts(&from->commits[i]))
			rows[to->partition_count++] = row_of(b, from, &from->commits[i]);
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

		*to = from->shown;
		to->id = text_of(b, from->shown.id);
		to->protocol = text_of(b, from->shown.protocol);
		to->list_origin = origin_of(b, &from->shown.list_origin);
		to->describe_origin = origin_of(b, &from->shown.describe_origin);
		to->commit_origin = origin_of(b, &from->shown.commit_origin);
		to->members = members_of(b, from);
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

const struct snapshot *store_snapshot(struct store *st, const struct store_frame *frame)
{
	size_t bytes = st->last ? arena_bytes(st->last->arena) : 0;
	struct snapshot *s = snapshot_new(bytes < BLOCK_BYTES ? bytes : BLOCK_BYTES);
	struct build b = { .st = st,
		.arena = s->arena,
		.seq = ++st->seq,
		.now_ms = clock_mono_ms(),
		.rate_age_ms = store_rate_age_ms(frame->interval_ms) };
	struct topic *topics;
	struct group *groups;

	s->seq = b.seq;
	s->mono_ms = b.now_ms;
	s->wall_ms = store_wall_ms(st, b.now_ms);
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
	s->ready = store_ready(st, frame);
	copy_brokers(&b, s, frame);
	topics = copy_topics(&b, s);
	groups = copy_groups(&b, s);
	snapshot_finish(s);
	store_history_add(st, s, topics, groups);
	store_events_add(st, s);
	if (b.seq % STORE_SWEEP_EVERY == 0)
		store_names_sweep(st);
	snapshot_unref(st->last);
	st->last = snapshot_ref(s);
	return s;
}
