/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store of the sampler, fed by hand: what it holds stays valid while topics,
 * partitions and groups come and go. The sanitizer builds sweep the names after
 * every snapshot, so there each step here is followed by a sweep.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sample/store_parts.h"
#include "model/demand.h"

enum { TOPICS_MOST = 6, PARTITIONS_MOST = 4 };

static const struct fault unknown_topic = { .code = FAULT_UNKNOWN_TOPIC, .text = "Unknown topic or partition" };
static const struct fault denied_topic = { .code = 29,
	.denied = true,
	.text = "Topic authorization failed (needs DESCRIBE on the topic)" };

/* What a round of answers holds: metadata with these topics, `partitions` each. */
struct metadata {
	struct told_metadata md;
	struct told_broker broker;
	struct told_topic topics[TOPICS_MOST];
	struct told_partition partitions[PARTITIONS_MOST];
	int32_t node;
};

/* `error` NULL: each has a leader. */
static void metadata_make(struct metadata *m, int partitions, const char *error)
{
	*m = (struct metadata){ .broker = { .id = 1, .host = "broker.example", .port = 9092 }, .node = 1 };
	m->md.broker_count = 1;
	m->md.brokers = &m->broker;
	m->md.topics = m->topics;
	for (int i = 0; i < partitions; i++)
		m->partitions[i] = (struct told_partition){ .id = i,
			.error = error,
			.leader = error ? -1 : 1,
			.replica_count = 1,
			.replicas = &m->node,
			.isr_count = 1,
			.isr = &m->node };
}

static void metadata_add(struct metadata *m, const char *topic, int partitions)
{
	m->topics[m->md.topic_count++] =
		(struct told_topic){ .name = topic, .partition_count = partitions, .partitions = m->partitions };
}

/* The list holds one group; any other one is missing from it. */
static struct store_group *list_group(struct store *st, const char *id, enum group_state state, int64_t now_ms)
{
	struct told_listing listing = { .group = id, .type = GROUP_TYPE_CLASSIC, .state = state };

	store_group_list(st, &(struct told_group_list){ .groups = &listing, .count = 1 }, now_ms);
	return store_group(st, id);
}

static void snapshots(struct store *st, int count)
{
	struct demand demand = { .other_groups = DEMAND_OTHERS_DESCRIBED };
	struct store_frame frame = { .demand = &demand, .interval_ms = 1000 };

	for (int i = 0; i < count; i++)
		snapshot_unref(store_snapshot(st, &frame));
}

/* The group's committed offsets are one of `topic`-0 with metadata and an error; topic NULL: none. */
static void commit(struct store *st, struct store_group *g, const char *topic, int64_t now_us)
{
	struct told_commit row = { .topic = topic,
		.offset = 7,
		.leader_epoch = -1,
		.metadata = "noted by the client",
		.error = "There are unstable offsets" };

	store_group_committed(st, g, &(struct told_commits){ .rows = &row, .count = topic != NULL }, now_us, now_us);
}

static void test_names_are_shared_and_swept(void **state)
{
	struct names names;
	struct arena *arena = arena_new(0);
	const char *kept, *pinned;
	char text[32];

	(void)state;
	names_init(&names);
	kept = names_get(&names, "kept");
	pinned = names_get(&names, "pinned");
	name_of(pinned)->pins++;
	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "name-%d", i);
		names_get(&names, text);
	}
	assert_ptr_equal(names_get(&names, "kept"), kept);
	assert_null(names_get(&names, NULL));
	assert_int_equal(names.count, 1002);
	assert_string_equal(name_copy(kept, arena, 7), "kept");
	assert_ptr_equal(name_copy(kept, arena, 7), name_copy(kept, arena, 7));
	name_keep(&names, kept);
	name_keep(&names, NULL);
	names_sweep(&names);
	assert_int_equal(names.count, 2);
	assert_ptr_equal(names_find(&names, "pinned"), name_of(pinned));
	assert_null(names_find(&names, "name-1"));
	/* Kept is kept for one sweep; a copy in a snapshot keeps nothing. */
	name_copy(kept, arena, 8);
	names_sweep(&names);
	assert_int_equal(names.count, 1);
	names_release(&names);
	arena_free(arena);
}

static void test_a_topic_with_commits_goes(void **state)
{
	struct store st;
	struct store_group *g;
	struct metadata m;

	(void)state;
	store_init(&st);
	metadata_make(&m, 1, NULL);
	metadata_add(&m, "returns", 1);
	store_metadata(&st, &m.md, 1);
	g = list_group(&st, "audit", GROUP_EMPTY, 1);
	commit(&st, g, "returns", 1000);
	snapshots(&st, 1);
	assert_int_equal(st.last->groups[0].partition_count, 1);

	/* The topic goes, and the next answer about the group leaves it out: the row rests until the one after. */
	m.md.topic_count = 0;
	store_metadata(&st, &m.md, 2);
	store_topic_failed(&st, "returns", &unknown_topic, 2);
	commit(&st, g, NULL, 2000);
	snapshots(&st, STORE_SWEEP_EVERY);
	assert_int_equal(st.last->groups[0].partition_count, 0);
	assert_int_equal(g->commit_count, 1);
	assert_ptr_equal(names_find(&st.names, "returns"), name_of(g->commits[0].shown.topic));
	assert_ptr_equal(names_find(&st.names, "noted by the client"), name_of(g->commits[0].shown.metadata));
	assert_non_null(g->commits[0].shown.error);

	commit(&st, g, NULL, 3000);
	snapshots(&st, STORE_SWEEP_EVERY);
	assert_int_equal(g->commit_count, 0);
	assert_null(names_find(&st.names, "returns"));
	store_release(&st);
}

