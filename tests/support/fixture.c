/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/demand.h"

enum { REPLICATION = 3, BROKERS = 3 };

static const int64_t day_ms = 24 * 3600 * 1000;

static int64_t made_ms = FIXTURE_MONO_MS; /* time of the snapshot; only fixture_moving() makes a later one */

void fixture_freeze(int64_t after_ms)
{
	clock_freeze(FIXTURE_MONO_MS + after_ms, FIXTURE_WALL_MS + after_ms);
}

static struct origin read_ago(int64_t ms)
{
	return (struct origin){ .at_ms = made_ms - ms };
}

/* A figure that goes from `from` to `to` over the half hour of a history, with a wave added. */
static void fill_history(struct history *h, double from, double to, double wave)
{
	history_init(h);
	for (int64_t ms = 30 * 60 * 1000; ms >= 0; ms -= 5000) {
		double part = 1 - (double)ms / (30.0 * 60 * 1000);
		double value = from + (to - from) * part + wave * sin((double)ms / 45000);
		history_add(h, made_ms - ms, value < 0 ? 0 : value);
	}
}

static struct snapshot *new_snapshot(void)
{
	struct snapshot *s = snapshot_new(0);
	s->seq = 7;
	s->mono_ms = made_ms;
	s->wall_ms = FIXTURE_WALL_MS + made_ms - FIXTURE_MONO_MS;
	s->interval_ms = 5000;
	s->ready = NEED_ALL;
	s->connection = (struct connection){ .state = CONNECTION_UP,
		.since_ms = made_ms - 600000,
		.bootstrap = "kafka-1.example:9092" };
	s->cluster_id = "MkU3OEVBNTcwNTJENDM2Qg";
	s->topics_visible = s->groups_visible = VISIBILITY_ALL;
	s->metadata_origin = s->groups_origin = s->offsets_origin = s->commits_origin = read_ago(1200);
	s->cost = (struct cost){ .requests_per_s = 14.2, .bytes_per_s = 22100 };
	return s;
}

static void add_brokers(struct snapshot *s)
{
	static const char *const hosts[BROKERS] = { "kafka-1.example", "kafka-2.example", "kafka-3.example" };
	static const char *const racks[BROKERS] = { "eu-1a", "eu-1b", NULL };
	struct broker *brokers = arena_array(s->arena, BROKERS, sizeof(*brokers));
	for (int i = 0; i < BROKERS; i++)
		brokers[i] = (struct broker){ .id = i + 1,
			.state = BROKER_UP,
			.host = hosts[i],
			.port = 9092,
			.rack = racks[i],
			.reachable = true,
			.rtt_us = 400 + 300 * i };
	s->brokers = brokers;
	s->broker_count = BROKERS;
}

/* Describes one topic of the fixture; its name may hold any bytes. */
struct topic_plan {
	const char *name;
	int32_t partitions;
	int64_t start, end;
	double in_per_s;
	const char *policy;
	int64_t retention_ms;
	int first_replica; /* broker of partition 0's preferred replica */
	bool internal;
};

static void add_partition(struct arena *arena, struct partition *p, const struct topic_plan *plan, int32_t id)
{
	int32_t *replicas = arena_array(arena, REPLICATION, sizeof(*replicas));
	for (int r = 0; r < REPLICATION; r++)
		replicas[r] = 1 + (plan->first_replica + id + r) % BROKERS;
	*p = (struct partition){
		.id = id,
		.leader = replicas[0],
		.leader_epoch = 12,
		.replica_count = REPLICATION,
		.isr_count = REPLICATION,
		.replicas = replicas,
		.isr = replicas,
		.log_start = plan->start + 101 * id,
		.high_watermark = plan->end + 977 * id,
		.last_stable = plan->end + 977 * id,
		.in_per_s = plan->in_per_s / plan->partitions,
		.in_now_per_s = plan->in_per_s / plan->partitions,
		.start_origin = read_ago(1200),
		.end_origin = read_ago(1200),
		.stable_origin = read_ago(1200),
	};
}

