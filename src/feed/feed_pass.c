/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"
#include "feed/feed_parts.h"

enum { HANDLE_WAIT_MS = 100 };

bool feed_command_is_cancelled(const struct feed *f, const struct feed_command *c)
{
	return f->shared.closing || (c && c->number <= f->shared.cancelled);
}

bool feed_command_check_cancelled(struct feed *f, const struct feed_command *c)
{
	bool cancelled;

	pthread_mutex_lock(&f->lock);
	cancelled = feed_command_is_cancelled(f, c);
	pthread_mutex_unlock(&f->lock);
	return cancelled;
}

enum error_code feed_failure_code(const struct reader *r)
{
	return reader_is_refused(r) ? ERR_DENIED : ERR_KAFKA;
}

int64_t feed_share(int64_t records, size_t partitions)
{
	int64_t share = records / (int64_t)(partitions ? partitions : 1) * 2 + 8;

	return share < records ? share : records;
}

struct feed_pass *feed_pass_new(struct feed *f)
{
	struct feed_pass *pass = mem_alloc(sizeof(*pass));

	pass->feed = f;
	pass->setup = (struct reader_setup){
		.client = f->host->client,
		.bootstrap = f->host->bootstrap,
		.timeout_ms = f->host->timeout_ms,
		.topics = f->setup.topics,
		.topic_count = f->setup.topic_count,
		.partitions = f->setup.partitions,
		.partition_count = f->setup.partition_count,
		.to.kind = START_COUNT,
		.read_committed = f->setup.read_committed,
		.buffer_bytes = 16 << 20,
		.offsets = { INT64_MIN, INT64_MAX },
		.min_timestamp_ms = INT64_MIN,
		.pool = f->host->pool,
		.context = pass,
	};
	return pass;
}

void feed_pass_add(struct feed_pass *pass, size_t row, int64_t from, int64_t to)
{
	const struct feed_row *r = &pass->feed->shared.rows[row];

	pass->ranges = mem_grow(pass->ranges, &pass->range_cap, pass->range_count + 1, sizeof(*pass->ranges));
	pass->ranges[pass->range_count++] = (struct feed_range){ r->topic, r->partition, from, to };
}

static int compare_place(const char *topic, int32_t partition, const char *other, int32_t other_partition)
{
	int order = topic == other ? 0 : strcmp(topic, other);

	return order ? order : (partition > other_partition) - (partition < other_partition);
}

static int compare_ranges(const void *a, const void *b)
{
	const struct feed_range *x = a, *y = b;

	return compare_place(x->topic, x->partition, y->topic, y->partition);
}

/* Called by the reader's thread: of the feed it may use only the names of topics, which stay until the end. */

static const struct feed_range *find_range(const struct feed_pass *pass, const char *topic, int32_t partition)
{
	const struct feed_range key = { .topic = topic, .partition = partition };

	return search_find(&key, pass->ranges, pass->range_count, sizeof(key), compare_ranges);
}

static void pass_choose_partitions(void *context, const char *topic, int32_t count, bool *wanted)
{
	struct feed_pass *pass = context;

	if (pass->query)
		codec_match_partitions(pass->query->query, pass->feed->choices, pass->all_partitions,
			"(it can be made to look in every one)", topic, count, wanted, &pass->why);
	for (int32_t i = 0; i < count; i++) {
		if (pass->ranges && !pass->setup.follow)
			wanted[i] = wanted[i] && find_range(pass, topic, i) != NULL;
		pass->partitions += wanted[i];
	}
}

static void pass_range(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
	int64_t *from, int64_t *end)
{
	struct feed_pass *pass = context;

	if (pass->ranges) {
		const struct feed_range *range = find_range(pass, topic, partition);

		/* A partition that was created while the feed follows is read from its beginning. */
		*from = !range || range->from < log_start ? log_start :
			range->from == INT64_MAX          ? log_end :
							    range->from;
		*end = range && !pass->setup.follow ? range->to : log_end;
		return;
	}
	if (pass->each_max > 0 && *end > *from + pass->each_max)
		*end = *from + pass->each_max;
	if (pass->newest > 0) {
		int64_t share = feed_share(pass->newest, pass->partitions);

		*from = log_end - log_start > share ? log_end - share : log_start;
		*end = log_end;
	}
}

static void pass_ready(void *context)
{
	struct feed_pass *pass = context;

	if (!pass->watched)
		return; /* feed_pass_run() waits in reader_take() */
	pthread_mutex_lock(&pass->feed->lock);
	pthread_cond_signal(&pass->feed->changed);
	pthread_mutex_unlock(&pass->feed->lock);
}

/* Sets the topics to those of the ranges: one topic is looked up faster than many. */
static void name_topics(struct feed_pass *pass)
{
	size_t cap = 0, count = 0;

	for (size_t i = 0; i < pass->range_count; i++) {
		const char *topic = pass->ranges[i].topic;

		if (count > 0 && pass->topics[count - 1] == topic)
			continue;
		pass->topics = mem_grow(pass->topics, &cap, count + 1, sizeof(*pass->topics));
		pass->topics[count++] = topic;
	}
	pass->setup.topics = pass->topics;
	pass->setup.topic_count = count;
}

bool feed_pass_start(struct feed_pass *pass, bool current, const struct feed_command *c, struct error *err)
{
	struct feed *f = pass->feed;

	if (pass->range_count)
		qsort(pass->ranges, pass->range_count, sizeof(*pass->ranges), compare_ranges);
	if (pass->ranges && !pass->setup.follow)
		name_topics(pass);
	pass->setup.choose = pass_choose_partitions;
	pass->setup.range = pass_range;
	/* An ended pass gives its connection back soon: waiting for it is faster than opening another. */
	feed_pass_reap(pass->feed, HANDLE_WAIT_MS);
	pass->reader = reader_start(&pass->setup, pass_ready, pass, err);
	if (!pass->reader)
		return false;
	if (!current)
		return true;
	pthread_mutex_lock(&f->lock);
	f->shared.current = pass;
	if (feed_command_is_cancelled(f, c))
		reader_cancel(pass->reader);
	pthread_mutex_unlock(&f->lock);
	return true;
}

