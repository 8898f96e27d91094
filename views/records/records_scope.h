/* SPDX-License-Identifier: BSD-2-Clause */
/* Which topics and partitions a view of records reads, as it was asked to. Pure. */
#ifndef VIEWS_RECORDS_SCOPE_H
#define VIEWS_RECORDS_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct records_scope {
	char **names; /* topics, or ^ and a pattern */
	size_t name_count;
	int32_t *partitions; /* none: all */
	size_t partition_count;
};

/* "orders payments", "orders:0,3", "^orders\.". False: *scope is to be released, too. */
bool records_scope_read(struct records_scope *scope, const char *arg, struct error *err);
void records_scope_release(struct records_scope *scope);
bool records_scope_is_topic(const struct records_scope *scope); /* one, known by its name */

#endif
