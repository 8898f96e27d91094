/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/panes_form.h"

static struct panes *panes_of(const struct view *v)
{
	return v->state;
}

void panes_draw_form(const struct view *v, const struct area *a, const char *wrong)
{
	struct area above = area_rows(a, 0, wrong ? a->rows - 1 : a->rows);

	form_draw(panes_of(v)->form, &above);
	if (wrong)
		draw_text(a, a->rows - 1, 1, a->cols - 1, ROLE_WARN, wrong);
}

bool panes_typing(const struct view *v)
{
	return panes_of(v)->form && form_is_typing(panes_of(v)->form);
}

bool panes_form_key(struct view *v, key_code code, void (*accepted)(struct view *v))
{
	enum form_result result = panes_of(v)->form ? form_key(panes_of(v)->form, code) : FORM_UNUSED;

	if (result == FORM_GIVEN_UP)
		v->ui->calls->back(v->ui);
	else if (result == FORM_ACCEPTED)
		accepted(v);
	return result != FORM_UNUSED;
}
