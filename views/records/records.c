/* SPDX-License-Identifier: BSD-2-Clause */
/* The records of one or several topics: live, paged, filtered, searched. */
#include "views/records/records.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/clock.h"
#include "views/command.h"
#include "views/records/records_ask.h"
#include "views/records/records_draw.h"
#include "views/records/records_output.h"
#include "views/reset/reset.h"
#include "views/views.h"

struct records *records_under(const struct view *v)
{
	for (v = v->under; v; v = v->under)
		if (v->ops == &view_records)
			return v->state;
	return NULL;
}

void records_say(struct records *r, enum severity severity, const char *fmt, ...)
{
	struct str text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	r->ui->calls->message(r->ui, severity, str_text(&text));
	str_release(&text);
}

void records_note_cursor(struct records *r)
{
	const struct records_row *row = window_is_empty(&r->window) ? NULL : records_row(r, r->window.cursor);

	if (row)
		r->place.at = row->id;
}

bool records_read(struct records *r, const struct record_id *id, struct arena *arena, struct record *out,
	enum txn_outcome *outcome)
{
	int64_t number = records_find(r, id);

	return number >= 0 && r->feed.ops->read(r->feed.handle, number, 1, arena, out, outcome) == 1;
}

static void close(struct view *v)
{
	struct records *r = v->state;

	records_close_feed(r);
	records_release_rows(&r->rows);
	records_columns_release(&r->columns);
	list_release(&r->marks);
	records_scope_release(&r->scope);
	free(r->asked.group);
	free(r->asked.filter);
	free(r->asked.searched);
	str_release(&r->feed.statement);
	str_release(&r->feed.notes);
}

static bool open(struct view *v, struct error *err)
{
	struct records *r = v->state;

	r->view = v;
	r->ui = v->ui;
	r->columns.off = 1u << RECORDS_SIZE | 1u << RECORDS_HEADERS;
	records_marks_init(&r->marks);
	window_set_page(&r->window, 1);
	if (!records_scope_read(&r->scope, v->request.name ? v->request.name : "", err)) {
		close(v);
		return false;
	}
	/* A failure is shown in the pane, where r tries again. */
	records_open_feed(r, &r->feed.error);
	return true;
}

static void update(struct view *v, const struct world *w)
{
	struct records *r = v->state;

	(void)w;
	if (r->feed.read_committed != v->ui->read_committed && r->feed.handle) {
		records_open_feed(r, &r->feed.error);
		records_renew_filter(r);
	}
	if (r->columns.utc != v->ui->utc)
		r->columns.time_cols = 0;
	r->columns.utc = v->ui->utc;
	records_take(r);
}

/* Not more often than each RECORDS_FRAME_MS: a picture for each batch would leave no time for keys. */
bool records_woken(struct records *r)
{
	int64_t now = clock_mono_ms();

	r->feed.waits = now < r->feed.taken_ms + RECORDS_FRAME_MS;
	if (r->feed.waits)
		return false;
	r->feed.taken_ms = now;
	return records_take(r);
}

int64_t records_next_change(const struct records *r)
{
	if (r->feed.waits)
		return r->feed.taken_ms + RECORDS_FRAME_MS;
	/* By then the row says that the outcome is not known. */
	return r->rows.unknown_ms && !records_wait_outcomes(r) && r->feed.now.phase != FEED_FOLLOWING ?
		r->rows.unknown_ms + RECORDS_OUTCOMES_MS :
		-1;
}

static bool woken(struct view *v)
{
	return records_woken(v->state);
}

static void paused(struct view *v, bool on)
{
	records_paused(v->state, on);
}

static int64_t next_change(const struct view *v)
{
	return records_next_change(v->state);
}

static void draw(struct view *v, const struct area *a)
{
	records_draw(v->state, a);
}

