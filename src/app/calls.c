/* SPDX-License-Identifier: BSD-2-Clause */
/* What views may ask of the application: struct ui_calls of ui/view.h. */
#include "app/app_state.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "setup/decoders.h"
#include "ui/clipboard.h"
#include "ui/export.h"
#include "ui/notice.h"
#include "ui/screen.h"
#include "views/views.h"
#include "work/works.h"

static void call_open(struct ui *ui, const struct view_ops *view, struct view_request request)
{
	app_open(app_of(ui), view, request);
}

static void call_back(struct ui *ui)
{
	app_back(app_of(ui));
}

static void call_message(struct ui *ui, enum severity severity, const char *text)
{
	app_message(app_of(ui), severity, text);
}

static void call_changed(struct ui *ui)
{
	app_of(ui)->dirty = true;
}

static void tell(struct app *app, enum severity severity, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void tell(struct app *app, enum severity severity, const char *fmt, ...)
{
	struct str text = { 0 };
	va_list ap;
	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	app_message(app, severity, str_text(&text));
	str_release(&text);
}

/* What was too large for a terminal, until the user has named a file for it. */
static void save_copy(struct ui *ui, void *data, const char *path)
{
	struct str *text = data;
	struct error err;
	if (path && *path && export_write(path, text, &err))
		tell(app_of(ui), SEVERITY_OK, "written to %s", path);
	else if (path && *path)
		app_message(app_of(ui), SEVERITY_WARN, err.message);
	str_release(text);
	free(text);
}

/* Nobody answers whether a clipboard took it, so the text is there to be read, and no more is claimed. */
static void show_copy(struct app *app, const char *text, const char *what, const char *where)
{
	char *title = mem_printf("%s: %s", what, where);
	struct area screen = screen_area();
	size_t room = screen.cols > 0 ? (size_t)screen.cols : 0;
	if (!strchr(text, '\n') && strlen(title) + strlen(text) + 4 <= room) {
		tell(app, SEVERITY_OK, "%s: %s", title, text);
	} else {
		app_close_notice(app);
		char *framed = mem_printf(" %s ", title);
		app->notice = notice_new(framed, text);
		free(framed);
		tell(app, SEVERITY_OK, "%s", title);
	}
	free(title);
}

static void call_copy(struct ui *ui, const char *text, const char *what)
{
	struct app *app = app_of(ui);
	struct error err;
	if (!clipboard_takes(strlen(text))) {
		char *label = mem_printf("%zu kB: more than terminals take; write to file: ",
			strlen(text) / 1000);
		struct str *kept = mem_alloc(sizeof(*kept));
		str_add(kept, text);
		ui->calls->prompt(ui, label, "weir-copy.txt", "export", NULL, save_copy, kept);
		free(label);
		return;
	}
	if (app->copy && !app->copy(app->setup->settings->clipboard, text, &err)) {
		app_message(app, SEVERITY_WARN, err.message);
		return;
	}
	show_copy(app, text, what, app->setup->settings->clipboard ? "given to the clipboard command" : "sent to the terminal");
}

static void prompt_live(void *data, const char *text)
{
	struct app *app = data;
	if (app->prompt_live)
		app->prompt_live(&app->ui, app->asker, text);
}

static void prompt_done(void *data, const char *text)
{
	struct app *app = data;
	/* The answer may open the next prompt: this one must be out of the way. */
	app->prompt = NULL;
	app->prompt_done(&app->ui, app->asker, text);
}

static void prompt_complete(void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	struct app *app = data;
	if (app->prompt_complete)
		app->prompt_complete(&app->ui, app->asker, text, cursor, words);
}

static void call_prompt(struct ui *ui, const char *label, const char *initial, const char *history,
	void (*live)(struct ui *ui, void *data, const char *text),
	void (*done)(struct ui *ui, void *data, const char *text), void *data)
{
	static const struct prompt_ops ops = { .live = prompt_live, .done = prompt_done,
		.complete = prompt_complete };
	struct app *app = app_of(ui);
	app_close_overlay(app);
	app->prompt_live = live;
	app->prompt_done = done;
	app->prompt_complete = NULL;
	app->asker = data;
	app->prompt = prompt_new(label, initial, history, &ops, app);
}

static void call_choose(struct ui *ui, const char *title, const struct choice *choices, size_t count,
	void (*done)(struct ui *ui, void *data, const struct choice *choices, size_t count), void *data)
{
	struct app *app = app_of(ui);
	app_close_overlay(app);
	app->choose_done = done;
	app->pick_done = NULL;
	app->asker = data;
	app->dialog = dialog_choose(title, choices, count);
}

static void call_pick(struct ui *ui, const char *title, const struct choice *choices, size_t count, size_t at,
	void (*done)(struct ui *ui, void *data, size_t chosen), void *data)
{
	struct app *app = app_of(ui);
	app_close_overlay(app);
	app->pick_done = done;
	app->asker = data;
	app->dialog = dialog_pick(title, choices, count, at);
}

static void call_confirm(struct ui *ui, const struct confirm_ask *ask,
	void (*done)(struct ui *ui, void *data, bool yes), void *data)
{
	struct app *app = app_of(ui);
	const char *refused = app_read_only(app);
	app_close_overlay(app);
	/* A plan that was made before another cluster came is still on the screen: its question is not asked any more. */
	if (refused) {
		done(ui, data, false);
		app_message(app, SEVERITY_WARN, refused);
		return;
	}
	app->confirm_done = done;
	app->asker = data;
	app->confirm = confirm_new(ask);
}

static void call_remember_decoder(struct ui *ui, const char *topic, bool is_key, const char *decoder)
{
	struct app *app = app_of(ui);
	struct error err;
	if (app->setup->settings->decoders && !decoders_remember(app->setup->settings->decoders, topic, is_key, decoder, &err))
		app_message(app, SEVERITY_WARN, err.message);
}

static void call_prompt_words(struct ui *ui,
	void (*complete)(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words))
{
	struct app *app = app_of(ui);
	app->prompt_complete = complete;
	if (app->prompt)
		prompt_offer(app->prompt);
}

static void call_prompt_fault(struct ui *ui, size_t at, const char *why)
{
	struct app *app = app_of(ui);
	if (app->prompt)
		prompt_fault(app->prompt, at, why);
	else
		app_message(app, SEVERITY_WARN, why);
}

static bool call_outside(struct ui *ui, enum program program, const char *suffix, struct str *text,
	struct error *err)
{
	struct app *app = app_of(ui);
	app->dirty = true;
	if (app->outside)
		return app->outside(program, suffix, text, err);
	return error_set(err, ERR_USAGE, "there is no terminal to give away");
}

static void call_work(struct ui *ui, struct view *owner, struct work *w,
	void (*progress)(struct view *owner, struct work *w), void (*done)(struct view *owner, struct work *w))
{
	struct app *app = app_of(ui);
	if (w->mutates && ui->read_only)
		error_set(&w->err, ERR_USAGE, app->cluster == APP_CLUSTER_OTHER ? "another cluster answers: nothing is changed" :
			"read-only: nothing is changed");
	else if (!app->works)
		error_set(&w->err, ERR_USAGE, "nothing is asked of a cluster here");
	else {
		works_start(app->works, owner, w, progress, done);
		return;
	}
	if (done)
		done(owner, w);
	else
		work_free(w);
}

static void call_touched(struct ui *ui, enum changed_kind kind, const char *name, enum severity severity,
	const char *text)
{
	app_note_change(app_of(ui), kind, name, severity, text);
}

static bool call_work_cancel(struct ui *ui, const struct view *owner)
{
	struct app *app = app_of(ui);
	return app->works && works_cancel(app->works, owner);
}

static void call_wake(void *ui)
{
	struct app *app = app_of(ui);
	if (app->wake)
		app->wake(app->waker);
}

const struct ui_calls app_calls = {
	.open = call_open,
	.back = call_back,
	.message = call_message,
	.changed = call_changed,
	.copy = call_copy,
	.prompt = call_prompt,
	.prompt_words = call_prompt_words,
	.prompt_fault = call_prompt_fault,
	.choose = call_choose,
	.remember_decoder = call_remember_decoder,
	.pick = call_pick,
	.confirm = call_confirm,
	.outside = call_outside,
	.work = call_work,
	.touched = call_touched,
	.work_cancel = call_work_cancel,
	.wake = call_wake,
};
