/* SPDX-License-Identifier: BSD-2-Clause */
/* Brokers, topics and partitions as the cluster's metadata gives them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"
#include "sample/store.h"
#include "sample/store_parts.h"

struct store_topic *store_topic(const struct store *st, const char *name)
{
	struct name *n = names_find(&st->names, name);

	return n ? n->topic : NULL;
}

static int compare_partition(const void *id, const void *partition)
{
	int32_t wanted = *(const int32_t *)id, other = ((const struct store_partition *)partition)->shown.id;

	return (wanted > other) - (wanted < other);
}

struct store_partition *store_topic_partition(const struct store_topic *t, int32_t id)
{
	/* The usual case: the ids are 0 to n - 1. */
	if (id >= 0 && id < t->shown.partition_count && t->partitions[id].shown.id == id)
		return &t->partitions[id];
	return search_find(&id, t->partitions, (size_t)t->shown.partition_count, sizeof(*t->partitions),
		compare_partition);
}

struct store_partition *store_partition(const struct store *st, const char *topic, int32_t id)
{
	const struct store_topic *t = store_topic(st, topic);

	return t ? store_topic_partition(t, id) : NULL;
}

struct store_partition *store_named_partition(const char *topic, int32_t id)
{
	const struct store_topic *t = name_of(topic)->topic;

	return t ? store_topic_partition(t, id) : NULL;
}

static size_t place_of(const struct store *st, int32_t id)
{
	size_t at = 0;

	while (at < st->broker_count && st->brokers[at].shown.id < id)
		at++;
	return at;
}

struct store_broker *store_find_broker(struct store *st, int32_t id)
{
	size_t at = place_of(st, id);

	return at < st->broker_count && st->brokers[at].shown.id == id ? &st->brokers[at] : NULL;
}

struct store_broker *store_broker(struct store *st, int32_t id)
{
	size_t at = place_of(st, id);

	if (at < st->broker_count && st->brokers[at].shown.id == id)
		return &st->brokers[at];
	st->brokers = mem_grow(st->brokers, &st->broker_cap, st->broker_count + 1, sizeof(*st->brokers));
	memmove(&st->brokers[at + 1], &st->brokers[at], (st->broker_count - at) * sizeof(*st->brokers));
	st->broker_count++;
	st->brokers[at] = (struct store_broker){ .shown.id = id, .shown.port = -1 };
	return &st->brokers[at];
}

static void apply_brokers(struct store *st, const struct told_metadata *md)
{
	for (size_t i = 0; i < st->broker_count; i++)
		st->brokers[i].in_metadata = false;
	for (size_t i = 0; i < md->broker_count; i++) {
		struct store_broker *b = store_broker(st, md->brokers[i].id);

		b->in_metadata = true;
		b->shown.host = names_get(&st->names, md->brokers[i].host);
		b->shown.port = md->brokers[i].port;
	}
}

static int compare_partition_ids(const void *a, const void *b)
{
	const struct store_partition *pa = a, *pb = b;

	return (pa->shown.id > pb->shown.id) - (pa->shown.id < pb->shown.id);
}

static void partition_init(struct store_partition *p, int32_t id)
{
	*p = (struct store_partition){ .shown.id = id, .shown.leader = -1, .shown.leader_epoch = -1 };
	store_offsets_forget(p);
}

/* Makes the partition ids of `t` those of the metadata; what stays keeps its figures. */
static void match_partitions(struct store_topic *t, const struct told_topic *told)
{
	struct store_partition *now;
	bool same = t->shown.partition_count == told->partition_count;

	/* The usual case: the ids are 0 to n - 1, in any order. */
	for (int32_t i = 0; same && i < told->partition_count; i++)
		same = t->partitions[i].shown.id == i && told->partitions[i].id >= 0 &&
			told->partitions[i].id < told->partition_count;
	if (same)
		return;
	now = mem_alloc((size_t)told->partition_count * sizeof(*now));
	for (int32_t i = 0; i < told->partition_count; i++)
		partition_init(&now[i], told->partitions[i].id);
	qsort(now, (size_t)told->partition_count, sizeof(*now), compare_partition_ids);
	for (int32_t i = 0, j = 0; i < t->shown.partition_count; i++) {
		while (j < told->partition_count && now[j].shown.id < t->partitions[i].shown.id)
			j++;
		if (j < told->partition_count && now[j].shown.id == t->partitions[i].shown.id)
			now[j] = t->partitions[i];
		else
			free(t->partitions[i].nodes);
	}
	free(t->partitions);
	t->partitions = now;
	t->shown.partition_count = told->partition_count;
}

