/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of coloured text with a cursor, folds, wrapping and a search. A line may
 * hold any bytes; what is drawn is safe for a terminal. The lines live in an
 * arena of the pane. UI thread.
 */
#ifndef VIEWS_TEXT_PANE_H
#define VIEWS_TEXT_PANE_H

#include "base/arena.h"
#include "base/pattern.h"
#include "codec/render.h"
#include "ui/draw.h"
#include "ui/view.h"

enum { TEXT_PIECE_BYTES = 4096 }; /* longer lines go on in the next one */

struct text_span {
	size_t len; /* bytes; spans follow one another */
	enum role role;
};

struct text_line {
	const char *text; /* any bytes */
	size_t len;
	int indent;     /* cells */
	enum role role; /* of what no span covers */
	const struct text_span *spans;
	size_t span_count;
	size_t fold_end; /* line that closes what this one opens; 0: none */
	size_t children;
	bool folded;
};

struct text_pane {
	struct arena *arena;
	struct text_line *lines;
	size_t count, cap;
	size_t *shown; /* lines that no fold hides */
	size_t shown_count;
	size_t cursor, top; /* of shown */
	size_t page;        /* lines of the last picture */
	bool wrap;
	int scroll;
	struct pattern *pattern; /* NULL: nothing is sought */
	char *sought;
};

void text_pane_release(struct text_pane *p);
void text_pane_clear(struct text_pane *p); /* the lines; the search and wrapping stay */
/* Adds a line; copies the text. */
void text_pane_add(struct text_pane *p, enum role role, int indent, const char *text, size_t len);
void text_pane_addf(struct text_pane *p, enum role role, int indent, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* "name  text", the name as a label of fixed width. */
void text_pane_add_field(struct text_pane *p, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* What a decoder made, coloured and folding. The rendered lines need not outlive the call. */
void text_pane_add_rendered(struct text_pane *p, int indent, const struct render_lines *lines);
/* Call it after the last line was added. The cursor keeps its line, or goes to the last one. */
void text_pane_done(struct text_pane *p);
void text_pane_draw(struct text_pane *p, const struct area *a);
/* Moves, folds, wraps, searches; ACTION_IGNORED for the rest. */
enum action_result text_pane_action(struct text_pane *p, struct ui *ui, enum action_id id, const char *arg);
const char *text_pane_disabled(const struct text_pane *p, enum action_id id);
void text_pane_footer(const struct text_pane *p, struct str *out);
/* All of it, safe for any pager. */
void text_pane_plain(const struct text_pane *p, struct str *out);

/* For a view whose state begins with its pane: members of its view_ops. */
void text_view_draw(struct view *v, const struct area *a);
const char *text_view_disabled(const struct view *v, enum action_id id);
void text_view_click(struct view *v, int row, int col, bool twice);
void text_view_footer(const struct view *v, struct str *out);

#endif
