/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/java.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "setup/java_store.h"

static const char only_java[] = "only for Java clients";
static const char own_choice[] = "weir reads and writes nothing by it";
static const char own_pace[] =
	"weir refreshes metadata at its own short interval, to show changes soon; -X metadata.max.age.ms=MS sets it";
static const char not_registry[] = "weir does not use a schema registry yet";

/* The same property in Java and in librdkafka. */
static const struct {
	const char *java, *property;
} renamed[] = {
	{ "receive.buffer.bytes", "socket.receive.buffer.bytes" },
	{ "send.buffer.bytes", "socket.send.buffer.bytes" },
	{ "sasl.oauthbearer.client.credentials.client.id", "sasl.oauthbearer.client.id" },
	{ "sasl.oauthbearer.client.credentials.client.secret", "sasl.oauthbearer.client.secret" },
	{ "ssl.truststore.certificates", "ssl.ca.pem" },
	{ "ssl.keystore.certificate.chain", "ssl.certificate.pem" },
	{ "ssl.keystore.key", "ssl.key.pem" },
};

/* Properties that are left out; a name with a star at its end stands for all names that begin so. */
static const struct {
	const char *name, *why;
	bool loud;
} skipped[] = {
	{ "key.serializer", only_java },
	{ "value.serializer", only_java },
	{ "key.deserializer", only_java },
	{ "value.deserializer", only_java },
	{ "interceptor.classes", only_java },
	{ "metric.reporters", only_java },
	{ "metrics.*", only_java },
	{ "auto.include.jmx.reporter", only_java },
	{ "security.providers", only_java },
	{ "partitioner.*", only_java },
	{ "config.providers*", "no value of the file refers to it" },
	{ "default.api.timeout.ms", only_java },
	{ "request.timeout.ms", only_java },
	{ "socket.connection.setup.timeout.max.ms", only_java },
	{ "metadata.recovery.*", only_java },
	{ "metadata.max.idle.ms", only_java },
	{ "metadata.max.age.ms", own_pace, true },
	{ "bootstrap.controllers", only_java },
	{ "enable.metrics.push", only_java },
	{ "max.block.ms", only_java },
	{ "buffer.memory", only_java },
	{ "max.poll.records", only_java },
	{ "fetch.max.wait.ms", only_java },
	{ "exclude.internal.topics", only_java },
	{ "internal.*", only_java },
	{ "allow.auto.create.topics", own_choice },
	{ "delivery.timeout.ms", own_choice },
	{ "max.request.size", own_choice },
	{ "max.in.flight.requests.per.connection", own_choice },
	{ "retries", own_choice },
	{ "acks", own_choice },
	{ "linger.ms", own_choice },
	{ "batch.size", own_choice },
	{ "compression.*", own_choice },
	{ "enable.idempotence", own_choice },
	{ "transactional.id", own_choice },
	{ "transaction.timeout.ms", own_choice },
	{ "group.id", own_choice },
	{ "group.instance.id", own_choice },
	{ "group.protocol", own_choice },
	{ "group.remote.assignor", own_choice },
	{ "auto.offset.reset", own_choice },
	{ "auto.commit.interval.ms", own_choice },
	{ "enable.auto.commit", own_choice },
	{ "isolation.level", own_choice },
	{ "partition.assignment.strategy", own_choice },
	{ "session.timeout.ms", own_choice },
	{ "heartbeat.interval.ms", own_choice },
	{ "max.poll.interval.ms", own_choice },
	{ "fetch.min.bytes", own_choice },
	{ "fetch.max.bytes", own_choice },
	{ "max.partition.fetch.bytes", own_choice },
	{ "check.crcs", own_choice },
	{ "ssl.protocol", only_java },
	{ "ssl.provider", only_java },
	{ "ssl.enabled.protocols", "OpenSSL chooses the version of TLS", true },
	{ "ssl.keymanager.algorithm", only_java },
	{ "ssl.trustmanager.algorithm", only_java },
	{ "ssl.secure.random.implementation", only_java },
	{ "sasl.client.callback.handler.class", "weir cannot run a Java class", true },
	{ "sasl.login.class", "weir cannot run a Java class", true },
	{ "sasl.login.*", only_java },
	{ "sasl.kerberos.kinit.cmd", only_java },
	{ "sasl.kerberos.ticket.renew.*", only_java },
	{ "sasl.kerberos.min.time.before.relogin", only_java },
	{ "sasl.oauthbearer.jwks.*", only_java },
	{ "sasl.oauthbearer.clock.*", only_java },
	{ "sasl.oauthbearer.expected.*", only_java },
	{ "sasl.oauthbearer.header.*", only_java },
	{ "sasl.oauthbearer.scope.claim.name", only_java },
	{ "sasl.oauthbearer.jwt.*", only_java },
	{ "schema.registry.*", not_registry },
	{ "basic.auth.*", not_registry },
};

void java_properties_release(struct java_properties *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->items[i].name);
		mem_wipe(p->items[i].value); /* passwords and keys are among them */
		free(p->items[i].written);
	}
	free(p->items);
	*p = (struct java_properties){ 0 };
}

