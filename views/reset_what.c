/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 1 of a reset: which partitions, and to where. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/format.h"
#include "model/when.h"
#include "views/reset.h"
#include "views/reset_state.h"

static const struct {
	struct form_option option;
	enum reset_strategy strategy;
} strategies[] = {
	{ { "earliest", "the log start of each partition: read everything again" }, RESET_EARLIEST },
	{ { "latest", "the log end, read again when it is executed: skip what is unread" }, RESET_LATEST },
	{ { "to offset", "one offset for all partitions, clamped to what is there" }, RESET_OFFSET },
	{ { "datetime", "the first record at or after a time, else the log end" }, RESET_DATETIME },
	{ { "by duration", "as datetime, that long before now" }, RESET_DURATION },
	{ { "shift by", "forward or back from what is committed" }, RESET_SHIFT },
	{ { "current", "commit again what is committed" }, RESET_CURRENT },
	{ { "group's offsets", "what another group has committed" }, RESET_GROUP },
	{ { "file", "offsets from a file: CSV of kafka-consumer-groups, or JSON" }, RESET_TARGETS },
	{ { "skip records", "pass over records that cannot be processed" }, RESET_SKIP },
	{ { "delete offsets", "the group starts by its auto.offset.reset there" }, RESET_DELETE },
};

enum { STRATEGIES = sizeof(strategies) / sizeof(strategies[0]) };

static struct when_clock clock_of(const struct view *v)
{
	return (struct when_clock){ .now_ms = clock_wall_ms(), .utc = v->ui->utc };
}

/* "column 7: expected ..." of a word that stands at `from` of the field. */
static void place_fault(size_t *at, size_t from, struct error *err)
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

static bool parse_topics(struct reset_request *r, const char *text, size_t *at, struct error *err)
{
	const char *p = text;

	for (p += strspn(p, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		char *word = mem_strndup(p, len);
		bool good = reset_parse_scope(r, word, err);

		free(word);
		if (!good) {
			place_fault(at, (size_t)(p - text), err);
			return false;
		}
		p += len;
	}
	return r->scope_count > 0 || error_set(err, ERR_USAGE, "name topics, for example orders payments:0,3-5");
}

static bool check_topics(const char *text, size_t *at, struct error *err)
{
	struct reset_request r = { 0 };
	bool good = parse_topics(&r, text, at, err);

	reset_request_release(&r);
	return good;
}

/* Of the fields that hold a number in some form; also what the request takes. */
static bool parse_value(struct view *v, int field, const char *text, struct reset_how *how, size_t *at,
	struct error *err)
{
	const struct reset_form *w = &reset_state(v)->what;
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
		how->strategy = RESET_DURATION;
		return when_parse_duration(text, strlen(text), &how->number, at, err);
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
		return error_set(err, ERR_USAGE, field == w->skip ? "skip one record at least" :
			"an offset is not negative");
	return true;
}

static bool check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->what;
	struct reset_how how;

	if (field == w->topics)
		return check_topics(text, at, err);
	if (field == w->other)
		return *text || error_set(err, ERR_USAGE, "name a group");
	if (field == w->file)
		return *text || error_set(err, ERR_USAGE, "name a file");
	return parse_value(v, field, text, &how, at, err);
}

/* The zone's name at that time: clocks change. */
static void add_zone(struct str *out, int64_t ms, bool utc)
{
	time_t seconds = (time_t)(ms / 1000);
	char name[16] = "";
	struct tm tm;

	if (utc) {
		str_add(out, " UTC");
		return;
	}
	localtime_r(&seconds, &tm);
	strftime(name, sizeof(name), "%z", &tm);
	str_addf(out, " %s", name);
}

static void add_time(struct str *out, int64_t ms, int64_t now, bool utc)
{
	format_datetime(out, ms, utc);
	add_zone(out, ms, utc);
	str_add(out, ", ");
	format_duration(out, ms > now ? ms - now : now - ms);
	str_add(out, ms > now ? " ahead: nothing is there yet" : " ago");
}

