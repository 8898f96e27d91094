/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of the program as parts of the manual: what a line <!-- NAME --> of doc/ stands for. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/command.h"
#include "codec/codec.h"
#include "model/lag.h"
#include "model/verdict.h"
#include "query/query.h"
#include "docs/manual.h"
#include "docs/markdown.h"
#include "setup/options.h"
#include "ui/theme.h"
#include "ui/theme_builtin.h"
#include "views/tables.h"

/* "- `term`: " */
static void begin_term(struct str *out, const char *term)
{
	str_addf(out, "- `%s`: ", term);
}

/* topic-create of the table is the command "topic create". */
static void add_command_names(struct str *out, const char *list)
{
	for (const char *p = list; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *hyphen = memchr(p, '-', len);
		char *name = mem_strndup(p, len);

		if (hyphen)
			name[hyphen - p] = ' ';
		str_addf(out, "%s%s", p > list ? ", " : "", name);
		free(name);
		p += len;
	}
}

static void add_options(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		struct str term = { 0 };

		if (row->letter)
			str_addf(&term, "-%c, ", row->letter);
		str_addf(&term, "--%s%s%s", row->name, row->argument ? " " : "", row->argument ? row->argument : "");
		begin_term(out, term.p);
		markdown_add(out, row->help);
		if (row->commands && strcmp(row->commands, "weir") != 0) {
			str_add(out, " (with: ");
			add_command_names(out, row->commands);
			str_add(out, ")");
		}
		str_add(out, row->in_config ? "; also under \\[weir\\].\n" : ".\n");
		str_release(&term);
	}
}

/* Those that [weir] of the configuration takes. */
static void add_configurable(struct str *out, const struct action_set *actions)
{
	const char *between = "";

	(void)actions;
	for (size_t i = 0; i < option_count; i++) {
		if (!option_table[i].in_config)
			continue;
		str_addf(out, "%s`%s`", between, option_table[i].name);
		between = ", ";
	}
	str_add(out, ".\n");
}

static void add_commands(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &commands[i];

		str_addf(out, "### weir %s%s%s\n\n", c->name, c->words ? " " : "", c->words ? c->words : "");
		for (const char *p = c->description; *p; p += strspn(p, "\n")) {
			char *paragraph = mem_strndup(p, strcspn(p, "\n"));

			markdown_add(out, paragraph);
			str_add(out, "\n\n");
			p += strlen(paragraph);
			free(paragraph);
		}
	}
}

/* The names of JSON and CSV: what scripts build on. */
static void add_fields(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &commands[i];
		size_t count;
		const struct column *columns = command_columns(c, &count);
		struct str term = { 0 };

		if (!columns)
			continue;
		str_addf(&term, "weir %s", c->name);
		begin_term(out, term.p);
		for (size_t k = 0; k < count; k++) {
			str_add(out, k ? ", " : "");
			markdown_add(out, columns[k].name);
			str_add(out, columns[k].json_only ? " (JSON only)" : "");
		}
		str_add(out, ".\n");
		str_release(&term);
	}
}

static void add_notes(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (int note = LAG_OK + 1; note < LAG_NOTE_COUNT; note++)
		str_addf(out, "`%s`, ", lag_note_name((enum lag_note)note));
	str_add(out, "`partly_known` (with `--total`: some partitions are not in the sum).\n");
}

/* What is wrong with each kind of subject, the worst first. */
static void add_problems(struct str *out, const struct action_set *actions)
{
	static const struct {
		enum verdict_subject subject;
		const char *name;
	} subjects[] = { { VERDICT_GROUP, "groups" }, { VERDICT_TOPIC, "topics" }, { VERDICT_BROKER, "brokers" } };

	(void)actions;
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		str_addf(out, "%s## Rules for %s\n\n", i ? "\n" : "", subjects[i].name);
		for (size_t k = 0; k < verdict_rule_count; k++) {
			const struct verdict_rule *rule = &verdict_rules[k];

			if (rule->subject != subjects[i].subject || rule->advice)
				continue;
			begin_term(out, rule->name);
			str_addf(out, "%s: ", verdict_severity_name(rule->severity));
			markdown_add(out, rule->words);
			str_add(out, "\n");
		}
	}
}