static bool skip_known(struct java_properties *out, const struct java_property *p)
{
	for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++) {
		size_t len = strlen(skipped[i].name);
		bool prefix = skipped[i].name[len - 1] == '*';

		if (prefix ? strncmp(p->name, skipped[i].name, len - 1) : strcmp(p->name, skipped[i].name))
			continue;
		java_add_skipped(out, p->name, skipped[i].why, skipped[i].loud, p->line);
		return true;
	}
	return false;
}

static bool keep_for_stores(struct java_stores *stores, const struct java_property *p)
{
	const struct {
		const char *name;
		const struct java_property **slot;
	} slots[] = {
		{ "ssl.keystore.location", &stores->key_location },
		{ "ssl.keystore.type", &stores->key_type },
		{ "ssl.keystore.password", &stores->store_password },
		{ "ssl.key.password", &stores->key_password },
		{ "ssl.truststore.location", &stores->trust_location },
		{ "ssl.truststore.type", &stores->trust_type },
	};

	for (size_t i = 0; i < sizeof(slots) / sizeof(*slots); i++) {
		if (strcmp(p->name, slots[i].name) == 0) {
			*slots[i].slot = p;
			return true;
		}
	}
	return false;
}

static void add_lower(struct java_properties *out, const struct java_property *from)
{
	java_add(out, from->name, from->value, from->line);
	for (char *c = out->items[out->count - 1].value; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	}
}

/* librdkafka takes OpenSSL's names of ciphers and does not know Java's. */
static bool is_java_ciphers(const char *value)
{
	return strncmp(value, "TLS_", 4) == 0 || strncmp(value, "SSL_", 4) == 0;
}

/* Properties with a rule of their own. *done: this was one. */
static bool translate_special(struct java_properties *out, const struct java_property *p, bool *done, struct error *err)
{
	*done = true;
	if (strcmp(p->name, "sasl.jaas.config") == 0)
		return java_jaas_read(out, p->value, p->line, err);
	if (strcmp(p->name, "ssl.truststore.password") == 0) {
		java_add_skipped(out, p->name, "certificates are read without a password", false, p->line);
	} else if (strcmp(p->name, "security.protocol") == 0) {
		add_lower(out, p);
	} else if (strcmp(p->name, "ssl.endpoint.identification.algorithm") == 0) {
		/* An empty value turns the check off in Java; "none" does so in librdkafka. */
		if (*p->value)
			add_lower(out, p);
		else
			java_add(out, p->name, "none", p->line);
	} else if (strcmp(p->name, "sasl.oauthbearer.token.endpoint.url") == 0) {
		java_add(out, "sasl.oauthbearer.method", "oidc", p->line);
		java_add(out, p->name, p->value, p->line);
	} else if (strcmp(p->name, "sasl.login.callback.handler.class") == 0) {
		/* librdkafka does what Kafka's own class does, by the URL of the endpoint. */
		const char *dot = strrchr(p->value, '.');
		bool own = strcmp(dot ? dot + 1 : p->value, "OAuthBearerLoginCallbackHandler") == 0;

		java_add_skipped(out, p->name, own ? only_java : "weir cannot run a Java class", !own, p->line);
	} else if (strcmp(p->name, "ssl.cipher.suites") == 0 && is_java_ciphers(p->value)) {
		java_add_skipped(out, p->name, "these are Java's names of ciphers; OpenSSL chooses", true, p->line);
	} else if (strcmp(p->name, "ssl.engine.factory.class") == 0) {
		return error_set(err, ERR_USAGE,
			"line %d: %s: weir cannot run a Java class; give certificates and keys in PEM, "
			"PKCS12 or JKS files",
			p->line, p->name);
	} else {
		*done = false;
	}
	return true;
}

/* PEM text may stand in one line. An error has the name that stands in the file. */
static bool add_renamed(struct java_properties *out, const struct java_property *p, const char *name, struct error *err)
{
	struct str lines = { 0 };
	size_t len = strlen(name);
	bool ok = true;

	if (len < 4 || strcmp(name + len - 4, ".pem") != 0 || !*p->value)
		java_add(out, name, p->value, p->line);
	else if (java_pem_lines(&lines, p->value))
		java_add(out, name, str_text(&lines), p->line);
	else
		ok = error_set(err, ERR_USAGE,
			"line %d: %s: not PEM: a -----BEGIN ...----- and its -----END ...----- were "
			"expected",
			p->line, p->name);
	str_wipe(&lines);
	return ok;
}

static bool translate(struct java_properties *out, const struct java_property *p, struct java_stores *stores,
	struct error *err)
{
	bool done;

	if (!translate_special(out, p, &done, err))
		return false;
	if (done || keep_for_stores(stores, p) || skip_known(out, p))
		return true;
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++) {
		if (strcmp(p->name, renamed[i].java) == 0 || strcmp(p->name, renamed[i].property) == 0)
			return add_renamed(out, p, renamed[i].property, err);
	}
	java_add(out, p->name, p->value, p->line);
	return true;
}

