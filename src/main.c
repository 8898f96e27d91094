/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments, configuration, then a command or the terminal program. Owns what
 * they borrow; nothing below here ends the process.
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
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/say.h"
#include "setup/config.h"
#include "setup/connect.h"
#include "setup/docs.h"
#include "feed/feed_host.h"
#include "kafka/client.h"
#include "kafka/reader.h"
#include "kafka/sampler.h"
#include "setup/options.h"
#include "setup/records_setup.h"
#include "ui/version.h"

enum { FEEDS_WAIT_MS = 200 };

#define NO_REGISTRY "schema.registry.url is not used yet: records are decoded without a schema registry"

struct weir {
	struct options options;
	struct config_file config;
	struct connect connect;
	struct connect target;   /* of a command that works on two clusters; empty: the same one */
	struct records_setup records;
	const char **context_names;
	struct context_info *contexts;
	char **kept;             /* expanded values that the options borrow */
	size_t kept_count;
};

/*
 * A standard file that is closed would be given to the next socket, and a
 * message would go to a broker. Opened the wrong way round, it fails as it should.
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

/* Lines longer than that are hard to read, wherever they fit. */
static size_t help_cols(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col < 60 ? 60 : size.ws_col > 110 ? 110 : size.ws_col;
}

static int print(const struct options *o)
{
	struct str text = {0};

	switch (o->print) {
	case PRINT_HELP:
		if (!o->command && o->first_word)
			docs_help_family(&text, o->first_word, help_cols());
		else
			docs_help(&text, o->command, help_cols());
		break;
	case PRINT_VERSION:
		str_addf(&text, "weir " WEIR_VERSION " (librdkafka %s, %s)\n", client_version(), ui_curses_version());
		break;
	case PRINT_MAN:
		docs_man(&text, &action_table);
		break;
	case PRINT_BASH:
		docs_completion(&text, "bash");
		break;
	case PRINT_ZSH:
		docs_completion(&text, "zsh");
		break;
	case PRINT_FISH:
		docs_completion(&text, "fish");
		break;
	case PRINT_ACTIONS:
		app_print_actions();
		return fflush(stdout) == 0 ? 0 : 1;
	case PRINT_NOTHING:
		break;
	}
	return print_text(&text);
}

static bool apply_own_options(struct weir *p, struct error *err)
{
	const struct config_section *own = &p->config.weir;

	for (size_t i = 0; i < own->count; i++) {
		const struct config_item *item = &own->items[i];
		char *value = config_expand(item->value, p->config.path, err);

		if (value) {
			p->kept = mem_realloc(p->kept, (p->kept_count + 1) * sizeof(*p->kept));
			p->kept[p->kept_count++] = value;
		}
		if (!value || !options_configure(&p->options, item->name, value, err))
			return error_set(err, ERR_USAGE, "%s:%d: %s", p->config.path, item->line, err->message);
	}
	return true;
}

/* What is given for one cluster is not told to the other: -F and -X are the source's. */
static bool resolve_target(struct weir *p, struct error *err)
{
	const struct connect_options *o = &p->options.target;

	if (!o->bootstrap && !o->context && !o->file)
		return true;
	return connect_resolve(&p->target, o, &p->config, err) ||
		error_set(err, err->code, "the cluster of the new topic: %s", err->message);
}

/* The journal is a file of this machine. */
static bool needs_cluster(const struct options *o)
{
	if (o->command && o->command == &commands[COMMAND_UNDO])
		return o->args.topics.count > 0 || o->args.execute;
	return !o->command || !o->command->offline;
}

/* In the terminal the log view shows them. Who reads records may wonder why no schema is found. */
static void say_warnings(const struct weir *p, const struct connect *c)
{
	const struct command *command = p->options.command;

	for (size_t i = 0; command && i < c->warning_count; i++)
		command_say("%s", c->warnings[i]);
	if (!c->has_registry)
		return;
	log_write(LOG_WARN, "config", NO_REGISTRY);
	if (command && command == &commands[COMMAND_TAIL])
		command_say("%s", NO_REGISTRY);
}

