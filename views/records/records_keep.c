/* SPDX-License-Identifier: BSD-2-Clause */
/* What leaves the view: marks, copies, and the user's own programs. All of it masked. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/mask.h"
#include "codec/record_json.h"
#include "codec/render.h"
#include "views/records/record_text.h"
#include "views/records/records.h"
#include "views/views.h"

bool records_read(struct records *r, const struct record_id *id, struct arena *arena, struct record *out,
	enum txn_outcome *outcome)
{
	int64_t number = r->feed && id->topic ? r->ops->find(r->feed, id->topic, id->partition, id->offset) : -1;

	return number >= 0 && r->ops->read(r->feed, number, 1, arena, out, outcome) == 1;
}

void records_mark(struct records *r)
{
	struct str key = {0};

	records_note_cursor(r);
	records_key(&r->at, &key);
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
		records_say(r, SEVERITY_WARN, "%" PRId64 " records are too many to mark: filter them first", end - r->window.first);
		return;
	}
	for (int64_t n = r->window.first; n < end; n += READ_AT_ONCE) {
		struct record records[READ_AT_ONCE];
		enum txn_outcome outcomes[READ_AT_ONCE];
		struct arena *arena = arena_new(0);
		size_t count = r->ops->read(r->feed, n, end - n < READ_AT_ONCE ? (size_t)(end - n) : READ_AT_ONCE, arena,
			records, outcomes);

		for (size_t i = 0; i < count; i++) {
			struct str key = {0};

			records_key(&(struct record_id){ records[i].topic, records[i].partition, records[i].offset }, &key);
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
	struct str key = {0};
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

		if (!key || !r->feed || !read_key(key, topic, &partition, &offset))
			continue;
		number = r->ops->find(r->feed, topic, partition, offset);
		if (number >= 0)
			(*numbers)[count++] = number;
	}
	qsort(*numbers, count, sizeof(**numbers), compare_numbers);
	return count;
}

static struct record_id id_at(struct records *r, int64_t number)
{
	const struct records_row *row = records_row(r, number);

	return row ? row->id : (struct record_id){0};
}

/* "1:204", "orders:1:204". What is wrong with it; NULL: *out is one of the records here. */
static const char *find_named(struct records *r, const char *word, size_t len, struct record_id *out)
{
	char *text = mem_strndup(word, len), *offset = strrchr(text, ':'), *partition = NULL, *end = NULL;
	const char *said = "give PARTITION:OFFSET twice, as in compare 0:12 1:5";

	if (offset) {
		*offset++ = '\0';
		partition = strrchr(text, ':');
		out->topic = partition ? text : r->name_count == 1 ? r->names[0] : r->at.topic;
		if (partition)
			*partition++ = '\0';
		out->partition = (int32_t)strtol(partition ? partition : text, &end, 10);
		if (*end == '\0' && *offset)
			out->offset = strtoll(offset, &end, 10);
		if (*end == '\0' && *offset)
			said = r->ops->find(r->feed, out->topic, out->partition, out->offset) >= 0 ? NULL :
				"is not among the records here: o goes to an offset";
		/* Names of its own, which outlive this one. */
		out->topic = said ? NULL : records_topic(r, out->topic)->name;
	}
	free(text);
	return said;
}

static bool find_both(struct records *r, const char *arg)
{
	const char *p = arg;

	for (int i = 0; i < 2; i++) {
		size_t len = strcspn(p += strspn(p, " "), " ");
		const char *said = find_named(r, p, len, &r->compared[i]);

		if (said) {
			records_say(r, SEVERITY_WARN, "%.*s: %s", (int)len, p, said);
			return false;
		}
		p += len;
	}
	return true;
}

static bool find_marked(struct records *r, const struct record_id *here)
{
	int64_t *numbers;
	size_t marked = r->marks.mark_count, count = records_marked(r, &numbers);
	bool other = count == 1 && here->topic && !records_is_marked(r, here);

	for (size_t i = 0; i < count && i < 2; i++)
		r->compared[i] = id_at(r, numbers[i]);
	free(numbers);
	if (other) {
		int64_t number = r->ops->find(r->feed, here->topic, here->partition, here->offset);
		bool first = number < r->ops->find(r->feed, r->compared[0].topic, r->compared[0].partition,
			r->compared[0].offset);

		if (first)
			r->compared[1] = r->compared[0];
		r->compared[!first] = *here;
	}
	if (marked > 2)
		records_say(r, SEVERITY_WARN, "two records are compared, and %zu are marked: U takes all marks away", marked);
	else if (count < marked)
		records_say(r, SEVERITY_WARN, "a marked record has left the ring: U takes all marks away");
	else if (count < 2 && !other)
		records_say(r, SEVERITY_WARN, "mark a record (Space), then press = on the one to compare it with");
	return marked <= 2 && count == marked && (count == 2 || other);
}

