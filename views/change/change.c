/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A change of topics or brokers: the form where there is one, the plan, the
 * question, the result.
 */
#include "views/change/change.h"
#include "views/cluster_label.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/config_draft.h"
#include "views/panes_form.h"
#include "views/topic_list.h"
#include "views/views.h"

enum { TOPIC, ITEM, BEFORE, AFTER, NOTE, COLUMN_COUNT };
enum change_stage { STAGE_FORM, STAGE_PLAN, STAGE_RESULT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "name", "NAME", "topic or broker", COLUMN_NAME, 12, 99, .searched = true },
	[ITEM] = { "item", "WHAT", "what is changed", COLUMN_NAME, 18, 98, .searched = true },
	[BEFORE] = { "before", "NOW", "as it is", COLUMN_NAME, 12, 70 },
	[AFTER] = { "after", "THEN", "as it will be", COLUMN_NAME, 14, 90 },
	[NOTE] = { "note", "NOTE", "what you should know", COLUMN_NAME, 14, 60, .optional = true },
};

struct shown {
	size_t step, row; /* row SIZE_MAX: the result of the step; from the step's row_count on: its warnings */
};

struct state {
	struct panes panes; /* first */
	enum change_stage stage;
	struct topic_request *request; /* what the view was opened with; the form writes it anew */
	struct change_form form;       /* form NULL: there is none */
	struct topic_plan *plan;       /* NULL: not made yet, or with the worker */
	struct shown *lines;
	size_t line_count, line_cap;
	bool planning, applying;
	char *failed;
};

static struct state *state_of(const void *owner)
{
	return ((const struct view *)owner)->state;
}

static void change_go(struct state *st, enum change_stage stage)
{
	st->stage = stage;
	st->panes.form = stage == STAGE_FORM ? st->form.form : NULL;
}

static const struct topic_step *step_at(void *owner, size_t row)
{
	return &state_of(owner)->plan->steps[state_of(owner)->lines[row].step];
}

static size_t rows(void *owner)
{
	return state_of(owner)->plan ? state_of(owner)->line_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%zu %zu", state_of(owner)->lines[row].step, state_of(owner)->lines[row].row);
}

static void result_cell(const struct topic_step *s, int column, struct cell *c)
{
	if (column == ITEM)
		cell_text(c, "result");
	else if (column == AFTER)
		cell_text(c, s->refusal ? "refused" : journal_state_name(s->state));
	else if (column == NOTE)
		cell_text(c, s->refusal ? s->refusal : s->result);
	if (column != TOPIC)
		cell_severity(c, s->refusal || s->state != JOURNAL_DONE ? SEVERITY_CRIT : SEVERITY_OK);
}

static void warning_cell(const char *warning, int column, struct cell *c)
{
	if (column == ITEM)
		cell_text(c, "warning");
	else if (column == AFTER)
		cell_text(c, warning);
	if (column != TOPIC)
		cell_severity(c, SEVERITY_WARN);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct topic_step *s = step_at(owner, row);
	size_t at = state_of(owner)->lines[row].row;
	const struct topic_row *r = at < s->row_count ? &s->rows[at] : NULL;
	const char *text = NULL;

	if (column == TOPIC) {
		cell_text(c, s->name);
		return;
	}
	if (!r) {
		if (at == SIZE_MAX)
			result_cell(s, column, c);
		else
			warning_cell(s->warnings[at - s->row_count], column, c);
		return;
	}
	text = column == ITEM ? r->item : column == BEFORE ? r->before : column == AFTER ? r->after : r->note;
	cell_text(c, text ? text : "");
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
};

static void add_line(struct state *st, size_t step, size_t row)
{
	st->lines = mem_grow(st->lines, &st->line_cap, st->line_count + 1, sizeof(*st->lines));
	st->lines[st->line_count++] = (struct shown){ step, row };
}

static void set_plan(struct state *st, struct topic_plan *plan)
{
	topic_plan_free(st->plan);
	st->plan = plan;
	st->line_count = 0;
	for (size_t i = 0; plan && i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];

		if (s->refusal || st->stage == STAGE_RESULT)
			add_line(st, i, SIZE_MAX);
		/* The warnings of a single topic stand above the table; for several topics there is no room there. */
		for (size_t k = 0; k < s->row_count + (plan->step_count > 1 ? s->warning_count : 0); k++)
			add_line(st, i, k);
	}
	table_update(st->panes.items[0].table);
}

static void change_planned(struct view *v, struct work *w)
{
	struct state *st = v->state;

	st->planning = false;
	if (w->ok && w->output) {
		mem_replace(&st->failed, NULL);
		set_plan(st, w->output);
		w->output = NULL;
	} else {
		mem_replace(&st->failed, w->err.message);
		if (st->form.form)
			change_go(st, STAGE_FORM);
	}
	work_free(w);
	v->ui->calls->changed(v->ui);
}

