/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/conn_stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/rd_log_line.h"

enum { THROTTLE_SHOWN_MS = 30 * 1000 };

/*
 * The tap's lock is taken before that of the statistics. It is held while a queue is woken,
 * so that conn_tap_detach() returns only when nobody uses the queue or the statistics any more.
 */
struct conn_tap {
	pthread_mutex_t lock;
	struct conn_stats *stats; /* NULL: detached */
	rd_kafka_queue_t *queue;  /* NULL: not yet known */
};

void conn_stats_init(struct conn_stats *stats)
{
	memset(stats, 0, sizeof(*stats));
	pthread_mutex_init(&stats->lock, NULL);
	stats->started_ms = stats->since_ms = clock_mono_ms();
}

void conn_stats_release(struct conn_stats *stats)
{
	free(stats->brokers);
	pthread_mutex_destroy(&stats->lock);
}

static struct conn_broker *conn_stats_broker(struct conn_stats *stats, int32_t id)
{
	for (size_t i = 0; i < stats->count; i++) {
		if (stats->brokers[i].id == id)
			return &stats->brokers[i];
	}
	stats->brokers = mem_grow(stats->brokers, &stats->cap, stats->count + 1, sizeof(*stats->brokers));
	stats->brokers[stats->count] = (struct conn_broker){ .id = id, .rtt_us = -1 };
	return &stats->brokers[stats->count++];
}

static void note_change(struct conn_stats *stats, bool failed)
{
	stats->changed = true;
	stats->failed = stats->failed || failed;
}

static void enter_state(struct conn_stats *stats, enum connection_state state)
{
	if (stats->state == state)
		return;
	stats->state = state;
	stats->since_ms = clock_mono_ms();
}

static int up_in_total(const struct conn_stats *stats)
{
	int up = 0;

	for (size_t i = 0; i < stats->count; i++)
		up += stats->brokers[i].up_count;
	return up;
}

/* After a failure, or the end of a connection: is there another one? */
static void lose_if_none_is_up(struct conn_stats *stats, const struct conn_broker *b)
{
	if (stats->state == CONNECTION_UP && b->failed && up_in_total(stats) == 0)
		enter_state(stats, CONNECTION_LOST);
}

static void broker_up(struct conn_stats *stats, struct conn_broker *b)
{
	if (b->failed || stats->state != CONNECTION_UP || stats->error[0])
		note_change(stats, false);
	b->failed = false;
	b->error[0] = '\0';
	stats->error[0] = '\0';
	stats->turned_away = stats->refused = false;
	enter_state(stats, CONNECTION_UP);
}

/*
 * A broker that left and came back has two connections for a while, so states
 * of one id are counted. Down alone is no failure: brokers close what is idle,
 * and bootstrap connections end when those behind them are known. Failures come
 * with a line in the log: conn_stats_error().
 */
static void broker_changed(struct conn_stats *stats, int32_t id, bool is_up)
{
	struct conn_broker *b = conn_stats_broker(stats, id);

	if (is_up) {
		b->up_count++;
		broker_up(stats, b);
	} else if (b->up_count > 0) {
		b->up_count--;
		if (b->failed)
			note_change(stats, true);
		lose_if_none_is_up(stats, b);
	}
}

