/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Key stores and trust stores of Java. What a file is, its first bytes say, as
 * for Java itself, which reads JKS and PKCS12 under either name. librdkafka
 * takes PEM for both and PKCS12 for keys; the certificates of a JKS trust
 * store are not encrypted, so weir reads them itself.
 */
#include "kafka/java_store.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

enum { STORE_MAX = 4 * 1024 * 1024, PEM_COLS = 64, DIGEST_BYTES = 20 };
enum { JKS_KEY = 1, JKS_CERTIFICATE = 2 };
enum store_kind { STORE_OTHER, STORE_PEM, STORE_JKS, STORE_PKCS12 };

static const char jks_magic[] = "\xfe\xed\xfe\xed";

static bool fails(const struct java_property *at, const char *why, struct error *err)
{
	return error_set(err, ERR_USAGE, "line %d: %s: %.160s: %s", at->line, at->name, at->value, why);
}

static bool read_store(const struct java_property *at, struct str *out, struct error *err)
{
	FILE *in = fopen(at->value, "re");
	char *end;
	size_t n;
	bool ok;

	if (!in)
		return fails(at, strerror(errno), err);
	do {
		end = str_room(out, 65536);
		n = fread(end, 1, 65536, in);
		str_grown(out, n);
	} while (n && out->len <= STORE_MAX);
	ok = !ferror(in) || fails(at, strerror(errno), err);
	fclose(in);
	return ok && (out->len <= STORE_MAX || fails(at, "larger than 4 MiB", err));
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcasecmp(text + len - end_len, end) == 0;
}

/* By its bytes; an empty file by its type and name. */
static enum store_kind kind_of(const struct java_property *type, const struct java_property *at, const struct str *bytes)
{
	if (type && strcasecmp(type->value, "PEM") == 0)
		return STORE_PEM;
	if (bytes->len >= 4 && memcmp(bytes->p, jks_magic, 4) == 0)
		return STORE_JKS;
	if (bytes->len && bytes->p[0] == '\x30')
		return STORE_PKCS12;
	if (strstr(str_text(bytes), "-----BEGIN ") || ends_with(at->value, ".pem"))
		return STORE_PEM;
	return STORE_OTHER;
}

/* One look at a file; read() stays in it, whatever it holds. */
struct cursor {
	const unsigned char *p, *end;
	bool ok;
};

static const unsigned char *take(struct cursor *c, size_t len)
{
	const unsigned char *start = c->p;

	if (!c->ok || (size_t)(c->end - c->p) < len) {
		c->ok = false;
		return NULL;
	}
	c->p += len;
	return start;
}

static uint32_t take_number(struct cursor *c, size_t bytes)
{
	const unsigned char *p = take(c, bytes);
	uint32_t value = 0;

	for (size_t i = 0; p && i < bytes; i++)
		value = value << 8 | p[i];
	return value;
}

static void skip_text(struct cursor *c)
{
	take(c, take_number(c, 2));
}

static void add_pem(struct str *out, const unsigned char *der, size_t len)
{
	struct str text = { 0 };

	base64_add(&text, der, len);
	str_add(out, "-----BEGIN CERTIFICATE-----\n");
	for (size_t i = 0; i < text.len; i += PEM_COLS)
		str_addf(out, "%.*s\n", PEM_COLS, text.p + i);
	str_add(out, "-----END CERTIFICATE-----\n");
	str_release(&text);
}

static void take_certificate(struct cursor *c, uint32_t version, struct str *pem)
{
	const unsigned char *der;
	uint32_t len;

	if (version > 1)
		skip_text(c);   /* "X.509" */
	len = take_number(c, 4);
	der = take(c, len);
	if (der && pem)
		add_pem(pem, der, len);
}

/*
 * sun.security.provider.JavaKeyStore: magic, version, count, then entries with
 * alias and date; a digest that the password goes into ends the file. The
 * certificates of a private key are not those that Java trusts.
 */
