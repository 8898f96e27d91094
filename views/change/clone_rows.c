/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture of a clone: lines about its state, and a table of the partitions. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/format.h"
#include "views/change/clone.h"
#include "views/wrap.h"

enum column { WHAT, SOURCE, NOW, THEN, STATE, COLUMN_COUNT };
enum { BAR_MOST = 60 };

static const struct table_column columns[COLUMN_COUNT] = {
	[WHAT] = { "item", "WHAT", "setting or partition", COLUMN_NAME, 14, 99, .searched = true },
	[SOURCE] = { "source", "SOURCE", "offsets of the source", COLUMN_TEXT, 15, 70, .most = 30 },
	[NOW] = { "now", "NOW", "records in the target", COLUMN_NUMBER, 10, 90 },
	[THEN] = { "then", "THEN", "the setting, or how many records there will be at most", COLUMN_TEXT, 12, 95,
		.most = 30 },
	[STATE] = { "state", "STATE", "progress", COLUMN_TEXT, 9, 97 },
};

/* Settings are shown only with the plan. */
static size_t setting_rows(const struct clone_view *c)
{
	return c->report && c->step == STEP_PLAN && !c->report->exists ? c->report->setting_count + 2 : 0;
}

static size_t rows(void *owner)
{
	const struct clone_view *c = clone_view(owner);

	return c->report ? setting_rows(c) + c->report->row_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%zu", row - setting_rows(clone_view(owner)));
}

static void setting_cell(const struct clone_report *r, size_t row, int column, struct cell *c)
{
	int32_t count = row == 0 ? r->partitions : r->replication;

	if (column == STATE)
		cell_text(c, "planned");
	if (column == WHAT)
		cell_text(c, row == 0 ? "partitions" : row == 1 ? "replicas" : r->settings[row - 2].name);
	if (column != THEN)
		return;
	if (row >= 2)
		cell_text(c, r->settings[row - 2].value);
	else if (count < 0)
		cell_text(c, "the broker's default");
	else
		cell_textf(c, "%d", (int)count);
}

static double share_of(const struct clone_row *p)
{
	if (p->stop <= p->start)
		return 1;
	return p->source < p->start ? 0 : (double)(p->source + 1 - p->start) / (double)(p->stop - p->start);
}

static void state_cell(const struct clone_view *v, const struct clone_row *p, struct cell *c)
{
	if (v->step == STEP_PLAN) {
		cell_text(c, p->expected > p->before ? "planned" : "complete");
	} else if (v->step == STEP_RESULT && v->ok) {
		cell_text(c, "done");
		cell_severity(c, SEVERITY_OK);
	} else {
		cell_textf(c, "%d %%", (int)(share_of(p) * 100));
		if (v->step == STEP_RESULT && share_of(p) < 1)
			cell_severity(c, SEVERITY_WARN);
	}
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct clone_view *v = clone_view(owner);
	size_t before = setting_rows(v);
	const struct clone_row *p;

	if (row < before) {
		setting_cell(v->report, row, column, c);
		return;
	}
	p = &v->report->rows[row - before];
	switch ((enum column)column) {
	case WHAT:
		cell_textf(c, "partition %zu", row - before);
		break;
	case SOURCE:
		format_count(&c->text, p->start);
		str_add(&c->text, " to ");
		format_count(&c->text, p->stop);
		c->kind = CELL_TEXT;
		break;
	case NOW:
		cell_int(c, p->now);
		break;
	case THEN:
		format_count(&c->text, v->step == STEP_RESULT && v->ok ? p->now : p->expected);
		c->kind = CELL_TEXT;
		break;
	case STATE:
		state_cell(v, p, c);
		break;
	case COLUMN_COUNT:
		break;
	}
}

const struct table_ops clone_rows = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
};

/* The head */

static void add_plan(struct str *out, const struct clone_view *c)
{
	const struct clone_report *r = c->report;

	if (r->exists && clone_report_left(r) == 0)
		str_addf(out, "%s has all records that %s had when it was read", c->request.target, c->request.source);
	else if (r->exists)
		str_addf(out, "resumes the copy into %s", c->request.target);
	else
		str_addf(out, "creates %s like %s", c->request.target, c->request.source);
	if (r->cluster)
		str_addf(out, " on %s", r->cluster);
	if (c->request.data && clone_report_left(r) > 0) {
		str_add(out, "; up to ");
		format_count(out, clone_report_left(r));
		str_add(out, " records to copy");
	}
}

