/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * weir, a terminal console for Apache Kafka: arguments, then a command or the terminal
 * program. Nothing below here ends the process.
 *
 * The source is in these folders; each includes only what stands above it:
 *
 *   src/base/     memory, strings, files, errors, clocks, threads, the log
 *   src/model/    what is known and planned, as plain values: snapshot, lag, severity, plans
 *   src/query/    the filter language
 *   src/sample/   what is asked of a cluster when, and how the answers become a snapshot
 *   src/kafka/    librdkafka: asking, changing, reading, producing
 *   src/codec/    the bytes of a record in, a tree or text out; what is masked
 *   src/change/   a change of the cluster: execute, read back, write the journal
 *   src/feed/     records for a view: follow, page, search
 *   src/cli/      the commands that need no terminal
 *   ui/           the screen: loop, keys, themes, tables, forms, dialogs
 *   src/setup/    options, configuration, connecting
 *   src/docs/     --help, the manual (its prose is in doc/), completions
 *   views/        what is shown: one view is a file or a folder
 *   src/work/     what views have done on threads of their own
 *   src/app/      the terminal program around the views: tabs, keys, header, palette
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/action_table.h"
#include "app/app.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/say.h"
#include "kafka/client.h"
#include "kafka/reader.h"
#include "kafka/source.h"
#include "docs/docs.h"
#include "docs/manual.h"
#include "docs/pager.h"
#include "setup/setup.h"
#include "ui/version.h"

/*
 * Opens the standard files that are closed: otherwise the next socket would get such a number, and a message would
 * go to a broker. They are opened for the wrong direction, so that using them still fails.
 */
static void hold_standard_files(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
				_exit(1);
}

static int print_text(struct str *text)
{
	bool ok = fwrite(str_text(text), 1, text->len, stdout) == text->len && fflush(stdout) == 0;

	if (!ok && errno != EPIPE)
		command_say("%s", strerror(errno));
	str_release(text);
	return ok ? 0 : 1;
}

/* The width of the terminal, but up to 110: longer lines are hard to read. */
static size_t help_cols(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col < 60 ? 60 : size.ws_col > 110 ? 110 : size.ws_col;
}

/* A page of the manual for programs: man, or a reader of Markdown. */
static bool add_page(struct str *text, const struct options *o, struct error *err)
{
	const char *name = o->args.topics.count ? o->args.topics.items[0] : manual_topics[0].name;
	const struct manual_topic *topic = manual_find(name);

	if (!topic)
		return error_set(err, ERR_USAGE, "no page %s in the manual; weir help lists the topics", name);
	manual_print(text, topic, &action_table, o->print == PRINT_MAN ? MANUAL_ROFF : MANUAL_MARKDOWN, 0);
	return true;
}

static void add_help(struct str *text, const struct options *o)
{
	if (!o->command && o->first_word)
		docs_help_family(text, o->first_word, help_cols());
	else
		docs_help(text, o->command, help_cols());
}

static bool add_document(struct str *text, const struct options *o, struct error *err)
{
	static const char *const shells[] = { "bash", "zsh", "fish" };

	switch (o->print) {
	case PRINT_HELP:
		add_help(text, o);
		break;
	case PRINT_VERSION:
		str_addf(text, "weir " WEIR_VERSION " (librdkafka %s, %s)\n", client_version(), ui_curses_version());
		break;
	case PRINT_TOPIC:
		return manual_help(text, o->args.topics.items, o->args.topics.count, &action_table,
			isatty(STDOUT_FILENO), help_cols(), err);
	case PRINT_MAN:
	case PRINT_MARKDOWN:
		return add_page(text, o, err);
	case PRINT_BASH:
	case PRINT_ZSH:
	case PRINT_FISH:
		docs_completion(text, shells[o->print - PRINT_BASH]);
		break;
	default:
		break;
	}
	return true;
}

