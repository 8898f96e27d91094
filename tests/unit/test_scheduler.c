/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is asked when: the schedule with a source that is made up here, in a time that
 * stands still until a test moves it. The source has one topic whose partitions
 * are led by two brokers, and as many groups as a test likes; it answers as soon
 * as it is asked, but for what the test tells it to leave unanswered.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sample/schedule.h"

enum { LEADERS = 2, PARTITIONS = 6, LOG_MOST = 20000, INTERVAL_MS = 5000, START_MS = 1000000 };

struct asked { /* a question of the past */
	enum question_kind kind;
	int64_t at_ms;
	enum offset_kind offset;
	int32_t broker;
	size_t names;
	enum waiter waiter;
};

struct made {
	struct source_ops ops;
	struct store store;
	struct flight flight;
	struct schedule schedule;
	struct demand *demand;
	int groups;
	int64_t now_ms;
	struct question *open[64];
	int open_count;
	int renewed;
	struct asked *log;
	size_t log_count;
	bool holds[QUESTION_KIND_COUNT]; /* these questions stay open */
	int32_t silent_leader;           /* and those about offsets of this broker; 0: none */
	bool metadata_fails;
	int64_t offset; /* every end, and every commit */
};

static const struct fault fault = { .code = FAULT_LOCAL, .text = "made up" };

static void made_ask(void *source, struct question *q)
{
	struct made *m = source;

	assert_true(m->open_count < (int)COUNT(m->open) && m->log_count < LOG_MOST);
	m->open[m->open_count++] = q;
	m->log[m->log_count++] = (struct asked){ .kind = q->kind,
		.at_ms = m->now_ms,
		.offset = q->offset,
		.broker = q->broker,
		.names = q->name_count,
		.waiter = q->waiter };
}

static bool made_renew(void *source)
{
	struct made *m = source;

	m->renewed++;
	m->open_count = 0;
	return true;
}

static void tell_metadata(struct made *m, struct question *q)
{
	struct told_broker brokers[LEADERS];
	struct told_partition partitions[PARTITIONS];
	struct told_topic topic = { .name = "orders", .partitions = partitions, .partition_count = PARTITIONS };
	int32_t nodes[LEADERS];

	if (m->metadata_fails)
		return;
	for (int32_t i = 0; i < LEADERS; i++) {
		nodes[i] = i + 1;
		brokers[i] = (struct told_broker){ .id = i + 1, .host = "broker.example", .port = 9092 };
	}
	for (int32_t i = 0; i < PARTITIONS; i++)
		partitions[i] = (struct told_partition){ .id = i,
			.leader = nodes[i % LEADERS],
			.replicas = nodes,
			.replica_count = LEADERS,
			.isr = nodes,
			.isr_count = LEADERS };
	told_metadata(&m->flight, q,
		&(struct told_metadata){ .brokers = brokers,
			.broker_count = LEADERS,
			.topics = &topic,
			.topic_count = 1 });
}

static const char *group_name(int i)
{
	static char name[16];

	snprintf(name, sizeof(name), "g%04d", i);
	return name;
}

static void tell_group_list(struct made *m, struct question *q)
{
	struct told_listing *groups = mem_alloc((size_t)m->groups * sizeof(*groups));
	char(*names)[16] = mem_alloc((size_t)m->groups * sizeof(*names));

	for (int i = 0; i < m->groups; i++) {
		snprintf(names[i], sizeof(*names), "%s", group_name(i));
		groups[i] = (struct told_listing){ .group = names[i], .state = GROUP_STABLE };
	}
	told_group_list(&m->flight, q, &(struct told_group_list){ .groups = groups, .count = (size_t)m->groups });
	free(groups);
	free(names);
}

static void tell_groups(struct made *m, struct question *q)
{
	for (size_t i = 0; i < q->name_count; i++) {
		const char *group = q->names[i]->text;
		struct told_commit row = { .topic = "orders", .partition = 1, .offset = m->offset };

		if (q->kind == ASK_DESCRIPTIONS)
			told_descriptions(&m->flight, q,
				&(struct told_description){ .group = group, .state = GROUP_STABLE }, 1);
		else
			told_commits(&m->flight, q, &(struct told_commits){ .group = group, .rows = &row, .count = 1 },
				1);
	}
}

/* The first `count` partitions of the question. */
static void tell_offsets(struct made *m, struct question *q, size_t count)
{
	for (size_t i = 0; i < count; i++)
		told_offsets(&m->flight, q,
			&(struct told_offset){ .topic = q->partitions[i].topic->text,
				.partition = q->partitions[i].id,
				.offset = m->offset },
			1);
}

