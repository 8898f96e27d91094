/* SPDX-License-Identifier: BSD-2-Clause */
/* What the fields of a reset's form may hold, what it means, and words that complete it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/format.h"
#include "model/when.h"
#include "views/reset/reset_state.h"

static struct when_clock clock_of(const struct view *v)
{
	return (struct when_clock){ .now_ms = clock_wall_ms(), .utc = v->ui->utc };
}

void reset_place_fault(size_t *at, size_t from, struct error *err)
{
	unsigned long column;
	char *end;

	if (strncmp(err->message, "column ", 7) != 0)
		return;
	column = strtoul(err->message + 7, &end, 10);
	if (column == 0 || strncmp(end, ": ", 2) != 0)
		return;
	*at = from + column - 1;
	memmove(err->message, end + 2, strlen(end + 2) + 1);
}

bool reset_parse_topics(struct reset_request *r, const char *text, size_t *at, struct error *err)
{
	const char *p = text;

	for (p += strspn(p, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		char *word = mem_strndup(p, len);
		bool good = reset_parse_scope(r, word, err);

		free(word);
		if (!good) {
			reset_place_fault(at, (size_t)(p - text), err);
			return false;
		}
		p += len;
	}
	return r->scope_count > 0 || error_set(err, ERR_USAGE, "name topics, for example orders payments:0,3-5");
}

static bool check_topics(const char *text, size_t *at, struct error *err)
{
	struct reset_request r = { 0 };
	bool good = reset_parse_topics(&r, text, at, err);

	reset_request_release(&r);
	return good;
}

/* -90m and 90m both mean that long before now: ahead there are no records. */
static bool parse_back(const char *text, int64_t *ms, size_t *at, struct error *err)
{
	if (!when_parse_duration(text, strlen(text), ms, at, err))
		return false;
	*ms = *ms < 0 ? -*ms : *ms;
	return true;
}

/* For the fields that hold a number, a time or a duration; fills in the request, too. */
bool reset_parse_value(struct view *v, int field, const char *text, struct reset_how *how, size_t *at,
	struct error *err)
{
	const struct reset_form *w = &reset_state(v)->form;
	const struct when_clock clock = clock_of(v);
	struct when when;
	char *end;

	if (field == w->time) {
		if (!when_parse(text, strlen(text), &clock, &when, at, err))
			return false;
		*how = (struct reset_how){ RESET_DATETIME, when.ms };
		return true;
	}
	if (field == w->duration) {
		*how = (struct reset_how){ RESET_DURATION, 0 };
		return parse_back(text, &how->number, at, err);
	}
	how->strategy = field == w->offset ? RESET_OFFSET : field == w->shift ? RESET_SHIFT : RESET_SKIP;
	how->number = strtoll(text, &end, 10);
	*at = (size_t)(end - text);
	if (end == text || *end)
		return error_set(err, ERR_USAGE, "expected a whole number%s",
			field == w->shift ? ", +100 or -100" : "");
	*at = 0;
	if (how->number == INT64_MAX || how->number == INT64_MIN)
		return error_set(err, ERR_USAGE, "the number is too large");
	if (field != w->shift && how->number < (field == w->skip ? 1 : 0))
		return error_set(err, ERR_USAGE,
			field == w->skip ? "skip at least one record" : "an offset cannot be negative");
	return true;
}

bool reset_field_check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->form;
	struct reset_how how;

	if (field == w->topics)
		return check_topics(text, at, err);
	if (field == w->other)
		return *text || error_set(err, ERR_USAGE, "name a group");
	if (field == w->file)
		return *text || error_set(err, ERR_USAGE, "name a file");
	return reset_parse_value(v, field, text, &how, at, err);
}

static void add_time(struct str *out, int64_t ms, int64_t now, bool utc)
{
	format_datetime(out, ms, utc);
	str_add_char(out, ' ');
	format_zone(out, ms, utc);
	str_add(out, ", ");
	format_duration(out, ms > now ? ms - now : now - ms);
	str_add(out, ms > now ? " ahead: no records yet" : " ago");
}

void reset_field_gloss(void *owner, int field, const char *text, struct str *out)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->form;
	const struct when_clock clock = clock_of(v);
	struct error err;
	struct when when;
	int64_t ms;
	size_t at;

	if (field == w->time && when_parse(text, strlen(text), &clock, &when, &at, &err)) {
		add_time(out, when.ms, clock.now_ms, clock.utc);
		if (when.note[0])
			str_addf(out, "; %s", when.note);
	} else if (field == w->duration && parse_back(text, &ms, &at, &err) && ms <= clock.now_ms) {
		add_time(out, clock.now_ms - ms, clock.now_ms, clock.utc);
	}
}

static bool has_committed(const struct group *g, const char *topic)
{
	for (int32_t i = 0; g && i < g->partition_count; i++)
		if (strcmp(g->partitions[i].topic, topic) == 0)
			return true;
	return false;
}

/* Topics of the group first. */
static void complete_topics(const struct view *v, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct snapshot *s = v->ui->live.cluster;
	const struct group *g = s ? snapshot_group(s, reset_state(v)->request.group) : NULL;
	size_t from = cursor;

	while (from > 0 && text[from - 1] != ' ')
		from--;
	words->from = from;
	for (int mine = 1; s && mine >= 0; mine--)
		for (size_t i = 0; i < (size_t)s->topic_count; i++)
			if (strncmp(s->topics[i].name, text + from, cursor - from) == 0 &&
				has_committed(g, s->topics[i].name) == (mine == 1))
				prompt_words_add(words, s->topics[i].name,
					mine ? "has committed offsets of this group" : NULL, NULL);
}

void reset_field_complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->form;
	const struct snapshot *s = v->ui->live.cluster;

	if (field == w->topics)
		complete_topics(v, text, cursor, words);
	for (size_t i = 0; field == w->other && s && i < (size_t)s->group_count; i++)
		if (strncmp(s->groups[i].id, text, cursor) == 0)
			prompt_words_add(words, s->groups[i].id, NULL, NULL);
}
