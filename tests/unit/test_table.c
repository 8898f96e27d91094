/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "ui/export.h"
#include "ui/table.h"
#include "ui/table_columns.h"
#include "ui/view.h"

struct row {
	const char *name;
	int64_t lag; /* -1: unknown */
	double rate;
	bool bad, hidden;
};

struct rows {
	struct row items[16];
	size_t count;
};

enum { NAME, LAG, RATE, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[NAME] = { "name", "NAME", "", COLUMN_NAME, 8, 99, .searched = true },
	[LAG] = { "lag", "LAG", "", COLUMN_NUMBER, 6, 50, .lazy = true },
	[RATE] = { "rate", "RATE", "", COLUMN_NUMBER, 8, 40 },
};

static size_t row_count(void *owner)
{
	return ((struct rows *)owner)->count;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, ((struct rows *)owner)->items[row].name);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct row *r = &((struct rows *)owner)->items[row];

	if (column == NAME)
		cell_text(c, r->name);
	else if (column == LAG)
		cell_count(c, r->lag);
	else
		cell_real(c, r->rate);
}

static bool problem(void *owner, size_t row)
{
	return ((struct rows *)owner)->items[row].bad;
}

static bool quiet(void *owner, size_t row)
{
	return ((struct rows *)owner)->items[row].lag == 0;
}

static bool hidden(void *owner, size_t row)
{
	return ((struct rows *)owner)->items[row].hidden;
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMNS,
	.rows = row_count,
	.key = key,
	.cell = cell,
	.problem = problem,
	.quiet = quiet,
	.hidden = hidden,
};

static const struct rows sample = {
	.items = {
		{ "alpha", 30, 1.5, false, false },
		{ "beta", -1, NAN, true, false },
		{ "gamma", 10, 0, false, false },
		{ "delta", 30, 2, true, false },
		{ "__internal", 99, 9, true, true },
		{ "Epsilon", 0, NAN, false, false },
	},
	.count = 6,
};

/* What a table asks of the application: remembered here. */
struct asked {
	char copied[256];
	char message[256];
	int changed;
};

static struct asked *asked_of(struct ui *ui)
{
	return ui->app;
}

static void on_message(struct ui *ui, enum severity severity, const char *text)
{
	(void)severity;
	snprintf(asked_of(ui)->message, sizeof(asked_of(ui)->message), "%s", text);
}

static void on_changed(struct ui *ui)
{
	asked_of(ui)->changed++;
}

static void on_copy(struct ui *ui, const char *text, const char *what)
{
	(void)what;
	snprintf(asked_of(ui)->copied, sizeof(asked_of(ui)->copied), "%s", text);
}

/* Types "ga" and gives up. */
static void on_prompt(struct ui *ui, const char *label, const char *initial, const char *history,
	void (*live)(struct ui *, void *, const char *), void (*done)(struct ui *, void *, const char *), void *data)
{
	(void)label;
	(void)initial;
	(void)history;
	live(ui, data, "ga");
	assert_int_equal(table_shown(data), 1);
	done(ui, data, NULL);
}

static const struct ui_calls calls = {
	.message = on_message,
	.changed = on_changed,
	.copy = on_copy,
	.prompt = on_prompt,
};

static void order(const struct table *t, const struct rows *rows, struct str *out)
{
	size_t shown[16], n = table_visible(t, shown, 16);

	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s%s", i ? " " : "", rows->items[shown[i]].name);
}

static void assert_order(struct table *t, const struct rows *rows, const char *expected)
{
	struct str out = { 0 };
	struct asked asked = { 0 };
	struct ui ui = { .app = &asked, .calls = &calls };

	/* An undrawn table has a page of one row: walk it. */
	table_action(t, &ui, ACTION_TOP, NULL);
	for (size_t i = 0; i < table_shown(t); i++) {
		size_t row;

		assert_true(table_current(t, &row));
		str_addf(&out, "%s%s", i ? " " : "", rows->items[row].name);
		table_action(t, &ui, ACTION_DOWN, NULL);
	}
	assert_string_equal(str_text(&out), expected);
	str_release(&out);
	order(t, rows, &out);
	str_release(&out);
}

