/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/java.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"
#include "kafka/near.h"

static const char only_java[] = "only for Java clients";
static const char own_choice[] = "weir reads and writes nothing by it";

/* Java's name, and librdkafka's for the same thing. */
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

/* Left out; a name that ends in a dot or a star stands for all that begin with it. */
static const struct {
	const char *name, *why;
} skipped[] = {
	{ "key.serializer", only_java }, { "value.serializer", only_java },
	{ "key.deserializer", only_java }, { "value.deserializer", only_java },
	{ "interceptor.classes", only_java }, { "metric.reporters", only_java },
	{ "metrics.*", only_java }, { "auto.include.jmx.reporter", only_java },
	{ "security.providers", only_java }, { "partitioner.*", only_java },
	{ "config.providers*", only_java }, { "default.api.timeout.ms", only_java },
	{ "request.timeout.ms", only_java }, { "socket.connection.setup.timeout.max.ms", only_java },
	{ "metadata.recovery.*", only_java }, { "metadata.max.idle.ms", only_java },
	{ "bootstrap.controllers", only_java }, { "enable.metrics.push", only_java },
	{ "max.block.ms", only_java }, { "buffer.memory", only_java },
	{ "max.poll.records", only_java }, { "fetch.max.wait.ms", only_java },
	{ "exclude.internal.topics", only_java }, { "internal.*", only_java },
	{ "allow.auto.create.topics", own_choice }, { "delivery.timeout.ms", own_choice },
	{ "max.request.size", own_choice }, { "max.in.flight.requests.per.connection", own_choice },
	{ "retries", own_choice }, { "acks", own_choice }, { "linger.ms", own_choice },
	{ "batch.size", own_choice }, { "compression.*", own_choice },
	{ "enable.idempotence", own_choice }, { "transactional.id", own_choice },
	{ "transaction.timeout.ms", own_choice },
	{ "group.id", own_choice }, { "group.instance.id", own_choice }, { "group.protocol", own_choice },
	{ "group.remote.assignor", own_choice }, { "auto.offset.reset", own_choice },
	{ "auto.commit.interval.ms", own_choice }, { "enable.auto.commit", own_choice },
	{ "isolation.level", own_choice }, { "partition.assignment.strategy", own_choice },
	{ "session.timeout.ms", own_choice }, { "heartbeat.interval.ms", own_choice },
	{ "max.poll.interval.ms", own_choice }, { "fetch.min.bytes", own_choice },
	{ "fetch.max.bytes", own_choice }, { "max.partition.fetch.bytes", own_choice },
	{ "check.crcs", own_choice },
	{ "ssl.protocol", only_java }, { "ssl.enabled.protocols", only_java }, { "ssl.provider", only_java },
	{ "ssl.cipher.suites", "Java's names of ciphers are not OpenSSL's" },
	{ "ssl.keymanager.algorithm", only_java }, { "ssl.trustmanager.algorithm", only_java },
	{ "ssl.secure.random.implementation", only_java }, { "ssl.engine.factory.class", only_java },
	{ "sasl.client.callback.handler.class", only_java }, { "sasl.login.*", only_java },
	{ "sasl.kerberos.kinit.cmd", only_java }, { "sasl.kerberos.ticket.renew.*", only_java },
	{ "sasl.kerberos.min.time.before.relogin", only_java },
	{ "sasl.oauthbearer.jwks.*", only_java }, { "sasl.oauthbearer.clock.*", only_java },
	{ "sasl.oauthbearer.expected.*", only_java }, { "sasl.oauthbearer.header.*", only_java },
	{ "sasl.oauthbearer.scope.claim.name", only_java }, { "sasl.oauthbearer.jwt.*", only_java },
	{ "schema.registry.*", "it belongs into a context" }, { "basic.auth.*", "it belongs into a context" },
};

/* What several keys decide together. */
struct stores {
	const struct java_property *key_location, *key_type, *key_password;
	const struct java_property *trust_location, *trust_type;
};

void java_properties_release(struct java_properties *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->items[i].name);
		free(p->items[i].value);
	}
	free(p->items);
	*p = (struct java_properties){ 0 };
}

static const char *skip_reason(const char *name)
{
	for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++) {
		size_t len = strlen(skipped[i].name);
		bool prefix = skipped[i].name[len - 1] == '*';

		if (prefix ? strncmp(name, skipped[i].name, len - 1) == 0 : strcmp(name, skipped[i].name) == 0)
			return skipped[i].why;
	}
	return NULL;
}

static void add_skipped(struct java_properties *out, const struct java_property *from, const char *why)
{
	java_add(out, from->name, "", from->line);
	out->items[out->count - 1].skipped = why;
}

