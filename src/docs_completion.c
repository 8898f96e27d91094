/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs.h"

#include <string.h>

#include "options.h"

/* Context names are read from the configuration when the shell asks. */
#define CONTEXTS                                                                                              \
	"sed -n 's/^[[:blank:]]*\\[context[[:blank:]]*\\([^]]*\\)\\].*/\\1/p' "                               \
	"\"${XDG_CONFIG_HOME:-$HOME/.config}/weir/config\" 2>/dev/null"

/* The first words of all commands, each once. */
static void add_first_words(struct str *out)
{
	for (size_t i = 0; i < command_count; i++)
		if (!command_second_word(&commands[i]) || command_opens_family(i))
			str_addf(out, "%s%.*s", i ? " " : "", (int)command_first_len(&commands[i]), commands[i].name);
}

static void add_second_words(struct str *out, const struct command *family)
{
	size_t len = command_first_len(family);

	for (size_t i = 0; i < command_count; i++) {
		const char *second = command_second_word(&commands[i]);

		if (second && command_first_len(&commands[i]) == len && memcmp(commands[i].name, family->name, len) == 0)
			str_addf(out, "%s%s", &commands[i] == family ? "" : " ", second);
	}
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
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_table[i];

		if (!option_works_in(row, command))
			continue;
		if (row->letter)
			str_addf(out, "-%c ", row->letter);
		str_addf(out, "--%s ", row->name);
	}
}

static void bash(struct str *out)
{
	str_add(out, "# completion of weir for bash\n_weir()\n{\n\tlocal cur prev word command=\n"
		     "\tcur=${COMP_WORDS[COMP_CWORD]}\n\tprev=${COMP_WORDS[COMP_CWORD-1]}\n\tCOMPREPLY=()\n"
		     "\tcase $prev in\n");
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_table[i];

		if (!row->argument)
			continue;
		str_add(out, "\t");
		add_pattern(out, row);
		if (!row->complete)
			str_add(out, ")\n\t\treturn ;;\n");
		else if (strcmp(row->complete, "file") == 0)
			str_add(out, ")\n\t\tCOMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n");
		else if (strcmp(row->complete, "context") == 0)
			str_add(out, ")\n\t\tCOMPREPLY=($(compgen -W \"$(" CONTEXTS ")\" -- \"$cur\")); return ;;\n");
		else
			str_addf(out, ")\n\t\tCOMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n", row->complete);
	}
	str_add(out, "\tesac\n\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
		     "\t\tword=\"$command${command:+ }$word\"\n\t\tcase $word in\n\t\t");
	for (size_t i = 0; i < command_count; i++) {
		str_addf(out, "%s\"%s\"", i ? "|" : "", commands[i].name);
		if (command_opens_family(i))
			str_addf(out, "|%.*s", (int)command_first_len(&commands[i]), commands[i].name);
	}
	str_add(out, ") command=$word ;;\n\t\tesac\n\tdone\n\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++) {
		if (command_opens_family(i)) {
			str_addf(out, "\t%.*s)\n\t\tCOMPREPLY=($(compgen -W \"", (int)command_first_len(&commands[i]),
				commands[i].name);
			add_second_words(out, &commands[i]);
			str_add(out, "\" -- \"$cur\")) ;;\n");
		}
		str_addf(out, "\t\"%s\")\n\t\tCOMPREPLY=($(compgen -W \"", commands[i].name);
		add_bash_options(out, &commands[i]);
		str_add(out, "\" -- \"$cur\")) ;;\n");
	}
	str_add(out, "\t*)\n\t\tCOMPREPLY=($(compgen -W \"");
	add_first_words(out);
	str_add(out, " ");
	for (int i = 0; i < OPTION_COUNT; i++)
		str_addf(out, "--%s ", option_table[i].name);
	str_add(out, "\" -- \"$cur\")) ;;\n\tesac\n}\ncomplete -F _weir weir\n");
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

static void add_zsh_option(struct str *out, const struct option_row *row)
{
	str_add(out, "\t\t");
	if (row->letter && row->repeats)
		str_addf(out, "'*'{-%c,--%s}'[", row->letter, row->name);
	else if (row->letter)
		str_addf(out, "'(-%c --%s)'{-%c,--%s}'[", row->letter, row->name, row->letter, row->name);
	else
		str_addf(out, "'--%s[", row->name);
	add_zsh_text(out, row->help);
	str_add(out, "]");
	if (row->argument) {
		str_add(out, ":");
		add_zsh_text(out, row->argument);
		if (!row->complete)
			str_add(out, ":");
		else if (strcmp(row->complete, "file") == 0)
			str_add(out, ":_files");
		else if (strcmp(row->complete, "context") == 0)
			str_add(out, ":_weir_contexts");
		else
			str_addf(out, ":(%s)", row->complete);
	}
	str_add(out, "' \\\n");
}

