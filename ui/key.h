/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keys as numbers and as people write them: "j", "Space", "Ctrl-d", "Alt-b",
 * "F5", "PgUp", "Shift-Tab". A key_code is a code point, or one of the values
 * below, with KEY_ALT added for Alt. Naming and parsing are pure; reading is
 * the UI thread's.
 */
#ifndef UI_KEY_H
#define UI_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef uint32_t key_code;

enum {
	KEY_NONE_YET = 0x200000, /* nothing to read */
	KEY_NAMED = 0x200100,    /* from here on: the named keys of key.c */
	KEY_UP_ARROW = KEY_NAMED,
	KEY_DOWN_ARROW,
	KEY_LEFT_ARROW,
	KEY_RIGHT_ARROW,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_HOME_KEY,
	KEY_END_KEY,
	KEY_INSERT,
	KEY_DELETE,
	KEY_SHIFT_TAB,
	KEY_SHIFT_UP,
	KEY_SHIFT_DOWN,
	KEY_SHIFT_LEFT,
	KEY_SHIFT_RIGHT,
	KEY_F1,
	KEY_F12 = KEY_F1 + 11,
	KEY_MOUSE_EVENT, /* see key_mouse() */
	KEY_PASTE_START,
	KEY_PASTE_END,
	KEY_ALT = 0x400000
};

enum { KEY_TAB = 9, KEY_ENTER_KEY = 13, KEY_ESC = 27, KEY_SPACE = 32, KEY_BACKSPACE_KEY = 127 };

#define KEY_CTRL(letter) ((key_code)((letter)&0x1f))

/* Appends the UTF-8 of a key that is text. */
void key_text(key_code key, struct str *out);
/* Appends the name; every key has one. */
void key_add_name(key_code key, struct str *out);
/* False: there is no such key. Case matters only for single letters: "ctrl-D" is "Ctrl-d", "j" is not "J". */
bool key_parse(const char *name, key_code *key);
/* True for what a text field inserts. */
bool key_is_text(key_code key);

#endif
