/* SPDX-License-Identifier: BSD-2-Clause */
/* Forms and the question before a change, by keys alone. */
#include "unit.h"

#include "base/clock.h"
#include "ui/confirm.h"
#include "ui/form.h"

enum { SECTION, NAME, STRATEGY, DEEP, NOTE, GO };

struct owner {
	int changes;
	int last;
};

static bool check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	const char *bad = strchr(text, '!');

	(void)owner;
	if (field != NAME || !bad)
		return true;
	*at = (size_t)(bad - text);
	return error_set(err, ERR_USAGE, "no ! here");
}

static void complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words)
{
	static const char *const all[] = { "orders", "orders-3", "payments" };

	(void)owner;
	for (size_t i = 0; field == NAME && i < COUNT(all); i++)
		if (strncmp(all[i], text, cursor) == 0)
			prompt_words_add(words, all[i], NULL, NULL);
}

static void changed(void *owner, int field)
{
	struct owner *o = owner;

	o->changes++;
	o->last = field;
}

static const struct form_ops ops = { .check = check, .complete = complete, .changed = changed };

static struct form *make(struct owner *owner)
{
	static const struct form_option options[] = { { "earliest", NULL }, { "latest", NULL }, { "to offset", NULL } };
	struct form *f = form_new(&ops, owner);

	assert_int_equal(form_add(f, &(struct form_field){ FORM_HEADING, "what" }), SECTION);
	assert_int_equal(form_add(f, &(struct form_field){ FORM_TEXT, "topic" }), NAME);
	assert_int_equal(form_add(f,
				 &(struct form_field){ FORM_CHOICE, "to", .options = options,
					 .option_count = COUNT(options) }),
		STRATEGY);
	assert_int_equal(form_add(f, &(struct form_field){ FORM_TOGGLE, "deep" }), DEEP);
	assert_int_equal(form_add(f, &(struct form_field){ FORM_FIXED, "note", .text = "fixed" }), NOTE);
	assert_int_equal(form_add(f, &(struct form_field){ FORM_BUTTON, "go" }), GO);
	return f;
}

static enum form_result type(struct form *f, const char *text)
{
	enum form_result result = FORM_UNUSED;

	for (; *text; text++)
		result = form_key(f, (key_code)*text);
	return result;
}

static void keys_go_from_field_to_field(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);

	(void)state;
	assert_int_equal(form_focused(f), NAME);
	form_key(f, KEY_TAB);
	assert_int_equal(form_focused(f), STRATEGY);
	form_key(f, KEY_DOWN_ARROW);
	assert_int_equal(form_focused(f), DEEP);
	form_key(f, KEY_DOWN_ARROW); /* over what is read only */
	assert_int_equal(form_focused(f), GO);
	form_key(f, KEY_TAB);
	assert_int_equal(form_focused(f), NAME);
	form_key(f, KEY_SHIFT_TAB);
	assert_int_equal(form_focused(f), GO);
	form_show(f, GO, false);
	assert_int_equal(form_focused(f), NAME);
	assert_int_equal(form_key(f, KEY_ESC), FORM_GIVEN_UP);
	form_free(f);
}

static void a_list_of_options_opens_and_shuts(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);
	struct str hints = { 0 };

	(void)state;
	form_focus(f, STRATEGY);
	form_key(f, KEY_ENTER_KEY);
	assert_int_equal(form_focused(f), STRATEGY);
	form_hints(f, &hints);
	assert_non_null(strstr(str_text(&hints), "Enter accept"));
	str_release(&hints);
	form_key(f, KEY_DOWN_ARROW);
	form_key(f, KEY_DOWN_ARROW);
	form_key(f, KEY_DOWN_ARROW); /* the list has an end */
	assert_int_equal(form_chosen(f, STRATEGY), 2);
	form_key(f, KEY_ENTER_KEY); /* accepts, and goes on to the next field */
	assert_int_equal(form_chosen(f, STRATEGY), 2);
	assert_int_equal(form_focused(f), DEEP);
	form_focus(f, STRATEGY);
	form_key(f, KEY_SPACE);
	form_key(f, KEY_UP_ARROW);
	assert_int_equal(form_key(f, KEY_ESC), FORM_HANDLED); /* shuts the list, not the form */
	assert_int_equal(form_chosen(f, STRATEGY), 2);
	assert_int_equal(form_key(f, KEY_ESC), FORM_GIVEN_UP);
	form_key(f, KEY_SPACE);
	form_key(f, 'e');
	form_key(f, KEY_TAB); /* any other key takes what the list stands on */
	assert_int_equal(form_chosen(f, STRATEGY), 0);
	assert_int_equal(form_focused(f), DEEP);
	form_free(f);
}

static void letters_are_text_and_start_nothing(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);

	(void)state;
	assert_int_equal(type(f, "qZ:?"), FORM_HANDLED);
	assert_text(0, form_text(f, NAME), "qZ:?");
	assert_true(form_is_typing(f));
	form_focus(f, DEEP);
	assert_int_equal(form_key(f, 'q'), FORM_HANDLED);
	assert_int_equal(form_key(f, '?'), FORM_HANDLED);
	assert_int_equal(form_key(f, KEY_CTRL('l')), FORM_UNUSED);
	assert_false(form_is_on(f, DEEP));
	form_key(f, ' ');
	assert_true(form_is_on(f, DEEP));
	assert_int_equal(owner.last, DEEP);
	form_free(f);
}

