/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One piece of work (model/work.h) without a screen, as the terminal program
 * runs it:
 *
 *     works BOOTSTRAP KIND NAME
 *
 * Kinds: reset-plan, reset-peek, reset-apply, produce, save, topic-plan,
 * topic-apply, clone-plan, clone. NAME is a group, a file or a topic, as the
 * kind has it; records are those of the topic "orders". What is applied is
 * planned first. SIGUSR1 cancels it. When it has ended one line says how; then
 * SIGUSR2 ends the program, once nothing that was left behind runs any more.
 */
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/wake.h"
#include "kafka/reader.h"
#include "model/clone_work.h"
#include "model/produce_work.h"
#include "model/reset_work.h"
#include "model/save_work.h"
#include "model/topic_work.h"
#include "work/works.h"

enum { WAKE_WORKS = 1, WAKE_CANCEL = 2, WAKE_QUIT = 4, LEFT_MS = 120 * 1000, PARTITIONS = 3 };

static const char TOPIC[] = "orders";

struct driver {
	struct works *works;
	const char *kind, *name;
	bool cancelled, ended;
};

static struct wake wake;

static void on_signal(int number)
{
	wake_raise(&wake, number == SIGUSR1 ? WAKE_CANCEL : WAKE_QUIT);
}

static void wake_works(void *waker)
{
	wake_raise(waker, WAKE_WORKS);
}

static struct view *owner_of(struct driver *d)
{
	return (struct view *)(void *)d;
}

static struct driver *driver_of(struct view *owner)
{
	return (struct driver *)(void *)owner;
}

/* Inputs */

static struct work *reset_plan_work(const char *group)
{
	struct reset_plan_input *in = mem_alloc(sizeof(*in));

	in->request.group = mem_strdup(group);
	in->request.all_topics = true;
	in->request.how.strategy = RESET_EARLIEST;
	in->rate_per_s = NAN;
	return work_new(WORK_RESET_PLAN, "plan of a reset", in, reset_plan_input_free);
}

static struct work *reset_apply_work(struct reset_plan *plan)
{
	struct reset_apply_input *in = mem_alloc(sizeof(*in));

	in->confirmed = plan;
	in->bounds = reset_plan_bounds(plan);
	return work_new(WORK_RESET_APPLY, "reset", in, reset_apply_input_free);
}

static struct work *reset_peek_work(void)
{
	struct reset_peek_input *in = mem_alloc(sizeof(*in));

	in->count = PARTITIONS;
	in->items = mem_alloc(in->count * sizeof(*in->items));
	for (size_t i = 0; i < in->count; i++)
		in->items[i] = (struct reset_peek_item){ mem_strdup(TOPIC), (int32_t)i, 0, -1 };
	return work_new(WORK_RESET_PEEK, "records at the targets", in, reset_peek_input_free);
}

static struct work *produce_work(void)
{
	struct produce_job *job = produce_job_new(PARTITIONS);

	for (size_t i = 0; i < job->count; i++)
		job->records[i] = (struct record){ .topic = arena_strdup(job->arena, TOPIC),
			.partition = (int32_t)i,
			.timestamp_ms = -1,
			.value = { arena_strdup(job->arena, "made by a test"), 14 } };
	return work_new(WORK_PRODUCE, "records", job, produce_job_free);
}

static struct work *save_work(const char *path)
{
	struct save_job *job = save_job_new();

	job->topics = arena_array(job->arena, 1, sizeof(*job->topics));
	job->topics[0] = arena_strdup(job->arena, TOPIC);
	job->topic_count = 1;
	job->json = true;
	job->path = arena_strdup(job->arena, path);
	return work_new(WORK_SAVE, "saving of records", job, save_job_free);
}

static struct work *topic_plan_work(const char *name, bool grow)
{
	struct topic_request *r = mem_alloc(sizeof(*r));

	/* More partitions: the keys of its records are looked at, too. */
	topic_request_init(r, grow ? TOPIC_PARTITIONS : TOPIC_CREATE);
	r->partitions = grow ? 2 * PARTITIONS : 1;
	topic_texts_add(&r->names, name);
	return work_new(WORK_TOPIC_PLAN, "plan of a topic", r, topic_request_free);
}

static struct work *topic_apply_work(struct topic_plan *plan)
{
	struct topic_apply_input *in = mem_alloc(sizeof(*in));

	in->plan = plan;
	return work_new(WORK_TOPIC_APPLY, "topic", in, topic_apply_input_free);
}

static struct clone_request clone_request_of(const char *target)
{
	return (struct clone_request){ .source = mem_strdup(TOPIC), .target = mem_strdup(target), .data = true };
}

static struct work *clone_plan_work(const char *target)
{
	struct clone_request *r = mem_alloc(sizeof(*r));

	*r = clone_request_of(target);
	return work_new(WORK_TOPIC_CLONE_PLAN, "plan of a clone", r, clone_request_free);
}

static struct work *clone_work(const char *target, struct clone_report *confirmed)
{
	struct clone_order *order = mem_alloc(sizeof(*order));

	order->request = clone_request_of(target);
	order->confirmed = confirmed;
	return work_new(WORK_TOPIC_CLONE, "clone", order, clone_order_free);
}

