/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/producer_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/quirks.h"

enum {
	IN_FLIGHT = 100000,
	IN_FLIGHT_BYTES = 64 << 20,
	RECORD_COST = 200,     /* what a record costs beside its bytes */
	BATCH_BYTES = 1000000, /* librdkafka's default */
	SERVE_EVERY = 256      /* records between two polls for reports */
};

/* Which cluster answers */

const char *producer_cluster_id(const struct producer *p)
{
	return p->cluster_id;
}

static bool on_other_cluster(const struct producer *p)
{
	return atomic_load_explicit(&p->on_other_cluster, memory_order_relaxed);
}

/* The pin; a producer that was bound to no cluster belongs to the first one that answered. */
static struct cluster_pin pin_of(const struct producer *p)
{
	struct cluster_pin pin = *p->setup.pin;

	if (p->is_met && !pin.is_planned) {
		pin.planned = p->cluster_id;
		pin.is_planned = true;
	}
	return pin;
}

bool producer_on_other_cluster(struct producer *p, struct error *err)
{
	const struct cluster_pin pin = pin_of(p);
	char other[sizeof(p->other)];

	if (!on_other_cluster(p))
		return false;
	pthread_mutex_lock(&p->lock);
	memcpy(other, p->other, sizeof(other));
	pthread_mutex_unlock(&p->lock);
	if (cluster_pin_admits(&pin, *other ? other : NULL, err))
		error_set(err, ERR_OTHER_CLUSTER, "another cluster answers at %s: %s", p->setup.bootstrap, other);
	return true;
}

bool producer_check_cluster(struct producer *p, struct error *err)
{
	const struct cluster_pin pin = pin_of(p);
	char *id = rd_kafka_clusterid(p->rk, 0);
	bool ok = cluster_pin_admits(&pin, id, err);

	if (ok && !p->is_met) {
		p->cluster_id = mem_strdup(id);
		p->is_met = true;
	}
	rd_kafka_mem_free(p->rk, id);
	return ok;
}

/* Gives up all records in flight, once; their reports come with the next poll. */
static void purge_in_flight(struct producer *p)
{
	if (p->given_up || !p->rk)
		return;
	p->given_up = true;
	rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

/* Opening and closing */

struct producer *producer_new(const struct producer_setup *setup, struct error *err)
{
	struct producer *p = mem_alloc(sizeof(*p));
	const char *batch = client_config_get(setup->client, "batch.size");

	p->setup = *setup;
	if (!p->setup.in_flight)
		p->setup.in_flight = IN_FLIGHT;
	if (!p->setup.in_flight_bytes)
		p->setup.in_flight_bytes = IN_FLIGHT_BYTES;
	p->batch_bytes = batch ? strtoll(batch, NULL, 10) : BATCH_BYTES;
	pthread_mutex_init(&p->lock, NULL);
	if (producer_handle_open(p, err))
		return p;
	pthread_mutex_destroy(&p->lock);
	free(p);
	return NULL;
}

/*
 * The batch size of a handle is fixed: a topic that takes only smaller batches needs another handle. That one
 * connects anew, perhaps after a long wait, so it checks which cluster answers.
 */
static bool reopen_with_smaller_batches(struct producer *p, struct producer_topic *t, struct error *err)
{
	while (p->in_flight > 0) {
		if (producer_is_cancelled(p))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		if (producer_on_other_cluster(p, err))
			return false;
		rd_kafka_flush(p->rk, PRODUCER_STEP_MS);
	}
	producer_handle_close(p);
	p->batch_bytes = t->batch_bytes;
	if (!producer_handle_open(p, err))
		return false;
	producer_topics_renew(p);
	producer_topic_ask(p, t);
	if (t->partitions == 0)
		*err = t->err;
	return t->partitions > 0;
}

void producer_free(struct producer *p)
{
	if (!p)
		return;
	if (p->rk && p->in_flight > 0) {
		rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
		while (p->in_flight > 0)
			rd_kafka_poll(p->rk, PRODUCER_STEP_MS);
	}
	if (p->rk)
		producer_handle_close(p);
	producer_topics_free(p);
	pthread_mutex_destroy(&p->lock);
	free(p->cluster_id);
	free(p->args);
	free(p);
}

/* Sending */

size_t producer_cost(size_t key_len, size_t value_len)
{
	return RECORD_COST + key_len + value_len;
}

static bool is_full(const struct producer *p, size_t cost)
{
	return p->in_flight > 0 &&
		(p->in_flight >= p->setup.in_flight || p->in_flight_bytes + cost > p->setup.in_flight_bytes);
}

/* Time until the rate allows another record; 0: now. */
static int64_t wait_for_rate_us(struct producer *p)
{
	int64_t now_us, due_us;

	if (p->setup.per_s <= 0)
		return 0;
	now_us = clock_mono_us();
	if (!p->begun_us)
		p->begun_us = now_us;
	due_us = p->begun_us + (int64_t)((double)p->sent * 1e6 / p->setup.per_s);
	/* Time that a pause of the input left unused is not made up for. */
	if (due_us < now_us - 1000000) {
		p->begun_us = now_us;
		p->sent = 0;
	}
	return due_us > now_us ? due_us - now_us : 0;
}

static bool wait_for_turn(struct producer *p, size_t cost, struct error *err)
{
	for (;;) {
		int64_t wait_us = wait_for_rate_us(p);

		if (producer_is_cancelled(p))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		if (producer_on_other_cluster(p, err))
			return false;
		if (is_full(p, cost))
			rd_kafka_poll(p->rk, PRODUCER_STEP_MS);
		else if (wait_us > 0)
			rd_kafka_poll(p->rk,
				wait_us > PRODUCER_STEP_MS * 1000 ? PRODUCER_STEP_MS : (int)((wait_us + 999) / 1000));
		else
			return true;
	}
}

static rd_kafka_resp_err_t produce_whole(struct producer *p, rd_kafka_topic_t *rkt, const struct record *r, uint64_t id)
{
	size_t count = 6 + r->header_count;
	rd_kafka_vu_t *a;
	rd_kafka_error_t *error;
	rd_kafka_resp_err_t code;

	p->args = mem_grow(p->args, &p->arg_cap, count, sizeof(*p->args));
	a = p->args;
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = rkt };
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = r->partition };
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY };
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = (void *)(uintptr_t)id };
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_KEY, .u.mem = { (void *)r->key.p, r->key.len } };
	*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = { (void *)r->value.p, r->value.len } };
	if (r->timestamp_type != TIMESTAMP_NONE) {
		p->args = mem_grow(p->args, &p->arg_cap, ++count, sizeof(*p->args));
		a = p->args + 6;
		*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_TIMESTAMP,
			.u.i64 = r->timestamp_ms ? r->timestamp_ms : RD_KAFKA_TIMESTAMP_ZERO };
	}
	for (size_t i = 0; i < r->header_count; i++) {
		const struct record_header *h = &r->headers[i];

		*a++ = (rd_kafka_vu_t){ .vtype = RD_KAFKA_VTYPE_HEADER,
			.u.header = { h->name, h->value.p, h->value.p ? (ssize_t)h->value.len : 0 } };
	}
	error = rd_kafka_produceva(p->rk, p->args, count);
	code = rd_kafka_error_code(error);
	rd_kafka_error_destroy(error);
	return code;
}

