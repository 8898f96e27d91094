/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/producer_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "kafka/client_rd.h"
#include "kafka/codes.h"
#include "kafka/quirks.h"
#include "kafka/trouble.h"

enum {
	IN_FLIGHT = 100000,
	IN_FLIGHT_BYTES = 64 << 20,
	RECORD_COST = 200,              /* what a record costs beside its bytes */
	BATCH_BYTES = 1000000,          /* librdkafka's default */
	SERVE_EVERY = 256               /* records between two looks at the reports */
};

/* Errors */

static enum error_code code_of(rd_kafka_resp_err_t err)
{
	switch (err) {
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
		return ERR_DENIED;
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
	case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
		return ERR_NOT_FOUND;
	case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
	case RD_KAFKA_RESP_ERR__TIMED_OUT:
		return ERR_TIMEOUT;
	case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
	case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
		return ERR_INTERRUPTED;
	default:
		return ERR_KAFKA;
	}
}

/* NULL: librdkafka's will do. */
static const char *words_of(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
		return "you may not write with an idempotent producer (needs WRITE on the topic; before Kafka 2.8 "
			"IDEMPOTENT_WRITE on the cluster)";
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		return "you may not write to it (needs WRITE on the topic)";
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
		return "does not exist, or you may not describe it";
	case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
		return "has no such partition";
	case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
		return "larger than the topic takes (max.message.bytes)";
	case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
		return "given up before it was sent";
	case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
		return "given up while no answer came";
	default:
		return NULL;
	}
}

/* After a fatal error everything is given up: it is the reason. */
static bool fatal_error(struct error *err, const char *topic, rd_kafka_resp_err_t fatal, const char *text)
{
	rd_kafka_resp_err_t refused = code_of_gap(text, topic);
	const char *words = words_of(refused ? refused : fatal);

	if (!refused)
		return error_set(err, code_of(fatal), "topic %s: %s", topic, words ? words : text);
	return error_set(err, code_of(refused), "topic %s: given up after a record that was refused: %s", topic,
		words ? words : rd_kafka_err2str(refused));
}

bool producer_error(struct producer *p, struct error *err, const char *topic, rd_kafka_resp_err_t code)
{
	char text[512];
	rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(p->rk, text, sizeof(text));
	const char *words = words_of(code);

	/* What is given up since another cluster answers says so. */
	if (code_of(code) == ERR_INTERRUPTED && producer_is_elsewhere(p, err))
		return false;
	if (fatal && (code == RD_KAFKA_RESP_ERR__FATAL || code == fatal || code_of(code) == ERR_INTERRUPTED))
		return fatal_error(err, topic, fatal, text);
	if (code == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
		return error_set(err, ERR_TIMEOUT, "topic %s: no answer before message.timeout.ms%s%s", topic,
			*p->last_error ? ": " : "", p->last_error);
	return error_set(err, code_of(code), "topic %s: %s", topic, words ? words : rd_kafka_err2str(code));
}

/* What librdkafka says; the report callback comes to the owner's thread, the log to any. */

static void on_log(const rd_kafka_t *rk, int level, const char *facility, const char *line)
{
	struct producer *p = rd_kafka_opaque(rk);
	char other[sizeof(p->other)];

	log_write(level <= 4 ? LOG_WARN : LOG_INFO, "librdkafka", "%s: %s", facility, line);
	if (!trouble_other_cluster(facility, line, other, sizeof(other)))
		return;
	pthread_mutex_lock(&p->lock);
	memcpy(p->other, other, sizeof(other));
	pthread_mutex_unlock(&p->lock);
	atomic_store(&p->is_elsewhere, true);
	if (p->setup.ready)
		p->setup.ready(p->setup.context);
}

static void on_error(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
	struct producer *p = opaque;

	(void)rk;
	p->trouble_ms = clock_mono_ms();
	if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !p->last_error[0])
		trouble_say(p->last_error, sizeof(p->last_error), reason, p->sent > 0);
	p->turned_away = p->turned_away || code == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
		code == RD_KAFKA_RESP_ERR__SSL;
	p->refused = p->refused || (p->turned_away && code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN);
	log_write(LOG_WARN, "producer", "%s", reason);
}

static size_t cost_of(size_t key_len, size_t value_len)
{
	return RECORD_COST + key_len + value_len;
}

static void on_report(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque)
{
	struct producer *p = opaque;
	struct producer_report report = {
		.id = (uintptr_t)m->_private, .topic = rd_kafka_topic_name(m->rkt), .partition = m->partition,
		.offset = m->offset >= 0 ? m->offset : -1,
	};

	(void)rk;
	p->in_flight--;
	p->in_flight_bytes -= cost_of(m->key_len, m->len);
	if (m->err) {
		report.status = rd_kafka_message_status(m) == RD_KAFKA_MSG_STATUS_POSSIBLY_PERSISTED
			? PRODUCER_UNCERTAIN : PRODUCER_FAILED;
		producer_error(p, &report.err, report.topic, m->err);
	} else {
		p->last_error[0] = '\0';
	}
	p->setup.report(p->setup.context, &report);
}

