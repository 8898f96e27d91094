/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A question on the last line and the answer being typed: editing, history (Up
 * and Down), and completion (Tab) where its owner offers words. Callbacks run
 * inside prompt_key(); `done` is the last of them. UI thread.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"
#include "ui/history.h"
#include "ui/line.h"

struct prompt_word {
	char *text;               /* what is put into the line */
	char *note;               /* a few words about it, or NULL */
	char *keys;               /* the key that does the same, or NULL */
};

struct prompt_words {
	struct prompt_word *items;
	size_t count, cap;
	size_t from;              /* offset in the line of what they replace */
};

struct prompt_ops {
	void (*live)(void *data, const char *text);              /* at each change; NULL */
	void (*done)(void *data, const char *text);              /* NULL text: given up */
	/* Adds the words that fit the line up to `cursor`; NULL: no completion. */
	void (*complete)(void *data, const char *text, size_t cursor, struct prompt_words *words);
};

struct prompt;

/* `history` names the kept history or is NULL. Texts are copied. */
struct prompt *prompt_new(const char *label, const char *initial, const char *history,
	const struct prompt_ops *ops, void *data);
void prompt_free(struct prompt *p);                      /* NULL is allowed */
/* True when it is over: `done` was called, and the prompt is the caller's to free. */
bool prompt_key(struct prompt *p, key_code key);
/* Draws on the last row of the area, the words that fit above it; places the cursor. */
void prompt_draw(struct prompt *p, const struct area *a);
/* Says above the line why it cannot be taken, with a sign under byte `at`, until it is changed. */
void prompt_fault(struct prompt *p, size_t at, const char *why);
/* Asks for words again: what offers them has changed. */
void prompt_offer(struct prompt *p);
bool prompt_wants_alt(key_code key);
void prompt_words_add(struct prompt_words *words, const char *text, const char *note, const char *keys);
void prompt_words_clear(struct prompt_words *words);                 /* keeps the memory of `items` */
size_t prompt_words_shared(const struct prompt_words *words);        /* bytes all begin with; there is one at least */

#endif
