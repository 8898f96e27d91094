/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the reader share. The reader's thread builds topics and
 * rows while it resolves; they never move after that. Members under `lock` say so.
 */
#ifndef KAFKA_READER_PARTS_H
#define KAFKA_READER_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include <librdkafka/rdkafka.h>

#include "kafka/reader.h"

enum { READER_BATCH = 1000, READER_ANY_LEADER = -1 };

struct reader_topic {
	char *name;
	rd_kafka_topic_t *rkt;
	size_t *rows; /* by partition; SIZE_MAX: not read */
	int32_t partition_count;
	bool gone;         /* was deleted */
	int64_t doubt_ms;  /* when to ask again whether it was deleted; 0: no doubt */
	int doubts;        /* answers in a row that say it was deleted */
	int64_t id[2];     /* both 0: not known */
	size_t leaderless; /* partitions that are read and had no leader when last asked */
};

/* The offsets that are asked for; -1: not known. */
enum reader_ask { READER_ASK_START, READER_ASK_END, READER_ASK_FROM, READER_ASK_TO, READER_ASK_COUNT };

struct reader_part {
	struct reader_topic *topic;
	int32_t partition;
	int32_t leader;
	int64_t offset[READER_ASK_COUNT]; /* under lock once resolved, as are from and end */
	bool answered[READER_ASK_COUNT];
	const char *why; /* why an offset could not be read: librdkafka's static text, or NULL */
	rd_kafka_resp_err_t err;
	int64_t from, end;
	bool resolved;              /* from and end are known */
	int64_t place_ms;           /* the newest timestamp read; RECORD_NO_TIME: none yet */
	int64_t heard_at, heard_ms; /* a position, and when it was first reached */
	bool started;
	bool finished;    /* nothing more is to be read of it */
	bool lost;        /* its position lies beyond the end of the log */
	int64_t retry_ms; /* when to look up again where the log begins; 0: not */
};

struct reader_leader {
	int32_t id;
	int64_t heard_ms; /* when one of its partitions last made progress */
	bool told;        /* its silence was noted */
};

struct reader_batch {
	struct reader_batch *next;
	uint64_t number;
	size_t count, bytes;
	rd_kafka_message_t *messages[READER_BATCH];
	uint32_t rows[READER_BATCH];
	int64_t places_ms[READER_BATCH]; /* see reader_batch_place() */
	struct record_header *headers;
	size_t header_cap;
	struct reader_part *parts;
};

struct reader {
	struct reader_setup setup; /* with the strings of `own`; `client` is borrowed only to start */
	struct {
		char **topics;
		int32_t *partitions;
		char *bootstrap, *cluster_id, *from_group, *to_group;
	} own;
	void (*ready)(void *context);
	void *ready_context;
	pthread_t thread;
	bool running;

	rd_kafka_t *rk;
	rd_kafka_queue_t *main; /* forwards to `events` */
	rd_kafka_queue_t *events;
	rd_kafka_queue_t *queue;
	struct reader_topic **topics;
	size_t topic_count, topic_cap;
	struct reader_topic **by_handle;   /* sorted by rkt, while polling */
	const struct reader_topic *latest; /* topic of the last record, or NULL */
	struct reader_part *parts;
	size_t part_count, part_cap;
	struct scan *scan;
	size_t unfinished;     /* rows that are still read */
	bool on_other_cluster; /* under lock: a broker reported another cluster */
	char other[128];       /* under lock: its id, "" without one */
	char last_error[256];  /* of a connection, "" none */
	int64_t last_error_ms;
	int64_t deadline_ms;          /* of resolving */
	bool warm;                    /* the handle was used before */
	size_t asks_open;             /* requests for offsets that are not answered yet */
	size_t unresolved;            /* parts whose offsets are not known yet */
	bool asked;                   /* requests for them are out */
	int64_t ask_ms, ask_pause_ms; /* when the next are sent, and the pause before */
	struct reader_leader *leaders;
	size_t leader_count, leader_cap;
	int64_t waited_ms; /* when reading last had to wait for room */
	int64_t stepped_ms;
	bool looking;        /* a description of the topics was requested */
	int64_t looked_ms;   /* when */
	int64_t searched_ms; /* when new topics matching a pattern were last looked for */
	int64_t answered_ms; /* when a broker last answered or sent records; while following */

