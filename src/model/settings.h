/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is the same for a whole run: filled by the command line and the
 * configuration file, then shared by const pointer by commands, application and
 * views. What belongs to one cluster (its context, whether it is read-only) and
 * what the user changes while weir runs (struct ui) is kept elsewhere. Strings
 * are borrowed. Any thread, once filled.
 */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct codec_rules;
struct mask;

struct named_filter {
	const char *name, *text;
};

/* A [context NAME] of the configuration, with values as written there; NULL where a value is missing. */
struct context_info {
	const char *name;
	const char *bootstrap, *protocol, *cluster_id, *color;
	bool read_only, is_protected;
	bool is_default; /* used where the command line names no cluster */
};

struct settings {
	int64_t timeout_ms;   /* of one question to the cluster; how long a command waits for it */
	int64_t interval_ms;  /* between two refreshes, at first */
	int64_t buffer_bytes; /* for records in view or not yet printed */
	int64_t patience_ms;  /* of a search with a partition that does not answer; 0: the default */
	bool read_only;       /* nothing is changed, on any cluster */
	bool utc;             /* times are shown in UTC, at first; else in local time */
	bool read_committed;  /* lag and records as a read_committed consumer sees them, at first */
	bool ascii, no_mouse, no_color;
	const char *view;                   /* the first one; NULL: overview */
	const char *theme;                  /* name or file; NULL: the default */
	const char *clipboard;              /* command that takes copied text; NULL: the terminal does */
	const char *log;                    /* file; NULL: none */
	const struct mask *mask;            /* what must not be seen in records; NULL: nothing */
	struct codec_rules *decoders;       /* chosen by topic, also by the user from now on; NULL: none */
	const struct named_filter *filters; /* saved in the configuration */
	size_t filter_count;
	const struct context_info *contexts;
	size_t context_count;
};

/* clang-format off */
#define SETTINGS_DEFAULTS {.timeout_ms = 10000, .interval_ms = 5000, .buffer_bytes = 64 << 20}
/* clang-format on */

#endif