static void add_topic(struct arena *arena, struct topic *t, const struct topic_plan *plan)
{
	struct partition *partitions = arena_array(arena, (size_t)plan->partitions, sizeof(*partitions));
	for (int32_t i = 0; i < plan->partitions; i++)
		add_partition(arena, &partitions[i], plan, i);
	*t = (struct topic){
		.name = plan->name,
		.id_high = 0x1122334455667788,
		.id_low = (uint64_t)plan->end,
		.internal = plan->internal,
		.partitions = partitions,
		.partition_count = plan->partitions,
		.origin = read_ago(1200),
		.settings = { .min_isr = 2,
			.retention_ms = plan->retention_ms,
			.retention_bytes = INT64_MAX,
			.cleanup_policy = plan->policy,
			.origin = read_ago(30000) },
	};
	fill_history(&t->in_history, plan->in_per_s, plan->in_per_s, plan->in_per_s / 8);
}

/* Hostile names, with bytes from invalid UTF-8 to a bell: a terminal must never receive them unescaped. */
#define HOSTILE_TOPIC "evil\033[31m\033]0;owned\a"
#define WIDE_TOPIC    "\346\263\250\346\226\207-\346\233\264\346\226\260"
#define MARKED_GROUP  "caf\314\201e\314\200-reader"
#define BROKEN_GROUP  "half\303(\342\202utf8"
#define TURNED_GROUP  "safe\342\200\256gnp.exe"

static const char long_name[] =
	"customer-interaction-events-enriched-with-geo-and-device-attributes-for-regional-"
	"aggregation-europe-west-and-north-with-a-name-as-long-as-kafka-permits-which-is-two-hundred-"
	"and-forty-nine-characters-and-somebody-surely-uses-all-of-them-v0017";

static struct topic *add_topics(struct snapshot *s)
{
	static const struct topic_plan plans[] = {
		{ "__consumer_offsets", 10, 0, 48200, 3.1, "compact", INT64_MAX, 0, true },
		{ "audit", 4, 1880000, 1902000, 12, "delete", 3600 * 1000, 1, false },
		{ "clicks", 12, 7900000, 8512992, 940, "delete", 7 * 24 * 3600 * INT64_C(1000), 0, false },
		{ HOSTILE_TOPIC, 1, 0, 17, 0, "delete", 3600 * 1000, 2, false },
		{ long_name, 2, 10, 990, 0.4, "delete", 3600 * 1000, 2, false },
		{ "orders", 6, 1100000, 1204991, 610, "delete", 2 * 24 * 3600 * INT64_C(1000), 1, false },
		{ "payments", 3, 840000, 884120, 270, "delete", 30 * 24 * 3600 * INT64_C(1000), 2, false },
		{ "profiles", 3, 0, 120345, 9, "compact", INT64_MAX, 0, false },
		{ "quiet", 1, 5, 5, 0, "compact,delete", 90 * 1000, 1, false },
		{ WIDE_TOPIC, 2, 0, 4096, 7.5, "delete", 3600 * 1000, 0, false },
	};
	enum { COUNT = sizeof(plans) / sizeof(*plans) };
	struct topic *topics = arena_array(s->arena, COUNT, sizeof(*topics));
	for (size_t i = 0; i < COUNT; i++)
		add_topic(s->arena, &topics[i], &plans[i]);
	s->topics = topics;
	s->topic_count = COUNT;
	return topics;
}

static struct topic *topic_named(struct topic *topics, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(topics[i].name, name) == 0)
			return &topics[i];
	abort();
}

