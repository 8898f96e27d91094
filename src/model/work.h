/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Work beside the UI: a view says what it wants, a thread of the application
 * does it with a client handle of its own, the answer comes back to the view.
 * Input and output are values of the kind's own header, owned by the work; the
 * input is read only from the start, the output the view's to read once it is
 * done. Which function does a kind is known to the application alone.
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
	void *input;
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
