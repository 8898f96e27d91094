/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/docs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/command.h"
#include "codec/codec.h"
#include "model/lag.h"
#include "model/verdict.h"
#include "setup/options.h"

enum { HELP_COLUMN = 34, COMMAND_COLUMN = 20, DECODER_COLUMN = 21 };

/*
 * Adds `text` broken at blanks to lines of `cols`; the first begins at column `at`, the others
 * are indented by `indent`. A line break in the text stays one.
 */
static void add_wrapped(struct str *out, const char *text, size_t at, size_t indent, size_t cols)
{
	bool begun = false;

	while (*text) {
		size_t len = strcspn(text, " \n");

		if (begun && at + 1 + len > cols) {
			str_add(out, "\n");
			str_add_fill(out, ' ', indent);
			at = indent;
			begun = false;
		}
		str_addf(out, "%s%.*s", begun ? " " : "", (int)len, text);
		at += len + begun;
		begun = true;
		text += len;
		if (*text == '\n') {
			str_add(out, "\n");
			str_add_fill(out, ' ', indent);
			at = indent;
			begun = false;
		}
		text += *text != '\0';
	}
	str_add(out, "\n");
}

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
	struct str line = {0}, forms = {0};

	if (row == option_named("output") && command && !sense.commands) {
		for (const char *p = command->formats ? command->formats : "table json csv"; *p; p++)
			str_add_char(&forms, *p == ' ' ? '|' : *p);
		sense = (struct option_sense){.argument = forms.p,
			.help = "output format (default table); json is one object per line"};
	}
	str_add(&line, "  ");
	add_spelling(&line, row, sense.argument);
	if (line.len + 2 > HELP_COLUMN) {
		str_addf(out, "%s\n", line.p);
		str_clear(&line);
	}
	str_add_fill(&line, ' ', HELP_COLUMN - line.len);
	str_add(out, line.p);
	add_wrapped(out, sense.help, HELP_COLUMN, HELP_COLUMN, cols);
	str_release(&line);
	str_release(&forms);
}

static void add_command(struct str *out, const struct command *command, size_t cols)
{
	str_addf(out, "  %-*s ", COMMAND_COLUMN, command->name);
	add_wrapped(out, command->summary, COMMAND_COLUMN + 3, COMMAND_COLUMN + 3, cols);
}

static void add_usage(struct str *out, const struct command *command, size_t cols)
{
	if (command) {
		str_addf(out, "Usage: weir %s %s%s[OPTION]...\n\n", command->name, command->words ? command->words : "",
			command->words ? " " : "");
		return;
	}
	str_add(out, "Usage: weir [OPTION]...            watch a cluster in the terminal\n"
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
		struct str line = {0};

		str_addf(&line, "  %s%s%s", codec->name, codec->parameter ? ":" : "", codec->parameter ? codec->parameter : "");
		if (line.len + 2 > DECODER_COLUMN) {
			str_addf(out, "%s\n", line.p);
			str_clear(&line);
		}
		str_add_fill(&line, ' ', DECODER_COLUMN - line.len);
		str_add(out, line.p);
		add_wrapped(out, codec->help, DECODER_COLUMN, DECODER_COLUMN, cols);
		str_release(&line);
	}
}

