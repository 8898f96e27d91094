/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of a JSON object that weir wrote, or somebody who edited it. Pure; any thread. */
#ifndef CHANGE_JSON_FIELDS_H
#define CHANGE_JSON_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "codec/node.h"

/*
 * A string, or the base64 of `name`_base64, as base/json.h writes them; the caller frees it. NULL: missing or
 * null.
 */
char *json_field_text(const struct node *object, const char *name);
/* False when there is no such integer: missing, null, a fraction, too large. */
bool json_field_int(const struct node *object, const char *name, int64_t *value);
const struct node *json_field(const struct node *object, const char *name); /* NULL: missing or null */

#endif
