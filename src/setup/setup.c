/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/setup.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/say.h"

#define NO_REGISTRY "schema.registry.url is not used yet: records are decoded without a schema registry"

static bool apply_own_options(struct setup *s, struct error *err)
{
	const struct config_section *own = &s->config.weir;

	s->values = mem_alloc((own->count + 1) * sizeof(*s->values));
	for (size_t i = 0; i < own->count; i++) {
		const struct config_item *item = &own->items[i];
		char *value = config_expand(item->value, s->config.path, err);

		if (value)
			s->values[s->value_count++] = value;
		if (!value || !options_configure(&s->options, item->name, value, err))
			return config_fail_at(&s->config, item, err);
	}
	return true;
}

static bool load_config(struct setup *s, struct error *err)
{
	char *path = file_own_path(FILE_CONFIG, "config");
	bool ok;

	if (path)
		ok = config_load(&s->config, path, connect_knows_key, err);
	else
		ok = config_parse(&s->config, "~/.config/weir/config", "", 0, NULL, err);
	free(path);
	return ok && apply_own_options(s, err);
}

/* With the values as written, which are shown: ${...} is not expanded, and none of these keys has a secret. */
static void list_contexts(struct setup *s)
{
	const struct config_file *file = &s->config;

	s->contexts = mem_alloc((file->context_count + 1) * sizeof(*s->contexts));
	for (size_t i = 0; i < file->context_count; i++) {
		const struct config_section *section = &file->contexts[i];
		const char *chosen = config_get(&file->weir, "context"),
			   *bootstrap = config_get(section, "bootstrap.servers");

		s->contexts[i] = (struct context_info){
			.name = section->name,
			.bootstrap = bootstrap ? bootstrap : config_get(section, "metadata.broker.list"),
			.protocol = config_get(section, "security.protocol"),
			.cluster_id = config_get(section, "cluster-id"),
			.color = config_get(section, "color"),
			.read_only = config_says_yes(config_get(section, "read-only")),
			.is_protected = config_says_yes(config_get(section, "protected")),
			.is_default = chosen ? strcmp(chosen, section->name) == 0 : file->context_count == 1,
		};
	}
}

/* The settings that no option sets. */
static void fill_settings(struct setup *s)
{
	struct settings *settings = &s->options.settings;
	const char *no_color = getenv("NO_COLOR"); /* no-color.org: set and not empty */

	list_contexts(s);
	settings->no_color = no_color && *no_color;
	settings->mask = s->records.mask;
	settings->decoders = s->records.decoders;
	settings->filters = s->records.filters;
	settings->filter_count = s->records.filter_count;
	settings->contexts = s->contexts;
	settings->context_count = s->config.context_count;
}

/* In the terminal program the log view shows the warnings. */
static void warn_of_config(const struct setup *s)
{
	for (size_t i = 0; i < s->config.warning_count; i++) {
		log_write(LOG_WARN, "config", "%s", s->config.warnings[i]);
		if (s->options.command)
			command_say("%s", s->config.warnings[i]);
	}
}

/* Users of tail may wonder why no schema is found. */
static void warn_of_cluster(const struct setup *s, const struct connect *c)
{
	const struct command *command = s->options.command;

	for (size_t i = 0; command && i < c->warning_count; i++)
		command_say("%s", c->warnings[i]);
	if (!c->has_registry)
		return;
	log_write(LOG_WARN, "config", NO_REGISTRY);
	if (command == &commands[COMMAND_TAIL])
		command_say("%s", NO_REGISTRY);
}

/* Without an id, undo lists the journal, which is a file. */
static bool needs_cluster(const struct options *o)
{
	if (o->command == &commands[COMMAND_UNDO])
		return o->args.topics.count > 0 || o->args.execute;
	return !o->command || !o->command->offline;
}

/* -F and -X are for the source only: properties of one cluster are not used for the other. */
static bool resolve_target(struct setup *s, struct error *err)
{
	const struct connect_options *o = &s->options.target;

	if (!o->bootstrap && !o->context && !o->file)
		return true;
	return connect_resolve(&s->target, o, &s->config, err) ||
		error_set(err, err->code, "the cluster of the new topic: %s", err->message);
}

bool setup_load(struct setup *s, struct error *err)
{
	if (!load_config(s, err))
		return false;
	if (s->options.settings.log && !log_to_file(s->options.settings.log, err))
		return false;
	warn_of_config(s);
	if (!records_setup_init(&s->records, &s->config, err))
		return false;
	fill_settings(s);
	if (!needs_cluster(&s->options))
		return true;
	if (!connect_resolve(&s->connect, &s->options.connect, &s->config, err) || !resolve_target(s, err))
		return false;
	warn_of_cluster(s, &s->connect);
	warn_of_cluster(s, &s->target);
	return true;
}

void setup_release(struct setup *s)
{
	connect_release(&s->connect);
	connect_release(&s->target);
	records_setup_release(&s->records);
	free(s->contexts);
	config_release(&s->config);
	options_release(&s->options);
	for (size_t i = 0; i < s->value_count; i++)
		free(s->values[i]);
	free(s->values);
	*s = (struct setup){ 0 };
}

/* The cluster that a command changes. */
static const struct connect *changed_cluster(const struct setup *s)
{
	return s->target.client ? &s->target : &s->connect;
}

struct command_input setup_command_input(const struct setup *s)
{
	const struct options *o = &s->options;

	return (struct command_input){
		.settings = &o->settings,
		.args = &o->args,
		.client = s->connect.client,
		.bootstrap = s->connect.bootstrap,
		.gate = connect_gate(&s->connect, &o->settings),
		.target = connect_gate(&s->target, &o->settings),
		.wait_limit_ms = options_given(o, "timeout") ? o->settings.timeout_ms : 0,
		.context = changed_cluster(s)->context,
		.is_protected = changed_cluster(s)->is_protected,
		.config_path = s->config.path,
	};
}

bool setup_may_change(const struct setup *s, struct error *err)
{
	const struct options *o = &s->options;
	const char *read_only = connect_gate(changed_cluster(s), &o->settings).read_only;

	if (!read_only || !o->command->mutates || (o->command->plans && !o->args.execute))
		return true;
	return error_set(err, ERR_USAGE, "weir %s is refused, because it changes the cluster and %s is read-only",
		o->command->name, read_only);
}
