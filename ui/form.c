/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/form_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct form_key form_keys[] = {
	{ "Tab Down", "Go to the next field; where words are offered, Tab completes the text." },
	{ "Shift-Tab Up", "Go to the previous field." },
	{ "Enter", "Accept this field and go to the next one; on the last field or a button, continue with the form." },
	{ "Enter Space", "Open the list where a field offers several choices; each is explained there." },
	{ "Ctrl-s", "Continue with the form from any field." },
	{ "Left Right", "Change the choice of a field without its list; in text, move the cursor." },
	{ "Space", "Tick or untick; in a field of several lines, open $EDITOR." },
	{ "Ctrl-n Ctrl-p", "Insert the next or the previous word that is offered." },
	{ "Ctrl-u Ctrl-w", "Delete to the beginning of the field, or the word before the cursor." },
	{ "Esc", "Leave the form without changing anything." },
};
const size_t form_key_count = sizeof(form_keys) / sizeof(form_keys[0]);

struct form *form_new(const struct form_ops *ops, void *owner)
{
	struct form *f = mem_alloc(sizeof(*f));
	f->ops = ops;
	f->owner = owner;
	f->word = -1;
	return f;
}

static void clear_words(struct form *f)
{
	prompt_words_clear(&f->words);
	f->word = -1;
}

static void free_text(const char *text)
{
	free((char *)(uintptr_t)text);
}

void form_free(struct form *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->count; i++) {
		struct field *field = &f->fields[i];
		for (size_t k = 0; k < field->option_count; k++) {
			free_text(field->options[k].label);
			free_text(field->options[k].help);
		}
		free(field->options);
		free(field->label);
		free(field->placeholder);
		free(field->help);
		free(field->fault);
		line_release(&field->line);
	}
	clear_words(f);
	free(f->words.items);
	free(f->fields);
	free(f);
}

bool form_can_focus(const struct field *field)
{
	return !field->hidden && field->kind != FORM_HEADING && field->kind != FORM_FIXED;
}

const struct field *form_focused_field(const struct form *f)
{
	return f->focus < f->count ? &f->fields[f->focus] : NULL;
}

int form_add(struct form *f, const struct form_field *field)
{
	f->fields = mem_grow(f->fields, &f->cap, f->count + 1, sizeof(*f->fields));
	struct field *own = &f->fields[f->count];
	*own = (struct field){ .kind = field->kind,
		.label = mem_strdup(field->label ? field->label : ""),
		.placeholder = mem_strdup(field->placeholder),
		.help = mem_strdup(field->help),
		.option_count = field->option_count,
		.chosen = field->chosen < field->option_count ? field->chosen : 0,
		.row = -1 };
	line_set(&own->line, field->text ? field->text : "");
	own->options = mem_alloc((field->option_count + 1) * sizeof(*own->options));
	for (size_t i = 0; i < field->option_count; i++)
		own->options[i] = (struct form_option){ .label = mem_strdup(field->options[i].label),
			.help = mem_strdup(field->options[i].help) };
	bool first = f->focus == f->count && form_can_focus(own);
	if (!first && f->focus == f->count)
		f->focus++;
	return (int)f->count++;
}

static void find_words(struct form *f)
{
	const struct field *field = form_focused_field(f);
	clear_words(f);
	f->words.from = 0;
	if (field && field->kind == FORM_TEXT && f->ops->complete)
		f->ops->complete(f->owner, (int)f->focus, str_text(&field->line.text), field->line.cursor, &f->words);
}

static void forget_fault(struct field *field)
{
	free(field->fault);
	field->fault = NULL;
}

void form_touched(struct form *f)
{
	forget_fault(&f->fields[f->focus]);
	find_words(f);
	if (f->ops->changed)
		f->ops->changed(f->owner, (int)f->focus);
}

void form_fault(struct form *f, int field, size_t at, const char *why)
{
	struct field *own = &f->fields[field];
	char *copy = mem_strdup(why);
	forget_fault(own);
	own->fault = copy;
	own->fault_at = at;
}

static bool form_check(struct form *f, size_t i)
{
	struct field *field = &f->fields[i];
	struct error err = { 0 };
	size_t at = SIZE_MAX;
	if (field->hidden || field->kind != FORM_TEXT || !f->ops->check ||
		f->ops->check(f->owner, (int)i, str_text(&field->line.text), &at, &err))
		return true;
	form_fault(f, (int)i, at, err.message);
	return false;
}

static void move_focus(struct form *f, size_t to)
{
	if (to == f->focus)
		return;
	f->listing = false;
	if (f->focus < f->count && str_text(&f->fields[f->focus].line.text)[0])
		form_check(f, f->focus);
	f->focus = to;
	/* Words are offered only after something was typed: before, they would hide the next fields. */
	clear_words(f);
}

