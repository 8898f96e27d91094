/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs/docs.h"

#include <string.h>

#include "cli/command_table.h"
#include "codec/codec.h"
#include "docs/markdown.h"
#include "setup/options.h"

enum { HELP_COLUMN = 34, COMMAND_COLUMN = 20, DECODER_COLUMN = 21 };

/* "-b, --bootstrap HOST:PORT,..." */
static void add_spelling(struct str *out, const struct option_row *row, const char *argument)
{
	if (row->letter)
		str_addf(out, "-%c, ", row->letter);
	else
		str_add(out, "    ");
	str_addf(out, "--%s", row->name);
	if (argument)
		str_addf(out, " %s", argument);
}

/* Of -o, the forms that the command has are the argument. */
static void add_option_help(struct str *out, const struct option_row *row, const struct command *command, size_t cols)
{
	struct option_sense sense = option_sense(row, command);
	struct str line = { 0 }, forms = { 0 };

	if (row == option_named("output") && command && !sense.commands) {
		for (const char *p = command_formats(command); *p; p++)
			str_add_char(&forms, *p == ' ' ? '|' : *p);
		sense = (struct option_sense){ .argument = forms.p,
			.help = "output format (default table); json is one object per line" };
	}
	str_add(&line, "  ");
	add_spelling(&line, row, sense.argument);
	text_add_term(out, &line, sense.help, HELP_COLUMN, cols);
	str_release(&line);
	str_release(&forms);
}

static void add_command(struct str *out, const struct command *command, size_t cols)
{
	str_addf(out, "  %-*s ", COMMAND_COLUMN, command->name);
	text_add_wrapped(out, command->summary, COMMAND_COLUMN + 3, COMMAND_COLUMN + 3, cols);
}

static void add_usage(struct str *out, const struct command *command, size_t cols)
{
	if (command) {
		str_addf(out, "Usage: weir %s %s%s[OPTION]...\n\n", command->name, command->words ? command->words : "",
			command->words ? " " : "");
		return;
	}
	str_add(out,
		"Usage: weir [OPTION]...            watch a cluster in the terminal\n"
		"       weir COMMAND [OPTION]...    print and exit\n\n"
		"A console for Apache Kafka: brokers, topics, groups and their lag.\n\nCommands:\n");
	for (size_t i = 0; i < command_count; i++)
		add_command(out, &commands[i], cols);
	str_add(out, "\n");
}

/* An option that only some commands know is listed with them. */
static bool listed_for_all(const struct option_row *row)
{
	return !row->commands || option_works_in(row, NULL);
}

/* "json  JSON, numbers as they stand": what DECODER may be; the row's width is for the longest name. */
static void add_decoders(struct str *out, size_t cols)
{
	const struct codec *codec;

	str_add(out, "\nDecoders:\n  auto               detect per record (the default)\n");
	for (enum codec_id id = CODEC_AUTO + 1; (codec = codec_get(id)); id++) {
		struct str line = { 0 };

		str_addf(&line, "  %s%s%s", codec->name, codec->parameter ? ":" : "",
			codec->parameter ? codec->parameter : "");
		text_add_term(out, &line, codec->help, DECODER_COLUMN, cols);
		str_release(&line);
	}
}

void docs_help(struct str *out, const struct command *command, size_t cols)
{
	add_usage(out, command, cols);
	if (command) {
		text_add_wrapped(out, command->description, 0, 0, cols);
		str_add(out, "\nOptions:\n");
	} else {
		str_add(out, "Options (before or after the command):\n");
	}
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (command ? option_works_in(row, command) : listed_for_all(row))
			add_option_help(out, row, command, cols);
	}
	if (!command) {
		str_add(out, "\nOptions of commands (weir COMMAND --help lists those of one command):\n");
		for (size_t i = 0; i < option_count; i++)
			if (!listed_for_all(&option_table[i]))
				add_option_help(out, &option_table[i], NULL, cols);
	}
	if (command && option_works_in(option_named("value-format"), command))
		add_decoders(out, cols);
	str_add(out, "\n");
	text_add_wrapped(out,
		"Exit status: 0 success, 1 the cluster refused, fully or in part, 2 bad usage or configuration, "
		"3 no connection within --timeout, 130 interrupted.",
		0, 0, cols);
}

void docs_help_family(struct str *out, const char *word, size_t cols)
{
	str_addf(out, "Usage: weir %s COMMAND [OPTION]...\n\nCommands (weir %s COMMAND --help explains each):\n", word,
		word);
	for (size_t i = 0; i < command_count; i++)
		if (command_in_family(&commands[i], word, strlen(word)))
			add_command(out, &commands[i], cols);
}