static void ask_plan(struct view *v)
{
	struct state *st = v->state;
	struct topic_request *copy = mem_alloc(sizeof(*copy));

	topic_request_copy(copy, st->request);
	copy->utc = v->ui->utc;
	change_go(st, STAGE_PLAN);
	st->planning = true;
	set_plan(st, NULL);
	v->ui->calls->work(v->ui, v, work_new(WORK_TOPIC_PLAN, "planning a change", copy, topic_request_free), NULL,
		change_planned);
}

/* A draft that the catalogue refuses is not sent to a broker; `e` edits it again. */
static void plan_or_say(struct view *v)
{
	struct state *st = v->state;
	struct error err;
	char *why;
	int line;

	if (!st->request->draft || config_draft_read(st->request, st->request->draft, &line, &err)) {
		ask_plan(v);
		return;
	}
	why = mem_printf("line %d: %s; nothing was changed, press e to edit again", line, err.message);
	change_go(st, STAGE_PLAN);
	set_plan(st, NULL);
	mem_replace(&st->failed, why);
	free(why);
}

static bool can_edit(const struct state *st)
{
	return st->request->kind == TOPIC_CONFIG && !st->form.form && st->stage == STAGE_PLAN && !st->planning &&
		!st->applying && !st->request->undo_of && (st->request->draft || st->request->set.count);
}

static void edit_again(struct view *v)
{
	struct state *st = v->state;
	const char *refused = st->failed;

	for (size_t i = 0; st->plan && !refused && i < st->plan->step_count; i++)
		refused = st->plan->steps[i].refusal;
	if (!change_edit_draft(v->ui, st->request, refused))
		return;
	mem_replace(&st->failed, NULL);
	plan_or_say(v);
}

static void change_applied(struct view *v, struct work *w)
{
	struct state *st = v->state;
	struct topic_apply_input *in = w->input;
	struct topic_plan *plan = w->output;

	st->applying = false;
	w->output = NULL;
	if (!plan) { /* the work did not start: take the plan back */
		mem_replace(&st->failed, w->err.message);
		plan = in->plan;
		in->plan = NULL;
	} else {
		mem_replace(&st->failed, NULL);
		change_go(st, STAGE_RESULT);
		if (plan->steps[0].kind == TOPIC_CREATE && plan->steps[0].state == JOURNAL_DONE)
			topic_list_show(v, plan->steps[0].name);
	}
	set_plan(st, plan);
	work_free(w);
	v->ui->calls->changed(v->ui);
}

static void change_begin(struct view *v)
{
	struct state *st = v->state;
	struct topic_apply_input *in = mem_alloc(sizeof(*in));
	struct str title = { 0 };
	struct work *w;

	topic_step_title(&st->plan->steps[0], &title);
	in->plan = st->plan;
	in->undo_of = mem_strdup(st->request->undo_of);
	st->plan = NULL;
	set_plan(st, NULL);
	st->applying = true;
	w = work_new(WORK_TOPIC_APPLY, str_text(&title), in, topic_apply_input_free);
	w->mutates = true;
	v->ui->calls->work(v->ui, v, w, NULL, change_applied);
	str_release(&title);
}

static void change_answered(struct ui *ui, void *data, bool yes)
{
	struct view *v = data;

	if (yes && state_of(v)->plan && !state_of(v)->planning)
		change_begin(v);
	else if (!yes)
		ui->calls->message(ui, SEVERITY_NONE, "nothing was changed");
}

static bool has_work(const struct topic_plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++)
		if (!plan->steps[i].refusal)
			return !topic_plan_is_empty(plan);
	return false;
}

static void close(struct view *v)
{
	struct state *st = v->state;

	change_form_free(&st->form);
	topic_plan_free(st->plan);
	free(st->lines);
	free(st->failed);
	panes_close(v);
}

/* A change is always asked for anew: a view that is open already is never reused. */
static const struct view_request_type change_request = { .release = topic_request_free };

void change_open(struct ui *ui, struct topic_request *r)
{
	struct topic_request *request = mem_alloc(sizeof(*request));

	*request = *r;
	*r = (struct topic_request){ 0 };
	/* The breadcrumb says what is done, describe() to which topics. */
	ui->calls->open(ui, &view_change,
		(struct view_request){ .type = &change_request,
			.value = request,
			.name = mem_printf("%s %s", topic_step_verb(request->kind),
				request->of_broker ? "broker" : "topic") });
}

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;

	if (!v->request.value)
		return error_set(err, ERR_USAGE, "changes begin with an action on topics or brokers");
	st->request = v->request.value;
	panes_add(v, "plan", &ops, v, NULL);
	if (st->request->kind == TOPIC_CREATE && st->request->names.count == 0) {
		change_form_new(v, &st->form);
		change_go(st, STAGE_FORM);
	} else {
		plan_or_say(v);
	}
	return true;
}

