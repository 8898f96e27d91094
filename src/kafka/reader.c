/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/reader_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "kafka/client_rd.h"
#include "kafka/quirks.h"
#include "kafka/trouble.h"
#include "base/thread.h"

/* What a record costs beside its bytes. */
enum { RECORD_COST = 200 };

bool reader_stopped(const struct reader *r)
{
	return atomic_load_explicit(&r->stop, memory_order_relaxed);
}

const char *reader_code_text(struct reader *r, rd_kafka_resp_err_t code)
{
	if (code != RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
		return rd_kafka_err2str(code);
	atomic_store(&r->refused, true);
	return "you may not read it (needs READ on the topic)";
}

bool reader_is_refused(const struct reader *r)
{
	return atomic_load(&r->refused);
}

void reader_note(struct reader *r, bool failure, const char *fmt, ...)
{
	va_list ap;

	pthread_mutex_lock(&r->lock);
	va_start(ap, fmt);
	str_addv(&r->notes, fmt, ap);
	va_end(ap);
	str_add_char(&r->notes, '\n');
	r->failure |= failure;
	pthread_mutex_unlock(&r->lock);
	reader_tell(r);
}

bool reader_take_notes(struct reader *r, struct str *out)
{
	bool failure;

	pthread_mutex_lock(&r->lock);
	/* Until then the last of them may yet become the error. */
	if (!r->planned && !r->over) {
		pthread_mutex_unlock(&r->lock);
		return false;
	}
	str_add_len(out, str_text(&r->notes), r->notes.len);
	str_clear(&r->notes);
	failure = r->failure;
	r->failure = false;
	pthread_mutex_unlock(&r->lock);
	return failure;
}

static void look_for_cluster(struct reader *r, const char *facility, const char *line)
{
	bool found;

	pthread_mutex_lock(&r->lock);
	found = trouble_other_cluster(facility, line, r->other, sizeof(r->other));
	r->is_elsewhere |= found;
	pthread_mutex_unlock(&r->lock);
	if (found)
		reader_tell(r);
}

bool reader_is_elsewhere(struct reader *r, struct error *err)
{
	bool is_elsewhere;

	pthread_mutex_lock(&r->lock);
	is_elsewhere = r->is_elsewhere;
	if (is_elsewhere)
		error_set(err, ERR_OTHER_CLUSTER, "%s was read from cluster %s, but at %s is cluster %s now",
			r->setup.topics[0], r->setup.cluster_id, r->setup.bootstrap, *r->other ? r->other : "without an id");
	pthread_mutex_unlock(&r->lock);
	return is_elsewhere;
}

void reader_event(struct reader *r, rd_kafka_event_t *ev)
{
	const char *facility, *line;
	int level;

	switch (rd_kafka_event_type(ev)) {
	case RD_KAFKA_EVENT_LOG:
		if (rd_kafka_event_log(ev, &facility, &line, &level) != 0)
			break;
		log_write(level <= 4 ? LOG_WARN : LOG_INFO, "librdkafka", "%s: %s", facility, line);
		if (r->setup.cluster_id)
			look_for_cluster(r, facility, line);
		break;
	case RD_KAFKA_EVENT_ERROR:
		line = rd_kafka_event_error_string(ev);
		if (rd_kafka_event_error(ev) != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || !r->last_error[0])
			trouble_say(r->last_error, sizeof(r->last_error), line, r->part_count > 0);
		r->last_error_ms = clock_mono_ms();
		log_write(LOG_WARN, "reader", "%s", line);
		break;
	default:
		break;
	}
}

/* Batches */

struct reader_batch *reader_batch_new(struct reader *r)
{
	struct reader_batch *b;

	pthread_mutex_lock(&r->lock);
	b = r->spare;
	if (b)
		r->spare = b->next;
	pthread_mutex_unlock(&r->lock);
	if (!b)
		b = mem_alloc(sizeof(*b));
	b->next = NULL;
	b->count = b->bytes = 0;
	b->parts = r->parts;
	return b;
}

void reader_batch_give(struct reader *r, struct reader_batch *b)
{
	b->bytes += b->count * RECORD_COST;
	pthread_mutex_lock(&r->lock);
	b->number = r->batch_count++;
	r->taken_bytes += b->bytes;
	if (r->last)
		r->last->next = b;
	else
		r->first = b;
	r->last = b;
	pthread_cond_signal(&r->filled);
	pthread_mutex_unlock(&r->lock);
}

bool reader_wait_room(struct reader *r, int64_t *waited_ms)
{
	pthread_mutex_lock(&r->lock);
	while (r->taken_bytes > r->setup.buffer_bytes / 8 && !reader_stopped(r)) {
		pthread_cond_wait(&r->changed, &r->lock);
		*waited_ms = clock_mono_ms();
	}
	pthread_mutex_unlock(&r->lock);
	return !reader_stopped(r);
}

static struct reader_batch *take_batch(struct reader *r, bool wait)
{
	struct reader_batch *b;

	pthread_mutex_lock(&r->lock);
	while (wait && !r->first && !r->over && !reader_stopped(r))
		pthread_cond_wait(&r->filled, &r->lock);
	b = reader_stopped(r) ? NULL : r->first;
	if (b) {
		r->first = b->next;
		if (!r->first)
			r->last = NULL;
	}
	pthread_mutex_unlock(&r->lock);
	return b;
}

struct reader_batch *reader_take(struct reader *r)
{
	return take_batch(r, true);
}

struct reader_batch *reader_take_now(struct reader *r)
{
	return take_batch(r, false);
}

uint64_t reader_batch_number(const struct reader_batch *b)
{
	return b->number;
}

size_t reader_batch_count(const struct reader_batch *b)
{
	return b->count;
}

size_t reader_batch_bytes(const struct reader_batch *b)
{
	return b->bytes;
}

void reader_batch_headers(struct reader_batch *b, size_t i, struct record *out)
{
	const rd_kafka_message_t *m = b->messages[i];
	rd_kafka_headers_t *headers;
	size_t count;

	if (rd_kafka_message_headers(m, &headers) || !headers)
		return;
	count = rd_kafka_header_cnt(headers);
	b->headers = mem_grow(b->headers, &b->header_cap, count, sizeof(*b->headers));
	for (size_t k = 0; k < count; k++) {
		const void *value = NULL;
		size_t len = 0;

		if (rd_kafka_header_get_all(headers, k, &b->headers[k].name, &value, &len))
			break;
		b->headers[k].value = (struct bytes){ value, len };
		out->header_count = k + 1;
	}
	out->headers = b->headers;
}

size_t reader_batch_record(const struct reader_batch *b, size_t i, struct record *out)
{
	const rd_kafka_message_t *m = b->messages[i];
	const struct reader_part *part = &b->parts[b->rows[i]];
	rd_kafka_timestamp_type_t type;

	out->topic = part->topic->name;
	out->partition = part->partition;
	out->leader_epoch = rd_kafka_message_leader_epoch(m);
	out->offset = m->offset;
	out->timestamp_ms = rd_kafka_message_timestamp(m, &type);
	out->timestamp_type = type == RD_KAFKA_TIMESTAMP_CREATE_TIME ? TIMESTAMP_CREATE
		: type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME ? TIMESTAMP_APPEND : TIMESTAMP_NONE;
	if (out->timestamp_type == TIMESTAMP_NONE)
		out->timestamp_ms = RECORD_NO_TIME;
	out->key = (struct bytes){ m->key, m->key_len };
	out->value = (struct bytes){ m->payload, m->len };
	out->headers = NULL;
	out->header_count = 0;
	return b->rows[i];
}

int64_t reader_batch_place(const struct reader_batch *b, size_t i)
{
	return b->places_ms[i];
}

void reader_batch_drop(struct reader_batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		rd_kafka_message_destroy(b->messages[i]);
	b->count = 0;
}

void reader_batch_release(struct reader *r, struct reader_batch *b)
{
	reader_batch_drop(b);
	pthread_mutex_lock(&r->lock);
	r->taken_bytes -= b->bytes;
	b->next = r->spare;
	r->spare = b;
	/* Room for a good part of the buffer at once: nobody is woken for less. */
	if (r->taken_bytes <= r->setup.buffer_bytes / 16)
		pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

/* The handle */

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
	/* A member of no group, and quick to say that a partition ends. */
	const char *const own[][2] = {
		{ "group.id", r->setup.from.kind == START_GROUP && !QUIRKS_MENDED ? "weir" : "" },
		{ "enable.auto.commit", "false" }, { "enable.auto.offset.store", "false" },
		{ "enable.partition.eof", "true" }, { "auto.offset.reset", "error" },
		{ "isolation.level", r->setup.read_committed ? "read_committed" : "read_uncommitted" },
		{ "log_level", "6" },       /* which names another cluster; set later, threads that log would read it meanwhile */
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (rd_kafka_conf_set(conf, own[i][0], own[i][1], why, sizeof(why)) != RD_KAFKA_CONF_OK)
			return error_set(err, ERR_USAGE, "%s: %s", own[i][0], why);
	snprintf(queued_kb, sizeof(queued_kb), "%zu", r->setup.buffer_bytes / 8192 + 1);
	snprintf(fetch_bytes, sizeof(fetch_bytes), "%zu", fetch < 1 << 20 ? (size_t)1 << 20 : fetch);
	if (r->setup.little && !(set_unless_given(conf, user, "fetch.message.max.bytes", "131072", err) &&
		set_unless_given(conf, user, "queued.min.messages", "500", err)))
		return false;
	return set_unless_given(conf, user, "fetch.queue.backoff.ms", "10", err) &&
		set_unless_given(conf, user, "fetch.wait.max.ms", r->setup.follow ? "100" : r->setup.little ? "2" : "20", err) &&
		set_unless_given(conf, user, "topic.metadata.propagation.max.ms", "2000", err) &&
		set_unless_given(conf, user, "queued.max.messages.kbytes", queued_kb, err) &&
		set_unless_given(conf, user, "fetch.max.bytes", fetch_bytes, err);
}

/* Queues of its own: an answer that comes late must not reach the next user of the handle. */
static void open_queues(struct reader *r)
{
	r->main = rd_kafka_queue_get_main(r->rk);
	r->events = rd_kafka_queue_new(r->rk);
	r->queue = rd_kafka_queue_new(r->rk);
	rd_kafka_queue_forward(r->main, r->events);
}

static bool open_handle(struct reader *r, struct error *err)
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

/* Batches that nobody took hold the handle open. */
static void drop_batches(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	for (struct reader_batch *b = r->first; b; b = b->next)
		reader_batch_drop(b);
	pthread_mutex_unlock(&r->lock);
}

static void close_handle(struct reader *r)
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

static void set_over(struct reader *r, const struct error *err)
{
	pthread_mutex_lock(&r->lock);
	r->over = true;
	r->error = *err;
	pthread_cond_broadcast(&r->filled);
	pthread_mutex_unlock(&r->lock);
	reader_tell(r);
}

static void *reader_run(void *arg)
{
	struct reader *r = arg;
	struct error err = {0};

	if (reader_plan(r, &err)) {
		pthread_mutex_lock(&r->lock);
		r->planned = true;
		pthread_mutex_unlock(&r->lock);
		reader_tell(r);
		reader_poll(r);
	}
	set_over(r, &err);
	/* The handle goes only when every record was given back. */
	pthread_mutex_lock(&r->lock);
	while (!reader_stopped(r))
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
	drop_batches(r);
	pthread_mutex_lock(&r->lock);
	for (struct reader_batch *b; (b = r->first);) {
		r->first = b->next;
		r->taken_bytes -= b->bytes;
		b->next = r->spare;
		r->spare = b;
	}
	while (r->taken_bytes > 0)
		pthread_cond_wait(&r->changed, &r->lock);
	pthread_mutex_unlock(&r->lock);
	close_handle(r);
	if (reader_ended(r))
		reader_free_left(r);
	return NULL;
}

struct reader *reader_start(const struct reader_setup *setup, void (*ready)(void *context), void *context,
	struct error *err)
{
	struct reader *r = mem_alloc(sizeof(*r));
	pthread_mutexattr_t mutex_attr;
	pthread_condattr_t attr;

	reader_setup_own(r, setup);
	r->ready = ready;
	r->ready_context = context;
	r->scan = scan_new();
	r->deadline_ms = clock_mono_ms() + setup->timeout_ms;
	pthread_mutex_init(&r->lock, NULL);
	/* What calls back may have something to note, which calls back too. */
	pthread_mutexattr_init(&mutex_attr);
	pthread_mutexattr_settype(&mutex_attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&r->outside, &mutex_attr);
	pthread_mutexattr_destroy(&mutex_attr);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->changed, &attr);
	pthread_cond_init(&r->filled, &attr);
	pthread_condattr_destroy(&attr);
	r->running = true;
	if (open_handle(r, err) && thread_start(&r->thread, "weir-reader", reader_run, r, err))
		return r;
	if (r->rk)
		close_handle(r);
	r->running = false;
	reader_free(r);
	return NULL;
}

void reader_cancel(struct reader *r)
{
	/* Under the lock, without which the thread does not close its queue. */
	pthread_mutex_lock(&r->lock);
	if (!atomic_exchange(&r->stop, true)) {
		rd_kafka_queue_yield(r->queue);
		pthread_cond_broadcast(&r->changed);
		pthread_cond_broadcast(&r->filled);
	}
	pthread_mutex_unlock(&r->lock);
}

bool reader_stop(struct reader *r, int64_t wait_ms)
{
	int64_t until_ms = clock_mono_ms() + wait_ms;
	struct timespec until = { .tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000 };
	bool ended;

	reader_cancel(r);
	pthread_mutex_lock(&r->lock);
	while (r->running && pthread_cond_timedwait(&r->changed, &r->lock, &until) == 0)
		;
	ended = !r->running;
	pthread_mutex_unlock(&r->lock);
	if (ended)
		pthread_join(r->thread, NULL);
	return ended;
}

void reader_free(struct reader *r)
{
	for (struct reader_batch *b = r->spare, *next; b; b = next) {
		next = b->next;
		free(b->headers);
		free(b);
	}
	for (size_t i = 0; i < r->topic_count; i++) {
		free(r->topics[i]->name);
		free(r->topics[i]->rows);
		free(r->topics[i]);
	}
	free(r->topics);
	free(r->by_handle);
	free(r->leaders);
	free(r->parts);
	scan_free(r->scan);
	str_release(&r->notes);
	reader_setup_release(r);
	pthread_mutex_destroy(&r->outside);
	pthread_cond_destroy(&r->changed);
	pthread_cond_destroy(&r->filled);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

bool reader_is_planned(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	bool planned = r->planned;

	pthread_mutex_unlock(&r->lock);
	return planned;
}

bool reader_has_grown(struct reader *r)
{
	return atomic_load(&r->grown);
}

bool reader_is_over(struct reader *r, uint64_t *batches, struct error *err)
{
	pthread_mutex_lock(&r->lock);
	bool over = r->over;

	if (over) {
		*batches = r->batch_count;
		*err = r->error;
	}
	pthread_mutex_unlock(&r->lock);
	return over;
}

struct scan *reader_scan(struct reader *r)
{
	return r->scan;
}

size_t reader_row_count(const struct reader *r)
{
	return r->part_count;
}

struct reader_row reader_row(struct reader *r, size_t row)
{
	const struct reader_part *p = &r->parts[row];
	struct reader_row out;

	pthread_mutex_lock(&r->lock);
	out = (struct reader_row){ p->topic->name, p->partition, p->offset[READER_ASK_START], p->from, p->end };
	pthread_mutex_unlock(&r->lock);
	return out;
}