static void on_ready(rd_kafka_t *rk, void *opaque)
{
	struct producer *p = opaque;

	(void)rk;
	p->setup.ready(p->setup.context);
}

/* Which cluster it is */

const char *producer_cluster_id(const struct producer *p)
{
	return p->cluster_id;
}

static bool is_elsewhere(const struct producer *p)
{
	return atomic_load_explicit(&p->is_elsewhere, memory_order_relaxed);
}

/* One that was bound to no cluster is of the first that answered. */
static struct cluster_pin pin_of(const struct producer *p)
{
	struct cluster_pin pin = *p->setup.pin;

	if (p->is_met && !pin.is_planned) {
		pin.planned = p->cluster_id;
		pin.is_planned = true;
	}
	return pin;
}

bool producer_is_elsewhere(struct producer *p, struct error *err)
{
	const struct cluster_pin pin = pin_of(p);
	char other[sizeof(p->other)];

	if (!is_elsewhere(p))
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

/* Once: their reports come with the next look at the queue. */
static void give_up(struct producer *p)
{
	if (p->given_up || !p->rk)
		return;
	p->given_up = true;
	rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

/* The handle */

static bool producer_set_property(rd_kafka_conf_t *conf, const char *name, const char *value, struct error *err)
{
	char why[256];

	if (rd_kafka_conf_set(conf, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
		return true;
	return error_set(err, ERR_USAGE, "%s: %s", name, why);
}

static bool is_given(const struct client_config *user, const char *name, const char *alias)
{
	return client_config_get(user, name) || (alias && client_config_get(user, alias));
}

/*
 * What a user's file says for an application of theirs may be at odds with writing once and in order, and with
 * hearing of every record: then the file gives way, unless it asks for no idempotence in so many words.
 */
static bool configure_delivery(const struct client_config *user, rd_kafka_conf_t *conf, struct error *err)
{
	static const char *const must[][2] = {
		{ "acks", "all" },
		{ "max.in.flight.requests.per.connection", "5" },
		{ "message.send.max.retries", "2147483647" },
	};
	const char *wanted = client_config_get(user, "enable.idempotence");
	bool idempotent = !wanted || strcmp(wanted, "true") == 0;

	for (size_t i = 0; idempotent && i < sizeof(must) / sizeof(*must); i++)
		if (!producer_set_property(conf, must[i][0], must[i][1], err))
			return false;
	return producer_set_property(conf, "enable.idempotence", idempotent ? "true" : "false", err) &&
		producer_set_property(conf, "transactional.id", NULL, err) && producer_set_property(conf, "delivery.report.only.error", "false", err);
}

static bool producer_configure(struct producer *p, rd_kafka_conf_t *conf, struct error *err)
{
	const struct producer_setup *setup = &p->setup;
	/*
	 * The broker is to say what is too large, not a default of this side, and the bounds are those above.
	 * A producer has no use for metadata as fresh as the monitor's.
	 */
	static const struct {
		const char *name, *alias, *value;
	} own[] = {
		{ "message.max.bytes", NULL, "1000000000" },
		{ "message.timeout.ms", "delivery.timeout.ms", "120000" },
		{ "metadata.max.age.ms", NULL, "60000" },
		{ "socket.timeout.ms", NULL, "30000" },
	};
	char batch[24];

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!is_given(setup->client, own[i].name, own[i].alias) &&
		    !producer_set_property(conf, own[i].name, own[i].value, err))
			return false;
	if (setup->gapless && (!producer_set_property(conf, "enable.idempotence", "true", err) ||
		!producer_set_property(conf, "enable.gapless.guarantee", "true", err) || !producer_set_property(conf, "message.timeout.ms", "0", err)))
		return false;
	if (setup->partitioner && !producer_set_property(conf, "partitioner", setup->partitioner, err))
		return false;
	if (!setup->partitioner && !is_given(setup->client, "partitioner", NULL) &&
	    !producer_set_property(conf, "partitioner", "murmur2_random", err))
		return false;
	if (setup->compression && !producer_set_property(conf, "compression.codec", setup->compression, err))
		return false;
	snprintf(batch, sizeof(batch), "%lld", (long long)p->batch_bytes);
	return configure_delivery(setup->client, conf, err) && producer_set_property(conf, "batch.size", batch, err) &&
		producer_set_property(conf, "allow.auto.create.topics", "false", err) && producer_set_property(conf, "log.queue", "false", err) &&
		producer_set_property(conf, "log_level", "6", err) &&
		producer_set_property(conf, "queue.buffering.max.messages", "0", err) &&
		producer_set_property(conf, "queue.buffering.max.kbytes", "2147483647", err);
}

static bool open_handle(struct producer *p, struct error *err)
{
	rd_kafka_conf_t *conf = client_config_make(p->setup.client, err);
	char why[512];

	if (!conf || !producer_configure(p, conf, err)) {
		if (conf)
			rd_kafka_conf_destroy(conf);
		return false;
	}
	client_config_bind(conf, p->cluster_id ? p->cluster_id : cluster_pin_id(p->setup.pin));
	rd_kafka_conf_set_opaque(conf, p);
	rd_kafka_conf_set_log_cb(conf, on_log);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_dr_msg_cb(conf, on_report);
	p->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof(why));
	if (!p->rk) {
		rd_kafka_conf_destroy(conf);
		return client_config_blame(p->setup.client, why, err);
	}
	p->queue = rd_kafka_queue_get_main(p->rk);
	if (p->setup.ready)
		rd_kafka_queue_cb_event_enable(p->queue, on_ready, p);
	return true;
}

static void close_handle(struct producer *p)
{
	rd_kafka_queue_cb_event_enable(p->queue, NULL, NULL);
	rd_kafka_queue_destroy(p->queue);
	for (size_t i = 0; i < p->topic_count; i++)
		if (p->topics[i].rkt)
			rd_kafka_topic_destroy(p->topics[i].rkt);
	rd_kafka_destroy(p->rk);
	p->rk = NULL;
}

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
	if (open_handle(p, err))
		return p;
	pthread_mutex_destroy(&p->lock);
	free(p);
	return NULL;
}

/*
 * The size of batches is fixed in a handle: for a topic that takes less there must be another one. It connects anew,
 * perhaps after a long wait, so it asks which cluster answers.
 */
static bool make_smaller(struct producer *p, struct producer_topic *t, struct error *err)
{
	while (p->in_flight > 0) {
		if (producer_is_cancelled(p))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		if (producer_is_elsewhere(p, err))
			return false;
		rd_kafka_flush(p->rk, PRODUCER_STEP_MS);
	}
	close_handle(p);
	p->batch_bytes = t->batch_bytes;
	if (!open_handle(p, err))
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
		close_handle(p);
	producer_topics_free(p);
	pthread_mutex_destroy(&p->lock);
	free(p->cluster_id);
	free(p->args);
	free(p);
}

/* Sending */

static bool is_full(const struct producer *p, size_t cost)
{
	return p->in_flight > 0 &&
		(p->in_flight >= p->setup.in_flight || p->in_flight_bytes + cost > p->setup.in_flight_bytes);
}

/* Until the rate allows another record; 0: it does. */
static int64_t wait_for_rate_us(struct producer *p)
{
	int64_t now_us, due_us;

	if (p->setup.per_s <= 0)
		return 0;
	now_us = clock_mono_us();
	if (!p->begun_us)
		p->begun_us = now_us;
	due_us = p->begun_us + (int64_t)((double)p->sent * 1e6 / p->setup.per_s);
	/* What a pause of the input left unused is not caught up with. */
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
		if (producer_is_elsewhere(p, err))
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

static rd_kafka_resp_err_t produce_whole(struct producer *p, rd_kafka_topic_t *rkt, const struct record *r,
	uint64_t id)
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
		    r->key.len,
		    (void *)(uintptr_t)id) == 0)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	return rd_kafka_last_error();
}