static void add_figures(struct str *out, const struct clone_progress *p)
{
	format_count(out, p->delivered);
	str_add(out, " records  ");
	format_bytes(out, (double)p->bytes);
	str_add(out, "   ");
	format_rate(out, p->per_s);
	str_add(out, "/s  ");
	if (isnan(p->bytes_per_s))
		str_add(out, "-");
	else
		format_bytes(out, p->bytes_per_s);
	str_add(out, "/s   ETA ");
	if (p->eta_ms < 0)
		str_add(out, "-");
	else
		format_duration(out, p->eta_ms);
	str_add(out, "   for ");
	format_duration(out, p->ms);
}

static void add_result(struct str *out, const struct clone_view *c)
{
	const struct clone_progress *p = &c->report->progress;

	if (c->ok && !c->request.data) {
		str_addf(out, "%s was created like %s and read back; it is empty", c->request.target,
			c->request.source);
		return;
	}
	format_count(out, p->delivered);
	str_add(out, " records, ");
	format_bytes(out, (double)p->bytes);
	str_add(out, " in ");
	format_duration(out, p->ms);
	if (c->ok)
		str_addf(out, "; verified: %s is a copy of %s", c->request.target, c->request.source);
	else
		str_add(out, c->report->stuck ? "; not complete" : "; not complete: Enter resumes the copy");
}

static void draw_bar(const struct area *a, int row, const struct clone_progress *p)
{
	const char *full = draw_is_ascii() ? "#" : "█", *empty = draw_is_ascii() ? "." : "░";
	double share = p->total > 0 ? (double)p->done / (double)p->total : 0;
	int cols = a->cols - 9 < BAR_MOST ? a->cols - 9 : BAR_MOST;
	char *percent = mem_printf("%d %%", (int)(share * 100));

	draw_right(a, row, 1, 5, ROLE_STRONG, percent);
	for (int i = 0; i < cols; i++)
		draw_text(a, row, 8 + i, 1, i < (int)(share * cols) ? ROLE_OK : ROLE_DIM,
			i < (int)(share * cols) ? full : empty);
	free(percent);
}

static void add_first_line(struct str *out, const struct clone_view *c)
{
	const struct clone_report *r = c->report;

	if (c->planning)
		str_add(out, "making the plan: reading both topics, the broker validates it ...");
	else if (c->step == STEP_RUN && c->cancelling)
		str_add(out, "cancelling: waiting for the answers to what was sent ...");
	else if (c->step == STEP_RUN && (!r || r->stage == CLONE_PLANNED))
		str_add(out, "reading both topics again ...");
	else if (c->step == STEP_RUN && r->stage == CLONE_MAKING)
		str_add(out, r->exists ? "reading what the target already has ..." : "creating the topic ...");
	else if (c->step == STEP_RUN)
		str_add(out, "copying; Ctrl-c cancels, a digit goes to another view meanwhile");
	else if (c->why)
		str_add(out, c->why);
	else if (c->step == STEP_RESULT)
		str_add(out, "done; Enter opens it, Esc goes back");
	else if (r)
		str_add(out, "Enter to continue (you will be asked to confirm); nothing is changed yet");
}

/* The newest notes, as many as fit. */
static int draw_notes(const struct clone_view *c, const struct area *a, int row)
{
	const struct clone_report *r = c->report;
	size_t first = r->note_count;
	int room = a->rows / 2 - row;

	while (first > 0 && (room -= wrap_lines(r->notes[first - 1], a->cols - 3)) >= 0)
		first--;
	for (size_t i = first; i < r->note_count; i++) {
		draw_text(a, row, 1, 1, ROLE_WARN, "~");
		row = wrap_draw(a, row, 3, ROLE_WARN, r->notes[i]);
	}
	return row;
}

int clone_draw_head(const struct view *v, const struct area *a)
{
	const struct clone_view *c = clone_view(v);
	int row = 0;
	struct str text = { 0 };

	add_first_line(&text, c);
	row = wrap_draw(a, row, 1, c->why && !c->planning && c->step != STEP_RUN ? ROLE_WARN : ROLE_DIM,
		str_text(&text));
	str_clear(&text);
	if (!c->report || c->planning) {
		str_release(&text);
		return row;
	}
	if (c->step == STEP_PLAN) {
		add_plan(&text, c);
	} else if (c->step == STEP_RUN && c->report->stage >= CLONE_COPYING) {
		draw_bar(a, row++, &c->report->progress);
		add_figures(&text, &c->report->progress);
	} else if (c->step == STEP_RESULT) {
		add_result(&text, c);
	}
	if (text.len)
		row = wrap_draw(a, row, 1, ROLE_TEXT, str_text(&text));
	str_release(&text);
	return draw_notes(c, a, row);
}
