/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/sampler.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "kafka/ask.h"
#include "kafka/client_rd.h"
#include "kafka/link.h"
#include "kafka/metadata.h"
#include "kafka/plan.h"
#include "kafka/thread.h"

enum {
	START_MS = 3000,         /* in the beginning every milestone is shown at once */
	DIRTY_MS = 150,          /* later, news wait so long for more news */
	SPACING_MS = 100,        /* least time between two snapshots */
	TICK_MS = 5000,          /* length of a slot of the histories */
	EVENTS_A_TURN = 500,
};

struct sampler {
	pthread_t thread;
	pthread_mutex_t lock;            /* guards what the owner and the thread share below */
	pthread_cond_t ended_cond;
	bool ended;                      /* the thread has released all it had */
	bool abandoned;                  /* the owner left: the thread frees this */
	struct wake *wake;               /* NULL once the owner has left */
	unsigned wake_bit;
	atomic_bool stopping;
	struct mailbox demands, snapshots;
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	char *bootstrap;
	/* The thread's own from here on. */
	struct demand *demand;
	struct link link;
	struct store store;
	struct ask ask;
	struct metadata metadata;
	struct plan plan;
	int64_t started_ms, published_ms, publish_cost_ms, dirty_ms, tick_ms;
	bool dirty, urgent;
};

static void throttled(rd_kafka_t *rk, const char *broker, int32_t id, int throttle_ms, void *opaque)
{
	struct sampler *s = opaque;

	(void)rk, (void)broker, (void)id;
	link_throttled(&s->link, throttle_ms);
}

static void touch(struct sampler *s, bool urgent)
{
	if (!s->dirty)
		s->dirty_ms = clock_mono_ms();
	s->dirty = true;
	s->urgent = s->urgent || urgent;
}

static void publish(struct sampler *s)
{
	char error[256];
	int64_t now_ms = clock_mono_ms();
	struct store_frame frame = {
		.demand = s->demand,
		.interval_ms = plan_interval_ms(&s->plan),
		.only_wanted = s->plan.narrow,
		.connection = link_connection(&s->link, error),
		.cost = link_cost(&s->link, now_ms),
		.fill_broker = link_fill_broker,
		.ctx = &s->link,
	};
	const struct snapshot *snapshot;

	frame.connection.bootstrap = s->bootstrap;
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
	bool idle = s->ask.open_count == 0 && !s->metadata.open && !plan_is_near(&s->plan, now_ms);

	if (!s->dirty)
		return -1;
	if (now_ms - s->started_ms > START_MS && spacing_ms < SPACING_MS)
		spacing_ms = SPACING_MS;
	wait_ms = s->published_ms + spacing_ms - now_ms;
	if (!s->urgent && !idle && s->dirty_ms + DIRTY_MS - now_ms > wait_ms)
		wait_ms = s->dirty_ms + DIRTY_MS - now_ms;
	return wait_ms > 0 ? wait_ms : 0;
}

static void take_log(struct sampler *s, rd_kafka_event_t *ev)
{
	const char *facility, *text;
	int level;

	if (rd_kafka_event_log(ev, &facility, &text, &level) != 0)
		return;
	log_write(level <= 3 ? LOG_ERROR : level <= 4 ? LOG_WARN : level <= 6 ? LOG_INFO : LOG_DEBUG, "librdkafka",
		"%s %s", facility, text);
	/* Why a connection ended is told to the log only, unless it could not be made. */
	if (strcmp(facility, "FAIL") == 0)
		link_error(&s->link, RD_KAFKA_RESP_ERR__TRANSPORT, text);
}

static void take_event(struct sampler *s, rd_kafka_event_t *ev)
{
	if (ask_answer(&s->ask, ev)) {
		touch(s, false);
		return;
	}
	switch (rd_kafka_event_type(ev)) {
	case RD_KAFKA_EVENT_LOG:
		take_log(s, ev);
		break;
	case RD_KAFKA_EVENT_ERROR:
		link_error(&s->link, rd_kafka_event_error(ev), rd_kafka_event_error_string(ev));
		break;
	default:
		break;
	}
}

static void take_metadata(struct sampler *s)
{
	const rd_kafka_metadata_t *md;
	rd_kafka_resp_err_t err;
	int64_t now_ms = clock_mono_ms();

	if (!metadata_take(&s->metadata, &md, &err))
		return;
	if (err) {
		store_metadata_failed(&s->store, err, now_ms);
	} else {
		store_metadata(&s->store, md, now_ms);
		rd_kafka_metadata_destroy(md);
	}
	plan_metadata_answered(&s->plan, !err, now_ms);
	touch(s, err != 0);
}

static void take_demand(struct sampler *s)
{
	struct demand *demand = mailbox_take(&s->demands);
	struct demand *before = s->demand;

	if (!demand)
		return;
	s->demand = demand;
	plan_demand(&s->plan, &s->ask, demand, clock_mono_ms());
	touch(s, demand->read_committed != before->read_committed || demand->needs != before->needs);
	demand_free(before);
}

static void take_link(struct sampler *s)
{
	bool failed;

	if (!link_take_change(&s->link, &failed))
		return;
	if (failed)
		plan_connection_lost(&s->plan, clock_mono_ms());
	touch(s, true);
}

