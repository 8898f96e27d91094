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
#include "kafka/client.h"
#include "model/feed.h"

struct codec_rules;
struct config_file;
struct mask;
struct named_text;

struct app_binding {
	const char *action;      /* "sort-reverse" */
	const char *keys;        /* "S Alt-s"; "" takes its keys away */
	int line;                /* in the configuration file, for messages; 0 unknown */
};

/* What the user asked for, borrowed for the whole run. */
struct app_setup {
	const struct client_config *client;
	const char *context;     /* name of the context, or NULL */
	const char *color;       /* the context's colour, "#rrggbb" or a name, or NULL */
	const char *cluster_id;  /* what the context is for; on any other cluster nothing is changed. NULL: any */
	const char *bootstrap;   /* as shown in the header */
	const char *view;        /* first view; NULL: overview */
	const char *theme;       /* NULL: the default one */
	bool ascii;
	bool no_mouse;
	const char *clipboard;   /* command that takes copied text; NULL: the terminal does */
	bool no_color;           /* NO_COLOR is looked at beside it */
	bool read_only;
	bool is_protected;       /* every change is confirmed by typing the name of what is changed */
	bool read_committed;
	bool utc;                /* false: local time */
	int interval_ms;         /* 0: the default */
	int64_t timeout_ms;      /* of one question to the cluster */
	struct feed_source feeds;
	size_t buffer_bytes;     /* of a feed's ring; 0: the default */
	int64_t patience_ms;     /* of a search; 0: the default */
	const struct mask *mask; /* NULL: nothing is masked */
	struct codec_rules *decoders;            /* NULL: none; grows by what the user chooses */
	const struct named_text *filters;
	size_t filter_count;
	const struct config_file *config;       /* the other contexts; NULL: none are known */
	const char *const *contexts;            /* their names */
	size_t context_count;
	const struct app_binding *bindings;
	size_t binding_count;
	const char *bindings_path;              /* where they stand, for messages */
};

/*
 * Runs until the user leaves; the exit status. Fails (ERR_USAGE) before anything is drawn when the
 * terminal, a view, a theme or a key binding is no good. The terminal is given back in every case.
 */
int app_run(const struct app_setup *setup, struct error *err);

/* The action table as tab-separated lines: name, group, keys, argument, views, flags, help. */
void app_print_actions(void);

#endif
