/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/terminal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ui/notice.h"

enum { MESSAGE_READ_MS = 700 };

void terminal_release(struct terminal *t)
{
	terminal_close(t);
	terminal_close_notice(t);
	free(t->message);
	t->message = NULL;
}

/* The message */

static int64_t message_ms(enum severity severity)
{
	return severity == SEVERITY_CRIT ? 12000 : severity == SEVERITY_WARN ? 8000 : 4000;
}

void terminal_message(struct terminal *t, enum severity severity, const char *text)
{
	mem_replace(&t->message, text);
	t->severity = severity;
	t->message_at_ms = clock_mono_ms();
	t->message_until_ms = t->message ? clock_mono_ms() + message_ms(severity) : 0;
	t->dirty = true;
}

void terminal_forget_read(struct terminal *t)
{
	if (t->message && t->severity < SEVERITY_CRIT && clock_mono_ms() - t->message_at_ms >= MESSAGE_READ_MS)
		terminal_message(t, SEVERITY_NONE, NULL);
}

void terminal_forget_small(struct terminal *t)
{
	if (t->message && t->severity < SEVERITY_WARN)
		terminal_message(t, SEVERITY_NONE, NULL);
}

/* Answers. The callback may open the next question, so the answered one is taken away first. */

static void prompt_live(void *data, const char *text)
{
	struct terminal *t = data;

	if (t->asker.live)
		t->asker.live(t->asker.ui, t->asker.data, text);
}

static void prompt_done(void *data, const char *text)
{
	struct terminal *t = data;
	struct terminal_asker asker = t->asker;

	t->prompt = NULL;
	asker.line(asker.ui, asker.data, text);
}

static void prompt_complete(void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	struct terminal *t = data;

	if (t->asker.complete)
		t->asker.complete(t->asker.ui, t->asker.data, text, cursor, words);
}

static void end_dialog(struct terminal *t, bool accepted)
{
	struct terminal_asker asker = t->asker;
	struct dialog *d = t->dialog;
	size_t count = 0;
	const struct choice *choices = accepted ? dialog_choices(d, &count) : NULL;

	t->dialog = NULL;
	t->dirty = true;
	if (asker.picked)
		asker.picked(asker.ui, asker.data, accepted ? dialog_chosen(d) : SIZE_MAX);
	else
		asker.chosen(asker.ui, asker.data, choices, count);
	dialog_free(d);
}

static void end_confirm(struct terminal *t, bool yes)
{
	struct terminal_asker asker = t->asker;
	struct confirm *c = t->confirm;

	t->confirm = NULL;
	t->dirty = true;
	asker.confirmed(asker.ui, asker.data, yes);
	confirm_free(c);
}

/* Questions */

void terminal_prompt(struct terminal *t, const char *label, const char *initial, const char *history,
	const struct terminal_asker *asker)
{
	static const struct prompt_ops ops = { .live = prompt_live, .done = prompt_done, .complete = prompt_complete };

	terminal_close(t);
	t->asker = *asker;
	t->prompt = prompt_new(label, initial, history, &ops, t);
}

void terminal_choose(struct terminal *t, const char *title, const struct choice *choices, size_t count,
	const struct terminal_asker *asker)
{
	terminal_close(t);
	t->asker = *asker;
	t->dialog = dialog_choose(title, choices, count);
}

void terminal_pick(struct terminal *t, const char *title, const struct choice *choices, size_t count, size_t at,
	const struct terminal_asker *asker)
{
	terminal_close(t);
	t->asker = *asker;
	t->dialog = dialog_pick(title, choices, count, at);
}

void terminal_confirm(struct terminal *t, const struct confirm_ask *ask, const struct terminal_asker *asker)
{
	terminal_close(t);
	t->asker = *asker;
	t->confirm = confirm_new(ask);
}

bool terminal_is_open(const struct terminal *t)
{
	return t->prompt || t->dialog || t->confirm;
}

void terminal_close_confirm(struct terminal *t)
{
	if (t->confirm)
		end_confirm(t, false);
}

void terminal_close(struct terminal *t)
{
	struct prompt *p;

	terminal_close_confirm(t);
	if ((p = t->prompt) != NULL) {
		prompt_done(t, NULL);
		prompt_free(p);
	}
	if (t->dialog)
		end_dialog(t, false);
	t->dirty = true;
}

void terminal_notice(struct terminal *t, const char *title, const char *text)
{
	terminal_close_notice(t);
	t->notice = notice_new(title, text);
}

void terminal_close_notice(struct terminal *t)
{
	if (t->notice)
		t->dirty = true;
	notice_free(t->notice);
	t->notice = NULL;
}

/* Input and drawing */

static void dialog_answered(struct terminal *t, enum dialog_answer answer)
{
	if (answer != DIALOG_OPEN)
		end_dialog(t, answer == DIALOG_ACCEPTED);
}

bool terminal_key(struct terminal *t, key_code key)
{
	if (!terminal_is_open(t))
		return false;
	t->dirty = true;
	if (t->confirm) {
		enum confirm_answer answer = confirm_key(t->confirm, key);

		if (answer != CONFIRM_OPEN)
			end_confirm(t, answer == CONFIRM_YES);
	} else if (t->dialog) {
		dialog_answered(t, dialog_key(t->dialog, key));
	} else {
		struct prompt *p = t->prompt;

		if (prompt_key(p, key)) {
			if (t->prompt == p)
				t->prompt = NULL;
			prompt_free(p);
		}
	}
	return true;
}

bool terminal_mouse(struct terminal *t, const struct area *pane, const struct mouse_event *mouse)
{
	bool was_open = terminal_is_open(t);

	if (t->confirm)
		confirm_mouse(t->confirm, mouse);
	else if (t->dialog)
		dialog_answered(t, dialog_mouse(t->dialog, pane, mouse));
	return was_open;
}

void terminal_draw(struct terminal *t, const struct area *screen, const struct area *pane)
{
	if (t->dialog)
		dialog_draw(t->dialog, pane);
	if (t->confirm)
		confirm_draw(t->confirm, pane);
	if (t->prompt)
		prompt_draw(t->prompt, screen);
}

int64_t terminal_next_change(const struct terminal *t)
{
	int64_t message = t->message ? t->message_until_ms : -1;
	int64_t confirm = t->confirm ? confirm_next_change(t->confirm) : -1;

	return clock_earlier(message, confirm);
}

void terminal_tick(struct terminal *t)
{
	if (t->message && clock_mono_ms() >= t->message_until_ms)
		terminal_message(t, SEVERITY_NONE, NULL);
	if (t->confirm)
		t->dirty = true;
}