/* Waits for the next event or moment, and takes all events there are, up to a bound. */
static void wait_events(struct sampler *s, int64_t wait_ms)
{
	rd_kafka_event_t *ev = rd_kafka_queue_poll(s->queue, (int)wait_ms);

	for (int i = 0; ev && i < EVENTS_A_TURN; i++) {
		take_event(s, ev);
		rd_kafka_event_destroy(ev);
		ev = rd_kafka_queue_poll(s->queue, 0);
	}
	if (ev) {
		take_event(s, ev);
		rd_kafka_event_destroy(ev);
	}
}

static void turn(struct sampler *s)
{
	int64_t now_ms = clock_mono_ms(), wake_ms, publish_ms;

	take_demand(s);
	take_metadata(s);
	take_link(s);
	wake_ms = plan_run(&s->plan, &s->ask, &s->metadata, now_ms);
	if (s->plan.milestone) {
		touch(s, now_ms - s->started_ms <= START_MS);
		s->plan.milestone = false;
	}
	publish_ms = publish_wait_ms(s, now_ms);
	if (publish_ms == 0)
		publish(s);
	if (!s->demand->paused && now_ms - s->tick_ms >= TICK_MS) {
		store_tick(&s->store, now_ms);
		s->tick_ms = now_ms;
	}
	if (publish_ms > 0 && now_ms + publish_ms < wake_ms)
		wake_ms = now_ms + publish_ms;
	wait_events(s, wake_ms > now_ms ? wake_ms - now_ms : 0);
}

static void free_shared(struct sampler *s)
{
	demand_free(mailbox_take(&s->demands));
	snapshot_unref(mailbox_take(&s->snapshots));
	pthread_cond_destroy(&s->ended_cond);
	pthread_mutex_destroy(&s->lock);
	free(s->bootstrap);
	free(s);
}

static void *run(void *arg)
{
	struct sampler *s = arg;
	bool abandoned;

	publish(s);
	while (!atomic_load(&s->stopping))
		turn(s);
	/* The owner may still be waking the queue. */
	pthread_mutex_lock(&s->lock);
	pthread_mutex_unlock(&s->lock);
	link_wake(&s->link, NULL);
	metadata_stop(&s->metadata);
	rd_kafka_queue_destroy(s->queue);
	rd_kafka_destroy_flags(s->rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	ask_release(&s->ask);
	store_release(&s->store);
	link_release(&s->link);
	demand_free(s->demand);
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	abandoned = s->abandoned;
	pthread_cond_signal(&s->ended_cond);
	pthread_mutex_unlock(&s->lock);
	if (abandoned)
		free_shared(s);
	return NULL;
}

static bool open_handle(struct sampler *s, const struct client_config *config, struct error *err)
{
	rd_kafka_conf_t *conf = client_config_make(config, err);
	char why[512];

	if (!conf)
		return false;
	rd_kafka_conf_set_opaque(conf, s);
	rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG);
	rd_kafka_conf_set_throttle_cb(conf, throttled);
	link_attach(&s->link, conf);
	s->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof(why));
	if (!s->rk) {
		rd_kafka_conf_destroy(conf);
		return error_set(err, ERR_USAGE, "%s", why);
	}
	s->queue = rd_kafka_queue_get_main(s->rk);
	rd_kafka_set_log_queue(s->rk, s->queue);
	return true;
}

struct sampler *sampler_start(const struct client_config *config, const struct demand *demand, struct wake *wake,
	unsigned wake_bit, struct error *err)
{
	struct sampler *s = mem_alloc(sizeof(*s));
	pthread_condattr_t attr;

	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->ended_cond, &attr);
	pthread_condattr_destroy(&attr);
	s->wake = wake;
	s->wake_bit = wake_bit;
	s->bootstrap = mem_strdup(client_config_get(config, "bootstrap.servers"));
	s->demand = demand_dup(demand);
	s->started_ms = s->tick_ms = clock_mono_ms();
	link_init(&s->link);
	store_init(&s->store);
	if (!open_handle(s, config, err))
		goto failed;
	link_wake(&s->link, s->queue);
	ask_init(&s->ask, s->rk, s->queue, &s->store);
	plan_init(&s->plan, s->demand, s->started_ms);
	if (!metadata_start(&s->metadata, s->rk, s->queue, err))
		goto close;
	if (thread_start(&s->thread, "weir-sampler", run, s, err))
		return s;
	metadata_stop(&s->metadata);
close:
	link_wake(&s->link, NULL);
	rd_kafka_queue_destroy(s->queue);
	rd_kafka_destroy(s->rk);
	ask_release(&s->ask);
failed:
	store_release(&s->store);
	link_release(&s->link);
	demand_free(s->demand);
	free_shared(s);
	return NULL;
}

void sampler_demand(struct sampler *s, struct demand *demand)
{
	demand_free(mailbox_put(&s->demands, demand));
	rd_kafka_queue_yield(s->queue);
}

const struct snapshot *sampler_take(struct sampler *s)
{
	return mailbox_take(&s->snapshots);
}

void sampler_stop(struct sampler *s, int wait_ms)
{
	struct timespec until;
	bool ended;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&s->lock);
	atomic_store(&s->stopping, true);
	rd_kafka_queue_yield(s->queue);
	s->wake = NULL;
	while (!s->ended && pthread_cond_timedwait(&s->ended_cond, &s->lock, &until) == 0)
		;
	ended = s->ended;
	s->abandoned = !ended;
	pthread_mutex_unlock(&s->lock);
	if (!ended) {
		pthread_detach(s->thread);
		return;
	}
	pthread_join(s->thread, NULL);
	free_shared(s);
}
