/* SPDX-License-Identifier: BSD-2-Clause */
/* Records that are sent again: the marked ones, the one under the cursor, or all that match. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "views/produce/produce.h"
#include "views/records/records.h"
#include "views/records/records_output.h"

enum { READ_AT_ONCE = 64 };

struct picked {
	struct arena *arena;
	struct record *records;
	size_t count, cap;
};

static void read_picked(struct records *r, struct picked *p, int64_t number, size_t count)
{
	enum txn_outcome outcomes[READ_AT_ONCE];

	p->records = mem_grow(p->records, &p->cap, p->count + count, sizeof(*p->records));
	p->count += r->feed.ops->read(r->feed.handle, number, count, p->arena, &p->records[p->count], outcomes);
}

static void open_picked(struct records *r, struct picked *p)
{
	if (p->count)
		produce_open_records(r->ui, p->records, p->count);
	else
		records_say(r, SEVERITY_WARN, "the record is no longer in memory");
	arena_free(p->arena);
	free(p->records);
}

static void send_marked(struct records *r)
{
	struct picked p = { .arena = arena_new(0) };
	int64_t *numbers;
	size_t count = records_marked(r, &numbers);

	for (size_t i = 0; i < count; i++)
		read_picked(r, &p, numbers[i], 1);
	free(numbers);
	open_picked(r, &p);
}

static void send_matching(struct records *r)
{
	struct picked p = { .arena = arena_new(0) };
	int64_t end = r->window.end;

	for (int64_t n = r->window.first; n < end; n += READ_AT_ONCE)
		read_picked(r, &p, n, end - n < READ_AT_ONCE ? (size_t)(end - n) : READ_AT_ONCE);
	open_picked(r, &p);
}

void records_produce_one(struct records *r, const struct record_id *id)
{
	struct picked p = { .arena = arena_new(0) };
	int64_t number = records_find(r, id);

	if (number >= 0)
		read_picked(r, &p, number, 1);
	open_picked(r, &p);
}

static void take_answer(struct ui *ui, void *data, size_t chosen)
{
	struct records *r = data;

	(void)ui;
	if (chosen == SIZE_MAX || !r->feed.handle)
		return;
	if (chosen == 0)
		records_produce_one(r, &r->place.at);
	else
		send_matching(r);
}

/* With a filter or a search, asks whether one record or all hits are meant. */
static void ask_how_many(struct records *r)
{
	char *all = mem_printf("%" PRId64 " records, to another topic", r->window.end - r->window.first);
	const struct choice choices[] = {
		{ .label = "this record", .help = "send it again, edited or unchanged" },
		{ .label = "all that match", .help = all },
	};

	r->ui->calls->pick(r->ui, "send which records again?", choices, 2, 0, take_answer, r);
	free(all);
}

void records_produce(struct records *r)
{
	records_note_cursor(r);
	if (!r->feed.handle || window_is_empty(&r->window)) {
		if (records_scope_is_topic(&r->scope))
			produce_open(r->ui, r->scope.names[0]);
		else
			records_say(r, SEVERITY_WARN, "produce to which topic? :produce TOPIC");
	} else if (r->marks.mark_count) {
		send_marked(r);
	} else if (r->asked.filter || r->feed.now.searched) {
		ask_how_many(r);
	} else {
		records_produce_one(r, &r->place.at);
	}
}
