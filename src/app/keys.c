/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/keys.h"

#include "app/app_parts.h"
#include "app/armed.h"
#include "app/dispatch.h"
#include "app/picture.h"

static void click(struct app *app, const struct mouse_event *mouse)
{
	struct view *v = tabs_view(app->shown);
	struct area a = picture_pane_area(app);
	int row = mouse->row - a.row, col = mouse->col - a.col;
	int tab = picture_tab_at(app, mouse->row, mouse->col);
	if (mouse->row == 0) {
		armed_show(app->shown);
	} else if (tab >= 0) {
		tabs_show(app->shown, tab);
	} else if (v->ops->click && row >= 0 && row < a.rows && col >= 0 && col < a.cols) {
		v->ops->click(v, row, col, mouse->kind == MOUSE_DOUBLE);
	}
}

enum { WHEEL_ROWS = 3 };

static void take_mouse(struct app *app, const struct mouse_event *mouse)
{
	struct area pane = picture_pane_area(app);

	app->terminal.dirty = true;
	if (terminal_mouse(&app->terminal, &pane, mouse))
		return;
	if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
		for (int i = 0; i < WHEEL_ROWS; i++)
			dispatch_action(app->shown, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN, NULL);
		return;
	}
	click(app, mouse);
}

bool keys_are_typed(const struct app *app)
{
	const struct view *v = tabs_view(app->shown);
	return v->ops->typing && v->ops->typing(v);
}

/* A view gets keys before they are looked up. While it edits text, no letter becomes an action. */
static bool to_view(struct app *app, key_code key)
{
	struct view *v = tabs_view(app->shown);
	if (v->ops->key && v->ops->key(v, key)) {
		app->terminal.dirty = true;
		return true;
	}
	return key_is_text(key) && keys_are_typed(app);
}

/* Pasted text goes into the prompt or the field that is open. Without one it is dropped and starts no action. */
static bool is_pasted(struct app *app, key_code key)
{
	if (key == KEY_PASTE_START || key == KEY_PASTE_END) {
		app->terminal.pasting = key == KEY_PASTE_START;
		return true;
	}
	if (!app->terminal.pasting)
		return false;
	if (app->terminal.prompt && key_is_text(key))
		terminal_key(&app->terminal, key);
	else if (!terminal_is_open(&app->terminal) && key_is_text(key) && keys_are_typed(app))
		to_view(app, key);
	return true;
}

void keys_take(struct app *app, key_code key, const struct mouse_event *mouse)
{
	struct terminal *t = &app->terminal;
	enum action_id id;

	if (is_pasted(app, key))
		return;
	terminal_forget_read(t);
	terminal_close_notice(t);
	if (key == KEY_MOUSE_EVENT) {
		take_mouse(app, mouse);
		return;
	}
	if (terminal_key(t, key) || to_view(app, key))
		return;
	id = keymap_lookup(app->keymap, key, tabs_view(app->shown)->ops);
	if (id != ACTION_NONE) {
		terminal_forget_small(t);
		dispatch_action(app->shown, id, NULL);
	} else {
		struct str text = { 0 };

		key_add_name(key, &text);
		str_add(&text, " does nothing here; ? lists the keys");
		terminal_message(t, SEVERITY_NONE, str_text(&text));
		str_release(&text);
	}
}

bool keys_want_alt(const struct app *app, key_code key)
{
	if (app->terminal.prompt || keys_are_typed(app))
		return prompt_wants_alt(key);
	return !terminal_is_open(&app->terminal) &&
		keymap_lookup(app->keymap, key | KEY_ALT, tabs_view(app->shown)->ops);
}
