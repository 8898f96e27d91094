/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Moves a group's committed offsets in three steps: form, plan, result. Deletions
 * of offsets and groups, and undoing a change, begin with the plan.
 */
#include "views/reset/reset.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "views/cluster_label.h"
#include "views/reset/reset_state.h"
#include "views/views.h"

/* What the view is opened with. A reset is always asked for anew: a view that is open already is never reused. */
struct asked {
	struct reset_start start;     /* owns its strings */
	struct reset_request request; /* with `whole` */
	bool whole;                   /* there is no form */
};

static void release_asked(void *value)
{
	struct asked *asked = value;

	free((char *)(uintptr_t)asked->start.group);
	free((char *)(uintptr_t)asked->start.scope);
	reset_request_release(&asked->request);
	free(asked);
}

static const struct view_request_type reset_asked = { .release = release_asked };

static void open_asked(struct ui *ui, const struct asked *asked)
{
	struct asked *copy = mem_alloc(sizeof(*copy));

	*copy = *asked;
	ui->calls->open(ui, &view_reset, (struct view_request){ .type = &reset_asked, .value = copy });
}

void reset_open(struct ui *ui, const struct reset_start *start)
{
	struct asked asked = { .start = *start };

	asked.start.group = mem_strdup(start->group);
	asked.start.scope = mem_strdup(start->scope);
	open_asked(ui, &asked);
}

void reset_open_plan(struct ui *ui, struct reset_request *request)
{
	open_asked(ui, &(struct asked){ .request = *request, .whole = true });
	*request = (struct reset_request){ 0 };
}

static void go_to_plan(struct view *v)
{
	struct reset_state *st = reset_state(v);

	st->step = STEP_PLAN;
	st->panes.active = PANE_PLAN;
	reset_ask_plan(v);
}

static void close(struct view *v)
{
	struct reset_state *st = reset_state(v);

	form_free(st->form.form);
	reset_set_plan(st, NULL);
	reset_progress_free(st->run.progress);
	reset_result_free(st->finish.result);
	reset_request_release(&st->request);
	free(st->form.targets_file);
	free(st->check.failed);
	panes_close(v);
}

static bool open(struct view *v, struct error *err)
{
	struct reset_state *st = reset_state(v);
	const struct asked *asked = v->request.value;

	if (!asked)
		return error_set(err, ERR_USAGE, "reset which group? give its id");
	panes_add(v, "plan", &reset_plan_table, v, NULL);
	panes_add(v, "result", &reset_result_table, v, NULL);
	if (asked->whole) {
		reset_request_copy(&st->request, &asked->request);
	} else {
		st->request.group = mem_strdup(asked->start.group);
		reset_form_new(v, &asked->start);
		if (asked->start.to_plan && !reset_form_request(v, err)) {
			close(v);
			return false;
		}
	}
	if (asked->whole || asked->start.to_plan)
		go_to_plan(v);
	return true;
}

static void update(struct view *v, const struct world *w)
{
	reset_state(v)->panes.s = w->cluster;
	reset_form_update(v);
	reset_result_update(v);
}

static void demand(const struct view *v, struct demand *d)
{
	demand_add_group(d, reset_state(v)->request.group);
}

static void draw(struct view *v, const struct area *a)
{
	const struct reset_state *st = reset_state(v);

	draw_clear(a);
	if (st->step == STEP_FORM)
		reset_form_draw(v, a);
	else if (st->step == STEP_PLAN)
		reset_check_draw(v, a);
	else
		reset_result_draw(v, a);
}

static bool typing(const struct view *v)
{
	return reset_state(v)->step == STEP_FORM && form_is_typing(reset_state(v)->form.form);
}

static bool key(struct view *v, key_code code)
{
	struct reset_state *st = reset_state(v);
	struct error err;

	if (st->step != STEP_FORM)
		return false;
	switch (form_key(st->form.form, code)) {
	case FORM_GIVEN_UP:
		v->ui->calls->back(v->ui);
		return true;
	case FORM_ACCEPTED:
		if (reset_form_request(v, &err)) {
			reset_set_plan(st, NULL);
			mem_replace(&st->check.failed, NULL);
			go_to_plan(v);
		} else {
			v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
		}
		return true;
	case FORM_HANDLED:
		return true;
	case FORM_UNUSED:
		break;
	}
	return false;
}

static enum action_result back(struct view *v)
{
	struct reset_state *st = reset_state(v);

	/* While the reset runs the application keeps the view open and says so. */
	if (st->run.applying)
		return ACTION_IGNORED;
	if (table_action(panes_active(v), v->ui, ACTION_BACK, NULL) != ACTION_IGNORED)
		return ACTION_HANDLED;
	if (st->step != STEP_PLAN || !st->form.form || st->check.planning)
		return ACTION_IGNORED;
	st->step = STEP_FORM;
	return ACTION_HANDLED;
}

static enum action_result plan_action(struct view *v, enum action_id id, const char *arg)
{
	struct reset_state *st = reset_state(v);

