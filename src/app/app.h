/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal program: everything between a parsed command line and the exit
 * status. Owns the sampler, the views and the screen. Main thread.
 */
#ifndef APP_H
#define APP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "kafka/cluster_gate.h"

struct config_file;
struct settings;

struct app_binding {
	const char *action; /* "sort-reverse" */
	const char *keys;   /* "S Alt-s"; "" takes its keys away */
	int line;           /* in the configuration file, for messages; 0 unknown */
};

/* A cluster to show, borrowed for as long as it is open. */
struct cluster_setup {
	struct cluster_gate gate;
	const char *color; /* of the context, "#rrggbb" or a name, or NULL */
	bool is_protected; /* every change is confirmed by typing the name of what is changed */
};

/* What the user asked for, borrowed for the whole run. */
struct app_setup {
	const struct settings *settings;
	struct cluster_setup cluster;
	const struct config_file *config; /* the other contexts; NULL: none are known */
	const struct app_binding *bindings;
	size_t binding_count;
	const char *bindings_path; /* where they stand, for messages */
};

/*
 * Runs until the user leaves; the exit status. Fails (ERR_USAGE) before anything is drawn when the
 * terminal, a view, a theme or a key binding is no good. The terminal is given back in every case.
 */
int app_run(const struct app_setup *setup, struct error *err);

/* The action table as tab-separated lines: name, group, keys, argument, views, flags, help. */
void app_print_actions(void);

#endif
