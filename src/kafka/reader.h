/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads records without a consumer group: it joins none and commits nothing.
 * The reader's own thread looks up topics and offsets, then polls. Records come
 * out in numbered batches, which any number of threads may take. The order of a
 * partition is kept within a batch and by the numbers of batches.
 *
 * Memory is bounded: librdkafka may hold half of `buffer_bytes`, batches that
 * were taken and not yet released the rest.
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

enum { READER_PATIENCE_MS = 5 * 60 * 1000 }; /* default of a search */

struct reader;
struct reader_batch;
struct reader_pool;

/*
 * Copied, with its strings. Borrowed until the reader has ended or was left: `resume`, `pool` and what the
 * callbacks use. `client` is borrowed only for the call of reader_start().
 */
struct reader_setup {
	const struct client_config *client;
	const char *bootstrap;     /* for messages */
	const char *cluster_id;    /* reads from no other cluster (kafka/cluster_gate.h); NULL: from any */
	const char *const *topics; /* names; ^... is an extended regular expression */
	size_t topic_count;
	const int32_t *partitions; /* none: all */
	size_t partition_count;
	struct start_at from;
	struct start_at to; /* exclusive; START_COUNT: the present end of the log */
	bool follow;        /* reads new records as they arrive; `to` is ignored */
	bool read_committed;
	int64_t timeout_ms; /* to find topics and offsets */
	/*
	 * How long a partition whose leader does not answer is retried; without end when following. 0: 30 s,
	 * and partitions whose offsets are unknown after timeout_ms are not read.
	 */
	int64_t patience_ms;
	size_t buffer_bytes;
	int gather_ms;             /* how long a record waits for later ones of its batch; 0: 1 ms */
	struct query_span offsets; /* offsets outside are not read */
	int64_t min_timestamp_ms;  /* earlier records are not read; INT64_MIN: no bound */
	struct reader *resume;     /* continue where this reader ended; it may be stopped meanwhile */
	struct reader_pool *pool;  /* lends the handle; NULL: the reader opens its own */
	bool little;               /* reads only some records of each partition, and none ahead */
	/* Chooses the partitions to read. NULL: all. Called by the reader's thread. */
	void (*choose)(void *context, const char *topic, int32_t count, bool *wanted);
	/*
	 * May change the range [*from, *end) to read of a partition. NULL: unchanged. Called by the reader's
	 * thread.
	 */
	void (*range)(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
		int64_t *from, int64_t *end);
	void *context;
};

struct reader_row {
	const char *topic;
	int32_t partition;
	int64_t log_start; /* -1: not known (yet); the next two neither */
	int64_t from, end; /* [from, end); when following, end is the end of the log at the start */
};

/* `ready` is called by the reader's thread when something new can be taken or asked; it must not wait. */
struct reader *reader_start(const struct reader_setup *setup, void (*ready)(void *context), void *context,
	struct error *err);
/* After this reader_take() returns NULL. */
void reader_cancel(struct reader *r);
/*
 * Ends the reader. False: its thread still waits for a broker after `wait_ms`. Then call this again or
 * reader_leave(), but not reader_free().
 */
bool reader_stop(struct reader *r, int64_t wait_ms);
void reader_free(struct reader *r); /* after reader_stop() returned true and every batch was released */
/*
 * Stops and frees the reader in every case. Every batch must have been released, and the reader may not be used
 * any more. When its thread does not end within `wait_ms`, it runs on alone: it calls nothing back, uses
 * nothing that it does not own, and frees the reader when it ends. Not for readers of a pool, nor under a lock
 * that a callback takes.
 */
void reader_leave(struct reader *r, int64_t wait_ms);
/* Any thread. Whether some reader that was left still runs: then the process must end by _exit(), not by exit(). */
bool reader_left_behind(void);

/* Any thread. Waits for a batch; NULL: there will be no more. */
struct reader_batch *reader_take(struct reader *r);
struct reader_batch *reader_take_now(struct reader *r);     /* does not wait; NULL: none is ready */
uint64_t reader_batch_number(const struct reader_batch *b); /* 0, 1, 2, ... */
size_t reader_batch_count(const struct reader_batch *b);
size_t reader_batch_bytes(const struct reader_batch *b);
/*
 * Fills *out with record `i`, without headers; returns its row. Valid until the next call or
 * reader_batch_drop().
 */
size_t reader_batch_record(const struct reader_batch *b, size_t i, struct record *out);
/* Fills in the headers. The call above leaves them out because reading them costs as much as all the rest. */
void reader_batch_headers(struct reader_batch *b, size_t i, struct record *out);
/*
 * The place of the record in the order of time: its timestamp, or without one the timestamp of the last earlier
 * record of its partition that has one. RECORD_NO_TIME: none has.
 */
int64_t reader_batch_place(const struct reader_batch *b, size_t i);
void reader_batch_drop(struct reader_batch *b); /* frees the records, not their share of the buffer */
void reader_batch_release(struct reader *r, struct reader_batch *b);

/* Any thread. */
bool reader_is_resolved(struct reader *r); /* the rows are known and will not change */
/* Nothing more will come: everything was read, or reading failed (*err says why), or the reader was stopped. */
bool reader_is_over(struct reader *r, uint64_t *batches, struct error *err);
struct scan *reader_scan(struct reader *r); /* with the rows of reader_row() */
size_t reader_row_count(const struct reader *r);
struct reader_row reader_row(struct reader *r, size_t row);
/* While following: there are partitions or topics that this reader does not read. Start another reader. */
bool reader_has_grown(struct reader *r);
/*
 * While following: true when no broker has answered for some time; appends how long and why ("12s: connection
 * refused"). A quiet topic is not stale: brokers are asked about the topics all the time.
 */
bool reader_stale(struct reader *r, struct str *out);
/* While following: partitions that had no leader when brokers were last asked; no records come from them. */
size_t reader_leaderless(const struct reader *r);
/* With a cluster_id: another cluster answers at the same address, which *err names. */
bool reader_on_other_cluster(struct reader *r, struct error *err);
bool reader_is_refused(const struct reader *r); /* a broker refused to let some of it be read */
/*
 * After resolving: appends the notes for the user since the last call, one a line. True: one of them is a
 * failure.
 */
bool reader_take_notes(struct reader *r, struct str *out);

#endif
