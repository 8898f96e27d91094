/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions of the action table: they act on the visible view, or on the program. */
#include "app/action_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_parts.h"
#include "app/armed.h"
#include "app/palette.h"
#include "base/clock.h"
#include "base/mem.h"
#include "ui/theme.h"
#include "views/produce/produce.h"
#include "views/reset/reset.h"
#include "views/views.h"
#include "work/works.h"

enum { QUIT_TWICE_MS = 2000, INTERVAL_LEAST_MS = 500, INTERVAL_MOST_MS = 3600 * 1000 };

enum action_result act_view(struct ui *ui, enum action_id id, const char *arg)
{
	struct view *v = tabs_view(cluster_of(ui));
	return v->ops->action ? v->ops->action(v, id, arg) : ACTION_IGNORED;
}

/* Without an answer the key would look as if it were not bound. */
enum action_result act_copy_command(struct ui *ui, enum action_id id, const char *arg)
{
	if (act_view(ui, id, arg) == ACTION_IGNORED)
		cluster_message(cluster_of(ui), SEVERITY_NONE, "no Kafka tool does this");
	return ACTION_HANDLED;
}

enum action_result act_back(struct ui *ui, enum action_id id, const char *arg)
{
	if (act_view(ui, id, arg) == ACTION_IGNORED)
		tabs_back(cluster_of(ui));
	return ACTION_HANDLED;
}

static void answer_leave(struct ui *ui, void *data, const char *text)
{
	(void)data;
	if (text && (*text == 'y' || *text == 'Y'))
		cluster_of(ui)->app->terminal.ended = true;
}

/* The title of a work that changes any of the clusters; NULL: nothing is cut short by leaving. */
static const char *find_mutating(const struct app *app)
{
	const char *title = NULL;

	for (size_t i = 0; i < app->count && !title; i++)
		title = works_mutating(app->clusters[i]->works);
	return title;
}

/* False: nothing has to be asked. */
static bool ask_to_leave(struct cluster *c)
{
	const char *title = find_mutating(c->app);
	char *label;

	if (!title)
		return false;
	label = mem_printf("%s is still running. Quit and cancel it? y/N: ", title);
	c->ui.calls->prompt(&c->ui, label, "", NULL, NULL, answer_leave, NULL);
	free(label);
	return true;
}

enum action_result act_quit(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	return tabs_back(c) || ask_to_leave(c) ? ACTION_HANDLED : ACTION_EXIT;
}

enum action_result act_cancel(struct ui *ui, enum action_id id, const char *arg)
{
	struct cluster *c = cluster_of(ui);
	if (act_view(ui, id, arg) != ACTION_IGNORED)
		return ACTION_HANDLED;
	if (works_cancel(c->works, tabs_view(c))) {
		cluster_message(c, SEVERITY_NONE, "cancelling ...");
		return ACTION_HANDLED;
	}
	int64_t now = clock_mono_ms();
	if (now < c->app->terminal.quit_armed_until_ms)
		return ask_to_leave(c) ? ACTION_HANDLED : ACTION_EXIT;
	c->app->terminal.quit_armed_until_ms = now + QUIT_TWICE_MS;
	cluster_message(c, SEVERITY_NONE, "nothing to cancel; Ctrl-c again within 2 s leaves weir");
	return ACTION_HANDLED;
}

/* The action has the name of its view. A view without a tab opens on top of the visible one. */
enum action_result act_show_tab(struct ui *ui, enum action_id id, const char *arg)
{
	(void)arg;
	struct cluster *c = cluster_of(ui);
	int tab = tabs_find(c, ui->actions->rows[id].name);
	if (tab >= 0)
		tabs_show(c, tab);
	else
		tabs_open(c, view_find(ui->actions->rows[id].name), view_request_named(NULL));
	return ACTION_HANDLED;
}

/* With topics it opens their records, always in the tab of the messages. */
enum action_result act_messages(struct ui *ui, enum action_id id, const char *arg)
{
	act_show_tab(ui, id, NULL);
	if (arg && *arg)
		tabs_open(cluster_of(ui), &view_records, view_request_named(arg));
	return ACTION_HANDLED;
}

