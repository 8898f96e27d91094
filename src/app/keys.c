/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a key goes: an open dialog or prompt first, else the action it is bound to. */
#include "app/app_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ui/notice.h"

const char *app_read_only(const struct app *app)
{
	if (!app->ui.read_only)
		return NULL;
	return app->setup->cluster.gate.read_only ? "refused, this is read-only" :
		app->cluster == APP_CLUSTER_OTHER ? "refused, another cluster answers at this address" :
		"it is not known yet which cluster this is";
}

const char *app_disabled(const struct app *app, enum action_id id)
{
	const struct action *row = &app->ui.actions->rows[id];
	const struct view *v = app_pane(app)->view;
	if (!action_fits(row, v->ops))
		return "not in this view";
	/* The one place where read-only mode is kept: before any function runs. */
	if (row->flags & ACTION_MUTATES && app_read_only(app))
		return app_read_only(app);
	const char *why = row->disabled ? row->disabled(&app->ui) : NULL;
	return why || !v->ops->disabled ? why : v->ops->disabled(v, id);
}

enum action_result app_dispatch(struct app *app, enum action_id id, const char *arg)
{
	const struct action *row = &app->ui.actions->rows[id];
	const char *why = app_disabled(app, id);
	app->dirty = true;
	if (why) {
		char *text = mem_printf("%s: %s", row->name, why);
		app_message(app, SEVERITY_WARN, text);
		free(text);
		return ACTION_HANDLED;
	}
	enum action_result result = row->run(&app->ui, id, arg);
	if (result == ACTION_EXIT)
		app->ended = true;
	return result;
}

/* `accepted` false: it was given up, or what it belongs to goes away. */
static void end_dialog(struct app *app, bool accepted)
{
	struct dialog *d = app->dialog;
	size_t count = 0;
	const struct choice *choices = accepted ? dialog_choices(d, &count) : NULL;
	app->dialog = NULL;
	app->dirty = true;
	if (app->pick_done)
		app->pick_done(&app->ui, app->asker, accepted ? dialog_chosen(d) : SIZE_MAX);
	else
		app->choose_done(&app->ui, app->asker, choices, count);
	dialog_free(d);
}

static void end_confirm(struct app *app, bool yes)
{
	struct confirm *c = app->confirm;
	app->confirm = NULL;
	app->dirty = true;
	app->confirm_done(&app->ui, app->asker, yes);
	confirm_free(c);
}

static void to_confirm(struct app *app, key_code key)
{
	enum confirm_answer answer = confirm_key(app->confirm, key);
	app->dirty = true;
	if (answer != CONFIRM_OPEN)
		end_confirm(app, answer == CONFIRM_YES);
}

void app_close_notice(struct app *app)
{
	if (app->notice)
		app->dirty = true;
	notice_free(app->notice);
	app->notice = NULL;
}

void app_close_question(struct app *app)
{
	if (app->confirm)
		end_confirm(app, false);
}

void app_close_overlay(struct app *app)
{
	app_close_question(app);
	if (app->prompt) {
		struct prompt *p = app->prompt;
		app->prompt = NULL;
		app->prompt_done(&app->ui, app->asker, NULL);
		prompt_free(p);
	}
	if (app->dialog)
		end_dialog(app, false);
	app->dirty = true;
}

static void dialog_answered(struct app *app, enum dialog_answer answer)
{
	app->dirty = true;
	if (answer != DIALOG_OPEN)
		end_dialog(app, answer == DIALOG_ACCEPTED);
}

/* A prompt's own callback may open another one: the old one is taken out before it is asked. */
static void to_prompt(struct app *app, key_code key)
{
	struct prompt *p = app->prompt;
	app->dirty = true;
	if (prompt_key(p, key)) {
		if (app->prompt == p)
			app->prompt = NULL;
		prompt_free(p);
	}
}