static const char *topic_name(struct feed *f, const char *name)
{
	for (size_t i = f->worker.topic_name_count; i-- > 0;)
		if (strcmp(f->worker.topic_names[i], name) == 0)
			return f->worker.topic_names[i];
	f->worker.topic_names = mem_grow(f->worker.topic_names, &f->worker.topic_name_cap,
		f->worker.topic_name_count + 1, sizeof(char *));
	f->worker.topic_names[f->worker.topic_name_count] = mem_strdup(name);
	return f->worker.topic_names[f->worker.topic_name_count++];
}

struct place {
	const struct feed *feed;
	const char *topic;
	int32_t partition;
};

static int compare_row(const void *key, const void *row)
{
	const struct place *p = key;
	const struct feed_row *r = &p->feed->shared.rows[*(const uint32_t *)row];

	return compare_place(p->topic, p->partition, r->topic, r->partition);
}

static uint32_t find_row(struct feed *f, const char *topic, int32_t partition)
{
	const struct place place = { f, topic, partition };
	size_t row = f->shared.row_count;
	size_t at = search_place(&place, f->shared.order, row, sizeof(*f->shared.order), compare_row);

	if (at < row && compare_row(&place, &f->shared.order[at]) == 0)
		return f->shared.order[at];
	assert(!f->worker.rows_fixed);
	f->shared.rows = mem_grow(f->shared.rows, &f->shared.row_cap, row + 1, sizeof(*f->shared.rows));
	f->shared.order = mem_grow(f->shared.order, &f->shared.order_cap, row + 1, sizeof(*f->shared.order));
	memmove(f->shared.order + at + 1, f->shared.order + at, (row - at) * sizeof(*f->shared.order));
	f->shared.order[at] = (uint32_t)row;
	f->shared.rows[row] = (struct feed_row){ .topic = topic_name(f, topic),
		.partition = partition,
		.log_start = -1,
		.log_end = -1,
		.lo = -1,
		.hi = -1 };
	f->shared.row_count++;
	return f->shared.order[at];
}

void feed_pass_map(struct feed_pass *pass)
{
	struct feed *f = pass->feed;
	size_t count = reader_row_count(pass->reader);

	if (pass->rows)
		return;
	pass->rows = mem_alloc(count * sizeof(*pass->rows));
	pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < count; i++) {
		struct reader_row from = reader_row(pass->reader, i);

		pass->rows[i] = find_row(f, from.topic, from.partition);
		if (from.log_start >= 0)
			f->shared.rows[pass->rows[i]].log_start = from.log_start;
	}
	pthread_mutex_unlock(&f->lock);
}

enum feed_end feed_pass_run(struct feed_pass *pass, const struct feed_command *c, bool headers,
	void (*each)(void *context, struct record *record, uint32_t row), void *context, struct error *err)
{
	struct feed *f = pass->feed;
	struct reader_batch *b;
	uint64_t batches;
	bool over;

	if (!feed_pass_start(pass, true, c, err))
		return FEED_PASS_FAILED;
	while ((b = reader_take(pass->reader))) {
		feed_pass_map(pass);
		for (size_t i = 0; i < reader_batch_count(b); i++) {
			struct record record;
			size_t row = pass->rows[reader_batch_record(b, i, &record)];

			if (headers)
				reader_batch_headers(b, i, &record);
			record.topic = f->shared.rows[row].topic;
			each(context, &record, (uint32_t)row);
		}
		reader_batch_release(pass->reader, b);
	}
	pthread_mutex_lock(&f->lock);
	f->shared.current = NULL;
	pthread_mutex_unlock(&f->lock);
	over = pass->over = reader_is_over(pass->reader, &batches, err);
	if (feed_command_check_cancelled(f, c) || !over)
		return FEED_PASS_CANCELLED;
	if (err->code != ERR_NONE)
		return FEED_PASS_FAILED;
	feed_pass_map(pass);
	return FEED_PASS_DONE;
}

static void pass_free(struct feed_pass *pass)
{
	if (pass->reader)
		reader_free(pass->reader);
	free(pass->ranges);
	free(pass->topics);
	free(pass->rows);
	feed_query_unref(pass->query);
	str_release(&pass->why);
	free(pass);
}

void feed_pass_end(struct feed_pass *pass)
{
	if (!pass)
		return;
	if (pass->reader) {
		struct feed *f = pass->feed;

		pthread_mutex_lock(&f->lock);
		if (f->shared.current == pass)
			f->shared.current = NULL;
		pthread_mutex_unlock(&f->lock);
		/* Showing what was read must not wait for the reader: it is freed later. */
		if (!reader_stop(pass->reader, 0)) {
			pass->next = f->worker.stopping;
			f->worker.stopping = pass;
			return;
		}
	}
	pass_free(pass);
}

void feed_pass_reap(struct feed *f, int64_t wait_ms)
{
	bool closing;

	pthread_mutex_lock(&f->lock);
	closing = f->shared.closing;
	pthread_mutex_unlock(&f->lock);
	for (struct feed_pass **at = &f->worker.stopping, *pass; (pass = *at);) {
		if (!reader_stop(pass->reader, pass->over || closing ? wait_ms : 0)) {
			at = &pass->next;
			continue;
		}
		*at = pass->next;
		pass_free(pass);
	}
}