/* Moving up from the oldest record loads an older page, moving down from the newest a newer one. */
static void at_edge(struct records *r, enum window_edge edge, int64_t up)
{
	if (!r->feed.handle || r->feed.now.phase == FEED_LOADING || r->feed.now.phase == FEED_SEARCHING)
		return;
	if (edge == WINDOW_AT_TOP && !r->feed.now.at_start && !r->feed.now.searched) {
		r->place.wants_up = up;
		r->feed.ops->older(r->feed.handle);
	} else if (edge == WINDOW_AT_BOTTOM && !r->feed.now.at_end && !r->feed.now.searched &&
		r->feed.now.phase == FEED_IDLE) {
		r->feed.ops->newer(r->feed.handle);
	} else {
		return;
	}
	records_take(r);
}

static bool move_cursor(struct records *r, enum action_id id)
{
	enum window_edge edge = WINDOW_INSIDE;

	switch (id) {
	case ACTION_UP:
		edge = window_move(&r->window, -1);
		break;
	case ACTION_DOWN:
		edge = window_move(&r->window, 1);
		break;
	case ACTION_PAGE_UP:
		edge = window_page(&r->window, -1);
		break;
	case ACTION_PAGE_DOWN:
		edge = window_page(&r->window, 1);
		break;
	case ACTION_TOP:
		window_go(&r->window, r->window.first);
		break;
	case ACTION_BOTTOM:
		window_go_newest(&r->window);
		break;
	case ACTION_LEFT:
		r->columns.scroll = r->columns.scroll > 8 ? r->columns.scroll - 8 : 0;
		break;
	case ACTION_RIGHT:
		r->columns.scroll += 8;
		break;
	default:
		return false;
	}
	r->place.moved = true;
	at_edge(r, edge, id == ACTION_PAGE_UP ? r->window.page - 1 : 1);
	records_note_cursor(r);
	return true;
}

static void follow_feed(struct records *r)
{
	bool on = r->feed.now.phase != FEED_FOLLOWING || !r->window.newest;

	r->place.moved = true;
	if (on && r->feed.now.searched)
		records_renew_filter(r);
	if (r->feed.now.phase != FEED_FOLLOWING || !on)
		r->feed.ops->follow(r->feed.handle, on);
	if (on)
		window_go_newest(&r->window);
	else
		records_say(r, SEVERITY_NONE, "no longer following; f goes on with what arrives");
	records_take(r);
	if (on)
		window_go_newest(&r->window);
	records_note_cursor(r);
}

static void go_same_key(struct records *r, bool next)
{
	r->place.wants_found = true;
	r->feed.ops->same_key(r->feed.handle, r->window.cursor, next);
	records_take(r);
	records_note_cursor(r);
}

static void cancel_feed(struct records *r)
{
	r->feed.ops->cancel(r->feed.handle);
	records_take(r);
	records_say(r, SEVERITY_NONE, r->feed.was_searching ? "stopping ..." : "cancelled");
}

static void reopen_feed(struct records *r)
{
	if (records_open_feed(r, &r->feed.error))
		records_renew_filter(r);
}

/* Actions on the feed; false: it is none of these. */
static bool do_with_feed(struct records *r, enum action_id id, const char *arg)
{
	/* Who goes elsewhere while paused stays there when the pause ends. */
	if (id == ACTION_GO_TO || id == ACTION_SEARCH || id == ACTION_SEARCH_EVERYWHERE)
		r->feed.held = false;
	switch (id) {
	case ACTION_OLDER:
		r->feed.ops->older(r->feed.handle);
		window_go(&r->window, r->window.first);
		records_take(r);
		break;
	case ACTION_NEWER:
		r->feed.ops->newer(r->feed.handle);
		records_take(r);
		window_page(&r->window, 1);
		break;
	case ACTION_FOLLOW:
		follow_feed(r);
		break;
	case ACTION_GO_TO:
		records_ask_where(r, arg);
		break;
	case ACTION_FILTER:
		records_ask_filter(r, arg);
		break;
	case ACTION_SAVED_FILTER:
		records_ask_saved(r, arg);
		break;
	case ACTION_SEARCH:
	case ACTION_SEARCH_EVERYWHERE:
		records_ask_search(r, arg, id == ACTION_SEARCH_EVERYWHERE);
		break;
	case ACTION_SAME_KEY_NEXT:
	case ACTION_SAME_KEY_PREV:
		go_same_key(r, id == ACTION_SAME_KEY_NEXT);
		break;
	default:
		return false;
	}
	records_note_cursor(r);
	return true;
}

