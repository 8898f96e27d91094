/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of a feed share. Three threads touch a feed: the UI's, its
 * worker, which does one command after the other, and while it follows the
 * follower. What is seen by the UI is a struct feed_view, published whole.
 *
 * For each partition the window covers the offsets [lo, hi): all records there
 * that pass the filter are, or were, in the window, and what is put in front or
 * at the end begins exactly there. So nothing comes twice and nothing is left out.
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
	FEED_PAGE_BYTES = 16 << 20,      /* a page ends earlier when it has as many */
	FEED_RATE_SAMPLES = 5,
	FEED_SEARCH_MS = 100,            /* how often what was found is shown */
	FEED_STEP_MS = 500               /* how often rates are taken, and what is dying looked after */
};

struct feed_host {
	const struct client_config *client;
	const char *bootstrap;
	int64_t timeout_ms;
	struct reader_pool *pool;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	size_t feeds;                    /* that have not ended; under lock */
};

struct feed_row {                        /* a partition */
	const char *topic;
	int32_t partition;
	int64_t log_start, log_end;      /* when last looked at; -1 unknown */
	int64_t lo, hi;                  /* what the window covers; -1 unknown */
	int64_t seen;                    /* records that arrived */
	int64_t sample[FEED_RATE_SAMPLES];   /* of `seen`, by time */
};

struct feed_rates {                      /* published, never changed */
	atomic_uint refs;
	size_t count;
	struct feed_rate rows[];
};

struct feed_view {
	struct feed_entry *entries;
	size_t count;
	struct feed_state state;
	struct feed_rates *rates;        /* may be NULL */
	uint64_t ended;                  /* number of the newest command that was done */
};

struct feed_query {                      /* may be held by several threads */
	atomic_uint refs;
	struct query *query;
	bool headers;                    /* it may look at them */
};

enum feed_verb {
	FEED_DO_SEEK, FEED_DO_OLDER, FEED_DO_NEWER, FEED_DO_FOLLOW, FEED_DO_REST, FEED_DO_FILTER, FEED_DO_SEARCH,
	FEED_DO_RESUME, FEED_DO_SAME_KEY
};

struct feed_command {
	struct feed_command *next;
	enum feed_verb verb;
	uint64_t number;                 /* cancelled when not above feed.cancelled */
	struct start_at where;           /* SEEK, SEARCH */
	char *group;                     /* owned, of `where` */
	struct feed_query *query;        /* FILTER (NULL: none), SEARCH */
	bool all_partitions;             /* SEARCH */
	struct feed_item *item;          /* SAME_KEY */
	bool forward;                    /* SAME_KEY */
};

/* One use of a reader. */
struct feed_range {
	const char *topic;               /* the feed's */
	int32_t partition;
	int64_t from, to;
};

struct feed_pass {
	struct feed_pass *next;          /* dying ones */
	struct feed *feed;
	struct reader_setup setup;
	struct reader *reader;
	struct feed_range *ranges;       /* sorted when started; NULL: what `setup` says */
	size_t range_count, range_cap;
	int64_t reach;                   /* records wanted from each end; 0: not that; -n: n in all partitions together */
	size_t partitions;               /* that are read, counted by the reader's thread */
	const char **topics;             /* owned; the names are not */
	uint32_t *rows;                  /* the feed's row for each of the reader's */
	struct feed_query *query;        /* of a search: only where it can match; the pass holds it */
	bool all_partitions;
	bool over;                       /* it was read to its end and needs no patience */
	bool watched;                    /* the worker is woken when the reader has something */
	struct str why;                  /* filled by the reader's thread while it plans */
};

enum feed_end { FEED_PASS_DONE, FEED_PASS_CANCELLED, FEED_PASS_FAILED };

struct feed_pager;
struct feed_follower;
struct feed_search;

struct feed {
	struct feed_host *host;
	struct feed_setup setup;
	char *start_group;
	struct codec_choices *choices;
	void (*wake)(void *waker);
	void *waker;
	pthread_t thread;

	pthread_mutex_t lock;
	pthread_cond_t changed;          /* of commands, closing, followed_over */
	struct feed_command *commands;   /* the first one is being done; under lock */
	uint64_t issued, cancelled, ended;   /* numbers of commands; under lock */
	struct feed_pass *current;       /* what cancelling stops; under lock */
	bool closing;                    /* under lock */
	bool want_follow;                /* what was asked for last; under lock */

	/* under lock; rows are added by the worker alone, while nothing follows */
	struct feed_row *rows;
	size_t row_count, row_cap;
	bool rows_fixed;                 /* a follower looks at them without the lock: none is added; the worker's */
	uint32_t *order;                 /* rows by topic and partition */
	size_t order_cap;
	struct feed_window window;
	bool dropped;                    /* the window lacks records that did not match */
	uint64_t evictions;
	enum feed_phase phase;
	int64_t seen, left;
	bool at_start, at_end, searched, paused;
	struct error error;
	bool error_past;
	struct str notes, statement;
	int64_t found;
	struct feed_rates *rates;
	int64_t sampled_ms[FEED_RATE_SAMPLES];
	int64_t sampled_bytes[FEED_RATE_SAMPLES];
	size_t samples;                  /* ever taken */
	int64_t bytes_seen;
	struct scan_progress progress;
	struct str waiting;              /* what the search waits for */
	struct str stale;                /* following: for how long no broker has answered, and why */
	size_t leaderless;               /* following: partitions without a leader */
	struct feed_query *filter;       /* NULL: none */
	int64_t look_first, look_end;    /* numbers the UI read last among which fates are not settled */
	bool look_fresh;                 /* some were never looked at */
	bool looking;                    /* `current` does so: whatever else is asked for goes first */
	int64_t looked_ms;
	struct mailbox published;

