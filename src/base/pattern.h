/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A row filter or a search as people type it: text found anywhere, ignoring
 * case unless it holds a capital; /text/ or text with regular expression signs
 * is a PCRE2 expression; a leading ! inverts. One thread at a time.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pattern;

/* NULL and *err on a bad expression ("filter, column 7: missing closing parenthesis"). "" matches all. */
struct pattern *pattern_new(const char *text, struct error *err);
void pattern_free(struct pattern *pattern);                            /* NULL is allowed */
bool pattern_matches(const struct pattern *pattern, const char *text); /* honours the ! */
/* The first hit at or after `from`: bytes [*start, *end). False when inverted or none. */
bool pattern_find(const struct pattern *pattern, const char *text, size_t from, size_t *start, size_t *end);

#endif
