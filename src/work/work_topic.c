/* SPDX-License-Identifier: BSD-2-Clause */
#include "work/work_topic.h"

#include "change/journal.h"
#include "change/topic_execute.h"
#include "change/topic_make.h"
#include "model/topic_work.h"
#include "work/work_admin.h"

static struct topic_plan *plan_undo(const struct topic_asker *asker, const char *id, struct error *err)
{
	const struct journal_entry *e;
	struct topic_plan *plan = NULL;
	struct journal_list list;

	if (journal_read(&list, err)) {
		e = journal_find(&list, id);
		if (e)
			plan = topic_make_undo(asker, e, err);
		else
			error_set(err, ERR_USAGE, "no change %s in the journal", id);
	}
	journal_list_release(&list);
	return plan;
}

void work_topic_plan(struct work *w, const struct work_setup *setup)
{
	const struct topic_request *r = w->input;
	struct admin *a = work_admin_open(w, setup);
	const struct topic_asker asker = { a, setup->gate.client, setup->gate.pin.bootstrap, setup->gate.timeout_ms,
		work_admin_cancelled, w };

	w->output_free = topic_plan_free_output;
	if (!a)
		return;
	w->output = r->undo_of ? plan_undo(&asker, r->undo_of, &w->err) : topic_make_plan(&asker, r, &w->err);
	w->ok = w->output != NULL;
	admin_close(a);
}

void work_topic_apply(struct work *w, const struct work_setup *setup)
{
	struct topic_apply_input *in = w->input;
	const struct topic_host host = { .gate = &setup->gate,
		.undo_of = in->undo_of,
		.cancelled = work_admin_cancelled,
		.data = w };
	struct admin *a = work_admin_open(w, setup);
	struct topic_plan *plan = in->plan;

	w->output_free = topic_plan_free_output;
	if (!a)
		return;
	in->plan = NULL;
	w->output = plan;
	w->ok = topic_execute(a, plan, &host);
	if (!w->ok)
		error_set(&w->err, ERR_KAFKA, "not everything was applied");
	for (size_t i = 0; !w->ok && i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];

		if (s->state != JOURNAL_DONE && s->result) {
			error_set(&w->err, ERR_KAFKA, "%s: %s", s->name, s->result);
			break;
		}
	}
	admin_close(a);
}
