/* SPDX-License-Identifier: BSD-2-Clause */
/* What a plan and its end say in words, above their table (views/change.h). */
#include <string.h>

#include "views/change.h"

static void say_end(const struct topic_step *s, struct str *out)
{
	if (s->refusal)
		str_addf(out, "\n  ! %s", s->refusal);
	else if (s->state != JOURNAL_DONE)
		str_addf(out, "\n  ! %s: %s", s->name, s->result ? s->result : "not begun");
	else
		str_addf(out, "\n%s %s: %s", topic_step_verb(s->kind), s->name, s->summary);
}

void change_say_ends(const struct topic_plan *plan, struct str *out)
{
	size_t done = 0;

	for (size_t i = 0; i < plan->step_count; i++)
		done += !plan->steps[i].refusal && plan->steps[i].state == JOURNAL_DONE;
	if (done == plan->step_count)
		str_add(out, "done and verified; Esc goes back");
	else if (plan->step_count == 1)
		str_add(out, "! not done as planned; Esc goes back");
	else
		str_addf(out, "! %zu of %zu done; Esc goes back", done, plan->step_count);
	/* What went wrong first: the end of a long list is cut. */
	for (size_t i = 0; i < plan->step_count; i++)
		if (plan->steps[i].refusal || plan->steps[i].state != JOURNAL_DONE)
			say_end(&plan->steps[i], out);
	for (size_t i = 0; i < plan->step_count; i++)
		if (!plan->steps[i].refusal && plan->steps[i].state == JOURNAL_DONE)
			say_end(&plan->steps[i], out);
}

void change_say_plan(const struct topic_plan *plan, struct str *out)
{
	for (size_t i = 0; i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];

		str_addf(out, "\n%s %s: %s", topic_step_verb(s->kind), s->name, s->summary);
		for (size_t k = 0; k < s->warning_count; k++)
			str_addf(out, "\n  ! %s", s->warnings[k]);
		if (s->refusal)
			str_addf(out, "\n  ! %s", s->refusal);
	}
}
