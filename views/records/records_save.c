/* SPDX-License-Identifier: BSD-2-Clause */
/* Records to a file: marked ones, those on the screen, those kept, or all of the log that match. All of it masked. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "codec/codec_rules.h"
#include "codec/record_json.h"
#include "model/save_work.h"
#include "ui/export.h"
#include "views/records/records.h"
#include "views/records/records_output.h"

enum { WRITE_AT_ONCE = 16 };

enum saved { SAVE_MARKED, SAVE_SCREEN, SAVE_KEPT, SAVE_LOG, SAVE_COUNT };

struct save {
	struct records *r;
	enum saved what;
	int64_t *numbers; /* SAVE_MARKED */
	size_t count;
	int64_t from, to; /* the others */
};

struct written {
	int64_t records, masked;
};

static void end_save(struct save *s)
{
	free(s->numbers);
	free(s);
}

static bool save_some(struct save *s, int fd, bool json, int64_t number, size_t count, struct written *saved)
{
	struct arena *arena = arena_new(0);
	struct record records[WRITE_AT_ONCE];
	enum txn_outcome outcomes[WRITE_AT_ONCE];
	struct record_json form = { 0 };
	struct str text = { 0 };
	size_t got = s->r->feed.ops->read(s->r->feed.handle, number, count, arena, records, outcomes);
	bool ok;

	for (size_t i = 0; i < got; i++) {
		if (json) {
			saved->masked += records_add_json(s->r, &form, &records[i], &text);
		} else {
			saved->masked += records_add_masked(s->r, &records[i], MASK_VALUE, records[i].value, &text);
			str_add_char(&text, '\n');
		}
	}
	ok = file_write(fd, text.p, text.len);
	saved->records += (int64_t)got;
	record_json_release(&form);
	str_release(&text);
	arena_free(arena);
	return ok;
}

static bool save_all(struct save *s, int fd, bool json, struct written *saved)
{
	bool ok = true;

	for (size_t i = 0; ok && i < s->count; i++)
		ok = save_some(s, fd, json, s->numbers[i], 1, saved);
	for (int64_t n = s->from; ok && n < s->to; n += WRITE_AT_ONCE)
		ok = save_some(s, fd, json, n, s->to - n < WRITE_AT_ONCE ? (size_t)(s->to - n) : WRITE_AT_ONCE, saved);
	return ok;
}

static void say_saved(struct records *r, const struct written *written, const char *path)
{
	struct str text = { 0 };

	str_addf(&text, "%" PRId64 " record%s written to %s", written->records, written->records == 1 ? "" : "s", path);
	if (!export_is_json(path))
		str_add(&text, ", values alone, a line each");
	if (written->masked > 0)
		str_addf(&text, "; %" PRId64 " of them masked", written->masked);
	records_say(r, SEVERITY_OK, "%s", str_text(&text));
	str_release(&text);
}

static void save_records(struct save *s, const char *path)
{
	char *full = file_expand_home(path);
	struct written saved = { 0 };
	struct error err;
	int fd = file_create(full, &err);
	bool ok = fd >= 0;

	if (ok && !save_all(s, fd, export_is_json(path), &saved))
		ok = error_set(&err, ERR_SYSTEM, "%s: %s", full, strerror(errno));
	if (fd >= 0 && close(fd) != 0 && ok)
		ok = error_set(&err, ERR_SYSTEM, "%s: %s", full, strerror(errno));
	if (ok)
		say_saved(s->r, &saved, full);
	else
		records_say(s->r, SEVERITY_WARN, "%s", err.message);
	free(full);
}

/* The whole log, in a thread of its own */

static void log_progress(struct view *v, struct work *w)
{
	struct save_outcome *o = mailbox_take(&w->news);
	struct records *r = v->state;

	if (o && isfinite(o->done))
		records_say(r, SEVERITY_NONE, "saving: %d %%, %" PRId64 " written; Ctrl-c stops it",
			(int)(o->done * 100), o->saved);
	save_outcome_free(o);
}

