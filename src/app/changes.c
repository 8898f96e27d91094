/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What follows a change of the cluster, whichever view began it and whether that
 * is still open: the sampler learns what was touched, the change is an event, and
 * the end of an armed reset is told wherever the user is by then.
 */
#include "app/app_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/clone_work.h"
#include "model/produce_work.h"
#include "model/reset_work.h"
#include "model/topic_work.h"
#include "views/views.h"

void app_note_change(struct app *app, enum changed_kind kind, const char *name, enum severity severity,
	const char *text)
{
	demand_add_change(app->changes, &(struct change_note){ .number = ++app->change_number, .kind = kind,
		.name = (char *)(uintptr_t)name, .severity = severity, .text = (char *)(uintptr_t)text });
	app->dirty = true;
}

static void reset_ended(struct app *app, const struct work *w)
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
	app_note_change(app, CHANGED_GROUP, group, severity, str_text(&text));
	if (in->wait_ms) {
		struct str message = { 0 };

		str_addf(&message, "%s: %s", group, str_text(&text));
		app_message(app, severity, str_text(&message));
		str_release(&message);
	}
	str_release(&text);
}

static void topic_ended(struct app *app, const struct work *w)
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
		app_note_change(app, s->of_broker ? CHANGED_BROKER : CHANGED_TOPIC, s->name, good ? SEVERITY_OK : SEVERITY_WARN,
			str_text(&text));
		str_release(&text);
	}
}

/* One note for each topic. What was sent is no event: a session of writing would be nothing else. */
static void produce_ended(struct app *app, const struct work *w)
{
	const struct produce_job *job = w->input;

	for (size_t i = 0; w->output && i < job->count; i++) {
		bool seen = false;

		for (size_t k = i; k-- > 0 && i - k < CHANGE_NOTES_KEPT && !seen;)
			seen = strcmp(job->records[k].topic, job->records[i].topic) == 0;
		if (!seen)
			app_note_change(app, CHANGED_TOPIC, job->records[i].topic, SEVERITY_NONE, NULL);
	}
}

void app_work_ended(void *data, const struct work *w)
{
	struct app *app = data;

	if (w->kind == WORK_RESET_APPLY)
		reset_ended(app, w);
	else if (w->kind == WORK_TOPIC_APPLY)
		topic_ended(app, w);
	else if (w->kind == WORK_PRODUCE)
		produce_ended(app, w);
	else if (w->kind == WORK_TOPIC_CLONE && !((const struct clone_order *)w->input)->request.where)
		app_note_change(app, CHANGED_TOPIC, ((const struct clone_order *)w->input)->request.target,
			w->ok ? SEVERITY_OK : SEVERITY_WARN, w->ok ? "clone with weir: done" : "clone with weir: not done");
}

/* The one whose deadline is next. NULL: nothing is armed. */
static struct view *armed_view(const struct app *app, int *tab, int64_t *until_ms)
{
	struct view *found = NULL;

	for (int i = 0; i < app->tab_count; i++) {
		for (size_t k = 0; k < app->tabs[i].count; k++) {
			struct view *v = app->tabs[i].panes[k].view;
			int64_t until = v->ops->armed ? v->ops->armed(v, NULL) : -1;

			if (until < 0 || (found && until >= *until_ms))
				continue;
			found = v;
			*until_ms = until;
			*tab = i;
		}
	}
	return found;
}

/* Whole minutes until the last one: an idle screen is not written to every second. */
bool app_armed_word(const struct app *app, struct str *out)
{
	int64_t until_ms, left_s;
	int tab;
	struct view *v = armed_view(app, &tab, &until_ms);

	if (!v)
		return false;
	v->ops->armed(v, out);
	left_s = (until_ms - clock_mono_ms() + 999) / 1000;
	if (left_s > 60)
		str_addf(out, " %dm", (int)((left_s + 59) / 60));
	else
		str_addf(out, " %ds", left_s > 0 ? (int)left_s : 0);
	return true;
}

int64_t app_armed_change(const struct app *app)
{
	int64_t until_ms, now_ms = clock_mono_ms(), left_ms, step_ms;
	int tab;

	if (!armed_view(app, &tab, &until_ms))
		return -1;
	left_ms = until_ms - now_ms;
	step_ms = left_ms > 60 * 1000 ? 60 * 1000 : 1000;
	return left_ms > 0 ? now_ms + (left_ms - 1) % step_ms + 1 : now_ms + 1000;
}

bool app_show_armed(struct app *app)
{
	int64_t until_ms;
	int tab;
	struct view *v = armed_view(app, &tab, &until_ms);

	if (!v)
		return false;
	if (tab != app->tab)
		app_show_tab(app, tab);
	/* What stands above it may be a change that is under way, which stays. */
	while (app_pane(app)->view != v) {
		const struct view *above = app_pane(app)->view;

		if (!app_back(app) || app_pane(app)->view == above)
			break;
	}
	return true;
}
