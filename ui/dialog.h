/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small window over the pane that gets all keys until it is answered: a list
 * with boxes to tick, or a list to choose one from. Texts are copied. UI
 * thread.
 */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"
#include "ui/input.h"
#include "ui/view.h"

struct dialog;

enum dialog_answer { DIALOG_OPEN, DIALOG_ACCEPTED, DIALOG_GIVEN_UP };

/* A list with boxes: Space ticks, Enter accepts, Esc cancels. */
struct dialog *dialog_choose(const char *title, const struct choice *choices, size_t count);
/* A list to choose one from: Enter takes the one under the cursor, which begins at `at`; see dialog_chosen(). */
struct dialog *dialog_pick(const char *title, const struct choice *choices, size_t count, size_t at);
void dialog_free(struct dialog *d); /* NULL is allowed */
enum dialog_answer dialog_key(struct dialog *d, key_code key);
enum dialog_answer dialog_mouse(struct dialog *d, const struct area *a, const struct mouse_event *mouse);
void dialog_draw(struct dialog *d, const struct area *a);
const struct choice *dialog_choices(const struct dialog *d, size_t *count);
size_t dialog_chosen(const struct dialog *d);

#endif