	pthread_mutex_t outside; /* held around callbacks and uses of another reader; taken before `lock` */
	bool left;               /* makes no such call any more and frees itself; under both locks */
	pthread_mutex_t lock;
	pthread_cond_t changed;                    /* there is room, or the reader stops or has stopped */
	pthread_cond_t filled;                     /* there is a batch, or there will be no more */
	struct reader_batch *first, *last, *spare; /* under lock */
	size_t taken_bytes;                        /* in batches not yet released; under lock */
	uint64_t batch_count;                      /* under lock */
	bool resolved, over;                       /* under lock */
	struct error error;                        /* under lock until over */
	struct str notes;                          /* under lock */
	atomic_bool grown;
	atomic_size_t leaderless; /* over all topics */
	atomic_bool refused;
	bool failure;         /* one of the notes is a failure; under lock */
	int64_t silent_ms;    /* since when no broker has answered, 0: they do; under lock */
	char silent_why[256]; /* under lock */
	atomic_bool stop;
};

/* reader_pool.c: a handle that was used before, or NULL. */
rd_kafka_t *reader_pool_take(const struct reader_setup *setup);
void reader_pool_give(const struct reader_setup *setup, rd_kafka_t *rk);
/* reader_topics.c: makes the topics and the rows, without offsets. */
bool reader_resolve_topics(struct reader *r, struct error *err);
/* Whether a pattern matches topics that are not read yet. Waits for an answer. */
bool reader_finds_more(struct reader *r);
void reader_set_leaders(struct reader *r, const rd_kafka_metadata_t *md);
bool reader_not_connected(struct reader *r, rd_kafka_resp_err_t code, struct error *err); /* sets *err; false */
/* reader_resolve.c: topics, partitions and their offsets. False and *err when there is nothing to read. */
bool reader_resolve(struct reader *r, struct error *err);
/* Resolves the parts whose offsets have come meanwhile, and starts to read them. */
void reader_resolve_answered(struct reader *r);
/* reader_range.c: from and end, from the setup and the offsets. Where reading was to begin, though that be beyond the end. */
int64_t reader_set_range(const struct reader_setup *setup, struct reader_part *p);
/* reader_offsets.c: fills the offsets of all parts that can be had before the deadline. False: stopped. */
bool reader_ask_offsets(struct reader *r);
void reader_send_missing(struct reader *r);
void reader_take_offsets(struct reader *r, rd_kafka_event_t *ev); /* the answer to a call for them */
bool reader_ask_groups(struct reader *r, struct error *err);
/* reader_poll.c: reads until everything is read, or the reader is stopped. */
void reader_poll(struct reader *r);

void reader_start_part(struct reader *r, size_t row, int64_t offset);
void reader_fail_part(struct reader *r, size_t row, const char *why);
/* reader_wait.c: partitions that do not answer. */
bool reader_is_patient(const struct reader *r);
void reader_wait_step(struct reader *r, int64_t now_ms);
void reader_doubt_topic(struct reader *r, struct reader_topic *t);
void reader_settle_doubts(struct reader *r, int64_t now_ms);
void reader_topic_gone(struct reader *r, struct reader_topic *t);
void reader_watch_silence(struct reader *r, int64_t now_ms);
/* reader_topic_ids.c: whether the followed topics are still the same. */
void reader_describe_topics(struct reader *r, int64_t now_ms);
void reader_take_description(struct reader *r, rd_kafka_event_t *ev);

/* reader_leave.c */
void reader_setup_own(struct reader *r, const struct reader_setup *setup);
void reader_setup_release(struct reader *r);
/*
 * Around every use of something that is not the reader's own: callbacks, the reader it resumes. False: the
 * reader was left, so make no such use.
 */
bool reader_outside_begin(struct reader *r);
void reader_outside_end(struct reader *r);
void reader_call_ready(struct reader *r); /* calls `ready` */
/* The last call of the thread. True: the reader was left, so the thread must call reader_free_left(). */
bool reader_ended(struct reader *r);
void reader_free_left(struct reader *r);

/* reader_handle.c: takes a handle from the pool, or makes one. */
bool reader_handle_open(struct reader *r, struct error *err);
void reader_handle_close(struct reader *r);
/* Takes an event that is not an answer: a log line or an error of the connection. */
void reader_event(struct reader *r, rd_kafka_event_t *ev);

/* reader.c */
bool reader_stopped(const struct reader *r);
/* librdkafka's words, or for a refusal the permission that is missing. */
const char *reader_code_text(struct reader *r, rd_kafka_resp_err_t code); /* remembers a refusal */
void reader_note(struct reader *r, bool failure, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* reader_batch.c */
struct reader_batch *reader_batch_new(struct reader *r);
void reader_batch_give(struct reader *r, struct reader_batch *b); /* queues it for reader_take() */
/* Waits until there is room in the buffer; sets *waited_ms to the time when it last had to. False: stopped. */
bool reader_wait_room(struct reader *r, int64_t *waited_ms);

#endif
