/* SPDX-License-Identifier: BSD-2-Clause */
/* One of several options: changed in place, or chosen from a list below the field, which explains each option. */
#include <ctype.h>

#include "ui/form_private.h"

enum { LISTED_FROM = 3 }; /* with two options, there is only the other one */

bool form_has_list(const struct field *field)
{
	return field->kind == FORM_CHOICE && field->option_count >= LISTED_FROM;
}

static void form_choose(struct form *f, size_t option)
{
	struct field *field = &f->fields[f->focus];
	if (option == field->chosen)
		return;
	field->chosen = option;
	form_touched(f);
}

static void go_round(struct form *f, int step)
{
	const struct field *field = &f->fields[f->focus];
	if (field->option_count)
		form_choose(f, (field->chosen + field->option_count + (size_t)step) % field->option_count);
}

/* To the next option that begins with the letter. */
static void jump(struct form *f, key_code key)
{
	const struct field *field = &f->fields[f->focus];
	for (size_t n = 1; n <= field->option_count; n++) {
		size_t at = (field->chosen + n) % field->option_count;
		if (key < 128 && tolower((unsigned char)field->options[at].label[0]) == tolower((int)key)) {
			form_choose(f, at);
			return;
		}
	}
}

bool form_choice_open(struct form *f)
{
	const struct field *field = form_focused_field(f);
	if (!field || !form_has_list(field))
		return false;
	f->listing = true;
	f->chosen_before = field->chosen;
	return true;
}

bool form_choice_key(struct form *f, key_code key)
{
	if (key == KEY_SPACE && form_choice_open(f))
		return true;
	if (key == KEY_LEFT_ARROW || key == KEY_RIGHT_ARROW || key == KEY_SPACE)
		go_round(f, key == KEY_LEFT_ARROW ? -1 : 1);
	else if (key_is_text(key))
		jump(f, key);
	else
		return false;
	return true;
}

static void form_choice_move(struct form *f, int by)
{
	const struct field *field = &f->fields[f->focus];
	int to = (int)field->chosen + by, last = (int)field->option_count - 1;
	form_choose(f, (size_t)(to < 0 ? 0 : to > last ? last : to));
}

bool form_choice_list_key(struct form *f, key_code key)
{
	switch (key) {
	case KEY_UP_ARROW:
	case KEY_DOWN_ARROW:
		form_choice_move(f, key == KEY_UP_ARROW ? -1 : 1);
		return true;
	case KEY_PAGE_UP:
	case KEY_PAGE_DOWN:
		form_choice_move(f, key == KEY_PAGE_UP ? -form_choice_rows(f) : form_choice_rows(f));
		return true;
	case KEY_ESC:
		form_choose(f, f->chosen_before);
		f->listing = false;
		return true;
	case KEY_ENTER_KEY:
	case KEY_SPACE:
		f->listing = false;
		return true;
	default:
		f->listing = key_is_text(key);
		return f->listing && form_choice_key(f, key);
	}
}

int form_choice_rows(const struct form *f)
{
	const struct field *field = &f->fields[f->focus];
	int count = (int)field->option_count, most = f->rows > 4 ? f->rows - 1 : 3;
	return count < most ? count : most;
}

size_t form_choice_first(const struct form *f)
{
	const struct field *field = &f->fields[f->focus];
	size_t rows = (size_t)form_choice_rows(f);
	return field->chosen >= rows ? field->chosen - rows + 1 : 0;
}

bool form_choice_click(struct form *f, int row)
{
	int at = f->listing ? row + f->top - f->fields[f->focus].row - 1 : -1;
	if (at < 0 || at >= form_choice_rows(f))
		return false;
	form_choose(f, form_choice_first(f) + (size_t)at);
	f->listing = false;
	return true;
}
