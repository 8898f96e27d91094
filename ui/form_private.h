/* SPDX-License-Identifier: BSD-2-Clause */
/* What form.c and form_draw.c share. */
#ifndef UI_FORM_PRIVATE_H
#define UI_FORM_PRIVATE_H

#include "ui/form.h"
#include "ui/line.h"

struct field {
	enum form_kind kind;
	char *label, *placeholder, *help;
	struct form_option *options;       /* texts owned */
	size_t option_count, chosen;
	struct line line;                  /* text; a toggle: empty is off */
	bool hidden;
	char *fault;                       /* NULL: none known */
	size_t fault_at;
	int row;                           /* of the whole form, as laid out for the last picture; -1: nowhere */
	int scroll;                        /* cells of the text scrolled off the left */
};

struct form {
	const struct form_ops *ops;
	void *owner;
	struct field *fields;
	size_t count, cap;
	size_t focus;                      /* count: nothing */
	bool changed;
	struct prompt_words words;         /* for the field with the focus */
	int word;                          /* the one put in; -1: none */
	int top;                           /* first row on the screen */
	int rows, value_col;               /* of the last picture */
};

bool form_can_focus(const struct field *field);
const struct field *form_focused_field(const struct form *f);

#endif
