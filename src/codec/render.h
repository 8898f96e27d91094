/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A decoded value as text: one line for a table, JSON for files and pipes, and
 * lines with depth, roles and folds for a pane. All of it is valid UTF-8, but
 * plain text (DECODED_TEXT) keeps its control characters: draw it through
 * text_safe(), span by span. Pure functions; any thread.
 */
#ifndef CODEC_RENDER_H
#define CODEC_RENDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "codec/codec.h"

enum render_role {
	RENDER_PLAIN,
	RENDER_PUNCT,
	RENDER_KEY,
	RENDER_STRING,
	RENDER_NUMBER,
	RENDER_BOOL,
	RENDER_NULL,
	RENDER_BYTES,
	RENDER_OFFSET, /* the left column of a hex dump */
	RENDER_NOTE,   /* not part of the value: type notes, reasons */
	RENDER_MASKED,
	RENDER_ROLE_COUNT
};

/* One line of about `max_bytes` at most, cut between characters and then ended by "...". */
void render_summary(struct str *out, const struct decoded *decoded, size_t max_bytes);

/*
 * Compact JSON: a tree as it is; plain text as a string; a hex dump as a base64 string; null as null. Numbers
 * are copied. A repeated name of an object is written once, with an array of its values in order: many JSON
 * parsers keep only one of them, or none.
 */
void render_json(struct str *out, const struct decoded *decoded);
void render_node_json(struct str *out, const struct node *node);
/* The same, cut like a summary. */
void render_node_brief(struct str *out, const struct node *node, size_t max_bytes);

struct render_span {
	uint32_t start, len; /* bytes of the line */
	enum render_role role;
};

struct render_line {
	const char *text; /* without indentation; not terminated */
	size_t len;
	unsigned depth;                  /* levels to indent by */
	size_t fold_end;                 /* index of the line that closes this one; 0: nothing to fold */
	size_t children;                 /* members or elements that a fold hides */
	const struct render_span *spans; /* in order, without gaps, covering the text */
	size_t span_count;
};

struct render_lines {
	const struct render_line *line;
	size_t count;
	bool cut; /* the value has more lines than `max_lines` */
};

/*
 * At most `max_lines` lines, in the arena. The first line is the reason, if there is one. A folded line is
 * drawn as its text, "...", and the closing line.
 */
void render_lines(const struct decoded *decoded, struct arena *arena, size_t max_lines, struct render_lines *out);

#endif