enum action_result act_last_view(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	tabs_show(c, c->tabs.last);
	return ACTION_HANDLED;
}

enum action_result act_armed(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	if (!armed_show(cluster_of(ui)))
		cluster_message(cluster_of(ui), SEVERITY_NONE, "no reset is armed");
	return ACTION_HANDLED;
}

/* Help is about the view that it was opened from. The same key closes it. */
enum action_result act_help(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	if (tabs_view(c)->ops == &view_help)
		tabs_back(c);
	else
		tabs_open(c, &view_help, view_request_named(NULL));
	return ACTION_HANDLED;
}

enum action_result act_open_named(struct ui *ui, enum action_id id, const char *arg)
{
	struct cluster *c = cluster_of(ui);
	const char *name = ui->actions->rows[id].name;
	const struct view_ops *ops = view_find(name);
	if (!arg || !*arg) {
		cluster_messagef(c, SEVERITY_WARN, "%s which? %s %s", name, name, ui->actions->rows[id].argument);
	} else if (ops) {
		tabs_open(c, ops, view_request_named(ops == &view_group ? group_id_typed(arg) : arg));
	}
	return ACTION_HANDLED;
}

/* Compares the topics or brokers that are named; without names, the rows that are marked. */
enum action_result act_compare(struct ui *ui, enum action_id id, const char *arg)
{
	struct cluster *c = cluster_of(ui);
	/* PARTITION:OFFSET is a record, which the view knows. No name of a topic or broker has a colon. */
	if (arg && *arg && !strchr(arg, ':'))
		tabs_open(c, &view_config_compare, view_request_named(arg));
	else if (act_view(ui, id, arg) == ACTION_IGNORED)
		cluster_message(c, SEVERITY_WARN, "compare what? two names, of topics or of brokers");
	return ACTION_HANDLED;
}

enum action_result act_refresh(struct ui *ui, enum action_id id, const char *arg)
{
	struct cluster *c = cluster_of(ui);
	if (act_view(ui, id, arg) != ACTION_IGNORED)
		return ACTION_HANDLED;
	c->refresh++;
	cluster_message(c, SEVERITY_NONE, ui->paused ? "paused: p resumes" : "refreshing now");
	return ACTION_HANDLED;
}

static void set_interval(struct ui *ui, void *data, const char *text)
{
	(void)data;
	if (!text || !*text)
		return;
	char *end;
	double seconds = strtod(text, &end);
	end += *end == 's';
	double ms = seconds * 1000;
	if (*end || !isfinite(ms) || ms < INTERVAL_LEAST_MS || ms > INTERVAL_MOST_MS) {
		cluster_message(cluster_of(ui), SEVERITY_WARN, "the interval is a number of seconds, 0.5 to 3600");
		return;
	}
	ui->interval_ms = (int)lround(ms);
	cluster_messagef(cluster_of(ui), SEVERITY_OK, "refreshing every %g s", seconds);
}

enum action_result act_interval(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	if (arg && *arg) {
		set_interval(ui, NULL, arg);
		return ACTION_HANDLED;
	}
	char *now = mem_printf("%g", ui->interval_ms / 1000.0);
	ui->calls->prompt(ui, "refresh every (seconds): ", now, NULL, NULL, set_interval, NULL);
	free(now);
	return ACTION_HANDLED;
}

enum action_result act_pause(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	ui->paused = !ui->paused;
	cluster_dirty(c);
	for (int i = 0; i < c->tabs.count; i++) {
		for (size_t k = 0; k < c->tabs.items[i].count; k++) {
			struct view *v = c->tabs.items[i].panes[k].view;
			if (v->ops->paused)
				v->ops->paused(v, ui->paused);
		}
	}
	return ACTION_HANDLED;
}

enum action_result act_isolation(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	ui->read_committed = !ui->read_committed;
	cluster_message(cluster_of(ui), SEVERITY_OK,
		ui->read_committed ?
			"read_committed: lag from the last stable offset, records without aborted and open ones" :
			"read_uncommitted: lag from the high watermark, records with aborted and open ones");
	tabs_changed(cluster_of(ui));
	return ACTION_HANDLED;
}

