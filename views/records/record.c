/* SPDX-License-Identifier: BSD-2-Clause */
/* One whole record: its place, key, headers and value; [ and ] go to the one before and after. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "views/command.h"
#include "views/records/record_text.h"
#include "views/records/records_ask.h"
#include "views/records/records_output.h"
#include "views/reset/reset.h"
#include "views/views.h"

struct state {
	struct text_pane text; /* first */
	struct records *r;
	struct record_id id;
	struct arena *arena; /* of the record */
	struct record record;
	enum txn_outcome outcome;
	bool here; /* record is filled; stays when the ring loses it */
	bool utc;
};

static void show_record(struct state *st)
{
	text_pane_clear(&st->text);
	if (st->here)
		record_text_add(st->r, &st->record, st->outcome, &st->text);
	text_pane_done(&st->text);
}

static void load_record(struct state *st, const struct record_id *id)
{
	struct arena *arena = arena_new(0);
	struct record record;
	enum txn_outcome outcome;

	if (!records_read(st->r, id, arena, &record, &outcome)) {
		arena_free(arena);
		return;
	}
	arena_free(st->arena);
	st->arena = arena;
	st->record = record;
	st->outcome = outcome;
	st->here = true;
	st->id = *id;
	show_record(st);
}

static bool same_record(const void *a, const void *b)
{
	const struct record_id *x = a, *y = b;

	return x->topic == y->topic && x->partition == y->partition && x->offset == y->offset;
}

/* A record_id: its topic lives as long as the records below. */
static const struct view_request_type record_asked = { .equal = same_record, .release = free };

void records_open_record(struct records *r)
{
	struct record_id *id = mem_alloc(sizeof(*id));

	records_note_cursor(r);
	*id = r->place.at;
	r->ui->calls->open(r->ui, &view_record,
		(struct view_request){ .type = &record_asked,
			.value = id,
			.name = mem_printf("%s %" PRId32 " offset %" PRId64,
				records_scope_is_topic(&r->scope) ? "partition" : id->topic, id->partition,
				id->offset) });
}

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;
	const struct record_id *id = v->request.value;

	st->r = records_under(v);
	if (!st->r || !id || !id->topic)
		return error_set(err, ERR_USAGE, "a record is opened from the messages of a topic");
	load_record(st, id);
	return true;
}

static void close(struct view *v)
{
	struct state *st = v->state;

	text_pane_release(&st->text);
	arena_free(st->arena);
}

static void update(struct view *v, const struct world *w)
{
	struct state *st = v->state;

	(void)w;
	if (st->utc != v->ui->utc)
		show_record(st);
	st->utc = v->ui->utc;
}

/* The feed of the view below goes on; the record that is shown stays. */
static bool woken(struct view *v)
{
	struct state *st = v->state;
	bool newest = st->r->window.newest;

	st->r->window.newest = false;
	records_woken(st->r);
	st->r->window.newest = newest;
	return false;
}

static int64_t next_change(const struct view *v)
{
	return records_next_change(((const struct state *)v->state)->r);
}

static void go_to_next(struct state *st, int by)
{
	struct records *r = st->r;
	int64_t number = records_find(r, &st->id);

	if (number < 0) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
		return;
	}
	window_go(&r->window, number);
	if (window_move(&r->window, by) != WINDOW_INSIDE) {
		if (by < 0 && !r->feed.now.at_start && !r->feed.now.searched)
			r->feed.ops->older(r->feed.handle);
		else if (by > 0 && !r->feed.now.at_end && !r->feed.now.searched)
			r->feed.ops->newer(r->feed.handle);
		records_take(r);
		records_say(r, SEVERITY_NONE,
			r->feed.now.phase == FEED_LOADING ? "loading ..." :
				by < 0                    ? "this is the oldest one here" :
							    "this is the newest one here");
		return;
	}
	records_note_cursor(r);
	st->text.cursor = st->text.top = 0;
	load_record(st, &r->place.at);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	switch (id) {
	case ACTION_OLDER:
		go_to_next(st, -1);
		break;
	case ACTION_NEWER:
		go_to_next(st, 1);
		break;
	case ACTION_COPY:
		records_copy(st->r, &st->id, 1, COPY_VALUE);
		break;
	case ACTION_COPY_KEY:
		records_copy(st->r, &st->id, 1, COPY_KEY);
		break;
	case ACTION_COPY_ROW:
		records_copy(st->r, &st->id, 1, COPY_RECORD);
		break;
	case ACTION_COPY_COMMAND:
		command_copy_record(v->ui, st->id.topic, st->id.partition, st->id.offset);
		break;
	case ACTION_EXPORT:
		records_export_one(st->r, &st->id, arg);
		break;
	case ACTION_PAGER:
	case ACTION_EDITOR:
		records_show_outside(st->r, &st->id, id == ACTION_PAGER ? PROGRAM_PAGER : PROGRAM_EDITOR);
		break;
	case ACTION_COMPARE:
		records_compare(st->r, &st->id, arg);
		break;
	case ACTION_PRODUCE:
		records_produce_one(st->r, &st->id);
		break;
	case ACTION_RESET:
		reset_open_record(v, st->id.topic, st->id.partition, st->id.offset, st->r->asked.group);
		break;
	case ACTION_DECODER:
	case ACTION_KEY_DECODER:
		records_ask_decoder(st->r, st->id.topic, id == ACTION_KEY_DECODER, arg);
		break;
	default:
		return text_pane_action(&st->text, v->ui, id, arg);
	}
	v->ui->calls->changed(v->ui);
	return ACTION_HANDLED;
}

static void draw(struct view *v, const struct area *a)
{
	struct state *st = v->state;

	draw_clear(a);
	if (st->r->rows.decoders_changed) {
		st->r->rows.decoders_changed = false;
		show_record(st);
	}
	if (!st->here)
		draw_text(a, 1, 3, a->cols - 3, ROLE_WARN, "the record has left the ring");
	text_pane_draw(&st->text, a);
}

static size_t complete(struct view *v, enum action_id id, const char *prefix, char ***words)
{
	return records_complete(((struct state *)v->state)->r, id, prefix, words);
}

const struct view_ops view_record = {
	.name = "record",
	.title = "record",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TEXT | VIEW_FOLD | VIEW_RECORD | VIEW_PAGER | VIEW_EDITOR,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.woken = woken,
	.next_change = next_change,
	.disabled = text_view_disabled,
	.click = text_view_click,
	.footer = text_view_footer,
	.complete = complete,
};