static int print(const struct options *o, struct error *err)
{
	struct str text = { 0 };

	if (o->print == PRINT_ACTIONS) {
		app_print_actions();
		return fflush(stdout) == 0 ? 0 : 1;
	}
	if (!add_document(&text, o, err)) {
		str_release(&text);
		return error_exit_status(err);
	}
	if (o->print == PRINT_TOPIC && pager_show(&text)) {
		str_release(&text);
		return 0;
	}
	return print_text(&text);
}

static int run_command(const struct setup *s, struct error *err)
{
	const struct command_input in = setup_command_input(s);

	if (!setup_may_change(s, err) || !connect_meets_pin(&s->connect, &s->options.settings, err) ||
		!connect_meets_pin(&s->target, &s->options.settings, err))
		return error_exit_status(err);
	return command_run(s->options.command, &in, err);
}

static int run_terminal(const struct setup *s, struct error *err)
{
	const struct options *o = &s->options;
	const struct config_section *keys = &s->config.keys;
	struct app_binding *bindings = mem_alloc(keys->count * sizeof(*bindings));

	for (size_t i = 0; i < keys->count; i++)
		bindings[i] = (struct app_binding){ keys->items[i].name, keys->items[i].value, keys->items[i].line };

	struct app_setup app = {
		.settings = &o->settings,
		.cluster = {
			.gate = connect_gate(&s->connect, &o->settings),
			.color = s->connect.color,
			.is_protected = s->connect.is_protected,
		},
		.config = &s->config,
		.bindings = bindings,
		.binding_count = keys->count,
		.bindings_path = s->config.path,
	};
	int status = app_run(&app, err);

	free(bindings);
	return status;
}

/*
 * For the terminal program, which runs all day. Snapshots come and go in large blocks, which go back to the system
 * when they are freed, so that they leave no holes. One arena is enough for threads that allocate little.
 */
static void keep_memory_small(void)
{
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	mallopt(M_TRIM_THRESHOLD, 128 * 1024);
#endif
}

/*
 * For a command, which ends soon. One that reads or produces has many threads that allocate at the same time: with a
 * single arena its rate would be a third lower. Memory that a fetch freed is kept for the next one: if it went back to
 * the system, each 4 KB of it would have to be mapped and cleared again.
 */
static void keep_memory_ready(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024);
	mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
	mallopt(M_TOP_PAD, 1024 * 1024);
#endif
}

/*
 * The memory of weir holds passwords: a core file would put them on a disk, or send them to where cores are collected.
 * WEIR_CORE=1 allows one, to look for a fault in weir. A debugger of the same user is not kept out: that user can read
 * the configuration too.
 */
static void leave_no_core(void)
{
	const char *wanted = getenv("WEIR_CORE");
	struct rlimit limit;

	if ((wanted && *wanted) || getrlimit(RLIMIT_CORE, &limit) != 0)
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

int main(int argc, char **argv)
{
	struct setup s = { 0 };
	struct error err = { 0 };
	int status;

	hold_standard_files();
	leave_no_core();
	setlocale(LC_CTYPE, "");
	if (!options_parse(&s.options, argc, argv, &err)) {
		command_say("%s", err.message);
		return error_exit_status(&err);
	}
	if (s.options.print != PRINT_NOTHING) {
		status = print(&s.options, &err);
		if (err.code != ERR_NONE)
			command_say("%s", err.message);
		options_release(&s.options);
		return status;
	}
	if (s.options.command)
		keep_memory_ready();
	else
		keep_memory_small();
	if (!client_version_check(&err) || !setup_load(&s, &err))
		status = error_exit_status(&err);
	else
		status = s.options.command ? run_command(&s, &err) : run_terminal(&s, &err);
	if (sampler_left_behind() || kafka_source_left_behind() || reader_left_behind())
		command_leave_threads(status, &err);
	if (err.code != ERR_NONE && err.code != ERR_INTERRUPTED)
		command_say("%s", err.message);
	setup_release(&s);
	return status;
}
