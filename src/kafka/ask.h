/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asks the cluster and writes the answers into the store: each function sends
 * one asynchronous call whose answer comes to `queue`; ask_answer() takes it.
 * librdkafka answers after REQUEST_MS at the latest; where it does not (quirks.h)
 * ask_expire() gives the call up, and where many stay open for long the sampler
 * starts over with a new client handle. Sampler thread only.
 */
#ifndef KAFKA_ASK_H
#define KAFKA_ASK_H

#include <librdkafka/rdkafka.h>

#include "sample/store.h"

enum {
	REQUEST_MS = 5000,
	COORDINATOR_MS = 3600 * 1000,   /* the longest that librdkafka takes */
};

enum call_kind {
	CALL_CLUSTER, CALL_TOPICS, CALL_SETTINGS, CALL_TOPIC_CONFIG, CALL_BROKER_CONFIG,
	CALL_GROUPS, CALL_DESCRIBE, CALL_COMMITS, CALL_OFFSETS, CALL_KIND_COUNT
};

struct call {                   /* one open call; the opaque of its answer */
	struct call *next, **slot;    /* in the list of open calls */
	enum call_kind kind;
	int64_t sent_us;
	bool expired;                 /* given up, should an answer come or not */
	enum offset_kind offset;      /* CALL_OFFSETS */
	int32_t broker;               /* CALL_OFFSETS: the leader; CALL_BROKER_CONFIG */
	bool extra;                   /* outside the rounds: for groups just opened */
	struct name **names;          /* pinned: the group, or the topics */
	size_t name_count;
	rd_kafka_topic_partition_list_t *list;   /* CALL_OFFSETS: what was asked */
};

struct ask_leader {
	int32_t id;
	int open[OFFSET_KIND_COUNT];  /* open calls of rounds */
};

struct ask {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	struct store *store;
	struct call *calls;           /* open ones, the newest first */
	int open[CALL_KIND_COUNT];    /* without the expired ones */
	int open_count;
	int round_commits;            /* open calls of the round that tell whose ends are wanted */
	int extra_commits;            /* and those for groups just opened */
	struct ask_leader *leaders;
	size_t leader_count, leader_cap;
};

void ask_init(struct ask *a, rd_kafka_t *rk, rd_kafka_queue_t *queue, struct store *store);
/* Forgets all open calls; their groups and topics may be asked again. */
void ask_release(struct ask *a);
/* Takes an event of the queue; false when it is not an answer to a call. Does not destroy it. */
bool ask_answer(struct ask *a, rd_kafka_event_t *ev);
/* Gives up calls that are past their deadline. True when one expired just now. */
bool ask_expire(struct ask *a, int64_t now_us);
/* How long the oldest expired call has been open, in ms; 0: there is none. */
int64_t ask_overdue_ms(const struct ask *a, int64_t now_us);

void ask_cluster(struct ask *a);
void ask_topics(struct ask *a, struct store_topic *const *topics, size_t count);
void ask_settings(struct ask *a, struct store_topic *const *topics, size_t count);
void ask_topic_config(struct ask *a, struct store_topic *t);
void ask_broker_config(struct ask *a, struct store_broker *b);
void ask_groups(struct ask *a);
void ask_describe(struct ask *a, struct store_group *g, bool extra);
void ask_commits(struct ask *a, struct store_group *g, bool extra);
/*
 * Asks every leader for its partitions, in chunks of one leader each, all
 * queued at once. A leader whose last round of this kind is open is left out.
 * only_wanted: just the partitions marked `wanted`. Returns the calls sent.
 */
int ask_offsets(struct ask *a, enum offset_kind kind, bool only_wanted, bool extra);
int ask_offsets_open(const struct ask *a, enum offset_kind kind);

/* For the ask_*.c files. An answer_*() gets ev NULL when its call is given up; a real answer may still follow. */
struct call *ask_call(struct ask *a, enum call_kind kind, size_t name_count);
void ask_call_name(struct call *c, size_t i, struct name *name);
rd_kafka_AdminOptions_t *ask_options(struct ask *a, rd_kafka_admin_op_t op, struct call *c);
void answer_cluster(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_topics(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_configs(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_groups(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_describe(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_commits(struct ask *a, struct call *c, rd_kafka_event_t *ev);
void answer_offsets(struct ask *a, struct call *c, rd_kafka_event_t *ev);
struct ask_leader *ask_leader(struct ask *a, int32_t id);
/* The error of an answer, 0 when it has none. ev NULL: there was no answer. */
rd_kafka_resp_err_t ask_error(rd_kafka_event_t *ev, const char **why);

#endif
