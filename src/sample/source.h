/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seam between what decides (src/sample) and what speaks with a cluster: a
 * source gets questions and tells the answers. kafka/source.c is the source that
 * uses librdkafka; tests/unit/test_scheduler.c has a made-up one.
 *
 * A source must
 * - answer only inside wait(), by calling told_*() with the `flight` that wait() got,
 *   and end each question with told_end(), which frees it;
 * - end each question within ANSWER_MS, even if a part of the answer is missing. A
 *   question that is late is given up: its figures become stale. If questions stay
 *   open for long after that, the sampler calls renew();
 * - keep brokers apart: one that hangs delays only the answers about itself;
 * - never block, except in wait() and stop().
 * A source may
 * - tell an answer in pieces and in any order: each group, topic or partition gets its
 *   figures as soon as it is told;
 * - send a question as one request or as many;
 * - still answer a question that was given up: what is newer than the known is used;
 * - leave items out: they keep their last figures. The fault of told_end() applies to
 *   all items that were left out.
 *
 * wake() may be called by any thread until stop(); all else by the sampler thread only.
 */
#ifndef SAMPLE_SOURCE_H
#define SAMPLE_SOURCE_H

#include "sample/names.h"
#include "sample/told.h"

#define ANSWER_SECONDS 5
enum { ANSWER_MS = ANSWER_SECONDS * 1000 };

struct flight;

enum question_kind {
	ASK_METADATA,      /* brokers, all topics: told_metadata() */
	ASK_CLUSTER,       /* id, racks, rights: told_cluster() */
	ASK_TOPIC_IDS,     /* of `names`, also whether they exist: told_topic_ids() */
	ASK_SETTINGS,      /* topic configurations of `names`, for their settings: told_configs() */
	ASK_TOPIC_CONFIG,  /* the configuration of names[0], for all of it: told_configs() */
	ASK_BROKER_CONFIG, /* of `broker`: told_configs() */
	ASK_GROUP_LIST,    /* told_group_list() */
	ASK_DESCRIPTIONS,  /* of the groups `names`: told_descriptions() */
	ASK_COMMITS,       /* all committed offsets of the groups `names`: told_commits() */
	ASK_OFFSETS,       /* of `partitions`, all led by `broker`: told_offsets() */
	QUESTION_KIND_COUNT
};

/* What waits until the question ends: the commits of a round, or the commits of groups opened between two rounds. */
enum waiter { NOBODY_WAITS, ROUND_WAITS, OPENED_ENDS_WAIT, WAITER_COUNT };

struct asked_partition {
	struct name *topic; /* pinned while the question is open */
	int32_t id;
};

/* An open question. Only `pieces` is for the source to write. It stays at its address until told_end() or renew(). */
struct question {
	enum question_kind kind;
	struct name **names; /* pinned: groups or topics, each once */
	size_t name_count, name_cap;
	struct asked_partition *partitions;
	size_t partition_count, partition_cap;
	int32_t broker;
	enum offset_kind offset; /* ASK_OFFSETS: which one */
	int pieces;              /* for the source: how many requests are open for it */
	/* From here on for the flight only. */
	struct question *next, **slot;
	int64_t sent_us;
	enum waiter waiter;
	bool given_up; /* past its deadline: nothing waits for it any more */
};

struct source_ops {
	/* Sends the question. Errors, too, are told in wait() only. */
	void (*ask)(void *source, struct question *q);
	/* Waits up to `wait_ms`, or until there is something to tell or wake() was called; tells what there is, up to a bound. */
	void (*wait)(void *source, int64_t wait_ms, struct flight *flight);
	void (*wake)(void *source);
	/* Replaces its connections and drops all questions; they must not be told. False: it keeps the old ones. */
	bool (*renew)(void *source);
	/* Drops all questions and frees the source. May wait for a call that cannot be cancelled, up to its deadline. */
	void (*stop)(void *source);
	struct connection (*connection)(void *source, char error[256]); /* the error may point into `error` */
	struct cost (*cost)(void *source, int64_t now_ms);
	/* Fills reachable, error (which may point into `text`) and rtt_us of one broker. */
	void (*fill_broker)(void *source, int32_t id, struct broker *b, char text[256]);
	/* Requests that the committed offsets and the description of one group cost: what the budget counts. */
	double commits_cost, description_cost;
	/* False: a group is not asked about again while a question about it hangs in the source. */
	bool asks_hung_groups_again;
};

struct source {
	const struct source_ops *ops;
	void *ctx; /* what its functions are called with */
};

/* Answers to a question that is open or was given up. They may be called several times for one question. */
void told_metadata(struct flight *f, struct question *q, const struct told_metadata *metadata);
void told_cluster(struct flight *f, struct question *q, const struct told_cluster *cluster);
void told_topic_ids(struct flight *f, struct question *q, const struct told_topic_id *ids, size_t count);
void told_configs(struct flight *f, struct question *q, const struct told_config *configs, size_t count);
void told_group_list(struct flight *f, struct question *q, const struct told_group_list *list);
void told_descriptions(struct flight *f, struct question *q, const struct told_description *groups, size_t count);
void told_commits(struct flight *f, struct question *q, const struct told_commits *groups, size_t count);
void told_offsets(struct flight *f, struct question *q, const struct told_offset *offsets, size_t count);
/* Ends the question. `fault` (NULL: none) applies to all items that were not told. */
void told_end(struct flight *f, struct question *q, const struct fault *fault);

/* The state of the connections; to be told in each wait(). */
void told_connection(struct flight *f, const struct told_connection *connection);
/* A broker said that it belongs to another cluster than before. */
void told_other_cluster(struct flight *f);

#endif
