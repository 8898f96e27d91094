/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds small snapshots as a sampler would, a line a thing. Everything starts as read and well. */
#ifndef TESTS_UNIT_BUILD_H
#define TESTS_UNIT_BUILD_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/snapshot.h"

/* Arrays with room, so that things can be added in any order. */
enum { BUILD_MAX = 16 };

static inline struct snapshot *build_cluster(int brokers)
{
	struct snapshot *s = snapshot_new(0);
	struct broker *list = arena_array(s->arena, BUILD_MAX, sizeof(*list));
	struct origin now = { .at_ms = 1000 };

	s->mono_ms = 1000;
	s->wall_ms = 1795356118000;
	s->metadata_origin = s->groups_origin = now;
	s->connection.state = CONNECTION_UP;
	s->brokers = list;
	s->topics = arena_array(s->arena, BUILD_MAX, sizeof(struct topic));
	s->groups = arena_array(s->arena, BUILD_MAX, sizeof(struct group));
	for (int i = 0; i < brokers; i++)
		list[s->broker_count++] = (struct broker){ .id = i + 1, .host = "host", .port = 9092 };
	return s;
}

static inline struct broker *build_broker(struct snapshot *s, int32_t id)
{
	return (struct broker *)snapshot_broker(s, id);
}

/* Partitions with replicas 1, 2, 3, all in sync, led by 1, offsets 0 to 100. */
static inline struct topic *build_topic(struct snapshot *s, const char *name, int32_t partitions)
{
	static const int32_t replicas[] = { 1, 2, 3 };
	struct topic *t = (struct topic *)&s->topics[s->topic_count++];
	struct partition *list = arena_array(s->arena, (size_t)partitions + 1, sizeof(*list));

	for (int32_t i = 0; i < partitions; i++)
		list[i] = (struct partition){
			.id = i,
			.leader = 1,
			.leader_epoch = 0,
			.replica_count = 3,
			.isr_count = 3,
			.replicas = arena_dup(s->arena, replicas, sizeof(replicas)),
			.isr = arena_dup(s->arena, replicas, sizeof(replicas)),
			.log_start = 0,
			.high_watermark = 100,
			.last_stable = 90,
			.in_per_s = NAN,
			.start_origin.at_ms = 1000,
			.end_origin.at_ms = 1000,
			.stable_origin.at_ms = 1000,
		};
	t->name = arena_strdup(s->arena, name);
	t->id_low = 7;
	t->partitions = list;
	t->partition_count = partitions;
	t->origin.at_ms = 1000;
	t->settings.min_isr = 2;
	return t;
}

static inline struct partition *build_partition(struct topic *t, int32_t id)
{
	return (struct partition *)&t->partitions[id];
}

static inline struct group *build_group(struct snapshot *s, const char *id)
{
	struct group *g = (struct group *)&s->groups[s->group_count++];

	g->id = arena_strdup(s->arena, id);
	g->state = GROUP_STABLE;
	g->type = GROUP_TYPE_CLASSIC;
	g->out_per_s = NAN;
	g->list_origin.at_ms = g->describe_origin.at_ms = g->commit_origin.at_ms = 1000;
	g->members = arena_array(s->arena, BUILD_MAX, sizeof(struct member));
	g->partitions = arena_array(s->arena, BUILD_MAX, sizeof(struct group_partition));
	return g;
}

static inline void build_commit(struct group *g, const char *topic, int32_t partition, int64_t committed)
{
	g->partitions[g->partition_count++] = (struct group_partition){ .topic = topic,
		.partition = partition,
		.committed = committed,
		.leader_epoch = -1,
		.out_per_s = NAN };
}

/* A member that holds one topic's partitions first..last (last < first: none). */
static inline void build_member(struct snapshot *s, struct group *g, const char *id, const char *topic, int32_t first,
	int32_t last)
{
	struct member *m = (struct member *)&g->members[g->member_count++];
	struct topic_partition *held = arena_array(s->arena, BUILD_MAX, sizeof(*held));

	*m = (struct member){ .id = id, .client_id = id, .host = "/10.0.4.17", .assignment = held };
	for (int32_t i = first; i <= last; i++)
		held[m->assignment_count++] = (struct topic_partition){ topic, i };
}

#endif
