/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The log of actions, requests and failures: a ring of the newest lines for the
 * log view, and a file with --log. Nothing is written to the terminal. Any
 * thread; a line is formatted outside the lock.
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
	uint64_t seq; /* 1, 2, ...: a stable key */
	enum log_level level;
	char source[16]; /* "sampler", "librdkafka", "config", ... */
	char *text;      /* one line; may hold control bytes: show it through text_safe() */
};

bool log_to_file(const char *path, struct error *err);
void log_write(enum log_level level, const char *source, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/*
 * Sets the cluster that the lines of this thread name, and those of threads that it starts later (base/thread.h), once
 * log_name_clusters() is on. NULL: none. The name is copied and never freed. Returns the previous one.
 */
const char *log_about(const char *cluster);
const char *log_subject(void);   /* the cluster that this thread's lines name, or NULL */
void log_name_clusters(bool on); /* off by default: one cluster needs no name */
/* Copies the newest lines, oldest first; returns how many. log_lines_free() frees them. */
size_t log_copy(struct log_line **lines);
void log_lines_free(struct log_line *lines, size_t count);
uint64_t log_last_seq(void); /* changes when there is something new */
const char *log_level_name(enum log_level level);

#endif
