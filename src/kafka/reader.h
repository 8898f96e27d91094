/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads records without a consumer group: no membership, nothing committed.
 * The reader's own thread resolves topics and offsets, then polls; records come
 * out in numbered batches that any number of threads take and work on. A batch
 * keeps each partition's order, and so does the order of batch numbers.
 *
 * What is in flight is bounded: half of `buffer_bytes` may lie in librdkafka,
 * the rest in batches that were taken and not yet released.
 */
#ifndef KAFKA_READER_H
#define KAFKA_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "kafka/client.h"
#include "query/query.h"
#include "model/record.h"
#include "model/scan.h"
#include "model/when.h"

enum { READER_PATIENCE_MS = 5 * 60 * 1000 };     /* of a search, where nothing else is said */

struct reader;
struct reader_batch;
struct reader_pool;

/*
 * Copied, texts too. Borrowed until the reader has ended or was left: `resume`, `pool` and what the callbacks use;
 * `client` only for reader_start().
 */
struct reader_setup {
	const struct client_config *client;
	const char *bootstrap;               /* for messages */
	const char *cluster_id;              /* reads from no other cluster (kafka/cluster_gate.h); NULL: from any */
	const char *const *topics;           /* names; ^... is an extended regular expression */
	size_t topic_count;
	const int32_t *partitions;           /* none: all */
	size_t partition_count;
	struct start_at from;
	struct start_at to;                  /* not included; START_COUNT: the end of the log as it is now */
	bool follow;                         /* goes on with what arrives; `to` does not count */
	bool read_committed;
	int64_t timeout_ms;                  /* to find topics and offsets */
	/*
	 * How long a partition whose leader gives no answer is tried on; following never ends it. 0: 30 s, and
	 * those whose offsets are not known within timeout_ms are not read.
	 */
	int64_t patience_ms;
	size_t buffer_bytes;
	int gather_ms;                       /* how long a record waits for others that come with it; 0: hardly */
	struct query_span offsets;           /* nothing outside is read */
	int64_t min_timestamp_ms;            /* nothing before is read; INT64_MIN: no bound */
	struct reader *resume;               /* goes on where this one ended; it may be stopped meanwhile */
	struct reader_pool *pool;            /* lends the connection; NULL: one of its own */
	bool little;                         /* only some records of each partition: nothing is read ahead */
	/* Which partitions are read at all. NULL: all. Reader's thread. */
	void (*choose)(void *context, const char *topic, int32_t count, bool *wanted);
	/* What is read of a partition: may change the range [*from, *end). NULL: as above. Reader's thread. */
	void (*range)(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
		int64_t *from, int64_t *end);
	void *context;
};

struct reader_row {
	const char *topic;
	int32_t partition;
	int64_t log_start;                   /* -1: not known (yet), nor are the next two */
	int64_t from, end;                   /* [from, end); with `follow` end is what it was at the beginning */
};

/* `ready` is called by the reader's thread when something new can be asked for; it must not wait. */
struct reader *reader_start(const struct reader_setup *setup, void (*ready)(void *context), void *context,
	struct error *err);
/* From now on reader_take() gives nothing. */
void reader_cancel(struct reader *r);
/*
 * Ends it. False when it did not end within `wait_ms`: its thread waits for a broker. Then this may be called again,
 * or reader_leave(), but not reader_free().
 */
bool reader_stop(struct reader *r, int64_t wait_ms);
void reader_free(struct reader *r);      /* after reader_stop(), and when every batch was released */
/*
 * Both at once, in any case: every batch must have been released, and the reader is not looked at any more. What
 * does not end within `wait_ms` goes on by itself: it calls nobody back, looks at nothing that it does not own, and
 * is freed when its thread ends. Not for readers of a pool, nor under a lock that a callback takes.
 */
void reader_leave(struct reader *r, int64_t wait_ms);
/* Any thread. Some reader that was left still runs: the process must end by _exit(), not by exit(). */
bool reader_left_behind(void);

/* Any thread. Waits for a batch; NULL when there will be none any more. */
struct reader_batch *reader_take(struct reader *r);
struct reader_batch *reader_take_now(struct reader *r);        /* does not wait; NULL: none lies ready */
uint64_t reader_batch_number(const struct reader_batch *b);    /* 0, 1, 2, ... */
size_t reader_batch_count(const struct reader_batch *b);
size_t reader_batch_bytes(const struct reader_batch *b);
/* The row that record `i` is of. *out is valid until the next call or reader_batch_drop(). */
size_t reader_batch_record(const struct reader_batch *b, size_t i, struct record *out);
/* The headers, which the call above leaves out: reading them costs as much as all the rest. */
void reader_batch_headers(struct reader_batch *b, size_t i, struct record *out);
/*
 * Where it stands in the order of time: its timestamp, or without one that of the last record before it in its
 * partition that has one. RECORD_NO_TIME: none of those that were read has.
 */
int64_t reader_batch_place(const struct reader_batch *b, size_t i);
void reader_batch_drop(struct reader_batch *b);                /* frees the records, keeps its share of the buffer */
void reader_batch_release(struct reader *r, struct reader_batch *b);

/* Any thread. */
bool reader_is_planned(struct reader *r);                      /* which rows there are is known and never changes then */
/* Nothing more comes: all was read, or it failed (*err says why), or it was stopped. */
bool reader_is_over(struct reader *r, uint64_t *batches, struct error *err);
struct scan *reader_scan(struct reader *r);                    /* its rows are those of reader_row() */
size_t reader_row_count(const struct reader *r);
struct reader_row reader_row(struct reader *r, size_t row);
/* While it follows: there are partitions or topics now that it does not read. Start another one. */
bool reader_has_grown(struct reader *r);
/*
 * While it follows: appends "12s: connection refused" where no broker has answered for so long; true: it did.
 * A topic that gets no records is not silent: brokers are asked about the topics all the time.
 */
bool reader_stale(struct reader *r, struct str *out);
/* While it follows: partitions that had no leader when the brokers were asked last. Nothing comes from them. */
size_t reader_leaderless(const struct reader *r);
/* With a cluster_id: another cluster answers at the same address, which *err names. */
bool reader_is_elsewhere(struct reader *r, struct error *err);
bool reader_is_refused(const struct reader *r);                /* a broker let some of it not be read */
/* Appends what a person should know since the last call, one a line; true when one of it is a failure. Once planned. */
bool reader_take_notes(struct reader *r, struct str *out);

#endif