static void sorts_with_unknown_last(void **state)
{
	static const struct {
		const char *sort, *expected;
	} cases[] = {
		{ NULL, "alpha beta gamma delta Epsilon" },
		{ "name", "Epsilon alpha beta delta gamma" },
		{ "-name", "gamma delta beta alpha Epsilon" },
		{ "lag", "alpha delta gamma Epsilon beta" },  /* numbers: largest first */
		{ "+lag", "Epsilon gamma alpha delta beta" }, /* ties as the rows come */
		{ "-rate", "delta alpha gamma beta Epsilon" },
		{ "+rate", "gamma alpha delta beta Epsilon" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rows rows = sample;
		struct table *t = table_new("test", &ops, &rows, cases[i].sort);

		table_update(t);
		assert_order(t, &rows, cases[i].expected);
		table_free(t);
	}
}

static void filters_by_text_and_expression(void **state)
{
	static const struct {
		const char *filter, *expected;
	} cases[] = {
		{ "", "alpha beta gamma delta Epsilon" },
		{ "l", "alpha delta Epsilon" },
		{ "E", "Epsilon" }, /* a capital: case matters */
		{ "!l", "beta gamma" },
		{ "/^.e/", "beta delta" },
		{ "!/^.e/", "alpha gamma Epsilon" },
		{ "!", "alpha beta gamma delta Epsilon" },
		{ "zzz", "" },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rows rows = sample;
		struct table *t = table_new("test", &ops, &rows, NULL);

		assert_true(table_set_filter(t, cases[i].filter, &err));
		table_update(t);
		assert_order(t, &rows, cases[i].expected);
		table_free(t);
	}
}

static void bad_expression_keeps_the_filter(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, NULL);
	struct error err = { 0 };

	(void)state;
	assert_true(table_set_filter(t, "gam", &err));
	assert_false(table_set_filter(t, "/(/", &err));
	assert_true(err.message[0]);
	table_update(t);
	assert_order(t, &rows, "gamma");
	table_free(t);
}

static void giving_up_a_filter_restores_it(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, NULL);
	struct asked asked = { 0 };
	struct ui ui = { .app = &asked, .calls = &calls };

	(void)state;
	table_set_filter(t, "ta", NULL);
	table_update(t);
	table_action(t, &ui, ACTION_FILTER, NULL);
	assert_order(t, &rows, "beta delta");
	table_free(t);
}

static void switches_leave_rows_out(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, NULL);
	struct asked asked = { 0 };
	struct ui ui = { .app = &asked, .calls = &calls };
	struct str text = { 0 };

	(void)state;
	table_update(t);
	table_action(t, &ui, ACTION_PROBLEMS, NULL);
	assert_order(t, &rows, "beta delta");
	table_action(t, &ui, ACTION_ONLY_LAG, NULL);
	assert_order(t, &rows, "beta delta");
	table_action(t, &ui, ACTION_PROBLEMS, NULL);
	assert_order(t, &rows, "alpha beta gamma delta"); /* unknown lag is not no lag */
	table_footer(t, &text);
	assert_string_equal(str_text(&text), "4 of 5 rows  only with lag");
	rows.items[0].bad = rows.items[2].bad = rows.items[1].bad = rows.items[3].bad = false;
	table_action(t, &ui, ACTION_PROBLEMS, NULL);
	str_clear(&text);
	assert_true(table_why_empty(t, &text));
	assert_non_null(strstr(str_text(&text), "all 5 rows"));
	str_release(&text);
	table_free(t);
}

static void search_goes_from_hit_to_hit(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, NULL);
	struct asked asked = { 0 };
	struct ui ui = { .app = &asked, .calls = &calls };

	(void)state;
	table_search(t, true);
	table_update(t);
	assert_non_null(table_disabled(t, ACTION_FIND_NEXT));
	table_set_filter(t, "ta", NULL);
	table_update(t);
	assert_int_equal(table_shown(t), 5);
	table_action(t, &ui, ACTION_FIND_NEXT, NULL);
	assert_string_equal(table_current_key(t), "beta");
	table_action(t, &ui, ACTION_FIND_NEXT, NULL);
	assert_string_equal(table_current_key(t), "delta");
	table_action(t, &ui, ACTION_FIND_NEXT, NULL);
	assert_string_equal(table_current_key(t), "beta"); /* around the end */
	table_action(t, &ui, ACTION_FIND_PREV, NULL);
	assert_string_equal(table_current_key(t), "delta");
	table_free(t);
}

static void footer_counts_what_is_known(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, "lag");
	struct str text = { 0 };

	(void)state;
	table_update(t);
	table_footer(t, &text);
	assert_string_equal(str_text(&text), "5 rows  sorted by LAG ↓, known for 4 of 5");
	str_release(&text);
	table_free(t);
}

static void marks_survive_new_rows(void **state)
{
	struct rows rows = sample;
	struct table *t = table_new("test", &ops, &rows, NULL);
	struct asked asked = { 0 };
	struct ui ui = { .app = &asked, .calls = &calls };
	size_t marked[16];

	(void)state;
	table_update(t);
	table_action(t, &ui, ACTION_MARK, NULL); /* alpha, and on to beta */
	table_action(t, &ui, ACTION_DOWN, NULL);
	table_action(t, &ui, ACTION_MARK, NULL); /* gamma */
	rows.items[1].name = "alpha";
	rows.items[0].name = "newcomer";
	table_update(t);
	assert_int_equal(table_marked(t, marked, 16), 2);
	assert_int_equal(marked[0], 1);
	assert_int_equal(marked[1], 2);
	table_action(t, &ui, ACTION_COPY, NULL);
	assert_string_equal(asked.copied, "alpha\ngamma");
	table_free(t);
}

