/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/trust.h"
#include "change/journal_line.h"

/* A writer locks this byte, far beyond any line, while it appends. */
#define APPEND_BYTE ((off_t)1 << 62)

enum { PATIENCE_MS = 10000, JOURNAL_MAX = 1 << 30 };

struct journal_change {
	int file;
	off_t at; /* offset of the entry's line, whose first byte is locked until it has a result */
	char *id;
};

/* Open-file locks where available: they do not end when this process closes another descriptor of the file. */
#ifdef F_OFD_SETLK
enum { LOCK_NOW = F_OFD_SETLK, LOCK_ASK = F_OFD_GETLK };
#else
enum { LOCK_NOW = F_SETLK, LOCK_ASK = F_GETLK };
#endif

static bool journal_lock(int file, int how, short type, off_t at)
{
	struct flock what = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };
	int done;

	do {
		done = fcntl(file, how, &what);
	} while (done < 0 && errno == EINTR);
	return done == 0 && (how != LOCK_ASK || what.l_type == F_UNLCK);
}

/* Others hold the journal for moments; one that hangs must not block this one without end. */
static bool lock_append(int file)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	int64_t deadline_ms = clock_mono_ms() + PATIENCE_MS;

	while (!journal_lock(file, LOCK_NOW, F_WRLCK, APPEND_BYTE)) {
		if ((errno != EAGAIN && errno != EACCES) || clock_mono_ms() > deadline_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

char *journal_path(struct error *err)
{
	char *path = file_own_path(FILE_STATE, "journal");

	if (!path)
		error_set(err, ERR_USAGE, "no folder for the journal: set XDG_STATE_HOME or HOME");
	return path;
}

/* The line begins at *at. A line that was written only in part is cut off again. */
static bool journal_append(int file, const struct str *line, off_t *at, bool hold)
{
	struct str text = { 0 };
	off_t end = lseek(file, 0, SEEK_END);
	char last = '\n';
	bool ok;
	int why;

	if (end < 0 || !lock_append(file))
		return false;
	end = lseek(file, 0, SEEK_END);
	if (end > 0 && pread(file, &last, 1, end - 1) == 1 && last != '\n')
		str_add_char(&text, '\n');
	*at = end + (off_t)text.len;
	str_add_len(&text, line->p, line->len);
	ok = (!hold || journal_lock(file, LOCK_NOW, F_WRLCK, *at)) && file_write(file, text.p, text.len) &&
		fsync(file) == 0;
	why = errno;
	if (!ok && ftruncate(file, end) < 0)
		ok = false;
	journal_lock(file, LOCK_NOW, F_UNLCK, APPEND_BYTE);
	str_release(&text);
	errno = why;
	return ok;
}

static void name_change(struct journal_entry *e)
{
	static atomic_uint serial;
	time_t seconds;
	struct tm tm;
	char date[32];
	struct passwd found, *user = NULL;
	char names[4096]; /* getpwuid() has one buffer for all threads */

	getpwuid_r(geteuid(), &found, names, sizeof(names), &user);
	e->time_ms = clock_wall_ms();
	seconds = (time_t)(e->time_ms / 1000);
	gmtime_r(&seconds, &tm);
	strftime(date, sizeof(date), "%Y%m%d-%H%M%S", &tm);
	free(e->id);
	e->id = mem_printf("%s-%ld-%u", date, (long)getpid(), atomic_fetch_add(&serial, 1));
	free(e->user);
	e->user = user ? mem_strdup(user->pw_name) : mem_printf("%ld", (long)geteuid());
}

/*
 * Only a warning: in an incident a change must not be refused for this. But an undo would believe what others
 * wrote.
 */
static void warn_of_others(const char *path)
{
	struct str where = { 0 };

	if (!trust_path(path, &where) && !errno)
		log_write(LOG_WARN, "journal", "other users may write to %s and could replace the journal",
			str_text(&where));
	str_release(&where);
}

struct journal_change *journal_begin(struct journal_entry *e, struct error *err)
{
	char *path = journal_path(err);
	struct journal_change *c = NULL;
	struct str line = { 0 };
	struct error why;
	off_t at;
	int file;

	if (!path)
		return NULL;
	if (!file_make_folders(path, &why)) {
		error_set(err, ERR_SYSTEM, "journal: %s; nothing was changed", why.message);
		free(path);
		return NULL;
	}
	name_change(e);
	journal_write_entry(&line, e);
	file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (file >= 0 && !trust_own_file(file, path, &why)) {
		error_set(err, ERR_SYSTEM, "journal: %s; nothing was changed", why.message);
		close(file);
	} else if (file >= 0 && journal_append(file, &line, &at, true)) {
		file_sync_folder(path);
		warn_of_others(path);
		c = mem_alloc(sizeof(*c));
		*c = (struct journal_change){ file, at, mem_strdup(e->id) };
	} else {
		error_set(err, ERR_SYSTEM, "journal: %s: %s; nothing was changed", path, strerror(errno));
		if (file >= 0)
			close(file);
	}
	str_release(&line);
	free(path);
	return c;
}

bool journal_end(struct journal_change *c, const struct journal_entry *e, struct error *err)
{
	struct journal_entry result = *e;
	struct str line = { 0 };
	off_t at;
	bool ok;

	result.id = c->id;
	result.result_ms = clock_wall_ms();
	journal_write_result(&line, &result);
	ok = journal_append(c->file, &line, &at, false);
	if (!ok)
		error_set(err, ERR_SYSTEM,
			"journal: the result of change %s could not be written: %s: it will be "
			"listed as cut short",
			c->id, strerror(errno));
	close(c->file);
	free(c->id);
	free(c);
	str_release(&line);
	return ok;
}

static struct journal_entry *entry_of(struct journal_list *l, const char *id)
{
	for (size_t i = l->count; i-- > 0;) {
		if (strcmp(l->entries[i].id, id) == 0)
			return &l->entries[i];
	}
	return NULL;
}

static void take_result(struct journal_list *l, struct journal_entry *result)
{
	struct journal_entry *e = entry_of(l, result->id);

	if (!e)
		return;
	e->state = result->state;
	e->running = false;
	e->result_ms = result->result_ms;
	free(e->message);
	e->message = mem_strdup(result->message);
	if (result->topic_id && !e->topic_id)
		e->topic_id = mem_strdup(result->topic_id);
	for (size_t i = 0; i < result->item_count; i++) {
		for (size_t k = 0; k < e->item_count; k++) {
			if (e->items[k].partition != result->items[i].partition ||
				strcmp(e->items[k].name, result->items[i].name) != 0)
				continue;
			free(e->items[k].error);
			e->items[k].error = mem_strdup(result->items[i].error);
		}
	}
}

static void take_line(struct journal_list *l, const char *line, size_t len, size_t number, off_t at, int file)
{
	struct journal_entry e;

	switch (journal_read_line(&e, line, len)) {
	case JOURNAL_LINE_ENTRY:
		e.running = file >= 0 && !journal_lock(file, LOCK_ASK, F_WRLCK, at);
		l->entries = mem_grow(l->entries, &l->cap, l->count + 1, sizeof(*l->entries));
		l->entries[l->count++] = e;
		return;
	case JOURNAL_LINE_RESULT:
		take_result(l, &e);
		journal_entry_release(&e);
		return;
	case JOURNAL_LINE_BAD:
		l->bad_lines++;
		if (!l->first_bad)
			l->first_bad = number;
		return;
	}
}

static void mark_undone(struct journal_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct journal_entry *undo = &l->entries[i];
		struct journal_entry *e =
			undo->undo_of && undo->state != JOURNAL_FAILED ? entry_of(l, undo->undo_of) : NULL;

		if (!e || e == undo)
			continue;
		free(e->undone_by);
		e->undone_by = mem_strdup(undo->id);
	}
}

void journal_parse(struct journal_list *out, const char *text, size_t len, int file)
{
	size_t number = 0;

	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t line = end ? (size_t)(end - text) - at : len - at;

		number++;
		if (line > 0)
			take_line(out, text + at, line, number, (off_t)at, file);
		at += line + 1;
	}
	mark_undone(out);
	for (size_t i = 0, j = out->count; i + 1 < j; i++) {
		struct journal_entry first = out->entries[i];

		out->entries[i] = out->entries[--j];
		out->entries[j] = first;
	}
}

