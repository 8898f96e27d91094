/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Steps through the log in merged order, forward or backward, and reads as
 * little of each partition as it can: some records of each, and more of those
 * that run out. Records that were read and not yet popped wait for the next page.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "feed/feed_parts.h"

enum {
	REACH_MAX = 4096,
	GROW = 4,              /* the next pass reads this many times more of a partition that ran out */
	CHUNK_BYTES = 32 << 20 /* that one pass may bring */
};

struct chunk { /* what one pass read of a partition, in the order of offsets */
	struct feed_item **items;
	size_t count, cap, bytes;
	int64_t cut; /* offset from which (backward: below which) records did not fit; -1: all fitted */
};

struct source {           /* a partition, as the merge numbers it */
	int64_t reached;  /* everything up to here was read; -1: the partition cannot be read */
	int64_t reach;    /* how many offsets the next pass reads */
	size_t waiting;   /* items in the merge */
	int64_t place_ms; /* of the last item pushed: see feed_item_place() */
	bool ended;
	bool asked; /* the running pass reads it */
	struct chunk chunk;
};

struct feed_pager {
	struct feed *feed;
	bool backward;
	struct scan_merge *merge;
	struct source *sources; /* by row */
	size_t count;
	bool broken; /* a partition could not be read */
};

static void chunk_unref(void *item)
{
	feed_item_unref(item);
}

static void chunk_release(struct chunk *c)
{
	for (size_t i = 0; i < c->count; i++)
		feed_item_unref(c->items[i]);
	free(c->items);
	*c = (struct chunk){ .cut = -1 };
}

void feed_pager_free(struct feed_pager *p)
{
	if (!p)
		return;
	scan_merge_free(p->merge, chunk_unref);
	for (size_t i = 0; i < p->count; i++)
		chunk_release(&p->sources[i].chunk);
	free(p->sources);
	free(p);
}

static void add_source(struct feed_pager *p, size_t row)
{
	const struct feed_row *r = &p->feed->shared.rows[row];

	scan_merge_add(p->merge, r->topic, r->partition);
	p->sources[row] = (struct source){ .reached = p->backward ? r->lo : r->hi,
		.reach = feed_share((int64_t)p->feed->setup.page, p->count),
		.place_ms = p->backward ? INT64_MAX : RECORD_NO_TIME,
		.chunk.cut = -1 };
	if (p->sources[row].reached < 0 || (p->backward && r->lo <= r->log_start)) {
		p->sources[row].ended = true;
		scan_merge_end(p->merge, row);
	}
}

struct feed_pager *feed_pager_new(struct feed *f, bool backward)
{
	struct feed_pager *p = mem_alloc(sizeof(*p));

	p->feed = f;
	p->backward = backward;
	p->merge = scan_merge_new(backward);
	pthread_mutex_lock(&f->lock);
	p->count = f->shared.row_count;
	p->sources = mem_alloc(p->count * sizeof(*p->sources));
	for (size_t i = 0; i < p->count; i++)
		add_source(p, i);
	pthread_mutex_unlock(&f->lock);
	return p;
}

enum feed_pager_next feed_pager_pop(struct feed_pager *p, struct feed_item **out)
{
	struct scan_merge_item item;
	size_t source;

	switch (scan_merge_pop(p->merge, &item, &source)) {
	case SCAN_MERGE_ITEM:
		p->sources[source].waiting--;
		*out = item.data;
		return FEED_PAGER_ITEM;
	case SCAN_MERGE_WAIT:
		return FEED_PAGER_MORE;
	case SCAN_MERGE_END:
		break;
	}
	return FEED_PAGER_END;
}

/* Reading */

struct gather {
	struct chunk *chunks; /* by row; NULL: in the pager */
	size_t count, cap;
	bool backward;
	unsigned outcome;
	const struct feed_pass *pass;
	struct feed_pager *pager;
};

