/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"

/* An option of the command line, to be applied when the command is known: options may stand before it. */
struct option_given {
	const struct option_row *row;
	struct option_spelling as;
	const char *value; /* NULL: it takes none */
};

bool options_given(const struct options *o, const char *name)
{
	for (size_t i = 0; i < o->given_count; i++)
		if (strcmp(o->given[i].row->name, name) == 0)
			return true;
	return false;
}

static bool unknown_option(const char *arg, size_t len, struct error *err)
{
	char *word = mem_strndup(arg, len);
	struct near near = { .word = word[1] == '-' ? word + 2 : word + 1 };

	for (size_t i = 0; i < option_count; i++)
		near_offer(&near, option_table[i].name);
	if (near.best)
		error_set(err, ERR_USAGE, "unknown option %s; did you mean --%s?", word, near.best);
	else
		error_set(err, ERR_USAGE, "unknown option %s; weir --help lists them", word);
	free(word);
	return false;
}

/* "--name", "--name=value", "-x", "-xvalue" or "-x=value"; as->len is that of the name with its hyphens. */
static const struct option_row *split_option(const char *arg, struct option_spelling *as, const char **value)
{
	const struct option_row *row;

	*value = NULL;
	as->text = arg;
	if (arg[1] == '-') {
		as->len = (int)strcspn(arg, "=");
		if (arg[as->len] == '=')
			*value = arg + as->len + 1;
		return option_find(arg + 2, (size_t)as->len - 2, NULL);
	}
	as->len = 2;
	row = option_find_letter(arg[1]);
	if (arg[2])
		*value = arg[2] == '=' ? arg + 3 : arg + 2;
	return row && *value && !row->argument ? NULL : row;
}

/* Reads argv[*at], and the argument after it where there is one; leaves *at on the last it used. */
static bool read_option(struct options *o, int argc, char *const *argv, int *at, struct error *err)
{
	const char *arg = argv[*at], *value;
	struct option_spelling as;
	const struct option_row *row = split_option(arg, &as, &value);

	if (!row)
		return unknown_option(arg, arg[1] == '-' ? (size_t)as.len : strlen(arg), err);
	if (!row->argument && value)
		return error_set(err, ERR_USAGE, "--%s takes no value", row->name);
	if (row->argument && !value) {
		if (*at + 1 >= argc)
			return error_set(err, ERR_USAGE, "%s needs %s", arg, row->argument);
		value = argv[++*at];
	}
	if (row->argument && !*value && !row->empty)
		return error_set(err, ERR_USAGE, "%.*s needs %s", as.len, as.text, row->argument);
	o->given[o->given_count++] = (struct option_given){ row, as, value };
	return true;
}

/* "create" after "topic": a command of two words wins over one of its first word. False: the two are no command. */
static bool read_second_word(struct options *o, const char *word)
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

static bool works_here(const struct options *o, const char *name)
{
	return option_works_in(option_named(name), o->command);
}

static bool read_word(struct options *o, const char *word, struct error *err)
{
	if (o->word_count++ == 1) {
		if (read_second_word(o, word))
			return true;
		if (!o->command)
			return unknown_second_word(o, word, err);
	}
	if (o->command && o->command->words) {
		/* No topic, broker or file has an empty name: a variable of a script was empty. */
		if (!*word)
			return error_set(err, ERR_USAGE, "weir %s: an argument is empty", o->command->name);
		text_list_append(&o->args.topics, word);
		return true;
	}
	if (o->command)
		return error_set(err, ERR_USAGE, "weir %s takes no argument %s%s", o->command->name, word,
			works_here(o, "group")         ? ": groups are given with -g, topics with -t" :
				works_here(o, "topic") ? ": topics are given with -t" :
							 "");
	o->first_word = word;
	o->command = command_find(word);
	if (o->command || command_is_family(word))
		return true;

	const char *near = command_near(word);

	if (near)
		return error_set(err, ERR_USAGE, "unknown command %s; did you mean weir %s?", word, near);
	return error_set(err, ERR_USAGE, "unknown command %s; weir --help lists them", word);
}

/* Without -o a command uses the first of its formats. */
static void choose_format(struct options *o)
{
	int format = 0;

	if (options_given(o, "output"))
		return;
	while (format < OUTPUT_FORMAT_COUNT - 1) {
		const char *name = output_format_name((enum output_format)format);

		if (strncmp(command_formats(o->command), name, strlen(name)) == 0)
			break;
		format++;
	}
	o->args.format = (enum output_format)format;
}

