/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the configurations of several topics or brokers differ, name by name.
 * Each broker needs some values of its own (id, addresses, folders); any other
 * difference between brokers is drift. The rows point into the configurations.
 * Pure functions; one thread at a time for one object.
 */
#ifndef MODEL_CONFIG_DIFF_H
#define MODEL_CONFIG_DIFF_H

#include "model/config_catalog.h"
#include "model/snapshot.h"

enum { CONFIG_DIFF_MOST = 8 }; /* the most that can be compared */

enum config_diff_kind {
	CONFIG_DIFF_SAME,
	CONFIG_DIFF_DIFFERS, /* of brokers: drift */
	CONFIG_DIFF_OWN,     /* each broker must have its own */
	CONFIG_DIFF_HIDDEN,  /* sensitive and set: only the brokers know the values */
	CONFIG_DIFF_KINDS
};

struct config_diff_row {
	const char *name;
	const struct config_entry *entries[CONFIG_DIFF_MOST]; /* NULL: it has none of this name */
	enum config_diff_kind kind;
	unsigned odd; /* bits of those that differ from what more than half have */
};

struct config_diff {
	struct config_diff_row *rows; /* sorted by name */
	size_t count, cap;
	size_t kinds[CONFIG_DIFF_KINDS]; /* rows of each */
};

/* Compares up to CONFIG_DIFF_MOST; NULL ones are left out. Reuses the memory of the rows. */
void config_diff_build(struct config_diff *d, enum config_scope scope, const struct config *const *configs,
	size_t count);
void config_diff_release(struct config_diff *d);

#endif
