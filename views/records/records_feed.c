/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens the feed of the view and takes over what it brings. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "codec/codec_rules.h"
#include "views/records/records.h"

/* The outcome of a record's transaction becomes known after the record was first shown. */
static void forget_unsettled(struct records *r)
{
	for (size_t i = 0; i < RECORDS_CACHED; i++)
		if (r->rows.cached[i].outcome == TXN_UNKNOWN || r->rows.cached[i].outcome == TXN_OPEN)
			r->rows.cached[i].filled = false;
}

void records_close_feed(struct records *r)
{
	if (r->feed.handle)
		r->feed.ops->close(r->feed.handle);
	r->feed.handle = NULL;
}

bool records_open_feed(struct records *r, struct error *err)
{
	const struct ui *ui = r->ui;
	struct feed_setup setup = {
		.topics = (const char *const *)r->scope.names,
		.topic_count = r->scope.name_count,
		.partitions = r->scope.partitions,
		.partition_count = r->scope.partition_count,
		.from.kind = START_LATEST,
		.follow = true,
		.read_committed = ui->read_committed,
		.buffer_bytes = ui->settings->buffer_bytes,
		.patience_ms = ui->settings->patience_ms,
		.decoders = ui->settings->decoders,
	};

	records_close_feed(r);
	r->feed.rules = codec_rules_count(ui->settings->decoders);
	r->feed.read_committed = ui->read_committed;
	r->feed.ops = ui->feeds.ops;
	r->window.newest = true;
	r->feed.was_searching = r->place.wants_found = false;
	r->place.wants_up = 0;
	r->feed.now = (struct feed_state){ .phase = r->feed.ops ? FEED_OPENING : FEED_FAILED };
	window_sync(&r->window, 0, 0);
	records_forget_rows(r);
	if (!r->feed.ops)
		return error_set(err, ERR_USAGE, "no records can be read here");
	r->feed.handle = r->feed.ops->open(ui->feeds.context, &setup, ui->calls->wake, r->ui, err);
	if (!r->feed.handle) {
		r->feed.now.phase = FEED_FAILED;
		return false;
	}
	records_take(r);
	return true;
}

/* A feed filters with the decoders that were chosen when it was opened. */
void records_renew_formats(struct records *r)
{
	bool stale = false;

	for (size_t i = 0; i < r->rows.topic_count; i++)
		stale |= codec_rules_has_new(r->ui->settings->decoders, r->feed.rules, r->rows.topics[i]->name);
	for (size_t i = 0; i < r->scope.name_count; i++)
		stale |= codec_rules_has_new(r->ui->settings->decoders, r->feed.rules, r->scope.names[i]);
	if (!stale)
		return;
	if (!records_open_feed(r, &r->feed.error))
		records_say(r, SEVERITY_WARN, "%s", r->feed.error.message);
}

/* Notes of the feed go to the log, the newest one also to the message line. */
static void take_notes(struct records *r)
{
	struct str notes = { 0 };

	r->feed.ops->notes(r->feed.handle, &notes);
	for (char *p = notes.p, *end; p && *p; p = end) {
		end = p + strcspn(p, "\n");
		if (*end)
			*end++ = '\0';
		if (!*p)
			continue;
		log_write(LOG_INFO, "messages", "%s", p);
		str_addf(&r->feed.notes, "%s\n", p);
		r->ui->calls->message(r->ui, SEVERITY_NONE, p);
	}
	str_release(&notes);
}

static void say_search_ended(struct records *r)
{
	if (r->feed.now.paused)
		records_say(r, SEVERITY_WARN, "search stopped; Ctrl-s goes on with it");
	else if (r->feed.now.error.code && !r->feed.now.error_past)
		records_say(r, SEVERITY_WARN, "%s", r->feed.now.error.message);
}

/* `same`: the numbers still mean the same records. Otherwise the cursor's record is looked up. */
static void find_cursor(struct records *r, bool same)
{
	int64_t number = same ? -1 : records_find(r, &r->place.at);

	if (same || r->window.newest || !r->place.at.topic)
		window_sync(&r->window, r->feed.now.first, r->feed.now.end);
	else
		window_renumbered(&r->window, r->feed.now.first, r->feed.now.end, number);
}

/* While weir is paused the feed does not follow, even if it only begins to now. */
static void hold_feed(struct records *r)
{
	if (r->feed.held || r->feed.now.phase != FEED_FOLLOWING)
		return;
	r->feed.held = true;
	r->feed.ops->follow(r->feed.handle, false);
}

void records_paused(struct records *r, bool on)
{
	if (!r->feed.handle)
		return;
	if (on) {
		hold_feed(r);
	} else if (r->feed.held) {
		r->feed.held = false;
		r->feed.ops->follow(r->feed.handle, true);
	}
}

bool records_take(struct records *r)
{
	enum feed_phase before = r->feed.now.phase;
	int64_t first = r->feed.now.first, end = r->feed.now.end, found;
	bool searched = r->feed.now.searched, same;

	r->feed.waits = false;
	if (!r->feed.handle || !r->feed.ops->take(r->feed.handle))
		return false;
	r->feed.ops->state(r->feed.handle, &r->feed.now);
	if (r->ui->paused)
		hold_feed(r);
	/* Only a feed that follows has certainly added records at the end alone. */
	same = before == FEED_FOLLOWING && r->feed.now.phase == FEED_FOLLOWING && r->feed.now.first >= first &&
		r->feed.now.end >= end;
	if (same)
		forget_unsettled(r);
	else
		records_forget_rows(r);
	if (r->feed.now.searched && (!searched || !r->place.moved)) {
		/* The cursor stays on the oldest hit, while still older ones come in before it. */
		r->window.newest = false;
		window_renumbered(&r->window, r->feed.now.first, r->feed.now.end, r->feed.now.first);
	} else {
		find_cursor(r, same);
	}
	found = r->feed.ops->found(r->feed.handle);
	if (found >= 0 && r->place.wants_found) {
		window_go(&r->window, found);
		r->place.wants_found = false;
	}
	if (r->place.wants_up && r->feed.now.first < first) {
		window_move(&r->window, -r->place.wants_up);
		r->place.wants_up = 0;
	} else if (!r->feed.now.busy && r->feed.now.phase != FEED_LOADING) {
		r->place.wants_up = 0;
	}
	take_notes(r);
	/* A short search may end before it was seen running. */
	if ((r->feed.now.searched || r->feed.now.paused) && r->feed.now.phase != FEED_SEARCHING) {
		str_clear(&r->feed.statement);
		r->feed.ops->statement(r->feed.handle, &r->feed.statement);
	}
	if (r->feed.was_searching && r->feed.now.phase != FEED_SEARCHING)
		say_search_ended(r);
	r->feed.was_searching = r->feed.now.phase == FEED_SEARCHING;
	records_note_cursor(r);
	return true;
}

static int compare_rates(const void *a, const void *b)
{
	const struct feed_rate *x = a, *y = b;
	int order = strcmp(x->topic, y->topic);

	return order ? order : (x->partition > y->partition) - (x->partition < y->partition);
}

size_t records_rates(const struct records *r, struct feed_rate **rates)
{
	size_t count = r->feed.handle ? r->feed.ops->rates(r->feed.handle, NULL, 0) : 0;

	*rates = mem_alloc(count * sizeof(**rates));
	if (count) {
		r->feed.ops->rates(r->feed.handle, *rates, count);
		qsort(*rates, count, sizeof(**rates), compare_rates);
	}
	return count;
}
