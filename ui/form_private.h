/* SPDX-License-Identifier: BSD-2-Clause */
/* What form.c and form_draw.c share. */
#ifndef UI_FORM_PRIVATE_H
#define UI_FORM_PRIVATE_H

#include "ui/form.h"
#include "ui/line.h"

struct field {
	enum form_kind kind;
	char *label, *placeholder, *help;
	struct form_option *options; /* texts owned */
	size_t option_count, chosen;
	struct line line; /* text; a toggle: empty is off */
	bool hidden;
	char *fault; /* NULL: none known */
	size_t fault_at;
	int row;    /* in the whole form, as laid out for the last picture; -1: not shown */
	int scroll; /* cells of the text scrolled out at the left */
};

struct form {
	const struct form_ops *ops;
	void *owner;
	struct field *fields;
	size_t count, cap;
	size_t focus;              /* count: nothing */
	struct prompt_words words; /* for the field with the focus */
	int word;                  /* the word that was inserted; -1: none */
	bool listing;              /* the options of the choice with the focus are listed below it */
	size_t chosen_before;      /* when the list was opened: for Esc */
	int top;                   /* first row on the screen */
	int rows, value_col;       /* of the last picture */
};

bool form_can_focus(const struct field *field);
const struct field *form_focused_field(const struct form *f);
/* form.c: the user, not the owner, changed the field with the focus. */
void form_touched(struct form *f);

/* form_choice.c */
bool form_has_list(const struct field *field);           /* Enter and Space list its options */
bool form_choice_open(struct form *f);                   /* false: the field with the focus has no list */
bool form_choice_key(struct form *f, key_code key);      /* of a choice with the focus; false: not for it */
bool form_choice_list_key(struct form *f, key_code key); /* while listing; false: closed, the key is not used */
bool form_choice_click(struct form *f, int row);         /* true: an option of the open list */
int form_choice_rows(const struct form *f);              /* of the open list */
size_t form_choice_first(const struct form *f);          /* the option in its first row */

#endif
