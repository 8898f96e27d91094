/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs/docs.h"

#include <string.h>

#include "codec/codec.h"
#include "docs/manual.h"
#include "setup/options.h"
#include "ui/theme_builtin.h"

/* Context names are read from the configuration when the shell asks. */
#define CONTEXTS                                                                                                       \
	"sed -n 's/^[[:blank:]]*\\[context[[:blank:]]*\\([^]]*\\)\\].*/\\1/p' "                                        \
	"\"${XDG_CONFIG_HOME:-$HOME/.config}/weir/config\" 2>/dev/null"

/* The first words of all commands, each once. */
static void add_first_words(struct str *out)
{
	for (size_t i = 0; i < command_count; i++)
		if (!command_second_word(&commands[i]) || command_opens_family(i))
			str_addf(out, "%s%.*s", i ? " " : "", (int)command_first_len(&commands[i]), commands[i].name);
}

/* What `weir help` takes: topics, and commands that are none. */
static void add_help_words(struct str *out)
{
	for (size_t i = 0; i < manual_topic_count; i++)
		str_addf(out, "%s%s", i ? " " : "", manual_topics[i].name);
	for (size_t i = 0; i < command_count; i++)
		if (!command_second_word(&commands[i]) && !manual_find(commands[i].name))
			str_addf(out, " %s", commands[i].name);
}

/* All that may follow the first word of this command. */
static void add_second_words(struct str *out, const struct command *command)
{
	command_list_family(out, command->name, command_first_len(command), " ");
}

/* What a command takes as words, where these are topics that there are; NULL: something else, or nothing. */
static const char *word_names(const struct command *command)
{
	const char *words = command->words ? command->words : "";

	if (strcmp(command->name, "topic create") == 0)
		return NULL;
	return strncmp(words, "TOPIC", 5) == 0 || strncmp(words, "[TOPIC", 6) == 0 || strncmp(words, "SOURCE", 6) == 0 ?
		"topics" :
		NULL;
}

/* "topics" or "groups", which the cluster names; NULL: something else. */
static const char *option_names(const struct option_row *row)
{
	return str_equal(row->complete, "topic") ? "topics" : str_equal(row->complete, "group") ? "groups" : NULL;
}

/* What completes an argument, with blanks between; of -o, the forms of the command. False: nothing, or files, contexts, names. */
static bool add_words(struct str *out, const struct option_row *row, const struct command *command)
{
	const struct codec *codec;

	if (!row->complete || option_names(row) || str_equal(row->complete, "file") ||
		str_equal(row->complete, "context"))
		return false;
	if (str_equal(row->complete, "theme")) {
		for (size_t i = 0; i < theme_builtin_count; i++)
			str_addf(out, "%s%s", i ? " " : "", theme_builtins[i].name);
	} else if (str_equal(row->complete, "decoder")) {
		str_add(out, "auto");
		for (enum codec_id id = CODEC_AUTO + 1; (codec = codec_get(id)); id++)
			str_addf(out, " %s%s", codec->name, codec->parameter ? ":" : "");
	} else if (row == option_named("output") && command) {
		str_add(out, command_formats(command));
	} else {
		str_add(out, row->complete);
	}
	return true;
}

/* A file may stand where a theme's name does. */
static bool takes_file(const struct option_row *row)
{
	return str_equal(row->complete, "file") || str_equal(row->complete, "theme");
}

/* "-b|--bootstrap" */
static void add_pattern(struct str *out, const struct option_row *row)
{
	if (row->letter)
		str_addf(out, "-%c|", row->letter);
	str_addf(out, "--%s", row->name);
}

static void add_bash_options(struct str *out, const struct command *command)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (!option_works_in(row, command))
			continue;
		if (row->letter)
			str_addf(out, "-%c ", row->letter);
		str_addf(out, "--%s ", row->name);
	}
}

/* The names of all commands, and the first words of those that have two, as patterns of a shell's case. */
static void add_command_patterns(struct str *out)
{
	for (size_t i = 0; i < command_count; i++) {
		str_addf(out, "%s\"%s\"", i ? "|" : "", commands[i].name);
		if (command_opens_family(i))
			str_addf(out, "|%.*s", (int)command_first_len(&commands[i]), commands[i].name);
	}
}

