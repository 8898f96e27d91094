/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration file: [weir] has weir's own options, [context NAME] says how to
 * reach a cluster, by librdkafka's property names, [keys] has the user's key bindings,
 * [mask], [decoders] and [filters] say how records are shown.
 * Parsing checks names and expands nothing; ${...} is expanded when a value is
 * used, so that a context runs no command before it is opened. Main thread.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct config_item {
	char *name, *value;
	int line;
};

struct config_section {
	char *name; /* of a context; NULL for the others */
	struct config_item *items;
	size_t count, cap;
};

struct config_file {
	char *path; /* as shown in messages */
	struct config_section weir, keys;
	struct config_section mask, decoders, filters; /* about records: records_setup.h */
	struct config_section *contexts;
	size_t context_count, context_cap;
	char **warnings; /* one line each, for the log and standard error */
	size_t warning_count;
};

/* The largest configuration file, and the largest file of properties. */
enum { CONFIG_FILE_MAX = 1 << 20 };

/* Tells whether a context may have the key; if not, *near is the nearest that it may have, or NULL. */
typedef bool config_known_fn(const char *key, const char **near);

/* A missing file is an empty configuration. On failure (ERR_USAGE) *c needs no release. */
bool config_load(struct config_file *c, const char *path, config_known_fn *known, struct error *err);
/* The same from memory; `known` NULL takes every key. */
bool config_parse(struct config_file *c, const char *path, const char *text, size_t len, config_known_fn *known,
	struct error *err);
void config_release(struct config_file *c);

const struct config_section *config_context(const struct config_file *c, const char *name);
const char *config_context_near(const struct config_file *c, const char *name);
/* The newest value of a key, unexpanded; NULL when it is not there. */
const char *config_get(const struct config_section *s, const char *name);
/* Puts "FILE:LINE: " of the item before the message. Returns false. The value is not shown: it may be a secret. */
bool config_fail_at(const struct config_file *c, const struct config_item *item, struct error *err);
bool config_says_yes(const char *value); /* NULL, or another word: no */

/*
 * Replaces ${env:NAME}, ${file:PATH} and ${cmd:COMMAND}; $${ becomes a plain ${. Commands run only if the user alone
 * may write to the file at `path` and to its folders, and WEIR_NO_COMMANDS is not set. The caller frees the result,
 * which is up to 1 MiB; NULL on failure.
 */
char *config_expand(const char *value, const char *path, struct error *err);
/* Adds a warning for each secret that stands in the file itself while others may read it. */
void config_check_secrets(struct config_file *c, unsigned mode);

#endif
