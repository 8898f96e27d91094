/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two clusters open in one terminal: each keeps its own state, one is shown, and messages
 * of the other name it.
 */
#include "tests/unit/unit.h"

#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "app/app_parts.h"
#include "app/dispatch.h"
#include "app/keys.h"
#include "app/picture.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "cells.h"
#include "fixture.h"
#include "model/settings.h"
#include "ui/screen.h"
#include "ui/style.h"
#include "ui/theme.h"
#include "work/works.h"

static struct settings settings = SETTINGS_DEFAULTS;
static const struct cluster_setup second_setup = { .gate = { .pin = { .context = "second", .bootstrap = "b:9092" },
							   .timeout_ms = 1000 },
	.color = "red" };
static struct app_setup first_setup = { .settings = &settings,
	.cluster = { .gate = { .pin = { .context = "first", .bootstrap = "a:9092" }, .timeout_ms = 1000 } } };

struct two {
	struct app *app;
	struct cluster *first, *second;
};

/* Gives the cluster fixture_rich() with another cluster id. */
static void show_snapshot_as(struct cluster *c, const char *id)
{
	struct snapshot *s = (struct snapshot *)(uintptr_t)fixture_rich();

	s->cluster_id = id;
	cluster_take_snapshot(c, s);
}

static int begin(void **state)
{
	const struct screen_options options = { 0 };
	struct two *t = mem_alloc(sizeof(*t));
	struct error err;

	fixture_freeze(0);
	assert_true(screen_start_test(24, 80, "xterm-256color", &options, &err));
	assert_true(theme_use("default", &err));
	t->app = app_new(&first_setup, &err);
	assert_non_null(t->app);
	t->first = t->app->shown;
	t->second = app_open_cluster(t->app, &second_setup, &err);
	assert_non_null(t->second);
	show_snapshot_as(t->first, "AAAA");
	show_snapshot_as(t->second, "BBBB");
	picture_draw(t->app);
	*state = t;
	return 0;
}

static int end(void **state)
{
	struct two *t = *state;

	while (!app_free(t->app))
		;
	free(t);
	screen_stop();
	return 0;
}

static void press(struct two *t, const char *keys)
{
	for (; *keys; keys++) {
		keys_take(t->app, (key_code)(unsigned char)*keys, NULL);
		picture_draw(t->app);
	}
}

static void show(struct two *t, struct cluster *c)
{
	app_show_cluster(t->app, c);
	picture_draw(t->app);
}

/* Whether the first line of the screen has the word. */
static bool header_says(const char *word)
{
	struct str cells = { 0 };
	bool found;

	cells_dump(&cells);
	cells.p[strcspn(cells.p, "\n")] = '\0';
	found = strstr(cells.p, word) != NULL;
	str_release(&cells);
	return found;
}

/* The row under the cursor in the visible view of the shown cluster must be `name`. */
static void check_row(struct two *t, const char *name)
{
	struct cluster *c = t->app->shown;
	size_t count = tabs_shown(c)->count;

	dispatch_action(c, ACTION_OPEN, NULL);
	assert_int_equal(tabs_shown(c)->count, count + 1);
	assert_string_equal(tabs_view(c)->request.name, name);
	tabs_back(c);
}

static void test_each_keeps_its_tabs_and_cursor(void **state)
{
	struct two *t = *state;
	char *row;

	assert_true(header_says("first"));
	press(t, "4jj");
	dispatch_action(t->first, ACTION_OPEN, NULL);
	row = mem_strdup(tabs_view(t->first)->request.name);
	tabs_back(t->first);
	show(t, t->second);
	assert_true(header_says("second"));
	assert_false(header_says("first"));
	assert_string_equal(tabs_view(t->second)->ops->name, "overview");
	press(t, "3j");
	assert_string_equal(tabs_view(t->second)->ops->name, "topics");
	show(t, t->first);
	assert_string_equal(tabs_view(t->first)->ops->name, "groups");
	check_row(t, row);
	show(t, t->second);
	assert_string_equal(tabs_view(t->second)->ops->name, "topics");
	free(row);
}

static void test_another_cluster_behind_one_leaves_the_other_writable(void **state)
{
	struct two *t = *state;

	assert_null(cluster_refusal(t->first));
	assert_null(cluster_refusal(t->second));
	show_snapshot_as(t->second, "CCCC");
	assert_null(cluster_refusal(t->first));
	assert_string_equal(cluster_refusal(t->second), "refused, another cluster answers at this address");
	assert_string_equal(t->app->terminal.message,
		"second: cluster CCCC answers now, not BBBB: nothing is changed here");
	assert_false(header_says("another cluster"));
	show(t, t->second);
	assert_true(header_says("another cluster"));
	show_snapshot_as(t->second, "BBBB");
	assert_null(cluster_refusal(t->second));
}

