/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/sampler.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "base/thread.h"
#include "sample/schedule.h"

enum {
	START_MS = 3000,  /* in the beginning every part of the picture is shown as soon as it is complete */
	DIRTY_MS = 150,   /* later, news wait so long for more news */
	SPACING_MS = 100, /* least time between two snapshots */
	TICK_MS = 5000,   /* length of a slot of the histories */
};

struct sampler {
	pthread_t thread;
	pthread_mutex_t lock; /* guards what the owner and the thread share below */
	pthread_cond_t ended_cond;
	bool ended;        /* the thread has released all it had */
	bool abandoned;    /* the owner left: the thread frees this */
	struct wake *wake; /* NULL once the owner has left */
	unsigned wake_bit;
	atomic_bool stopping;
	struct mailbox demands, snapshots;
	struct source source; /* the owner only wakes it */
	/* The thread's own from here on. */
	struct demand *demand;
	struct store store;
	struct flight flight;
	struct schedule schedule;
	int64_t started_ms, published_ms, publish_cost_ms, dirty_ms, tick_ms;
	bool dirty, urgent;
};

static atomic_int left_behind; /* threads whose owner did not wait for their end */

static void sampler_touch(struct sampler *s, bool urgent)
{
	if (!s->dirty)
		s->dirty_ms = clock_mono_ms();
	s->dirty = true;
	s->urgent = s->urgent || urgent;
}

static void sampler_publish(struct sampler *s)
{
	const struct source_ops *ops = s->source.ops;
	void *ctx = s->source.ctx;
	char error[256];
	int64_t now_ms = clock_mono_ms();
	struct store_frame frame = {
		.demand = s->demand,
		.interval_ms = schedule_interval_ms(&s->schedule),
		.only_wanted = s->schedule.only_wanted,
		.connection = ops->connection(ctx, error),
		.cost = ops->cost(ctx, now_ms),
		.fill_broker = ops->fill_broker,
		.ctx = ctx,
	};
	const struct snapshot *snapshot;

	snapshot = store_snapshot(&s->store, &frame);
	s->published_ms = s->tick_ms = clock_mono_ms();
	s->publish_cost_ms = s->published_ms - now_ms;
	s->dirty = s->urgent = false;
	snapshot_unref(mailbox_put(&s->snapshots, (void *)snapshot));
	pthread_mutex_lock(&s->lock);
	if (s->wake)
		wake_raise(s->wake, s->wake_bit);
	pthread_mutex_unlock(&s->lock);
}

/* Time until the news may be shown; 0: now; -1: there are none. */
static int64_t publish_wait_ms(const struct sampler *s, int64_t now_ms)
{
	int64_t spacing_ms = s->publish_cost_ms * 10, wait_ms;
	bool idle = s->flight.open_count == 0 && !s->flight.metadata && !schedule_is_near(&s->schedule, now_ms);

	if (!s->dirty)
		return -1;
	if (now_ms - s->started_ms > START_MS && spacing_ms < SPACING_MS)
		spacing_ms = SPACING_MS;
	wait_ms = s->published_ms + spacing_ms - now_ms;
	if (!s->urgent && !idle && s->dirty_ms + DIRTY_MS - now_ms > wait_ms)
		wait_ms = s->dirty_ms + DIRTY_MS - now_ms;
	return wait_ms > 0 ? wait_ms : 0;
}

static void sampler_take_demand(struct sampler *s)
{
	struct demand *demand = mailbox_take(&s->demands);
	struct demand *before = s->demand;

	if (!demand)
		return;
	s->demand = demand;
	schedule_demand(&s->schedule, &s->flight, demand, clock_mono_ms());
	sampler_touch(s,
		s->schedule.changed || demand->read_committed != before->read_committed ||
			demand->needs != before->needs);
	demand_free(before);
}

/* What there is to show since the last time. */
static void sampler_take_news(struct sampler *s, int64_t now_ms)
{
	if (s->flight.changed)
		sampler_touch(s, s->flight.urgent);
	if (s->schedule.worth_showing)
		sampler_touch(s, now_ms - s->started_ms <= START_MS);
	s->flight.changed = s->flight.urgent = s->schedule.worth_showing = false;
}

