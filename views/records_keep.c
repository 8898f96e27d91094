/* SPDX-License-Identifier: BSD-2-Clause */
/* What leaves the view: marks, copies, files, and the user's own programs. All of it masked. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/mask.h"
#include "codec/record_json.h"
#include "codec/render.h"
#include "views/record_text.h"
#include "views/records.h"

enum { WRITE_AT_ONCE = 16 };

bool records_read(struct records *r, const struct record_id *id, struct arena *arena, struct record *out,
	enum record_fate *fate)
{
	int64_t number = r->feed && id->topic ? r->ops->find(r->feed, id->topic, id->partition, id->offset) : -1;

	return number >= 0 && r->ops->read(r->feed, number, 1, arena, out, fate) == 1;
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

size_t records_marked(struct records *r, int64_t **numbers)
{
	size_t count = 0;

	*numbers = mem_alloc(r->marks.mark_count * sizeof(**numbers));
	for (size_t i = 0; i < r->marks.mark_cap; i++) {
		const char *key = r->marks.marks[i];
		char topic[256];
		int32_t partition;
		int64_t offset, number;

		if (!key || !r->feed || sscanf(key, "%255s %" SCNd32 " %" SCNd64, topic, &partition, &offset) != 3)
			continue;
		number = r->ops->find(r->feed, topic, partition, offset);
		if (number >= 0)
			(*numbers)[count++] = number;
	}
	qsort(*numbers, count, sizeof(**numbers), compare_numbers);
	return count;
}

/* JSON as `weir tail` prints it, with the decoders chosen here. */
static void add_json(struct records *r, struct record_json *json, const struct record *record, struct str *out)
{
	struct codec_choice own[2];

	json->mask = r->ui->mask;
	json->value = records_choice(r, record->topic, false, &own[0]);
	json->key = records_choice(r, record->topic, true, &own[1]);
	json->topic = NULL;
	record_json_add(json, record, out);
}

static void add_masked(struct records *r, const struct record *record, enum mask_part part, struct bytes bytes,
	struct str *out)
{
	if (bytes.p && !mask_raw(r->ui->mask, record->topic, part, bytes, out))
		str_add_len(out, bytes.p, bytes.len);
}

