/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Client properties files as Kafka's own tools read them (java.util.Properties
 * text), turned into librdkafka's properties: names and JAAS lines translated,
 * what only a Java client knows set aside. Names it does not know pass through,
 * so a file may hold librdkafka's own properties too. Nothing is expanded. As
 * in Java an unknown name is left out with a warning, and a name that says how
 * safely to connect, which weir cannot heed, is refused. Any thread.
 */
#ifndef JAVA_H
#define JAVA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "kafka/client.h"

struct java_property {
	char *name, *value;
	char *written;         /* the name in the file, where it is another one; else NULL */
	int line;              /* 1, 2, ... */
	const char *skipped;   /* why weir leaves it out ("only for Java clients"); NULL: it is to be set */
	bool loud;             /* skipped, and the user is to be told: the file does not mean what it means in Java */
};

struct java_properties {
	struct java_property *items;
	size_t count, cap;
};

/* False with *err ("line 7: ...", and what to do) when the text or a value cannot be used. */
bool java_properties_read(struct java_properties *out, const char *text, size_t len, struct error *err);
void java_properties_release(struct java_properties *p);
/* Told what is left out and should not go unnoticed: one line without a period. */
typedef void java_warn_fn(void *ctx, const char *line);
/* Sets them all, logs what was skipped and warns. An error names the line and the nearest known name. */
bool java_properties_apply(const struct java_properties *p, struct client_config *config, java_warn_fn *warn, void *ctx,
	struct error *err);

/* For java*.c: the file's own pairs, escapes resolved, before translation. */
bool java_text_read(struct java_properties *out, const char *text, size_t len, struct error *err);
void java_add(struct java_properties *p, const char *name, const char *value, int line);
void java_add_skipped(struct java_properties *p, const char *name, const char *why, bool loud, int line);
/* Adds what a JAAS line says: user name and password, or a client's id and secret, or a principal and key table. */
bool java_jaas_read(struct java_properties *out, const char *jaas, int line, struct error *err);

#endif
