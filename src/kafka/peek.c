/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/peek.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/record.h"
#include "kafka/client_rd.h"

enum { SLICE_MS = 50, TELL_MS = 100 };

struct peeking {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	rd_kafka_topic_t **topics; /* by record; equal ones are one handle, counted by librdkafka */
	bool *started;
	const struct reset_peek_input *in;
	struct reset_peek *peek;
	size_t open; /* records that wait */
};

static bool peek_open_handle(struct peeking *p, const struct client_config *client, struct error *err)
{
	static const char *const own[][2] = {
		{ "group.id", "" },
		{ "enable.auto.commit", "false" },
		{ "enable.auto.offset.store", "false" },
		{ "enable.partition.eof", "true" },
		{ "auto.offset.reset", "error" },
		{ "fetch.wait.max.ms", "20" },
		{ "fetch.queue.backoff.ms", "10" },
		{ "queued.min.messages", "1" },
		{ "fetch.message.max.bytes", "16384" },
		{ "isolation.level", "read_uncommitted" },
	};
	rd_kafka_conf_t *conf = client_config_make(client, err);
	char why[512];

	if (!conf)
		return false;
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		rd_kafka_conf_set(conf, own[i][0], own[i][1], why, sizeof(why));
	p->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, why, sizeof(why));
	if (!p->rk) {
		rd_kafka_conf_destroy(conf);
		return client_config_blame(client, why, err);
	}
	p->queue = rd_kafka_queue_new(p->rk);
	return true;
}

static void peek_finish(struct peeking *p, size_t i, enum reset_peek_state state)
{
	p->peek->records[i].state = state;
	p->open--;
	if (p->started[i])
		rd_kafka_consume_stop(p->topics[i], p->peek->records[i].partition);
	p->started[i] = false;
}

static void peek_fail(struct peeking *p, size_t i, rd_kafka_resp_err_t code)
{
	p->peek->records[i].error = mem_strdup(rd_kafka_err2str(code));
	peek_finish(p, i, RESET_PEEK_FAILED);
}

static void peek_start(struct peeking *p)
{
	for (size_t i = 0; i < p->peek->count; i++) {
		struct reset_peek_record *r = &p->peek->records[i];

		if (r->state != RESET_PEEK_WAITING)
			continue;
		p->open++;
		if (r->target < 0 || (p->in->items[i].log_end >= 0 && r->target >= p->in->items[i].log_end)) {
			peek_finish(p, i, RESET_PEEK_END);
			continue;
		}
		p->topics[i] = rd_kafka_topic_new(p->rk, r->topic, NULL);
		p->started[i] = p->topics[i] &&
			rd_kafka_consume_start_queue(p->topics[i], r->partition, r->target, p->queue) == 0;
		if (!p->started[i])
			peek_fail(p, i, rd_kafka_last_error());
	}
}

static size_t peek_find(const struct peeking *p, const rd_kafka_message_t *m)
{
	const char *topic = m->rkt ? rd_kafka_topic_name(m->rkt) : "";

	for (size_t i = 0; i < p->peek->count; i++) {
		if (p->started[i] && p->peek->records[i].partition == m->partition &&
			strcmp(p->peek->records[i].topic, topic) == 0)
			return i;
	}
	return SIZE_MAX;
}

static char *peek_copy_bytes(const void *bytes, size_t len, size_t *kept, bool *cut)
{
	char *copy;

	if (!bytes)
		return NULL;
	*cut = len > RESET_PEEK_BYTES;
	*kept = *cut ? RESET_PEEK_BYTES : len;
	copy = mem_alloc(*kept + 1);
	memcpy(copy, bytes, *kept);
	return copy;
}

static void peek_take(struct peeking *p, const rd_kafka_message_t *m)
{
	size_t i = peek_find(p, m);
	struct reset_peek_record *r;
	rd_kafka_timestamp_type_t type;

	if (i == SIZE_MAX)
		return;
	r = &p->peek->records[i];
	if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
		peek_finish(p, i, RESET_PEEK_END);
		return;
	}
	if (m->err) {
		peek_fail(p, i, m->err);
		return;
	}
	if (m->offset < r->target)
		return;
	r->offset = m->offset;
	r->timestamp_ms = rd_kafka_message_timestamp(m, &type);
	if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE)
		r->timestamp_ms = RECORD_NO_TIME;
	r->key = peek_copy_bytes(m->key, m->key_len, &r->key_len, &r->key_cut);
	r->value = peek_copy_bytes(m->payload, m->len, &r->value_len, &r->value_cut);
	peek_finish(p, i, RESET_PEEK_FOUND);
}

/* Until all is there. What comes together is told together. */
static bool peek_poll(struct peeking *p, int64_t deadline_ms, const struct peek_host *host, struct error *err)
{
	int64_t told_ms = clock_mono_ms();
	bool fresh = false;

	while (p->open > 0 && clock_mono_ms() < deadline_ms) {
		rd_kafka_message_t *m = rd_kafka_consume_queue(p->queue, SLICE_MS);

		if (m) {
			peek_take(p, m);
			rd_kafka_message_destroy(m);
			fresh = true;
		}
		rd_kafka_poll(p->rk, 0);
		if (host->cancelled && host->cancelled(host->context))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		if (fresh && host->found && clock_mono_ms() - told_ms >= TELL_MS) {
			host->found(host->context, p->peek);
			told_ms = clock_mono_ms();
			fresh = false;
		}
	}
	return true;
}

bool peek_records(const struct client_config *client, int64_t timeout_ms, const struct reset_peek_input *in,
	struct reset_peek *peek, const struct peek_host *host, struct error *err)
{
	struct peeking p = { .in = in, .peek = peek };
	bool ok;

	if (!peek_open_handle(&p, client, err))
		return false;
	p.topics = mem_alloc((peek->count + 1) * sizeof(rd_kafka_topic_t *));
	p.started = mem_alloc((peek->count + 1) * sizeof(*p.started));
	peek_start(&p);
	ok = peek_poll(&p, clock_mono_ms() + timeout_ms, host, err);
	for (size_t i = 0; i < peek->count; i++) {
		if (p.started[i])
			rd_kafka_consume_stop(p.topics[i], peek->records[i].partition);
		if (p.topics[i])
			rd_kafka_topic_destroy(p.topics[i]);
	}
	free(p.topics);
	free(p.started);
	rd_kafka_queue_destroy(p.queue);
	rd_kafka_destroy_flags(p.rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	return ok;
}
