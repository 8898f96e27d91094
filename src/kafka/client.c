/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/client.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/thread.h"
#include "kafka/client_rd.h"

enum { OLDEST_LIBRDKAFKA = 0x020c00ff }; /* 2.12.0 */

struct property {
	char *name, *value, *origin; /* origin: NULL when not known */
};

struct client_config {
	struct property *properties;
	size_t count, cap;
	rd_kafka_conf_t *check; /* the properties set so far, against which librdkafka checks the next */
};

/*
 * weir's own defaults; the user's settings win. reconnect.backoff.ms is short because it also sets librdkafka's
 * pause between two connection attempts, which delays the first answer; the pause still doubles up to 1 s. The
 * age limit of cached metadata is also that of cached coordinators: it is shorter than any refresh interval, so
 * that a group whose coordinator moved is found again.
 */
static const struct {
	const char *name, *value;
} own_settings[] = {
	{ "client.id", "weir" },
	{ "reconnect.backoff.ms", "10" },
	{ "reconnect.backoff.max.ms", "1000" },
	{ "enable.metrics.push", "false" },
	{ "allow.auto.create.topics", "false" },
	{ "socket.nagle.disable", "true" },
	{ "socket.timeout.ms", "5000" },
	{ "metadata.max.age.ms", "800" },
	{ "api.version.request.timeout.ms", "5000" },
	{ "log.queue", "true" },
};

struct client_config *client_config_new(void)
{
	struct client_config *c = mem_alloc(sizeof(*c));

	c->check = rd_kafka_conf_new();
	return c;
}

void client_config_free(struct client_config *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->count; i++) {
		free(c->properties[i].name);
		mem_wipe(c->properties[i].value);
		free(c->properties[i].origin);
	}
	free(c->properties);
	rd_kafka_conf_destroy(c->check);
	free(c);
}

static struct property *property_find(const struct client_config *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++) {
		if (strcmp(c->properties[i].name, name) == 0)
			return &c->properties[i];
	}
	return NULL;
}

static void property_keep(struct client_config *c, const char *name, const char *value)
{
	struct property *p = property_find(c, name);

	if (!p) {
		c->properties = mem_grow(c->properties, &c->cap, c->count + 1, sizeof(*c->properties));
		p = &c->properties[c->count++];
		*p = (struct property){ .name = mem_strdup(name) };
	}
	mem_wipe(p->value);
	free(p->origin);
	p->value = mem_strdup(value);
	p->origin = NULL;
}

bool client_config_set(struct client_config *c, const char *name, const char *value, struct error *err)
{
	char why[512];
	const char *near;

	switch (rd_kafka_conf_set(c->check, name, value, why, sizeof(why))) {
	case RD_KAFKA_CONF_OK:
		property_keep(c, name, value);
		return true;
	case RD_KAFKA_CONF_UNKNOWN:
		near = client_property_near(name);
		if (near)
			return error_set(err, ERR_USAGE, "unknown property %s; did you mean %s?", name, near);
		return error_set(err, ERR_USAGE, "unknown property %s", name);
	default:
		return error_set(err, ERR_USAGE, "%s: %s", name, why);
	}
}

void client_config_origin(struct client_config *c, const char *name, const char *origin)
{
	struct property *p = property_find(c, name);

	if (!p)
		return;
	free(p->origin);
	p->origin = mem_strdup(origin);
}

/* As a whole word: ssl.key.pem is not in "ssl.key.pem.x". */
static bool names_property(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = text; (p = strstr(p, name)); p += len) {
		unsigned char before = p > text ? (unsigned char)p[-1] : ' ';
		unsigned char after = (unsigned char)p[len];
		bool goes_on = isalnum(after) || after == '_' || (after == '.' && isalnum((unsigned char)p[len + 1]));

		if (!goes_on && !isalnum(before) && before != '.')
			return true;
	}
	return false;
}

bool client_config_blame(const struct client_config *c, const char *why, struct error *err)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct property *p = &c->properties[i];

		if (p->origin && names_property(why, p->name))
			return error_set(err, ERR_USAGE, "%s: %s", p->origin, why);
	}
	return error_set(err, ERR_USAGE, "%s", why);
}

const char *client_config_get(const struct client_config *c, const char *name)
{
	const struct property *p = property_find(c, name);

	return p ? p->value : NULL;
}

struct client_config *client_config_dup(const struct client_config *c)
{
	struct client_config *copy = client_config_new();

	for (size_t i = 0; i < c->count; i++) {
		const struct property *p = &c->properties[i];

		property_keep(copy, p->name, p->value);
		if (p->origin)
			client_config_origin(copy, p->name, p->origin);
	}
	return copy;
}

static rd_kafka_resp_err_t on_thread_start(rd_kafka_t *rk, rd_kafka_thread_type_t type, const char *name, void *opaque)
{
	(void)rk, (void)type, (void)name;
	log_about(opaque);
	thread_hear_faults();
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static rd_kafka_resp_err_t on_new(rd_kafka_t *rk, const rd_kafka_conf_t *conf, void *opaque, char *why, size_t why_size)
{
	(void)conf, (void)opaque, (void)why, (void)why_size;
	/* Its log lines are about the cluster that the handle is made for. */
	return rd_kafka_interceptor_add_on_thread_start(rk, "weir-threads", on_thread_start,
		(void *)(uintptr_t)log_subject());
}

rd_kafka_conf_t *client_config_make(const struct client_config *c, struct error *err)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[512];

	rd_kafka_conf_interceptor_add_on_new(conf, "weir-threads", on_new, NULL);
	for (size_t i = 0; i < sizeof(own_settings) / sizeof(*own_settings); i++) {
		/* An older librdkafka may lack some of these; weir works without them. */
		rd_kafka_conf_set(conf, own_settings[i].name, own_settings[i].value, why, sizeof(why));
	}
	for (size_t i = 0; i < c->count; i++) {
		const struct property *p = &c->properties[i];

		if (rd_kafka_conf_set(conf, p->name, p->value, why, sizeof(why)) != RD_KAFKA_CONF_OK) {
			error_set(err, ERR_USAGE, "%s: %s", p->name, why);
			rd_kafka_conf_destroy(conf);
			return NULL;
		}
	}
	return conf;
}

void client_config_bind(rd_kafka_conf_t *conf, const char *cluster_id)
{
	char why[256];

	rd_kafka_conf_set(conf, "cluster.id.pin", cluster_id ? cluster_id : "*", why, sizeof(why));
}

const char *client_version(void)
{
	return rd_kafka_version_str();
}

bool client_version_check(struct error *err)
{
	if (rd_kafka_version() >= OLDEST_LIBRDKAFKA)
		return true;
	return error_set(err, ERR_USAGE, "librdkafka %s is too old: weir needs 2.12 or newer", client_version());
}
