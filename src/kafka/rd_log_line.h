/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of librdkafka: written to weir's log, and read for what they say about a
 * connection: which broker, at which address, and what happened, in the words of
 * a user. Any thread.
 */
#ifndef KAFKA_RD_LOG_LINE_H
#define KAFKA_RD_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rd_log_line {
	int32_t broker;    /* -1: a bootstrap connection, or a line about no broker */
	char address[256]; /* HOST:PORT, "" none */
	char words[512];   /* "connection refused" */
};

/* To the log; `level` as syslog counts. */
void rd_log_line_write(int level, const char *facility, const char *line);

/* `served`: some broker of this client has answered a request of a named client before. */
void rd_log_line_read(struct rd_log_line *t, const char *line, bool served);
/* "HOST:PORT: connection refused". */
void rd_log_line_text(char *out, size_t size, const char *line, bool served);
/*
 * Whether a line of the log says that a broker belongs to another cluster than the handle's; then `id` is that one's,
 * "" when it told none.
 */
bool rd_log_line_other_cluster(const char *facility, const char *line, char *id, size_t size);

#endif
