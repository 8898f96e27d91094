/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translates files of client properties, as Kafka's own tools read them (text of
 * java.util.Properties), into librdkafka's properties. Names and JAAS lines are
 * translated, properties for Java clients only are left out, and other names pass
 * through, so that a file may have librdkafka's own properties too. Nothing is expanded.
 * A name that librdkafka does not know is left out with a warning, as in Java, unless it
 * concerns the safety of the connection: then it is refused. Any thread.
 */
#ifndef JAVA_H
#define JAVA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "kafka/client.h"

struct java_property {
	char *name, *value;
	char *written;       /* the name in the file, where it is another one; else NULL */
	int line;            /* 1, 2, ... */
	const char *skipped; /* why weir leaves it out ("only for Java clients"); NULL: it is to be set */
	bool loud;           /* skipped, and the user is to be told: the file does not mean what it means in Java */
};

struct java_properties {
	struct java_property *items;
	size_t count, cap;
};

/* False with *err ("line 7: ...", and what to do) when the text or a value cannot be used. */
bool java_properties_read(struct java_properties *out, const char *text, size_t len, struct error *err);
void java_properties_release(struct java_properties *p);
/* Gets a line, without a period, for each property that was left out and that the user should know of. */
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