static void zsh(struct str *out)
{
	str_add(out, "#compdef weir\n# completion of weir for zsh\n_weir_contexts()\n{\n\tlocal -a names\n"
		     "\tnames=(${(f)\"$(" CONTEXTS ")\"})\n\tcompadd -a names\n}\n\n_weir_second()\n{\n\tcase ${line[1]} in\n");
	for (size_t i = 0; i < command_count; i++) {
		if (!command_opens_family(i))
			continue;
		str_addf(out, "\t%.*s) compadd ", (int)command_first_len(&commands[i]), commands[i].name);
		add_second_words(out, &commands[i]);
		str_add(out, " ;;\n");
	}
	str_add(out, "\tesac\n}\n\n_weir()\n{\n\tlocal -a commands\n\tcommands=(\n");
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
	str_add(out, "\t)\n\t_arguments -s \\\n");
	for (int i = 0; i < OPTION_COUNT; i++)
		add_zsh_option(out, &option_table[i]);
	str_add(out, "\t\t'1:command:{_describe command commands}' '2::second word:_weir_second'\n}\n\n_weir \"$@\"\n");
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

/* The commands of a row; topic-create is two words, both of which have been seen. */
static void add_fish_places(struct str *out, const char *list)
{
	str_add(out, " -n '");
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *hyphen = memchr(p, '-', len);
		int first = hyphen ? (int)(hyphen - p) : (int)len;

		str_addf(out, "%s%s__fish_seen_subcommand_from %.*s", p > list ? "; or " : "", hyphen ? "begin; " : "",
			first, p);
		if (hyphen)
			str_addf(out, "; and __fish_seen_subcommand_from %.*s; end", (int)len - first - 1, hyphen + 1);
		p += len;
	}
	str_add(out, "'");
}

static void fish(struct str *out)
{
	str_add(out, "# completion of weir for fish\ncomplete -c weir -f\n");
	for (size_t i = 0; i < command_count; i++) {
		const char *second = command_second_word(&commands[i]);
		int first_len = (int)command_first_len(&commands[i]);

		if (command_opens_family(i)) {
			str_addf(out, "complete -c weir -n '__fish_use_subcommand' -a %.*s -d '", first_len, commands[i].name);
			add_second_words(out, &commands[i]);
			str_add(out, "'\n");
		}
		if (second)
			str_addf(out, "complete -c weir -n '__fish_seen_subcommand_from %.*s' -a %s -d '", first_len,
				commands[i].name, second);
		else
			str_addf(out, "complete -c weir -n '__fish_use_subcommand' -a %s -d '", commands[i].name);
		add_fish_text(out, commands[i].summary);
		str_add(out, "'\n");
	}
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option_row *row = &option_table[i];

		str_add(out, "complete -c weir");
		if (row->commands && strcmp(row->commands, "weir") == 0)
			str_add(out, " -n '__fish_use_subcommand'");
		else if (row->commands && !option_works_in(row, NULL))
			add_fish_places(out, row->commands);
		str_addf(out, " -l %s", row->name);
		if (row->letter)
			str_addf(out, " -s %c", row->letter);
		if (row->argument)
			str_add(out, " -x");
		if (row->complete && strcmp(row->complete, "file") == 0)
			str_add(out, " -a '(__fish_complete_path)'");
		else if (row->complete && strcmp(row->complete, "context") == 0)
			str_add(out, " -a '(test -r ~/.config/weir/config; and "
				     "string replace -rf \"^\\\\s*\\\\[context\\\\s+(.*)\\\\].*\" \"\\$1\" < "
				     "~/.config/weir/config)'");
		else if (row->complete)
			str_addf(out, " -a '%s'", row->complete);
		str_add(out, " -d '");
		add_fish_text(out, row->help);
		str_add(out, "'\n");
	}
}

void docs_completion(struct str *out, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		bash(out);
	else if (strcmp(shell, "zsh") == 0)
		zsh(out);
	else
		fish(out);
}