/* Broker 4 is gone: one partition of orders is offline, one below its min ISR, one under-replicated. */
static void break_orders(struct snapshot *s, struct topic *topics)
{
	struct topic *orders = topic_named(topics, s->topic_count, "orders");
	struct partition *p = (struct partition *)(uintptr_t)orders->partitions;
	static const int32_t with_missing[] = { 4, 2, 3 }, only_missing[] = { 4 }, isr_two[] = { 2, 3 };
	static const int32_t isr_one[] = { 2 };
	p[1].replicas = with_missing;
	p[1].isr = isr_two;
	p[1].isr_count = 2;
	p[1].leader = 2;
	p[2].replicas = with_missing;
	p[2].isr = isr_one;
	p[2].isr_count = 1;
	p[2].leader = 2;
	p[5].replicas = only_missing;
	p[5].isr = only_missing;
	p[5].replica_count = 1;
	p[5].isr_count = 0;
	p[5].leader = -1;
	p[5].error = "Broker: Leader not available";
	p[5].high_watermark = OFFSET_UNKNOWN;
	p[5].last_stable = OFFSET_UNKNOWN;
	p[5].log_start = OFFSET_UNKNOWN;
	p[5].in_per_s = p[5].in_now_per_s = NAN;
	p[5].end_origin = (struct origin){ .failed_at_ms = made_ms - 900, .error = "Leader not available" };
	/* One leader stopped answering: its figures become stale, with the reason. */
	p[4].in_now_per_s = NAN;
	p[4].end_origin = (struct origin){ .at_ms = made_ms - 47000,
		.failed_at_ms = made_ms - 400,
		.error = "timed out after 5 s" };
	struct topic *payments = topic_named(topics, s->topic_count, "payments");
	((struct partition *)(uintptr_t)payments->partitions)[1].last_stable -= 420;
}

struct group_plan {
	const char *id;
	enum group_type type;
	enum group_state state;
	const char *protocol;
	int members;
	const char *topic;
	int32_t partitions; /* of the topic that it committed */
	int64_t behind;     /* committed = end - behind; negative: beyond the end */
	bool committed;
	double out_per_s;
	double lag_then; /* half an hour ago */
};

static void add_members(struct arena *arena, struct group *g, const struct group_plan *plan, int32_t partitions)
{
	struct member *members = arena_array(arena, (size_t)plan->members, sizeof(*members));
	for (int i = 0; i < plan->members; i++) {
		char text[64];
		snprintf(text, sizeof(text), "worker-%d", i + 1);
		members[i].client_id = arena_strdup(arena, text);
		snprintf(text, sizeof(text), "worker-%d-3f1c9a52-77%02d", i + 1, i);
		members[i].id = arena_strdup(arena, text);
		snprintf(text, sizeof(text), "/10.0.4.%d", 11 + i);
		members[i].host = arena_strdup(arena, text);
		if (i == 0)
			members[i].instance_id = "rack-1-slot-1";
		struct topic_partition *held = arena_array(arena, (size_t)partitions, sizeof(*held));
		int32_t count = 0;
		for (int32_t p = i; p < partitions; p += plan->members)
			held[count++] = (struct topic_partition){ .topic = plan->topic, .partition = p };
		members[i].assignment = held;
		members[i].assignment_count = count;
	}
	g->members = members;
	g->member_count = plan->members;
}

static void add_group(struct snapshot *s, struct group *g, const struct group_plan *plan)
{
	const struct topic *t = NULL;
	for (size_t i = 0; i < s->topic_count; i++)
		if (strcmp(s->topics[i].name, plan->topic) == 0)
			t = &s->topics[i];
	struct group_partition *rows = arena_array(s->arena, (size_t)plan->partitions, sizeof(*rows));
	for (int32_t i = 0; plan->committed && i < plan->partitions; i++) {
		int64_t end = t ? t->partitions[i].high_watermark : 5000;
		rows[i] = (struct group_partition){ .topic = plan->topic,
			.partition = i,
			.leader_epoch = 12,
			.committed = end < 0 ? 1000 : end - plan->behind / plan->partitions - i,
			.out_per_s = plan->out_per_s / plan->partitions };
	}
	*g = (struct group){
		.id = plan->id,
		.type = plan->type,
		.state = plan->state,
		.protocol = plan->protocol,
		.is_simple = plan->type == GROUP_TYPE_CLASSIC && !plan->protocol,
		.coordinator = 2,
		.list_origin = read_ago(1200),
		.describe_origin = read_ago(1200),
		.commit_origin = read_ago(1200),
		.partitions = rows,
		.partition_count = plan->committed ? plan->partitions : 0,
		.out_per_s = plan->out_per_s,
	};
	if (plan->state != GROUP_STATE_UNKNOWN)
		add_members(s->arena, g, plan, plan->partitions);
	else
		g->member_count = -1;
	fill_history(&g->lag_history, plan->lag_then, plan->behind < 0 ? 0 : (double)plan->behind,
		(double)plan->behind / 20);
	fill_history(&g->out_history, plan->out_per_s, plan->out_per_s, plan->out_per_s / 10);
	if (!plan->committed)
		history_init(&g->lag_history);
}

