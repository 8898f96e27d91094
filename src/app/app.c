/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/action_table.h"
#include "app/app_state.h"
#include "cli/say.h"
#include "kafka/source.h"
#include "model/settings.h"
#include "ui/clipboard.h"
#include "ui/loop.h"
#include "ui/screen.h"
#include "ui/theme.h"
#include "work/works.h"

enum { WAKE_SNAPSHOT = 1u << 0, WAKE_WORK = 1u << 1, STOP_WAIT_MS = 100, STATUS_INTERRUPTED = 130 };

/* The state, the loop around it and the sampler beside it. */
struct run {
	struct app *app;
	struct loop loop;
	struct sampler *sampler;        /* NULL until the first frame is on the screen */
	struct demand *first_demand;    /* until then: what the sampler is to start with */
};

static void on_key(void *data, key_code key, const struct mouse_event *mouse)
{
	struct run *run = data;
	app_key(run->app, key, mouse);
	if (run->app->ended)
		loop_end(&run->loop);
}

static void on_woken(void *data, unsigned bits)
{
	struct run *run = data;
	const struct snapshot *s = bits & WAKE_SNAPSHOT && run->sampler ? sampler_take(run->sampler) : NULL;
	if (s)
		app_take_snapshot(run->app, s);
	if (bits & WAKE_WORK)
		app_woken(run->app);
}

/* Any thread. */
static void wake_app(void *data)
{
	struct run *run = data;
	wake_raise(&run->loop.wake, WAKE_WORK);
}

static void on_resized(void *data)
{
	struct run *run = data;
	run->app->dirty = true;
}

static void on_suspend(void *data)
{
	struct run *run = data;
	screen_suspend();
	run->app->dirty = true;
}

static bool on_draw(void *data)
{
	struct run *run = data;
	return app_draw(run->app);
}

static int64_t on_next_change(void *data)
{
	const struct run *run = data;
	return app_next_change(run->app);
}

static void on_tick(void *data)
{
	struct run *run = data;
	app_tick(run->app);
}

static void take_demand(void *data, struct demand *demand)
{
	struct run *run = data;
	if (run->sampler) {
		sampler_demand(run->sampler, demand);
	} else {
		demand_free(run->first_demand);
		run->first_demand = demand;
	}
}

static bool wants_alt(void *data, key_code key)
{
	const struct run *run = data;
	return app_wants_alt(run->app, key);
}

static bool start_screen(const struct app_setup *setup, struct error *err)
{
	const struct settings *settings = setup->settings;
	const struct screen_options options = {
		.ascii = settings->ascii,
		.no_mouse = settings->no_mouse,
		.no_color = settings->no_color,
	};
	const char *const *names;
	theme_list(&names);
	return theme_context_color(setup->cluster.color, err) && screen_start(&options, err) &&
		theme_use(settings->theme ? settings->theme : names[0], err);
}

/* The frame first: connecting, even looking up a name, must not delay it. */
static bool start_sampler(struct run *run, const struct app_setup *setup, struct error *err)
{
	if (app_draw(run->app))
		screen_flush();
	run->sampler = kafka_sampler_start(setup->cluster.gate.client, run->first_demand, &run->loop.wake, WAKE_SNAPSHOT, err);
	return run->sampler != NULL;
}

int app_run(const struct app_setup *setup, struct error *err)
{
	static const struct loop_ops ops = {
		.key = on_key, .woken = on_woken, .resized = on_resized, .suspend = on_suspend,
		.draw = on_draw, .next_change = on_next_change, .tick = on_tick,
	};
	struct run run = { 0 };
	struct app_source source = { .data = &run, .demand = take_demand };
	const struct work_setup works = { .gate = setup->cluster.gate, .settings = setup->settings, .config = setup->config };
	int status = -1;
	run.app = app_new(setup, &source, err);
	if (!run.app)
		return error_exit_status(err);
	run.app->suspend = screen_suspend;
	run.app->repaint = screen_repaint;
	run.app->copy = clipboard_copy;
	run.app->outside = program_run;
	run.app->wake = wake_app;
	run.app->waker = &run;
	if (!loop_init(&run.loop, &ops, &run, err)) {
		app_free(run.app);
		return error_exit_status(err);
	}
	run.app->works = works_new(work_table, &works, wake_app, &run);
	works_on_change(run.app->works, app_work_ended, run.app);
	app_look_at_journal(run.app);
	run.loop.input.alt_bound = wants_alt;
	run.loop.input.data = &run;
	if (start_screen(setup, err) && start_sampler(&run, setup, err)) {
		loop_run(&run.loop);
		status = run.loop.interrupted ? STATUS_INTERRUPTED : 0;
	}
	screen_stop();
	app_close_views(run.app);
	if (run.sampler)
		sampler_stop(run.sampler, STOP_WAIT_MS);
	if (!works_free(run.app->works, STOP_WAIT_MS))
		command_leave_threads(status >= 0 ? status : error_exit_status(err), err);
	demand_free(run.first_demand);
	loop_release(&run.loop);
	app_free(run.app);
	return status >= 0 ? status : error_exit_status(err);
}

/* The names of the views that an action fits; nothing when it fits all. */
static void add_fitting(const struct action_set *set, const struct action *row, struct str *out)
{
	for (size_t i = 0; row->fits && set->views[i]; i++)
		if (action_fits(row, set->views[i]))
			str_addf(out, "%s%s", out->len ? " " : "", set->views[i]->name);
}

void app_print_actions(void)
{
	struct keymap *keys = keymap_new(&action_table);
	printf("name\tgroup\tkeys\targument\tviews\tflags\thelp\n");
	for (size_t i = 1; i < action_table.count; i++) {
		const struct action *row = &action_table.rows[i];
		struct str names = { 0 }, fitting = { 0 };
		keymap_keys(keys, (enum action_id)i, &names);
		add_fitting(&action_table, row, &fitting);
		printf("%s\t%s\t%s\t%s\t%s\t%s%s\t%s\n", row->name, row->group, str_text(&names),
			row->argument ? row->argument : "", str_text(&fitting),
			row->flags & ACTION_MUTATES ? "mutates " : "",
			row->flags & ACTION_CONFIRMS ? "confirms" : "", row->help);
		str_release(&names);
		str_release(&fitting);
	}
	keymap_free(keys);
}
