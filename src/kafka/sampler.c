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
#include "sample/plan.h"
#include "kafka/session.h"
#include "base/thread.h"

enum {
	START_MS = 3000,         /* in the beginning every milestone is shown at once */
	DIRTY_MS = 150,          /* later, news wait so long for more news */
	SPACING_MS = 100,        /* least time between two snapshots */
	TICK_MS = 5000,          /* length of a slot of the histories */
	EVENTS_A_TURN = 500,
	OVERDUE_MS = 20 * 1000,  /* a call that has been open so long will not end by itself */
	RENEW_MS = 30 * 1000,
	RENEW_MOST_MS = 300 * 1000,
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
	rd_kafka_queue_t *queue;         /* of `session`; changed under the lock */
	struct client_config *config;
	char *bootstrap;
	/* The thread's own from here on. */
	struct session *session;
	struct demand *demand;
	struct link link;
	struct store store;
	struct plan plan;
	int64_t started_ms, published_ms, publish_cost_ms, dirty_ms, tick_ms;
	int64_t renew_ms;                /* a session is kept at least so long */
	bool dirty, urgent;
};

static atomic_int left_behind;   /* threads whose owner did not wait for their end */

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
	bool idle = s->session->ask.open_count == 0 && !s->session->metadata.open && !plan_is_near(&s->plan, now_ms);

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
	/* Why a connection ended is told to the log only, unless it could not be made; so are late answers. */
	if (strcmp(facility, "CLUSTERID") == 0)
		plan_cluster_changed(&s->plan, clock_mono_ms());
	if (strcmp(facility, "FAIL") == 0 || strcmp(facility, "REQTMOUT") == 0)
		link_error(&s->link, RD_KAFKA_RESP_ERR__TRANSPORT, text);
}

static void take_event(struct sampler *s, rd_kafka_event_t *ev)
{
	if (ask_answer(&s->session->ask, ev)) {
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

	if (!metadata_take(&s->session->metadata, &md, &err))
		return;
	if (err) {
		store_metadata_failed(&s->store, err, now_ms);
	} else {
		for (int i = 0; i < md->broker_cnt; i++) {
			if (!store_broker(&s->store, md->brokers[i].id)->in_metadata)
				link_broker_back(&s->link, md->brokers[i].id);
		}
		store_metadata(&s->store, md, now_ms);
		rd_kafka_metadata_destroy(md);
	}
	plan_metadata_answered(&s->plan, &s->store, !err, now_ms);
	touch(s, err != 0);
}

static void take_demand(struct sampler *s)
{
	struct demand *demand = mailbox_take(&s->demands);
	struct demand *before = s->demand;

	if (!demand)
		return;
	s->demand = demand;
	plan_demand(&s->plan, &s->session->ask, demand, clock_mono_ms());
	touch(s, s->plan.changed || demand->read_committed != before->read_committed || demand->needs != before->needs);
	demand_free(before);
}

static void take_link(struct sampler *s)
{
	bool failed;

	s->plan.trouble = link_in_trouble(&s->link);
	if (!link_take_change(&s->link, &failed))
		return;
	if (failed)
		plan_connection_lost(&s->plan, clock_mono_ms());
	touch(s, true);
}

/*
 * A call to a coordinator that stays open for long was lost inside librdkafka
 * (ask.h), or the coordinator hangs: a new handle asks anew either way.
 */
static void renew_session(struct sampler *s, int64_t now_ms)
{
	struct session *old = s->session, *session;
	struct error err;

	if (now_ms - old->opened_ms < s->renew_ms || ask_overdue_ms(&old->ask, now_ms * 1000) < OVERDUE_MS)
		return;
	log_write(LOG_WARN, "sampler", "a group coordinator has not answered for %d s: connecting anew",
		OVERDUE_MS / 1000);
	session = session_open(s->config, &s->link, &s->store, &err);
	old->opened_ms = now_ms;
	if (!session)
		return;
	pthread_mutex_lock(&s->lock);
	s->queue = session->queue;
	pthread_mutex_unlock(&s->lock);
	s->session = session;
	s->renew_ms = s->renew_ms * 2 < RENEW_MOST_MS ? s->renew_ms * 2 : RENEW_MOST_MS;
	session_abandon(old);
	plan_renew(&s->plan, now_ms);
}

/* Waits for the next event or moment, and takes all events there are, up to a bound. */
static void wait_events(struct sampler *s, int64_t wait_ms)
{
	rd_kafka_event_t *ev = rd_kafka_queue_poll(s->session->queue, (int)wait_ms);

	for (int i = 0; ev && i < EVENTS_A_TURN; i++) {
		take_event(s, ev);
		rd_kafka_event_destroy(ev);
		ev = rd_kafka_queue_poll(s->session->queue, 0);
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
	if (ask_expire(&s->session->ask, clock_mono_us()))
		touch(s, true);
	renew_session(s, now_ms);
	wake_ms = plan_run(&s->plan, &s->session->ask, &s->session->metadata, now_ms);
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

static void release(struct sampler *s)
{
	store_release(&s->store);
	link_release(&s->link);
	demand_free(s->demand);
	client_config_free(s->config);
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
	session_close(s->session);
	release(s);
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	abandoned = s->abandoned;
	pthread_cond_signal(&s->ended_cond);
	pthread_mutex_unlock(&s->lock);
	if (abandoned) {
		free_shared(s);
		atomic_fetch_sub(&left_behind, 1);
	}
	return NULL;
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
	s->renew_ms = RENEW_MS;
	link_init(&s->link);
	store_init(&s->store);
	s->config = client_config_dup(config);
	s->session = session_open(s->config, &s->link, &s->store, err);
	if (s->session) {
		s->queue = s->session->queue;
		plan_init(&s->plan, s->demand, s->started_ms);
		if (thread_start(&s->thread, "weir-sampler", run, s, err))
			return s;
		session_close(s->session);
	}
	release(s);
	free_shared(s);
	return NULL;
}

void sampler_demand(struct sampler *s, struct demand *demand)
{
	demand_free(mailbox_put(&s->demands, demand));
	pthread_mutex_lock(&s->lock);
	rd_kafka_queue_yield(s->queue);
	pthread_mutex_unlock(&s->lock);
}

const struct snapshot *sampler_take(struct sampler *s)
{
	return mailbox_take(&s->snapshots);
}

void sampler_stop(struct sampler *s, int wait_ms)
{
	const pthread_t thread = s->thread;     /* an abandoned thread frees the sampler when it likes */
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
	if (!ended)
		atomic_fetch_add(&left_behind, 1);
	pthread_mutex_unlock(&s->lock);
	if (!ended) {
		pthread_detach(thread);
		return;
	}
	pthread_join(thread, NULL);
	free_shared(s);
}

bool sampler_left_behind(void)
{
	return atomic_load(&left_behind) > 0 || session_any_abandoned();
}
