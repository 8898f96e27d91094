/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "docs/docs.h"
#include "docs/manual.h"
#include "setup/options.h"

enum { WORDS_MAX = 32 };

/* Splits at blanks; the words live in `line`. */
static int split(char *line, char **words)
{
	static char name[] = "weir";
	int count = 1;

	words[0] = name;
	for (char *save = NULL, *word = strtok_r(line, " ", &save); word; word = strtok_r(NULL, " ", &save))
		words[count++] = word;
	return count;
}

static bool parse(struct options *o, char *line, struct error *err)
{
	char *words[WORDS_MAX];

	error_clear(err);
	return options_parse(o, split(line, words), words, err);
}

static void test_what_is_refused(void **state)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{ "--bootstrp x", "unknown option --bootstrp; did you mean --bootstrap?" },
		{ "--zzzzzz", "unknown option --zzzzzz; weir --help lists them" },
		{ "-q", "unknown option -q; weir --help lists them" },
		{ "-hx", "unknown option -hx; weir --help lists them" },
		{ "lagg", "unknown command lagg; did you mean weir lag?" },
		{ "consume", "unknown command consume; weir --help lists them" },
		{ "lag checkout", "weir lag takes no argument checkout: groups are given with -g, topics with -t" },
		{ "-b", "-b needs HOST:PORT,..." },
		{ "lag --group", "--group needs GROUP" },
		{ "lag --topic=", "--topic needs TOPIC" },
		{ "--ascii=yes", "--ascii takes no value" },
		{ "lag -o xml", "-o xml: give table, json, csv, raw or name" },
		{ "lag --output=xml", "--output xml: give table, json, csv, raw or name" },
		{ "lag -o raw", "weir lag does not support -o raw, only: table json csv" },
		{ "tail orders -o csv", "weir tail does not support -o csv, only: table json raw" },
		{ "tail", "weir tail needs TOPIC..." },
		{ "tail orders -n -3", "-n -3: give a number of records" },
		{ "tail orders --buffer 1", "--buffer 1: give megabytes from 4 to 65536" },
		{ "produce", "weir produce needs TOPIC" },
		{ "produce orders -o table", "weir produce does not support -o table, only: json raw" },
		{ "produce orders --rate fast", "--rate fast: give a number of records" },
		{ "produce orders --from 3", "--from does not work with weir produce" },
		{ "produce orders --execute", "--execute does not work with weir produce" },
		{ "tail orders -z gzip", "--compression does not work with weir tail" },
		{ "tail orders -t x", "--topic does not work with weir tail" },
		{ "lag --from 3", "--from does not work with weir lag" },
		{ "--timeout soon", "--timeout soon: give seconds from 0.1 to 3600" },
		{ "--timeout 0", "--timeout 0: give seconds from 0.1 to 3600" },
		{ "--timeout nan", "--timeout nan: give seconds from 0.1 to 3600" },
		{ "--timeout 5s", "--timeout 5s: give seconds from 0.1 to 3600" },
		{ "lag --watch -3", "--watch -3: give seconds from 0.2 to 86400" },
		{ "lag --fail-over -1", "--fail-over -1: give a number of records" },
		{ "lag --fail-over 99999999999999999999",
			"--fail-over 99999999999999999999: give a number of records" },
		{ "-X novalue", "-X novalue: give KEY=VALUE" },
		{ "-X =v", "-X =v: give KEY=VALUE" },
		{ "--confirm x", "--confirm needs a command: weir produce --confirm NAME" },
		{ "--replication-factor 3",
			"--replication-factor needs a command: weir topic create "
			"--replication-factor N" },
		{ "brokers x", "weir brokers takes no argument x" },
		{ "topics x", "weir topics takes no argument x: topics are given with -t" },
		{ "-g x", "--group needs a command: weir lag --group GROUP" },
		{ "brokers -g x", "--group does not work with weir brokers" },
		{ "lag --view topics", "--view does not work with weir lag" },
		{ "lag --wait-below 0", "--wait-below 0: no lag is below 0; give 1 to wait until there is none" },
		{ "lag --wait-below x", "--wait-below x: give a number of records" },
		{ "reset --peek 0", "--peek 0: give a number from 1 to 10000" },
		{ "reset --peek 10001", "--peek 10001: give a number from 1 to 10000" },
		{ "reset --wait-empty 0", "--wait-empty 0: give seconds, up to 86400" },
		{ "reset --watch-commits -1", "--watch-commits -1: give seconds, up to 86400" },
		{ "topic create x --replication-factor 0", "--replication-factor 0: give a number from 1 to 32767" },
		{ "topic create x --replication-factor 32768",
			"--replication-factor 32768: give a number from 1 to 32767" },
		{ "--config= topic create x", "--config needs FILE" },
		{ "--print-completion ksh", "--print-completion ksh: give bash, zsh or fish" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct options o;
		struct error err;
		char line[100];

		snprintf(line, sizeof(line), "%s", rows[i].line);
		if (parse(&o, line, &err))
			fail_msg("row %zu: %s was taken", i, rows[i].line);
		assert_int_equal(err.code, ERR_USAGE);
		assert_text(i, err.message, rows[i].message);
	}
}

