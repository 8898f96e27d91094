/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The private key of a JKS file. sun.security.provider.KeyProtector encrypts it
 * with a stream of SHA-1 digests, under an object identifier of its own.
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/mem.h"
#include "base/text.h"
#include "setup/java_jks.h"
#include "setup/java_jks_parts.h"

enum { SALT_BYTES = 20, ALIAS_SHOWN_BYTES = 60 };

static const char protector_oid[] = "1.3.6.1.4.1.42.2.17.1.1";
static const char whitener[] = "Mighty Aphrodite";

/* A password as Java hashes it: UTF-16, big endian. */
struct secret {
	unsigned char *p;
	size_t len, size;
};

static void put_unit(struct secret *s, unsigned unit)
{
	s->p[s->len++] = (unsigned char)(unit >> 8);
	s->p[s->len++] = (unsigned char)unit;
}

/* No character takes more than twice its bytes in UTF-8. A byte that is no UTF-8 is Latin-1, as in Java's files. */
static void secret_init(struct secret *s, const char *password)
{
	size_t len = strlen(password), used;
	unsigned code;

	*s = (struct secret){ .p = mem_alloc(2 * len), .size = 2 * len };
	for (size_t i = 0; i < len; i += used) {
		used = text_decode(password + i, len - i, &code);
		if (!used) {
			code = (unsigned char)password[i];
			used = 1;
		}
		if (code >= 0x10000) {
			put_unit(s, 0xd800 + ((code - 0x10000) >> 10));
			put_unit(s, 0xdc00 + ((code - 0x10000) & 0x3ff));
		} else {
			put_unit(s, code);
		}
	}
}

static void secret_release(struct secret *s)
{
	OPENSSL_cleanse(s->p, s->size);
	free(s->p);
}

/* SHA-1 of the password and two more parts; `digest` may be one of them. */
static bool jks_hash(const struct secret *password, struct jks_span a, struct jks_span b, unsigned char *digest,
	struct error *err)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	bool ok = md && EVP_DigestInit_ex(md, EVP_sha1(), NULL) && EVP_DigestUpdate(md, password->p, password->len) &&
		EVP_DigestUpdate(md, a.p, a.len) && EVP_DigestUpdate(md, b.p, b.len) &&
		EVP_DigestFinal_ex(md, digest, NULL);

	EVP_MD_CTX_free(md);
	return ok || error_set(err, ERR_USAGE, "a JKS file needs SHA-1, which OpenSSL refuses here");
}

/* Compares the digest at the end of the file: it tells whether the password is right and the file undamaged. */
static bool check_store(const char *bytes, size_t len, const char *password, struct error *err)
{
	struct jks_span contents = { (const unsigned char *)bytes, len - JKS_DIGEST_BYTES };
	struct jks_span name = { (const unsigned char *)whitener, sizeof(whitener) - 1 };
	unsigned char digest[JKS_DIGEST_BYTES];
	struct secret s;
	bool ok;

	secret_init(&s, password);
	ok = jks_hash(&s, name, contents, digest, err);
	secret_release(&s);
	if (!ok)
		return false;
	return CRYPTO_memcmp(digest, bytes + contents.len, JKS_DIGEST_BYTES) == 0 ||
		error_set(err, ERR_USAGE,
			"ssl.keystore.password is not the password of this store, or the file is damaged");
}

/*
 * salt, key XOR a stream, SHA-1(password, key). The stream is SHA-1(password, salt), SHA-1(password, that), and so on.
 * *wrong: the password is another.
 */
static bool unprotect(const struct secret *password, struct jks_span in, unsigned char *key, bool *wrong,
	struct error *err)
{
	const struct jks_span none = { NULL, 0 };
	size_t len = in.len - SALT_BYTES - JKS_DIGEST_BYTES;
	unsigned char digest[JKS_DIGEST_BYTES];
	bool ok = true;