bool producer_can_date(const struct record *r, struct error *err)
{
	if (r->timestamp_type == TIMESTAMP_NONE || r->timestamp_ms > 0)
		return true;
	if (r->timestamp_ms == 0 && !QUIRKS_TIMESTAMP_ZERO_MENDED)
		return error_set(err, ERR_KAFKA, "the timestamp 0 cannot be written: this weir was built with a librdkafka "
			"that takes 0 for the current time (`make` builds one that does not)");
	if (r->timestamp_ms == RD_KAFKA_TIMESTAMP_ZERO)
		return error_set(err, ERR_KAFKA, "the timestamp %" PRId64 " cannot be written", r->timestamp_ms);
	return true;
}

bool producer_send(struct producer *p, const struct record *r, uint64_t id, struct error *err)
{
	struct producer_topic *t = producer_topic_find(p, r->topic);
	size_t cost = cost_of(r->key.len, r->value.len);
	rd_kafka_resp_err_t code;
	struct error why;

	if (t->partitions == 0) {
		*err = t->err;
		return false;
	}
	if (!p->rk)
		return error_set(err, ERR_SYSTEM, "topic %s: the connection could not be made anew", r->topic);
	if (producer_is_elsewhere(p, err))
		return false;
	if (!producer_can_date(r, &why))
		return error_set(err, ERR_KAFKA, "topic %s: %s", r->topic, why.message);
	if (r->partition >= t->partitions)
		return error_set(err, ERR_NOT_FOUND, "topic %s: has no partition %d, only 0 to %d",
			r->topic, (int)r->partition, (int)t->partitions - 1);
	if (t->batch_bytes < p->batch_bytes && !make_smaller(p, t, err))
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
	if (is_elsewhere(p))
		give_up(p);
	if (p->rk)
		rd_kafka_poll(p->rk, wait_ms);
}

bool producer_flush(struct producer *p, int64_t wait_ms)
{
	int64_t deadline_ms = clock_mono_ms() + wait_ms;

	while (p->in_flight > 0 && clock_mono_ms() < deadline_ms) {
		if (is_elsewhere(p))
			give_up(p);
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