static bool stays_open(const struct made *m, const struct question *q)
{
	return m->holds[q->kind] || (q->kind == ASK_OFFSETS && q->broker == m->silent_leader);
}

static void tell(struct made *m, struct question *q)
{
	if (q->kind == ASK_METADATA)
		tell_metadata(m, q);
	else if (q->kind == ASK_GROUP_LIST)
		tell_group_list(m, q);
	else if (q->kind == ASK_COMMITS || q->kind == ASK_DESCRIPTIONS)
		tell_groups(m, q);
	else if (q->kind == ASK_OFFSETS)
		tell_offsets(m, q, q->partition_count);
	told_end(&m->flight, q, q->kind == ASK_METADATA && m->metadata_fails ? &fault : NULL);
}

static void tell_all(struct made *m)
{
	int kept = 0;

	for (int i = 0; i < m->open_count; i++) {
		if (stays_open(m, m->open[i]))
			m->open[kept++] = m->open[i];
		else
			tell(m, m->open[i]);
	}
	m->open_count = kept;
}

/* Lets the schedule run for so long, each time when it wants to, and 10 ms after it was told something. */
static void run(struct made *m, int64_t ms)
{
	int64_t until_ms = m->now_ms + ms;

	while (m->now_ms < until_ms) {
		int64_t next_ms = schedule_run(&m->schedule, &m->flight, m->now_ms);

		tell_all(m);
		if (m->flight.changed && next_ms > m->now_ms + 10)
			next_ms = m->now_ms + 10;
		m->flight.changed = m->flight.urgent = false;
		m->now_ms = next_ms > until_ms ? until_ms : next_ms > m->now_ms ? next_ms : m->now_ms + 1;
		clock_freeze(m->now_ms, 1790000000000 + m->now_ms);
	}
}

static void made_init(struct made *m, unsigned needs, int groups)
{
	*m = (struct made){ .ops = { .ask = made_ask,
				    .renew = made_renew,
				    .commits_cost = 2,
				    .description_cost = 4,
				    .asks_hung_groups_again = true },
		.groups = groups,
		.now_ms = START_MS,
		.offset = 100 };
	m->log = mem_alloc(LOG_MOST * sizeof(*m->log));
	m->demand = demand_new();
	m->demand->needs = needs;
	m->demand->interval_ms = INTERVAL_MS;
	clock_freeze(m->now_ms, 1790000000000 + m->now_ms);
	store_init(&m->store);
	flight_init(&m->flight, &m->store, (struct source){ .ops = &m->ops, .ctx = m });
	schedule_init(&m->schedule, m->demand, m->now_ms);
}

static void made_release(struct made *m)
{
	flight_release(&m->flight);
	store_release(&m->store);
	demand_free(m->demand);
	free(m->log);
	clock_freeze(-1, -1);
}

/* How many questions of this kind were asked since then; ASK_OFFSETS: about ends. */
static int asked_since(const struct made *m, enum question_kind kind, int32_t broker, int64_t since_ms)
{
	int count = 0;

	for (size_t i = 0; i < m->log_count; i++) {
		const struct asked *a = &m->log[i];

		count += a->kind == kind && a->at_ms >= since_ms && (!broker || a->broker == broker) &&
			(kind != ASK_OFFSETS || a->offset == OFFSET_END);
	}
	return count;
}

static struct store_partition *partition(const struct made *m, int32_t id)
{
	return store_partition(&m->store, "orders", id);
}

static struct store_group *group(const struct made *m, int i)
{
	return store_group(&m->store, group_name(i));
}

static void test_ends_follow_the_commits_of_a_round(void **state)
{
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_LAG, 3);
	m.holds[ASK_COMMITS] = true;
	run(&m, 1000);
	assert_int_equal(asked_since(&m, ASK_COMMITS, 0, 0), 1);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, 0), 0);
	m.holds[ASK_COMMITS] = false;
	run(&m, 20);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, 0), LEADERS);
	assert_true(partition(&m, 1)->offsets[OFFSET_END].at_us >= group(&m, 0)->commit_us);

	/* Later rounds keep the order, and the pace. */
	run(&m, 20000);
	since_ms = m.now_ms;
	run(&m, 4 * INTERVAL_MS);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, since_ms), 4 * LEADERS);
	for (size_t i = 1; i < m.log_count; i++) {
		if (m.log[i].kind == ASK_OFFSETS && m.log[i].offset == OFFSET_END && m.log[i].broker == 1)
			assert_true(partition(&m, 0)->offsets[OFFSET_END].at_us / 1000 >= m.log[i].at_ms);
	}
	assert_true(partition(&m, 1)->offsets[OFFSET_END].at_us >= group(&m, 2)->commit_us);
	assert_null(m.store.offsets.error);
	made_release(&m);
}

