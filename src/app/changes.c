/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/changes.h"

#include <string.h>

#include "model/clone_work.h"
#include "model/produce_work.h"
#include "model/reset_work.h"
#include "model/topic_work.h"

void changes_note(struct cluster *c, enum changed_kind kind, const char *name, enum severity severity, const char *text)
{
	demand_add_change(c->changes,
		&(struct change_note){ .number = ++c->change_number,
			.kind = kind,
			.name = (char *)(uintptr_t)name,
			.severity = severity,
			.text = (char *)(uintptr_t)text });
	cluster_dirty(c);
}

static void reset_ended(struct cluster *c, const struct work *w)
{
	const struct reset_apply_input *in = w->input;
	const struct reset_result *r = w->output;
	const char *group = in->confirmed->request->group;
	enum severity severity = r ? reset_outcome_severity(r->outcome) : SEVERITY_WARN;
	struct str text = { 0 };

	str_addf(&text, "%sreset %s", in->wait_ms ? "armed " : "", r ? reset_outcome_name(r->outcome) : "failed");
	if (r && r->outcome == RESET_DONE)
		str_addf(&text, ": %zu of %zu partitions verified", r->ok_count, r->row_count);
	else if (r && r->why)
		str_addf(&text, ": %s", r->why);
	else if (!r)
		str_addf(&text, ": %s", w->err.message);
	changes_note(c, CHANGED_GROUP, group, severity, str_text(&text));
	if (in->wait_ms)
		cluster_messagef(c, severity, "%s: %s", group, str_text(&text));
	str_release(&text);
}

static void topic_ended(struct cluster *c, const struct work *w)
{
	const struct topic_plan *plan = w->output;

	for (size_t i = 0; plan && i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];
		bool good = s->state == JOURNAL_DONE;
		struct str text = { 0 };

		if (s->refusal)
			continue;
		str_addf(&text, "%s with weir: %s", topic_step_verb(s->kind), journal_state_name(s->state));
		if (!good && s->result)
			str_addf(&text, ": %s", s->result);
		changes_note(c, s->of_broker ? CHANGED_BROKER : CHANGED_TOPIC, s->name,
			good ? SEVERITY_OK : SEVERITY_WARN, str_text(&text));
		str_release(&text);
	}
}

/* One note for each topic, without an event: events of a user who produces a lot would hide all others. */
static void produce_ended(struct cluster *c, const struct work *w)
{
	const struct produce_job *job = w->input;

	for (size_t i = 0; w->output && i < job->count; i++) {
		bool seen = false;

		for (size_t k = i; k-- > 0 && i - k < CHANGE_NOTES_KEPT && !seen;)
			seen = strcmp(job->records[k].topic, job->records[i].topic) == 0;
		if (!seen)
			changes_note(c, CHANGED_TOPIC, job->records[i].topic, SEVERITY_NONE, NULL);
	}
}

void changes_work_ended(void *data, const struct work *w)
{
	struct cluster *c = data;

	if (w->kind == WORK_RESET_APPLY)
		reset_ended(c, w);
	else if (w->kind == WORK_TOPIC_APPLY)
		topic_ended(c, w);
	else if (w->kind == WORK_PRODUCE)
		produce_ended(c, w);
	else if (w->kind == WORK_TOPIC_CLONE && !((const struct clone_order *)w->input)->request.where)
		changes_note(c, CHANGED_TOPIC, ((const struct clone_order *)w->input)->request.target,
			w->ok ? SEVERITY_OK : SEVERITY_WARN,
			w->ok ? "clone with weir: done" : "clone with weir: not done");
}