static void test_order_and_spelling(void **state)
{
	static const char *const lines[] = {
		"lag -b k:9092 -g a -g b -o json",
		"-b k:9092 -o json lag -g a -g b",
		"--bootstrap=k:9092 lag --group=a --group b --output json",
		"-bk:9092 -ga -gb -ojson lag",
		"-b=k:9092 -g=a -g=b -o=json -- lag",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct options o;
		struct error err;
		char line[100];

		snprintf(line, sizeof(line), "%s", lines[i]);
		if (!parse(&o, line, &err))
			fail_msg("%s: %s", lines[i], err.message);
		assert_string_equal(o.command->name, "lag");
		assert_string_equal(o.connect.bootstrap, "k:9092");
		assert_int_equal(o.args.format, OUTPUT_JSON);
		assert_int_equal(o.args.groups.count, 2);
		assert_string_equal(o.args.groups.items[0], "a");
		assert_string_equal(o.args.groups.items[1], "b");
		options_release(&o);
	}
}

static void test_defaults_and_values(void **state)
{
	struct options o;
	struct error err;
	char line[200] = "";
	char empty_group[] = "lag --group= --timeout 2";
	char export[] = "topic export a -t b";

	(void)state;
	assert_true(parse(&o, empty_group, &err));
	assert_int_equal(o.args.groups.count, 1);
	assert_string_equal(o.args.groups.items[0], "");
	options_release(&o);
	assert_true(parse(&o, export, &err));
	assert_int_equal(o.args.topics.count, 2);
	assert_string_equal(o.args.topics.items[1], "b");
	options_release(&o);
	assert_true(parse(&o, line, &err));
	assert_null(o.command);
	assert_int_equal(o.settings.timeout_ms, 10000);
	assert_int_equal(o.args.fail_over, -1);
	assert_int_equal(o.settings.interval_ms, 5000);
	assert_int_equal(o.print, PRINT_NOTHING);
	options_release(&o);

	snprintf(line, sizeof(line), "--timeout 2.5 --interval 1 --ascii --utc --read-only -X a=b=c -X d= -c x");
	assert_true(parse(&o, line, &err));
	assert_int_equal(o.settings.timeout_ms, 2500);
	assert_int_equal(o.settings.interval_ms, 1000);
	assert_true(o.settings.ascii && o.settings.utc && o.settings.read_only && !o.settings.no_mouse);
	assert_int_equal(o.connect.properties.count, 2);
	assert_string_equal(o.connect.properties.items[0], "a=b=c");
	options_release(&o);

	snprintf(line, sizeof(line), "lag --fail-over 0 --watch 0.5 --help");
	assert_true(parse(&o, line, &err));
	assert_int_equal(o.args.fail_over, 0);
	assert_int_equal(o.args.watch_ms, 500);
	assert_int_equal(o.print, PRINT_HELP);
	options_release(&o);
}

