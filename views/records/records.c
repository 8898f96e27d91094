/* SPDX-License-Identifier: BSD-2-Clause */
/* The records of one or several topics: live, paged, filtered, searched. */
#include "views/records/records.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/json_path.h"
#include "views/command.h"
#include "views/reset/reset.h"
#include "views/views.h"

struct records *records_under(const struct view *v)
{
	for (v = v->under; v; v = v->under)
		if (v->ops == &view_records)
			return v->state;
	return NULL;
}

static void no_key(void *owner, size_t index, struct str *out)
{
	(void)owner;
	(void)index;
	(void)out;
}

static bool add_partitions(struct records *r, const char *text, struct error *err)
{
	for (const char *p = text; *p;) {
		char *end;
		long value;

		errno = 0;
		value = strtol(p, &end, 10);
		if (*p < '0' || *p > '9' || errno || value > INT32_MAX || (*end && *end != ','))
			return error_set(err, ERR_USAGE, "%s: partitions are numbers, as in orders:0,3", text);
		r->partitions = mem_realloc(r->partitions, (r->partition_count + 1) * sizeof(*r->partitions));
		r->partitions[r->partition_count++] = (int32_t)value;
		p = *end ? end + 1 : end;
	}
	return true;
}

/* "orders payments", "orders:0,3", "^orders\." */
static bool read_names(struct records *r, const char *arg, struct error *err)
{
	for (const char *p = arg + strspn(arg, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " "), name = *p == '^' ? len : strcspn(p, ": ");
		char *partitions = name < len ? mem_strndup(p + name + 1, len - name - 1) : NULL;
		bool ok = !partitions || add_partitions(r, partitions, err);

		free(partitions);
		if (!ok)
			return false;
		r->names = mem_realloc(r->names, (r->name_count + 1) * sizeof(*r->names));
		r->names[r->name_count++] = mem_strndup(p, name);
		p += len;
	}
	return r->name_count > 0 || error_set(err, ERR_USAGE, "which topic? messages TOPIC...");
}

static void close(struct view *v)
{
	struct records *r = v->state;

	records_close_feed(r);
	records_release_rows(r);
	paths_release(&r->paths);
	list_release(&r->marks);
	for (size_t i = 0; i < r->name_count; i++)
		free(r->names[i]);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++) {
		free(r->extra[i]);
		json_path_free(r->extra_path[i]);
	}
	free(r->names);
	free(r->partitions);
	free(r->group);
	free(r->filter);
	free(r->searched);
	str_release(&r->statement);
	str_release(&r->notes);
}

static bool open(struct view *v, struct error *err)
{
	struct records *r = v->state;

	r->view = v;
	r->ui = v->ui;
	r->off = 1u << RECORDS_SIZE | 1u << RECORDS_HEADERS;
	list_init(&r->marks, no_key, r);
	window_set_page(&r->window, 1);
	if (!read_names(r, v->request.name ? v->request.name : "", err)) {
		close(v);
		return false;
	}
	/* What fails here may go another time: it is shown in the pane. */
	records_open_feed(r, &r->error);
	return true;
}

static void update(struct view *v, const struct world *w)
{
	struct records *r = v->state;

	(void)w;
	if (r->read_committed != v->ui->read_committed && r->feed) {
		records_open_feed(r, &r->error);
		records_renew_filter(r);
	}
	if (r->utc != v->ui->utc)
		r->time_cols = 0;
	r->utc = v->ui->utc;
	records_take(r);
}

/* At a full rate a picture for each batch would leave no time for keys. */
bool records_woken(struct records *r)
{
	int64_t now = clock_mono_ms();

	r->waits = now < r->taken_ms + RECORDS_FRAME_MS;
	if (r->waits)
		return false;
	r->taken_ms = now;
	return records_take(r);
}

