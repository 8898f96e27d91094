/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans of resets: every strategy at every edge, scopes, refusals, and what makes a plan another one. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "unit.h"

#include "base/mem.h"
#include "model/reset_plan.h"
#include "model/reset_text.h"
#include "model/when.h"

enum { NONE = RESET_NO_OFFSET };

static struct reset_fact fact(int64_t committed, int64_t start, int64_t end)
{
	return (struct reset_fact){ .topic = "t",
		.leader = 1,
		.committed = committed,
		.leader_epoch = -1,
		.log_start = start,
		.log_end = end,
		.at_time = -1,
		.other = NONE };
}

static struct reset_facts facts_of(const struct reset_fact *partitions, size_t count)
{
	return (struct reset_facts){ .cluster_id = "c",
		.listed = true,
		.from_listed = true,
		.state = GROUP_EMPTY,
		.partitions = partitions,
		.partition_count = count,
		.at_ms = 1000000,
		.rate_per_s = NAN };
}

static struct reset_plan *plan_of(struct reset_how how, const struct reset_fact *f)
{
	struct reset_request request = { .how = how, .new_topics = true };
	struct reset_facts facts = facts_of(f, 1);
	struct reset_plan *plan;

	reset_add_scope(&request, "t", -1);
	request.group = mem_strdup("g");
	plan = reset_plan_new(&request, &facts);
	reset_request_release(&request);
	return plan;
}

struct edge {
	int64_t committed, start, end;
};

static const struct edge edges[] = {
	{ 50, 10, 100 },     /* 0 in the middle */
	{ NONE, 10, 100 },   /* 1 no commit */
	{ 5, 10, 100 },      /* 2 below the log start */
	{ 120, 10, 100 },    /* 3 above the end */
	{ 10, 10, 10 },      /* 4 empty */
	{ NONE, 0, 0 },      /* 5 never anything */
	{ 100, 10, 100 },    /* 6 all read */
	{ 0, 0, INT64_MAX }, /* 7 as long as can be */
};

static const struct {
	enum reset_strategy strategy;
	int64_t number;
	int64_t want[COUNT(edges)]; /* NONE: excluded */
} strategies[] = {
	{ RESET_EARLIEST, 0, { 10, 10, 10, 10, 10, 0, 10, 0 } },
	{ RESET_LATEST, 0, { 100, 100, 100, 100, 10, 0, 100, INT64_MAX } },
	{ RESET_OFFSET, 60, { 60, 60, 60, 60, 10, 0, 60, 60 } },
	{ RESET_OFFSET, 0, { 10, 10, 10, 10, 10, 0, 10, 0 } },
	{ RESET_OFFSET, INT64_MAX, { 100, 100, 100, 100, 10, 0, 100, INT64_MAX } },
	{ RESET_SHIFT, 5, { 55, NONE, 10, 100, 10, NONE, 100, 5 } },
	{ RESET_SHIFT, -20, { 30, NONE, 10, 100, 10, NONE, 80, 0 } },
	{ RESET_SHIFT, INT64_MAX, { 100, NONE, 100, 100, 10, NONE, 100, INT64_MAX } },
	{ RESET_SHIFT, INT64_MIN, { 10, NONE, 10, 10, 10, NONE, 10, 0 } },
	{ RESET_SKIP, 1, { 51, NONE, 10, 100, 10, NONE, 100, 1 } },
	{ RESET_CURRENT, 0, { 50, 100, 5, 120, 10, 0, 100, 0 } },
};

