/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A JKS file, numbers big endian:
 *     u32 magic, u32 version (1 or 2), u32 count of entries
 *     entries: u32 tag, text alias, u64 date, then
 *         tag 1: u32 length and EncryptedPrivateKeyInfo, u32 count of certificates, certificates
 *         tag 2: one certificate
 *     SHA-1(password, "Mighty Aphrodite", all of the above)
 * A certificate is a text ("X.509", from version 2 on), u32 length and DER; a
 * text is u16 length and bytes. Passwords are hashed as UTF-16.
 */
#include "setup/java_jks.h"

#include <string.h>

#include "base/mem.h"
#include "setup/java_jks_parts.h"

enum { MAGIC_BYTES = 4, HEAD_BYTES = 12 };
/* The least that an entry and a certificate take. */
enum { ENTRY_MIN_BYTES = 18, CERTIFICATE_MIN_BYTES = 4 };

bool java_is_jks(const char *bytes, size_t len)
{
	return len >= MAGIC_BYTES && memcmp(bytes, "\xfe\xed\xfe\xed", MAGIC_BYTES) == 0;
}

bool java_is_jceks(const char *bytes, size_t len)
{
	return len >= MAGIC_BYTES && memcmp(bytes, "\xce\xce\xce\xce", MAGIC_BYTES) == 0;
}

static bool take_bytes(struct jks_walk *w, size_t len, const char *what, struct jks_span *out)
{
	if (w->left.len < len)
		return error_set(w->err, ERR_USAGE,
			"%s of entry %u of %u should take %zu bytes, but %zu are left: the file is "
			"cut off or damaged",
			what, w->at, w->count, len, w->left.len);
	*out = (struct jks_span){ w->left.p, len };
	w->left.p += len;
	w->left.len -= len;
	return true;
}

static bool take_number(struct jks_walk *w, size_t bytes, const char *what, uint32_t *out)
{
	struct jks_span at = { 0 };

	if (!take_bytes(w, bytes, what, &at))
		return false;
	*out = 0;
	for (size_t i = 0; i < bytes; i++)
		*out = *out << 8 | at.p[i];
	return true;
}

/* A length in so many bytes, and what it counts. */
static bool take_part(struct jks_walk *w, size_t length_bytes, const char *what, struct jks_span *out)
{
	uint32_t len;

	return take_number(w, length_bytes, what, &len) && take_bytes(w, len, what, out);
}

bool jks_take_certificate(struct jks_walk *w, struct jks_span *der)
{
	struct jks_span type;

	return (w->version == 1 || take_part(w, 2, "the type of a certificate", &type)) &&
		take_part(w, 4, "a certificate", der);
}

static bool take_key(struct jks_walk *w, struct jks_entry *e)
{
	struct jks_span der;

	if (!take_part(w, 4, "the private key", &e->key) ||
		!take_number(w, 4, "the count of certificates", &e->certificate_count))
		return false;
	if (e->certificate_count > w->left.len / CERTIFICATE_MIN_BYTES)
		return error_set(w->err, ERR_USAGE,
			"entry %u of %u counts %u certificates, more than the %zu bytes that are left "
			"can hold: the file is damaged",
			w->at, w->count, e->certificate_count, w->left.len);
	e->certificates = w->left;
	for (uint32_t i = 0; i < e->certificate_count; i++) {
		if (!jks_take_certificate(w, &der))
			return false;
	}
	e->certificates.len -= w->left.len;
	return true;
}

bool jks_take_entry(struct jks_walk *w, struct jks_entry *e)
{
	struct jks_span date;

	*e = (struct jks_entry){ 0 };
	w->at++;
	if (!take_number(w, 4, "the tag", &e->tag) || !take_part(w, 2, "the alias", &e->alias) ||
		!take_bytes(w, 8, "the date", &date))
		return false;
	switch (e->tag) {
	case JKS_KEY:
		return take_key(w, e);
	case JKS_TRUSTED:
		return jks_take_certificate(w, &e->certificates);
	case JKS_SECRET:
		return error_set(w->err, ERR_USAGE,
			"entry %u of %u is a secret key, which only JCEKS stores hold; put what the client "
			"needs into a JKS store: keytool -importkeystore -srckeystore FILE -srcstoretype JCEKS -srcalias ALIAS "
			"-destkeystore client.jks -deststoretype JKS",
			w->at, w->count);
	default:
		return error_set(w->err, ERR_USAGE, "entry %u of %u has the unknown tag %u: the file is damaged", w->at,
			w->count, e->tag);
	}
}

bool jks_start(struct jks_walk *w, const char *bytes, size_t len, struct error *err)
{
	*w = (struct jks_walk){ .left = { (const unsigned char *)bytes, len }, .err = err };
	if (!java_is_jks(bytes, len))
		return error_set(err, ERR_USAGE, "this is not a JKS file");
	if (len < HEAD_BYTES + JKS_DIGEST_BYTES)
		return error_set(err, ERR_USAGE, "this JKS file is cut off: it has only %zu bytes", len);
	w->left.len -= JKS_DIGEST_BYTES;
	w->left.p += MAGIC_BYTES;
	w->left.len -= MAGIC_BYTES;
	take_number(w, 4, "the version", &w->version);
	take_number(w, 4, "the count", &w->count);
	if (w->version != 1 && w->version != 2)
		return error_set(err, ERR_USAGE, "version %u of JKS is unknown: Java writes 1 and 2", w->version);
	if (w->count > w->left.len / ENTRY_MIN_BYTES)
		return error_set(err, ERR_USAGE,
			"the count of entries is %u, more than the file's %zu bytes can hold: it is cut "
			"off or damaged",
			w->count, len);
	return true;
}

bool jks_finish(const struct jks_walk *w)
{
	return w->left.len == 0 ||
		error_set(w->err, ERR_USAGE,
			"the count of entries is %u, but %zu bytes follow the last of "
			"them: the file is damaged",
			w->count, w->left.len);
}

BIO *jks_pem_new(void)
{
	BIO *pem = BIO_new(BIO_s_mem());

	if (!pem)
		mem_abort("out of memory");
	return pem;
}

void jks_add_pem(BIO *out, const struct jks_span *der)
{
	PEM_write_bio(out, PEM_STRING_X509, "", der->p, (long)der->len);
}

bool java_jks_trust_read(struct str *pem, const char *bytes, size_t len, struct error *err)
{
	struct jks_walk w;
	struct jks_entry e;
	BIO *out;
	char *text;
	bool ok = jks_start(&w, bytes, len, err);

	if (!ok)
		return false;
	out = jks_pem_new();
	while (ok && w.at < w.count) {
		ok = jks_take_entry(&w, &e);
		if (ok && e.tag == JKS_TRUSTED)
			jks_add_pem(out, &e.certificates);
	}
	ok = ok && jks_finish(&w);
	if (ok) {
		long text_len = BIO_get_mem_data(out, &text);

		str_add_len(pem, text, (size_t)text_len);
	}
	BIO_free(out);
	return ok;
}