/* Sets $command to what the words before the cursor name: "topic create". `words` is the shell's list of them. */
static void add_find_command(struct str *out, const char *words)
{
	str_addf(out, "\tfor word in %s; do\n\t\tword=\"$command${command:+ }$word\"\n\t\tcase $word in\n\t\t", words);
	add_command_patterns(out);
	str_add(out, ") command=$word ;;\n\t\tesac\n\tdone\n");
}

static void add_bash_reply(struct str *out, const char *words)
{
	str_addf(out, "COMPREPLY=($(compgen -W \"%s\" -- \"$cur\"))", words);
}

static void add_bash_argument(struct str *out, const struct option_row *row)
{
	struct str words = { 0 };

	str_add(out, "\t");
	add_pattern(out, row);
	str_add(out, ")\n\t\t");
	if (str_equal(row->complete, "context"))
		add_bash_reply(out, "$(" CONTEXTS ")");
	else if (option_names(row))
		str_addf(out, "_weir_names %s", option_names(row));
	else if (add_words(&words, row, NULL))
		add_bash_reply(out, str_text(&words));
	if (takes_file(row))
		str_addf(out, "%sCOMPREPLY+=($(compgen -f -- \"$cur\"))", words.len ? "; " : "");
	str_addf(out, "%sreturn ;;\n", row->complete ? "; " : "");
	str_release(&words);
}

/* The forms of -o that each command has. */
static void add_bash_forms(struct str *out)
{
	const struct option_row *row = option_named("output");

	str_add(out, "\tcase $prev in\n\t-o|--output)\n\t\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++) {
		struct str words = { 0 };

		if (!option_works_in(row, &commands[i]))
			continue;
		add_words(&words, row, &commands[i]);
		str_addf(out, "\t\t\"%s\") ", commands[i].name);
		add_bash_reply(out, str_text(&words));
		str_add(out, " ;;\n");
		str_release(&words);
	}
	str_add(out, "\t\tesac\n\t\treturn ;;\n\tesac\n");
}

static void add_bash_script(struct str *out)
{
	str_add(out, "# completion of weir for bash\n");
	docs_completion_names(out, "bash");
	str_add(out,
		"_weir()\n{\n\tlocal cur prev word command=\n"
		"\tcur=${COMP_WORDS[COMP_CWORD]}\n\tprev=${COMP_WORDS[COMP_CWORD-1]}\n\tCOMPREPLY=()\n");
	add_find_command(out, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\"");
	add_bash_forms(out);
	str_add(out, "\tcase $prev in\n");
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].argument && &option_table[i] != option_named("output"))
			add_bash_argument(out, &option_table[i]);
	str_add(out, "\tesac\n\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++) {
		if (command_opens_family(i)) {
			str_addf(out, "\t%.*s)\n\t\tCOMPREPLY=($(compgen -W \"", (int)command_first_len(&commands[i]),
				commands[i].name);
			add_second_words(out, &commands[i]);
			str_add(out, "\" -- \"$cur\")) ;;\n");
		}
		str_addf(out, "\t\"%s\")\n", commands[i].name);
		if (word_names(&commands[i]))
			str_addf(out, "\t\t[[ $cur == -* ]] || _weir_names %s\n\t\t((${#COMPREPLY[@]})) || ",
				word_names(&commands[i]));
		else
			str_add(out, "\t\t");
		if (i == COMMAND_HELP) {
			str_add(out, "[[ $cur == -* ]] || COMPREPLY=($(compgen -W \"");
			add_help_words(out);
			str_add(out, "\" -- \"$cur\"))\n\t\t((${#COMPREPLY[@]})) || ");
		}
		str_add(out, "COMPREPLY=($(compgen -W \"");
		add_bash_options(out, &commands[i]);
		str_add(out, "\" -- \"$cur\")) ;;\n");
	}
	/* The many options would hide the few commands. */
	str_add(out, "\t*)\n\t\tcase $cur in\n\t\t-*) COMPREPLY=($(compgen -W \"");
	add_bash_options(out, NULL);
	str_add(out, "\" -- \"$cur\")) ;;\n\t\t*) COMPREPLY=($(compgen -W \"");
	add_first_words(out);
	str_add(out, "\" -- \"$cur\")) ;;\n\t\tesac ;;\n\tesac\n}\ncomplete -F _weir weir\n");
}