void records_compare(struct records *r, const struct record_id *here, const char *arg)
{
	struct str name = {0};

	if (!r->feed || !(arg && *arg ? find_both(r, arg) : find_marked(r, here)))
		return;
	for (int i = 0; i < 2; i++)
		str_addf(&name, "%s%s%s%" PRId32 ":%" PRId64, i ? " and " : "", records_show_topic(r) ? r->compared[i].topic : "",
			records_show_topic(r) ? ":" : "", r->compared[i].partition, r->compared[i].offset);
	r->ui->calls->open(r->ui, &view_compare, view_request_named(str_text(&name)));
	str_release(&name);
}

/* JSON as `weir tail` prints it, with the decoders chosen here. */
bool records_add_json(struct records *r, struct record_json *json, const struct record *record, struct str *out)
{
	struct codec_choice own[2];

	json->mask = r->ui->settings->mask;
	json->value = records_choice(r, record->topic, false, &own[0]);
	json->key = records_choice(r, record->topic, true, &own[1]);
	json->topic = NULL;
	return record_json_add(json, record, out);
}

bool records_add_masked(struct records *r, const struct record *record, enum mask_part part, struct bytes bytes,
	struct str *out)
{
	bool masked = bytes.p && mask_raw(r->ui->settings->mask, record->topic, part, bytes, out);

	if (bytes.p && !masked)
		str_add_len(out, bytes.p, bytes.len);
	return masked;
}

/* Clipboards take text: bytes that are none go as base64. True: they did. */
static bool add_copy(struct records *r, const struct record *record, enum copied what, struct str *out)
{
	bool is_key = what == COPY_KEY;
	struct record_json json = {0};
	struct str bytes = {0};
	bool text;

	if (what == COPY_RECORD) {
		records_add_json(r, &json, record, out);
		record_json_release(&json);
		return false;
	}
	records_add_masked(r, record, is_key ? MASK_KEY : MASK_VALUE, is_key ? record->key : record->value, &bytes);
	text = !bytes.p || (text_is_utf8(bytes.p, bytes.len) && !memchr(bytes.p, '\0', bytes.len));
	if (text)
		str_add_len(out, str_text(&bytes), bytes.len);
	else
		base64_add(out, bytes.p, bytes.len);
	str_release(&bytes);
	return !text;
}

void records_copy(struct records *r, const struct record_id *ids, size_t count, enum copied what)
{
	static const char *const names[] = { [COPY_VALUE] = "value", [COPY_KEY] = "key", [COPY_RECORD] = "record" };
	struct str text = {0}, said = {0};
	size_t got = 0;
	bool base64 = false;

	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new(0);
		struct record record;
		enum txn_outcome outcome;

		if (records_read(r, &ids[i], arena, &record, &outcome)) {
			if (got++ && text.len && text.p[text.len - 1] != '\n')
				str_add_char(&text, '\n');
			base64 = add_copy(r, &record, what, &text) || base64;
		}
		arena_free(arena);
	}
	if (got == 0) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
	} else {
		if (got == 1)
			str_addf(&said, "%s%s", names[what], base64 ? " as base64" : "");
		else
			str_addf(&said, "%zu %ss%s", got, names[what], base64 ? ", binary ones as base64" : "");
		r->ui->calls->copy(r->ui, str_text(&text), str_text(&said));
	}
	str_release(&text);
	str_release(&said);
}


void records_copy_here(struct records *r, enum copied what)
{
	int64_t *numbers;
	size_t count = records_marked(r, &numbers);
	struct record_id *ids = mem_alloc((count + 1) * sizeof(*ids));

	records_note_cursor(r);
	ids[0] = r->at;
	for (size_t i = 0; i < count; i++)
		ids[i] = id_at(r, numbers[i]);
	records_copy(r, ids, count ? count : 1, what);
	free(ids);
	free(numbers);
}

void records_show_outside(struct records *r, const struct record_id *id, enum program program)
{
	struct arena *arena = arena_new(0);
	struct record record;
	enum txn_outcome outcome;
	struct str text = {0};
	struct error err;

	if (!records_read(r, id, arena, &record, &outcome)) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
	} else {
		/* A pager may be a plain cat: what it shows is made safe here. */
		if (program == PROGRAM_PAGER)
			record_text_plain(r, &record, outcome, &text);
		else
			records_add_masked(r, &record, MASK_VALUE, record.value, &text);
		bool json = program == PROGRAM_EDITOR && text.len && strchr("{[", text.p[0]);

		if (!r->ui->calls->outside(r->ui, program, json ? ".json" : ".txt", &text, &err))
			records_say(r, SEVERITY_WARN, "%s", err.message);
	}
	str_release(&text);
	arena_free(arena);
}