/* A chunk that is too large loses its oldest records when paging backward; forward, newer ones are not added. */
static void chunk_add(struct chunk *c, const struct record *record, uint32_t row, const struct gather *g)
{
	size_t share_bytes = CHUNK_BYTES / (g->pass->partitions ? g->pass->partitions : 1);
	struct feed_item *item;

	if (!g->backward && c->cut >= 0)
		return;
	if (!g->backward && c->count > 0 && c->bytes >= share_bytes) {
		c->cut = record->offset;
		return;
	}
	item = feed_item_new(record, row, g->outcome);
	c->items = mem_grow(c->items, &c->cap, c->count + 1, sizeof(*c->items));
	c->items[c->count++] = item;
	c->bytes += item->bytes;
	while (g->backward && c->count > 1 && c->bytes - c->items[0]->bytes >= share_bytes) {
		c->bytes -= c->items[0]->bytes;
		feed_item_unref(c->items[0]);
		memmove(c->items, c->items + 1, --c->count * sizeof(*c->items));
		c->cut = c->items[0]->record.offset;
	}
}

static void gather_record(void *context, struct record *record, uint32_t row)
{
	struct gather *g = context;

	if (g->pager) {
		chunk_add(&g->pager->sources[row].chunk, record, row, g);
		return;
	}
	while (g->count <= row) {
		g->chunks = mem_grow(g->chunks, &g->cap, g->count + 1, sizeof(*g->chunks));
		g->chunks[g->count++] = (struct chunk){ .cut = -1 };
	}
	chunk_add(&g->chunks[row], record, row, g);
}

static struct gather gather_for(const struct feed_pass *pass, bool backward)
{
	return (struct gather){ .backward = backward,
		.pass = pass,
		.outcome = pass->feed->setup.read_committed ? TXN_COMMITTED : TXN_UNKNOWN };
}

static void push_chunk(struct feed_pager *p, size_t row, const struct chunk *c)
{
	int64_t place_ms = p->sources[row].place_ms;

	/* Backward: the oldest records of a chunk get the place of those pushed before, in front of which they belong. */
	for (size_t i = 0; i < c->count; i++)
		feed_item_place(c->items[i], &place_ms);
	if (c->count)
		p->sources[row].place_ms = c->items[p->backward ? 0 : c->count - 1]->place_ms;
	for (size_t i = 0; i < c->count; i++) {
		struct feed_item *item = c->items[p->backward ? c->count - 1 - i : i];
		const struct scan_merge_item one = { item->place_ms, item->record.offset, item };

		scan_merge_push(p->merge, row, &one);
	}
	p->sources[row].waiting += c->count;
}

/* Takes the records read of [from, to). `log_end`: where the partition ends now. */
static void take_chunk(struct feed_pager *p, size_t row, struct chunk *c, int64_t from, int64_t to, int64_t log_end)
{
	struct source *s = &p->sources[row];

	push_chunk(p, row, c);
	s->reached = c->cut >= 0 ? c->cut : p->backward ? from : to;
	s->reach = s->reach * GROW < REACH_MAX ? s->reach * GROW : REACH_MAX;
	if (p->backward ? s->reached <= p->feed->shared.rows[row].log_start : s->reached >= log_end) {
		s->ended = true;
		scan_merge_end(p->merge, row);
	}
	free(c->items);
	*c = (struct chunk){ .cut = -1 };
}

/* The partition could not be read; the merge goes on without it. */
static void give_up_row(struct feed_pager *p, size_t row)
{
	p->broken = true;
	chunk_release(&p->sources[row].chunk);
	if (!p->sources[row].ended)
		scan_merge_end(p->merge, row);
	p->sources[row].ended = true;
}

static void report_failures(struct feed *f, struct feed_pass *pass, size_t failed)
{
	struct str notes = { 0 };
	struct error err = { 0 };
	const char *last;

	reader_take_notes(pass->reader, &notes);
	while (notes.len > 0 && notes.p[notes.len - 1] == '\n')
		notes.p[--notes.len] = '\0';
	last = notes.len ? strrchr(notes.p, '\n') : NULL;
	error_set(&err, feed_failure_code(pass->reader), "%s", last ? last + 1 : str_text(&notes));
	pthread_mutex_lock(&f->lock);
	if (failed > 0)
		feed_fail(f, &err);
	if (notes.len)
		feed_note(f, notes.p);
	pthread_mutex_unlock(&f->lock);
	str_release(&notes);
}

static void ask_for_chunks(struct feed_pager *p, struct feed_pass *pass)
{
	for (size_t i = 0; i < p->count; i++) {
		struct source *s = &p->sources[i];

		s->asked = !s->ended && s->waiting == 0;
		if (s->asked && p->backward)
			feed_pass_add(pass, i, s->reached > s->reach ? s->reached - s->reach : 0, s->reached);
		else if (s->asked)
			feed_pass_add(pass, i, s->reached, s->reached + s->reach);
	}
}

