/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/snapshot.h"

#include <math.h>
#include <string.h>

#include "base/search.h"

struct snapshot *snapshot_new(size_t arena_bytes)
{
	struct arena *arena = arena_new(arena_bytes);
	struct snapshot *s = arena_alloc(arena, sizeof(*s));

	s->arena = arena;
	atomic_init(&s->refs, 1);
	s->interval_ms = 5000;
	s->controller_id = -1;
	history_init(&s->in_history);
	history_init(&s->out_history);
	history_init(&s->lag_history);
	s->totals = (struct totals){ .under_min_isr = -1,
		.in_per_s = NAN,
		.out_per_s = NAN,
		.in_now_per_s = NAN,
		.out_now_per_s = NAN,
		.lag = OFFSET_UNKNOWN };
	s->cost = (struct cost){ .requests_per_s = NAN, .bytes_per_s = NAN };
	return s;
}

/* The reference count is the one field that changes in a published snapshot. */
const struct snapshot *snapshot_ref(const struct snapshot *s)
{
	atomic_fetch_add_explicit(&((struct snapshot *)s)->refs, 1, memory_order_relaxed);
	return s;
}

void snapshot_unref(const struct snapshot *s)
{
	if (!s)
		return;
	if (atomic_fetch_sub_explicit(&((struct snapshot *)s)->refs, 1, memory_order_acq_rel) == 1)
		arena_free(s->arena);
}

static int compare_broker(const void *id, const void *broker)
{
	int32_t wanted = *(const int32_t *)id, other = ((const struct broker *)broker)->id;

	return (wanted > other) - (wanted < other);
}

static int compare_topic(const void *name, const void *topic)
{
	return strcmp(name, ((const struct topic *)topic)->name);
}

static int compare_group(const void *id, const void *group)
{
	return strcmp(id, ((const struct group *)group)->id);
}

static int compare_partition(const void *id, const void *partition)
{
	int32_t wanted = *(const int32_t *)id, other = ((const struct partition *)partition)->id;

	return (wanted > other) - (wanted < other);
}

const struct broker *snapshot_broker(const struct snapshot *s, int32_t id)
{
	return search_find(&id, s->brokers, s->broker_count, sizeof(*s->brokers), compare_broker);
}

const struct topic *snapshot_topic(const struct snapshot *s, const char *name)
{
	return search_find(name, s->topics, s->topic_count, sizeof(*s->topics), compare_topic);
}

const struct group *snapshot_group(const struct snapshot *s, const char *id)
{
	return search_find(id, s->groups, s->group_count, sizeof(*s->groups), compare_group);
}

bool partition_led_by_another(const struct partition *p)
{
	return p->leader >= 0 && p->replica_count > 0 && p->replicas[0] != p->leader;
}

bool partition_in_isr(const struct partition *p, int32_t broker)
{
	for (int32_t i = 0; i < p->isr_count; i++)
		if (p->isr[i] == broker)
			return true;
	return false;
}

const char *group_id_shown(const char *id)
{
	return *id ? id : "\"\"";
}

const char *group_id_typed(const char *text)
{
	return strcmp(text, "\"\"") == 0 ? "" : text;
}

const struct partition *topic_partition_find(const struct topic *t, int32_t id)
{
	/* Nearly always the ids have no holes. */
	if (id >= 0 && id < t->partition_count && t->partitions[id].id == id)
		return &t->partitions[id];
	return search_find(&id, t->partitions, (size_t)t->partition_count, sizeof(*t->partitions), compare_partition);
}

double snapshot_broker_skew(const struct snapshot *s, const struct broker *b)
{
	double up = 0, leaders = 0;

	for (size_t i = 0; i < s->broker_count; i++) {
		if (s->brokers[i].state != BROKER_UP)
			continue;
		up++;
		leaders += s->brokers[i].leaders;
	}
	if (b->state != BROKER_UP || leaders == 0)
		return NAN;
	return b->leaders / (leaders / up) - 1;
}

const char *group_type_name(enum group_type type)
{
	static const char *const names[] = { "unknown", "classic", "consumer" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == GROUP_TYPE_COUNT, "a name for each type");
	return names[type];
}

const char *group_state_name(enum group_state state)
{
	static const char *const names[] = {
		[GROUP_STATE_UNKNOWN] = "Unknown",
		[GROUP_PREPARING_REBALANCE] = "PreparingRebalance",
		[GROUP_COMPLETING_REBALANCE] = "CompletingRebalance",
		[GROUP_STABLE] = "Stable",
		[GROUP_DEAD] = "Dead",
		[GROUP_EMPTY] = "Empty",
		[GROUP_ASSIGNING] = "Assigning",
		[GROUP_RECONCILING] = "Reconciling",
	};

	_Static_assert(sizeof(names) / sizeof(names[0]) == GROUP_STATE_COUNT, "a name for each state");
	return names[state];
}

/* Kafka's Uuid.toString(): base64 for URLs, without padding. */
void topic_id_text(const struct topic *t, char text[23])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned char bytes[18] = { 0 };
	int n = 0;

	text[0] = '\0';
	if (t->id_high == 0 && t->id_low == 0)
		return;
	for (int i = 0; i < 8; i++) {
		bytes[i] = (unsigned char)(t->id_high >> (56 - 8 * i));
		bytes[8 + i] = (unsigned char)(t->id_low >> (56 - 8 * i));
	}
	for (int i = 0; n < 22; i += 3) {
		unsigned v = (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2];

		for (int shift = 18; shift >= 0 && n < 22; shift -= 6)
			text[n++] = digits[v >> shift & 63];
	}
	text[n] = '\0';
}

bool origin_is_stale(const struct origin *o, int64_t now_ms, int64_t period_ms)
{
	return o->at_ms == 0 || o->failed_at_ms != 0 || o->outdated || now_ms - o->at_ms > 2 * period_ms;
}
