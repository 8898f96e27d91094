/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must not be seen: values at JSON paths, or text that a pattern matches,
 * in keys, values or headers of topics by glob. Shown and exported alike. When
 * in doubt it hides: where a path is to be masked and the bytes became no tree
 * that could have it (a hex dump, fields without names, text that holds the
 * path's last name), the whole is masked. A name of a path is also looked for in
 * the elements of an array that stands in its way: value.customer.card finds the
 * card of every customer. Patterns are searched in the text of
 * strings, numbers and names, and in bytes as they are: not in what is packed
 * or encoded inside them.
 *
 * Rules are built by one thread, then immutable: any thread may apply them.
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
void mask_free(struct mask *mask);          /* NULL is allowed */
/*
 * Adds a rule as the configuration writes it:
 *     [TOPIC-GLOB] key.PATH | value.PATH | key ~ PATTERN | value ~ PATTERN | headers ~ PATTERN | ~ PATTERN
 * The glob has * and ? and defaults to *; a bare `key` or `value` masks it whole. PATTERN is a PCRE2
 * expression up to the end of the rule.
 */
bool mask_add(struct mask *mask, const char *rule, struct error *err);
bool mask_concerns(const struct mask *mask, const char *topic, enum mask_part part);   /* a cheap first question */

/* Masks what codec_decode() made, in place. `mask` may be NULL. */
void mask_decoded(const struct mask *mask, const char *topic, enum mask_part part, struct arena *arena,
		  struct decoded *decoded);
/*
 * The raw bytes with what is masked replaced, everything else byte for byte:
 * for raw and JSON output. JSON that patterns look through is written compact
 * when there was a hit. False: nothing to mask and `out` untouched.
 */
bool mask_raw(const struct mask *mask, const char *topic, enum mask_part part, struct bytes bytes,
	      struct str *out);

#endif