void docs_help(struct str *out, const struct command *command, size_t cols)
{
	add_usage(out, command, cols);
	if (command) {
		add_wrapped(out, command->description, 0, 0, cols);
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
	add_wrapped(out, "Exit status: 0 success, 1 the cluster refused, fully or in part, 2 bad usage or configuration, "
		"3 no connection within --timeout, 130 interrupted.", 0, 0, cols);
}

void docs_help_family(struct str *out, const char *word, size_t cols)
{
	size_t len = strlen(word);

	str_addf(out, "Usage: weir %s COMMAND [OPTION]...\n\nCommands (weir %s COMMAND --help explains each):\n", word, word);
	for (size_t i = 0; i < command_count; i++)
		if (command_second_word(&commands[i]) && command_first_len(&commands[i]) == len &&
			memcmp(commands[i].name, word, len) == 0)
			add_command(out, &commands[i], cols);
}

/* Roff takes a leading dot or quote as a request, and a bare - as a hyphen. */
static void add_roff(struct str *out, const char *text)
{
	bool line_start = out->len == 0 || out->p[out->len - 1] == '\n';

	for (; *text; text++) {
		if (line_start && (*text == '.' || *text == '\''))
			str_add(out, "\\&");
		line_start = *text == '\n';
		if (*text == '\\')
			str_add(out, "\\e");
		else if (*text == '-')
			str_add(out, "\\-");
		else
			str_add_char(out, *text);
	}
}

/* topic-create of the table is the command "topic create". */
static void add_man_commands(struct str *out, const char *list)
{
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *hyphen = memchr(p, '-', len);
		size_t first = hyphen ? (size_t)(hyphen - p) : len;
		char *name = mem_strndup(p, len);

		if (hyphen)
			name[first] = ' ';
		if (p > list)
			str_add(out, ", ");
		add_roff(out, name);
		free(name);
		p += len;
	}
}

static void add_man_option(struct str *out, const struct option_row *row)
{
	str_add(out, ".TP\n");
	if (row->letter) {
		str_addf(out, "\\fB\\-%c\\fR, ", row->letter);
	}
	str_add(out, "\\fB\\-\\-");
	add_roff(out, row->name);
	str_add(out, "\\fR");
	if (row->argument) {
		str_add(out, " \\fI");
		add_roff(out, row->argument);
		str_add(out, "\\fR");
	}
	str_add(out, "\n");
	add_roff(out, row->help);
	if (row->commands && strcmp(row->commands, "weir") != 0) {
		str_add(out, " (with: ");
		add_man_commands(out, row->commands);
		str_add(out, ")");
	}
	if (row->in_config)
		str_add(out, "; also under [weir]");
	str_add(out, ".\n");
}

/* The names of JSON and CSV: what scripts build on. */
static void add_man_fields(struct str *out, const struct command *command)
{
	size_t count;
	const struct column *columns = command_columns(command, &count);

	str_add(out, ".IP\nFields:");
	for (size_t i = 0; i < count; i++) {
		str_add(out, i ? ", " : " ");
		str_add(out, columns[i].name);
		if (columns[i].json_only)
			str_add(out, " (JSON only)");
	}
	str_add(out, ".\n");
}

static void add_man_json(struct str *out)
{
	str_add(out, ".SH \"JSON OUTPUT\"\nOne object per line. Integers are integers, unknown is null, and text that is "
		     "not UTF\\-8 is written as base64 under the same name with _base64.\nThe field \\fInote\\fR of \\fBweir lag\\fR says why a "
		     "lag is unknown or unusual:");
	for (int note = LAG_OK + 1; note < LAG_NOTE_COUNT; note++)
		str_addf(out, "%s %s", note > LAG_OK + 1 ? "," : "", lag_note_name((enum lag_note)note));
	str_add(out, ", partly_known (with --total: some partitions are not in the sum).\n");
}

static void add_man_problems(struct str *out)
{
	static const struct {
		enum verdict_subject subject;
		const char *name;
	} subjects[] = { { VERDICT_GROUP, "groups" }, { VERDICT_TOPIC, "topics" }, { VERDICT_BROKER, "brokers" } };

	str_add(out, ".SH PROBLEMS\n\\fBweir groups\\fR, \\fBweir topics\\fR and \\fBweir brokers\\fR judge each row as the "
		     "views do. The field \\fIseverity\\fR is ok, warn or crit, \\fIproblem\\fR names the worst rule that holds, "
		     "and \\fInote\\fR says what is wrong, the worst first. Nothing wrong: problem and note are null.\n");
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++) {
		str_addf(out, ".SS \"Rules for %s\"\n", subjects[i].name);
		for (size_t k = 0; k < verdict_rule_count; k++) {
			const struct verdict_rule *rule = &verdict_rules[k];

			if (rule->subject != subjects[i].subject || rule->advice)
				continue;
			str_add(out, ".TP\n\\fB");
			add_roff(out, rule->name);
			str_addf(out, "\\fR (%s)\n", verdict_severity_name(rule->severity));
			add_roff(out, rule->words);
			str_add(out, "\n");
		}
	}
}