static bool keep_for_stores(struct stores *stores, const struct java_property *p)
{
	const struct {
		const char *name;
		const struct java_property **slot;
	} slots[] = {
		{ "ssl.keystore.location", &stores->key_location },
		{ "ssl.keystore.type", &stores->key_type },
		{ "ssl.keystore.password", &stores->key_password },
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

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcasecmp(text + len - end_len, end) == 0;
}

/* As declared, else by the file's name, else Kafka's default. */
static const char *store_type(const struct java_property *type, const struct java_property *location)
{
	if (type && *type->value)
		return type->value;
	if (location && (ends_with(location->value, ".p12") || ends_with(location->value, ".pfx")))
		return "PKCS12";
	if (location && ends_with(location->value, ".pem"))
		return "PEM";
	return "JKS";
}

static bool add_key_store(struct java_properties *out, const struct stores *stores, struct error *err)
{
	const struct java_property *at = stores->key_location;
	const char *type = store_type(stores->key_type, at);

	if (!at || !*at->value)
		return true;   /* the key is in the file itself, or there is none */
	if (strcasecmp(type, "PEM") == 0) {
		java_add(out, "ssl.certificate.location", at->value, at->line);
		java_add(out, "ssl.key.location", at->value, at->line);
		return true;
	}
	if (strcasecmp(type, "PKCS12") == 0) {
		java_add(out, "ssl.keystore.location", at->value, at->line);
		if (stores->key_password)
			java_add(out, "ssl.keystore.password", stores->key_password->value, stores->key_password->line);
		return true;
	}
	return error_set(err, ERR_USAGE, "line %d: weir reads no %.20s key store; convert it: keytool -importkeystore "
		"-srckeystore %.120s -destkeystore %.120s.p12 -deststoretype PKCS12, then ssl.keystore.type=PKCS12 with the new file",
		at->line, type, at->value, at->value);
}

static bool add_trust_store(struct java_properties *out, const struct stores *stores, struct error *err)
{
	const struct java_property *at = stores->trust_location;
	const char *type = store_type(stores->trust_type, at);

	if (!at || !*at->value)
		return true;
	if (strcasecmp(type, "PEM") == 0) {
		java_add(out, "ssl.ca.location", at->value, at->line);
		return true;
	}
	return error_set(err, ERR_USAGE, "line %d: weir reads no %.20s trust store; convert it: keytool -list -rfc "
		"-keystore %.120s > %.120s.pem, then ssl.truststore.type=PEM with the new file", at->line, type, at->value,
		at->value);
}

static void add_lower(struct java_properties *out, const struct java_property *from)
{
	java_add(out, from->name, from->value, from->line);
	for (char *c = out->items[out->count - 1].value; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	}
}

static bool translate(struct java_properties *out, const struct java_property *p, struct stores *stores, struct error *err)
{
	const char *why;

	if (strcmp(p->name, "sasl.jaas.config") == 0)
		return java_jaas_read(out, p->value, p->line, err);
	if (keep_for_stores(stores, p))
		return true;
	if (strcmp(p->name, "ssl.truststore.password") == 0) {
		add_skipped(out, p, "a PEM file of certificates has no password");
		return true;
	}
	if (strcmp(p->name, "security.protocol") == 0) {
		add_lower(out, p);
		return true;
	}
	if (strcmp(p->name, "ssl.endpoint.identification.algorithm") == 0) {
		/* Empty turns the check off in Java; librdkafka says none. */
		if (*p->value)
			add_lower(out, p);
		else
			java_add(out, p->name, "none", p->line);
		return true;
	}
	if (strcmp(p->name, "sasl.oauthbearer.token.endpoint.url") == 0) {
		java_add(out, "sasl.oauthbearer.method", "oidc", p->line);
		java_add(out, p->name, p->value, p->line);
		return true;
	}
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++) {
		if (strcmp(p->name, renamed[i].java) == 0) {
			java_add(out, renamed[i].property, p->value, p->line);
			return true;
		}
	}
	why = skip_reason(p->name);
	if (why)
		add_skipped(out, p, why);
	else
		java_add(out, p->name, p->value, p->line);
	return true;
}

bool java_properties_read(struct java_properties *out, const char *text, size_t len, struct error *err)
{
	struct java_properties pairs = { 0 };
	struct stores stores = { 0 };
	bool ok = java_text_read(&pairs, text, len, err);

	for (size_t i = 0; ok && i < pairs.count; i++)
		ok = translate(out, &pairs.items[i], &stores, err);
	ok = ok && add_key_store(out, &stores, err) && add_trust_store(out, &stores, err);
	java_properties_release(&pairs);
	if (!ok)
		java_properties_release(out);
	return ok;
}

/* Names that only Java files hold, besides those of the tables. */
static const char *const own_names[] = {
	"sasl.jaas.config", "ssl.truststore.location", "ssl.truststore.type", "ssl.truststore.password",
	"ssl.keystore.type",
};

static const char *nearest(const char *name)
{
	const char *near_property = client_property_near(name);
	struct near n;

	near_init(&n, name);
	if (near_property)
		near_try(&n, near_property);
	for (size_t i = 0; i < sizeof(own_names) / sizeof(*own_names); i++)
		near_try(&n, own_names[i]);
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		near_try(&n, renamed[i].java);
	for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++)
		near_try(&n, skipped[i].name);
	return n.best;
}

bool java_properties_apply(const struct java_properties *p, struct client_config *config, struct error *err)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct java_property *item = &p->items[i];
		struct error why;

		if (item->skipped) {
			log_write(LOG_INFO, "config", "line %d: %s is left out: %s", item->line, item->name, item->skipped);
			continue;
		}
		if (client_config_set(config, item->name, item->value, &why))
			continue;
		if (!client_property_known(item->name) && nearest(item->name))
			return error_set(err, ERR_USAGE, "line %d: unknown property %s; did you mean %s?", item->line,
				item->name, nearest(item->name));
		return error_set(err, why.code, "line %d: %s", item->line, why.message);
	}
	return true;
}
