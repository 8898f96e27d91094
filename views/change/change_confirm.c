/* SPDX-License-Identifier: BSD-2-Clause */
/* The question before a plan is applied (views/change/change.h). */
#include <stdlib.h>

#include "base/mem.h"
#include "ui/confirm.h"
#include "views/change/change.h"
#include "views/cluster_label.h"

static size_t most_lines(const struct topic_plan *plan)
{
	size_t count = 1;

	for (size_t i = 0; i < plan->step_count; i++)
		count += 1 + plan->steps[i].warning_count;
	return count;
}

static size_t say_steps(struct topic_plan *plan, struct confirm_line *lines)
{
	size_t count = 0, left_out = 0;

	for (size_t i = 0; i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];

		left_out += s->refusal != NULL;
		if (s->refusal)
			continue;
		lines[count++] = (struct confirm_line){ topic_plan_text(plan, "%s: %s", s->name, s->summary),
			s->wants_name ? SEVERITY_CRIT : SEVERITY_NONE };
		for (size_t k = 0; k < s->warning_count; k++)
			lines[count++] = (struct confirm_line){ s->warnings[k], SEVERITY_WARN };
	}
	if (left_out)
		lines[count++] = (struct confirm_line){ topic_plan_text(plan, "%zu refused, left out", left_out),
			SEVERITY_WARN };
	return count;
}

void change_confirm(struct view *v, struct topic_plan *plan, void (*done)(struct ui *ui, void *data, bool yes))
{
	static const char *const verbs[] = { "create", "apply", "delete", "add partitions", "delete the records",
		"elect" };
	const struct topic_step *first = &plan->steps[0];
	struct confirm_line *lines = mem_alloc(most_lines(plan) * sizeof(*lines));
	struct str names = { 0 }, title = { 0 };
	size_t named = topic_plan_names(plan, v->ui->is_protected, &names);
	const char *kind = first->of_broker ? "broker id" : "topic name";

	topic_plan_title(plan, &title);
	str_add(&title, " on ");
	cluster_label(&title, v->ui, plan->cluster_id);
	_Static_assert(sizeof(verbs) / sizeof(verbs[0]) == TOPIC_STEP_KIND_COUNT, "a verb for each kind");
	/* For several topics their number is typed: nobody would type a dozen names. */
	if (named > TOPIC_NAMED_MOST) {
		str_clear(&names);
		str_addf(&names, "%zu", named);
		kind = "number of topics";
	}
	v->ui->calls->confirm(v->ui,
		&(struct confirm_ask){ .title = str_text(&title),
			.lines = lines,
			.count = say_steps(plan, lines),
			.name = named ? names.p : NULL,
			.what = kind,
			.verb = verbs[first->kind] },
		done, v);
	free(lines);
	str_release(&names);
	str_release(&title);
}
