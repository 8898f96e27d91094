/* SPDX-License-Identifier: BSD-2-Clause */
/* The feed of the view: opened, taken from, and what it brings put in order. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "codec/codec_rules.h"
#include "views/records/records.h"

void records_say(struct records *r, enum severity severity, const char *fmt, ...)
{
	struct str text = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	r->ui->calls->message(r->ui, severity, str_text(&text));
	str_release(&text);
}

void records_forget_rows(struct records *r)
{
	for (size_t i = 0; i < RECORDS_CACHED; i++)
		r->rows[i].filled = false;
}

/* What became of a record's transaction is found out after the record was first shown. */
static void forget_unsettled(struct records *r)
{
	for (size_t i = 0; i < RECORDS_CACHED; i++)
		if (r->rows[i].outcome == TXN_UNKNOWN || r->rows[i].outcome == TXN_OPEN)
			r->rows[i].filled = false;
}

void records_close_feed(struct records *r)
{
	if (r->feed)
		r->ops->close(r->feed);
	r->feed = NULL;
}

bool records_open_feed(struct records *r, struct error *err)
{
	const struct ui *ui = r->ui;
	struct feed_setup setup = {
		.topics = (const char *const *)r->names, .topic_count = r->name_count,
		.partitions = r->partitions, .partition_count = r->partition_count,
		.from.kind = START_LATEST, .follow = true, .read_committed = ui->read_committed,
		.buffer_bytes = ui->settings->buffer_bytes, .patience_ms = ui->settings->patience_ms,
		.decoders = ui->settings->decoders,
	};

	records_close_feed(r);
	r->decoders = codec_rules_count(ui->settings->decoders);
	r->read_committed = ui->read_committed;
	r->ops = ui->feeds.ops;
	r->window.newest = true;
	r->was_searching = r->wants_found = false;
	r->wants_up = 0;
	r->now = (struct feed_state){ .phase = r->ops ? FEED_OPENING : FEED_FAILED };
	window_sync(&r->window, 0, 0);
	records_forget_rows(r);
	if (!r->ops)
		return error_set(err, ERR_USAGE, "no records can be read here");
	r->feed = r->ops->open(ui->feeds.context, &setup, ui->calls->wake, r->ui, err);
	if (!r->feed) {
		r->now.phase = FEED_FAILED;
		return false;
	}
	records_take(r);
	return true;
}

/* The feed decodes as it was told when it was opened. */
void records_renew_formats(struct records *r)
{
	bool stale = false;

	for (size_t i = 0; i < r->topic_count; i++)
		stale |= codec_rules_has_new(r->ui->settings->decoders, r->decoders, r->topics[i]->name);
	for (size_t i = 0; i < r->name_count; i++)
		stale |= codec_rules_has_new(r->ui->settings->decoders, r->decoders, r->names[i]);
	if (!stale)
		return;
	if (!records_open_feed(r, &r->error))
		records_say(r, SEVERITY_WARN, "%s", r->error.message);
}

/* What the feed has to tell goes to the log, and the newest of it to the message line. */
static void take_notes(struct records *r)
{
	struct str notes = {0};

	r->ops->notes(r->feed, &notes);
	for (char *p = notes.p, *end; p && *p; p = end) {
		end = p + strcspn(p, "\n");
		if (*end)
			*end++ = '\0';
		if (!*p)
			continue;
		log_write(LOG_INFO, "messages", "%s", p);
		str_addf(&r->notes, "%s\n", p);
		r->ui->calls->message(r->ui, SEVERITY_NONE, p);
	}
	str_release(&notes);
}

static void say_search_ended(struct records *r)
{
	if (r->now.paused)
		records_say(r, SEVERITY_WARN, "search stopped; Ctrl-s goes on with it");
	else if (r->now.error.code && !r->now.error_past)
		records_say(r, SEVERITY_WARN, "%s", r->now.error.message);
}

/* Numbers stay with their records, except where the feed shows other records: then the cursor's one is sought. */
static void find_cursor(struct records *r, bool same)
{
	int64_t number = r->at.topic && !same ? r->ops->find(r->feed, r->at.topic, r->at.partition, r->at.offset) : -1;

	if (same || r->window.newest || !r->at.topic)
		window_sync(&r->window, r->now.first, r->now.end);
	else
		window_renumbered(&r->window, r->now.first, r->now.end, number);
}

/* What arrives is not read while weir is paused: neither what followed already nor what begins to. */
static void hold(struct records *r)
{
	if (r->held || r->now.phase != FEED_FOLLOWING)
		return;
	r->held = true;
	r->ops->follow(r->feed, false);
}

void records_paused(struct records *r, bool on)
{
	if (!r->feed)
		return;
	if (on) {
		hold(r);
	} else if (r->held) {
		r->held = false;
		r->ops->follow(r->feed, true);
	}
}

bool records_take(struct records *r)
{
	enum feed_phase before = r->now.phase;
	int64_t first = r->now.first, end = r->now.end, found;
	bool searched = r->now.searched, same;

	r->waits = false;
	if (!r->feed || !r->ops->take(r->feed))
		return false;
	r->ops->state(r->feed, &r->now);
	if (r->ui->paused)
		hold(r);
	/* Only what follows is sure to have added at the end alone. */
	same = before == FEED_FOLLOWING && r->now.phase == FEED_FOLLOWING && r->now.first >= first && r->now.end >= end;
	if (same)
		forget_unsettled(r);
	else
		records_forget_rows(r);
	if (r->now.searched && (!searched || !r->moved)) {
		/* What was found is read from its beginning, also while older ones still come in front. */
		r->window.newest = false;
		window_renumbered(&r->window, r->now.first, r->now.end, r->now.first);
	} else {
		find_cursor(r, same);
	}
	found = r->ops->found(r->feed);
	if (found >= 0 && r->wants_found) {
		window_go(&r->window, found);
		r->wants_found = false;
	}
	if (r->wants_up && r->now.first < first) {
		window_move(&r->window, -r->wants_up);
		r->wants_up = 0;
	} else if (!r->now.busy && r->now.phase != FEED_LOADING) {
		r->wants_up = 0;
	}
	take_notes(r);
	/* A short search may be over before it was ever seen under way. */
	if ((r->now.searched || r->now.paused) && r->now.phase != FEED_SEARCHING) {
		str_clear(&r->statement);
		r->ops->statement(r->feed, &r->statement);
	}
	if (r->was_searching && r->now.phase != FEED_SEARCHING)
		say_search_ended(r);
	r->was_searching = r->now.phase == FEED_SEARCHING;
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
	size_t count = r->feed ? r->ops->rates(r->feed, NULL, 0) : 0;

	*rates = mem_alloc(count * sizeof(**rates));
	if (count) {
		r->ops->rates(r->feed, *rates, count);
		qsort(*rates, count, sizeof(**rates), compare_rates);
	}
	return count;
}