/* Config providers of Java replace "${file:...}". weir has none: sent unreplaced, it would be a wrong password. */
static bool check_providers(const struct java_properties *pairs, struct error *err)
{
	const struct java_property *providers = NULL;

	for (size_t i = 0; i < pairs->count; i++) {
		if (strcmp(pairs->items[i].name, "config.providers") == 0)
			providers = &pairs->items[i];
	}
	for (size_t i = 0; providers && i < pairs->count; i++) {
		const struct java_property *p = &pairs->items[i];

		if (!p->skipped && strstr(p->value, "${"))
			return error_set(err, ERR_USAGE,
				"line %d: %s: weir does not run config.providers (line %d); write the value "
				"itself, or use a context of weir's configuration with ${file:PATH} or ${env:NAME}",
				p->line, p->name, providers->line);
	}
	return true;
}

/* The last line with a name counts, as in java.util.Properties. */
static bool is_overridden(const struct java_properties *pairs, size_t at)
{
	for (size_t i = at + 1; i < pairs->count; i++) {
		if (!pairs->items[i].skipped && strcmp(pairs->items[i].name, pairs->items[at].name) == 0)
			return true;
	}
	return false;
}

static bool translate_all(struct java_properties *out, const struct java_properties *pairs, struct error *err)
{
	struct java_stores stores = { 0 };

	for (size_t i = 0; i < pairs->count; i++) {
		const struct java_property *p = &pairs->items[i];

		if (p->skipped)
			java_add_skipped(out, p->name, p->skipped, p->loud, p->line);
		else if (is_overridden(pairs, i))
			java_add_skipped(out, p->name, "a later line has the same name", false, p->line);
		else if (!translate(out, p, &stores, err))
			return false;
	}
	return java_stores_add(out, &stores, err);
}

/* A line may become several properties with other names: each keeps the name that stands in its line. */
static void keep_written(struct java_properties *out, const struct java_properties *pairs)
{
	for (size_t i = 0; i < out->count; i++) {
		struct java_property *p = &out->items[i];

		for (size_t k = 0; k < pairs->count; k++)
			if (pairs->items[k].line == p->line && strcmp(pairs->items[k].name, p->name) != 0)
				p->written = mem_strdup(pairs->items[k].name);
	}
}

bool java_properties_read(struct java_properties *out, const char *text, size_t len, struct error *err)
{
	struct java_properties pairs = { 0 };
	bool ok = java_text_read(&pairs, text, len, err) && check_providers(&pairs, err) &&
		translate_all(out, &pairs, err);

	if (ok)
		keep_written(out, &pairs);
	java_properties_release(&pairs);
	if (!ok)
		java_properties_release(out);
	return ok;
}

/* Names of Java alone that are in none of the tables. */
static const char *const own_names[] = { "sasl.jaas.config", "ssl.truststore.location", "ssl.truststore.type",
	"ssl.truststore.password", "ssl.keystore.type" };

static const char *nearest_property(const char *name)
{
	const char *near_property = client_property_near(name);
	struct near near = { .word = name };

	if (near_property)
		near_offer(&near, near_property);
	for (size_t i = 0; i < sizeof(own_names) / sizeof(*own_names); i++)
		near_offer(&near, own_names[i]);
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		near_offer(&near, renamed[i].java);
	for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++)
		near_offer(&near, skipped[i].name);
	return near.best;
}

/* Without such a property the connection would be less safe than the file asks for. */
static bool is_about_safety(const char *name)
{
	return strncmp(name, "ssl.", 4) == 0 || strncmp(name, "sasl.", 5) == 0 || strncmp(name, "security.", 9) == 0 ||
		strncmp(name, "https.", 6) == 0;
}

static void warn_of(const struct java_property *item, const char *why, java_warn_fn *warn, void *ctx)
{
	struct str line = { 0 };

	str_addf(&line, "line %d: %s is left out: %s", item->line, item->name, why);
	warn(ctx, str_text(&line));
	str_release(&line);
}

/* It is left out with a warning, as in Java. */
static bool take_unknown(const struct java_property *item, java_warn_fn *warn, void *ctx, struct error *err)
{
	const char *near = nearest_property(item->name);
	struct str why = { 0 };

	if (is_about_safety(item->name))
		return error_set(err, ERR_USAGE, "line %d: unknown property %s%s%s%s", item->line, item->name,
			near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	str_addf(&why, "unknown property%s%s%s", near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
	warn_of(item, str_text(&why), warn, ctx);
	str_release(&why);
	return true;
}

bool java_properties_apply(const struct java_properties *p, struct client_config *config, java_warn_fn *warn, void *ctx,
	struct error *err)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct java_property *item = &p->items[i];
		struct error why;

		if (item->skipped && item->loud)
			warn_of(item, item->skipped, warn, ctx);
		else if (item->skipped)
			log_write(LOG_INFO, "config", "line %d: %s is left out: %s", item->line, item->name,
				item->skipped);
		else if (!client_property_known(item->name)) {
			if (!take_unknown(item, warn, ctx, err))
				return false;
		} else if (!client_config_set(config, item->name, item->value, &why)) {
			return error_set(err, why.code, "line %d: %s", item->line, why.message);
		}
	}
	return true;
}
