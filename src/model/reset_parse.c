/* SPDX-License-Identifier: BSD-2-Clause */
/* Scopes and strategies as people write them (model/reset.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/reset.h"
#include "model/when.h"

enum { MOST_PARTITIONS = 1000000 };

/* Reads digits at *p and moves after them; -1: none, or too many. */
static int64_t read_number(const char **p, int64_t most)
{
	int64_t value = 0;
	const char *begin = *p;

	for (; **p >= '0' && **p <= '9'; (*p)++) {
		value = value * 10 + (**p - '0');
		if (value > most)
			return -1;
	}
	return *p == begin ? -1 : value;
}

static bool at_column(const char *text, const char *p, struct error *err, const char *wanted)
{
	return error_set(err, ERR_USAGE, "column %zu: %s", (size_t)(p - text) + 1, wanted);
}

bool reset_parse_scope(struct reset_request *r, const char *text, struct error *err)
{
	const char *colon = strchr(text, ':'), *p;
	char *topic;
	bool ok = true;

	if (!*text || colon == text)
		return at_column(text, text, err, "give a topic: TOPIC, TOPIC:0 or TOPIC:0,3-5");
	if (!colon) {
		reset_add_scope(r, text, -1);
		return true;
	}
	topic = mem_strndup(text, (size_t)(colon - text));
	p = colon;
	do {
		const char *begin = ++p;
		int64_t from = read_number(&p, MOST_PARTITIONS - 1), to = from;

		if (from >= 0 && *p == '-') {
			begin = ++p;
			to = read_number(&p, MOST_PARTITIONS - 1);
		}
		if (from < 0 || to < from)
			ok = at_column(text, begin, err,
				from < 0 || to < 0 ? "a partition number was expected" :
						     "the last partition lies before the first");
		else if (*p && *p != ',')
			ok = at_column(text, p, err, "a comma or the end was expected after the partition");
		for (int64_t partition = from; ok && partition <= to; partition++)
			reset_add_scope(r, topic, (int32_t)partition);
	} while (ok && *p == ',');
	free(topic);
	return ok;
}

static bool parse_signed(const char *text, size_t sign, struct reset_how *how, struct error *err)
{
	const char *p = text + sign;
	int64_t value = read_number(&p, INT64_MAX / 10 - 1);

	if (value < 0)
		return at_column(text, text + sign, err, "this number is too large");
	*how = (struct reset_how){ sign ? RESET_SHIFT : RESET_OFFSET, *text == '-' ? -value : value };
	return true;
}

static const struct {
	const char *word;
	struct reset_how how;
} words[] = {
	{ "earliest", { RESET_EARLIEST, 0 } },
	{ "latest", { RESET_LATEST, 0 } },
	{ "current", { RESET_CURRENT, 0 } },
	{ "skip", { RESET_SKIP, 1 } },
	{ "delete", { RESET_DELETE, 0 } },
	{ "none", { RESET_NONE, 0 } },
};

static bool parse_skip(const char *text, struct reset_how *how, struct error *err)
{
	const char *p = text + strlen("skip ");
	int64_t count;

	p += strspn(p, " ");
	const char *begin = p;

	count = read_number(&p, INT64_MAX / 10 - 1);
	if (count < 1 || *p)
		return at_column(text, count < 1 ? begin : p, err, "the number of records to skip was expected");
	*how = (struct reset_how){ RESET_SKIP, count };
	return true;
}

bool reset_parse_how(const char *text, const struct when_clock *clock, struct reset_how *how, struct error *err)
{
	size_t sign = *text == '+' || *text == '-', digits = strspn(text + sign, "0123456789");
	struct when when;
	int64_t ms;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].word, text) == 0) {
			*how = words[i].how;
			return true;
		}
	}
	if (!*text)
		return at_column(text, text, err,
			"earliest, latest, current, an offset, +N, -N, skip N, a time or -15m "
			"was expected");
	if (digits && !text[sign + digits])
		return parse_signed(text, sign, how, err);
	if (strncmp(text, "skip ", 5) == 0)
		return parse_skip(text, how, err);
	if (*text == '-' || *text == 'P') {
		if (!when_parse_duration(text, strlen(text), &ms, NULL, err))
			return false;
		*how = (struct reset_how){ RESET_DURATION, ms < 0 ? -ms : ms };
		return true;
	}
	if (!when_parse(text, strlen(text), clock, &when, NULL, err))
		return false;
	*how = (struct reset_how){ RESET_DATETIME, when.ms };
	return true;
}
