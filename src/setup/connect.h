/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where to connect and how, put together from the context, -F, -b and -X, later
 * ones winning. -b or -F without -c leaves the default context alone: its
 * credentials belong to its own cluster. What cannot work whatever the network
 * does (an address, a way to log in) is refused here. Main thread.
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
	const char *context;     /* name, or NULL; borrowed from the configuration */
	char *bootstrap;         /* as shown */
	char *color;             /* of the context, or NULL */
	char *cluster_id;        /* the one the context must meet, or NULL */
	bool read_only;          /* asked for by the context */
	bool is_protected;       /* likewise: every change is confirmed by typing the name of what is changed */
	bool has_registry;       /* a schema registry is named, which weir does not use yet */
	char **warnings;         /* what was left out and should not go unnoticed: one line each, logged already */
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
/* For config_load(): asks librdkafka. */
bool connect_knows_property(const char *name, const char **near);

#endif