static void describe(const struct view *v, struct str *out)
{
	const struct topic_request *r = state_of(v)->request;

	for (size_t i = 0; i < r->names.count; i++)
		str_addf(out, "%s%s", i ? ", " : "", r->names.items[i]);
	if (r->undo_of)
		str_addf(out, "   undo of %s", r->undo_of);
}

static void update(struct view *v, const struct world *w)
{
	state_of(v)->panes.s = w->cluster;
}

static void add_ends(const struct view *v, struct str *out)
{
	struct str cluster = { 0 };

	cluster_label(&cluster, v->ui, state_of(v)->plan->cluster_id);
	change_say_ends(state_of(v)->plan, str_text(&cluster), out);
	str_release(&cluster);
}

static void add_text_lines(const struct view *v, struct str *out)
{
	const struct state *st = state_of(v);

	if (st->applying)
		str_add(out, "applying ...");
	else if (st->planning)
		str_add(out, "making the plan: reading from the cluster, the broker validates it ...");
	else if (st->failed)
		str_add(out, st->failed);
	else if (st->stage == STAGE_RESULT)
		add_ends(v, out);
	else if (st->plan)
		str_add(out,
			has_work(st->plan)                   ? "Enter to continue (you will be asked to confirm)" :
				topic_plan_refused(st->plan) ? can_edit(st) ? "refused; press e to edit again" :
					st->form.form                       ? "refused; Esc goes back to the form" :
									      "refused" :
							       "there is nothing to change");
	if (st->plan && st->stage == STAGE_PLAN)
		change_say_plan(st->plan, out);
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = state_of(v);
	struct str text = { 0 };
	int row = 0;

	draw_clear(a);
	if (st->stage == STAGE_FORM) {
		panes_draw_form(v, a, st->failed);
		return;
	}
	add_text_lines(v, &text);
	if (text.len)
		row = change_draw_lines(a, text.p, st->failed != NULL);
	str_release(&text);
	panes_draw_table(v, 0, a, row + 1, a->rows - row - 1, true);
}

static void change_accept(struct view *v)
{
	struct state *st = v->state;

	topic_request_release(st->request);
	change_form_request(&st->form, st->request);
	ask_plan(v);
}

static bool on_key(struct view *v, key_code code)
{
	return panes_form_key(v, code, change_accept);
}

static enum action_result copy_command(struct view *v)
{
	const struct topic_plan *plan = state_of(v)->plan;
	struct str command = { 0 };

	if (change_command(plan, v->ui->live.cluster, &command))
		v->ui->calls->copy(v->ui, str_text(&command), "the command");
	else
		v->ui->calls->message(v->ui, SEVERITY_NONE,
			plan->steps[0].kind == TOPIC_TRUNCATE ?
				"kafka-delete-records does this; it needs a JSON file of offsets" :
				"there is nothing to apply");
	str_release(&command);
	return ACTION_HANDLED;
}

static bool plan_is_shown(const struct state *st)
{
	return st->stage == STAGE_PLAN && !st->planning;
}

static bool can_apply(const struct state *st)
{
	return st->stage == STAGE_PLAN && st->plan && has_work(st->plan);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	if (id == ACTION_BACK && st->applying) {
		v->ui->calls->message(v->ui, SEVERITY_WARN,
			"the change is being applied; press a digit to go to another view meanwhile");
		return ACTION_HANDLED;
	}
	if (id == ACTION_BACK && st->form.form && plan_is_shown(st)) {
		change_go(st, STAGE_FORM);
		return ACTION_HANDLED;
	}
	if (id == ACTION_OPEN) {
		if (can_apply(st))
			change_confirm(v, st->plan, change_answered);
		return ACTION_HANDLED;
	}
	if (id == ACTION_REFRESH && plan_is_shown(st) && !st->applying) {
		ask_plan(v);
		return ACTION_HANDLED;
	}
	if (id == ACTION_EDIT) {
		if (can_edit(st))
			edit_again(v);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && st->plan && st->stage == STAGE_PLAN)
		return copy_command(v);
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	const struct state *st = state_of(v);

	if (id == ACTION_OPEN && !can_apply(st))
		return "there is nothing to apply here";
	if (id == ACTION_EDIT)
		return can_edit(st) ? NULL : "there is no text to edit here";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	(void)v;
	return id == ACTION_OPEN ? "continue" : id == ACTION_EDIT ? "edit again" : NULL;
}

const struct view_ops view_change = {
	.name = "change",
	.title = "change",
	.needs = NEED_METADATA,
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_EDIT,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.key = on_key,
	.typing = panes_typing,
	.disabled = disabled,
	.click = panes_click,
	.hint = hint,
	.footer = panes_footer,
	.note = panes_note,
	.describe = describe,
	.complete = panes_complete,
};
