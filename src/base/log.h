/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What weir did and asked, and what failed: a ring of the newest lines for the
 * log view, and a file with --log. Never the terminal. Any thread; a line is
 * formatted outside the lock.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVEL_COUNT };

struct log_line {
	int64_t wall_ms;
	uint64_t seq;          /* 1, 2, ...: a stable key */
	enum log_level level;
	char source[16];       /* "sampler", "librdkafka", "config", ... */
	char *text;            /* one line; may hold control bytes: show it through text_safe() */
};

bool log_to_file(const char *path, struct error *err);
void log_write(enum log_level level, const char *source, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * While lines name clusters, those of this thread are about that one, and so are those of threads that it starts from
 * now on (base/thread.h). NULL: about none. The name is kept for good. Returns the one before.
 */
const char *log_about(const char *cluster);
const char *log_subject(void);                     /* what this thread's lines are about; NULL: nothing */
void log_name_clusters(bool on);                   /* off at first: with one cluster there is nothing to tell apart */
/* Copies the newest lines, oldest first; returns how many. log_lines_free() frees them. */
size_t log_copy(struct log_line **lines);
void log_lines_free(struct log_line *lines, size_t count);
uint64_t log_last_seq(void);                       /* changes when there is something new */
const char *log_level_name(enum log_level level);

#endif
