/* SPDX-License-Identifier: BSD-2-Clause */
/* The handle of a producer: its configuration, and the callbacks of librdkafka. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client_rd.h"
#include "kafka/producer_parts.h"
#include "kafka/rd_log_line.h"

/* Callbacks of librdkafka: reports and errors on the owner's thread, log lines on any thread. */

static void on_log(const rd_kafka_t *rk, int level, const char *facility, const char *line)
{
	struct producer *p = rd_kafka_opaque(rk);
	char other[sizeof(p->other)];

	rd_log_line_write(level, facility, line);
	if (!rd_log_line_other_cluster(facility, line, other, sizeof(other)))
		return;
	pthread_mutex_lock(&p->lock);
	memcpy(p->other, other, sizeof(other));
	pthread_mutex_unlock(&p->lock);
	atomic_store(&p->on_other_cluster, true);
	if (p->setup.ready)
		p->setup.ready(p->setup.context);
}

static void on_error(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
	struct producer *p = opaque;

	(void)rk;
	p->trouble_ms = clock_mono_ms();
	if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !p->last_error[0])
		rd_log_line_text(p->last_error, sizeof(p->last_error), reason, p->sent > 0);
	p->turned_away = p->turned_away || code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR__SSL;
	p->refused = p->refused || (p->turned_away && code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN);
	log_write(LOG_WARN, "producer", "%s", reason);
}

static void on_report(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque)
{
	struct producer *p = opaque;
	struct producer_report report = {
		.id = (uintptr_t)m->_private,
		.topic = rd_kafka_topic_name(m->rkt),
		.partition = m->partition,
		.offset = m->offset >= 0 ? m->offset : -1,
	};

	(void)rk;
	p->in_flight--;
	p->in_flight_bytes -= producer_cost(m->key_len, m->len);
	if (m->err) {
		report.status = rd_kafka_message_status(m) == RD_KAFKA_MSG_STATUS_POSSIBLY_PERSISTED ?
			PRODUCER_UNCERTAIN :
			PRODUCER_FAILED;
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

/* Configuration */

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
 * The user's client file may hold settings for another application that contradict writing once, in order and
 * with a report for every record. These settings are overridden, unless the file turns enable.idempotence off.
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
		producer_set_property(conf, "transactional.id", NULL, err) &&
		producer_set_property(conf, "delivery.report.only.error", "false", err);
}

static bool producer_configure(struct producer *p, rd_kafka_conf_t *conf, struct error *err)
{
	const struct producer_setup *setup = &p->setup;
	/*
	 * The broker decides which record is too large, not a local default; memory is bounded by
	 * producer_setup. A producer needs no metadata as fresh as the sampler's.
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
	if (setup->gapless &&
		(!producer_set_property(conf, "enable.idempotence", "true", err) ||
			!producer_set_property(conf, "enable.gapless.guarantee", "true", err) ||
			!producer_set_property(conf, "message.timeout.ms", "0", err)))
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
		producer_set_property(conf, "allow.auto.create.topics", "false", err) &&
		producer_set_property(conf, "log.queue", "false", err) &&
		producer_set_property(conf, "log_level", "6", err) &&
		producer_set_property(conf, "queue.buffering.max.messages", "0", err) &&
		producer_set_property(conf, "queue.buffering.max.kbytes", "2147483647", err);
}

bool producer_handle_open(struct producer *p, struct error *err)
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

void producer_handle_close(struct producer *p)
{
	rd_kafka_queue_cb_event_enable(p->queue, NULL, NULL);
	rd_kafka_queue_destroy(p->queue);
	for (size_t i = 0; i < p->topic_count; i++)
		if (p->topics[i].rkt)
			rd_kafka_topic_destroy(p->topics[i].rkt);
	rd_kafka_destroy(p->rk);
	p->rk = NULL;
}
