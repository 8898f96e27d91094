/* SPDX-License-Identifier: BSD-2-Clause */
/* From a plan to its result: the question, the wait for an empty group. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/format.h"
#include "model/reset_text.h"
#include "model/when.h"
#include "ui/confirm.h"
#include "views/cluster_label.h"
#include "views/reset/reset_state.h"

enum { WATCH_MS = 60000, LINES_MAX = 8 };

/* The work may go on for a minute, because it watches for the group's first commit. */
static void say_applied(struct view *v)
{
	static const char fired[] = "armed reset applied; watching for the group's first commit";
	const char *group = reset_state(v)->request.group;
	char *message = mem_printf("%s: %s", group, fired);

	v->ui->calls->touched(v->ui, CHANGED_GROUP, group, SEVERITY_OK, fired);
	v->ui->calls->message(v->ui, SEVERITY_OK, message);
	free(message);
}

static void apply_progress(struct view *v, struct work *w)
{
	struct reset_state *st = reset_state(v);
	enum reset_phase before = st->run.progress->phase;
	struct reset_progress *news = mailbox_take(&w->news);

	if (!news)
		return;
	reset_progress_free(st->run.progress);
	st->run.progress = news;
	st->run.told_ms = clock_mono_ms();
	if (st->run.progress->phase == RESET_PHASE_WATCHING && before != RESET_PHASE_WATCHING)
		say_applied(v);
	v->ui->calls->changed(v->ui);
}

/* Nothing was changed because the plan differs now; the new one is shown and must be confirmed. */
static void confirm_anew(struct view *v, struct reset_result *result)
{
	struct reset_state *st = reset_state(v);
	char *why = mem_printf("nothing was applied, because the plan has changed since you confirmed it: %s",
		result->why ? result->why : "it differs");

	reset_set_plan(st, result->plan);
	result->plan = NULL;
	mem_replace(&st->check.failed, why);
	reset_result_free(result);
	free(why);
}

static void apply_ended(struct view *v, struct work *w)
{
	struct reset_state *st = reset_state(v);
	struct reset_apply_input *in = w->input;
	struct reset_result *result = w->output;

	st->run.applying = false;
	reset_progress_free(st->run.progress);
	st->run.progress = NULL;
	w->output = NULL;
	if (!result) {
		/* The work did not start: take the plan back. */
		mem_replace(&st->check.failed, w->err.message[0] ? w->err.message : "the reset did not start");
		in->confirmed = NULL;
		st->check.lent = false;
	} else if (result->outcome == RESET_CHANGED && result->plan) {
		confirm_anew(v, result);
	} else {
		reset_set_plan(st, NULL);
		reset_result_free(st->finish.result);
		st->finish.result = result;
		st->finish.at_ms = clock_mono_ms();
		st->finish.seen_ms = 0;
		st->step = STEP_RESULT;
		st->panes.active = PANE_RESULT;
		table_update(panes_table(v, PANE_RESULT));
	}
	work_free(w);
	v->ui->calls->changed(v->ui);
}

static void apply_begin(struct view *v)
{
	struct reset_state *st = reset_state(v);
	struct reset_apply_input *in = mem_alloc(sizeof(*in));
	char *title = mem_printf("reset of %s", group_id_shown(st->request.group));
	struct work *w;

	in->confirmed = st->check.plan;
	in->bounds = reset_plan_bounds(st->check.plan);
	in->wait_ms = st->run.wait_ms;
	in->watch_ms = st->run.wait_ms ? WATCH_MS : 0;
	st->check.lent = true;
	st->run.applying = true;
	st->run.progress = mem_alloc(sizeof(*st->run.progress));
	st->run.progress->left_ms = st->run.wait_ms;
	st->run.told_ms = clock_mono_ms();
	mem_replace(&st->check.failed, NULL);
	w = work_new(WORK_RESET_APPLY, title, in, reset_apply_input_free);
	w->mutates = true;
	v->ui->calls->work(v->ui, v, w, apply_progress, apply_ended);
	free(title);
}

static void apply_answered(struct ui *ui, void *data, bool yes)
{
	struct view *v = data;

	if (yes && reset_state(v)->check.plan && !reset_state(v)->check.planning)
		apply_begin(v);
	else if (!yes)
		ui->calls->message(ui, SEVERITY_NONE, "nothing was changed");
}

static void add_bounds(struct str *out, const struct reset_plan *plan)
{
	struct reset_bounds bounds = reset_plan_bounds(plan);

	str_add(out, "Recalculated when applied; you are asked again if it would skip more than ");
	format_count(out, bounds.most_skipped);
	str_add(out, " or re-read more than ");
	format_count(out, bounds.most_again);
}

struct question {
	struct confirm_line lines[LINES_MAX];
	char *texts[LINES_MAX];
	size_t count;
};

static void add_line(struct question *q, enum severity severity, struct str *text)
{
	q->texts[q->count] = str_take(text);
	q->lines[q->count] = (struct confirm_line){ q->texts[q->count], severity };
	q->count++;
}

