/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which key starts which action: the defaults of the action table, changed by
 * the user's [keys]. A key has one meaning in a view; a conflict is an error
 * that names both actions. Filled at start, then read only. UI thread.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"
#include "ui/action.h"
#include "ui/key.h"

struct keymap;

struct keymap *keymap_new(const struct action_set *actions); /* with the default keys */
void keymap_free(struct keymap *m);                          /* NULL is allowed */
/*
 * `keys` ("j Down", "" for none) replaces all keys of the action. A key that another action has by default is
 * taken from it; a key that the user gave to another action in the same view is a conflict: ERR_USAGE.
 */
bool keymap_bind(struct keymap *m, const char *action, const char *keys, struct error *err);
/* ACTION_NONE when the key has no meaning in that view. */
enum action_id keymap_lookup(const struct keymap *m, key_code key, const struct view_ops *view);
/* Appends the names of all its keys ("j Down"), or only the first. Appends nothing when it has none. */
void keymap_keys(const struct keymap *m, enum action_id id, struct str *out);
void keymap_first_key(const struct keymap *m, enum action_id id, struct str *out);

#endif