	memcpy(digest, in.p, SALT_BYTES);
	for (size_t i = 0; ok && i < len; i++) {
		if (i % JKS_DIGEST_BYTES == 0)
			ok = jks_hash(password, (struct jks_span){ digest, JKS_DIGEST_BYTES }, none, digest, err);
		key[i] = in.p[SALT_BYTES + i] ^ digest[i % JKS_DIGEST_BYTES];
	}
	ok = ok && jks_hash(password, (struct jks_span){ key, len }, none, digest, err);
	*wrong = ok && CRYPTO_memcmp(digest, in.p + SALT_BYTES + len, JKS_DIGEST_BYTES) != 0;
	OPENSSL_cleanse(digest, sizeof(digest));
	return ok && !*wrong;
}

/* Finds the encrypted key in an EncryptedPrivateKeyInfo, which must name the encryption of JKS. Free *info after use. */
static bool open_info(const struct jks_entry *e, const char *alias, X509_SIG **info, struct jks_span *encrypted,
	struct error *err)
{
	const unsigned char *p = e->key.p;
	const X509_ALGOR *algorithm;
	const ASN1_OBJECT *object;
	const ASN1_OCTET_STRING *octets;
	char oid[80] = "";

	*info = d2i_X509_SIG(NULL, &p, (long)e->key.len);
	if (!*info || p != e->key.p + e->key.len)
		return error_set(err, ERR_USAGE,
			"the private key of %s is not an EncryptedPrivateKeyInfo: the file is damaged", alias);
	X509_SIG_get0(*info, &algorithm, &octets);
	X509_ALGOR_get0(&object, NULL, NULL, algorithm);
	OBJ_obj2txt(oid, sizeof(oid), object, 1);
	if (strcmp(oid, protector_oid) != 0)
		return error_set(err, ERR_USAGE,
			"the private key of %s is encrypted with algorithm %s; JKS files use %s", alias, oid,
			protector_oid);
	*encrypted = (struct jks_span){ ASN1_STRING_get0_data(octets), (size_t)ASN1_STRING_length(octets) };
	return encrypted->len > SALT_BYTES + JKS_DIGEST_BYTES ||
		error_set(err, ERR_USAGE, "the private key of %s has only %zu bytes: the file is damaged", alias,
			encrypted->len);
}

static char *take_text(BIO *bio)
{
	char *p;
	long len = BIO_get_mem_data(bio, &p);
	char *text = mem_strndup(p, (size_t)len);

	BIO_free(bio); /* OpenSSL wipes it */
	return text;
}

static bool openssl_refuses(const char *alias, struct error *err)
{
	const char *why = ERR_reason_error_string(ERR_peek_last_error());

	return error_set(err, ERR_USAGE, "OpenSSL cannot read the private key of %s: %s", alias,
		why ? why : "unknown form");
}

/* The certificates as PEM; each is read once here, because librdkafka would not say which of them is wrong. */
static bool add_certificates(struct java_jks_key *out, const struct jks_walk *w, const struct jks_entry *e,
	EVP_PKEY *pkey, struct error *err)
{
	struct jks_walk chain = { .left = e->certificates, .version = w->version, .count = w->count, .err = err };
	BIO *pem = jks_pem_new();
	struct jks_span der;
	bool ok = true;

	for (uint32_t i = 0; ok && i < e->certificate_count && jks_take_certificate(&chain, &der); i++) {
		const unsigned char *p = der.p;
		X509 *x509 = d2i_X509(NULL, &p, (long)der.len);

		if (!x509 || p != der.p + der.len)
			ok = error_set(err, ERR_USAGE,
				"certificate %u of %s is not an X.509 certificate: the file is damaged", i + 1,
				out->alias);
		else if (i == 0 && X509_check_private_key(x509, pkey) != 1)
			ok = error_set(err, ERR_USAGE, "the private key of %s does not belong to its certificate",
				out->alias);
		X509_free(x509);
		jks_add_pem(pem, &der);
	}
	out->certificates_pem = take_text(pem);
	return ok;
}