enum action_result act_internal(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	ui->show_internal = !ui->show_internal;
	cluster_message(cluster_of(ui), SEVERITY_OK,
		ui->show_internal ? "internal topics are shown" : "internal topics are hidden");
	tabs_changed(cluster_of(ui));
	return ACTION_HANDLED;
}

/* The palette may name the topic; without a name, the view knows which topic is meant. */
enum action_result act_produce(struct ui *ui, enum action_id id, const char *arg)
{
	if (arg && *arg)
		produce_open(ui, arg);
	else if (act_view(ui, id, arg) == ACTION_IGNORED)
		cluster_message(cluster_of(ui), SEVERITY_WARN, "produce to which topic? P on one, or :produce TOPIC");
	return ACTION_HANDLED;
}

/* `:reset GROUP` works everywhere. Without a name it is about the group under the cursor, else the user is asked. */
enum action_result act_reset(struct ui *ui, enum action_id id, const char *arg)
{
	if (arg && *arg)
		reset_open(ui, &(struct reset_start){ .group = arg });
	else if (act_view(ui, id, NULL) == ACTION_IGNORED)
		reset_open_any(ui, NULL, NULL);
	return ACTION_HANDLED;
}

/* Undoes in the journal. Everywhere else it opens the journal, so that the user sees what would be undone. */
enum action_result act_undo(struct ui *ui, enum action_id id, const char *arg)
{
	struct cluster *c = cluster_of(ui);
	if (tabs_view(c)->ops == &view_journal)
		return act_view(ui, id, arg);
	tabs_open(c, &view_journal, view_request_named(NULL));
	return ACTION_HANDLED;
}

static void produce_file(struct ui *ui, void *data, const char *path)
{
	struct error err;

	(void)data;
	if (path && *path && !produce_open_file(ui, path, &err))
		cluster_message(cluster_of(ui), SEVERITY_WARN, err.message);
}

enum action_result act_produce_file(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	if (arg && *arg)
		produce_file(ui, NULL, arg);
	else
		ui->calls->prompt(ui, "file of JSON lines: ", "", "produce-file", NULL, produce_file, NULL);
	return ACTION_HANDLED;
}

enum action_result act_palette(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	palette_open(cluster_of(ui));
	return ACTION_HANDLED;
}

static const char *next_theme(void)
{
	const char *const *names;
	size_t count = theme_list(&names), at = 0;
	while (at < count && strcmp(names[at], theme_current()) != 0)
		at++;
	return names[at + 1 < count ? at + 1 : 0];
}

enum action_result act_theme(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	struct error err;
	if (theme_use(arg && *arg ? arg : next_theme(), &err))
		cluster_messagef(cluster_of(ui), SEVERITY_OK, "theme %s", theme_current());
	else
		cluster_message(cluster_of(ui), SEVERITY_WARN, err.message);
	return ACTION_HANDLED;
}

enum action_result act_time_zone(struct ui *ui, enum action_id id, const char *arg)
{
	const struct app *app = cluster_of(ui)->app;
	bool utc = !ui->utc;

	(void)id;
	(void)arg;
	cluster_message(cluster_of(ui), SEVERITY_OK, utc ? "times are in UTC" : "times are local");
	/* Users compare times of two clusters, so both show the same zone. */
	for (size_t i = 0; i < app->count; i++) {
		app->clusters[i]->ui.utc = utc;
		tabs_changed(app->clusters[i]);
	}
	return ACTION_HANDLED;
}

enum action_result act_redraw(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	if (c->app->terminal.repaint)
		c->app->terminal.repaint();
	cluster_dirty(c);
	return ACTION_HANDLED;
}

enum action_result act_suspend(struct ui *ui, enum action_id id, const char *arg)
{
	(void)id;
	(void)arg;
	struct cluster *c = cluster_of(ui);
	if (c->app->terminal.suspend)
		c->app->terminal.suspend();
	cluster_dirty(c);
	return ACTION_HANDLED;
}