/* Returns how many partitions could not be read. */
static size_t take_answers(struct feed_pager *p, struct feed_pass *pass)
{
	size_t failed = 0;

	for (size_t i = 0; i < reader_row_count(pass->reader); i++) {
		struct reader_row row = reader_row(pass->reader, i);
		struct source *s = &p->sources[pass->rows[i]];

		if (!s->asked || scan_row_state(reader_scan(pass->reader), i) != SCAN_DONE || row.log_start < 0)
			continue;
		/* The pass ended before the offset asked for: that was the end of the log then. */
		take_chunk(p, pass->rows[i], &s->chunk, row.from, row.end,
			row.end < s->reached + s->reach ? row.end : INT64_MAX);
		s->asked = false;
	}
	for (size_t i = 0; i < p->count; i++)
		if (p->sources[i].asked) {
			give_up_row(p, i);
			failed++;
		}
	return failed;
}

enum feed_end feed_pager_fill(struct feed_pager *p, const struct feed_command *c, struct error *err)
{
	struct feed_pass *pass = feed_pass_new(p->feed);
	struct gather g = gather_for(pass, p->backward);
	enum feed_end end;

	g.pager = p;
	ask_for_chunks(p, pass);
	pass->setup.little = true;
	end = feed_pass_run(pass, c, true, gather_record, &g, err);
	if (end == FEED_PASS_DONE)
		report_failures(p->feed, pass, take_answers(p, pass));
	for (size_t i = 0; i < p->count; i++)
		chunk_release(&p->sources[i].chunk);
	feed_pass_end(pass);
	return end;
}

bool feed_pager_is_whole(const struct feed_pager *p)
{
	return !p->broken;
}

/* Opening */

static void set_row(struct feed_row *row, const struct reader_row *from, bool backward)
{
	row->log_end = from->end;
	row->lo = row->hi = backward ? from->end : from->from;
	if (from->log_start < 0)
		row->lo = row->hi = -1;
}

static struct feed_pager *opened(struct feed *f, struct feed_pass *pass, struct gather *g)
{
	struct feed_pager *p;
	struct reader *r = pass->reader;
	size_t failed = 0;

	pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < f->shared.row_count; i++)
		f->shared.rows[i].lo = f->shared.rows[i].hi = -1;
	for (size_t i = 0; i < reader_row_count(r); i++) {
		struct reader_row row = reader_row(r, i);

		set_row(&f->shared.rows[pass->rows[i]], &row, g->backward);
	}
	pthread_mutex_unlock(&f->lock);
	p = feed_pager_new(f, g->backward);
	for (size_t i = 0; i < reader_row_count(r); i++) {
		struct reader_row row = reader_row(r, i);
		size_t at = pass->rows[i];
		struct chunk none = { .cut = -1 };
		struct chunk *c = at < g->count ? &g->chunks[at] : &none;

		if (scan_row_state(reader_scan(r), i) != SCAN_DONE || row.log_start < 0) {
			failed++;
			give_up_row(p, at);
		} else if (!p->sources[at].ended) {
			take_chunk(p, at, c, row.from, row.end,
				row.end < row.from + pass->each_max ? row.end : INT64_MAX);
		}
	}
	report_failures(f, pass, failed);
	return p;
}

struct feed_pager *feed_pager_open(struct feed *f, const struct feed_command *c, const struct start_at *where,
	enum feed_end *end, struct error *err)
{
	struct feed_pass *pass = feed_pass_new(f);
	bool backward = where->kind == START_LATEST;
	struct gather g = gather_for(pass, backward);
	struct feed_pager *p = NULL;
	int64_t page = (int64_t)f->setup.page;

	pass->setup.little = true;
	if (!backward)
		pass->setup.from = *where;
	if (backward)
		pass->newest = page;
	else
		pass->each_max = where->kind == START_LAST && where->count > page ? where->count : page;
	*end = feed_pass_run(pass, c, true, gather_record, &g, err);
	if (*end == FEED_PASS_DONE)
		p = opened(f, pass, &g);
	for (size_t i = 0; i < g.count; i++)
		chunk_release(&g.chunks[i]);
	free(g.chunks);
	feed_pass_end(pass);
	return p;
}
