/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A question on the last line and the answer being typed: editing, history (Up
 * and Down), and completion (Tab) if its owner offers words. Callbacks run
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
	char *text; /* inserted into the line */
	char *note; /* a few words about it, or NULL */
	char *keys; /* the key that does the same, or NULL */
};

struct prompt_words {
	struct prompt_word *items;
	size_t count, cap;
	size_t from; /* byte from which they replace the line */
};

struct prompt_ops {
	void (*live)(void *data, const char *text); /* called at each change; NULL */
	void (*done)(void *data, const char *text); /* NULL text: cancelled */
	/* Adds the words that fit the line up to `cursor`; NULL: no completion. */
	void (*complete)(void *data, const char *text, size_t cursor, struct prompt_words *words);
};

struct prompt;

/* `history` names the kept history, or is NULL. Texts are copied. */
struct prompt *prompt_new(const char *label, const char *initial, const char *history, const struct prompt_ops *ops,
	void *data);
void prompt_free(struct prompt *p); /* NULL is allowed */
/* True when it has ended: `done` was called, and the caller must free the prompt. */
bool prompt_key(struct prompt *p, key_code key);
/* Draws on the last row of the area, the words that fit above it; places the cursor. */
void prompt_draw(struct prompt *p, const struct area *a);
/* Shows above the line why it was not accepted, with a sign under byte `at`, until the line is changed. */
void prompt_fault(struct prompt *p, size_t at, const char *why);
/* Asks for words again, because those on offer changed. */
void prompt_offer(struct prompt *p);
bool prompt_wants_alt(key_code key);
void prompt_words_add(struct prompt_words *words, const char *text, const char *note, const char *keys);
void prompt_words_clear(struct prompt_words *words);          /* keeps the memory of `items` */
size_t prompt_words_shared(const struct prompt_words *words); /* bytes that all begin with; needs one word */

#endif
