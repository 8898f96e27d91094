/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translates Java's settings of key stores and trust stores into librdkafka's, and PEM
 * text as it stands in a file of properties. For java.c. Reads the files that the settings
 * name. Any thread.
 */
#ifndef JAVA_STORE_H
#define JAVA_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "setup/java.h"

/* The settings that belong together; NULL: not given. Borrowed. */
struct java_stores {
	const struct java_property *key_location, *key_type;
	const struct java_property *store_password,
		*key_password; /* of the key store, and of the key in it or in PEM */
	const struct java_property *trust_location, *trust_type;
};

bool java_stores_add(struct java_properties *out, const struct java_stores *stores, struct error *err);
/* The blocks of `text` with a line each for BEGIN, END and 64 characters between; false: no block, or one cut off. */
bool java_pem_lines(struct str *out, const char *text);

#endif
