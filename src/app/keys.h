/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a key goes: to an open question first, then to a view that edits text, else to the action it is bound to. */
#ifndef APP_KEYS_H
#define APP_KEYS_H

#include "ui/input.h"

struct app;

void keys_take(struct app *app, key_code key, const struct mouse_event *mouse);
bool keys_want_alt(const struct app *app, key_code key); /* Alt and this key is bound, or edits text */
/* The visible view edits text: letters are its own. */
bool keys_are_typed(const struct app *app);

#endif