static void layout(int cols, unsigned off, int wide, struct column_layout *out)
{
	static const struct table_column columns_of_all_kinds[] = {
		[0] = { "name", "NAME", "", COLUMN_NAME, 10, 1 }, /* never dropped */
		[1] = { "a", "A", "", COLUMN_NUMBER, 8, 50 },
		[2] = { "b", "B", "", COLUMN_NUMBER, 8, 20 },
		[3] = { "trend", "T", "", COLUMN_SPARK, 10, 30 },
		[4] = { "c", "C", "", COLUMN_TEXT, 6, 20 },
		[5] = { "d", "D", "", COLUMN_TEXT, 6, 10, .from_cols = 120 },
	};
	static const int natural[6] = { 35, 0, 0, 0, 0, 0 };

	columns_layout(columns_of_all_kinds, 6, off, natural, cols, wide, out);
}

static void columns_fit_from_40_to_250(void **state)
{
	struct column_layout l;

	(void)state;
	for (int cols = 1; cols <= 250; cols++) {
		int end = 0;

		layout(cols, 0, 0, &l);
		assert_true(l.count >= 1);
		assert_int_equal(l.count + l.hidden, cols < 120 ? 5 : 6);
		assert_int_equal(l.places[0].column, 0);
		for (int i = 0; i < l.count; i++) {
			assert_true(l.places[i].col >= end);
			end = l.places[i].col + l.places[i].width;
			assert_true(end <= cols || l.places[i].width == 0);
		}
	}
	layout(250, 0, 0, &l);
	assert_int_equal(l.hidden, 0);
	assert_int_equal(l.places[0].width, 35); /* its longest text, not more */
	assert_int_equal(l.places[3].width, TABLE_SPARK_MAX);
	layout(80, 0, 0, &l);
	assert_int_equal(l.hidden, 0); /* the name has its two fifths of 80, and what is left */
	assert_int_equal(l.places[0].width, 35);
	assert_int_equal(l.places[3].width, 11);
	layout(64, 0, 0, &l);
	assert_int_equal(l.hidden, 1); /* the rightmost of the two least wanted */
	assert_int_equal(l.places[3].column, 3);
	layout(38, 0, 0, &l);
	assert_int_equal(l.count, 3); /* no room for the trend nor b, but for c after them */
	assert_int_equal(l.places[2].column, 4);
	layout(250, 1u << 0 | 1u << 2, 0, &l);
	assert_int_equal(l.count, 5); /* the first stays, the second was switched off */
	assert_int_equal(l.hidden, 0);
}

static void names_get_room_from_the_other_columns(void **state)
{
	struct column_layout l;
	int before = 0;

	(void)state;
	for (int wide = 0; wide <= 40; wide++) {
		layout(48, 0, wide, &l);
		assert_true(l.places[0].width >= before);
		before = l.places[0].width;
	}
	assert_int_equal(l.places[0].width, 35);
	assert_int_equal(l.count, 2); /* what fits beside it */
}

static void columns_are_as_wide_as_what_they_hold(void **state)
{
	static const struct table_column wide[] = {
		[0] = { "name", "NAME", "", COLUMN_NAME, 10, 99 },
		[1] = { "state", "STATE", "", COLUMN_TEXT, 12, 60, .most = 20 },
		[2] = { "n", "N", "", COLUMN_NUMBER, 12, 50 },
	};
	static const struct {
		int cols, name, state, n, natural[3];
	} rows[] = {
		{ 80, 14, 5, 5, { 14, 2, 1 } },   /* its title, a figure five cells */
		{ 80, 14, 20, 12, { 14, 0, 0 } }, /* not measured: the most */
		{ 80, 14, 18, 7, { 14, 18, 7 } },
		{ 80, 14, 20, 12, { 14, 30, 13 } }, /* its most; longer figures are written short */
		{ 42, 14, 13, 7, { 14, 18, 7 } },   /* the name first */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct column_layout l;

		columns_layout(wide, 3, 0, rows[i].natural, rows[i].cols, 0, &l);
		assert_int_equal(l.count, 3);
		assert_int_equal(l.places[0].width, rows[i].name);
		assert_int_equal(l.places[1].width, rows[i].state);
		assert_int_equal(l.places[2].width, rows[i].n);
	}
}

