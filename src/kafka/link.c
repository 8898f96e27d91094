/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/link.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/trouble.h"

enum { THROTTLE_SHOWN_MS = 30 * 1000 };

/*
 * The feed's lock is taken before the link's. It is held while a queue is woken,
 * so that link_detach() returns only when nobody uses queue or link any more.
 */
struct link_feed {
	pthread_mutex_t lock;
	struct link *link;           /* NULL: detached */
	rd_kafka_queue_t *queue;     /* NULL: not yet known */
};

void link_init(struct link *link)
{
	memset(link, 0, sizeof(*link));
	pthread_mutex_init(&link->lock, NULL);
	link->started_ms = link->since_ms = clock_mono_ms();
}

void link_release(struct link *link)
{
	free(link->brokers);
	pthread_mutex_destroy(&link->lock);
}

static struct link_broker *find(struct link *link, int32_t id)
{
	for (size_t i = 0; i < link->count; i++) {
		if (link->brokers[i].id == id)
			return &link->brokers[i];
	}
	link->brokers = mem_grow(link->brokers, &link->cap, link->count + 1, sizeof(*link->brokers));
	link->brokers[link->count] = (struct link_broker){ .id = id, .rtt_us = -1 };
	return &link->brokers[link->count++];
}

static void note(struct link *link, bool failed)
{
	link->changed = true;
	link->failed = link->failed || failed;
}

static void enter(struct link *link, enum connection_state state)
{
	if (link->state == state)
		return;
	link->state = state;
	link->since_ms = clock_mono_ms();
}

static int up_in_total(const struct link *link)
{
	int up = 0;

	for (size_t i = 0; i < link->count; i++)
		up += link->brokers[i].up_count;
	return up;
}

/* After a failure, or the end of a connection: is there another one? */
static void judge(struct link *link, const struct link_broker *b)
{
	if (link->state == CONNECTION_UP && b->failed && up_in_total(link) == 0)
		enter(link, CONNECTION_LOST);
}

static void broker_up(struct link *link, struct link_broker *b)
{
	if (b->failed || link->state != CONNECTION_UP || link->error[0])
		note(link, false);
	b->failed = false;
	b->error[0] = '\0';
	link->error[0] = '\0';
	link->turned_away = link->refused = false;
	enter(link, CONNECTION_UP);
}

/*
 * A broker that left and came back has two connections for a while, so states
 * of one id are counted. Down alone is no failure: brokers close what is idle,
 * and bootstrap connections end when those behind them are known. Failures come
 * with a line in the log: link_error().
 */
static void broker_changed(struct link *link, int32_t id, bool is_up)
{
	struct link_broker *b = find(link, id);

	if (is_up) {
		b->up_count++;
		broker_up(link, b);
	} else if (b->up_count > 0) {
		b->up_count--;
		if (b->failed)
			note(link, true);
		judge(link, b);
	}
}

