/* SPDX-License-Identifier: BSD-2-Clause */
/* WORK_SAVE: reads the log again and writes the records that match to a file. */
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/thread.h"
#include "codec/codec_match.h"
#include "codec/record_json.h"
#include "kafka/reader.h"
#include "model/save_work.h"
#include "work/works.h"

enum { BUFFER_BYTES = 32 << 20, WRITE_BYTES = 256 * 1024, TELL_MS = 250, LOOK_MS = 50, STOP_MS = 2000 };

struct run {
	struct work *work;
	const struct save_job *job;
	struct reader *reader;
	struct query *query;
	bool headers_asked; /* by the query; JSON has them in any case */
	struct codec_choices *choices;
	const char *topic; /* of `key` and `value` */
	struct codec_choice key, value;
	struct codec_match match;
	struct record_json json;
	struct str text; /* still to be written */
	int fd;
	int64_t saved, masked, told_ms;
	uint64_t batches; /* taken */
	pthread_mutex_t lock;
	pthread_cond_t ready;
};

static void on_ready(void *context)
{
	struct run *r = context;

	pthread_mutex_lock(&r->lock);
	pthread_cond_signal(&r->ready);
	pthread_mutex_unlock(&r->lock);
}

/* Waits until there may be more, or until it is time to look whether the work is cancelled. */
static void wait_ready(struct run *r)
{
	int64_t until_ms = clock_mono_ms() + LOOK_MS;

	pthread_mutex_lock(&r->lock);
	thread_wait_until(&r->ready, &r->lock, until_ms);
	pthread_mutex_unlock(&r->lock);
}

static bool save_write(struct run *r, struct error *err)
{
	if (!file_write(r->fd, r->text.p, r->text.len))
		return error_set(err, ERR_SYSTEM, "%s: %s", r->job->path, strerror(errno));
	str_clear(&r->text);
	return true;
}

static void add_record(struct run *r, const struct record *record)
{
	bool masked;

	if (r->job->json) {
		r->json.topic = NULL;
		if (record->topic != r->topic) {
			r->topic = record->topic;
			r->key = codec_choices_find(r->choices, r->topic, true);
			r->value = codec_choices_find(r->choices, r->topic, false);
		}
		masked = record_json_add(&r->json, record, &r->text);
	} else {
		masked = record->value.p && mask_raw(r->job->mask, record->topic, MASK_VALUE, record->value, &r->text);
		if (record->value.p && !masked)
			str_add_len(&r->text, record->value.p, record->value.len);
		str_add_char(&r->text, '\n');
	}
	r->saved++;
	r->masked += masked;
}

static bool save_batch(struct run *r, struct reader_batch *b, struct error *err)
{
	struct scan *scan = reader_scan(r->reader);
	size_t count = reader_batch_count(b);
	bool ok = true;

	for (size_t i = 0; i < count && ok; i++) {
		struct record record;
		size_t row = reader_batch_record(b, i, &record);
		enum query_answer answer = QUERY_YES;

		if (r->headers_asked)
			reader_batch_headers(b, i, &record);
		if (r->query)
			answer = codec_match(&r->match, &record);
		if (answer == QUERY_NO)
			continue;
		scan_matched(scan, row);
		if (answer == QUERY_UNDECIDED)
			scan_undecided(scan, row);
		if (r->job->json && !r->headers_asked)
			reader_batch_headers(b, i, &record);
		add_record(r, &record);
		ok = r->text.len < WRITE_BYTES || save_write(r, err);
	}
	return ok;
}

static struct save_outcome *outcome_now(struct run *r)
{
	struct save_outcome *o = mem_alloc(sizeof(*o));
	struct scan_progress progress;

	o->saved = r->saved;
	o->masked = r->masked;
	o->done = NAN;
	if (reader_is_resolved(r->reader)) {
		scan_progress(reader_scan(r->reader), clock_mono_ms(), &progress);
		o->done = progress.done;
	}
	return o;
}

