/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of a feed share. Three threads touch a feed: the UI's thread;
 * its worker, which carries out one command after the other; and, while the feed
 * follows, the follower. The UI sees a struct feed_view, published whole.
 *
 * For each partition the window covers the offsets [lo, hi): every record there
 * that passes the filter is, or was, in the window. A page in front ends at lo, a
 * page behind begins at hi, so that no record comes twice and none is left out.
 */
#ifndef FEED_FEED_PARTS_H
#define FEED_FEED_PARTS_H

#include <pthread.h>

#include "base/mailbox.h"
#include "codec/codec_match.h"
#include "feed/feed_host.h"
#include "feed/feed_window.h"
#include "kafka/reader.h"
#include "model/scan_merge.h"

enum {
	FEED_PAGE = 200,
	FEED_BUFFER = 64 << 20,
	FEED_PAGE_BYTES = 16 << 20, /* a page ends earlier when it has as many */
	FEED_RATE_SAMPLES = 5,
	FEED_SEARCH_MS = 100, /* how often a search shows what it found */
	FEED_STEP_MS = 500    /* how often rates are taken and ended passes are freed */
};

struct feed_host {
	const struct client_config *client;
	const char *bootstrap;
	int64_t timeout_ms;
	struct reader_pool *pool;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	size_t feeds; /* how many still run; under lock */
};

struct feed_row { /* a partition */
	const char *topic;
	int32_t partition;
	int64_t log_start, log_end;        /* when they were last read; -1 unknown */
	int64_t lo, hi;                    /* what the window covers; -1 unknown */
	int64_t seen;                      /* records that arrived */
	int64_t sample[FEED_RATE_SAMPLES]; /* of `seen`, by time */
};

struct feed_rates { /* published, never changed */
	atomic_uint refs;
	size_t count;
	struct feed_rate rows[];
};

struct feed_view {
	struct feed_entry *entries;
	size_t count;
	struct feed_state state;
	struct feed_rates *rates; /* may be NULL */
	uint64_t ended;           /* number of the newest command that has ended */
};

struct feed_query { /* may be held by several threads */
	atomic_uint refs;
	struct query *query;
	bool headers; /* the query may read headers */
};

enum feed_verb {
	FEED_DO_SEEK,
	FEED_DO_OLDER,
	FEED_DO_NEWER,
	FEED_DO_FOLLOW,
	FEED_DO_UNFOLLOW,
	FEED_DO_FILTER,
	FEED_DO_SEARCH,
	FEED_DO_RESUME,
	FEED_DO_SAME_KEY
};

struct feed_command {
	struct feed_command *next;
	enum feed_verb verb;
	uint64_t number;          /* cancelled when not above feed_shared.cancelled */
	struct start_at where;    /* SEEK, SEARCH */
	char *group;              /* owned, of `where` */
	struct feed_query *query; /* FILTER (NULL: none), SEARCH */
	bool all_partitions;      /* SEARCH */
	struct feed_item *item;   /* SAME_KEY */
	bool forward;             /* SAME_KEY */
};

struct feed_range {        /* offsets [from, to) of a partition */
	const char *topic; /* borrowed from the feed */
	int32_t partition;
	int64_t from, to;
};

/* One reading through ranges of offsets, with a reader of its own. */
struct feed_pass {
	struct feed_pass *next; /* in feed_worker.stopping */
	struct feed *feed;
	struct reader_setup setup;
	struct reader *reader;
	struct feed_range *ranges; /* sorted when started; NULL: where `setup` says */
	size_t range_count, range_cap;
	int64_t each_max;         /* without ranges: offsets read of each partition at most; 0: no maximum */
	int64_t newest;           /* without ranges: offsets read before the ends, all partitions together; 0: no */
	size_t partitions;        /* how many are read; counted by the reader's thread */
	const char **topics;      /* owned; the names are not */
	uint32_t *rows;           /* the feed's row for each of the reader's */
	struct feed_query *query; /* of a search: partitions where it cannot match are left out; referenced */
	bool all_partitions;
	bool over;    /* read to its end: its reader stops soon */
	bool watched; /* the worker is woken when the reader has records or notes */
	struct str
		why; /* which partitions were left out and why; filled by the reader's thread while it resolves topics */
};

