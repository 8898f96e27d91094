/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"

/* A command of two words stands in the list with a hyphen: topic-create. */
static bool names_command(const char *item, size_t len, const char *want)
{
	const char *blank = strchr(want, ' ');
	size_t first = blank ? (size_t)(blank - want) : strlen(want);

	return len == strlen(want) && memcmp(item, want, first) == 0 &&
		(!blank || (item[first] == '-' && memcmp(item + first + 1, blank + 1, len - first - 1) == 0));
}

static bool lists_command(const char *list, const char *want)
{
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (names_command(p, len, want))
			return true;
		p += len;
	}
	return false;
}

bool option_works_in(const struct option_row *row, const struct command *command)
{
	return !row->commands || lists_command(row->commands, command ? command->name : "weir");
}

struct option_sense option_sense(const struct option_row *row, const struct command *command)
{
	for (size_t i = 0; command && i < sizeof(row->senses) / sizeof(row->senses[0]); i++)
		if (row->senses[i].commands && lists_command(row->senses[i].commands, command->name))
			return row->senses[i];
	return (struct option_sense){.argument = row->argument, .help = row->help};
}

/* As the user types it: "group delete". */
static const char *first_command(const struct option_row *row)
{
	size_t len = strcspn(row->commands, " ");

	for (size_t i = 0; i < command_count; i++)
		if (names_command(row->commands, len, commands[i].name))
			return commands[i].name;
	return "COMMAND";
}

/* "--bootstrap" or "-b", as the user wrote it. */
struct spelling {
	const char *text;
	int len;
};

static bool parse_seconds(const char *text, double min, double max, int64_t *ms, const struct spelling *as,
	struct error *err)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || *end || !isfinite(value) || value < min || value > max)
		return error_set(err, ERR_USAGE, "%.*s %s: give seconds from %g to %g", as->len, as->text, text, min, max);
	*ms = (int64_t)(value * 1000 + 0.5);
	return true;
}

static bool parse_count(const char *text, int64_t *value, const struct spelling *as, struct error *err)
{
	char *end;

	errno = 0;
	long long v = strtoll(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end || errno)
		return error_set(err, ERR_USAGE, "%.*s %s: give a number of records", as->len, as->text, text);
	*value = v;
	return true;
}

static bool parse_megabytes(const char *text, int64_t *bytes, const struct spelling *as, struct error *err)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end || value < 4 || value > 65536)
		return error_set(err, ERR_USAGE, "%.*s %s: give megabytes from 4 to 65536", as->len, as->text, text);
	*bytes = (int64_t)value << 20;
	return true;
}

static bool parse_format(const char *text, enum output_format *format, const struct spelling *as, struct error *err)
{
	for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++) {
		if (strcmp(text, output_format_name((enum output_format)i)) == 0) {
			*format = (enum output_format)i;
			return true;
		}
	}
	return error_set(err, ERR_USAGE, "%.*s %s: give table, json, csv or raw", as->len, as->text, text);
}

void options_append(const char ***list, size_t *count, const char *value)
{
	*list = mem_realloc(*list, (*count + 1) * sizeof(**list));
	(*list)[(*count)++] = value;
}

