/* SPDX-License-Identifier: BSD-2-Clause */
/* What a search covered, partition by partition, and what was noticed while reading. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/format.h"
#include "views/records.h"
#include "views/text_pane.h"
#include "views/views.h"

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

/* Each partition that is read now: what arrives, and how far it is. */
static void add_partitions(struct text_pane *text, const struct records *r)
{
	struct feed_rate *rates;
	size_t count = records_rates(r, &rates);

	if (count && text->count)
		text_pane_addf(text, ROLE_DIM, 0, " ");
	if (count)
		text_pane_addf(text, ROLE_TITLE, 0, "PARTITIONS");
	for (size_t i = 0; i < count; i++) {
		struct str rate = {0}, from = {0}, end = {0}, at = {0};

		format_rate(&rate, rates[i].records_per_s);
		add_offset(&from, rates[i].log_start);
		add_offset(&at, rates[i].position);
		add_offset(&end, rates[i].end);
		text_pane_addf(text, ROLE_TEXT, 0, "%s-%" PRId32 "  %s rec/s  read up to %s  log %s to %s", rates[i].topic,
			rates[i].partition, str_text(&rate), str_text(&at), str_text(&from), str_text(&end));
		str_release(&rate);
		str_release(&from);
		str_release(&end);
		str_release(&at);
	}
	free(rates);
}

static bool open(struct view *v, const char *arg, struct error *err)
{
	struct text_pane *text = v->state;
	const struct records *r = records_under(v);

	(void)arg;
	if (!r)
		return error_set(err, ERR_USAGE, "nothing was searched");
	text_pane_clear(text);
	text->wrap = true;
	if (r->statement.len && r->searched)
		text_pane_add_field(text, "searched for", "%s", r->searched);
	add_lines(text, &r->statement);
	if (r->notes.len) {
		text_pane_addf(text, ROLE_DIM, 0, " ");
		text_pane_addf(text, ROLE_TITLE, 0, "NOTICED");
		add_lines(text, &r->notes);
	}
	add_partitions(text, r);
	text_pane_done(text);
	return true;
}

static void close(struct view *v)
{
	text_pane_release(v->state);
}

static void draw(struct view *v, const struct area *a)
{
	draw_clear(a);
	text_pane_draw(v->state, a);
}

static bool woken(struct view *v)
{
	records_woken(records_under(v));
	return false;
}

static int64_t next_change(const struct view *v)
{
	return records_next_change(records_under(v));
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct str text = {0};
	struct error err;

	if (id != ACTION_PAGER && id != ACTION_COPY)
		return text_pane_action(v->state, v->ui, id, arg);
	text_pane_plain(v->state, &text);
	if (id == ACTION_COPY)
		v->ui->calls->copy(v->ui, str_text(&text), "statement");
	else if (!v->ui->calls->outside(v->ui, PROGRAM_PAGER, ".txt", &text, &err))
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	str_release(&text);
	return ACTION_HANDLED;
}

static void footer(const struct view *v, struct str *out)
{
	text_pane_footer(v->state, out);
}

const struct view_ops view_statement = {
	.name = "statement", .title = "statement", .state_size = sizeof(struct text_pane),
	.open = open, .close = close, .draw = draw, .action = action, .woken = woken,
	.next_change = next_change, .footer = footer,
};