/* What a script's empty variable gives. */
static void test_an_empty_argument_is_refused(void **state)
{
	char name[] = "weir", tail[] = "tail", empty[] = "";
	char *words[] = { name, tail, empty, NULL };
	struct options o;
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(options_parse(&o, 3, words, &err));
	assert_string_equal(err.message, "weir tail: an argument is empty");
}

static void test_produce(void **state)
{
	struct options o;
	struct error err;
	char plain[] = "produce orders";
	char full[] =
		"produce orders -o raw -K : -H a=1 --header b -Z -z zstd -p 3 --rate 50 --lines 3- -v --partitioner random";
	char keep[] = "produce --keep-partition --keep-timestamp orders -o json";

	(void)state;
	assert_true(parse(&o, plain, &err));
	assert_int_equal(o.args.format, OUTPUT_JSON);
	assert_int_equal(o.args.per_s, 0);
	assert_false(o.args.produce.keep_partition || o.args.produce.keep_timestamp || o.args.produce.empty_as_null);
	assert_true(o.command->mutates);
	options_release(&o);
	assert_true(parse(&o, full, &err));
	assert_int_equal(o.args.format, OUTPUT_RAW);
	assert_string_equal(o.args.produce.key_separator, ":");
	assert_int_equal(o.args.produce.headers.count, 2);
	assert_string_equal(o.args.produce.headers.items[0], "a=1");
	assert_string_equal(o.args.produce.headers.items[1], "b");
	assert_true(o.args.produce.empty_as_null && o.args.verbose);
	assert_string_equal(o.args.compression, "zstd");
	assert_string_equal(o.args.partitions, "3");
	assert_int_equal(o.args.per_s, 50);
	assert_string_equal(o.args.produce.lines, "3-");
	assert_string_equal(o.args.produce.partitioner, "random");
	options_release(&o);
	assert_true(parse(&o, keep, &err));
	assert_int_equal(o.args.format, OUTPUT_JSON);
	assert_true(o.args.produce.keep_partition && o.args.produce.keep_timestamp);
	options_release(&o);
}

static void test_the_command_line_wins_over_the_configuration(void **state)
{
	static const struct {
		const char *name, *value, *message;
	} rows[] = {
		{ "theme", "light", "" },
		{ "view", "topics", "" },
		{ "no-mouse", "yes", "" },
		{ "clipboard", "wl-copy", "" },
		{ "clipboard", "", "clipboard needs COMMAND" },
		{ "utc", "no", "" },
		{ "interval", "7", "" },
		{ "no-mouse", "perhaps", "no-mouse = perhaps: give yes or no" },
		{ "interval", "x", "interval x: give seconds from 0.5 to 3600" },
		{ "theme", "", "theme needs NAME" },
		{ "tehme", "x", "unknown key tehme in [weir]; did you mean theme?" },
		{ "bootstrap", "x", "unknown key bootstrap in [weir]" },
		{ "help", "yes", "unknown key help in [weir]" },
	};
	struct options o;
	struct error err;
	char line[] = "--theme dark";

	(void)state;
	assert_true(parse(&o, line, &err));
	for (size_t i = 0; i < COUNT(rows); i++) {
		error_clear(&err);
		assert_int_equal(options_configure(&o, rows[i].name, rows[i].value, &err), !*rows[i].message);
		assert_text(i, err.message, rows[i].message);
	}
	assert_string_equal(o.settings.theme, "dark");
	assert_string_equal(o.settings.view, "topics");
	assert_true(o.settings.no_mouse);
	assert_false(o.settings.utc);
	assert_int_equal(o.settings.interval_ms, 7000);
	options_release(&o);
}