static bool apply(struct options *o, enum option_id id, const char *value, bool on, const struct spelling *as,
	struct error *err)
{
	switch (id) {
	case OPTION_BOOTSTRAP:
		o->bootstrap = value;
		return true;
	case OPTION_CONTEXT:
		o->context = value;
		return true;
	case OPTION_FILE:
		/* A word of two meanings: the command decides. */
		if (as->len > 2)
			options_append(&o->topic.settings, &o->topic.setting_count, value);
		else
			o->file = value;
		o->config = as->len > 2 ? value : NULL;
		return true;
	case OPTION_PROPERTY:
		if (value[0] == '=' || !strchr(value, '='))
			return error_set(err, ERR_USAGE, "%.*s %s: give KEY=VALUE", as->len, as->text, value);
		options_append(&o->properties, &o->property_count, value);
		return true;
	case OPTION_READ_ONLY:
		o->settings.read_only = on;
		return true;
	case OPTION_TIMEOUT:
		return parse_seconds(value, 0.1, 3600, &o->settings.timeout_ms, as, err);
	case OPTION_LOG:
		o->settings.log = value;
		return true;
	case OPTION_VIEW:
		o->settings.view = value;
		return true;
	case OPTION_THEME:
		o->settings.theme = value;
		return true;
	case OPTION_ASCII:
		o->settings.ascii = on;
		return true;
	case OPTION_NO_MOUSE:
		o->settings.no_mouse = on;
		return true;
	case OPTION_CLIPBOARD:
		o->settings.clipboard = value;
		return true;
	case OPTION_INTERVAL:
		return parse_seconds(value, 0.5, 3600, &o->settings.interval_ms, as, err);
	case OPTION_UTC:
		o->settings.utc = on;
		return true;
	case OPTION_READ_COMMITTED:
		o->settings.read_committed = on;
		return true;
	case OPTION_GROUP:
		options_append(&o->groups, &o->group_count, value);
		return true;
	case OPTION_TOPIC:
		options_append(&o->topics, &o->topic_count, value);
		return true;
	case OPTION_OUTPUT:
		return parse_format(value, &o->format, as, err);
	case OPTION_WATCH:
		return parse_seconds(value, 0.2, 86400, &o->watch_ms, as, err);
	case OPTION_FAIL_OVER:
		return parse_count(value, &o->fail_over, as, err);
	case OPTION_WAIT_BELOW:
		if (!parse_count(value, &o->wait_below, as, err))
			return false;
		return o->wait_below > 0 || error_set(err, ERR_USAGE, "%.*s 0: no lag is below 0; give 1 to wait until there "
			"is none", as->len, as->text);
	case OPTION_TOTAL:
		o->total = on;
		return true;
	case OPTION_FROM:
		o->tail.from = value;
		return true;
	case OPTION_TO:
		o->tail.to = value;
		return true;
	case OPTION_PARTITIONS:
		o->tail.partitions = value;
		return true;
	case OPTION_FILTER:
		o->tail.filter = value;
		return true;
	case OPTION_COUNT_RECORDS:
		return parse_count(value, &o->tail.count, as, err);
	case OPTION_LAST:
		return parse_count(value, &o->tail.last, as, err);
	case OPTION_FOLLOW:
		o->tail.follow = on;
		return true;
	case OPTION_KEY_FORMAT:
		o->tail.key_format = value;
		return true;
	case OPTION_VALUE_FORMAT:
		o->tail.value_format = value;
		return true;
	case OPTION_ALL_PARTITIONS:
		o->tail.all_partitions = on;
		return true;
	case OPTION_BUFFER:
		return parse_megabytes(value, &o->settings.buffer_bytes, as, err);
	case OPTION_PATIENCE:
		return parse_seconds(value, 1, 86400, &o->settings.patience_ms, as, err);
	case OPTION_VERBOSE:
		o->tail.verbose = on;
		return true;
	case OPTION_KEY_SEPARATOR:
		o->produce.key_separator = value;
		return true;
	case OPTION_HEADER:
		options_append(&o->produce.headers, &o->produce.header_count, value);
		return true;
	case OPTION_EMPTY_AS_NULL:
		o->produce.empty_as_null = on;
		return true;
	case OPTION_PARTITIONER:
		o->produce.partitioner = value;
		return true;
	case OPTION_COMPRESSION:
		o->produce.compression = value;
		return true;
	case OPTION_KEEP_PARTITION:
		o->produce.keep_partition = on;
		return true;
	case OPTION_KEEP_TIMESTAMP:
		o->produce.keep_timestamp = on;
		return true;
	case OPTION_ALLOW_MASKED:
		o->produce.allow_masked = on;
		return true;
	case OPTION_RATE:
		return parse_count(value, &o->produce.per_s, as, err);
	case OPTION_LINES:
		o->produce.lines = value;
		return true;
	case OPTION_HELP:
		o->print = PRINT_HELP;
		return true;
	case OPTION_VERSION:
		o->print = PRINT_VERSION;
		return true;
	case OPTION_PRINT_ACTIONS:
		o->print = PRINT_ACTIONS;
		return true;
	case OPTION_PRINT_MAN:
		o->print = PRINT_MAN;
		return true;
	case OPTION_PRINT_COMPLETION:
		if (strcmp(value, "bash") && strcmp(value, "zsh") && strcmp(value, "fish"))
			return error_set(err, ERR_USAGE, "%.*s %s: give bash, zsh or fish", as->len, as->text, value);
		o->print = PRINT_COMPLETION;
		o->shell = value;
		return true;
	default:
		return id < OPTION_TOPIC_CONFIG ? options_apply_reset(o, id, value, err) :
			options_apply_topic(o, id, value, err);
	}
}

