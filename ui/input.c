/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/input.h"

#include <curses.h>

#include "base/clock.h"

enum { DOUBLE_CLICK_MS = 400 };

static key_code from_curses(wint_t code)
{
	static const struct {
		int curses;
		key_code key;
	} map[] = {
		{ KEY_UP, KEY_UP_ARROW },
		{ KEY_DOWN, KEY_DOWN_ARROW },
		{ KEY_LEFT, KEY_LEFT_ARROW },
		{ KEY_RIGHT, KEY_RIGHT_ARROW },
		{ KEY_PPAGE, KEY_PAGE_UP },
		{ KEY_NPAGE, KEY_PAGE_DOWN },
		{ KEY_HOME, KEY_HOME_KEY },
		{ KEY_FIND, KEY_HOME_KEY },
		{ KEY_END, KEY_END_KEY },
		{ KEY_SELECT, KEY_END_KEY },
		{ KEY_IC, KEY_INSERT },
		{ KEY_DC, KEY_DELETE },
		{ KEY_BTAB, KEY_SHIFT_TAB },
		{ KEY_SR, KEY_SHIFT_UP },
		{ KEY_SF, KEY_SHIFT_DOWN },
		{ KEY_SLEFT, KEY_SHIFT_LEFT },
		{ KEY_SRIGHT, KEY_SHIFT_RIGHT },
		{ KEY_ENTER, KEY_ENTER_KEY },
		{ KEY_BACKSPACE, KEY_BACKSPACE_KEY },
		{ KEY_MOUSE, KEY_MOUSE_EVENT },
		{ KEY_MAX - 2, KEY_PASTE_START },
		{ KEY_MAX - 1, KEY_PASTE_END },
	};
	for (size_t i = 0; i < sizeof(map) / sizeof(*map); i++)
		if (map[i].curses == (int)code)
			return map[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return (key_code)(KEY_F1 + (code - KEY_F(1)));
	return KEY_NONE_YET;
}

static key_code read_one(void)
{
	for (;;) {
		wint_t code;
		int kind = get_wch(&code);
		if (kind == ERR)
			return KEY_NONE_YET;
		if (kind == KEY_CODE_YES) {
			key_code key = from_curses(code);
			if (key != KEY_NONE_YET)
				return key;
			continue; /* a key to which nothing can be bound */
		}
		if (code == 8)
			return KEY_BACKSPACE_KEY;
		return code == '\n' ? KEY_ENTER_KEY : (key_code)code;
	}
}

static bool read_mouse(struct input *in, struct mouse_event *mouse)
{
	MEVENT event;
	if (getmouse(&event) != OK)
		return false;
	mouse->row = event.y;
	mouse->col = event.x;
	if (event.bstate & BUTTON4_PRESSED) {
		mouse->kind = MOUSE_WHEEL_UP;
	} else if (event.bstate & BUTTON5_PRESSED) {
		mouse->kind = MOUSE_WHEEL_DOWN;
	} else {
		int64_t now = clock_mono_ms();
		bool twice =
			now - in->click_ms < DOUBLE_CLICK_MS && event.y == in->click_row && event.x == in->click_col;
		mouse->kind = twice ? MOUSE_DOUBLE : MOUSE_CLICK;
		in->click_ms = twice ? 0 : now;
		in->click_row = event.y;
		in->click_col = event.x;
	}
	return true;
}

/*
 * A key that terminfo does not name (Ctrl with an arrow in many terminals) comes as a control sequence. Its
 * letters and digits must not be taken for typed keys: ECMA-48 defines where it ends.
 */
static bool skip_sequence(wint_t introducer)
{
	wint_t c;
	if (get_wch(&c) == ERR)
		return false;
	while (introducer == '[' && c < 0x40 && get_wch(&c) == OK)
		;
	return true;
}

key_code input_read(struct input *in, struct mouse_event *mouse)
{
	key_code key = read_one();
	while (key == KEY_MOUSE_EVENT && !read_mouse(in, mouse))
		key = read_one();
	if (key != KEY_ESC)
		return key;
	wint_t next;
	int kind = get_wch(&next);
	if (kind == ERR)
		return KEY_ESC;
	if (kind == OK && (next == '[' || next == 'O') && skip_sequence(next))
		return input_read(in, mouse);
	if (kind == OK && in->alt_bound && in->alt_bound(in->data, (key_code)next))
		return (key_code)next | KEY_ALT;
	if (kind == KEY_CODE_YES)
		ungetch((int)next);
	else
		unget_wch((wchar_t)next);
	return KEY_ESC;
}
