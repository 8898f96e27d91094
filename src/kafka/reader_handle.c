/* SPDX-License-Identifier: BSD-2-Clause */
/* The handle of a reader: its configuration, and the log lines and errors that come from it. */
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client_rd.h"
#include "kafka/quirks.h"
#include "kafka/reader_parts.h"
#include "kafka/rd_log_line.h"

static bool set_unless_given(rd_kafka_conf_t *conf, const struct client_config *user, const char *name,
	const char *value, struct error *err)
{
	char why[256];

	if (client_config_get(user, name) || rd_kafka_conf_set(conf, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
		return true;
	return error_set(err, ERR_USAGE, "%s: %s", name, why);
}

static bool reader_configure(struct reader *r, rd_kafka_conf_t *conf, struct error *err)
{
	const struct client_config *user = r->setup.client;
	char queued_kb[32], fetch_bytes[32], why[256];
	size_t fetch = r->setup.buffer_bytes / 16;
	/* No group, nothing committed, and an event when a partition ends. */
	const char *const own[][2] = {
		{ "group.id", r->setup.from.kind == START_GROUP && !QUIRKS_MENDED ? "weir" : "" },
		{ "enable.auto.commit", "false" }, { "enable.auto.offset.store", "false" },
		{ "enable.partition.eof", "true" }, { "auto.offset.reset", "error" },
		{ "isolation.level", r->setup.read_committed ? "read_committed" : "read_uncommitted" },
		{ "log_level", "6" }, /* 6 reports another cluster; setting it later would race */
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (rd_kafka_conf_set(conf, own[i][0], own[i][1], why, sizeof(why)) != RD_KAFKA_CONF_OK)
			return error_set(err, ERR_USAGE, "%s: %s", own[i][0], why);
	snprintf(queued_kb, sizeof(queued_kb), "%zu", r->setup.buffer_bytes / 8192 + 1);
	snprintf(fetch_bytes, sizeof(fetch_bytes), "%zu", fetch < 1 << 20 ? (size_t)1 << 20 : fetch);
	if (r->setup.little &&
		!(set_unless_given(conf, user, "fetch.message.max.bytes", "131072", err) &&
			set_unless_given(conf, user, "queued.min.messages", "500", err)))
		return false;
	return set_unless_given(conf, user, "fetch.queue.backoff.ms", "10", err) &&
		set_unless_given(conf, user, "fetch.wait.max.ms",
			r->setup.follow         ? "100" :
				r->setup.little ? "2" :
						  "20",
			err) &&
		set_unless_given(conf, user, "topic.metadata.propagation.max.ms", "2000", err) &&
		set_unless_given(conf, user, "queued.max.messages.kbytes", queued_kb, err) &&
		set_unless_given(conf, user, "fetch.max.bytes", fetch_bytes, err);
}

/* Separate queues for each reader: a late answer must not reach the next user of the handle. */
static void open_queues(struct reader *r)
{
	r->main = rd_kafka_queue_get_main(r->rk);
	r->events = rd_kafka_queue_new(r->rk);
	r->queue = rd_kafka_queue_new(r->rk);
	rd_kafka_queue_forward(r->main, r->events);
}

bool reader_handle_open(struct reader *r, struct error *err)
{
	rd_kafka_conf_t *conf;
	char why[512];

	r->rk = reader_pool_take(&r->setup);
	if (r->rk) {
		r->warm = true;
		open_queues(r);
		return true;
	}
	conf = client_config_make(r->setup.client, err);
	if (!conf)
		return false;
	if (!reader_configure(r, conf, err)) {
		rd_kafka_conf_destroy(conf);
		return false;
	}
	if (r->setup.cluster_id)
		client_config_bind(conf, r->setup.cluster_id);
	rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG);
	r->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, why, sizeof(why));
	if (!r->rk) {
		rd_kafka_conf_destroy(conf);
		return client_config_blame(r->setup.client, why, err);
	}
	open_queues(r);
	rd_kafka_set_log_queue(r->rk, r->main);
	return true;
}

void reader_handle_close(struct reader *r)
{
	for (size_t i = 0; i < r->part_count; i++)
		if (r->parts[i].started)
			rd_kafka_consume_stop(r->parts[i].topic->rkt, r->parts[i].partition);
	for (size_t i = 0; i < r->topic_count; i++)
		if (r->topics[i]->rkt)
			rd_kafka_topic_destroy(r->topics[i]->rkt);
	rd_kafka_queue_forward(r->main, NULL);
	rd_kafka_queue_destroy(r->main);
	rd_kafka_queue_destroy(r->queue);
	rd_kafka_queue_destroy(r->events);
	reader_pool_give(&r->setup, r->rk);
}

static void look_for_cluster(struct reader *r, const char *facility, const char *line)
{
	bool found;

	pthread_mutex_lock(&r->lock);
	found = rd_log_line_other_cluster(facility, line, r->other, sizeof(r->other));
	r->on_other_cluster |= found;
	pthread_mutex_unlock(&r->lock);
	if (found)
		reader_call_ready(r);
}

bool reader_on_other_cluster(struct reader *r, struct error *err)
{
	bool on_other_cluster;

	pthread_mutex_lock(&r->lock);
	on_other_cluster = r->on_other_cluster;
	if (on_other_cluster)
		error_set(err, ERR_OTHER_CLUSTER, "%s was read from cluster %s, but at %s is cluster %s now",
			r->setup.topics[0], r->setup.cluster_id, r->setup.bootstrap,
			*r->other ? r->other : "without an id");
	pthread_mutex_unlock(&r->lock);
	return on_other_cluster;
}

void reader_event(struct reader *r, rd_kafka_event_t *ev)
{
	const char *facility, *line;
	int level;

	switch (rd_kafka_event_type(ev)) {
	case RD_KAFKA_EVENT_LOG:
		if (rd_kafka_event_log(ev, &facility, &line, &level) != 0)
			break;
		rd_log_line_write(level, facility, line);
		if (r->setup.cluster_id)
			look_for_cluster(r, facility, line);
		break;
	case RD_KAFKA_EVENT_ERROR:
		line = rd_kafka_event_error_string(ev);
		if (rd_kafka_event_error(ev) != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !r->last_error[0])
			rd_log_line_text(r->last_error, sizeof(r->last_error), line, r->part_count > 0);
		r->last_error_ms = clock_mono_ms();
		log_write(LOG_WARN, "reader", "%s", line);
		break;
	default:
		break;
	}
}
