/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include "model/lag.h"

enum { U = OFFSET_UNKNOWN };

static void test_lag_and_lost(void **state)
{
	static const struct {
		int64_t committed, start, end, lag, lost, beyond;
		enum lag_note note;
	} rows[] = {
		{ 100, 0, 150, 50, 0, 0, LAG_OK },
		{ 150, 0, 150, 0, 0, 0, LAG_OK },
		{ 0, 0, 0, 0, 0, 0, LAG_OK },
		{ 100, 120, 150, 30, 20, 0, LAG_OK },
		{ 100, 150, 150, 0, 50, 0, LAG_OK },
		{ 100, 170, 150, 0, 50, 0, LAG_OK }, /* start read after the end */
		{ U, 0, 150, U, U, 0, LAG_NO_COMMIT },
		{ -1001, 0, 150, U, U, 0, LAG_NO_COMMIT },
		{ 200, 0, 150, U, 0, 50, LAG_BEYOND_END },
		{ 200, U, 150, U, U, 50, LAG_BEYOND_END },
		{ 100, 0, U, U, 0, 0, LAG_NO_END },
		{ 100, 130, U, U, 30, 0, LAG_NO_END },
		{ 100, U, U, U, U, 0, LAG_NO_END },
		{ 100, U, 150, 50, U, 0, LAG_NO_START },
		{ U, U, U, U, U, 0, LAG_NO_COMMIT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct lag l = lag_of(rows[i].committed, rows[i].start, rows[i].end);

		if (l.lag != rows[i].lag || l.lost != rows[i].lost || l.beyond != rows[i].beyond ||
			l.note != rows[i].note)
			fail_msg("row %zu: lag %lld lost %lld beyond %lld note %d", i, (long long)l.lag,
				(long long)l.lost, (long long)l.beyond, l.note);
		/* What Kafka's own tool would print. */
		if (l.lag >= 0 && l.lost >= 0)
			assert_int_equal(l.lag + l.lost, rows[i].end - rows[i].committed);
	}
}

static void test_notes_have_words(void **state)
{
	struct partition leaderless = { .leader = -1 };

	(void)state;
	assert_null(lag_note_name(LAG_OK));
	for (int note = LAG_OK; note < LAG_NOTE_COUNT; note++) {
		struct str out = { 0 };
		struct group_partition row = { .note = (enum lag_note)note, .beyond = 1500, .error = "no \x1b rights" };

		lag_note_text(&out, &row);
		assert_int_equal(out.len > 0, note != LAG_OK);
		if (note == LAG_BEYOND_END)
			assert_string_equal(out.p, "committed 1,500 beyond the end");
		if (note == LAG_COMMIT_ERROR)
			assert_string_equal(out.p, "committed offset: no ^[ rights");
		assert_true(note == LAG_OK || lag_note_name(row.note));
		str_release(&out);
	}
	struct str out = { 0 };
	struct group_partition row = { .note = LAG_NO_END, .partition_ref = &leaderless };
	lag_note_text(&out, &row);
	assert_string_equal(str_text(&out), "no leader: end offset not known");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lag_and_lost),
		cmocka_unit_test(test_notes_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