static void test_read_only_is_of_one_cluster(void **state)
{
	static const struct cluster_setup third = { .gate = { .pin = { .context = "third", .bootstrap = "c:9092" },
							    .read_only = "third",
							    .timeout_ms = 1000 } };
	struct two *t = *state;
	struct error err;
	struct cluster *c = app_open_cluster(t->app, &third, &err);

	show_snapshot_as(c, "DDDD");
	assert_string_equal(cluster_refusal(c), "refused, this is read-only");
	assert_null(cluster_refusal(t->first));
	assert_string_equal(dispatch_disabled(c, ACTION_PRODUCE), "refused, this is read-only");
	press(t, "3");
	assert_true(!dispatch_disabled(t->first, ACTION_PRODUCE));
	assert_false(header_says("read-only"));
	show(t, c);
	assert_true(header_says("read-only"));
}

static void on_done(struct view *owner, struct work *w)
{
	owner->ui->calls->message(owner->ui, SEVERITY_WARN, "is done");
	work_free(w);
}

static void start(struct cluster *c)
{
	struct work *w = work_new(WORK_JOURNAL_LIST, "a change", NULL, NULL);

	w->mutates = true;
	works_start(c->works, tabs_view(c), w, NULL, on_done);
}

static void wait_for_works(struct two *t)
{
	const struct timespec pause = { .tv_nsec = 1000 * 1000 };

	for (int turns = 0; works_busy(t->first->works) || works_busy(t->second->works); turns++) {
		assert_true(turns < 20000);
		app_woken(t->app);
		nanosleep(&pause, NULL);
	}
}

static void test_works_and_messages_are_of_one_cluster(void **state)
{
	struct two *t = *state;

	start(t->second);
	assert_null(works_mutating(t->first->works));
	assert_string_equal(works_mutating(t->second->works), "a change");
	assert_false(works_cancel(t->first->works, tabs_view(t->second)));
	/* Quitting would interrupt the work of either cluster. */
	press(t, "q");
	assert_non_null(t->app->terminal.prompt);
	assert_false(t->app->terminal.ended);
	terminal_close(&t->app->terminal);
	wait_for_works(t);
	assert_string_equal(t->app->terminal.message, "second: is done");
	start(t->first);
	wait_for_works(t);
	assert_string_equal(t->app->terminal.message, "is done");
}

static void on_answer(struct ui *ui, void *data, bool yes)
{
	(void)ui;
	*(int *)data = yes;
}

static void test_only_the_cluster_that_is_shown_asks(void **state)
{
	struct two *t = *state;
	const struct confirm_line line = { "a line", SEVERITY_NONE };
	const struct confirm_ask ask = { .title = "apply?", .lines = &line, .count = 1, .verb = "apply" };
	int first = -1, second = -1;

	t->first->ui.calls->confirm(&t->first->ui, &ask, on_answer, &first);
	t->second->ui.calls->confirm(&t->second->ui, &ask, on_answer, &second);
	assert_int_equal(second, 0);
	assert_int_equal(first, -1);
	assert_non_null(t->app->terminal.confirm);
	/* A question about one cluster is not drawn over another. */
	show(t, t->second);
	assert_int_equal(first, 0);
	assert_null(t->app->terminal.confirm);
}

static void test_what_is_sampled_follows_what_is_shown(void **state)
{
	struct two *t = *state;

	press(t, "4");
	assert_true(t->first->first_demand->needs & NEED_GROUPS);
	show(t, t->second);
	assert_int_equal(t->first->first_demand->needs, NEED_METADATA);
	press(t, "4");
	assert_true(t->second->first_demand->needs & NEED_GROUPS);
	assert_int_equal(t->first->first_demand->needs, NEED_METADATA);
}

static void test_log_lines_name_their_cluster(void **state)
{
	struct two *t = *state;
	struct log_line *lines;
	size_t count;

	start(t->second);
	wait_for_works(t);
	count = log_copy(&lines);
	assert_true(count > 0);
	assert_non_null(strstr(lines[count - 1].text, "second: "));
	log_lines_free(lines, count);
	log_write(LOG_INFO, "test", "about what is shown");
	count = log_copy(&lines);
	assert_string_equal(lines[count - 1].text, "first: about what is shown");
	log_lines_free(lines, count);
}

/* The background colour of the context's name in the header. */
static short context_color(void)
{
	short text, behind = -1;

	pair_content((short)theme_style(ROLE_CONTEXT, ROLE_HEADER).pair, &text, &behind);
	return behind;
}

static void test_the_colour_is_of_the_cluster_that_is_shown(void **state)
{
	struct two *t = *state;
	short first = context_color(), second;

	show(t, t->second);
	second = context_color();
	assert_int_not_equal(first, second);
	show(t, t->first);
	assert_int_equal(context_color(), first);
}

#define TWO(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TWO(test_each_keeps_its_tabs_and_cursor),
		TWO(test_another_cluster_behind_one_leaves_the_other_writable),
		TWO(test_read_only_is_of_one_cluster),
		TWO(test_works_and_messages_are_of_one_cluster),
		TWO(test_only_the_cluster_that_is_shown_asks),
		TWO(test_what_is_sampled_follows_what_is_shown),
		TWO(test_log_lines_name_their_cluster),
		TWO(test_the_colour_is_of_the_cluster_that_is_shown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