static void test_what_config_is_depends_on_the_command(void **state)
{
	static const struct {
		const char *line, *file, *setting;
	} rows[] = {
		{ "lag --config f", "f", NULL },
		{ "--config f", "f", NULL },
		{ "lag -F f", "f", NULL },
		{ "topic create x --config a=b", NULL, "a=b" },
		{ "--config a=b topic create x", NULL, "a=b" },
		{ "topic create x --config a=b -F f", "f", "a=b" },
		{ "-F f topic create x --config=a=b", "f", "a=b" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct options o;
		struct error err;
		char line[100];

		snprintf(line, sizeof(line), "%s", rows[i].line);
		if (!parse(&o, line, &err))
			fail_msg("%s: %s", rows[i].line, err.message);
		assert_text(i, o.connect.file ? o.connect.file : "", rows[i].file ? rows[i].file : "");
		assert_int_equal(o.args.topic.config.count, rows[i].setting != NULL);
		if (rows[i].setting)
			assert_text(i, o.args.topic.config.items[0], rows[i].setting);
		options_release(&o);
	}
}

static void test_the_table_is_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		assert_non_null(row->name);
		assert_non_null(row->help);
		assert_true(strlen(row->help) > 10);
		for (size_t k = 0; k < i; k++) {
			/* --config has two meanings: the command decides. */
			if (strcmp(row->name, "config") != 0)
				assert_string_not_equal(row->name, option_table[k].name);
			assert_true(!row->letter || row->letter != option_table[k].letter);
		}
		for (const char *p = row->commands; p && *p;) {
			char word[32] = "";
			size_t len = strcspn(p, " ");

			memcpy(word, p, len);
			/* A name of two words is written with a hyphen there. */
			for (char *c = word; (c = strchr(c, '-')) && !command_find(word);)
				*c = ' ';
			if (strcmp(word, "weir") != 0 && !command_find(word))
				fail_msg("--%s: no command %s", row->name, word);
			p += len + (p[len] == ' ');
		}
	}
	assert_true(option_works_in(option_named("group"), command_find("groups")));
	assert_false(option_works_in(option_named("group"), NULL));
	assert_false(option_works_in(option_named("group"), command_find("topics")));
}

/* A value that the option takes, and that differs from its default. */
static const char *sample_of(const struct option_row *row)
{
	switch (row->kind) {
	case OPTION_CHOICE:
		return strrchr(row->complete, ' ') + 1;
	case OPTION_NUMBER:
	case OPTION_SECONDS:
	case OPTION_MEGABYTES:
		return "7";
	default:
		return row->refuse ? "a=b" : "text";
	}
}

static bool is_at_place(const struct options *o, const struct option_row *row, const char *value)
{
	const void *place = (const char *)o + row->place;
	const struct strategy_args *strategy = place;
	const struct text_list *list = place;

	switch (row->kind) {
	case OPTION_FLAG:
		return *(const bool *)place;
	case OPTION_SET:
		return *(const int *)place == row->value;
	case OPTION_CHOICE:
		return *(const int *)place > row->value;
	case OPTION_TEXT:
		return strcmp(*(const char *const *)place, value) == 0;
	case OPTION_LIST:
		return list->count > 0 && strcmp(list->items[list->count - 1], value) == 0;
	case OPTION_NUMBER:
		return *(const int64_t *)place == 7;
	case OPTION_SECONDS:
		return *(const int64_t *)place == 7000;
	case OPTION_MEGABYTES:
		return *(const int64_t *)place == 7 << 20;
	case OPTION_STRATEGY:
		return strcmp(strategy->option, row->name) == 0 && !strategy->value == !row->argument;
	}
	return false;
}