	switch (id) {
	case ACTION_OPEN:
		reset_apply_ask(v);
		return ACTION_HANDLED;
	case ACTION_EDIT:
		reset_check_edit(v);
		return ACTION_HANDLED;
	case ACTION_EXPORT:
		reset_check_export(v, arg);
		return ACTION_HANDLED;
	case ACTION_COPY_COMMAND:
		reset_check_command(v);
		return ACTION_HANDLED;
	case ACTION_REFRESH:
		if (!st->check.planning)
			reset_ask_plan(v);
		return ACTION_HANDLED;
	default:
		return table_action(panes_active(v), v->ui, id, arg);
	}
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct reset_state *st = reset_state(v);

	if (id == ACTION_BACK)
		return back(v);
	if (st->step == STEP_FORM)
		return ACTION_IGNORED;
	if (st->step == STEP_PLAN && st->check.plan)
		return plan_action(v, id, arg);
	if (id == ACTION_OPEN)
		v->ui->calls->back(v->ui);
	return id == ACTION_OPEN ? ACTION_HANDLED : table_action(panes_active(v), v->ui, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	const struct reset_state *st = reset_state(v);
	bool plan = st->step == STEP_PLAN;

	if (id == ACTION_RESET)
		return "this is the reset already; Esc leaves it";
	if (plan && st->run.applying && (id == ACTION_OPEN || id == ACTION_EDIT || id == ACTION_REFRESH))
		return "the reset is running";
	if (plan && (st->check.planning || !st->check.plan) && (id == ACTION_OPEN || id == ACTION_EDIT))
		return st->check.planning ? "the plan is not ready yet" : "there is no plan";
	if (id == ACTION_EDIT && (!plan || !st->form.form || table_shown(panes_table(v, PANE_PLAN)) == 0))
		return "there is no row to edit";
	if ((id == ACTION_COPY_COMMAND || id == ACTION_EXPORT) && plan && !st->check.plan)
		return "there is no plan";
	if (id == ACTION_OPEN)
		return NULL;
	return id == ACTION_COPY_COMMAND && plan ? NULL : panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	enum reset_step step = reset_state(v)->step;

	if (id == ACTION_OPEN)
		return step == STEP_PLAN ? "apply" : "done";
	if (id == ACTION_EXPORT && step == STEP_PLAN)
		return "write";
	return id == ACTION_COPY_COMMAND && step == STEP_PLAN ? "command" : NULL;
}

static bool is_armed(const struct reset_state *st)
{
	return st->run.applying && st->run.progress->phase == RESET_PHASE_WAITING;
}

static bool woken(struct view *v)
{
	if (reset_wants_peek(v)) {
		reset_peek_visible(v);
		return true;
	}
	return is_armed(reset_state(v));
}

/* For the countdown of an armed reset, and for rows that have come on the screen. */
static int64_t next_change(const struct view *v)
{
	const struct reset_state *st = reset_state(v);
	int64_t now = clock_mono_ms();

	if (reset_wants_peek(v))
		return now;
	if (is_armed(st))
		return now + 1000 - (now - st->run.told_ms) % 1000;
	return -1;
}

static int64_t armed(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);

	if (!is_armed(st))
		return -1;
	if (out)
		str_addf(out, "armed %s", st->request.group);
	return st->run.told_ms + st->run.progress->left_ms;
}

static void click(struct view *v, int row, int col, bool twice)
{
	struct reset_state *st = reset_state(v);

	(void)twice;
	if (st->step == STEP_FORM) {
		form_click(st->form.form, row - reset_form_top(v, st->form.cols), col);
		return;
	}
	/* A double click would be Enter, and the mouse must not apply a plan. */
	panes_click(v, row, col, false);
}

static void describe(const struct view *v, struct str *out)
{
	static const char *const steps[] = { "step 1 of 3: what", "step 2 of 3: check the plan",
		"step 3 of 3: the result" };
	const struct reset_state *st = reset_state(v);

	str_addf(out, "%s   %s   on ", group_id_shown(st->request.group), steps[st->step]);
	cluster_label(out, v->ui, st->check.plan ? st->check.plan->cluster_id : NULL);
}

static void footer(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);

	if (st->step == STEP_FORM)
		form_hints(st->form.form, out);
	else
		panes_footer(v, out);
}

static void note(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);

	if (st->step == STEP_FORM)
		form_help(st->form.form, out);
	else if (st->step == STEP_PLAN ? st->check.plan != NULL : st->finish.result != NULL)
		panes_note(v, out);
}

const struct view_ops view_reset = {
	.name = "reset",
	.title = "reset",
	.needs = NEED_LAG | NEED_MEMBERS,
	.state_size = sizeof(struct reset_state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_EDIT | VIEW_UNDO,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.key = key,
	.typing = typing,
	.disabled = disabled,
	.hint = hint,
	.woken = woken,
	.next_change = next_change,
	.armed = armed,
	.click = click,
	.describe = describe,
	.footer = footer,
	.note = note,
	.demand = demand,
	.complete = panes_complete,
};