static bool same_nodes(const struct store_partition *p, const struct told_partition *told)
{
	return p->shown.replica_count == told->replica_count && p->shown.isr_count == told->isr_count &&
		memcmp(p->nodes, told->replicas, (size_t)told->replica_count * sizeof(int32_t)) == 0 &&
		memcmp(p->nodes + told->replica_count, told->isr, (size_t)told->isr_count * sizeof(int32_t)) == 0;
}

static void apply_partition(struct store *st, struct store_partition *p, const struct told_partition *told,
	int64_t now_ms)
{
	static const struct fault no_leader = { .code = FAULT_LOCAL, .text = "no partition leader" };

	p->shown.leader = told->leader;
	p->shown.error = names_get(&st->names, told->error);
	if (!p->nodes || !same_nodes(p, told)) {
		size_t replicas = (size_t)told->replica_count, isrs = (size_t)told->isr_count;

		free(p->nodes);
		p->nodes = mem_alloc((replicas + isrs) * sizeof(*p->nodes));
		if (replicas)
			memcpy(p->nodes, told->replicas, replicas * sizeof(*p->nodes));
		if (isrs)
			memcpy(p->nodes + replicas, told->isr, isrs * sizeof(*p->nodes));
		p->shown.replica_count = told->replica_count;
		p->shown.isr_count = told->isr_count;
		p->shown.replicas = p->nodes;
		p->shown.isr = p->nodes + replicas;
		for (int32_t i = 0; i < p->shown.replica_count; i++)
			store_broker(st, p->nodes[i]);
	}
	if (p->shown.leader >= 0)
		return;
	/* Nobody can be asked: that is the newest attempt, and it failed. */
	for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
		stamp_fail(st, &p->offsets[kind].origin, now_ms, &no_leader);
}

static struct store_topic *add_topic(struct store *st, const char *name)
{
	struct store_topic *t = mem_alloc(sizeof(*t));

	t->shown.name = names_get(&st->names, name);
	name_of(t->shown.name)->topic = t;
	/* Until the topic is described: the names that Kafka itself uses. */
	t->shown.internal = strcmp(name, "__consumer_offsets") == 0 || strcmp(name, "__transaction_state") == 0 ||
		strcmp(name, "__share_group_state") == 0;
	t->shown.in_per_s = NAN;
	t->shown.settings.min_isr = -1;
	t->shown.settings.retention_ms = t->shown.settings.retention_bytes = -1;
	history_init(&t->shown.in_history);
	st->topics = mem_grow(st->topics, &st->topic_cap, st->topic_count + 1, sizeof(struct store_topic *));
	st->topics[st->topic_count++] = t;
	return t;
}

static void apply_topic(struct store *st, struct store_topic *t, const struct told_topic *told, int64_t now_ms)
{
	if (told->fault.code) {
		stamp_fail(st, &t->shown.origin, now_ms, &told->fault);
		if (told->partition_count == 0)
			return;
	} else {
		stamp_ok(&t->shown.origin, now_ms);
	}
	match_partitions(t, told);
	for (int32_t i = 0; i < told->partition_count; i++) {
		struct store_partition *p = store_topic_partition(t, told->partitions[i].id);

		if (p)
			apply_partition(st, p, &told->partitions[i], now_ms);
	}
}

static int compare_topics(const void *a, const void *b)
{
	const struct store_topic *const *ta = a, *const *tb = b;

	return strcmp((*ta)->shown.name, (*tb)->shown.name);
}

static void drop_topic(struct store *st, struct store_topic *t)
{
	size_t at = 0;

	while (st->topics[at] != t)
		at++;
	memmove(&st->topics[at], &st->topics[at + 1], (st->topic_count - at - 1) * sizeof(struct store_topic *));
	st->topic_count--;
	st->partition_count -= t->shown.partition_count;
	store_topic_drop(t);
}