/* Each row alone is the option: given on the command line it fills its place. */
static void test_each_option_fills_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		bool everywhere = option_works_in(row, NULL);
		const char *name = everywhere ? "" : option_first_command(row);
		const struct command *command = everywhere ? NULL : command_find(name);
		struct options o;
		struct error err;
		char line[200];

		snprintf(line, sizeof(line), "%s %s %s%s %s", name, command && command->words ? "x" : "",
			row->letter ? "-" : "--", row->letter ? (char[]){ row->letter, '\0' } : row->name,
			row->argument ? sample_of(row) : "");
		/* The first command that has -o has no raw form. */
		if (row->kind == OPTION_CHOICE && !everywhere)
			snprintf(line, sizeof(line), "tail x -o raw");
		if (!parse(&o, line, &err))
			fail_msg("%s: %s", line, err.message);
		if (!is_at_place(&o, row, row->argument ? sample_of(row) : NULL))
			fail_msg("%s: not at its place", line);
		options_release(&o);
	}
}

/* What [weir] may hold fills the same places. */
static void test_each_key_of_the_configuration_fills_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		const char *value = row->argument ? sample_of(row) : "yes";
		struct options o;
		struct error err;
		char line[] = "";

		if (!row->in_config)
			continue;
		assert_true(parse(&o, line, &err));
		if (!options_configure(&o, row->name, value, &err))
			fail_msg("%s = %s: %s", row->name, value, err.message);
		if (!is_at_place(&o, row, value))
			fail_msg("%s: not at its place", row->name);
		options_release(&o);
	}
}

/* A row that is filled in by halves would be an option that does nothing, or writes over another one. */
static void test_each_row_is_complete(void **state)
{
	static const size_t sizes[] = {
		[OPTION_FLAG] = sizeof(bool),
		[OPTION_SET] = sizeof(int),
		[OPTION_CHOICE] = sizeof(int),
		[OPTION_TEXT] = sizeof(char *),
		[OPTION_LIST] = sizeof(struct text_list),
		[OPTION_NUMBER] = sizeof(int64_t),
		[OPTION_SECONDS] = sizeof(int64_t),
		[OPTION_MEGABYTES] = sizeof(int64_t),
		[OPTION_STRATEGY] = sizeof(struct strategy_args),
	};

	(void)state;
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		bool bare = row->kind == OPTION_FLAG || row->kind == OPTION_SET;

		if (row->kind == 0)
			fail_msg("--%s has no kind and no place", row->name);
		assert_true(row->place + sizes[row->kind] <= sizeof(struct options));
		if (row->kind != OPTION_STRATEGY && bare != !row->argument)
			fail_msg("--%s: its kind and its argument do not fit", row->name);
		if ((row->kind == OPTION_SECONDS || row->kind == OPTION_MEGABYTES) && row->max <= row->min)
			fail_msg("--%s: without a range", row->name);
		if (row->kind == OPTION_CHOICE && !strchr(row->complete, ' '))
			fail_msg("--%s: nothing to choose", row->name);
		if (option_repeats(row) && row->in_config)
			fail_msg("--%s: [weir] holds one of a name", row->name);
		for (size_t k = 0; k < i; k++) {
			const struct option_row *other = &option_table[k];
			bool shared =
				row->kind == other->kind && (row->kind == OPTION_SET || row->kind == OPTION_STRATEGY);

			if (row->place == other->place && !shared && other->kind != OPTION_SET)
				fail_msg("--%s and --%s fill the same place", row->name, other->name);
		}
	}
}

static void test_the_forms_of_output_are_in_order(void **state)
{
	const char *words = option_named("output")->complete;

	(void)state;
	for (int form = 0; form < OUTPUT_FORMAT_COUNT; form++) {
		const char *name = output_format_name((enum output_format)form);

		assert_int_equal(strncmp(words, name, strlen(name)), 0);
		words += strlen(name) + (form < OUTPUT_FORMAT_COUNT - 1);
	}
	assert_string_equal(words, "");
}

/* In a man page a hyphen that is no hyphenation stands behind a backslash. */
static void assert_mentions(const struct str *document, const char *name, bool man)
{
	struct str written = { 0 };

	for (const char *p = name; *p; p++)
		str_addf(&written, "%s%c", man && *p == '-' ? "\\" : "", *p);
	if (!strstr(document->p, written.p))
		fail_msg("a document does not mention %s", written.p);
	str_release(&written);
}