enum feed_end { FEED_PASS_DONE, FEED_PASS_CANCELLED, FEED_PASS_FAILED };

struct feed_pager;
struct feed_follower;
struct feed_search;

/*
 * Under the feed's lock. The UI's thread, the worker and the follower write it; the worker may read without the
 * lock what it alone writes: rows, filter, follower, search, and the phase while no search runs.
 */
struct feed_shared {
	struct feed_command *commands;     /* the first one is being done */
	uint64_t issued, cancelled, ended; /* numbers of commands */
	struct feed_pass *current;         /* the pass that cancelling stops */
	bool closing;

	struct feed_row *rows; /* the worker adds rows, and none while a follower runs */
	size_t row_count, row_cap;
	uint32_t *order; /* rows by topic and partition */
	size_t order_cap;
	struct feed_window window;
	bool dropped;                   /* the window lacks records that did not match */
	uint64_t evictions;             /* how often records left the window because it was full */
	struct feed_query *filter;      /* NULL: none */
	struct feed_follower *follower; /* NULL: nothing is followed */
	struct feed_search *search;     /* NULL: the window does not hold what a search found */

	enum feed_phase phase;
	int64_t seen, left;
	bool at_start, at_end, searched, paused;
	struct error error;
	bool error_past;
	struct str notes, statement;
	bool has_notes; /* notes came since the UI last took something */
	int64_t found;
	struct scan_progress progress;
	struct str waiting; /* what the search waits for */
	struct str stale;   /* following: for how long no broker has answered, and why */
	size_t leaderless;  /* following: partitions without a leader */

	struct feed_rates *rates;
	int64_t sampled_ms[FEED_RATE_SAMPLES];
	int64_t sampled_bytes[FEED_RATE_SAMPLES];
	size_t samples; /* ever taken */
	int64_t bytes_seen;

	int64_t look_first, look_end; /* the records the UI read last, where some outcome is not final */
	bool look_fresh;              /* the outcome of some was never looked up */
	bool looking;                 /* `current` looks outcomes up: any command cancels it */
};

struct feed_worker {        /* the worker thread alone; no lock */
	char **topic_names; /* kept until the end */
	size_t topic_name_count, topic_name_cap;
	struct feed_pager *older, *newer;
	uint64_t older_at, newer_at; /* the value of `evictions` for which they still fit the window */
	struct codec_match match;    /* of match_query */
	struct feed_query *match_query;
	struct feed_pass *stopping; /* passes that have ended and whose reader still runs */
	bool rows_fixed;            /* a follower reads the rows without the lock: none may be added */
	int64_t retry_ms;           /* when to follow again; 0: no retry is due */
	int64_t looked_ms;          /* when outcomes were last looked up */
};

struct feed_ui {                /* the UI's thread alone; no lock */
	struct feed_view *view; /* what was published last and taken */
};

struct feed {
	/* set when opened, never changed */
	struct feed_host *host;
	struct feed_setup setup;
	char *start_group; /* owned, of setup.from */
	struct codec_choices *choices;
	void (*wake)(void *waker);
	void *waker;
	pthread_t thread; /* the worker */

	pthread_mutex_t lock;
	pthread_cond_t changed; /* a command, closing, or a watched reader has something */
	struct feed_shared shared;
	struct mailbox published; /* struct feed_view */
	struct feed_worker worker;
	struct feed_ui ui;
};

