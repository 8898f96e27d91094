/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fields to fill in, one below the other, in any area: a pane or a part of one.
 * Tab, Shift-Tab and arrows go from field to field, Enter to the next one and
 * from the last one (or a button) on to FORM_ACCEPTED, which every field that
 * is shown must have passed its check for; Esc is FORM_GIVEN_UP and asks nothing.
 * While a form has the focus its view hands it every key (view_ops.key): letters
 * are text, and start no action. Texts given are copied. UI thread.
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
	FORM_FIXED,               /* read only */
	FORM_TEXT,                /* one line */
	FORM_CHOICE,              /* one of its options: Left and Right go round, letters jump, Enter and Space list them */
	FORM_TOGGLE,              /* Space */
	FORM_BUTTON,              /* Enter on it accepts the form */
};

struct form_option {
	const char *label;
	const char *help;         /* one line, or NULL */
};

struct form_field {
	enum form_kind kind;
	const char *label;
	const char *text;         /* at first; of a toggle: not empty is on; NULL: empty */
	const char *placeholder;  /* shown while it is empty, or NULL */
	const char *help;         /* for the last line, or NULL */
	const struct form_option *options;
	size_t option_count;
	size_t chosen;            /* option at first */
};

/* Fields are named by the number form_add() gave; members may be NULL. */
struct form_ops {
	/*
	 * False: the text cannot be taken. *at is the byte that err is about, or SIZE_MAX: none. Called when a
	 * text field is left and when the form is to be accepted; must be pure.
	 */
	bool (*check)(void *owner, int field, const char *text, size_t *at, struct error *err);
	/* What the text means, shown beside it: "13:30 UTC, 32m ago". */
	void (*gloss)(void *owner, int field, const char *text, struct str *out);
	/* Words that complete a text field; Tab puts in what they share, Ctrl-n and Ctrl-p one after the other. */
	void (*complete)(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words);
	/* The user changed a field: the owner may show, hide and set others. */
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
void form_free(struct form *f);                                 /* NULL is allowed */
int form_add(struct form *f, const struct form_field *field);   /* its number, from 0 on */

enum form_result form_key(struct form *f, key_code key);
/* Row and column within the area drawn last. A click gives the focus, ticks and goes round; accepts nothing. */
void form_click(struct form *f, int row, int col);
void form_draw(struct form *f, const struct area *a);           /* places the cursor too */
/* True while any field has the focus: for view_ops.typing, so that no letter becomes an action. */
bool form_is_typing(const struct form *f);
void form_help(const struct form *f, struct str *out);          /* of the field with the focus: view_ops.note */
void form_hints(const struct form *f, struct str *out);         /* which keys do what: view_ops.footer */

const char *form_text(const struct form *f, int field);         /* never NULL; "" for a toggle that is off */
size_t form_chosen(const struct form *f, int field);
bool form_is_on(const struct form *f, int field);
bool form_is_shown(const struct form *f, int field);
int form_focused(const struct form *f);                         /* -1: nothing can have it */
bool form_was_changed(const struct form *f);                    /* by the user */

void form_set_text(struct form *f, int field, const char *text);
void form_set_chosen(struct form *f, int field, size_t option);
void form_show(struct form *f, int field, bool shown);          /* hidden ones are not checked */
void form_focus(struct form *f, int field);
/* Says under the field why it was not taken, until it is changed; at SIZE_MAX: about no place in it. */
void form_fault(struct form *f, int field, size_t at, const char *why);

#endif
