/* SPDX-License-Identifier: BSD-2-Clause */
/* What views ask of the application: struct ui_calls of ui/view.h. */
#include "app/app_parts.h"
#include "app/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "setup/decoders.h"
#include "ui/clipboard.h"
#include "ui/export.h"
#include "ui/screen.h"
#include "work/works.h"

static struct terminal *terminal_of(const struct ui *ui)
{
	return &cluster_of(ui)->app->terminal;
}

static void call_open(struct ui *ui, const struct view_ops *view, struct view_request request)
{
	tabs_open(cluster_of(ui), view, request);
}

static void call_back(struct ui *ui)
{
	tabs_back(cluster_of(ui));
}

static void call_message(struct ui *ui, enum severity severity, const char *text)
{
	cluster_message(cluster_of(ui), severity, text);
}

static void call_changed(struct ui *ui)
{
	cluster_dirty(cluster_of(ui));
}

/* Text too large for a terminal, written to the file that the user names. */
static void save_copy(struct ui *ui, void *data, const char *path)
{
	struct str *text = data;
	struct error err;
	if (path && *path && export_write(path, text, &err))
		cluster_messagef(cluster_of(ui), SEVERITY_OK, "written to %s", path);
	else if (path && *path)
		cluster_message(cluster_of(ui), SEVERITY_WARN, err.message);
	str_release(text);
	free(text);
}

/* The terminal does not report whether it took the text, so the text is shown as well. */
static void show_copy(struct cluster *c, const char *text, const char *what, const char *where)
{
	char *title = mem_printf("%s: %s", what, where);
	struct area screen = screen_area();
	size_t room = screen.cols > 0 ? (size_t)screen.cols : 0;

	if (!strchr(text, '\n') && strlen(title) + strlen(text) + 4 <= room) {
		cluster_messagef(c, SEVERITY_OK, "%s: %s", title, text);
	} else {
		char *framed = mem_printf(" %s ", title);

		terminal_notice(&c->app->terminal, framed, text);
		free(framed);
		cluster_message(c, SEVERITY_OK, title);
	}
	free(title);
}

static void call_copy(struct ui *ui, const char *text, const char *what)
{
	const char *command = ui->settings->clipboard;
	struct terminal *t = terminal_of(ui);
	struct error err;

	if (!clipboard_takes(strlen(text))) {
		char *label = mem_printf("%zu kB: more than terminals take; write to file: ", strlen(text) / 1000);
		struct str *kept = mem_alloc(sizeof(*kept));

		str_add(kept, text);
		ui->calls->prompt(ui, label, "weir-copy.txt", "export", NULL, save_copy, kept);
		free(label);
		return;
	}
	if (t->copy && !t->copy(command, text, &err)) {
		terminal_message(t, SEVERITY_WARN, err.message);
		return;
	}
	show_copy(cluster_of(ui), text, what, command ? "given to the clipboard command" : "sent to the terminal");
}

/* A cluster that is not shown asks nothing, because the user would take the question for one of the cluster shown. */

static void call_prompt(struct ui *ui, const char *label, const char *initial, const char *history,
	void (*live)(struct ui *ui, void *data, const char *text),
	void (*done)(struct ui *ui, void *data, const char *text), void *data)
{
	const struct terminal_asker asker = { .ui = ui, .data = data, .live = live, .line = done };

	if (cluster_is_shown(cluster_of(ui)))
		terminal_prompt(terminal_of(ui), label, initial, history, &asker);
	else
		done(ui, data, NULL);
}

static void call_choose(struct ui *ui, const char *title, const struct choice *choices, size_t count,
	void (*done)(struct ui *ui, void *data, const struct choice *choices, size_t count), void *data)
{
	const struct terminal_asker asker = { .ui = ui, .data = data, .chosen = done };

	if (cluster_is_shown(cluster_of(ui)))
		terminal_choose(terminal_of(ui), title, choices, count, &asker);
	else
		done(ui, data, NULL, 0);
}

