/* SPDX-License-Identifier: BSD-2-Clause */
/* The records that a plan lands on and skips, read once and only for rows on the screen. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/mem.h"
#include "codec/mask.h"
#include "codec/render.h"
#include "model/format.h"
#include "views/reset/reset_state.h"

enum { ROWS_AT_ONCE = 128, KEY_BYTES = 40, VALUE_BYTES = 200, SKIPPED_MOST = 10 };

static void free_landings(struct reset_landing **items, size_t count)
{
	for (size_t i = 0; *items && i < count; i++)
		free((*items)[i].text);
	free(*items);
	*items = NULL;
}

/* A few skipped records are shown, since one of them may be the one that cannot be processed; thousands are not. */
static int64_t first_skipped(const struct reset_row *row)
{
	if (row->action != RESET_COMMIT || row->skipped < 1 || row->skipped > SKIPPED_MOST)
		return -1;
	return row->committed > row->log_start ? row->committed : row->log_start;
}

void reset_landings_new(struct reset_state *st)
{
	const struct reset_plan *plan = st->check.plan;

	free_landings(&st->landings.targets, st->landings.count);
	free_landings(&st->landings.skips, st->landings.count);
	st->landings.count = plan ? plan->row_count : 0;
	if (!plan)
		return;
	st->landings.targets = mem_alloc((plan->row_count + 1) * sizeof(*st->landings.targets));
	st->landings.skips = mem_alloc((plan->row_count + 1) * sizeof(*st->landings.skips));
	for (size_t i = 0; i < plan->row_count; i++) {
		st->landings.targets[i].target = plan->rows[i].action == RESET_COMMIT ? plan->rows[i].target : -1;
		st->landings.skips[i].target = first_skipped(&plan->rows[i]);
	}
}

/* Rows on the screen whose record was not asked for yet. */
static size_t wanted_of(const struct view *v, const struct reset_landing *items, size_t *found)
{
	const struct reset_state *st = reset_state(v);
	size_t visible[ROWS_AT_ONCE], n = 0, count = table_visible(panes_table(v, PANE_PLAN), visible, ROWS_AT_ONCE);

	for (size_t i = 0; i < count; i++)
		if (visible[i] < st->landings.count && items[visible[i]].target >= 0 && !items[visible[i]].asked)
			found[n++] = visible[i];
	return n;
}

/* Rows whose record is wanted; *items: targets or skips. */
static size_t wanted(const struct view *v, struct reset_landing **items, size_t *found)
{
	const struct reset_state *st = reset_state(v);
	size_t n;

	if (st->step != STEP_PLAN || !st->check.plan || st->landings.peeking || st->check.planning || st->run.applying)
		return 0;
	*items = st->landings.targets;
	n = wanted_of(v, *items, found);
	if (n)
		return n;
	*items = st->landings.skips;
	return wanted_of(v, *items, found);
}

bool reset_wants_peek(const struct view *v)
{
	struct reset_landing *items;
	size_t found[ROWS_AT_ONCE];

	return wanted(v, &items, found) > 0;
}

/* Masks apply here, too. */
static void add_decoded(struct str *out, const struct ui *ui, const struct reset_peek_record *r, bool is_key,
	size_t most)
{
	struct codec_choice choice = { .id = CODEC_AUTO };
	struct codec_input input = { .bytes = { is_key ? r->key : r->value, is_key ? r->key_len : r->value_len },
		.is_key = is_key };
	struct arena *arena = arena_new(4096);
	struct decoded decoded;

	codec_decode(&choice, &input, arena, &decoded);
	mask_decoded(ui->settings->mask, r->topic, is_key ? MASK_KEY : MASK_VALUE, arena, &decoded);
	render_summary(out, &decoded, most);
	arena_free(arena);
}

/* The time is added when it is drawn, because the zone may change. */
static char *summary(const struct ui *ui, const struct reset_peek_record *r)
{
	struct str out = { 0 };

	if (r->key) {
		add_decoded(&out, ui, r, true, KEY_BYTES);
		str_add(&out, "  ");
	}
	if (r->value)
		add_decoded(&out, ui, r, false, VALUE_BYTES);
	else
		str_add(&out, "<tombstone>");
	return str_take(&out);
}

static struct reset_landing *landing_of(struct reset_state *st, const struct reset_peek_record *r)
{
	const struct reset_row *row = st->check.plan ? reset_plan_find(st->check.plan, r->topic, r->partition) : NULL;
	struct reset_landing *l = row ? &st->landings.targets[row - st->check.plan->rows] : NULL;
	struct reset_landing *skip = row ? &st->landings.skips[row - st->check.plan->rows] : NULL;

	return l && l->target == r->target ? l : skip && skip->target == r->target ? skip : NULL;
}

