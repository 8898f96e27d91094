/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A feed gives the messages view a bounded window of records of one or several
 * topics, in the order of their timestamps (then topic, partition, offset); its
 * own threads fill it. Records have numbers: newer records are appended at the
 * end, older ones put in front, so a number names the same record as long as the
 * record is kept. While the feed follows, the oldest records leave the window.
 * seek(), filter() and a running search number the records anew: find() tells
 * which number a record has now.
 *
 * A feed joins no group and commits nothing. All functions are for the UI's
 * thread; none waits for the network. What they return changes only in take().
 */
#ifndef MODEL_FEED_H
#define MODEL_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "model/record.h"
#include "model/scan.h"
#include "model/when.h"

struct codec_rules;
struct feed;

struct feed_setup {                /* copied */
	const char *const *topics; /* names; ^... is an extended regular expression */
	size_t topic_count;
	const int32_t *partitions; /* none: all */
	size_t partition_count;
	struct start_at from; /* START_LATEST: the newest page, merged; START_LAST: of each partition */
	bool follow;
	bool read_committed;
	bool utc;                           /* times in a query without zone are UTC, else local */
	size_t buffer_bytes;                /* maximum of the window; 0: 64 MiB */
	int64_t patience_ms;                /* how long a search retries a partition that does not answer; 0: 5 min */
	size_t page;                        /* records of a page; 0: 200 */
	const struct codec_rules *decoders; /* each topic's, for filter and search; NULL: auto */
};

enum feed_phase {
	FEED_OPENING,   /* topics and offsets are being looked up */
	FEED_LOADING,   /* a page is being read */
	FEED_IDLE,      /* nothing is read */
	FEED_FOLLOWING, /* new records are read as they arrive */
	FEED_SEARCHING,
	FEED_FAILED /* nothing can be read: error says why */
};

enum txn_outcome {     /* of a record read with read_uncommitted */
	TXN_COMMITTED, /* or not transactional */
	TXN_UNKNOWN,   /* not looked up (yet) */
	TXN_ABORTED,
	TXN_OPEN /* at or above the last stable offset */
};

struct feed_state {
	enum feed_phase phase;
	bool busy;                         /* a command has not ended */
	int64_t first, end;                /* numbers kept: [first, end) */
	int64_t seen;                      /* records that arrived, kept or not */
	int64_t left;                      /* records that left the window because it was full */
	size_t bytes;                      /* in the window */
	bool at_start, at_end;             /* the log has nothing older, newer than the window */
	bool searched;                     /* the window holds what a search found */
	bool paused;                       /* a search was cancelled and can be resumed */
	double records_per_s, bytes_per_s; /* arriving, over the last seconds; NaN unknown */
	size_t topics, partitions;         /* that are read */
	struct scan_progress progress;     /* of the search */
	char waiting[160];                 /* what the search waits for, and since when; "": nothing */
	char stale[160];                   /* following: "12s: why" since no broker answers; "": they do */
	size_t leaderless;                 /* following: partitions without a leader, from which nothing comes */
	struct error error;                /* the newest failure; code ERR_NONE: none */
	bool error_past;                   /* the failure is over: reading works again */
};

struct feed_rate {
	const char *topic; /* valid until the next take() */
	int32_t partition;
	int64_t log_start, end, position; /* -1 unknown */
	double records_per_s;             /* NaN unknown */
};

struct feed_ops {
	/* `wake` is called by any thread when take() would bring something. */
	struct feed *(*open)(void *context, const struct feed_setup *setup, void (*wake)(void *waker), void *waker,
		struct error *err);
	void (*close)(struct feed *f); /* does not wait; NULL is allowed */
	bool (*take)(struct feed *f);  /* true: something changed */
	void (*state)(const struct feed *f, struct feed_state *out);
	/* Copies the records [number, number + count) that are kept, with headers, into `arena`. Returns how many. */
	size_t (*read)(struct feed *f, int64_t number, size_t count, struct arena *arena, struct record *out,
		enum txn_outcome *outcomes);
	/* The number of a record, or -1 when it is not kept. */
	int64_t (*find)(const struct feed *f, const char *topic, int32_t partition, int64_t offset);

	/* These only start something and return at once; take() brings the result. */
	void (*older)(struct feed *f);                              /* another page in front */
	void (*newer)(struct feed *f);                              /* another page at the end */
	void (*seek)(struct feed *f, const struct start_at *where); /* a page from there on */
	void (*follow)(struct feed *f, bool on); /* on: jumps to the newest records and shows new ones as they arrive */
	/*
	 * Only records that match are kept and numbered; NULL or "": all. Applies to the records that are kept
	 * and to new ones. False when the expression is wrong: *at is the byte offset of the fault.
	 */
	bool (*filter)(struct feed *f, const char *query, size_t *at, struct error *err);
	/*
	 * Reads the whole log of the setup's topics and partitions from `from` on (NULL: the beginning); the window
	 * then holds the records that match. `all_partitions`: also partitions that the key does not hash to.
	 */
	bool (*search)(struct feed *f, const char *query, const struct start_at *from, bool all_partitions, size_t *at,
		struct error *err);
	void (*cancel)(struct feed *f); /* a page or search; a search keeps what it found */
	void (*resume)(struct feed *f);
	/* Brings the next (or previous) record with the key of record `number` into the window, see found(). */
	void (*same_key)(struct feed *f, int64_t number, bool next);
	/* After same_key() or seek(), once: the number of the record to go to; -1: none (yet). */
	int64_t (*found)(struct feed *f);
	/* What the search has read so far: the total, then a line for each partition. */
	void (*statement)(struct feed *f, struct str *out);
	/* Notes for the user since the last call (gaps, recreated topics, partitions left out), one a line. */
	void (*notes)(struct feed *f, struct str *out);
	size_t (*rates)(const struct feed *f, struct feed_rate *out, size_t max); /* returns how many there are */
};

/* Makes feeds; the application lends it to the views. */
struct feed_source {
	const struct feed_ops *ops;
	void *context;
};

#endif