/* Whatever is written from the tables holds every row of them. */
static void test_documents_are_complete(void **state)
{
	static const char *const shells[] = { "bash", "zsh", "fish" };
	struct str out[5] = { { 0 } };

	(void)state;
	docs_help(&out[0], NULL, 80);
	manual_print(&out[1], manual_find("weir"), NULL, MANUAL_ROFF, 0);
	manual_print(&out[1], manual_find("options"), NULL, MANUAL_ROFF, 0);
	for (size_t i = 0; i < COUNT(shells); i++)
		docs_completion(&out[2 + i], shells[i]);
	for (size_t i = 0; i < option_count; i++)
		for (size_t k = 0; k < COUNT(out); k++)
			assert_mentions(&out[k], option_table[i].name, k == 1);
	for (size_t i = 0; i < command_count; i++) {
		/* Shells complete one word after the other. */
		const char *last = strchr(commands[i].name, ' ');

		for (size_t k = 0; k < COUNT(out); k++)
			assert_mentions(&out[k], k > 1 && last ? last + 1 : commands[i].name, k == 1);
	}
	struct str lag = { 0 };
	docs_help(&lag, command_find("lag"), 80);
	assert_non_null(strstr(lag.p, "--fail-over"));
	assert_null(strstr(lag.p, "--view"));
	assert_non_null(strstr(lag.p, "--output table|json|csv  "));
	for (const char *line = lag.p; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= 80);
	str_release(&lag);
	for (size_t k = 0; k < COUNT(out); k++)
		str_release(&out[k]);
}

