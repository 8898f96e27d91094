/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where to connect and how, put together from the context, -F, -b and -X; a later one
 * overrides the ones before it. With -b or -F and without -c the default context is not
 * used: its credentials are for its own cluster. An address or a login that could not
 * work on any network is refused here. Main thread.
 */
#ifndef CONNECT_H
#define CONNECT_H

#include <stdbool.h>

#include "base/error.h"
#include "setup/config.h"
#include "kafka/cluster_gate.h"
#include "setup/options.h"

struct connect {
	struct client_config *client;
	const char *context; /* name, or NULL; borrowed from the configuration */
	char *bootstrap;     /* as shown */
	char *color;         /* of the context, or NULL */
	char *cluster_id;    /* the one the context must meet, or NULL */
	bool read_only;      /* the context says so */
	bool is_protected;   /* the context says so: every change is confirmed by typing the name of what is changed */
	bool has_registry;   /* a schema registry is named, which weir does not use yet */
	char **warnings;     /* what was left out and the user should know: one line each, logged already */
	size_t warning_count;
};

/* ERR_USAGE names the file and line, or the option. On failure *c needs no release. */
bool connect_resolve(struct connect *c, const struct connect_options *o, const struct config_file *file,
	struct error *err);
void connect_release(struct connect *c);
/* Borrows from *c. Read-only where the context says so, or the whole run is. */
struct cluster_gate connect_gate(const struct connect *c, const struct settings *settings);
/*
 * Asks the cluster for its id where the context names one: it works on that cluster alone, because an address may
 * lead elsewhere one day. ERR_USAGE: another one answers.
 */
bool connect_meets_pin(const struct connect *c, const struct settings *settings, struct error *err);
/* For config_load(): weir's own keys of a context, and librdkafka's properties. */
bool connect_knows_key(const char *name, const char **near);

#endif