bool java_store_jks(const char *bytes, size_t len, struct str *pem)
{
	struct cursor c = { .p = (const unsigned char *)bytes, .end = (const unsigned char *)bytes + len, .ok = true };
	uint32_t version, count, chain;

	if (take_number(&c, 4) != 0xfeedfeed)
		return false;
	version = take_number(&c, 4);
	count = take_number(&c, 4);
	for (uint32_t i = 0; c.ok && i < count; i++) {
		uint32_t tag = take_number(&c, 4);

		skip_text(&c);
		take(&c, 8);
		if (tag == JKS_KEY) {
			take(&c, take_number(&c, 4));
			chain = take_number(&c, 4);
			for (uint32_t k = 0; c.ok && k < chain; k++)
				take_certificate(&c, version, NULL);
		} else if (tag == JKS_CERTIFICATE) {
			take_certificate(&c, version, pem);
		} else {
			return false;
		}
	}
	return c.ok && c.end - c.p == DIGEST_BYTES;
}

static bool add_jks_trust(struct java_properties *out, const struct java_property *at, const struct str *bytes,
	struct error *err)
{
	struct str pem = { 0 };
	bool ok = java_store_jks(bytes->p, bytes->len, &pem) || fails(at, "this JKS file is damaged or truncated", err);

	if (ok && !pem.len)
		ok = fails(at, "this JKS trust store contains no trusted certificate", err);
	if (ok)
		java_add(out, "ssl.ca.pem", str_text(&pem), at->line);
	str_release(&pem);
	return ok;
}

static bool wrong_kind(const struct java_property *at, const struct java_property *type, struct error *err)
{
	return error_set(err, ERR_USAGE, "line %d: %s: %.160s is not a PEM, PKCS12 or JKS file%s%.20s", at->line, at->name,
		at->value, type ? "; weir cannot read type " : "", type ? type->value : "");
}

static bool add_key_store(struct java_properties *out, const struct java_stores *stores, struct error *err)
{
	const struct java_property *at = stores->key_location;
	struct str bytes = { 0 };
	bool ok;

	if (!at || !*at->value)
		return true;   /* the key is in the file itself, or there is none */
	ok = read_store(at, &bytes, err);
	if (ok) {
		switch (kind_of(stores->key_type, at, &bytes)) {
		case STORE_PEM:
			java_add(out, "ssl.certificate.location", at->value, at->line);
			java_add(out, "ssl.key.location", at->value, at->line);
			break;
		case STORE_PKCS12:
			java_add(out, "ssl.keystore.location", at->value, at->line);
			if (stores->key_password)
				java_add(out, "ssl.keystore.password", stores->key_password->value,
					stores->key_password->line);
			break;
		case STORE_JKS:
			ok = error_set(err, ERR_USAGE, "line %d: %s: only Java can read the private key of a JKS key store; "
				"convert it on any machine with Java: keytool -importkeystore -srckeystore %.120s "
				"-destkeystore client.p12 -deststoretype PKCS12, then ssl.keystore.location=client.p12",
				at->line, at->name, at->value);
			break;
		case STORE_OTHER:
			ok = wrong_kind(at, stores->key_type, err);
			break;
		}
	}
	if (bytes.len)
		explicit_bzero(bytes.p, bytes.len);
	str_release(&bytes);
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
		case STORE_PKCS12:
			ok = error_set(err, ERR_USAGE, "line %d: %s: librdkafka cannot read a PKCS12 trust store; convert it to PEM: "
				"openssl pkcs12 -in %.120s -nokeys -out ca.pem (with -legacy if openssl refuses an old one), "
				"then ssl.truststore.type=PEM and ssl.truststore.location=ca.pem", at->line, at->name, at->value);
			break;
		case STORE_OTHER:
			ok = wrong_kind(at, stores->trust_type, err);
			break;
		}
	}
	str_release(&bytes);
	return ok;
}

bool java_stores_add(struct java_properties *out, const struct java_stores *stores, struct error *err)
{
	return add_key_store(out, stores, err) && add_trust_store(out, stores, err);
}

static bool is_base64(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n\f", p[i]) || !p[i])
			return false;
	return true;
}

/* The body of a block in lines, whatever separated them; lines with headers (Proc-Type: ...) stay as they are. */
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