static void add_decoders(struct str *out, const struct action_set *actions)
{
	const struct codec *codec;

	(void)actions;
	str_add(out, "- `auto`: detected per record (the default)\n");
	for (enum codec_id id = CODEC_AUTO + 1; (codec = codec_get(id)); id++) {
		struct str term = { 0 };

		str_addf(&term, "%s%s%s", codec->name, codec->parameter ? ":" : "",
			codec->parameter ? codec->parameter : "");
		begin_term(out, term.p);
		markdown_add(out, codec->help);
		str_add(out, "\n");
		str_release(&term);
	}
}

static void add_filter_words(struct str *out, const struct action_set *actions)
{
	struct query_candidate word;

	(void)actions;
	for (size_t i = 0; query_word(i, &word); i++) {
		begin_term(out, word.text);
		markdown_add(out, word.help);
		str_add(out, "\n");
	}
}

static void add_keys(struct str *out, const struct action_set *actions)
{
	const char *group = NULL;

	for (size_t i = ACTION_NONE + 1; i < actions->count; i++) {
		const struct action *a = &actions->rows[i];
		struct str term = { 0 };

		if (!a->name)
			continue;
		if (!str_equal(group, a->group)) {
			group = a->group;
			str_addf(out, "%s## %s\n\n", out->len ? "\n" : "", group);
		}
		if (a->keys && *a->keys)
			str_addf(&term, "%s`, `", a->keys);
		str_addf(&term, ":%s%s%s", a->name, a->argument ? " " : "", a->argument ? a->argument : "");
		begin_term(out, term.p);
		markdown_add(out, a->help);
		str_add(out, "\n");
		str_release(&term);
	}
}

/* Of each table of the views: the title, the name that :sort takes, and what it is. */
static void add_columns(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 0; i < view_table_count; i++) {
		const struct table_ops *ops = view_tables[i].ops;

		str_addf(out, "%s## %s\n\n", i ? "\n" : "", view_tables[i].title);
		for (int k = 0; k < ops->column_count; k++) {
			begin_term(out, *ops->columns[k].title ? ops->columns[k].title : ops->columns[k].name);
			markdown_add(out, ops->columns[k].help);
			str_add(out, "\n");
		}
	}
}

static void add_themes(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 0; i < theme_builtin_count; i++) {
		const char *said = strstr(theme_builtins[i].text, "description = ");

		begin_term(out, theme_builtins[i].name);
		said = said ? said + strlen("description = ") : "";
		str_addf(out, "%.*s\n", (int)strcspn(said, "\n"), said);
	}
}

static void add_roles(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (int role = 0; role < ROLE_COUNT; role++)
		str_addf(out, "%s`%s`", role ? ", " : "", role_name((enum role)role));
	str_add(out, ".\n");
}

static void add_topics(struct str *out, const struct action_set *actions)
{
	(void)actions;
	for (size_t i = 1; i < manual_topic_count; i++) {
		begin_term(out, manual_topics[i].name);
		str_addf(out, "%s\n", manual_topics[i].summary);
	}
}

bool manual_add_table(struct str *out, const char *name, size_t len, const struct action_set *actions)
{
	static const struct {
		const char *name;
		void (*add)(struct str *out, const struct action_set *actions);
	} tables[] = {
		{ "commands", add_commands },
		{ "options", add_options },
		{ "configurable", add_configurable },
		{ "fields", add_fields },
		{ "notes", add_notes },
		{ "problems", add_problems },
		{ "decoders", add_decoders },
		{ "filter words", add_filter_words },
		{ "keys", add_keys },
		{ "columns", add_columns },
		{ "themes", add_themes },
		{ "roles", add_roles },
		{ "topics", add_topics },
	};
	struct str table = { 0 };

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (strlen(tables[i].name) != len || memcmp(tables[i].name, name, len) != 0)
			continue;
		tables[i].add(&table, actions);
		str_add(out, str_text(&table));
		str_release(&table);
		return true;
	}
	return false;
}