static void test_targets(void **state)
{
	(void)state;
	for (size_t s = 0; s < COUNT(strategies); s++) {
		for (size_t e = 0; e < COUNT(edges); e++) {
			struct reset_fact f = fact(edges[e].committed, edges[e].start, edges[e].end);
			struct reset_plan *plan =
				plan_of((struct reset_how){ strategies[s].strategy, strategies[s].number }, &f);
			int64_t want = strategies[s].want[e];

			assert_int_equal(plan->row_count, 1);
			if (plan->rows[0].target != want)
				fail_msg("strategy %zu, edge %zu: %" PRId64 ", not %" PRId64, s, e,
					plan->rows[0].target, want);
			if ((plan->rows[0].action == RESET_EXCLUDED) != (want == NONE))
				fail_msg("strategy %zu, edge %zu: action %d", s, e, plan->rows[0].action);
			reset_plan_free(plan);
		}
	}
}

static const struct {
	struct reset_how how;
	struct edge edge;
	const char *note;
} notes[] = {
	{ { RESET_OFFSET, 5 }, { 50, 10, 100 }, "before log start, clamped" },
	{ { RESET_OFFSET, 500 }, { 50, 10, 100 }, "beyond log end, clamped" },
	{ { RESET_LATEST, 0 }, { 50, 10, 100 }, "" },
	{ { RESET_LATEST, 0 }, { NONE, 10, 100 }, "never committed" },
	{ { RESET_SHIFT, 5 }, { NONE, 10, 100 }, "no committed offset: excluded" },
	{ { RESET_CURRENT, 0 }, { 5, 10, 100 }, "outside the log; committed before log start" },
	{ { RESET_CURRENT, 0 }, { 500, 10, 100 }, "outside the log; committed beyond log end" },
	{ { RESET_EARLIEST, 0 }, { NONE, 7, 7 }, "never committed; no records" },
	{ { RESET_DELETE, 0 }, { 20, 10, 100 },
		"deletes the commit; Kafka refuses while a member subscribes to the topic" },
	{ { RESET_DELETE, 0 }, { NONE, 10, 100 }, "no committed offset: excluded" },
};

static void test_notes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(notes); i++) {
		struct reset_fact f = fact(notes[i].edge.committed, notes[i].edge.start, notes[i].edge.end);
		struct reset_plan *plan = plan_of(notes[i].how, &f);
		struct str note = { 0 };

		reset_row_note(&note, plan->rows);
		assert_text(i, str_text(&note), notes[i].note);
		str_release(&note);
		reset_plan_free(plan);
	}
}

static void test_times(void **state)
{
	struct reset_fact f = fact(50, 10, 100);
	struct reset_plan *plan;

	(void)state;
	plan = plan_of((struct reset_how){ RESET_DATETIME, 5 }, &f);
	assert_int_equal(plan->rows[0].action, RESET_EXCLUDED);
	assert_true(plan->rows[0].notes & RESET_NOTE_NOT_READ);
	reset_plan_free(plan);

	f.time_read = true; /* after everything */
	plan = plan_of((struct reset_how){ RESET_DATETIME, 5 }, &f);
	assert_int_equal(plan->rows[0].target, 100);
	assert_true(plan->rows[0].notes & RESET_NOTE_AFTER_ALL);
	reset_plan_free(plan);

	f.at_time = 42;
	plan = plan_of((struct reset_how){ RESET_DURATION, INT64_MAX }, &f);
	assert_int_equal(plan->rows[0].target, 42);
	assert_int_equal(plan->again, 8);
	assert_int_equal(reset_moment(plan->request, &plan->request->how), 0);
	reset_plan_free(plan);

	f.at_time = 3; /* the log was cut off meanwhile */
	plan = plan_of((struct reset_how){ RESET_DATETIME, 5 }, &f);
	assert_int_equal(plan->rows[0].target, 10);
	assert_true(plan->rows[0].notes & RESET_NOTE_CLAMPED_START);
	reset_plan_free(plan);
}

