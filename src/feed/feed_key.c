/* SPDX-License-Identifier: BSD-2-Clause */
/* The next or the previous record with the same key, in the same partition. */
#include <string.h>

#include "feed/feed_parts.h"

enum {
	REACH = 500, /* offsets of the first pass backward; each further one reads GROW times more */
	GROW = 4,
	PAGES_MAX = 50
};

struct hunt {
	const struct feed_item *like; /* with the key looked for */
	bool forward;
	struct feed_pass *pass;
	struct record found; /* offset -1: none yet */
};

static void compare_keys(void *context, struct record *record, uint32_t row)
{
	struct hunt *h = context;
	const struct bytes *key = &h->like->record.key;

	(void)row;
	if (h->forward && h->found.offset >= 0)
		return;
	if (!record->key.p || record->key.len != key->len || memcmp(record->key.p, key->p, key->len) != 0)
		return;
	h->found = (struct record){ .offset = record->offset, .timestamp_ms = record->timestamp_ms };
	if (h->forward)
		reader_cancel(h->pass->reader);
}

static enum feed_end hunt_in_range(struct feed *f, const struct feed_command *c, struct hunt *h, int64_t from,
	int64_t to, struct error *err)
{
	enum feed_end end;

	h->pass = feed_pass_new(f);
	h->pass->setup.little = !h->forward;
	feed_pass_add(h->pass, h->like->row, from, to);
	end = feed_pass_run(h->pass, c, false, compare_keys, h, err);
	feed_pass_end(h->pass);
	return h->found.offset >= 0 && !feed_command_check_cancelled(f, c) ? FEED_PASS_DONE : end;
}

static enum feed_end hunt(struct feed *f, const struct feed_command *c, struct hunt *h, struct error *err)
{
	int64_t offset = h->like->record.offset, start = f->shared.rows[h->like->row].log_start;
	enum feed_end end = FEED_PASS_DONE;

	if (h->forward)
		return hunt_in_range(f, c, h, offset + 1, INT64_MAX, err);
	for (int64_t reach = REACH; end == FEED_PASS_DONE && h->found.offset < 0 && offset > start; reach *= GROW) {
		int64_t from = offset - start > reach ? offset - reach : start;

		end = hunt_in_range(f, c, h, from, offset, err);
		offset = from;
	}
	return end;
}

static int64_t number_of(const struct feed *f, uint32_t row, int64_t offset)
{
	for (size_t i = 0; i < f->shared.window.count; i++) {
		const struct feed_entry *entry = &f->shared.window.entries[f->shared.window.at + i];

		for (size_t k = 0; k < entry->slice->count; k++)
			if (entry->slice->items[k]->row == row && entry->slice->items[k]->record.offset == offset)
				return entry->first + (int64_t)k;
	}
	return -1;
}

static bool go_to(struct feed *f, uint32_t row, int64_t offset)
{
	pthread_mutex_lock(&f->lock);
	f->shared.found = number_of(f, row, offset);
	bool there = f->shared.found >= 0;

	if (there)
		feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	return there;
}

static bool has_passed(struct feed *f, uint32_t row, int64_t offset)
{
	bool passed;

	pthread_mutex_lock(&f->lock);
	passed = f->shared.at_end || f->shared.rows[row].hi > offset;
	pthread_mutex_unlock(&f->lock);
	return passed;
}

/* Where the window does not hold the record, opens one that begins at its time. */
static void bring_into_window(struct feed *f, const struct feed_command *c, const struct hunt *h)
{
	const struct start_at where = { .kind = START_TIME, .time.ms = h->found.timestamp_ms };
	uint32_t row = h->like->row;

	if (go_to(f, row, h->found.offset))
		return;
	feed_follow_stop(f);
	feed_page_seek(f, c, &where);
	for (int pages = 0; pages < PAGES_MAX && !feed_command_check_cancelled(f, c); pages++) {
		if (go_to(f, row, h->found.offset) || has_passed(f, row, h->found.offset))
			return;
		feed_page_newer(f, c);
	}
}

static void note_answer(struct feed *f, const char *text)
{
	pthread_mutex_lock(&f->lock);
	feed_note(f, text);
	pthread_mutex_unlock(&f->lock);
}

void feed_same_key(struct feed *f, const struct feed_command *c)
{
	struct hunt h = { .like = c->item, .forward = c->forward, .found.offset = -1 };
	struct error err = { 0 };
	enum feed_phase phase = f->shared.phase;
	enum feed_end end;

	if (!c->item->record.key.p) {
		note_answer(f, "the record has no key");
		return;
	}
	pthread_mutex_lock(&f->lock);
	f->shared.phase = FEED_LOADING;
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
	end = hunt(f, c, &h, &err);
	pthread_mutex_lock(&f->lock);
	f->shared.phase = phase;
	if (end == FEED_PASS_FAILED)
		feed_fail(f, &err);
	pthread_mutex_unlock(&f->lock);
	if (h.found.offset >= 0 && end == FEED_PASS_DONE)
		bring_into_window(f, c, &h);
	else if (end == FEED_PASS_DONE)
		note_answer(f,
			c->forward ? "no later record in this partition has that key" :
				     "no earlier record in this partition has that key");
}