static void take_peek(struct view *v, const struct reset_peek *peek)
{
	struct reset_state *st = reset_state(v);

	for (size_t i = 0; peek && i < peek->count; i++) {
		const struct reset_peek_record *r = &peek->records[i];
		struct reset_landing *l = landing_of(st, r);

		if (!l || r->state == RESET_PEEK_WAITING || l->state != RESET_PEEK_WAITING)
			continue;
		l->state = r->state;
		l->timestamp_ms = r->timestamp_ms;
		l->hole = r->offset - r->target;
		l->text = r->state == RESET_PEEK_FOUND ? summary(v->ui, r) : mem_strdup(r->error);
	}
}

/* Lets the column grow; not when the table is sorted by it, because rows would move. */
static void widen_column(struct reset_state *st)
{
	struct table *t = st->panes.items[PANE_PLAN].table;

	if (!table_sorted_by(t, "lands_on"))
		table_update(t);
}

static void peek_progress(struct view *v, struct work *w)
{
	struct reset_peek *news = mailbox_take(&w->news);

	take_peek(v, news);
	widen_column(reset_state(v));
	reset_peek_free(news);
	v->ui->calls->changed(v->ui);
}

/* Records that did not come count as failed, so that they are not asked for again. */
static void peek_ended(struct view *v, struct work *w)
{
	struct reset_state *st = reset_state(v);
	const struct reset_peek_input *in = w->input;

	st->landings.peeking = false;
	take_peek(v, w->output);
	for (size_t i = 0; i < in->count; i++) {
		const struct reset_peek_item *item = &in->items[i];
		struct reset_landing *l = landing_of(st,
			&(struct reset_peek_record){ .topic = item->topic,
				.partition = item->partition,
				.target = item->offset });

		if (!l || l->state != RESET_PEEK_WAITING)
			continue;
		l->state = RESET_PEEK_FAILED;
		l->text = mem_strdup(w->ok ? "not read" : w->err.message);
	}
	widen_column(st);
	work_free(w);
	v->ui->calls->changed(v->ui);
}

void reset_peek_visible(struct view *v)
{
	struct reset_state *st = reset_state(v);
	struct reset_landing *items;
	size_t found[ROWS_AT_ONCE], count = wanted(v, &items, found);
	struct reset_peek_input *in;

	if (!count)
		return;
	in = mem_alloc(sizeof(*in));
	in->items = mem_alloc(count * sizeof(*in->items));
	in->count = count;
	for (size_t i = 0; i < count; i++) {
		const struct reset_row *row = &st->check.plan->rows[found[i]];

		in->items[i] = (struct reset_peek_item){ .topic = mem_strdup(row->topic),
			.partition = row->partition,
			.offset = items[found[i]].target,
			.log_end = row->log_end };
		items[found[i]].asked = true;
	}
	st->landings.peeking = true;
	v->ui->calls->work(v->ui, v, work_new(WORK_RESET_PEEK, "reading the target records", in, reset_peek_input_free),
		peek_progress, peek_ended);
}

/* Without the date if it is today. */
static void add_time(struct str *out, int64_t ms, bool utc)
{
	struct str when = { 0 }, now = { 0 };

	format_datetime(&when, ms, utc);
	format_datetime(&now, clock_wall_ms(), utc);
	if (when.len == now.len && strncmp(str_text(&when), str_text(&now), 10) == 0)
		str_add(out, str_text(&when) + 11);
	else
		str_add_len(out, str_text(&when), when.len - strlen(".123"));
	str_add(out, "  ");
	str_release(&when);
	str_release(&now);
}

void reset_landing_cell(const struct reset_state *st, size_t row, bool utc, struct str *out)
{
	const struct reset_landing *l = &st->landings.targets[row];

	if (st->check.plan->rows[row].action != RESET_COMMIT)
		return;
	switch (l->state) {
	case RESET_PEEK_WAITING:
		str_add(out, l->asked ? "..." : "");
		break;
	case RESET_PEEK_FOUND:
		if (l->timestamp_ms != RECORD_NO_TIME)
			add_time(out, l->timestamp_ms, utc);
		if (l->hole > 0)
			str_addf(out, "%lld offsets later: ", (long long)l->hole);
		str_add(out, l->text);
		break;
	case RESET_PEEK_END:
		str_add(out, "the end: no records yet");
		break;
	case RESET_PEEK_FAILED:
		str_addf(out, "? %s", l->text ? l->text : "not read");
		break;
	case RESET_PEEK_STATE_COUNT:
		break;
	}
}

void reset_skips_cell(const struct reset_state *st, size_t row, struct str *out)
{
	const struct reset_landing *l = &st->landings.skips[row];
	int64_t more = st->check.plan->rows[row].skipped - l->hole - 1;

	if (l->target < 0)
		return;
	if (l->state == RESET_PEEK_FOUND && more >= 0) {
		format_count(out, l->target + l->hole);
		str_addf(out, ": %s", l->text);
		if (more)
			str_addf(out, ", and %lld more", (long long)more);
	} else if (l->state == RESET_PEEK_FOUND || l->state == RESET_PEEK_END) {
		str_add(out, "no record");
	} else if (l->state == RESET_PEEK_FAILED) {
		str_addf(out, "? %s", l->text ? l->text : "not read");
	} else {
		str_add(out, "...");
	}
}
