/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/tail_work.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec_match.h"
#include "base/thread.h"

enum { RING = 1024 };

struct worker {
	struct tail_work *work;
	pthread_t thread;
	struct codec_match match; /* unused without a query */
	struct tail_printer printer;
};

struct tail_work {
	struct reader *reader;
	const struct query *query;
	const struct tail_format *format;
	struct wake *wake;
	unsigned bit;
	struct worker workers[TAIL_THREADS];
	size_t worker_count;
	pthread_mutex_t lock;
	pthread_cond_t moved;           /* `next` was increased */
	struct tail_result *ring[RING]; /* finished results, by number; under lock */
	uint64_t next;                  /* number of the next result to give out; under lock */
	struct tail_result *spare;      /* under lock */
	bool stop;
	bool headers_asked; /* the query may read headers */
	bool headers_shown;
};

static void work_on(struct worker *k, struct tail_result *result)
{
	size_t count = reader_batch_count(result->batch);

	str_clear(&result->text);
	result->count = 0;
	result->matches = mem_grow(result->matches, &result->cap, count, sizeof(*result->matches));
	for (size_t i = 0; i < count; i++) {
		struct record record;
		size_t row = reader_batch_record(result->batch, i, &record);
		enum query_answer answer = QUERY_YES;
		bool masked;

		if (k->work->headers_asked)
			reader_batch_headers(result->batch, i, &record);
		if (k->work->query)
			answer = codec_match(&k->match, &record);
		if (answer == QUERY_NO)
			continue;
		if (k->work->headers_shown && !k->work->headers_asked)
			reader_batch_headers(result->batch, i, &record);
		masked = tail_print(&k->printer, &record, &result->text);
		result->matches[result->count++] = (struct tail_match){ result->text.len, row, record.offset,
			reader_batch_place(result->batch, i), answer == QUERY_UNDECIDED, masked };
	}
	reader_batch_drop(result->batch);
}

static struct tail_result *result_new(struct tail_work *w)
{
	struct tail_result *result;

	pthread_mutex_lock(&w->lock);
	result = w->spare;
	if (result)
		w->spare = result->next;
	pthread_mutex_unlock(&w->lock);
	return result ? result : mem_alloc(sizeof(*result));
}

static void tail_result_put(struct tail_work *w, struct tail_result *result)
{
	uint64_t number = reader_batch_number(result->batch);
	bool due;

	pthread_mutex_lock(&w->lock);
	while (number >= w->next + RING && !w->stop)
		pthread_cond_wait(&w->moved, &w->lock);
	if (number < w->next + RING) {
		w->ring[number % RING] = result;
		result = NULL;
	}
	due = number == w->next;
	pthread_mutex_unlock(&w->lock);
	if (result)
		tail_work_release(w, result);
	if (due)
		wake_raise(w->wake, w->bit);
}

static void *tail_work_run(void *arg)
{
	struct worker *k = arg;
	struct tail_work *w = k->work;
	struct reader_batch *batch;

	while ((batch = reader_take(w->reader))) {
		struct tail_result *result = result_new(w);

		result->batch = batch;
		work_on(k, result);
		tail_result_put(w, result);
	}
	return NULL;
}

struct tail_work *tail_work_start(struct reader *reader, const struct query *query, const struct tail_format *format,
	struct wake *wake, unsigned bit, struct error *err)
{
	struct tail_work *w = mem_alloc(sizeof(*w));

	w->reader = reader;
	w->query = query;
	w->format = format;
	w->wake = wake;
	w->bit = bit;
	w->headers_asked = query && strcasestr(query_text(query), "header");
	w->headers_shown = format->form == OUTPUT_JSON;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->moved, NULL);
	for (size_t i = 0; i < TAIL_THREADS; i++) {
		struct worker *k = &w->workers[i];

		k->work = w;
		k->printer.format = format;
		if (query)
			codec_match_init(&k->match, query, format->choices);
		w->worker_count++;
		if (!thread_start(&k->thread, "weir-filter", tail_work_run, k, err)) {
			codec_match_release(&k->match);
			w->worker_count--;
			reader_cancel(reader);
			tail_work_stop(w);
			return NULL;
		}
	}
	return w;
}

struct tail_result *tail_work_next(struct tail_work *w)
{
	struct tail_result *result;

	pthread_mutex_lock(&w->lock);
	result = w->ring[w->next % RING];
	if (result) {
		w->ring[w->next % RING] = NULL;
		w->next++;
		pthread_cond_broadcast(&w->moved);
	}
	pthread_mutex_unlock(&w->lock);
	return result;
}

void tail_work_release(struct tail_work *w, struct tail_result *result)
{
	reader_batch_release(w->reader, result->batch);
	result->batch = NULL;
	pthread_mutex_lock(&w->lock);
	result->next = w->spare;
	w->spare = result;
	pthread_mutex_unlock(&w->lock);
}

uint64_t tail_work_count(const struct tail_work *w)
{
	return w->next;
}

void tail_work_stop(struct tail_work *w)
{
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->worker_count; i++) {
		struct worker *k = &w->workers[i];

		pthread_join(k->thread, NULL);
		codec_match_release(&k->match);
		tail_printer_release(&k->printer);
	}
	for (size_t i = 0; i < RING; i++)
		if (w->ring[i])
			tail_work_release(w, w->ring[i]);
	for (struct tail_result *r = w->spare, *next; r; r = next) {
		next = r->next;
		str_release(&r->text);
		free(r->matches);
		free(r);
	}
	pthread_cond_destroy(&w->moved);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
