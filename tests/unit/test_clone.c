/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "change/clone_state.h"
#include "model/clone.h"

/*
 * A story in letters. "s5" sends the source's record at 5, "d0" the target has the oldest one sent at 0, "f0=5" the
 * target holds at 0 what the source has at 5, "e3" it ends at 3, "n5" is the source's next record: "+" to be sent,
 * "=" is there, "!" differs. A "?" before the letter: it is refused. Records are told by their offset.
 */
static void tell(struct clone_part *p, const char *story)
{
	for (const char *at = story; *at; at += strcspn(at, " "), at += *at == ' ') {
		bool refused = *at == '?';
		const char *word = at + refused;
		char *end;
		int64_t offset = strtoll(word + 1, &end, 10);
		uint64_t hash = (uint64_t)offset + 100;
		bool ok = true;

		switch (*word) {
		case 's':
			clone_part_sent(p, offset, hash);
			break;
		case 'u':
			clone_part_not_sent(p);
			break;
		case 'd':
			ok = clone_part_delivered(p, offset);
			break;
		case 'f':
			ok = clone_part_found(p, offset, (uint64_t)strtoll(end + 1, NULL, 10) + 100);
			break;
		case 'e':
			ok = clone_part_found_end(p, offset);
			break;
		case 'n':
			if ("+=!"[clone_part_next(p, offset, hash)] != *end)
				fail_msg("%s: at %s", story, word);
			break;
		}
		if (ok == refused)
			fail_msg("%s: at %s", story, at);
	}
}

static void test_positions(void **state)
{
	static const struct {
		int64_t source, target;
		const char *story;
		int64_t want_source, want_target;
		bool aligned;
	} rows[] = {
		{ -1, 0, "", -1, 0, true },
		{ -1, 0, "n0+ s0 n7+ s7 d0 d1", 7, 2, true },
		{ -1, 0, "s0 s7 d0", 0, 1, true },
		{ -1, 0, "s0 s7 u d0 ?d1", 0, 1, true },
		{ -1, 0, "?d0", -1, 0, true },
		{ -1, 0, "s0 ?d1", -1, 0, true },
		{ 4, 2, "s9 ?d3", 4, 2, true },
		/* after a break, nothing more was written */
		{ 4, 2, "f1=4 e2 n9+ s9 d2", 9, 3, true },
		/* more was written than was known */
		{ 4, 2, "f1=4 f2=5 f3=9 e4 n5= n9= n10+ s10 d4", 10, 5, true },
		{ -1, 0, "f0=3 e1 n3= n4+ s4 d1", 4, 2, true },
		{ 4, 2, "f1=4 f2=5 f3=9 e4 n5=", 5, 3, false },
		/* it is another one */
		{ 4, 2, "?f1=3", 4, 2, true },
		{ 4, 2, "f1=4 f2=5 f3=9 e4 n5= n8!", 5, 3, false },
		{ 4, 2, "f1=4 ?e1", 4, 2, true },
		/* the target lost records by compaction or retention: their places count */
		{ 4, 2, "f3=9 e4 n5= n9= n10+", 9, 4, true },
		{ 4, 2, "f2=5 e5 n5= n6= n7= n8+", 7, 5, true },
		{ 4, 2, "e2 n5+", 4, 2, true },
		{ 4, 2, "f0=77 f1=4 e2 n5+", 4, 2, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct clone_part p;

		clone_part_init(&p);
		p.source = rows[i].source;
		p.target = rows[i].target;
		p.hash = (uint64_t)rows[i].source + 100;
		tell(&p, rows[i].story);
		if (p.source != rows[i].want_source || p.target != rows[i].want_target ||
			clone_part_is_aligned(&p) != rows[i].aligned)
			fail_msg("row %zu: %s: at %d and %d", i, rows[i].story, (int)p.source, (int)p.target);
		clone_part_release(&p);
	}
}

/* More in flight than the ring was made for, begun anywhere in it. */
static void test_many_in_flight(void **state)
{
	struct clone_part p;

	(void)state;
	clone_part_init(&p);
	for (int64_t i = 0; i < 700; i++)
		clone_part_sent(&p, i * 2, (uint64_t)i);
	for (int64_t i = 0; i < 600; i++)
		assert_true(clone_part_delivered(&p, i));
	for (int64_t i = 700; i < 5000; i++)
		clone_part_sent(&p, i * 2, (uint64_t)i);
	for (int64_t i = 600; i < 5000; i++) {
		assert_true(clone_part_delivered(&p, i));
		assert_int_equal(p.source, i * 2);
		assert_int_equal(p.hash, i);
	}
	assert_false(clone_part_delivered(&p, 5000));
	clone_part_release(&p);
}

static struct record make(const char *key, const char *value, int64_t timestamp_ms)
{
	return (struct record){ .key = { key, key ? strlen(key) : 0 },
		.value = { value, value ? strlen(value) : 0 },
		.timestamp_ms = timestamp_ms };
}

/* Records that differ in one thing have other hashes; where they come from does not count. */
/* After a connection was lost: what is known stays, what was on its way is to be found in the target. */
static void test_forget(void **state)
{
	struct clone_part p;

	(void)state;
	clone_part_init(&p);
	clone_part_sent(&p, 10, 100);
	clone_part_sent(&p, 12, 120);
	clone_part_sent(&p, 13, 130);
	assert_true(clone_part_delivered(&p, 0));
	clone_part_forget(&p);
	assert_int_equal(p.source, 10);
	assert_int_equal(p.target, 1);
	assert_int_equal(p.count, 0);
	assert_true(clone_part_found(&p, 0, 100));
	assert_true(clone_part_found(&p, 1, 120));
	assert_false(clone_part_is_aligned(&p));
	assert_int_equal(clone_part_next(&p, 12, 120), CLONE_THERE);
	assert_true(clone_part_is_aligned(&p));
	assert_int_equal(clone_part_next(&p, 13, 130), CLONE_SEND);
	clone_part_release(&p);
}

static void test_hash(void **state)
{
	const struct record_header one[] = { { "a", { "b", 1 } } }, other[] = { { "ab", { "", 0 } } },
				   null[] = { { "a", { NULL, 0 } } }, empty[] = { { "a", { "", 0 } } };
	struct record rows[] = { make("a", "b", 1), make("ab", "", 1), make("", "ab", 1), make(NULL, "ab", 1),
		make("a", NULL, 1), make("a", "", 1), make("a", "b", 2), make(NULL, NULL, 1), make("", NULL, 1),
		make("a", "b", 1), make("a", "b", 1), make("a", "b", 1), make("a", "b", 1) };
	struct record same = rows[0];

	(void)state;
	for (size_t i = 9; i < 13; i++) {
		rows[i].headers = i == 9 ? one : i == 10 ? other : i == 11 ? null : empty;
		rows[i].header_count = 1;
	}
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(clone_hash(&rows[i]) != 0);
		for (size_t k = 0; k < i; k++)
			if (clone_hash(&rows[i]) == clone_hash(&rows[k]))
				fail_msg("rows %zu and %zu", i, k);
	}
	same.offset = 77;
	same.partition = 3;
	same.topic = "x";
	assert_true(clone_hash(&same) == clone_hash(&rows[0]));
}