static void add_man_decoders(struct str *out)
{
	const struct codec *codec;

	str_add(out, ".SH DECODERS\nFor \\fB\\-\\-key\\-format\\fR, \\fB\\-\\-value\\-format\\fR, [decoders] and the keys d "
		     "and D. Without one, or with \\fBauto\\fR, the decoder is detected per record.\n");
	for (enum codec_id id = CODEC_AUTO + 1; (codec = codec_get(id)); id++) {
		str_add(out, ".TP\n\\fB");
		add_roff(out, codec->name);
		str_add(out, "\\fR");
		if (codec->parameter) {
			str_add(out, ":\\fI");
			add_roff(out, codec->parameter);
			str_add(out, "\\fR");
		}
		str_add(out, "\n");
		add_roff(out, codec->help);
		str_add(out, "\n");
	}
}

static void add_man_actions(struct str *out, const struct action_set *actions)
{
	const char *group = NULL;

	str_add(out, ".SH KEYS\nThese are the default keys; change them under [keys] in the "
		     "configuration file.\nRun actions without a key by typing \\fB:\\fR and their name.\n");
	for (size_t i = ACTION_NONE + 1; i < actions->count; i++) {
		const struct action *a = &actions->rows[i];

		if (!a->name)
			continue;
		if (!str_equal(group, a->group)) {
			group = a->group;
			str_add(out, ".SS ");
			add_roff(out, group);
			str_add(out, "\n");
		}
		str_add(out, ".TP\n\\fB");
		add_roff(out, a->keys && *a->keys ? a->keys : ":");
		str_add(out, "\\fR (");
		add_roff(out, a->name);
		if (a->argument) {
			str_add(out, " ");
			add_roff(out, a->argument);
		}
		str_add(out, ")\n");
		add_roff(out, a->help);
		str_add(out, "\n");
	}
}

static const char man_files[] =
	".SH FILES\n.TP\n\\fI$XDG_CONFIG_HOME/weir/config\\fR (or \\fI~/.config/weir/config\\fR)\n"
	"The configuration, in INI form:\n.PP\n.nf\n.RS\n"
	"[weir]\ncontext = prod\ntheme = light\n\n"
	"[context prod]\nbootstrap.servers = kafka\\-1:9093,kafka\\-2:9093\nsecurity.protocol = sasl_ssl\n"
	"sasl.mechanism = SCRAM\\-SHA\\-512\nsasl.username = viewer\nsasl.password = ${cmd:pass show kafka/viewer}\n"
	"read\\-only = yes\ncolor = red\n\n"
	"[keys]\nsort\\-reverse = S Alt\\-s\n\n"
	"[mask]\norders = value.customer.card\n* = headers ~ Bearer .*\n\n"
	"[decoders]\npayments = avro\\-file:/etc/schemas/payment.avsc\n\n"
	"[filters]\nfailed = header.status == \"failed\"\n.RE\n.fi\n.PP\n"
	"[weir] takes the options marked above, by their long name; switches are yes or no. "
	"[context NAME] takes librdkafka's properties, and read\\-only, protected (changes must be confirmed with the name of what is "
	"changed), color, cluster\\-id (weir changes nothing on any other cluster and runs no command there), "
	"schema.registry.url (not used yet). "
	"[keys] changes keys, [mask] hides parts of records everywhere, [decoders] chooses decoders for topics by glob, "
	"[filters] names expressions. "
	"Values may contain ${env:NAME}, ${file:PATH} and ${cmd:COMMAND}; commands run only if nobody else may write "
	"to the file or to any folder in its path, including links. $${ means a literal ${. "
	"Without \\fB\\-c\\fR, \\fB\\-b\\fR and \\fB\\-F\\fR the context named under [weir] is used, or the only one.\n"
	".TP\n\\fI$XDG_CONFIG_HOME/weir/themes/NAME.theme\\fR\nYour own themes.\n"
	".TP\n\\fI$XDG_STATE_HOME/weir/journal\\fR (or \\fI~/.local/state/weir/journal\\fR)\n"
	"What weir changed and what was there before, one JSON object per line; weir undo reads it.\n"
	".TP\n\\fI$XDG_STATE_HOME/weir/decoders\\fR\nDecoders chosen with a key; they override [decoders].\n"
	".TP\n\\fI$XDG_STATE_HOME/weir/clones\\fR\nProgress of topic copies.\n";

