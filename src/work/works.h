/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pieces of work on one cluster that run beside the UI, each on a thread of its
 * own: starts them, passes on what they report, and gives them back to the view that
 * asked. work_table.c says which function does which kind; tests bring their own
 * table. Main thread.
 */
#ifndef WORKS_H
#define WORKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "kafka/cluster_gate.h"
#include "model/work.h"
#include "ui/view.h"

struct config_file;
struct settings;
struct works;

/* What the functions of the table may use. Read only; outlives the work. */
struct work_setup {
	struct cluster_gate gate;         /* to the cluster, and to the connection settings */
	const struct settings *settings;  /* of the run: for a gate to another cluster */
	const struct config_file *config; /* where the contexts of other clusters stand; NULL: there are none */
};

/* Runs on the work's own thread. Sets ok or err, and the output if there is any. */
typedef void work_run_fn(struct work *w, const struct work_setup *setup);

extern work_run_fn *const work_table[WORK_COUNT]; /* by kind; NULL: the work ends with an error */

work_run_fn work_produce, work_save;

typedef void work_done_fn(struct view *owner, struct work *w);

/* `wake` is called when works_turn() has something to do, by any thread. Copies the setup. */
struct works *works_new(work_run_fn *const *table, const struct work_setup *setup, void (*wake)(void *waker),
	void *waker);
/*
 * Cancels what runs and waits up to `wait_ms` for it. False when some still run: they cannot be stopped, `works` and
 * what the setup points to must stay, and the process must end by _exit(). NULL is allowed.
 */
bool works_free(struct works *works, int64_t wait_ms);
/* `ended` is called for each work that changes the cluster once it has ended, before its `done`. */
void works_on_change(struct works *works, void (*ended)(void *data, const struct work *w), void *data);
/* The session has met the cluster with that id: works are bound to it from now on. The id must outlive `works`. */
void works_meet(struct works *works, const char *cluster_id);
/* Takes the work. When no thread can be started, the work ends with that error. */
void works_start(struct works *works, struct view *owner, struct work *w, work_done_fn *progress, work_done_fn *done);
/* Calls `progress` of works with news and `done` of those that have ended. True: it called any. */
bool works_turn(struct works *works);
/* The view closes: cancels its works, except those that change the cluster, and calls nothing back any more. */
void works_forget(struct works *works, const struct view *owner);
bool works_cancel(struct works *works, const struct view *owner); /* false: none of the view's works runs */
bool works_busy(const struct works *works); /* some work has not ended yet, or its `done` was not called yet */
/* The title of a work that changes the cluster and would be cut short by leaving now; NULL: there is none. */
const char *works_mutating(const struct works *works);
const char *works_changes_of(const struct works *works,
	const struct view *owner); /* likewise, among those of one view */

#endif