static void choices_go_round_and_jump(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);

	(void)state;
	form_focus(f, STRATEGY);
	form_key(f, KEY_LEFT_ARROW);
	assert_int_equal(form_chosen(f, STRATEGY), 2);
	form_key(f, KEY_RIGHT_ARROW);
	assert_int_equal(form_chosen(f, STRATEGY), 0);
	form_key(f, 'L');
	assert_int_equal(form_chosen(f, STRATEGY), 1);
	form_key(f, 'x');
	assert_int_equal(form_chosen(f, STRATEGY), 1);
	assert_int_equal(owner.changes, 3);
	form_free(f);
}

static void a_form_is_accepted_only_when_every_field_passes(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);

	(void)state;
	type(f, "ab!c");
	form_focus(f, GO);
	assert_int_equal(form_key(f, KEY_ENTER_KEY), FORM_HANDLED);
	assert_int_equal(form_focused(f), NAME);
	assert_int_equal(form_key(f, KEY_DELETE), FORM_HANDLED); /* the cursor is where the fault is */
	assert_text(0, form_text(f, NAME), "abc");
	assert_int_equal(form_key(f, KEY_CTRL('s')), FORM_ACCEPTED);
	assert_int_equal(form_key(f, KEY_ENTER_KEY), FORM_HANDLED); /* goes on to the next */
	assert_int_equal(form_focused(f), STRATEGY);
	form_focus(f, NAME);
	type(f, "!");
	form_show(f, NAME, false);
	assert_int_equal(form_key(f, KEY_CTRL('s')), FORM_ACCEPTED);
	form_free(f);
}

static void tab_completes_before_it_goes_on(void **state)
{
	struct owner owner = { 0 };
	struct form *f = make(&owner);

	(void)state;
	type(f, "or");
	form_key(f, KEY_TAB);
	assert_text(0, form_text(f, NAME), "orders");
	assert_int_equal(form_focused(f), NAME);
	form_key(f, KEY_CTRL('n'));
	form_key(f, KEY_CTRL('n'));
	assert_text(1, form_text(f, NAME), "orders-3");
	form_key(f, KEY_TAB);
	assert_int_equal(form_focused(f), STRATEGY);
	assert_text(2, form_text(f, NAME), "orders-3");
	form_free(f);
}

static void a_question_is_deaf_until_the_keyboard_is_quiet(void **state)
{
	struct confirm_line line = { "deletes all", SEVERITY_CRIT };
	struct confirm_ask ask = { .title = "delete", .lines = &line, .count = 1 };
	struct confirm *c;

	(void)state;
	clock_freeze(1000, 0);
	c = confirm_new(&ask);
	assert_int_equal(confirm_key(c, 'y'), CONFIRM_OPEN);
	assert_int_equal(confirm_next_change(c), 1300);
	clock_freeze(1299, 0);
	assert_int_equal(confirm_key(c, KEY_ENTER_KEY), CONFIRM_OPEN);
	clock_freeze(1598, 0);
	assert_int_equal(confirm_key(c, 'y'), CONFIRM_OPEN); /* held down */
	clock_freeze(1898, 0);
	assert_int_equal(confirm_next_change(c), -1);
	assert_int_equal(confirm_key(c, 'x'), CONFIRM_OPEN);
	assert_int_equal(confirm_key(c, 'y'), CONFIRM_YES);
	assert_int_equal(confirm_key(c, KEY_ENTER_KEY), CONFIRM_YES);
	assert_int_equal(confirm_key(c, 'n'), CONFIRM_NO);
	confirm_free(c);
	c = confirm_new(&ask);
	assert_int_equal(confirm_key(c, KEY_ESC), CONFIRM_NO); /* leaving is always safe */
	confirm_free(c);
	clock_freeze(-1, -1);
}

static void a_name_must_be_typed_whole(void **state)
{
	static const struct {
		const char *name, *typed;
		enum confirm_answer answer;
	} cases[] = {
		{ "payments", "payments", CONFIRM_YES },
		{ "payments", "payment", CONFIRM_OPEN },
		{ "payments", "", CONFIRM_OPEN },
		{ "y", "y", CONFIRM_YES },
		{ "a\x1b"
		  "b",
			"a^[b", CONFIRM_YES },
		{ "\xff", "\\xff", CONFIRM_YES },
		{ "payments", "Payments", CONFIRM_OPEN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct confirm_ask ask = { .title = "delete", .name = cases[i].name, .what = "group" };

		clock_freeze(1000, 0);
		struct confirm *c = confirm_new(&ask);
		clock_freeze(1300, 0);
		for (const char *p = cases[i].typed; *p; p++)
			assert_int_equal(confirm_key(c, (key_code)*p), CONFIRM_OPEN);
		if (confirm_key(c, KEY_ENTER_KEY) != cases[i].answer)
			fail_msg("row %zu", i);
		confirm_free(c);
	}
	clock_freeze(-1, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(keys_go_from_field_to_field),
		cmocka_unit_test(a_list_of_options_opens_and_shuts),
		cmocka_unit_test(letters_are_text_and_start_nothing), cmocka_unit_test(choices_go_round_and_jump),
		cmocka_unit_test(a_form_is_accepted_only_when_every_field_passes),
		cmocka_unit_test(tab_completes_before_it_goes_on),
		cmocka_unit_test(a_question_is_deaf_until_the_keyboard_is_quiet),
		cmocka_unit_test(a_name_must_be_typed_whole) };

	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
