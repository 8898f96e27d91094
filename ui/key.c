/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/key.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* The first name of a key is shown; the others are accepted, too. */
static const struct {
	const char *name;
	key_code key;
} key_names[] = {
	{ "Up", KEY_UP_ARROW },
	{ "Down", KEY_DOWN_ARROW },
	{ "Left", KEY_LEFT_ARROW },
	{ "Right", KEY_RIGHT_ARROW },
	{ "PgUp", KEY_PAGE_UP },
	{ "PageUp", KEY_PAGE_UP },
	{ "PgDn", KEY_PAGE_DOWN },
	{ "PageDown", KEY_PAGE_DOWN },
	{ "Home", KEY_HOME_KEY },
	{ "End", KEY_END_KEY },
	{ "Insert", KEY_INSERT },
	{ "Ins", KEY_INSERT },
	{ "Delete", KEY_DELETE },
	{ "Del", KEY_DELETE },
	{ "Shift-Tab", KEY_SHIFT_TAB },
	{ "Shift-Up", KEY_SHIFT_UP },
	{ "Shift-Down", KEY_SHIFT_DOWN },
	{ "Shift-Left", KEY_SHIFT_LEFT },
	{ "Shift-Right", KEY_SHIFT_RIGHT },
	{ "Tab", KEY_TAB },
	{ "Enter", KEY_ENTER_KEY },
	{ "Return", KEY_ENTER_KEY },
	{ "Esc", KEY_ESC },
	{ "Escape", KEY_ESC },
	{ "Space", KEY_SPACE },
	{ "Backspace", KEY_BACKSPACE_KEY },
	{ "Mouse", KEY_MOUSE_EVENT },
	{ "PasteStart", KEY_PASTE_START },
	{ "PasteEnd", KEY_PASTE_END },
};

enum { KEY_NAMES = sizeof(key_names) / sizeof(*key_names) };

void key_text(key_code key, struct str *out)
{
	text_encode(out, key);
}

void key_add_name(key_code key, struct str *out)
{
	if (key & KEY_ALT) {
		str_add(out, "Alt-");
		key &= ~(key_code)KEY_ALT;
	}
	for (int i = 0; i < KEY_NAMES; i++)
		if (key_names[i].key == key) {
			str_add(out, key_names[i].name);
			return;
		}
	if (key >= KEY_F1 && key <= KEY_F12)
		str_addf(out, "F%u", (unsigned)(key - KEY_F1 + 1));
	else if (key < 0x20)
		/* Ctrl-@, Ctrl-[ and the like are just outside the letters. */
		str_addf(out, "Ctrl-%c", key >= 1 && key <= 26 ? (char)(key + 'a' - 1) : (char)(key + '@'));
	else if (key < KEY_NONE_YET)
		text_encode(out, key);
	else
		str_addf(out, "Key-%u", (unsigned)key);
}

static bool skip_prefix(const char **name, const char *prefix)
{
	size_t n = strlen(prefix);
	if (strncasecmp(*name, prefix, n) != 0 || !(*name)[n])
		return false;
	*name += n;
	return true;
}

static bool parse_ctrl(const char *rest, key_code *key)
{
	if (strcasecmp(rest, "Space") == 0) {
		*key = 0;
		return true;
	}
	unsigned char c = (unsigned char)rest[0];
	if (rest[1] || !((c >= '@' && c <= '_') || (c >= 'a' && c <= 'z')))
		return false;
	*key = KEY_CTRL(c);
	return true;
}

static bool parse_function(const char *name, key_code *key)
{
	if ((name[0] != 'F' && name[0] != 'f') || name[1] < '1' || name[1] > '9')
		return false;
	int n = name[1] - '0';
	if (name[2] >= '0' && name[2] <= '9' && !name[3])
		n = 10 * n + (name[2] - '0');
	else if (name[2])
		return false;
	*key = (key_code)(KEY_F1 + n - 1);
	return n <= 12;
}

bool key_parse(const char *name, key_code *key)
{
	if (skip_prefix(&name, "Alt-")) {
		bool good = key_parse(name, key) && !(*key & KEY_ALT);
		*key |= KEY_ALT;
		return good;
	}
	if (skip_prefix(&name, "Ctrl-") || (name[0] == '^' && name[1] && skip_prefix(&name, "^")))
		return parse_ctrl(name, key);
	for (int i = 0; i < KEY_NAMES; i++)
		if (strcasecmp(key_names[i].name, name) == 0) {
			*key = key_names[i].key;
			return true;
		}
	if (parse_function(name, key))
		return true;
	unsigned code;
	size_t len = strlen(name), n = text_decode(name, len, &code);
	if (n == 0 || n != len || code < 0x20)
		return false;
	*key = code;
	return true;
}

bool key_is_text(key_code key)
{
	return key >= 0x20 && key != 0x7f && key < 0x110000 && !(key >= 0x80 && key < 0xa0);
}