static void log_saved(struct view *v, struct work *w)
{
	const struct save_job *job = w->input;
	struct save_outcome *o = w->output;
	struct records *r = v->state;

	if (o && o->statement.len) {
		str_clear(&r->feed.statement);
		str_add(&r->feed.statement, str_text(&o->statement));
	}
	if (w->ok && o && o->complete)
		say_saved(r, &(struct written){ o->saved, o->masked }, job->path);
	else if (w->ok && o)
		records_say(r, SEVERITY_WARN, "not all was read: %" PRId64 " written to %s; s says what is missing",
			o->saved, job->path);
	else if (o)
		records_say(r, SEVERITY_WARN, "%s: %" PRId64 " written to %s, not all", w->err.message, o->saved,
			job->path);
	else
		records_say(r, SEVERITY_WARN, "%s", w->err.message);
	work_free(w);
}

/* The filter applies to the hits of a search. */
static const char *query_of(const struct records *r, struct arena *arena)
{
	const char *searched = r->feed.now.searched ? r->asked.searched : NULL;
	struct str both = { 0 };
	const char *kept;

	if (!searched || !r->asked.filter || strcmp(searched, r->asked.filter) == 0)
		return arena_strdup(arena, r->asked.filter ? r->asked.filter : searched);
	str_addf(&both, "(%s) and (%s)", searched, r->asked.filter);
	kept = arena_strdup(arena, str_text(&both));
	str_release(&both);
	return kept;
}

static void save_log(struct records *r, const char *path)
{
	struct save_job *job = save_job_new();
	struct arena *arena = job->arena;
	char *full = file_expand_home(path);

	job->topics = arena_array(arena, r->scope.name_count, sizeof(*job->topics));
	for (size_t i = 0; i < r->scope.name_count; i++)
		job->topics[i] = arena_strdup(arena, r->scope.names[i]);
	job->topic_count = r->scope.name_count;
	job->partition_count = r->scope.partition_count;
	if (r->scope.partition_count)
		job->partitions =
			arena_dup(arena, r->scope.partitions, r->scope.partition_count * sizeof(*r->scope.partitions));
	job->query = query_of(r, arena);
	job->decoders = codec_rules_copy(r->ui->settings->decoders);
	job->decoders_free = codec_rules_free;
	job->read_committed = r->feed.read_committed;
	job->utc = r->ui->utc;
	job->json = export_is_json(path);
	job->path = arena_strdup(arena, full);
	job->mask = r->ui->settings->mask;
	records_say(r, SEVERITY_NONE, "saving ...; Ctrl-c stops it");
	r->ui->calls->work(r->ui, r->view, work_new(WORK_SAVE, "saving of records", job, save_job_free), log_progress,
		log_saved);
	free(full);
}

static void take_path(struct ui *ui, void *data, const char *path)
{
	struct save *s = data;

	(void)ui;
	if (path && *path && s->r->feed.handle && s->what == SAVE_LOG)
		save_log(s->r, path);
	else if (path && *path && s->r->feed.handle)
		save_records(s, path);
	end_save(s);
}

static void add_default_name(const struct records *r, struct str *out)
{
	time_t now = (time_t)(clock_wall_ms() / 1000);
	struct tm tm;
	char stamp[32];

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	str_addf(out, "weir-%s-%s.jsonl", r->scope.names[0][0] == '^' ? "records" : r->scope.names[0], stamp);
}

static void ask_path(struct save *s)
{
	struct str name = { 0 };
	int64_t count = s->what == SAVE_MARKED ? (int64_t)s->count : s->to - s->from;
	char *label = s->what == SAVE_LOG ?
		mem_printf("save what is found in the log to (.jsonl: JSON lines, else values): ") :
		mem_printf("save %" PRId64 " record%s to (.jsonl: JSON lines, else values): ", count,
			count == 1 ? "" : "s");

	add_default_name(s->r, &name);
	s->r->ui->calls->prompt(s->r->ui, label, str_text(&name), "export", NULL, take_path, s);
	free(label);
	str_release(&name);
}

static void set_range(struct save *s)
{
	const struct records_window *w = &s->r->window;

	if (s->what == SAVE_LOG)
		return;
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
	if (chosen == SIZE_MAX || !s->r->feed.handle) {
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
		mem_printf("%" PRId64, w->end - w->first),
		mem_printf("read anew, from beginning to end"),
	};
	bool asked = s->r->asked.filter || s->r->feed.now.searched;
	const struct choice choices[SAVE_COUNT] = {
		{ .label = "marked", .help = texts[0] },
		{ .label = "on the screen", .help = texts[1] },
		{ .label = asked ? "all that match and are kept" : "all that are kept", .help = texts[2] },
		{ .label = asked ? "all that match, in the whole log" : "the whole log", .help = texts[3] },
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
	int64_t number = records_find(r, id);

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