static int find_long(const char *name, size_t len)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (strlen(option_table[i].name) == len && memcmp(option_table[i].name, name, len) == 0)
			return i;
	return -1;
}

static int find_letter(char letter)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (option_table[i].letter && option_table[i].letter == letter)
			return i;
	return -1;
}

static bool unknown_option(const char *arg, size_t len, struct error *err)
{
	char *word = mem_strndup(arg, len);
	struct near near = {.word = word[1] == '-' ? word + 2 : word + 1};

	for (int i = 0; i < OPTION_COUNT; i++)
		near_offer(&near, option_table[i].name);
	if (near.best)
		error_set(err, ERR_USAGE, "unknown option %s; did you mean --%s?", word, near.best);
	else
		error_set(err, ERR_USAGE, "unknown option %s; weir --help lists them", word);
	free(word);
	return false;
}

/* Reads argv[*at], and the argument after it where there is one; leaves *at on the last it used. */
static bool parse_option(struct options *o, int argc, char *const *argv, int *at, struct error *err)
{
	const char *arg = argv[*at];
	const char *value = NULL;
	struct spelling as = {.text = arg};
	int id;

	if (arg[1] == '-') {
		as.len = (int)strcspn(arg, "=");
		id = find_long(arg + 2, (size_t)as.len - 2);
		if (arg[as.len] == '=')
			value = arg + as.len + 1;
	} else {
		as.len = 2;
		id = find_letter(arg[1]);
		if (arg[2])
			value = arg[2] == '=' ? arg + 3 : arg + 2;
		if (id >= 0 && value && !option_table[id].argument)
			id = -1;
	}
	if (id < 0)
		return unknown_option(arg, arg[1] == '-' ? (size_t)as.len : strlen(arg), err);

	const struct option_row *row = &option_table[id];

	if (!row->argument && value)
		return error_set(err, ERR_USAGE, "--%s takes no value", row->name);
	if (row->argument && !value) {
		if (*at + 1 >= argc)
			return error_set(err, ERR_USAGE, "%s needs %s", arg, row->argument);
		value = argv[++*at];
	}
	if (row->argument && !*value && !row->empty)
		return error_set(err, ERR_USAGE, "%.*s needs %s", as.len, as.text, row->argument);
	o->given[id] = true;
	return apply(o, (enum option_id)id, value, true, &as, err);
}

/* "topic" and then "create": the longest name wins. False: the two words are no command. */
static bool take_second_word(struct options *o, const char *word)
{
	char *name = mem_printf("%s %s", o->first_word, word);
	const struct command *longer = command_find(name);

	free(name);
	if (longer)
		o->command = longer;
	return longer;
}

static bool unknown_second_word(const struct options *o, const char *word, struct error *err)
{
	char *name = mem_printf("%s %s", o->first_word, word);
	const char *near = command_near(name);

	if (near)
		error_set(err, ERR_USAGE, "unknown command %s; did you mean weir %s?", name, near);
	else
		error_set(err, ERR_USAGE, "unknown command %s; weir %s --help lists them", name, o->first_word);
	free(name);
	return false;
}

static bool parse_word(struct options *o, const char *word, struct error *err)
{
	if (o->word_count++ == 1) {
		if (take_second_word(o, word))
			return true;
		if (!o->command)
			return unknown_second_word(o, word, err);
	}
	if (o->command && o->command->words) {
		/* No topic, broker or file has an empty name; a script's variable may be empty. */
		if (!*word)
			return error_set(err, ERR_USAGE, "weir %s: an argument is empty", o->command->name);
		options_append(&o->topics, &o->topic_count, word);
		return true;
	}
	if (o->command)
		return error_set(err, ERR_USAGE, "weir %s takes no argument %s%s", o->command->name, word,
			option_works_in(&option_table[OPTION_GROUP], o->command) ?
			": groups are given with -g, topics with -t" :
			option_works_in(&option_table[OPTION_TOPIC], o->command) ? ": topics are given with -t" : "");
	o->first_word = word;
	o->command = command_find(word);
	if (o->command || command_is_family(word))
		return true;

	const char *near = command_near(word);

	if (near)
		return error_set(err, ERR_USAGE, "unknown command %s; did you mean weir %s?", word, near);
	return error_set(err, ERR_USAGE, "unknown command %s; weir --help lists them", word);
}

