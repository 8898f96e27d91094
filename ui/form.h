/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fields to fill in, one below the other, in any area: a pane or a part of one.
 * Tab, Shift-Tab and arrows move between fields; Enter moves to the next one,
 * and on the last one (or a button) returns FORM_ACCEPTED, once every shown
 * field has passed its check. Esc returns FORM_GIVEN_UP without asking. While a
 * form has the focus, its view hands it every key (view_ops.key): letters are
 * text and start no action. Texts are copied. UI thread.
 */
#ifndef UI_FORM_H
#define UI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "ui/draw.h"
#include "ui/key.h"
#include "ui/prompt.h"

struct form;

enum form_kind {
	FORM_HEADING,
	FORM_FIXED,  /* read only */
	FORM_TEXT,   /* one line */
	FORM_CHOICE, /* one option: Left and Right change it, letters jump, Enter and Space list all */
	FORM_TOGGLE, /* Space */
	FORM_BUTTON, /* Enter on it accepts the form */
};

struct form_option {
	const char *label;
	const char *help; /* one line, or NULL */
};

struct form_field {
	enum form_kind kind;
	const char *label;
	const char *text;        /* initial text; a toggle is on when it is not empty; NULL: empty */
	const char *placeholder; /* shown while it is empty, or NULL */
	const char *help;        /* for the last line, or NULL */
	const struct form_option *options;
	size_t option_count;
	size_t chosen; /* initial option */
};

/* A field is named by the number that form_add() returned; members may be NULL. */
struct form_ops {
	/*
	 * False: the text is not accepted. *at is the byte of the fault, or SIZE_MAX: none. Called when a text
	 * field is left and when the form is to be accepted; must be pure.
	 */
	bool (*check)(void *owner, int field, const char *text, size_t *at, struct error *err);
	/* Adds the meaning of the text, shown beside it: "13:30 UTC, 32m ago". */
	void (*gloss)(void *owner, int field, const char *text, struct str *out);
	/*
	 * Adds words that complete a text field; Tab inserts what they have in common, Ctrl-n and Ctrl-p one
	 * after the other.
	 */
	void (*complete)(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words);
	/* The user changed a field: the owner may show, hide and set other fields. */
	void (*changed)(void *owner, int field);
};

/* The keys of every form, for the help. */
struct form_key {
	const char *keys, *help;
};

extern const struct form_key form_keys[];
extern const size_t form_key_count;

enum form_result { FORM_UNUSED, FORM_HANDLED, FORM_ACCEPTED, FORM_GIVEN_UP };

struct form *form_new(const struct form_ops *ops, void *owner);
void form_free(struct form *f);                               /* NULL is allowed */
int form_add(struct form *f, const struct form_field *field); /* its number, from 0 on */

enum form_result form_key(struct form *f, key_code key);
/*
 * Row and column within the area drawn last. A click focuses, ticks or changes a field; it does not accept the
 * form.
 */
void form_click(struct form *f, int row, int col);
void form_draw(struct form *f, const struct area *a); /* places the cursor too */
/* True while a field has the focus: for view_ops.typing, so that letters start no action. */
bool form_is_typing(const struct form *f);
void form_help(const struct form *f, struct str *out);  /* about the field with the focus: for view_ops.note */
void form_hints(const struct form *f, struct str *out); /* which keys do what: view_ops.footer */

const char *form_text(const struct form *f, int field); /* never NULL; "" for a toggle that is off */
size_t form_chosen(const struct form *f, int field);
bool form_is_on(const struct form *f, int field);
bool form_is_shown(const struct form *f, int field);
int form_focused(const struct form *f); /* -1: nothing can have it */

void form_set_text(struct form *f, int field, const char *text);
void form_set_chosen(struct form *f, int field, size_t option);
void form_show(struct form *f, int field, bool shown); /* hidden ones are not checked */
void form_focus(struct form *f, int field);
/* Shows under the field why it was not accepted, until it is changed; `at` SIZE_MAX: at no place in it. */
void form_fault(struct form *f, int field, size_t at, const char *why);

#endif
