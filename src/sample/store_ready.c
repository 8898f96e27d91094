/* SPDX-License-Identifier: BSD-2-Clause */
/* Which needs of the demand are met: all that they ask for was answered, or failed, at least once. */
#include "sample/store_parts.h"

static bool was_tried(const struct origin *o)
{
	return o->at_ms || o->failed_at_ms;
}

/* The needs that the offsets of the topic's partitions do not meet yet. */
static unsigned missing_offsets(const struct store_topic *t, bool only_wanted)
{
	static const unsigned needs[OFFSET_KIND_COUNT] = { NEED_STARTS, NEED_ENDS, NEED_STABLE };
	unsigned missing = 0;

	for (int32_t p = 0; p < t->shown.partition_count; p++) {
		if (only_wanted && !t->partitions[p].wanted)
			continue;
		for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
			if (!was_tried(&t->partitions[p].offsets[kind].origin))
				missing |= needs[kind];
	}
	return missing;
}

static unsigned ready_topics(const struct store *st, const struct demand *d, bool only_wanted)
{
	unsigned ready = NEED_ENDS | NEED_STARTS | NEED_STABLE | NEED_SETTINGS | NEED_TOPIC_CONFIG | NEED_TOPIC_IDS;

	if (!st->metadata.at_ms)
		return st->metadata.failed_at_ms ? ready : 0;
	for (size_t i = 0; i < st->topic_count; i++) {
		const struct store_topic *t = st->topics[i];

		if (!was_tried(&t->shown.settings.origin))
			ready &= ~(unsigned)NEED_SETTINGS;
		if (!t->ids_asked.at_ms || t->ids_asked.open)
			ready &= ~(unsigned)NEED_TOPIC_IDS;
		ready &= ~missing_offsets(t, only_wanted);
	}
	for (size_t i = 0; i < d->topic_count; i++) {
		const struct store_topic *t = store_topic(st, d->topics[i]);

		if (t && !was_tried(&t->config.origin))
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

		if ((g->demanded || d->other_groups != DEMAND_OTHERS_NEVER) && !was_tried(&g->shown.commit_origin))
			ready &= ~(unsigned)NEED_COMMITTED;
		if ((g->demanded || d->other_groups == DEMAND_OTHERS_DESCRIBED) &&
			!was_tried(&g->shown.describe_origin))
			ready &= ~(unsigned)NEED_MEMBERS;
	}
	return ready;
}

unsigned store_ready(const struct store *st, const struct store_frame *frame)
{
	const struct demand *d = frame->demand;
	unsigned ready = ready_topics(st, d, frame->only_wanted) | ready_groups(st, d);

	if (was_tried(&st->metadata))
		ready |= NEED_METADATA | NEED_BROKER_CONFIG;
	if (st->cluster_answered)
		ready |= NEED_CLUSTER;
	for (size_t i = 0; i < st->broker_count; i++) {
		for (size_t j = 0; j < d->broker_count; j++) {
			if (d->brokers[j] == st->brokers[i].shown.id && !was_tried(&st->brokers[i].config.origin))
				ready &= ~(unsigned)NEED_BROKER_CONFIG;
		}
	}
	/* Ends are read after commits: before that they would give a lag that is too small. */
	if ((d->needs & NEED_COMMITTED) && !(ready & NEED_COMMITTED))
		ready &= ~(unsigned)(NEED_ENDS | NEED_STARTS | NEED_STABLE);
	return ready;
}
