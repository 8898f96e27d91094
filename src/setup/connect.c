/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/connect.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/ini.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "setup/connect_check.h"
#include "setup/java.h"

/* Keys of a context that are no properties of librdkafka. */
static const struct own_key {
	const char *name;
	enum { KEY_SWITCH, KEY_TEXT, KEY_NOTED } kind; /* bool by yes or no; char *, owned; bool: that it is there */
	size_t place;                                  /* offset in struct connect */
} own_keys[] = {
	{ "read-only", KEY_SWITCH, offsetof(struct connect, read_only) },
	{ "protected", KEY_SWITCH, offsetof(struct connect, is_protected) },
	{ "color", KEY_TEXT, offsetof(struct connect, color) },
	{ "cluster-id", KEY_TEXT, offsetof(struct connect, cluster_id) },
	{ "schema.registry.url", KEY_NOTED, offsetof(struct connect, has_registry) },
};

enum { OWN_KEY_COUNT = sizeof(own_keys) / sizeof(own_keys[0]) };

static const struct own_key *find_own_key(const char *name)
{
	for (size_t i = 0; i < OWN_KEY_COUNT; i++)
		if (strcmp(own_keys[i].name, name) == 0)
			return &own_keys[i];
	return NULL;
}

bool connect_knows_key(const char *name, const char **near)
{
	struct near nearest = { .word = name };

	if (find_own_key(name) || client_property_known(name))
		return true;
	for (size_t i = 0; i < OWN_KEY_COUNT; i++)
		near_offer(&nearest, own_keys[i].name);
	if (client_property_near(name))
		near_offer(&nearest, client_property_near(name));
	*near = nearest.best;
	return false;
}

void connect_release(struct connect *c)
{
	client_config_free(c->client);
	free(c->bootstrap);
	free(c->color);
	free(c->cluster_id);
	for (size_t i = 0; i < c->warning_count; i++)
		free(c->warnings[i]);
	free(c->warnings);
	*c = (struct connect){ 0 };
}

static bool apply_own_key(struct connect *c, const struct own_key *key, const char *value, struct error *err)
{
	void *place = (char *)c + key->place;

	switch (key->kind) {
	case KEY_SWITCH:
		return ini_parse_yes(value, place) || error_set(err, ERR_USAGE, "%s: give yes or no", key->name);
	case KEY_TEXT:
		free(*(char **)place);
		*(char **)place = mem_strdup(value);
		break;
	case KEY_NOTED:
		*(bool *)place = true;
		break;
	}
	return true;
}

/* librdkafka reads keys and certificates later: its errors then name this place. */
static void set_origin(struct connect *c, const char *path, int line, const char *name, const char *written)
{
	char *origin = mem_printf("%s:%d: %s", path, line, written);

	client_config_origin(c->client, name, origin);
	free(origin);
}

static bool apply_context(struct connect *c, const struct config_file *file, const struct config_section *context,
	struct error *err)
{
	c->context = context->name;
	for (size_t i = 0; i < context->count; i++) {
		const struct config_item *item = &context->items[i];
		const struct own_key *own = find_own_key(item->name);
		char *value = config_expand(item->value, file->path, err);
		bool ok = value != NULL;

		if (ok && own)
			ok = apply_own_key(c, own, value, err);
		else if (ok)
			ok = client_config_set(c->client, item->name, value, err);
		if (ok)
			set_origin(c, file->path, item->line, item->name, item->name);
		mem_wipe(value);
		if (!ok)
			return config_fail_at(file, item, err);
	}
	return true;
}

/* Names the nearest context, and all that there are. */
static void unknown_context(const struct config_file *file, const char *name, struct error *err)
{
	const char *near = config_context_near(file, name);
	struct str names = { 0 };

	for (size_t i = 0; i < file->context_count; i++)
		str_addf(&names, "%s%s", i ? ", " : "", file->contexts[i].name);
	error_set(err, ERR_USAGE, "no context %s in %s%s%s%s%s", name, file->path, near ? "; did you mean " : "",
		near ? near : "",
		near              ? "? There are: " :
			names.len ? ": there are " :
				    ", which has no contexts",
		str_text(&names));
	str_release(&names);
}

static const struct config_section *choose_context(const struct connect_options *o, const struct config_file *file,
	struct error *err)
{
	bool elsewhere = o->bootstrap || o->file;

	error_clear(err);
	if (elsewhere && !o->context_given)
		return NULL;
	if (!o->context)
		return file->context_count == 1 ? &file->contexts[0] : NULL;

	const struct config_section *context = config_context(file, o->context);

	if (!context)
		unknown_context(file, o->context, err);
	return context;
}