static struct group *add_groups(struct snapshot *s)
{
	static const struct group_plan plans[] = {
		{ "audit-archiver", GROUP_TYPE_CLASSIC, GROUP_EMPTY, "range", 0, "audit", 4, 1900000, true, 0,
			1880000 },
		{ "beyond", GROUP_TYPE_CLASSIC, GROUP_EMPTY, "range", 0, "quiet", 1, -37, true, 0, 0 },
		{ BROKEN_GROUP, GROUP_TYPE_CLASSIC, GROUP_EMPTY, "range", 0, "profiles", 1, 12, true, 0, 12 },
		{ MARKED_GROUP, GROUP_TYPE_CLASSIC, GROUP_STABLE, "range", 1, "profiles", 3, 31, true, 9, 40 },
		{ "checkout", GROUP_TYPE_CONSUMER, GROUP_STABLE, "uniform", 6, "orders", 6, 1204, true, 612, 9000 },
		{ "gone-topic", GROUP_TYPE_CLASSIC, GROUP_EMPTY, "range", 0, "deleted-last-week", 2, 0, true, 0, 0 },
		{ "invoices", GROUP_TYPE_CLASSIC, GROUP_STABLE, "range", 3, "payments", 3, 91440, true, 0, 4000 },
		{ "locked", GROUP_TYPE_CLASSIC, GROUP_STATE_UNKNOWN, NULL, 0, "payments", 1, 0, false, 0, 0 },
		{ "one-off-backfill", GROUP_TYPE_CLASSIC, GROUP_STABLE, "range", 1, "clicks", 3, 0, false, 0, 0 },
		{ "rebalancer", GROUP_TYPE_CLASSIC, GROUP_PREPARING_REBALANCE, "sticky", 2, "clicks", 12, 300, true,
			900, 9 },
		{ "recommender", GROUP_TYPE_CLASSIC, GROUP_STABLE, "range", 3, "clicks", 12, 402118, true, 630,
			120000 },
		{ TURNED_GROUP, GROUP_TYPE_CONSUMER, GROUP_RECONCILING, "uniform", 1, "quiet", 1, 0, true, 0, 0 },
		{ "tool-commits", GROUP_TYPE_CLASSIC, GROUP_EMPTY, NULL, 0, WIDE_TOPIC, 2, 55, true, 0, 55 },
	};
	enum { COUNT = sizeof(plans) / sizeof(*plans) };
	struct group *groups = arena_array(s->arena, COUNT, sizeof(*groups));
	for (size_t i = 0; i < COUNT; i++)
		add_group(s, &groups[i], &plans[i]);
	s->groups = groups;
	s->group_count = COUNT;
	return groups;
}

static void break_groups(struct snapshot *s, struct group *groups)
{
	for (size_t i = 0; i < s->group_count; i++) {
		struct group *g = &groups[i];
		if (strcmp(g->id, "locked") == 0) {
			g->describe_origin = g->commit_origin = (struct origin){ .failed_at_ms = made_ms - 1200,
				.denied = true,
				.error = "Group authorization failed" };
			g->coordinator = -1;
		} else if (strcmp(g->id, "invoices") == 0) {
			g->commit_origin = (struct origin){ .at_ms = made_ms - 63000,
				.failed_at_ms = made_ms - 800,
				.error = "coordinator not available" };
			g->rebalances = 2;
			for (int32_t p = 0; p < g->partition_count; p++) {
				g->partitions[p].still_since_ms = g->commit_origin.at_ms - 245000;
				g->partitions[p].still_reads = 49;
				g->partitions[p].arrived = 6100;
			}
		}
	}
}

