/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Key stores and trust stores of Java. The first bytes of a file tell its type, as for
 * Java, which reads JKS and PKCS12 under either name. librdkafka takes PEM for both
 * kinds of stores and PKCS12 for keys. weir turns JKS into PEM, which it gives to
 * librdkafka only.
 */
#include "setup/java_store.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "setup/java_jks.h"

enum { STORE_MAX = 4 * 1024 * 1024, PEM_COLS = 64 };
enum store_kind { STORE_OTHER, STORE_PEM, STORE_JKS, STORE_JCEKS, STORE_PKCS12 };

static bool store_fail(const struct java_property *at, const char *why, struct error *err)
{
	return error_set(err, ERR_USAGE, "line %d: %s: %.160s: %s", at->line, at->name, at->value, why);
}

/* The file may have a private key: str_wipe() the text. */
static bool read_store(const struct java_property *at, struct str *out, struct error *err)
{
	struct error why;

	return file_read(at->value, STORE_MAX, out, &why) ||
		error_set(err, ERR_USAGE, "line %d: %s: %s", at->line, at->name, why.message);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcasecmp(text + len - end_len, end) == 0;
}

/* By its bytes; an empty file by its type and name. */
static enum store_kind kind_of(const struct java_property *type, const struct java_property *at,
	const struct str *bytes)
{
	if (type && strcasecmp(type->value, "PEM") == 0)
		return STORE_PEM;
	if (java_is_jks(bytes->p, bytes->len))
		return STORE_JKS;
	if (java_is_jceks(bytes->p, bytes->len))
		return STORE_JCEKS;
	if (bytes->len && bytes->p[0] == '\x30')
		return STORE_PKCS12;
	if (strstr(str_text(bytes), "-----BEGIN ") || ends_with(at->value, ".pem"))
		return STORE_PEM;
	return STORE_OTHER;
}

static bool add_jks_trust(struct java_properties *out, const struct java_property *at, const struct str *bytes,
	struct error *err)
{
	struct str pem = { 0 };
	struct error why;
	bool ok = java_jks_trust_read(&pem, bytes->p, bytes->len, &why) || store_fail(at, why.message, err);

	if (ok && !pem.len)
		ok = store_fail(at, "this JKS trust store contains no trusted certificate", err);
	if (ok)
		java_add(out, "ssl.ca.pem", str_text(&pem), at->line);
	str_release(&pem);
	return ok;
}

/* Java chooses a key of the store that suits the broker; librdkafka takes one key only. */
static void warn_of_other_keys(struct java_properties *out, const struct java_property *at,
	const struct java_jks_key *key)
{
	char *name = mem_printf("every private key of %s but the first (alias %s)", at->name, key->alias);

	java_add_skipped(out, name, "librdkafka takes one key; to use another, give it a key store of its own", true,
		at->line);
	free(name);
}

static const char *value_of(const struct java_property *p)
{
	return p ? p->value : NULL;
}

static bool add_jks_key(struct java_properties *out, const struct java_stores *stores, const struct str *bytes,
	struct error *err)
{
	const struct java_property *at = stores->key_location;
	struct java_jks_key key;
	struct error why;

	if (!java_jks_key_read(&key, bytes->p, bytes->len, value_of(stores->store_password),
		    value_of(stores->key_password), &why))
		return store_fail(at, why.message, err);
	java_add(out, "ssl.certificate.pem", key.certificates_pem, at->line);
	java_add(out, "ssl.key.pem", key.key_pem, at->line);
	if (key.key_count > 1)
		warn_of_other_keys(out, at, &key);
	java_jks_key_release(&key);
	return true;
}

static bool refuse_jceks(const struct java_property *at, struct error *err)
{
	return error_set(err, ERR_USAGE,
		"line %d: %s: %.120s is a JCEKS store, which only Java can read; convert it to JKS: "
		"keytool -importkeystore -srckeystore %.120s -srcstoretype JCEKS -destkeystore client.jks -deststoretype JKS, "
		"then %s=client.jks",
		at->line, at->name, at->value, at->value, at->name);
}

static bool refuse_kind(const struct java_property *at, const struct java_property *type, struct error *err)
{
	bool known = !type || strcasecmp(type->value, "JKS") == 0 || strcasecmp(type->value, "PKCS12") == 0;

	return error_set(err, ERR_USAGE, "line %d: %s: %.160s is not a PEM, PKCS12 or JKS file%s%.20s", at->line,
		at->name, at->value, known ? "" : "; weir cannot read type ", known ? "" : type->value);
}

