/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The question before a change: what it does, where, and how bad it is, in a
 * window that gets all keys until it is answered. When a name is asked for, it
 * must be typed; else Enter or y means yes. Esc means no. Keys typed or held
 * down before the question could be read do not answer it: keys count after the
 * keyboard was quiet for 300 ms. The mouse scrolls but does not answer, and
 * pasted text is not an answer. UI thread.
 */
#ifndef UI_CONFIRM_H
#define UI_CONFIRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"
#include "ui/draw.h"
#include "ui/input.h"

struct confirm_line {
	const char *text;
	enum severity severity;
};

struct confirm_ask {
	const char *title;                /* "reset offsets of payments on prod-eu" */
	const struct confirm_line *lines; /* what the change does */
	size_t count;
	const char *name; /* must be typed; NULL: none */
	const char *what; /* kind of the name: "group"; NULL: "name" */
	const char *verb; /* what "yes" does: "send 3 records"; NULL: "continue" */
};

enum confirm_answer { CONFIRM_OPEN, CONFIRM_YES, CONFIRM_NO };

struct confirm;

struct confirm *confirm_new(const struct confirm_ask *ask); /* texts are copied */
void confirm_free(struct confirm *c);                       /* NULL is allowed */
enum confirm_answer confirm_key(struct confirm *c, key_code key);
void confirm_mouse(struct confirm *c, const struct mouse_event *mouse);
void confirm_draw(struct confirm *c, const struct area *a);
int64_t confirm_next_change(const struct confirm *c); /* monotonic ms until keys count; -1: they count */

#endif
