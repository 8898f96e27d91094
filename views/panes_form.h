/* SPDX-License-Identifier: BSD-2-Clause */
/* For a view that begins with a form before its tables: `form` of its struct panes. UI thread. */
#ifndef VIEWS_PANES_FORM_H
#define VIEWS_PANES_FORM_H

#include "views/panes.h"

/* The form, and below it what is wrong (NULL: nothing). */
void panes_draw_form(const struct view *v, const struct area *a, const char *wrong);
bool panes_typing(const struct view *v);
/* For view_ops.key of a view that begins with a form: Escape goes back, `accepted` is called when the form is done. */
bool panes_form_key(struct view *v, key_code code, void (*accepted)(struct view *v));

#endif
