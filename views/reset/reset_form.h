/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 1 of a reset: the form that says which partitions, and to where. */
#ifndef VIEWS_RESET_FORM_H
#define VIEWS_RESET_FORM_H

#include "model/reset.h"
#include "ui/form.h"
#include "ui/view.h"

struct reset_start;

struct reset_form {
	struct form *form; /* NULL: there is none, the request came whole (an undo, a deletion) */
	int state, scope, topics, new_topics, create, strategy; /* its fields */
	int offset, time, duration, shift, other, file, skip;
	char *targets_file; /* targets are read from there, or NULL */
	int cols;           /* as drawn last */
};

void reset_form_new(struct view *v, const struct reset_start *start);
bool reset_form_request(struct view *v, struct error *err); /* makes it the view's request */
void reset_form_update(struct view *v);                     /* the list of groups may have changed */
void reset_form_draw(struct view *v, const struct area *a);
int reset_form_top(const struct view *v, int cols); /* rows above the form */

/* reset_fields.c: what its fields may hold; form_ops, and what the request takes of them */
/* Takes "column 7: " off the message, of a word that stands at `from` of the text; without it *at stays. */
void reset_place_fault(size_t *at, size_t from, struct error *err);
bool reset_parse_topics(struct reset_request *r, const char *text, size_t *at, struct error *err);
bool reset_parse_value(struct view *v, int field, const char *text, struct reset_how *how, size_t *at,
	struct error *err);
bool reset_field_check(void *owner, int field, const char *text, size_t *at, struct error *err);
void reset_field_gloss(void *owner, int field, const char *text, struct str *out);
void reset_field_complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words);

#endif
