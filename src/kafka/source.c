/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/source.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "kafka/quirks.h"
#include "kafka/rd_log_line.h"
#include "kafka/source_parts.h"

enum { EVENTS_A_TURN = 500 };

struct kafka_source {
	pthread_mutex_t lock; /* guards `session` where it is changed, and where another thread wakes it */
	struct session *session;
	struct client_config *config;
	const char *bootstrap; /* of the config */
	struct conn_stats stats;
};

static void (*const senders[QUESTION_KIND_COUNT])(struct session *, struct question *) = {
	[ASK_CLUSTER] = send_cluster,
	[ASK_TOPIC_IDS] = send_topic_ids,
	[ASK_SETTINGS] = send_configs,
	[ASK_TOPIC_CONFIG] = send_configs,
	[ASK_BROKER_CONFIG] = send_configs,
	[ASK_GROUP_LIST] = send_group_list,
	[ASK_DESCRIPTIONS] = send_descriptions,
	[ASK_COMMITS] = send_commits,
	[ASK_OFFSETS] = send_offsets,
};

static void source_ask(void *source, struct question *q)
{
	struct session *session = ((struct kafka_source *)source)->session;

	if (q->kind == ASK_METADATA)
		metadata_ask(&session->metadata, q);
	else
		senders[q->kind](session, q);
}

static void take_log(struct kafka_source *s, struct flight *f, rd_kafka_event_t *ev)
{
	const char *facility, *text;
	int level;

	if (rd_kafka_event_log(ev, &facility, &text, &level) != 0)
		return;
	rd_log_line_write(level, facility, text);
	/* Why a connection ended is told to the log only, unless it could not be made; so are late answers. */
	if (strcmp(facility, "CLUSTERID") == 0)
		told_other_cluster(f);
	if (strcmp(facility, "FAIL") == 0 || strcmp(facility, "REQTMOUT") == 0)
		conn_stats_error(&s->stats, RD_KAFKA_RESP_ERR__TRANSPORT, text);
}

static void take_event(struct kafka_source *s, struct flight *f, rd_kafka_event_t *ev)
{
	if (call_answered(f, ev))
		return;
	if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_LOG)
		take_log(s, f, ev);
	else if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_ERROR)
		conn_stats_error(&s->stats, rd_kafka_event_error(ev), rd_kafka_event_error_string(ev));
}

static void take_metadata(struct kafka_source *s, struct flight *f)
{
	const rd_kafka_metadata_t *md;
	rd_kafka_resp_err_t err;
	struct question *q = metadata_take(&s->session->metadata, &md, &err);

	if (!q)
		return;
	if (!err)
		conn_stats_metadata(&s->stats, md);
	answer_metadata(f, q, md, err);
	if (!err)
		rd_kafka_metadata_destroy(md);
}

static void tell_connection(struct kafka_source *s, struct flight *f)
{
	struct told_connection told = { .unreachable = conn_stats_unreachable(&s->stats) };

	told.changed = conn_stats_take_change(&s->stats, &told.lost);
	told_connection(f, &told);
}

static void source_wait(void *source, int64_t wait_ms, struct flight *f)
{
	struct kafka_source *s = source;
	rd_kafka_event_t *ev = rd_kafka_queue_poll(s->session->queue, (int)wait_ms);

	for (int i = 0; ev && i <= EVENTS_A_TURN; i++) {
		take_event(s, f, ev);
		rd_kafka_event_destroy(ev);
		ev = i < EVENTS_A_TURN ? rd_kafka_queue_poll(s->session->queue, 0) : NULL;
	}
	take_metadata(s, f);
	tell_connection(s, f);
}

static void source_wake(void *source)
{
	struct kafka_source *s = source;

	pthread_mutex_lock(&s->lock);
	rd_kafka_queue_yield(s->session->queue);
	pthread_mutex_unlock(&s->lock);
}

static bool source_renew(void *source)
{
	struct kafka_source *s = source;
	struct session *old = s->session, *session;
	struct error err;

	session = session_open(s->config, &s->stats, &err);
	if (!session)
		return false;
	pthread_mutex_lock(&s->lock);
	s->session = session;
	pthread_mutex_unlock(&s->lock);
	session_abandon(old);
	return true;
}

static void source_stop(void *source)
{
	struct kafka_source *s = source;

	session_close(s->session);
	conn_stats_release(&s->stats);
	client_config_free(s->config);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static struct connection source_connection(void *source, char error[256])
{
	struct kafka_source *s = source;
	struct connection c = conn_stats_connection(&s->stats, error);

	c.bootstrap = s->bootstrap;
	return c;
}

static struct cost source_cost(void *source, int64_t now_ms)
{
	return conn_stats_cost(&((struct kafka_source *)source)->stats, now_ms);
}

static void source_fill_broker(void *source, int32_t id, struct broker *b, char text[256])
{
	conn_stats_fill_broker(&((struct kafka_source *)source)->stats, id, b, text);
}

static const struct source_ops ops = {
	.ask = source_ask,
	.wait = source_wait,
	.wake = source_wake,
	.renew = source_renew,
	.stop = source_stop,
	.connection = source_connection,
	.cost = source_cost,
	.fill_broker = source_fill_broker,
	.commits_cost = 2,     /* FindCoordinator, OffsetFetch */
	.description_cost = 4, /* FindCoordinator twice, ConsumerGroupDescribe, DescribeGroups */
	.asks_hung_groups_again = QUIRKS_MENDED,
};

struct sampler *kafka_sampler_start(const struct client_config *config, const struct demand *demand, struct wake *wake,
	unsigned wake_bit, struct error *err)
{
	struct kafka_source *s = mem_alloc(sizeof(*s));

	pthread_mutex_init(&s->lock, NULL);
	conn_stats_init(&s->stats);
	s->config = client_config_dup(config);
	s->bootstrap = client_config_get(s->config, "bootstrap.servers");
	s->session = session_open(s->config, &s->stats, err);
	if (!s->session) {
		source_stop(s);
		return NULL;
	}
	return sampler_start((struct source){ .ops = &ops, .ctx = s }, demand, wake, wake_bit, err);
}

bool kafka_source_left_behind(void)
{
	return session_any_abandoned();
}
