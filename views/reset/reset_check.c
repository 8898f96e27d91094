/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 2 of a reset: the plan, row by row, before anything is changed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/format.h"
#include "model/reset_text.h"
#include "views/reset/reset_state.h"
#include "views/wrap.h"

enum { WHY_COL = 3 };

enum column { TOPIC, PART, COMMITTED, TARGET, DIFF, SKIPS, LANDS, NOTE, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "topic", COLUMN_NAME, 14, 99, .searched = true },
	[PART] = { "partition", "PART", "partition", COLUMN_NUMBER, 4, 98 },
	[COMMITTED] = { "committed_offset", "COMMITTED", "committed now", COLUMN_NUMBER, 11, 80 },
	[TARGET] = { "target_offset", "TARGET", "what will be committed", COLUMN_NUMBER, 11, 90 },
	[DIFF] = { "difference", "DIFF", "records skipped (+) or re-read (-), at most", COLUMN_NUMBER, 9, 85 },
	[SKIPS] = { "skips", "SKIPS", "offset, key and value of the first record that is skipped, where few are",
		COLUMN_NAME, 14, 79, .optional = true },
	[LANDS] = { "lands_on", "LANDS ON", "time, key and value of the record at the target", COLUMN_NAME, 24, 78 },
	[NOTE] = { "note", "NOTE", "what was clamped, left out or odd", COLUMN_NAME, 14, 75, .searched = true,
		.optional = true },
};

static const struct reset_row *row_at(void *owner, size_t row)
{
	return &reset_state(owner)->check.plan->rows[row];
}

static size_t rows(void *owner)
{
	const struct reset_state *st = reset_state(owner);

	return st->check.plan ? st->check.plan->row_count : 0;
}

void reset_partition_name(struct str *out, const char *topic, int32_t partition)
{
	str_addf(out, "%s-%d", topic, (int)partition);
}

static void key(void *owner, size_t row, struct str *out)
{
	reset_partition_name(out, row_at(owner, row)->topic, row_at(owner, row)->partition);
}

static void target_cell(const struct reset_row *r, struct cell *c)
{
	switch (r->action) {
	case RESET_COMMIT:
		cell_count(c, r->target);
		/* The sign is seen when there is no room for the note, too. */
		if (r->notes & ~RESET_NOTE_EDITED)
			c->sign = '~';
		break;
	case RESET_REMOVE:
		cell_text(c, "deleted");
		cell_severity(c, SEVERITY_WARN);
		break;
	case RESET_LEAVE:
		cell_text(c, "unchanged");
		c->role = ROLE_DIM;
		break;
	case RESET_EXCLUDED:
		cell_text(c, "left out");
		cell_severity(c, SEVERITY_WARN);
		break;
	case RESET_ACTION_COUNT:
		break;
	}
}

static void diff_cell(const struct reset_row *r, struct cell *c)
{
	if (r->action != RESET_COMMIT || r->committed == RESET_NO_OFFSET)
		return;
	cell_int(c, r->target - r->committed);
	format_signed(&c->text, r->target - r->committed);
}

