/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/reader_parts.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"

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
	reader_call_ready(r);
}

bool reader_take_notes(struct reader *r, struct str *out)
{
	bool failure;

	pthread_mutex_lock(&r->lock);
	/* While partitions are still being resolved, the last note may still become the error. */
	if (!r->resolved && !r->over) {
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

/* librdkafka cannot close the handle while batches that nobody took hold its messages. */
static void drop_batches(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	for (struct reader_batch *b = r->first; b; b = b->next)
		reader_batch_drop(b);
	pthread_mutex_unlock(&r->lock);
}

static void set_over(struct reader *r, const struct error *err)
{
	pthread_mutex_lock(&r->lock);
	r->over = true;
	r->error = *err;
	pthread_cond_broadcast(&r->filled);
	pthread_mutex_unlock(&r->lock);
	reader_call_ready(r);
}

static void *reader_run(void *arg)
{
	struct reader *r = arg;
	struct error err = { 0 };

	if (reader_resolve(r, &err)) {
		pthread_mutex_lock(&r->lock);
		r->resolved = true;
		pthread_mutex_unlock(&r->lock);
		reader_call_ready(r);
		reader_poll(r);
	}
	set_over(r, &err);
	/* The handle is closed only after every batch was released. */
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
	reader_handle_close(r);
	if (reader_ended(r))
		reader_free_left(r);
	return NULL;
}

struct reader *reader_start(const struct reader_setup *setup, void (*ready)(void *context), void *context,
	struct error *err)
{
	struct reader *r = mem_alloc(sizeof(*r));
	pthread_mutexattr_t mutex_attr;

	reader_setup_own(r, setup);
	r->ready = ready;
	r->ready_context = context;
	r->scan = scan_new();
	r->deadline_ms = clock_mono_ms() + setup->timeout_ms;
	pthread_mutex_init(&r->lock, NULL);
	/* Recursive: a callback may cause a note, and a note calls back too. */
	pthread_mutexattr_init(&mutex_attr);
	pthread_mutexattr_settype(&mutex_attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&r->outside, &mutex_attr);
	pthread_mutexattr_destroy(&mutex_attr);
	thread_cond_init(&r->changed);
	thread_cond_init(&r->filled);
	r->running = true;
	if (reader_handle_open(r, err) && thread_start(&r->thread, "weir-reader", reader_run, r, err))
		return r;
	if (r->rk)
		reader_handle_close(r);
	r->running = false;
	reader_free(r);
	return NULL;
}

void reader_cancel(struct reader *r)
{
	/* Under the lock: without it the thread might close its queue meanwhile. */
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
	bool ended;

	reader_cancel(r);
	pthread_mutex_lock(&r->lock);
	while (r->running && thread_wait_until(&r->changed, &r->lock, until_ms))
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

bool reader_is_resolved(struct reader *r)
{
	pthread_mutex_lock(&r->lock);
	bool resolved = r->resolved;

	pthread_mutex_unlock(&r->lock);
	return resolved;
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