/* A topic goes before the command of its name; two words may be one command. */
static void test_help_finds_topics_and_commands(void **state)
{
	static const struct {
		const char *words[2];
		const char *begin;
	} rows[] = {
		{ { "lag" }, "lag: what lag is" },
		{ { "undo" }, "Usage: weir undo" },
		{ { "topic", "create" }, "Usage: weir topic create" },
		{ { "topic" }, "Usage: weir topic COMMAND" },
		{ { NULL }, "Usage: weir help" },
	};
	static const char *const wrong[][2] = {
		{ "lagg", "no help on lagg; did you mean weir help lag?" },
		{ "zzzzzz", "no help on zzzzzz; weir help lists the topics" },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };
		size_t count = !!rows[i].words[0] + !!rows[i].words[1];

		assert_true(manual_help(&out, rows[i].words, count, NULL, false, 80, &err));
		if (strncmp(out.p, rows[i].begin, strlen(rows[i].begin)) != 0)
			fail_msg("row %zu begins with %.40s", i, out.p);
		str_release(&out);
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct str out = { 0 };

		assert_false(manual_help(&out, &wrong[i][0], 1, NULL, false, 80, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_text(i, err.message, wrong[i][1]);
		str_release(&out);
	}
}

/* What is offered after a few words, by bash itself. */
static void test_what_bash_offers(void **state)
{
	static const struct {
		const char *words, *offered;
	} rows[] = {
		{ "\"\"", "lag groups topics brokers contexts tail produce reset group topic broker undo help" },
		{ "help e", "environment exit-status" },
		{ "help --print", "--print-man --print-markdown" },
		{ "help und", "undo" },
		{ "lag -o \"\"", "table json csv" },
		{ "tail x -o \"\"", "table json raw" },
		{ "group \"\"", "delete delete-offsets" },
		{ "topic e", "elect export" },
		{ "--theme bl", "blue-orange" },
		{ "tail --value-format json", "json" },
		{ "topic create --re", "--read-only --replication-factor --replica-assignment" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *run =
			mem_printf("bash --norc -c '. /dev/fd/0; cd /; COMP_WORDS=(weir %s); "
				   "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _weir; test \"${COMPREPLY[*]}\" = \"%s\"'",
				rows[i].words, rows[i].offered);
		struct str out = { 0 };
		FILE *bash;

		bash = popen(run, "w");
		assert_non_null(bash);
		docs_completion(&out, "bash");
		fwrite(out.p, 1, out.len, bash);
		if (pclose(bash) != 0)
			fail_msg("row %zu: weir %s", i, rows[i].words);
		str_release(&out);
		free(run);
	}
}

/* A stand-in for weir says what it was asked, and whether ${cmd:...} may run; the second Tab asks nothing. */
static void test_bash_asks_the_cluster_for_names(void **state)
{
	static const char weir[] =
		"weir() { echo \"${WEIR_NO_COMMANDS:-runs commands} $*\" >&3; case $1 in topics) printf \"orders\\n%s\\na b\\n"
		"\\$(x)\\npayments\\n\" -odd ;; groups) printf \"billing\\n\" ;; esac; }; timeout() { shift; \"$@\"; }; ";
	static const struct {
		const char *line, *offered, *asked;
	} rows[] = {
		{ "weir tail ", "orders -odd payments", "1 topics -o name --timeout 0.8" },
		{ "weir -b h:9092 topic delete pay", "payments", "1 topics -o name --timeout 0.8 -b h:9092" },
		{ "weir lag -c prod -F ~/f -t or", "orders", "1 topics -o name --timeout 0.8 -c prod -F /home/f" },
		{ "weir reset -X a=b --bootstrap=h:1 -g b", "billing",
			"1 groups -o name --timeout 0.8 -X a=b --bootstrap=h:1" },
		{ "weir reset --from-group ", "billing", "1 groups -o name --timeout 0.8" },
		{ "weir topic create or", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *run = mem_printf(
			"exec 3>&1; HOME=/home; bash --norc -c '. /dev/fd/0; cd /; asked=$(mktemp); exec 3>$asked; %s"
			"COMP_LINE=$1; COMP_POINT=${#1}; COMP_WORDS=($1); [[ $1 == *\" \" ]] && COMP_WORDS+=(\"\"); "
			"COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _weir; _weir; told=$(<$asked); rm $asked; "
			"test \"${COMPREPLY[*]}\" = \"$2\" -a \"$told\" = \"$3\" || { echo \"[${COMPREPLY[*]}] [$told]\" >&2; false; }' "
			"weir '%s' '%s' '%s'",
			weir, rows[i].line, rows[i].offered, rows[i].asked);
		struct str out = { 0 };
		FILE *bash = popen(run, "w");

		assert_non_null(bash);
		docs_completion(&out, "bash");
		fwrite(out.p, 1, out.len, bash);
		if (pclose(bash) != 0)
			fail_msg("%s", rows[i].line);
		str_release(&out);
		free(run);
	}
}

static void test_the_bash_completion_is_bash(void **state)
{
	struct str out = { 0 };
	FILE *bash = popen("bash -n", "w");

	(void)state;
	assert_non_null(bash);
	docs_completion(&out, "bash");
	fwrite(out.p, 1, out.len, bash);
	assert_int_equal(pclose(bash), 0);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_empty_argument_is_refused),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_order_and_spelling),
		cmocka_unit_test(test_defaults_and_values),
		cmocka_unit_test(test_the_command_line_wins_over_the_configuration),
		cmocka_unit_test(test_produce),
		cmocka_unit_test(test_what_config_is_depends_on_the_command),
		cmocka_unit_test(test_the_table_is_sound),
		cmocka_unit_test(test_each_row_is_complete),
		cmocka_unit_test(test_each_option_fills_its_place),
		cmocka_unit_test(test_each_key_of_the_configuration_fills_its_place),
		cmocka_unit_test(test_the_forms_of_output_are_in_order),
		cmocka_unit_test(test_documents_are_complete),
		cmocka_unit_test(test_the_bash_completion_is_bash),
		cmocka_unit_test(test_help_finds_topics_and_commands),
		cmocka_unit_test(test_what_bash_offers),
		cmocka_unit_test(test_bash_asks_the_cluster_for_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