void docs_man(struct str *out, const struct action_set *actions)
{
	str_add(out, ".TH WEIR 1 \"\" \"weir " WEIR_VERSION "\" \"User Commands\"\n"
		     ".SH NAME\nweir \\- terminal console for Apache Kafka\n"
		     ".SH SYNOPSIS\n.B weir\n[\\fIOPTION\\fR]...\n.br\n.B weir\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
		     ".SH DESCRIPTION\nShows the brokers, topics and consumer groups of a Kafka cluster live, and the "
		     "lag of each group.\nWith a command it prints once, or repeatedly with \\fB\\-\\-watch\\fR, "
		     "and needs no terminal.\n.SH COMMANDS\n");
	for (size_t i = 0; i < command_count; i++) {
		str_add(out, ".TP\n\\fBweir ");
		add_roff(out, commands[i].name);
		str_add(out, "\\fR\n");
		add_roff(out, commands[i].summary);
		str_add(out, ".\n");
		add_roff(out, commands[i].description);
		str_add(out, "\n");
		add_man_fields(out, &commands[i]);
	}
	add_man_json(out);
	add_man_problems(out);
	str_add(out, ".SH OPTIONS\n");
	for (size_t i = 0; i < option_count; i++)
		add_man_option(out, &option_table[i]);
	add_man_decoders(out);
	if (actions)
		add_man_actions(out, actions);
	str_add(out, man_files);
	str_add(out, ".SH \"EXIT STATUS\"\n.TP\n0\nsuccess\n.TP\n1\nthe cluster refused, fully or in part; its "
		     "answer is printed\n.TP\n2\nbad usage or configuration\n.TP\n3\nno connection within "
		     "\\fB\\-\\-timeout\\fR\n.TP\n130\ninterrupted\n"
		     ".SH EXAMPLES\n.TP\nweir \\-c prod\nwatch the cluster of the context prod\n"
		     ".TP\nweir lag \\-g checkout \\-\\-total \\-\\-wait\\-below 100 \\-\\-timeout 600\n"
		     "wait up to 10 minutes until the group has fewer than 100 records to read\n"
		     ".TP\nweir tail orders \\-\\-from \\-15m \\-o json | jq .value\n"
		     "print the records of the last 15 minutes\n"
		     ".TP\nweir reset \\-g checkout \\-t orders:3 \\-\\-skip 1\n"
		     "plan to skip one record that cannot be processed; \\-\\-execute applies it\n"
		     ".TP\nweir topic create orders \\-\\-partitions 12 \\-\\-config retention.ms=7d \\-\\-execute\n"
		     "create a topic\n"
		     ".SH ENVIRONMENT\n.TP\nNO_COLOR\nif set and not empty, no colours are used\n"
		     ".TP\nWEIR_CORE\nif set and not empty, a crash may write a core file, as far as ulimit allows; "
		     "by default it writes none, because the file would contain passwords\n"
		     ".TP\nWEIR_NO_COMMANDS\nif set and not empty, no ${cmd:COMMAND} of the configuration is run, and a "
		     "context that needs one is an error; completion sets it, so it offers no topics and groups of such a "
		     "context\n"
		     ".TP\nVISUAL, EDITOR, PAGER\nprograms that open values and records\n"
		     ".TP\nXDG_CONFIG_HOME, XDG_STATE_HOME\nfolders of the files above\n");
}