int64_t records_next_change(const struct records *r)
{
	if (r->waits)
		return r->taken_ms + RECORDS_FRAME_MS;
	/* Then it is said what is waited for. */
	return r->unknown_ms && !records_wait_outcomes(r) && r->now.phase != FEED_FOLLOWING
		? r->unknown_ms + RECORDS_OUTCOMES_MS : -1;
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

/* Up at the oldest there is: an older page; down at the newest: a newer one, or what arrives. */
static void at_edge(struct records *r, enum window_edge edge, int64_t up)
{
	if (!r->feed || r->now.phase == FEED_LOADING || r->now.phase == FEED_SEARCHING)
		return;
	if (edge == WINDOW_AT_TOP && !r->now.at_start && !r->now.searched) {
		r->wants_up = up;
		r->ops->older(r->feed);
	} else if (edge == WINDOW_AT_BOTTOM && !r->now.at_end && !r->now.searched && r->now.phase == FEED_IDLE) {
		r->ops->newer(r->feed);
	} else {
		return;
	}
	records_take(r);
}

static bool move(struct records *r, enum action_id id)
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
		r->scroll = r->scroll > 8 ? r->scroll - 8 : 0;
		break;
	case ACTION_RIGHT:
		r->scroll += 8;
		break;
	default:
		return false;
	}
	r->moved = true;
	at_edge(r, edge, id == ACTION_PAGE_UP ? r->window.page - 1 : 1);
	records_note_cursor(r);
	return true;
}

static void follow(struct records *r)
{
	bool on = r->now.phase != FEED_FOLLOWING || !r->window.newest;

	r->moved = true;
	if (on && r->now.searched)
		records_renew_filter(r);
	if (r->now.phase != FEED_FOLLOWING || !on)
		r->ops->follow(r->feed, on);
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
	r->wants_found = true;
	r->ops->same_key(r->feed, r->window.cursor, next);
	records_take(r);
	records_note_cursor(r);
}

static void open_record(struct records *r)
{
	struct str name = {0};

	records_note_cursor(r);
	str_addf(&name, "%s%s%" PRId32 " offset %" PRId64, records_show_topic(r) ? r->at.topic : "",
		records_show_topic(r) ? " " : "partition ", r->at.partition, r->at.offset);
	r->ui->calls->open(r->ui, &view_record, view_request_named(str_text(&name)));
	str_release(&name);
}

static void cancel(struct records *r)
{
	r->ops->cancel(r->feed);
	records_take(r);
	records_say(r, SEVERITY_NONE, r->was_searching ? "stopping ..." : "cancelled");
}

static void reopen(struct records *r)
{
	if (records_open_feed(r, &r->error))
		records_renew_filter(r);
}

