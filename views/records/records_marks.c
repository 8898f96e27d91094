/* SPDX-License-Identifier: BSD-2-Clause */
/* Records that the user marked: kept by topic, partition and offset, whatever the feed numbers them. */
#include "views/records/records_marks.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/records/records.h"

static void no_key(void *owner, size_t index, struct str *out)
{
	(void)owner;
	(void)index;
	(void)out;
}

void records_marks_init(struct list *marks)
{
	list_init(marks, no_key, NULL);
}

void records_mark(struct records *r)
{
	struct str key = { 0 };

	records_note_cursor(r);
	records_key(&r->place.at, &key);
	list_mark(&r->marks, str_text(&key), !list_marked(&r->marks, str_text(&key)));
	str_release(&key);
	/* Whoever marks wants to look: what arrives must not run away with the cursor. */
	r->window.newest = false;
	if (r->window.cursor + 1 < r->window.end)
		window_go(&r->window, r->window.cursor + 1);
	records_note_cursor(r);
}

void records_mark_all(struct records *r)
{
	enum { READ_AT_ONCE = 64, MOST = 10000 };
	int64_t end = r->window.end;

	if (end - r->window.first > MOST) {
		records_say(r, SEVERITY_WARN, "%" PRId64 " records are too many to mark: filter them first",
			end - r->window.first);
		return;
	}
	for (int64_t n = r->window.first; n < end; n += READ_AT_ONCE) {
		struct record records[READ_AT_ONCE];
		enum txn_outcome outcomes[READ_AT_ONCE];
		struct arena *arena = arena_new(0);
		size_t count = r->feed.ops->read(r->feed.handle, n,
			end - n < READ_AT_ONCE ? (size_t)(end - n) : READ_AT_ONCE, arena, records, outcomes);

		for (size_t i = 0; i < count; i++) {
			struct str key = { 0 };

			records_key(&(struct record_id){ records[i].topic, records[i].partition, records[i].offset },
				&key);
			list_mark(&r->marks, str_text(&key), true);
			str_release(&key);
		}
		arena_free(arena);
	}
	r->window.newest = false;
	records_say(r, SEVERITY_NONE, "%zu records marked; U unmarks all", r->marks.mark_count);
}

bool records_is_marked(struct records *r, const struct record_id *id)
{
	struct str key = { 0 };
	bool marked;

	if (r->marks.mark_count == 0)
		return false;
	records_key(id, &key);
	marked = list_marked(&r->marks, str_text(&key));
	str_release(&key);
	return marked;
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* A row's key: topic, partition and offset. */
static bool read_key(const char *key, char topic[256], int32_t *partition, int64_t *offset)
{
	size_t len = strcspn(key, " ");
	char *end;

	if (len > 255 || !key[len])
		return false;
	memcpy(topic, key, len);
	topic[len] = '\0';
	*partition = (int32_t)strtol(key + len, &end, 10);
	*offset = strtoll(end, &end, 10);
	return !*end;
}

size_t records_marked(struct records *r, int64_t **numbers)
{
	size_t count = 0;

	*numbers = mem_alloc(r->marks.mark_count * sizeof(**numbers));
	for (size_t i = 0; i < r->marks.mark_cap; i++) {
		const char *key = r->marks.marks[i];
		char topic[256];
		int32_t partition;
		int64_t offset, number;

		if (!key || !r->feed.handle || !read_key(key, topic, &partition, &offset))
			continue;
		number = r->feed.ops->find(r->feed.handle, topic, partition, offset);
		if (number >= 0)
			(*numbers)[count++] = number;
	}
	qsort(*numbers, count, sizeof(**numbers), compare_numbers);
	return count;
}
