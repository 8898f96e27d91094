/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What there is once, whatever cluster is shown: the prompt or dialog that has the
 * keys, the message of the last line, and the way to the terminal past the picture.
 * At most one question is open. Whoever asked gets exactly one answer, also when
 * the question is closed before it was answered. UI thread.
 */
#ifndef APP_TERMINAL_H
#define APP_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/confirm.h"
#include "ui/dialog.h"
#include "ui/input.h"
#include "ui/prompt.h"
#include "ui/view.h"

/* Who asked what is open, and what is to be called: the callbacks of struct ui_calls. */
struct terminal_asker {
	struct ui *ui;
	void *data;
	void (*live)(struct ui *ui, void *data, const char *text);
	void (*line)(struct ui *ui, void *data, const char *text);
	void (*complete)(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words);
	void (*chosen)(struct ui *ui, void *data, const struct choice *choices, size_t count);
	void (*picked)(struct ui *ui, void *data, size_t at);
	void (*confirmed)(struct ui *ui, void *data, bool yes);
};

struct terminal {
	struct prompt *prompt; /* one of these three has the keys, or none */
	struct dialog *dialog;
	struct confirm *confirm;
	struct terminal_asker asker; /* of that one */
	struct notice *notice;       /* what was copied; the next key takes it away */
	bool pasting;                /* keys are text that is pasted */
	char *message;               /* NULL: none */
	enum severity severity;      /* of the message */
	int64_t message_at_ms, message_until_ms;
	int64_t quit_armed_until_ms; /* a second Ctrl-c before then quits */
	bool dirty;                  /* the picture must be drawn again */
	bool ended;                  /* the user leaves */
	/* The way to the terminal itself; NULL in tests. */
	void (*suspend)(void);
	void (*repaint)(void);
	bool (*copy)(const char *command, const char *text, struct error *err);
	bool (*run_program)(enum program program, const char *suffix, struct str *text, struct error *err);
};

void terminal_release(struct terminal *t); /* closes what is open */
/* Takes the place of the message before; NULL: none. It stays the longer the more it matters. */
void terminal_message(struct terminal *t, enum severity severity, const char *text);
/* At the next key: a message that there was time to read goes, but what is critical stays as long as it may. */
void terminal_forget_read(struct terminal *t);
/* At the next action: a message that warns of nothing needs no time to be read. */
void terminal_forget_small(struct terminal *t);

/* Each closes the question before, and is answered by the function in `asker` that fits it. */
void terminal_prompt(struct terminal *t, const char *label, const char *initial, const char *history,
	const struct terminal_asker *asker);
void terminal_choose(struct terminal *t, const char *title, const struct choice *choices, size_t count,
	const struct terminal_asker *asker);
void terminal_pick(struct terminal *t, const char *title, const struct choice *choices, size_t count, size_t at,
	const struct terminal_asker *asker);
void terminal_confirm(struct terminal *t, const struct confirm_ask *ask, const struct terminal_asker *asker);
bool terminal_is_open(const struct terminal *t); /* a question is: it covers the view and has its keys */
/* Gives up what is open. */
void terminal_close(struct terminal *t);
void terminal_close_confirm(struct terminal *t); /* answers no, when that is what is open */
void terminal_notice(struct terminal *t, const char *title, const char *text);
void terminal_close_notice(struct terminal *t);

/* False: nothing is open that takes it. */
bool terminal_key(struct terminal *t, key_code key);
/* `pane` is where dialogs are drawn. */
bool terminal_mouse(struct terminal *t, const struct area *pane, const struct mouse_event *mouse);
void terminal_draw(struct terminal *t, const struct area *screen, const struct area *pane);
/* When the message or the question changes by itself; -1: never. */
int64_t terminal_next_change(const struct terminal *t);
void terminal_tick(struct terminal *t); /* that moment has come */

#endif
