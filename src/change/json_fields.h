/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of a JSON object that weir, or somebody in its place, has written. Pure; any thread. */
#ifndef CHANGE_JSON_FIELDS_H
#define CHANGE_JSON_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "codec/node.h"

/* A string, or base64 under `name`_base64, as base/json.h writes it; the caller frees. NULL: none, or null. */
char *json_field_text(const struct node *object, const char *name);
/* False when there is no such integer: absent, null, a fraction, too large. */
bool json_field_int(const struct node *object, const char *name, int64_t *value);
const struct node *json_field(const struct node *object, const char *name);   /* NULL: none, or null */

#endif