/* Planned once more, later, to be applied: the same point in time as was confirmed. */
static void test_a_duration_counts_back_from_the_first_plan(void **state)
{
	struct reset_fact f = fact(50, 10, 100);
	struct reset_facts facts = facts_of(&f, 1);
	struct reset_request request = { .group = mem_strdup("g"),
		.how = { RESET_DURATION, 90000 },
		.all_topics = true };
	struct reset_plan *confirmed, *applied;
	struct str text = { 0 };

	(void)state;
	f.time_read = true;
	facts.at_ms = 1763818290000;
	confirmed = reset_plan_new(&request, &facts);
	facts.at_ms += 600000;
	applied = reset_plan_new(confirmed->request, &facts);
	assert_true(reset_moment(confirmed->request, &confirmed->request->how) == 1763818200000);
	assert_true(reset_moment(applied->request, &applied->request->how) == 1763818200000);
	reset_describe_how(&text, &applied->request->how, applied->request, true);
	assert_string_equal(str_text(&text), "1m30s back, to 2025-11-22 13:30:00.000 UTC");
	str_clear(&text);
	reset_plan_command(&text, applied, "h:1", NULL, NULL);
	assert_string_equal(str_text(&text),
		"kafka-consumer-groups --bootstrap-server h:1 --group g --reset-offsets "
		"--all-topics --to-datetime 2025-11-22T13:30:00.000Z --execute");
	str_release(&text);
	reset_plan_free(confirmed);
	reset_plan_free(applied);
	reset_request_release(&request);
}

static void test_what_keeps_a_partition_out(void **state)
{
	struct reset_fact f = fact(50, 10, 100);
	struct reset_plan *plan;

	(void)state;
	f.leader = -1;
	plan = plan_of((struct reset_how){ RESET_LATEST, 0 }, &f);
	assert_true(plan->rows[0].notes & RESET_NOTE_NO_LEADER);
	assert_int_equal(plan->refusal, RESET_NOTHING);
	reset_plan_free(plan);
	f = fact(50, OFFSET_UNKNOWN, 100);
	plan = plan_of((struct reset_how){ RESET_LATEST, 0 }, &f);
	assert_true(plan->rows[0].notes & RESET_NOTE_NOT_READ);
	reset_plan_free(plan);
	f = fact(50, 10, 100);
	f.missing = true;
	plan = plan_of((struct reset_how){ RESET_LATEST, 0 }, &f);
	assert_true(plan->rows[0].notes & RESET_NOTE_MISSING);
	reset_plan_free(plan);
	/* A commit of a topic that is gone can still be deleted. */
	plan = plan_of((struct reset_how){ RESET_DELETE, 0 }, &f);
	assert_int_equal(plan->rows[0].action, RESET_REMOVE);
	reset_plan_free(plan);
	f = fact(50, 10, 100);
	plan = plan_of((struct reset_how){ RESET_GROUP, 0 }, &f);
	assert_true(plan->rows[0].notes & RESET_NOTE_NO_TARGET);
	reset_plan_free(plan);
	f.other = 3000;
	plan = plan_of((struct reset_how){ RESET_GROUP, 0 }, &f);
	assert_int_equal(plan->rows[0].target, 100);
	reset_plan_free(plan);
}

static struct reset_plan *plan_two(struct reset_request *request, struct reset_facts *facts, struct reset_fact *two)
{
	facts->partitions = two;
	facts->partition_count = 2;
	return reset_plan_new(request, facts);
}