/* What is no option of the command line. */
static void fill_settings(struct weir *p)
{
	struct settings *s = &p->options.settings;
	const char *no_color = getenv("NO_COLOR");   /* no-color.org: set and not empty */

	p->context_names = mem_alloc((p->config.context_count + 1) * sizeof(*p->context_names));
	for (size_t i = 0; i < p->config.context_count; i++)
		p->context_names[i] = p->config.contexts[i].name;
	s->no_color = no_color && *no_color;
	s->mask = p->records.mask;
	s->decoders = p->records.decoders;
	s->filters = p->records.filters;
	s->filter_count = p->records.filter_count;
	s->contexts = p->context_names;
	s->context_count = p->config.context_count;
}

static bool prepare(struct weir *p, struct error *err)
{
	char *path = file_own_path(FILE_CONFIG, "config");
	bool ok;

	if (path)
		ok = config_load(&p->config, path, connect_knows_property, err);
	else
		ok = config_parse(&p->config, "~/.config/weir/config", "", 0, NULL, err);
	free(path);
	if (!ok || !apply_own_options(p, err))
		return false;
	if (p->options.settings.log && !log_to_file(p->options.settings.log, err))
		return false;
	for (size_t i = 0; i < p->config.warning_count; i++) {
		log_write(LOG_WARN, "config", "%s", p->config.warnings[i]);
		if (p->options.command)
			command_say("%s", p->config.warnings[i]);
	}
	if (!records_setup_init(&p->records, &p->config, err))
		return false;
	fill_settings(p);
	if (!needs_cluster(&p->options))
		return true;
	if (!connect_resolve(&p->connect, &p->options.connect, &p->config, err) || !resolve_target(p, err))
		return false;
	say_warnings(p, &p->connect);
	say_warnings(p, &p->target);
	return true;
}

/* A context with a cluster-id works on that cluster alone: an address may lead elsewhere one day. */
static bool meets_its_cluster(const struct connect *c, int64_t timeout_ms, struct error *err)
{
	const struct cluster_gate gate = connect_gate(c, timeout_ms);
	struct admin *admin;

	if (!c->cluster_id)
		return true;
	admin = cluster_gate_admin(&gate, NULL, NULL, err);
	/* Asked of the wrong cluster, nothing was wrong with that one. */
	if (!admin && err->code == ERR_OTHER_CLUSTER)
		err->code = ERR_USAGE;
	admin_close(admin);
	return admin != NULL;
}

/* Values as they are written: a secret stands there as ${...} at most, and none of the names can be one. */
static void list_contexts(struct weir *p)
{
	const struct config_file *file = &p->config;

	p->contexts = mem_alloc((file->context_count + 1) * sizeof(*p->contexts));
	for (size_t i = 0; i < file->context_count; i++) {
		const struct config_section *s = &file->contexts[i];
		const char *chosen = config_get(&file->weir, "context"), *bootstrap = config_get(s, "bootstrap.servers");

		p->contexts[i] = (struct context_info){
			.name = s->name,
			.bootstrap = bootstrap ? bootstrap : config_get(s, "metadata.broker.list"),
			.protocol = config_get(s, "security.protocol"),
			.cluster_id = config_get(s, "cluster-id"),
			.color = config_get(s, "color"),
			.read_only = config_says_yes(config_get(s, "read-only")),
			.is_protected = config_says_yes(config_get(s, "protected")),
			.is_default = chosen ? strcmp(chosen, s->name) == 0 : file->context_count == 1,
		};
	}
}