static void click(struct app *app, const struct mouse_event *mouse)
{
	struct view *v = app_pane(app)->view;
	struct area a = app_pane_area(app);
	int row = mouse->row - a.row, col = mouse->col - a.col;
	int tab = app_tab_at(app, mouse->row, mouse->col);
	if (mouse->row == 0) {
		app_show_armed(app);
	} else if (tab >= 0) {
		app_show_tab(app, tab);
	} else if (v->ops->click && row >= 0 && row < a.rows && col >= 0 && col < a.cols) {
		v->ops->click(v, row, col, mouse->kind == MOUSE_DOUBLE);
	}
}

enum { WHEEL_ROWS = 3, MESSAGE_READ_MS = 700 };

static void take_mouse(struct app *app, const struct mouse_event *mouse)
{
	struct area pane = app_pane_area(app);
	app->dirty = true;
	if (app->confirm) {
		confirm_mouse(app->confirm, mouse);
		return;
	}
	if (app->dialog) {
		dialog_answered(app, dialog_mouse(app->dialog, &pane, mouse));
		return;
	}
	if (app->prompt)
		return;
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
		for (int i = 0; i < WHEEL_ROWS; i++)
			app_dispatch(app, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN, NULL);
		return;
	}
	click(app, mouse);
}

bool app_is_typing(const struct app *app)
{
	const struct view *v = app_pane(app)->view;
	return v->ops->typing && v->ops->typing(v);
}

/* A view that edits text comes before the actions; a letter it has no use for is no action either. */
static bool to_view(struct app *app, key_code key)
{
	struct view *v = app_pane(app)->view;
	if (v->ops->key && v->ops->key(v, key)) {
		app->dirty = true;
		return true;
	}
	return key_is_text(key) && app_is_typing(app);
}

/* What is pasted is text: it goes into a prompt or a field, and starts no action where there is none. */
static bool is_pasted(struct app *app, key_code key)
{
	if (key == KEY_PASTE_START || key == KEY_PASTE_END) {
		app->pasting = key == KEY_PASTE_START;
		return true;
	}
	if (!app->pasting)
		return false;
	if (app->prompt && key_is_text(key))
		to_prompt(app, key);
	else if (!app->confirm && !app->dialog && key_is_text(key) && app_is_typing(app))
		to_view(app, key);
	return true;
}

/*
 * What was said about the last key does not hold for the next one. Time to read it must have passed, and
 * what is critical stays as long as it may.
 */
static void forget_message(struct app *app)
{
	if (app->message && app->severity < SEVERITY_CRIT && clock_mono_ms() - app->message_at_ms >= MESSAGE_READ_MS)
		app_message(app, SEVERITY_NONE, NULL);
}

void app_key(struct app *app, key_code key, const struct mouse_event *mouse)
{
	if (is_pasted(app, key))
		return;
	forget_message(app);
	app_close_notice(app);
	if (key == KEY_MOUSE_EVENT) {
		take_mouse(app, mouse);
		return;
	}
	if (app->confirm) {
		to_confirm(app, key);
		return;
	}
	if (app->dialog) {
		dialog_answered(app, dialog_key(app->dialog, key));
		return;
	}
	if (app->prompt) {
		to_prompt(app, key);
		return;
	}
	if (to_view(app, key))
		return;
	enum action_id id = keymap_lookup(app->keymap, key, app_pane(app)->view->ops);
	if (id != ACTION_NONE) {
		/* A word of thanks needs no wait: the next key takes it away. */
		if (app->message && app->severity < SEVERITY_WARN)
			app_message(app, SEVERITY_NONE, NULL);
		app_dispatch(app, id, NULL);
		return;
	}
	struct str text = { 0 };
	key_add_name(key, &text);
	str_add(&text, " does nothing here; ? lists the keys");
	app_message(app, SEVERITY_NONE, str_text(&text));
	str_release(&text);
}

bool app_wants_alt(const struct app *app, key_code key)
{
	if (app->prompt || app_is_typing(app))
		return prompt_wants_alt(key);
	return !app->dialog && !app->confirm && keymap_lookup(app->keymap, key | KEY_ALT, app_pane(app)->view->ops);
}
