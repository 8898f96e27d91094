/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of Markdown that the manual is written in, as text for a terminal and as roff for man:
 *
 *     # Title, ## Heading, ### and the one below it
 *     A paragraph, broken at will.
 *
 *     - An item,
 *       continued. One that begins with code and a colon is a term and what it means:
 *     - `--group GROUP`: only this group
 *
 *         four blanks before a line that stays as it is
 *
 * Inside of text: `code`, which is bold, and a backslash before a character that Markdown would take for its own.
 * Pure functions, any thread.
 */
#ifndef DOCS_MARKDOWN_H
#define DOCS_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Lines of at most `cols` where words allow it; `bold`: with the escape sequences that make headings and code bold. */
void markdown_to_text(struct str *out, const char *markdown, size_t cols, bool bold);
/* Without the head of the page (.TH and NAME). */
void markdown_to_roff(struct str *out, const char *markdown);
/* Adds text as roff: what roff would take for its own is escaped. */
void roff_add(struct str *out, const char *text);
/* Adds text that may hold anything, so that it reads the same as Markdown. */
void markdown_add(struct str *out, const char *text);
/*
 * Adds `text` broken at blanks to lines of `cols`; the first begins at column `at`, the others
 * are indented by `indent`. A line break in the text stays one.
 */
void text_add_wrapped(struct str *out, const char *text, size_t at, size_t indent, size_t cols);
/* Adds a term and, from `column` on, its meaning: on the next line if the term is too long. Changes *term. */
void text_add_term(struct str *out, struct str *term, const char *text, size_t column, size_t cols);

#endif