static int run_command(struct weir *p, struct error *err)
{
	const struct options *o = &p->options;

	list_contexts(p);

	const struct connect *changed = p->target.client ? &p->target : &p->connect;
	struct command_input in = {
		.settings = &o->settings,
		.args = &o->args,
		.client = p->connect.client,
		.bootstrap = p->connect.bootstrap,
		.gate = connect_gate(&p->connect, o->settings.timeout_ms),
		.target = connect_gate(&p->target, o->settings.timeout_ms),
		.wait_limit_ms = options_given(o, "timeout") ? o->settings.timeout_ms : 0,
		.context = changed->context,
		.is_protected = changed->is_protected,
		.contexts = p->contexts,
		.context_count = p->config.context_count,
		.config_path = p->config.path,
	};

	if (o->command->mutates && (!o->command->plans || o->args.execute) && (o->settings.read_only || changed->read_only)) {
		error_set(err, ERR_USAGE, "weir %s is refused, because it changes the cluster and %s is read-only", o->command->name,
			o->settings.read_only || !changed->context ? "this run" : changed->context);
		return error_exit_status(err);
	}

	if (!meets_its_cluster(&p->connect, o->settings.timeout_ms, err) || !meets_its_cluster(&p->target, o->settings.timeout_ms, err))
		return error_exit_status(err);
	return command_run(o->command, &in, err);
}

static int run_terminal(const struct weir *p, struct error *err)
{
	const struct options *o = &p->options;
	const struct config_section *keys = &p->config.keys;
	struct app_binding *bindings = mem_alloc(keys->count * sizeof(*bindings));

	for (size_t i = 0; i < keys->count; i++)
		bindings[i] = (struct app_binding){keys->items[i].name, keys->items[i].value, keys->items[i].line};

	struct feed_host *feeds = feed_host_new(p->connect.client, p->connect.bootstrap, o->settings.timeout_ms);
	struct app_setup setup = {
		.feeds = feed_host_source(feeds),
		.settings = &o->settings,
		.client = p->connect.client,
		.context = p->connect.context,
		.color = p->connect.color,
		.cluster_id = p->connect.cluster_id,
		.bootstrap = p->connect.bootstrap,
		.read_only = o->settings.read_only || p->connect.read_only,
		.is_protected = p->connect.is_protected,
		.config = &p->config,
		.bindings = bindings,
		.binding_count = keys->count,
		.bindings_path = p->config.path,
	};
	int status = app_run(&setup, err);

	free(bindings);
	if (!feed_host_free(feeds, FEEDS_WAIT_MS))
		command_leave_threads(status, err);
	return status;
}

static void release(struct weir *p)
{
	connect_release(&p->connect);
	connect_release(&p->target);
	records_setup_release(&p->records);
	free(p->contexts);
	free(p->context_names);
	config_release(&p->config);
	options_release(&p->options);
	for (size_t i = 0; i < p->kept_count; i++)
		free(p->kept[i]);
	free(p->kept);
}

/*
 * For the program that runs all day. Snapshots come and go in large blocks: given
 * back to the system at once they leave no holes behind. One arena is enough for
 * threads that allocate little.
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
 * For a command, which ends soon. One that reads or produces has many threads that
 * allocate at once: a single arena would cost it a third of its rate. What a fetch
 * leaves behind serves the next one: given back to the system, each 4 KB of it
 * would have to be mapped and cleared again.
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
 * Passwords are in the memory of weir: a core would put them on a disk, or send them to wherever cores are gathered.
 * Who looks for a fault of weir asks for one with WEIR_CORE=1. A debugger of the same user is not kept out: that user
 * can read the configuration too.
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
	struct weir p = {0};
	struct error err = {0};
	int status;

	hold_standard_files();
	leave_no_core();
	setlocale(LC_CTYPE, "");
	if (!options_parse(&p.options, argc, argv, &err)) {
		command_say("%s", err.message);
		return error_exit_status(&err);
	}
	if (p.options.print != PRINT_NOTHING) {
		status = print(&p.options);
		options_release(&p.options);
		return status;
	}
	if (p.options.command)
		keep_memory_ready();
	else
		keep_memory_small();
	if (!client_version_check(&err) || !prepare(&p, &err))
		status = error_exit_status(&err);
	else
		status = p.options.command ? run_command(&p, &err) : run_terminal(&p, &err);
	if (sampler_left_behind() || reader_left_behind())
		command_leave_threads(status, &err);
	if (err.code != ERR_NONE && err.code != ERR_INTERRUPTED)
		command_say("%s", err.message);
	release(&p);
	return status;
}
