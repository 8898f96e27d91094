/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/change/clone.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/shell.h"
#include "model/format.h"
#include "ui/confirm.h"
#include "views/change/change.h"
#include "views/cluster_label.h"
#include "views/panes_form.h"
#include "views/topic_list.h"
#include "views/views.h"

enum { LINES_MAX = 10 };

static bool same_clone(const void *a, const void *b)
{
	const struct clone_request *x = a, *y = b;

	return str_equal(x->source, y->source) && str_equal(x->target, y->target);
}

static const struct view_request_type clone_asked = { .equal = same_clone, .release = clone_request_free };

void clone_open(struct ui *ui, const char *source, const char *target)
{
	struct clone_request *asked = mem_alloc(sizeof(*asked));

	*asked = (struct clone_request){ .source = mem_strdup(source), .target = mem_strdup(target) };
	ui->calls->open(ui, &view_clone,
		(struct view_request){ .name = mem_printf("clone of %s", source),
			.type = &clone_asked,
			.value = asked });
}

static void clone_go(struct clone_view *c, enum clone_step step)
{
	c->step = step;
	c->panes.form = step == STEP_FORM ? c->form.form : NULL;
}

static void set_report(struct clone_view *c, struct clone_report *r)
{
	clone_report_free(c->report);
	c->report = r;
	c->told_ms = clock_mono_ms();
	table_update(c->panes.items[0].table);
}

/* ---- the plan ---- */

static void clone_planned(struct view *v, struct work *w)
{
	struct clone_view *c = clone_view(v);

	c->planning = false;
	mem_replace(&c->why, w->ok ? NULL : w->err.message);
	if (w->ok) {
		set_report(c, w->output);
		w->output = NULL;
	} else {
		clone_go(c, STEP_FORM);
	}
	work_free(w);
	v->ui->calls->changed(v->ui);
}

static void ask_plan(struct view *v)
{
	struct clone_view *c = clone_view(v);
	struct clone_request *copy = mem_alloc(sizeof(*copy));

	clone_request_copy(copy, &c->request);
	clone_go(c, STEP_PLAN);
	c->planning = true;
	set_report(c, NULL);
	v->ui->calls->work(v->ui, v, work_new(WORK_TOPIC_CLONE_PLAN, "planning a clone", copy, clone_request_free),
		NULL, clone_planned);
}

/* ---- the run ---- */

static void clone_progress(struct view *v, struct work *w)
{
	struct clone_report *news = mailbox_take(&w->news);

	if (!news)
		return;
	set_report(clone_view(v), news);
	v->ui->calls->changed(v->ui);
}

/* The message is seen when another view is on the screen, too. */
static void say_result(struct view *v, const struct work *w)
{
	const struct clone_view *c = clone_view(v);
	char *text = mem_printf("clone of %s into %s: %s", c->request.source, c->request.target,
		w->ok ? "done" : w->err.message);

	v->ui->calls->message(v->ui, w->ok ? SEVERITY_OK : SEVERITY_WARN, text);
	free(text);
}

static void clone_ended(struct view *v, struct work *w)
{
	struct clone_view *c = clone_view(v);
	struct clone_report *r = w->output;
	bool begun = r && r->stage != CLONE_PLANNED;

	c->cancelling = false;
	c->ok = w->ok;
	clone_go(c, begun ? STEP_RESULT : STEP_PLAN);
	mem_replace(&c->why, w->ok ? NULL : w->err.code == ERR_INTERRUPTED ? "cancelled" : w->err.message);
	/* Nothing was done: the plan as it is now is shown, if it could be made. */
	if (r && (begun || r->partitions)) {
		set_report(c, r);
		w->output = NULL;
	} else {
		clone_go(c, STEP_FORM);
	}
	say_result(v, w);
	if (w->ok && !((const struct clone_order *)w->input)->request.where)
		topic_list_show(v, ((const struct clone_order *)w->input)->request.target);
	work_free(w);
	table_update(c->panes.items[0].table);
	v->ui->calls->changed(v->ui);
}