/* An answer leaves out what the user may not describe any more: the row stays, and says so once it is known. */
static void test_a_hidden_topic_keeps_its_commits(void **state)
{
	struct store st;
	struct store_group *g;
	struct metadata m, none;

	(void)state;
	store_init(&st);
	metadata_make(&m, 1, NULL);
	metadata_make(&none, 1, NULL);
	metadata_add(&m, "secret", 1);
	store_metadata(&st, &m.md, 1000);
	g = list_group(&st, "audit", GROUP_EMPTY, 1000);
	commit(&st, g, "secret", 1000000);

	/* The coordinator has heard of it; the broker that is asked about topics has not, then neither says why. */
	for (int64_t now_ms = 2000; now_ms <= 2900; now_ms += 300) {
		commit(&st, g, NULL, now_ms * 1000);
		store_metadata(&st, &m.md, now_ms + 50);
		snapshots(&st, 1);
		assert_int_equal(st.last->groups[0].partition_count, 1);
		assert_int_equal(st.last->groups[0].partitions[0].committed, 7);
	}
	for (int64_t now_ms = 3100; now_ms <= 9000; now_ms += 300) {
		store_metadata(&st, &none.md, now_ms);
		commit(&st, g, NULL, now_ms * 1000);
		snapshots(&st, 1);
		assert_int_equal(st.last->groups[0].partition_count, 1);
	}
	store_topic_failed(&st, "secret", &denied_topic, 9000);
	commit(&st, g, NULL, 9100000);
	snapshots(&st, 1);
	assert_int_equal(st.last->groups[0].partition_count, 1);
	assert_non_null(strstr(st.last->groups[0].partitions[0].error, "needs DESCRIBE on the topic"));

	/* It may be described again, and now its answers count. */
	store_metadata(&st, &m.md, 10000);
	commit(&st, g, "secret", 10100000);
	snapshots(&st, 1);
	assert_int_equal(g->commits[0].left_out_ms, 0);
	store_release(&st);
}

/* The topic is told of all the time: what an answer leaves out was deleted. */
static void test_a_deleted_commit_goes(void **state)
{
	struct store st;
	struct store_group *g;
	struct metadata m;

	(void)state;
	store_init(&st);
	metadata_make(&m, 1, NULL);
	metadata_add(&m, "open", 1);
	store_metadata(&st, &m.md, 1000);
	g = list_group(&st, "audit", GROUP_EMPTY, 1000);
	commit(&st, g, "open", 1000000);
	commit(&st, g, NULL, 2000000);
	store_metadata(&st, &m.md, 3000);
	snapshots(&st, 1);
	assert_int_equal(st.last->groups[0].partition_count, 0);
	commit(&st, g, NULL, 3100000);
	assert_int_equal(g->commit_count, 0);
	store_release(&st);
}

/* The same numbers every time. */
static unsigned next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static void change_topics(struct store *st, unsigned *seed, int64_t now_ms)
{
	static const char *const partition_errors[] = { NULL, NULL, "Leader not available" };
	struct fault faults[] = { unknown_topic, denied_topic, { .code = FAULT_LOCAL } };
	int partitions = 1 + (int)next(seed, PARTITIONS_MOST);
	char names[TOPICS_MOST][32];
	struct metadata m;

	metadata_make(&m, partitions, partition_errors[next(seed, COUNT(partition_errors))]);
	for (int i = 0; i < TOPICS_MOST; i++) {
		snprintf(names[i], sizeof(names[i]), "topic-%u", next(seed, 40));
		metadata_add(&m, names[i], partitions);
	}
	store_metadata(st, &m.md, now_ms);
	for (size_t i = st->topic_count; i-- > 0;) {
		struct store_topic *t = st->topics[i];
		char text[32], name[32];

		if (t->present || next(seed, 3) == 0)
			continue;
		snprintf(text, sizeof(text), "reason %u", next(seed, 100));
		snprintf(name, sizeof(name), "%s", t->shown.name);
		faults[2].text = text;
		store_topic_failed(st, name, &faults[next(seed, COUNT(faults))], now_ms);
	}
	snprintf(names[0], sizeof(names[0]), "rack-%u", next(seed, 9));
	store_cluster(st,
		&(struct told_cluster){ .racks = &(struct told_rack){ .broker = 1, .rack = names[0] },
			.rack_count = 1 });
}