static struct work *first_work(const struct driver *d)
{
	if (strncmp(d->kind, "reset-p", 7) == 0 || strcmp(d->kind, "reset-apply") == 0)
		return strcmp(d->kind, "reset-peek") == 0 ? reset_peek_work() : reset_plan_work(d->name);
	if (strcmp(d->kind, "produce") == 0)
		return produce_work();
	if (strcmp(d->kind, "save") == 0)
		return save_work(d->name);
	if (strncmp(d->kind, "topic-", 6) == 0)
		return topic_plan_work(strcmp(d->kind, "topic-plan") == 0 ? TOPIC : d->name,
			strcmp(d->kind, "topic-plan") == 0);
	if (strncmp(d->kind, "clone", 5) == 0)
		return clone_plan_work(d->name);
	fprintf(stderr, "works: no kind %s\n", d->kind);
	exit(2);
}

/* What is applied once its plan is there; takes that plan. NULL: it was the plan alone that was wanted. */
static struct work *next_work(const struct driver *d, struct work *w)
{
	void *plan = w->output;

	if (!w->ok || d->cancelled)
		return NULL;
	if (w->kind == WORK_RESET_PLAN && strcmp(d->kind, "reset-apply") == 0) {
		w->output = NULL;
		return reset_apply_work(plan);
	}
	if (w->kind == WORK_TOPIC_PLAN && strcmp(d->kind, "topic-apply") == 0) {
		w->output = NULL;
		return topic_apply_work(plan);
	}
	if (w->kind == WORK_TOPIC_CLONE_PLAN && strcmp(d->kind, "clone") == 0) {
		w->output = NULL;
		return clone_work(d->name, plan);
	}
	return NULL;
}

/* Looks at all that a view may look at when a work has ended. */
static int64_t look_at(const struct work *w)
{
	const struct produce_job *records = w->kind == WORK_PRODUCE ? w->input : NULL;
	const struct save_job *save = w->kind == WORK_SAVE ? w->input : NULL;
	const struct reset_peek_input *peek = w->kind == WORK_RESET_PEEK ? w->input : NULL;
	const struct reset_apply_input *apply = w->kind == WORK_RESET_APPLY ? w->input : NULL;
	const struct clone_order *order = w->kind == WORK_TOPIC_CLONE ? w->input : NULL;
	size_t sum = strlen(w->title);

	if (!w->input) {
		fprintf(stderr, "works: the input of %s is gone\n", w->title);
		abort();
	}
	sum += records ? strlen(records->records[0].topic) : 0;
	sum += save ? strlen(save->path) : 0;
	sum += peek ? strlen(peek->items[0].topic) : 0;
	sum += apply ? apply->confirmed->row_count : 0;
	sum += order ? strlen(order->request.target) + order->confirmed->row_count : 0;
	return (int64_t)sum;
}

static void done(struct view *owner, struct work *w)
{
	struct driver *d = driver_of(owner);
	struct work *next = next_work(d, w);
	int64_t seen = look_at(w);

	if (next) {
		works_start(d->works, owner, next, NULL, done);
	} else {
		d->ended = true;
		printf("ended %s (%" PRId64 "): %s\n", d->kind, seen, w->ok ? "ok" : w->err.message);
		fflush(stdout);
	}
	work_free(w);
}

static bool await_left(void)
{
	int64_t until_ms = clock_mono_ms() + LEFT_MS;

	while (reader_left_behind() && clock_mono_ms() < until_ms)
		poll(NULL, 0, 20);
	return !reader_left_behind();
}

static void run(struct driver *d)
{
	for (bool quit = false; !quit || !d->ended;) {
		struct pollfd fd = { .fd = wake.read_fd, .events = POLLIN };
		unsigned bits;

		poll(&fd, 1, -1);
		bits = wake_drain(&wake);
		if (bits & WAKE_CANCEL) {
			d->cancelled = true;
			works_cancel(d->works, owner_of(d));
		}
		quit = quit || (bits & WAKE_QUIT);
		works_turn(d->works);
	}
}

int main(int argc, char **argv)
{
	struct client_config *client = client_config_new();
	struct work_setup setup = { .gate = { .client = client, .timeout_ms = 5000 } };
	const struct sigaction act = { .sa_handler = on_signal };
	struct driver d = { 0 };
	struct error err = { 0 };

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc != 4)
		return 2;
	d.kind = argv[2];
	d.name = argv[3];
	setup.gate.pin.bootstrap = argv[1];
	if (!client_config_set(client, "bootstrap.servers", argv[1], &err) || !wake_init(&wake, &err)) {
		fprintf(stderr, "works: %s\n", err.message);
		return 2;
	}
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGUSR2, &act, NULL);
	d.works = works_new(work_table, &setup, wake_works, &wake);
	works_start(d.works, owner_of(&d), first_work(&d), NULL, done);
	run(&d);
	if (!works_free(d.works, LEFT_MS) || !await_left()) {
		fprintf(stderr, "works: something does not end\n");
		fflush(NULL);
		_Exit(3);
	}
	client_config_free(client);
	wake_release(&wake);
	return 0;
}
