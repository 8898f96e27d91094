/* SPDX-License-Identifier: BSD-2-Clause */
/* What the view asks the user: a filter, a search, a place to go to, columns, decoders. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/codec_query.h"
#include "codec/json_path.h"
#include "ui/prompt.h"
#include "views/records/records.h"

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
	query_complete(text, cursor, (const char *const *)r->paths.items, r->paths.count, arena, &found);
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

static void set_text(char **place, const char *text)
{
	char *copy = text && *text ? mem_strdup(text) : NULL;

	free(*place);
	*place = copy;
}

/* Filter */

static void take_filter(struct ui *ui, void *data, const char *text)
{
	struct records *r = data;
	struct error err;
	size_t at = 0;

	if (!text || !r->feed)
		return;
	records_renew_formats(r);
	if (!r->feed)
		return;
	if (!r->ops->filter(r->feed, text, &at, &err)) {
		ask_query(r, "filter: ", text, take_filter);
		ui->calls->prompt_fault(ui, at, err.message);
		return;
	}
	set_text(&r->filter, text);
	records_forget_rows(r);
	records_take(r);
	ui->calls->changed(ui);
}

void records_ask_filter(struct records *r, const char *text)
{
	if (text)
		take_filter(r->ui, r, text);
	else
		ask_query(r, "filter: ", r->filter ? r->filter : "", take_filter);
}

void records_renew_filter(struct records *r)
{
	if (r->feed && r->filter)
		r->ops->filter(r->feed, r->filter, NULL, NULL);
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
		choices[i] = (struct choice){ .label = ui->settings->filters[i].name, .help = ui->settings->filters[i].text };
	ui->calls->pick(r->ui, "saved filters", choices, ui->settings->filter_count, 0, take_saved, r);
	free(choices);
}

/* Search */

static bool search(struct records *r, const char *query, const struct start_at *from, bool everywhere)
{
	struct error err;
	size_t at = 0;

	records_renew_formats(r);
	if (!r->feed)
		return true;
	if (!r->ops->search(r->feed, query, from, everywhere, &at, &err)) {
		r->ui->calls->prompt_fault(r->ui, at, err.message);
		return false;
	}
	set_text(&r->searched, query);
	r->moved = false;
	str_clear(&r->statement);
	records_forget_rows(r);
	records_take(r);
	r->was_searching = r->was_searching || r->now.phase == FEED_SEARCHING;
	r->ui->calls->changed(r->ui);
	return true;
}

