/* SPDX-License-Identifier: BSD-2-Clause */
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum habit {
	KEEPS_UP,      /* reads all, commits every second */
	FALLS_BEHIND,  /* reads `per_s` records a second and member, commits rarely */
	STALLED,       /* reads, and commits nothing new */
	STOPPED,       /* was there once; lag stays */
	REBALANCES,    /* keeps up, but its last member leaves and comes back every minute */
	NEVER_COMMITS, /* reads what is new, like a notebook left open */
};

struct group_plan {
	const char *name;
	enum habit habit;
	int members;
	const char *topics[3];
	const char *client_id;
	bool next_protocol; /* KIP-848 */
	bool fixed_members; /* group.instance.id */
	bool read_committed;
	int per_s;           /* FALLS_BEHIND */
	int commit_s;        /* FALLS_BEHIND */
	int seed_percent;    /* of a new cluster's history that it has committed; above 100 is beyond the end */
	int seed_partitions; /* only so many partitions of each topic have a commit; 0 for all */
};

static const struct group_plan group_plans[] = {
	{ .name = "checkout",
		.habit = KEEPS_UP,
		.members = 3,
		.topics = { "orders" },
		.client_id = "checkout",
		.seed_percent = 100 },
	{ .name = "settlement",
		.habit = KEEPS_UP,
		.members = 1,
		.topics = { "payments" },
		.client_id = "settlement",
		.read_committed = true,
		.seed_percent = 100 },
	{ .name = "fraud-detector",
		.habit = KEEPS_UP,
		.members = 2,
		.topics = { "orders", "payments" },
		.client_id = "fraud",
		.next_protocol = true,
		.seed_percent = 100 },
	{ .name = "recommender",
		.habit = FALLS_BEHIND,
		.members = 2,
		.topics = { "clicks" },
		.client_id = "recommender",
		.fixed_members = true,
		.per_s = 20,
		.commit_s = 2,
		.seed_percent = 80 },
	/* Retention overtakes it, so it really loses records, and between two commits that shows. */
	{ .name = "sensor-archiver",
		.habit = FALLS_BEHIND,
		.members = 1,
		.topics = { "sensor-readings" },
		.client_id = "archiver",
		.per_s = 25,
		.commit_s = 30,
		.seed_percent = 10 },
	{ .name = "search-indexer",
		.habit = REBALANCES,
		.members = 2,
		.topics = { "customers" },
		.client_id = "indexer",
		.seed_percent = 100 },
	{ .name = "invoices",
		.habit = STALLED,
		.members = 1,
		.topics = { "orders" },
		.client_id = "invoices",
		.seed_percent = 90,
		.seed_partitions = 4 },
	{ .name = "notebook-anna",
		.habit = NEVER_COMMITS,
		.members = 1,
		.topics = { "clicks" },
		.client_id = "jupyter",
		.seed_percent = -1 },
	{ .name = "audit-archiver",
		.habit = STOPPED,
		.members = 1,
		.topics = { "audit.events" },
		.client_id = "archiver",
		.seed_percent = 60 },
	{ .name = "returns-report",
		.habit = STOPPED,
		.members = 1,
		.topics = { "returns" },
		.client_id = "report",
		.seed_percent = 110 },
};
enum {
	GROUP_COUNT = sizeof(group_plans) / sizeof(group_plans[0]),
	MEMBERS_MAX = 32,
	AWAY_MS = 5000,
	PERIOD_MS = 60000
};

struct member {
	rd_kafka_t *rk; /* NULL once it has left for good */
	const struct group_plan *plan;
	int index; /* within its group */
	bool away; /* REBALANCES: out for a moment */
	bool had_partitions;
	double owed;       /* FALLS_BEHIND: records it may read by now */
	int64_t last_ms;   /* of the last turn */
	int64_t commit_ms; /* of the last commit */
};

static struct member members[MEMBERS_MAX];
static int member_count;
static bool moving; /* members read and commit; not in a quiet cluster */

/* --- where groups stand at the start --- */

static void seed_topic(rd_kafka_t *rk, const struct group_plan *plan, const char *topic,
	rd_kafka_topic_partition_list_t *out)
{
	int partitions = topic_plan_find(topic)->partitions;

	if (plan->seed_partitions > 0 && plan->seed_partitions < partitions)
		partitions = plan->seed_partitions;
	for (int p = 0; p < partitions; p++) {
		int64_t low, high;
		while (rd_kafka_query_watermark_offsets(rk, topic, p, &low, &high, 2000) !=
			RD_KAFKA_RESP_ERR_NO_ERROR) {
			if (stopping)
				return;
			pause_ms(50);
		}
		rd_kafka_topic_partition_list_add(out, topic, p)->offset = high * plan->seed_percent / 100;
	}
}