static void numbers_are_never_cut(void **state)
{
	struct cell c = { 0 };
	struct str out = { 0 };

	(void)state;
	cell_int(&c, 1204991);
	cell_draw_text(&c, 9, &out);
	assert_string_equal(str_text(&out), "1,204,991");
	str_clear(&out);
	cell_draw_text(&c, 8, &out);
	assert_string_equal(str_text(&out), "1.2 M");
	str_clear(&out);
	cell_clear(&c);
	cell_draw_text(&c, 8, &out);
	assert_string_equal(str_text(&out), "-");
	cell_clear(&c);
	cell_text(&c, "PreparingRebalance");
	c.brief = "Preparing";
	str_clear(&out);
	cell_draw_text(&c, 18, &out);
	assert_string_equal(str_text(&out), "PreparingRebalance");
	cell_severity(&c, SEVERITY_WARN);
	str_clear(&out);
	cell_draw_text(&c, 19, &out);
	assert_string_equal(str_text(&out), "Preparing");
	cell_release(&c);
	str_release(&out);
}

static void exports_raw_values(void **state)
{
	struct rows rows = {
		.items = { { "a,\"b\"", 1204991, 0.5, false, false }, { "c", -1, NAN, false, false } },
		.count = 2,
	};
	const size_t both[] = { 0, 1 };
	struct str out = { 0 };

	(void)state;
	assert_true(export_is_json("x.json") && export_is_json("a.b/x.jsonl") && export_is_json("x.ndjson"));
	assert_false(export_is_json("x.csv") || export_is_json("json") || export_is_json("x.jsonl.csv"));
	export_csv(&ops, &rows, both, 2, &out);
	assert_string_equal(str_text(&out), "name,lag,rate\r\n\"a,\"\"b\"\"\",1204991,0.500\r\nc,,\r\n");
	rows.items[1].name = "=c\033";
	str_clear(&out);
	export_csv(&ops, &rows, both + 1, 1, &out);
	assert_string_equal(str_text(&out), "name,lag,rate\r\n'=c^[,,\r\n");
	rows.items[1].name = "c";
	str_clear(&out);
	export_json(&ops, &rows, both + 1, 1, &out);
	assert_string_equal(str_text(&out), "{\"name\":\"c\",\"lag\":null,\"rate\":null}\n");
	str_clear(&out);
	export_row(&ops, &rows, 1, &out);
	assert_string_equal(str_text(&out), "c\t\t");
	str_release(&out);
}

static void export_never_overwrites(void **state)
{
	char path[64];
	struct str content = { 0 };
	struct error err = { 0 };

	(void)state;
	snprintf(path, sizeof(path), "build/test-export-%ld.csv", (long)getpid());
	str_add(&content, "x\n");
	assert_true(export_write(path, &content, &err));
	assert_false(export_write(path, &content, &err));
	assert_non_null(strstr(err.message, "exists already"));
	unlink(path);
	str_release(&content);
}

/* 10,000 rows of numbers in no order. */
static size_t many_rows(void *owner)
{
	(void)owner;
	return 10000;
}

static void many_key(void *owner, size_t row, struct str *out)
{
	(void)owner;
	str_addf(out, "row-%zu", row);
}

static void many_cell(void *owner, size_t row, int column, struct cell *c)
{
	(void)owner;
	if (column == NAME)
		cell_textf(c, "row-%zu", row);
	else
		cell_int(c, (int64_t)(row * 2654435761u % 1000003));
}

static void refreshes_10000_rows_quickly(void **state)
{
	static const struct table_ops many = {
		.columns = columns,
		.column_count = COLUMNS,
		.rows = many_rows,
		.key = many_key,
		.cell = many_cell,
	};
	struct table *t = table_new("test", &many, NULL, "lag");
	int64_t best = INT64_MAX;

	(void)state;
	for (int i = 0; i < 10; i++) {
		int64_t start = clock_mono_us(), took;

		table_update(t);
		took = clock_mono_us() - start;
		best = took < best ? took : best;
	}
	print_message("10,000 rows filtered and sorted in %lld us\n", (long long)best);
	/* The target is 5 ms; comparing each row with each would take many seconds. A busy machine must not fail this. */
	assert_true(best < 2000000);
	table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_with_unknown_last),
		cmocka_unit_test(filters_by_text_and_expression),
		cmocka_unit_test(bad_expression_keeps_the_filter),
		cmocka_unit_test(giving_up_a_filter_restores_it),
		cmocka_unit_test(switches_leave_rows_out),
		cmocka_unit_test(search_goes_from_hit_to_hit),
		cmocka_unit_test(footer_counts_what_is_known),
		cmocka_unit_test(marks_survive_new_rows),
		cmocka_unit_test(columns_fit_from_40_to_250),
		cmocka_unit_test(names_get_room_from_the_other_columns),
		cmocka_unit_test(columns_are_as_wide_as_what_they_hold),
		cmocka_unit_test(numbers_are_never_cut),
		cmocka_unit_test(exports_raw_values),
		cmocka_unit_test(export_never_overwrites),
		cmocka_unit_test(refreshes_10000_rows_quickly),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