/* Each option must work in the command, or in the terminal program. */
static bool check_given(const struct options *o, struct error *err)
{
	for (size_t i = 0; i < o->given_count; i++) {
		const struct option_row *row = o->given[i].row;

		if (option_works_in(row, o->command))
			continue;
		if (o->command)
			return error_set(err, ERR_USAGE, "--%s does not work with weir %s", row->name,
				o->command->name);
		return error_set(err, ERR_USAGE, "--%s needs a command: weir %s --%s%s%s", row->name,
			option_first_command(row), row->name, row->argument ? " " : "",
			row->argument ? row->argument : "");
	}
	return true;
}

static bool check_command(const struct options *o, struct error *err)
{
	if (o->print == PRINT_HELP || o->print == PRINT_VERSION)
		return true;
	if (!o->command && o->first_word) {
		struct str verbs = { 0 };

		command_list_family(&verbs, o->first_word, strlen(o->first_word), ", ");
		error_set(err, ERR_USAGE, "weir %s needs one of: %s", o->first_word, str_text(&verbs));
		str_release(&verbs);
		return false;
	}
	if (o->command && !command_has_format(o->command, output_format_name(o->args.format)))
		return error_set(err, ERR_USAGE, "weir %s does not support -o %s, only: %s", o->command->name,
			output_format_name(o->args.format), command_formats(o->command));
	if (o->command && o->command->words && o->command->words[0] != '[' && o->args.topics.count == 0)
		return error_set(err, ERR_USAGE, "weir %s needs %s", o->command->name, o->command->words);
	return check_given(o, err);
}

static bool read_arguments(struct options *o, int argc, char *const *argv, struct error *err)
{
	bool only_words = false;

	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];
		bool ok;

		if (!only_words && strcmp(arg, "--") == 0) {
			only_words = true;
			continue;
		}
		if (!only_words && arg[0] == '-' && arg[1])
			ok = read_option(o, argc, argv, &i, err);
		else
			ok = read_word(o, arg, err);
		if (!ok)
			return false;
	}
	return true;
}

static bool apply_given(struct options *o, struct error *err)
{
	for (size_t i = 0; i < o->given_count; i++) {
		struct option_given *g = &o->given[i];

		/* --config is a file of client properties, as in -F, or a setting of a new topic, as in kafka-topics. */
		if (g->as.text[1] == '-')
			g->row = option_find(g->row->name, strlen(g->row->name), o->command);
		if (!option_apply(o, g->row, g->value, true, &g->as, err))
			return false;
	}
	o->connect.context_given = options_given(o, "context");
	o->target.context_given = options_given(o, "to-context");
	return true;
}

bool options_parse(struct options *o, int argc, char *const *argv, struct error *err)
{
	*o = (struct options){ .settings = SETTINGS_DEFAULTS, .args = COMMAND_ARGS_DEFAULTS };
	o->given = mem_alloc((size_t)(argc > 0 ? argc : 1) * sizeof(*o->given));
	if (read_arguments(o, argc, argv, err) && apply_given(o, err)) {
		if (o->command == &commands[COMMAND_HELP] && o->print == PRINT_NOTHING)
			o->print = PRINT_TOPIC;
		choose_format(o);
		if (check_command(o, err))
			return true;
	}
	options_release(o);
	return false;
}

void options_release(struct options *o)
{
	text_list_release(&o->connect.properties);
	command_args_release(&o->args);
	free(o->given);
	*o = (struct options){ 0 };
}

static bool unknown_key(const char *name, struct error *err)
{
	struct near near = { .word = name };

	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].in_config)
			near_offer(&near, option_table[i].name);
	if (near.best)
		return error_set(err, ERR_USAGE, "unknown key %s in [weir]; did you mean %s?", name, near.best);
	return error_set(err, ERR_USAGE, "unknown key %s in [weir]", name);
}

bool options_configure(struct options *o, const char *name, const char *value, struct error *err)
{
	const struct option_spelling as = { .text = name, .len = (int)strlen(name) };
	const struct option_row *row = option_find(name, strlen(name), NULL);
	bool on = true;

	if (!row || !row->in_config)
		return unknown_key(name, err);
	if (!row->argument && !ini_parse_yes(value, &on))
		return error_set(err, ERR_USAGE, "%s = %s: give yes or no", name, value);
	if (row->argument && !*value)
		return error_set(err, ERR_USAGE, "%s needs %s", name, row->argument);
	return options_given(o, name) || option_apply(o, row, value, on, &as, err);
}