static void note_cell(const struct reset_row *r, struct cell *c)
{
	reset_row_note(&c->text, r);
	c->kind = CELL_TEXT;
	if (c->text.len)
		cell_severity(c, SEVERITY_WARN);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct view *v = owner;
	const struct reset_row *r = row_at(owner, row);

	switch ((enum column)column) {
	case TOPIC:
		cell_text(c, r->topic);
		break;
	case PART:
		cell_int(c, r->partition);
		break;
	case COMMITTED:
		cell_count(c, r->committed);
		break;
	case TARGET:
		target_cell(r, c);
		break;
	case DIFF:
		diff_cell(r, c);
		break;
	case SKIPS:
		reset_skips_cell(reset_state(v), row, &c->text);
		c->kind = CELL_TEXT;
		break;
	case LANDS:
		/* For a row that is left out the reason stands here, because NOTE has no room at 80 columns. */
		if (r->action == RESET_EXCLUDED) {
			note_cell(r, c);
			break;
		}
		reset_landing_cell(reset_state(v), row, v->ui->utc, &c->text);
		c->kind = CELL_TEXT;
		break;
	case NOTE:
		if (r->action != RESET_EXCLUDED)
			note_cell(r, c);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return row_at(owner, row)->action == RESET_EXCLUDED || row_at(owner, row)->notes & ~RESET_NOTE_EDITED;
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct reset_row *r = row_at(owner, row);

	reset_partition_name(out, r->topic, r->partition);
	str_add(out, ": ");
	reset_describe_how(out, &r->how, reset_state(owner)->check.plan->request, ((struct view *)owner)->ui->utc);
	str_add(out, "; log ");
	format_count(out, r->log_start);
	str_add(out, " to ");
	format_count(out, r->log_end);
	if (r->notes || r->error) {
		str_add(out, "; ");
		reset_row_note(out, r);
	}
}

const struct table_ops reset_plan_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

void reset_set_plan(struct reset_state *st, struct reset_plan *plan)
{
	if (!st->check.lent)
		reset_plan_free(st->check.plan);
	st->check.lent = false;
	st->check.plan = plan;
	reset_landings_new(st);
	table_update(st->panes.items[PANE_PLAN].table);
}

static void reset_planned(struct view *v, struct work *w)
{
	struct reset_state *st = reset_state(v);

	st->check.planning = false;
	if (w->ok && w->output) {
		mem_replace(&st->check.failed, NULL);
		reset_set_plan(st, w->output);
		w->output = NULL;
	} else {
		mem_replace(&st->check.failed, w->err.message);
		/* Back to the form, where it can be corrected. */
		if (st->form.form && !st->check.plan)
			st->step = STEP_FORM;
	}
	work_free(w);
	v->ui->calls->changed(v->ui);
}

void reset_ask_plan(struct view *v)
{
	struct reset_state *st = reset_state(v);
	const struct snapshot *s = v->ui->live.cluster;
	const struct group *g = s ? snapshot_group(s, st->request.group) : NULL;
	struct reset_plan_input *in = mem_alloc(sizeof(*in));
	char *title = mem_printf("planning the reset of %s", group_id_shown(st->request.group));

	reset_request_copy(&in->request, &st->request);
	in->rate_per_s = g ? g->out_per_s : NAN;
	in->file = mem_strdup(st->form.targets_file);
	st->check.planning = true;
	v->ui->calls->work(v->ui, v, work_new(WORK_RESET_PLAN, title, in, reset_plan_input_free), NULL, reset_planned);
	free(title);
}

/* "to 2026-11-22 13:30:00 UTC   12 partitions in 2 topics" */
static void add_what(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_plan *p = st->check.plan;
	size_t topics = 0;

	for (size_t i = 0; i < p->row_count; i++)
		topics += i == 0 || strcmp(p->rows[i].topic, p->rows[i - 1].topic) != 0;
	reset_describe_how(out, &p->request->how, p->request, v->ui->utc);
	if (p->request->undo_of)
		str_addf(out, ": undo of %s", p->request->undo_of);
	str_add(out, "   ");
	format_count(out, (int64_t)p->row_count);
	str_addf(out, " partition%s in ", p->row_count == 1 ? "" : "s");
	format_count(out, (int64_t)topics);
	str_addf(out, " topic%s", topics == 1 ? "" : "s");
	if (p->request->edit_count)
		str_addf(out, ", %zu edited", p->request->edit_count);
	str_add(out, "   read at ");
	format_clock(out, p->at_ms, v->ui->utc);
}

static void add_totals(const struct reset_plan *p, struct str *out)
{
	if (p->excluded)
		str_addf(out, "%zu left out   ", p->excluded);
	if (p->removals)
		str_addf(out, "deletes %zu committed offset%s   ", p->removals, p->removals == 1 ? "" : "s");
	if (!p->commits)
		return;
	str_add(out, "re-reads up to ");
	format_count(out, p->again);
	str_add(out, "   skips up to ");
	format_count(out, p->skipped);
	str_add(out, "   catches up in ");
	reset_plan_catch_up(out, p);
	if (p->rate_per_s > 0) {
		str_add(out, " at ");
		format_rate(out, p->rate_per_s);
		str_add(out, "/s");
	}
}

static size_t landings_known(const struct reset_state *st)
{
	size_t known = 0;

	for (size_t i = 0; i < st->landings.count; i++)
		known += st->landings.targets[i].state != RESET_PEEK_WAITING;
	return known;
}

static void add_looked_at(struct str *out, const struct reset_state *st)
{
	str_add(out, "   read ");
	format_count(out, (int64_t)landings_known(st));
	str_add(out, " of ");
	format_count(out, (int64_t)st->check.plan->commits);
	str_addf(out, " target record%s", st->check.plan->commits == 1 ? "" : "s");
}

/* What Enter would do, or why it does nothing. */
static void add_next(const struct view *v, struct str *out)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_plan *p = st->check.plan;

	if (p->refusal == RESET_ACTIVE)
		str_add(out, "Enter to apply it as soon as the group is empty (armed)");
	else if (p->refusal == RESET_ALLOWED)
		str_add(out, "Enter to continue (you will be asked to confirm)");
	else
		str_add(out, "this plan cannot be applied; r makes a new plan");
	if (p->commits)
		add_looked_at(out, st);
}

