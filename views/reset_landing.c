/* SPDX-License-Identifier: BSD-2-Clause */
/* The records that a plan lands on, read for the rows on the screen only, and only once. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/mem.h"
#include "codec/render.h"
#include "model/format.h"
#include "views/reset_state.h"

enum { ROWS_AT_ONCE = 128, KEY_BYTES = 40, VALUE_BYTES = 200 };

void reset_landings_clear(struct reset_state *st)
{
	for (size_t i = 0; i < st->landing_count; i++)
		free(st->landings[i].text);
	free(st->landings);
	st->landings = NULL;
	st->landing_count = 0;
}

static bool is_wanted(const struct reset_state *st, size_t row)
{
	return st->plan->rows[row].action == RESET_COMMIT && !st->landings[row].asked;
}

/* Rows on the screen whose record nobody asked for yet. */
static size_t wanted(const struct view *v, size_t *found)
{
	const struct reset_state *st = reset_state(v);
	size_t visible[ROWS_AT_ONCE], count, n = 0;

	if (st->step != STEP_PLAN || !st->plan || st->peeking || st->planning || st->applying)
		return 0;
	count = table_visible(panes_table(v, PANE_PLAN), visible, ROWS_AT_ONCE);
	for (size_t i = 0; i < count; i++)
		if (visible[i] < st->landing_count && is_wanted(st, visible[i]))
			found[n++] = visible[i];
	return n;
}

bool reset_wants_peek(const struct view *v)
{
	size_t found[ROWS_AT_ONCE];

	return wanted(v, found) > 0;
}

static void decode(struct str *out, const char *bytes, size_t len, bool is_key, size_t most)
{
	struct codec_choice choice = { .id = CODEC_AUTO };
	struct codec_input input = { .bytes = { bytes, len }, .is_key = is_key };
	struct arena *arena = arena_new(4096);
	struct decoded decoded;

	codec_decode(&choice, &input, arena, &decoded);
	render_summary(out, &decoded, most);
	arena_free(arena);
}

/* Time and date are put in front when it is drawn: the zone may change. */
static char *summary(const struct reset_peek_record *r)
{
	struct str out = { 0 };

	if (r->key) {
		decode(&out, r->key, r->key_len, true, KEY_BYTES);
		str_add(&out, "  ");
	}
	if (r->value)
		decode(&out, r->value, r->value_len, false, VALUE_BYTES);
	else
		str_add(&out, "<tombstone>");
	return str_take(&out);
}

static struct reset_landing *landing_of(struct reset_state *st, const struct reset_peek_record *r)
{
	const struct reset_row *row = st->plan ? reset_plan_find(st->plan, r->topic, r->partition) : NULL;
	struct reset_landing *l = row ? &st->landings[row - st->plan->rows] : NULL;

	return l && l->target == r->target ? l : NULL;
}

static void take(struct reset_state *st, const struct reset_peek *peek)
{
	for (size_t i = 0; peek && i < peek->count; i++) {
		const struct reset_peek_record *r = &peek->records[i];
		struct reset_landing *l = landing_of(st, r);

		if (!l || r->state == RESET_PEEK_WAITING || l->state != RESET_PEEK_WAITING)
			continue;
		l->state = r->state;
		l->timestamp_ms = r->timestamp_ms;
		l->hole = r->offset - r->target;
		l->text = r->state == RESET_PEEK_FOUND ? summary(r) : mem_strdup(r->error);
	}
}

/* The column grows with what it holds; sorted by it, the rows stay where they are. */
static void measure(struct reset_state *st)
{
	struct table *t = st->panes.items[PANE_PLAN].table;

	if (!table_sorted_by(t, "lands_on"))
		table_update(t);
}

static void progress(struct view *v, struct work *w)
{
	struct reset_peek *news = mailbox_take(&w->news);

	take(reset_state(v), news);
	measure(reset_state(v));
	reset_peek_free(news);
	v->ui->calls->changed(v->ui);
}

/* What never came is told as failed: it is not asked for again and again. */
static void peeked(struct view *v, struct work *w)
{
	struct reset_state *st = reset_state(v);
	const struct reset_peek_input *in = w->input;

	st->peeking = false;
	take(st, w->output);
	for (size_t i = 0; i < in->count; i++) {
		const struct reset_peek_item *item = &in->items[i];
		struct reset_landing *l = landing_of(st, &(struct reset_peek_record){ .topic = item->topic,
			.partition = item->partition, .target = item->offset });

		if (!l || l->state != RESET_PEEK_WAITING)
			continue;
		l->state = RESET_PEEK_FAILED;
		l->text = mem_strdup(w->ok ? "not read" : w->err.message);
	}
	measure(st);
	work_free(w);
	v->ui->calls->changed(v->ui);
}

void reset_peek_visible(struct view *v)
{
	struct reset_state *st = reset_state(v);
	size_t found[ROWS_AT_ONCE], count = wanted(v, found);
	struct reset_peek_input *in;

	if (!count)
		return;
	in = mem_alloc(sizeof(*in));
	in->items = mem_alloc(count * sizeof(*in->items));
	in->count = count;
	for (size_t i = 0; i < count; i++) {
		const struct reset_row *row = &st->plan->rows[found[i]];

		in->items[i] = (struct reset_peek_item){ .topic = mem_strdup(row->topic), .partition = row->partition,
			.offset = row->target, .log_end = row->log_end };
		st->landings[found[i]].asked = true;
	}
	st->peeking = true;
	v->ui->calls->work(v->ui, v, work_new(WORK_RESET_PEEK, "reading the target records", in, reset_peek_input_free),
		progress, peeked);
}

/* Today's without the date. */
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
	const struct reset_landing *l = &st->landings[row];

	if (st->plan->rows[row].action != RESET_COMMIT)
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