/* Marks and copies; false: it is none of these. */
static bool mark_or_copy(struct records *r, enum action_id id)
{
	switch (id) {
	case ACTION_MARK:
		records_mark(r);
		break;
	case ACTION_MARK_ALL:
		records_mark_all(r);
		break;
	case ACTION_UNMARK_ALL:
		list_unmark_all(&r->marks);
		break;
	case ACTION_COPY:
		records_copy_here(r, COPY_VALUE);
		break;
	case ACTION_COPY_KEY:
		records_copy_here(r, COPY_KEY);
		break;
	case ACTION_COPY_ROW:
		records_copy_here(r, COPY_RECORD);
		break;
	case ACTION_COPY_COMMAND:
		records_note_cursor(r);
		command_copy_record(r->ui, r->place.at.topic, r->place.at.partition, r->place.at.offset);
		break;
	default:
		return false;
	}
	return true;
}

/* The other actions; false: it is none of these. */
static bool do_other(struct records *r, enum action_id id, const char *arg)
{
	switch (id) {
	case ACTION_EXPORT:
		records_export(r, arg);
		break;
	case ACTION_PAGER:
	case ACTION_EDITOR:
		records_show_outside(r, &r->place.at, id == ACTION_PAGER ? PROGRAM_PAGER : PROGRAM_EDITOR);
		break;
	case ACTION_PRODUCE:
		records_produce(r);
		break;
	case ACTION_COMPARE:
		records_note_cursor(r);
		records_compare(r, &r->place.at, arg);
		break;
	case ACTION_DECODER:
	case ACTION_KEY_DECODER:
		records_ask_decoder(r, r->place.at.topic, id == ACTION_KEY_DECODER, arg);
		break;
	case ACTION_OPEN:
		records_open_record(r);
		break;
	case ACTION_RESET:
		records_note_cursor(r);
		reset_open_record(r->view, r->place.at.topic, r->place.at.partition, r->place.at.offset,
			r->asked.group);
		break;
	case ACTION_COLUMNS:
		records_ask_columns(r);
		break;
	case ACTION_COLUMN:
		records_add_column(r, arg);
		break;
	case ACTION_STATEMENT:
		r->ui->calls->open(r->ui, &view_statement, view_request_named("what was searched"));
		break;
	default:
		return false;
	}
	return true;
}

static enum action_result cancel(struct records *r)
{
	enum feed_phase phase = r->feed.now.phase;

	if (phase != FEED_SEARCHING && phase != FEED_LOADING && phase != FEED_OPENING)
		return ACTION_IGNORED;
	cancel_feed(r);
	return ACTION_HANDLED;
}

/* Leaves the search, else the filter; without them the view itself is left. */
static enum action_result go_back(struct records *r)
{
	if (r->feed.now.searched)
		follow_feed(r);
	else if (r->asked.filter)
		records_ask_filter(r, "");
	else
		return ACTION_IGNORED;
	return ACTION_HANDLED;
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct records *r = v->state;

	if (id == ACTION_CANCEL)
		return cancel(r);
	if (id == ACTION_BACK)
		return go_back(r);
	if (id == ACTION_REFRESH) {
		if (r->feed.handle && r->feed.now.phase != FEED_FAILED && r->feed.now.phase != FEED_OPENING)
			return ACTION_IGNORED;
		reopen_feed(r);
	} else if (!move_cursor(r, id) && !do_with_feed(r, id, arg) && !mark_or_copy(r, id) && !do_other(r, id, arg)) {
		return ACTION_IGNORED;
	}
	v->ui->calls->changed(v->ui);
	return ACTION_HANDLED;
}

/* What an action of this view cannot do without. */
enum need { NEEDS_NOTHING, NEEDS_FEED, NEEDS_RECORD };