static void test_scopes(void **state)
{
	struct reset_fact f[4] = { fact(5, 0, 9), fact(NONE, 0, 9), fact(7, 0, 9), fact(NONE, 0, 9) };
	struct reset_facts facts = facts_of(f, 4);
	struct reset_request r = { .group = mem_strdup("g"), .how = { RESET_EARLIEST, 0 }, .all_topics = true };
	struct reset_plan *plan;
	struct error err;

	(void)state;
	f[1].partition = 1;
	f[2].topic = f[3].topic = "u";
	f[3].partition = 1;
	plan = reset_plan_new(&r, &facts); /* only what was committed */
	assert_int_equal(plan->row_count, 2);
	assert_non_null(reset_plan_find(plan, "u", 0));
	assert_null(reset_plan_find(plan, "t", 1));
	reset_plan_free(plan);
	r.all_topics = false;
	assert_true(reset_parse_scope(&r, "u:0-1", &err));
	f[2].committed = NONE;
	f[2].topic_new = f[3].topic_new = true;
	plan = reset_plan_new(&r, &facts); /* a topic never read needs a switch */
	assert_int_equal(plan->row_count, 2);
	assert_int_equal(plan->excluded, 2);
	reset_plan_free(plan);
	r.new_topics = true;
	reset_add_edit(&r, "t", 0, (struct reset_how){ RESET_OFFSET, 3 });
	reset_add_edit(&r, "u", 1, (struct reset_how){ RESET_NONE, 0 });
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->row_count, 3);
	assert_int_equal(reset_plan_find(plan, "t", 0)->target, 3);
	assert_int_equal(reset_plan_find(plan, "u", 1)->action, RESET_LEAVE);
	assert_int_equal(plan->commits, 2);
	reset_plan_free(plan);
	reset_drop_edit(&r, "t", 0);
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->row_count, 2);
	reset_plan_free(plan);
	reset_request_release(&r);
}

static void test_undo_is_exact(void **state)
{
	struct reset_fact f[2] = { fact(5, 10, 100), fact(7, 10, 100) };
	struct reset_facts facts = facts_of(f, 2);
	struct reset_request r = { .group = mem_strdup("g"), .how = { RESET_TARGETS, 0 }, .exact = true };
	struct reset_target was = { (char *)(uintptr_t) "t", 0, 3, 9, (char *)(uintptr_t) "note" };
	struct reset_plan *plan;

	(void)state;
	f[1].partition = 1;
	reset_add_target(&r, &was);
	reset_add_target(&r, &(struct reset_target){ was.topic, 1, NONE, -1, NULL });
	plan = plan_two(&r, &facts, f);
	assert_int_equal(plan->rows[0].target, 3);
	assert_int_equal(plan->rows[0].target_epoch, 9);
	assert_string_equal(plan->rows[0].target_metadata, "note");
	assert_true(plan->rows[0].notes & RESET_NOTE_OUTSIDE);
	assert_int_equal(plan->rows[1].action, RESET_REMOVE);
	reset_plan_free(plan);
	f[0].committed = 3;
	f[0].leader_epoch = 9;
	f[0].metadata = "note";
	f[1].committed = NONE;
	plan = plan_two(&r, &facts, f);
	assert_int_equal(plan->left, 2);
	assert_int_equal(plan->refusal, RESET_NOTHING);
	reset_plan_free(plan);
	r.exact = false; /* from a file: clamped, and then the epoch is another one */
	plan = plan_two(&r, &facts, f);
	assert_int_equal(plan->rows[0].target, 10);
	assert_int_equal(plan->rows[0].target_epoch, -1);
	reset_plan_free(plan);
	reset_request_release(&r);
}

static void test_refusals(void **state)
{
	struct reset_fact f = fact(5, 0, 9);
	struct reset_facts facts = facts_of(&f, 1);
	struct reset_member member = { "m-1", "app", "10.0.0.1" };
	struct reset_request r = { .group = mem_strdup("g"), .how = { RESET_LATEST, 0 }, .all_topics = true };
	struct reset_plan *plan;
	struct str why = { 0 };

	(void)state;
	facts.members = &member;
	facts.member_count = 1;
	facts.state = GROUP_STATE_UNKNOWN; /* as librdkafka has Assigning */
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_ACTIVE);
	reset_plan_refusal(&why, plan);
	assert_non_null(strstr(str_text(&why), "m-1 (client app) at 10.0.0.1"));
	reset_plan_free(plan);
	facts.member_count = 0;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_STATE_UNREAD);
	reset_plan_free(plan);
	facts.state = GROUP_PREPARING_REBALANCE;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_ACTIVE);
	reset_plan_free(plan);
	facts.listed = false;
	facts.state = GROUP_STATE_UNKNOWN;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_UNKNOWN_GROUP);
	reset_plan_free(plan);
	r.create = true;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_ALLOWED);
	reset_plan_free(plan);
	facts.other_kind = true;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_OTHER_KIND);
	reset_plan_free(plan);
	facts.other_kind = false;
	r.how.strategy = RESET_DELETE_GROUP;
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->refusal, RESET_UNKNOWN_GROUP);
	reset_plan_free(plan);
	str_release(&why);
	reset_request_release(&r);
}

