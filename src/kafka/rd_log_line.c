/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/rd_log_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

void rd_log_line_write(int level, const char *facility, const char *line)
{
	enum log_level as = level <= 3 ? LOG_ERROR : level <= 4 ? LOG_WARN : level <= 6 ? LOG_INFO : LOG_DEBUG;

	log_write(as, "librdkafka", "%s: %s", facility, line);
}

/* "[thrd:NAME]: PROTOCOL://HOST:PORT/ID: text (after 3ms in state CONNECT)". */
static void split_line(struct rd_log_line *t, const char *line)
{
	const char *end, *slash = NULL, *tail;

	t->broker = -1;
	t->address[0] = '\0';
	if (strncmp(line, "[thrd:", 6) == 0 && (end = strstr(line, "]: ")))
		line = end + 3;
	if ((end = strstr(line, "://")) && end < line + 16)
		line = end + 3;
	end = strstr(line, ": ");
	for (const char *p = line; end && p < end; p++) {
		if (*p == '/')
			slash = p;
	}
	if (slash) {
		snprintf(t->address, sizeof(t->address), "%.*s", (int)(slash - line), line);
		if (slash[1] >= '0' && slash[1] <= '9')
			t->broker = (int32_t)strtol(slash + 1, NULL, 10);
		line = end + 2;
	}
	tail = strstr(line, " (after ");
	snprintf(t->words, sizeof(t->words), "%.*s", tail ? (int)(tail - line) : (int)strlen(line), line);
}

/* NULL: librdkafka's words will do. */
static const char *better_words(const char *text, const char *line, bool served)
{
	static const struct {
		const char *begin, *within, *words;
	} known[] = {
		{ "Connect to ", "Connection refused", "connection refused" },
		{ "Connect to ", "No route to host", "no route to the host" },
		{ "Connect to ", "Network is unreachable", "the network is unreachable" },
		{ "Connection setup timed out", "", "no connection in time" },
		{ "Failed to resolve ", "Name or service not known", "the host name is not known" },
		{ "Failed to resolve ", "Temporary failure in name resolution", "no answer from the name service" },
		{ "ApiVersionRequest failed: Local: Timed out", "", "connected, but it does not answer" },
		{ "", "request(s) timed out: disconnect", "no answer in time" },
		{ "Timed out ", "", "no answer in time" },
		{ "Disconnected: connection closed by peer", "POLLIN", "the broker closed the connection" },
	};

	/* Closed at the first word, or at the first that an unnamed client may not say: the wrong listener. */
	if (strncmp(text, "Disconnected", 12) == 0 && strstr(line, "in state APIVERSION_QUERY"))
		return "disconnected at the first request: is security.protocol right? The broker may want TLS";
	if (strncmp(text, "Disconnected", 12) == 0 && strstr(line, "in state UP") && !served)
		return "disconnected at the second request: is security.protocol right? The broker may want SASL";
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strncmp(text, known[i].begin, strlen(known[i].begin)) == 0 && strstr(text, known[i].within))
			return known[i].words;
	}
	return NULL;
}

/* Kafka and librdkafka say it up to three times in one line: what failed is said once, then why. */
static void shorten_login(struct rd_log_line *t)
{
	static const char *const before[] = { "SASL authentication error: ", "Authentication failed: ",
		"Authentication failed during authentication due to " };
	char why[sizeof(t->words)];
	const char *from = t->words;

	if (strncmp(from, before[0], strlen(before[0])) != 0)
		return;
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		if (strncmp(from, before[i], strlen(before[i])) == 0)
			from += strlen(before[i]);
	}
	snprintf(why, sizeof(why), "%s", from);
	snprintf(t->words, sizeof(t->words), "authentication failed: %.480s", why);
}

void rd_log_line_read(struct rd_log_line *t, const char *line, bool served)
{
	const char *better;

	split_line(t, line);
	better = better_words(t->words, line, served);
	if (better)
		snprintf(t->words, sizeof(t->words), "%s", better);
	shorten_login(t);
}

void rd_log_line_text(char *out, size_t size, const char *line, bool served)
{
	struct rd_log_line t;

	rd_log_line_read(&t, line, served);
	snprintf(out, size, "%s%s%s", t.address, *t.address ? ": " : "", t.words);
}

/* "... reports different ClusterId "NEW" than previously known "OLD": ..." */
bool rd_log_line_other_cluster(const char *facility, const char *line, char *id, size_t size)
{
	static const char before[] = "reports different ClusterId \"";
	const char *begin, *end;

	if (strcmp(facility, "CLUSTERID") != 0 || !(begin = strstr(line, before)))
		return false;
	begin += sizeof(before) - 1;
	end = strchr(begin, '"');
	snprintf(id, size, "%.*s", end ? (int)(end - begin) : (int)strlen(begin), begin);
	return true;
}
