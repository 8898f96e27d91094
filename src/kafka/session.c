/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/session.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "kafka/quirks.h"
#include "kafka/source_parts.h"
#include "base/thread.h"

/* Down to "informational": the lines that say why a connection failed. They go to base/log.h only. */
static const char LOG_LEVEL[] = "6";

/* Sessions that are being closed on their own. A count of threads, not of anything a user sees. */
static atomic_int abandoned;

static void session_throttled(rd_kafka_t *rk, const char *broker, int32_t id, int throttle_ms, void *opaque)
{
	struct session *s = opaque;

	(void)rk, (void)broker, (void)id;
	conn_stats_throttled(s->stats, throttle_ms);
}

static bool session_open_handle(struct session *s, const struct client_config *config, struct error *err)
{
	rd_kafka_conf_t *conf = client_config_make(config, err);
	char why[512];

	if (!conf)
		return false;
	rd_kafka_conf_set_opaque(conf, s);
	rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG);
	rd_kafka_conf_set_throttle_cb(conf, session_throttled);
	rd_kafka_conf_set(conf, "log_level", LOG_LEVEL, why, sizeof(why));
	/* A producer is the handle with the fewest threads. */
	if (!QUIRKS_MENDED)
		rd_kafka_conf_set(conf, "group.id", "weir", why, sizeof(why));
	s->tap = conn_tap_new(s->stats, conf);
	s->rk = rd_kafka_new(QUIRKS_MENDED ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf, why, sizeof(why));
	if (!s->rk) {
		rd_kafka_conf_destroy(conf);
		return client_config_blame(config, why, err);
	}
	s->queue = rd_kafka_queue_get_main(s->rk);
	rd_kafka_set_log_queue(s->rk, s->queue);
	conn_tap_wake(s->tap, s->queue);
	return true;
}

static void session_close_handle(struct session *s)
{
	conn_tap_detach(s->tap);
	if (s->queue)
		rd_kafka_queue_destroy(s->queue);
	if (s->rk)
		rd_kafka_destroy_flags(s->rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	conn_tap_free(s->tap);
	free(s);
}

struct session *session_open(const struct client_config *config, struct conn_stats *stats, struct error *err)
{
	struct session *s = mem_alloc(sizeof(*s));

	s->stats = stats;
	if (session_open_handle(s, config, err) && metadata_start(&s->metadata, s->rk, s->queue, err))
		return s;
	session_close_handle(s);
	return NULL;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	conn_tap_detach(s->tap);
	call_free_all(s);
	metadata_stop(&s->metadata);
	session_close_handle(s);
}

static void *session_run_close(void *arg)
{
	struct session *s = arg;

	metadata_stop(&s->metadata);
	session_close_handle(s);
	atomic_fetch_sub(&abandoned, 1);
	return NULL;
}

void session_abandon(struct session *s)
{
	pthread_t thread;

	/* Nothing of it may be told, or reach the stats, any more. */
	conn_tap_detach(s->tap);
	call_free_all(s);
	atomic_fetch_add(&abandoned, 1);
	if (thread_start(&thread, "weir-close", session_run_close, s, NULL))
		pthread_detach(thread);
}

bool session_any_abandoned(void)
{
	return atomic_load(&abandoned) > 0;
}