static void add_events(struct snapshot *s)
{
	static const struct {
		int64_t ago_ms;
		enum event_kind kind;
		enum severity severity;
		const char *subject, *text;
	} plans[] = {
		{ 1500000, EVENT_TOPIC_CREATED, SEVERITY_NONE, "quiet", "created with 1 partition" },
		{ 231000, EVENT_GROUP_REBALANCED, SEVERITY_WARN, "invoices",
			"rebalanced: 3 -> 2 members, left: worker-7 at 10.0.4.17" },
		{ 14000, EVENT_BROKER_GONE, SEVERITY_CRIT, "broker 4", "gone" },
		{ 13000, EVENT_LEADER_LOST, SEVERITY_CRIT, "orders-5", "no leader" },
		{ 13000, EVENT_ISR_SHRANK, SEVERITY_WARN, "orders-1", "leader 4 -> 2, ISR 3 -> 2 (broker 4 out)" },
		{ 9000, EVENT_GROUP_NEW, SEVERITY_NONE, TURNED_GROUP, "new group" },
		{ 4000, EVENT_RECORDS_LOST, SEVERITY_CRIT, "audit-archiver",
			"12,400 unread records deleted by retention" },
	};
	enum { COUNT = sizeof(plans) / sizeof(*plans) };
	struct event *events = arena_array(s->arena, COUNT, sizeof(*events));
	for (size_t i = 0; i < COUNT; i++)
		events[i] = (struct event){ .seq = i + 1,
			.wall_ms = FIXTURE_WALL_MS - plans[i].ago_ms,
			.kind = plans[i].kind,
			.severity = plans[i].severity,
			.subject = plans[i].subject,
			.text = plans[i].text };
	s->events = events;
	s->event_count = COUNT;
}

static void add_config(struct topic *t)
{
	static const struct config_entry entries[] = {
		{ "cleanup.policy", "delete", "DEFAULT_CONFIG", true, false, false },
		{ "compression.type", "producer", "DEFAULT_CONFIG", true, false, false },
		{ "max.message.bytes", "1048588", "STATIC_BROKER_CONFIG", false, false, false },
		{ "min.insync.replicas", "2", "DYNAMIC_TOPIC_CONFIG", false, false, false },
		{ "retention.ms", "172800000", "DYNAMIC_TOPIC_CONFIG", false, false, false },
		{ "ssl.keystore.password", NULL, "STATIC_BROKER_CONFIG", false, true, true },
	};
	t->config = (struct config){ .entries = entries,
		.count = sizeof(entries) / sizeof(*entries),
		.origin = read_ago(3000) };
}

static struct snapshot *build_rich(void)
{
	struct snapshot *s = new_snapshot();
	add_brokers(s);
	struct topic *topics = add_topics(s);
	break_orders(s, topics);
	add_config(topic_named(topics, s->topic_count, "orders"));
	break_groups(s, add_groups(s));
	add_events(s);
	fill_history(&s->in_history, 1700, 1842, 160);
	fill_history(&s->out_history, 1500, 1790, 140);
	fill_history(&s->lag_history, 900000, 1280000, 40000);
	return s;
}

const struct snapshot *fixture_rich(void)
{
	struct snapshot *s = build_rich();
	snapshot_finish(s);
	return s;
}