static void test_ends_do_not_wait_long_for_a_coordinator(void **state)
{
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_LAG, 3);
	run(&m, 12000);
	m.holds[ASK_COMMITS] = true;
	since_ms = m.now_ms;
	run(&m, INTERVAL_MS);
	assert_int_equal(asked_since(&m, ASK_COMMITS, 0, since_ms), 1);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, since_ms), LEADERS);
	made_release(&m);
}

static size_t commits_since(const struct made *m, int64_t since_ms)
{
	size_t count = 0;

	for (size_t i = 0; i < m->log_count; i++)
		count += m->log[i].kind == ASK_COMMITS && m->log[i].at_ms >= since_ms ? m->log[i].names : 0;
	return count;
}

static void test_what_nobody_looks_at_shares_a_budget(void **state)
{
	struct made m;
	int64_t since_ms;
	size_t asked;

	(void)state;
	made_init(&m, NEED_LAG, 2000);
	demand_add_group(m.demand, group_name(1999));
	run(&m, 20000);
	since_ms = m.now_ms;
	run(&m, 10 * INTERVAL_MS);
	asked = commits_since(&m, since_ms);
	/* 100 requests a second, two a group; what is on the screen comes on top of that. */
	assert_in_range(asked, 10 * (INTERVAL_MS / 1000) * 100 / 2 / 2, 10 * ((INTERVAL_MS / 1000) * 100 / 2 + 1 + 20));
	assert_true(m.now_ms - group(&m, 1999)->commits_asked.at_ms <= INTERVAL_MS);
	/* All have their turn, the longest unread first. */
	run(&m, 60000);
	for (int i = 0; i < m.groups; i++)
		assert_true(group(&m, i)->commit_us > 0);
	made_release(&m);
}

static void test_a_source_that_batches_is_not_held_back(void **state)
{
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_LAG, 2000);
	m.ops.commits_cost = 0.01;
	run(&m, 20000);
	since_ms = m.now_ms;
	run(&m, INTERVAL_MS);
	assert_int_equal(asked_since(&m, ASK_COMMITS, 0, since_ms), 1);
	assert_int_equal(commits_since(&m, since_ms), 2000);
	made_release(&m);
}

static void test_a_command_asks_for_all_in_its_round(void **state)
{
	struct made m;

	(void)state;
	made_init(&m, NEED_LAG | NEED_MEMBERS, 2000);
	m.demand->mode = DEMAND_COMMAND;
	m.demand->other_groups = DEMAND_OTHERS_DESCRIBED;
	m.holds[ASK_DESCRIPTIONS] = true;
	run(&m, 300);
	assert_int_equal(commits_since(&m, 0), 2000);
	/* What members hold without a commit has to be known before the ends are asked. */
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, 0), 0);
	m.holds[ASK_DESCRIPTIONS] = false;
	run(&m, 300);
	/* Only the leader of partition 1, which is all that anyone has committed. */
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 1, 0), 0);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 2, 0), 1);
	made_release(&m);
}

/* A command that lists topics, with what groups have still to read of them. */
static void test_a_command_asks_for_partitions_that_nobody_reads(void **state)
{
	struct made m;

	(void)state;
	made_init(&m, NEED_METADATA | NEED_LAG, 5);
	m.demand->mode = DEMAND_COMMAND;
	m.demand->all_partitions = true;
	m.holds[ASK_COMMITS] = true;
	run(&m, 300);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 1, 0), 0);
	m.holds[ASK_COMMITS] = false;
	run(&m, 300);
	assert_true(asked_since(&m, ASK_OFFSETS, 1, 0) > 0 && asked_since(&m, ASK_OFFSETS, 2, 0) > 0);
	made_release(&m);
}

static void test_metadata_that_fails_is_asked_again_ever_later(void **state)
{
	struct made m;
	int64_t at_ms[32], most_ms = 0;
	int count = 0;

	(void)state;
	made_init(&m, NEED_METADATA, 0);
	m.metadata_fails = true;
	run(&m, 30000);
	for (size_t i = 0; i < m.log_count && count < (int)COUNT(at_ms); i++)
		if (m.log[i].kind == ASK_METADATA)
			at_ms[count++] = m.log[i].at_ms;
	/* Another broker is asked at once; then pauses of a quarter of a second, doubling up to four. */
	assert_in_range(at_ms[1] - at_ms[0], 0, 20);
	assert_in_range(at_ms[2] - at_ms[1], 250, 520);
	assert_in_range(count, 8, 20);
	for (int i = 1; i < count; i++)
		most_ms = at_ms[i] - at_ms[i - 1] > most_ms ? at_ms[i] - at_ms[i - 1] : most_ms;
	assert_in_range(most_ms, 2000, 4010);
	assert_string_equal(m.store.metadata.error, "made up");
	m.metadata_fails = false;
	run(&m, 5000);
	assert_null(m.store.metadata.error);
	m.metadata_fails = true;
	run(&m, 5000);
	m.metadata_fails = false;
	run(&m, 600);
	assert_null(m.store.metadata.error);
	made_release(&m);
}

