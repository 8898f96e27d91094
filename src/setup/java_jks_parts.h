/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One walk through the entries of a JKS file, for java_jks*.c. What it finds
 * points into the file. Any thread.
 */
#ifndef JAVA_JKS_PARTS_H
#define JAVA_JKS_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/pem.h>

#include "base/error.h"

enum { JKS_DIGEST_BYTES = 20 };
enum { JKS_KEY = 1, JKS_TRUSTED = 2, JKS_SECRET = 3 }; /* tags of entries */

struct jks_span {
	const unsigned char *p;
	size_t len;
};

/* What is left of the file, without the digest at its end. */
struct jks_walk {
	struct jks_span left;
	uint32_t version, count;
	uint32_t at; /* the entry that is read: 1, 2, ... */
	struct error *err;
};

struct jks_entry {
	uint32_t tag;
	struct jks_span alias;
	struct jks_span key;          /* EncryptedPrivateKeyInfo */
	struct jks_span certificates; /* of the key, one after the other; or the trusted one */
	uint32_t certificate_count;
};

/* Fails for what is no JKS file. *err is kept for the calls that follow. */
bool jks_start(struct jks_walk *w, const char *bytes, size_t len, struct error *err);
/* To be called `count` times. */
bool jks_take_entry(struct jks_walk *w, struct jks_entry *e);
bool jks_take_certificate(struct jks_walk *w, struct jks_span *der);
/* Fails where something is left between the last entry and the digest. */
bool jks_finish(const struct jks_walk *w);

BIO *jks_pem_new(void); /* in memory, which BIO_free() wipes; never NULL */
void jks_add_pem(BIO *out, const struct jks_span *der);

#endif