/* What needs a feed; true when it was one of these. */
static bool reads(struct records *r, enum action_id id, const char *arg)
{
	/* Whoever goes elsewhere does not want to be brought back by the end of a pause. */
	if (id == ACTION_GO_TO || id == ACTION_SEARCH || id == ACTION_SEARCH_EVERYWHERE)
		r->held = false;
	switch (id) {
	case ACTION_OLDER:
		r->ops->older(r->feed);
		window_go(&r->window, r->window.first);
		records_take(r);
		break;
	case ACTION_NEWER:
		r->ops->newer(r->feed);
		records_take(r);
		window_page(&r->window, 1);
		break;
	case ACTION_FOLLOW:
		follow(r);
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

/* What is done with records that are there. */
static bool keeps(struct records *r, enum action_id id, const char *arg)
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
		command_copy_record(r->ui, r->at.topic, r->at.partition, r->at.offset);
		break;
	case ACTION_EXPORT:
		records_export(r, arg);
		break;
	case ACTION_PAGER:
	case ACTION_EDITOR:
		records_show_outside(r, &r->at, id == ACTION_PAGER ? PROGRAM_PAGER : PROGRAM_EDITOR);
		break;
	case ACTION_PRODUCE:
		records_produce(r);
		break;
	case ACTION_COMPARE:
		records_note_cursor(r);
		records_compare(r, &r->at, arg);
		break;
	case ACTION_DECODER:
	case ACTION_KEY_DECODER:
		records_ask_decoder(r, r->at.topic, id == ACTION_KEY_DECODER, arg);
		break;
	case ACTION_OPEN:
		open_record(r);
		break;
	default:
		return false;
	}
	return true;
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct records *r = v->state;

	if (id == ACTION_CANCEL) {
		if (r->now.phase != FEED_SEARCHING && r->now.phase != FEED_LOADING && r->now.phase != FEED_OPENING)
			return ACTION_IGNORED;
		cancel(r);
		return ACTION_HANDLED;
	}
	if (id == ACTION_BACK) {
		if (r->now.searched)
			follow(r);
		else if (r->filter)
			records_ask_filter(r, "");
		else
			return ACTION_IGNORED;
		return ACTION_HANDLED;
	}
	if (id == ACTION_COLUMNS)
		records_ask_columns(r);
	else if (id == ACTION_COLUMN)
		records_add_column(r, arg);
	else if (id == ACTION_STATEMENT)
		v->ui->calls->open(v->ui, &view_statement, view_request_named("what was searched"));
	else if (id == ACTION_RESET) {
		records_note_cursor(r);
		reset_open_record(v, r->at.topic, r->at.partition, r->at.offset, r->group);
	} else if (id == ACTION_REFRESH && (!r->feed || r->now.phase == FEED_FAILED || r->now.phase == FEED_OPENING))
		reopen(r);
	else if (!move(r, id) && !reads(r, id, arg) && !keeps(r, id, arg))
		return ACTION_IGNORED;
	v->ui->calls->changed(v->ui);
	return ACTION_HANDLED;
}

static const char *disabled(const struct view *v, enum action_id id)
{
	const struct records *r = v->state;
	bool empty = window_is_empty(&r->window);

	if (id == ACTION_FOLLOW && r->ui->paused)
		return "weir is paused: p goes on";
	switch (id) {
	case ACTION_OLDER: case ACTION_NEWER: case ACTION_FOLLOW: case ACTION_GO_TO: case ACTION_FILTER:
	case ACTION_SEARCH: case ACTION_SEARCH_EVERYWHERE: case ACTION_SAVED_FILTER:
		return r->feed ? NULL : "the topic could not be opened";
	case ACTION_SAME_KEY_NEXT: case ACTION_SAME_KEY_PREV: case ACTION_MARK: case ACTION_MARK_ALL:
	case ACTION_COPY: case ACTION_COPY_KEY: case ACTION_COPY_COMMAND:
	case ACTION_COPY_ROW: case ACTION_EXPORT: case ACTION_PAGER: case ACTION_EDITOR: case ACTION_DECODER:
	case ACTION_KEY_DECODER: case ACTION_OPEN: case ACTION_RESET:
	case ACTION_COMPARE:
		return !r->feed || empty ? "no record is shown" : NULL;
	case ACTION_STATEMENT:
		return r->feed ? NULL : "the topic could not be opened";
	default:
		return NULL;
	}
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
		open_record(r);
}

static void footer(const struct view *v, struct str *out)
{
	const struct records *r = v->state;

	if (r->marks.mark_count)
		str_addf(out, "%zu marked  ", r->marks.mark_count);
	if (!window_is_empty(&r->window))
		str_addf(out, "%" PRId64 " of %" PRId64 "%s%s", r->window.cursor - r->window.first + 1,
			r->window.end - r->window.first, r->now.at_start ? "" : "  older: [",
			r->now.at_end || r->now.phase == FEED_FOLLOWING ? "" : "  newer: ]");
}

/* What the row itself has no room for. */
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
	.name = "records", .title = "messages", .needs = NEED_METADATA,
	.state_size = sizeof(struct records),
	.capabilities = VIEW_FEED | VIEW_RECORD | VIEW_PAGER | VIEW_EDITOR,
	.open = open, .close = close, .update = update, .draw = draw, .action = action, .disabled = disabled,
	.woken = woken, .paused = paused, .next_change = next_change, .click = click, .footer = footer, .note = note,
	.complete = complete,
};
