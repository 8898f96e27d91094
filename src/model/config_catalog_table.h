/* SPDX-License-Identifier: BSD-2-Clause */
/* The table itself, made by config_embed.awk at build; only for config_catalog.c. */
#ifndef MODEL_CONFIG_CATALOG_TABLE_H
#define MODEL_CONFIG_CATALOG_TABLE_H

#include "model/config_catalog.h"

struct config_span { /* where a scope's rows are, sorted by name */
	size_t from, count;
};

extern const struct config_def config_catalog_table[];
extern const struct config_span config_catalog_spans[CONFIG_SCOPE_COUNT];

#endif
