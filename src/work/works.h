/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pieces of work that run beside the UI, one thread each: starts them, takes
 * what they tell, hands them back to the view that asked. Which function does a
 * kind stands in one table (work_table.c; tests bring their own). Main thread.
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

/* What runners may use; read only, outlives the work. */
struct work_setup {
	struct cluster_gate gate;          /* to the cluster of the session; what changes it goes through it */
	const struct settings *settings;   /* for the gate to another cluster */
	const struct config_file *config;  /* the other contexts; NULL: none are known */
};

/* On the work's own thread: sets ok and err, output if there is any. */
typedef void work_run_fn(struct work *w, const struct work_setup *setup);

extern work_run_fn *const work_table[WORK_COUNT];      /* by kind; a NULL is an error that is told */

work_run_fn work_produce, work_save;

typedef void work_done_fn(struct view *owner, struct work *w);

/* `wake` is called by any thread when works_turn() has something to do. */
struct works *works_new(work_run_fn *const *table, const struct work_setup *setup, void (*wake)(void *waker),
	void *waker);
/*
 * Cancels what runs and waits up to `wait_ms` for it. False when some still run: then they are left to
 * themselves, `works` and the setup must stay, and the process must end by _exit(). NULL is allowed.
 */
bool works_free(struct works *works, int64_t wait_ms);
/* `ended` is told of each work that changes the cluster, when it has ended and before `done` gets it. */
void works_on_change(struct works *works, void (*ended)(void *data, const struct work *w), void *data);
/* What is started from now on is for that cluster, the one that the session met. Copies the id. */
void works_meet(struct works *works, const char *cluster_id);
/* Takes the work, also when no thread can be had: then it ends at once with that error. */
void works_start(struct works *works, struct view *owner, struct work *w, work_done_fn *progress, work_done_fn *done);
/* Calls back what has told something or has ended. True when anything was called. */
bool works_turn(struct works *works);
/* The view goes: what changes the cluster goes on and is logged, everything else is cancelled. */
void works_forget(struct works *works, const struct view *owner);
bool works_cancel(struct works *works, const struct view *owner);   /* false: none of it runs */
bool works_busy(const struct works *works);                         /* something runs, or has not been called back */
/* What would be torn by leaving now: the title of one that changes the cluster, or NULL. */
const char *works_mutating(const struct works *works);
const char *works_changes_of(const struct works *works, const struct view *owner);   /* likewise, of one view */

#endif
