/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seam between what decides (src/sample) and what speaks with a cluster: a
 * source is asked questions and tells what it reads. kafka/source.c is one, of
 * librdkafka; tests/unit/test_scheduler.c makes one up.
 *
 * A source must:
 * - answer only while it is in wait(), by the functions told_*() and last told_end(),
 *   with the `flight` that wait() was given; told_end() frees the question;
 * - end every question, about ANSWER_MS after it was asked at the latest, also when
 *   part of it is still open. What is late is given up: its figures go stale, and
 *   what hangs for long makes the sampler call renew();
 * - keep questions apart: a broker that hangs delays only answers about itself;
 * - never wait in any other function but stop().
 * A source may:
 * - tell a question in pieces, in any order, as they come: each group, each topic,
 *   and each partition has its figures as soon as it was told;
 * - put many items of a question in one request, or each in one of its own;
 * - tell what was given up: it is taken as long as it is newer than what is known;
 * - leave an item out: its last figures stay. With a fault, told_end() tells it of all
 *   that were left out.
 *
 * wake() is called by any thread, until stop() was; everything else by the sampler's.
 */
#ifndef SAMPLE_SOURCE_H
#define SAMPLE_SOURCE_H

#include "sample/names.h"
#include "sample/told.h"

#define ANSWER_SECONDS 5
enum { ANSWER_MS = ANSWER_SECONDS * 1000 };

struct flight;

enum question_kind {
	ASK_METADATA,                  /* brokers, all topics: told_metadata() */
	ASK_CLUSTER,                   /* id, racks, rights: told_cluster() */
	ASK_TOPIC_IDS,                 /* of `names`, also whether they exist: told_topic_ids() */
	ASK_SETTINGS,                  /* topic configurations of `names`, for their settings: told_configs() */
	ASK_TOPIC_CONFIG,              /* the configuration of names[0], for all of it: told_configs() */
	ASK_BROKER_CONFIG,             /* of `broker`: told_configs() */
	ASK_GROUP_LIST,                /* told_group_list() */
	ASK_DESCRIPTIONS,              /* of the groups `names`: told_descriptions() */
	ASK_COMMITS,                   /* all committed offsets of the groups `names`: told_commits() */
	ASK_OFFSETS,                   /* of `partitions`, all led by `broker`: told_offsets() */
	QUESTION_KIND_COUNT
};

/* Who does not go on before it ends. */
enum waiter { NOBODY_WAITS, ROUND_WAITS, OPENED_ENDS_WAIT, WAITER_COUNT };

struct asked_partition {
	struct name *topic;            /* pinned while the question is open */
	int32_t id;
};

/* A question that is open. The source reads it, and owns `pieces` and `own`; it stays where it is until told_end(). */
struct question {
	enum question_kind kind;
	struct name **names;           /* pinned: groups or topics, each once */
	size_t name_count, name_cap;
	struct asked_partition *partitions;
	size_t partition_count, partition_cap;
	int32_t broker;
	enum offset_kind offset;       /* ASK_OFFSETS: which one */
	int pieces;                    /* requests that are open for it: the source counts */
	/* The flight's own from here on. */
	struct question *next, **slot;
	int64_t sent_us;
	enum waiter waiter;
	bool given_up;                 /* past its deadline: nobody waits for it any more */
};

struct source_ops {
	/* Sends the question. An error too is told in wait() only. */
	void (*ask)(void *source, struct question *q);
	/* Waits up to `wait_ms`, or until there is something to tell or wake() was called; tells what there is, up to a bound. */
	void (*wait)(void *source, int64_t wait_ms, struct flight *flight);
	void (*wake)(void *source);
	/* Begins anew with new connections. All questions are forgotten: not one may be told. False: it goes on with the old. */
	bool (*renew)(void *source);
	/* Frees the source. Waits for what cannot be called off, up to its deadline. All questions are forgotten. */
	void (*stop)(void *source);
	struct connection (*connection)(void *source, char error[256]);   /* the error may point into `error` */
	struct cost (*cost)(void *source, int64_t now_ms);
	/* Fills reachable, error (which may point into `text`) and rtt_us of one broker. */
	void (*fill_broker)(void *source, int32_t id, struct broker *b, char text[256]);
	/* Requests that the committed offsets and the description of one group cost: what the budget counts. */
	double commits_cost, description_cost;
	/* False: a question about a group that was given up hangs in the source, and is no place for a second one. */
	bool asks_hung_groups_again;
};

struct source {
	const struct source_ops *ops;
	void *ctx;                     /* what its functions are called with */
};

/* Each is about an open question, or one that was given up. */
void told_metadata(struct flight *f, struct question *q, const struct told_metadata *metadata);
void told_cluster(struct flight *f, struct question *q, const struct told_cluster *cluster);
void told_topic_ids(struct flight *f, struct question *q, const struct told_topic_id *ids, size_t count);
void told_configs(struct flight *f, struct question *q, const struct told_config *configs, size_t count);
void told_group_list(struct flight *f, struct question *q, const struct told_group_list *list);
void told_descriptions(struct flight *f, struct question *q, const struct told_description *groups, size_t count);
void told_commits(struct flight *f, struct question *q, const struct told_commits *groups, size_t count);
void told_offsets(struct flight *f, struct question *q, const struct told_offset *offsets, size_t count);
/* Nothing more comes. `fault` (NULL: none) is of all that was not told. */
void told_end(struct flight *f, struct question *q, const struct fault *fault);

/* About the connections, after each wait. */
void told_connection(struct flight *f, const struct told_connection *connection);
/* A broker said that it belongs to another cluster than before. */
void told_other_cluster(struct flight *f);

#endif