static rd_kafka_resp_err_t produce(struct producer *p, rd_kafka_topic_t *rkt, const struct record *r, uint64_t id)
{
	if (r->header_count > 0 || r->timestamp_type != TIMESTAMP_NONE)
		return produce_whole(p, rkt, r, id);
	if (rd_kafka_produce(rkt, r->partition, RD_KAFKA_MSG_F_COPY, (void *)r->value.p, r->value.len, r->key.p,
		    r->key.len, (void *)(uintptr_t)id) == 0)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	return rd_kafka_last_error();
}

bool producer_can_date(const struct record *r, struct error *err)
{
	if (r->timestamp_type == TIMESTAMP_NONE || r->timestamp_ms > 0)
		return true;
	if (r->timestamp_ms == 0 && !QUIRKS_TIMESTAMP_ZERO_MENDED)
		return error_set(err, ERR_KAFKA,
			"the timestamp 0 cannot be written: this weir was built with a librdkafka "
			"that takes 0 for the current time (`make` builds one that does not)");
	if (r->timestamp_ms == RD_KAFKA_TIMESTAMP_ZERO)
		return error_set(err, ERR_KAFKA, "the timestamp %" PRId64 " cannot be written", r->timestamp_ms);
	return true;
}

bool producer_send(struct producer *p, const struct record *r, uint64_t id, struct error *err)
{
	struct producer_topic *t = producer_topic_find(p, r->topic);
	size_t cost = producer_cost(r->key.len, r->value.len);
	rd_kafka_resp_err_t code;
	struct error why;

	if (t->partitions == 0) {
		*err = t->err;
		return false;
	}
	if (!p->rk)
		return error_set(err, ERR_SYSTEM, "topic %s: weir could not connect again", r->topic);
	if (producer_on_other_cluster(p, err))
		return false;
	if (!producer_can_date(r, &why))
		return error_set(err, ERR_KAFKA, "topic %s: %s", r->topic, why.message);
	if (r->partition >= t->partitions)
		return error_set(err, ERR_NOT_FOUND, "topic %s: has no partition %d, only 0 to %d", r->topic,
			(int)r->partition, (int)t->partitions - 1);
	if (t->batch_bytes < p->batch_bytes && !reopen_with_smaller_batches(p, t, err))
		return false;
	if (++p->since_served >= SERVE_EVERY) {
		p->since_served = 0;
		rd_kafka_poll(p->rk, 0);
	}
	if ((p->setup.per_s > 0 || is_full(p, cost) || producer_is_cancelled(p)) && !wait_for_turn(p, cost, err))
		return false;
	p->in_flight++;
	p->in_flight_bytes += cost;
	code = produce(p, t->rkt, r, id);
	if (code) {
		p->in_flight--;
		p->in_flight_bytes -= cost;
		return producer_error(p, err, r->topic, code);
	}
	p->sent++;
	return true;
}

void producer_serve(struct producer *p, int wait_ms)
{
	if (on_other_cluster(p))
		purge_in_flight(p);
	if (p->rk)
		rd_kafka_poll(p->rk, wait_ms);
}

bool producer_flush(struct producer *p, int64_t wait_ms)
{
	int64_t deadline_ms = clock_mono_ms() + wait_ms;

	while (p->in_flight > 0 && clock_mono_ms() < deadline_ms) {
		if (on_other_cluster(p))
			purge_in_flight(p);
		rd_kafka_flush(p->rk, PRODUCER_STEP_MS);
	}
	return p->in_flight == 0;
}

size_t producer_in_flight(const struct producer *p)
{
	return p->in_flight;
}

const char *producer_trouble(const struct producer *p)
{
	return p->last_error;
}

int64_t producer_trouble_ms(const struct producer *p)
{
	return p->trouble_ms;
}