static void sampler_turn(struct sampler *s)
{
	int64_t now_ms = clock_mono_ms(), wake_ms, publish_ms;

	sampler_take_demand(s);
	wake_ms = schedule_run(&s->schedule, &s->flight, now_ms);
	sampler_take_news(s, now_ms);
	publish_ms = publish_wait_ms(s, now_ms);
	if (publish_ms == 0)
		sampler_publish(s);
	if (!s->demand->paused && now_ms - s->tick_ms >= TICK_MS) {
		store_tick(&s->store, now_ms);
		s->tick_ms = now_ms;
	}
	if (publish_ms > 0 && now_ms + publish_ms < wake_ms)
		wake_ms = now_ms + publish_ms;
	s->source.ops->wait(s->source.ctx, wake_ms > now_ms ? wake_ms - now_ms : 0, &s->flight);
	sampler_take_news(s, clock_mono_ms());
}

static void sampler_release(struct sampler *s)
{
	s->source.ops->stop(s->source.ctx);
	flight_release(&s->flight);
	store_release(&s->store);
	demand_free(s->demand);
}

static void sampler_free_shared(struct sampler *s)
{
	demand_free(mailbox_take(&s->demands));
	snapshot_unref(mailbox_take(&s->snapshots));
	pthread_cond_destroy(&s->ended_cond);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static void *sampler_run(void *arg)
{
	struct sampler *s = arg;
	bool abandoned;

	sampler_publish(s);
	while (!atomic_load(&s->stopping))
		sampler_turn(s);
	/* The owner may still be waking the source. */
	pthread_mutex_lock(&s->lock);
	pthread_mutex_unlock(&s->lock);
	sampler_release(s);
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	abandoned = s->abandoned;
	pthread_cond_signal(&s->ended_cond);
	pthread_mutex_unlock(&s->lock);
	if (abandoned) {
		sampler_free_shared(s);
		atomic_fetch_sub(&left_behind, 1);
	}
	return NULL;
}

struct sampler *sampler_start(struct source source, const struct demand *demand, struct wake *wake, unsigned wake_bit,
	struct error *err)
{
	struct sampler *s = mem_alloc(sizeof(*s));

	pthread_mutex_init(&s->lock, NULL);
	thread_cond_init(&s->ended_cond);
	s->wake = wake;
	s->wake_bit = wake_bit;
	s->source = source;
	s->demand = demand_dup(demand);
	s->started_ms = s->tick_ms = clock_mono_ms();
	store_init(&s->store);
	flight_init(&s->flight, &s->store, source);
	schedule_init(&s->schedule, s->demand, s->started_ms);
	if (thread_start(&s->thread, "weir-sampler", sampler_run, s, err))
		return s;
	sampler_release(s);
	sampler_free_shared(s);
	return NULL;
}

void sampler_demand(struct sampler *s, struct demand *demand)
{
	demand_free(mailbox_put(&s->demands, demand));
	pthread_mutex_lock(&s->lock);
	s->source.ops->wake(s->source.ctx);
	pthread_mutex_unlock(&s->lock);
}

const struct snapshot *sampler_take(struct sampler *s)
{
	return mailbox_take(&s->snapshots);
}

void sampler_stop(struct sampler *s, int wait_ms)
{
	const pthread_t thread = s->thread; /* an abandoned thread frees the sampler when it likes */
	int64_t until_ms = clock_mono_ms() + wait_ms;
	bool ended;

	pthread_mutex_lock(&s->lock);
	atomic_store(&s->stopping, true);
	s->source.ops->wake(s->source.ctx);
	s->wake = NULL;
	while (!s->ended && thread_wait_until(&s->ended_cond, &s->lock, until_ms))
		;
	ended = s->ended;
	s->abandoned = !ended;
	if (!ended)
		atomic_fetch_add(&left_behind, 1);
	pthread_mutex_unlock(&s->lock);
	if (!ended) {
		pthread_detach(thread);
		return;
	}
	pthread_join(thread, NULL);
	sampler_free_shared(s);
}

bool sampler_left_behind(void)
{
	return atomic_load(&left_behind) > 0;
}