static void test_a_leader_that_never_answers(void **state)
{
	struct store_frame frame = { .interval_ms = INTERVAL_MS };
	const struct snapshot *s;
	struct made m;
	int64_t since_ms, read_ms;

	(void)state;
	made_init(&m, NEED_LAG, 1);
	run(&m, 12000);
	read_ms = partition(&m, 0)->offsets[OFFSET_END].at_us / 1000;
	m.silent_leader = 1;
	m.offset = 200;
	since_ms = m.now_ms;
	while (!m.store.offsets.error && m.now_ms < since_ms + 2 * INTERVAL_MS)
		run(&m, 10);
	assert_string_equal(m.store.offsets.error, "a partition leader does not answer");
	run(&m, since_ms + 3 * INTERVAL_MS - m.now_ms);

	/* The other leader has its rounds; the silent one is asked again only when its question was given up. */
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 2, since_ms), 3);
	assert_in_range(asked_since(&m, ASK_OFFSETS, 1, since_ms), 1, 2);
	frame.demand = m.demand;
	s = store_snapshot(&m.store, &frame);
	for (int32_t i = 0; i < PARTITIONS; i++) {
		const struct partition *p = &s->topics[0].partitions[i];
		bool silent = p->leader == 1;

		assert_int_equal(p->high_watermark, silent ? 100 : 200);
		assert_true(silent ? p->end_origin.at_ms <= since_ms : p->end_origin.at_ms > since_ms);
		assert_true(silent == (p->end_origin.error != NULL));
	}
	assert_string_equal(s->topics[0].partitions[0].end_origin.error, "no answer in time");
	assert_int_equal(s->topics[0].partitions[0].end_origin.at_ms, read_ms);
	snapshot_unref(s);

	/* It wakes up: what is older than what is known changes nothing, the rest is taken. */
	m.silent_leader = 0;
	run(&m, 2 * INTERVAL_MS);
	assert_int_equal(partition(&m, 0)->offsets[OFFSET_END].value, 200);
	assert_null(partition(&m, 0)->offsets[OFFSET_END].origin.error);
	assert_null(m.store.offsets.error);
	made_release(&m);
}

static void test_a_source_that_hangs_begins_anew(void **state)
{
	struct made m;

	(void)state;
	made_init(&m, NEED_LAG, 1);
	run(&m, 12000);
	m.silent_leader = 1;
	run(&m, 25000 - (m.now_ms - START_MS));
	assert_int_equal(m.renewed, 0);
	run(&m, 15000);
	assert_int_equal(m.renewed, 1);
	assert_true(asked_since(&m, ASK_METADATA, 0, m.schedule.renewed_ms) > 0);
	assert_true(asked_since(&m, ASK_OFFSETS, 1, m.schedule.renewed_ms) > 0);
	/* Each time it is left alone for longer. */
	run(&m, 50000);
	assert_int_equal(m.renewed, 1);
	run(&m, 20000);
	assert_int_equal(m.renewed, 2);
	m.silent_leader = 0;
	run(&m, 200000);
	assert_int_equal(m.renewed, 2);
	assert_null(m.store.offsets.error);
	made_release(&m);
}

static void test_a_hung_group_is_no_place_for_a_second_question(void **state)
{
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_LAG, 1);
	run(&m, 2000);
	m.ops.asks_hung_groups_again = false;
	m.holds[ASK_COMMITS] = true;
	since_ms = m.now_ms;
	run(&m, 20000);
	assert_int_equal(asked_since(&m, ASK_COMMITS, 0, since_ms), 1);
	assert_string_equal(group(&m, 0)->shown.commit_origin.error, "no answer in time");
	m.holds[ASK_COMMITS] = false;
	run(&m, INTERVAL_MS);
	assert_null(group(&m, 0)->shown.commit_origin.error);
	made_release(&m);
}

