/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines above the table of a plan or of its result (views/change/change.h). */
#include <stdio.h>
#include <string.h>

#include "views/change/change.h"
#include "views/wrap.h"

static void say_step(const struct topic_step *s, struct str *out)
{
	str_add_char(out, '\n');
	topic_step_title(s, out);
	str_addf(out, ": %s", s->summary);
}

static void say_end(const struct topic_step *s, struct str *out)
{
	if (s->refusal)
		str_addf(out, "\n  ! %s", s->refusal);
	else if (s->state != JOURNAL_DONE)
		str_addf(out, "\n  ! %s: %s", s->name, s->result ? s->result : "not started");
	else
		say_step(s, out);
}

void change_say_ends(const struct topic_plan *plan, const char *cluster, struct str *out)
{
	size_t done = 0;

	for (size_t i = 0; i < plan->step_count; i++)
		done += !plan->steps[i].refusal && plan->steps[i].state == JOURNAL_DONE;
	if (done == plan->step_count)
		str_addf(out, "done and verified on %s; Esc goes back", cluster);
	else if (plan->step_count == 1)
		str_add(out, "! not applied as planned; Esc goes back");
	else
		str_addf(out, "! %zu of %zu done; Esc goes back", done, plan->step_count);
	/* Failures first, because the end of a long list is cut. */
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

		say_step(s, out);
		for (size_t k = 0; k < s->warning_count; k++)
			str_addf(out, "\n  ~ %s", s->warnings[k]);
		if (s->refusal)
			str_addf(out, "\n  ! %s", s->refusal);
	}
}

/* From `row` on, as far as there is room; the row after it, or 0 when it does not fit. */
static int draw_line(const struct area *a, int row, const char *line, bool failed)
{
	bool warns =
		strncmp(line, "  ! ", 4) == 0 || strncmp(line, "  ~ ", 4) == 0 || *line == '!' || (row == 0 && failed);
	int col = 1 + (int)strspn(line, " ");
	enum role role = warns ? ROLE_WARN : row == 0 ? ROLE_DIM : ROLE_TEXT;

	line += col - 1;
	return row + wrap_lines(line, a->cols - col) > a->rows ? 0 : wrap_draw(a, row, col, role, line);
}

int change_draw_lines(const struct area *a, char *text, bool failed)
{
	struct area top = area_rows(a, 0, a->rows / 2);
	int row = 0;
	size_t left = 0;
	char more[96];

	for (char *save = NULL, *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		int after = left ? 0 : draw_line(&top, row, line, failed);

		left += !after;
		row = after ? after : row;
	}
	if (left) {
		snprintf(more, sizeof(more), "and %zu more lines; the rows below have them too", left);
		draw_text(a, row++, 1, a->cols - 1, ROLE_DIM, more);
	}
	return row;
}
