/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Work beside the UI: a view gives a request, a thread of the application
 * carries it out with a client handle of its own, and the answer comes back to
 * the view. Only the application knows which function does which kind.
 *
 * One rule says who owns the parts of a work, whatever its kind and however it ends:
 * - Input, output and news are values defined in the kind's own header. The work
 *   owns them from work_new() to work_free(), which frees what is left.
 * - While it runs, only its thread changes them. The input stays as given: a part
 *   that the thread moves to the output is NULL there afterwards. The view may
 *   still read what it gave.
 * - When it is done, everything belongs to the view: it takes what it wants, leaves
 *   NULL there, and frees the work. Input and title are always there, the output
 *   where the kind says so, also after a cancel.
 * - After the thread's function has returned, nothing uses any of it. What librdkafka
 *   does not end in time is left behind (reader_leave(), kafka/) with copies of its
 *   own: it never refers to a work, its input, or its thread's stack. Only things
 *   that outlive all works (the setup, the masks) may be borrowed.
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
	WORK_RESET_PLAN,
	WORK_RESET_PEEK,
	WORK_RESET_APPLY, /* model/reset_work.h */
	WORK_JOURNAL_LIST,
	WORK_JOURNAL_SETTLE, /* model/reset_work.h */
	WORK_PRODUCE,        /* model/produce_work.h */
	WORK_SAVE,           /* model/save_work.h */
	WORK_TOPIC_PLAN,
	WORK_TOPIC_APPLY, /* model/topic_work.h */
	WORK_TOPIC_CLONE_PLAN,
	WORK_TOPIC_CLONE, /* model/clone_work.h */
	WORK_COUNT
};

struct work {
	enum work_kind kind;
	const char *title; /* for the log and the question at quitting: "reset of payments"; owned */
	bool background;   /* no view waits for it: cancelling the works of a view leaves it running */
	bool mutates;      /* changes the cluster: refused in read-only mode, asked about when quitting */
	void *input;       /* not NULL before work_free(), unless it was NULL from the start */
	void (*input_free)(void *input);
	/* set by the worker before it ends */
	void *output; /* may be set after a failure too: what was done until then */
	void (*output_free)(void *output);
	bool ok;
	struct error err; /* !ok */
	/* any thread, while it runs */
	atomic_bool cancelled;       /* the worker checks it at least every 100 ms */
	_Atomic int64_t done, total; /* progress in items; total 0: not known */
	struct mailbox news;         /* the newest intermediate result, freed by news_free */
	void (*news_free)(void *news);
	/* the application's */
	void (*wake)(void *waker);
	void *waker;
};

/* `title` is copied; takes the input. Whoever gets it from ui_calls.work owns it. */
struct work *work_new(enum work_kind kind, const char *title, void *input, void (*input_free)(void *input));
void work_free(struct work *w); /* NULL is allowed; not while it runs */

/* The worker's thread. */
void work_progress(struct work *w, int64_t done, int64_t total);
void work_publish(struct work *w, void *news); /* publishes `news`, and takes it; an unread older one is freed */
bool work_is_cancelled(const struct work *w);

#endif