static void add_armed(struct question *q, const struct reset_state *st)
{
	struct str text = { 0 };

	str_add(&text, "The group still has members. weir waits up to ");
	format_duration(&text, st->run.wait_ms);
	str_add(&text, " until it is empty, then changes the offsets without asking again. Ctrl-c cancels the wait.");
	add_line(q, SEVERITY_WARN, &text);
}

static void build_question(const struct view *v, struct question *q)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_plan *p = st->check.plan;
	struct str text = { 0 };

	/* The title says on which cluster. */
	reset_plan_effect(&text, p, NULL);
	add_line(q, reset_plan_needs_name(p) ? SEVERITY_CRIT : SEVERITY_WARN, &text);
	reset_describe_how(&text, &p->request->how, p->request, v->ui->utc);
	if (p->request->edit_count)
		str_addf(&text, ", %zu rows edited", p->request->edit_count);
	add_line(q, SEVERITY_NONE, &text);
	if (p->excluded) {
		str_addf(&text, "%zu partition%s left out: press ! in the plan to see why", p->excluded,
			p->excluded == 1 ? " is" : "s are");
		add_line(q, SEVERITY_WARN, &text);
	}
	if (st->run.wait_ms)
		add_armed(q, st);
	if (p->is_simple && p->commits) {
		str_add(&text,
			"No subscribed members. Consumers that use assign() are invisible here and could overwrite these "
			"offsets.");
		add_line(q, SEVERITY_WARN, &text);
	}
	if (p->commits) {
		add_bounds(&text, p);
		add_line(q, SEVERITY_NONE, &text);
	}
}

static void apply_ask(struct view *v)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_plan *p = st->check.plan;
	struct str title = { 0 };
	struct question q = { .count = 0 };
	bool named = reset_plan_needs_name(p) || v->ui->is_protected;

	str_addf(&title, "reset group %s on ", group_id_shown(p->request->group));
	cluster_label(&title, v->ui, p->cluster_id);
	build_question(v, &q);
	v->ui->calls->confirm(v->ui,
		&(struct confirm_ask){ .title = str_text(&title),
			.lines = q.lines,
			.count = q.count,
			.name = named ? group_id_shown(p->request->group) : NULL,
			.what = "group name",
			.verb = st->run.wait_ms ? "arm the reset" : "apply the reset" },
		apply_answered, v);
	for (size_t i = 0; i < q.count; i++)
		free(q.texts[i]);
	str_release(&title);
}

static void ask_deadline(struct view *v, const char *text, const char *fault);

static void take_deadline(struct ui *ui, void *data, const char *text)
{
	struct view *v = data;
	struct reset_state *st = reset_state(v);
	struct error err;
	size_t at;

	if (!text) {
		ui->calls->message(ui, SEVERITY_NONE, "nothing was changed");
		return;
	}
	if (!when_parse_duration(text, strlen(text), &st->run.wait_ms, &at, &err)) {
		ask_deadline(v, text, err.message);
		return;
	}
	if (st->run.wait_ms <= 0)
		ask_deadline(v, text, "give a duration, for example 10m");
	else if (st->check.plan)
		apply_ask(v);
}

static void ask_deadline(struct view *v, const char *text, const char *fault)
{
	v->ui->calls->prompt(v->ui, "wait for the group to become empty, at most: ", text, NULL, NULL, take_deadline,
		v);
	if (fault)
		v->ui->calls->prompt_fault(v->ui, strlen(text), fault);
}

void reset_apply_ask(struct view *v)
{
	struct reset_state *st = reset_state(v);
	struct str why = { 0 };

	st->run.wait_ms = 0;
	if (st->check.plan->refusal == RESET_ACTIVE) {
		ask_deadline(v, "10m", NULL);
		return;
	}
	if (st->check.plan->refusal == RESET_ALLOWED) {
		apply_ask(v);
		return;
	}
	reset_check_why_not(st, &why);
	v->ui->calls->message(v->ui, SEVERITY_WARN, str_text(&why));
	str_release(&why);
}

void reset_apply_lines(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_progress *p = st->run.progress;
	int64_t left;

	if (!st->run.applying)
		return;
	if (p->phase == RESET_PHASE_WATCHING) {
		str_add(out, "applied; waiting for the group's next commit (Ctrl-c stops waiting)");
		return;
	}
	if (p->phase != RESET_PHASE_WAITING) {
		str_addf(out, "%s ...", reset_phase_name(p->phase));
		return;
	}
	left = p->left_ms - (clock_mono_ms() - st->run.told_ms);
	str_add(out, "armed: waiting until the group is empty, ");
	format_duration(out, left > 0 ? left / 1000 * 1000 : 0);
	str_add(out, " left (Ctrl-c cancels)");
	for (size_t i = 0; i < p->member_count && i < 3; i++)
		str_addf(out, "%s %s at %s", i ? "," : "; still a member:", p->members[i].client_id,
			p->members[i].host);
	if (p->member_count > 3)
		str_addf(out, " and %zu more", p->member_count - 3);
}