	/* the worker's */
	char **names;                    /* of topics; kept till the end */
	size_t name_count, name_cap;
	struct feed_pager *older, *newer;
	uint64_t older_at, newer_at;     /* `evictions` they are good for */
	struct codec_match match;        /* of match_query */
	struct feed_query *match_query;
	struct feed_pass *dying;
	struct feed_follower *follower;
	struct feed_search *search;
	int64_t retry_ms;                /* 0, or when to follow again */

	/* the UI's */
	struct feed_view *view;
	bool told;                       /* notes came since the last take(); under lock */
};

/* feed_pass.c, the worker's but for the first two. No command (NULL): a retry of the worker's own. */
bool feed_has_cancelled(const struct feed *f, const struct feed_command *c);   /* with the lock */
bool feed_is_cancelled(struct feed *f, const struct feed_command *c);
struct feed_pass *feed_pass_new(struct feed *f);
enum error_code feed_failure_code(const struct reader *r);       /* of what its notes say */
/* Only what is added is read. [from, to) of a row. */
void feed_pass_add(struct feed_pass *pass, size_t row, int64_t from, int64_t to);
/* Starts the reader; it can be cancelled from then on, if it is the one that is being done. False and *err. */
bool feed_pass_start(struct feed_pass *pass, bool current, const struct feed_command *c, struct error *err);
/* Once it is planned: the feed's rows of the reader's; adds those that are missing. Locks. */
void feed_pass_map(struct feed_pass *pass);
/* Takes its notes, then frees it, later if need be. NULL is allowed. */
void feed_pass_end(struct feed_pass *pass);
/* Frees those that have ended, waiting for those that will soon. */
void feed_pass_bury(struct feed *f, int64_t wait_ms);
/* Reads all of it; `each` is called for every record, whose topic is the feed's. */
enum feed_end feed_pass_run(struct feed_pass *pass, const struct feed_command *c, bool headers,
	void (*each)(void *context, struct record *record, uint32_t row), void *context, struct error *err);

/* feed_pager.c: steps through the log in merged order. */
struct feed_pager *feed_pager_new(struct feed *f, bool backward);       /* from where the window ends */
/* Reads the first records that `where` says and sets the rows; the pager is then as above. NULL: *end says why. */
struct feed_pager *feed_pager_open(struct feed *f, const struct feed_command *c, const struct start_at *where,
	enum feed_end *end, struct error *err);
void feed_pager_free(struct feed_pager *p);
enum feed_pager_next { FEED_PAGER_ITEM, FEED_PAGER_MORE, FEED_PAGER_END };
/* MORE: something must be read first. */
enum feed_pager_next feed_pager_pop(struct feed_pager *p, struct feed_item **item);
bool feed_pager_is_whole(const struct feed_pager *p);   /* false: END is not the end of every partition */
enum feed_end feed_pager_fill(struct feed_pager *p, const struct feed_command *c, struct error *err);

/* feed_page.c, the worker's */
void feed_page_seek(struct feed *f, const struct feed_command *c, const struct start_at *where);
void feed_page_older(struct feed *f, const struct feed_command *c);
void feed_page_newer(struct feed *f, const struct feed_command *c);
void feed_page_forget(struct feed *f);           /* pagers: the window moved */
/* Whether the filter lets it through; sets up the matcher. */
bool feed_page_matches(struct feed *f, const struct record *record);

/* feed_follow.c, the worker's */
void feed_follow_start(struct feed *f, const struct feed_command *c);
void feed_follow_stop(struct feed *f);
void feed_follow_step(struct feed *f);           /* after FEED_STEP_MS or a change */

/* feed_publish.c; with the lock */
void feed_publish(struct feed *f);
void feed_evict(struct feed *f, bool newest);    /* until the window fits */
void feed_fail(struct feed *f, const struct error *err);
void feed_note(struct feed *f, const char *text);
void feed_sample(struct feed *f);                /* takes the rates */
void feed_view_free(struct feed_view *view);

/* feed_fates.c, the worker's */
void feed_fates_step(struct feed *f);            /* settles what the UI looks at */

/* feed_query.c */
struct feed_query *feed_query_new(struct query *query);
struct feed_query *feed_query_ref(struct feed_query *query);     /* NULL is allowed, here too: */
void feed_query_unref(struct feed_query *query);

/* feed_filter.c, feed_search.c and feed_key.c, the worker's */
void feed_filter_set(struct feed *f, const struct feed_command *c);
void feed_search_start(struct feed *f, const struct feed_command *c);
void feed_search_resume(struct feed *f, const struct feed_command *c);
void feed_search_pause(struct feed *f);          /* any thread, with the lock */
void feed_search_state(struct feed *f);          /* likewise: the statement of one that goes on */
void feed_search_step(struct feed *f);           /* as feed_follow_step() */
void feed_search_show(struct feed *f);           /* what was found, through another filter */
void feed_search_forget(struct feed *f);
void feed_same_key(struct feed *f, const struct feed_command *c);

#endif