static void change_group(struct store *st, unsigned *seed, int64_t now_us)
{
	struct store_group *g;
	char text[32];

	snprintf(text, sizeof(text), "group-%u", next(seed, 5));
	g = list_group(st, text, next(seed, 2) ? GROUP_EMPTY : GROUP_STABLE, now_us / 1000);
	snprintf(text, sizeof(text), "topic-%u", next(seed, 40));
	commit(st, g, next(seed, 4) ? text : NULL, now_us);
	snprintf(text, sizeof(text), "group reason %u", next(seed, 100));
	if (next(seed, 4) == 0)
		stamp_fail(st, &g->shown.describe_origin, now_us / 1000,
			&(struct fault){ .code = 30, .denied = true, .text = text });
}

static void test_names_outlive_every_change(void **state)
{
	unsigned seed = 1;
	size_t most = 0;
	struct store st;

	(void)state;
	store_init(&st);
	for (int64_t i = 1; i <= 3000; i++) {
		change_topics(&st, &seed, i * 1000);
		change_group(&st, &seed, i * 1000000);
		snapshots(&st, 1);
		store_tick(&st, i * 1000);
		if (i == 1000)
			most = st.names.count;
	}
	/* Nothing is kept for ever either: 40 topics, 5 groups and 200 reasons are all there is. */
	assert_in_range(most, 1, 400);
	assert_in_range(st.names.count, 1, 400);
	store_release(&st);
}

static void test_a_lag_that_is_not_of_now_is_a_gap(void **state)
{
	struct told_commit row = { .topic = "orders", .offset = 3 };
	struct store_group *g;
	struct metadata m;
	struct store st;

	(void)state;
	store_init(&st);
	clock_freeze(100000, 1790000000000);
	metadata_make(&m, 1, NULL);
	metadata_add(&m, "orders", 1);
	store_metadata(&st, &m.md, 100000);
	store_offset_read(store_partition(&st, "orders", 0), OFFSET_END, 10, 0, 100000000, 100000000);
	g = list_group(&st, "audit", GROUP_EMPTY, 100000);
	store_group_committed(&st, g, &(struct told_commits){ .rows = &row, .count = 1 }, 100000000, 100000000);
	snapshots(&st, 1);
	assert_true(series_last(&g->shown.lag_history.fine) == 7);
	/* Within a few periods, which here are of one second, it is repeated; after that nobody knows. */
	store_tick(&st, 102000);
	assert_true(series_last(&g->shown.lag_history.fine) == 7);
	store_tick(&st, 110000);
	store_tick(&st, 120000);
	assert_true(isnan(series_last(&g->shown.lag_history.fine)));
	assert_true(isnan(series_last(&st.lag_history.fine)));
	clock_freeze(-1, -1);
	store_release(&st);
}

/* What is told of a group stands in the snapshot, which refers to nothing that the store may free. */
static void test_a_snapshot_has_its_own_copy(void **state)
{
	struct topic_partition assignment[] = { { "orders", 1 }, { "orders", 0 } };
	struct told_member members[] = {
		{ .id = "m2", .client_id = "c", .host = "/10.0.0.2" },
		{ .id = "m1", .client_id = "c", .host = "/10.0.0.1", .assignment = assignment, .assignment_count = 2 }
	};
	struct told_description told = { .group = "audit",
		.state = GROUP_STABLE,
		.protocol = "range",
		.coordinator = 3,
		.members = members,
		.member_count = 2 };
	const struct snapshot *s;
	const struct group *g;
	struct store st;

	(void)state;
	store_init(&st);
	store_group_described(&st, list_group(&st, "audit", GROUP_EMPTY, 1), &told, 2);
	snapshots(&st, 1);
	s = snapshot_ref(st.last);
	store_release(&st);
	g = &s->groups[0];
	assert_string_equal(g->id, "audit");
	assert_int_equal(g->type, GROUP_TYPE_CLASSIC);
	assert_int_equal(g->state, GROUP_STABLE);
	assert_string_equal(g->protocol, "range");
	assert_int_equal(g->coordinator, 3);
	assert_int_equal(g->list_origin.at_ms, 1);
	assert_int_equal(g->describe_origin.at_ms, 2);
	assert_int_equal(g->member_count, 2);
	assert_string_equal(g->members[0].id, "m1");
	assert_string_equal(g->members[0].host, "10.0.0.1");
	assert_int_equal(g->members[0].assignment_count, 2);
	assert_string_equal(g->members[0].assignment[0].topic, "orders");
	assert_int_equal(g->members[0].assignment[0].partition, 0);
	assert_int_equal(g->members[1].assignment_count, 0);
	snapshot_unref(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_shared_and_swept),
		cmocka_unit_test(test_a_topic_with_commits_goes),
		cmocka_unit_test(test_a_hidden_topic_keeps_its_commits),
		cmocka_unit_test(test_a_deleted_commit_goes),
		cmocka_unit_test(test_names_outlive_every_change),
		cmocka_unit_test(test_a_snapshot_has_its_own_copy),
		cmocka_unit_test(test_a_lag_that_is_not_of_now_is_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