/* Until everything is read. The file has what was found so far in any case. */
static bool save_all(struct run *r, struct error *err)
{
	for (;;) {
		struct reader_batch *b = reader_take_now(r->reader);
		uint64_t batches = 0;
		bool ok = true;

		if (work_is_cancelled(r->work))
			reader_cancel(r->reader);
		if (b) {
			r->batches++;
			ok = save_batch(r, b, err);
			reader_batch_release(r->reader, b);
		} else if (work_is_cancelled(r->work)) {
			return error_set(err, ERR_INTERRUPTED, "cancelled");
		} else if (reader_is_over(r->reader, &batches, err) && r->batches >= batches) {
			return err->code == ERR_NONE;
		} else {
			wait_ready(r);
		}
		if (!ok)
			return false;
		if (clock_mono_ms() - r->told_ms >= TELL_MS) {
			r->told_ms = clock_mono_ms();
			work_publish(r->work, outcome_now(r));
		}
	}
}

static bool save_prepare(struct run *r, const struct work_setup *setup, struct error *err)
{
	const struct save_job *job = r->job;
	const struct query_context context = {
		.clock = { .now_ms = clock_wall_ms(), .utc = job->utc },
		.codec = &codec_query_functions,
	};
	struct reader_setup reader = {
		.client = setup->gate.client,
		.bootstrap = setup->gate.pin.bootstrap,
		.topics = job->topics,
		.topic_count = job->topic_count,
		.partitions = job->partitions,
		.partition_count = job->partition_count,
		.from = { .kind = START_EARLIEST },
		.to = { .kind = START_COUNT },
		.read_committed = job->read_committed,
		.timeout_ms = setup->gate.timeout_ms,
		.buffer_bytes = BUFFER_BYTES,
		.patience_ms = READER_PATIENCE_MS,
		.offsets = { INT64_MIN, INT64_MAX },
		.min_timestamp_ms = INT64_MIN,
	};

	r->choices = codec_choices_new(job->decoders);
	if (job->query && !(r->query = query_parse(job->query, &context, NULL, err)))
		return false;
	if (r->query) {
		reader.offsets = query_offsets(r->query);
		reader.min_timestamp_ms = query_timestamps(r->query).min;
		r->headers_asked = strcasestr(job->query, "header") != NULL;
		codec_match_init(&r->match, r->query, r->choices);
	}
	r->json = (struct record_json){ .key = &r->key, .value = &r->value, .mask = job->mask };
	r->fd = file_create(job->path, err);
	if (r->fd < 0)
		return false;
	r->reader = reader_start(&reader, on_ready, r, err);
	return r->reader != NULL;
}

static void save_finish(struct run *r, struct work *w)
{
	struct save_outcome *o = outcome_now(r);
	struct error err = { 0 };

	if (!save_write(r, &err) && w->ok) {
		w->ok = false;
		w->err = err;
	}
	if (reader_is_resolved(r->reader)) {
		o->complete = scan_complete(reader_scan(r->reader));
		scan_statement(reader_scan(r->reader), &o->statement);
	}
	w->output = o;
	w->output_free = save_outcome_free;
}

void work_save(struct work *w, const struct work_setup *setup)
{
	struct run *r = mem_alloc(sizeof(*r));

	r->work = w;
	r->job = w->input;
	r->fd = -1;
	pthread_mutex_init(&r->lock, NULL);
	thread_cond_init(&r->ready);
	w->news_free = save_outcome_free;
	if (save_prepare(r, setup, &w->err)) {
		w->ok = save_all(r, &w->err);
		save_finish(r, w);
	}
	if (r->fd >= 0 && close(r->fd) != 0 && w->ok)
		w->ok = error_set(&w->err, ERR_SYSTEM, "%s: %s", r->job->path, strerror(errno));
	codec_match_release(&r->match);
	query_free(r->query);
	record_json_release(&r->json);
	str_release(&r->text);
	if (r->reader)
		reader_leave(r->reader, STOP_MS);
	codec_choices_free(r->choices);
	pthread_cond_destroy(&r->ready);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
