/* SPDX-License-Identifier: BSD-2-Clause */
#include "work/works.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/thread.h"

struct job {
	struct job *next;
	struct work *work;
	struct view *owner; /* NULL: the view has closed */
	work_done_fn *progress, *done;
	struct works *works;
	struct work_setup setup;
	pthread_t thread;
	bool started;
	atomic_bool told; /* it has reported something since the last turn */
	atomic_bool ended;
};

struct works {
	work_run_fn *const *table;
	struct work_setup setup;
	void (*wake)(void *waker);
	void *waker;
	void (*ended)(void *data, const struct work *w); /* of what changes the cluster; or NULL */
	void *ended_data;
	struct job *jobs; /* the newest first */
};

struct works *works_new(work_run_fn *const *table, const struct work_setup *setup, void (*wake)(void *waker),
	void *waker)
{
	struct works *works = mem_alloc(sizeof(*works));

	works->table = table;
	works->setup = *setup;
	works->wake = wake;
	works->waker = waker;
	return works;
}

void works_on_change(struct works *works, void (*ended)(void *data, const struct work *w), void *data)
{
	works->ended = ended;
	works->ended_data = data;
}

static void job_told(void *data)
{
	struct job *job = data;

	if (!atomic_exchange(&job->told, true))
		job->works->wake(job->works->waker);
}

static void *job_run(void *data)
{
	struct job *job = data;
	struct works *works = job->works;

	works->table[job->work->kind](job->work, &job->setup);
	atomic_store(&job->ended, true);
	works->wake(works->waker);
	return NULL;
}

static void job_log(const struct work *w)
{
	if (w->ok)
		log_write(LOG_INFO, "work", "finished: %s", w->title);
	else
		log_write(LOG_WARN, "work", "%s: %s", w->title, w->err.message);
}

static void job_end(struct job *job)
{
	struct work *w = job->work;

	if (job->started)
		pthread_join(job->thread, NULL);
	job_log(w);
	w->wake = NULL;
	if (w->mutates && job->works->ended)
		job->works->ended(job->works->ended_data, w);
	if (job->owner && job->done)
		job->done(job->owner, w);
	else
		work_free(w);
	free(job);
}

void works_meet(struct works *works, const char *cluster_id)
{
	works->setup.gate.pin.met = cluster_id;
}

void works_start(struct works *works, struct view *owner, struct work *w, work_done_fn *progress, work_done_fn *done)
{
	struct job *job = mem_alloc(sizeof(*job));

	job->work = w;
	job->owner = owner;
	job->progress = progress;
	job->done = done;
	job->works = works;
	job->setup = works->setup;
	w->wake = job_told;
	w->waker = job;
	if (!works->table[w->kind])
		error_set(&w->err, ERR_USAGE, "%s: this program cannot do that", w->title);
	else
		job->started = thread_start(&job->thread, "weir-work", job_run, job, &w->err);
	if (!job->started)
		atomic_store(&job->ended, true);
	job->next = works->jobs;
	works->jobs = job;
	if (!job->started)
		works->wake(works->waker);
}

/* Takes a job that has ended out of the list. NULL: none has. */
static struct job *job_take_ended(struct works *works)
{
	for (struct job **at = &works->jobs; *at; at = &(*at)->next) {
		struct job *job = *at;

		if (atomic_load(&job->ended)) {
			*at = job->next;
			return job;
		}
	}
	return NULL;
}

bool works_turn(struct works *works)
{
	struct job *job;
	bool any = false;

	for (job = works->jobs; job; job = job->next) {
		if (!atomic_exchange(&job->told, false) || !job->owner || !job->progress)
			continue;
		job->progress(job->owner, job->work);
		any = true;
	}
	/* `done` may start or forget jobs, so each search begins at the head of the list. */
	while ((job = job_take_ended(works)) != NULL) {
		job_end(job);
		any = true;
	}
	return any;
}

void works_forget(struct works *works, const struct view *owner)
{
	for (struct job *job = works->jobs; job; job = job->next) {
		if (job->owner != owner)
			continue;
		job->owner = NULL;
		if (!job->work->mutates)
			atomic_store(&job->work->cancelled, true);
	}
}

bool works_cancel(struct works *works, const struct view *owner)
{
	bool any = false;

	for (struct job *job = works->jobs; job; job = job->next) {
		if (job->owner != owner || job->work->background)
			continue;
		atomic_store(&job->work->cancelled, true);
		any = true;
	}
	return any;
}

bool works_busy(const struct works *works)
{
	return works->jobs != NULL;
}

const char *works_mutating(const struct works *works)
{
	for (const struct job *job = works->jobs; job; job = job->next)
		if (job->work->mutates)
			return job->work->title;
	return NULL;
}

const char *works_changes_of(const struct works *works, const struct view *owner)
{
	for (const struct job *job = works->jobs; job; job = job->next)
		if (job->work->mutates && job->owner == owner)
			return job->work->title;
	return NULL;
}

bool works_free(struct works *works, int64_t wait_ms)
{
	const struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };
	struct job *job;
	int64_t deadline;

	if (!works)
		return true;
	deadline = clock_mono_ms() + wait_ms;
	for (job = works->jobs; job; job = job->next) {
		job->owner = NULL;
		atomic_store(&job->work->cancelled, true);
	}
	while (works->jobs) {
		if ((job = job_take_ended(works)) != NULL)
			job_end(job);
		else if (clock_mono_ms() >= deadline)
			return false;
		else
			nanosleep(&pause, NULL);
	}
	free(works);
	return true;
}
