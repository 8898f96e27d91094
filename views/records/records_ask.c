/* SPDX-License-Identifier: BSD-2-Clause */
/* Prompts of the view: a filter, a search, a place to go to. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/codec_query.h"
#include "codec/json_path.h"
#include "ui/prompt.h"
#include "views/records/records.h"
#include "views/records/records_ask.h"

static const char history[] = "messages";

static struct when_clock clock_of(const struct records *r)
{
	return (struct when_clock){ clock_wall_ms(), r->ui->utc };
}

/* Words of the filter language, and the paths that were seen. */
static void complete_query(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct records *r = data;
	struct arena *arena = arena_new(0);
	struct query_completion found;

	(void)ui;
	query_complete(text, cursor, (const char *const *)r->rows.paths.items, r->rows.paths.count, arena, &found);
	words->from = found.start;
	for (size_t i = 0; i < found.count; i++)
		prompt_words_add(words, found.items[i].text, *found.items[i].help ? found.items[i].help : NULL, NULL);
	arena_free(arena);
}

static void ask_query(struct records *r, const char *label, const char *initial,
	void (*done)(struct ui *ui, void *data, const char *text))
{
	r->ui->calls->prompt(r->ui, label, initial, history, NULL, done, r);
	r->ui->calls->prompt_words(r->ui, complete_query);
}

/* Empty text is none. */
static void set_text(char **place, const char *text)
{
	mem_replace(place, text && *text ? text : NULL);
}

/* Filter */

static void take_filter(struct ui *ui, void *data, const char *text)
{
	struct records *r = data;
	struct error err;
	size_t at = 0;

	if (!text || !r->feed.handle)
		return;
	records_renew_formats(r);
	if (!r->feed.handle)
		return;
	if (!r->feed.ops->filter(r->feed.handle, text, &at, &err)) {
		ask_query(r, "filter: ", text, take_filter);
		ui->calls->prompt_fault(ui, at, err.message);
		return;
	}
	set_text(&r->asked.filter, text);
	records_forget_rows(r);
	records_take(r);
	ui->calls->changed(ui);
}

void records_ask_filter(struct records *r, const char *text)
{
	if (text)
		take_filter(r->ui, r, text);
	else
		ask_query(r, "filter: ", r->asked.filter ? r->asked.filter : "", take_filter);
}

void records_renew_filter(struct records *r)
{
	if (r->feed.handle && r->asked.filter)
		r->feed.ops->filter(r->feed.handle, r->asked.filter, NULL, NULL);
	records_forget_rows(r);
	records_take(r);
}

static void take_saved(struct ui *ui, void *data, size_t chosen)
{
	if (chosen < ui->settings->filter_count)
		take_filter(ui, data, ui->settings->filters[chosen].text);
}

void records_ask_saved(struct records *r, const char *name)
{
	const struct ui *ui = r->ui;
	struct choice *choices;

	if (ui->settings->filter_count == 0) {
		records_say(r, SEVERITY_WARN, "no filters are saved: [filters] of the configuration, NAME = FILTER");
		return;
	}
	for (size_t i = 0; name && i < ui->settings->filter_count; i++)
		if (strcmp(ui->settings->filters[i].name, name) == 0) {
			take_filter(r->ui, r, ui->settings->filters[i].text);
			return;
		}
	if (name) {
		records_say(r, SEVERITY_WARN, "no filter is saved as %s", name);
		return;
	}
	choices = mem_alloc(ui->settings->filter_count * sizeof(*choices));
	for (size_t i = 0; i < ui->settings->filter_count; i++)
		choices[i] = (struct choice){ .label = ui->settings->filters[i].name,
			.help = ui->settings->filters[i].text };
	ui->calls->pick(r->ui, "saved filters", choices, ui->settings->filter_count, 0, take_saved, r);
	free(choices);
}

/* Search */

static bool search(struct records *r, const char *query, const struct start_at *from, bool everywhere)
{
	struct error err;
	size_t at = 0;

	records_renew_formats(r);
	if (!r->feed.handle)
		return true;
	if (!r->feed.ops->search(r->feed.handle, query, from, everywhere, &at, &err)) {
		r->ui->calls->prompt_fault(r->ui, at, err.message);
		return false;
	}
	set_text(&r->asked.searched, query);
	r->place.moved = false;
	str_clear(&r->feed.statement);
	records_forget_rows(r);
	records_take(r);
	r->feed.was_searching = r->feed.was_searching || r->feed.now.phase == FEED_SEARCHING;
	r->ui->calls->changed(r->ui);
	return true;
}

static void take_search(struct ui *ui, void *data, const char *text)
{
	struct records *r = data;
	struct error err;
	size_t at = 0;

	if (!text || !*text || !r->feed.handle)
		return;
	/* Setting it as a filter finds its faults without reading anything. */
	if (r->feed.ops->filter(r->feed.handle, text, &at, &err)) {
		set_text(&r->asked.filter, text);
		search(r, text, NULL, false);
		return;
	}
	ask_query(r, "search the whole log: ", text, take_search);
	ui->calls->prompt_fault(ui, at, err.message);
}

