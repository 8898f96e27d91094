/* SPDX-License-Identifier: BSD-2-Clause */
/* The terminal program as it runs: the loop, the screen, and connecting once the first frame stands. */
#include <stdio.h>

#include "app/app_parts.h"
#include "app/keys.h"
#include "app/picture.h"
#include "cli/say.h"
#include "ui/clipboard.h"
#include "ui/loop.h"
#include "ui/screen.h"
#include "ui/theme.h"

enum { STATUS_INTERRUPTED = 130 };

struct run {
	struct app *app;
	struct loop loop;
};

static void on_key(void *data, key_code key, const struct mouse_event *mouse)
{
	struct run *run = data;

	keys_take(run->app, key, mouse);
	if (run->app->terminal.ended)
		loop_end(&run->loop);
}

static void on_woken(void *data, unsigned bits)
{
	struct run *run = data;

	if (bits & APP_WAKE)
		app_woken(run->app);
}

static void on_resized(void *data)
{
	struct run *run = data;

	run->app->terminal.dirty = true;
}

static void on_suspend(void *data)
{
	screen_suspend();
	on_resized(data);
}

static bool on_draw(void *data)
{
	struct run *run = data;

	return picture_draw(run->app);
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

static bool wants_alt(void *data, key_code key)
{
	const struct run *run = data;

	return keys_want_alt(run->app, key);
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
	return screen_start(&options, err) && theme_use(settings->theme ? settings->theme : names[0], err);
}

/* Draws before it connects: looking up a name must not delay the first frame. */
static bool connect_first(struct run *run, struct error *err)
{
	if (picture_draw(run->app))
		screen_flush();
	return cluster_connect(run->app->shown, &run->loop.wake, APP_WAKE, err);
}

int app_run(const struct app_setup *setup, struct error *err)
{
	static const struct loop_ops ops = {
		.key = on_key,
		.woken = on_woken,
		.resized = on_resized,
		.suspend = on_suspend,
		.draw = on_draw,
		.next_change = on_next_change,
		.tick = on_tick,
	};
	struct run run = { .app = app_new(setup, err) };
	int status = -1;

	if (!run.app)
		return error_exit_status(err);
	if (!loop_init(&run.loop, &ops, &run, err)) {
		app_free(run.app);
		return error_exit_status(err);
	}
	run.loop.input.alt_bound = wants_alt;
	run.loop.input.data = &run;
	run.app->wake = &run.loop.wake;
	run.app->terminal.suspend = screen_suspend;
	run.app->terminal.repaint = screen_repaint;
	run.app->terminal.copy = clipboard_copy;
	run.app->terminal.run_program = program_run;
	app_read_journal(run.app);
	if (start_screen(setup, err) && connect_first(&run, err)) {
		loop_run(&run.loop);
		status = run.loop.interrupted ? STATUS_INTERRUPTED : 0;
	}
	if (status < 0)
		status = error_exit_status(err);
	screen_stop();
	if (!app_free(run.app))
		command_leave_threads(status, err);
	loop_release(&run.loop);
	return status;
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
			row->flags & ACTION_MUTATES ? "mutates " : "", row->flags & ACTION_CONFIRMS ? "confirms" : "",
			row->help);
		str_release(&names);
		str_release(&fitting);
	}
	keymap_free(keys);
}
