/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The manual by topics: `weir help TOPIC`, the manual pages weir(1) and weir-TOPIC(7), and the pages of
 * doc/ are the same text. Prose stands in doc/TOPIC.md and is compiled in; a line <!-- TABLE --> there is
 * where a table of the program (its options, keys, decoders, ...) is written out. Main thread.
 */
#ifndef DOCS_MANUAL_H
#define DOCS_MANUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "ui/action.h"

struct manual_topic {
	const char *name;    /* one word; "weir": the page of the whole program */
	const char *summary; /* no capital, no period */
	const char *text;    /* Markdown, without the title */
};

/* Made from doc/ when weir is built; "weir" comes first. */
extern const struct manual_topic manual_topics[];
extern const size_t manual_topic_count;

enum manual_form { MANUAL_TEXT, MANUAL_BOLD_TEXT, MANUAL_ROFF, MANUAL_MARKDOWN };

/* NULL: there is no such topic. */
const struct manual_topic *manual_find(const char *name);
/* The whole page; `cols` is the length of lines of text. `actions` are the keys. */
void manual_print(struct str *out, const struct manual_topic *topic, const struct action_set *actions,
	enum manual_form form, size_t cols);
/* The topics with their summaries, and how to ask for one. */
void manual_list(struct str *out, size_t cols);
/*
 * What `weir help WORD...` prints as text: a topic, else the help of a command. A topic goes before a command of
 * its name, and names its options. ERR_USAGE: there is neither.
 */
bool manual_help(struct str *out, const char *const *words, size_t count, const struct action_set *actions, bool bold,
	size_t cols, struct error *err);

/* Writes one of the program's tables as Markdown; false: there is none of that name (manual_tables.c). */
bool manual_add_table(struct str *out, const char *name, size_t len, const struct action_set *actions);

#endif
