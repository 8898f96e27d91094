/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A client handle for questions and changes that somebody waits for: a piece of
 * work on its own thread, or a command. Every call waits for its answer up to
 * the handle's timeout, and ends early when cancelled. An error about one item
 * stands in that item; false means that the whole call failed.
 *
 * Error texts of items are static. One thread at a time.
 */
#ifndef KAFKA_ADMIN_H
#define KAFKA_ADMIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "kafka/client.h"
#include "model/snapshot.h"

struct admin;

/*
 * Binds the handle to the cluster with that id, or with NULL to the first that answers. Handles for changes are
 * opened through kafka/cluster_gate.h. When a broker reports another id, every later call ends with
 * ERR_OTHER_CLUSTER.
 */
struct admin *admin_open(const struct client_config *client, const char *bootstrap, int64_t timeout_ms,
	const char *cluster_id, struct error *err);
void admin_close(struct admin *a); /* NULL is allowed */
/* Asked every 100 ms at least while a call waits; true ends it with ERR_INTERRUPTED. */
void admin_on_cancel(struct admin *a, bool (*cancelled)(void *context), void *context);
/* Waits `ms`. False: cancelled, or a broker reported another cluster. */
bool admin_pause(struct admin *a, int64_t ms);
/* Why a pause ended: ERR_INTERRUPTED or ERR_OTHER_CLUSTER. Always false. */
bool admin_stopped(const struct admin *a, struct error *err);

/*
 * A handle begins without the right to change anything: until it is given, every change of the cluster fails with
 * ERR_USAGE and sends nothing. kafka/cluster_gate.h alone gives it and takes it back.
 */
void admin_let_change(struct admin *a, bool on);

/*
 * Asks the brokers who they are. Changes go to the controller that librdkafka knows, and librdkafka keeps a
 * lost one until it hears of another. Returns fast when all is well; what cannot be learned stays as it was.
 */
void admin_renew(struct admin *a);

/* ERR_CONNECT when no broker answers. The id is owned by the handle; NULL when the cluster tells none. */
bool admin_cluster_id(struct admin *a, const char **id, struct error *err);
/* The other cluster that a broker of this handle reported, "" without an id; NULL: none did. */
const char *admin_other_cluster(const struct admin *a);

struct admin_listed { /* of one group */
	bool listed;  /* the other members count only when this is set */
	enum group_type type;
	enum group_state state;
	bool is_simple;
	bool other_kind; /* not listed, yet a group has that id: a share, streams or Connect group */
};

/*
 * Fills what ListConsumerGroups says of these ids. False also when a broker did not answer and some group was
 * not found.
 */
bool admin_list_groups(struct admin *a, const char *const *ids, struct admin_listed *out, size_t count,
	struct error *err);

struct admin_member {
	char *id, *client_id, *host;
};

struct admin_group {
	enum group_type type;
	enum group_state state;
	struct admin_member *members;
	size_t member_count;
};

bool admin_describe_group(struct admin *a, const char *id, struct admin_group *out, struct error *err);
void admin_group_release(struct admin_group *g);

struct admin_commit { /* a committed offset, present or wanted */
	char *topic;
	int32_t partition;
	int64_t offset;       /* -1: none */
	int32_t leader_epoch; /* -1: none */
	char *metadata;       /* NULL: none */
	const char *error;    /* Kafka's error for this partition, or NULL */
	bool race;            /* of a change: refused because the group has members */
};

struct admin_commits {
	struct admin_commit *items;
	size_t count, cap;
};

void admin_commits_release(struct admin_commits *c);
struct admin_commit *admin_commits_add(struct admin_commits *c, const char *topic, int32_t partition);
bool admin_read_commits(struct admin *a, const char *group, struct admin_commits *out, struct error *err);

/*
 * Changes. *sent: the request may have reached the coordinator; then false does not mean that nothing was
 * changed, so read it back. An error for the whole group is in *err; *race as above. Nothing is sent when
 * `count` is 0.
 */
struct admin_change {
	bool sent, race;
	bool unsure; /* no broker confirmed or refused it: it may be done, or may still be done */
};

bool admin_alter_commits(struct admin *a, const char *group, struct admin_commits *items, struct admin_change *change,
	struct error *err);
bool admin_delete_commits(struct admin *a, const char *group, struct admin_commits *items, struct admin_change *change,
	struct error *err);
bool admin_delete_group(struct admin *a, const char *group, struct admin_change *change, struct error *err);

/* Offsets of partitions. */
enum {
	ADMIN_STABLE = -9, /* the last stable offset: where the first open transaction begins, or the end */
	ADMIN_EARLIEST = -2,
	ADMIN_LATEST = -1 /* else Unix ms */
};

struct admin_offset {
	const char *topic; /* borrowed */
	int32_t partition, leader;
	int64_t at;        /* one of the values above, or Unix ms */
	int64_t offset;    /* the answer; -1: no record at or after that time */
	const char *error; /* NULL: answered */
};

/*
 * Asks in chunks of one leader each, all at the same time. Partitions whose leader is changing, or does not
 * know yet that it leads, are asked again for some seconds. False only when cancelled.
 */
bool admin_list_offsets(struct admin *a, struct admin_offset *items, size_t count, struct error *err);

struct admin_topic {
	const char *name;        /* borrowed */
	int32_t *leaders;        /* by partition; -1: none */
	int32_t partition_count; /* 0 with an error */
	const char *error;       /* "Broker: Unknown topic or partition", ... */
	bool missing;            /* it does not exist, or may not be described */
	bool compacted;          /* also false when its configuration may not be read */
};

/* Fills the members after `name`; `settings`: `compacted` too. Release each. */
bool admin_find_topics(struct admin *a, struct admin_topic *topics, size_t count, bool settings, struct error *err);
void admin_topic_release(struct admin_topic *t);

#endif
