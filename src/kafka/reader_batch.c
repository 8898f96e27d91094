/* SPDX-License-Identifier: BSD-2-Clause */
/* Batches of records: made by the reader's thread, taken and released by any. */
#include "base/clock.h"
#include "base/mem.h"
#include "kafka/reader_parts.h"

/* What a record costs beside its bytes. */
enum { RECORD_COST = 200 };

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
	out->timestamp_type = type == RD_KAFKA_TIMESTAMP_CREATE_TIME ? TIMESTAMP_CREATE :
		type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME           ? TIMESTAMP_APPEND :
								       TIMESTAMP_NONE;
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
	/* Wakes the reader only when a good part of the buffer is free. */
	if (r->taken_bytes <= r->setup.buffer_bytes / 16)
		pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
}