/* Wraps around at both ends. */
static void step_focus(struct form *f, int step)
{
	size_t to = f->focus < f->count ? f->focus : 0;
	for (size_t n = 0; n < f->count; n++) {
		to = (to + f->count + (size_t)step) % f->count;
		if (form_can_focus(&f->fields[to])) {
			move_focus(f, to);
			return;
		}
	}
}

void form_focus(struct form *f, int field)
{
	if (form_can_focus(&f->fields[field]))
		move_focus(f, (size_t)field);
}

static bool is_last(const struct form *f)
{
	for (size_t i = f->focus + 1; i < f->count; i++)
		if (form_can_focus(&f->fields[i]))
			return false;
	return true;
}

/* Focuses the first field that fails its check, with the cursor at the fault. */
static enum form_result accept(struct form *f)
{
	size_t bad = f->count;
	for (size_t i = f->count; i-- > 0;)
		if (!form_check(f, i))
			bad = i;
	clear_words(f);
	if (bad == f->count)
		return FORM_ACCEPTED;
	struct field *field = &f->fields[bad];
	f->focus = bad;
	if (field->fault_at <= field->line.text.len)
		field->line.cursor = field->fault_at;
	return FORM_HANDLED;
}

static void flip(struct form *f)
{
	struct field *field = &f->fields[f->focus];
	line_set(&field->line, field->line.text.len ? "" : "x");
	form_touched(f);
}

/* Inserts what all words have in common; false when that adds nothing. */
static bool form_complete(struct form *f)
{
	struct line *line = &f->fields[f->focus].line;
	size_t typed = line->cursor - f->words.from, shared;
	if (f->words.count == 0 || f->word >= 0)
		return false;
	shared = prompt_words_shared(&f->words);
	if (shared <= typed || strncmp(f->words.items[0].text, str_text(&line->text) + f->words.from, typed) != 0)
		return false;
	char *text = mem_strndup(f->words.items[0].text, shared);
	line_replace(line, f->words.from, line->cursor, text);
	free(text);
	form_touched(f);
	return true;
}

static void next_word(struct form *f, int step)
{
	struct field *field = &f->fields[f->focus];
	if (f->words.count == 0)
		find_words(f);
	int count = (int)f->words.count;
	if (count == 0)
		return;
	f->word = f->word < 0 ? (step > 0 ? 0 : count - 1) : (f->word + step + count) % count;
	line_replace(&field->line, f->words.from, field->line.cursor, f->words.items[f->word].text);
	forget_fault(field);
	if (f->ops->changed)
		f->ops->changed(f->owner, (int)f->focus);
}

static enum form_result text_key(struct form *f, key_code key)
{
	struct field *field = &f->fields[f->focus];
	if (key == KEY_CTRL('n') || key == KEY_CTRL('p')) {
		next_word(f, key == KEY_CTRL('n') ? 1 : -1);
		return FORM_HANDLED;
	}
	switch (line_key(&field->line, key)) {
	case LINE_CHANGED:
		form_touched(f);
		return FORM_HANDLED;
	case LINE_FULL:
		form_fault(f, (int)f->focus, field->line.cursor, LINE_FULL_WORDS);
		return FORM_HANDLED;
	case LINE_MOVED:
		return FORM_HANDLED;
	case LINE_UNUSED:
		break;
	}
	return FORM_UNUSED;
}

/* Keys of the field itself; letters that it does not use are ignored. */
static enum form_result field_key(struct form *f, key_code key)
{
	const struct field *field = form_focused_field(f);
	if (!field)
		return FORM_UNUSED;
	if (field->kind == FORM_TEXT)
		return text_key(f, key);
	if (field->kind == FORM_CHOICE && form_choice_key(f, key))
		return FORM_HANDLED;
	if (field->kind == FORM_TOGGLE && (key == KEY_SPACE || key == KEY_LEFT_ARROW || key == KEY_RIGHT_ARROW))
		flip(f);
	else if (!key_is_text(key))
		return FORM_UNUSED;
	return FORM_HANDLED;
}

static enum form_result form_enter(struct form *f)
{
	const struct field *field = form_focused_field(f);
	if (!field || field->kind == FORM_BUTTON || is_last(f))
		return accept(f);
	if (form_choice_open(f))
		return FORM_HANDLED;
	if (form_check(f, f->focus))
		step_focus(f, 1);
	return FORM_HANDLED;
}