static void clone_begin(struct view *v)
{
	struct clone_view *c = clone_view(v);
	struct clone_order *order = mem_alloc(sizeof(*order));
	char *title = mem_printf("clone of %s into %s", c->request.source, c->request.target);
	struct work *w;

	clone_request_copy(&order->request, &c->request);
	order->confirmed = clone_report_copy(c->report);
	clone_go(c, STEP_RUN);
	mem_replace(&c->why, NULL);
	w = work_new(WORK_TOPIC_CLONE, title, order, clone_order_free);
	w->mutates = true;
	table_update(c->panes.items[0].table);
	v->ui->calls->work(v->ui, v, w, clone_progress, clone_ended);
	free(title);
}

static bool can_begin(const struct clone_view *c)
{
	return c->step == STEP_PLAN && c->report && !c->planning;
}

static void clone_answered(struct ui *ui, void *data, bool yes)
{
	struct view *v = data;

	if (yes && can_begin(clone_view(v)))
		clone_begin(v);
	else if (!yes)
		ui->calls->message(ui, SEVERITY_NONE, "nothing was changed");
}

static void add_plan(struct str *out, const struct clone_view *c)
{
	const struct clone_report *r = c->report;

	str_addf(out, "%s: ", c->request.target);
	if (!r->exists)
		str_addf(out, "%s topic with %d partitions%s", c->request.data ? "a" : "an empty", (int)r->partitions,
			c->request.data ? " and " : "");
	if (!c->request.data)
		return;
	str_add(out, "up to ");
	format_count(out, clone_report_left(r));
	str_addf(out, "%s records of %s", r->exists ? " more" : "", c->request.source);
}

static void clone_confirm(struct view *v)
{
	struct clone_view *c = clone_view(v);
	const struct clone_report *r = c->report;
	bool named = c->request.where ? r->is_protected : v->ui->is_protected;
	struct confirm_line lines[LINES_MAX];
	struct str what = { 0 }, title = { 0 };
	size_t count = 0;

	str_addf(&title, "clone %s into %s on ", c->request.source, c->request.target);
	if (r->cluster)
		str_add(&title, r->cluster);
	else
		cluster_label(&title, v->ui, r->target_id);
	add_plan(&what, c);
	lines[count++] = (struct confirm_line){ str_text(&what), SEVERITY_NONE };
	for (size_t i = 0; i < r->note_count && count < LINES_MAX; i++)
		lines[count++] = (struct confirm_line){ r->notes[i], SEVERITY_WARN };
	v->ui->calls->confirm(v->ui,
		&(struct confirm_ask){ .title = str_text(&title),
			.lines = lines,
			.count = count,
			.name = named ? c->request.target : NULL,
			.what = "topic name",
			.verb = r->exists ? "resume" : "clone" },
		clone_answered, v);
	str_release(&what);
	str_release(&title);
}

/* ---- the form ---- */

static void clone_accept(struct view *v)
{
	struct clone_view *c = clone_view(v);
	struct topic_request r;

	clone_request_release(&c->request);
	clone_form_request(&c->form, &c->request);
	mem_replace(&c->why, NULL);
	if (c->request.data || c->request.where) {
		ask_plan(v);
		return;
	}
	topic_request_init(&r, TOPIC_CREATE);
	r.like = mem_strdup(c->request.source);
	topic_texts_add(&r.names, c->request.target);
	change_open(v->ui, &r);
}

static bool on_key(struct view *v, key_code code)
{
	return panes_form_key(v, code, clone_accept);
}

/* ---- the view ---- */

static bool open(struct view *v, struct error *err)
{
	const struct clone_request *asked = v->request.value;

	if (!asked)
		return error_set(err, ERR_USAGE, "select a topic to clone first, then :clone");
	panes_add(v, "clone", &clone_rows, v, NULL);
	clone_form_new(&clone_view(v)->form, v->ui, asked->source, asked->target);
	clone_go(clone_view(v), STEP_FORM);
	return true;
}

