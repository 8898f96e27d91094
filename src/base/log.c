/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/trust.h"

enum { LOG_KEPT = 1000, LOG_TEXT_MAX = 4096 };

/* One log for the process: librdkafka's log callback can be given no other. */
static struct {
	pthread_mutex_t lock;
	struct log_line lines[LOG_KEPT]; /* line n lies at (n - 1) % LOG_KEPT */
	uint64_t seq;
	int fd; /* -1: no file */
} ring = { .lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1 };

/* Names of clusters; never freed, because abandoned threads may still write. */
struct subject {
	struct subject *next;
	char name[];
};

static struct {
	pthread_mutex_t lock;
	struct subject *first;
} subjects = { .lock = PTHREAD_MUTEX_INITIALIZER };
static atomic_bool names_clusters;
static _Thread_local const char *about;

static const char *subject_keep(const char *name)
{
	struct subject *s;

	pthread_mutex_lock(&subjects.lock);
	for (s = subjects.first; s && strcmp(s->name, name) != 0; s = s->next)
		;
	if (!s) {
		s = mem_alloc(sizeof(*s) + strlen(name) + 1);
		memcpy(s->name, name, strlen(name) + 1);
		s->next = subjects.first;
		subjects.first = s;
	}
	pthread_mutex_unlock(&subjects.lock);
	return s->name;
}

const char *log_about(const char *cluster)
{
	const char *before = about;

	about = cluster ? subject_keep(cluster) : NULL;
	return before;
}

const char *log_subject(void)
{
	return about;
}

void log_name_clusters(bool on)
{
	atomic_store(&names_clusters, on);
}

const char *log_level_name(enum log_level level)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == LOG_LEVEL_COUNT, "a name for each level");
	return names[level];
}

bool log_to_file(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		return error_set(err, ERR_USAGE, "log file %s: %s", path, strerror(errno));
	if (!trust_own_file(fd, path, err)) {
		close(fd);
		return false;
	}
	pthread_mutex_lock(&ring.lock);
	int old = ring.fd;
	ring.fd = fd;
	pthread_mutex_unlock(&ring.lock);
	if (old >= 0)
		close(old);
	return true;
}

static void log_format_line(struct str *out, const struct log_line *line)
{
	clock_add_utc(out, line->wall_ms);
	str_addf(out, " %-5s %-10s ", log_level_name(line->level), line->source);
	text_safe(out, line->text, strlen(line->text));
	str_add_char(out, '\n');
}

void log_write(enum log_level level, const char *source, const char *fmt, ...)
{
	struct log_line line = { .wall_ms = clock_wall_ms(), .level = level };
	struct str text = { 0 };
	struct str out = { 0 };
	va_list ap;

	if (about && atomic_load(&names_clusters))
		str_addf(&text, "%s: ", about);
	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	while (text.len && (text.p[text.len - 1] == '\n' || text.p[text.len - 1] == '\r'))
		text.p[--text.len] = '\0';
	if (text.len > LOG_TEXT_MAX) {
		text.len = LOG_TEXT_MAX;
		text.p[text.len] = '\0';
		str_add(&text, "...");
	}
	snprintf(line.source, sizeof(line.source), "%s", source);
	line.text = str_take(&text);
	log_format_line(&out, &line);

	pthread_mutex_lock(&ring.lock);
	struct log_line *slot = &ring.lines[ring.seq % LOG_KEPT];
	char *dropped = slot->text;

	line.seq = ++ring.seq;
	*slot = line;
	if (ring.fd >= 0) {
		ssize_t n = write(ring.fd, out.p, out.len);

		(void)n; /* a full disk must not stop the program */
	}
	pthread_mutex_unlock(&ring.lock);
	free(dropped);
	str_release(&out);
}

size_t log_copy(struct log_line **lines)
{
	pthread_mutex_lock(&ring.lock);
	size_t count = ring.seq < LOG_KEPT ? (size_t)ring.seq : LOG_KEPT;

	*lines = mem_alloc(count * sizeof(**lines));
	for (size_t i = 0; i < count; i++) {
		const struct log_line *line = &ring.lines[(ring.seq - count + i) % LOG_KEPT];

		(*lines)[i] = *line;
		(*lines)[i].text = mem_strdup(line->text);
	}
	pthread_mutex_unlock(&ring.lock);
	return count;
}

void log_lines_free(struct log_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lines[i].text);
	free(lines);
}

uint64_t log_last_seq(void)
{
	pthread_mutex_lock(&ring.lock);
	uint64_t seq = ring.seq;

	pthread_mutex_unlock(&ring.lock);
	return seq;
}
