/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/option_row.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/command_args.h"

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

const char *option_first_command(const struct option_row *row)
{
	size_t len = strcspn(row->commands, " ");

	for (size_t i = 0; i < command_count; i++)
		if (names_command(row->commands, len, commands[i].name))
			return commands[i].name;
	return "COMMAND";
}

bool option_repeats(const struct option_row *row)
{
	return row->kind == OPTION_LIST;
}

struct option_sense option_sense(const struct option_row *row, const struct command *command)
{
	for (size_t i = 0; command && i < sizeof(row->senses) / sizeof(row->senses[0]); i++)
		if (row->senses[i].commands && lists_command(row->senses[i].commands, command->name))
			return row->senses[i];
	return (struct option_sense){ .argument = row->argument, .help = row->help };
}

const struct option_row *option_find(const char *name, size_t len, const struct command *command)
{
	const struct option_row *first = NULL;

	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (strlen(row->name) != len || memcmp(row->name, name, len) != 0)
			continue;
		if (row->commands && command && option_works_in(row, command))
			return row;
		if (!first)
			first = row;
	}
	return first;
}

const struct option_row *option_named(const char *name)
{
	const struct option_row *row = option_find(name, strlen(name), NULL);

	assert(row);
	return row;
}

const struct option_row *option_find_letter(char letter)
{
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].letter && option_table[i].letter == letter)
			return &option_table[i];
	return NULL;
}

/* "table, json, csv or raw" of "table json csv raw" */
static void list_words(struct str *out, const char *words)
{
	for (const char *p = words; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		str_addf(out, "%s%.*s", p == words ? "" : p[len] ? ", " : " or ", (int)len, p);
		p += len;
	}
}

/* Says what the option takes: "--output xml: give table, json, csv or raw". */
static bool refuse_value(const struct option_row *row, const char *value, const struct option_spelling *as,
	struct error *err)
{
	struct str wants = { 0 };

	if (row->wants)
		str_add(&wants, row->wants);
	else if (row->kind == OPTION_CHOICE)
		list_words(&wants, row->complete);
	else if (row->max <= 0)
		str_add(&wants, "a number of records");
	else
		str_addf(&wants, "%s from %g to %g",
			row->kind == OPTION_SECONDS           ? "seconds" :
				row->kind == OPTION_MEGABYTES ? "megabytes" :
								"a number",
			row->min, row->max);
	error_set(err, ERR_USAGE, "%.*s %s: give %s", as->len, as->text, value, str_text(&wants));
	str_release(&wants);
	return false;
}

static bool in_range(const struct option_row *row, double value)
{
	return row->max <= 0 || (value >= row->min && value <= row->max);
}

static bool parse_whole(const struct option_row *row, const char *value, int64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoll(value, &end, 10);
	return *value >= '0' && *value <= '9' && !*end && !errno && in_range(row, (double)*number);
}

static bool parse_seconds(const struct option_row *row, const char *value, int64_t *ms)
{
	char *end;
	double seconds = strtod(value, &end);

	if (end == value || *end || !isfinite(seconds) || !in_range(row, seconds))
		return false;
	*ms = (int64_t)(seconds * 1000 + 0.5);
	return true;
}

static bool parse_choice(const struct option_row *row, const char *value, int *choice)
{
	size_t len = strlen(value);
	int at = row->value;

	for (const char *p = row->complete; *p; p += strspn(p, " "), at++) {
		size_t word = strcspn(p, " ");

		if (word == len && memcmp(p, value, len) == 0) {
			*choice = at;
			return true;
		}
		p += word;
	}
	return false;
}

/* Only the command knows whether a second one is an error. */
static void set_strategy(struct strategy_args *strategy, const struct option_row *row, const char *value)
{
	strategy->other = strategy->option;
	strategy->option = row->name;
	strategy->value = value;
}

static bool put_value(void *place, const struct option_row *row, const char *value, bool on)
{
	int64_t number;

	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)place = on;
		return true;
	case OPTION_SET:
		*(int *)place = row->value;
		return true;
	case OPTION_CHOICE:
		return parse_choice(row, value, place);
	case OPTION_TEXT:
		*(const char **)place = value;
		return true;
	case OPTION_LIST:
		text_list_append(place, value);
		return true;
	case OPTION_NUMBER:
		return parse_whole(row, value, place);
	case OPTION_SECONDS:
		return parse_seconds(row, value, place);
	case OPTION_MEGABYTES:
		if (!parse_whole(row, value, &number))
			return false;
		*(int64_t *)place = number << 20;
		return true;
	case OPTION_STRATEGY:
		set_strategy(place, row, value);
		return true;
	}
	return false;
}

bool option_apply(void *options, const struct option_row *row, const char *value, bool on,
	const struct option_spelling *as, struct error *err)
{
	const char *why;

	if (!put_value((char *)options + row->place, row, value, on))
		return refuse_value(row, value, as, err);
	why = row->refuse ? row->refuse(value) : NULL;
	return !why || error_set(err, ERR_USAGE, "%.*s %s: %s", as->len, as->text, value, why);
}
