/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads keys and the mouse from the terminal. Esc directly followed by a key
 * means Alt with that key only if that is bound; else it means Esc and then the
 * key, so that neither is lost with fast typists or slow lines. UI thread.
 */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/key.h"

enum mouse_kind { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse_event {
	enum mouse_kind kind;
	int row, col;
};

struct input {
	/* True when Alt with that key is bound now; NULL: never. */
	bool (*alt_bound)(void *data, key_code key);
	void *data;
	int64_t click_ms; /* of the newest click, for double clicks */
	int click_row, click_col;
};

/* The next key; KEY_NONE_YET: none is waiting. KEY_MOUSE_EVENT fills *mouse. Waits 25 ms after an Esc. */
key_code input_read(struct input *in, struct mouse_event *mouse);

#endif
