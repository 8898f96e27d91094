/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the messages view looks at: a bounded window of records over one or
 * several topics, in the order of their timestamps (then topic, partition,
 * offset), filled by threads of its own. Records have numbers: newer ones are
 * appended at the end, older ones put in front, so a number names the same
 * record as long as it is kept. While it follows, the oldest leave the ring.
 * After seek(), filter(), and while a search goes on, numbers are new: find()
 * tells where a record is now.
 *
 * No group, nothing committed. All functions are the UI thread's; none waits
 * for the network. What is seen through them changes only in take().
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

struct feed_setup {                       /* copied */
	const char *const *topics;            /* names; ^... is an extended regular expression */
	size_t topic_count;
	const int32_t *partitions;            /* none: all */
	size_t partition_count;
	struct start_at from;                 /* START_LATEST: the newest page, merged; START_LAST: of each partition */
	bool follow;
	bool read_committed;
	bool utc;                             /* times in a query without zone are UTC, else local */
	size_t buffer_bytes;                  /* of the ring; 0: 64 MiB */
	int64_t patience_ms;                  /* how long a search tries a partition that gives no answer; 0: 5 min */
	size_t page;                          /* records of a page; 0: 200 */
	const struct codec_rules *decoders;    /* each topic's, for filter and search; NULL: auto */
};

enum feed_phase {
	FEED_OPENING,                         /* topics and offsets are being found */
	FEED_LOADING,                         /* a page is on its way */
	FEED_RESTING,                         /* nothing is read */
	FEED_FOLLOWING,                       /* what arrives is read */
	FEED_SEARCHING,
	FEED_FAILED                           /* nothing can be read: error says why */
};

enum record_fate {                        /* of a record read with read_uncommitted */
	FATE_COMMITTED,                       /* or not transactional */
	FATE_UNKNOWN,                         /* not looked at (yet) */
	FATE_ABORTED,
	FATE_OPEN                             /* at or above the last stable offset */
};

struct feed_state {
	enum feed_phase phase;
	bool busy;                            /* something that was asked for has not ended */
	int64_t first, end;                   /* numbers kept: [first, end) */
	int64_t seen;                         /* records that arrived, kept or not */
	int64_t left;                         /* records that left the ring */
	size_t bytes;                         /* in the ring */
	bool at_start, at_end;                /* the log has nothing older, newer than the window */
	bool searched;                        /* the window holds what a search found */
	bool paused;                          /* a search was cancelled and can be resumed */
	double records_per_s, bytes_per_s;    /* arriving, over the last seconds; NaN unknown */
	size_t topics, partitions;            /* that are read */
	struct scan_progress progress;        /* of the search */
	char waiting[160];                    /* what the search waits for, and for how long; "": nothing */
	char stale[160];                      /* following: "12s: why" since no broker answers; "": they do */
	size_t leaderless;                    /* following: partitions without a leader, from which nothing comes */
	struct error error;                   /* the newest failure; code ERR_NONE: none */
	bool error_past;                      /* it has been got over */
};

struct feed_rate {
	const char *topic;                    /* valid until the next take() */
	int32_t partition;
	int64_t log_start, end, position;     /* -1 unknown */
	double records_per_s;                 /* NaN unknown */
};

struct feed_ops {
	/* `wake` is called by any thread when take() would bring something. */
	struct feed *(*open)(void *context, const struct feed_setup *setup, void (*wake)(void *waker), void *waker,
		struct error *err);
	void (*close)(struct feed *f);        /* does not wait; NULL is allowed */
	bool (*take)(struct feed *f);         /* true: something changed */
	void (*state)(const struct feed *f, struct feed_state *out);
	/* Copies records [number, number + count) as far as kept, headers too; how many. In `arena`. */
	size_t (*read)(struct feed *f, int64_t number, size_t count, struct arena *arena, struct record *out,
		enum record_fate *fates);
	/* The number of a record, or -1 when it is not kept. */
	int64_t (*find)(const struct feed *f, const char *topic, int32_t partition, int64_t offset);

	/* All of these only begin; take() brings what comes of it. */
	void (*older)(struct feed *f);        /* another page in front */
	void (*newer)(struct feed *f);        /* another page at the end */
	void (*seek)(struct feed *f, const struct start_at *where);    /* a page from there on */
	void (*follow)(struct feed *f, bool on);       /* on: jumps to the newest and goes on with what arrives */
	/*
	 * Only records that match are kept and counted in numbers; NULL or "": all. Applied to what is kept
	 * and to what comes. False when it is no expression: *at is the offset in bytes to point at.
	 */
	bool (*filter)(struct feed *f, const char *query, size_t *at, struct error *err);
	/*
	 * Reads all of the log in the setup's topics and partitions, from `from` on (NULL: the beginning), and
	 * puts what matches in the window instead. `all_partitions`: also where the key does not hash to.
	 */
	bool (*search)(struct feed *f, const char *query, const struct start_at *from, bool all_partitions,
		size_t *at, struct error *err);
	void (*cancel)(struct feed *f);       /* of a page or search; a search keeps what it found */
	void (*resume)(struct feed *f);
	/* The next (or previous) record with the same key as record `number`: comes into the window, see found(). */
	void (*same_key)(struct feed *f, int64_t number, bool next);
	/* Once after same_key() or seek(): the number to go to; -1: nothing (yet). Clears it. */
	int64_t (*found)(struct feed *f);
	/* What was searched, till now while it goes on: the total, then a line for each partition. */
	void (*statement)(struct feed *f, struct str *out);
	/* What a person should know since the last call (gaps, recreated topics, hash warnings), one a line. */
	void (*notes)(struct feed *f, struct str *out);
	size_t (*rates)(const struct feed *f, struct feed_rate *out, size_t max);   /* returns how many there are */
};

/* Who makes feeds: the application lends it to the views. */
struct feed_source {
	const struct feed_ops *ops;
	void *context;
};

#endif