static bool all_succeeded(const rd_kafka_topic_partition_list_t *list)
{
	for (int i = 0; i < list->cnt; i++)
		if (list->elems[i].err != RD_KAFKA_RESP_ERR_NO_ERROR)
			return false;
	return true;
}

static bool alter_succeeded(rd_kafka_event_t *event)
{
	size_t count;
	const rd_kafka_group_result_t **groups;

	if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return false;
	groups =
		rd_kafka_AlterConsumerGroupOffsets_result_groups(rd_kafka_event_AlterConsumerGroupOffsets_result(event),
			&count);
	return count == 1 && rd_kafka_group_result_error(groups[0]) == NULL &&
		all_succeeded(rd_kafka_group_result_partitions(groups[0]));
}

static void seed_group(rd_kafka_t *rk, const struct group_plan *plan)
{
	rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(16);
	rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
	bool done = false;

	for (int i = 0; plan->topics[i] != NULL; i++)
		seed_topic(rk, plan, plan->topics[i], offsets);
	/* The first commit ever makes the brokers create the offsets topic, which takes a few tries. */
	while (!done && !stopping) {
		rd_kafka_AlterConsumerGroupOffsets_t *alter =
			rd_kafka_AlterConsumerGroupOffsets_new(plan->name, offsets);
		rd_kafka_AlterConsumerGroupOffsets(rk, &alter, 1, NULL, queue);
		rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 10000);
		done = event != NULL && alter_succeeded(event);
		if (event != NULL)
			rd_kafka_event_destroy(event);
		rd_kafka_AlterConsumerGroupOffsets_destroy(alter);
		if (!done)
			pause_ms(100);
	}
	rd_kafka_queue_destroy(queue);
	rd_kafka_topic_partition_list_destroy(offsets);
}

static bool delete_before(rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *before)
{
	rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
	rd_kafka_DeleteRecords_t *request = rd_kafka_DeleteRecords_new(before);
	rd_kafka_event_t *event;
	bool done;

	rd_kafka_DeleteRecords(rk, &request, 1, NULL, queue);
	event = rd_kafka_queue_poll(queue, 10000);
	done = event != NULL && rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR &&
		all_succeeded(rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event)));
	if (event != NULL)
		rd_kafka_event_destroy(event);
	rd_kafka_DeleteRecords_destroy(request);
	rd_kafka_queue_destroy(queue);
	return done;
}

/* In a quiet cluster no retention runs, so what it would do is done by hand: half of the readings go. */
static void delete_half_of(rd_kafka_t *rk, const char *topic)
{
	struct group_plan half = { .seed_percent = 50 };
	rd_kafka_topic_partition_list_t *before = rd_kafka_topic_partition_list_new(4);

	seed_topic(rk, &half, topic, before);
	while (!stopping && !delete_before(rk, before))
		pause_ms(100);
	rd_kafka_topic_partition_list_destroy(before);
}

void groups_seed(rd_kafka_t *rk, const struct options *options)
{
	for (int i = 0; i < GROUP_COUNT; i++)
		if (group_plans[i].seed_percent >= 0)
			seed_group(rk, &group_plans[i]);
	if (options->quiet || options->seed_only)
		delete_half_of(rk, "sensor-readings");
}

/* --- members --- */

static void subscribe(const struct member *m)
{
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(3);

	for (int i = 0; m->plan->topics[i] != NULL; i++)
		rd_kafka_topic_partition_list_add(topics, m->plan->topics[i], RD_KAFKA_PARTITION_UA);
	rd_kafka_subscribe(m->rk, topics);
	rd_kafka_topic_partition_list_destroy(topics);
}

static void start_member(const struct options *options, const struct group_plan *plan, int index)
{
	struct member *m = &members[member_count++];
	char id[64];
	rd_kafka_conf_t *conf;

	snprintf(id, sizeof(id), "%s-%d", plan->client_id, index + 1);
	conf = client_conf(options, id);
	conf_set(conf, "group.id", plan->name);
	conf_set(conf, "enable.auto.commit", "false");
	conf_set(conf, "auto.offset.reset", plan->habit == NEVER_COMMITS ? "latest" : "earliest");
	conf_set(conf, "isolation.level", plan->read_committed ? "read_committed" : "read_uncommitted");
	/* Fewer and fuller answers: this must be light on a laptop. */
	conf_set(conf, "fetch.min.bytes", "20000");
	conf_set(conf, "fetch.wait.max.ms", "1000");
	/* What is fetched ahead is safe from retention; keep it short so that records can be lost. */
	conf_set(conf, "queued.min.messages", plan->habit == FALLS_BEHIND ? "1" : "1000");
	conf_set(conf, "max.partition.fetch.bytes", plan->habit == FALLS_BEHIND ? "4096" : "262144");
	/* Static members, and with librdkafka 2.14 cooperative ones, stay when closed until their session
	 * times out: not what is left behind by --seed-only. */
	if (plan->fixed_members && !options->seed_only)
		conf_set(conf, "group.instance.id", id);
	if (plan->next_protocol) {
		conf_set(conf, "group.protocol", "consumer");
	} else {
		conf_set(conf, "session.timeout.ms", "10000");
		conf_set(conf, "partition.assignment.strategy",
			plan->habit == REBALANCES && !options->seed_only ? "cooperative-sticky" : "range,roundrobin");
	}
	*m = (struct member){ .rk = client_new(RD_KAFKA_CONSUMER, conf),
		.plan = plan,
		.index = index,
		.last_ms = now_ms() };
	rd_kafka_poll_set_consumer(m->rk);
	subscribe(m);
}