/* Without -o a command takes the first of its forms. */
static void choose_format(struct options *o)
{
	int form = 0;

	if (o->given[OPTION_OUTPUT] || !o->command || !o->command->formats)
		return;
	while (form < OUTPUT_FORMAT_COUNT - 1) {
		const char *name = output_format_name((enum output_format)form);

		if (strncmp(o->command->formats, name, strlen(name)) == 0)
			break;
		form++;
	}
	o->format = (enum output_format)form;
}

static bool check_places(const struct options *o, struct error *err)
{
	if (o->print == PRINT_HELP || o->print == PRINT_VERSION)
		return true;
	if (!o->command && o->first_word) {
		struct str verbs = {0};

		command_list_family(&verbs, o->first_word);
		error_set(err, ERR_USAGE, "weir %s needs one of: %s", o->first_word, str_text(&verbs));
		str_release(&verbs);
		return false;
	}
	if (o->command && !command_has_format(o->command, output_format_name(o->format)))
		return error_set(err, ERR_USAGE, "weir %s does not support -o %s, only: %s", o->command->name,
			output_format_name(o->format), o->command->formats ? o->command->formats : "table json csv");
	if (o->command && o->command->words && o->command->words[0] != '[' && o->topic_count == 0)
		return error_set(err, ERR_USAGE, "weir %s needs %s", o->command->name, o->command->words);
	for (int id = 0; id < OPTION_COUNT; id++) {
		const struct option_row *row = &option_table[id];

		if (!o->given[id] || option_works_in(row, o->command))
			continue;
		if (o->command)
			return error_set(err, ERR_USAGE, "--%s does not work with weir %s", row->name, o->command->name);
		return error_set(err, ERR_USAGE, "--%s needs a command: weir %s --%s%s%s", row->name,
			first_command(row), row->name, row->argument ? " " : "", row->argument ? row->argument : "");
	}
	return true;
}

bool options_parse(struct options *o, int argc, char *const *argv, struct error *err)
{
	bool only_words = false;

	*o = (struct options){.settings = SETTINGS_DEFAULTS, .fail_over = -1, .tail = {.count = -1, .last = -1},
		.topic = {.replication = -1}};
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];
		bool ok;

		if (!only_words && strcmp(arg, "--") == 0) {
			only_words = true;
			continue;
		}
		if (!only_words && arg[0] == '-' && arg[1])
			ok = parse_option(o, argc, argv, &i, err);
		else
			ok = parse_word(o, arg, err);
		if (!ok) {
			options_release(o);
			return false;
		}
	}
	choose_format(o);
	options_settle_config(o);
	if (!check_places(o, err)) {
		options_release(o);
		return false;
	}
	return true;
}

void options_release(struct options *o)
{
	free(o->properties);
	free(o->groups);
	free(o->topics);
	free(o->produce.headers);
	options_release_topic(o);
	o->produce = (struct produce_options){0};
	o->properties = o->groups = o->topics = NULL;
	o->property_count = o->group_count = o->topic_count = 0;
}

static bool parse_switch(const char *text, bool *on)
{
	static const struct {
		const char *word;
		bool on;
	} words[] = {{"yes", true}, {"true", true}, {"on", true}, {"1", true},
		{"no", false}, {"false", false}, {"off", false}, {"0", false}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].word, text) == 0) {
			*on = words[i].on;
			return true;
		}
	}
	return false;
}

bool options_configure(struct options *o, const char *name, const char *value, struct error *err)
{
	struct spelling as = {.text = name, .len = (int)strlen(name)};
	int id = find_long(name, strlen(name));
	bool on = true;

	if (id < 0 || !option_table[id].in_config) {
		struct near near = {.word = name};

		for (int i = 0; i < OPTION_COUNT; i++)
			if (option_table[i].in_config)
				near_offer(&near, option_table[i].name);
		if (near.best)
			return error_set(err, ERR_USAGE, "unknown key %s in [weir]; did you mean %s?", name, near.best);
		return error_set(err, ERR_USAGE, "unknown key %s in [weir]", name);
	}
	if (!option_table[id].argument && !parse_switch(value, &on))
		return error_set(err, ERR_USAGE, "%s = %s: give yes or no", name, value);
	if (option_table[id].argument && !*value)
		return error_set(err, ERR_USAGE, "%s needs %s", name, option_table[id].argument);
	if (o->given[id])
		return true;
	return apply(o, (enum option_id)id, value, on, &as, err);
}