static void gloss(void *owner, int field, const char *text, struct str *out)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->what;
	const struct when_clock clock = clock_of(v);
	struct error err;
	struct when when;
	int64_t ms;
	size_t at;

	if (field == w->time && when_parse(text, strlen(text), &clock, &when, &at, &err)) {
		add_time(out, when.ms, clock.now_ms, clock.utc);
		if (when.note[0])
			str_addf(out, "; %s", when.note);
	} else if (field == w->duration && when_parse_duration(text, strlen(text), &ms, &at, &err) &&
		ms <= clock.now_ms) {
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

/* Topics of the group first: those are what is mostly meant. */
static void complete_topics(const struct view *v, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct snapshot *s = v->ui->snapshot;
	const struct group *g = s ? snapshot_group(s, reset_state(v)->request.group) : NULL;
	size_t from = cursor;

	while (from > 0 && text[from - 1] != ' ')
		from--;
	words->from = from;
	for (int mine = 1; s && mine >= 0; mine--)
		for (size_t i = 0; i < (size_t)s->topic_count; i++)
			if (strncmp(s->topics[i].name, text + from, cursor - from) == 0 &&
				has_committed(g, s->topics[i].name) == (mine == 1))
				prompt_words_add(words, s->topics[i].name, mine ? "the group has committed it" : NULL,
					NULL);
}

static void complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words)
{
	struct view *v = owner;
	const struct reset_form *w = &reset_state(v)->what;
	const struct snapshot *s = v->ui->snapshot;

	if (field == w->topics)
		complete_topics(v, text, cursor, words);
	for (size_t i = 0; field == w->other && s && i < (size_t)s->group_count; i++)
		if (strncmp(s->groups[i].id, text, cursor) == 0)
			prompt_words_add(words, s->groups[i].id, NULL, NULL);
}

static enum reset_strategy chosen(const struct reset_form *w)
{
	return strategies[form_chosen(w->form, w->strategy)].strategy;
}

/* Fields that the choices leave no use for are not shown. */
static void changed(void *owner, int field)
{
	struct reset_form *w = &reset_state(owner)->what;
	enum reset_strategy s = chosen(w);
	bool listed = form_chosen(w->form, w->scope) == 1, file = s == RESET_TARGETS;

	(void)field;
	form_show(w->form, w->scope, !file);
	form_show(w->form, w->topics, listed && !file);
	form_show(w->form, w->new_topics, listed && !file && s != RESET_SHIFT && s != RESET_SKIP && s != RESET_DELETE);
	form_show(w->form, w->create, s != RESET_SHIFT && s != RESET_SKIP && s != RESET_DELETE && s != RESET_CURRENT);
	form_show(w->form, w->offset, s == RESET_OFFSET);
	form_show(w->form, w->time, s == RESET_DATETIME);
	form_show(w->form, w->duration, s == RESET_DURATION);
	form_show(w->form, w->shift, s == RESET_SHIFT);
	form_show(w->form, w->other, s == RESET_GROUP);
	form_show(w->form, w->file, file);
	form_show(w->form, w->skip, s == RESET_SKIP);
}

static const struct form_ops ops = { .check = check, .gloss = gloss, .complete = complete, .changed = changed };

static int add(struct form *f, enum form_kind kind, const char *label, const char *placeholder, const char *help)
{
	return form_add(f, &(struct form_field){ kind, label, .placeholder = placeholder, .help = help });
}

static void add_scope(struct reset_form *w, const struct reset_start *start)
{
	static const struct form_option scopes[] = {
		{ "all the group has committed", "every partition with a committed offset" },
		{ "topics and partitions", "those that are named below" },
	};

	w->scope = form_add(w->form, &(struct form_field){ FORM_CHOICE, "scope", .options = scopes, .option_count = 2,
		.chosen = start->scope ? 1 : 0 });
	w->topics = form_add(w->form, &(struct form_field){ FORM_TEXT, "topics", .text = start->scope,
		.placeholder = "orders payments:0,3-5",
		.help = "topics, each with the partitions wanted: orders payments:0,3-5" });
	w->new_topics = add(w->form, FORM_TOGGLE, "topics never read", NULL,
		"also topics and partitions of which the group has committed nothing");
	w->create = add(w->form, FORM_TOGGLE, "make a new group", NULL,
		"the group need not exist: its offsets are committed before its first start");
}