static const enum need needs[ACTION_COUNT] = {
	[ACTION_OLDER] = NEEDS_FEED,
	[ACTION_NEWER] = NEEDS_FEED,
	[ACTION_FOLLOW] = NEEDS_FEED,
	[ACTION_GO_TO] = NEEDS_FEED,
	[ACTION_FILTER] = NEEDS_FEED,
	[ACTION_SAVED_FILTER] = NEEDS_FEED,
	[ACTION_SEARCH] = NEEDS_FEED,
	[ACTION_SEARCH_EVERYWHERE] = NEEDS_FEED,
	[ACTION_STATEMENT] = NEEDS_FEED,
	[ACTION_SAME_KEY_NEXT] = NEEDS_RECORD,
	[ACTION_SAME_KEY_PREV] = NEEDS_RECORD,
	[ACTION_OPEN] = NEEDS_RECORD,
	[ACTION_MARK] = NEEDS_RECORD,
	[ACTION_MARK_ALL] = NEEDS_RECORD,
	[ACTION_COMPARE] = NEEDS_RECORD,
	[ACTION_COPY] = NEEDS_RECORD,
	[ACTION_COPY_KEY] = NEEDS_RECORD,
	[ACTION_COPY_ROW] = NEEDS_RECORD,
	[ACTION_COPY_COMMAND] = NEEDS_RECORD,
	[ACTION_EXPORT] = NEEDS_RECORD,
	[ACTION_PAGER] = NEEDS_RECORD,
	[ACTION_EDITOR] = NEEDS_RECORD,
	[ACTION_DECODER] = NEEDS_RECORD,
	[ACTION_KEY_DECODER] = NEEDS_RECORD,
	[ACTION_RESET] = NEEDS_RECORD,
};

static const char *disabled(const struct view *v, enum action_id id)
{
	const struct records *r = v->state;

	if (id == ACTION_FOLLOW && r->ui->paused)
		return "weir is paused: p goes on";
	if (needs[id] == NEEDS_FEED && !r->feed.handle)
		return "the topic could not be opened";
	if (needs[id] == NEEDS_RECORD && (!r->feed.handle || window_is_empty(&r->window)))
		return "no record is shown";
	return NULL;
}

static void click(struct view *v, int row, int col, bool twice)
{
	struct records *r = v->state;
	int64_t number = records_row_at(r, row);

	(void)col;
	if (number < 0)
		return;
	window_go(&r->window, number);
	records_note_cursor(r);
	if (twice)
		records_open_record(r);
}

static void footer(const struct view *v, struct str *out)
{
	const struct records *r = v->state;

	if (r->marks.mark_count)
		str_addf(out, "%zu marked  ", r->marks.mark_count);
	if (!window_is_empty(&r->window))
		str_addf(out, "%" PRId64 " of %" PRId64 "%s%s", r->window.cursor - r->window.first + 1,
			r->window.end - r->window.first, r->feed.now.at_start ? "" : "  older: [",
			r->feed.now.at_end || r->feed.now.phase == FEED_FOLLOWING ? "" : "  newer: ]");
}

/* What the row has no room for. */
static void note(const struct view *v, struct str *out)
{
	struct records *r = v->state;
	const struct records_row *row = window_is_empty(&r->window) ? NULL : records_row(r, r->window.cursor);

	if (!row)
		return;
	if (row->outcome == TXN_UNKNOWN && records_wait_outcomes(r))
		str_add(out, "?: whether its transaction was committed is being looked at  ");
	if (*txn_outcome_name(row->outcome))
		str_addf(out, "%s  ", txn_outcome_name(row->outcome));
	if (row->key.masked || row->value.masked)
		str_add(out, "masked by the configuration  ");
	if (row->reason.len)
		str_addf(out, "value: %s", str_text(&row->reason));
}

static size_t complete(struct view *v, enum action_id id, const char *prefix, char ***words)
{
	return records_complete(v->state, id, prefix, words);
}

const struct view_ops view_records = {
	.name = "records",
	.title = "messages",
	.needs = NEED_METADATA,
	.state_size = sizeof(struct records),
	.capabilities = VIEW_FEED | VIEW_RECORD | VIEW_PAGER | VIEW_EDITOR,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.woken = woken,
	.paused = paused,
	.next_change = next_change,
	.click = click,
	.footer = footer,
	.note = note,
	.complete = complete,
};