static void test_totals(void **state)
{
	struct reset_fact f[3] = { fact(5, 10, 100), fact(90, 10, 100), fact(NONE, 10, 100) };
	struct reset_facts facts = facts_of(f, 3);
	struct reset_request r = { .group = mem_strdup("payments"), .how = { RESET_OFFSET, 50 } };
	struct reset_plan *plan;
	struct str text = { 0 };

	(void)state;
	f[1].partition = 1;
	f[2].partition = 2;
	facts.rate_per_s = 10;
	reset_add_scope(&r, "t", -1);
	plan = reset_plan_new(&r, &facts);
	assert_int_equal(plan->skipped, 40); /* what retention took is not skipped by us */
	assert_int_equal(plan->again, 40);
	assert_int_equal(plan->uncommitted, 1);
	assert_int_equal(plan->left_to_read, 150);
	assert_true(reset_plan_needs_name(plan));
	reset_plan_effect(&text, plan, "prod-eu");
	assert_string_equal(str_text(&text),
		"skip up to 40 records in 1 partition, re-read up to 40 records in 1 partition, "
		"commit for the first time in 1 partition of group payments on prod-eu");
	str_clear(&text);
	reset_plan_catch_up(&text, plan);
	assert_string_equal(str_text(&text), "15s");
	str_clear(&text);
	reset_plan_csv(&text, plan, true);
	assert_string_equal(str_text(&text), "payments,t,0,50\npayments,t,1,50\npayments,t,2,50\n");
	str_clear(&text);
	reset_plan_command(&text, plan, "h:1", NULL, NULL);
	assert_string_equal(str_text(&text),
		"kafka-consumer-groups --bootstrap-server h:1 --group payments --reset-offsets "
		"--topic t --to-offset 50 --execute");
	str_release(&text);
	reset_plan_free(plan);
	reset_request_release(&r);
}

/* What was confirmed, changed in one way, and what that is called; `armed` too. */
static void test_changes(void **state)
{
	static const struct {
		int64_t committed, end;
		bool armed, joined, gone;
		enum reset_change want;
	} cases[] = {
		{ 50, 100, false, false, false, RESET_SAME },
		{ 50, 900, false, false, false, RESET_SAME },
		{ 50, 5000, false, false, false, RESET_CHANGED_BOUNDS },
		{ 51, 100, false, false, false, RESET_CHANGED_COMMIT },
		{ 51, 100, true, false, false, RESET_SAME },
		{ 120, 100, true, false, false, RESET_CHANGED_DIRECTION },
		{ 50, 100, false, true, false, RESET_CHANGED_MEMBERS },
		{ 50, 100, false, false, true, RESET_CHANGED_PARTITIONS },
	};
	struct reset_request r = { .group = mem_strdup("g"), .how = { RESET_LATEST, 0 } };

	(void)state;
	reset_add_scope(&r, "t", -1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reset_fact was = fact(50, 0, 100), now = fact(cases[i].committed, 0, cases[i].end);
		struct reset_facts a = facts_of(&was, 1), b = facts_of(&now, cases[i].gone ? 0 : 1);
		struct reset_member member = { "m", "c", "h" };
		struct str why = { 0 };

		b.members = &member;
		b.member_count = cases[i].joined;
		struct reset_plan *confirmed = reset_plan_new(&r, &a), *plan = reset_plan_new(&r, &b);
		struct reset_bounds bounds = reset_plan_bounds(confirmed);
		enum reset_change change = reset_plan_compare(confirmed, plan, &bounds, cases[i].armed, &why);

		if (change != cases[i].want || (change != RESET_SAME) != (why.len > 0))
			fail_msg("case %zu: %d (%s), not %d", i, change, str_text(&why), cases[i].want);
		str_release(&why);
		reset_plan_free(confirmed);
		reset_plan_free(plan);
	}
	reset_request_release(&r);
}