static void take_search(struct ui *ui, void *data, const char *text)
{
	struct records *r = data;
	struct error err;
	size_t at = 0;

	if (!text || !*text || !r->feed)
		return;
	/* The feed's filter says what is wrong with it, without reading anything. */
	if (r->ops->filter(r->feed, text, &at, &err)) {
		set_text(&r->filter, text);
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

	if (r->now.phase == FEED_SEARCHING) {
		records_say(r, SEVERITY_NONE, "it searches already; Ctrl-c stops it");
	} else if (r->now.paused && !from && !everywhere) {
		r->ops->resume(r->feed);
		r->was_searching = true;
		records_take(r);
	} else if (!r->filter && !(everywhere && r->searched)) {
		ask_query(r, "search the whole log: ", r->searched ? r->searched : "", take_search);
	} else if (from && !start_at_parse(from, &clock, &where, &at, &err)) {
		records_say(r, SEVERITY_WARN, "%s, column %zu: %s", from, at + 1, err.message);
	} else {
		char *query = mem_strdup(r->filter ? r->filter : r->searched);

		search(r, query, from ? &where : NULL, everywhere);
		free(query);
	}
}

/* Go to */

static bool reads_here(const struct records *r, const struct group *g)
{
	for (int32_t i = 0; i < g->partition_count; i++)
		for (size_t k = 0; k < r->name_count; k++)
			if (strcmp(g->partitions[i].topic, r->names[k]) == 0 || r->names[k][0] == '^')
				return true;
	return false;
}

/* What the newest snapshot knows to be in vain: nothing is left for it. */
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
		{ "earliest", "the oldest record" }, { "latest", "the newest record, and what arrives" },
		{ "-100", "the last 100 records of each partition" }, { "-15m", "15 minutes ago" },
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

	if (!text || !*text || !r->feed)
		return;
	if (!start_at_parse(text, &clock, &where, &at, &err) ||
		(where.kind == START_GROUP && !check_group(r, where.group, &err))) {
		ask_where(r, text);
		ui->calls->prompt_fault(ui, at, err.message);
		return;
	}
	if (where.kind == START_GROUP)
		set_text(&r->group, where.group);
	if (where.kind == START_TIME && where.time.note[0])
		records_say(r, SEVERITY_NONE, "%s", where.time.note);
	if (where.kind == START_LATEST) {
		r->ops->follow(r->feed, true);
		window_go_newest(&r->window);
	} else {
		r->window.newest = false;
		r->wants_found = true;
		r->ops->seek(r->feed, &where);
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

/* Columns */

static const struct {
	enum records_column column;
	const char *label, *help;
} fixed[] = {
	{ RECORDS_PARTITION, "PART", "its partition" },
	{ RECORDS_OFFSET, "OFFSET", "its offset" },
	{ RECORDS_SIZE, "SIZE", "bytes of key, value and headers" },
	{ RECORDS_HEADERS, "HDRS", "how many headers it has" },
	{ RECORDS_KEY, "KEY", "its key" },
	{ RECORDS_VALUE, "VALUE", "its value" },
};

enum { FIXED_COUNT = sizeof(fixed) / sizeof(*fixed) };

static int find_extra(const struct records *r, const char *path)
{
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		if (r->extra[i] ? strcmp(r->extra[i], path) == 0 : !*path)
			return i;
	return -1;
}

static void drop_extra(struct records *r, int i)
{
	free(r->extra[i]);
	json_path_free(r->extra_path[i]);
	r->extra[i] = NULL;
	r->extra_path[i] = NULL;
	r->extra_cols[i] = 0;
}

void records_add_column(struct records *r, const char *path)
{
	int i = find_extra(r, "");
	struct error err;
	size_t used = 0;

	if (!path || !*path) {
		records_say(r, SEVERITY_WARN, "column which? column value.PATH, key.PATH or header.NAME");
		return;
	}
	if (find_extra(r, path) >= 0)
		return;
	if (i < 0) {
		records_say(r, SEVERITY_WARN, "%d columns of this kind are the most; C takes some away", RECORDS_EXTRA_MAX);
		return;
	}
	bool header = strncmp(path, "header.", 7) == 0 && path[7];
	bool part = strncmp(path, "value.", 6) == 0 || strncmp(path, "value[", 6) == 0 ||
		strncmp(path, "key.", 4) == 0 || strncmp(path, "key[", 4) == 0;
	size_t skip = path[0] == 'k' ? 3 : 5;

	if (!header && !part) {
		records_say(r, SEVERITY_WARN, "%s: give value.PATH, key.PATH or header.NAME", path);
		return;
	}
	r->extra_path[i] = header ? NULL : json_path_new(path + skip, &used, &err);
	if (!header && (!r->extra_path[i] || path[skip + used])) {
		records_say(r, SEVERITY_WARN, "%s, column %zu: %s", path, skip + used + 1,
			r->extra_path[i] ? "the path ends here" : err.message);
		json_path_free(r->extra_path[i]);
		r->extra_path[i] = NULL;
		return;
	}
	r->extra[i] = mem_strdup(path);
	records_forget_rows(r);
}

static void take_columns(struct ui *ui, void *data, const struct choice *choices, size_t count)
{
	struct records *r = data;

	if (!choices)
		return;
	for (size_t i = 0; i < count; i++) {
		if (i < FIXED_COUNT) {
			unsigned bit = 1u << fixed[i].column;

			r->off = choices[i].on ? r->off & ~bit : r->off | bit;
			continue;
		}
		int at = find_extra(r, choices[i].label);

		if (!choices[i].on && at >= 0)
			drop_extra(r, at);
	}
	for (size_t i = FIXED_COUNT; i < count; i++)
		if (choices[i].on)
			records_add_column(r, choices[i].label);
	records_forget_rows(r);
	ui->calls->changed(ui);
}

static bool is_seen(const struct records *r, const char *path)
{
	for (size_t i = 0; i < r->paths.count; i++)
		if (strcmp(r->paths.items[i], path) == 0)
			return true;
	return false;
}

void records_ask_columns(struct records *r)
{
	struct choice *choices = mem_alloc((FIXED_COUNT + RECORDS_EXTRA_MAX + PATHS_MAX) * sizeof(*choices));
	size_t count = 0;

	for (; count < FIXED_COUNT; count++)
		choices[count] = (struct choice){ fixed[count].label, fixed[count].help,
			!(r->off >> fixed[count].column & 1) };
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		if (r->extra[i] && !is_seen(r, r->extra[i]))
			choices[count++] = (struct choice){ r->extra[i], NULL, true };
	for (size_t i = 0; i < r->paths.count; i++)
		choices[count++] = (struct choice){ r->paths.items[i], NULL, find_extra(r, r->paths.items[i]) >= 0 };
	r->ui->calls->choose(r->ui, "columns, also from what is in the records", choices, count, take_columns, r);
	free(choices);
}

size_t records_complete(struct records *r, enum action_id id, const char *prefix, char ***words)
{
	bool filters = id == ACTION_SAVED_FILTER, decoders = id == ACTION_DECODER || id == ACTION_KEY_DECODER;
	size_t most = filters ? r->ui->settings->filter_count : decoders ? CODEC_COUNT : id == ACTION_COLUMN ? r->paths.count : 0;
	size_t count = 0;

	*words = mem_alloc((most + 1) * sizeof(char *));
	for (size_t i = 0; i < most; i++) {
		const char *word = filters ? r->ui->settings->filters[i].name : !decoders ? r->paths.items[i] :
			i == CODEC_AUTO ? "auto" : codec_get((enum codec_id)i)->name;

		if (strncmp(word, prefix, strlen(prefix)) == 0)
			(*words)[count++] = mem_strdup(word);
	}
	return count;
}

/* Decoders. The list is about the record that the cursor was on. */

struct asked {
	struct records *r;
	const char *topic;      /* one of the records' topics */
	bool is_key;
	char *name;             /* of the decoder that wants a parameter */
};

static void end_asked(struct asked *q)
{
	free(q->name);
	free(q);
}

static bool set_decoder(struct records *r, const char *topic, bool is_key, const char *text, struct error *err)
{
	struct codec_choice choice = { .id = CODEC_AUTO };
	struct records_topic *t = records_topic(r, topic);

	if (strcmp(text, "auto") != 0 && !codec_choice_parse(&choice, text, err))
		return false;
	codec_choice_release(&t->choice[is_key]);
	t->choice[is_key] = choice;
	r->ui->calls->remember_decoder(r->ui, topic, is_key, text);
	records_forget_rows(r);
	r->decoders_changed = true;
	records_say(r, SEVERITY_OK, "%s of %s: %s", is_key ? "keys" : "values", topic, text);
	r->ui->calls->changed(r->ui);
	return true;
}

static void take_parameter(struct ui *ui, void *data, const char *text)
{
	struct asked *q = data;
	struct error err;

	if (text && *text && !set_decoder(q->r, q->topic, q->is_key, text, &err)) {
		ui->calls->prompt(ui, "decoder: ", text, "decoders", NULL, take_parameter, q);
		ui->calls->prompt_fault(ui, strcspn(text, ":") + 1, err.message);
		return;
	}
	end_asked(q);
}

static void take_decoder(struct ui *ui, void *data, size_t chosen)
{
	struct asked *q = data;
	const struct codec *codec = chosen > 0 && chosen < CODEC_COUNT ? codec_get((enum codec_id)chosen) : NULL;
	struct error err;

	if (chosen == SIZE_MAX) {
		end_asked(q);
	} else if (codec && codec->missing) {
		records_say(q->r, SEVERITY_WARN, "%s: %s", codec->name, codec->missing);
		end_asked(q);
	} else if (codec && codec->parameter) {
		struct str label = {0};

		q->name = mem_printf("%s:", codec->name);
		str_addf(&label, "decoder, then %s: ", codec->parameter);
		ui->calls->prompt(ui, str_text(&label), q->name, "decoders", NULL, take_parameter, q);
		str_release(&label);
	} else {
		if (!set_decoder(q->r, q->topic, q->is_key, codec ? codec->name : "auto", &err))
			records_say(q->r, SEVERITY_WARN, "%s", err.message);
		end_asked(q);
	}
}

void records_ask_decoder(struct records *r, const char *topic, bool is_key, const char *text)
{
	struct choice choices[CODEC_COUNT] = { { "auto", "detect per record", false } };
	struct codec_choice own;
	struct asked *q;
	struct error err;

	if (text) {
		if (!set_decoder(r, topic, is_key, text, &err))
			records_say(r, SEVERITY_WARN, "%s", err.message);
		return;
	}
	for (int i = 1; i < CODEC_COUNT; i++)
		choices[i] = (struct choice){ codec_get((enum codec_id)i)->name, codec_get((enum codec_id)i)->help, false };
	q = mem_alloc(sizeof(*q));
	*q = (struct asked){ .r = r, .topic = topic, .is_key = is_key };
	char *title = mem_printf("decoder of the %s of %s", is_key ? "keys" : "values", topic);

	r->ui->calls->pick(r->ui, title, choices, CODEC_COUNT, (size_t)records_choice(r, topic, is_key, &own)->id,
		take_decoder, q);
	free(title);
}