/* An open list takes the keys that it knows; any other key closes it and keeps its choice. */
static bool list_key(struct form *f, key_code key)
{
	if (!form_choice_list_key(f, key))
		return false;
	if (!f->listing && key == KEY_ENTER_KEY && !is_last(f))
		step_focus(f, 1);
	return true;
}

enum form_result form_key(struct form *f, key_code key)
{
	if (f->listing && list_key(f, key))
		return FORM_HANDLED;
	switch (key) {
	case KEY_ESC:
		return FORM_GIVEN_UP;
	case KEY_ENTER_KEY:
		return form_enter(f);
	case KEY_CTRL('s'):
		return accept(f);
	case KEY_TAB:
		if (f->words.count == 0 || !form_complete(f))
			step_focus(f, 1);
		return FORM_HANDLED;
	case KEY_DOWN_ARROW:
	case KEY_SHIFT_TAB:
	case KEY_UP_ARROW:
		step_focus(f, key == KEY_DOWN_ARROW ? 1 : -1);
		return FORM_HANDLED;
	case KEY_PAGE_DOWN:
	case KEY_PAGE_UP:
		for (int i = 0; i < f->rows - 1; i++)
			if (key == KEY_PAGE_UP ? f->focus > 0 : !is_last(f))
				step_focus(f, key == KEY_PAGE_UP ? -1 : 1);
		return FORM_HANDLED;
	default:
		return field_key(f, key);
	}
}

void form_click(struct form *f, int row, int col)
{
	if (form_choice_click(f, row))
		return;
	for (size_t i = 0; i < f->count; i++) {
		const struct field *field = &f->fields[i];
		if (field->row < 0 || field->row - f->top != row || !form_can_focus(field))
			continue;
		bool again = f->focus == i && col >= f->value_col;
		move_focus(f, i);
		if (field->kind == FORM_TOGGLE && col >= f->value_col)
			flip(f);
		else if (field->kind == FORM_CHOICE && again)
			form_choice_key(f, KEY_RIGHT_ARROW);
		return;
	}
}

bool form_is_typing(const struct form *f)
{
	return form_focused_field(f) != NULL;
}

void form_help(const struct form *f, struct str *out)
{
	const struct field *field = form_focused_field(f);
	if (!field)
		return;
	if (field->help)
		str_add(out, field->help);
	else if (field->kind == FORM_CHOICE && field->option_count && field->options[field->chosen].help)
		str_add(out, field->options[field->chosen].help);
}

void form_hints(const struct form *f, struct str *out)
{
	static const char *const keys[] = {
		[FORM_HEADING] = "",
		[FORM_FIXED] = "",
		[FORM_TEXT] = "",
		[FORM_CHOICE] = "Left Right choose  ",
		[FORM_TOGGLE] = "Space switch  ",
		[FORM_BUTTON] = "",
	};
	const struct field *field = form_focused_field(f);
	if (f->listing) {
		str_add(out, "Up Down choose  Enter accept  Esc cancel");
		return;
	}
	if (field && form_has_list(field))
		str_add(out, "Enter list  ");
	if (field)
		str_add(out, keys[field->kind]);
	if (f->words.count)
		str_add(out, "Tab complete  Ctrl-n next word  ");
	else
		str_add(out, field && field->kind == FORM_BUTTON ? "" : "Tab next  ");
	str_add(out, field && (field->kind == FORM_BUTTON || is_last(f)) ? "Enter continue" : "Ctrl-s continue");
	str_add(out, "  Esc back  F1 help");
}

const char *form_text(const struct form *f, int field)
{
	return str_text(&f->fields[field].line.text);
}

size_t form_chosen(const struct form *f, int field)
{
	return f->fields[field].chosen;
}

bool form_is_on(const struct form *f, int field)
{
	return f->fields[field].line.text.len > 0;
}

bool form_is_shown(const struct form *f, int field)
{
	return !f->fields[field].hidden;
}

int form_focused(const struct form *f)
{
	return f->focus < f->count ? (int)f->focus : -1;
}

void form_set_text(struct form *f, int field, const char *text)
{
	forget_fault(&f->fields[field]);
	line_set(&f->fields[field].line, text);
}

void form_set_chosen(struct form *f, int field, size_t option)
{
	if (option < f->fields[field].option_count)
		f->fields[field].chosen = option;
}

void form_show(struct form *f, int field, bool shown)
{
	f->fields[field].hidden = !shown;
	if (!shown)
		forget_fault(&f->fields[field]);
	if (!shown && f->focus == (size_t)field)
		step_focus(f, 1);
	else if (shown && f->focus == f->count && form_can_focus(&f->fields[field]))
		f->focus = (size_t)field;
}