static rd_kafka_resp_err_t on_state(rd_kafka_t *rk, int32_t id, const char *protocol, const char *name, int port,
	const char *state, void *opaque)
{
	struct link_feed *feed = opaque;
	bool is_up = strcmp(state, "UP") == 0, is_down = strcmp(state, "DOWN") == 0;

	(void)rk;
	(void)protocol;
	(void)port;
	/* The internal broker and coordinators' logical ones have no address of their own. */
	if ((!is_up && !is_down) || !name || !*name)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	pthread_mutex_lock(&feed->lock);
	if (feed->link) {
		pthread_mutex_lock(&feed->link->lock);
		broker_changed(feed->link, id, is_up);
		pthread_mutex_unlock(&feed->link->lock);
		if (feed->queue)
			rd_kafka_queue_yield(feed->queue);
	}
	pthread_mutex_unlock(&feed->lock);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static void count(struct link *link, int64_t now_ms, uint32_t requests, size_t bytes)
{
	int64_t second = now_ms / 1000;
	struct link_slot *slot = &link->slots[second % LINK_SLOTS];

	if (slot->second != second)
		*slot = (struct link_slot){ .second = second };
	slot->requests += requests;
	slot->bytes += bytes;
}

static rd_kafka_resp_err_t on_sent(rd_kafka_t *rk, int sock, const char *name, int32_t id, int16_t key,
	int16_t version, int32_t correlation, size_t size, void *opaque)
{
	struct link_feed *feed = opaque;

	(void)rk, (void)sock, (void)name, (void)id, (void)key, (void)version, (void)correlation;
	pthread_mutex_lock(&feed->lock);
	if (feed->link) {
		pthread_mutex_lock(&feed->link->lock);
		count(feed->link, clock_mono_ms(), 1, size);
		pthread_mutex_unlock(&feed->link->lock);
	}
	pthread_mutex_unlock(&feed->lock);
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

static void received(struct link *link, int32_t id, size_t size, int64_t rtt_us)
{
	struct link_broker *b = find(link, id);

	count(link, clock_mono_ms(), 0, size);
	/* Whatever was said of it, it answers. */
	if (b->up_count > 0 && b->failed)
		broker_up(link, b);
	if (rtt_us > 0)
		b->rtt_us = b->rtt_us < 0 ? rtt_us : (b->rtt_us * 7 + rtt_us) / 8;
}

static rd_kafka_resp_err_t on_received(rd_kafka_t *rk, int sock, const char *name, int32_t id, int16_t key,
	int16_t version, int32_t correlation, size_t size, int64_t rtt_us, rd_kafka_resp_err_t err, void *opaque)
{
	struct link_feed *feed = opaque;

	(void)rk, (void)sock, (void)name, (void)key, (void)version, (void)correlation;
	if (err || size == 0)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	pthread_mutex_lock(&feed->lock);
	if (feed->link) {
		pthread_mutex_lock(&feed->link->lock);
		received(feed->link, id, size, rtt_us);
		pthread_mutex_unlock(&feed->link->lock);
	}
	pthread_mutex_unlock(&feed->lock);
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

struct link_feed *link_attach(struct link *link, rd_kafka_conf_t *conf)
{
	struct link_feed *feed = mem_alloc(sizeof(*feed));

	pthread_mutex_init(&feed->lock, NULL);
	feed->link = link;
	rd_kafka_conf_interceptor_add_on_new(conf, "weir", on_new, feed);
	return feed;
}

void link_wake(struct link_feed *feed, rd_kafka_queue_t *queue)
{
	pthread_mutex_lock(&feed->lock);
	feed->queue = queue;
	pthread_mutex_unlock(&feed->lock);
}

void link_detach(struct link_feed *feed)
{
	if (!feed)
		return;
	pthread_mutex_lock(&feed->lock);
	if (feed->link) {
		pthread_mutex_lock(&feed->link->lock);
		for (size_t i = 0; i < feed->link->count; i++)
			feed->link->brokers[i].up_count = 0;
		pthread_mutex_unlock(&feed->link->lock);
	}
	feed->link = NULL;
	feed->queue = NULL;
	pthread_mutex_unlock(&feed->lock);
}

void link_feed_free(struct link_feed *feed)
{
	if (!feed)
		return;
	pthread_mutex_destroy(&feed->lock);
	free(feed);
}

bool link_take_change(struct link *link, bool *failed)
{
	bool changed;

	pthread_mutex_lock(&link->lock);
	changed = link->changed;
	*failed = link->failed;
	link->changed = link->failed = false;
	pthread_mutex_unlock(&link->lock);
	return changed;
}

void link_error(struct link *link, rd_kafka_resp_err_t err, const char *line)
{
	char before[sizeof(link->error)];
	struct trouble t;
	struct link_broker *b;
	bool news, refused;

	pthread_mutex_lock(&link->lock);
	trouble_read(&t, line, link->served);
	b = find(link, t.broker);
	memcpy(before, link->error, sizeof(before));
	link->turned_away = link->turned_away || err == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
		err == RD_KAFKA_RESP_ERR__SSL;
	refused = link->turned_away && (link->refused || err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN);
	news = (*t.address && !b->failed) || refused != link->refused;
	link->refused = refused;
	/* What happened says more than that every broker is down now. */
	if (err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !link->error[0])
		snprintf(link->error, sizeof(link->error), "%.80s%s%.160s", t.address, *t.address ? ": " : "", t.words);
	if (*t.address && (b->up_count <= 1 || t.broker < 0)) {
		b->failed = true;
		snprintf(b->error, sizeof(b->error), "%.250s", t.words);
		judge(link, b);
	}
	/* Every further attempt that fails in the same way is no news. */
	if (news || strcmp(before, link->error) != 0)
		note(link, true);
	pthread_mutex_unlock(&link->lock);
}

static bool lists(const rd_kafka_metadata_t *md, int32_t id)
{
	for (int i = 0; i < md->broker_cnt; i++) {
		if (md->brokers[i].id == id)
			return true;
	}
	return false;
}

void link_metadata(struct link *link, const rd_kafka_metadata_t *md)
{
	pthread_mutex_lock(&link->lock);
	link->served = true;
	for (int i = 0; i < md->broker_cnt; i++) {
		struct link_broker *b = find(link, md->brokers[i].id);

		if (!b->listed) {
			b->failed = false;
			b->error[0] = '\0';
		}
	}
	for (size_t i = 0; i < link->count; i++)
		link->brokers[i].listed = lists(md, link->brokers[i].id);
	pthread_mutex_unlock(&link->lock);
}

bool link_in_trouble(struct link *link)
{
	bool trouble = false;

	pthread_mutex_lock(&link->lock);
	for (size_t i = 0; i < link->count; i++)
		trouble = trouble || (link->brokers[i].id >= 0 && link->brokers[i].failed);
	pthread_mutex_unlock(&link->lock);
	return trouble;
}

void link_throttled(struct link *link, int32_t throttle_ms)
{
	pthread_mutex_lock(&link->lock);
	link->throttle_ms = throttle_ms;
	link->throttled_at_ms = clock_mono_ms();
	pthread_mutex_unlock(&link->lock);
}

void link_fill_broker(void *ctx, int32_t id, struct broker *b, char error[256])
{
	struct link *link = ctx;
	struct link_broker *lb;

	pthread_mutex_lock(&link->lock);
	lb = find(link, id);
	b->reachable = !lb->failed;
	b->rtt_us = (int32_t)lb->rtt_us;
	snprintf(error, 256, "%s", lb->error);
	pthread_mutex_unlock(&link->lock);
	if (!b->reachable)
		b->error = *error ? error : "disconnected";
}

struct connection link_connection(struct link *link, char error[256])
{
	struct connection c = { .error = NULL };

	pthread_mutex_lock(&link->lock);
	c.state = link->state;
	c.since_ms = link->since_ms;
	c.refused = link->refused;
	snprintf(error, 256, "%s", link->error);
	pthread_mutex_unlock(&link->lock);
	if (*error)
		c.error = error;
	return c;
}

struct cost link_cost(struct link *link, int64_t now_ms)
{
	struct cost cost = { .requests_per_s = NAN, .bytes_per_s = NAN };
	int64_t second = now_ms / 1000, span_ms = now_ms - link->started_ms;
	uint64_t requests = 0, bytes = 0;

	pthread_mutex_lock(&link->lock);
	for (size_t i = 0; i < LINK_SLOTS; i++) {
		if (link->slots[i].second > second - LINK_SLOTS) {
			requests += link->slots[i].requests;
			bytes += link->slots[i].bytes;
		}
	}
	if (now_ms - link->throttled_at_ms < THROTTLE_SHOWN_MS)
		cost.throttle_ms = link->throttle_ms;
	pthread_mutex_unlock(&link->lock);
	/* A mean over less than a second or two would say little but the first burst. */
	if (span_ms >= 2000) {
		double seconds = (double)(span_ms < LINK_SLOTS * 1000 ? span_ms : LINK_SLOTS * 1000) / 1000;

		cost.requests_per_s = (double)requests / seconds;
		cost.bytes_per_s = (double)bytes / seconds;
	}
	return cost;
}
