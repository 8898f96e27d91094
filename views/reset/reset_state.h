/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The three steps of a reset, inside the reset view: what is asked (a form), the
 * plan (a table whose rows stay as they are while they are looked at, edited and
 * confirmed), and the result. Each step is a file. UI thread.
 */
#ifndef VIEWS_RESET_STATE_H
#define VIEWS_RESET_STATE_H

#include "model/reset_work.h"
#include "ui/form.h"
#include "views/panes.h"
#include "views/reset/reset.h"

enum reset_step { STEP_WHAT, STEP_PLAN, STEP_RESULT };
enum { PANE_PLAN, PANE_RESULT };

/* The record at the target of a row, or the first one that the row skips. */
struct reset_landing {
	int64_t target;                /* offset that is looked at; -1: none is */
	enum reset_peek_state state;
	bool asked;
	int64_t timestamp_ms;          /* -1: none */
	int64_t hole;                  /* offsets from the target to the record */
	char *text;                    /* key and value, or why it could not be read */
};

struct reset_form {
	struct form *form;
	int state, scope, topics, new_topics, create, strategy;
	int offset, time, duration, shift, other, file, skip;
};

struct reset_state {
	struct panes panes;            /* first: PANE_PLAN, PANE_RESULT */
	enum reset_step step;
	bool has_form;                 /* false: the request came whole (an undo, a deletion) */
	struct reset_request request;
	struct reset_form what;
	char *file;                    /* targets are read from there, or NULL */
	struct reset_plan *plan;       /* NULL: none (yet) */
	bool lent;                     /* the plan belongs to the work that executes it */
	struct reset_landing *landings;/* of the plan's rows */
	struct reset_landing *skips;   /* likewise; of rows that skip no more than a few */
	size_t landing_count;
	bool planning, peeking, applying;
	int cols;                      /* of the form as drawn last */
	char *failed;                  /* why there is no plan, or why it must be confirmed anew */
	int64_t wait_ms;               /* armed for that long; 0: not */
	struct reset_progress progress;/* of the execution; its members are owned */
	int64_t progress_ms;           /* monotonic, when it was told */
	struct reset_result *result;
	int64_t result_ms;             /* monotonic, when it came */
	int64_t seen_ms;               /* likewise, newest look at the group's commits since; 0: none */
};

static inline struct reset_state *reset_state(const struct view *v)
{
	return v->state;
}

/* reset_what.c: step 1 */
void reset_what_new(struct view *v, const struct reset_start *start);
bool reset_what_request(struct view *v, struct error *err);      /* the form as a request */
void reset_what_update(struct view *v);                          /* the list of groups may have changed */
void reset_what_draw(struct view *v, const struct area *a);
int reset_what_top(const struct view *v, int cols);              /* rows above the form */

/* reset_fields.c: what its fields may hold; form_ops, and what the request takes of them */
/* Takes "column 7: " off the message, of a word that stands at `from` of the text; without it *at stays. */
void reset_place_fault(size_t *at, size_t from, struct error *err);
bool reset_parse_topics(struct reset_request *r, const char *text, size_t *at, struct error *err);
bool reset_parse_value(struct view *v, int field, const char *text, struct reset_how *how, size_t *at, struct error *err);
bool reset_field_check(void *owner, int field, const char *text, size_t *at, struct error *err);
void reset_field_gloss(void *owner, int field, const char *text, struct str *out);
void reset_field_complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words);

/* reset_check.c: step 2 */
extern const struct table_ops reset_plan_table;
void reset_ask_plan(struct view *v);
void reset_set_plan(struct reset_state *st, struct reset_plan *plan);   /* takes it; NULL: none */
void reset_check_draw(struct view *v, const struct area *a);
void reset_trouble(const struct reset_state *st, struct str *out);   /* why it cannot be applied as it stands, if so */
void reset_check_edit(struct view *v);                           /* reset_edit.c */
void reset_check_export(struct view *v, const char *path);       /* reset_write.c */
void reset_check_command(struct view *v);

/* reset_landing.c: what lies at the targets of the rows on the screen */
bool reset_wants_peek(const struct view *v);
void reset_peek_visible(struct view *v);
void reset_landings_new(struct reset_state *st);                 /* for the plan that there is now, if any */
void reset_skips_cell(const struct reset_state *st, size_t row, struct str *out);
void reset_landing_cell(const struct reset_state *st, size_t row, bool utc, struct str *out);

/* reset_apply.c: from step 2 to step 3 */
void reset_apply_ask(struct view *v);
void reset_apply_lines(const struct view *v, struct str *out);   /* what is under way; nothing when idle */

/* reset_result.c: step 3 */
extern const struct table_ops reset_result_table;
void reset_result_update(struct view *v);                        /* whether the group has committed since */
void reset_result_draw(struct view *v, const struct area *a);

#endif