static void add_strategy(struct reset_form *w)
{
	struct form_option options[STRATEGIES];

	for (size_t i = 0; i < STRATEGIES; i++)
		options[i] = strategies[i].option;
	w->strategy = form_add(w->form, &(struct form_field){ FORM_CHOICE, "to", .options = options,
		.option_count = STRATEGIES });
	w->offset = add(w->form, FORM_TEXT, "offset", "1204991", "the next record that the group reads");
	w->time = add(w->form, FORM_TEXT, "time", "2026-11-22 13:30",
		"13:30, yesterday 14:00, 2026-11-22 13:30, 2026-11-22T13:30:00+01:00, -2h; Z outside the form changes the zone");
	w->duration = add(w->form, FORM_TEXT, "duration", "PT1H30M", "PT1H30M, 90m, 1h30m, 2d");
	w->shift = add(w->form, FORM_TEXT, "records", "-100", "+100 passes over a hundred, -100 reads a hundred again");
	w->other = add(w->form, FORM_TEXT, "group", "other-group", "the group whose committed offsets are taken");
	w->file = add(w->form, FORM_TEXT, "file", "offsets.csv",
		"topic,partition,offset lines as kafka-consumer-groups --export writes them, or JSON");
	w->skip = form_add(w->form, &(struct form_field){ FORM_TEXT, "records", .text = "1",
		.help = "how many records after the committed offset are passed over" });
}

static void choose(struct reset_form *w, enum reset_strategy strategy)
{
	for (size_t i = 0; i < STRATEGIES; i++)
		if (strategies[i].strategy == strategy)
			form_set_chosen(w->form, w->strategy, i);
}

/* What the caller asks for already. */
static void fill_in(struct view *v, const char *how)
{
	struct reset_form *w = &reset_state(v)->what;
	const struct when_clock clock = clock_of(v);
	struct reset_how parsed;
	struct error err;
	char number[24];

	if (!how || !reset_parse_how(how, &clock, &parsed, &err))
		return;
	choose(w, parsed.strategy);
	snprintf(number, sizeof(number), "%" PRId64, parsed.number);
	if (parsed.strategy == RESET_OFFSET)
		form_set_text(w->form, w->offset, number);
	if (parsed.strategy == RESET_SKIP)
		form_set_text(w->form, w->skip, number);
}

void reset_what_new(struct view *v, const struct reset_start *start)
{
	struct reset_form *w = &reset_state(v)->what;

	w->form = form_new(&ops, v, v->ui);
	add(w->form, FORM_HEADING, "what", NULL, NULL);
	add_scope(w, start);
	add(w->form, FORM_HEADING, "where to", NULL, NULL);
	add_strategy(w);
	add(w->form, FORM_BUTTON, "check the plan", NULL, "asks the cluster, changes nothing");
	fill_in(v, start->how);
	changed(v, -1);
	form_focus(w->form, start->scope ? w->strategy : w->scope);
}

/* The partitions that a row was edited for stay: the form is often changed to look at another plan. */
bool reset_what_request(struct view *v, struct error *err)
{
	struct reset_state *st = reset_state(v);
	const struct reset_form *w = &st->what;
	struct reset_request r = { .group = mem_strdup(st->request.group) };
	enum reset_strategy s = chosen(w);
	const int values[] = { w->offset, w->time, w->duration, w->shift, w->skip };
	size_t at;
	bool good = true;

	r.how.strategy = s;
	r.all_topics = form_chosen(w->form, w->scope) == 0 && s != RESET_TARGETS;
	r.new_topics = form_is_shown(w->form, w->new_topics) && form_is_on(w->form, w->new_topics);
	r.create = form_is_shown(w->form, w->create) && form_is_on(w->form, w->create);
	if (form_is_shown(w->form, w->topics))
		good = parse_topics(&r, form_text(w->form, w->topics), &at, err);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (good && form_is_shown(w->form, values[i]))
			good = parse_value(v, values[i], form_text(w->form, values[i]), &r.how, &at, err);
	if (s == RESET_GROUP)
		r.from_group = mem_strdup(form_text(w->form, w->other));
	free(st->file);
	st->file = s == RESET_TARGETS ? mem_strdup(form_text(w->form, w->file)) : NULL;
	for (size_t i = 0; i < st->request.edit_count; i++) {
		const struct reset_edit *e = &st->request.edits[i];

		reset_add_edit(&r, e->topic, e->partition, e->how);
	}
	reset_request_release(&st->request);
	st->request = r;
	return good;
}

void reset_what_draw(struct view *v, const struct area *a)
{
	struct reset_state *st = reset_state(v);
	int top = st->failed ? 2 : 0;
	struct area below = area_rows(a, top, a->rows - top);

	if (st->failed) {
		draw_text(a, 0, 1, 2, ROLE_ERROR, "!");
		draw_text(a, 0, 3, a->cols - 4, ROLE_ERROR, st->failed);
	}
	form_draw(st->what.form, &below);
}