void records_ask_search(struct records *r, const char *from, bool everywhere)
{
	struct when_clock clock = clock_of(r);
	struct start_at where;
	struct error err;
	size_t at;

	if (r->feed.now.phase == FEED_SEARCHING) {
		records_say(r, SEVERITY_NONE, "it searches already; Ctrl-c stops it");
	} else if (r->feed.now.paused && !from && !everywhere) {
		r->feed.ops->resume(r->feed.handle);
		r->feed.was_searching = true;
		records_take(r);
	} else if (!r->asked.filter && !(everywhere && r->asked.searched)) {
		ask_query(r, "search the whole log: ", r->asked.searched ? r->asked.searched : "", take_search);
	} else if (from && !start_at_parse(from, &clock, &where, &at, &err)) {
		records_say(r, SEVERITY_WARN, "%s, column %zu: %s", from, at + 1, err.message);
	} else {
		char *query = mem_strdup(r->asked.filter ? r->asked.filter : r->asked.searched);

		search(r, query, from ? &where : NULL, everywhere);
		free(query);
	}
}

/* Go to */

static bool reads_here(const struct records *r, const struct group *g)
{
	for (int32_t i = 0; i < g->partition_count; i++)
		for (size_t k = 0; k < r->scope.name_count; k++)
			if (strcmp(g->partitions[i].topic, r->scope.names[k]) == 0 || r->scope.names[k][0] == '^')
				return true;
	return false;
}

/* Refuses a group that is known to have no offsets here, so that the view does not leave its place in vain. */
static bool check_group(const struct records *r, const char *id, struct error *err)
{
	const struct snapshot *s = r->ui->live.cluster;
	const struct group *g = s ? snapshot_group(s, id) : NULL;

	if (g)
		return !g->commit_origin.at_ms || reads_here(r, g) ||
			error_set(err, ERR_USAGE, "group %s has no committed offsets for this topic", id);
	return !s || !s->groups_origin.at_ms || s->groups_origin.error || s->groups_visible != VISIBILITY_ALL ||
		error_set(err, ERR_USAGE, "no such consumer group: %s", id);
}

static void offer_places(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	static const struct {
		const char *word, *note;
	} places[] = {
		{ "earliest", "the oldest record" },
		{ "latest", "the newest record, and what arrives" },
		{ "-100", "the last 100 records of each partition" },
		{ "-15m", "15 minutes ago" },
		{ "yesterday 14:00", "a point in time" },
	};
	const struct records *r = data;
	const struct snapshot *s = ui->live.cluster;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strncmp(places[i].word, text, cursor) == 0)
			prompt_words_add(words, places[i].word, places[i].note, NULL);
	for (size_t i = 0; s && i < s->group_count; i++) {
		char *word = mem_printf("group:%s", s->groups[i].id);

		if (strncmp(word, text, cursor) == 0 && reads_here(r, &s->groups[i]))
			prompt_words_add(words, word, group_state_name(s->groups[i].state), NULL);
		free(word);
	}
}

static void ask_where(struct records *r, const char *initial);

static void take_where(struct ui *ui, void *data, const char *text)
{
	struct records *r = data;
	struct when_clock clock = clock_of(r);
	struct start_at where;
	struct error err;
	size_t at = 0;

	if (!text || !*text || !r->feed.handle)
		return;
	if (!start_at_parse(text, &clock, &where, &at, &err) ||
		(where.kind == START_GROUP && !check_group(r, where.group, &err))) {
		ask_where(r, text);
		ui->calls->prompt_fault(ui, at, err.message);
		return;
	}
	if (where.kind == START_GROUP)
		set_text(&r->asked.group, where.group);
	if (where.kind == START_TIME && where.time.note[0])
		records_say(r, SEVERITY_NONE, "%s", where.time.note);
	if (where.kind == START_LATEST) {
		r->feed.ops->follow(r->feed.handle, true);
		window_go_newest(&r->window);
	} else {
		r->window.newest = false;
		r->place.wants_found = true;
		r->feed.ops->seek(r->feed.handle, &where);
	}
	records_forget_rows(r);
	records_take(r);
	ui->calls->changed(ui);
}

static void ask_where(struct records *r, const char *initial)
{
	r->ui->calls->prompt(r->ui, "go to (offset, 10:30, -15m, earliest, -100, group:NAME): ", initial, "go-to", NULL,
		take_where, r);
	r->ui->calls->prompt_words(r->ui, offer_places);
}

void records_ask_where(struct records *r, const char *text)
{
	if (text)
		take_where(r->ui, r, text);
	else
		ask_where(r, "");
}

size_t records_complete(struct records *r, enum action_id id, const char *prefix, char ***words)
{
	bool filters = id == ACTION_SAVED_FILTER, decoders = id == ACTION_DECODER || id == ACTION_KEY_DECODER;
	size_t most = filters       ? r->ui->settings->filter_count :
		decoders            ? CODEC_COUNT :
		id == ACTION_COLUMN ? r->rows.paths.count :
				      0;
	size_t count = 0;

	*words = mem_alloc((most + 1) * sizeof(char *));
	for (size_t i = 0; i < most; i++) {
		const char *word = filters ? r->ui->settings->filters[i].name :
			!decoders          ? r->rows.paths.items[i] :
			i == CODEC_AUTO    ? "auto" :
					     codec_get((enum codec_id)i)->name;

		if (strncmp(word, prefix, strlen(prefix)) == 0)
			(*words)[count++] = mem_strdup(word);
	}
	return count;
}
