/* SPDX-License-Identifier: BSD-2-Clause */
/* What a search covered, partition by partition, and what was noticed while reading. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/format.h"
#include "views/records/records.h"
#include "views/text_pane.h"
#include "views/views.h"

enum { SHOW_MS = 500 };

struct state {
	struct text_pane text; /* first */
	int64_t shown_ms;
};

static struct text_pane *pane(const struct view *v)
{
	return &((struct state *)v->state)->text;
}

static void add_lines(struct text_pane *text, const struct str *lines)
{
	for (const char *p = str_text(lines), *end; *p; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		text_pane_add(text, p == lines->p ? ROLE_STRONG : ROLE_TEXT, 0, p, (size_t)(end - p));
	}
}

/* -1: unknown */
static void add_offset(struct str *out, int64_t offset)
{
	if (offset < 0)
		str_add(out, "-");
	else
		format_count(out, offset);
}

struct line {
	struct str cell[5]; /* partition, rate, position, log start, log end */
};

static void widen(int *widths, const struct line *l)
{
	for (int i = 0; i < 5; i++)
		if ((int)l->cell[i].len > widths[i])
			widths[i] = (int)l->cell[i].len;
}

/* The rate and the position of each partition that is read. */
static void add_partitions(struct text_pane *text, const struct records *r)
{
	struct feed_rate *rates;
	size_t count = records_rates(r, &rates);
	struct line *lines = mem_alloc((count + 1) * sizeof(*lines));
	int w[5] = { 0 };

	if (count && text->count)
		text_pane_addf(text, ROLE_DIM, 0, " ");
	if (count)
		text_pane_addf(text, ROLE_TITLE, 0, "PARTITIONS");
	for (size_t i = 0; i < count; i++) {
		struct str *cell = lines[i].cell;

		str_addf(&cell[0], "%s-%" PRId32, rates[i].topic, rates[i].partition);
		format_rate(&cell[1], rates[i].records_per_s);
		add_offset(&cell[2], rates[i].position);
		add_offset(&cell[3], rates[i].log_start);
		add_offset(&cell[4], rates[i].end);
		widen(w, &lines[i]);
	}
	for (size_t i = 0; i < count; i++) {
		struct str *cell = lines[i].cell;

		text_pane_addf(text, ROLE_TEXT, 0, "%-*s  %*s rec/s  read up to %*s  log %*s to %*s", w[0],
			str_text(&cell[0]), w[1], str_text(&cell[1]), w[2], str_text(&cell[2]), w[3],
			str_text(&cell[3]), w[4], str_text(&cell[4]));
		for (int k = 0; k < 5; k++)
			str_release(&cell[k]);
	}
	free(lines);
	free(rates);
}

static void show_statement(struct state *st, struct records *r)
{
	struct text_pane *text = &st->text;

	if (r->feed.now.phase == FEED_SEARCHING) {
		str_clear(&r->feed.statement);
		r->feed.ops->statement(r->feed.handle, &r->feed.statement);
	}
	text_pane_clear(text);
	text->wrap = true;
	if (r->feed.statement.len && r->asked.searched)
		text_pane_add_field(text, "searched for", "%s", r->asked.searched);
	add_lines(text, &r->feed.statement);
	if (r->feed.notes.len) {
		text_pane_addf(text, ROLE_DIM, 0, " ");
		text_pane_addf(text, ROLE_TITLE, 0, "NOTICED");
		add_lines(text, &r->feed.notes);
	}
	add_partitions(text, r);
	text_pane_done(text);
	st->shown_ms = clock_mono_ms();
}

static bool open(struct view *v, struct error *err)
{
	struct records *r = records_under(v);

	if (!r)
		return error_set(err, ERR_USAGE, "nothing was searched");
	show_statement(v->state, r);
	return true;
}

static void close(struct view *v)
{
	text_pane_release(pane(v));
}

/* A running search is shown again from time to time, not faster than one can read. */
static bool woken(struct view *v)
{
	struct state *st = v->state;
	struct records *r = records_under(v);

	if (!records_woken(r) || clock_mono_ms() - st->shown_ms < SHOW_MS)
		return false;
	show_statement(st, r);
	return true;
}

static int64_t next_change(const struct view *v)
{
	return records_next_change(records_under(v));
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct str text = { 0 };
	struct error err;

	if (id != ACTION_PAGER && id != ACTION_COPY)
		return text_pane_action(pane(v), v->ui, id, arg);
	text_pane_plain(pane(v), &text);
	if (id == ACTION_COPY)
		v->ui->calls->copy(v->ui, str_text(&text), "statement");
	else if (!v->ui->calls->run_program(v->ui, PROGRAM_PAGER, ".txt", &text, &err))
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	str_release(&text);
	return ACTION_HANDLED;
}

const struct view_ops view_statement = {
	.name = "statement",
	.title = "statement",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TEXT | VIEW_PAGER,
	.open = open,
	.close = close,
	.draw = text_view_draw,
	.action = action,
	.woken = woken,
	.next_change = next_change,
	.disabled = text_view_disabled,
	.footer = text_view_footer,
};