/* Inside single quotes and an _arguments description. */
static void add_zsh_text(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			str_add(out, "'\\''");
		else if (strchr("[]:\\", *text))
			str_addf(out, "\\%c", *text);
		else
			str_add_char(out, *text);
	}
}

static void add_zsh_option(struct str *out, const struct option_row *row, const struct command *command)
{
	struct option_sense sense = option_sense(row, command);
	struct str words = { 0 };

	str_add(out, " \\\n\t\t\t");
	if (row->letter && option_repeats(row))
		str_addf(out, "'*'{-%c,--%s}'[", row->letter, row->name);
	else if (row->letter)
		str_addf(out, "'(-%c --%s)'{-%c,--%s}'[", row->letter, row->name, row->letter, row->name);
	else
		str_addf(out, "'%s--%s[", option_repeats(row) ? "*" : "", row->name);
	add_zsh_text(out, sense.help);
	str_add(out, "]");
	if (row->argument) {
		str_add(out, ":");
		add_zsh_text(out, sense.argument);
		if (str_equal(row->complete, "context"))
			str_add(out, ":_weir_contexts");
		else if (option_names(row))
			str_addf(out, ":_weir_%s", option_names(row));
		else if (str_equal(row->complete, "file"))
			str_add(out, ":_files");
		else if (add_words(&words, row, command))
			str_addf(out, takes_file(row) ? ":{compadd %s; _files}" : ":(%s)", str_text(&words));
		else
			str_add(out, ": ");
	}
	str_add(out, "'");
	str_release(&words);
}

static void add_zsh_options(struct str *out, const struct command *command)
{
	str_add(out, "\t\t_arguments -s");
	for (size_t i = 0; i < option_count; i++)
		if (option_works_in(&option_table[i], command))
			add_zsh_option(out, &option_table[i], command);
}

static void add_zsh_commands(struct str *out)
{
	str_add(out, "\tcommands=(\n");
	for (size_t i = 0; i < command_count; i++) {
		if (command_second_word(&commands[i]) && !command_opens_family(i))
			continue;
		str_addf(out, "\t\t'%.*s:", (int)command_first_len(&commands[i]), commands[i].name);
		if (command_opens_family(i))
			add_second_words(out, &commands[i]);
		else
			add_zsh_text(out, commands[i].summary);
		str_add(out, "'\n");
	}
	str_add(out, "\t)\n");
}

static void add_zsh_script(struct str *out)
{
	str_add(out,
		"#compdef weir\n# completion of weir for zsh\n_weir_contexts()\n{\n\tlocal -a names\n"
		"\tnames=(${(f)\"$(" CONTEXTS ")\"})\n\tcompadd -a names\n}\n\n");
	docs_completion_names(out, "zsh");
	str_add(out, "_weir()\n{\n\tlocal -a commands\n\tlocal word command=\n");
	add_find_command(out, "${words[2,CURRENT-1]}");
	str_add(out, "\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++) {
		if (command_opens_family(i)) {
			str_addf(out, "\t%.*s)\n\t\tcompadd ", (int)command_first_len(&commands[i]), commands[i].name);
			add_second_words(out, &commands[i]);
			str_add(out, " ;;\n");
		}
		str_addf(out, "\t\"%s\")\n", commands[i].name);
		add_zsh_options(out, &commands[i]);
		if (i == COMMAND_HELP) {
			str_add(out, " \\\n\t\t\t'*: :(");
			add_help_words(out);
			str_add(out, ")' ;;\n");
			continue;
		}
		str_addf(out, " \\\n\t\t\t'*: :%s%s' ;;\n", word_names(&commands[i]) ? "_weir_" : " ",
			word_names(&commands[i]) ? word_names(&commands[i]) : "");
	}
	str_add(out, "\t*)\n");
	add_zsh_commands(out);
	add_zsh_options(out, NULL);
	str_add(out, " \\\n\t\t\t'*:command:{_describe command commands}' ;;\n\tesac\n}\n\n_weir \"$@\"\n");
}

/* Inside single quotes. */
static void add_fish_text(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
}

