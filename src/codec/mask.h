/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hides what must not be seen: values at JSON paths, or text that a pattern
 * matches, in keys, values or headers of topics by glob. Applies to display and
 * export alike. In doubt it hides: where a path is to be masked and the bytes
 * gave no tree that could contain it (a hex dump, fields without names, text
 * that holds the last name of the path), everything is masked. A name in a path
 * is also looked for in the elements of an array on its way:
 * value.customer.card finds the card of every customer. Patterns are searched
 * in the text of strings, numbers and names, and in plain bytes: not inside
 * compressed or encoded data.
 *
 * One thread builds the rules; then they are immutable, and any thread may
 * apply them.
 */
#ifndef CODEC_MASK_H
#define CODEC_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "codec/codec.h"

#define MASK_TEXT "***"

enum mask_part { MASK_KEY = 1, MASK_VALUE = 2, MASK_HEADERS = 4 };

struct mask;

struct mask *mask_new(void);
void mask_free(struct mask *mask); /* NULL is allowed */
/*
 * Adds a rule as the configuration writes it:
 *     [TOPIC-GLOB] key.PATH | value.PATH | key ~ PATTERN | value ~ PATTERN | headers ~ PATTERN | ~ PATTERN
 * The glob has * and ? and defaults to *; a bare `key` or `value` masks it whole. PATTERN is a PCRE2
 * expression up to the end of the rule.
 */
bool mask_add(struct mask *mask, const char *rule, struct error *err);
bool mask_concerns(const struct mask *mask, const char *topic, enum mask_part part); /* a cheap check to make first */

/* Masks what codec_decode() made, in place. `mask` may be NULL. */
void mask_decoded(const struct mask *mask, const char *topic, enum mask_part part, struct arena *arena,
	struct decoded *decoded);
/*
 * The raw bytes with masked parts replaced and everything else unchanged, for raw and JSON output. JSON in
 * which a pattern matched is written compact. False: nothing was masked and `out` is unchanged.
 */
bool mask_raw(const struct mask *mask, const char *topic, enum mask_part part, struct bytes bytes, struct str *out);

#endif