static void test_state_round_trip(void **state)
{
	struct clone_part parts[2];
	struct clone_state s = {
		.source = { (char *)"c1", (char *)"a", (char *)"id1" },
		.target = { (char *)"\xff", (char *)"b", (char *)"" },
		.parts = parts,
		.part_count = 2,
	};
	struct clone_state read = { .lock = -1 };
	struct str text = { 0 }, again = { 0 };

	(void)state;
	clone_part_init(&parts[0]);
	clone_part_init(&parts[1]);
	parts[1].source = 9000000000000000000;
	parts[1].target = 12;
	parts[1].hash = 0xfedcba9876543210u;
	clone_state_write(&s, &text);
	assert_true(clone_state_parse(&read, str_text(&text), text.len));
	assert_int_equal(read.part_count, 2);
	assert_int_equal(read.parts[0].source, -1);
	assert_true(read.parts[1].source == parts[1].source && read.parts[1].hash == parts[1].hash);
	assert_string_equal(read.target.cluster, "\xff");
	clone_state_write(&read, &again);
	assert_string_equal(str_text(&again), str_text(&text));
	clone_state_release(&read);
	str_release(&text);
	str_release(&again);
}

#define ENDS                                                                                                           \
	"\"source\":{\"cluster\":\"c\",\"topic\":\"t\",\"id\":\"i\"},\"target\":{\"cluster\":\"c\",\"topic\":\"t\",\"id\":\"\"}"

static void test_bad_states(void **state)
{
	static const char *const rows[] = { "", "{}", "[]", "x", "{\"version\":1," ENDS "}",
		"{\"version\":1," ENDS ",\"partitions\":[]}",
		"{\"version\":2," ENDS ",\"partitions\":[{\"source\":1,\"target\":1,\"hash\":\"1\"}]}",
		"{\"version\":1,\"partitions\":[{\"source\":1,\"target\":1,\"hash\":\"1\"}]}",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":1,\"target\":1,\"hash\":\"1\"}]",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":1,\"target\":1}]}",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":1,\"target\":1,\"hash\":\"xy\"}]}",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":1,\"target\":0,\"hash\":\"1\"}]}",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":-1,\"target\":1,\"hash\":\"1\"}]}",
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":-2,\"target\":0,\"hash\":\"1\"}]}",
		"{\"version\":1," ENDS ",\"partitions\":[1]}" };
	static const char good[] =
		"{\"version\":1," ENDS ",\"partitions\":[{\"source\":1,\"target\":1,\"hash\":\"1\"}]}";
	struct clone_state s = { .lock = -1 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (clone_state_parse(&s, rows[i], strlen(rows[i])) || s.part_count || s.parts)
			fail_msg("row %zu: %s", i, rows[i]);
	assert_true(clone_state_parse(&s, good, strlen(good)));
	clone_state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_many_in_flight),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_state_round_trip),
		cmocka_unit_test(test_bad_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