static void pass_on(struct java_properties *out, const struct java_property *p)
{
	if (p)
		java_add(out, p->name, p->value, p->line);
}

/* librdkafka gets the passwords only where it opens a file with them. */
static bool add_key_store(struct java_properties *out, const struct java_stores *stores, struct error *err)
{
	const struct java_property *at = stores->key_location;
	struct str bytes = { 0 };
	bool ok;

	if (!at || !*at->value) {
		pass_on(out, stores->key_password);
		return true; /* the key is in the file itself, or there is none */
	}
	ok = read_store(at, &bytes, err);
	if (ok) {
		switch (kind_of(stores->key_type, at, &bytes)) {
		case STORE_PEM:
			pass_on(out, stores->key_password);
			java_add(out, "ssl.certificate.location", at->value, at->line);
			java_add(out, "ssl.key.location", at->value, at->line);
			break;
		case STORE_PKCS12:
			pass_on(out, stores->key_password);
			java_add(out, "ssl.keystore.location", at->value, at->line);
			pass_on(out, stores->store_password);
			break;
		case STORE_JKS:
			ok = add_jks_key(out, stores, &bytes, err);
			break;
		case STORE_JCEKS:
			ok = refuse_jceks(at, err);
			break;
		case STORE_OTHER:
			ok = refuse_kind(at, stores->key_type, err);
			break;
		}
	}
	str_wipe(&bytes);
	return ok;
}

static bool add_trust_store(struct java_properties *out, const struct java_stores *stores, struct error *err)
{
	const struct java_property *at = stores->trust_location;
	struct str bytes = { 0 };
	bool ok;

	if (!at || !*at->value)
		return true;
	ok = read_store(at, &bytes, err);
	if (ok) {
		switch (kind_of(stores->trust_type, at, &bytes)) {
		case STORE_PEM:
			java_add(out, "ssl.ca.location", at->value, at->line);
			break;
		case STORE_JKS:
			ok = add_jks_trust(out, at, &bytes, err);
			break;
		case STORE_JCEKS:
			ok = refuse_jceks(at, err);
			break;
		case STORE_PKCS12:
			ok = error_set(err, ERR_USAGE,
				"line %d: %s: librdkafka cannot read a PKCS12 trust store; convert it to PEM: "
				"openssl pkcs12 -in %.120s -nokeys -out ca.pem (with -legacy if openssl refuses an old one), "
				"then ssl.truststore.type=PEM and ssl.truststore.location=ca.pem",
				at->line, at->name, at->value);
			break;
		case STORE_OTHER:
			ok = refuse_kind(at, stores->trust_type, err);
			break;
		}
	}
	str_wipe(&bytes);
	return ok;
}

bool java_stores_add(struct java_properties *out, const struct java_stores *stores, struct error *err)
{
	return add_key_store(out, stores, err) && add_trust_store(out, stores, err);
}

static bool is_base64(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n\f", p[i]) ||
			!p[i])
			return false;
	return true;
}

/* Breaks the body of a block into lines; a body with headers (Proc-Type: ...) stays as it is. */
static void add_body(struct str *out, const char *p, size_t len)
{
	size_t cols = 0;

	if (!is_base64(p, len)) {
		str_add_len(out, p, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)p[i] <= ' ')
			continue;
		if (cols == PEM_COLS) {
			str_add_char(out, '\n');
			cols = 0;
		}
		str_add_char(out, p[i]);
		cols++;
	}
}

bool java_pem_lines(struct str *out, const char *text)
{
	const char *begin = strstr(text, "-----BEGIN ");
	bool any = false;

	while (begin) {
		const char *body = strstr(begin + 11, "-----");
		const char *end = body ? strstr(body + 5, "-----END ") : NULL;
		const char *after = end ? strstr(end + 9, "-----") : NULL;

		if (!after)
			return false;
		body += 5;
		after += 5;
		while ((unsigned char)*body <= ' ' && body < end)
			body++;
		str_add_len(out, begin, (size_t)(strstr(begin + 11, "-----") + 5 - begin));
		str_add_char(out, '\n');
		add_body(out, body, (size_t)(end - body));
		if (out->p[out->len - 1] != '\n')
			str_add_char(out, '\n');
		str_add_len(out, end, (size_t)(after - end));
		str_add_char(out, '\n');
		any = true;
		begin = strstr(after, "-----BEGIN ");
	}
	return any;
}