static void test_a_question_told_in_pieces(void **state)
{
	struct made m;
	struct question *q = NULL;

	(void)state;
	made_init(&m, NEED_LAG, 1);
	run(&m, 12000);
	m.silent_leader = 1;
	m.offset = 300;
	while (!q) {
		run(&m, 100);
		for (int i = 0; i < m.open_count; i++)
			if (m.open[i]->kind == ASK_OFFSETS && m.open[i]->offset == OFFSET_END)
				q = m.open[i];
	}
	assert_int_equal(q->partition_count, PARTITIONS / LEADERS);
	tell_offsets(&m, q, 1);
	assert_int_equal(partition(&m, q->partitions[0].id)->offsets[OFFSET_END].value, 300);
	for (int i = 0; i < m.open_count; i++)
		if (m.open[i] == q)
			m.open[i] = m.open[--m.open_count];
	told_end(&m.flight, q, &fault);
	assert_null(partition(&m, 0)->offsets[OFFSET_END].origin.error);
	assert_string_equal(partition(&m, 2)->offsets[OFFSET_END].origin.error, "made up");
	assert_int_equal(partition(&m, 2)->offsets[OFFSET_END].value, 100);
	made_release(&m);
}

static void test_what_weir_changed_is_asked_now_and_its_ends_after(void **state)
{
	struct demand *changed;
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_LAG, 2);
	run(&m, 12000);
	run(&m, 2000);
	changed = demand_dup(m.demand);
	demand_add_change(changed,
		&(struct change_note){ .number = 1, .kind = CHANGED_GROUP, .name = (char *)(uintptr_t)group_name(1) });
	since_ms = m.now_ms;
	schedule_demand(&m.schedule, &m.flight, changed, m.now_ms);
	demand_free(m.demand);
	m.demand = changed;
	assert_true(group(&m, 1)->shown.commit_origin.outdated);
	m.holds[ASK_COMMITS] = true;
	run(&m, 50);
	assert_int_equal(commits_since(&m, since_ms), 1);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 0, since_ms), 0);
	m.holds[ASK_COMMITS] = false;
	run(&m, 50);
	assert_false(group(&m, 1)->shown.commit_origin.outdated);
	/* Only the partition that the group has committed. */
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 1, since_ms), 0);
	assert_int_equal(asked_since(&m, ASK_OFFSETS, 2, since_ms), 1);
	made_release(&m);
}

static void test_lost_connections_ask_for_metadata(void **state)
{
	struct told_connection lost = { .changed = true, .lost = true }, away = { .unreachable = true };
	struct made m;
	int64_t since_ms;

	(void)state;
	made_init(&m, NEED_METADATA, 0);
	run(&m, 12000);
	since_ms = m.now_ms;
	told_connection(&m.flight, &lost);
	run(&m, 150);
	assert_int_equal(asked_since(&m, ASK_METADATA, 0, since_ms), 1);
	told_connection(&m.flight, &away);
	since_ms = m.now_ms;
	run(&m, 5000);
	assert_in_range(asked_since(&m, ASK_METADATA, 0, since_ms), 4, 6);
	made_release(&m);
}

static void test_a_paused_plan_asks_nothing(void **state)
{
	struct demand *paused;
	struct made m;
	size_t asked;

	(void)state;
	made_init(&m, NEED_LAG, 2);
	run(&m, 12000);
	paused = demand_dup(m.demand);
	paused->paused = true;
	schedule_demand(&m.schedule, &m.flight, paused, m.now_ms);
	demand_free(m.demand);
	m.demand = paused;
	asked = m.log_count;
	run(&m, 20000);
	assert_int_equal(m.log_count, asked);
	made_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends_follow_the_commits_of_a_round),
		cmocka_unit_test(test_ends_do_not_wait_long_for_a_coordinator),
		cmocka_unit_test(test_what_nobody_looks_at_shares_a_budget),
		cmocka_unit_test(test_a_source_that_batches_is_not_held_back),
		cmocka_unit_test(test_a_command_asks_for_all_in_its_round),
		cmocka_unit_test(test_a_command_asks_for_partitions_that_nobody_reads),
		cmocka_unit_test(test_metadata_that_fails_is_asked_again_ever_later),
		cmocka_unit_test(test_a_leader_that_never_answers),
		cmocka_unit_test(test_a_source_that_hangs_begins_anew),
		cmocka_unit_test(test_a_hung_group_is_no_place_for_a_second_question),
		cmocka_unit_test(test_a_question_told_in_pieces),
		cmocka_unit_test(test_what_weir_changed_is_asked_now_and_its_ends_after),
		cmocka_unit_test(test_lost_connections_ask_for_metadata),
		cmocka_unit_test(test_a_paused_plan_asks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
