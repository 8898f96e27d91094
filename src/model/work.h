/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Work beside the UI: a view says what it wants, a thread of the application
 * does it with a client handle of its own, the answer comes back to the view.
 * Which function does a kind is known to the application alone.
 *
 * One rule for what a work owns, whatever its kind and however it ends:
 *  - Input, output and news are values of the kind's own header. The work owns
 *    them from work_new() until work_free(), which frees all that is left.
 *  - While it runs, only its thread changes them. The input is as it was given:
 *    what the thread takes out of it, to give it back in the output, it leaves
 *    NULL there. The view may go on reading what it put in.
 *  - When it is done the view has all of it: it takes what it wants out of the
 *    work, leaves NULL there, and frees the work. Input and title are there in
 *    any case, the output where the kind says so, after a cancel too.
 *  - When the thread's function returns nothing looks at any of it any more. What
 *    librdkafka does not end in time is left behind (reader_leave(), kafka/) with
 *    copies of its own: it never refers to a work, its input, or its thread's
 *    stack. Only what outlives all works (the setup, the masks) may be borrowed.
 */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/mailbox.h"

enum work_kind {
	WORK_NONE,
	WORK_RESET_PLAN, WORK_RESET_PEEK, WORK_RESET_APPLY,   /* model/reset_work.h */
	WORK_JOURNAL_LIST, WORK_JOURNAL_SETTLE,   /* model/reset_work.h */
	WORK_PRODUCE,                 /* model/produce_work.h */
	WORK_SAVE,                    /* model/save_work.h */
	WORK_TOPIC_PLAN, WORK_TOPIC_APPLY,    /* model/topic_work.h */
	WORK_TOPIC_CLONE_PLAN, WORK_TOPIC_CLONE,   /* model/clone_work.h */
	WORK_COUNT
};

struct work {
	enum work_kind kind;
	const char *title;            /* for the log and the question at quitting: "reset of payments"; owned */
	bool background;              /* nobody waits for it: what cancels a view's work passes it by */
	bool mutates;                 /* changes the cluster: refused in read-only mode, asked about at quitting */
	void *input;                  /* never NULL before work_free(), if it was not so from the start */
	void (*input_free)(void *input);
	/* set by the worker before it ends */
	void *output;                 /* may be there after a failure too: what was done till then */
	void (*output_free)(void *output);
	bool ok;
	struct error err;             /* !ok */
	/* any thread, while it runs */
	atomic_bool cancelled;        /* the worker looks at it at least every 100 ms */
	_Atomic int64_t done, total;  /* progress in items; total 0: not known */
	struct mailbox news;          /* the newest intermediate result, freed by news_free */
	void (*news_free)(void *news);
	/* the application's */
	void (*wake)(void *waker);
	void *waker;
};

/* `title` is copied; takes the input. The owner is whoever gives it to ui_calls.work. */
struct work *work_new(enum work_kind kind, const char *title, void *input, void (*input_free)(void *input));
void work_free(struct work *w);                       /* NULL is allowed; not while it runs */

/* The worker's thread. */
void work_progress(struct work *w, int64_t done, int64_t total);
void work_tell(struct work *w, void *news);           /* takes it; an unread older one is freed */
bool work_is_cancelled(const struct work *w);

#endif