static void close(struct view *v)
{
	struct clone_view *c = clone_view(v);

	clone_form_free(&c->form);
	clone_request_release(&c->request);
	clone_report_free(c->report);
	free(c->why);
	panes_close(v);
}

static void update(struct view *v, const struct world *w)
{
	clone_view(v)->panes.s = w->cluster;
}

static void draw(struct view *v, const struct area *a)
{
	const struct clone_view *c = clone_view(v);
	int row;

	draw_clear(a);
	if (c->step == STEP_FORM) {
		panes_draw_form(v, a, c->why);
		return;
	}
	row = clone_draw_head(v, a) + 1;
	if (c->report && !c->planning)
		panes_draw_table(v, 0, a, row, a->rows - row, true);
}

static void add_option(struct str *out, const char *name, const char *value)
{
	str_addf(out, " %s ", name);
	shell_quote(out, value);
}

static void copy_command(struct view *v)
{
	const struct clone_view *c = clone_view(v);
	const struct clone_request *r = &c->request;
	const struct snapshot *s = v->ui->live.cluster;
	struct str command = { 0 };

	str_add(&command, "weir topic clone ");
	shell_quote(&command, r->source);
	str_add_char(&command, ' ');
	shell_quote(&command, r->target);
	if (r->data)
		str_add(&command, " --data");
	add_option(&command, "-b", s && s->connection.bootstrap ? s->connection.bootstrap : "HOST:PORT");
	if (r->where)
		add_option(&command, strchr(r->where, ':') ? "-B" : "--to-context", r->where);
	if (r->compression)
		add_option(&command, "--compression", r->compression);
	if (r->per_s)
		str_addf(&command, " --rate %lld", (long long)r->per_s);
	v->ui->calls->copy(v->ui, str_text(&command), "the command");
	str_release(&command);
}

static enum action_result on_enter(struct view *v)
{
	struct clone_view *c = clone_view(v);

	if (can_begin(c))
		clone_confirm(v);
	else if (c->step == STEP_RESULT && !c->ok)
		ask_plan(v);
	else if (c->step == STEP_RESULT && !c->request.where)
		v->ui->calls->open(v->ui, &view_topic, view_request_named(c->request.target));
	return ACTION_HANDLED;
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct clone_view *c = clone_view(v);

	if (id == ACTION_BACK && c->step == STEP_PLAN) {
		if (c->planning)
			v->ui->calls->work_cancel(v->ui, v);
		else
			clone_go(c, STEP_FORM);
		return ACTION_HANDLED;
	}
	if (id == ACTION_OPEN)
		return on_enter(v);
	if (id == ACTION_CANCEL && c->step == STEP_RUN)
		c->cancelling = true; /* the application does it */
	if (id == ACTION_REFRESH && can_begin(c)) {
		ask_plan(v);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && c->step != STEP_FORM) {
		copy_command(v);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *disabled(const struct view *v, enum action_id id)
{
	const struct clone_view *c = clone_view(v);

	if (id == ACTION_OPEN && !can_begin(c) && (c->step != STEP_RESULT || (c->ok && c->request.where)))
		return "there is nothing to apply here";
	if (id == ACTION_COPY_COMMAND && c->step != STEP_FORM)
		return NULL;
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	const struct clone_view *c = clone_view(v);

	if (id == ACTION_CANCEL)
		return c->step == STEP_RUN && !c->cancelling ? "cancel" : NULL;
	if (id != ACTION_OPEN)
		return NULL;
	return c->step == STEP_PLAN ? "continue" : c->ok ? "open" : "resume";
}

static void describe(const struct view *v, struct str *out)
{
	const struct clone_view *c = clone_view(v);

	if (c->step == STEP_FORM)
		return;
	str_addf(out, "into %s", c->request.target);
	if (c->request.where)
		str_addf(out, " on %s", c->request.where);
}

const struct view_ops view_clone = {
	.name = "clone",
	.title = "clone",
	.needs = NEED_METADATA,
	.state_size = sizeof(struct clone_view),
	.capabilities = VIEW_TABLE,
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
	.describe = describe,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};