static bool apply_property(struct connect *c, const char *pair, struct error *err)
{
	const char *equals = strchr(pair, '=');
	char *name = mem_strndup(pair, (size_t)(equals - pair));
	bool ok = client_config_set(c->client, name, equals + 1, err);

	free(name);
	return ok || error_set(err, ERR_USAGE, "-X %s", err->message);
}

struct warned {
	struct connect *connect;
	const char *path;
};

static void add_warning(void *ctx, const char *line)
{
	const struct warned *w = ctx;
	struct connect *c = w->connect;
	char *text = mem_printf("%s: %s", w->path, line);

	log_write(LOG_WARN, "config", "%s", text);
	c->warnings = mem_realloc(c->warnings, (c->warning_count + 1) * sizeof(*c->warnings));
	c->warnings[c->warning_count++] = text;
}

/* A file of librdkafka's own properties is read as one of Java's: it has the same form, and other names. */
static bool apply_file(struct connect *c, const char *path, struct error *err)
{
	struct java_properties properties = { 0 };
	struct warned warned = { c, path };
	struct str text = { 0 };

	if (!file_read(path, CONFIG_FILE_MAX, &text, err)) {
		str_wipe(&text);
		return false;
	}
	bool ok = java_properties_read(&properties, str_text(&text), text.len, err) &&
		java_properties_apply(&properties, c->client, add_warning, &warned, err);

	for (size_t i = 0; i < properties.count; i++) {
		const struct java_property *p = &properties.items[i];

		if (strcmp(p->name, "schema.registry.url") == 0)
			c->has_registry = true;
		if (ok && !p->skipped)
			set_origin(c, path, p->line, p->name, p->written ? p->written : p->name);
	}
	java_properties_release(&properties);
	str_wipe(&text);
	return ok || error_set(err, ERR_USAGE, "%s: %s", path, err->message);
}

/* Says how to give an address. */
static bool no_cluster(const struct connect *c, const struct config_file *file, struct error *err)
{
	if (!c->context && file->context_count > 1)
		return error_set(err, ERR_USAGE,
			"which cluster? Give -c CONTEXT (weir contexts lists them) or "
			"-b HOST:PORT, or write context = NAME under [weir] in %s",
			file->path);
	return error_set(err, ERR_USAGE,
		"no cluster given: use -b HOST:PORT, or write [context NAME] and "
		"bootstrap.servers = HOST:PORT into %s",
		file->path);
}

static bool check_bootstrap(struct connect *c, const struct config_file *file, struct error *err)
{
	const char *bootstrap = client_config_get(c->client, "bootstrap.servers");

	if (!bootstrap)
		bootstrap = client_config_get(c->client, "metadata.broker.list");
	if (!bootstrap || !*bootstrap)
		return no_cluster(c, file, err);
	c->bootstrap = connect_addresses(bootstrap, client_config_get(c->client, "security.protocol"), err);
	return c->bootstrap && client_config_set(c->client, "bootstrap.servers", c->bootstrap, err);
}

static bool apply_all(struct connect *c, const struct connect_options *o, const struct config_file *file,
	struct error *err)
{
	const struct config_section *context = choose_context(o, file, err);

	if (err->code != ERR_NONE)
		return false;
	if (context && !apply_context(c, file, context, err))
		return false;
	if (o->file && !apply_file(c, o->file, err))
		return false;
	if (o->bootstrap && !client_config_set(c->client, "bootstrap.servers", o->bootstrap, err))
		return error_set(err, ERR_USAGE, "-b %s", err->message);
	for (size_t i = 0; i < o->properties.count; i++)
		if (!apply_property(c, o->properties.items[i], err))
			return false;
	return true;
}

bool connect_resolve(struct connect *c, const struct connect_options *o, const struct config_file *file,
	struct error *err)
{
	*c = (struct connect){ .client = client_config_new() };
	if (apply_all(c, o, file, err) && check_bootstrap(c, file, err) && connect_check_login(c->client, err))
		return true;
	connect_release(c);
	return false;
}

struct cluster_gate connect_gate(const struct connect *c, const struct settings *settings)
{
	return (struct cluster_gate){ .client = c->client,
		.timeout_ms = settings->timeout_ms,
		.read_only = settings->read_only ? "this run" :
			c->read_only             ? c->context :
						   NULL,
		.pin = { .context = c->context, .bootstrap = c->bootstrap, .pinned = c->cluster_id } };
}

bool connect_meets_pin(const struct connect *c, const struct settings *settings, struct error *err)
{
	const struct cluster_gate gate = connect_gate(c, settings);
	struct admin *admin;

	if (!c->cluster_id)
		return true;
	admin = cluster_gate_admin(&gate, NULL, NULL, err);
	/* The user asked the wrong cluster; nothing is wrong with that one. */
	if (!admin && err->code == ERR_OTHER_CLUSTER)
		err->code = ERR_USAGE;
	admin_close(admin);
	return admin != NULL;
}
