/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How to reach a cluster: librdkafka properties in the order they were given;
 * later ones win. The application builds it from the context, -F, -b and -X
 * (and from Java client files: setup/java.h). librdkafka checks each property
 * when it is added, so that an error can name the line. One thread fills it;
 * then it is read only.
 */
#ifndef KAFKA_CLIENT_H
#define KAFKA_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct client_config;

struct client_config *client_config_new(void);
void client_config_free(struct client_config *c); /* NULL is allowed */
/* Unknown names and bad values are ERR_USAGE with librdkafka's reason and the nearest known name. */
bool client_config_set(struct client_config *c, const char *name, const char *value, struct error *err);
/*
 * Records where the user wrote a property that is set, and under which name: "client.properties: line 4:
 * ssl.truststore.certificates". Setting the property again forgets it.
 */
void client_config_origin(struct client_config *c, const char *name, const char *origin);
/*
 * Sets ERR_USAGE from what librdkafka reports only when it creates a handle, and adds the origin of the
 * property it names. Always false.
 */
bool client_config_blame(const struct client_config *c, const char *why, struct error *err);
const char *client_config_get(const struct client_config *c, const char *name); /* NULL when not set */
/* The nearest known property name, or NULL when none is near. */
const char *client_property_near(const char *name);
bool client_property_known(const char *name);

const char *client_version(void); /* "2.14.2" */
/* False when the librdkafka found at run time is older than weir needs (2.12). */
bool client_version_check(struct error *err);

#endif