/* feed_pass.c: for the worker; the first two for any thread. The command is NULL when the worker retries by itself. */
bool feed_command_is_cancelled(const struct feed *f, const struct feed_command *c); /* with the lock */
bool feed_command_check_cancelled(struct feed *f, const struct feed_command *c);    /* takes the lock */
/* Offsets to read of each partition for `records` in all: twice the even share and a few, at most `records`. */
int64_t feed_share(int64_t records, size_t partitions);
struct feed_pass *feed_pass_new(struct feed *f);
enum error_code feed_failure_code(const struct reader *r); /* of the failures in its notes */
/* Adds [from, to) of a row. A pass with ranges reads nothing else. */
void feed_pass_add(struct feed_pass *pass, size_t row, int64_t from, int64_t to);
/* Starts the reader. `current`: the pass is that of the command, and cancelling the command cancels it. */
bool feed_pass_start(struct feed_pass *pass, bool current, const struct feed_command *c, struct error *err);
/* After the reader has resolved its partitions: finds or adds the feed's row for each of the reader's. Takes the lock. */
void feed_pass_map(struct feed_pass *pass);
/* Stops its reader and frees it; a reader that does not stop at once is left to feed_pass_reap(). NULL is allowed. */
void feed_pass_end(struct feed_pass *pass);
/* Frees the ended passes whose reader has stopped; waits up to `wait_ms` for each that was read to its end. */
void feed_pass_reap(struct feed *f, int64_t wait_ms);
/* Reads the whole pass and calls `each` for every record; the name of its topic is borrowed from the feed. */
enum feed_end feed_pass_run(struct feed_pass *pass, const struct feed_command *c, bool headers,
	void (*each)(void *context, struct record *record, uint32_t row), void *context, struct error *err);

/* feed_pager.c: steps through the log in merged order. */
struct feed_pager *feed_pager_new(struct feed *f, bool backward); /* goes on where the window ends */
/* Reads the first records at `where` and sets lo and hi of the rows. NULL: *end and *err say why. */
struct feed_pager *feed_pager_open(struct feed *f, const struct feed_command *c, const struct start_at *where,
	enum feed_end *end, struct error *err);
void feed_pager_free(struct feed_pager *p);
enum feed_pager_next { FEED_PAGER_ITEM, FEED_PAGER_MORE, FEED_PAGER_END };
/* MORE: feed_pager_fill() must read first. */
enum feed_pager_next feed_pager_pop(struct feed_pager *p, struct feed_item **item);
bool feed_pager_is_whole(const struct feed_pager *p); /* false: END is not the end of every partition */
enum feed_end feed_pager_fill(struct feed_pager *p, const struct feed_command *c, struct error *err);

/* feed_page.c, for the worker */
void feed_page_seek(struct feed *f, const struct feed_command *c, const struct start_at *where);
void feed_page_older(struct feed *f, const struct feed_command *c);
void feed_page_newer(struct feed *f, const struct feed_command *c);
void feed_page_forget(struct feed *f); /* frees the pagers: the window moved */
/* Whether the filter accepts the record. */
bool feed_page_matches(struct feed *f, const struct record *record);

/* feed_follow.c, for the worker */
void feed_follow_start(struct feed *f, const struct feed_command *c);
void feed_follow_stop(struct feed *f);
void feed_follow_step(struct feed *f); /* after FEED_STEP_MS or a change */

/* feed_publish.c, with the lock */
void feed_publish(struct feed *f);
void feed_evict(struct feed *f, bool newest); /* until the window fits */
void feed_fail(struct feed *f, const struct error *err);
void feed_note(struct feed *f, const char *text);
void feed_sample(struct feed *f); /* takes a sample for the rates */
void feed_view_free(struct feed_view *view);

/* feed_outcomes.c, for the worker */
void feed_outcomes_step(struct feed *f); /* looks up outcomes of the records that the UI shows */

/* feed_query.c */
struct feed_query *feed_query_new(struct query *query);
struct feed_query *feed_query_ref(struct feed_query *query); /* NULL is allowed in both */
void feed_query_unref(struct feed_query *query);

/* feed_filter.c, feed_search.c and feed_key.c, for the worker */
void feed_filter_set(struct feed *f, const struct feed_command *c);
void feed_search_start(struct feed *f, const struct feed_command *c);
void feed_search_resume(struct feed *f, const struct feed_command *c);
void feed_search_pause(struct feed *f); /* any thread, with the lock */
void feed_search_state(struct feed *f); /* likewise; updates the statement of a running search */
void feed_search_step(struct feed *f);  /* called like feed_follow_step() */
void feed_search_show(struct feed *f);  /* shows what was found again, through a new filter */
void feed_search_forget(struct feed *f);
void feed_same_key(struct feed *f, const struct feed_command *c);

#endif
