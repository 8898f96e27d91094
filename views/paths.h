/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Paths and headers that were seen in records, as the filter language writes
 * them ("value.items[*].sku", "header.trace-id"): offered as words and columns.
 * Their number is limited. One thread at a time.
 */
#ifndef VIEWS_PATHS_H
#define VIEWS_PATHS_H

#include "codec/codec.h"

enum { PATHS_MAX = 200 };

struct paths {
	char *items[PATHS_MAX];
	size_t count;
};

void paths_release(struct paths *p);
/* `root`: "key" or "value". */
void paths_add_decoded(struct paths *p, const char *root, const struct decoded *decoded);
bool paths_has(const struct paths *p, const char *path, size_t len); /* or something below it */
void paths_add_headers(struct paths *p, const struct record *record);

#endif