static bool is_hard_to_draw(const char *name)
{
	static const char *const names[] = { BROKEN_GROUP, MARKED_GROUP, TURNED_GROUP, "locked" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

const struct snapshot *fixture_plain(void)
{
	struct snapshot *s = build_rich();
	struct group *groups = (struct group *)(uintptr_t)s->groups;
	struct event *events = (struct event *)(uintptr_t)s->events;
	size_t kept = 0;
	for (size_t i = 0; i < s->group_count; i++)
		if (!is_hard_to_draw(groups[i].id))
			groups[kept++] = groups[i];
	s->group_count = kept;
	kept = 0;
	for (size_t i = 0; i < s->event_count; i++)
		if (!is_hard_to_draw(events[i].subject))
			events[kept++] = events[i];
	s->event_count = kept;
	snapshot_finish(s);
	return s;
}

/*
 * Lag of the group checkout: partition 0 goes up and down, 2 is unknown for a while and 3 falls behind. The
 * partitions of orders are written at different rates.
 */
static void move_partitions(struct group_partition *rows, struct partition *partitions, int64_t age_s)
{
	rows[0].committed -= age_s / 30 % 3 * 150;
	if (age_s >= 120 && age_s < 180)
		rows[2].committed = OFFSET_UNKNOWN;
	rows[3].committed -= age_s * 9;
	for (int32_t i = 0; i < 4; i++)
		partitions[i].in_now_per_s += 40 * i + 25 * sin((double)age_s / 60 + i);
}

const struct snapshot *fixture_moving(void)
{
	made_ms = clock_mono_ms();
	struct snapshot *s = build_rich();
	struct topic *orders = topic_named((struct topic *)(uintptr_t)s->topics, s->topic_count, "orders");
	for (size_t i = 0; i < s->group_count; i++)
		if (strcmp(s->groups[i].id, "checkout") == 0)
			move_partitions(s->groups[i].partitions, (struct partition *)(uintptr_t)orders->partitions,
				(made_ms - FIXTURE_MONO_MS) / 1000);
	snapshot_finish(s);
	made_ms = FIXTURE_MONO_MS;
	return s;
}

/* Brokers whose configurations differ slightly, and a second topic with its configuration. */
const struct snapshot *fixture_configured(void)
{
	static const struct config_entry payments[] = {
		{ "cleanup.policy", "compact,delete", "DYNAMIC_TOPIC_CONFIG", false, false, false },
		{ "compression.type", "producer", "DEFAULT_CONFIG", true, false, false },
		{ "max.message.bytes", "1048588", "STATIC_BROKER_CONFIG", false, false, false },
		{ "min.insync.replicas", "2", "DYNAMIC_TOPIC_CONFIG", false, false, false },
		{ "retention.ms", "604800000", "DEFAULT_CONFIG", true, false, false },
		{ "segment.bytes", "134217728", "DYNAMIC_TOPIC_CONFIG", false, false, false },
		{ "ssl.keystore.password", NULL, "STATIC_BROKER_CONFIG", false, true, true },
	};
	static const struct config_entry brokers[BROKERS][5] = {
		{
			{ "broker.id", "1", "STATIC_BROKER_CONFIG", false, true, false },
			{ "log.retention.ms", "604800000", "DYNAMIC_DEFAULT_BROKER_CONFIG", false, false, false },
			{ "message.max.bytes", "1048588", "DEFAULT_CONFIG", true, false, false },
			{ "num.io.threads", "8", "DEFAULT_CONFIG", true, false, false },
			{ "ssl.keystore.password", NULL, "STATIC_BROKER_CONFIG", false, true, true },
		},
		{
			{ "broker.id", "2", "STATIC_BROKER_CONFIG", false, true, false },
			{ "log.retention.ms", "604800000", "DYNAMIC_DEFAULT_BROKER_CONFIG", false, false, false },
			{ "message.max.bytes", "1048588", "DEFAULT_CONFIG", true, false, false },
			{ "num.io.threads", "16", "DYNAMIC_BROKER_CONFIG", false, false, false },
			{ "ssl.keystore.password", NULL, "STATIC_BROKER_CONFIG", false, true, true },
		},
		{
			{ "broker.id", "3", "STATIC_BROKER_CONFIG", false, true, false },
			{ "log.retention.ms", "172800000", "DYNAMIC_BROKER_CONFIG", false, false, false },
			{ "message.max.bytes", "1048588", "DEFAULT_CONFIG", true, false, false },
			{ "num.io.threads", "8", "DEFAULT_CONFIG", true, false, false },
			{ "ssl.keystore.password", NULL, "STATIC_BROKER_CONFIG", false, true, true },
		}
	};
	struct snapshot *s = build_rich();
	struct topic *t = topic_named((struct topic *)s->topics, s->topic_count, "payments");
	t->config = (struct config){ .entries = payments,
		.count = sizeof(payments) / sizeof(*payments),
		.origin = read_ago(3000) };
	for (int i = 0; i < BROKERS; i++)
		((struct broker *)s->brokers)[i].config =
			(struct config){ .entries = brokers[i], .count = 5, .origin = read_ago(3000) };
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_lost(void)
{
	struct snapshot *s = build_rich();
	s->connection.state = CONNECTION_LOST;
	s->connection.since_ms = made_ms - 300;
	s->connection.error = "kafka-1.example:9092: connection refused";
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_well(void)
{
	static const struct topic_plan plan = { "orders", 6, 1100000, 1204991, 610, "delete", 172800000, 0, false };
	static const struct group_plan reader = { "checkout", GROUP_TYPE_CONSUMER, GROUP_STABLE, "uniform", 6, "orders",
		6, 1204, true, 612, 9000 };
	struct snapshot *s = new_snapshot();
	add_brokers(s);
	struct topic *topic = arena_alloc(s->arena, sizeof(*topic));
	add_topic(s->arena, topic, &plan);
	s->topics = topic;
	s->topic_count = 1;
	struct group *group = arena_alloc(s->arena, sizeof(*group));
	add_group(s, group, &reader);
	s->groups = group;
	s->group_count = 1;
	fill_history(&s->in_history, 600, 610, 60);
	fill_history(&s->out_history, 600, 612, 60);
	fill_history(&s->lag_history, 9000, 1204, 400);
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_connecting(void)
{
	struct snapshot *s = snapshot_new(0);
	s->seq = 1;
	s->mono_ms = FIXTURE_MONO_MS;
	s->wall_ms = FIXTURE_WALL_MS;
	s->connection = (struct connection){ .state = CONNECTION_CONNECTING,
		.since_ms = FIXTURE_MONO_MS - 3000,
		.bootstrap = "kafka-1.example:9092",
		.error = "kafka-1.example:9092: connection refused" };
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_turned_away(void)
{
	struct snapshot *s = snapshot_new(0);
	s->seq = 1;
	s->mono_ms = FIXTURE_MONO_MS;
	s->wall_ms = FIXTURE_WALL_MS;
	s->connection = (struct connection){
		.state = CONNECTION_CONNECTING,
		.since_ms = FIXTURE_MONO_MS - 3000,
		.refused = true,
		.bootstrap = "kafka-1.example:9092",
		.error =
			"kafka-1.example:9092: authentication failed: invalid credentials with SASL mechanism SCRAM-SHA-256"
	};
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_empty(void)
{
	struct snapshot *s = new_snapshot();
	add_brokers(s);
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_denied(void)
{
	struct snapshot *s = new_snapshot();
	add_brokers(s);
	s->topics_visible = s->groups_visible = VISIBILITY_PARTIAL;
	s->groups_origin = (struct origin){ .failed_at_ms = FIXTURE_MONO_MS - 1200,
		.error = "Cluster authorization failed",
		.denied = true };
	s->commits_origin = (struct origin){ 0 };
	snapshot_finish(s);
	return s;
}

const struct snapshot *fixture_large(size_t count, int32_t partitions, int64_t step)
{
	struct snapshot *s = new_snapshot();
	s->seq += (uint64_t)step;
	s->mono_ms = clock_mono_ms();
	s->wall_ms = clock_wall_ms();
	s->metadata_origin = s->groups_origin = s->offsets_origin = s->commits_origin =
		(struct origin){ .at_ms = s->mono_ms };
	add_brokers(s);
	struct topic *topics = arena_array(s->arena, count, sizeof(*topics));
	struct group *groups = arena_array(s->arena, count / 10 + 1, sizeof(*groups));
	s->topics = topics;
	for (size_t i = 0; i < count; i++) {
		char name[32];
		snprintf(name, sizeof(name), "topic-%05zu", i);
		struct topic_plan plan = { arena_strdup(s->arena, name), partitions, 1000,
			100000 + (int64_t)i * 17 + step * (int64_t)(i % 50), (double)(i % 50), "delete", day_ms,
			(int)(i % 3), false };
		add_topic(s->arena, &topics[i], &plan);
		s->topic_count = i + 1;
		if (i % 10 == 0) {
			snprintf(name, sizeof(name), "group-%05zu", i);
			struct group_plan reader = { arena_strdup(s->arena, name), GROUP_TYPE_CLASSIC, GROUP_STABLE,
				"range", 2, topics[i].name, partitions, (int64_t)(i * 31) % 9000 + step, true, 10,
				100 };
			add_group(s, &groups[s->group_count++], &reader);
		}
	}
	s->groups = groups;
	snapshot_finish(s);
	return s;
}