/* The condition that one of a row's commands was typed; topic-create is two words, both of which have been seen. */
static void add_fish_places(struct str *out, const char *list)
{
	str_add(out, " -n '");
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *hyphen = memchr(p, '-', len);
		int first = hyphen ? (int)(hyphen - p) : (int)len;

		str_add(out, p > list ? "; or " : "");
		if (len == 4 && memcmp(p, "weir", 4) == 0)
			str_add(out, "__fish_use_subcommand");
		else
			str_addf(out, "%s__fish_seen_subcommand_from %.*s", hyphen ? "begin; " : "", first, p);
		if (hyphen)
			str_addf(out, "; and __fish_seen_subcommand_from %.*s; end", (int)len - first - 1, hyphen + 1);
		p += len;
	}
	str_add(out, "'");
}

static void add_fish_commands(struct str *out)
{
	for (size_t i = 0; i < command_count; i++) {
		const char *second = command_second_word(&commands[i]);
		int first_len = (int)command_first_len(&commands[i]);

		if (command_opens_family(i)) {
			str_addf(out, "complete -c weir -n '__fish_use_subcommand' -a %.*s -d '", first_len,
				commands[i].name);
			add_second_words(out, &commands[i]);
			str_add(out, "'\n");
		}
		if (second) {
			str_addf(out,
				"complete -c weir -n '__fish_seen_subcommand_from %.*s; and not "
				"__fish_seen_subcommand_from ",
				first_len, commands[i].name);
			add_second_words(out, &commands[i]);
			str_addf(out, "' -a %s -d '", second);
		} else {
			str_addf(out, "complete -c weir -n '__fish_use_subcommand' -a %s -d '", commands[i].name);
		}
		add_fish_text(out, commands[i].summary);
		str_add(out, "'\n");
	}
}

static void add_fish_option(struct str *out, const struct option_row *row)
{
	struct str words = { 0 };

	str_add(out, "complete -c weir");
	if (row->commands)
		add_fish_places(out, row->commands);
	str_addf(out, " -l %s", row->name);
	if (row->letter)
		str_addf(out, " -s %c", row->letter);
	if (row->argument)
		str_add(out, takes_file(row) ? " -r -F" : " -x");
	if (str_equal(row->complete, "context"))
		str_add(out, " -a '(__weir_contexts)'");
	else if (option_names(row))
		str_addf(out, " -a '(__weir_names %s)'", option_names(row));
	else if (add_words(&words, row, NULL))
		str_addf(out, " -a '%s'", str_text(&words));
	str_add(out, " -d '");
	add_fish_text(out, row->help);
	str_add(out, "'\n");
	str_release(&words);
}

/* Topics where commands take them as words. */
static void add_fish_words(struct str *out)
{
	struct str places = { 0 };

	for (size_t i = 0; i < command_count; i++) {
		if (!word_names(&commands[i]))
			continue;
		str_addf(&places, "%s%s", places.len ? " " : "", commands[i].name);
		for (char *p = places.p + places.len - strlen(commands[i].name); *p; p++)
			*p = *p == ' ' ? '-' : *p;
	}
	str_add(out, "complete -c weir");
	add_fish_places(out, str_text(&places));
	str_add(out, " -a '(__weir_names topics)'\n");
	str_release(&places);
}

static void add_fish_script(struct str *out)
{
	str_add(out,
		"# completion of weir for fish\nfunction __weir_contexts\n"
		"\tset -l folder ~/.config\n\tset -q XDG_CONFIG_HOME; and set folder $XDG_CONFIG_HOME\n"
		"\tsed -n 's/^[[:blank:]]*\\[context[[:blank:]]*\\([^]]*\\)\\].*/\\1/p' $folder/weir/config 2>/dev/null\n"
		"end\n");
	docs_completion_names(out, "fish");
	str_add(out, "complete -c weir -f\n");
	add_fish_words(out);
	add_fish_commands(out);
	str_add(out, "complete -c weir -n '__fish_seen_subcommand_from help' -a '");
	add_help_words(out);
	str_add(out, "'\n");
	for (size_t i = 0; i < option_count; i++)
		add_fish_option(out, &option_table[i]);
}

void docs_completion(struct str *out, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		add_bash_script(out);
	else if (strcmp(shell, "zsh") == 0)
		add_zsh_script(out);
	else
		add_fish_script(out);
}