bool journal_read(struct journal_list *out, struct error *err)
{
	struct str text = { 0 };
	struct error why;
	bool ok;
	int file;

	*out = (struct journal_list){ .path = journal_path(err) };
	if (!out->path)
		return false;
	file = open(out->path, O_RDWR | O_CLOEXEC);
	if (file < 0 && (errno == EACCES || errno == EROFS))
		file = open(out->path, O_RDONLY | O_CLOEXEC);
	if (file < 0 && errno == ENOENT)
		return true;
	if (file < 0)
		return error_set(err, ERR_SYSTEM, "journal: %s: %s", out->path, strerror(errno));
	ok = file_read_fd(file, out->path, JOURNAL_MAX, &text, &why) ||
		error_set(err, ERR_SYSTEM, "journal: %s", why.message);
	if (ok)
		journal_parse(out, str_text(&text), text.len, file);
	close(file);
	str_release(&text);
	return ok;
}

static bool append_result(const char *path, const struct journal_entry *result, struct error *err)
{
	struct str line = { 0 };
	int file = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
	off_t at;
	bool ok;

	journal_write_result(&line, result);
	ok = file >= 0 && journal_append(file, &line, &at, false);
	if (!ok)
		error_set(err, ERR_SYSTEM, "journal: %s: %s", path, strerror(errno));
	if (file >= 0)
		close(file);
	str_release(&line);
	return ok;
}

bool journal_settle(const char *id, const char *message, struct error *err)
{
	struct journal_list list;
	const struct journal_entry *e = NULL;
	struct journal_entry result = { .state = JOURNAL_UNVERIFIED, .result_ms = clock_wall_ms() };
	bool ok = journal_read(&list, err);

	if (ok)
		e = journal_find(&list, id);
	if (e && journal_is_cut_short(e)) {
		result.id = e->id;
		result.message = (char *)(uintptr_t)message;
		ok = append_result(list.path, &result, err);
	} else if (ok) {
		ok = error_set(err, ERR_USAGE, "change %s is not one that was cut short", id);
	}
	journal_list_release(&list);
	return ok;
}