/* Clipboards take text: bytes that are none go as base64. True: they did. */
static bool add_copy(struct records *r, const struct record *record, enum copied what, struct str *out)
{
	bool is_key = what == COPY_KEY;
	struct record_json json = {0};
	struct str bytes = {0};
	bool text;

	if (what == COPY_RECORD) {
		add_json(r, &json, record, out);
		record_json_release(&json);
		return false;
	}
	add_masked(r, record, is_key ? MASK_KEY : MASK_VALUE, is_key ? record->key : record->value, &bytes);
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
		enum record_fate fate;

		if (records_read(r, &ids[i], arena, &record, &fate)) {
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

static struct record_id id_at(struct records *r, int64_t number)
{
	const struct records_row *row = records_row(r, number);

	return row ? row->id : (struct record_id){0};
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

/* Files */

enum saved { SAVE_MARKED, SAVE_SCREEN, SAVE_KEPT, SAVE_COUNT };

struct save {
	struct records *r;
	enum saved what;
	int64_t *numbers;       /* SAVE_MARKED */
	size_t count;
	int64_t from, to;       /* the others */
};

static void end_save(struct save *s)
{
	free(s->numbers);
	free(s);
}

static bool is_json(const char *path)
{
	const char *end = strrchr(path, '.');

	return end && (strcmp(end, ".jsonl") == 0 || strcmp(end, ".json") == 0 || strcmp(end, ".ndjson") == 0);
}

static bool write_text(int fd, struct str *text)
{
	for (size_t at = 0; at < text->len;) {
		ssize_t n = write(fd, text->p + at, text->len - at);

		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? (size_t)n : 0;
	}
	str_clear(text);
	return true;
}

static bool save_some(struct save *s, int fd, bool json, int64_t number, size_t count, int64_t *saved)
{
	struct arena *arena = arena_new(0);
	struct record records[WRITE_AT_ONCE];
	enum record_fate fates[WRITE_AT_ONCE];
	struct record_json form = {0};
	struct str text = {0};
	size_t got = s->r->ops->read(s->r->feed, number, count, arena, records, fates);
	bool ok;

	for (size_t i = 0; i < got; i++) {
		if (json) {
			add_json(s->r, &form, &records[i], &text);
		} else {
			add_masked(s->r, &records[i], MASK_VALUE, records[i].value, &text);
			str_add_char(&text, '\n');
		}
	}
	ok = write_text(fd, &text);
	*saved += (int64_t)got;
	record_json_release(&form);
	str_release(&text);
	arena_free(arena);
	return ok;
}

static bool save_all(struct save *s, int fd, bool json, int64_t *saved)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s->count; i++)
		ok = save_some(s, fd, json, s->numbers[i], 1, saved);
	for (int64_t n = s->from; ok && n < s->to; n += WRITE_AT_ONCE)
		ok = save_some(s, fd, json, n, s->to - n < WRITE_AT_ONCE ? (size_t)(s->to - n) : WRITE_AT_ONCE, saved);
	return ok;
}

static void save(struct save *s, const char *path)
{
	struct str full = {0};
	const char *home = getenv("HOME");
	int64_t saved = 0;
	bool ok;
	int fd;

	str_addf(&full, "%s%s", strncmp(path, "~/", 2) == 0 && home ? home : "",
		strncmp(path, "~/", 2) == 0 && home ? path + 1 : path);
	fd = open(str_text(&full), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	ok = fd >= 0 && save_all(s, fd, is_json(path), &saved);
	if (fd >= 0 && close(fd) != 0)
		ok = false;
	if (ok)
		records_say(s->r, SEVERITY_OK, "%" PRId64 " record%s written to %s%s", saved, saved == 1 ? "" : "s",
			str_text(&full), is_json(path) ? "" : ", values alone, a line each");
	else if (errno == EEXIST)
		records_say(s->r, SEVERITY_WARN, "%s exists already: choose another name", str_text(&full));
	else
		records_say(s->r, SEVERITY_WARN, "%s: %s", str_text(&full), strerror(errno));
	str_release(&full);
}

static void take_path(struct ui *ui, void *data, const char *path)
{
	struct save *s = data;

	(void)ui;
	if (path && *path && s->r->feed)
		save(s, path);
	end_save(s);
}

static void add_default_name(const struct records *r, struct str *out)
{
	time_t now = (time_t)(clock_wall_ms() / 1000);
	struct tm tm;
	char stamp[32];

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	str_addf(out, "weir-%s-%s.jsonl", r->names[0][0] == '^' ? "records" : r->names[0], stamp);
}

static void ask_path(struct save *s)
{
	struct str name = {0};
	int64_t count = s->what == SAVE_MARKED ? (int64_t)s->count : s->to - s->from;
	char *label = mem_printf("save %" PRId64 " record%s to (.jsonl: JSON lines, else values): ", count,
		count == 1 ? "" : "s");

	add_default_name(s->r, &name);
	s->r->ui->calls->prompt(s->r->ui, label, str_text(&name), "export", NULL, take_path, s);
	free(label);
	str_release(&name);
}

static void set_range(struct save *s)
{
	const struct records_window *w = &s->r->window;

	if (s->what == SAVE_MARKED) {
		s->count = records_marked(s->r, &s->numbers);
		return;
	}
	s->from = s->what == SAVE_SCREEN ? w->top : w->first;
	s->to = s->what == SAVE_SCREEN && w->top + w->page < w->end ? w->top + w->page : w->end;
}

static void take_what(struct ui *ui, void *data, size_t chosen)
{
	struct save *s = data;

	(void)ui;
	if (chosen == SIZE_MAX || !s->r->feed) {
		end_save(s);
		return;
	}
	s->what = (enum saved)(chosen + (s->r->marks.mark_count ? 0 : 1));
	set_range(s);
	ask_path(s);
}

static void choose_what(struct save *s)
{
	const struct records_window *w = &s->r->window;
	int64_t *numbers, below = window_below(w);
	size_t marked = records_marked(s->r, &numbers);
	char *texts[SAVE_COUNT] = {
		mem_printf("%zu of %zu marked are still here", marked, s->r->marks.mark_count),
		mem_printf("%" PRId64, w->end - w->top - below),
		mem_printf("%" PRId64 "; what has left the ring: weir tail --filter", w->end - w->first),
	};
	const struct choice choices[SAVE_COUNT] = {
		{ .label = "marked", .help = texts[0] }, { .label = "on the screen", .help = texts[1] },
		{ .label = s->r->filter || s->r->now.searched ? "all that match" : "all that are kept", .help = texts[2] },
	};
	size_t skip = s->r->marks.mark_count ? 0 : 1;

	free(numbers);
	s->r->ui->calls->pick(s->r->ui, "which records are saved?", choices + skip, SAVE_COUNT - skip, 0, take_what, s);
	for (int i = 0; i < SAVE_COUNT; i++)
		free(texts[i]);
}

void records_export(struct records *r, const char *path)
{
	struct save *s = mem_alloc(sizeof(*s));

	s->r = r;
	if (!path) {
		choose_what(s);
		return;
	}
	s->what = r->marks.mark_count ? SAVE_MARKED : SAVE_KEPT;
	set_range(s);
	take_path(r->ui, s, path);
}

void records_export_one(struct records *r, const struct record_id *id, const char *path)
{
	struct save *s = mem_alloc(sizeof(*s));
	int64_t number = r->feed ? r->ops->find(r->feed, id->topic, id->partition, id->offset) : -1;

	s->r = r;
	s->numbers = mem_alloc(sizeof(*s->numbers));
	s->numbers[0] = number;
	s->count = number >= 0;
	if (number < 0) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
		end_save(s);
	} else if (path) {
		take_path(r->ui, s, path);
	} else {
		ask_path(s);
	}
}

void records_show_outside(struct records *r, const struct record_id *id, enum program program)
{
	struct arena *arena = arena_new(0);
	struct record record;
	enum record_fate fate;
	struct str text = {0};
	struct error err;

	if (!records_read(r, id, arena, &record, &fate)) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
	} else {
		/* A pager may be a plain cat: what it shows is made safe here. */
		if (program == PROGRAM_PAGER)
			record_text_plain(r, &record, fate, &text);
		else
			add_masked(r, &record, MASK_VALUE, record.value, &text);
		bool json = program == PROGRAM_EDITOR && text.len && strchr("{[", text.p[0]);

		if (!r->ui->calls->outside(r->ui, program, json ? ".json" : ".txt", &text, &err))
			records_say(r, SEVERITY_WARN, "%s", err.message);
	}
	str_release(&text);
	arena_free(arena);
}