static const struct {
	const char *text;
	enum reset_strategy strategy;
	int64_t number;
	const char *error;
} hows[] = {
	{ "earliest", RESET_EARLIEST, 0, NULL },
	{ "latest", RESET_LATEST, 0, NULL },
	{ "1204", RESET_OFFSET, 1204, NULL },
	{ "+10", RESET_SHIFT, 10, NULL },
	{ "-90", RESET_SHIFT, -90, NULL },
	{ "-90m", RESET_DURATION, 5400000, NULL },
	{ "PT1H30M", RESET_DURATION, 5400000, NULL },
	{ "skip", RESET_SKIP, 1, NULL },
	{ "skip 3", RESET_SKIP, 3, NULL },
	{ "skip 0", RESET_NONE, 0, "column 6: " },
	{ "skip 3x", RESET_NONE, 0, "column 7: " },
	{ "1970-01-02", RESET_DATETIME, 86400000, NULL },
	{ "1970-13-02", RESET_NONE, 0, "column " },
	{ "99999999999999999999", RESET_NONE, 0, "column 1: " },
	{ "", RESET_NONE, 0, "column 1: " },
};

static void test_strategies_as_written(void **state)
{
	struct when_clock clock = { 1000000000000, true };

	(void)state;
	for (size_t i = 0; i < COUNT(hows); i++) {
		struct reset_how how = { 0 };
		struct error err = { 0 };
		bool ok = reset_parse_how(hows[i].text, &clock, &how, &err);

		if (ok != !hows[i].error ||
			(ok && (how.strategy != hows[i].strategy || how.number != hows[i].number)) ||
			(!ok && strncmp(err.message, hows[i].error, strlen(hows[i].error)) != 0))
			fail_msg("%s: %d, %d %" PRId64 ", %s", hows[i].text, ok, how.strategy, how.number, err.message);
	}
}

static void test_scopes_as_written(void **state)
{
	static const struct {
		const char *text;
		size_t count;
		const char *error;
	} cases[] = {
		{ "orders", 1, NULL },
		{ "orders:0", 1, NULL },
		{ "orders:0,2-4,2", 4, NULL },
		{ "", 0, "column 1: " },
		{ ":1", 0, "column 1: " },
		{ "orders:", 0, "column 8: " },
		{ "orders:1,", 0, "column 10: " },
		{ "orders:4-2", 0, "column 10: " },
		{ "orders:1;2", 0, "column 9: " },
		{ "orders:-1", 0, "column 8: " },
		{ "orders:99999999999", 0, "column 8: " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reset_request r = { 0 };
		struct error err = { 0 };
		bool ok = reset_parse_scope(&r, cases[i].text, &err);

		if (ok != !cases[i].error || (ok && r.scope_count != cases[i].count) ||
			(!ok && strncmp(err.message, cases[i].error, strlen(cases[i].error)) != 0))
			fail_msg("%s: %d, %zu, %s", cases[i].text, ok, r.scope_count, err.message);
		reset_request_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_targets), cmocka_unit_test(test_notes),
		cmocka_unit_test(test_times), cmocka_unit_test(test_a_duration_counts_back_from_the_first_plan),
		cmocka_unit_test(test_what_keeps_a_partition_out), cmocka_unit_test(test_scopes),
		cmocka_unit_test(test_undo_is_exact), cmocka_unit_test(test_refusals), cmocka_unit_test(test_totals),
		cmocka_unit_test(test_changes), cmocka_unit_test(test_strategies_as_written),
		cmocka_unit_test(test_scopes_as_written) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