static rd_kafka_resp_err_t on_state(rd_kafka_t *rk, int32_t id, const char *protocol, const char *name, int port,
	const char *state, void *opaque)
{
	struct conn_tap *tap = opaque;
	bool is_up = strcmp(state, "UP") == 0, is_down = strcmp(state, "DOWN") == 0;

	(void)rk;
	(void)protocol;
	(void)port;
	/* The internal broker and coordinators' logical ones have no address of their own. */
	if ((!is_up && !is_down) || !name || !*name)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	pthread_mutex_lock(&tap->lock);
	if (tap->stats) {
		pthread_mutex_lock(&tap->stats->lock);
		broker_changed(tap->stats, id, is_up);
		pthread_mutex_unlock(&tap->stats->lock);
		if (tap->queue)
			rd_kafka_queue_yield(tap->queue);
	}
	pthread_mutex_unlock(&tap->lock);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static void count_traffic(struct conn_stats *stats, int64_t now_ms, uint32_t requests, size_t bytes)
{
	int64_t second = now_ms / 1000;
	struct conn_second *slot = &stats->seconds[second % CONN_SECONDS];

	if (slot->second != second)
		*slot = (struct conn_second){ .second = second };
	slot->requests += requests;
	slot->bytes += bytes;
}

static rd_kafka_resp_err_t on_sent(rd_kafka_t *rk, int sock, const char *name, int32_t id, int16_t key, int16_t version,
	int32_t correlation, size_t size, void *opaque)
{
	struct conn_tap *tap = opaque;

	(void)rk, (void)sock, (void)name, (void)id, (void)key, (void)version, (void)correlation;
	pthread_mutex_lock(&tap->lock);
	if (tap->stats) {
		pthread_mutex_lock(&tap->stats->lock);
		count_traffic(tap->stats, clock_mono_ms(), 1, size);
		pthread_mutex_unlock(&tap->stats->lock);
	}
	pthread_mutex_unlock(&tap->lock);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static void count_response(struct conn_stats *stats, int32_t id, size_t size, int64_t rtt_us)
{
	struct conn_broker *b = conn_stats_broker(stats, id);

	count_traffic(stats, clock_mono_ms(), 0, size);
	/* Whatever was said of it, it answers. */
	if (b->up_count > 0 && b->failed)
		broker_up(stats, b);
	if (rtt_us > 0)
		b->rtt_us = b->rtt_us < 0 ? rtt_us : (b->rtt_us * 7 + rtt_us) / 8;
}

static rd_kafka_resp_err_t on_received(rd_kafka_t *rk, int sock, const char *name, int32_t id, int16_t key,
	int16_t version, int32_t correlation, size_t size, int64_t rtt_us, rd_kafka_resp_err_t err, void *opaque)
{
	struct conn_tap *tap = opaque;

	(void)rk, (void)sock, (void)name, (void)key, (void)version, (void)correlation;
	if (err || size == 0)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	pthread_mutex_lock(&tap->lock);
	if (tap->stats) {
		pthread_mutex_lock(&tap->stats->lock);
		count_response(tap->stats, id, size, rtt_us);
		pthread_mutex_unlock(&tap->stats->lock);
	}
	pthread_mutex_unlock(&tap->lock);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static rd_kafka_resp_err_t on_new(rd_kafka_t *rk, const rd_kafka_conf_t *conf, void *opaque, char *errstr,
	size_t errstr_size)
{
	(void)conf, (void)errstr, (void)errstr_size;
	rd_kafka_interceptor_add_on_broker_state_change(rk, "weir", on_state, opaque);
	rd_kafka_interceptor_add_on_request_sent(rk, "weir", on_sent, opaque);
	rd_kafka_interceptor_add_on_response_received(rk, "weir", on_received, opaque);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

struct conn_tap *conn_tap_new(struct conn_stats *stats, rd_kafka_conf_t *conf)
{
	struct conn_tap *tap = mem_alloc(sizeof(*tap));

	pthread_mutex_init(&tap->lock, NULL);
	tap->stats = stats;
	rd_kafka_conf_interceptor_add_on_new(conf, "weir", on_new, tap);
	return tap;
}

void conn_tap_wake(struct conn_tap *tap, rd_kafka_queue_t *queue)
{
	pthread_mutex_lock(&tap->lock);
	tap->queue = queue;
	pthread_mutex_unlock(&tap->lock);
}

void conn_tap_detach(struct conn_tap *tap)
{
	if (!tap)
		return;
	pthread_mutex_lock(&tap->lock);
	if (tap->stats) {
		pthread_mutex_lock(&tap->stats->lock);
		for (size_t i = 0; i < tap->stats->count; i++)
			tap->stats->brokers[i].up_count = 0;
		pthread_mutex_unlock(&tap->stats->lock);
	}
	tap->stats = NULL;
	tap->queue = NULL;
	pthread_mutex_unlock(&tap->lock);
}

void conn_tap_free(struct conn_tap *tap)
{
	if (!tap)
		return;
	pthread_mutex_destroy(&tap->lock);
	free(tap);
}

bool conn_stats_take_change(struct conn_stats *stats, bool *failed)
{
	bool changed;

	pthread_mutex_lock(&stats->lock);
	changed = stats->changed;
	*failed = stats->failed;
	stats->changed = stats->failed = false;
	pthread_mutex_unlock(&stats->lock);
	return changed;
}

void conn_stats_error(struct conn_stats *stats, rd_kafka_resp_err_t err, const char *line)
{
	char before[sizeof(stats->error)];
	struct rd_log_line t;
	struct conn_broker *b;
	bool news, refused;

	pthread_mutex_lock(&stats->lock);
	rd_log_line_read(&t, line, stats->served);
	b = conn_stats_broker(stats, t.broker);
	memcpy(before, stats->error, sizeof(before));
	stats->turned_away =
		stats->turned_away || err == RD_KAFKA_RESP_ERR__AUTHENTICATION || err == RD_KAFKA_RESP_ERR__SSL;
	refused = stats->turned_away && (stats->refused || err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN);
	news = (*t.address && !b->failed) || refused != stats->refused;
	stats->refused = refused;
	/* What happened says more than that every broker is down now. */
	if (err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !stats->error[0])
		snprintf(stats->error, sizeof(stats->error), "%.80s%s%.160s", t.address, *t.address ? ": " : "",
			t.words);
	if (*t.address && (b->up_count <= 1 || t.broker < 0)) {
		b->failed = true;
		snprintf(b->error, sizeof(b->error), "%.250s", t.words);
		lose_if_none_is_up(stats, b);
	}
	/* Every further attempt that fails in the same way is no news. */
	if (news || strcmp(before, stats->error) != 0)
		note_change(stats, true);
	pthread_mutex_unlock(&stats->lock);
}

static bool metadata_lists(const rd_kafka_metadata_t *md, int32_t id)
{
	for (int i = 0; i < md->broker_cnt; i++) {
		if (md->brokers[i].id == id)
			return true;
	}
	return false;
}

void conn_stats_metadata(struct conn_stats *stats, const rd_kafka_metadata_t *md)
{
	pthread_mutex_lock(&stats->lock);
	stats->served = true;
	for (int i = 0; i < md->broker_cnt; i++) {
		struct conn_broker *b = conn_stats_broker(stats, md->brokers[i].id);

		if (!b->listed) {
			b->failed = false;
			b->error[0] = '\0';
		}
	}
	for (size_t i = 0; i < stats->count; i++)
		stats->brokers[i].listed = metadata_lists(md, stats->brokers[i].id);
	pthread_mutex_unlock(&stats->lock);
}

bool conn_stats_unreachable(struct conn_stats *stats)
{
	bool trouble = false;

	pthread_mutex_lock(&stats->lock);
	for (size_t i = 0; i < stats->count; i++)
		trouble = trouble || (stats->brokers[i].id >= 0 && stats->brokers[i].failed);
	pthread_mutex_unlock(&stats->lock);
	return trouble;
}

void conn_stats_throttled(struct conn_stats *stats, int32_t throttle_ms)
{
	pthread_mutex_lock(&stats->lock);
	stats->throttle_ms = throttle_ms;
	stats->throttled_at_ms = clock_mono_ms();
	pthread_mutex_unlock(&stats->lock);
}

void conn_stats_fill_broker(void *ctx, int32_t id, struct broker *b, char error[256])
{
	struct conn_stats *stats = ctx;
	struct conn_broker *lb;

	pthread_mutex_lock(&stats->lock);
	lb = conn_stats_broker(stats, id);
	b->reachable = !lb->failed;
	b->rtt_us = (int32_t)lb->rtt_us;
	snprintf(error, 256, "%s", lb->error);
	pthread_mutex_unlock(&stats->lock);
	if (!b->reachable)
		b->error = *error ? error : "disconnected";
}

struct connection conn_stats_connection(struct conn_stats *stats, char error[256])
{
	struct connection c = { .error = NULL };

	pthread_mutex_lock(&stats->lock);
	c.state = stats->state;
	c.since_ms = stats->since_ms;
	c.refused = stats->refused;
	snprintf(error, 256, "%s", stats->error);
	pthread_mutex_unlock(&stats->lock);
	if (*error)
		c.error = error;
	return c;
}

struct cost conn_stats_cost(struct conn_stats *stats, int64_t now_ms)
{
	struct cost cost = { .requests_per_s = NAN, .bytes_per_s = NAN };
	int64_t second = now_ms / 1000, span_ms = now_ms - stats->started_ms;
	uint64_t requests = 0, bytes = 0;

	pthread_mutex_lock(&stats->lock);
	for (size_t i = 0; i < CONN_SECONDS; i++) {
		if (stats->seconds[i].second > second - CONN_SECONDS) {
			requests += stats->seconds[i].requests;
			bytes += stats->seconds[i].bytes;
		}
	}
	if (now_ms - stats->throttled_at_ms < THROTTLE_SHOWN_MS)
		cost.throttle_ms = stats->throttle_ms;
	pthread_mutex_unlock(&stats->lock);
	/* A mean over less than a second or two would say little but the first burst. */
	if (span_ms >= 2000) {
		double seconds = (double)(span_ms < CONN_SECONDS * 1000 ? span_ms : CONN_SECONDS * 1000) / 1000;

		cost.requests_per_s = (double)requests / seconds;
		cost.bytes_per_s = (double)bytes / seconds;
	}
	return cost;
}