void groups_start(const struct options *options)
{
	moving = !options->quiet && !options->seed_only;
	for (int i = 0; i < GROUP_COUNT; i++)
		for (int n = 0; n < group_plans[i].members; n++)
			start_member(options, &group_plans[i], n);
}

static bool has_partitions(const struct member *m)
{
	rd_kafka_topic_partition_list_t *list;
	bool some = false;

	if (rd_kafka_assignment(m->rk, &list) == RD_KAFKA_RESP_ERR_NO_ERROR) {
		some = list->cnt > 0;
		if (some && !moving)
			rd_kafka_pause_partitions(m->rk, list);
		rd_kafka_topic_partition_list_destroy(list);
	}
	return some;
}

/* Read at most `limit` records; what they say does not matter. */
static int read_records(const struct member *m, int limit)
{
	int count = 0;
	rd_kafka_message_t *message;

	while (count < limit && (message = rd_kafka_consumer_poll(m->rk, 0)) != NULL) {
		count += message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
		rd_kafka_message_destroy(message);
	}
	return count;
}

static void commit_every(struct member *m, int seconds, int64_t at_ms)
{
	if (at_ms - m->commit_ms < seconds * 1000)
		return;
	m->commit_ms = at_ms;
	rd_kafka_commit(m->rk, NULL, 1);
}

static void leave_for_good(struct member *m)
{
	rd_kafka_consumer_close(m->rk);
	rd_kafka_destroy(m->rk);
	m->rk = NULL;
}

static void turn(struct member *m, int64_t at_ms)
{
	double elapsed_s = (double)(at_ms - m->last_ms) / 1000;

	m->last_ms = at_ms;
	if (!m->had_partitions)
		m->had_partitions = has_partitions(m);
	if (m->plan->habit == STOPPED && m->had_partitions) {
		leave_for_good(m);
		return;
	}
	if (!moving) {
		read_records(m, 10); /* serves rebalances; partitions are paused */
		return;
	}
	switch (m->plan->habit) {
	case REBALANCES:
		if (m->index == m->plan->members - 1) {
			bool away = at_ms % PERIOD_MS < AWAY_MS;
			if (away && !m->away)
				rd_kafka_unsubscribe(m->rk);
			else if (!away && m->away)
				subscribe(m);
			m->away = away;
		}
		/* fall through */
	case KEEPS_UP:
		read_records(m, 1000);
		commit_every(m, 1, at_ms);
		break;
	case FALLS_BEHIND:
		m->owed += m->plan->per_s * elapsed_s;
		if (m->owed > m->plan->per_s)
			m->owed = m->plan->per_s;
		m->owed -= read_records(m, (int)m->owed);
		commit_every(m, m->plan->commit_s, at_ms);
		break;
	case STALLED:
	case NEVER_COMMITS:
	case STOPPED:
		read_records(m, 1000);
		break;
	}
}

void groups_turn(int64_t at_ms)
{
	for (int i = 0; i < member_count; i++)
		if (members[i].rk != NULL)
			turn(&members[i], at_ms);
}

bool groups_settled(void)
{
	for (int i = 0; i < member_count; i++)
		if (!members[i].had_partitions)
			return false;
	return true;
}

void groups_leave(void)
{
	for (int i = 0; i < member_count; i++)
		if (members[i].rk != NULL)
			leave_for_good(&members[i]);
}

void groups_abandon(int patience_ms)
{
	int64_t deadline_ms = now_ms() + patience_ms;
	bool open = true;

	for (int i = 0; i < member_count; i++) {
		if (members[i].rk != NULL) {
			rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(members[i].rk);
			rd_kafka_error_t *error = rd_kafka_consumer_close_queue(members[i].rk, queue);
			if (error != NULL)
				rd_kafka_error_destroy(error);
			rd_kafka_queue_destroy(queue);
		}
	}
	while (open && now_ms() < deadline_ms) {
		open = false;
		for (int i = 0; i < member_count; i++) {
			if (members[i].rk == NULL)
				continue;
			read_records(&members[i], 100);
			open |= !rd_kafka_consumer_closed(members[i].rk);
		}
		pause_ms(10);
	}
}