static bool add_key(struct java_jks_key *out, const struct jks_walk *w, const struct jks_entry *e,
	const unsigned char *der, size_t len, struct error *err)
{
	const unsigned char *p = der;
	PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &p, (long)len);
	EVP_PKEY *pkey = info ? EVP_PKCS82PKEY(info) : NULL;
	BIO *pem = jks_pem_new();
	bool ok = (pkey && PEM_write_bio_PKCS8_PRIV_KEY_INFO(pem, info)) || openssl_refuses(out->alias, err);

	out->key_pem = take_text(pem);
	ok = ok && add_certificates(out, w, e, pkey, err);
	EVP_PKEY_free(pkey);
	PKCS8_PRIV_KEY_INFO_free(info);
	return ok;
}

static bool open_key(struct java_jks_key *out, const struct jks_walk *w, const struct jks_entry *e,
	const char *store_password, const char *key_password, struct error *err)
{
	const char *password = key_password ? key_password : store_password;
	struct jks_span encrypted;
	X509_SIG *info = NULL;
	struct secret s;
	unsigned char *der;
	bool ok, wrong;

	if (!password)
		return error_set(err, ERR_USAGE,
			"the private key of %s is encrypted: its password is missing (ssl.key.password, or "
			"ssl.keystore.password if it is the same)",
			out->alias);
	if (!e->certificate_count)
		return error_set(err, ERR_USAGE, "the private key of %s has no certificate", out->alias);
	ok = open_info(e, out->alias, &info, &encrypted, err);
	if (ok) {
		secret_init(&s, password);
		der = mem_alloc(encrypted.len);
		ok = unprotect(&s, encrypted, der, &wrong, err);
		if (wrong)
			error_set(err, ERR_USAGE,
				key_password ?
					"ssl.key.password is not the password of the private key of %s" :
					"ssl.keystore.password is not the password of the private key of %s; give ssl.key.password, too",
				out->alias);
		ok = ok && add_key(out, w, e, der, encrypted.len - SALT_BYTES - JKS_DIGEST_BYTES, err);
		OPENSSL_cleanse(der, encrypted.len);
		free(der);
		secret_release(&s);
	}
	X509_SIG_free(info);
	ERR_clear_error(); /* librdkafka reads what this thread left there */
	return ok;
}

static char *alias_of(const struct jks_entry *e)
{
	struct str safe = { 0 };
	bool cut = e->alias.len > ALIAS_SHOWN_BYTES;

	text_safe(&safe, (const char *)e->alias.p, cut ? ALIAS_SHOWN_BYTES : e->alias.len);
	if (cut)
		str_add(&safe, "...");
	return str_take(&safe);
}

bool java_jks_key_read(struct java_jks_key *out, const char *bytes, size_t len, const char *store_password,
	const char *key_password, struct error *err)
{
	struct jks_entry first = { 0 }, e;
	struct jks_walk w;
	bool ok = jks_start(&w, bytes, len, err);

	*out = (struct java_jks_key){ 0 };
	while (ok && w.at < w.count) {
		ok = jks_take_entry(&w, &e);
		if (ok && e.tag == JKS_KEY && out->key_count++ == 0)
			first = e;
	}
	ok = ok && jks_finish(&w) && (!store_password || check_store(bytes, len, store_password, err));
	if (ok && !out->key_count)
		ok = error_set(err, ERR_USAGE, "this JKS file contains no %s",
			w.count ? "private key, only trusted certificates" : "entries");
	if (ok) {
		out->alias = alias_of(&first);
		ok = open_key(out, &w, &first, store_password, key_password, err);
	}
	if (!ok)
		java_jks_key_release(out);
	return ok;
}

void java_jks_key_release(struct java_jks_key *key)
{
	if (key->key_pem)
		OPENSSL_cleanse(key->key_pem, strlen(key->key_pem));
	free(key->key_pem);
	free(key->certificates_pem);
	free(key->alias);
	*key = (struct java_jks_key){ 0 };
}