static bool deletes(const struct reset_request *r)
{
	return r->how.strategy == RESET_DELETE || r->how.strategy == RESET_DELETE_GROUP;
}

/* Why the plan cannot be applied as it is; what the user can do about it in the form; or what changed meanwhile. */
void reset_check_why_not(const struct reset_state *st, struct str *out)
{
	if (st->check.failed)
		str_add(out, st->check.failed);
	else if (st->run.applying)
		return;
	else if (st->check.plan->refusal == RESET_UNKNOWN_GROUP && st->form.form && !deletes(st->check.plan->request))
		str_addf(out, "no such consumer group: %s; to create it, press Esc and turn on \"create the group\"",
			st->check.plan->request->group);
	else
		reset_plan_refusal(out, st->check.plan);
}

static void draw_no_plan(const struct reset_state *st, const struct area *a)
{
	if (!st->check.failed) {
		draw_text(a, 1, TABLE_LEAD, a->cols - TABLE_LEAD, ROLE_DIM,
			"reading members, committed offsets, log start and end offsets ...");
		return;
	}
	draw_text(a, 1, 1, 2, ROLE_ERROR, "!");
	wrap_draw(a, 1, TABLE_LEAD, ROLE_ERROR, st->check.failed);
}

/* Lines that a text takes, `most` at most; 0 when it is empty. */
static int lines_of(const struct str *text, int cols, int most)
{
	int lines = text->len ? wrap_lines(str_text(text), cols) : 0;

	return lines > 1 && lines > most ? (most > 1 ? most : 1) : lines;
}

static int draw_lines(const struct area *a, int row, int lines, int col, enum role role, const struct str *text)
{
	struct area part = area_rows(a, row, lines);

	wrap_draw(&part, 0, col, role, str_text(text));
	return row + lines;
}

/* What is running, or what can be done next. */
static void add_now(const struct view *v, struct str *out)
{
	reset_apply_lines(v, out);
	if (!out->len && reset_state(v)->check.planning)
		str_add(out, "making a new plan ...");
	if (!out->len)
		add_next(v, out);
}

void reset_check_draw(struct view *v, const struct area *a)
{
	struct reset_state *st = reset_state(v);
	struct str text = { 0 }, why_not = { 0 }, now = { 0 };
	int top = a->rows >= 9 ? 1 : 0, bad, below, row;

	if (!st->check.plan) {
		draw_no_plan(st, a);
		return;
	}
	reset_check_why_not(st, &why_not);
	add_now(v, &now);
	/* Most of the area is for the rows of the plan. */
	bad = lines_of(&why_not, a->cols - WHY_COL, a->rows / 3 - 2);
	below = lines_of(&now, a->cols - 1, st->run.applying ? a->rows / 4 : 1);
	row = a->rows - 1 - bad - below - (a->rows >= 12 && bad + below == 1);
	add_what(v, &text);
	if (top)
		draw_text(a, 0, 1, a->cols - 1, ROLE_STRONG, str_text(&text));
	panes_draw_table(v, PANE_PLAN, a, top, row - top, true);
	str_clear(&text);
	add_totals(st->check.plan, &text);
	draw_text(a, row++, 1, a->cols - 1, ROLE_TEXT, str_text(&text));
	if (bad) {
		draw_text(a, row, 1, 2, ROLE_CRIT, "!");
		row = draw_lines(a, row, bad, WHY_COL, ROLE_CRIT, &why_not);
	}
	if (st->run.applying)
		draw_lines(a, row, below, 1, ROLE_STRONG, &now);
	else
		draw_text(a, row, 1, a->cols - 1, ROLE_DIM, str_text(&now));
	str_release(&now);
	str_release(&why_not);
	str_release(&text);
}