void store_topic_failed(struct store *st, const char *name, const struct fault *fault, int64_t now_ms)
{
	struct store_topic *t = store_topic(st, name);

	if (!t || t->present)
		return;
	if (fault->code == FAULT_UNKNOWN_TOPIC) {
		drop_topic(st, t);
		return;
	}
	stamp_fail(st, &t->shown.origin, now_ms, fault);
	for (int32_t i = 0; t->shown.origin.denied && i < t->shown.partition_count; i++) {
		for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
			stamp_fail(st, &t->partitions[i].offsets[kind].origin, now_ms, fault);
	}
}

void store_metadata(struct store *st, const struct told_metadata *md, int64_t now_ms)
{
	bool added = false;

	apply_brokers(st, md);
	for (size_t i = 0; i < st->topic_count; i++)
		st->topics[i]->present = false;
	st->partition_count = 0;
	for (size_t i = 0; i < md->topic_count; i++) {
		const struct told_topic *told = &md->topics[i];
		struct store_topic *t = store_topic(st, told->name);

		/* Deleted between the broker's own look-ups: known by its id alone, or not at all. */
		if (!told->name || !*told->name || told->fault.code == FAULT_UNKNOWN_TOPIC)
			continue;
		if (!t) {
			t = add_topic(st, told->name);
			added = true;
		}
		t->present = true;
		t->missed_ms = 0;
		apply_topic(st, t, told, now_ms);
		st->partition_count += t->shown.partition_count;
	}
	if (added)
		qsort(st->topics, st->topic_count, sizeof(struct store_topic *), compare_topics);
	stamp_ok(&st->metadata, now_ms);
}

/*
 * ListGroups hides groups from whoever may not DESCRIBE the cluster; Metadata
 * hides topics by topic, so only someone with every right on the cluster (or
 * a cluster without an authorizer) is sure to see all. KIP-430.
 */
static void read_rights(struct store *st, uint32_t rights)
{
	enum {
		CREATE = 1 << 5,
		ALTER = 1 << 7,
		DESCRIBE = 1 << 8,
		CLUSTER_ACTION = 1 << 9,
		DESCRIBE_CONFIGS = 1 << 10,
		ALTER_CONFIGS = 1 << 11,
		IDEMPOTENT_WRITE = 1 << 12
	};
	const uint32_t all =
		CREATE | ALTER | DESCRIBE | CLUSTER_ACTION | DESCRIBE_CONFIGS | ALTER_CONFIGS | IDEMPOTENT_WRITE;

	st->groups_visible = rights & DESCRIBE ? VISIBILITY_ALL : VISIBILITY_PARTIAL;
	st->topics_visible = (rights & all) == all ? VISIBILITY_ALL : VISIBILITY_PARTIAL;
}

void store_cluster(struct store *st, const struct told_cluster *cluster)
{
	for (size_t i = 0; i < cluster->rack_count; i++) {
		const char *rack = cluster->racks[i].rack;

		store_broker(st, cluster->racks[i].broker)->shown.rack =
			names_get(&st->names, rack && *rack ? rack : NULL);
	}
	st->cluster_answered = true;
	st->cluster_id = names_get(&st->names, cluster->id && *cluster->id ? cluster->id : NULL);
	if (cluster->rights_known)
		read_rights(st, cluster->rights);
}

void store_topic_described(struct store *st, const char *name, uint64_t id_high, uint64_t id_low, bool internal)
{
	struct store_topic *t = store_topic(st, name);
	bool recreated;

	if (!t)
		return;
	recreated = (t->shown.id_high || t->shown.id_low) && (id_high || id_low) &&
		(t->shown.id_high != id_high || t->shown.id_low != id_low);
	if (id_high || id_low) {
		t->shown.id_high = id_high;
		t->shown.id_low = id_low;
	}
	t->shown.internal = internal;
	if (!recreated)
		return;
	for (int32_t i = 0; i < t->shown.partition_count; i++)
		store_offsets_forget(&t->partitions[i]);
	t->settings_asked.at_ms = 0;
	t->config.asked.at_ms = 0;
}