static void call_pick(struct ui *ui, const char *title, const struct choice *choices, size_t count, size_t at,
	void (*done)(struct ui *ui, void *data, size_t chosen), void *data)
{
	const struct terminal_asker asker = { .ui = ui, .data = data, .picked = done };

	if (cluster_is_shown(cluster_of(ui)))
		terminal_pick(terminal_of(ui), title, choices, count, at, &asker);
	else
		done(ui, data, SIZE_MAX);
}

static void call_confirm(struct ui *ui, const struct confirm_ask *ask,
	void (*done)(struct ui *ui, void *data, bool yes), void *data)
{
	const struct terminal_asker asker = { .ui = ui, .data = data, .confirmed = done };
	const char *refused = cluster_refusal(cluster_of(ui));

	/* A plan may still be on the screen when another cluster answers; it can no longer be confirmed. */
	if (!refused && cluster_is_shown(cluster_of(ui))) {
		terminal_confirm(terminal_of(ui), ask, &asker);
		return;
	}
	if (cluster_is_shown(cluster_of(ui)))
		terminal_close(terminal_of(ui));
	done(ui, data, false);
	if (refused)
		cluster_message(cluster_of(ui), SEVERITY_WARN, refused);
}

static void call_remember_decoder(struct ui *ui, const char *topic, bool is_key, const char *decoder)
{
	struct codec_rules *rules = ui->settings->decoders;
	struct error err;

	if (rules && !decoders_remember(rules, topic, is_key, decoder, &err))
		cluster_message(cluster_of(ui), SEVERITY_WARN, err.message);
}

/* The prompt that is open, when this cluster asked it. */
static struct prompt *prompt_of(const struct ui *ui)
{
	struct terminal *t = terminal_of(ui);

	return t->asker.ui == ui ? t->prompt : NULL;
}

static void call_prompt_words(struct ui *ui,
	void (*complete)(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words))
{
	struct prompt *p = prompt_of(ui);

	if (!p)
		return;
	terminal_of(ui)->asker.complete = complete;
	prompt_offer(p);
}

static void call_prompt_fault(struct ui *ui, size_t at, const char *why)
{
	struct prompt *p = prompt_of(ui);

	if (p)
		prompt_fault(p, at, why);
	else
		cluster_message(cluster_of(ui), SEVERITY_WARN, why);
}

static bool call_run_program(struct ui *ui, enum program program, const char *suffix, struct str *text,
	struct error *err)
{
	struct terminal *t = terminal_of(ui);

	t->dirty = true;
	if (t->run_program)
		return t->run_program(program, suffix, text, err);
	return error_set(err, ERR_USAGE, "there is no terminal to give away");
}

static void call_work(struct ui *ui, struct view *owner, struct work *w,
	void (*progress)(struct view *owner, struct work *w), void (*done)(struct view *owner, struct work *w))
{
	const struct cluster *c = cluster_of(ui);

	if (!w->mutates || !ui->read_only) {
		works_start(c->works, owner, w, progress, done);
		return;
	}
	error_set(&w->err, ERR_USAGE,
		c->answer == CLUSTER_OTHER ? "another cluster answers: nothing is changed" :
					     "read-only: nothing is changed");
	if (done)
		done(owner, w);
	else
		work_free(w);
}

static void call_touched(struct ui *ui, enum changed_kind kind, const char *name, enum severity severity,
	const char *text)
{
	changes_note(cluster_of(ui), kind, name, severity, text);
}

static bool call_work_cancel(struct ui *ui, const struct view *owner)
{
	return works_cancel(cluster_of(ui)->works, owner);
}

static void call_wake(void *ui)
{
	app_wake(cluster_of(ui)->app);
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
	.run_program = call_run_program,
	.work = call_work,
	.touched = call_touched,
	.work_cancel = call_work_cancel,
	.wake = call_wake,
};
