/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The contents of JKS files, Java's own format of key stores and trust stores.
 * There is no document of it but OpenJDK's source: JavaKeyStore (the file) and
 * KeyProtector (the private keys) in sun.security.provider. Nothing is read
 * outside of the given bytes. An error is one sentence without the file's name,
 * and never holds a password or a part of a key. Any thread.
 */
#ifndef JAVA_JKS_H
#define JAVA_JKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

bool java_is_jks(const char *bytes, size_t len);
/* Java's other format, of the JCE: like JKS, with other encryption. weir does not read it. */
bool java_is_jceks(const char *bytes, size_t len);

/* A private key and the certificates that go with it. */
struct java_jks_key {
	char *key_pem;          /* PKCS #8, no longer encrypted */
	char *certificates_pem; /* the key's own comes first */
	char *alias;            /* fit for a terminal */
	uint32_t key_count;     /* private keys in the file; this is the first */
};

/*
 * Java's passwords in UTF-8. store_password NULL: the file is not checked to be as Java wrote it; key_password
 * NULL: it is the same. Release *out after success; failure leaves nothing in it.
 */
bool java_jks_key_read(struct java_jks_key *out, const char *bytes, size_t len, const char *store_password,
	const char *key_password, struct error *err);
void java_jks_key_release(struct java_jks_key *key); /* wipes it, too */

/* Appends the trusted certificates as PEM. Those of a private key are not among them, as in Java. */
bool java_jks_trust_read(struct str *pem, const char *bytes, size_t len, struct error *err);

#endif
